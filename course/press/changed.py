"""Which chapters have to be woven again, and how much of it.

A notebook remembers in its metadata a sum over the modules of nnlib that its chapter uses, so that
a change of the package is seen as well as one of the text.
"""

from __future__ import annotations

import ast
import hashlib
import re
from typing import Any

from course.book import AuthorError, Book, Chapter
from course.book.folds import without_folds
from course.book.package import parse
from course.book.stored import read_notebook, stored_code, tags_of

VERSION = re.compile(rb'(?m)^(__version__ = )".*"')
"""A new number of the version changes no output: for the sum it is always the same one."""
Code = list[tuple[str, tuple[str, ...]]]


def changed(book: Book, chapter: Chapter) -> str | None:
    """What has changed since a chapter was woven.

    Returns
    -------
    str or None
        "code" (also that of the package: the chapter has to be executed), "prose" (its outputs can
        stay), or None.
    """
    if not chapter.notebook.is_file():
        return "code"
    try:
        stored = read_notebook(chapter.notebook)
    except AuthorError:  # weaving writes it anew
        return "code"
    if stored_code(stored) != code_of(chapter):
        return "code"
    if stored["metadata"].get("course", {}).get("package") != package_of(book, chapter):
        return "code"
    if any(
        cell["cell_type"] == "code" and cell["execution_count"] is None for cell in stored["cells"]
    ):
        return "code"
    text = [(cell.kind, cell.source, cell.tags) for cell in chapter.cells]
    was = [(cell["cell_type"], cell["source"], tags_of(cell)) for cell in stored["cells"]]
    return "prose" if text != was else None


def code_of(chapter: Chapter) -> Code:
    """Source and tags of the code cells of a chapter; how they are folded is no part of it."""
    return [(cell.source, without_folds(cell.tags)) for cell in chapter.code_cells()]


def package_of(book: Book, chapter: Chapter) -> str:
    """A sum over the modules that a chapter uses, and over those that these use in turn."""
    files = {path.stem: path for path in sorted((book.root / "nnlib").glob("*.py"))}
    waiting = set[str]().union(*(_modules_in(parse(cell), files) for cell in chapter.code_cells()))
    used: set[str] = set()
    while waiting:
        module = waiting.pop()
        if module in files and module not in used:
            used.add(module)
            waiting |= _modules_in(ast.parse(files[module].read_bytes()), files)
    total = hashlib.sha256()
    for module in sorted(used):
        text = VERSION.sub(rb'\g<1>"0.2.0"', files[module].read_bytes())
        total.update(module.encode() + b"\0" + text)
    return total.hexdigest()[:16]


def _modules_in(tree: ast.AST, files: dict[str, Any]) -> set[str]:
    """The modules of nnlib that a piece of code imports; all of them if it only speaks of nnlib."""
    found: set[str] = set()
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = ".".join(filter(None, ["nnlib" if node.level else "", node.module]))
            names = [f"{start}.{alias.name}" for alias in node.names]
        for name in names:
            if name.split(".")[0] == "nnlib":
                found |= {"__init__", *name.split(".")[1:2]} if "." in name else set(files)
        if isinstance(node, ast.Constant) and node.value == "nnlib":
            found |= set(files)  # as in ``python -m nnlib``
    return found
