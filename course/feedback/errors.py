"""What an error means that stops many beginners, with the names and shapes of their own line."""

from __future__ import annotations

import difflib
import re
from typing import Any

import numpy as np

from course.feedback.attempt import Result
from course.feedback.error_words import TYPES, VALUES
from course.feedback.failing import Operation, is_function_of_math
from course.feedback.misfits import about_call, about_operands, where
from course.feedback.words import enumerated

OVERFLOW = (
    "A number became too large, or a logarithm or a quotient met 0. In a notebook that is a "
    "warning and then inf or nan; here it is an error."
)


def about_error(result: Result) -> str:
    """One sentence or two on the error that ended a call."""
    error, failing = result.outcome.error, result.outcome.failing
    assert error is not None
    for kind, says in KINDS:
        if isinstance(error, kind):
            text: str | None = says(error, failing) if callable(says) else says
            if text:
                return text
    return f"It stopped with {type(error).__name__}. {where(failing)}".rstrip()


def about_name(error: BaseException, failing: Operation | None) -> str:
    """A name that nothing has given a value."""
    name = re.search(r"name '(\w+)'", str(error))
    named = f"`{name[1]}`" if name else "A name"
    return (
        f"{named} is used, and nothing has given it a value: is it misspelt, or is a line missing?"
    )


def about_attribute(error: BaseException, failing: Operation | None) -> str | None:
    """A misspelt name of NumPy, a field of a record, or None."""
    text = str(error)
    if "NoneType" in text:
        return NONE
    if "can't set attribute" in text or "has no setter" in text:
        return (
            "A record such as Layer cannot be changed: its fields are set once, when it is made. "
            "Make a new one."
        )
    found = re.search(r"(?:module '(\w+)'|'([\w.]+)' object) has no attribute '(\w+)'", text)
    if not found:
        return None
    owner, name = found[1] or found[2], found[3]
    if owner == "function":
        return f"A function is used where a thing with `{name}` is meant. {where(failing)}"
    source: Any = {"numpy": np, "numpy.ndarray": np.ndarray}.get(owner)
    near = difflib.get_close_matches(name, dir(source), n=1) if source else []
    guess = f" Did you mean `{near[0]}`?" if near else ""
    if fields := getattr(getattr(error, "obj", None), "_fields", None):
        guess = f" It has {enumerated([f'`{field}`' for field in fields])}."
    return f"{owner} has nothing named `{name}`.{guess}"


def about_index(error: BaseException, failing: Operation | None) -> str:
    """A place in a list or array that does not exist."""
    if found := re.search(
        r"axis (-?\d+) is out of bounds for array of dimension (\d+)", str(error)
    ):
        axes = "no axis" if found[2] == "0" else f"{found[2]} of them, numbered from 0"
        return f"Axis {found[1]} is asked for, and the array has {axes}. {where(failing)}"
    if failing and failing.kind == "[]":
        owner, index = failing.operands
        name, asked = failing.texts
        if isinstance(owner, list | tuple) and isinstance(index, int):
            return (
                f"`{name}` has {len(owner)} entries, numbered 0 to {len(owner) - 1}, and "
                f"`{asked}` is {index} here."
                + (" Does a loop go one turn too far?" if index == len(owner) else "")
            )
        if isinstance(owner, np.ndarray):
            return _about_place(str(error), owner, name, asked)
    return "An index is past the end: lists and axes are numbered from 0."


def _about_place(text: str, owner: np.ndarray, name: str, asked: str) -> str:
    """A row or column of an array that does not exist."""
    found = re.search(r"index (-?\d+) is out of bounds for axis (\d) with size (\d+)", text)
    if not found or owner.ndim != 2:
        return f"`{name}` has shape {owner.shape}, and `[{asked}]` asks for more."
    place, axis, size = map(int, found.groups())
    what = ("row", "column")[axis]
    said = (
        f"`{name}[{asked}]` asks for {what} {place}, and `{name}` has shape {owner.shape}: its "
        f"{what}s are numbered 0 to {size - 1}."
    )
    if axis == 0 and place < owner.shape[1]:
        said += " The first index counts rows; was a column meant?"
    return said


