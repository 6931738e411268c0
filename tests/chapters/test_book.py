"""The book keeps its rules, and nnlib is what its chapters build."""

import pytest

from course import rules
from course.book import Book
from course.press import tangle


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_chapters_keep_the_rule(rule):
    assert [str(error) for error in rule(Book())] == []


def test_package_is_what_the_chapters_build():
    tangle.check(Book())
