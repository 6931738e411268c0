"""Assignments: marked as nbgrader wants, and a point is not given for nothing."""

import json

import pytest
from reader import NUMBERS, exercises_of, source_of

from course.exercises import EXERCISES, blank
from course.workbook import grading, make

BEGIN, END = grading.BEGIN, grading.END


def assignment(reader, number):
    """The cells of an assignment as the instructor has it."""
    cells = make.work_cells(reader.book.chapter(number), grading.INTRODUCTION)
    return json.loads(grading.assignment(cells))["cells"]


@pytest.mark.parametrize("number", NUMBERS)
def test_assignments_are_marked_as_nbgrader_wants(reader, number):
    cells = assignment(reader, number)
    marks = [c["metadata"]["nbgrader"] for c in cells if c["metadata"]]
    ids = [m["grade_id"] for m in marks]
    assert len(ids) == len(set(ids))
    assert sum(m["grade"] for m in marks) == len(exercises_of(number))
    for cell in cells:
        source = "".join(cell["source"])
        marked = cell["metadata"].get("nbgrader", {})
        assert (BEGIN in source) == bool(marked.get("solution"))
        assert source.count(BEGIN) == source.count(END)
        if marked.get("grade"):
            assert marked["points"] == 1 and marked["locked"] and "assert" in source


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_the_solution_stands_between_the_marks(exercise):
    source = source_of(exercise)
    marked = grading.marked_solution(exercise, source).split("\n")
    inside, outside, where = [], [], False
    for line in marked:
        if line.strip() in (BEGIN, END):
            where = line.strip() == BEGIN
        else:
            (inside if where else outside).append(line)
    assert "@door" in outside
    assert set(blank.answer(exercise, source)) <= set(inside)
    assert not set(blank.answer(exercise, source)) & set(outside)


def graded(code, name):
    """Whether the graded cell gives its point after a student's code."""
    space = {"display": lambda report: None}
    exec(f"from course import check\n{code}\n", space)
    try:
        exec(grading.CHECK.format(name=name), space)
    except AssertionError:
        return False
    return True


def test_a_point_is_given_for_work_alone():
    work = "def cost(A, Y):\n    import numpy as np\n    return -np.mean({})"
    loss = "Y * np.log(A) + (1 - Y) * np.log(1 - A)"
    assert graded(work.format(loss), "cost")
    assert not graded(work.format("A"), "cost")
    assert not graded("from nnlib.losses import cost", "cost")


FOR_NOTHING = {
    "a check of one's own": "def check(function):\n"
    "    return type('Report', (), {'state': 'right', 'function': function, 'headline': ''})\n"
    "def cost(A, Y):\n    return 0.0",
    "a second name": "import nnlib.losses\ncost = nnlib.losses.cost",
    "a call": "import nnlib.losses\ndef cost(A, Y):\n    return nnlib.losses.cost(A, Y)",
    "importlib": "import importlib\ncost = importlib.import_module('nnlib.losses').cost",
    "its text": "import inspect, nnlib.losses\nfrom nnlib.losses import *\n"
    "exec(inspect.getsource(inspect.unwrap(nnlib.losses.cost)), {**vars(nnlib.losses)}, globals())",
    "by way of the course": "from course.exercises import EXERCISES\n"
    "def cost(A, Y):\n"
    "    return next(e for e in EXERCISES if e.name == 'losses.cost').reference(A, Y)",
}


@pytest.mark.parametrize("way", FOR_NOTHING)
def test_a_point_is_not_had_for_nothing(way):
    assert not graded(FOR_NOTHING[way], "cost")
