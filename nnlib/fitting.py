# Plain: edited here; chapter 12 tells of it.
"""The epochs of a classifier's fit: weights of the examples, a share held back, when to stop.

The weighted cost is (7) with weights: the mean of s·l over the examples, where the weights s have
mean 1. Its derivative by z is s·(a - y), and that is all that changes in the mathematics.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

import numpy as np
from numpy.typing import ArrayLike

from nnlib.activations import sigmoid
from nnlib.door import door
from nnlib.kinds import (
    Array,
    BatchOfX,
    EpochCount,
    Examples,
    Labels,
    Listener,
    Pieces,
    RandomSeed,
    Rate,
    Row,
    descends,
)
from nnlib.losses import loss_from_z
from nnlib.network import Cache, Layer, Network, backward, forward, update
from nnlib.rule import Call, InputError, Rule, describe, in_words
from nnlib.rules_arrays import as_numbers
from nnlib.run import History, Run
from nnlib.training import batches, train

# --- weights


def check_weights(sample_weight: ArrayLike | None, m: int) -> Array | None:
    """Return one weight per row, shape (m,), or None where all count alike."""
    if sample_weight is None:
        return None
    with np.errstate(all="ignore"):  # what becomes infinite is refused
        weights = as_numbers(sample_weight, "sample_weight").astype(np.float64)
        total = float(weights.sum())
    if weights.shape != (m,) or weights.min() < 0 or not 0 < total < np.inf:
        wanted = "one number per row, 0 or more, not all of them zero"
        raise InputError(f"sample_weight must hold {wanted}; found shape {weights.shape}.")
    return None if (weights == weights[0]).all() else weights


def weights_of(
    Y: Array, classes: np.ndarray, class_weight: object, sample_weight: Array | None
) -> Array:
    """Weight of each example from those of its class and its row, shape (1, m)."""
    s = np.ones(Y.size) if sample_weight is None else sample_weight
    second = Y[0] == 1
    totals = np.array([s[~second].sum(), s[second].sum()])
    present = np.array([not second.all(), second.any()])
    with np.errstate(all="ignore"):
        s = s * class_factors(classes, class_weight, totals)[second.astype(int)]
        left = [bool((s[part] > 0).any()) for part in (~second, second)]
        total = float(s.sum())
    if not any(left) or (present.all() and not all(left)):
        raise InputError("sample_weight and class_weight must leave both classes a weight above 0.")
    if not total < np.inf:
        raise InputError("sample_weight and class_weight are so large that their sum overflows.")
    row: Array = s[np.newaxis]
    return row


def class_factors(classes: np.ndarray, class_weight: object, totals: Array) -> Array:
    """What the weights of each of the two classes are multiplied by."""
    if class_weight is None:
        return np.ones(2)
    if isinstance(class_weight, str) and class_weight == "balanced":
        balanced: Array = totals.sum() / (2 * totals)  # each class counts one half
        return balanced
    if not isinstance(class_weight, Mapping):
        wanted = "'balanced', None, or a dict of one number per label"
        raise InputError(f"class_weight must be {wanted}; found {describe(class_weight)}.")
    factors, known = np.ones(2), classes.tolist()
    for label, factor in class_weight.items():
        if label not in known:
            found, wanted = describe(label), " and ".join(map(in_words, known))
            raise InputError(f"class_weight must name labels of y, {wanted}; found {found}.")
        number = as_numbers(factor, f"class_weight[{describe(label)}]")
        if number.size != 1 or number.item() < 0:
            raise InputError(f"class_weight[{describe(label)}] must be one number, 0 or more.")
        factors[known.index(label)] = number.item()
    return factors


def mean_one(weights: Array, dtype: Any) -> Array | None:
    """The weights with mean 1; None if all are alike, as they are in (7)."""
    if (weights == weights[0, 0]).all():
        return None
    scaled: Array = (weights * (weights.size / weights.sum())).astype(dtype)
    return scaled


class Weighing(Rule):
    """Weights: numbers from 0 up, not all of them 0."""

    says = "Numbers from 0 up, not all of them 0."

    def take(self, value: Array, name: str, call: Call) -> Array:
        if value.min() < 0 or value.max() == 0:
            raise InputError(f"{name} must hold numbers from 0 up, not all of them 0.")
        return value

    def good(self, value: Array, axes: dict[str, int]) -> Array:
        made: Array = np.abs(value)
        return made

    def bad(self, good: Array) -> Any:
        yield good - 100, "{name} must hold numbers from 0 up, not all of them 0."
        yield good * 0, "{name} must hold numbers from 0 up, not all of them 0."


ExampleWeights = Annotated[Row, Weighing()]

# --- the epochs


def weighted_epoch(
    layers: list[Layer], X: Array, Y: Array, s: Array, pieces: Pieces, learning_rate: float
) -> tuple[list[Layer], float, float]:
    """`training.epoch` where example i counts s_i times; cost and share are weighted, too."""
    losses, right = [], []
    for piece in pieces:
        Y_piece, s_piece = Y[:, piece], s[:, piece]
        Z, A = forward(layers, X[:, piece])
        moved = Y_piece + s_piece * (A[-1] - Y_piece)  # so that (23) gives s (a - y)
        gradients = backward(layers, Cache(Z, [*A[:-1], moved]), Y_piece)
        layers = update(layers, gradients, learning_rate)
        losses.append((s_piece * loss_from_z(Z[-1], Y_piece)).sum())  # (4)
        right.append((s_piece * ((sigmoid(Z[-1]) > 0.5) == Y_piece)).sum())
    total = s.sum()
    return layers, float(sum(losses) / total), float(sum(right) / total)  # (7) with weights


@door
def descend(
    layers: Network,
    X: Examples,
    Y: Labels,
    learning_rate: Rate,
    epochs: EpochCount,
    batch_size: BatchOfX | None = None,
    rng: RandomSeed = 0,
    weights: ExampleWeights | None = None,
    after_epoch: Listener | None = None,
) -> Annotated[tuple[list[Layer], History], descends]:
    """`training.train` with a weight for each example; it ends when `after_epoch` returns True."""

    def stopping(run: Run) -> None:
        if after_epoch is not None and after_epoch(run) is True:
            run.stop()

    listener = None if after_epoch is None else stopping
    if weights is None:
        return train(layers, X, Y, learning_rate, epochs, batch_size, rng, after_epoch=listener)
    run = Run(layers, X, Y, learning_rate, batch_size, np.random.default_rng(rng))
    with run:  # Ctrl-C ends the block, not the program
        for _ in run.to_do(epochs, progress=False):
            pieces: Pieces = [slice(None)]
            if batch_size is not None:
                pieces = batches(X.shape[1], batch_size, run.rng)
            run.keep(*weighted_epoch(run.layers, X, Y, weights, pieces, learning_rate))
            if not run.diverged:
                stopping(run)
    return run.layers, run.history


# --- the share that is held back


def hold_back(
    Y: Array, weights: Array, fraction: object, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Numbers of the columns to learn from and of those to judge by; a share of each class."""
    if isinstance(fraction, bool) or not isinstance(fraction, float | int | np.number):
        raise InputError(f"validation_fraction must be a number; found {describe(fraction)}.")
    if not 0 < fraction < 1:
        found = describe(fraction)
        raise InputError(f"validation_fraction must be between 0 and 1; found {found}.")
    held: list[int] = []
    for label in (0, 1):
        columns = np.flatnonzero((Y[0] == label) & (weights[0] > 0))
        count = max(1, round(float(fraction) * columns.size))
        if count >= columns.size:
            left = f"leave rows to learn from; a class has {columns.size}, {count} held back"
            raise InputError(f"early_stopping must hold back rows of each class and {left}.")
        held.extend(rng.permutation(columns)[:count])
    return np.setdiff1d(np.arange(Y.size), held), np.sort(held)


