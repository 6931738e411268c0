"""What a class gets: a folder that runs by itself, without solutions, predictions unanswered.

In it are the woven chapters, the library, the photographs, the lock, and as much of the course as
the chapters import.
"""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from course.book import HOME, Book
from course.book.folds import HIDE
from course.book.solutions import DETAILS
from course.book.stored import mended_by_weaving, read_notebook, tags_of
from course.press.notebooks import NotebookCell, notebook_text

FILES = ("requirements.txt", "LICENSE", "LICENSE-prose")
FOLDERS = ("nnlib", "data")
BUILDS = "course/tasks/editable.py"  # what pyproject.toml calls when the folder is installed
BY_NAME = 'import_module(f"course.'
JUNK = shutil.ignore_patterns("__pycache__", "*.pyc", ".*")
README = """\
# A neural network from scratch, in NumPy: what the class gets

Chapters, library, photographs, and the exact versions of all that they need. Python 3.11 or newer.

    python3 -m venv .venv
    .venv/bin/python -m pip install --no-deps --require-hashes -r requirements.txt
    .venv/bin/python -m pip install --no-deps --no-build-isolation -e .
    .venv/bin/python -m jupyterlab notebooks

(On Windows: `py` for `python3`, `.venv\\Scripts\\python` for `.venv/bin/python`.) Where you are
asked to predict, the output is missing: it appears when you run the cell. Solutions come later.
"""


def write(book: Book, folder: Path) -> list[Path]:
    """Write each woven notebook into `folder`/notebooks, and beside them what they need.

    Every solution is taken out, and every output that answers a prediction. The short answers to
    recall questions and quizzes stay: they are read a moment after the question.
    """
    out = folder / "notebooks"
    for name in ("notebooks", "course", "print", *FOLDERS):
        shutil.rmtree(folder / name, ignore_errors=True)
    out.mkdir(parents=True)
    written, sources = [], []
    for chapter in book.chapters:
        notebook = read_notebook(chapter.notebook, mended_by_weaving(chapter.number))
        cells = [
            NotebookCell(cell["cell_type"], source, cell["metadata"], _outputs(cell))
            for cell in notebook["cells"]
            if (source := _withheld(cell))
        ]
        sources += [cell.source for cell in cells if cell.kind == "code"]
        path = out / chapter.notebook.name
        path.write_text(notebook_text(cells), encoding="utf-8", newline="\n")
        written.append(path)
    for name in FOLDERS:
        if (book.root / name).is_dir():
            shutil.copytree(book.root / name, folder / name, ignore=JUNK)
    if (asked := book.root / "notebooks" / "quizzes").is_dir():
        shutil.copytree(asked, out / "quizzes", ignore=JUNK)
    for file in {*FILES, BUILDS, *imported(sources)}:
        _copy(HOME if file.startswith("course/") else book.root, file, folder)
    if (project := book.root / "pyproject.toml").is_file():
        text = project.read_text(encoding="utf-8").split("\n[tool.ruff]")[0]
        (folder / "pyproject.toml").write_text(text + "\n", encoding="utf-8")
    (folder / "README.md").write_text(README, encoding="utf-8")
    return written


def _withheld(cell: dict[str, Any]) -> str:
    """The source of a stored cell without its solutions."""
    source: str = cell["source"]
    return DETAILS.sub("", source).strip() if cell["cell_type"] == "markdown" else source


def _outputs(cell: dict[str, Any]) -> list[dict[str, Any]] | None:
    """What a cell shows: nothing where a prediction is asked for."""
    return [] if HIDE in tags_of(cell) else cell.get("outputs")


def _copy(root: Path, file: str, folder: Path) -> None:
    if (root / file).is_file():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / file, folder / file)


def imported(sources: Iterable[str]) -> set[str]:
    """The files of the course that pieces of code import, and those that these import in turn."""
    found: set[str] = set()
    waiting = list(sources)
    while waiting:
        for name in _names(waiting.pop()):
            for file in _files(name):
                if file not in found:
                    found.add(file)
                    source = (HOME / file).read_text(encoding="utf-8")
                    waiting.append(source)
                    if BY_NAME in source:  # it reads its neighbours by their names
                        near = (HOME / file).parent.glob("*.py")
                        waiting += [f"import {_dotted(path)}" for path in near]
    return found


def _names(source: str) -> Iterator[str]:
    """The modules of the course that a piece of code imports when it is read."""
    if "course" not in source:
        return
    tree = ast.parse(re.sub(r"^\s*[%!].*", "", source, flags=re.MULTILINE))
    inside = {
        id(each)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for each in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in inside:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _dotted(path: Path) -> str:
    return ".".join(path.relative_to(HOME).with_suffix("").parts)


def _files(name: str) -> Iterator[str]:
    """The files of a module of the course and of the packages around it, if it is one."""
    parts = name.split(".")
    if parts[0] != "course":
        return
    for end in range(1, len(parts) + 1):
        path = "/".join(parts[:end])
        for file in (f"{path}/__init__.py", f"{path}.py"):
            if (HOME / file).is_file():
                yield file
