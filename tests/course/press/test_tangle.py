"""Cells become modules."""

import subprocess
import sys

import pytest
from tiny import INIT, SIGMOID, code

from course.__main__ import main
from course.book import AuthorError
from course.book.modules import woven_line
from course.press import tangle
from course.press.ruff import format_text

BETTER = '''\
# nnlib/activations.py
import math

import numpy as np


def sigmoid(z):
    """Sound."""
    return np.exp(-np.logaddexp(0, -z)) * math.exp(0)
'''


def imports(folder, module):
    """Import a tangled module in a fresh Python; warnings are errors."""
    command = [sys.executable, "-P", "-W", "error", "-c", f"import {module}"]
    environment = {"PYTHONPATH": str(folder), "PATH": ""}
    return subprocess.run(command, env=environment, capture_output=True, text=True)


def test_a_module_reads_like_one_written_by_hand(tiny):
    tangle.write(tiny.book)
    assert tiny.module("activations") == (
        "# Woven from chapter 1 by `python -m course tangle`: edit notebooks/text, not this file.\n"
        '"""Activation functions."""\n\n'
        "import numpy as np\n\n\n"
        'def sigmoid(z):\n    """Logistic sigmoid."""\n    return 1 / (1 + np.exp(-z))\n'
    )
    assert (tiny.root / "nnlib" / "py.typed").read_bytes() == b""


def test_a_later_definition_replaces_the_earlier_one_in_its_place(tiny):
    relu = "# nnlib/activations.py\ndef relu(z):\n    return np.maximum(0, z)\n"
    tiny.chapter("02_two", code(relu))
    tiny.chapter("04_four", code(BETTER))
    tangle.write(tiny.book)
    text = tiny.module("activations")
    assert text.startswith(woven_line(("01", "02", "04")) + "\n")
    assert "from chapters 1, 2 and 4 by" in text
    assert "Logistic sigmoid" not in text
    assert text.index("def sigmoid") < text.index("def relu")
    assert text.index("import math\n\nimport numpy as np\n") < text.index("def sigmoid")
    assert text.count("import numpy") == 1


def test_an_import_that_nothing_needs_any_more_goes(tiny):
    tiny.chapter("02_two", code("# nnlib/activations.py\ndef sigmoid(z):\n    return z\n"))
    tangle.write(tiny.book)
    assert "import" not in tiny.module("activations")


def test_what_runs_on_import_finds_its_names(maker):
    first = (
        '# nnlib/losses.py\n"""Losses."""\n\n\ndef loss(a):\n    return a\n\n\n'
        "def other():\n    return 2\n"
    )
    later = (
        "# nnlib/losses.py\nimport functools\n\nBASE = 1\n\n\ndef make():\n    return BASE\n\n\n"
        "LIMIT = make()\n\n\nclass Kind:\n    pass\n\n\n"
        "@functools.cache\ndef loss(a=LIMIT, *, kind: Kind = Kind()):\n    return a\n"
    )
    maker.chapter("01_one", code(INIT), code(first))
    maker.chapter("02_two", code(later))
    tangle.write(maker.book)
    done = imports(maker.root, "nnlib.losses")
    assert done.returncode == 0, done.stderr
    text = maker.module("losses")
    order = [text.index(f"{name}") for name in ("BASE = ", "def make", "LIMIT = ", "def loss")]
    assert order == sorted(order)
    assert text.index("def loss") < text.index("def other")


def test_comments_stay_with_the_definition_below(maker):
    cell = (
        '# nnlib/losses.py\n"""Losses."""\n\n# The smallest number.\nTINY = 1e-9\n\n\n'
        "# Equation (4).\ndef loss(a):\n    return a  # as it is\n"
    )
    maker.chapter("01_one", code(cell))
    tangle.write(maker.book)
    assert maker.module("losses").endswith(cell.split('"""\n', 1)[1])


def test_every_definition_stands_letter_for_letter_in_the_chapter(tiny):
    tangle.write(tiny.book)
    definition = SIGMOID[SIGMOID.index("def ") :]
    assert definition in tiny.module("activations")


def test_a_snapshot_ends_at_its_chapter_and_has_the_data(tiny, tmp_path):
    (tiny.root / "data").mkdir()
    (tiny.root / "data" / "photographs.txt").write_text("here")
    tiny.chapter("02_two", code('# nnlib/losses.py\n"""Losses."""\n'), code(BETTER))
    out = tmp_path / "snapshot"
    assert main(["--root", str(tiny.root), "tangle", "--through", "1", "--out", str(out)]) == 0
    names = {path.name for path in (out / "nnlib").iterdir()}
    assert names == {"__init__.py", "activations.py", "py.typed", "data"}
    assert "Logistic sigmoid" in (out / "nnlib" / "activations.py").read_text()
    assert (out / "nnlib" / "data" / "photographs.txt").read_text() == "here"
    assert not (tiny.root / "nnlib").exists()


def test_a_snapshot_before_the_first_module_imports(maker, tmp_path):
    maker.chapter("00_start", "Text.\n")
    tangle.write(maker.book, "00", tmp_path / "out")
    assert imports(tmp_path / "out", "nnlib").returncode == 0


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (
            lambda folder: (folder / "activations.py").write_text("x = 1"),
            "activations.py: differs",
        ),
        (lambda folder: (folder / "activations.py").unlink(), "activations.py: is missing"),
        (
            lambda folder: (folder / "losses.py").write_text(woven_line(("01",))),
            "losses.py: is stale: no chapter builds it",
        ),
        (lambda folder: (folder / "py.typed").unlink(), "py.typed: is missing"),
    ],
    ids=["differs", "missing", "stale", "py.typed"],
)
def test_check_names_the_file_and_what_mends_it(tiny, harm, says, capsys):
    tangle.write(tiny.book)
    assert main(["--root", str(tiny.root), "tangle", "--check"]) == 0
    harm(tiny.root / "nnlib")
    assert main(["--root", str(tiny.root), "tangle", "--check"]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"nnlib/{says}") and "`python -m course tangle` mends it" in said
    tangle.write(tiny.book)
    tangle.check(tiny.book)


def test_format_mends_the_text_in_place(maker):
    good = '# nnlib/losses.py\n"""Losses."""\n\nA = [1, 2]\n'
    bad = good.replace("[1, 2]", "[ 1,2 ]").replace('"""\n\nA', '"""\nA')
    path = maker.chapter("01_one", "Before.\n", code(bad), "After.\n", code(bad.replace("A", "B")))
    with pytest.raises(AuthorError, match="ruff format would write"):
        tangle.write(maker.book)
    assert len(format_text(maker.book)) == 2
    text = path.read_text(encoding="utf-8")
    assert code(good) in text and code(good.replace("A", "B")) in text and "After.\n" in text
    assert format_text(maker.book) == []


def test_no_chapters_no_package(maker, capsys):
    for command in (["tangle"], ["tangle", "--check"], ["weave"], ["check"]):
        assert main(["--root", str(maker.root), *command]) == 0
    assert "No chapters" in capsys.readouterr().out
    assert not (maker.root / "nnlib").exists()
