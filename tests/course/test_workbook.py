"""The workbook: blank it runs and asks, filled it passes, and it neither leaks nor overwrites."""

import ast
import importlib
import json
import shutil

import pytest

from course import run, tangle
from course.book import Book
from course.feedback.exercises import EXERCISES
from course.solutions import DETAILS, FENCE
from course.weave import read_notebook
from course.workbook import blank, grading, make, mine

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
        path = folder / f"{chapter.name}.ipynb"
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
    module = importlib.import_module("course.feedback.check")  # the name means the function
    monkeypatch.setattr(module, "record", lambda name, state: found.update({name: state}))
    return found


def wanted(number):
    return {e.name for e in EXERCISES if e.chapter == number}


# --- blank and filled


@pytest.mark.parametrize("number", NUMBERS)
def test_a_blank_workbook_runs_and_says_what_is_to_be_written(workbook, states, number):
    run.run_chapter(workbook, workbook.chapter(number))
    assert states == dict.fromkeys(wanted(number), "not written yet")


@pytest.mark.parametrize("number", NUMBERS)
def test_a_filled_workbook_passes_every_check(filled, states, number):
    run.run_chapter(filled, filled.chapter(number))
    assert states == dict.fromkeys(wanted(number), "right")


def test_a_filled_workbook_tangles_into_nnlib(filled, tmp_path):
    chapters_1_to_8 = BOOK.through("08")
    theirs = tangle.build(filled)
    ours = tangle.build(BOOK)
    for exercise in EXERCISES:
        module, function = exercise.name.split(".")[0], exercise.function_name
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


@pytest.mark.parametrize("number", NUMBERS)
def test_the_body_to_write_stands_nowhere_in_the_workbook(workbook, number):
    chapter = BOOK.chapter(number)
    text = squeezed("\n".join(cell.source for cell in workbook.chapter(number).cells))
    for cell in make.work_cells(chapter):
        for exercise in cell.exercises:
            if exercise.blank in ("body", "bug"):
                body = blank.answer(exercise, cell.original)
                assert squeezed("\n".join(body)) not in text, exercise.name


def squeezed(text):
    """Text without spaces and comments, to find code that is only laid out differently."""
    return "\n".join("".join(line.split("  #")[0].split()) for line in text.splitlines())


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_a_stub_keeps_signature_and_docstring(exercise):
    cells = make.work_cells(BOOK.chapter(exercise.chapter))
    cell = next(c for c in cells if exercise in c.exercises)
    before = blank.definition(cell.original, exercise.function_name)
    after = blank.definition(cell.source, exercise.function_name)
    assert ast.dump(before.args) == ast.dump(after.args)  # names, annotations, default values
    assert ast.dump(before.returns) == ast.dump(after.returns)
    assert before.body[0].value.value == after.body[0].value.value
    assert "NotImplementedError" in cell.source
    assert cell.source != cell.original


def test_a_placeholder_names_what_is_to_be_computed_without_its_annotation():
    exercise = next(e for e in EXERCISES if e.name == "losses.loss")
    source = (
        'def loss(a: Array, y: Array) -> Array:\n    """Doc."""\n    losses: Array = -a  # (4)\n'
    )
    stub = blank.stub(exercise, source + "    return losses")
    assert "your turn: losses = … is line (4)" in stub
    assert stub.startswith("def loss(a: Array, y: Array) -> Array:")


def test_exercises_fade_from_one_line_to_a_whole_function():
    kinds = {e.blank if isinstance(e.blank, str) else "line" for e in EXERCISES}
    assert kinds == {"line", "body", "order", "bug"}


# --- a person's work is safe


