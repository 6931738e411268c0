"""Package cells as readers write them: taken as they are meant, their form is not judged.

A reader may put a magic above the path, a print below the function, two statements on one line.
What belongs to the module is kept (imports, functions, classes, and the values that these use),
what would run on import is left out. `package` is the strict reading, for the chapters' authors.
"""

from __future__ import annotations

import ast
import re
import symtable
from collections.abc import Iterator

from course.book.chapters import Cell
from course.book.errors import AuthorError
from course.book.modules import Modules
from course.book.package import (
    ALIAS,
    CONSTANT,
    MAGIC,
    Definition,
    PackageCell,
    first_line,
    package_path,
    take_apart,
)
from course.book.stored import merge_mark

ABOVE = re.compile(r"\s*(?:[%#].*)?$")
"""What may stand above the path line: blank lines, magics and comments."""


def path_first(source: str) -> str:
    """The source with its path line first, on as many lines as before, and without magics."""
    lines = source.split("\n")
    for number, line in enumerate(lines):
        if package_path(line.strip()):
            above = ["" if MAGIC.match(other) else other for other in lines[:number]]
            lines[: number + 1] = [line.strip(), *above]
            return _without_magics("\n".join(lines))
        if not ABOVE.match(line):
            break
    return source


def _without_magics(source: str) -> str:
    """The source with `pass` for each magic and shell line, if it is no Python as it stands."""
    try:
        ast.parse(source)
    except SyntaxError:
        lines = source.split("\n")
        indents = [line[: len(line) - len(line.lstrip())] for line in lines]
        return "\n".join(
            f"{indent}pass" if MAGIC.search(line) and line.strip()[:1] != "#" else line
            for indent, line in zip(indents, lines, strict=True)
        )
    except ValueError:  # a null byte
        pass
    return source


def take_in(cell: Cell, modules: Modules) -> PackageCell | None:
    """What a reader's cell gives to its module, or None where the course has no such module.

    Raises
    ------
    AuthorError
        If it is not valid Python: nothing can be read from it then.
    """
    folder, _, file = (package_path(cell.source) or "").partition("/")
    module = file.removesuffix(".py")
    if folder != "nnlib" or module not in modules.woven:
        return None
    try:
        return take_apart(cell, modules)  # in the form of the chapters: letter for letter
    except AuthorError:
        pass
    part = PackageCell(cell, module)
    own: dict[str, Definition] = {}
    values: list[tuple[str, ast.expr, Definition]] = []
    for node in _parse(cell).body:
        match node:
            case ast.Import() | ast.ImportFrom():
                if not _comes_from(node, module):
                    part.import_nodes.append(node)
                    part.imports.append(ast.unparse(node))
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                own[node.name] = Definition(node.name, _text(cell, node), node, cell)
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=ast.expr() as value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ):
                values.append((name, value, Definition(name, _text(cell, node), node, cell)))
    used = {name for definition in own.values() for name in _globals_of(definition.text)}
    for name, value, definition in values:
        if name not in own and (name in used or _is_meant(name, value)):
            own[name] = definition
    part.definitions = list(own.values())
    return part


def _parse(cell: Cell) -> ast.Module:
    try:
        return ast.parse(cell.source)
    except SyntaxError as error:
        if line := merge_mark(cell.source):
            message = "marks of a merge: keep one of the two versions"
            raise cell.error(message, line=line - 1) from None
        line = error.lineno or 1
        raise cell.error(f"not valid Python: {error.msg}", line=line - 1) from None
    except ValueError:
        raise cell.error("not valid Python: it holds a null byte") from None


def _comes_from(node: ast.Import | ast.ImportFrom, module: str) -> bool:
    """Whether an import is of the module itself, or of the course, which nnlib never imports."""
    start = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
    names = {start, *(f"{start}.{alias.name}".strip(".") for alias in node.names)}
    return f"nnlib.{module}" in names or any(name.split(".")[0] == "course" for name in names)


def _text(cell: Cell, node: ast.stmt) -> str:
    """A statement as it stands, its decorators included."""
    lines = cell.source.split("\n")
    above = lines[first_line(node) - 1 : node.lineno - 1]
    return "\n".join([*above, ast.get_source_segment(cell.source, node) or ""])


def _is_meant(name: str, value: ast.expr) -> bool:
    """Whether a value is there for the module: a constant, a function without def, another name."""
    if CONSTANT.match(name) or (ALIAS.match(name) and len(name) > 1):
        return True
    return isinstance(value, ast.Lambda | ast.Attribute)


def _globals_of(text: str) -> Iterator[str]:
    """The names that a definition takes from its module."""
    tables = [symtable.symtable(text, "cell", "exec")]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        top = table.get_type() == "module"
        for symbol in table.get_symbols():
            if symbol.is_referenced() and (top or symbol.is_global()):
                yield symbol.get_name()
