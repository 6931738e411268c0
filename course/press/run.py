"""Run a chapter as plain Python, without a kernel: its cells, and its solutions at their place.

Nothing is compared here. What runs to the end has proved that the code on the page works, and,
run on a snapshot of the package, that it needs nothing the reader has not met.
"""

from __future__ import annotations

import ast
import contextlib
import copy
import importlib.util
import io
import os
import sys
import traceback
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course.book import AuthorError, Book, Cell, Chapter
from course.book.solutions import solutions


def use_package(folder: Path) -> None:
    """Let ``import nnlib`` find the package in a folder, in this process and in its children.

    Raises
    ------
    AuthorError
        If another nnlib is what gets imported.
    """
    folder = folder.resolve()
    sys.path.insert(0, str(folder))
    rest = [os.environ["PYTHONPATH"]] if os.environ.get("PYTHONPATH") else []
    os.environ["PYTHONPATH"] = os.pathsep.join([str(folder), *rest])
    found = importlib.util.find_spec("nnlib")
    origin = found.origin if found else None
    if origin is None or not Path(origin).resolve().is_relative_to(folder):
        raise AuthorError(f"wanted nnlib in {folder}, but {origin or 'none'} is what gets imported")


def run_chapter(book: Book, chapter: Chapter, with_solutions: bool = False) -> dict[str, Any]:
    """Execute the code cells of a chapter in order and return their namespace.

    Parameters
    ----------
    book : Book
        The book; the cells run in its `notebooks` folder.
    chapter : Chapter
        The chapter.
    with_solutions : bool, optional
        Run each folded solution where it stands, in a copy of the namespace.

    Returns
    -------
    dict
        The names that the chapter leaves behind.

    Raises
    ------
    AuthorError
        At the first cell or solution that raises, or warns.
    """
    import matplotlib

    matplotlib.use("Agg")
    space: dict[str, Any] = {"__name__": "__main__"}
    with _in_folder(book.root / "notebooks"), warnings.catch_warnings():
        warnings.simplefilter("error")
        for cell in chapter.cells:
            if cell.kind == "code":
                _execute(cell, 0, cell.source, space, "cell", cell.raises)
            elif with_solutions:
                for solution in solutions(cell):
                    own = copied(space)
                    for line, code in solution.fences:
                        _execute(cell, line, code, own, "solution")
    return space


def copied(space: dict[str, Any]) -> dict[str, Any]:
    """A copy of a namespace: what can be copied is, what cannot (a module, a file) is shared."""
    memo: dict[int, Any] = {}
    copy_of = {}
    for name, value in space.items():
        if name == "__builtins__":
            continue
        try:
            copy_of[name] = copy.deepcopy(value, memo)
        except Exception:  # noqa: BLE001 - any type may refuse in its own way
            copy_of[name] = value
    return copy_of


@contextlib.contextmanager
def _in_folder(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            yield
    finally:
        os.chdir(before)
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close("all")


def _execute(
    cell: Cell, offset: int, code: str, space: dict[str, Any], kind: str, raises: bool = False
) -> None:
    """Run a piece of a cell; its lines are counted as in the chapter's file."""
    try:
        tree = ast.parse(code)
    except SyntaxError as error:
        line = offset + (error.lineno or 1) - 1
        message = f"the {kind} is not plain Python: {(error.text or '').strip() or error.msg}"
        raise cell.error(message, line=line) from None
    name = cell.file.as_posix()
    ast.increment_lineno(tree, cell.line - 1 + offset)
    try:
        exec(compile(tree, name, "exec", dont_inherit=True), space)
    except (Exception, SystemExit) as error:
        if raises:
            return
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == name]
        line = (frames[0].lineno or cell.line) - cell.line if frames else offset
        what = f"{type(error).__name__}: {error}".removesuffix(": ")
        raise cell.error(f"the {kind} raises {what}", line=line) from None
    if raises:
        raise cell.error(f"the {kind} is tagged raises-exception but raises nothing")
