"""Where equations are coded and tested: read from nnlib and its tests, nothing is imported."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from course.book import AuthorError
from course.book.numbers import in_comment, in_docstring


@dataclass(frozen=True)
class Place:
    """Where something stands: a name to print, its file relative to the root, and the line."""

    name: str
    file: Path
    line: int

    def error(self, message: str) -> AuthorError:
        """An error at this place."""
        return AuthorError(message, self.file, line=self.line)


# --- the package ---------------------------------------------------------------------------------


def symbols(root: Path) -> Iterator[tuple[int, Place]]:
    """Functions and classes of nnlib that name an equation in their docstring or at a line."""
    for path in sorted((root / "nnlib").glob("*.py")):
        source = path.read_text(encoding="utf-8")
        file = path.relative_to(root)
        comments = _comments(source)
        for name, node in _definitions(ast.parse(source), path.stem):
            for number in in_docstring(ast.get_docstring(node) or ""):
                yield number, Place(name, file, node.lineno)
            for line, found in comments:
                if node.lineno <= line <= (node.end_lineno or node.lineno):
                    for number in found:
                        yield number, Place(name, file, line)


Definition = ast.FunctionDef | ast.ClassDef


def _definitions(tree: ast.Module, module: str) -> Iterator[tuple[str, Definition]]:
    """Functions, and classes with their methods; a nested function belongs to the outer one."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield f"{module}.{node.name}", node
        elif isinstance(node, ast.ClassDef):
            methods = [inner for inner in node.body if isinstance(inner, ast.FunctionDef)]
            yield f"{module}.{node.name}", _without(node, methods)
            for method in methods:
                yield f"{module}.{node.name}.{method.name}", method


def _without(node: ast.ClassDef, methods: list[ast.FunctionDef]) -> ast.ClassDef:
    """The head of a class, up to its first method, so that a comment counts once."""
    head = ast.copy_location(
        ast.ClassDef(node.name, node.bases, node.keywords, node.body, []), node
    )
    if methods:
        head.end_lineno = min(method.lineno for method in methods) - 1
    return head


def _comments(source: str) -> list[tuple[int, list[int]]]:
    """The lines of a module whose comment names equations, with their numbers."""
    return [
        (token.start[0], in_comment(token.string))
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT and in_comment(token.string)
    ]


# --- the tests -----------------------------------------------------------------------------------


def marked_tests(root: Path, problems: list[AuthorError]) -> Iterator[tuple[int, Place]]:
    """Tests with the mark, read without importing them."""
    for path in sorted((root / "tests").rglob("test_*.py")):
        file = path.relative_to(root)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        whole = [
            mark
            for node in tree.body
            if isinstance(node, ast.Assign) and _is_name(node.targets[0], "pytestmark")
            for mark in _marks(node.value)
        ]
        yield from _tests(tree.body, file, whole, path.stem, problems)


def _tests(
    body: list[ast.stmt],
    file: Path,
    outer: list[ast.Call],
    prefix: str,
    problems: list[AuthorError],
) -> Iterator[tuple[int, Place]]:
    for node in body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef):
            continue
        own = [mark for decorator in node.decorator_list for mark in _marks(decorator)]
        name = f"{prefix}::{node.name}"
        place = Place(name, file, node.lineno)
        is_test = node.name.startswith("test" if isinstance(node, ast.FunctionDef) else "Test")
        if own and not is_test:
            problems.append(place.error(f"{node.name} is marked with an equation but is no test"))
        if isinstance(node, ast.ClassDef):
            yield from _tests(node.body, file, [*outer, *own], name, problems)
            continue
        for mark in [*outer, *own] if is_test else []:
            values = [arg.value if isinstance(arg, ast.Constant) else None for arg in mark.args]
            for value in values or [None]:
                if type(value) is int:
                    yield value, place
                else:
                    message = "pytest.mark.equation takes the number itself, such as equation(25)"
                    problems.append(Place(name, file, mark.lineno).error(message))


def _marks(node: ast.AST) -> list[ast.Call]:
    """The calls of pytest.mark.equation in a decorator (a `marks=` of a parameter included)."""
    return [
        inner
        for inner in ast.walk(node)
        if isinstance(inner, ast.Call)
        and isinstance(inner.func, ast.Attribute)
        and inner.func.attr == "equation"
        and ast.unparse(inner.func.value) == "pytest.mark"
    ]


def _is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name
