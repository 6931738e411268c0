"""``weave`` alone weaves what has changed, and nothing else."""

import json
import shutil

import pytest
from tiny import INIT, SIGMOID, TinyBook, code

from course.__main__ import main
from course.book.modules import Modules
from course.press.changed import changed

TABLE = Modules(woven=("__init__", "activations", "losses"), plain={"door": "01", "files": "01"})
DOOR = '# Plain: edited here.\n"""The door."""\n\nfrom nnlib import files\n'
FILES = '# Plain: edited here.\n"""Files."""\n'
SAYS = "from nnlib.activations import sigmoid\n\nprint(sigmoid(0.0))"
RELU = "# nnlib/activations.py\ndef relu(z):\n    return z\n"


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """Four woven chapters: what is built, a user of it, one of the door, and one of nothing."""
    made = TinyBook(tmp_path_factory.mktemp("changed") / "a book", TABLE)
    made.plain("door", DOOR)
    made.plain("files", FILES)
    made.chapter("01_one", "# One\n", code(INIT), code(SIGMOID))
    made.chapter("02_two", "# Two\n", code(SAYS))
    made.chapter("03_three", "# Three\n", code("import nnlib.door"))
    made.chapter("04_four", "# Four\n", code("print(4)"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("course.book.modules.MODULES", TABLE)
        assert main(["--root", str(made.root), "weave"]) == 0
    return made


@pytest.fixture
def book(template, tmp_path, monkeypatch):
    """A copy of that book, to change something in it."""
    monkeypatch.setattr("course.book.modules.MODULES", TABLE)
    made = TinyBook(tmp_path / "a book", TABLE)
    shutil.copytree(template.root, made.root, dirs_exist_ok=True)
    return made


def weave(book, capsys, *words):
    """Weave and return the chapters that were, with what was said of each."""
    capsys.readouterr()
    assert main(["--root", str(book.root), "weave", *words]) == 0
    lines = capsys.readouterr().out.splitlines()
    return {line.split(" … ")[0][:2]: line.split(" … ")[1] for line in lines if " … " in line}


def test_nothing_has_changed(book, capsys):
    before = {path: path.stat().st_mtime_ns for path in (book.root / "notebooks").glob("*.ipynb")}
    assert weave(book, capsys) == {}
    main(["--root", str(book.root), "weave"])
    assert capsys.readouterr().out.startswith("Nothing has changed since")
    assert before == {path: path.stat().st_mtime_ns for path in before}


def test_a_number_or_all_weave_without_a_change(book, capsys):
    assert list(weave(book, capsys, "2")) == ["02"]
    assert list(weave(book, capsys, "--all")) == ["01", "02", "03", "04"]
    assert main(["--root", str(book.root), "weave", "--all", "2"]) == 1


@pytest.mark.parametrize(
    ("change", "woven"),
    [
        (lambda book: book.chapter("04_four", "# Four\n", code("print(5)")), ["04"]),
        (lambda book: book.chapter("04_four", code("print(4)", "raises-exception")), ["04"]),
        (
            lambda book: book.chapter("01_one", code(INIT), code(SIGMOID), code(RELU)),
            ["01", "02"],
        ),
        (lambda book: book.plain("door", DOOR + "\nLIMIT = 1\n"), ["03"]),
        (lambda book: book.plain("files", FILES + "\nLIMIT = 1\n"), ["03"]),
        (lambda book: book.notebook("04_four").unlink(), ["04"]),
    ],
    ids=["code", "tag", "package", "plain", "plain that a plain one uses", "no notebook"],
)
def test_what_has_changed_has_to_be_executed(change, woven, book):
    change(book)
    if woven[0] == "01":
        assert main(["--root", str(book.root), "tangle"]) == 0
    made = book.book
    found = {chapter.number: changed(made, chapter) for chapter in made.chapters}
    assert {number: what for number, what in found.items() if what} == dict.fromkeys(woven, "code")


def test_only_what_has_changed_is_woven_and_then_nothing_is_left(book, capsys):
    book.plain("files", FILES + "\nLIMIT = 1\n")
    assert list(weave(book, capsys)) == ["03"]
    assert weave(book, capsys) == {}


def test_a_change_of_prose_keeps_the_outputs_without_a_run(book, capsys):
    path = book.notebook("02_two")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][1]["outputs"][0]["text"] = ["marked\n"]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    book.chapter("02_two", "# Two, better\n", "More.\n", code(SAYS), "The end.\n")
    assert list(weave(book, capsys).values()) == ["prose alone has changed, the outputs stay"]
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert ["".join(cell["source"]) for cell in cells] == [
        "# Two, better\n\nMore.",
        SAYS,
        "The end.",
    ]
    assert cells[1]["outputs"][0]["text"] == ["marked\n"] and cells[1]["execution_count"] == 1
    assert weave(book, capsys) == {}


def test_a_chapter_that_was_cleared_in_jupyter_is_woven(book, capsys):
    path = book.notebook("02_two")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][1].update(outputs=[], execution_count=None)
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert list(weave(book, capsys)) == ["02"]


@pytest.mark.parametrize(
    "source",
    [
        "import subprocess, sys\n\nsubprocess.run([sys.executable, '-m', 'nnlib'])",
        "import nnlib\n\nnnlib.door",
        "from nnlib import door",
        "def f():\n    from nnlib.door import files",
    ],
)
def test_a_use_of_the_package_is_seen_in_whatever_form(source, book):
    book.chapter("04_four", "# Four\n", code(source))
    made = book.book
    from course.press.changed import package_of

    before = package_of(made, made.chapter("4"))
    book.plain("files", FILES + "\nLIMIT = 1\n")
    assert package_of(made, made.chapter("4")) != before


def test_a_new_version_alone_changes_nothing(book):
    """Else each release would ask for every chapter to be executed."""
    from course.press.changed import package_of

    def sum_with(line):
        book.plain("files", f"{FILES}\n{line}\n")
        return package_of(book.book, book.book.chapter("3"))

    assert sum_with('__version__ = "1.0.0"') == sum_with('__version__ = "1.10.2"')
    assert sum_with('__version__ = "1.0.0"') != sum_with('VERSION = "1.0.0"')
