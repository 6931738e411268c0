# Plain: edited here; chapter 11 tells of it.
"""Random generators whose state comes from a file: looked at in every part before it is used.

NumPy trusts a state that it is given. A forged position makes a generator read beyond its memory,
which ends the program, and a forged increment makes one that returns the same number for ever.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from nnlib.rule import InputError

Part = Callable[[Any], Any]


def whole(most: int, odd: bool = False) -> Part:
    """A part that is one whole number from 0 to `most`."""

    def take(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int | np.integer):
            raise ValueError
        if not 0 <= value <= most or (odd and value % 2 == 0):
            raise ValueError
        return int(value)

    return take


def words(count: int, bits: int) -> Part:
    """A part that is a list or an array of so many whole numbers."""
    one = whole(2**bits - 1)

    def take(value: Any) -> np.ndarray:
        if not isinstance(value, list | np.ndarray) or len(value) != count:
            raise ValueError
        return np.array([one(number) for number in value], dtype=f"u{bits // 8}")

    return take


HALF = {"has_uint32": whole(1), "uinteger": whole(2**32 - 1)}
"""Half of a drawn number that is kept for the next draw."""

PCG = {"state": {"state": whole(2**128 - 1), "inc": whole(2**128 - 1, odd=True)}, **HALF}
PHILOX = {
    "state": {"counter": words(4, 64), "key": words(2, 64)},
    "buffer": words(4, 64),
    "buffer_pos": whole(4),
    **HALF,
}
STATES: dict[str, dict[str, Any]] = {
    "PCG64": PCG,
    "PCG64DXSM": PCG,
    "MT19937": {"state": {"key": words(624, 32), "pos": whole(624)}},
    "Philox": PHILOX,
    "SFC64": {"state": {"state": words(4, 64)}, **HALF},
}
"""What the state of each generator consists of; no other generator is made from a file."""

BIT_GENERATORS = tuple(STATES)


def taken(parts: Any, value: Any) -> Any:
    """The value in the form that NumPy wants, part by part; a `ValueError` if a part is wrong."""
    if not isinstance(parts, dict):
        return parts(value)
    if not isinstance(value, Mapping) or set(value) != set(parts):
        raise ValueError
    return {name: taken(part, value[name]) for name, part in parts.items()}


def generator(state: Mapping[str, Any]) -> np.random.Generator:
    """A random generator that goes on exactly where the saved state stood."""
    try:
        name, parts = state["bit_generator"], dict(state)
        if name not in BIT_GENERATORS:  # a file must not choose what is called
            raise ValueError
        sound = taken({"bit_generator": str, **STATES[name]}, parts)  # nor where it reads
        bits = getattr(np.random, name)()
        bits.state = sound
    except (IndexError, KeyError, TypeError, ValueError):
        raise InputError("rng_state must be the state of a NumPy generator.") from None
    return np.random.Generator(bits)
