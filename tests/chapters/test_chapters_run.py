"""Each chapter and its folded solutions run on the package as it stands after that chapter."""

import pytest

from course.book import HOME, Book
from course.book.built import builders
from course.book.solutions import solutions
from course.rules.names import PREVIEW

BOOK = Book()
BUILDERS = builders(BOOK)


def runs_alike_as_a_notebook(chapter):
    """No solutions and the finished package: comparing the notebook runs the very same code."""
    order = [other.number for other in BOOK.chapters]
    finished = order.index(chapter.number) >= order.index(BUILDERS[-1])
    folded = any(solutions(cell) for cell in chapter.cells if cell.kind == "markdown")
    return (finished or chapter.number == PREVIEW) and not folded


@pytest.mark.parametrize(
    "number", [chapter.number for chapter in BOOK.chapters if not runs_alike_as_a_notebook(chapter)]
)
def test_chapter_and_its_solutions_run_on_its_snapshot(number, snapshot, python):
    package = HOME if number == PREVIEW else snapshot(number)
    options = ("run", number, "--solutions", "--package", str(package))
    done = python("-m", "course", *options, package=package)
    assert done.returncode == 0, done.stdout + done.stderr
