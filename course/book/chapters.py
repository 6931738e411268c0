"""Read the chapters: notebooks/text/NN_name.md becomes cells that know where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from course.book import modules as table
from course.book.errors import AuthorError
from course.book.folds import HIDE, HIDE_CODE, folded
from course.book.stored import merge_mark

HOME = Path(__file__).resolve().parents[2]
"""The folder that holds `course`, `notebooks` and the settings in pyproject.toml."""

TAGS = ("nbval-ignore-output", "raises-exception", HIDE_CODE)
"""The tags that a code cell may have; another (nbval-skip, …) could take it out of the tests."""

CHAPTER_NAME = re.compile(r"(\d\d|[A-Z])_[A-Za-z0-9_]+\.md")

HEADER = """\
---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3 (ipykernel)
  language: python
  name: python3
---
"""
"""How every chapter begins. No version stands in it, so that files do not change by themselves."""


@dataclass(frozen=True)
class Cell:
    """A cell of a chapter and the place where its author finds it."""

    chapter: str
    file: Path  # relative to the root of the book
    number: int  # in the chapter, from 1, Markdown and code alike
    line: int  # of the first line of the source, from 1
    kind: str  # "code" or "markdown"
    source: str
    tags: tuple[str, ...] = ()

    def error(self, message: str, line: int = 0) -> AuthorError:
        """An error at a line of this cell (from 0)."""
        return AuthorError(message, self.file, self.number, self.line + line)

    @property
    def timed(self) -> bool:
        """Whether the output changes from run to run and is not compared."""
        return "nbval-ignore-output" in self.tags

    @property
    def raises(self) -> bool:
        """Whether the cell is meant to end in an exception."""
        return "raises-exception" in self.tags

    @property
    def hidden(self) -> bool:
        """Whether the output is folded: the cell answers a prediction."""
        return HIDE in self.tags


@dataclass(frozen=True)
class Chapter:
    """A chapter: its number ("00" to "10", or a letter), its text file and its cells."""

    number: str
    root: Path
    file: Path  # of the text, relative to the root
    cells: tuple[Cell, ...] = field(repr=False)

    @property
    def name(self) -> str:
        """The name that the text and the notebook share, such as 01_logistic_regression."""
        return self.file.stem

    @property
    def notebook(self) -> Path:
        """Where the woven notebook lies."""
        return self.root / "notebooks" / f"{self.name}.ipynb"

    def code_cells(self) -> list[Cell]:
        """The code cells in reading order."""
        return [cell for cell in self.cells if cell.kind == "code"]


class Book:
    """All chapters below a root folder, in reading order.

    Parameters
    ----------
    root : Path, optional
        The folder that holds `notebooks/text`; by default this repository.
    modules : Modules, optional
        Which modules are woven and which are plain; by default this course's table.
    """

    judged = True
    """Whether the form of its code is judged: an author's is, a reader's is not."""

    def __init__(self, root: Path = HOME, modules: table.Modules | None = None):
        self.root = Path(root).resolve()
        self.modules = modules or table.MODULES

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """The chapters: the numbered ones, then the lettered ones."""
        files = sorted((self.root / "notebooks" / "text").glob("*.md"))
        chapters = [read_chapter(self.root, path) for path in files]
        for first, second in zip(chapters, chapters[1:], strict=False):
            if first.number == second.number:
                message = f"{first.file.name} has the number {first.number} as well"
                raise AuthorError(message, file=second.file)
        return tuple(chapters)

    def code_cells(self) -> Iterator[Cell]:
        """Every code cell of the book."""
        for chapter in self.chapters:
            yield from chapter.code_cells()

    def markdown_cells(self) -> Iterator[Cell]:
        """Every Markdown cell of the book."""
        for chapter in self.chapters:
            yield from (cell for cell in chapter.cells if cell.kind == "markdown")

    def chapter(self, number: str) -> Chapter:
        """The chapter with a number, written "4", "04" or "A"."""
        wanted = number.strip().upper().zfill(2) if number.strip().isdigit() else number.upper()
        for chapter in self.chapters:
            if chapter.number == wanted:
                return chapter
        known = ", ".join(chapter.number for chapter in self.chapters) or "none yet"
        raise AuthorError(f"there is no chapter {number}; there are: {known}")

    def through(self, number: str | None) -> tuple[Chapter, ...]:
        """The chapters up to and including one (all of them if none is named)."""
        if number is None:
            return self.chapters
        return self.chapters[: self.chapters.index(self.chapter(number)) + 1]


def read_chapter(root: Path, path: Path) -> Chapter:
    """Read one text file into a chapter."""
    file = path.relative_to(root)
    match = CHAPTER_NAME.fullmatch(path.name)
    if not match:
        raise AuthorError("a chapter is named NN_name.md (or A_name.md)", file=file)
    text = _read(path, file)
    _check_header(text, file)
    return Chapter(match.group(1), root, file, tuple(folded(_cells(text, file, match.group(1)))))


def _read(path: Path, file: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8")
        if line := merge_mark(text):
            raise AuthorError("marks of a merge: keep one of the two versions", file, line=line)
        return text
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise AuthorError("not UTF-8: save the file in that encoding", file, line=line) from None


def _check_header(text: str, file: Path) -> None:
    for number, (line, wanted) in enumerate(
        zip(text.split("\n"), HEADER.split("\n")[:-1], strict=False), start=1
    ):
        if line != wanted:
            raise AuthorError(f"the header has {line!r}, wanted {wanted!r}", file, line=number)
    if not text.startswith(HEADER):
        raise AuthorError("the header is not complete", file, line=1)


def _unreadable(said: str, file: Path) -> AuthorError:
    """What jupytext says about the options of a cell, and the line that it says it of."""
    place = re.search(r"at line (\d+) could not be read: ([^\n]*)", said)
    line, why = (int(place[1]), place[2]) if place else (None, said)
    return AuthorError(f"the options of this cell cannot be read: {why}", file, line=line)


def _cells(text: str, file: Path, chapter: str) -> Iterator[Cell]:
    from jupytext.myst import MystMetadataParsingError, myst_to_notebook
    from nbformat.validator import NotebookValidationError

    try:
        notebook = myst_to_notebook(text, add_source_map=True)
    except MystMetadataParsingError as error:
        raise _unreadable(str(error), file) from None
    except NotebookValidationError as error:
        wanted = "tags stand in brackets, :tags: [raises-exception]"
        raise AuthorError(f"{error.message}; {wanted}", file=file) from None
    lines = text.split("\n")
    starts = notebook.metadata["source_map"]
    for number, (cell, start) in enumerate(zip(notebook.cells, starts, strict=True), start=1):
        first = cell.source.split("\n", 1)[0]
        while start < len(lines) - 1 and lines[start] != first:  # over options and blank lines
            start += 1
        tags = tuple(cell.metadata.get("tags", ()))
        source = cell.source.rstrip()
        read = Cell(chapter, file, number, start + 1, cell.cell_type, source, tags)
        if read.kind not in ("code", "markdown"):
            raise read.error("a chapter holds Markdown cells and code cells only")
        if read.kind == "code" and not source.strip():
            raise read.error("an empty code cell")
        if set(cell.metadata) - {"tags"}:
            raise read.error(f"a cell has tags only, not {sorted(set(cell.metadata) - {'tags'})}")
        if unknown := set(tags) - set(TAGS):
            raise read.error(f"unknown tag {min(unknown)}: wanted one of {', '.join(TAGS)}")
        yield read
