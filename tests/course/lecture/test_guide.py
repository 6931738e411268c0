"""The guide's pages hold what a lecturer needs, and its minutes are the chapters' own."""

import re

import pytest

from course.book import HOME, Book
from course.feedback.expected import expected
from course.lecture.cut import cut
from course.lecture.plan import page, questions
from course.rules import minutes

BOOK = Book(HOME)
WRITTEN = (HOME / "docs" / "instructors.md").read_text(encoding="utf-8")
ROW = re.compile(
    r"^\| (\d+) \| \[chapter (\d+)\]\S*?(?:, sections ([\d.]+) to ([\d.]+))?[:,]", re.M
)


@pytest.fixture(scope="module")
def four():
    """The page of chapter 4."""
    chapter = BOOK.chapter("04")
    return page(chapter, cut(chapter), minutes.by_section(chapter), expected)


def test_its_timetable_ends_where_the_first_page_says(four):
    end = re.search(r"\| (\d+) \| \| \*end\*", four)
    assert abs(int(end[1]) - minutes.minutes(BOOK.chapter("04"))) <= 3


def test_a_page_has_aims_questions_formulas_mistakes_and_exercises(four):
    for part in ("They will be able to", "Timetable", "Questions", "On the board", "Mistakes"):
        assert f"## {part}" in four
    assert r"dw = \frac{1}{m}\, X\, dZ^\mathsf{T} \tag{25}" in four
    assert "`logistic.gradients`" in four and "m times too large" in four
    assert "**Extend**: who is done early" in four


def test_each_question_stands_with_its_own_answer():
    found = {
        question.text.split("\n")[0][:30]: question for question in questions(BOOK.chapter("04"))
    }
    assert "(12): prediction minus label" in found["**1.** One photograph is $x$, "].answer
    assert found["**Quick question.** What is en"].answer.startswith("**(b)**")
    assert not any("Put them" in q.text and "Case 1" in q.answer for q in found.values())


def test_every_chapter_of_mathematics_has_questions():
    for number in ("01", "02", "03", "04", "05", "06", "07", "08", "09"):
        assert len(list(questions(BOOK.chapter(number)))) >= 4, number


def test_the_minutes_that_the_guide_plans_are_those_of_the_chapters():
    rows = ROW.findall(WRITTEN)
    assert len(rows) >= 4
    for said, number, first, last in rows:
        chapter = BOOK.chapter(number)
        sections = minutes.by_section(chapter)
        if first:
            names = [name for name in sections if re.match(r"\d", name)]
            names = [name for name in names if first <= name.split()[0] <= last]
            assert names
            true = sum(sections[name] for name in names)
        else:
            true = minutes.minutes(chapter)
        assert abs(int(said) - true) <= 3, (number, first, true)


def test_its_links_lead_somewhere():
    for target in re.findall(r"\]\(([^)#]+)\)", WRITTEN):
        assert (HOME / "docs" / target).exists(), target
