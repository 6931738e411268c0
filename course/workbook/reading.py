"""The filled workbook, read as a book: what a reader has written, and what is still to write."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from course.book import AuthorError, Book, Cell, Chapter
from course.book.built import Module, build
from course.book.loose import path_first
from course.book.package import Definition, package_path
from course.book.stored import read_notebook
from course.exercises import EXERCISES, Exercise

NUMBER = re.compile(r"(?:my_)?(\d\d|[A-Z])(?=[\W_])")
KEPT_COPY = re.compile(r"\.kept\d+$")
"""How the name of a copy ends that `workbook --fresh` keeps: it is out of the way."""


class Workbook(Book):
    """The workbook's notebooks, read as the chapters of a book."""

    judged = False

    def __init__(self, root: Path, folder: Path):
        super().__init__(root)
        self.folder = folder

    @cached_property
    def course(self) -> Book:
        """The book that the workbook was made from."""
        return Book(self.root, self.modules)

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """One chapter for each notebook whose name begins with the number of one.

        Raises
        ------
        AuthorError
            If a notebook cannot be read, or if two of them build the package of one chapter.
        """
        found: dict[str, Chapter] = {}
        for path in sorted(self.folder.glob("*.ipynb")):
            if (match := NUMBER.match(path.stem)) and not KEPT_COPY.search(path.stem):
                read = self._read(path, match[1])
                found[read.number] = _the_one(found.get(read.number), read)
        return tuple(found[number] for number in sorted(found))

    def _read(self, path: Path, number: str) -> Chapter:
        fresh = f"`python -m course workbook --fresh {number}`"
        mend = f"mend it, or let {fresh} keep it as a copy and start the chapter anew"
        file = Path(self.folder.name) / path.name
        cells = (
            Cell(number, file, k, 1, cell["cell_type"], path_first(cell["source"].rstrip()))
            for k, cell in enumerate(read_notebook(path, mend)["cells"], start=1)
        )
        return Chapter(number, self.root, file, tuple(cells))

    def standing(self, number: str) -> Workbook:
        """The workbook up to a chapter; where a notebook is missing stands the course's chapter."""
        mine = {chapter.number: chapter for chapter in self.chapters}
        part = Workbook(self.root, self.folder)
        theirs = {c.number: c for c in self.course.chapters} | mine
        part.chapters = tuple(theirs[n] for n in sorted(theirs) if n <= number)
        return part

    def package(self, number: str) -> dict[str, Module]:
        """The modules after a chapter: the reader's functions, and the course's for the others."""
        modules = build(self.standing(number))
        for name, theirs in build(self.course, number).items():
            mine = modules.setdefault(name, Module(name))
            mine.docstring = theirs.docstring
            mine.first_cell = mine.first_cell or theirs.first_cell
            for key, definition in theirs.definitions.items():
                if key not in mine.definitions or is_unwritten(mine.definitions[key].node):
                    mine.definitions[key] = definition
                else:
                    mine.definitions[key] = behind_the_door(mine.definitions[key], definition)
            mine.imports += [text for text in theirs.imports if text not in mine.imports]
        return modules


def behind_the_door(mine: Definition, theirs: Definition) -> Definition:
    """A reader's function with the decorators and the signature that the course gives it.

    The door is given: what is asked for is the body, and a reader may have left the rest out. It
    stays as it is where its parameters have other names, or where nothing is missing.
    """
    node, wanted = mine.node, theirs.node
    if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Lambda):
        args = node.value.args
        body: list[ast.stmt] = [ast.Return(node.value.body)]
    elif isinstance(node, ast.FunctionDef):
        args, body = node.args, node.body
    else:
        return mine
    if not isinstance(wanted, ast.FunctionDef) or _names(args) != _names(wanted.args):
        return mine
    new = ast.FunctionDef(
        wanted.name, wanted.args, body, wanted.decorator_list, wanted.returns, lineno=node.lineno
    )
    if isinstance(node, ast.FunctionDef) and _head(node) == _head(wanted):
        return mine
    return replace(mine, node=new, text=ast.unparse(ast.fix_missing_locations(new)))


