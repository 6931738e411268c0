"""Text becomes an executed notebook, the same at every run."""

import copy
import json
import os
import subprocess
import sys

import pytest
from tiny import SIGMOID, code

from course import rules
from course.__main__ import main
from course.book import HOME
from course.press import tangle, weave
from course.tasks.testing import NBVAL

FIGURE = """\
import matplotlib.pyplot as plt

from course import show, use_style

use_style()
fig, ax = plt.subplots()
ax.plot([1, 2, 3])
show(fig, alt="A line that rises.")
"""
TIMED = "import time\n\nprint(time.time_ns())\n"


@pytest.fixture(scope="module")
def woven(tmp_path_factory):
    """A book with one woven chapter that has a bit of everything."""
    from tiny import INIT, TinyBook

    made = TinyBook(tmp_path_factory.mktemp("woven") / "a book")
    made.chapter(
        "01_one",
        "# One\n\n+++\n\nText: σ.\n",
        code(INIT),
        code(SIGMOID),
        code("print(f'{sigmoid(0.0):.3f}')\nprint('σ')"),
        code("print('σ')"),
        code("print('σ')", "hide-input"),
        code("from nnlib.activations import sigmoid as same\n\nsame(0.0) == 0.5"),
        code(FIGURE),
        code(TIMED, "nbval-ignore-output"),
        code("import numpy as np\n\nnp.ones((2, 3)) @ np.ones((2, 3))", "raises-exception"),
        "**Predict:** how much?\n",
        code("print(3)"),
    )
    weave_all(made)
    return made


def weave_all(made):
    tangle.write(made.book)
    for chapter in made.book.chapters:
        weave.weave(made.book, chapter)


def nbval(folder):
    """Run nbval as `make test` does, on another folder."""
    command = [sys.executable, "-m", "pytest", "-c", str(HOME / "pyproject.toml"), *NBVAL]
    command += ["-p", "no:hypothesispytest", "-p", "no:cacheprovider", "-q", "notebooks"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), str(HOME)])}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8"
    )


def stored(made, name="01_one"):
    return json.loads(made.notebook(name).read_text(encoding="utf-8"))


def change(made, function):
    """Apply a function to the code cells of the stored notebook; return its text before."""
    before = made.notebook("01_one").read_bytes()
    notebook = stored(made)
    function([cell for cell in notebook["cells"] if cell["cell_type"] == "code"], notebook)
    made.notebook("01_one").write_text(json.dumps(notebook), encoding="utf-8")
    return before


def test_weaving_again_gives_the_same_bytes(woven):
    """Even the timed cell keeps its output, since no code has changed."""
    before = woven.notebook("01_one").read_bytes()
    weave_all(woven)
    assert woven.notebook("01_one").read_bytes() == before


def test_the_notebook_is_valid_and_names_no_version_and_no_machine(woven):
    import nbformat

    notebook = stored(woven)
    nbformat.validate(nbformat.from_dict(notebook))
    assert len({cell["id"] for cell in notebook["cells"]}) == len(notebook["cells"]) == 13
    assert "version" not in notebook["metadata"]["language_info"]
    text = woven.notebook("01_one").read_text(encoding="utf-8")
    assert str(woven.root) not in text and str(HOME) not in text and 'execution":' not in text


def test_the_answer_to_a_prediction_is_folded_and_code_where_the_author_says(woven):
    folds = [cell["metadata"] for cell in stored(woven)["cells"] if "jupyter" in cell["metadata"]]
    assert folds == [
        {"jupyter": {"source_hidden": True}, "tags": ["hide-input"]},
        {"collapsed": True, "jupyter": {"outputs_hidden": True}, "tags": ["hide-output"]},
    ]


def test_a_cell_keeps_its_id_when_others_change(woven):
    ids = {"".join(cell["source"]): cell["id"] for cell in stored(woven)["cells"]}
    chapter = woven.book.chapter("1")
    shorter = type(chapter)(chapter.number, chapter.root, chapter.file, chapter.cells[2:])
    text = weave.chapter_text(shorter, [[] for _ in shorter.code_cells()])
    for cell in json.loads(text)["cells"]:
        source = "".join(cell["source"])
        assert cell["id"] == ids[source] or source == "print('σ')"  # the last of two alike


