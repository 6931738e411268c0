"""What a class gets runs by itself, and does not answer what it asks."""

import json
import os
import subprocess
import sys

import pytest

from course.book import HOME, Book
from course.book.folds import HIDE
from course.press import handout

RUN = """
import json, sys
cells = json.load(open(sys.argv[1], encoding="utf-8"))["cells"]
space = {"__name__": "__main__"}
for cell in cells:
    if cell["cell_type"] == "code" and "raises-exception" not in cell["metadata"].get("tags", []):
        exec("".join(cell["source"]), space)
import course, nnlib
from course import check
print(nnlib.__file__, course.__file__, bool(check), sep="\\n")
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The folder of the hand-out."""
    made = tmp_path_factory.mktemp("class")
    handout.write(Book(HOME), made)
    return made


def test_a_chapter_runs_there_with_its_own_package(folder):
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    env |= {"PYTHONPATH": str(folder), "MPLBACKEND": "Agg", "PYTHONUTF8": "1"}
    line = [sys.executable, "-c", RUN, "02_loss_and_cost.ipynb"]
    done = subprocess.run(
        line, cwd=folder / "notebooks", env=env, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    *_, nnlib, course, check = done.stdout.split()
    assert nnlib.startswith(str(folder)) and course.startswith(str(folder)) and check == "True"


def test_it_has_the_lock_the_data_and_a_page_that_says_how_to_begin(folder):
    data = ("data/trees_32.npz", "data/README.md")
    for name in ("requirements.txt", *data, "course/tasks/editable.py"):
        assert (folder / name).is_file(), name
    project = (folder / "pyproject.toml").read_text("utf-8")
    assert "[build-system]" in project and "tool.ruff" not in project
    assert len((folder / "README.md").read_text("utf-8").split("\n")) <= 14
    assert not (folder / "course" / "press").exists()  # what makes the course stays at home


def test_where_a_prediction_is_asked_for_no_output_answers_it(folder):
    asked = 0
    for path in (folder / "notebooks").glob("*.ipynb"):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            if HIDE in cell["metadata"].get("tags", []):
                asked += 1
                assert cell["outputs"] == []
    assert asked > 50


def test_what_a_chapter_imports_is_followed_to_its_end():
    alone = handout.imported(["from course.figures import show"])
    assert alone >= {"course/__init__.py", "course/figures.py"}
    assert "course/feedback/mistakes/losses.py" in alone  # check() reads it by its name
    assert not any(file.startswith(("course/press", "course/site")) for file in alone)
    assert handout.imported(["import numpy as np"]) == set()
