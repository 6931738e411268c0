"""Try a function on every case of an exercise, and compare what it gives with the reference."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from course.exercises import Case, Exercise
from course.feedback import calling
from course.feedback.comparing import Gap, Part, gap, name_parts


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


def attempt(exercise: Exercise, function: Callable[..., Any]) -> list[Result]:
    """What `function` does on every case, compared with the reference."""
    known = expected(exercise)
    outcomes = calling.call_all(function, [case.args for case, _ in known], calling.SECONDS)
    return [
        compare(exercise, case, outcome, wanted)
        for (case, wanted), outcome in zip(known, outcomes, strict=True)
    ]


@cache
def expected(exercise: Exercise) -> list[tuple[Case, Any]]:
    """Each case with what the reference gives on it, viewed as the exercise asks."""
    return [
        (case, _view(exercise, case, calling.call(exercise.reference, case.args)))
        for case in exercise.cases()
    ]


def compare(exercise: Exercise, case: Case, outcome: calling.Outcome, wanted: Any) -> Result:
    """The result on one case; only a value has parts that can be compared."""
    if outcome.kind != "value":
        return Result(case, outcome, [], [])
    parts = name_parts(wanted, _view(exercise, case, outcome.value), exercise.parts)
    gaps = [found for part in parts if (found := gap(part, exercise.rtol))]
    return Result(case, outcome, parts, gaps)


def _view(exercise: Exercise, case: Case, value: Any) -> Any:
    """What is compared: the value itself, or what the exercise looks at in it.

    A value that cannot be looked at so stays as it is: it differs from what is expected.
    """
    if exercise.view is None:
        return value
    try:
        return exercise.view(case.args, value)
    except Exception:
        return value
