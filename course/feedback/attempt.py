"""Try a function on every case of an exercise, and compare what it gives with the reference."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any, NamedTuple

from course import alive
from course.exercises import Case, Exercise
from course.feedback import calling
from course.feedback.comparing import Gap, Part, gap, name_parts
from course.feedback.own_work import of_the_course


class Result(NamedTuple):
    """What happened on one case: its outcome, the parts of its result and where they differ."""

    case: Case
    outcome: calling.Outcome
    parts: list[Part]
    gaps: list[Gap]

    @property
    def passed(self) -> bool:
        """True if what came back is what was expected."""
        return self.outcome.kind == "value" and not self.gaps


class Attempt(NamedTuple):
    """A function tried on every case: the results, what it printed, whether it did the work."""

    results: list[Result]
    printed: str
    borrowed: bool


def attempt(exercise: Exercise, function: Callable[..., Any]) -> Attempt:
    """What `function` does on every case, compared with the reference."""
    known = expected(exercise)
    tried = acting(exercise, function)
    called = calling.call_all(
        tried,
        [case.args for case, _ in known],
        calling.SECONDS,
        of_the_course(exercise, function),
    )
    results = [
        compare(exercise, case, outcome, wanted)
        for (case, wanted), outcome in zip(known, called.outcomes, strict=True)
    ]
    return Attempt(results, called.printed, called.borrowed)


@cache
def attempt_one(
    exercise: Exercise, function: Callable[..., Any], k: int, gaps: bool = True
) -> Result:
    """What a function of the course's own does on one case: no thread, no limit of time.

    gaps : bool, whether it is also looked where the result differs from what is expected.
    """
    alive.sign()
    case, wanted = expected(exercise)[k]
    outcome = calling.try_once(acting(exercise, function), case.args)
    return compare(exercise, case, outcome, wanted, gaps)


def acting(exercise: Exercise, function: Callable[..., Any]) -> Callable[..., Any]:
    """How a case calls the function: once, or as the exercise asks."""
    return function if exercise.act is None else partial(exercise.act, function)


@cache
def expected(exercise: Exercise) -> list[tuple[Case, Any]]:
    """Each case with what the reference gives on it, viewed as the exercise asks."""
    return [
        (
            case,
            viewed(exercise, case, calling.call(acting(exercise, exercise.reference), case.args)),
        )
        for case in exercise.cases()
    ]


def compare(
    exercise: Exercise, case: Case, outcome: calling.Outcome, wanted: Any, gaps: bool = True
) -> Result:
    """The result on one case; only a value has parts that can be compared."""
    if outcome.kind != "value":
        return Result(case, outcome, [], [])
    parts = name_parts(wanted, viewed(exercise, case, outcome.value), exercise.parts)
    found = [there for part in parts if gaps and (there := gap(part, exercise.rtol))]
    return Result(case, outcome._replace(value=None), parts, found)  # the parts are what is kept


def viewed(exercise: Exercise, case: Case, value: Any) -> Any:
    """What is compared: the value itself, or what the exercise looks at in it.

    A value that cannot be looked at so stays as it is: it differs from what is expected.
    """
    if exercise.view is None:
        return value
    try:
        return exercise.view(case.args, value)
    except Exception:
        return value
