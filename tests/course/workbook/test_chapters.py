"""The workbook: blank it runs and asks, filled it passes, and it neither leaks nor overwrites."""

import ast
import json
import re
import shutil
import subprocess
import sys
from collections import Counter

import pytest

from course import run, tangle
from course.book import Book
from course.errors import AuthorError
from course.feedback.exercises import EXERCISES
from course.solutions import DETAILS, FENCE
from course.tools import HOME
from course.weave import read_notebook
from course.workbook import blank, grading, handout, make, mine, progress

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
    monkeypatch.setattr(progress, "record", lambda name, state: found.update({name: state}))
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


def answers(chapter):
    """(exercise, what its stub takes out) for every exercise of a chapter."""
    for cell in make.work_cells(chapter):
        for exercise in cell.exercises:
            yield exercise, squeezed("\n".join(blank.answer(exercise, cell.original)))


@pytest.mark.parametrize("number", NUMBERS)
def test_what_is_to_be_written_stands_nowhere_in_the_workbook(workbook, number):
    texts = {
        chapter.number: squeezed("\n".join(cell.source for cell in chapter.cells))
        for chapter in workbook.chapters
    }
    assert len(texts) == len(BOOK.chapters)
    for exercise, answer in answers(BOOK.chapter(number)):
        assert answer and not [n for n, text in texts.items() if answer in text], exercise.name


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
    kinds = Counter(e.blank if isinstance(e.blank, str) else "line" for e in EXERCISES)
    assert set(kinds) == {"line", "body", "order", "bug"}
    assert kinds["order"] >= 3 and kinds["bug"] >= 4 and kinds["line"] >= 3
    assert kinds["body"] >= len(EXERCISES) / 2


@pytest.mark.parametrize("number", NUMBERS)
def test_the_first_exercise_of_a_chapter_is_a_light_one(number):
    """Chapter 08 alone begins with a whole pass: its lines stand in disorder in the text above."""
    lengths = [answer.count("\n") + 1 for _, answer in answers(BOOK.chapter(number))]
    if number == "08":
        text = "\n".join(cell.source for cell in BOOK.chapter(number).cells)
        assert text.index("**Put it in order.**") < text.index("def _backward(")
    else:
        assert lengths[0] <= 2 and lengths[0] <= max(lengths)


def test_the_table_follows_the_order_of_reading():
    read = [e.name for chapter in CHAPTERS for e, _ in answers(chapter)]
    assert read == [e.name for e in EXERCISES]
    assert len(set(read)) == len(read)


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


@pytest.fixture
def own(tmp_path):
    """A filled workbook that a test may change."""
    folder = tmp_path / "workbook"
    make.write(BOOK, folder)
    fill(folder)
    return folder


def change(folder, number, old, new):
    """Replace a piece of a reader's notebook."""
    path = folder / f"{BOOK.chapter(number).name}.ipynb"
    text = path.read_text(encoding="utf-8")
    assert text.count(json.dumps(old)[1:-1]) == 1
    path.write_text(text.replace(json.dumps(old)[1:-1], json.dumps(new)[1:-1]), encoding="utf-8")


@pytest.fixture
def no_tests(monkeypatch):
    """Replace the run of pytest; remember for each chapter which functions the package had."""
    seen = {}

    def run_tests(workbook, number, out):
        texts = {path.stem: path.read_text(encoding="utf-8") for path in out.glob("nnlib/*.py")}
        seen[number] = texts
        return subprocess.CompletedProcess([], 0, "1 passed\n", "")

    monkeypatch.setattr(mine, "run_tests", run_tests)
    return seen


def test_check_mine_stops_where_the_reader_is(workbook, tmp_path, capsys):
    assert mine.check_mine(workbook, tmp_path) == 0
    assert "still to write: flatten" in capsys.readouterr().out


def test_check_mine_tests_each_chapter_on_the_package_as_it_stands_after_it(
    own, tmp_path, no_tests, capsys
):
    chapter = BOOK.chapter("04")
    make.write(BOOK, tmp_path / "new")
    shutil.copy(tmp_path / "new" / f"{chapter.name}.ipynb", own)  # chapter 04 is still blank
    assert mine.check_mine(mine.Workbook(BOOK.root, own), tmp_path / "out") == 0
    assert list(no_tests) == ["01", "02", "03"]
    assert "chapter 04: still to write: forward, gradients, train" in capsys.readouterr().out
    for number, texts in no_tests.items():
        assert {f"{name}.py": text for name, text in texts.items()}.items() <= (
            tangle.render(BOOK, number).items()
        )
        assert "your turn" not in "".join(texts.values())


