"""The class's table: all is tried anew, nobody is named, and nothing is had for nothing."""

import csv
import json
import re

import pytest

from course.__main__ import main
from course.book import AuthorError, Book
from course.book.recall import questions
from course.exercises import EXERCISES
from course.workbook import class_table, classroom, make, one_notebook
from course.workbook.classroom import Seen
from course.workbook.handed_in import HandedIn, handed_in
from course.workbook.tried import OWN, Tried, checks_are_whole, tried

BOOK = Book()
TANH = "# nnlib/activations.py\nimport numpy as np\n\n\ndef tanh(z):\n    return np.tanh(z)\n"


def state(name, *cells, chapter="06"):
    """What becomes of one exercise in a notebook of these cells."""
    (one,) = (t for t in tried(chapter, list(cells)) if t.exercise.endswith(f".{name}"))
    return one


# --- one notebook


def test_right_wrong_and_untouched_are_told_apart(reader):
    sources = [cell.source for cell in make.work_cells(reader.book.chapter("06"))]
    assert {t.state for t in tried("06", sources)} == {"untouched"}
    assert state("tanh", *sources, TANH).state == "right"
    wrong = state("tanh", *sources, TANH.replace("np.tanh(z)", "1 / (1 + np.exp(-z))"))
    assert wrong.state == "tried" and wrong.mistakes
    unknown = state("tanh", TANH.replace("np.tanh(z)", "np.tanh(z) + 0.01 * z**3"))
    assert (unknown.state, unknown.mistakes) == ("tried", ())


@pytest.mark.parametrize("number", sorted({exercise.chapter for exercise in EXERCISES}))
def test_in_a_blank_chapter_all_is_untouched_and_filled_all_is_right(number):
    cells = [cell for cell in make.work_cells(BOOK.chapter(number)) if cell.kind == "code"]
    assert {t.state for t in tried(number, [cell.source for cell in cells])} == {"untouched"}
    filled = [cell.original if cell.exercises else cell.source for cell in cells]
    assert {t.state for t in tried(number, filled)} == {"right"}
    assert checks_are_whole(number, filled)


def test_a_function_is_found_where_it_stands():
    helper = "def half(z):\n    return np.tanh(z)\n"
    calls = "import numpy as np\n%matplotlib inline\n"
    bare = "def tanh(z):\n    return half(z)\n"
    assert state("tanh", calls.replace("%matplotlib inline\n", ""), helper, bare).state == "right"
    later = TANH.replace("np.tanh(z)", "0 * z")
    assert state("tanh", later, TANH).state == "right"  # the last one counts
    assert state("tanh", TANH, later).state == "tried"


def test_a_broken_cell_costs_its_own_functions_alone():
    broken = "# nnlib/activations.py\ndef relu(z)\n    return z\n"
    assert state("relu", broken, TANH).state == "unread"
    assert state("tanh", broken, TANH).state == "right"


@pytest.mark.parametrize(
    "above", ["@no_such_decorator\n", "@exit\n", "@(lambda f: 1 / 0)\n"], ids=["name", "exit", "0"]
)
def test_what_fails_when_it_is_defined_was_tried(above):
    code = TANH.replace("def tanh", f"{above}def tanh")
    assert state("tanh", code).state == "tried"


FOR_NOTHING = {
    "an import": "from nnlib.activations import tanh",
    "an import in its cell": "# nnlib/activations.py\nfrom nnlib.activations import tanh",
    "a second name": "# nnlib/activations.py\nimport nnlib\n\ntanh = nnlib.activations.tanh",
    "importlib": "# nnlib/activations.py\nimport importlib\n\n"
    "tanh = importlib.import_module('nnlib.activations').tanh",
    "a call": "# nnlib/activations.py\ndef tanh(z):\n"
    "    from nnlib import activations\n    return activations.tanh(z)",
    "a lambda": "# nnlib/activations.py\nimport nnlib\n\n"
    "tanh = lambda z: nnlib.activations.tanh(z)",
    "its text": "import inspect, nnlib.activations\n"
    "exec(inspect.getsource(inspect.unwrap(nnlib.activations.tanh)))",
    "by way of the course": "# nnlib/activations.py\ndef tanh(z):\n"
    "    from course.exercises import EXERCISES\n"
    "    return next(e for e in EXERCISES if e.name == 'activations.tanh').reference(z)",
}


