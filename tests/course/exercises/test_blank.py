"""Stubs: what the reader writes is gone, what they need stays; on the functions of nnlib itself."""

import ast
from collections import Counter

import pytest
from reader import source_of

from course.book import AuthorError
from course.exercises import EXERCISES, Exercise, blank

each_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)


def made(source, **how):
    """The stub of a small function f."""
    return blank.stub(Exercise("losses.f", "02", "(4)", list, **how), source)


@each_exercise
def test_a_stub_keeps_the_door_the_kinds_and_the_docstring(exercise):
    source = source_of(exercise)
    before = blank.definition(source, exercise.function_name)
    stub = blank.stub(exercise, source)
    after = blank.definition(stub, exercise.function_name)
    assert stub.startswith("@door\n")
    assert ast.dump(before.args) == ast.dump(after.args)  # names, kinds, default values
    assert ast.dump(before.returns) == ast.dump(after.returns)
    assert before.body[0].value.value == after.body[0].value.value
    assert stub.count('NotImplementedError("your turn') >= 1


@each_exercise
def test_the_answer_is_gone_from_the_stub(exercise):
    source = source_of(exercise)
    answer, stub = blank.answer(exercise, source), blank.stub(exercise, source)
    assert answer
    if exercise.blank == "order":
        lines = [line.strip() for line in answer]
        given = [line.strip().removeprefix("#   ") for line in stub.split("\n") if "#   " in line]
        assert sorted(given) == sorted(lines) and given != lines
    else:
        assert not set(answer) & set(stub.split("\n"))


@each_exercise
def test_all_of_the_mathematics_is_the_readers(exercise):
    """No guard stands between them and the equation."""
    if exercise.blank in ("body", "order"):
        source = source_of(exercise)
        node = blank.definition(source, exercise.function_name)
        assert len(blank.answer(exercise, source)) == node.end_lineno - node.body[0].end_lineno


@each_exercise
def test_a_line_of_a_stub_is_not_too_long(exercise):
    assert max(map(len, blank.stub(exercise, source_of(exercise)).split("\n"))) <= 100


def test_a_body_gives_way_to_one_line():
    source = '@door\ndef f(a: Array) -> Array:\n    """Doc."""\n    b = a.shape[0]\n    return b'
    assert made(source) == (
        '@door\ndef f(a: Array) -> Array:\n    """Doc."""\n'
        '    raise NotImplementedError("your turn: write f, (4)")'
    )


def test_a_placeholder_names_what_is_to_be_computed_without_its_annotation():
    source = "def f(a):\n    losses: Array = -a  # (4)\n    return losses"
    stub = made(source, blank=(4,))
    assert stub == (
        'def f(a):\n    raise NotImplementedError("your turn: losses = … is line (4)")\n'
        "    return losses"
    )


def test_lines_are_named_by_number_or_by_how_they_begin():
    source = "def f(a):\n    b = a  # (4)\n    use(b)  # (5)\n    return b"
    assert made(source, blank=(4, "return")).count("your turn") == 2
    assert "your turn: use(…) is line (5)" in made(source, blank=(5,))
    assert "your turn: return …" in made(source, blank=("return",))
    with pytest.raises(AuthorError, match="losses.f has no line for 6"):
        made(source, blank=(5, 6))


def test_a_bug_stands_once():
    source = "def f(a):\n    b = a + 1\n    return b + 1"
    stub = made(source, blank="bug", bug=("a + 1", "a - 1"))
    assert "mend the wrong line below" in stub and "    b = a - 1\n    return b + 1" in stub
    with pytest.raises(AuthorError, match=r"'\+ 1' stands 2 times in the body, wanted once"):
        made(source, blank="bug", bug=("+ 1", "- 1"))
    with pytest.raises(AuthorError, match="no bug is given"):
        made(source, blank="bug")


def test_a_function_that_is_not_there_is_an_error():
    with pytest.raises(AuthorError, match="no function f in this cell"):
        made("g = 1")


def test_exercises_fade_from_one_line_to_a_whole_function():
    kinds = Counter(e.blank if isinstance(e.blank, str) else "line" for e in EXERCISES)
    assert set(kinds) == {"line", "body", "order", "bug"}
    assert kinds["order"] >= 3 and kinds["bug"] >= 4 and kinds["line"] >= 3
    assert kinds["body"] >= len(EXERCISES) / 2


def test_the_table_goes_through_the_chapters_and_names_each_function_once():
    numbers = [exercise.chapter for exercise in EXERCISES]
    assert numbers == sorted(numbers)
    assert len({exercise.name for exercise in EXERCISES}) == len(EXERCISES)
