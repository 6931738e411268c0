"""The workbook: blank it runs and asks, filled it passes, and a person's work is safe."""

import json
import shutil
import subprocess
import sys

import pytest
from reader import NUMBERS, exercises_of

from course.__main__ import main
from course.book import HOME, Book
from course.exercises import progress
from course.press import run
from course.workbook import make


@pytest.fixture
def states(monkeypatch):
    """The state of every exercise that is checked during the test."""
    found = {}
    monkeypatch.setattr(progress, "record", lambda name, state: found.update({name: state}))
    return found


@pytest.mark.parametrize("number", NUMBERS)
def test_blank_it_runs_and_says_what_is_to_be_written(reader, states, number):
    run.run_chapter(reader.workbook, reader.workbook.chapter(number))
    wanted = [exercise.name for exercise in exercises_of(number)]
    assert states == dict.fromkeys(wanted, "not written yet")


@pytest.mark.parametrize("number", NUMBERS)
def test_filled_it_passes_every_check(reader, states, number):
    reader.fill()
    run.run_chapter(reader.workbook, reader.workbook.chapter(number))
    assert states == {exercise.name: "right" for exercise in exercises_of(number)}


def test_a_check_stands_below_each_function(reader):
    cells = make.work_cells(reader.book.chapter("06"))
    written = [number for number, cell in enumerate(cells) if cell.exercises]
    assert [cells[number].exercises[0] for number in written] == exercises_of("06")
    assert all(cells[n + 1].checks is cells[n].exercises[0] for n in written)


def test_the_placeholder_can_be_met_with_the_door_above_it(reader):
    """A stub is called through its door, and the check still knows that it is a stub."""
    cells = [cell.source for cell in make.work_cells(reader.book.chapter("05"))]
    assert "@door\ndef layer_z(W: LayerWeights" in "\n".join(cells)
    assert 'raise NotImplementedError("your turn: return … is line (27)")' in "\n".join(cells)


# --- a person's work is safe


def test_writing_again_keeps_a_persons_work(reader):
    path = reader.path("05")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][-1]["source"] = ["# my note\n"]
    mine_text = json.dumps(notebook)
    path.write_text(mine_text, encoding="utf-8")

    told = make.write(reader.book, reader.folder)
    assert path.read_text(encoding="utf-8") == mine_text
    kept, wrote = told
    assert kept.startswith("kept   my_05_part.ipynb") and "--fresh 05" in kept
    assert wrote == "wrote  my_06_part.ipynb"

    make.write(reader.book, reader.folder, fresh=("05",))
    assert path.read_text(encoding="utf-8") != mine_text
    copy = path.with_name("my_05_part.kept1.ipynb")
    assert copy.read_text(encoding="utf-8") == mine_text


def test_a_notebook_that_was_only_executed_holds_no_work(reader):
    path = reader.path("05")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    code = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    code["execution_count"] = 1
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert not make.holds_work(path)


def test_a_broken_notebook_counts_as_work(tmp_path):
    path = tmp_path / "01_x.ipynb"
    path.write_text("{", encoding="utf-8")
    assert make.holds_work(path)


def test_a_copy_is_named_apart_from_its_chapter_and_links_to_copies(reader, tmp_path):
    link = (
        "See [(3)](05_part.ipynb#cell-id=eq-3), [the data](../data/README.md) and `05_part.ipynb`."
    )
    reader.chapter("09_more", f"# More\n\n{link}\n")
    make.write(reader.book, tmp_path / "new")
    assert {p.name for p in (tmp_path / "new").glob("*.ipynb")} == {
        "my_05_part.ipynb",
        "my_06_part.ipynb",
        "my_09_more.ipynb",
    }
    text = (tmp_path / "new" / "my_09_more.ipynb").read_text(encoding="utf-8")
    assert "(my_05_part.ipynb#cell-id=eq-3), [the data](../data/README.md) and `05_part" in text
    assert not make.holds_work(tmp_path / "new" / "my_09_more.ipynb")


def test_a_copy_with_the_chapters_own_name_is_not_doubled(reader):
    mine, untouched = reader.path("05"), reader.path("06")
    reader.fill("05")
    for path in (mine, untouched):
        path.rename(path.with_name(path.name.removeprefix("my_")))
    told = make.write(reader.book, reader.folder)
    assert told[0].startswith("kept   05_part.ipynb") and told[1] == "wrote  my_06_part.ipynb"
    names = sorted(path.name for path in reader.folder.glob("*.ipynb"))
    assert names == ["05_part.ipynb", "my_06_part.ipynb"]
    assert "Open workbook/05_part.ipynb" in make.what_to_open(reader.book, reader.folder)
    progress.record("network.layer_z", "right", reader.folder)
    assert "Open workbook/my_06_part.ipynb" in make.what_to_open(reader.book, reader.folder)


# --- the commands


MODULES = sorted(
    ".".join(path.relative_to(HOME).with_suffix("").parts)
    for folder in ("exercises", "feedback", "workbook")
    for path in (HOME / "course" / folder).rglob("*.py")
)


def test_every_module_can_be_the_first_to_be_imported():
    code = "import sys; [sys.modules.pop(n) for n in list(sys.modules) if n.startswith('course')]"
    lines = [f"{code}; import {name.removesuffix('.__init__')}" for name in MODULES]
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], cwd=HOME, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_progress_after_a_check_in_the_workbook(reader, capsys):
    """A check in a process of its own, as a reader's kernel is one, and the commands around it."""

    def course(*arguments):
        main(["--root", str(reader.root), *arguments])
        said = capsys.readouterr()
        return said.out + said.err

    shutil.rmtree(reader.folder)
    assert "there is no workbook yet" in course("progress")
    assert "there is no workbook yet" in course("check-mine")
    said = course("workbook")
    assert "wrote  my_06_part.ipynb" in said and "Open workbook/my_05_part.ipynb" in said
    assert "chapter 06  [.....]  0 of 5" in course("progress")
    code = "from course import check\nimport numpy as np\n"
    code += "def tanh(z): return {}np.tanh(z)\ncheck(tanh)"
    for sign, said in (
        ("-", "[.x...]  0 of 5; tried, not right yet: tanh"),
        ("", "[.#...]  1 of 5"),
    ):
        line = [sys.executable, "-c", code.format(sign)]
        subprocess.run(line, cwd=reader.folder, check=True)
        assert f"chapter 06  {said}" in course("progress")
    assert "next: flatten in chapter 01" in course("progress")
    assert "kept" not in course("workbook")  # only executed, nothing written in a notebook
    assert "1 of 5" in course("progress")


def test_the_record_survives_a_new_workbook(reader):
    progress.record("activations.tanh", "right", reader.folder)
    make.write(Book(reader.root), reader.folder)
    assert progress.read(reader.folder)["activations.tanh"]["state"] == "right"
