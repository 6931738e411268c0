# Plain: edited here; chapter 10 tells of it.
"""Rules for photographs: pixels, stacks of images, lists of labels."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from nnlib.rule import Call, InputError, Rule, describe
from nnlib.rules_arrays import as_array

Bad = Iterator[tuple[Any, str]]


class Pixels(Rule):
    """uint8 numbers, as they come from an image file."""

    form = "array of uint8"
    says = "Pixels from 0 to 255; what is not uint8 has probably been scaled already."

    def take(self, value: Any, name: str, call: Call) -> np.ndarray:
        array = as_array(value, name)
        if array.dtype != np.uint8:
            found = f"found dtype {array.dtype}: is it scaled already?"
            raise InputError(f"{name} must hold uint8 pixels; {found}")
        return array

    def good(self, value: Any, axes: dict[str, int]) -> np.ndarray:
        rng = np.random.default_rng(0)
        return rng.integers(0, 256, (axes["n_x"], axes["m"]), dtype=np.uint8)

    def bad(self, good: Any) -> Bad:
        yield good / 255, "{name} must hold uint8 pixels; found dtype float64: …?"
        masked = np.ma.masked_equal(good, 0)
        yield masked, "{name} is a masked array; {name}.filled(value) makes a plain one."


class Images(Rule):
    """A stack of photographs: finite numbers with four axes."""

    form = "array, shape (m, height, width, channels)"
    says = "Photographs; one alone is images[i : i + 1]."

    def __init__(self, examples: str = "m"):
        self.axes = (examples, "height", "width", "channels")

    def take(self, value: Any, name: str, call: Call) -> np.ndarray:
        images = as_array(value, name)
        if images.dtype.kind not in "biuf":
            raise InputError(f"{name} must hold numbers; found dtype {images.dtype}.")
        if images.ndim != 4 or images.size == 0:
            raise InputError(
                f"{name} must have shape (m, height, width, channels); one photograph alone is "
                f"images[i : i + 1]; found shape {images.shape}."
            )
        if not np.isfinite(images).all():
            raise InputError(f"{name} must be finite; found NaN or infinity.")
        for axis, size in zip(self.axes, images.shape, strict=True):
            if call.size(axis, size, name) != size:
                wanted = f"have {call.said(axis)}"
                raise InputError(f"{name} must {wanted}; found shape {images.shape}.")
        return images

    def good(self, value: Any, axes: dict[str, int]) -> np.ndarray:
        size = (axes["m"], 4, 4, 3)
        return np.random.default_rng(0).integers(0, 256, size, dtype=np.uint8)

    def bad(self, good: Any) -> Bad:
        yield good[0], "{name} must have shape (m, height, width, channels); …; found shape …."
        yield good[:0], "{name} must have shape (m, height, width, channels); …; found shape …."
        yield [["a.png"]], "{name} must hold numbers; found dtype <U5."
        yield good * np.nan, "{name} must be finite; found NaN or infinity."


class Even(Rule):
    """Photographs in uint8 whose height and width can be halved."""

    says = "uint8, of even height and width."

    def take(self, value: np.ndarray, name: str, call: Call) -> np.ndarray:
        if value.dtype != np.uint8 or value.shape[1] % 2 or value.shape[2] % 2:
            found = f"found dtype {value.dtype}, shape {value.shape}"
            raise InputError(f"{name} must be uint8, of even height and width; {found}.")
        return value

    def bad(self, good: Any) -> Bad:
        yield good[:, :3], "{name} must be uint8, of even height and width; found …."
        yield good / 255, "{name} must be uint8, of even height and width; found …."


class LabelList(Rule):
    """Labels 0 and 1 as a plain list, one for each photograph."""

    form = "array, shape (m,)"
    says = "Labels 0 and 1, one for each photograph."

    def __init__(self, examples: str = "m"):
        self.axis = examples

    def take(self, value: Any, name: str, call: Call) -> np.ndarray:
        labels = as_array(value, name)
        if labels.ndim != 1 or labels.size == 0:
            raise InputError(f"{name} must have shape (m,); found shape {labels.shape}.")
        if labels.dtype.kind not in "biuf":
            raise InputError(f"{name} must hold only 0 and 1; found dtype {labels.dtype}.")
        other = labels[(labels != 0) & (labels != 1)]
        if other.size:
            raise InputError(f"{name} must hold only 0 and 1; found {other[0]:g}.")
        if call.size(self.axis, labels.size, name) != labels.size:
            wanted = f"one label for each image, {call.said(self.axis)}"
            raise InputError(f"{name} must hold {wanted}; found {labels.size}.")
        return labels

    def good(self, value: Any, axes: dict[str, int]) -> np.ndarray:
        return np.resize([0, 1, 1], axes["m"])

    def bad(self, good: Any) -> Bad:
        yield good[np.newaxis], "{name} must have shape (m,); found shape …."
        yield [], "{name} must have shape (m,); found shape (0,)."
        yield ["tree", "none"], "{name} must hold only 0 and 1; found dtype <U4."
        yield good + 1, "{name} must hold only 0 and 1; found 2."


class SizeOf(Rule):
    """One whole number out of a few."""

    def __init__(self, *sizes: int):
        self.sizes = sizes
        self.form = " or ".join(map(str, sizes))

    def take(self, value: Any, name: str, call: Call) -> int:
        if not isinstance(value, int | np.integer) or value not in self.sizes:
            raise InputError(f"{name} must be {self.form}; found {describe(value)}.")
        return int(value)

    def good(self, value: Any, axes: dict[str, int]) -> int:
        return self.sizes[0]

    def bad(self, good: Any) -> Bad:
        yield 8, f"{{name}} must be {self.form}; found 8."
        yield "16", f"{{name}} must be {self.form}; found '16'."


class FilePath(Rule):
    """The name of a file or folder."""

    form = "str or path"

    def __init__(self, what: str = "the name of a file"):
        self.what = what

    def take(self, value: Any, name: str, call: Call) -> Path:
        if not isinstance(value, str | os.PathLike) or not os.fspath(value):
            raise InputError(f"{name} must be {self.what}; found {describe(value)}.")
        return Path(os.fsdecode(value))

    def good(self, value: Any, axes: dict[str, int]) -> str:
        return "new.npz"

    def bad(self, good: Any) -> Bad:
        yield None, f"{{name}} must be {self.what}; found NoneType."
        yield 7, f"{{name}} must be {self.what}; found 7."
        yield "", f"{{name}} must be {self.what}; found ''."
