"""The first page, the ways to work, and the rest of README."""

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
    """The three pages; the second is there if the book has it."""
    parts = PART.split((book.root / "README.md").read_text(encoding="utf-8"))
    first = [part for part in parts if part.startswith(FIRST)]
    rest = [part for part in parts if not part.startswith(FIRST)]
    body = links.led(render.markdown("".join(first)))
    body = HERE.sub('href="readme.html#', body)
    opening = re.search(r"</h1>.*?</p>", body, re.DOTALL)
    if opening and book.chapters:
        ways = filled("ways", first=f"{book.chapters[0].name}.html")
        body = body[: opening.end()] + ways + body[opening.end() :]
    yield Page("index.html", TITLE, body, "front", ABOUT)
    start = book.root / "docs" / "start.md"
    if start.is_file():
        text = links.led(render.markdown(start.read_text(encoding="utf-8")))
        yield Page("start.html", "Start: the ways to work", text, "more")
    more = links.led(render.markdown("# Set up, work, teach\n\n" + "".join(rest)))
    yield Page("readme.html", "Set up, work, teach", more, "more")
