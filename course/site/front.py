"""The first page, and the page on the ways to work: both come from README."""

from __future__ import annotations

import re
from collections.abc import Iterator

from course.book import Book
from course.site import links, render
from course.site.page import Page
from course.site.shells import filled

TITLE = "A neural network from scratch, in NumPy"
FIRST = ("# ", "## For whom", "## The map")
PART = re.compile(r"(?m)^(?=## )")
HERE = re.compile(r'href="#(?!for-whom|the-map)')
ABOUT = (
    "A course that builds a neural network in NumPy, equation by equation, and tells photographs "
    "with a tree from those without."
)


def pages(book: Book) -> Iterator[Page]:
    """The two pages."""
    parts = PART.split((book.root / "README.md").read_text(encoding="utf-8"))
    first = [part for part in parts if part.startswith(FIRST)]
    rest = [part for part in parts if not part.startswith(FIRST)]
    body = links.led(render.markdown("".join(first)))
    body = HERE.sub('href="start.html#', body)
    opening = re.search(r"</h1>.*?</p>", body, re.DOTALL)
    if opening and book.chapters:
        ways = filled("ways", first=f"{book.chapters[0].name}.html")
        body = body[: opening.end()] + ways + body[opening.end() :]
    yield Page("index.html", TITLE, body, "front", ABOUT)
    start = links.led(render.markdown("# Start\n\n" + "".join(rest)))
    yield Page("start.html", "Start: the ways to work", start, "more")
