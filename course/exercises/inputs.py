"""What cases are made of: units, layers, labels and examples, random and the same at every run.

All sizes differ in one set and all widths are equal in another, no bias is zero, signs are mixed
and both labels occur, so that a wrong version cannot pass by luck.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import NamedTuple

import numpy as np

from nnlib.kinds import Array
from nnlib.network import Layer


class Unit(NamedTuple):
    """Parameters of one unit, examples and labels."""

    about: str
    w: Array
    b: float
    X: Array
    Y: Array


class Net(NamedTuple):
    """Layers, examples and labels."""

    about: str
    layers: list[Layer]
    X: Array
    Y: Array


SHIFT: ContextVar[int] = ContextVar("which random numbers", default=0)


def random(seed: int) -> np.random.Generator:
    """Random numbers, the same for the same seed."""
    return np.random.default_rng([seed, SHIFT.get()] if SHIFT.get() else seed)


@contextmanager
def other_numbers(shift: int) -> Iterator[None]:
    """Inside the block every case is drawn from other random numbers."""
    token = SHIFT.set(shift)
    try:
        yield
    finally:
        SHIFT.reset(token)


def labels(m: int) -> Array:
    """Both labels, in an order that is not symmetric."""
    return np.resize([1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0], m).reshape(1, m)


def unit(about: str, n: int, m: int, seed: int, b: float = 0.7) -> Unit:
    """One unit with n features, and m examples for it."""
    rng = random(seed)
    w, X = rng.normal(size=(n, 1)), rng.normal(size=(n, m))
    if n < 3:  # small enough to be redone by hand
        w, X = w.round(1), X.round(1)
    return Unit(about, w, b, X, labels(m))


def units() -> list[Unit]:
    """The smallest first."""
    return [
        unit("2 features, 3 examples", 2, 3, 1),
        unit("5 features, 7 examples", 5, 7, 2),
        unit("4 features, 6 examples, another b", 4, 6, 3, b=-1.3),
    ]


def random_layers(
    sizes: Sequence[int], seed: int, hidden: str | Sequence[str] = "relu"
) -> list[Layer]:
    """Layers of these sizes; the biases are not zero."""
    rng = random(seed)
    count = len(sizes) - 1
    names = [hidden] * (count - 1) if isinstance(hidden, str) else list(hidden)
    return [
        Layer(
            rng.normal(size=(sizes[k + 1], sizes[k])) * 0.8,
            rng.normal(size=(sizes[k + 1], 1)) * 0.5,
            name,
        )
        for k, name in enumerate([*names, "sigmoid"])
    ]


def net(
    about: str, sizes: Sequence[int], m: int, seed: int, hidden: str | Sequence[str] = "relu"
) -> Net:
    """A network of these sizes, and m examples for it."""
    X, layers = random(seed + 100).normal(size=(sizes[0], m)), random_layers(sizes, seed, hidden)
    if max(sizes) < 3:  # small enough to be redone by hand
        X = X.round(1)
        layers = [Layer(W.round(1), b.round(1), name) for W, b, name in layers]
    return Net(about, layers, X, labels(m))


def networks() -> tuple[Net, ...]:
    """The smallest first, then all sizes different, then equal widths."""
    return _networks(SHIFT.get())


@cache
def _networks(shift: int) -> tuple[Net, ...]:
    return (
        net("a 2-2-1 network, 3 examples", (2, 2, 1), 3, 1, "tanh"),
        net("a 5-4-3-1 network, 7 examples", (5, 4, 3, 1), 7, 2, ("relu", "tanh")),
        net("a 4-4-4-1 network, 7 examples", (4, 4, 4, 1), 7, 3, ("tanh", "relu")),
        net("a 4-3-2-1 network, tanh and sigmoid", (4, 3, 2, 1), 5, 4, ("tanh", "sigmoid")),
    )