def _names(args: ast.arguments) -> list[str]:
    return [arg.arg for arg in (*args.posonlyargs, *args.args, *args.kwonlyargs)]


def _head(node: ast.FunctionDef) -> list[str]:
    parts = [node.args, *node.decorator_list, *([node.returns] if node.returns else [])]
    return [ast.dump(part) for part in parts]


def _the_one(first: Chapter | None, second: Chapter) -> Chapter:
    """Of two notebooks with one number the one that builds something; two such are refused."""
    if first is None or not _builds(first):
        return second
    if _builds(second):
        message = (
            f"a second notebook of chapter {second.number}, beside {first.file.name}: only one can "
            "count, so move the other out of the workbook"
        )
        raise AuthorError(message, file=second.file)
    return first


def _tree(source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError):
        return None


def _builds(chapter: Chapter) -> bool:
    return any(package_path(cell.source) for cell in chapter.code_cells())


def exercises_of(number: str) -> list[Exercise]:
    """The exercises of a chapter."""
    return [exercise for exercise in EXERCISES if exercise.chapter == number]


def unwritten(workbook: Workbook, number: str) -> list[str]:
    """Names of the exercises of a chapter that still hold their placeholder, or are not there."""
    chapter = next((c for c in workbook.chapters if c.number == number), None)
    if chapter is None:
        return [exercise.function_name for exercise in exercises_of(number)]
    alone = Workbook(workbook.root, workbook.folder)
    alone.chapters = (chapter,)
    modules = build(alone)
    left = []
    for exercise in exercises_of(number):
        module = modules.get(exercise.module_name, Module(exercise.module_name))
        definition = module.definitions.get(exercise.function_name)
        if definition is None or is_unwritten(definition.node):
            left.append(exercise.function_name)
    return left


def is_unwritten(node: ast.stmt) -> bool:
    """Whether a definition is no work of its own: a placeholder, or what the course has."""
    return is_placeholder(node) or is_taken(node)


def is_taken(node: ast.stmt) -> bool:
    """Whether a name is only given to what the course has: `tanh = nnlib.activations.tanh`."""
    if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
        return False
    if isinstance(node.value, ast.Lambda):
        return False  # it is tried, and seen when it calls the course's own
    words = {n.id for n in ast.walk(node.value) if isinstance(n, ast.Name)}
    words |= {
        str(n.value).split(".")[0] for n in ast.walk(node.value) if isinstance(n, ast.Constant)
    }
    return bool(words & {"nnlib", "course", "importlib", "__import__"})


def is_placeholder(node: ast.stmt) -> bool:
    """Whether a function meets the placeholder of the workbook before it gives anything back.

    What a reader has left standing below their own return does no harm.
    """
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    for statement in node.body:
        for inner in ast.walk(statement):
            if isinstance(inner, ast.Raise) and "your turn" in ast.dump(inner):
                return True
        if isinstance(statement, ast.Return):
            return False
    return False


def out_of_place(workbook: Workbook, number: str, names: list[str]) -> list[str]:
    """A sentence for each function that does not count: its cell has no path, or it is no work."""
    chapter = next((c for c in workbook.chapters if c.number == number), None)
    taken = {
        target.id
        for cell in (chapter.code_cells() if chapter else ())
        if (tree := _tree(cell.source))
        for node in tree.body
        if isinstance(node, ast.Assign) and is_taken(node)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    told = [
        f"{name} is the course's own function there, and counts as not written"
        for name in names
        if name in taken
    ]
    for exercise in exercises_of(number):
        path = f"# nnlib/{exercise.module_name}.py"
        for cell in chapter.code_cells() if chapter else ():
            defines = re.search(rf"^def {exercise.function_name}\b", cell.source, re.MULTILINE)
            other = package_path(cell.source) != path.removeprefix("# ")
            if exercise.function_name in names and defines and other:
                told.append(
                    f"{exercise.function_name} stands in cell {cell.number} of "
                    f"{cell.file.as_posix()}, and is not read: the first line of its cell must be "
                    f"{path}"
                )
    return told
