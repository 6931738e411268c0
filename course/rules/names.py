"""The promise of the course: nothing of nnlib is used before the page that explains it.

Read from the source alone, without running it. The names that a chapter may use are those that the
package cells up to that place have built, and those of the plain modules that are given by then;
chapter 00, the preview, may use all.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from course.book import AuthorError, Book, Cell, Chapter
from course.book.built import Module, is_special
from course.book.modules import Modules, shown
from course.book.package import package_path, parse, runs_at_once, take_apart
from course.book.plain import names_of
from course.book.solutions import solutions

PREVIEW = "00"


class Known:
    """The names of nnlib that exist at a place of the book."""

    def __init__(self, book: Book):
        self.table: Modules = book.modules
        self.built: dict[str, Module] = {}
        self.given: dict[str, set[str]] = {}
        self.all_plain = {name: names_of(book, name) for name in self.table.plain}

    def begin(self, chapter: Chapter) -> None:
        """A new chapter: it may use the plain modules that are given from it on."""
        self.given = {name: self.all_plain[name] for name in self.table.given(chapter.number)}

    def is_module(self, name: str) -> bool:
        """Whether nnlib has a module of this name by now."""
        return name in self.built or name in self.given

    def lacks(self, name: str) -> str | None:
        """What is wrong with a use of "nnlib.losses.loss"; None if nothing is."""
        parts = name.split(".")
        if len(parts) == 1 or (len(parts) == 2 and self.is_module(parts[1])):
            return None
        if is_special(parts[1]):
            return None  # __file__, __version__: every module has such names
        in_module = len(parts) > 2 or parts[1] in self.table.plain
        module, last = (parts[1] if in_module else "__init__"), parts[-1]
        if module in self.given:
            if last in self.given[module] or is_special(last):
                return None
            return f"{name} is used, but nnlib/{module}.py defines no {last}"
        if in_module and module in self.table.plain:
            start = shown(self.table.plain[module])
            return f"{name} is used before chapter {start}, from which on {module} is given"
        if module in self.built and self.built[module].has(last):
            return None
        return f"{name} is used before a chapter builds it"


def check_names(book: Book) -> Iterator[AuthorError]:
    """Every use of a name of nnlib before it is there."""
    known = Known(book)
    for chapter in book.chapters:
        yield from _check_chapter(chapter, known)


def early_names(book: Book, chapter: Chapter) -> list[AuthorError]:
    """The uses in one chapter of names that are not there yet."""
    known, found = Known(book), []
    for other in book.through(chapter.number):
        found = list(_check_chapter(other, known))
    return found


def _check_chapter(chapter: Chapter, known: Known) -> Iterator[AuthorError]:
    """The errors of a chapter; what it builds is known afterwards."""
    known.begin(chapter)
    reader = _Reader(known)
    for cell in chapter.cells:
        if cell.kind == "markdown":
            for solution in solutions(cell):
                own = _Reader(known, reader.aliases)
                for line, code in solution.fences:
                    tree = _parsed(cell, line, code)
                    if chapter.number != PREVIEW:
                        yield from own.read(cell, tree, line)
            continue
        tree = parse(cell)
        if chapter.number != PREVIEW:
            yield from reader.read(cell, tree, 0)
        if package_path(cell.source):
            part = take_apart(cell, known.table)
            known.built.setdefault(part.module, Module(part.module)).add(part)


def _parsed(cell: Cell, line: int, code: str) -> ast.Module:
    try:
        return ast.parse(code)
    except SyntaxError as error:
        where = line + (error.lineno or 1) - 1
        raise cell.error(f"not valid Python: {error.msg}", line=where) from None


class _Reader(ast.NodeVisitor):
    """Follows the imports of a chapter and the attributes taken from imported modules."""

    def __init__(self, known: Known, aliases: dict[str, str] | None = None):
        self.known = known
        # a name in the chapter -> "nnlib" or "nnlib.losses"
        self.aliases: dict[str, str] = dict(aliases or {})
        self.found: list[tuple[str, int]] = []

    def read(self, cell: Cell, tree: ast.Module, offset: int) -> list[AuthorError]:
        """The errors in one cell; aliases are remembered for the next."""
        self.found = []
        self.visit(tree)
        return [cell.error(message, line=offset + line - 1) for message, line in self.found]

    def use(self, name: str, node: ast.stmt | ast.expr) -> None:
        """Note a use of a name that is not there."""
        if message := self.known.lacks(name):
            self.found.append((message, node.lineno))

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            name = alias.asname or alias.name.split(".")[0]
            self.aliases.pop(name, None)
            if alias.name.split(".")[0] == "nnlib":
                self.use(alias.name, node)
                self.aliases[name] = alias.name if alias.asname else "nnlib"

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        module = node.module or ""
        for alias in node.names:
            name, full = alias.asname or alias.name, f"{module}.{alias.name}"
            self.aliases.pop(name, None)
            if module.split(".")[0] == "nnlib":
                self.use(full, node)
                if module == "nnlib" and self.known.is_module(alias.name):
                    self.aliases[name] = full

    def visit_Attribute(self, node: ast.Attribute) -> None:
        path = _dotted(node)
        if path and path[0] in self.aliases:
            full = [*self.aliases[path[0]].split("."), *path[1:]]
            depth = 3 if len(full) > 2 and self.known.is_module(full[1]) else 2
            self.use(".".join(full[:depth]), node)
        else:
            self.visit(node.value)

    def visit_Name(self, node: ast.Name) -> None:
        if not isinstance(node.ctx, ast.Load):
            self.aliases.pop(node.id, None)  # the name now means something else

    def _value_first(self, node: Any) -> None:
        """What is assigned is read before the name that it is assigned to means something else."""
        first = node.iter if isinstance(node, ast.For | ast.comprehension) else node.value
        for part in [first, *(part for part in ast.iter_child_nodes(node) if part is not first)]:
            if part:
                self.visit(part)

    visit_Assign = visit_AnnAssign = visit_AugAssign = visit_NamedExpr = _value_first
    visit_For = visit_comprehension = _value_first

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for part in runs_at_once(node):
            self.visit(part)
        self.aliases.pop(node.name, None)
        self._inside(node.args, node.body)

    visit_AsyncFunctionDef = visit_FunctionDef  # type: ignore[assignment]

    def visit_Lambda(self, node: ast.Lambda) -> None:
        for default in [*node.args.defaults, *filter(None, node.args.kw_defaults)]:
            self.visit(default)
        self._inside(node.args, [node.body])

    def _inside(self, arguments: ast.arguments, body: list[Any]) -> None:
        """Read the body of a function, where its arguments hide what stands outside."""
        outside = dict(self.aliases)
        for inner in ast.walk(arguments):
            if isinstance(inner, ast.arg):
                self.aliases.pop(inner.arg, None)
        for part in body:
            self.visit(part)
        self.aliases = outside

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        outside = dict(self.aliases)
        self.generic_visit(node)
        self.aliases = outside
        self.aliases.pop(node.name, None)

    def visit_ListComp(self, node: Any) -> None:
        outside = dict(self.aliases)
        results = [part for part in ast.iter_child_nodes(node) if part not in node.generators]
        for part in [*node.generators, *results]:
            self.visit(part)
        self.aliases = outside

    visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_ListComp


def _dotted(node: ast.expr) -> list[str] | None:
    """["nnlib", "losses", "loss"] for nnlib.losses.loss; None if it starts with no name."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return [node.id, *reversed(parts)] if isinstance(node, ast.Name) else None
