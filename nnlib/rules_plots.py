# Plain: edited here.
"""Rules for what can be drawn: colours, grids, runs, and the axes of a figure."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from nnlib.rule import Call, InputError, Rule
from nnlib.rules_arrays import Shape, as_array, as_numbers
from nnlib.rules_images import Images
from nnlib.rules_settings import Whole

Bad = Iterator[tuple[Any, str]]
LARGEST = 1e100
"""Beyond it the axes of a figure overflow."""


class Colours(Images):
    """Photographs that can be drawn: red, green, blue; uint8, or floats from 0 to 1."""

    form = "array, shape (m, height, width, 3)"
    says = "Photographs: uint8 from 0 to 255, or floats from 0 to 1."

    def take(self, value: Any, name: str, call: Call) -> np.ndarray:
        images = super().take(value, name, call)
        drawable = images.dtype == np.uint8 or (images.min() >= 0 and images.max() <= 1)
        if images.shape[3] != 3 or not drawable:
            found = f"found dtype {images.dtype}, shape {images.shape}"
            raise InputError(
                f"{name} must hold 3 colours, uint8 or floats from 0 to 1; {found}, "
                f"values from {float(images.min()):g} to {float(images.max()):g}."
            )
        return images if images.dtype == np.uint8 else images.astype(np.float64)

    def bad(self, good: Any) -> Bad:
        yield from super().bad(good)
        wrong = "{name} must hold 3 colours, uint8 or floats from 0 to 1; found dtype …, values …."
        yield good[..., :2], wrong
        yield good / 2.0, wrong


class OneEach(Rule):
    """A list with one entry for each photograph."""

    form = "sequence"

    def __init__(self, of: str):
        self.of = of
        self.says = f"One for each of the {of}."

    def take(self, value: Any, name: str, call: Call) -> Any:
        m = len(call.given[self.of])
        if as_array(value, name).shape != (m,):
            raise InputError(f"{name} must hold one entry for each of the {m} photographs.")
        return value

    def good(self, value: Any, axes: dict[str, int]) -> list[str]:
        return ["tree"] * axes["m"]

    def bad(self, good: Any) -> Bad:
        yield good[:1], "{name} must hold one entry for each of the … photographs."
        yield "tree", "{name} must hold one entry for each of the … photographs."


class Upwards(Rule):
    """The places along one axis of a grid: each larger than the one before."""

    form = "array, shape (k,)"
    says = "Two or more numbers that go upwards."

    def take(self, value: np.ndarray, name: str, call: Call) -> np.ndarray:
        if value.ndim != 1 or len(value) < 2 or (value[1:] <= value[:-1]).any():
            raise InputError(f"{name} must be a row of 2 or more numbers that go upwards.")
        return value

    def good(self, value: Any, axes: dict[str, int]) -> np.ndarray:
        return np.array([-1.0, 0.0, 2.0])

    def bad(self, good: Any) -> Bad:
        for wrong in (good[::-1], good[:1], good[:, np.newaxis], [1, 1]):
            yield wrong, "{name} must be a row of 2 or more numbers that go upwards."


class Drawable(Rule):
    """Numbers that are not too large for the axes of a figure."""

    def take(self, value: np.ndarray, name: str, call: Call) -> np.ndarray:
        largest = float(np.abs(value).max())
        if not largest < LARGEST:
            wanted = f"must lie between -{LARGEST:g} and {LARGEST:g} to be drawn"
            raise InputError(f"{name} {wanted}; found {largest:g}.")
        return value

    def bad(self, good: Any) -> Bad:
        yield good * 1e200, "{name} must lie between -1e+100 and 1e+100 to be drawn; found …."


class Points(Shape):
    """Points of the plane, one after the other."""

    def __init__(self) -> None:
        super().__init__("steps + 1", 2, each="one point of the plane per row")

    def good(self, value: Any, axes: dict[str, int]) -> np.ndarray:
        return np.array([[1.0, 1.0], [0.5, 0.2], [0.1, 0.0]])


class TwoTexts(Rule):
    """A text for each of the two axes."""

    form = "pair of str"
    says = "The labels of the axes."

    def take(self, value: Any, name: str, call: Call) -> Any:
        pair = isinstance(value, tuple | list) and len(value) == 2
        if not pair or not all(isinstance(one, str) for one in value):
            raise InputError(f"{name} must be a pair of texts, one for each axis.")
        return value

    def good(self, value: Any, axes: dict[str, int]) -> tuple[str, str]:
        return ("w", "b")

    def bad(self, good: Any) -> Bad:
        for wrong in ("wb!", ("w",), ("w", 2), None):
            yield wrong, "{name} must be a pair of texts, one for each axis."


class AxesOfAFigure(Rule):
    """Axes of matplotlib, to draw in."""

    form = "matplotlib.axes.Axes"
    says = "Where to draw; a new figure if it is not given."

    def take(self, value: Any, name: str, call: Call) -> Any:
        from matplotlib.axes import Axes

        if not isinstance(value, Axes):
            found = type(value).__name__
            raise InputError(f"{name} must be an Axes of matplotlib; found {found}.")
        return value

    def bad(self, good: Any) -> Bad:
        yield "top", "{name} must be an Axes of matplotlib; found str."


class Runs(Rule):
    """The costs of one run, or of several; they become a list of runs."""

    form = "sequence of float, or sequence of such sequences"
    says = "The cost before each step of one run; or one sequence per run."

    def take(self, value: Any, name: str, call: Call) -> list[np.ndarray]:
        value = list(value) if isinstance(value, np.ndarray) and value.ndim else value
        if not isinstance(value, list | tuple) or not value:
            raise InputError(f"{name} must be a list of numbers, or a list of such lists.")
        several = isinstance(value[0], list | tuple) or getattr(value[0], "ndim", 0) > 0
        rows = value if several else [value]
        runs = [as_numbers(row, f"{name} of run {i}") for i, row in enumerate(rows, start=1)]
        if any(run.ndim != 1 or not float(np.abs(run).max()) < LARGEST for run in runs):
            raise InputError(f"{name} of each run must be a row of numbers up to 1e100.")
        return runs

    def good(self, value: Any, axes: dict[str, int]) -> list[float]:
        return [0.7, 0.5, 0.4]

    def bad(self, good: Any) -> Bad:
        others: tuple[Any, ...] = (None, [], 0.7, "costs")
        for other in others:
            yield other, "{name} must be a list of numbers, or a list of such lists."
        yield [0.5, np.nan], "{name} of run 1 must be finite; found NaN or infinity."
        yield [good, ["x"]], "{name} of run 2 must hold real numbers; found dtype <U1."
        yield [[1e200, 1.0]], "{name} of each run must be a row of numbers up to 1e100."
        yield [[good, good]], "{name} of each run must be a row of numbers up to 1e100."


class RunNames(Rule):
    """One name for each run; a text counts as a list of one."""

    form = "str or sequence of str"

    def __init__(self, of: str):
        self.of = of
        self.says = "One name per run."

    def take(self, value: Any, name: str, call: Call) -> list[str]:
        names = [value] if isinstance(value, str) else value
        count = len(call.given[self.of])
        texts = isinstance(names, list | tuple) and all(isinstance(one, str) for one in names)
        if not texts or len(names) != count:
            raise InputError(f"{name} must hold one name for each of the {count} runs.")
        return list(names)

    def good(self, value: Any, axes: dict[str, int]) -> str:
        return "training"

    def bad(self, good: Any) -> Bad:
        for wrong in (["a", "b"], 3, [None]):
            yield wrong, "{name} must hold one name for each of the 1 runs."


class SizeOfImage(Rule):
    """Height, width and perhaps channels of an image that an array fills."""

    form = "(height, width) or (height, width, channels)"

    def __init__(self, of: str):
        self.of = of
        self.says = f"As many entries as {of} has."

    def take(self, value: Any, name: str, call: Call) -> tuple[int, ...]:
        row = isinstance(value, tuple | list) or (isinstance(value, np.ndarray) and value.ndim == 1)
        given = value if row else (value,)
        size = tuple(Whole().take(n, f"each entry of {name}", call) for n in given)
        wanted = call.given[self.of].size
        if len(size) not in (2, 3) or wanted != math.prod(size):
            raise InputError(
                f"{name} must be (height, width) or (height, width, channels) with {wanted} "
                f"entries, as many as {self.of} has; found {size}."
            )
        return size

    def good(self, value: Any, axes: dict[str, int]) -> tuple[int, ...]:
        return (1, axes["n_x"], axes["m"])

    def bad(self, good: Any) -> Bad:
        wrong = "{name} must be (height, width) or (height, width, channels) with …; found …."
        yield (2, 2), wrong
        yield (math.prod(good),), wrong
        yield (1.0, 3.0), "each entry of {name} must be a whole number; found float."
        yield None, "each entry of {name} must be a whole number; found NoneType."