@pytest.mark.parametrize("way", FOR_NOTHING)
def test_the_courses_own_function_is_not_counted(way):
    one = state("tanh", FOR_NOTHING[way])
    assert one.state == "untouched"
    assert one.note == ("" if way == "its text" else OWN)


def test_changed_checks_change_nothing_and_are_told(reader):
    sources = [cell.source for cell in make.work_cells(reader.book.chapter("06"))]
    assert checks_are_whole("06", sources)
    check_cell = make.CHECK.format(name="tanh").strip()
    liar = "class Report:\n    state = 'right'\n\n\ndef check(f):\n    return Report()"
    always = [s.replace(check_cell, "report = True") for s in sources]
    removed = [s for s in sources if s.strip() != check_cell]
    for changed in (always, removed, [*sources, liar]):
        assert not checks_are_whole("06", changed)
        assert {t.state for t in tried("06", changed)} == {"untouched"}


# --- a folder


@pytest.fixture
def folder(reader, tmp_path):
    """Three persons with hard names: right, wrong and broken."""
    reader.fill()
    for name, change in {
        "Åsa Öberg": None,
        "-Bo; rm": ("return np.tanh(z)", "return z"),
        "Chen": ("return np.tanh(z)", "import os\n    os._exit(0)"),
    }.items():
        target = tmp_path / "handed in" / name
        target.mkdir(parents=True)
        text = reader.path("06").read_text(encoding="utf-8")
        if change:
            old, new = (json.dumps(piece)[1:-1] for piece in change)
            assert old in text
            text = text.replace(old, new)
        (target / "06_part.ipynb").write_text(text, encoding="utf-8")
    (tmp_path / "handed in" / "Chen" / "05_chen.ipynb").write_text('{"cells": [', encoding="utf-8")
    return tmp_path / "handed in"


def test_the_table_of_a_class_names_nobody(reader, folder, capsys):
    before = sorted(folder.rglob("*"))
    assert main(["--root", str(reader.root), "class", str(folder)]) == 0
    said = capsys.readouterr()
    assert "3 workbooks, 4 notebooks" in said.out and "4 of 4 notebooks" in said.err
    assert re.search(r"^06 +tanh +1 +1 +· +1$", said.out, re.MULTILINE), said.out
    assert re.search(r"^06 +relu +2 +· +· +1$", said.out, re.MULTILINE)
    assert re.search(r"^05 +layer_z +· +· +· +1$", said.out, re.MULTILINE)
    assert "of chapter 05 could not be read: ends in the middle" in said.out
    assert "of chapter 06 could not be read: it ended the process" in said.out
    for name in ("sa", "berg", "Bo;", "Chen", "chen", "handed"):
        assert not re.search(rf"\b{name}\b", said.out + said.err), name
    assert sorted(folder.rglob("*")) == before


def test_names_go_into_the_folder_when_they_are_asked_for(folder):
    names, notebooks = handed_in(folder, {"05", "06"})
    seen = [Seen(n, (Tried("activations.tanh", "right"),)) for n in notebooks]
    path = class_table.write_names(names, seen, folder)
    assert path.parent == folder
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["name"] for row in rows} == {"Åsa Öberg", "'-Bo; rm", "Chen"}


