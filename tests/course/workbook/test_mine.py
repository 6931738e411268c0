"""check-mine: the reader's own package, tested as far as they have come."""

import json
import os
import re
import shutil
import subprocess

import pytest
from reader import NUMBERS, exercises_of

from course.__main__ import main
from course.book import HOME, AuthorError
from course.exercises import EXERCISES
from course.press import tangle
from course.workbook import make, mine

TEST = """\
import numpy as np
from nnlib.network import layer_z

def test_b_is_added():
    assert layer_z(np.ones((2, 3)), np.ones((2, 1)), np.ones((3, 4)))[0, 0] == 4.0
"""


@pytest.fixture
def own(reader):
    """A filled workbook, and tests for its two chapters."""
    for number in NUMBERS:
        folder = reader.root / "tests" / "nnlib" / f"chapter_{number}"
        folder.mkdir(parents=True)
        (folder / "test_written.py").write_text(TEST, encoding="utf-8")
    reader.fill()
    return reader


@pytest.fixture
def packages(monkeypatch):
    """Replace the run of pytest; remember for each chapter the modules that the package had."""
    seen = {}

    def run_tests(workbook, number, out):
        seen[number] = {p.name: p.read_text(encoding="utf-8") for p in out.glob("nnlib/*.py")}
        return subprocess.CompletedProcess([], 0, "1 passed\n", "")

    monkeypatch.setattr(mine, "run_tests", run_tests)
    return seen


def test_a_blank_workbook_has_everything_still_to_write(reader):
    for number in NUMBERS:
        functions = [exercise.function_name for exercise in exercises_of(number)]
        assert mine.unwritten(reader.workbook, number) == functions
    reader.fill()
    for number in NUMBERS:
        assert mine.unwritten(reader.workbook, number) == []


STUB = 'raise NotImplementedError("your turn: …")'


def test_where_a_part_is_written_the_courses_own_stands_in_for_the_rest(
    own, tmp_path, packages, capsys
):
    own.change("06", "return np.tanh(z)", STUB)
    own.change("06", "return 1 - A**2", "return (1-A)*(1+A)")
    assert mine.check_mine(own.workbook, tmp_path / "out") == 0
    out = capsys.readouterr().out
    assert "chapter 05: passes" in out and "chapter 06: passes" in out
    assert "still to write: tanh; the course's own stood in" in out
    assert out.endswith("1 of 30 functions, in chapter 06; next: tanh in chapter 06\n")
    text = packages["06"]["activations.py"]
    assert "return np.tanh(z)" in text and "(1 - A) * (1 + A)" in text and "your turn" not in text


def test_what_is_not_yet_written_is_skipped_and_counted(reader, tmp_path, packages, capsys):
    reader.chapter("10_more", "# Nothing to write here\n")
    for number in ("05", "06", "10"):
        (reader.root / "tests" / "nnlib" / f"chapter_{number}").mkdir(parents=True)
    assert mine.check_mine(reader.workbook, tmp_path / "out") == 0
    assert capsys.readouterr().out == (
        "chapter 05: still to write: layer_z; skipped\n"
        "chapter 06: still to write: sigmoid_derivative, tanh, tanh_derivative, relu, "
        "relu_derivative; skipped\n"
        f"still to write: 6 of {len(EXERCISES)} functions, in chapters 05, 06; "
        "next: layer_z in chapter 05\n"
    )
    assert not packages
    reader.fill("06")  # in an order of one's own
    assert mine.check_mine(reader.workbook, tmp_path / "out") == 0
    assert list(packages) == ["06"] and "your turn" not in packages["06"]["network.py"]
    reader.fill("05")
    assert mine.check_mine(reader.workbook, tmp_path / "out") == 0
    assert list(packages) == ["06", "05", "10"]  # nothing to write in 10: tested when all is there


def test_a_notebook_that_is_not_there_is_skipped(own, tmp_path, packages):
    own.path("05").unlink()
    assert mine.check_mine(own.workbook, tmp_path / "out") == 0
    assert list(packages) == ["06"] and "def layer_z" in packages["06"]["network.py"]


@pytest.mark.parametrize(
    ("body", "is_written"),
    [
        (f'raise NotImplementedError("your turn: {80 * "x"}")', False),
        ("raise NotImplementedError('your turn: in other quotes')", False),
        ('raise NotImplementedError(\n        "your turn"\n    )', False),
        (f"result = z\n    {STUB}\n    return result", False),
        (f"return np.tanh(z)\n    {STUB}", True),
        (f"return np.tanh(z)\n    # {STUB}", True),
        ("return np.tanh(z)  # it was my turn, not your turn", True),
    ],
)
def test_a_placeholder_counts_where_it_is_met(body, is_written, own):
    own.change("06", "return np.tanh(z)", body)
    assert mine.unwritten(own.workbook, "06") == ([] if is_written else ["tanh"])


