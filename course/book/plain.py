"""Plain modules, read: the names that their files define."""

from __future__ import annotations

import ast
from pathlib import Path

from course.book.chapters import Book
from course.book.errors import AuthorError
from course.book.modules import FIRST_LINE


def path_of(book: Book, module: str) -> Path:
    """Where a module's file lies."""
    return book.root / "nnlib" / f"{module}.py"


def tree_of(book: Book, module: str) -> ast.Module:
    """The syntax tree of a module's file; a file that is not there has no statements."""
    path = path_of(book, module)
    if not path.is_file():
        return ast.Module([], [])  # `tangle --check` says so
    try:
        return ast.parse(path.read_text(encoding="utf-8"))
    except SyntaxError as error:
        message = f"not valid Python: {error.msg}"
        raise AuthorError(message, f"nnlib/{module}.py", line=error.lineno) from None


def definitions_of(tree: ast.Module) -> dict[str, ast.stmt]:
    """Functions, classes and constants of a module; a later one replaces an earlier one."""
    found: dict[str, ast.stmt] = {}
    for node in _statements(tree.body):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                found[node.name] = node
            case ast.Assign():
                names = (inner for target in node.targets for inner in ast.walk(target))
                found |= {inner.id: node for inner in names if isinstance(inner, ast.Name)}
            case ast.AnnAssign(target=ast.Name(id=name)):
                found[name] = node
    return found


def _statements(body: list[ast.stmt]) -> list[ast.stmt]:
    """The statements of a module, those under an ``if`` or a ``try`` as well."""
    found: list[ast.stmt] = []
    for node in body:
        match node:
            case ast.If():
                found += _statements(node.body) + _statements(node.orelse)
            case ast.Try():
                handlers = [inner for handler in node.handlers for inner in handler.body]
                found += _statements([*node.body, *handlers, *node.orelse, *node.finalbody])
            case _:
                found.append(node)
    return found


def names_of(book: Book, module: str) -> set[str]:
    """Every name that can be imported from a plain module."""
    tree = tree_of(book, module)
    imported = {
        alias.asname or alias.name.split(".")[0]
        for node in _statements(tree.body)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    return set(definitions_of(tree)) | imported


def told_in(book: Book, module: str) -> list[str]:
    """Numbers of the chapters that tell of a plain module, as its first line has them."""
    path = path_of(book, module)
    line = path.read_text(encoding="utf-8").split("\n", 1)[0] if path.is_file() else ""
    match = FIRST_LINE.fullmatch(line)
    told = match["told"] if match else None
    return told.replace(" and ", ", ").split(", ") if told else []
