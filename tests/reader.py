"""A small book for the reader's side: chapters 05 and 06, cut from the modules of nnlib."""

import ast
import inspect
import json

from copying import copy_tree
from tiny import TinyBook, code

from course.book import HOME
from course.exercises import EXERCISES
from course.workbook import make, mine

NUMBERS = ("05", "06")


def source_of(exercise):
    """The function as it stands in its module: decorator, signature, docstring, body."""
    return inspect.getsource(exercise.reference).rstrip()


def package_cell(exercise, first=True):
    """A cell that builds the function; the first of a module has its docstring and its imports."""
    path = f"# nnlib/{exercise.module_name}.py"
    module = (HOME / "nnlib" / f"{exercise.module_name}.py").read_text(encoding="utf-8")
    imports = [
        ast.get_source_segment(module, node)
        for node in ast.parse(module).body
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    needed = '"""A module."""\n\n' + "\n".join(imports) + "\n\n\n" if first else "\n\n"
    return f"{path}\n{needed}{source_of(exercise)}"


def exercises_of(number):
    """The exercises of a chapter."""
    return [exercise for exercise in EXERCISES if exercise.chapter == number]


class ReadersBook(TinyBook):
    """Chapters 05 and 06, the package beside them, and a workbook."""

    def __init__(self, root):
        super().__init__(root)
        copy_tree(HOME / "nnlib", root / "nnlib")
        for number in NUMBERS:
            cells = [code(package_cell(e, k == 0)) for k, e in enumerate(exercises_of(number))]
            self.chapter(f"{number}_part", f"# Part {number}\n", *cells)
        self.folder = root / "workbook"
        make.write(self.book, self.folder)

    @property
    def workbook(self):
        """The workbook as it stands on the disk now."""
        return mine.Workbook(self.root, self.folder)

    def path(self, number):
        """The notebook of a chapter of the workbook."""
        return self.folder / f"my_{number}_part.ipynb"

    def fill(self, *numbers):
        """Put the reference into every cell that asks for work, as a reader would."""
        for number in numbers or NUMBERS:
            notebook = json.loads(self.path(number).read_text(encoding="utf-8"))
            cells = make.work_cells(self.book.chapter(number))
            for entry, cell in zip(notebook["cells"], cells, strict=True):
                if cell.exercises:
                    entry["source"] = cell.original
            self.path(number).write_text(json.dumps(notebook), encoding="utf-8")

    def change(self, number, old, new):
        """Replace a piece of a reader's notebook."""
        text = self.path(number).read_text(encoding="utf-8")
        old, new = json.dumps(old)[1:-1], json.dumps(new)[1:-1]
        assert text.count(old) == 1
        self.path(number).write_text(text.replace(old, new), encoding="utf-8")
