"""The inputs on which the functions of a network are tried, the smallest first.

What a forward pass keeps is what the network computed: A really is g(Z).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from course.exercises.exercise import Case
from course.exercises.inputs import networks, random, random_layers
from nnlib.network import Layer, backward, forward


def layer_z_cases() -> list[Case]:
    """One example, sizes that all differ, and a square W."""
    result = []
    for n_out, n_in, m in [(2, 3, 1), (4, 3, 7), (4, 4, 4)]:
        rng = random(n_out + n_in + m)
        W, b = rng.normal(size=(n_out, n_in)), rng.normal(size=(n_out, 1))
        about = f"{n_out} units, {n_in} inputs, {m} example{'s' if m > 1 else ''}"
        result.append(Case(about, (W, b, rng.normal(size=(n_in, m)))))
    return result


def forward_cases() -> list[Case]:
    """Every network with its examples."""
    return [Case(about, (layers, X)) for about, layers, X, _ in networks()]


def backward_cases() -> list[Case]:
    """Every network with its cache, and one answer that is sure and right."""
    cases = [Case(about, (layers, forward(layers, X), Y)) for about, layers, X, Y in networks()]
    layers, X = random_layers((2, 1), 6), np.array([[1.0, 0.5], [0.2, -0.3]])
    layers[0] = layers[0]._replace(b=np.array([[60.0]]))
    sure = (layers, forward(layers, X), np.array([[1.0, 1.0]]))
    return [*cases, Case("a sure and right answer: A is exactly 1", sure)]


def update_cases() -> list[Case]:
    """Every network with its gradients, at several learning rates."""
    return [
        Case(
            f"{about}, learning rate {rate}",
            (layers, backward(layers, forward(layers, X), Y), rate),
        )
        for (about, layers, X, Y), rate in zip(networks(), (0.1, 0.2, 0.5, 0.1), strict=True)
    ]


def epoch_cases() -> list[Case]:
    """Full batches and mini-batches; the last piece is shorter than the others."""
    small, large, square, _ = networks()
    order = np.array([4, 0, 6, 2, 5, 1, 3])
    return [
        Case(f"{small.about}, all at once", (*small[1:], [slice(None)], 0.1)),
        Case(f"{large.about}, in pieces of 3, 3 and 1", (*large[1:], np.split(order, [3, 6]), 0.5)),
        Case(f"{square.about}, in pieces of 5 and 2", (*square[1:], np.split(order, [5]), 0.2)),
    ]


# --- a random start


def initialize_cases() -> list[Case]:
    """Wide layers: only then do random numbers say well how they were drawn."""
    return [
        Case("sizes (120, 100, 80, 1), relu", ((120, 100, 80, 1), "relu", 0)),
        Case("sizes (90, 90, 90, 1), tanh", ((90, 90, 90, 1), "tanh", 1)),
        Case("sizes (30, 1200, 1), relu, scale 0.05", ((30, 1200, 1), "relu", 2, 0.05)),
    ]


class Start(NamedTuple):
    """What can be compared in two random starts of a layer: everything but the numbers drawn."""

    is_a_layer: bool
    W_shape: Any
    b_shape: Any
    b_size: float
    spread: float  # of W, times the root of the number of inputs
    centred: bool
    rows_differ: bool
    gaussian: bool
    activation: str


def starts(args: tuple[Any, ...], layers: Sequence[Layer]) -> list[Start]:
    """What must be true of any right start, layer by layer."""
    return [_start(n_in, layer) for n_in, layer in zip(args[0], layers, strict=False)]


def _start(n_in: int, layer: Layer) -> Start:
    W, b, activation = layer
    W, b = np.asarray(W, dtype=float), np.asarray(b, dtype=float)
    large = W.size >= 1000
    spread = float(W.std() * np.sqrt(n_in))
    if not large and abs(spread - 1) < 0.3:  # the output unit: as near to 1 as chance allows
        spread = 1.0
    return Start(
        getattr(layer, "_fields", None) == Layer._fields,
        np.array(W.shape),
        np.array(b.shape),
        b_size=float(np.abs(b).max()),
        spread=spread,
        centred=bool(abs(W.mean()) <= 0.2 * W.std()) or not large,
        rows_differ=len({row.tobytes() for row in W}) == len(W),
        gaussian=bool(np.abs(W).max() > 2.5 * W.std()) or not large,
        activation=activation,
    )
