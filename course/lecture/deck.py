"""Decks: each chapter's slides as a page of reveal.js that needs no network, and as a notebook."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from course.book import Book, Chapter
from course.lecture.cut import cut
from course.lecture.live import HIDDEN, cells
from course.lecture.notes import Clock, Expected, functions, notes
from course.lecture.slide import Slide
from course.press.notebooks import METADATA
from course.vendor import MATHJAX, REVEAL, unpacked

TEMPLATES = Path(__file__).parent / "templates"
BUILT = {"width": 1280, "height": 720}
STAMP = re.compile(r'<meta content="(\w+)" name="course-source"')

Minutes = Callable[[Chapter], Mapping[str, float]]


def stamp(chapter: Chapter) -> str:
    """What a deck remembers of the notebook that it was cut from, and of the knife."""
    knife = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    template = b"".join(path.read_bytes() for path in sorted(TEMPLATES.rglob("*.j2")))
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
    _bring(folder / "lib")
    for chapter in chapters:
        slides = cut(chapter)
        told = list(_notes(slides, minutes(chapter), expected))
        notebook = _notebook(cells(slides, told), chapter)
        live = folder / f"{chapter.name}.ipynb"
        live.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        page = folder / f"{chapter.name}.html"
        page.write_text(_html(notebook, "slides", chapter), encoding="utf-8")
        beside = folder / f"{chapter.name}_handout.html"
        beside.write_text(_html(notebook, "notes", chapter), encoding="utf-8")
        yield page


def _notes(slides: list[Slide], minutes: Mapping[str, float], expected: Expected) -> Iterator[str]:
    begins = 0.0
    for slide in slides:
        clock = None
        if slide.opens and slide.section in minutes:
            clock = Clock(begins, minutes[slide.section])
            begins += minutes[slide.section]
        mistakes = [each for name in functions(slide) for each in expected(name)]
        yield notes(slide, clock, mistakes)


def _notebook(cells: list[dict[str, Any]], chapter: Chapter) -> dict[str, Any]:
    for number, cell in enumerate(cells):
        cell["id"] = f"slide-{number}"
    metadata = {**METADATA, "title": cells[0]["source"].lstrip("# ")}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _html(notebook: dict[str, Any], template: str, chapter: Chapter) -> str:
    import nbformat
    from nbconvert import HTMLExporter, SlidesExporter
    from traitlets.config import Config

    hidden = {"remove_input_tags": {HIDDEN}, "enabled": True}
    exporter = (SlidesExporter if template == "slides" else HTMLExporter)(
        config=Config({"TagRemovePreprocessor": hidden}),
        template_name=f"course_{template}",
        extra_template_basedirs=[str(TEMPLATES)],
    )
    exporter.register_preprocessor("nbconvert.preprocessors.TagRemovePreprocessor", enabled=False)
    node = nbformat.from_dict(json.loads(json.dumps(notebook)))
    resources = {
        "course": {"stamp": stamp(chapter), "title": notebook["metadata"]["title"], **BUILT}
    }
    page, _ = exporter.from_notebook_node(node, resources)
    return str(page)


def _bring(lib: Path) -> None:
    """Put reveal.js and MathJax beside the decks."""
    reveal, mathjax = unpacked(REVEAL), unpacked(MATHJAX)
    lib.mkdir(parents=True, exist_ok=True)
    for name in ("dist/reveal.css", "dist/reveal.js", "dist/reset.css", "plugin/notes/notes.js"):
        shutil.copy(reveal / name, lib / Path(name).name)
    shutil.copy(reveal / "LICENSE", lib / "LICENSE-reveal.js")
    shutil.copy(mathjax / "es5" / "tex-svg.js", lib / "tex-svg.js")
    shutil.copy(mathjax / "LICENSE", lib / "LICENSE-mathjax")
