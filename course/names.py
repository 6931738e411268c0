"""The promise of the course: nothing of nnlib is used before the page that explains it.

Read from the source alone, without running it. The names that a chapter may use are those that the
package cells up to that place have built; chapter 00, the preview, may use all.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from course.book import Book, Cell
from course.errors import AuthorError
from course.solutions import solutions
from course.tangle import Module, package_path, parse, take_apart

PREVIEW = "00"


def check_names(book: Book) -> Iterator[AuthorError]:
    """Every use of a name of nnlib before the cell that builds it."""
    modules: dict[str, Module] = {}
    for chapter in book.chapters:
        reader = _Reader(modules)
        for cell in chapter.cells:
            if cell.kind == "markdown":
                for solution in solutions(cell):
                    own = _Reader(modules, reader.aliases)
                    for line, code in solution.fences:
                        tree = _parsed(cell, line, code)
                        if chapter.number != PREVIEW:
                            yield from own.read(cell, tree, line)
                continue
            tree = parse(cell)
            if chapter.number != PREVIEW:
                yield from reader.read(cell, tree, 0)
            if package_path(cell.source):
                part = take_apart(cell)
                modules.setdefault(part.module, Module(part.module)).add(part)


def _parsed(cell: Cell, line: int, code: str) -> ast.Module:
    try:
        return ast.parse(code)
    except SyntaxError as error:
        where = line + (error.lineno or 1) - 1
        raise cell.error(f"not valid Python: {error.msg}", line=where) from None


class _Reader(ast.NodeVisitor):
    """Follows the imports of a chapter and the attributes taken from imported modules."""

    def __init__(self, modules: dict[str, Module], aliases: dict[str, str] | None = None):
        self.modules = modules
        # a name in the chapter -> "nnlib" or "nnlib.losses"
        self.aliases: dict[str, str] = dict(aliases or {})
        self.found: list[tuple[str, int]] = []

    def read(self, cell: Cell, tree: ast.Module, offset: int) -> list[AuthorError]:
        """The errors in one cell; aliases are remembered for the next."""
        self.found = []
        self.visit(tree)
        return [
            cell.error(f"{name} is used before a chapter builds it", line=offset + line - 1)
            for name, line in self.found
        ]

    def built(self, name: str) -> bool:
        """Whether "nnlib.losses" or "nnlib.losses.loss" exists by now."""
        parts = name.split(".")
        if len(parts) == 1:
            return True
        if len(parts) == 2 and parts[1] in self.modules:
            return True
        if parts[1].startswith("__") and parts[1] not in ("__init__", "__main__"):
            return True  # __file__, __version__: every module has such names
        module = self.modules.get(parts[1] if len(parts) > 2 else "__init__")
        name = parts[-1]
        return module is not None and (
            name in module.definitions or name in module.imported_names or name.startswith("__")
        )

    def use(self, name: str, node: ast.AST) -> None:
        """Note a use of a name that is not built."""
        if not self.built(name):
            self.found.append((name, node.lineno))  # type: ignore[attr-defined]

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            if alias.name.split(".")[0] == "nnlib":
                self.use(alias.name, node)
                name = alias.asname or "nnlib"
                self.aliases[name] = alias.name if alias.asname else "nnlib"

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        module = node.module or ""
        if module.split(".")[0] != "nnlib":
            return
        for alias in node.names:
            full = f"{module}.{alias.name}"
            self.use(full, node)
            if module == "nnlib" and alias.name in self.modules:
                self.aliases[alias.asname or alias.name] = full

    def visit_Attribute(self, node: ast.Attribute) -> None:
        path = _dotted(node)
        if path and path[0] in self.aliases:
            full = [*self.aliases[path[0]].split("."), *path[1:]]
            depth = 3 if len(full) > 2 and full[1] in self.modules else 2
            self.use(".".join(full[:depth]), node)
        else:
            self.visit(node.value)

    def visit_Name(self, node: ast.Name) -> None:
        if not isinstance(node.ctx, ast.Load):
            self.aliases.pop(node.id, None)  # the name now means something else

    def visit_Assign(self, node: ast.Assign) -> None:
        self.visit(node.value)
        for target in node.targets:
            self.visit(target)

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.Lambda) -> None:
        outside = dict(self.aliases)
        for inner in ast.walk(node):
            if isinstance(inner, ast.arg):
                self.aliases.pop(inner.arg, None)
        self.generic_visit(node)
        self.aliases = outside

    visit_AsyncFunctionDef = visit_FunctionDef  # type: ignore[assignment]
    visit_Lambda = visit_FunctionDef


def _dotted(node: ast.expr) -> list[str] | None:
    """["nnlib", "losses", "loss"] for nnlib.losses.loss; None if it starts with no name."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return [node.id, *reversed(parts)] if isinstance(node, ast.Name) else None
