"""The workbook of the chapters: blank it runs and asks, filled it passes, and it leaks nothing."""

import json
import re
import shutil
import subprocess
from dataclasses import replace

import pytest

from course.book import Book
from course.book.built import build
from course.book.solutions import DETAILS, FENCE
from course.book.stored import read_notebook
from course.exercises import EXERCISES, blank, progress
from course.press import handout, run, tangle
from course.workbook import grading, make, mine

BOOK = Book()
CHAPTERS = [c for c in BOOK.chapters if any(e.chapter == c.number for e in EXERCISES)]
NUMBERS = [chapter.number for chapter in CHAPTERS]


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    """A new workbook, as `make workbook` writes it."""
    folder = tmp_path_factory.mktemp("book") / "workbook"
    make.write(BOOK, folder)
    return mine.Workbook(BOOK.root, folder)


def fill(folder):
    """Put the reference into every cell that asks for work, as a reader would."""
    for chapter in CHAPTERS:
        path = folder / make.name_of(chapter)
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for entry, cell in zip(notebook["cells"], make.work_cells(chapter), strict=True):
            if cell.exercises:
                entry["source"] = cell.original
        path.write_text(json.dumps(notebook), encoding="utf-8")


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A workbook filled with the references."""
    folder = tmp_path_factory.mktemp("filled") / "workbook"
    make.write(BOOK, folder)
    fill(folder)
    return mine.Workbook(BOOK.root, folder)


@pytest.fixture
def states(monkeypatch):
    """The state of every exercise that is checked during the test."""
    found = {}
    monkeypatch.setattr(progress, "record", lambda name, state: found.update({name: state}))
    return found


def wanted(number):
    return {e.name for e in EXERCISES if e.chapter == number}


# --- blank and filled


def to_the_last_check(chapter):
    """What follows it runs on the same functions as in the chapter itself, where nbval runs it."""
    last = max(k for k, cell in enumerate(chapter.cells) if "report = check(" in cell.source)
    return replace(chapter, cells=chapter.cells[: last + 1])


@pytest.mark.parametrize("number", NUMBERS)
def test_a_blank_workbook_runs_and_says_what_is_to_be_written(workbook, states, number):
    chapter = workbook.chapter(number)
    long = number in ("06", "08")  # what they train below stands on the course's own functions
    run.run_chapter(workbook, to_the_last_check(chapter) if long else chapter)
    assert states == dict.fromkeys(wanted(number), "not written yet")


@pytest.mark.parametrize("number", NUMBERS)
def test_a_filled_workbook_passes_every_check(filled, states, number):
    run.run_chapter(filled, to_the_last_check(filled.chapter(number)))
    assert states == dict.fromkeys(wanted(number), "right")


def test_a_filled_workbook_tangles_into_nnlib(filled, tmp_path):
    chapters_1_to_8 = BOOK.through("08")
    theirs = build(filled)
    ours = build(BOOK)
    for exercise in EXERCISES:
        module, function = exercise.module_name, exercise.function_name
        mine_text = theirs[module].definitions[function].text
        assert mine_text == ours[module].definitions[function].text or exercise.chapter != (
            ours[module].definitions[function].cell.chapter
        )
    assert {c.number for c in chapters_1_to_8} <= {c.number for c in filled.chapters}
    for number in NUMBERS:
        assert mine.unwritten(filled, number) == []


def test_a_blank_workbook_has_everything_still_to_write(workbook):
    for number in NUMBERS:
        functions = [e.function_name for e in EXERCISES if e.chapter == number]
        assert mine.unwritten(workbook, number) == functions


# --- no leaks


@pytest.mark.parametrize("number", NUMBERS)
def test_no_solution_text_is_left(workbook, number):
    chapter = BOOK.chapter(number)
    text = "\n".join(cell.source for cell in workbook.chapter(number).cells)
    assert "<summary>Solution" not in text
    for cell in chapter.cells:
        if cell.kind == "markdown":
            for block in DETAILS.findall(cell.source):
                fences = FENCE.findall(block)
                prose = FENCE.sub("", block).splitlines()[1:-1]
                assert not [line for line in prose if len(line) > 40 and line in text]
                assert not [code for code in fences if squeezed(code) in squeezed(text)]


def answers(chapter):
    """(exercise, what its stub takes out) for every exercise of a chapter."""
    for cell in make.work_cells(chapter):
        for exercise in cell.exercises:
            yield exercise, squeezed("\n".join(blank.answer(exercise, cell.original)))


@pytest.mark.parametrize("number", NUMBERS)
def test_what_is_to_be_written_stands_nowhere_in_the_workbook(workbook, number):
    texts = {  # up to its chapter: (26) says again, in chapter 4, what (8) asked for in chapter 3
        chapter.number: squeezed("\n".join(cell.source for cell in chapter.cells))
        for chapter in workbook.chapters
        if chapter.number <= number
    }
    assert list(texts)[-1] == number
    for exercise, answer in answers(BOOK.chapter(number)):
        assert answer and not [n for n, text in texts.items() if answer in text], exercise.name


def squeezed(text):
    """Text without spaces and comments, to find code that is only laid out differently."""
    return "\n".join("".join(line.split("  #")[0].split()) for line in text.splitlines())


@pytest.mark.parametrize("number", NUMBERS)
def test_the_first_exercise_of_a_chapter_is_a_light_one(number):
    """Chapter 08 alone begins with a whole pass: its lines stand in disorder in the text above."""
    lengths = [answer.count("\n") + 1 for _, answer in answers(BOOK.chapter(number))]
    if number == "08":
        text = "\n".join(cell.source for cell in BOOK.chapter(number).cells)
        assert text.index("**Put it in order.**") < text.index("def backward(")
    else:
        assert lengths[0] <= 2 and lengths[0] <= max(lengths)


def test_the_table_follows_the_order_of_reading():
    read = [e.name for chapter in CHAPTERS for e, _ in answers(chapter)]
    assert read == [e.name for e in EXERCISES]
    assert len(set(read)) == len(read)


# --- the reader's own package


@pytest.fixture
def packages(monkeypatch):
    """Replace the run of pytest; remember for each chapter the modules that the package had."""
    seen = {}

    def run_tests(workbook, number, out):
        seen[number] = {p.name: p.read_text(encoding="utf-8") for p in out.glob("nnlib/*.py")}
        return subprocess.CompletedProcess([], 0, "1 passed\n", "")

    monkeypatch.setattr(mine, "run_tests", run_tests)
    return seen


@pytest.fixture
def own(tmp_path):
    """A filled workbook that a test may change."""
    folder = tmp_path / "workbook"
    make.write(BOOK, folder)
    fill(folder)
    return folder


def test_check_mine_tests_each_chapter_on_the_package_as_it_stands_after_it(
    own, tmp_path, packages, capsys
):
    chapter = BOOK.chapter("04")
    make.write(BOOK, tmp_path / "new")
    shutil.copy(tmp_path / "new" / make.name_of(chapter), own)  # chapter 04 is still blank
    assert mine.check_mine(mine.Workbook(BOOK.root, own), tmp_path / "out") == 0
    assert list(packages) == [number for number in NUMBERS if number != "04"]
    assert "chapter 04: still to write: forward, gradients, train" in capsys.readouterr().out
    for number, texts in packages.items():
        if number in ("05", "06"):  # on the course's own chapter 04
            assert "def gradients(" in texts["logistic.py"]
        tangle.write(BOOK, number, tmp_path / "ours")
        ours = (tmp_path / "ours").glob("nnlib/*.py")
        assert texts == {path.name: path.read_text(encoding="utf-8") for path in ours}
        assert "your turn" not in "".join(texts.values())


def test_check_mine_ends_with_the_whole_package(own, tmp_path, packages):
    assert mine.check_mine(mine.Workbook(BOOK.root, own), tmp_path / "out") == 0
    assert [number for number in packages if number in NUMBERS] == NUMBERS
    last = max(packages)
    tangle.write(BOOK, last, tmp_path / "ours")
    ours = (tmp_path / "ours").glob("nnlib/*.py")
    assert packages[last] == {path.name: path.read_text(encoding="utf-8") for path in ours}


@pytest.mark.parametrize("number", NUMBERS[:1])
def test_check_mine_runs_the_tests_of_a_chapter_that_is_written(own, tmp_path, number, capsys):
    """All later chapters are still blank; what is written is written in a style of its own."""
    blank_again = tmp_path / "new"
    make.write(BOOK, blank_again)
    for path in blank_again.glob("*.ipynb"):
        if path.name.removeprefix("my_")[:2] > number:
            shutil.copy(path, own)
    text = (own / make.name_of(BOOK.chapter(number))).read_text(encoding="utf-8")
    assert ".reshape(m, -1).T" in text
    (own / make.name_of(BOOK.chapter(number))).write_text(
        text.replace(".reshape(m, -1).T", ".reshape(m,-1).T"), encoding="utf-8"
    )
    assert mine.check_mine(mine.Workbook(BOOK.root, own), tmp_path / "out") == 0
    assert f"chapter {number}: passes" in capsys.readouterr().out


# --- nbgrader


def assignment(number):
    """The cells of an assignment as the instructor has it."""
    cells = make.work_cells(BOOK.chapter(number), grading.INTRODUCTION)
    return json.loads(grading.assignment(cells))["cells"]


@pytest.mark.parametrize("number", NUMBERS)
def test_no_solution_stands_outside_the_marks(number):
    sources = ["".join(cell["source"]) for cell in assignment(number)]
    marked = re.compile(r"^ *### BEGIN SOLUTION$.*?^ *### END SOLUTION$", re.DOTALL | re.MULTILINE)
    text = squeezed(marked.sub("", "\n".join(sources)))
    whole = squeezed("\n".join(sources))
    assert "<summary>Solution" not in "".join(sources)
    for exercise, answer in answers(BOOK.chapter(number)):
        lines = answer.splitlines()
        assert [line for line in lines if line in whole] == lines
        assert answer not in text, exercise.name


# --- solutions withheld


def test_handout_has_outputs_and_answers_and_no_solutions(tmp_path):
    written = handout.write(BOOK, tmp_path)
    assert [path.name for path in written] == [c.notebook.name for c in BOOK.chapters]
    for path, chapter in zip(written, BOOK.chapters, strict=True):
        before, after = (
            ["".join(cell["source"]) for cell in read_notebook(p)["cells"]]
            for p in (chapter.notebook, path)
        )
        solutions = "".join(before).count("<summary>Solution")
        assert solutions or chapter.number in ("00", "A")
        assert "<summary>Solution" not in "".join(after)
        folded = [text.count("<details>") for text in ("".join(before), "".join(after))]
        assert folded[0] - folded[1] == solutions
        stored, given = (
            [cell for cell in read_notebook(p)["cells"] if cell["cell_type"] == "code"]
            for p in (chapter.notebook, path)
        )
        for one, other in zip(stored, given, strict=True):
            withheld = "hide-output" in one["metadata"].get("tags", [])
            assert other["outputs"] == ([] if withheld else one["outputs"])
        assert any(cell["outputs"] for cell in given)
    assert (tmp_path / "data" / "README.md").is_file()
