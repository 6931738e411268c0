"""Where a name stands: the page, or the file."""

import pytest
from tiny import INIT, SIGMOID, TinyBook, code

from course.__main__ import main
from course.book.modules import Modules

TABLE = Modules(woven=("__init__", "activations", "losses"), plain={"door": "01", "plots": "01"})
BETTER = """\
# nnlib/activations.py
# Sound for large z.
@cache
def sigmoid(z):
    return 2


class Kind:
    def fit(self):
        return 1
"""
LOSSES = '# nnlib/losses.py\n"""Losses."""\n\n\ndef forward(z):\n    return z\n'
DOOR = (
    "# Plain: edited here; chapters 4, 6 and 10 tell of it.\n"
    '"""Door."""\n\n\n@x\ndef door(f):\n    return f\n\n\nLIMIT = 1\n'
)
PLOTS = '# Plain: edited here.\n"""Plots."""\n\n\ndef forward():\n    pass\n'


@pytest.fixture
def where(tmp_path, monkeypatch, capsys):
    """A function from a name to exit status and text."""
    monkeypatch.setattr("course.book.modules.MODULES", TABLE)
    made = TinyBook(tmp_path / "a book", TABLE)
    made.plain("door", DOOR)
    made.plain("plots", PLOTS)
    made.chapter("01_one", "# One\n\n## The curve\n\nText.\n", code(INIT), code(SIGMOID))
    made.chapter("02_two", "# Two\n", code("x = 1"), "## A *sound* one\n", code(BETTER))
    made.chapter("A_more", code(LOSSES))

    def ask(name):
        status = main(["--root", str(made.root), "where", name])
        printed = capsys.readouterr()
        return status, printed.out or printed.err

    ask.line = lambda file, text: 1 + (made.text / f"{file}.md").read_text().split("\n").index(text)
    return ask


@pytest.mark.parametrize(
    "name", ["sigmoid", "activations.sigmoid", "nnlib.activations.sigmoid", "sigmoid()"]
)
def test_a_woven_name_and_what_it_replaced(name, where):
    new = where.line("02_two", "@cache")
    old = where.line("01_one", "def sigmoid(z):")
    assert where(name) == (
        0,
        "nnlib.activations.sigmoid\n"
        f"  chapter 2, “A *sound* one”: notebooks/text/02_two.md, line {new}\n"
        f"  it replaces that of chapter 1, “The curve”: notebooks/text/01_one.md, line {old}\n",
    )


def test_a_plain_name_and_who_tells_of_it(where):
    assert where("door.door")[1] == (
        "nnlib.door.door\n  nnlib/door.py, line 5\n  chapters 4, 6 and 10 tell of it\n"
    )
    assert where("LIMIT") == (
        0,
        "nnlib.door.LIMIT\n  nnlib/door.py, line 10\n  chapters 4, 6 and 10 tell of it\n",
    )


def test_every_meaning_of_a_name_is_printed(where):
    status, text = where("forward")
    line = where.line("A_more", "def forward(z):")
    assert status == 0
    assert text == (
        f"nnlib.losses.forward\n  chapter A: notebooks/text/A_more.md, line {line}\n"
        "nnlib.plots.forward\n  nnlib/plots.py, line 5\n"
    )
    assert where("plots.forward")[1].count("nnlib.") == 1


def test_a_module_and_a_method(where):
    status, text = where("activations")
    assert status == 0 and "woven from chapters 1, 2" in text
    line = where.line("02_two", "    def fit(self):")
    assert where("fit")[1] == (
        "nnlib.activations.Kind.fit\n"
        f"  chapter 2, “A *sound* one”: notebooks/text/02_two.md, line {line}\n"
    )
    assert "nnlib/plots.py, a plain module" in where("nnlib.plots")[1]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("sigmoind", "nnlib has no sigmoind; close to it: activations.sigmoid\n"),
        ("activations.sigmod", "close to it: activations.sigmoid"),
        ("losses.sigmoid", "nnlib has no losses.sigmoid; close to it: activations.sigmoid\n"),
        ("foward", "close to it: losses.forward, plots.forward\n"),
        ("limit", "close to it: door.LIMIT\n"),
        ("zzz", "nnlib has no zzz\n"),
        ("", "nnlib has no"),
    ],
)
def test_an_unknown_name_is_one_sentence_with_what_is_close(name, says, where):
    status, text = where(name)
    assert status == 1 and says in text and text.count("\n") == 1


def test_every_name_of_the_course_has_its_place():
    """The current definition stands on the line that is printed."""
    from course.book import Book
    from course.book.built import build
    from course.book.where import where as found

    book = Book()
    for module in build(book).values():
        for name, definition in module.definitions.items():
            (place,) = [f for f in found(book, f"{module.name}.{name}")]
            file, line = place.lines[0].split(": ")[-1].split(", line ")
            text = (book.root / file).read_text(encoding="utf-8").split("\n")[int(line) - 1]
            assert text in definition.text.split("\n"), place
            break  # one of each module: the rest is read alike