def test_a_woven_book_keeps_the_rules_and_passes_nbval(woven):
    assert [str(error) for error in rules.check(woven.book)] == []
    done = nbval(woven.root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "10 passed" in done.stdout


def test_nbval_sees_a_figure_that_changed_its_size_its_alt_text_or_their_number(woven):
    """And not one whose points alone differ: another machine may draw them a little otherwise."""

    def harm(cells, notebook):
        words = "Figure, {} pixels: A line that {}."
        figure = cells[6]
        assert figure["outputs"][0]["data"]["text/plain"] == [words.format("880 × 495", "rises")]
        changed = [copy.deepcopy(figure) for _ in range(6)]
        pictures = [cell["outputs"][0]["data"] for cell in changed]
        picture, pictures[0]["image/png"] = pictures[0]["image/png"], "AAAA"
        pictures[0]["text/html"] = [pictures[0]["text/html"][0].replace(picture, "AAAA")]
        assert "base64,AAAA" in pictures[0]["text/html"][0]
        pictures[1]["text/plain"] = [words.format("880 × 496", "rises")]
        pictures[2]["text/plain"] = [words.format("880 × 495", "falls")]
        changed[3]["outputs"] *= 2
        changed[4]["outputs"] = []
        pictures[5]["text/html"] = [pictures[5]["text/html"][0].replace("rises", "falls")]
        for number, cell in enumerate(changed):
            cell["id"] += str(number)
        notebook["cells"] = changed

    before = change(woven, harm)
    done = nbval(woven.root)
    woven.notebook("01_one").write_bytes(before)
    assert done.returncode == 1
    assert "5 failed, 1 passed" in done.stdout, done.stdout


def never_executed(cells, _):
    cells[3].update(execution_count=None, outputs=[])


def out_of_order(cells, _):
    cells[3]["execution_count"] = 12


def other_source(cells, _):
    cells[3]["source"] = ["print(1)"]


def other_tags(cells, _):
    cells[7]["metadata"] = {}


def unfolded(cells, _):
    del cells[9]["metadata"]["collapsed"]


def folded_without_a_prediction(cells, _):
    cells[3]["metadata"]["jupyter"] = {"outputs_hidden": True}


def answer_shows_nothing(cells, _):
    cells[9]["outputs"] = []


def cell_gone(cells, notebook):
    notebook["cells"].pop()


def no_alt(cells, _):
    cells[6]["outputs"][0]["metadata"] = {}


def other_alt(cells, _):
    cells[6]["outputs"][0]["metadata"]["image/png"]["alt"] = "A line that falls."


def other_words_on_the_page(cells, _):
    data = cells[6]["outputs"][0]["data"]
    data["text/html"] = [data["text/html"][0].replace("rises", "falls")]


def no_words_on_the_page(cells, _):
    del cells[6]["outputs"][0]["data"]["text/html"]


@pytest.mark.parametrize(
    ("harm", "cell", "says"),
    [
        (never_executed, 6, "this cell of the notebook was never executed"),
        (out_of_order, 6, "executed as [12], wanted [4]"),
        (other_source, 6, "text and notebook differ here"),
        (other_tags, 10, "text and notebook differ here"),
        (unfolded, 13, "text and notebook differ here"),
        (folded_without_a_prediction, 6, "text and notebook differ here"),
        (answer_shows_nothing, 13, "the cell answers a prediction and shows nothing"),
        (cell_gone, None, "the text has 13 cells, the notebook 12"),
        (no_alt, 9, "a figure without alt text"),
        (other_alt, 9, "the picture is not what its text says"),
        (other_words_on_the_page, 9, "the picture is not what its text says"),
        (no_words_on_the_page, 9, "the picture is not what its text says"),
    ],
)
def test_a_stored_notebook_that_is_not_what_the_text_weaves(harm, cell, says, woven):
    before = change(woven, harm)
    said = [str(error) for error in rules.check(woven.book)]
    woven.notebook("01_one").write_bytes(before)
    line = f", cell {cell}, line {woven.book.chapter('1').cells[cell - 1].line}" if cell else ""
    start = f"notebooks/text/01_one.md{line}: {says}"
    assert any(sentence.startswith(start) for sentence in said), said


def test_a_notebook_without_a_text_and_a_text_without_a_notebook(tiny):
    tiny.notebook("09_old").write_text('{"cells": []}')
    said = [str(error) for error in rules.check(tiny.book)]
    assert said == [
        "notebooks/09_old.ipynb: no text in notebooks/text weaves this notebook",
        "notebooks/text/01_one.md: not woven yet; `python -m course weave 01` mends it",
    ]


@pytest.mark.parametrize(
    ("source", "line", "says"),
    [
        ("x = 1\n1 / 0", 2, "the cell raises ZeroDivisionError: division by zero"),
        ("import warnings\nwarnings.warn('mind')", 2, "the cell writes to stderr: UserWarning: m"),
        ("raise ValueError('one\\ntwo')", 1, "the cell raises ValueError: one two\n"),
        ("import os\nos._exit(1)", 1, "the kernel died in this cell"),
        ("object()", 1, "the output holds '0x"),
        ("import matplotlib.pyplot as plt\nplt.figure()", 1, "the output holds '<Figure'"),
        ("def f():\n    raise ValueError('deep')\n\n\nf()", 5, "the cell raises ValueError: deep"),
    ],
)
def test_a_cell_that_should_not_be_published(source, line, says, maker, capsys):
    maker.chapter("01_one", "# One\n", code("y = 2"), code(source))
    first = maker.book.chapter("1").cells[2].line
    assert main(["--root", str(maker.root), "weave", "1"]) == 1
    start = f"notebooks/text/01_one.md, cell 3, line {first + line - 1}: {says}"
    assert capsys.readouterr().err.startswith(start)
    assert not maker.notebook("01_one").exists()


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("import tempfile\n\nprint(tempfile.gettempdir())", "the output holds '"),
        ("import nnlib\n\nnnlib.__file__", "Kürs 1': print what the reader needs instead"),
        ("raise ValueError(object())", "the output holds '0x"),
        ("x = 1", "the cell is tagged raises-exception but raises nothing"),
    ],
)
def test_what_another_machine_would_not_give_is_refused(source, says, tiny, capsys):
    tags = "" if "print" in source or "nnlib" in source else "raises-exception"
    path = tiny.chapter("02_two", code(source, tags))
    line = path.read_text(encoding="utf-8").split("\n").index(source.split("\n")[0]) + 1
    assert main(["--root", str(tiny.root), "weave", "2"]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"notebooks/text/02_two.md, cell 1, line {line}: ") and says in said


