# Woven from chapter 4 by `python -m course tangle`: edit notebooks/text, not this file.
"""How large a step may be, and how one sees that it was too large."""

import numpy as np

from nnlib.door import door
from nnlib.kinds import Costs, Count, Examples, Rate


@door
def safe_learning_rate(X: Examples) -> float:
    """The rate 2/Λ of logistic regression: with any smaller one, every step lowers the cost.

    Λ is the largest eigenvalue of X̃ X̃ᵀ / (4m), where X̃ is X with a row of ones.
    """
    n_x, m = X.shape
    X_tilde = np.vstack([X, np.ones((1, m))])  # float64, whatever X is
    smaller = X_tilde @ X_tilde.T if n_x < m else X_tilde.T @ X_tilde
    largest = np.linalg.eigvalsh(smaller)[-1] / (4 * m)  # Λ; eigvalsh sorts upwards
    return float(2 / largest)


PATIENCE = 10


@door
def divergence(costs: Costs, unit: str = "epoch") -> str:
    """What is wrong with a run, from its costs so far; an empty text if nothing is."""
    recent, before = costs[-PATIENCE:], costs[-2 * PATIENCE : -PATIENCE]
    first, last, best = costs[0], costs[-1], min(recent)
    if not last < np.inf:
        return f"numbers overflow in {unit} {len(costs)}"
    if len(before) < PATIENCE:
        return ""
    if best > max(first, min(before)) and last >= recent[0]:
        return f"the cost rose from {first:.4g} to {last:.4g} in {len(costs)} {unit}s"
    mean_before, mean_recent = sum(before) / PATIENCE, sum(recent) / PATIENCE
    high = min(mean_before, mean_recent) > 2 * first and mean_recent > 0.9 * mean_before
    if last > best and high:
        leaps = f"leaps between {best:.4g} and {max(recent):.4g}"
        return f"the cost was {first:.4g} and {leaps} after {len(costs)} {unit}s"
    return ""


@door
def lower_rate(X: Examples, learning_rate: Rate, layers: Count = 1) -> float:
    """A rate to try after a run diverged: 2/Λ for one layer, else a tenth, at most 2/Λ."""
    limit, tenth = safe_learning_rate(X), learning_rate / 10
    return limit if layers == 1 and limit < learning_rate else min(tenth, limit)
