"""Package cells: a code cell whose first line is a path (``# nnlib/losses.py``) is part of nnlib.

Such a cell holds a docstring, imports, constants, functions and classes, and nothing that runs on
import. Here it is taken apart into these; anything else is the author's error.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field

from course.book import modules as table
from course.book.chapters import Cell
from course.book.modules import Modules

PACKAGE_PATH = re.compile(r"#\s*(\S+/\S+\.py)\s*$")
NEARLY_A_PATH = re.compile(r"^\s*#\s*nnlib[/\\]\S+")
CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*$|__\w+__$")
ALIAS = re.compile(r"_?[A-Z][A-Za-z0-9]*$")
MAGIC = re.compile(r"^\s*(?:[%!]|[A-Za-z_][\w, ]*=\s*[%!])|^\s*\?|\?\s*$")


@dataclass(frozen=True, eq=False)
class Definition:
    """One function, class or constant of a module, with the comments that stand above it."""

    name: str
    text: str
    node: ast.stmt
    cell: Cell


@dataclass
class PackageCell:
    """A package cell taken apart."""

    cell: Cell
    module: str
    docstring: str | None = None
    imports: list[str] = field(default_factory=list)
    import_nodes: list[ast.Import | ast.ImportFrom] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)


def package_path(source: str) -> str | None:
    """The path in a cell's first line, or None for an ordinary cell."""
    match = PACKAGE_PATH.match(source.split("\n", 1)[0])
    return match.group(1) if match else None


def check_path(cell: Cell) -> None:
    """Refuse a line that was meant as the path of a package cell but is not read as one."""
    for number, line in enumerate(cell.source.split("\n")):
        if NEARLY_A_PATH.match(line) and (number > 0 or not package_path(line)):
            message = f"{line.strip()!r} puts nothing into the package: "
            message += "the path stands alone in the first line, as in '# nnlib/losses.py'"
            raise cell.error(message, line=number)


def parse(cell: Cell, kind: str = "cell") -> ast.Module:
    """The syntax tree of a cell; a magic or a slip of syntax is the author's error."""
    try:
        return ast.parse(cell.source)
    except SyntaxError as error:
        lines = cell.source.split("\n")
        for number, line in enumerate(lines):
            if MAGIC.search(line) and (number + 1 == error.lineno or line.lstrip()[:1] in "%!"):
                message = f"a magic or shell line in a {kind}: {line.strip()}"
                raise cell.error(message, line=number) from None
        offset = (error.lineno or 1) - 1
        raise cell.error(f"not valid Python: {error.msg}", line=offset) from None


