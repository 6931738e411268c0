# Woven from chapter 4 by `python -m course tangle`: edit notebooks/text, not this file.
"""How large a step may be, and how one sees that it was too large."""

from decimal import ROUND_DOWN, Context

import numpy as np

from nnlib.door import door
from nnlib.kinds import Costs, Count, Examples, Rate


@door
def safe_learning_rate(X: Examples) -> float:
    """The rate 2/Λ of logistic regression; Λ = λ_max(X̃ X̃ᵀ) / (4m), X̃ = X and a row of ones."""
    n_x, m = X.shape
    X_tilde = np.vstack([X, np.ones((1, m))])  # float64, whatever X is
    smaller = X_tilde @ X_tilde.T if n_x < m else X_tilde.T @ X_tilde
    largest = np.linalg.eigvalsh(smaller)[-1] / (4 * m)  # Λ; eigvalsh sorts upwards
    return float(2 / largest)


PATIENCE = 10


HIGH = 1.25 * np.log(2)  # log 2 is the cost of saying 1/2 every time


@door
def divergence(costs: Costs, unit: str = "epoch") -> str:
    """What is wrong with a run, from its costs so far; an empty text if nothing is."""
    recent, before = costs[-PATIENCE:], costs[-2 * PATIENCE : -PATIENCE]
    first, last, low, high = costs[0], costs[-1], min(recent), max(recent)
    if not last < np.inf:
        return f"numbers overflow in {unit} {len(costs)}"
    if len(before) < PATIENCE:
        return ""
    mean_before, mean_recent = sum(before) / PATIENCE, sum(recent) / PATIENCE
    falls = mean_recent < 0.9 * mean_before or last < min(recent[:-1])
    moves = high > 1.1 * min(first, low)
    if falls or not moves or min(mean_before, mean_recent) < HIGH:
        return ""
    if low > first:
        return f"the cost rose from {first:.4g} to {last:.4g} in {len(costs)} {unit}s"
    leaps = f"leaps between {low:.4g} and {high:.4g}"
    return f"the cost was {first:.4g} and {leaps} after {len(costs)} {unit}s"


TWO_DIGITS = Context(prec=2, rounding=ROUND_DOWN)


@door
def quick_learning_rate(X: Examples) -> float:
    """A rate between 1/Λ and 2/Λ, in the time of some thirty steps of training."""
    n_x, m = X.shape
    X_tilde = np.vstack([X, np.ones((1, m))])
    v = np.random.default_rng(0).standard_normal(n_x + 1)
    for _ in range(20):
        v = X_tilde @ (X_tilde.T @ v)
        stretch = np.linalg.norm(v)
        v = v / stretch
    return float(4 * m / stretch)


@door
def lower_rate(X: Examples, learning_rate: Rate, layers: Count = 1) -> float:
    """A rate to try after a run diverged: 2/Λ for one layer, else a tenth, at most 2/Λ."""
    limit = safe_learning_rate(X) if min(X.shape) <= 1000 else quick_learning_rate(X)
    limit, tenth = float(TWO_DIGITS.create_decimal(limit)), learning_rate / 10
    return limit if layers == 1 and limit < learning_rate else min(tenth, limit)
