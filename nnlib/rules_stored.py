# Plain: edited here; chapter 13 tells of it.
"""Rules for data in a memory-mapped file: looked at block by block, never copied as a whole."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from nnlib.rule import Call
from nnlib.rules_arrays import Numbers, ZerosAndOnes, as_numbers

AT_ONCE = 2**15  # numbers in one look


def on_disk(value: Any) -> bool:
    """True for an array whose numbers lie in a file: `np.memmap`, or a view of one."""
    while isinstance(value, np.ndarray):
        if isinstance(value, np.memmap):
            return True
        value = value.base
    return False


def looks(array: np.ndarray) -> Iterator[np.ndarray]:
    """The array in pieces, each in one place of the file; they are views, not copies."""
    lines = array.T if array.flags.f_contiguous else array
    count = max(1, AT_ONCE // max(1, lines[:1].size))
    for start in range(0, max(1, len(lines)), count):
        yield lines[start : start + count]


class Stored(Numbers):
    """Finite numbers in memory or in a file; what lies in a file stays there, as it is."""

    says = (
        "Finite real numbers. A memory-mapped file, as `np.load(path, mmap_mode='r')` opens it, "
        "is read block by block."
    )

    def take(self, value: Any, name: str, call: Call) -> np.ndarray:
        if not on_disk(value):
            return super().take(value, name, call)
        count, longest, whole = 0, 0.0, value.dtype.kind in "bui"  # no NaN among whole numbers
        for piece in looks(value):
            seen = Call()
            as_numbers(np.asarray(piece[:1] if whole else piece), name, seen)
            count, longest = count + 1, max(longest, seen.longest)
        call.weigh(10**longest * count**0.5, value.dtype)
        array: np.ndarray = value
        return array


class StoredZerosAndOnes(ZerosAndOnes):
    """Labels 0 and 1 in memory or in a file; what lies in a file stays there, as it is."""

    def take(self, value: np.ndarray, name: str, call: Call) -> np.ndarray:
        if not on_disk(value):
            return super().take(value, name, call)
        for piece in looks(value):
            if not (piece == (piece != 0)).all():
                super().take(np.asarray(piece), name, Call())  # which says what was found
        return value
