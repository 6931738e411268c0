# Woven from chapter 2 by `python -m course tangle`: edit notebooks/text, not this file.
"""The loss of one example, the cost of all of them, and the share that is right."""

import numpy as np

from nnlib.door import door
from nnlib.kinds import (
    Array,
    Evidence,
    Guesses,
    LabelOfEachGuess,
    LabelOfEachLogit,
    Labels,
    Logits,
    Probabilities,
)


@door
def loss(a: Guesses, y: LabelOfEachGuess) -> Array:
    """Cross-entropy loss, equations (4) to (6); an exact 0 or 1 counts as rounded."""
    limits = np.finfo(a.dtype)
    a = np.clip(a, limits.tiny, 1 - limits.epsneg)
    losses: Array = -(y * np.log(a) + (1 - y) * np.log1p(-a))  # (4)
    return losses


@door
def cost(A: Probabilities, Y: Labels) -> float:
    """Mean loss over the examples, equation (7)."""
    m = Y.shape[1]
    return float(np.sum(loss(A, Y)) / m)  # (7)


@door
def loss_from_z(z: Logits, y: LabelOfEachLogit) -> Array:
    """Cross-entropy loss (4) computed from z: softplus(z) - y z, exact where σ(z) rounds."""
    losses: Array = np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))  # (4)
    return losses


@door
def cost_from_z(Z: Evidence, Y: Labels) -> float:
    """Mean loss over the examples, equation (7), computed from Z."""
    m = Y.shape[1]
    return float(np.sum(loss_from_z(Z, Y)) / m)  # (7)


@door
def accuracy(predictions: Labels, Y: Labels) -> float:
    """Share of predictions that equal the labels."""
    return float(np.mean(predictions == Y))