def test_nbgraders_folder_is_read_as_well(tmp_path):
    for person in ("a", "b"):
        path = tmp_path / "submitted" / person / "06_activation_functions"
        path.mkdir(parents=True)
        (path / "06_activation_functions.ipynb").write_text("{}", encoding="utf-8")
        (path / "06_activation_functions.kept1.ipynb").write_text("{}", encoding="utf-8")
        (path / ".ipynb_checkpoints").mkdir()
        (path / ".ipynb_checkpoints" / "06.ipynb").write_text("{}", encoding="utf-8")
    (tmp_path / "release").mkdir()
    (tmp_path / "release" / "06.ipynb").write_text("{}", encoding="utf-8")
    names, notebooks = handed_in(tmp_path, {"06"})
    assert names == ["a", "b"] and [n.chapter for n in notebooks] == ["06", "06"]


def test_a_folder_without_notebooks_gets_a_sentence(tmp_path):
    with pytest.raises(AuthorError, match="there is no folder"):
        handed_in(tmp_path / "none", {"06"})
    with pytest.raises(AuthorError, match="there is no notebook"):
        handed_in(tmp_path, {"06"})


def test_a_notebook_that_does_not_end_is_one_line(reader, folder):
    path = folder / "Chen" / "06_part.ipynb"
    notebook = HandedIn(0, "06", path)
    text = path.read_text(encoding="utf-8").replace("os._exit(0)", "import time; time.sleep(60)")
    path.write_text(text, encoding="utf-8")
    (one,) = classroom.look_at(reader.root, [notebook], lambda done, count: None, seconds=0.3)
    assert "still busy" in one.unread


def test_a_stop_ends_what_runs_and_keeps_what_is_known(reader, folder, monkeypatch):
    _, notebooks = handed_in(folder, {"05", "06"})
    alive = []

    def stop(done, count):
        raise KeyboardInterrupt

    look = classroom.Running.look

    def remembered(self, *args):
        alive.append(self)
        return look(self, *args)

    monkeypatch.setattr(classroom.Running, "look", remembered)
    with pytest.raises(classroom.Interrupted) as stopped:
        classroom.look_at(reader.root, notebooks, stop)
    assert len(stopped.value.seen) >= 1
    assert not any(running.processes for running in alive)


def test_memory_is_limited_where_the_system_can(tmp_path):
    pytest.importorskip("resource")
    code = "# nnlib/activations.py\ndef tanh(z):\n    return bytearray(2**36)\n"
    path = tmp_path / "06.ipynb"
    cell = {"cell_type": "code", "source": code, "metadata": {}}
    path.write_text(json.dumps({"cells": [cell], "metadata": {}}), encoding="utf-8")
    (one,) = classroom.look_at(BOOK.root, [HandedIn(0, "06", path)], lambda done, count: None)
    assert {t.exercise: t.state for t in one.tried}["activations.tanh"] == "tried"
    assert one_notebook.MEMORY < 2**36


# --- what to ask


def test_questions_fit_the_mistakes():
    def asked(exercise, mistake):
        seen = [Seen(HandedIn(0, "04", None), (Tried(exercise, "tried", (mistake,)),))]
        return class_table.to_ask(BOOK, seen)

    (one,) = asked("logistic.gradients", "divided_by_features")
    assert one.chapter > "04" and "column per example" in one.answer
    (one,) = asked("activations.tanh_derivative", "square_of_z")
    assert "tanh" in one.asks
    nothing = [Seen(HandedIn(0, "04", None), (Tried("logistic.gradients", "right"),))]
    assert {q.chapter for q in class_table.to_ask(BOOK, nothing)} == {"05"}


def test_every_chapter_that_opens_with_questions_has_them_read():
    counts = {chapter.number: len(questions(chapter)) for chapter in BOOK.chapters}
    assert all(counts[f"{k:02}"] >= 3 for k in range(1, 13)), counts
    assert all(q.answer for chapter in BOOK.chapters for q in questions(chapter))


def test_every_exercise_can_be_in_the_table():
    seen = [Seen(HandedIn(0, e.chapter, None), (Tried(e.name, "right"),)) for e in EXERCISES]
    lines = class_table.table(BOOK, seen)
    assert all(any(f" {e.function_name} " in line for line in lines) for e in EXERCISES)
