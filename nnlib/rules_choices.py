# Plain: edited here; chapter 10 tells of it.
"""Rules for choices: names, seeds, precisions, mini-batches."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from nnlib.rule import Call, InputError, Rule, describe
from nnlib.rules_arrays import FLOATS, as_array

Bad = Iterator[tuple[Any, str]]


class OneOf(Rule):
    """One name out of a few."""

    def __init__(self, *names: str):
        self.names = names
        self.form = f"one of {', '.join(map(repr, names))}"

    def take(self, value: Any, name: str, call: Call) -> str:
        if not isinstance(value, str) or value not in self.names:
            known = ", ".join(self.names)
            raise InputError(f"{name} must be one of {known}; found {describe(value)}.")
        return value

    def good(self, value: Any, axes: dict[str, int]) -> str:
        return self.names[-1]

    def bad(self, good: Any) -> Bad:
        known = f"{{name}} must be one of {', '.join(self.names)}; found "
        yield "gelu", f"{known}'gelu'."
        yield np.array(["relu"]), f"{known}ndarray."
        yield None, f"{known}NoneType."


class YesOrNo(Rule):
    """True or False."""

    form = "bool"

    def take(self, value: Any, name: str, call: Call) -> bool:
        if not isinstance(value, bool | np.bool_):
            raise InputError(f"{name} must be True or False; found {describe(value)}.")
        return bool(value)

    def good(self, value: Any, axes: dict[str, int]) -> bool:
        return False

    def bad(self, good: Any) -> Bad:
        yield "yes", "{name} must be True or False; found 'yes'."
        yield np.array([1, 0]), "{name} must be True or False; found ndarray."


class Seed(Rule):
    """A seed or a generator; None is refused: a run that nobody can repeat is no result."""

    form = "int or numpy.random.Generator"
    says = "A seed, or the generator to draw from. The same seed gives the same numbers."

    def take(self, value: Any, name: str, call: Call) -> np.random.Generator:
        if isinstance(value, np.random.Generator):
            return call.remember(value)
        if isinstance(value, bool | np.bool_) or not isinstance(value, int | np.integer):
            raise InputError(self.refusal(value, name))
        if value < 0:
            raise InputError(self.refusal(value, name))
        return np.random.default_rng(value)

    def refusal(self, value: Any, name: str) -> str:
        """The sentence."""
        wanted = "a seed, 0 or larger, or a numpy.random.Generator"
        return f"{name} must be {wanted}; found {describe(value)}."

    def good(self, value: Any, axes: dict[str, int]) -> int:
        return 0

    def bad(self, good: Any) -> Bad:
        for value in (None, -3, "seed", 1.5, True):
            yield value, self.refusal(value, "{name}")
        yield np.random.RandomState(0), self.refusal(np.random.RandomState(0), "{name}")


class Precision(Rule):
    """float32 or float64."""

    form = "dtype"
    says = "float32 or float64."

    def take(self, value: Any, name: str, call: Call) -> np.dtype[Any]:
        try:
            dtype: np.dtype[Any] | None = np.dtype(value)
        except Exception:  # "f4,," is a SyntaxError
            dtype = None
        if value is None or dtype is None or dtype not in FLOATS:
            found = describe(value) if value is None or dtype is None else dtype
            raise InputError(f"{name} must be float32 or float64; found {found}.")
        return dtype

    def good(self, value: Any, axes: dict[str, int]) -> str:
        return "float64"

    def bad(self, good: Any) -> Bad:
        yield "float16", "{name} must be float32 or float64; found float16."
        yield int, "{name} must be float32 or float64; found int64."
        yield "tree", "{name} must be float32 or float64; found 'tree'."


class PiecesOf(Rule):
    """A list of mini-batches: slices, or arrays of column numbers; every one picks some columns."""

    form = "list of slice or array of int"

    def __init__(self, axis: str):
        self.axis = axis
        self.says = f"Each picks columns: numbers from 0 to {axis} - 1."

    def take(self, value: Any, name: str, call: Call) -> list[Any]:
        m = call.axes[self.axis][0]
        if not isinstance(value, list | tuple) or not value:
            raise InputError(f"{name} must be a list of pieces; found {describe(value)}.")
        taken = []
        for i, piece in enumerate(value):
            columns = piece if isinstance(piece, slice) else as_columns(piece, f"{name}[{i}]", m)
            try:
                empty = np.arange(m)[columns].size == 0
            except (TypeError, ValueError):  # slice("a"), or a step of 0
                raise InputError(f"{name}[{i}] is no slice of columns: {piece}.") from None
            if empty:
                raise InputError(f"{name}[{i}] picks no column.")
            taken.append(columns)
        return taken

    def good(self, value: Any, axes: dict[str, int]) -> list[Any]:
        return [np.arange(axes[self.axis])[::-2], slice(1, 3)]

    def bad(self, good: Any) -> Bad:
        yield None, "{name} must be a list of pieces; found NoneType."
        yield [], "{name} must be a list of pieces; found list."
        yield [slice(9, 9)], "{name}[0] picks no column."
        yield [[0.5]], "{name}[0] must be a slice, or a row of whole numbers; found ndarray …."
        yield [np.array([0, 10**6])], "{name}[0] must hold numbers from 0 to …; found 1000000."


def as_columns(piece: Any, name: str, m: int) -> np.ndarray:
    """Return the numbers of some columns out of m as an array."""
    columns = as_array(piece, name)
    if columns.ndim != 1 or columns.dtype.kind not in "iu":
        found = f"found ndarray of {columns.dtype}, shape {columns.shape}"
        raise InputError(f"{name} must be a slice, or a row of whole numbers; {found}.")
    outside = columns[(columns < 0) | (columns >= m)]
    if outside.size:
        raise InputError(f"{name} must hold numbers from 0 to {m - 1}; found {outside[0]}.")
    return columns