class Watch:
    """Judges the network by the rows held back, and remembers the best one.

    Called after each epoch; True once `patience` epochs and one more have brought nothing better.
    """

    def __init__(self, X: Array, Y: Array, weights: Array, patience: int):
        self.X, self.Y, self.weights, self.patience = X, Y, weights, patience
        self.scores: list[float] = []
        self.best, self.stale = -np.inf, 0
        self.layers: list[Layer] = []

    def __call__(self, run: Run) -> bool:
        """Judge the network of this epoch."""
        Z: Any = forward(run.layers, self.X).Z[-1]
        share = float(np.average((Z > 0) == self.Y, weights=self.weights))
        self.scores.append(share)
        if share > self.best:
            self.best, self.stale, self.layers = share, 0, run.layers
        else:
            self.stale += 1
        return self.stale > self.patience


def say(run: Run, epochs: int, score: float | None) -> None:
    """Print how the run stands, about ten times on its way."""
    if run.epoch in (1, epochs) or run.epoch % max(1, epochs // 10) == 0:
        cost, share = run.history.costs[-1], run.history.accuracies[-1]
        held = "" if score is None else f"; held back: {score:.1%} right"
        print(f"epoch {run.epoch} of {epochs}: cost {cost:.4f}, {share:.1%} right{held}")


def listener(epochs: int, watch: Watch | None, verbose: bool) -> Callable[[Run], bool] | None:
    """What is called after each epoch, if anything: the watch over the rows held back, a report."""
    if watch is None and not verbose:
        return None

    def after_epoch(run: Run) -> bool:
        stop = watch is not None and watch(run)
        if verbose:
            say(run, epochs, watch.scores[-1] if watch else None)
            if stop and watch:
                best = run.epoch - watch.stale
                print(f"stopped: no better on the rows held back since epoch {best}, which is kept")
        return stop

    return after_epoch
