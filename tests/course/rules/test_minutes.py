"""The minutes of a chapter: counted, printed on its first page, with a break near the half."""

import pytest
from tiny import code

from course.__main__ import main
from course.rules.minutes import Work, check_minutes, corrected, minutes, work

FIRST = "# One\n\nAbout {} minutes; a good place for a break is after section 1.1."
BREAK = "*Half-way. A good place for a break.*\n"


def words(number):
    return " ".join(["word"] * number) + "\n"


def chapter(maker, *blocks, name="01_one"):
    maker.chapter(name, *blocks)
    return maker.book.chapter("1")


def said(maker):
    return [str(error) for error in check_minutes(maker.book)]


@pytest.mark.parametrize(
    ("block", "wanted"),
    [
        (words(300), Work(words=300)),
        ("A `piece of code` and $a = b$.\n", Work(words=2 + 1 + 2)),
        ("| a | b |\n|---|---|\n| c d | e |\n", Work(words=5)),
        ("$$ a = b $$\n\n$$ a \\tag{3} $$\n", Work(displays=1, numbered=1)),
        ("**Predict, then run.** What?\n", Work(words=4, predictions=1)),
        ("**Your turn.** Go.\n", Work(words=3, turns=1)),
        (
            "Why?\n\n<details><summary>Answer</summary>\n\nSo.\n</details>\n",
            Work(words=1, answers=1),
        ),
        ("<!-- a note -->\n", Work()),
        (code("x = 1\n\n# two\ny = 2"), Work(lines=3)),
        (code("x = 1\nshow(\n    fig, alt='a')"), Work(pictures=1)),
        ("## Exercises\n\nOne.\n\n+++\n\n**Your turn.** Two.\n" + code("x = 1"), Work()),
        ("## 3.9 Optional: more\n\nOne.\n\n## What comes next\n\nTwo.\n", Work(words=4)),
    ],
)
def test_what_is_counted(block, wanted, maker):
    assert work(chapter(maker, block)) == wanted


def test_the_rates():
    assert Work(words=150).minutes == Work(lines=15).minutes == Work(numbered=1).minutes == 1
    assert Work(predictions=1, answers=2).minutes == Work(turns=1).minutes == 1
    assert Work(pictures=2, displays=1).minutes == 1


def long(maker, prints, before, after, section="1.1 First"):
    """A chapter with so many minutes of words before and after its break."""
    parts = [f"{FIRST.format(prints)}\n\n## {section}\n", words(150 * before), BREAK]
    return chapter(maker, *parts, f"## 1.2 Second\n\n{words(150 * after)}")


def test_a_chapter_that_prints_its_minutes_and_has_a_break_passes(maker):
    assert minutes(long(maker, 40, 20, 20)) == 40
    assert said(maker) == []


@pytest.mark.parametrize(
    ("prints", "before", "after", "line", "says"),
    [
        (45, 20, 20, 14, "the first page prints 45 minutes, and it takes 40"),
        (65, 32, 33, None, "the chapter takes 65.2 minutes; 60 are the most"),
        (60, 30, 31, None, "the chapter takes 61.2 minutes; 60 are the most"),
        (40, 10, 30, 20, "the break stands after 25 % of the chapter; the half is after 1.1 First"),
    ],
)
def test_a_chapter_that_breaks_the_rule(prints, before, after, line, says, maker):
    long(maker, prints, before, after)
    (error,) = check_minutes(maker.book)
    assert error.message.startswith(says) and error.line == line


def test_a_chapter_that_names_another_section_for_its_break(maker):
    long(maker, 40, 20, 20, section="1.4 First")
    assert said(maker)[0].endswith("the break is marked in section 1.4, not 1.1")


@pytest.mark.parametrize(("marks", "times"), [("", 0), (f"{BREAK}\n{BREAK}", 2)])
def test_one_break_is_marked(marks, times, maker):
    blocks = [f"{FIRST.format(40)}\n\n## 1.1 First\n", words(3000), marks, "## 1.2 Second\n"]
    chapter(maker, *blocks, words(3000))
    (message,) = said(maker)
    assert f'"A good place for a break." stands {times} times' in message
    assert message.endswith("near the half: after 1.1 First")


def test_a_short_page_need_not_say_how_short_and_needs_no_break(maker):
    chapter(maker, words(900))
    assert said(maker) == []
    chapter(maker, "# One\n", words(2250))
    assert said(maker) == [
        'notebooks/text/01_one.md: the first page does not say "about 15 minutes"'
    ]
    chapter(maker, "# One\n\n## 1.1 One\n\nAbout 15 minutes.\n", words(2250))
    assert "does not say" in said(maker)[0]  # that is not the first page


def test_the_command_writes_what_it_counts(maker, capsys):
    long(maker, 45, 20, 20)
    maker.chapter("02_two", "# Two\n\nIt takes about 50 minutes, not 50.\n", words(2250))
    assert main(["--root", str(maker.root), "minutes"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split()[:3] == ["01_one", "40.2", "45"] and "50 %" in lines[1]
    assert lines[2].split()[:3] == ["02_two", "15.1", "50"]
    assert main(["--root", str(maker.root), "minutes", "--write"]) == 0
    assert "02_two: about 15 minutes" in capsys.readouterr().out
    assert said(maker) == [] and not any(map(corrected, maker.book.chapters))
    text = (maker.text / "02_two.md").read_text(encoding="utf-8")
    assert "It takes about 15 minutes, not 50." in text
