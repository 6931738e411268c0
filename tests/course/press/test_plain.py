"""Woven modules are made, plain ones are edited: which is which, and who may use what."""

import pytest
from tiny import INIT, SIGMOID, TinyBook, code

from course.__main__ import main
from course.book import AuthorError
from course.book.built import builders
from course.book.modules import Modules
from course.press import tangle
from course.rules import check_cells, check_names

TABLE = Modules(
    woven=("__init__", "activations", "losses"), plain={"door": "01", "files": "03", "plots": "A"}
)
DOOR = '''\
# Plain: edited here; chapter 10 tells of it.
"""The door."""

import functools as tools

try:
    LIMIT = 1
except ImportError:
    OTHER = 2


def door(function):
    """Let it through."""
    return function
'''
FILES = '# Plain: edited here.\n"""Files."""\n\n\ndef save():\n    """Save."""\n'
PLOTS = '# Plain: edited here; chapters 6 and 9 tell of it.\n"""Plots."""\n'
USES_THE_DOOR = '''\
# nnlib/losses.py
"""Losses."""

from nnlib.door import door


@door
def loss(a):
    """Loss."""
    return a
'''


@pytest.fixture
def mixed(tmp_path, monkeypatch):
    """A book with two woven and three plain modules."""
    monkeypatch.setattr("course.book.modules.MODULES", TABLE)
    made = TinyBook(tmp_path / "a book", TABLE)
    for name, text in {"door": DOOR, "files": FILES, "plots": PLOTS}.items():
        made.plain(name, text)
    made.chapter("01_one", "# One\n", code(INIT), code(SIGMOID), code(USES_THE_DOOR))
    made.chapter("02_two", "# Two\n", code("x = 1"))
    made.chapter("03_three", "# Three\n", code("from nnlib.files import save"))
    return made


def command(made, *words):
    return main(["--root", str(made.root), *words])


def test_tangling_writes_woven_modules_and_leaves_plain_ones_alone(mixed):
    before = (mixed.root / "nnlib" / "door.py").stat().st_mtime_ns
    written = {path.name for path in tangle.write(mixed.book)}
    assert written == {"__init__.py", "activations.py", "losses.py", "py.typed"}
    assert mixed.module("door") == DOOR
    assert (mixed.root / "nnlib" / "door.py").stat().st_mtime_ns == before
    assert command(mixed, "tangle", "--check") == 0


@pytest.mark.parametrize(
    ("through", "plain"),
    [
        ("1", {"door"}),
        ("2", {"door"}),
        ("3", {"door", "files"}),
        (None, {"door", "files", "plots"}),
    ],
)
def test_a_snapshot_holds_the_plain_modules_that_are_given_by_then(through, plain, mixed, tmp_path):
    out = tmp_path / "out"
    options = ["--through", through] if through else []
    assert command(mixed, "tangle", *options, "--out", str(out)) == 0
    files = {path.stem for path in (out / "nnlib").glob("*.py")}
    assert files == {"__init__", "activations", "losses"} | plain
    assert (out / "nnlib" / "door.py").read_text(encoding="utf-8") == DOOR


def test_a_chapter_that_gives_a_module_changes_the_package(mixed):
    assert builders(mixed.book) == ["01", "03"]


def test_a_snapshot_over_the_package_itself_is_refused(mixed, capsys):
    tangle.write(mixed.book)
    assert command(mixed, "tangle", "--through", "1", "--out", str(mixed.root)) == 1
    assert "name another folder" in capsys.readouterr().err
    assert command(mixed, "tangle", "--check") == 0


def test_a_package_cell_of_a_plain_module_is_refused(mixed):
    mixed.chapter("04_four", code(DOOR.replace("# Plain", "# nnlib/door.py\n# Plain")))
    said = [str(error) for error in check_cells(mixed.book)]
    place = "notebooks/text/04_four.md, cell 1, line 13: "
    assert said == [f"{place}nnlib/door.py is a plain module: edit that file, no cell writes it"]


HARM = {
    "gone": (lambda path: path.unlink(), "door.py: is missing: a plain module stands in the table"),
    "no first line": (
        lambda path: path.write_text('"""The door."""\n'),
        "door.py: is a plain module; its first line says so, as in '# Plain: edited here; ",
    ),
    "first line of a woven one": (
        lambda path: path.write_text("# Woven from chapter 1 by `python -m course tangle`: edit\n"),
        "door.py: is a plain module; its first line says so",
    ),
    "unknown": (
        lambda path: (path.parent / "new.py").write_text(FILES),
        "new.py: is unknown: each module stands in the table in course/book/modules.py",
    ),
    "unknown file": (
        lambda path: (path.parent / "notes.txt").write_text("notes"),
        "notes.txt: is unknown",
    ),
}


@pytest.mark.parametrize("harm", HARM)
def test_the_check_of_plain_modules(harm, mixed, capsys):
    tangle.write(mixed.book)
    change, says = HARM[harm]
    change(mixed.root / "nnlib" / "door.py")
    assert command(mixed, "tangle", "--check") == 1
    assert capsys.readouterr().err.startswith(f"nnlib/{says}")


def test_nobody_s_file_is_removed_or_overwritten(mixed):
    """A module that the table does not know yet, and a plain one that it calls woven."""
    new = mixed.plain("new", FILES)
    old = mixed.plain("old", "# Woven from chapter 1 by `python -m course tangle`: edit … \n")
    tangle.write(mixed.book)
    assert new.is_file() and not old.exists()
    mixed.plain("losses", FILES)
    for act in (tangle.write, tangle.check):
        with pytest.raises(AuthorError, match="losses.py: says that it is plain, but the table"):
            act(mixed.book)
    assert mixed.module("losses") == FILES


@pytest.mark.parametrize(
    ("chapter", "source", "says"),
    [
        ("02_two", "from nnlib.door import door, LIMIT, OTHER, tools", None),
        ("02_two", "from nnlib import door\n\ndoor.door(1)\ndoor.__name__", None),
        (
            "02_two",
            "import nnlib.door as d\n\nd.shut",
            "nnlib.door.shut is used, but nnlib/door.py",
        ),
        ("02_two", "from nnlib.door import shut", "nnlib/door.py defines no shut"),
        (
            "02_two",
            "from nnlib.files import save",
            "nnlib.files.save is used before chapter 3, from which on files is given",
        ),
        ("02_two", "import nnlib.files", "nnlib.files is used before chapter 3, from which on fi"),
        ("02_two", "from nnlib import files", "nnlib.files is used before chapter 3"),
        ("02_two", "from nnlib.plots import x", "before chapter A, from which on plots is given"),
        ("04_four", "from nnlib.files import save", None),
        ("04_four", "from nnlib.photographs import x", "is used before a chapter builds it"),
        ("00_start", "from nnlib.plots import x", None),
    ],
)
def test_a_plain_module_may_be_used_from_the_chapter_on_that_it_is_given(
    chapter, source, says, mixed
):
    mixed.chapter(chapter, code(source))
    said = [str(error) for error in check_names(mixed.book)]
    if says is None:
        assert said == []
    else:
        assert len(said) == 1 and says in said[0]


def test_a_package_cell_may_use_only_what_is_given_by_then(mixed):
    source = USES_THE_DOOR.replace("door import door", "files import save as door")
    mixed.chapter("01_one", code(INIT), code(SIGMOID), code(source))
    (said,) = map(str, check_names(mixed.book))
    assert "nnlib.files.save is used before chapter 3" in said
