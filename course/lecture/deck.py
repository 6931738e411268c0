"""Decks: each chapter's slides as a page of reveal.js that needs no network, and as a notebook."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from course.book import Book, Chapter
from course.lecture import pages
from course.lecture.cut import cut
from course.lecture.live import cells
from course.lecture.notes import Expected, clocks, functions, notes
from course.lecture.slide import Slide

STAMP = re.compile(r'<meta content="(\w+)" name="course-source"')

Minutes = Callable[[Chapter], Mapping[str, float]]


def stamp(chapter: Chapter) -> str:
    """What a deck remembers of the notebook that it was cut from, and of the knife."""
    knife = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    beside = sorted(pages.TEMPLATES.glob("*/*.*"))
    template = b"".join(path.read_bytes() for path in [*beside, *pages.SCRIPTS])
    return hashlib.sha256(chapter.notebook.read_bytes() + knife + template).hexdigest()[:16]


def stale(book: Book, folder: Path) -> list[str]:
    """The decks in a folder that are older than their chapter."""
    old = []
    for chapter in book.chapters:
        page = folder / f"{chapter.name}.html"
        if page.is_file():
            found = STAMP.search(page.read_text(encoding="utf-8"))
            if not found or found[1] != stamp(chapter):
                old.append(chapter.name)
    return old


def write(
    book: Book, folder: Path, chapters: Sequence[Chapter], minutes: Minutes, expected: Expected
) -> Iterator[Path]:
    """Write the deck, the hand-out and the live notebook of each chapter into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    pages.bring(folder / "lib")
    for chapter in chapters:
        slides = cut(chapter)
        told = list(_notes(slides, minutes(chapter), expected))
        notebook = pages.notebook(cells(slides, told), slides[0].title)
        live = folder / f"{chapter.name}.ipynb"
        live.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        page = folder / f"{chapter.name}.html"
        page.write_text(pages.html(notebook, "slides", stamp(chapter)), encoding="utf-8")
        beside = folder / f"{chapter.name}_handout.html"
        notebook["metadata"]["title"] += " (slides and what is said to them)"
        beside.write_text(pages.html(notebook, "notes", stamp(chapter)), encoding="utf-8")
        yield page


def _notes(slides: list[Slide], minutes: Mapping[str, float], expected: Expected) -> Iterator[str]:
    for slide, clock in zip(slides, clocks(slides, minutes), strict=True):
        mistakes = [each for name in functions(slide) for each in expected(name)]
        yield notes(slide, clock, mistakes)
