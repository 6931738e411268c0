# Woven from chapters 1, 3 and 4 by `python -m course tangle`: edit notebooks/text, not this file.
"""Logistic regression: one unit that looks at all features."""

from typing import Annotated, NamedTuple

import numpy as np

from nnlib.activations import sigmoid
from nnlib.door import door
from nnlib.kinds import (
    Array,
    Example,
    Examples,
    Integers,
    Label,
    Labels,
    Number,
    Rate,
    Row,
    Steps,
    Threshold,
    Weights,
    descends,
)
from nnlib.losses import cost_from_z


@door
def forward_one(w: Weights, b: Number, x: Example) -> float:
    """Output of one unit for one example, equations (1) and (2)."""
    z = w.T @ x + b  # (2)
    return sigmoid(z).item()  # (1)


@door
def step(
    w: Weights, b: Number, dw: Weights, db: Number, learning_rate: Rate
) -> tuple[Weights, float]:
    """One step of gradient descent, equations (8) and (9)."""
    w = w - learning_rate * dw  # (8)
    b = b - learning_rate * db  # (9)
    return w, b


@door
def gradients_one(w: Weights, b: Number, x: Example, y: Label) -> tuple[Weights, float]:
    """Derivatives of the loss of one example, equations (10) to (15)."""
    a = forward_one(w, b, x)
    dz = a - y  # (12)
    dw = x * dz  # (13), (14)
    db = dz  # (15)
    return dw, db


@door
def gradients_loop(w: Weights, b: Number, X: Examples, Y: Labels) -> tuple[Weights, float]:
    """Derivatives of the cost, one example at a time."""
    n_x, m = X.shape
    dw, db = np.zeros((n_x, 1), X.dtype), 0.0
    for i in range(m):
        dw_i, db_i = gradients_one(w, b, X[:, i : i + 1], Y[0, i].item())
        dw += dw_i
        db += db_i
    return dw / m, db / m


class Fit(NamedTuple):
    """What training returns: the parameters, and the cost before each step."""

    w: Array  # (n_x, 1)
    b: float
    costs: list[float]


@door
def train(
    X: Examples,
    Y: Labels,
    learning_rate: Rate,
    steps: Steps,
    w: Weights | None = None,
    b: Number = 0.0,
) -> Annotated[Fit, descends]:
    """Gradient descent on the cost over all examples, equation (26)."""
    n_x, m = X.shape
    w = np.zeros((n_x, 1), X.dtype) if w is None else w
    costs: list[float] = []
    for _ in range(steps):
        Z = w.T @ X + b  # (26), seven lines
        A = sigmoid(Z)
        dZ = A - Y
        dw = X @ dZ.T / m
        db = float(np.sum(dZ) / m)
        w = w - learning_rate * dw
        b = b - learning_rate * db
        costs.append(cost_from_z(Z, Y))
    return Fit(w, b, costs)


@door
def forward(w: Weights, b: Number, X: Examples) -> Row:
    """Outputs of one unit for all examples at once, equations (17) and (19) to (21)."""
    Z = w.T @ X + b  # (19)
    return sigmoid(Z)  # (21)


@door
def gradients(w: Weights, b: Number, X: Examples, Y: Labels) -> tuple[Weights, float]:
    """Derivatives of the cost by w and b, equations (18) and (23) to (25)."""
    m = X.shape[1]
    A = forward(w, b, X)
    dZ = A - Y  # (23)
    db = float(np.sum(dZ) / m)  # (24)
    dw = X @ dZ.T / m  # (25)
    return dw, db


@door
def predict(w: Weights, b: Number, X: Examples, threshold: Threshold = 0.5) -> Integers:
    """Labels for all examples, shape (1, m): 1 where the probability exceeds the threshold."""
    return (forward(w, b, X) > threshold).astype(int)
