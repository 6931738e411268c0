"""Rules of the code: what a cell may hold, and that every solution is one that is run."""

from __future__ import annotations

from collections.abc import Iterator

from course.book import AuthorError, Book
from course.book.package import check_path, package_path, parse, take_apart
from course.book.solutions import not_run


def check_cells(book: Book) -> Iterator[AuthorError]:
    """Code cells are plain Python; package cells hold what a module may hold."""
    for cell in book.code_cells():
        try:
            check_path(cell)
            if package_path(cell.source):
                take_apart(cell, book.modules)
            else:
                parse(cell)
        except AuthorError as error:
            yield error


def check_solutions(book: Book) -> Iterator[AuthorError]:
    """Every folded solution is one that is run, code and all."""
    for cell in book.markdown_cells():
        for line, message in not_run(cell):
            yield cell.error(message, line=line)
