# Plain: edited here; chapter 10 tells of it.
"""Rules for single numbers: any one, a label, a rate, a share, a count, a step."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from nnlib.rule import Call, InputError, Rule, describe, hold
from nnlib.rules_arrays import FLOAT64, as_numbers

Bad = Iterator[tuple[Any, str]]


def as_float(value: Any, name: str, wanted: str) -> float:
    """Return a number as a float; whole numbers of more than 308 digits become infinite."""
    numbers = (int, float, np.integer, np.floating)
    if isinstance(value, bool) or not isinstance(value, numbers):
        raise InputError(f"{name} must be {wanted}; found {type(value).__name__}.")
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


class OneNumber(Rule):
    """One finite number; an array of one number counts as one."""

    form = "number"
    says = "One finite number."

    def take(self, value: Any, name: str, call: Call) -> float:
        if type(value) is float and math.isfinite(value):
            call.weigh(abs(value), FLOAT64)
            return value
        array = as_numbers(value, name, call)
        if array.size != 1:
            raise InputError(f"{name} must be one number; found shape {array.shape}.")
        number: float = array.item()
        return number

    def good(self, value: Any, axes: dict[str, int]) -> float:
        return 0.3

    def bad(self, good: Any) -> Bad:
        yield "0.1", "{name} must hold real numbers; found dtype <U3."
        yield None, "{name} must hold real numbers; found dtype object."
        yield [1, 2], "{name} must be one number; found shape (2,)."
        yield np.nan, "{name} must be finite; found NaN or infinity."


class OneLabel(OneNumber):
    """One label, 0 or 1."""

    form = "0 or 1"
    says = "One label."

    def take(self, value: Any, name: str, call: Call) -> float:
        label = super().take(value, name, call)
        if label not in (0, 1):
            raise InputError(f"{name} must hold only the labels 0 and 1; found {label:g}.")
        return label

    def good(self, value: Any, axes: dict[str, int]) -> float:
        return 1.0

    def bad(self, good: Any) -> Bad:
        yield from super().bad(good)
        yield 2, "{name} must hold only the labels 0 and 1; found 2."


class Positive(Rule):
    """A finite number above 0."""

    form = "number above 0"
    says = "A finite number above 0."

    def take(self, value: Any, name: str, call: Call) -> float:
        number = as_float(value, name, "a number above 0")
        if not 0 < number < math.inf:
            raise InputError(f"{name} must be a finite number above 0; found {number:g}.")
        call.weigh(number, FLOAT64)
        return number

    def good(self, value: Any, axes: dict[str, int]) -> float:
        return 0.1

    def bad(self, good: Any) -> Bad:
        for value, found in ((0, "0"), (-0.1, "-0.1"), (np.nan, "nan"), (10**400, "inf")):
            yield value, f"{{name}} must be a finite number above 0; found {found}."
        for other, found in (("0.1", "str"), (True, "bool"), (None, "NoneType"), ([0.1], "list")):
            yield other, f"{{name}} must be a number above 0; found {found}."


class Share(Rule):
    """A number from 0 to 1."""

    form = "number from 0 to 1"
    says = "A number from 0 to 1."

    def take(self, value: Any, name: str, call: Call) -> float:
        number = as_float(value, name, "a number from 0 to 1")
        if not 0 <= number <= 1:
            raise InputError(f"{name} must be a number from 0 to 1; found {number:g}.")
        return number

    def good(self, value: Any, axes: dict[str, int]) -> float:
        return 0.5

    def bad(self, good: Any) -> Bad:
        for value, found in ((1.5, "1.5"), (-1, "-1"), (np.nan, "nan"), (10**400, "inf")):
            yield value, f"{{name}} must be a number from 0 to 1; found {found}."
        yield "half", "{name} must be a number from 0 to 1; found str."


class Whole(Rule):
    """A whole number that is not too small, nor the length of an array that nobody can hold."""

    form = "int"

    def __init__(self, minimum: int = 1, counts: str = "", note: str = ""):
        self.minimum, self.counts = minimum, counts
        self.says = f"A whole number, {minimum} or more. {note}".rstrip()

    def take(self, value: Any, name: str, call: Call) -> int:
        if isinstance(value, bool) or not isinstance(value, int | np.integer):
            raise InputError(f"{name} must be a whole number; found {type(value).__name__}.")
        if not -(2**63) <= value < 2**63:
            wanted = "a whole number of at most 64 bits"
            raise InputError(f"{name} must be {wanted}; found a larger one.")
        if value < self.minimum:
            raise InputError(f"{name} must be at least {self.minimum}; found {value}.")
        if self.counts:
            hold((int(value),), self.counts)
        return int(value)

    def good(self, value: Any, axes: dict[str, int]) -> int:
        return max(self.minimum, 2)

    def bad(self, good: Any) -> Bad:
        yield 2.5, "{name} must be a whole number; found float."
        yield True, "{name} must be a whole number; found bool."
        yield None, "{name} must be a whole number; found NoneType."
        yield "3", "{name} must be a whole number; found str."
        yield 10**30, "{name} must be a whole number of at most 64 bits; found a larger one."
        few = self.minimum - 1
        yield few, f"{{name}} must be at least {self.minimum}; found {few}."


class OnePerStep(Rule):
    """Numbers in a list, one per step or epoch; the last may be infinite, or no number."""

    form = "list of float"
    says = "At least one number."

    def take(self, value: Any, name: str, call: Call) -> list[float]:
        if not isinstance(value, list | tuple) or not value:
            raise InputError(f"{name} must be a list of numbers; found {describe(value)}.")
        return [as_float(number, f"{name}[{i}]", "a number") for i, number in enumerate(value)]

    def good(self, value: Any, axes: dict[str, int]) -> list[float]:
        return [0.7, 0.6, 0.5]

    def bad(self, good: Any) -> Bad:
        yield [], "{name} must be a list of numbers; found list."
        yield 0.5, "{name} must be a list of numbers; found 0.5."
        yield [0.5, "x"], "{name}[1] must be a number; found str."


class AtMost(Rule):
    """A count that another argument limits: a number, or the columns of an array."""

    def __init__(self, of: str):
        self.of = of
        self.says = f"At most {'m' if of == 'm' else f'the number of columns of {of}'}."

    def take(self, value: int, name: str, call: Call) -> int:
        other = call.given[self.of]
        most = other if isinstance(other, int) else other.shape[1]
        if value > most:
            raise InputError(f"{name} must be at most {most}, all examples; found {value}.")
        return value

    def bad(self, good: Any) -> Bad:
        yield 10**6, "{name} must be at most …, all examples; found 1000000."


class StepIn(Rule):
    """A step that changes every number of an array (or of a dict of arrays) when it is added."""

    def __init__(self, of: str):
        self.of = of

    def take(self, value: float, name: str, call: Call) -> float:
        points = call.given[self.of]
        for P in points.values() if isinstance(points, dict) else [points]:
            P = np.asarray(P, dtype=np.float64)
            wide = (P + value) - (P - value)
            moved = np.abs(wide - 2 * value) <= 1e-3 * value  # else it is rounded away
            if not moved.all():
                stuck = P[~moved].ravel()[0]
                no_step = f"{name} {value:g} is no step that can be taken from {stuck:g}"
                raise InputError(f"{no_step} in {self.of}.")
        return value

    def bad(self, good: Any) -> Bad:
        yield 1e-30, "{name} 1e-30 is no step that can be taken from … in …."
