"""What the chapters have built: the woven modules as they stand after a chapter."""

from __future__ import annotations

from dataclasses import dataclass, field

from course.book.chapters import Book, Cell
from course.book.loose import take_in
from course.book.package import Definition, PackageCell, package_path, take_apart


@dataclass
class Module:
    """A woven module as the cells read so far have built it."""

    name: str
    docstring: str | None = None
    chapters: list[str] = field(default_factory=list)
    imports: list[str] = field(default_factory=list)
    definitions: dict[str, Definition] = field(default_factory=dict)  # in the order they were met
    replaced: list[Definition] = field(default_factory=list)
    imported_names: set[str] = field(default_factory=set)
    first_cell: Cell | None = None

    def add(self, part: PackageCell) -> None:
        """Take in one more cell; a definition replaces an earlier one of the same name."""
        self.first_cell = self.first_cell or part.cell
        if part.cell.chapter not in self.chapters:
            self.chapters.append(part.cell.chapter)
        self.docstring = part.docstring or self.docstring
        self.imports += [text for text in part.imports if text not in self.imports]
        for node in part.import_nodes:
            self.imported_names |= {a.asname or a.name.split(".")[0] for a in node.names}
        for definition in part.definitions:
            if definition.name in self.definitions:
                self.replaced.append(self.definitions[definition.name])
            self.definitions[definition.name] = definition

    def has(self, name: str) -> bool:
        """Whether ``from nnlib.module import name`` would find something by now."""
        return name in self.definitions or name in self.imported_names or is_special(name)


def is_special(name: str) -> bool:
    """Whether every module has such a name: ``__file__``, ``__doc__``."""
    return name.startswith("__") and name not in ("__init__", "__main__")


def build(book: Book, through: str | None = None) -> dict[str, Module]:
    """The woven modules of nnlib after a chapter (after the last one if none is named)."""
    modules: dict[str, Module] = {}
    for chapter in book.through(through):
        for cell in chapter.code_cells():
            if package_path(cell.source):
                part = (take_apart if book.judged else take_in)(cell, book.modules)
                if part is None:
                    continue  # a reader's cell for a module of their own
                modules.setdefault(part.module, Module(part.module)).add(part)
    return modules


def builders(book: Book) -> list[str]:
    """Numbers of the chapters that change nnlib: they build, or a plain module is given."""
    return [
        chapter.number
        for chapter in book.chapters
        if chapter.number in book.modules.plain.values()
        or any(package_path(cell.source) for cell in chapter.code_cells())
    ]
