"""``make site``: the pages, the page on accessibility computed from their checks, the EPUB."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from course.book import Book
from course.site import audit, build, check, conformance, dead, epub
from course.site.conformance import Family

PLAYGROUND = "playground.html"
ALONE = ("alternatives", "mathematics", "media", "language", "title")
"""The checks that hold for pages that are no pages of the book: decks, the playground."""


def make(book: Book, folder: Path, with_epub: bool = False) -> build.Site:
    """Build the site; its page on accessibility says what is known of it, and what is not.

    Parameters
    ----------
    book : Book
        The book; its chapters are woven.
    folder : Path
        Where the site goes.
    with_epub : bool, optional
        Whether the EPUB stands beside its pages.
    """
    empty = conformance.page([Family("book", why="not opened yet")], {})
    site = build.write(book, folder, _extra(book, with_epub), [empty])
    if with_epub:
        epub.write(site.pages, folder, folder / "book.epub")
    found, unknown = check.known(folder, _store(book, "book"))
    why = f"{unknown} pages not opened since they were made anew" if unknown else ""
    families = [*_own(found, why), *_others(book, None)]
    site.put(conformance.page(families, audit.rules() if found else {}))
    return site


def _extra(book: Book, with_epub: bool) -> list[build.Extra]:
    playground = book.root / "build" / PLAYGROUND
    found = []
    if playground.is_file():
        found.append(build.Extra(PLAYGROUND, "The playground", playground))
    if with_epub:
        found.append(build.Extra("book.epub", "The book as an EPUB, for a reader of books"))
    return found


def checked(book: Book, site: build.Site, tell: Callable[[str], None] = print) -> list[str]:
    """Open every page, of the decks too if they are made, and write the page on accessibility.

    Links, anchors and the structure of the EPUB are checked as well.

    Returns
    -------
    list of str
        What is wrong, a line for each.
    """
    found = check.checked(site.folder, _store(book, "book"), tell=tell)
    families = [*_own(found), *_others(book, tell)]
    site.put(conformance.page(families, audit.rules()))
    (last,) = audit.audit(site.folder, [conformance.NAME])
    wrong = [*(line for family in families for line in family.wrong), *last.wrong]
    beside = site.folder / "book.epub"
    return wrong + [
        *dead.problems(site.folder),
        *(epub.problems(beside) if beside.exists() else []),
    ]


def _own(found: list[audit.Found], why: str = "") -> list[Family]:
    """The pages of the book, and the playground, which stands by itself."""
    alone = [each for each in found if each.page == PLAYGROUND]
    pages = [each for each in found if each.page != PLAYGROUND]
    missing = "" if alone else "not made, or not opened"
    return [Family("book", pages, why=why), Family("playground", alone, ALONE, missing)]


def _others(book: Book, tell: Callable[[str], None] | None) -> list[Family]:
    """Decks and notebooks; decks are opened where somebody is told of it."""
    folder, store = book.root / "build" / "slides", _store(book, "slides")
    if not folder.is_dir():
        decks = Family("decks", why="not made (make slides), so not opened")
    elif tell:
        decks = Family("decks", check.checked(folder, store, tell=tell), ALONE)
    else:
        found, unknown = check.known(folder, store)
        why = f"{unknown} not opened since they were made anew" if unknown else ""
        decks = Family("decks", found, ALONE, why)
    note = "their text and pictures are those of the book; JupyterLab's own page was not opened"
    return [decks, Family("notebooks in JupyterLab", why=note)]


def _store(book: Book, name: str) -> Path:
    return book.root / "build" / "audit" / f"{name}.json"
