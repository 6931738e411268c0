"""Find the exercise that a function answers: by its name, and by its parameters where two share it.

The function may stand behind its door or not: what is looked at is the bare one.
"""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Callable
from typing import Any

from course.exercises import EXERCISES, Exercise

LAMBDA = "<lambda>"


def find(function: Any) -> tuple[Exercise | None, str]:
    """The exercise that `function` is an answer to; or None, and a sentence that says why."""
    name = name_of(function)
    if name is None:
        kind = type(function).__name__
        return None, f"check takes a function, such as check(sigmoid); found {kind}."
    if name == LAMBDA:
        return None, (
            "This is a lambda, a function without a name, and the name says which exercise it is. "
            "Write it with def, as in `def sigmoid(z):`, and check that."
        )
    same_name = [e for e in EXERCISES if e.function_name == name]
    if not same_name:
        return None, f"There is no exercise named {name}.{_which_are_there(name)}"
    parameters = _parameters(function)
    for exercise in same_name:
        if parameters in (exercise.parameters, None):
            return exercise, ""
    assert parameters is not None
    matching = [e for e in same_name if parameters[:1] == e.parameters[:1]]
    swapped = any(sorted(parameters) == sorted(e.parameters) for e in same_name)
    if not swapped and (len(same_name) == 1 or len(matching) == 1):
        exercise = (matching or same_name)[0]
        if len(parameters) >= max(len(case.args) for case in exercise.cases()):
            return exercise, ""
    wanted = " or ".join(f"{name}({', '.join(e.parameters)})" for e in same_name)
    found = f"{name}({', '.join(parameters)})"
    return None, f"The parameters are part of the exercise: {wanted}. Found {found}."


def name_of(function: Any) -> str | None:
    """The name of a function; that of a lambda is the name which the notebook gives it."""
    name: str | None = getattr(function, "__name__", None) if callable(function) else None
    if name == LAMBDA:
        wanted = {exercise.function_name for exercise in EXERCISES}
        known = function.__globals__.items()
        return next((n for n, value in known if value is function and n in wanted), LAMBDA)
    return name


def _parameters(function: Callable[..., Any]) -> tuple[str, ...] | None:
    """The names of a function's parameters; None for one that does not tell, such as np.tanh."""
    try:
        return tuple(inspect.signature(inspect.unwrap(function)).parameters)
    except (TypeError, ValueError):
        return None


def _which_are_there(name: str) -> str:
    names = sorted({e.function_name for e in EXERCISES})
    close = difflib.get_close_matches(name, names, n=1)
    guess = f" Did you mean {close[0]}?" if close else ""
    return f"{guess} The exercises are: {', '.join(names)}."
