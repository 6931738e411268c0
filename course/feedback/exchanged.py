"""Two arguments that have changed places: exchange them once more, and see whether all is right."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course.exercises import Exercise
from course.feedback import calling
from course.feedback.attempt import Result, acting, compare, expected

SECONDS = 1.0


def about_exchanged(
    exercise: Exercise, function: Callable[..., Any], results: Sequence[Result]
) -> str | None:
    """Which two arguments have changed places; None if no two have."""
    if exercise.act is not None or any(result.outcome.kind != "value" for result in results):
        return None
    names = exercise.parameters
    for one, other in itertools.combinations(range(len(names)), 2):
        both = [_exchanged(case.args, one, other) for case, _ in expected(exercise)]
        inputs = [args for args in both if args is not None]
        if len(inputs) == len(both) and _all_right(exercise, function, inputs):
            pair = f"`{names[one]}` and `{names[other]}`"
            return (
                f"With {pair} exchanged, all of it is right: they have changed places in your "
                "lines. Which line takes one for the other?"
            )
    return None


def _exchanged(args: Sequence[Any], one: int, other: int) -> list[Any] | None:
    """The arguments with two of them exchanged; None if these are no arrays of one shape."""
    if other >= len(args) or not all(isinstance(args[k], np.ndarray) for k in (one, other)):
        return None
    if args[one].shape != args[other].shape:
        return None
    new = list(args)
    new[one], new[other] = args[other], args[one]
    return new


def _all_right(
    exercise: Exercise, function: Callable[..., Any], inputs: Sequence[list[Any]]
) -> bool:
    outcomes = calling.call_all(acting(exercise, function), inputs, SECONDS).outcomes
    return len(outcomes) == len(inputs) and all(
        compare(exercise, case, outcome, wanted).passed
        for outcome, (case, wanted) in zip(outcomes, expected(exercise), strict=True)
    )
