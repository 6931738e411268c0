# Plain: edited here; chapter 12 tells of it.
"""What a model file knows of its images: their shape, and what the labels 0 and 1 mean."""

import math
import unicodedata
from typing import Any, NamedTuple

from nnlib.model import Model
from nnlib.rule import InputError

LAYOUT = "height, width, channels"
NUMBERED = ["0", "1"]  # the labels themselves, where nobody has named the classes


class ImageShape(NamedTuple):
    """The shape of each image, in the order of `LAYOUT`."""

    height: int
    width: int
    channels: int

    def __str__(self) -> str:
        colours = {1: "in grey", 3: "in colours"}.get(self.channels, f"of {self.channels} channels")
        return f"{self.height} × {self.width} pixels {colours}"


def notes_of(shape: ImageShape, classes: list[str]) -> dict[str, Any]:
    """Make the notes that `train` saves with a model."""
    return {"classes": classes, **shape._asdict(), "layout": LAYOUT}


def image_shape(model: Model, name: str, size: tuple[int, int] | None = None) -> ImageShape:
    """Say which images a model takes: its notes know it, or the person says it.

    Parameters
    ----------
    model : Model
        Read from the file `name`.
    name : str
        Stands in the sentences.
    size : (int, int), optional
        Height and width as the person says them.

    Returns
    -------
    ImageShape

    Raises
    ------
    InputError
        If nobody says it, or what is said does not fit.
    """
    n_x = model.layers[0].W.shape[1]
    noted = noted_shape(dict(model.notes or {}), name)
    if noted is None and size is None:
        guess = math.isqrt(n_x // 3)
        example = f"{guess}" if 3 * guess**2 == n_x else "36x64"
        wanted = f"say it, as in --size {example}"
        raise InputError(f"{name} does not say which images its {n_x} numbers are; {wanted}.")
    if size is not None and min(size) < 1:
        raise InputError(f"--size must be at least 1; found {min(size)}.")
    if noted is None and size is not None:
        noted = ImageShape(*size, max(1, n_x // math.prod(size)))
    assert noted is not None
    if size is not None and size != noted[:2]:
        raise InputError(f"--size is {size[0]} × {size[1]}; {name} takes images of {noted}.")
    if math.prod(noted) != n_x or (noted.channels not in (1, 3) and size):
        raise InputError(f"{name} takes {n_x} numbers; images of {noted} do not have so many.")
    return noted


def noted_shape(notes: dict[str, Any], name: str) -> ImageShape | None:
    """The shape in the notes, if they hold one."""
    side = notes.get("size")
    if type(side) is int and side > 0:  # square and in colours
        return ImageShape(side, side, 3)
    numbers = [notes.get(axis) for axis in ImageShape._fields]
    if numbers == [None] * 3:
        return None
    if not all(type(number) is int and 0 < number < 2**31 for number in numbers):
        raise InputError(f"{name} notes a shape of its images that is none.")
    layout = notes.get("layout")
    if layout != LAYOUT:
        raise InputError(f"{name} takes images laid out {str(layout)[:60]!r}; here it is {LAYOUT}.")
    return ImageShape(*numbers)  # type: ignore[arg-type]


def class_names(model: Model) -> list[str]:
    """What the labels 0 and 1 mean, if the notes of the model say it."""
    names = (model.notes or {}).get("classes")
    if isinstance(names, list) and len(names) == 2 and all(isinstance(n, str) for n in names):
        return names
    return NUMBERED


def same_classes(found: list[str], wanted: list[str]) -> list[str] | None:
    """The names `found` in the order of `wanted`, or None if they are other names.

    Capitals do not count, nor the two ways to write é.
    """
    if sorted(found) == sorted(wanted):
        return list(wanted)
    by_key = {unicodedata.normalize("NFC", name).casefold(): name for name in found}
    keys = [unicodedata.normalize("NFC", name).casefold() for name in wanted]
    if len(by_key) == len(found) and sorted(by_key) == sorted(keys):
        return [by_key[key] for key in keys]
    return None