def first_line(node: ast.stmt) -> int:
    """The line on which a statement begins, its decorators included."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def take_apart(cell: Cell, modules: Modules | None = None) -> PackageCell:
    """Split a package cell into docstring, imports and definitions.

    Parameters
    ----------
    cell : Cell
        The cell.
    modules : Modules, optional
        The table of modules that may exist; by default this course's.

    Raises
    ------
    AuthorError
        If the module is unknown or plain, or the cell holds anything that is neither of the three.
    """
    part = PackageCell(cell, _woven_module(cell, modules or table.MODULES))
    tree = parse(cell, "package cell")
    lines = cell.source.split("\n")
    done = 1  # lines already taken; the path line is dropped
    for number, node in enumerate(tree.body):
        start = first_line(node)
        if start <= done:
            raise cell.error("two statements on one line: give each its own", line=start - 1)
        end = node.end_lineno or node.lineno
        text = "\n".join(lines[done:end]).strip("\n")
        if node is tree.body[-1]:  # comments at the end stay with the last definition
            text += "\n" + "\n".join(lines[end:]).rstrip("\n")
            text = text.rstrip("\n")
        done = end
        if number == 0 and _is_text(node):
            part.docstring = _literal(cell, node, lines)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            _refuse_bad_import(part, node)
            part.imports.append(text)
            part.import_nodes.append(node)
        else:
            name = _defined_name(part, node)
            if any(name == other.name for other in part.definitions):
                raise cell.error(f"{name} is defined twice in this cell", line=start - 1)
            part.definitions.append(Definition(name, text, node, cell))
    return part


def _woven_module(cell: Cell, modules: Modules) -> str:
    """The module that the path names; it must be one of the woven ones."""
    path = package_path(cell.source) or ""
    folder, _, file = path.partition("/")
    name = file.removesuffix(".py")
    if folder != "nnlib" or name not in modules:
        known = ", ".join(sorted(modules.woven))
        raise cell.error(f"unknown module {path}: wanted nnlib/NAME.py, NAME one of {known}")
    if name in modules.plain:
        raise cell.error(f"{path} is a plain module: edit that file, no cell writes it")
    return name


def _is_text(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _literal(cell: Cell, node: ast.stmt, lines: list[str]) -> str:
    text = "\n".join(lines[node.lineno - 1 : node.end_lineno])
    if not re.fullmatch(r'r?""".*"""', text, re.DOTALL):
        message = 'a module docstring stands between three double quotes: """…"""'
        raise cell.error(message, line=node.lineno - 1)
    return text


def _refuse_bad_import(part: PackageCell, node: ast.Import | ast.ImportFrom) -> None:
    line = node.lineno - 1
    if isinstance(node, ast.ImportFrom):
        if node.level:
            raise part.cell.error("a relative import does not run in a notebook", line=line)
        if node.names[0].name == "*":
            raise part.cell.error("import the names one by one, not *", line=line)
        names = {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    else:
        names = {alias.name for alias in node.names}
    own = "nnlib" if part.module == "__init__" else f"nnlib.{part.module}"
    if own in names and not (part.module == "__init__" and isinstance(node, ast.ImportFrom)):
        message = f"{own} imports itself: such an import goes into an ordinary cell"
        raise part.cell.error(message, line=line)
    if any(name == "course" or name.startswith("course.") for name in names):
        raise part.cell.error("nnlib never imports course", line=line)


def _defined_name(part: PackageCell, node: ast.stmt) -> str:
    """The name that a statement defines; anything that would run on import is refused."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return node.name
        case ast.ClassDef():
            _check_body(part.cell, node)
            return node.name
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            if CONSTANT.match(name) or (ALIAS.match(name) and _is_type(node.value)):
                return name
            why = f"{name} = … runs on import (a constant is written in CAPITALS)"
        case ast.If() if part.module == "__main__" and "__name__" in ast.dump(node.test):
            return "if __name__"
        case _:
            why = f"a statement that runs on import: {ast.unparse(node).splitlines()[0]}"
    message = f"{why}; a package cell holds imports, constants, functions and classes only"
    raise part.cell.error(message, line=node.lineno - 1)


def _is_type(value: ast.expr | None) -> bool:
    """Whether a value can be a type: a name, ``Annotated[…]``, or a union of such."""
    match value:
        case ast.Name() | ast.Constant(value=None):
            return True
        case ast.Attribute(value=inner) | ast.Subscript(value=inner):
            return _is_type(inner)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _is_type(left) and _is_type(right)
    return False


def _check_body(cell: Cell, node: ast.ClassDef) -> None:
    """The body of a class runs on import as well."""
    for inner in node.body:
        match inner:
            case ast.Expr(value=ast.Constant()) | ast.Assign() | ast.AnnAssign() | ast.Pass():
                pass  # a docstring, a field, nothing
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                pass
            case ast.ClassDef():
                _check_body(cell, inner)
            case _:
                statement = ast.unparse(inner).splitlines()[0]
                message = f"a statement that runs on import: {statement}; a class holds"
                raise cell.error(f"{message} fields and methods only", line=inner.lineno - 1)


def runs_at_once(node: ast.AST) -> list[ast.AST]:
    """The parts of a definition that Python evaluates when it meets it."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            arguments = node.args
            every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
            every += [a for a in (arguments.vararg, arguments.kwarg) if a]
            parts: list[ast.AST | None] = [*node.decorator_list, *arguments.defaults]
            parts += [*arguments.kw_defaults, *(a.annotation for a in every), node.returns]
            return [part for part in parts if part]
        case ast.ClassDef():
            parts = [*node.decorator_list, *node.bases, *(k.value for k in node.keywords)]
            for statement in node.body:
                parts += runs_at_once(statement)
            return [part for part in parts if part]
        case _:
            return [node]
