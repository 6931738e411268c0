"""The woven modules are mathematics: no guard stands in an equation, and the pages stay short."""

import ast
import re
from collections import Counter

import pytest

from course.book import HOME, Book
from course.book.modules import MODULES
from course.book.package import package_path

BOOK = Book()
GUARDS = ("errstate", "isfinite", "isnan", "isinstance", "check_")
ALLOWED = {  # a name for one layer or a list of names is a choice of the reader, not a guard
    ("network", "isinstance"),
}


def source(module):
    """The text of a woven module."""
    return (HOME / "nnlib" / f"{module}.py").read_text(encoding="utf-8")


def guards(text):
    """What looks after the arguments in a piece of Python: raised errors, and calls that test."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Raise):
            yield "raise"
        name = getattr(node, "id", getattr(node, "attr", ""))
        if name.startswith(GUARDS) and name != "check_gradients":
            yield name
        if isinstance(node, ast.Compare) and "dtype" in ast.unparse(node):
            yield "a test of the dtype"


@pytest.mark.parametrize("module", MODULES.woven)
def test_no_woven_function_checks_or_raises(module):
    assert [g for g in guards(source(module)) if (module, g) not in ALLOWED] == []


@pytest.mark.parametrize(
    ("line", "guard"),
    [
        ("if m == 0: raise ValueError", "raise"),
        ("np.isfinite(Z).all()", "isfinite"),
        ("with np.errstate(over='ignore'): pass", "errstate"),
        ("X = check_numbers(X)", "check_numbers"),
        ("y = X.dtype == np.uint8", "a test of the dtype"),
    ],
)
def test_a_guard_is_seen(line, guard):
    assert list(guards(line)) == [guard]


@pytest.mark.parametrize("module", MODULES.woven)
def test_a_docstring_of_a_woven_function_is_short(module):
    for node in ast.walk(ast.parse(source(module))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node):
            text = node.body[0]
            assert text.end_lineno - text.lineno < 3, node.name


def test_the_pages_hold_little_package_code():
    lines = Counter()
    for cell in BOOK.code_cells():
        if package_path(cell.source):
            lines[cell.chapter == "13"] += cell.source.count("\n") + 1
    assert 300 < lines[False] <= 900
    assert lines[True] <= 600  # a library's own loops: the readers of chapter 13 want to see them


def test_chapter_1_begins_with_a_photograph_and_comes_to_its_unit():
    text = BOOK.chapter("01").root / BOOK.chapter("01").file
    lines = text.read_text(encoding="utf-8").split("\n")
    first = {what: next(i for i, line in enumerate(lines, 1) if re.search(what, line))
             for what in (r"imshow\(photo\)", r"\\tag\{2\}")}  # fmt: skip
    assert first[r"imshow\(photo\)"] <= 60 and first[r"\\tag\{2\}"] <= 250
