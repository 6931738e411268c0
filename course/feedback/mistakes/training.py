"""Wrong versions of the functions in nnlib.training."""

import numpy as np

from course.feedback.mistakes.registry import wrong
from nnlib.losses import cost_from_z
from nnlib.network import _backward, _forward, _update


def _turns(layers, X, Y, pieces, alpha, move=_update, fresh=True, divide=True, weigh=True):
    """One epoch with its joints open: how layers move, and how the measurements are averaged."""
    first, total_cost, right = None, 0.0, 0
    for piece in pieces:
        X_piece, Y_piece = X[:, piece], Y[:, piece]
        cache = _forward(layers, X_piece)
        count = Y_piece.shape[1] if weigh else 1
        total_cost += cost_from_z(cache.Z[-1], Y_piece) * count
        right += float(np.mean((cache.A[-1] > 0.5) == Y_piece)) * count
        gradients, _ = _backward(layers, cache.A, Y_piece)
        first = gradients if first is None or fresh else first
        layers = move(layers, first, alpha)
    m = (Y.shape[1] if weigh else len(pieces)) if divide else 1
    return layers, total_cost / m, right / m


@wrong(
    "training._epoch",
    26,
    "(35), (36)",
    "The new layers are not kept: nothing is learned.",
    "Who holds the result of _update?",
)
def layers_not_kept(layers, X, Y, pieces, alpha):
    return _turns(layers, X, Y, pieces, alpha, move=lambda layers, gradients, alpha: layers)


@wrong(
    "training._epoch",
    25,
    "(34)",
    "The gradients are those of the first piece in every turn.",
    "Which lines must be run again for each piece?",
)
def gradients_once(layers, X, Y, pieces, alpha):
    return _turns(layers, X, Y, pieces, alpha, fresh=False)


@wrong(
    "training._epoch",
    30,
    "",
    "`return` stands inside the loop: the epoch ends after its first piece.",
    "How far is the return indented?",
)
def epoch_return_inside(layers, X, Y, pieces, alpha):
    return _turns(layers, X, Y, pieces[:1], alpha)


@wrong(
    "training._epoch",
    30,
    "",
    "The sums are set to zero inside the loop: only the last piece is counted.",
    "Which line belongs before the loop?",
)
def sums_reset_inside(layers, X, Y, pieces, alpha):
    for piece in pieces:
        layers, cost, share = _turns(layers, X, Y, [piece], alpha)
    return layers, cost, share


@wrong(
    "training._epoch",
    12,
    "(7)",
    "The sums are not divided by m: cost and share are m times too large.",
    "Both are means over all examples of the epoch.",
)
def epoch_not_averaged(layers, X, Y, pieces, alpha):
    return _turns(layers, X, Y, pieces, alpha, divide=False)


@wrong(
    "training._epoch",
    12,
    "(7)",
    "Every piece counts alike, also a short one. Each should count as many times as it has examples.",
    "What is Y_piece.shape[1] good for?",
)
def pieces_not_weighed(layers, X, Y, pieces, alpha):
    return _turns(layers, X, Y, pieces, alpha, weigh=False)


@wrong(
    "training._epoch",
    45,
    "(32)",
    "Cost and share were measured after the step, with the new layers; the course measures the pass before it.",
    "The pass is there already. Which layers made it?",
)
def measured_after_step(layers, X, Y, pieces, alpha):
    total_cost, right = 0.0, 0.0
    for piece in pieces:
        layers, _, _ = _turns(layers, X, Y, [piece], alpha)
        _, cost, share = _turns(layers, X, Y, [piece], alpha, divide=False)
        total_cost, right = total_cost + cost, right + share
    return layers, total_cost / Y.shape[1], right / Y.shape[1]


@wrong(
    "training._epoch",
    27,
    "(35), (36)",
    "The steps go uphill.",
    "(35) has a minus.",
)
def epoch_uphill(layers, X, Y, pieces, alpha):
    return _turns(layers, X, Y, pieces, -alpha)


@wrong(
    "training._epoch",
    10,
    "(32)",
    "Every turn takes all examples instead of its own piece.",
    "What are X_piece and Y_piece for?",
)
def whole_for_piece(layers, X, Y, pieces, alpha):
    total_cost, right, m = 0.0, 0.0, Y.shape[1]
    for piece in pieces:
        layers, cost, share = _turns(layers, X, Y, [slice(None)], alpha)
        count = Y[:, piece].shape[1]
        total_cost, right = total_cost + cost * count, right + share * count
    return layers, total_cost / m, right / m