def test_check_mine_ends_with_the_whole_package(own, tmp_path, no_tests):
    assert mine.check_mine(mine.Workbook(BOOK.root, own), tmp_path / "out") == 0
    assert list(no_tests) == [*NUMBERS, "10"]
    package = {f"{name}.py": text for name, text in no_tests["10"].items()}
    assert package == {
        name: text for name, text in tangle.render(BOOK).items() if name != "py.typed"
    }


def test_check_mine_names_the_mistake_and_the_tests(own, tmp_path, capsys):
    change(own, "01", ".reshape(m, -1).T", ".reshape(-1, m)")
    for later in own.glob("*.ipynb"):
        if later.name[:2] not in ("00", "01"):
            later.unlink()
    assert mine.check_mine(mine.Workbook(BOOK.root, own), tmp_path / "out") == 1
    out = capsys.readouterr().out
    assert "chapter 01: FAILS" in out and "chapter 02" not in out
    assert "flatten: wrong values: 0 of 3 checks pass. The shape is right, but the images" in out
    assert re.search(r"FAILED .*test_images.py::", out)
    assert "chapter_01.txt" in out and (tmp_path / "out" / "chapter_01.txt").is_file()


def test_check_mine_says_where_a_cell_is_no_python(own, tmp_path, no_tests):
    change(own, "05", "Z = W @ A_prev + b", "Z = W @ A_prev +")
    with pytest.raises(AuthorError, match=r"05_from_unit_to_layer.ipynb, cell \d+, line \d+"):
        mine.check_mine(mine.Workbook(BOOK.root, own), tmp_path / "out")


# --- the commands


MODULES = sorted(
    ".".join(path.relative_to(HOME).with_suffix("").parts)
    for folder in ("feedback", "workbook")
    for path in (HOME / "course" / folder).rglob("*.py")
)


def test_every_module_can_be_the_first_to_be_imported():
    """The parts read each other, so the order of imports must not matter."""
    code = "import sys; [sys.modules.pop(n) for n in list(sys.modules) if n.startswith('course')]"
    lines = [f"{code}; import {name.removesuffix('.__init__')}" for name in MODULES]
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], cwd=HOME, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_progress_after_a_check_in_the_workbook(tmp_path):
    """The commands and a check, each in a process of its own, as a reader uses them."""

    def course(*arguments):
        line = [sys.executable, "-m", "course", "--root", str(tmp_path), *arguments]
        done = subprocess.run(line, cwd=HOME, capture_output=True, text=True, encoding="utf-8")
        return done.stdout + done.stderr

    shutil.copytree(HOME / "notebooks" / "text", tmp_path / "notebooks" / "text")
    assert "there is no workbook yet" in course("progress")
    assert "there is no workbook yet" in course("check-mine")
    assert "wrote  01_logistic_regression.ipynb" in course("workbook")
    assert "chapter 01  [....]   0 of 4" in course("progress")
    code = "from course import check\ndef scale(X): return X {} 255\ncheck(scale)"
    for sign, said in (("-", "[....]   0 of 4"), ("/", "[.#..]   1 of 4")):
        line = [sys.executable, "-c", code.format(sign)]
        subprocess.run(line, cwd=tmp_path / "workbook", check=True)
        assert f"chapter 01  {said}" in course("progress")
    assert "next: flatten in chapter 01" in course("progress")
    assert "kept" not in course("workbook")  # only executed, nothing written in a notebook
    assert "1 of 4" in course("progress")


# --- nbgrader


def assignment(number):
    """The cells of an assignment as the instructor has it."""
    cells = make.work_cells(BOOK.chapter(number), grading.INTRODUCTION)
    return json.loads(grading.assignment(cells))["cells"]


@pytest.mark.parametrize("number", NUMBERS)
def test_assignments_are_marked_as_nbgrader_wants(number):
    cells = assignment(number)
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
        outputs = [
            [cell["outputs"] for cell in read_notebook(p)["cells"] if cell["cell_type"] == "code"]
            for p in (chapter.notebook, path)
        ]
        assert outputs[0] == outputs[1] and any(outputs[1])
    assert (tmp_path / "data" / "README.md").is_file()
