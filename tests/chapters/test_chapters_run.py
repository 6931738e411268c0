"""Each chapter and its folded solutions run on the package as it stands after that chapter."""

import pytest

from course.book import Book
from course.tools import HOME

PREVIEW = "00"


@pytest.mark.parametrize("number", [chapter.number for chapter in Book().chapters])
def test_chapter_and_its_solutions_run_on_its_snapshot(number, snapshot, python):
    package = HOME if number == PREVIEW else snapshot(number)
    options = ("run", number, "--solutions", "--package", str(package))
    done = python("-m", "course", *options, package=package)
    assert done.returncode == 0, done.stdout + done.stderr
