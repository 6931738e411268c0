"""Compare: run a chapter anew and hold its outputs against the stored ones, cell by cell.

It says what nbval says of the whole book, of one chapter and in the words of an author: which cell
of the text, what is stored, what is new.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from course.book import AuthorError, Book, Cell, Chapter
from course.book.stored import mended_by_weaving, read_notebook, stored_code
from course.press.changed import code_of
from course.press.outputs import PICTURE
from course.press.weave import execute, outputs_of

MOST = 6  # lines of a difference that are shown


def compare(book: Book, chapter: Chapter) -> Iterator[tuple[Cell, list[str]]]:
    """Each cell whose output differs, with lines that begin with "stored:" or "new:".

    The points of a picture are not compared, nor the outputs of cells that measure time.

    Raises
    ------
    AuthorError
        If the code of the text is not that of the notebook, or a cell fails.
    """
    mend = mended_by_weaving(chapter.number)
    if not chapter.notebook.is_file():
        raise AuthorError(f"not woven yet; {mend}", file=chapter.file)
    stored = read_notebook(chapter.notebook, mend)
    if stored_code(stored) != code_of(chapter):
        raise AuthorError(f"code has changed since it was woven; {mend}", file=chapter.file)
    new = execute(book, chapter)
    for cell, was, now in zip(chapter.code_cells(), outputs_of(stored), new, strict=True):
        if not cell.timed and (lines := _difference(shown(was), shown(now))):
            yield cell, lines


def shown(outputs: list[dict[str, Any]]) -> list[str]:
    """What the outputs of a cell show, line by line."""
    lines: list[str] = []
    for output in outputs:
        if output["output_type"] == "error":
            lines += f"{output['ename']}: {output['evalue']}".split("\n")
        lines += output.get("text", "").split("\n")
        for kind, value in sorted(output.get("data", {}).items()):
            if kind.startswith("text/"):
                lines += PICTURE.sub("(its points)", value).split("\n")
            else:
                lines.append(f"({kind})")
    return [line.rstrip() for line in lines if line.strip()]


def _difference(stored: list[str], new: list[str]) -> list[str]:
    names = {"- ": "stored:", "+ ": "new:   "}
    found = [
        f"{names[line[:2]]} {line[2:]}" for line in difflib.ndiff(stored, new) if line[:2] in names
    ]
    return [*found[:MOST], *([f"… {len(found) - MOST} lines more"] if len(found) > MOST else [])]
