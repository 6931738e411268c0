"""The inputs on which the functions of a network are tried, the smallest first.

What a forward pass keeps is what the network computed: A really is g(Z).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from course.exercises.exercise import Case
from course.exercises.inputs import net, networks, random, random_layers
from nnlib.kinds import Array
from nnlib.network import Layer, backward, forward


def layer_z_cases() -> list[Case]:
    """One example, sizes that all differ, and a square W."""
    result = []
    for n_out, n_in, m in [(2, 3, 1), (4, 3, 7), (4, 4, 4)]:
        rng = random(n_out + n_in + m)
        W, b = rng.normal(size=(n_out, n_in)), rng.normal(size=(n_out, 1))
        A_prev = rng.normal(size=(n_in, m))
        if m == 1:  # small enough to be redone by hand
            W, b, A_prev = W.round(1), b.round(1), A_prev.round(1)
        about = f"{n_out} units, {n_in} inputs, {m} example{'s' if m > 1 else ''}"
        result.append(Case(about, (W, b, A_prev)))
    return result


def forward_cases() -> list[Case]:
    """Every network with its examples."""
    return [Case(about, (layers, X)) for about, layers, X, _ in networks()]


def backward_cases() -> list[Case]:
    """One unit, every network with its cache, and one answer that is sure and right."""
    unit = net("one unit, 2 features, 3 examples", (2, 1), 3, 7)
    cases = [
        Case(about, (layers, forward(layers, X), Y)) for about, layers, X, Y in (unit, *networks())
    ]
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


def blocks_cases() -> list[Case]:
    """Blocks of which the last is shorter, of one example each, and one that holds all."""
    small, large, square, _ = networks()
    return [
        Case(f"{small.about}, in one block", (*small[1:], 10)),
        Case(f"{large.about}, in blocks of 3, 3 and 1", (*large[1:], 3)),
        Case(f"{square.about}, in blocks of 5 and 2", (*square[1:], 5)),
        Case(f"{large.about}, one by one", (*large[1:], 1)),
    ]


# --- a random start


def initialize_cases() -> list[Case]:
    """Wide layers: only then do random numbers say well how they were drawn."""
    return [
        Case("sizes (200, 60, 150, 1), relu", ((200, 60, 150, 1), "relu", 0)),
        Case("sizes (50, 200, 50, 1), tanh", ((50, 200, 50, 1), "tanh", 1)),
        Case("sizes (30, 1200, 1), relu, scale 0.05", ((30, 1200, 1), "relu", 2, 0.05)),
        Case(
            "sizes (40, 50, 1), tanh, in float32",
            ((40, 50, 1), "tanh", 3, None, np.float32),
            tells=False,
        ),
    ]


class Drawn(NamedTuple):
    """Three starts: two with the same seed, and one with another."""

    layers: Any
    again: Any
    other: Any


def start_three_times(function: Callable[..., Any], *args: Any) -> Drawn | None:
    """Call `initialize` with the seed of the case, once more with it, and with another one."""
    sizes, hidden, seed, *rest = args
    layers = function(*args)
    if layers is None:
        return None
    return Drawn(layers, function(*args), function(sizes, hidden, seed + 7, *rest))


class Start(NamedTuple):
    """What can be compared in a random start of a layer: everything but the numbers drawn."""

    a_Layer: bool
    shape_of_W: Any
    shape_of_b: Any
    b_is_zero: bool
    spread_of_W: float  # times the root of the number of inputs
    centred: bool
    rows_differ: bool
    normal_numbers: bool
    same_seed_same_W: bool
    other_seed_other_W: bool
    other_layer_other_W: bool
    dtype_of_W: bool
    dtype_of_b: bool
    activation: str


def starts(args: tuple[Any, ...], drawn: Drawn) -> list[Start]:
    """What must be true of any right start, layer by layer."""
    layers = drawn.layers
    return [
        _start(n_in, k, layer, drawn, args[4] if len(args) > 4 else None)
        for k, (n_in, layer) in enumerate(zip(args[0], layers, strict=False))
    ]


def _start(n_in: int, k: int, layer: Layer, drawn: Drawn, dtype: Any) -> Start:
    W, b, activation = layer
    as_asked = [dtype in (None, getattr(table, "dtype", None)) for table in (W, b)]
    W, b = np.asarray(W, dtype=float), np.asarray(b, dtype=float)
    large = W.size >= 1000
    spread = float(W.std() * np.sqrt(n_in))
    if not large and abs(spread - 1) < 0.3:  # the output unit: as near to 1 as chance allows
        spread = 1.0
    constant = np.ptp(W) == 0  # that is another mistake, and told by rows_differ
    again, other = (np.asarray(layers[k][0], dtype=float) for layers in (drawn.again, drawn.other))
    return Start(
        getattr(layer, "_fields", None) == Layer._fields,
        np.array(W.shape),
        np.array(b.shape),
        b_is_zero=b.ndim != 2 or not b.any(),  # another shape is told by shape_of_b
        spread_of_W=spread,
        centred=bool(abs(W.mean()) <= 0.2 * W.std()) or not large,
        rows_differ=len({row.tobytes() for row in W}) == len(W),
        normal_numbers=bool(np.abs(W).max() > 2.5 * W.std()) or not large,
        same_seed_same_W=np.array_equal(W, again),
        other_seed_other_W=constant or not np.array_equal(W, other),
        other_layer_other_W=constant or k == 0 or not _alike(W, drawn.layers[k - 1][0]),
        dtype_of_W=as_asked[0],
        dtype_of_b=as_asked[1],
        activation=activation,
    )


def _alike(W: Array, before: Any) -> bool:
    """True if two layers begin with the same random numbers, up to their spread."""
    if W.size < 1000:
        return False
    one, other = np.ravel(W)[:50] / np.std(W), np.ravel(before)[:50] / (np.std(before) or 1)
    return bool(np.allclose(one, other, atol=0.05))
