"""Where a name of nnlib stands: the page for the mathematics, the file for what is around it."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from course.book.built import build
from course.book.chapters import Book, Cell
from course.book.errors import AuthorError
from course.book.markdown import headings
from course.book.modules import shown
from course.book.package import Definition, first_line
from course.book.plain import definitions_of, told_in, tree_of


@dataclass(frozen=True)
class Found:
    """A name of nnlib, such as losses.cost, and the lines that say where it stands."""

    name: str
    lines: tuple[str, ...]

    def __str__(self) -> str:
        return "\n  ".join([f"nnlib.{self.name}", *self.lines])


def where(book: Book, name: str) -> list[Found]:
    """Every place that a name can mean.

    Parameters
    ----------
    book : Book
        The book.
    name : str
        A definition (``sigmoid``, ``losses.cost``, ``nnlib.losses.cost``) or a module (``losses``).

    Raises
    ------
    AuthorError
        If nnlib has no such name; the sentence offers those that are close.
    """
    known = every(book)
    wanted = name.strip().removesuffix("()").removeprefix("nnlib.")
    hits = [found for found in known.values() if f".{found.name}".endswith(f".{wanted}")]
    if not hits:
        raise AuthorError(f"nnlib has no {wanted}{_close(wanted, list(known))}")
    return hits


def every(book: Book) -> dict[str, Found]:
    """Every name of nnlib, and where it stands."""
    return {found.name: found for found in (*_woven(book), *_plain(book))}


def _last(name: str) -> str:
    return name.partition(".")[2] or name


def _close(wanted: str, names: list[str]) -> str:
    """What may have been meant: the name in another module, or one that is written nearly so."""
    offered = [name for name in names if _last(name) == _last(wanted)]
    if not offered:
        spelled = {form.lower() for name in names for form in (_last(name), name)}
        close = difflib.get_close_matches(wanted.lower(), sorted(spelled), n=4)
        likely = ((form, name) for form in close for name in names)
        offered = [name for form, name in likely if form in (name.lower(), _last(name).lower())]
    return f"; close to it: {', '.join(dict.fromkeys(offered))}" if offered else ""


def _woven(book: Book) -> Iterator[Found]:
    for module in build(book).values():
        assert module.first_cell is not None
        chapters = ", ".join(shown(number) for number in module.chapters)
        lines = (f"woven from chapters {chapters}", _page(book, module.first_cell, 1))
        yield Found(module.name, lines)
        for definition in module.definitions.values():
            earlier = [old for old in module.replaced if old.name == definition.name]
            pages = [
                _place(book, definition),
                *(f"it replaces that of {_place(book, old)}" for old in reversed(earlier)),
            ]
            yield Found(f"{module.name}.{definition.name}", tuple(pages))
            for name, node in _methods(definition.node):
                page = _page(book, definition.cell, node.lineno)
                yield Found(f"{module.name}.{definition.name}.{name}", (page,))


def _plain(book: Book) -> Iterator[Found]:
    for module in book.modules.plain:
        about = _about([shown(number) for number in told_in(book, module)])
        file = f"nnlib/{module}.py"
        yield Found(module, (f"{file}, a plain module", *about))
        for name, node in definitions_of(tree_of(book, module)).items():
            yield Found(f"{module}.{name}", (f"{file}, line {first_line(node)}", *about))
            for method, inner in _methods(node):
                line = f"{file}, line {first_line(inner)}"
                yield Found(f"{module}.{name}.{method}", (line, *about))


def _about(told: list[str]) -> tuple[str, ...]:
    """Which chapters tell of a plain module; nothing if none does."""
    if len(told) < 2:
        return tuple(f"chapter {number} tells of it" for number in told)
    return (f"chapters {', '.join(told[:-1])} and {told[-1]} tell of it",)


def _methods(node: ast.stmt) -> Iterator[tuple[str, ast.stmt]]:
    if isinstance(node, ast.ClassDef):
        for inner in node.body:
            if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
                yield inner.name, inner


def _place(book: Book, definition: Definition) -> str:
    return _page(book, definition.cell, first_line(definition.node))


def _page(book: Book, cell: Cell, line: int) -> str:
    """Chapter, section and line of the text of a line (from 1) in a cell."""
    section = ""
    for other in book.chapter(cell.chapter).cells[: cell.number]:
        if other.kind == "markdown":
            for _, text, _ in headings(other.source):
                section = f", “{text}”"
    file = cell.file.as_posix()
    return f"chapter {shown(cell.chapter)}{section}: {file}, line {cell.line + line - 1}"
