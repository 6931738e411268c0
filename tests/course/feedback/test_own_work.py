"""The course's own function is nobody's work, in whatever dress it comes."""

import importlib
import importlib.util
import inspect
import types

import numpy as np
import pytest

from course import check
from course.exercises import EXERCISES, progress
from course.feedback.mistakes.section import run_source
from nnlib import logistic, network

WRAPPERS = {
    "a call": "from nnlib import logistic\n    return logistic.gradients(w, b, X, Y)",
    "importlib": "import importlib\n"
    "    return importlib.import_module('nnlib.logistic').gradients(w, b, X, Y)",
    "the bare one": "import inspect, nnlib.logistic\n"
    "    dw, db = inspect.unwrap(nnlib.logistic.gradients)(w, b, X, Y)\n    return dw * 1.0, db",
    "by way of the course": "from course.exercises import EXERCISES\n"
    "    mine = [e for e in EXERCISES if e.name == 'logistic.gradients'][0]\n"
    "    return mine.reference(w, b, X, Y)",
    "after an honest beginning": "from nnlib.logistic import gradients as theirs\n"
    "    m = X.shape[1]\n    return theirs(w, b, X, Y)",
}


@pytest.mark.parametrize("way", WRAPPERS)
def test_a_call_of_the_courses_own_function_is_no_answer(way, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    progress.start_progress(tmp_path)
    code = f"def gradients(w, b, X, Y):\n    {WRAPPERS[way]}\n"
    report = check(run_source(code, {"np": np}, "a cell")["gradients"])
    assert report.state == "not written yet" and "calls the course's own function" in str(report)
    assert progress.read(tmp_path)["logistic.gradients"]["state"] == "not written yet"


def read_once_more():
    """The course's module, loaded a second time."""
    spec = importlib.util.spec_from_file_location("once_more", logistic.__file__)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.gradients


def made_from_its_text():
    """The course's function, from its own source."""
    space = dict(vars(logistic))
    exec(inspect.getsource(inspect.unwrap(logistic.gradients)), space)
    return space["gradients"]


COPIES = {
    "import": lambda: importlib.import_module("nnlib.logistic").gradients,
    "read once more": read_once_more,
    "from its text": made_from_its_text,
    "from its code": lambda: types.FunctionType(
        inspect.unwrap(logistic.gradients).__code__, vars(logistic), "gradients"
    ),
}


@pytest.mark.parametrize("way", COPIES)
def test_a_copy_of_the_courses_own_function_is_no_answer(way):
    report = check(COPIES[way]())
    assert report.state == "not written yet" and "the course's own function" in str(report)


def test_the_same_lines_typed_in_a_cell_are_an_answer():
    source = inspect.getsource(inspect.unwrap(logistic.gradients))
    assert check(run_source(source, dict(vars(logistic)), "a cell")["gradients"]).state == "right"


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_other_functions_of_the_course_may_be_called(exercise):
    """What the course calls in its own version a reader may call too."""
    module = importlib.import_module(f"nnlib.{exercise.module_name}")
    source = inspect.getsource(exercise.reference)
    function = run_source(source, dict(vars(module)), "a cell")[exercise.function_name]
    assert check(function).state == "right"


def test_a_function_of_the_reader_that_calls_itself_is_not_taken_for_the_courses():
    code = "def forward(layers, X):\n    return forward(layers, X)\n"
    report = check(run_source(code, dict(vars(network)), "a cell")["forward"])
    assert "calls itself" in str(report)
