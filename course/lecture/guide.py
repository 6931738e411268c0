"""The instructor's guide as pages: the one that is written, and one computed for each chapter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from course.book import Book
from course.lecture import pages, plan
from course.lecture.cut import cut
from course.lecture.deck import Minutes, stamp
from course.lecture.notes import Expected

WRITTEN = Path("docs") / "instructors.md"
CHAPTER = re.compile(r"\]\(\.\./notebooks/(\w+)\.ipynb\)")


def write(book: Book, folder: Path, minutes: Minutes, expected: Expected) -> Iterator[Path]:
    """Write the guide into a folder, its first page first."""
    folder.mkdir(parents=True, exist_ok=True)
    pages.bring(folder / "lib")
    text = (book.root / WRITTEN).read_text(encoding="utf-8")
    links = [f"- [{chapter.name}]({chapter.name}.html)" for chapter in book.chapters]
    text = CHAPTER.sub(r"](\1.html)", text) + "\n## A page for each chapter\n\n" + "\n".join(links)
    yield _page(folder / "index.html", text, "")
    for chapter in book.chapters:
        made = plan.page(chapter, cut(chapter), minutes(chapter), expected)
        yield _page(folder / f"{chapter.name}.html", made, stamp(chapter))


def _page(path: Path, text: str, stamp: str) -> Path:
    cell = {"cell_type": "markdown", "metadata": {}, "source": text}
    title = text.split("\n", 1)[0].lstrip("# ")
    path.write_text(pages.html(pages.notebook([cell], title), "notes", stamp), encoding="utf-8")
    return path
