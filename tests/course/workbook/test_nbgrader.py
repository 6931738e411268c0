"""The whole way of a class that grades, with nbgrader itself: release, submissions, scores.

nbgrader is an extra (``python -m pip install nbgrader``); without it these tests are skipped.
"""

import importlib.util
import json
import os
import subprocess
import sys

import pytest

from course.book import Book
from course.exercises import EXERCISES, blank
from course.workbook import grading, make

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("nbgrader") is None,
    reason="nbgrader is not installed: it is an extra of the course, for classes that grade",
)
BOOK = Book()
WRONG = {  # for each chapter that is graded here a mistake: what stands there, what a student wrote
    "02": ("predictions == Y", "predictions != Y"),
    "05": ("W @ A_prev + b", "W @ A_prev"),
}


def nbgrader(folder, *arguments):
    """Run a command of nbgrader in a course folder, as in an environment that is active."""
    programs = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=folder,
        env={**os.environ, "PATH": programs, "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course folder with every assignment generated."""
    folder = tmp_path_factory.mktemp("class")
    for path in grading.write(BOOK, folder):
        nbgrader(folder, "generate_assignment", path.stem, "--create")
    return folder


def test_a_release_holds_no_solution(course):
    released = sorted(course.glob("release/*/*.ipynb"))
    assert [path.stem[:2] for path in released] == sorted({e.chapter for e in EXERCISES})
    for path in released:
        chapter = BOOK.chapter(path.stem[:2])
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        lines = {line.strip() for cell in cells for line in "".join(cell["source"]).splitlines()}
        assert not [line for line in lines if "SOLUTION" in line or "<summary>Solution" in line]
        for cell in make.work_cells(chapter):
            for exercise in cell.exercises:
                answer = [line.strip() for line in blank.answer(exercise, cell.original)]
                assert not set(answer) <= lines, exercise.name


def submit(course, student, chapter, written):
    """Hand in an assignment with these sources in its cells, by number."""
    released = course / "release" / chapter.name / f"{chapter.name}.ipynb"
    notebook = json.loads(released.read_text(encoding="utf-8"))
    for number, source in written.items():
        notebook["cells"][number]["source"] = source
    path = course / "submitted" / student / chapter.name / released.name
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")


@pytest.mark.parametrize("number", WRONG)
def test_right_blank_and_wrong_submissions_get_their_scores(course, number):
    from nbgrader.api import Gradebook

    chapter = BOOK.chapter(number)
    cells = enumerate(make.work_cells(chapter))
    right = {k: cell.original for k, cell in cells if cell.exercises}
    wrong = {k: source.replace(*WRONG[number]) for k, source in right.items()}
    assert sum(right[k] != wrong[k] for k in right) == 1
    for student, written in {"right": right, "blank": {}, "wrong": wrong}.items():
        submit(course, student, chapter, written)
    nbgrader(course, "autograde", chapter.name, "--create")
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        graded = book.assignment_submissions(chapter.name)
        scores = {submission.student.id: submission.score for submission in graded}
        assert not any(submission.needs_manual_grade for submission in graded)
        most = book.find_assignment(chapter.name).max_score
    assert most == sum(e.chapter == number for e in EXERCISES)
    assert scores == {"right": most, "blank": 0, "wrong": most - 1}
