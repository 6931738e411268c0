"""What the commands for teachers do: slides, guide, hand-outs, pages, the view of a class."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from course.book import Book


def run_class(book: Book, options: argparse.Namespace) -> int:
    """class: what a folder of workbooks holds. Status 130 if it was stopped."""
    from course.workbook import class_table, classroom
    from course.workbook.handed_in import handed_in

    names, notebooks = handed_in(options.folder, {chapter.number for chapter in book.chapters})
    stopped = ""
    try:
        seen = classroom.look_at(book.root, notebooks, _so_far, options.seconds)
    except classroom.Interrupted as interrupted:
        seen, stopped = interrupted.seen, f"stopped: {len(interrupted.seen)} of {len(notebooks)} "
    print("\n".join(class_table.table(book, seen)))
    if options.names:
        print(f"\nWho wrote what stands in {class_table.write_names(names, seen, options.folder)}.")
    if stopped:
        print(f"{stopped}notebooks were tried", file=sys.stderr)
    return 130 if stopped else 0


def _so_far(done: int, count: int) -> None:
    """How far a long command is: one line that is written over, or a line now and then."""
    if sys.stderr.isatty():
        print(f"\r{done} of {count} notebooks", end="" if done < count else "\n", file=sys.stderr)
    elif done == count or done % 25 == 0:
        print(f"{done} of {count} notebooks", file=sys.stderr)


def run_nbgrader(book: Book, options: argparse.Namespace) -> int:
    """nbgrader: the instructor's source folder."""
    from course.workbook import grading

    written = grading.write(book, book.root / "build" / "nbgrader")
    print(f"{len(written)} assignments in build/nbgrader/source. There, for each of them:")
    print(f"  nbgrader generate_assignment {written[0].stem} --create")
    return 0


def run_handout(book: Book, options: argparse.Namespace) -> int:
    """handout: the woven chapters, solutions withheld."""
    from course.lecture import paper
    from course.press import handout

    folder = book.root / "build" / "handout"
    written = handout.write(book, folder)
    print(f"{len(written)} chapters without solutions, and all that they need, in build/handout.")
    if options.print:
        pages = list(paper.write(written, folder / "print"))
        print(f"{len(pages)} pages to print from a browser, in build/handout/print.")
    return 0


def run_slides(book: Book, options: argparse.Namespace) -> int:
    """slides: decks, what is said to them, and on request their PDF."""
    from course.feedback.expected import expected
    from course.lecture import deck, pdf
    from course.rules import minutes

    folder = book.root / "build" / "slides"
    chapters = [book.chapter(number) for number in options.chapters] or book.chapters
    if options.check:
        return _check_slides(book, folder, {chapter.name for chapter in chapters})
    for page in deck.write(book, folder, chapters, minutes.by_section, expected):
        print(page.relative_to(book.root).as_posix(), end="", flush=True)
        print(f", {pdf.printed(page).name}" if options.pdf else "", flush=True)
    print(
        "Open a deck in a browser; S shows what the speaker says. The .ipynb beside it runs live."
    )
    return 0


def _check_slides(book: Book, folder: Path, names: set[str]) -> int:
    """Whether decks are as new as their chapters and, where a browser is, how they look in it."""
    from course.browser import CHROMIUM
    from course.lecture import audit, deck

    wrong = [
        f"build/slides/{name}.html is older than its chapter: make slides"
        for name in deck.stale(book, folder)
        if name in names
    ]
    pages = [
        page
        for page in sorted(folder.glob("*.html"))
        if page.stem.removesuffix("_handout") in names
    ]
    if CHROMIUM is None:
        print("No Chromium is here: the decks were not opened.", file=sys.stderr)
    elif not wrong:
        for page, found in audit.audit(pages):
            print(f"{page.name}: {len(found)} things" if found else f"{page.name}: ok", flush=True)
            wrong += found
    print("\n".join(wrong), file=sys.stderr, end="\n" * bool(wrong))
    print(f"{len(pages)} pages of build/slides: {len(wrong)} things are wrong")
    return 1 if wrong else 0


def run_quiz(book: Book, options: argparse.Namespace) -> int:
    """quiz: a sheet of questions, with or without answers."""
    from course.quizzes import page, read, variants

    number = book.chapter(options.chapter).number
    seed = options.seed
    asked = read.questions(number) if seed is None else variants.variant(number, seed)
    print(f"Chapter {number}" + ("" if seed is None else f", sheet {seed}"), end="\n\n")
    print("\n\n".join(page.plain(q, n, options.answers) for n, q in enumerate(asked, start=1)))
    return 0


def run_guide(book: Book, options: argparse.Namespace) -> int:
    """guide: the instructor's pages."""
    from course.feedback.expected import expected
    from course.lecture import guide
    from course.rules import minutes

    written = list(guide.write(book, book.root / "build" / "guide", minutes.by_section, expected))
    print(f"{len(written)} pages; open build/guide/{written[0].name} in a browser.")
    return 0


def run_playground(book: Book, options: argparse.Namespace) -> int:
    """playground: one page, which needs nothing beside it."""
    from course.press import playground

    written = playground.write(book, book.root / "build" / "playground.html")
    print(f"{written} is written. Open it in a browser: it needs no network and no kernel.")
    return 0


def run_box(book: Book, options: argparse.Namespace) -> int:
    """box: one folder for a USB stick. Status 1 if a wheel is missing for somebody."""
    from course.tasks import box

    folder = book.root / "build" / "box"
    missing = box.write(book, folder, options.targets)
    print(f"{box.size(folder) / 1e9:.2f} GB in build/box; begin with START.html in it.")
    for target, names in missing.items():
        print(f"{target}: no wheel of {', '.join(names)}", file=sys.stderr)
    return 1 if missing else 0


def run_lite(book: Book, options: argparse.Namespace) -> int:
    """lite: the course in a browser, with nothing installed. Status 1 if a trial goes wrong."""
    from course.lite import build, serve, trial

    folder = book.root / "build" / "lite"
    if options.serve:
        return serve.until_stopped(folder)
    if options.check is None:
        own = os.environ.get("LITE_RUNTIME")
        build.build(book, folder, Path(own).absolute() if own else None)
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        print(f"build/lite, {size / 1e6:.0f} MB: {'Python is in it' if own else trial.PUBLIC}.")
        print("Put the folder on any static host; `python -m course lite --serve` is one.")
        return 0
    chapters = [book.chapter(number) for number in options.check] or book.chapters[:10]
    return trial.report(folder, chapters)


def run_site(book: Book, options: argparse.Namespace) -> int:
    """site: the book as a web page."""
    from course.site import make

    folder = book.root / "build" / "site"
    site = make.make(book, folder, options.epub)
    wrong = make.checked(book, site) if options.check else []
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"{len(site.pages)} pages, {size / 1e6:.0f} MB; open build/site/index.html in a browser.")
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0
