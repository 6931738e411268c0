"""A woven module reads from top to bottom: what is used stands above its user."""

import re

import pytest
from tiny import INIT, code

from course.book import AuthorError
from course.press import tangle
from course.press.ruff import format_text


def order(maker, *cells):
    """The names of a module in the order of its lines, after one chapter for each cell."""
    first, *later = cells
    maker.chapter("01_one", code(INIT), code(f'# nnlib/unit.py\n"""A unit."""\n\n{first}'))
    for number, cell in enumerate(later, start=2):
        maker.chapter(f"0{number}_more", code(f"# nnlib/unit.py\n{cell}"))
    format_text(maker.book)
    tangle.write(maker.book)
    text = maker.module("unit")
    compile(text, "unit.py", "exec")
    exec(text, {"__name__": "nnlib.unit"})
    found = re.findall(r"^(?:async )?(?:def |class )?(\w+)(?:\(| = |:)", text, re.MULTILINE)
    return " ".join(found)


def function(name, body="return 1", head=""):
    return f"\n{head}def {name}(x=0):\n    {body}\n\n"


def cell(*parts):
    return "\n".join(parts).rstrip("\n").lstrip("\n")


A, B, C = (function(name) for name in "abc")


def test_without_uses_it_is_the_order_of_reading(maker):
    assert order(maker, cell(C, A), B.lstrip()) == "c a b"


def test_what_a_body_uses_stands_above(maker):
    assert order(maker, cell(function("a", "return b(x)"), C, B)) == "b a c"


def test_what_is_used_may_use_others_in_turn(maker):
    use = cell(function("a", "return b(x)"), function("b", "return c(x)"), C)
    assert order(maker, use) == "c b a"


def test_a_later_chapter_replaces_and_its_helper_stands_above_it(maker):
    later = cell(B, function("a", "return b(x)"))
    assert order(maker, cell(A, C), later) == "b a c"


def test_a_replaced_definition_stands_below_what_only_came_later(maker):
    """`a` was the first; now it uses `c`, which uses `b`."""
    assert order(maker, cell(A, B), function("c", "return b(x)"), function("a", "return c(x)")) == (
        "b c a"
    )


@pytest.mark.parametrize(
    "body",
    [
        "b = 1\n    return b",  # a name of its own
        "return [b for b in (1, 2)]",
        "return (lambda b: b)(x)",
        "return x.b",
        "return dict(b=1)",
        'return "b"',
    ],
)
def test_what_only_looks_like_a_use_moves_nothing(body, maker):
    assert order(maker, cell(function("a", body), B)) == "a b"


@pytest.mark.parametrize(
    "body",
    [
        "return [b(y) for y in (x,)]",
        "def inner():\n        return b(1)\n\n    return inner",
        "return lambda y: b(y)",
        "global b\n    b = 1",
        "return b.__name__",
    ],
)
def test_a_use_at_any_depth_counts(body, maker):
    assert order(maker, cell(function("a", body), B)) == "b a"


def test_methods_use_as_functions_do(maker):
    kind = "\nclass A:\n    def f(self):\n        return b()\n\n"
    assert order(maker, cell(kind, B)) == "b A"


def test_functions_that_call_each_other_stay_as_they_were_met(maker):
    both = cell(function("a", "return b(x)"), function("b", "return a(x)"), C)
    assert order(maker, both) == "a b c"


def test_a_helper_of_functions_that_call_each_other_stands_above_both(maker):
    both = cell(function("a", "return b(x)"), function("b", "return a(c(x))"), C)
    assert order(maker, both) == "c a b"


def test_in_a_circle_what_runs_on_import_finds_what_it_needs(maker):
    """`a` speaks of LIMIT in its body, and LIMIT is what `a` returns on import."""
    circle = cell("LIMIT = a()", function("a", "return LIMIT if x else 1"))
    assert order(maker, circle) == "a LIMIT"


def test_a_circle_on_import_is_refused(maker):
    with pytest.raises(AuthorError, match="A needs B needs A: no order of them can be imported"):
        order(maker, "A = B\nB = A")


def test_decorators_defaults_and_annotations_stand_above(maker):
    cells = cell(
        "\n@mark\ndef a(x: Weights = LIMIT):\n    return x\n\n",
        "\ndef mark(f):\n    return f\n\n",
        "Weights = list[int]",
        "LIMIT = 1",
    )
    assert order(maker, cells) == "mark Weights LIMIT a"


def test_aliases_of_types_and_an_imported_decorator(maker):
    cells = cell(
        "from functools import cache",
        "from typing import Annotated",
        "",
        "\n@cache\ndef a(x: Weights) -> Layers:\n    return [x]\n\n",
        'Weights = Annotated[int, "n_x"]',
        "Layers = Annotated[list[Weights], 1]",
        "Either = Weights | Layers | None",
        "Same = Weights",
    )
    assert order(maker, cells) == "Weights Layers a Either Same"


@pytest.mark.parametrize("value", ["print(1)", "[1, 2]", "Weights[0]()", "1 | print()", '"text"'])
def test_another_value_needs_capitals(value, maker):
    with pytest.raises(AuthorError, match="Kind = … runs on import"):
        order(maker, f"Kind = {value}")
