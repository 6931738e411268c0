"""The table of modules, and the first lines that say what a module is."""

import pytest

from course.book.modules import FIRST_LINE, MODULES, WOVEN_LINE, Modules, woven_line


@pytest.mark.parametrize(
    ("chapters", "start"),
    [
        ((), "# Woven before the first chapter by `python -m course tangle`: edit"),
        (("01",), "# Woven from chapter 1 by `"),
        (("01", "03"), "# Woven from chapters 1 and 3 by `"),
        (("01", "03", "04"), "# Woven from chapters 1, 3 and 4 by `"),
        (tuple(f"{n:02}" for n in range(1, 14)), "# Woven from chapters 1, 2, 3, 4, 5, 6, 7, 8, 9"),
        (("10", "A"), "# Woven from chapters 10 and A by `"),
    ],
)
def test_the_first_line_of_a_woven_module(chapters, start):
    line = woven_line(chapters)
    assert line.startswith(start) and line.endswith("edit notebooks/text, not this file.")
    parts = line.split("\n")
    assert all(len(part) <= 100 and part.startswith("# ") for part in parts)
    assert WOVEN_LINE.fullmatch(parts[0]) and not FIRST_LINE.fullmatch(parts[0])


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("# Plain: edited here.", None),
        ("# Plain: edited here; chapter 10 tells of it.", "10"),
        ("# Plain: edited here; chapters 10 and A tell of it.", "10 and A"),
        ("# Plain: edited here; chapters 4, 6 and 10 tell of it.", "4, 6 and 10"),
    ],
)
def test_the_first_line_of_a_plain_module(line, told):
    assert FIRST_LINE.fullmatch(line)["told"] == told and not WOVEN_LINE.fullmatch(line)


@pytest.mark.parametrize(
    "line", ["", "# Plain", "# Plain: edited here", "# plain: edited here.", '"""Door."""']
)
def test_a_first_line_that_says_nothing(line):
    assert not FIRST_LINE.fullmatch(line)


@pytest.mark.parametrize(
    ("through", "given"),
    [("00", []), ("01", ["a"]), ("09", ["a"]), ("10", ["a", "b"]), ("A", ["a", "b"]), (None, 3)],
)
def test_what_is_given_by_a_chapter(through, given):
    table = Modules(woven=(), plain={"a": "01", "b": "10", "c": "B"})
    found = table.given(through)
    assert found == given or len(found) == given


def test_a_module_of_the_course_is_woven_or_plain():
    assert not set(MODULES.woven) & set(MODULES.plain)