def test_a_name_that_is_not_built_yet_is_refused_before_anything_runs(tiny, capsys):
    source = "from nnlib.losses import loss\n"
    path = tiny.chapter("02_two", "# Two\n", code("raise SystemExit"), code(source))
    line = path.read_text(encoding="utf-8").split("\n").index(source.strip()) + 1
    tiny.chapter(
        "03_three", code('# nnlib/losses.py\n"""Losses."""\n\n\ndef loss():\n    return 1\n')
    )
    for words in (["2"], []):
        assert main(["--root", str(tiny.root), "weave", *words]) == 1
        start = f"notebooks/text/02_two.md, cell 3, line {line}: nnlib.losses.loss is used before"
        assert capsys.readouterr().err.startswith(start)
    assert not tiny.notebook("02_two").exists()


def test_timed_outputs_are_new_when_the_code_is(maker):
    maker.chapter("01_one", "# One\n", code(TIMED, "nbval-ignore-output"))
    weave_all(maker)
    first = stored(maker)["cells"][1]["outputs"]
    maker.chapter("01_one", "# One, new prose\n", code(TIMED, "nbval-ignore-output"))
    weave_all(maker)
    assert stored(maker)["cells"][1]["outputs"] == first
    maker.chapter("01_one", "# One\n", code(TIMED, "nbval-ignore-output"), code("x = 1"))
    weave_all(maker)
    assert stored(maker)["cells"][1]["outputs"] != first
