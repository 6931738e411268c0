"""The edges of the ziggurat by which NumPy draws normal numbers, asked of NumPy itself.

A normal number is, nearly always, an edge times a whole number / 2⁵². So a generator is put where
it will draw a known whole number for a known layer, and the edge can be read off exactly.
"""

from __future__ import annotations

import numpy as np

MULTIPLIER = 0x2360ED051FC65DA44385DF649FCCF645  # of PCG64
MASK = 2**128 - 1
DRAWN = 2**40  # small enough to be accepted at once in all layers but one


def edges() -> list[float]:
    """The right edges of the 256 layers; that of layer 0 stands for its area."""
    return [_normal((DRAWN << 9) | layer) * 2**52 / DRAWN for layer in range(256)]


def _normal(bits: int) -> float:
    """The normal number that NumPy makes when its generator draws these 64 bits."""
    generator = np.random.PCG64(0)
    before = (bits - 1) * pow(MULTIPLIER, -1, 2**128) & MASK  # one step later it stands at `bits`
    generator.state = {
        "bit_generator": "PCG64",
        "state": {"state": before, "inc": 1},
        "has_uint32": 0,
        "uinteger": 0,
    }
    return float(np.random.Generator(generator).standard_normal())
