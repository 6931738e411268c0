"""A chapter as plain Python, with its solutions."""

import subprocess
import sys

import pytest
from tiny import INIT, SIGMOID, code

from course.book import AuthorError
from course.press import tangle
from course.press.run import run_chapter

SOLUTION = """\
<details><summary>Solution of the first</summary>

Text.

```python
x.append(rng.integers(10))
extra = 1
```

and then

```python
assert extra == 1 and len(x) == 2
```

</details>
"""
CHAPTER = (
    code("import numpy as np\n\nrng = np.random.default_rng(1)\nx = [0]\n"),
    SOLUTION,
    code("y = rng.integers(10)\n"),
    "<details><summary>An answer</summary>\n\n```python\n1 / 0\n```\n\n</details>\n",
)


def test_a_solution_runs_at_its_place_and_disturbs_nothing(maker):
    maker.chapter("01_one", *CHAPTER)
    with_them = run_chapter(maker.book, maker.book.chapter("1"), with_solutions=True)
    without = run_chapter(maker.book, maker.book.chapter("1"))
    assert with_them["x"] == without["x"] == [0]
    assert with_them["y"] == without["y"]
    assert "extra" not in with_them


def test_cells_run_in_the_folder_of_the_notebooks_and_print_nothing(maker, capsys):
    here = "from pathlib import Path\n\nprint('hello')\nfolder = Path.cwd()\n"
    maker.chapter("01_one", code(here))
    space = run_chapter(maker.book, maker.book.chapter("1"))
    assert space["folder"] == maker.root / "notebooks"
    assert capsys.readouterr().out == ""


def test_show_closes_the_figure(maker):
    cell = (
        "import matplotlib.pyplot as plt\n\nfrom course import show\n\n"
        "fig, _ = plt.subplots()\nshow(fig, alt='Nothing.')\nleft = plt.get_fignums()\n"
    )
    maker.chapter("01_one", code(cell))
    assert run_chapter(maker.book, maker.book.chapter("1"))["left"] == []


@pytest.mark.parametrize(
    ("blocks", "cell", "text", "says"),
    [
        ((code("x = 1\n1 / 0"),), 1, "1 / 0", "the cell raises ZeroDivisionError: division by zer"),
        (
            (code("import numpy as np\n\n\ndef f():\n    np.log(0.0)\n\n\nf()"),),
            1,
            "f()",
            "the cell raises RuntimeWarning",
        ),
        (
            (code("x = [0]"), SOLUTION.replace("== 2", "== 3")),
            2,
            "x.append(rng.integers(10))",
            "the solution raises NameError: name 'rng' is not defined",
        ),
        (
            (*CHAPTER[:1], SOLUTION.replace("== 2", "== 3")),
            2,
            "assert extra == 1 and len(x) == 3",
            "the solution raises AssertionError",
        ),
        (
            (*CHAPTER[:1], SOLUTION.replace("Text", "```\n").replace("extra = 1", "extra =")),
            2,
            "extra =",
            "the solution is not plain Python",
        ),
        ((code("import sys\n\nsys.exit(0)"),), 1, "sys.exit(0)", "the cell raises SystemExit: 0"),
        (
            (code("def f(x: Array):\n    return x"),),  # this module's own __future__ stays here
            1,
            "def f(x: Array):",
            "the cell raises NameError: name 'Array' is not defined",
        ),
        ((code("%time 1"),), 1, "%time 1", "the cell is not plain Python: %time 1"),
        ((code("x = 1", "raises-exception"),), 1, "x = 1", "the cell is tagged raises-exception"),
    ],
    ids=[
        "raise",
        "warning",
        "missing name",
        "wrong",
        "syntax",
        "exit",
        "annotation",
        "magic",
        "no exception",
    ],
)
def test_what_fails_is_named_with_cell_and_line(blocks, cell, text, says, maker):
    path = maker.chapter("01_one", "# One\n", *blocks)
    line = path.read_text(encoding="utf-8").split("\n").index(text) + 1
    with pytest.raises(AuthorError) as caught:
        run_chapter(maker.book, maker.book.chapter("1"), with_solutions=True)
    start = f"notebooks/text/01_one.md, cell {cell + 1}, line {line}: {says}"
    assert str(caught.value).startswith(start)


def run_on(package, maker, number):
    command = [sys.executable, "-P", "-m", "course", "--root", str(maker.root), "run", number]
    command += ["--solutions", "--package", str(package)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")


def test_a_chapter_runs_on_its_snapshot_and_not_on_an_earlier_one(maker, tmp_path):
    """What the static rule cannot see: a name that is looked up by its text."""
    use = "import importlib\n\nmodule = importlib.import_module('nnlib.activations')\n"
    use += "assert getattr(module, 'sig' + 'moid')(0.0) == 0.5\n"
    maker.chapter("01_one", code(INIT), code(use))
    maker.chapter("02_two", code(SIGMOID), code(use))
    tangle.write(maker.book)
    for number in ("01", "02"):
        tangle.write(maker.book, number, tmp_path / number)
    assert run_on(tmp_path / "02", maker, "02").returncode == 0
    early = run_on(tmp_path / "01", maker, "01")
    assert early.returncode == 1
    assert "raises ModuleNotFoundError: No module named 'nnlib.activations'" in early.stderr


def test_a_folder_without_the_package_is_refused(maker, tmp_path):
    maker.chapter("01_one", code("x = 1"))
    tangle.write(maker.book)
    done = run_on(tmp_path / "empty", maker, "01")
    assert done.returncode == 1 and done.stderr.startswith("wanted nnlib in ")