def about_type(error: BaseException, failing: Operation | None) -> str | None:
    """None where a number is asked for, a function of one number, a wrong call."""
    text = str(error)
    if "NoneType" in text:
        return NONE
    if "length-1 arrays" in text or "0-dimensional arrays" in text:
        if failing and is_function_of_math(failing):
            return (
                f"`{failing.operands[0]}` of the module math takes one number, and was given an "
                "array. NumPy has functions that work on every entry."
            )
        if failing and failing.kind == "call" and np.size(failing.operands[-1]) == 1:
            return BOX
        return "One number is asked for here, and an array was given: is a sum missing?"
    for pattern, says in TYPES:
        if found := re.search(pattern, text):
            return f"{says.format(*found.groups())} {where(failing)}"
    if "integer" in text and "float" in text:
        return (
            "A size, an index or a number of turns must be a whole number, and one with a fraction "
            f"stands there: does a bracket close too late? {where(failing)}"
        )
    if failing and failing.kind == "call" and failing.operands[0] in AXIS_SECOND:
        function = failing.operands[0]
        if len(failing.operands) > 2:
            return (
                f"The second argument of `np.{function}` is an axis: it takes one array, and looks "
                "through that. Which function compares two things entry by entry?"
            )
    if missing := re.search(r"missing \d+ required positional arguments?: (.+)", text):
        return (
            f"It was called without {missing[1]}. The parameters are part of the exercise: what "
            "else it needs, it can compute inside."
        )
    if "not subscriptable" in text or "not iterable" in text or "unpack" in text:
        return f"A single thing is used like a list there. {where(failing)}"
    return about_operands(failing)


def about_value(error: BaseException, failing: Operation | None) -> str | None:
    """Shapes that do not fit, and questions that an array does not answer."""
    text = str(error)
    if "truth value of an array" in text:
        what = ""
        if failing and failing.kind == "truth" and np.ndim(failing.operands[0]):
            what = f"`{failing.texts[0]}` has shape {np.shape(failing.operands[0])}. "
        if failing and re.search(
            r"(= |return )\w+ or |if (not )?\w+\b[^.\[(=<>]*(:|else)", failing.line
        ):
            return what + (
                "Python asks here whether a whole array is true, and an array does not answer "
                "that. To find out whether something was passed in, compare it with None: `… is "
                "None`. For a question to every entry there are functions of NumPy."
            )
        return what + (
            "One question is asked of a whole array (by `if`, `and`, `or`, `not`, or Python's own "
            "max and min). Which functions of NumPy answer for every entry?"
        )
    if "can only convert an array of size 1" in text:
        return (
            f"One number is asked for, and an array was given: is a sum missing? {where(failing)}"
        )
    for pattern, says in VALUES:
        if found := re.search(pattern, text):
            return f"{says.format(*found.groups())} {where(failing)}"
    if "unpack" in text:
        return f"A number of names stands on the left that does not fit. {where(failing)}"
    if said := about_operands(failing):
        return said
    if "matmul" in text or "not aligned" in text:
        return (
            "The shapes of a matrix product do not fit. Write the shapes over the two factors: the "
            "inner numbers must agree."
        )
    if found := re.search(r"cannot reshape array of size (\d+) into shape (\([\d,]*\))", text):
        return (
            f"An array with {found[1]} entries cannot take the shape {found[2]}. {where(failing)} "
            "Is a size written into the code that should be read from an argument?"
        )
    if "broadcast" in text or "matmul" in text or "aligned" in text:
        if said := about_call(failing):
            return said
    if "broadcast" in text:
        return (
            "Two shapes do not fit entry by entry. Write each shape beside its name, and compare "
            "them from the right: two numbers must be equal, or one of them 1."
        )
    if "reshape" in text:
        return "The new shape has another number of entries than the old one."
    return None


def about_division(error: BaseException, failing: Operation | None) -> str:
    """A number that is 0 below the line."""
    return f"Something was divided by 0. {where(failing)}"


AXIS_SECOND = {"max", "min", "amax", "amin"}
NONE = (
    "Something in it is None: a function without a `return`, or an entry of a list that was never "
    "filled in."
)
BOX = "A table such as [[3.0]], of shape (1, 1), is used as one number. What takes the number out?"
KINDS: tuple[tuple[type[BaseException], Any], ...] = (
    (RecursionError, "It calls itself, without an end. Which function did you mean to call?"),
    (
        UnboundLocalError,
        "A name is used before the line that gives it a value. Which line comes first?",
    ),
    (NameError, about_name),
    (AttributeError, about_attribute),
    (IndexError, about_index),
    (KeyError, "There is no such key. Which keys does it have, and how are they written?"),
    (
        AssertionError,
        "An `assert` of yours does not hold. Either what it says is wrong, or a line above it.",
    ),
    (DeprecationWarning, BOX),
    (TypeError, about_type),
    (ValueError, about_value),
    (FloatingPointError, OVERFLOW),
    (
        OverflowError,
        "A number is too large for the kind of array that it meets: a pixel of kind uint8 ends at "
        "255. Which kind of number should the result have?",
    ),
    (ZeroDivisionError, about_division),
    (SystemExit, "It ended with exit(). A function ends with `return`."),
)