def test_writing_again_keeps_a_persons_work(tmp_path):
    folder = tmp_path / "workbook"
    make.write(BOOK, folder)
    name = f"{CHAPTERS[0].name}.ipynb"
    notebook = json.loads((folder / name).read_text(encoding="utf-8"))
    notebook["cells"][-1]["source"] = ["# my note\n"]
    mine_text = json.dumps(notebook)
    (folder / name).write_text(mine_text, encoding="utf-8")

    told = make.write(BOOK, folder)
    assert (folder / name).read_text(encoding="utf-8") == mine_text
    assert [line for line in told if line.startswith("kept") and name in line]
    assert sum(line.startswith("wrote") for line in told) == len(BOOK.chapters) - 1

    make.write(BOOK, folder, fresh=(CHAPTERS[0].number,))
    assert (folder / name).read_text(encoding="utf-8") != mine_text
    assert (folder / name.replace(".ipynb", ".kept1.ipynb")).read_text(
        encoding="utf-8"
    ) == mine_text


def test_a_notebook_that_was_only_executed_holds_no_work(tmp_path):
    folder = tmp_path / "workbook"
    make.write(BOOK, folder)
    path = folder / f"{CHAPTERS[0].name}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    code = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    code["execution_count"] = 1
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert not make.holds_work(path)


def test_a_broken_notebook_counts_as_work(tmp_path):
    path = tmp_path / "01_x.ipynb"
    path.write_text("{", encoding="utf-8")
    assert make.holds_work(path)


# --- the reader's own package


def test_check_mine_stops_where_the_reader_is(workbook, tmp_path, capsys):
    assert mine.check_mine(workbook, tmp_path) == 0
    assert "still to write: flatten" in capsys.readouterr().out


def test_check_mine_finds_a_wrong_function(tmp_path, capsys):
    folder = tmp_path / "workbook"
    make.write(BOOK, folder)
    fill(folder)
    path = folder / f"{BOOK.chapter('01').name}.ipynb"
    text = path.read_text(encoding="utf-8")
    right, wrong = ".reshape(m, -1).T", ".reshape(-1, m)"
    assert right in text
    path.write_text(text.replace(right, wrong), encoding="utf-8")
    for later in folder.glob("*.ipynb"):
        if later.name[:2] != "01":
            later.unlink()
    assert mine.check_mine(mine.Workbook(BOOK.root, folder), tmp_path / "out") == 1
    out = capsys.readouterr().out
    assert "chapter 01: FAILS" in out and "chapter 02: still to write" in out


# --- nbgrader


@pytest.mark.parametrize("number", NUMBERS)
def test_assignments_are_marked_as_nbgrader_wants(tmp_path, number):
    chapter = BOOK.chapter(number)
    text = grading.assignment(chapter, make.work_cells(chapter))
    cells = json.loads(text)["cells"]
    marks = [c["metadata"]["nbgrader"] for c in cells if c["metadata"]]
    ids = [m["grade_id"] for m in marks]
    assert len(ids) == len(set(ids))
    assert sum(m["grade"] for m in marks) == len(wanted(number))
    for cell in cells:
        source = "".join(cell["source"])
        marked = cell["metadata"].get("nbgrader", {})
        assert ("### BEGIN SOLUTION" in source) == bool(marked.get("solution"))
        assert source.count("### BEGIN SOLUTION") == source.count("### END SOLUTION")
        if marked.get("grade"):
            assert marked["points"] == 1 and marked["locked"] and "assert" in source


def test_handout_has_outputs_and_no_solutions(tmp_path):
    from course.workbook import handout

    (tmp_path / "notebooks").mkdir()
    shutil.copytree(BOOK.root / "notebooks" / "text", tmp_path / "notebooks" / "text")
    for path in (BOOK.root / "notebooks").glob("*.ipynb"):
        shutil.copy(path, tmp_path / "notebooks")
    written = handout.write(Book(tmp_path), tmp_path / "out")
    assert len(written) == len(BOOK.chapters)
    for path in written:
        notebook = read_notebook(path)
        text = "\n".join(cell["source"] for cell in notebook["cells"])
        assert "<summary>Solution" not in text
        assert any(cell.get("outputs") for cell in notebook["cells"])
