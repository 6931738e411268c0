"""A short slide joins its neighbour; a question, an answer and another heading do not."""

from dataclasses import replace

import pytest

from course.lecture import lead
from course.lecture.orphans import joined
from course.lecture.slide import Part, Slide

SHORT = Slide("A", "1.1 A", (Part("text", "one", 2.0),), ("said",))
LONG = replace(SHORT, parts=(Part("text", "two", 8.0),), notes=("more",))


def test_a_short_slide_joins_its_neighbour_and_both_are_said():
    for pair in ((SHORT, LONG), (LONG, SHORT)):
        (made,) = joined(pair)
        assert made.parts == pair[0].parts + pair[1].parts
        assert made.notes == pair[0].notes + pair[1].notes


@pytest.mark.parametrize(
    "after",
    [
        replace(LONG, title="B"),
        replace(LONG, opens=True),
        replace(LONG, ask="**Predict** it."),
        replace(LONG, whole=True),
        replace(LONG, parts=(Part("text", "two", 12.0),)),
        replace(LONG, parts=(Part("text", "two", 8.0, later=True),)),
        replace(LONG, parts=(Part("output", "two", 8.0, predicted=True),)),
    ],
)
def test_what_stands_for_itself_is_not_joined(after):
    assert joined((SHORT, after)) == [SHORT, after]


def test_two_long_slides_stay_two():
    assert joined((LONG, LONG)) == [LONG, LONG]


def test_no_aside_and_no_half_of_a_sentence_leads():
    assert lead.lead(["The width stays. (It is a guess. Nobody has tried.)"]) == "The width stays."
    assert lead.lead(["Python says `a is wrong. Use a.any() or a.all()`"]).count("`") % 2 == 0


def test_the_question_stands_above_its_answer_without_its_label():
    assert lead.question("What is lost? **Predict:** say a number.") == "What is lost?"
    assert lead.question("**Predict:** say a number.") == ""
