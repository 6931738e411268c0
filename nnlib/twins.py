# Plain: edited here; chapter 12 tells of it.
"""Pictures that stand where they should not twice: in both classes, or in both parts."""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np


class Picture(NamedTuple):
    """One picture of many."""

    part: str  # "train" or "test"
    label: str
    called: str  # its name in a remark
    mark: bytes  # of its pixels: equal pictures have equal marks


def mark_of(pixels: np.ndarray) -> bytes:
    """A short number of the pixels of a picture."""
    content = np.ascontiguousarray(pixels).tobytes()
    return hashlib.blake2b(f"{pixels.shape}".encode() + content, digest_size=16).digest()


def twins(pictures: Iterable[Picture]) -> list[str]:
    """Say which pictures stand in both classes, and which in both parts: no line, one or two."""
    groups: dict[bytes, list[Picture]] = {}
    for picture in pictures:
        groups.setdefault(picture.mark, []).append(picture)
    lines = []
    for field, words in (("label", "in both classes"), ("part", "in train and test")):
        found = [pair for group in groups.values() if (pair := pair_of(group, field))]
        if found:
            one, other = found[0]
            more = f", and {len(found) - 1} more" if len(found) > 1 else ""
            lines.append(f"the same picture is {words}: {one.called} and {other.called}{more}")
    return lines


def pair_of(group: list[Picture], field: str) -> tuple[Picture, Picture] | None:
    """Two pictures of a group that differ in a field, if there are such."""
    first = group[0]
    for picture in group[1:]:
        if getattr(picture, field) != getattr(first, field):
            return first, picture
    return None
