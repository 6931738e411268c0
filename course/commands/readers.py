"""What the commands for readers do: open the course, and work in a copy of it."""

from __future__ import annotations

import argparse
from pathlib import Path

from course.book import AuthorError, Book


def run_lab(book: Book, options: argparse.Namespace) -> int:
    """lab: JupyterLab on the first chapter, until it is stopped."""
    from course.tasks import lab

    return lab.run(book, options.options)


def run_workbook(book: Book, options: argparse.Namespace) -> int:
    """workbook: never over a person's work."""
    from course.workbook import make

    folder = book.root / "workbook"
    print("\n".join(make.write(book, folder, tuple(options.fresh))))
    print(make.what_to_open(book, folder))
    return 0


def run_progress(book: Book, options: argparse.Namespace) -> int:
    """progress: a bar for each chapter."""
    from course.exercises import progress

    here = Path.cwd()  # on a hub, a workbook lies in its owner's home, and not in the course
    print(progress.summary(here if (here / progress.FILE).is_file() else written_workbook(book)))
    return 0


def written_workbook(book: Book) -> Path:
    """The folder of the workbook."""
    folder = book.root / "workbook"
    if not any(folder.glob("*.ipynb")):
        raise AuthorError("there is no workbook yet; `python -m course workbook` writes it")
    return folder


def run_check_mine(book: Book, options: argparse.Namespace) -> int:
    """check-mine: tangle the workbook and test the result."""
    from course.workbook import mine

    workbook = mine.Workbook(book.root, written_workbook(book))
    return mine.check_mine(workbook, book.root / "build" / "mine")
