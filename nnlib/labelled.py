# Plain: edited here; chapter 12 tells of it.
"""Labelled images: what is wanted of a source, and what was read from it."""

from typing import NamedTuple

import numpy as np

from nnlib.model_notes import ImageShape
from nnlib.photographs import Photographs


class Wanted(NamedTuple):
    """What a source is read for.

    Attributes
    ----------
    parts : tuple of str
        "train" and "test" to learn, "test" to judge.
    shape : ImageShape
        What image files are resized to.
    classes : list of str or None
        What the model calls the labels 0 and 1; None if there is no model yet.
    whole : bool
        True to judge every image, not those alone that are kept for the test.
    """

    parts: tuple[str, ...]
    shape: ImageShape
    classes: list[str] | None = None
    whole: bool = False


class Part(NamedTuple):
    """The images of one part with their labels."""

    images: np.ndarray  # (m, height, width, channels)
    labels: np.ndarray  # (m,)


class Source(NamedTuple):
    """What was read.

    Attributes
    ----------
    parts : dict of Part
        By name: "train", "test", or "all".
    classes : list of str
        What the labels 0 and 1 mean.
    remarks : list of str
        What was taken and what was left, a line each.
    """

    parts: dict[str, Part]
    classes: list[str]
    remarks: list[str]

    def photographs(self) -> Photographs:
        """Both parts, to learn from."""
        return Photographs(*self.parts["train"], *self.parts["test"])