def test_each_chapter_is_tested_on_the_package_as_it_stands_after_it(own, tmp_path, packages):
    assert mine.check_mine(own.workbook, tmp_path / "out") == 0
    assert list(packages) == ["05", "06"]
    assert "def layer_z(" in packages["05"]["network.py"]
    assert "activations.py" not in packages["05"]
    assert "def relu_derivative(" in packages["06"]["activations.py"]


def test_the_package_is_given_its_door(own, tmp_path, packages):
    assert mine.check_mine(own.workbook, tmp_path / "out") == 0
    assert {"door.py", "kinds.py", "rule.py"} <= set(packages["05"])


STYLES = {
    "no spaces": ("    return W @ A_prev + b", "    return (W@A_prev+b)"),
    "another name, a semicolon": ("return W @ A_prev + b", "Q=W@A_prev; Q=Q+b; return Q"),
    "an if on one line": ("return W @ A_prev + b", "if 1: return W@A_prev+b"),
    "a long line": ("return W @ A_prev + b", f"return W @ A_prev + b  # {120 * 'long '}"),
    "a comment at the end": ("return W @ A_prev + b", "return W @ A_prev + b\n# done!\n\n#\n"),
    "an import that nothing needs": ("return W @", "import os, sys\n    return W @"),
    "a value below": ("return W @ A_prev + b", "return W @ A_prev + b\nlayer = layer_z"),
    "a test below": ("return W @ A_prev + b", "return W @ A_prev + b\nassert 1 == 1; print('ok')"),
    "a check below": ("+ b", "+ b\nfrom course import check\nreport = check(layer_z)\nreport"),
    "a plot below": ("+ b", "+ b\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])"),
    "a loop below": ("+ b", "+ b\nfor k in range(3):\n    print(k)"),
    "a helper above": ("@door", "def plus(a,c): return a+c\n@door"),
    "a helper without def": ("@door", "plus = lambda a,c: a+c\n@door"),
    "a value in small letters": ("return W", "return W * one + 0 * W"),
    "imports of its own module": ("@door", "from nnlib.network import layer_z\n@door"),
    "a magic below": ("+ b", "+ b\n%timeit layer_z(1, 1, 1)"),
    "a shell line below": ("+ b", "+ b\n!ls\nfiles = !ls"),
    "help below": ("+ b", "+ b\nlayer_z?\n?layer_z\n#"),
    "a magic in a block": ("+ b", "+ b\nif True:\n    %matplotlib inline"),
    "a magic above the path": ("# nnlib/network.py", "%%time\n# nnlib/network.py"),
    "two magics and blank lines": ("# nnlib/network.py", "%%time\n\n%%capture\n# nnlib/network.py"),
    "a note above the path": ("# nnlib/network.py", "# my second try\n\n# nnlib/network.py"),
    "a space before the path": ("# nnlib/network.py", " # nnlib/network.py  "),
}  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_a_readers_own_style_is_as_good_as_any(style, own, tmp_path, packages, capsys):
    old, new = STYLES[style]
    if style == "a value in small letters":
        own.change("05", "@door", "one = 1.0\n@door")
        old, new = "return W @ A_prev + b", "return one * (W @ A_prev + b)"
    if style.startswith("a helper"):
        own.change("05", "return W @ A_prev + b", "return plus(W @ A_prev, b)")
    own.change("05", old, new)
    assert mine.check_mine(own.workbook, tmp_path / "out") == 0
    assert re.match(r"chapter 05: passes .*\nchapter 06: passes .*\n$", capsys.readouterr().out)
    assert mine.unwritten(own.workbook, "05") == []
    space = {"__name__": "nnlib.network"}
    exec(compile(packages["05"]["network.py"], "network.py", "exec"), space)
    assert space["layer_z"]([[2.0]], [[1.0]], [[3.0]]) == [[7.0]]
    assert not {"k", "files", "plt", "report", "check"} & set(space)


@pytest.mark.parametrize(
    "cell",
    [
        "def layer_z(W, b, A_prev):\n  return W@A_prev+b",
        "layer_z = lambda W, b, A_prev: W@A_prev+b",
        "import numpy as np\ndef layer_z(W: list, b, A_prev) -> object:\n  return W@A_prev+b",
        "from nnlib.door import door\n@door\ndef layer_z(W, b, A_prev): return W@A_prev+b",
    ],
)  # fmt: skip
def test_the_door_is_given_also_where_a_reader_has_left_it_out(cell, own, tmp_path, packages):
    text = own.path("05").read_text(encoding="utf-8")
    notebook = json.loads(text)
    for entry in notebook["cells"]:
        if "# nnlib/network.py" in entry["source"]:
            entry["source"] = f"# nnlib/network.py\n{cell}"
    own.path("05").write_text(json.dumps(notebook), encoding="utf-8")
    assert mine.check_mine(own.workbook, tmp_path / "out") == 0
    text = packages["05"]["network.py"]
    assert "@door\ndef layer_z(W: LayerWeights, b: LayerBiases, A_prev:" in text
    space = {"__name__": "nnlib.network"}
    exec(compile(text, "network.py", "exec"), space)
    assert space["layer_z"]([[2.0]], [[1.0]], [[3.0]]) == [[7.0]]
    with pytest.raises(ValueError, match="^W must have shape"):
        space["layer_z"]([2.0], [[1.0]], [[3.0]])


