"""A chapter that is run anew says in which cell the stored output is another one."""

import json

import pytest
from tiny import code

from course.__main__ import main
from course.press import compare, weave

STREAM = {"output_type": "stream", "name": "stdout", "text": "one\ntwo\n"}
ERROR = {"output_type": "error", "ename": "ValueError", "evalue": "bad", "traceback": ["long"]}
DATA = {"image/png": "AAAA", "text/html": '<img alt="A line." src="data:image/png;base64,AAAA">'}
PICTURE = {"output_type": "display_data", "data": DATA, "metadata": {}}


def test_what_outputs_show():
    assert compare.shown([STREAM, ERROR, PICTURE]) == [
        "one",
        "two",
        "ValueError: bad",
        "(image/png)",
        '<img alt="A line." src="(its points)">',
    ]


@pytest.mark.parametrize("cells", [[], [code("x = 1")]])
def test_a_chapter_that_is_not_woven_or_has_other_code(cells, maker, capsys):
    maker.chapter("01_one", "# One\n", code("print(1)"))
    if cells:
        chapter = maker.book.chapter("1")
        chapter.notebook.write_text(weave.chapter_text(chapter, [[STREAM]]), encoding="utf-8")
        maker.chapter("01_one", "# One\n", *cells)
    assert main(["--root", str(maker.root), "compare", "1"]) == 1
    assert "weave 01` mends it" in capsys.readouterr().err


def test_cells_that_differ_are_named_with_what_is_stored_and_what_is_new(maker, capsys):
    timed = code("import time\n\nprint(time.time_ns())", "nbval-ignore-output")
    many = code("for k in range(9):\n    print(k)")
    maker.chapter("01_one", "# One\n", code("print('a')\nprint('b')"), timed, many, code("2 + 2"))
    chapter = maker.book.chapter("1")
    weave.weave(maker.book, chapter)
    notebook = json.loads(chapter.notebook.read_text(encoding="utf-8"))
    notebook["cells"][1]["outputs"][0]["text"] = ["a\n", "c\n"]
    notebook["cells"][3]["outputs"] = []
    chapter.notebook.write_text(json.dumps(notebook), encoding="utf-8")
    assert main(["--root", str(maker.root), "compare", "1"]) == 1
    told = capsys.readouterr()
    line = chapter.cells[1].line
    lines = told.err.splitlines()
    assert lines[0].startswith(f"notebooks/text/01_one.md, cell 2, line {line}: the stored output")
    assert sorted(lines[1:3]) == ["  new:    b", "  stored: c"]
    assert ", cell 4, " in lines[3] and lines[-1] == "  … 3 lines more" and len(lines) == 11
    assert told.out == "01_one was run: 4 code cells, 2 differ.\n"
