"""What can be said of a mistake that the library does not know."""

from __future__ import annotations

import dis
import inspect
import math
from collections.abc import Callable, Iterator
from types import CodeType
from typing import Any

import numpy as np

from course.feedback import calling
from course.feedback.attempt import Result
from course.feedback.comparing import Gap

DATA = (np.ndarray, np.number, int, float, list, dict)
RATIOS = {
    "sign": "Every value has the wrong sign.",
    "m": "Every value is m times too large: was something not divided by the number of examples?",
    "1/m": "Every value is m times too small: was something divided by m twice?",
}


def general_sentence(function: Callable[..., Any], results: list[Result]) -> str | None:
    """The sentence that helps most, or None."""
    kinds = [result.outcome.kind for result in results]
    if "endless" in kinds:
        return _about_time(results)
    if "writes" in kinds:
        return (
            "It writes into one of its inputs, by an assignment such as `X[...] =` or an operator "
            "such as `-=`. The caller still needs it: make a new array, as in `w = w - …`."
        )
    if names := notebook_data(function):
        read = " and ".join(names)
        return f"It reads {read} from the notebook. Use only what is passed in as arguments."
    if "nothing" in kinds:
        return (
            "It returned None. Is the `return` line missing, or did you print the result instead?"
        )
    for result in results:
        if result.outcome.error is not None:
            return about_error(result.outcome.error)
    for result in results:
        for gap in result.gaps:
            if gap.kind == "shape":
                return about_shape(np.shape(gap.got), np.shape(gap.expected))
            if gap.kind == "type" and isinstance(gap.got, tuple):
                return about_tuple(gap)
            if known := about_m(gap, result):
                return known
    return about_ratio(results) or about_difference(results)


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


def _about_time(results: list[Result]) -> str:
    goes_on = any(result.outcome.value == "goes on" for result in results)
    end = "cannot be stopped: restart the kernel before you go on" if goes_on else "was stopped"
    return (
        f"It was still running after {calling.SECONDS:.0f} seconds and {end}. "
        "Which condition should end its loop?"
    )


def about_shape(got: tuple[int, ...], expected: tuple[int, ...]) -> str | None:
    """What can be said of a wrong shape alone."""
    if len(got) == 2 and got == expected[::-1]:
        return "Rows and columns are exchanged."
    if not expected:
        return "One number is asked for, and an array came back: is a sum or a mean missing?"
    if not got:
        return "One number came back, and an array is asked for: is a sum taken over too much?"
    if len(got) < len(expected):
        return f"An axis is lost: the result should have {len(expected)} of them."
    if got[0] == expected[0]:
        return "The rows are right in number, the columns are not. Columns are examples."
    return None


def about_tuple(gap: Gap) -> str:
    """What to say if a tuple came back where one array or number is asked for."""
    wanted = "one array" if np.ndim(gap.expected) else "one number"
    return (
        f"A tuple came back, and {wanted} is asked for. "
        "What stands after `return`, and is there a comma in it?"
    )


def about_m(gap: Gap, result: Result) -> str | None:
    """What to say if everything is off by the sign, or by the number of examples."""
    tables = [a for a in result.case.args if isinstance(a, np.ndarray) and a.ndim == 2]
    if gap.ratio is None or not tables or (m := tables[-1].shape[1]) == 1:
        return None
    for name, value in {"sign": -1.0, "m": float(m), "1/m": 1 / m}.items():
        if math.isclose(gap.ratio, value, rel_tol=1e-4):
            return RATIOS[name]
    return None


def about_ratio(results: list[Result]) -> str | None:
    """What to say if every wrong number is the same multiple of what it should be."""
    ratios = [gap.ratio for result in results for gap in result.gaps]
    if len(ratios) < 2 or not ratios[0]:
        return None
    if not all(r is not None and math.isclose(r, ratios[0], rel_tol=1e-4) for r in ratios):
        return None
    return f"What is wrong is always {ratios[0]:.4g} times what it should be."


def about_difference(results: list[Result]) -> str | None:
    """What to say if every number of every result is off by the same amount."""
    differences = []
    for result in results:
        if any(gap.kind != "values" or isinstance(gap.expected, str) for gap in result.gaps):
            return None
        for gap in result.gaps:
            differences.append(np.ravel(np.subtract(gap.got, gap.expected, dtype=float)))
    if len(differences) < 2 or not all(result.gaps for result in results):
        return None
    off = np.concatenate(differences)
    if not np.allclose(off, off[0], rtol=1e-6):
        return None
    return f"Every value is {abs(off[0]):.4g} too {'large' if off[0] > 0 else 'small'}."


def about_error(error: BaseException) -> str | None:
    """What an error means that stops many beginners, and where to look; None for any other."""
    text = str(error)
    if isinstance(error, RecursionError):
        return "It calls itself, without an end. Which function did you mean to call?"
    if isinstance(error, UnboundLocalError):
        return "A name is used before the line that gives it a value. Which line comes first?"
    if isinstance(error, NameError):
        return (
            "A name is used that nothing has given a value: is it misspelt, or is a line missing?"
        )
    if "NoneType" in text:
        return (
            "Something in it is None: a function without a `return`, or an entry of a list that "
            "was never filled in."
        )
    if "matmul" in text or "not aligned" in text:
        return (
            "The shapes of a matrix product do not fit. Write the shapes over the two factors: the "
            "inner numbers must agree."
        )
    if "could not be broadcast" in text:
        return (
            "Two shapes do not fit entry by entry. Write each shape beside its name, and compare "
            "them from the right: two numbers must be equal, or one of them 1."
        )
    if "truth value of an array" in text:
        return (
            "`if` asks one question of a whole array. Use a function that answers for every entry, "
            "such as np.where or np.maximum."
        )
    if isinstance(error, FloatingPointError):
        return (
            "A number became too large, or a logarithm or a quotient met 0. In a notebook that is "
            "a warning and then inf or nan; here it is an error."
        )
    return None
