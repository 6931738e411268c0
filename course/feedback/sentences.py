"""What can be said of a mistake that the library does not know: true of every row, or not said."""

from __future__ import annotations

import dis
import inspect
import re
from collections.abc import Callable, Iterator, Sequence
from types import CodeType
from typing import Any

import numpy as np

from course.exercises import Exercise
from course.feedback import calling
from course.feedback.attempt import Result
from course.feedback.errors import OVERFLOW, about_error
from course.feedback.exchanged import about_exchanged
from course.feedback.numbers import about_factors, about_numbers, about_parts
from course.feedback.places import about_places
from course.feedback.probing import unheeded
from course.feedback.shapes import about_kinds, about_shapes
from course.feedback.slopes import about_slopes
from course.feedback.words import enumerated

DATA = (np.ndarray, np.number, int, float, list, dict)


def general_sentence(
    exercise: Exercise, function: Callable[..., Any], results: list[Result]
) -> str:
    """The sentence that helps most."""
    kinds = [result.outcome.kind for result in results]
    if "endless" in kinds:
        return _about_time(results)
    if "writes" in kinds:
        return about_writing(next(r for r in results if r.outcome.kind == "writes"))
    if names := notebook_data(function):
        return f"It reads {enumerated(names)} from the notebook. Use only what is passed in."
    if "nothing" in kinds:
        return (
            "It returned None. Is the `return` line missing, or did you print the result instead?"
        )
    stopped = [result for result in results if result.outcome.error is not None]
    overflows = [r for r in stopped if isinstance(r.outcome.error, FloatingPointError)]
    if len(stopped) > len(overflows):
        sentence = about_error(next(r for r in stopped if r not in overflows))
        first = next(result for result in results if not result.passed)
        if first.outcome.error is None and (shape := about_shapes([first])):
            sentence = f"In the first case that fails: {shape} Later: {sentence}"
        return " ".join(filter(None, [sentence, about_slopes(exercise, results)]))
    finite = [result for result in results if result.gaps]
    if overflows and not finite:
        return OVERFLOW
    calm = [result for result in results if result not in overflows]
    return about_values(exercise, function, finite, calm)


def about_values(
    exercise: Exercise,
    function: Callable[..., Any],
    wrong: Sequence[Result],
    results: Sequence[Result],
) -> str:
    """What to say of results that are no error."""
    if said := about_places(exercise, results) or about_kinds(wrong):
        return said
    if said := about_shapes(wrong):
        return " ".join(filter(None, [said, about_parts(results)]))
    return (
        about_exchanged(exercise, function, results)
        or about_slopes(exercise, results)
        or about_factors(results)
        or unheeded(exercise, function, results)
        or about_numbers(wrong, results)
    )


# --- without looking at numbers


def notebook_data(function: Callable[..., Any]) -> list[str]:
    """Names of arrays, numbers, lists that come from the notebook instead of the arguments."""
    bare = inspect.unwrap(function)
    if not inspect.isfunction(bare):
        return []
    return sorted(
        name
        for name in set(_globals_read(bare.__code__))
        if isinstance(bare.__globals__.get(name), DATA) and not name.isupper()
    )


def _globals_read(code: CodeType) -> Iterator[str]:
    """The global names that code reads; `mean` in np.mean is an attribute, and none of them."""
    yield from (i.argval for i in dis.get_instructions(code) if i.opname == "LOAD_GLOBAL")
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _globals_read(inner)


def about_writing(result: Result) -> str:
    """An input was changed: by which line, and into what it wrote."""
    failing = result.outcome.failing
    line = f" in the line `{failing.line}`" if failing else ""
    into = ""
    if failing and failing.texts and re.fullmatch(r"\w+", failing.texts[0]):
        into = f" `{failing.texts[0]}` is no copy: it is the caller's own."
    return (
        f"It changes one of its inputs{line}.{into} The caller still needs it as it was: make a "
        "new one, as in `w = w - …`."
    )


def _about_time(results: list[Result]) -> str:
    goes_on = any(result.outcome.value == "goes on" for result in results)
    end = "cannot be stopped: restart the kernel before you go on" if goes_on else "was stopped"
    return (
        f"It was still running after {calling.SECONDS:.0f} seconds and {end}. "
        "Which condition should end its loop?"
    )
