"""check-mine: the reader's own package, tested as far as they have come."""

import re
import subprocess

import pytest
from reader import NUMBERS, exercises_of

from course.book import AuthorError
from course.workbook import mine

TEST = """\
import numpy as np
from nnlib.network import layer_z

def test_b_is_added():
    assert layer_z(np.ones((2, 3)), np.ones((2, 1)), np.ones((3, 4)))[0, 0] == 4.0
"""


@pytest.fixture
def own(reader):
    """A filled workbook, and tests for its two chapters."""
    for number in NUMBERS:
        folder = reader.root / "tests" / "nnlib" / f"chapter_{number}"
        folder.mkdir(parents=True)
        (folder / "test_written.py").write_text(TEST, encoding="utf-8")
    reader.fill()
    return reader


@pytest.fixture
def packages(monkeypatch):
    """Replace the run of pytest; remember for each chapter the modules that the package had."""
    seen = {}

    def run_tests(workbook, number, out):
        seen[number] = {p.name: p.read_text(encoding="utf-8") for p in out.glob("nnlib/*.py")}
        return subprocess.CompletedProcess([], 0, "1 passed\n", "")

    monkeypatch.setattr(mine, "run_tests", run_tests)
    return seen


def test_a_blank_workbook_has_everything_still_to_write(reader):
    for number in NUMBERS:
        functions = [exercise.function_name for exercise in exercises_of(number)]
        assert mine.unwritten(reader.workbook, number) == functions
    reader.fill()
    for number in NUMBERS:
        assert mine.unwritten(reader.workbook, number) == []


def test_it_stops_where_the_reader_is(own, tmp_path, packages, capsys):
    own.change("06", "return np.tanh(z)", 'raise NotImplementedError("your turn: …")')
    assert mine.check_mine(own.workbook, tmp_path / "out") == 0
    out = capsys.readouterr().out
    assert "chapter 05: passes" in out and "chapter 06: still to write: tanh. The tests" in out
    assert list(packages) == ["05"]


def test_a_long_placeholder_is_known_in_the_form_that_ruff_gives_it(own):
    own.change("06", "return np.tanh(z)", f'raise NotImplementedError("your turn: {80 * "x"}")')
    assert mine.unwritten(own.workbook, "06") == ["tanh"]


def test_each_chapter_is_tested_on_the_package_as_it_stands_after_it(own, tmp_path, packages):
    assert mine.check_mine(own.workbook, tmp_path / "out") == 0
    assert list(packages) == ["05", "06"]
    assert "def layer_z(" in packages["05"]["network.py"]
    assert "activations.py" not in packages["05"]
    assert "def relu_derivative(" in packages["06"]["activations.py"]


def test_the_package_is_given_its_door(own, tmp_path, packages):
    assert mine.check_mine(own.workbook, tmp_path / "out") == 0
    assert {"door.py", "kinds.py", "rule.py"} <= set(packages["05"])


def test_a_readers_own_style_is_as_good_as_any(own, tmp_path, packages, capsys):
    own.change("05", "    return W @ A_prev + b", "    return (W@A_prev+b)")
    assert mine.check_mine(own.workbook, tmp_path / "out") == 0
    assert "chapter 05: passes" in capsys.readouterr().out


def test_what_is_begun_in_a_later_chapter_stops_no_earlier_one(own, tmp_path, packages):
    own.change("06", "return np.tanh(z)", "return np.tanh(")
    with pytest.raises(AuthorError, match=r"06_part.ipynb, cell \d+, line \d+"):
        mine.check_mine(own.workbook, tmp_path / "out")
    assert list(packages) == ["05"]


def test_the_tests_run_on_the_readers_functions(own, tmp_path, capsys):
    assert mine.check_mine(own.workbook, tmp_path / "out") == 0
    assert re.search(r"chapter 05: passes +1 passed", capsys.readouterr().out)


def test_it_names_the_mistake_and_the_tests(own, tmp_path, capsys):
    own.change("05", "W @ A_prev + b", "W @ A_prev")
    assert mine.check_mine(own.workbook, tmp_path / "out") == 1
    out = capsys.readouterr().out
    assert "chapter 05: FAILS" in out and "chapter 06" not in out
    assert "layer_z: wrong values: 0 of 3 checks pass. b is lost. (27)" in out
    assert re.search(r"FAILED .*test_written.py::", out)
    assert "chapter_05.txt" in out and (tmp_path / "out" / "chapter_05.txt").is_file()
