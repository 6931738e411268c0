r"""The table of equations: where each is stated, coded and tested, and what the document got wrong.

Nothing in it is typed. A statement is the chapter's own display with its ``\tag``; a symbol of
nnlib is one whose docstring says "equation (25)" or whose code carries the comment ``# (25)``; a
test is one marked ``@pytest.mark.equation(25)``; an erratum is an entry of appendix A, whose
heading names the equations: "### E5 · (24), (25)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from course.book import AuthorError, Book, Cell
from course.book.markdown import DISPLAYS, TAG, headings, links, pieces
from course.book.numbers import LIST, numbers
from course.rules.latex import tidy
from course.rules.traces import Place, marked_tests, symbols

COUNT = 36
APPENDIX = "A"

ENTRY = re.compile(r"([ENS]\d+)\s+·\s+(.*)")
ERRATUM = re.compile(r"\b[ENS]\d{1,2}\b")
ENVIRONMENT = re.compile(r"\\(?:begin|end)\{(?:equation|align)\*\}")
ROW = re.compile(r"\\\\(?:\[[^]]*\])?")  # the end of a row
EQUATION_LINK = re.compile(r"([\w.]*)#(?:cell-id=)?eq-(.+)")


@dataclass
class Equation:
    """One number of the document and everything that bears it."""

    number: int
    statement: str = ""  # LaTeX, without the tag
    stated: list[Place] = field(default_factory=list)
    coded: list[Place] = field(default_factory=list)
    tested: list[Place] = field(default_factory=list)
    errata: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether it is stated once, coded and tested."""
        return len(self.stated) == 1 and bool(self.coded) and bool(self.tested)


@dataclass
class Table:
    """The equations (1) to `count`, and what is wrong with them."""

    equations: dict[int, Equation]
    problems: list[AuthorError]

    @property
    def summary(self) -> str:
        """The last line: "36 of 36 equations stated, coded and tested"."""
        done = sum(equation.complete for equation in self.equations.values())
        return f"{done} of {len(self.equations)} equations stated, coded and tested"


def table(book: Book, count: int = COUNT) -> Table:
    """Read chapters, package and tests, and put the table together.

    Parameters
    ----------
    book : Book
        The book; `nnlib` and `tests` are read below its root, and nothing is imported or run.
    count : int, optional
        How many equations there are.

    Returns
    -------
    Table
        One entry per number; `problems` names each equation that lacks a statement, a symbol or a
        test, each number that stands twice, and each reference that points nowhere.
    """
    made = Table({n: Equation(n) for n in range(1, count + 1)}, [])
    for number, statement, place in _statements(book, made.problems):
        equation = _find(made, number, place)
        if equation:
            if equation.stated:
                first = equation.stated[0]
                message = f"equation ({number}) stands already in {first.file}, line {first.line}"
                made.problems.append(place.error(message))
            equation.stated.append(place)
            equation.statement = equation.statement or statement
    for number, place in symbols(book.root):
        _add(made, number, place, "coded")
    for number, place in marked_tests(book.root, made.problems):
        _add(made, number, place, "tested")
    entries = _entries(book, made)
    made.problems += _dangling(book, made, entries)
    for equation in made.equations.values():
        equation.errata.sort(key=lambda row: (row[0], int(row[1:])))
        lacks = [what for what in ("stated", "coded", "tested") if not getattr(equation, what)]
        if lacks:
            message = f"equation ({equation.number}) is not {' and not '.join(lacks)}"
            made.problems.append(AuthorError(message))
    return made


def _find(made: Table, number: int, place: Place) -> Equation | None:
    if number not in made.equations:
        message = f"there is no equation ({number}): they run from (1) to ({len(made.equations)})"
        made.problems.append(place.error(message))
    return made.equations.get(number)


def _add(made: Table, number: int, place: Place, what: str) -> None:
    equation = _find(made, number, place)
    if equation and all(place.name != other.name for other in getattr(equation, what)):
        getattr(equation, what).append(place)


def _place(cell: Cell, line: int, name: str = "") -> Place:
    return Place(name, cell.file, cell.line + line)


def _statements(book: Book, problems: list[AuthorError]) -> Iterator[tuple[int, str, Place]]:
    for cell in book.markdown_cells():
        for piece in pieces(cell.source):
            if piece.type not in DISPLAYS:
                continue
            body = ENVIRONMENT.sub("", piece.content)
            rows = ROW.split(body) if len(TAG.findall(body)) > 1 else [body]
            for row in rows:
                for tag in TAG.findall(row):
                    place = _place(cell, piece.line, f"{cell.file.stem}#eq-{tag}")
                    if not tag.isdigit():
                        message = f"the tag ({tag}) is not a number of the document"
                        problems.append(place.error(message))
                    else:
                        yield int(tag), tidy(TAG.sub("", row)), place


def _entries(book: Book, made: Table) -> set[str]:
    """The ids of appendix A; each is noted at the equations of its heading."""
    known: set[str] = set()
    for cell in book.markdown_cells():
        for level, text, line in headings(cell.source):
            match = ENTRY.fullmatch(text)
            if cell.chapter != APPENDIX or level != "h3" or not match:
                continue
            row, where = match.groups()
            place = _place(cell, line, row)
            if row in known:
                made.problems.append(place.error(f"entry {row} stands twice"))
            known.add(row)
            listed = re.fullmatch(LIST, where.strip())
            for number in numbers(where) if listed else []:
                equation = _find(made, number, place)
                if equation:
                    equation.errata.append(row)
    return known


def _dangling(book: Book, made: Table, entries: set[str]) -> Iterator[AuthorError]:
    """Links to equations, and erratum ids in the notes, that lead nowhere."""
    stated = {place.name for equation in made.equations.values() for place in equation.stated}
    for cell in book.markdown_cells():
        for target, line in links(cell.source):
            if match := EQUATION_LINK.fullmatch(target):
                file, number = match.groups()
                name = f"{Path(file).stem if file else cell.file.stem}#eq-{number}"
                if name not in stated:
                    message = f"the link to {name} leads nowhere: that equation is not stated there"
                    yield _place(cell, line).error(message)
        for text, line in _notes(cell):
            for row in ERRATUM.findall(text):
                if row not in entries:
                    message = f"{row} leads nowhere: appendix A has no such entry"
                    yield _place(cell, line).error(message)


def _notes(cell: Cell) -> Iterator[tuple[str, int]]:
    """The text in the notes on the document: quotes that begin with "In the document"."""
    inside, note = 0, False
    for piece in pieces(cell.source):
        if piece.type == "blockquote_open":
            inside, note = inside + 1, note and inside > 0
        elif piece.type == "blockquote_close":
            inside -= 1
        elif piece.type == "inline" and inside:
            note = note or piece.content.startswith("**In the document**")
        elif piece.type == "text" and inside and note:
            yield piece.content, piece.line
