"""The one error that an author of a chapter meets."""

from __future__ import annotations

from pathlib import Path


class AuthorError(Exception):
    """Something in a chapter that its author can mend, said in one line.

    Parameters
    ----------
    message : str
        One sentence: what is wrong and what is wanted. Line breaks in it become spaces.
    file : Path or str, optional
        The file, as the author would name it (relative to the root of the book).
    cell : int, optional
        The cell's number in the chapter, counted from 1 over Markdown and code cells alike.
    line : int, optional
        The line of the file, counted from 1.
    """

    def __init__(
        self,
        message: str,
        file: Path | str | None = None,
        cell: int | None = None,
        line: int | None = None,
    ):
        self.message = " ".join(message.split("\n"))
        self.file = file
        self.cell = cell
        self.line = line
        super().__init__(str(self))

    def __str__(self) -> str:
        place = [Path(self.file).as_posix()] if self.file else []
        if self.cell is not None:
            place.append(f"cell {self.cell}")
        if self.line is not None:
            place.append(f"line {self.line}")
        where = ", ".join(place)
        return f"{where}: {self.message}" if where else self.message
