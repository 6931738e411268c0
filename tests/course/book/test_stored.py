"""Whatever has happened to a notebook's file: one line that names it, and what to do."""

import json

import pytest
from tiny import SIGMOID, code

from course import rules
from course.__main__ import main
from course.book import AuthorError
from course.book.stored import read_notebook, stored_code
from course.press import changed, handout, tangle, weave
from course.press.notebooks import NotebookCell, notebook_text

SOUND = notebook_text([NotebookCell("markdown", "# Title"), NotebookCell("code", "x = 'σ'")])
LINES = SOUND.split("\n")
MARKS = ["<<<<<<< HEAD", ' "a"', "=======", ' "b"', ">>>>>>> theirs"]
IN_THE_MIDDLE = SOUND.encode()[: SOUND.encode().index("σ".encode()) + 1]

DAMAGED = {
    "marks of a merge": "\n".join([*LINES[:5], *MARKS, *LINES[5:]]).encode(),
    "marks of a merge, lines as on Windows": "\r\n".join(LINES[:5] + MARKS + LINES[5:]).encode(),
    "marks of a merge, with the common ancestor": "\n".join(
        [*LINES[:5], "<<<<<<< ours", "||||||| base", "=======", ">>>>>>> theirs", *LINES[5:]]
    ).encode(),
    "cut off": SOUND.encode()[: len(SOUND) // 2],
    "cut off in a string": SOUND.encode()[: SOUND.index("cell_type") + 4],
    "cut off in a letter": IN_THE_MIDDLE,
    "empty": b"",
    "zeros, after a loss of power": b"\0" * 512,
    "another encoding": SOUND.encode("cp1253"),
    "two bytes a letter": SOUND.encode("utf-16"),
    "a page of HTML": b"<!DOCTYPE html><title>Sign in</title>",
    "a list": b"[]",
    "a number": b"3",
    "nothing in it": b"{}",
    "a notebook of version 3": b'{"worksheets": [{"cells": []}], "nbformat": 3}',
    "a cell that is a string": b'{"cells": ["x"]}',
    "a cell without a source": b'{"cells": [{"cell_type": "code"}]}',
    "metadata that are a list": b'{"cells": [], "metadata": []}',
    "an end too many": SOUND.encode() + b"}",
}


@pytest.mark.parametrize("what", DAMAGED)
def test_what_cannot_be_read_is_one_line_that_names_the_file(what, tmp_path):
    path = tmp_path / "workbook" / "02_loss.ipynb"
    path.parent.mkdir()
    path.write_bytes(DAMAGED[what])
    with pytest.raises(AuthorError) as caught:
        read_notebook(path, "do this")
    said = str(caught.value)
    assert said.startswith("workbook/02_loss.ipynb") and said.endswith("; do this")
    assert "\n" not in said
    if what.startswith("marks"):
        assert "line 6: has marks of a merge, two versions in one file" in said
    if what.startswith("cut off"):
        assert "ends in the middle" in said


def test_a_folder_with_the_name_of_a_notebook(tmp_path):
    with pytest.raises(AuthorError, match="cannot be opened"):
        read_notebook(tmp_path)


def test_what_other_programs_leave_out_or_add_is_no_damage(tmp_path):
    """A mark of the byte order, no metadata, no outputs: Colab and editors write such notebooks."""
    path = tmp_path / "a.ipynb"
    cells = [{"cell_type": "code", "source": ["x = 1\n", "y"]}, {"cell_type": "raw", "source": ""}]
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps({"cells": cells}).encode())
    assert stored_code(read_notebook(path)) == [("x = 1\ny", ())]


@pytest.fixture
def broken(maker):
    """A book of one chapter whose woven notebook has marks of a merge."""
    maker.chapter("01_one", "# One\n", code(SIGMOID), code("sigmoid(0.0)"))
    tangle.write(maker.book)
    weave.weave(maker.book, maker.book.chapter("1"))
    path = maker.notebook("01_one")
    path.write_text("<<<<<<< HEAD\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    return maker


def test_a_damaged_woven_notebook_is_named_by_the_rules_once(broken):
    said = [str(error) for error in rules.check(broken.book) if "01_one.ipynb" in str(error)]
    assert said == [
        "notebooks/01_one.ipynb, line 1: has marks of a merge, two versions in one file; "
        "`python -m course weave 01` mends it"
    ]


def test_weaving_mends_it(broken):
    chapter = broken.book.chapter("1")
    assert changed.changed(broken.book, chapter) == "code"
    weave.weave(broken.book, chapter)
    assert changed.changed(broken.book, chapter) is None


def test_the_handout_names_it(broken, capsys):
    with pytest.raises(AuthorError, match=r"notebooks/01_one.ipynb, line 1: .* weave 01` mends"):
        handout.write(broken.book, broken.root / "out")
    assert main(["--root", str(broken.root), "handout"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("block", ["Words.\n", code("x = 1")])
def test_marks_of_a_merge_in_the_text_of_a_chapter(block, maker):
    path = maker.chapter("01_one", "# One\n", block)
    text = path.read_text(encoding="utf-8").replace("x = 1", "<<<<<<< HEAD\nx = 1")
    path.write_text(text.replace("Words.", "Words.\n<<<<<<< HEAD"), encoding="utf-8")
    with pytest.raises(AuthorError, match=r"01_one.md, line \d+: marks of a merge: keep one"):
        _ = maker.book.chapters
