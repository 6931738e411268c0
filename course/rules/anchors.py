"""The rule of the numbered equations: one place each, which links can lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from course.book import AuthorError, Book, Cell
from course.book.markdown import anchors, tags

ANCHOR = re.compile(r'<a id="[^"]+"></a>')


def check_equations(book: Book) -> Iterator[AuthorError]:
    """Each number stands once, its anchor on the line before; no anchor without its tag.

    The anchor begins a cell: the cell gets its id, and links from other chapters lead to that.
    """
    seen: dict[str, Cell] = {}
    for cell in book.markdown_cells():
        lines = cell.source.split("\n")
        anchored: set[int] = set()
        for tag, line, start in tags(cell.source):
            if tag in seen:
                first = seen[tag]
                message = f"equation ({tag}) stands already in {first.file.name}, "
                yield cell.error(f"{message}cell {first.number}", line=line)
            seen[tag] = cell
            above = _line_above_paragraph(lines, start)
            if above is None or lines[above].strip() != f'<a id="eq-{tag}"></a>':
                message = f'equation ({tag}) has no <a id="eq-{tag}"></a> on the line before it'
                yield cell.error(message, line=line)
            else:
                anchored.add(above)
        for anchor, line in anchors(cell.source):
            if anchor.startswith("eq-") and line not in anchored:
                message = f"the anchor {anchor} has no equation with that tag below it"
                yield cell.error(message, line=line)
            elif anchor.startswith("eq-") and line:
                message = f"the anchor {anchor} begins no cell: put a line with +++ above it"
                yield cell.error(message, line=line)


def _line_above_paragraph(lines: list[str], number: int) -> int | None:
    """The last line with text above the paragraph that holds a line."""
    while number > 0 and lines[number - 1].strip() and not ANCHOR.search(lines[number - 1]):
        number -= 1
    number -= 1
    while number >= 0 and not lines[number].strip():
        number -= 1
    return number if number >= 0 else None