def test_a_function_without_the_path_of_its_module_is_named(own, tmp_path, packages, capsys):
    own.change("05", "# nnlib/network.py", "# nnlib/netwrok.py")
    assert mine.check_mine(own.workbook, tmp_path / "out") == 0
    out = capsys.readouterr().out
    assert re.match(
        r"chapter 05: layer_z stands in cell \d+ of workbook/my_05_part.ipynb, and is not read: "
        r"the first line of its cell must be # nnlib/network.py\n",
        out,
    )
    assert "1 of 30 functions, in chapter 05; next: layer_z" in out


def test_lines_of_a_reader_that_raise_are_a_sentence(own, tmp_path, packages, capsys):
    own.change("05", "@door", "LIMIT = 1 / 0\n@door")
    assert mine.check_mine(own.workbook, tmp_path / "out") == 0
    said = "network.py cannot be imported by itself: ZeroDivisionError: division by zero"
    assert said in capsys.readouterr().out


# --- two notebooks of one chapter, and notebooks that cannot be read

COPIES = ("06_part_old", "06_part-Copy1", "06_part (1)", "06_part copy", "06-part", "06.backup")
COPIES += () if (HOME / "README.MD").exists() else ("06_PART",)  # where capitals are other letters


@pytest.mark.parametrize("name", COPIES)
def test_two_notebooks_of_one_chapter_are_refused(name, own, tmp_path, packages, capsys):
    shutil.copy(own.path("06"), own.folder / f"{name}.ipynb")
    assert main(["--root", str(own.root), "check-mine"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "a second notebook of chapter 06, beside" in said
    assert f"{name}.ipynb" in said and "my_06_part.ipynb" in said and "move the other" in said
    with pytest.raises(AuthorError, match="second notebook"):
        tangle.render(own.workbook, "06")


def test_copies_that_build_nothing_or_are_put_aside_do_not_count(own, tmp_path, packages):
    notes = json.dumps({"cells": [{"cell_type": "code", "source": "print(1)"}]})
    for name in ("05_notes", "06 ideas", "Untitled", "old_06_part"):
        (own.folder / f"{name}.ipynb").write_text(notes, encoding="utf-8")
    shutil.copy(own.path("06"), own.folder / "Copy of 06_part.ipynb")
    own.change("06", "return np.tanh(z)", "return np.tanh(z) + 0")
    text = own.path("06").read_text(encoding="utf-8")
    make.write(own.book, own.folder, fresh=("06",))
    assert (own.folder / "my_06_part.kept1.ipynb").is_file()
    own.path("06").write_text(text, encoding="utf-8")
    assert mine.check_mine(own.workbook, tmp_path / "out") == 0
    assert "np.tanh(z) + 0" in packages["06"]["activations.py"]


def test_a_notebook_with_another_name_counts_where_it_is_the_only_one(own, tmp_path, packages):
    own.path("06").rename(own.folder / "06_my own.ipynb")
    assert mine.check_mine(own.workbook, tmp_path / "out") == 0
    assert list(packages) == ["05", "06"]


VERSION_3 = {"cells": [{"cell_type": "code", "input": "x = 1", "outputs": []}]}
CELL = '{"cells": [{"cell_type": "code", "source": "x", "outputs": [\n%s]}]}'
SIDES = "<<<<<<< HEAD\n%s\n=======\n%s\n>>>>>>> theirs\n"
OUTPUT = '{"output_type": "stream", "name": "stdout", "text": "1"}'
DAMAGED = {
    "empty": b"",
    "cut": b"{",
    "a list": b"[]",
    "endless": b"[" * 100_000,
    "marks of a merge": b'<<<<<<< HEAD\n{"cells": []}',
    "marks in the outputs alone": (CELL % (SIDES % (OUTPUT, OUTPUT))).encode(),
    "another encoding": '{"cells": []}'.encode("utf-16"),
    "version 3": json.dumps({"nbformat": 3, "worksheets": [VERSION_3]}).encode(),
    "a cell that is a number": b'{"cells": [3]}',
}


@pytest.mark.parametrize("text", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_notebook_is_one_line_and_can_be_started_anew(text, own, capsys, packages):
    own.path("06").write_bytes(text)
    for _ in range(2):
        assert main(["--root", str(own.root), "check-mine"]) == 1
        said = capsys.readouterr().err
        assert said.startswith("workbook/my_06_part.ipynb") and said.count("\n") == 1
        assert "`python -m course workbook --fresh 06`" in said
    assert main(["--root", str(own.root), "workbook", "--fresh", "06"]) == 0
    assert (own.folder / "my_06_part.kept1.ipynb").read_bytes() == text
    assert main(["--root", str(own.root), "check-mine"]) == 0


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
@pytest.mark.parametrize("kind", ["a folder", "a link to itself", "a link to nothing"])
def test_what_is_no_file_is_put_aside_as_well(kind, own, capsys, packages):
    path = own.path("06")
    path.unlink()
    path.mkdir() if kind == "a folder" else path.symlink_to(
        path if kind.endswith("itself") else own.root / "nothing"
    )
    assert main(["--root", str(own.root), "workbook"]) == 0 and not (own.root / "nothing").exists()
    assert main(["--root", str(own.root), "check-mine"]) == 1
    said = capsys.readouterr().err
    assert "06_part.ipynb: cannot be opened (" in said and said.count("\n") == 1
    assert main(["--root", str(own.root), "workbook", "--fresh", "06"]) == 0
    assert main(["--root", str(own.root), "check-mine"]) == 0


def test_marks_that_a_cell_prints_and_a_mark_of_the_byte_order_are_no_damage(own, packages):
    notebook = json.loads(own.path("06").read_text(encoding="utf-8"))
    printed = {"output_type": "stream", "name": "stdout", "text": SIDES % (1, 2)}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [printed]
    own.path("06").write_text(json.dumps(notebook), encoding="utf-8-sig")
    assert main(["--root", str(own.root), "check-mine"]) == 0
    assert list(packages) == ["05", "06"]


def test_marks_of_a_merge_within_a_cell_are_named(own, tmp_path):
    """As nbdime leaves them: the notebook is sound, the cell is not."""
    own.change("05", "    return W @", "<<<<<<< local\n    return W @")
    with pytest.raises(
        AuthorError, match=r"my_05_part.ipynb, cell \d+, line \d+: marks of a merge"
    ):
        mine.check_mine(own.workbook, tmp_path / "out")


def test_what_is_begun_in_a_later_chapter_stops_no_earlier_one(own, tmp_path, packages):
    own.change("06", "return np.tanh(z)", "return np.tanh(")
    with pytest.raises(AuthorError, match=r"my_06_part.ipynb, cell \d+, line \d+"):
        mine.check_mine(own.workbook, tmp_path / "out")
    assert list(packages) == ["05"]


TAKEN = {
    "tanh = nnlib.activations.tanh": (
        "chapter 06: tanh is the course's own function there, and counts as not written",
        "still to write: tanh",
    ),
    "tanh = importlib.import_module('nnlib.activations').tanh": ("still to write: tanh",),
    "def tanh(z):\n    return nnlib.activations.tanh(z)": (
        "tanh: Your function calls the course's own function",
    ),
    "tanh = lambda z: nnlib.activations.tanh(z)": (
        "tanh: Your function calls the course's own function",
    ),
}


@pytest.mark.parametrize("line", TAKEN)
def test_the_courses_own_function_is_not_the_readers(line, own, tmp_path, packages, capsys):
    notebook = json.loads(own.path("06").read_text(encoding="utf-8"))
    (cell,) = (c for c in notebook["cells"] if "def tanh(" in "".join(c["source"]))
    cell["source"] = f"# nnlib/activations.py\nimport importlib\nimport nnlib\n\n{line}\n"
    own.path("06").write_text(json.dumps(notebook), encoding="utf-8")
    mine.check_mine(own.workbook, tmp_path / "out")
    out = capsys.readouterr().out
    for said in TAKEN[line]:
        assert said in out


def test_the_tests_run_on_the_readers_functions(own, tmp_path, capsys):
    assert mine.check_mine(own.workbook, tmp_path / "out") == 0
    assert re.search(r"chapter 05: passes +1 passed", capsys.readouterr().out)


def test_it_names_the_mistake_and_the_tests(own, tmp_path, capsys):
    own.change("05", "W @ A_prev + b", "W @ A_prev")
    assert mine.check_mine(own.workbook, tmp_path / "out") == 1
    out = capsys.readouterr().out
    assert "chapter 05: FAILS" in out and "chapter 06" not in out
    assert "layer_z: wrong values: 0 of 3 checks pass. b is lost. See (27)." in out
    assert re.search(r"FAILED .*test_written.py::", out)
    assert "chapter_05.txt" in out and (tmp_path / "out" / "chapter_05.txt").is_file()
