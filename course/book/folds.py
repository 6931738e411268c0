"""What of a chapter is folded: the answer to a prediction, and code that an author folds.

Where a reader is asked for a guess, the output of the cell that answers is folded until they run
the cell, or ask for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from course.book.markdown import pieces

if TYPE_CHECKING:
    from course.book.chapters import Cell

HIDE = "hide-output"
"""The tag of a cell whose output is folded. The prose sets it, and no author."""
HIDE_CODE = "hide-input"
"""The tag of a cell whose code is folded: an author sets it where the code only draws."""


@dataclass(frozen=True)
class Prompt:
    """A place in a Markdown cell where the reader is asked to predict."""

    cell: Cell
    line: int  # in the cell, from 0
    words: str  # what is printed in bold: "Predict, then run."

    @property
    def run(self) -> bool:
        """Whether the reader is told that a cell answers."""
        return self.words.startswith("Predict, then ")


def fold_of(tags: tuple[str, ...]) -> dict[str, Any]:
    """What the metadata of a cell says of its fold, beside the tags.

    The page of the book reads the tags. JupyterLab reads these keys, and keeps `collapsed` equal to
    `outputs_hidden`, so both are written.
    """
    keys = {"outputs_hidden": HIDE in tags, "source_hidden": HIDE_CODE in tags}
    if not any(keys.values()):
        return {}
    fold: dict[str, Any] = {"jupyter": {key: True for key, hidden in keys.items() if hidden}}
    return fold | ({"collapsed": True} if HIDE in tags else {})


def without_folds(tags: tuple[str, ...]) -> tuple[str, ...]:
    """The tags that say how a cell runs."""
    return tuple(tag for tag in tags if tag not in (HIDE, HIDE_CODE))


def folded(cells: Iterable[Cell]) -> Iterator[Cell]:
    """The cells, with the tag on each that answers a prediction."""
    cells = tuple(cells)
    answers = {cell.number for _, below in predictions(cells) for cell in below}
    for cell in cells:
        yield replace(cell, tags=(*cell.tags, HIDE)) if cell.number in answers else cell


def predictions(cells: Iterable[Cell]) -> Iterator[tuple[Prompt, list[Cell]]]:
    """Every prediction and the cells that answer it.

    They are the next code cells of the same section, up to the prose that follows them; package
    cells are passed over. There are none where a folded answer or a heading comes first.
    """
    asked: Prompt | None = None
    answers: list[Cell] = []
    for cell in cells:
        if cell.kind == "code":
            if asked and not cell.source.startswith("# nnlib/"):
                answers.append(cell)
            continue
        for found in [None, *_turns(cell)] if answers else _turns(cell):
            if asked:
                yield asked, answers
            asked, answers = found, []
    if asked:
        yield asked, answers


def _turns(cell: Cell) -> Iterator[Prompt | None]:
    """The prompts of a Markdown cell in reading order, None where a prompt before it ends."""
    listed = 0
    bold = False
    for piece in pieces(cell.source):
        listed += (piece.type == "list_item_open") - (piece.type == "list_item_close")
        if piece.type == "heading_open" or (piece.type, piece.content) == ("tag", "details"):
            yield None
        elif bold and not listed and piece.content.startswith("Predict"):
            yield Prompt(cell, piece.line, piece.content)
        bold = piece.type == "strong_open"
