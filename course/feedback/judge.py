"""Judge a reader's function: find its exercise, try it, and report in which state it is."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from typing import Any

from course.book import AuthorError
from course.exercises import Exercise, blank, progress
from course.feedback import calling
from course.feedback.attempt import Result, attempt
from course.feedback.comparing import same
from course.feedback.diagnose import diagnose
from course.feedback.find import find, name_of
from course.feedback.own_work import is_the_courses
from course.feedback.report import Report

BORROWED = (
    "Your function calls the course's own function, and that one does the work. "
    "The exercise is to write the lines yourself."
)
LAST: dict[str, Callable[..., Any]] = {}
"""The last attempt at each exercise, in this kernel."""


def check(function: Callable[..., Any], hint: bool = False, line: bool = False) -> Report:
    """Try `function` on the inputs of its exercise and say what it does.

    The exercise is found by the function itself: its name, and its parameters where two exercises
    share a name. It is tried without its door, so that a mistake is compared and not refused.

    Parameters
    ----------
    function : callable
        What you wrote, for example ``sigmoid``.
    hint : bool
        Also give the hint that belongs to the mistake.
    line : bool
        Also show the line of the equation as the course writes it.

    Returns
    -------
    Report
        Shown by itself at the end of a notebook cell. ``report.state`` is one of "not written yet",
        "raises", "wrong shape", "wrong values" and "right"; ``report.function`` is your function if
        it is right, and the course's own if not, so that a chapter can go on.
    """
    exercise, refusal = find(function)
    if exercise is None:
        name = name_of(function) or str(function)
        return Report(name, None, "not written yet", function, refusal=refusal)
    if is_the_courses(exercise, inspect.unwrap(function)):
        return _about_the_courses_own(exercise, hint or line, hint, line)
    report = judge(exercise, function, hint, line)
    if report.borrowed and report.state == "right":
        name, state = exercise.function_name, "not written yet"
        report = Report(name, exercise, state, exercise.given, refusal=BORROWED)
    else:
        LAST[exercise.name] = function
    progress.record(exercise.name, report.state)
    return report


def _about_the_courses_own(exercise: Exercise, asked: bool, hint: bool, line: bool) -> Report:
    """What to say when the name stands for the course's function: it is nobody's work.

    A check cell puts it there until yours is right, so a hint that is asked for is about the last
    attempt.
    """
    last = LAST.get(exercise.name)
    name = exercise.function_name
    if last is not None and asked:
        report = judge(exercise, last, hint, line)
        report.function = exercise.given if report.state != "right" else last
        report.note = "This is about your last attempt."
        return report
    own = f"`{name}` is the course's own function here."
    again = " Run the cell with yours again, then this one."
    if last is not None:
        state = judge(exercise, last).headline
        again = f" Your last attempt: {state} Did the cell with your function run without an error?"
    return Report(name, exercise, "not written yet", exercise.given, refusal=own + again)


def judge(
    exercise: Exercise, function: Callable[..., Any], hint: bool = False, line: bool = False
) -> Report:
    """The report on a function as the answer to an exercise."""
    bare = inspect.unwrap(function)
    results, printed, borrowed = attempt(exercise, bare)
    state = state_of(bare, results)
    report = Report(exercise.function_name, exercise, state, function, results=results)
    report.printed, report.borrowed = printed, borrowed
    if state == "right":
        report.besides = _beyond(exercise, bare)
        return report
    if state == "not written yet" and is_left_over(exercise, bare):
        report.refusal = (
            "Your lines are there, and a line `raise NotImplementedError` is there as well. "
            "Delete that line, and run the cell again."
        )
    report.function = exercise.given
    if state != "not written yet":
        report.told = diagnose(exercise, bare, results)
    if hint:
        report.hint = " ".join(m.hint for m in report.mistakes) or _first_thought(exercise, state)
    if line:
        report.line = worked_line(exercise)
    return report


def _beyond(exercise: Exercise, function: Callable[..., Any]) -> str:
    """What a right function is told that differs where no check looks; empty if it does not."""
    if exercise.beyond is None:
        return ""
    case, says = exercise.beyond()
    (outcome,) = calling.call_all(function, [case.args], calling.SECONDS).outcomes
    alike = outcome.kind == "value" and same(outcome.value, exercise.reference(*case.args))
    return "" if alike else says


def state_of(function: Callable[..., Any], results: list[Result]) -> str:
    """One of the five states, from the worst thing that happened."""
    kinds = {result.outcome.kind for result in results}
    if "unwritten" in kinds or (kinds == {"nothing"} and is_empty(function)):
        return "not written yet"
    if kinds & {"raises", "endless", "writes"}:
        return "raises"
    gaps = [gap for result in results for gap in result.gaps]
    if "nothing" in kinds or any(gap.kind != "values" for gap in gaps):
        return "wrong shape"
    return "wrong values" if gaps else "right"


def is_empty(function: Callable[..., Any]) -> bool:
    """True if the body is nothing but a docstring, `...` or `pass`."""
    try:
        source = textwrap.dedent(inspect.getsource(function))
        body = blank.definition(source, function.__name__).body
    except (OSError, TypeError, SyntaxError, AttributeError, AuthorError):
        return False
    return all(
        isinstance(node, ast.Pass)
        or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        for node in body
    )


def is_left_over(exercise: Exercise, function: Callable[..., Any]) -> bool:
    """True if a placeholder stands in a function that is otherwise written."""
    try:
        mine = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
        given = ast.parse(blank.stub(exercise, inspect.getsource(exercise.reference))).body[0]
    except (OSError, TypeError, SyntaxError, AuthorError):
        return False
    if not isinstance(mine, ast.FunctionDef) or not isinstance(given, ast.FunctionDef):
        return False
    return _written(mine) - _written(given) != set()


def _written(node: ast.FunctionDef) -> set[str]:
    """The statements of a function that are neither its docstring nor a placeholder."""
    return {
        ast.dump(statement)
        for statement in ast.walk(node)
        if isinstance(statement, ast.stmt)
        and not isinstance(statement, ast.Raise | ast.FunctionDef | ast.For | ast.If | ast.Pass)
        and not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant))
    }


def _first_thought(exercise: Exercise, state: str) -> str:
    """The hint for a mistake that the library does not know."""
    if state == "raises":
        return (
            "Look at the line beside the first ✗. Write beside each name in it what it holds "
            "there: a number, a list, or an array of which shape?"
        )
    if state == "wrong shape":
        return (
            "Read the docstring once more: what should come back? Then write beside each of your "
            "lines the shape of what it makes."
        )
    if exercise.equation:
        return (
            "Write beside each of your lines the number of the equation that it stands for, of "
            f"{exercise.equation}. Is there a line without a number, or a number without a line?"
        )
    return "Read the docstring once more, and do the first case with pencil and paper."


def worked_line(exercise: Exercise) -> str:
    """The course's own lines: of a long function the numbered ones, else all that is asked for."""
    source = textwrap.dedent(inspect.getsource(exercise.reference))
    lines = [text for text in blank.answer(exercise, source) if text.strip()]
    if isinstance(exercise.blank, tuple):
        return "\n".join(text.strip() for text in lines)
    numbered = [text for text in lines if "# (" in text]
    if len(lines) > 6 and numbered and exercise.blank == "body":
        return "\n".join(text.strip() for text in numbered)
    return textwrap.dedent("\n".join(lines))
