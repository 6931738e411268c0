# Woven from chapters 8 and 10 by `python -m course tangle`: edit notebooks/text, not this file.
"""Train a network with full batches or mini-batches, and keep its history."""

import math
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnlib.logistic import safer_rate
from nnlib.losses import cost_from_z
from nnlib.network import Layer, Pass, _backward, _forward, _update, check_layers
from nnlib.validation import (
    Array,
    DivergenceError,
    InputError,
    check_count,
    check_examples,
    check_falling,
    check_labels,
    check_memory,
    check_numbers,
    check_positive,
    check_precision,
    check_rng,
)


class History(NamedTuple):
    """What training recorded, one number per epoch, and whether it was stopped early.

    Attributes
    ----------
    costs, accuracies : list of float
        Cost and share of right answers on the training examples, measured in the passes of the
        epoch, so each batch before its step.
    test_costs, test_accuracies : list of float
        The same on the test examples, after the last step of the epoch; empty without test data.
    interrupted : bool
        True if Ctrl-C or the stop button ended the run.
    """

    costs: list[float]
    accuracies: list[float]
    test_costs: list[float]
    test_accuracies: list[float]
    interrupted: bool = False


def _check_batch_size(batch_size: int, m: int) -> int:
    """Return `batch_size` as an int from 1 to m, if the order of m examples fits in memory."""
    check_memory((m,), "the order of the examples,")
    batch_size = check_count(batch_size, "batch_size")
    if batch_size > m:
        raise InputError(f"batch_size must be at most {m}, all examples; found {batch_size}.")
    return batch_size


def batches(m: int, batch_size: int, rng: int | np.random.Generator) -> list[NDArray[np.integer]]:
    """The numbers 0 … m - 1 in random order, cut into pieces: the mini-batches of one epoch.

    Parameters
    ----------
    m : int
        The number of examples.
    batch_size : int
        Examples per batch, from 1 to m; the last batch holds what is left.
    rng : int or numpy.random.Generator
        A seed, or the generator that draws the order.

    Returns
    -------
    list of ndarray of int
        Every number stands in exactly one of them. Shape (batch_size,) each, the last may be less.

    Raises
    ------
    InputError
        If `m` or `batch_size` is no such number, or `rng` cannot be used.
    """
    m = check_count(m, "m")
    batch_size = _check_batch_size(batch_size, m)
    order = check_rng(rng).permutation(m)
    return [order[start : start + batch_size] for start in range(0, m, batch_size)]


Piece = slice | NDArray[np.integer]  # picks the columns of one mini-batch, or all of them


def _measure(cache: Pass, Y: Array) -> tuple[float, float]:
    """Cost and share of right answers of a forward pass."""
    Z, A = cache.Z[-1], cache.A[-1]
    assert Z is not None  # only Z[0] is
    return cost_from_z(Z, Y), float(np.mean((A > 0.5) == Y))


def _epoch(
    layers: list[Layer], X: Array, Y: Array, pieces: Sequence[Piece], alpha: float
) -> tuple[list[Layer], float, float]:
    """One epoch on checked data: the new layers, the mean cost and the share of right answers."""
    total_cost, right = 0.0, 0.0
    for piece in pieces:
        X_piece, Y_piece = X[:, piece], Y[:, piece]
        cache = _forward(layers, X_piece)  # (32)
        cost, share = _measure(cache, Y_piece)
        total_cost += cost * Y_piece.shape[1]
        right += share * Y_piece.shape[1]
        gradients, _ = _backward(layers, cache.A, Y_piece)  # (34)
        layers = _update(layers, gradients, alpha)  # (35), (36)
    m = Y.shape[1]
    return check_layers(layers), total_cost / m, right / m


def _check_data(
    layers: list[Layer], X: ArrayLike, Y: ArrayLike, names: tuple[str, str] = ("X", "Y")
) -> tuple[Array, Array]:
    """Return examples and labels that fit the network, in its precision."""
    W = layers[0].W
    X = check_precision(check_examples(X, n_x=W.shape[1], name=names[0]), W.dtype, names[0])
    return X, check_labels(Y, X.shape[1], W.dtype, name=names[1])


def _check_test(layers: list[Layer], test: tuple[ArrayLike, ArrayLike]) -> tuple[Array, Array]:
    """Return the test pair, checked like the training data."""
    if not isinstance(test, list | tuple) or len(test) != 2:
        raise InputError("test must be a pair (X_test, Y_test).")
    return _check_data(layers, *test, names=("X_test", "Y_test"))


def _counted(epochs: range, progress: bool) -> Iterable[int]:
    """The numbers of the epochs, behind a progress bar if one is wanted."""
    if not progress:
        return epochs
    try:
        from tqdm.auto import tqdm
    except ImportError:
        message = "progress=True needs the package tqdm: install it, or leave progress out."
        raise ImportError(message) from None
    said = {"desc": "training", "unit": "epoch", "initial": epochs.start, "total": epochs.stop}
    bar: Iterable[int] = tqdm(epochs, **said)
    return bar


class Checkpoint(NamedTuple):
    """A training run between two epochs: all that it needs to go on as if it had never stopped.

    Attributes
    ----------
    layers : list of Layer
        The network at that moment.
    history : History
        What was recorded until then.
    rng_state : dict
        State of the random generator that draws the mini-batches.
    settings : dict
        Learning rate, batch size and a fingerprint of the data: a run goes on with the same ones.
    """

    layers: list[Layer]
    history: History
    rng_state: Mapping[str, Any]
    settings: dict[str, Any]


def _next(
    run: Checkpoint, X: Array, Y: Array, rng: np.random.Generator, test: tuple[Array, Array] | None
) -> Checkpoint:
    """The run one epoch later, as a new object; the cost is infinite if numbers overflowed."""
    costs, accuracies, test_costs, test_accuracies, _ = run.history
    size, alpha = run.settings["batch_size"], run.settings["learning_rate"]
    pieces: Sequence[Piece] = [slice(None)]
    if size is not None:
        pieces = batches(X.shape[1], size, rng)
    try:
        with np.errstate(over="ignore", invalid="ignore"):
            layers, cost, share = _epoch(run.layers, X, Y, pieces, alpha)
            measured = [] if test is None else [_measure(_forward(layers, test[0]), test[1])]
    except InputError:  # all input was checked: only an overflow can be refused here
        return run._replace(history=run.history._replace(costs=[*costs, math.inf]))
    history = History(
        [*costs, cost],
        [*accuracies, share],
        test_costs + [test_cost for test_cost, _ in measured],
        test_accuracies + [test_share for _, test_share in measured],
    )
    return Checkpoint(layers, history, rng.bit_generator.state, run.settings)


BIT_GENERATORS = ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64")


def _generator(state: Mapping[str, Any]) -> np.random.Generator:
    """A random generator that goes on exactly where the saved state stood."""
    try:
        if state["bit_generator"] not in BIT_GENERATORS:  # a file must not choose what is called
            raise ValueError
        bits = getattr(np.random, state["bit_generator"])()
        bits.state = state
    except (KeyError, TypeError, ValueError, OverflowError):
        raise InputError("rng_state must be the state of a NumPy generator.") from None
    return np.random.Generator(bits)


def check_checkpoint(checkpoint: Any) -> Checkpoint:
    """Return a checkpoint whose parts fit together.

    Parameters
    ----------
    checkpoint : Checkpoint
        What `train` passes to `after_epoch`, or what was loaded from a file.

    Returns
    -------
    Checkpoint

    Raises
    ------
    InputError
        If it is none, its layers are no network, its lists are not as long as each other, or the
        state of its generator or its settings are not such.
    """
    if not isinstance(checkpoint, Checkpoint):
        raise InputError(f"checkpoint must be a Checkpoint; found {type(checkpoint).__name__}.")
    layers, history, rng_state, settings = checkpoint
    if not isinstance(history, History) or not all(isinstance(part, list) for part in history[:4]):
        raise InputError("history must be a History of four lists.")
    lengths = [len(check_numbers(part, "history")) if part else 0 for part in history[:4]]
    epochs = lengths[0]
    if lengths not in ([epochs] * 4, [epochs, epochs, 0, 0]):
        raise InputError(f"history must have one number per epoch; found {lengths}.")
    _generator(rng_state)
    if not isinstance(settings, dict) or set(settings) != {"learning_rate", "batch_size", "data"}:
        raise InputError("settings must be a dict of learning_rate, batch_size and data.")
    return checkpoint._replace(layers=check_layers(layers))


def _fingerprint(*arrays: Array) -> int:
    """A number that changes when any byte of the arrays does."""
    total = 0
    for array in arrays:
        total = zlib.crc32(np.ascontiguousarray(array).tobytes(), total)
    return total


def _check_same_run(checkpoint: Checkpoint, settings: dict[str, Any], epochs: int) -> None:
    """Refuse to go on with other data or settings: the result would belong to neither run."""
    for name, wanted in checkpoint.settings.items():
        if settings[name] != wanted:
            raise InputError(
                f"layers is the checkpoint of a run with {name} {wanted}; found {settings[name]}."
            )
    done = len(checkpoint.history.costs)
    if epochs < done:
        raise InputError(f"epochs must be at least {done}, done already; found {epochs}.")


def _begin(
    layers: Sequence[Layer] | Checkpoint,
    X: ArrayLike,
    Y: ArrayLike,
    rate: float,
    epochs: int,
    size: int | None,
    rng: int | np.random.Generator,
) -> tuple[Checkpoint, Array, Array, np.random.Generator]:
    """Check the arguments of a run; return its checkpoint, data and generator."""
    old = check_checkpoint(layers) if isinstance(layers, Checkpoint) else None
    layers = check_layers(layers.layers if isinstance(layers, Checkpoint) else layers)
    X, Y = _check_data(layers, X, Y)
    settings = {
        "learning_rate": check_positive(rate, "learning_rate"),
        "batch_size": None if size is None else _check_batch_size(size, X.shape[1]),
        "data": _fingerprint(X, Y),
    }
    if old is not None:
        _check_same_run(old, settings, epochs)
        history = old.history._replace(interrupted=False)
        return Checkpoint(layers, history, old.rng_state, settings), X, Y, _generator(old.rng_state)
    rng = check_rng(rng)
    history = History([], [], [], [])
    return Checkpoint(layers, history, rng.bit_generator.state, settings), X, Y, rng


def train(
    layers: Sequence[Layer] | Checkpoint,
    X: ArrayLike,
    Y: ArrayLike,
    learning_rate: float,
    epochs: int,
    batch_size: int | None = None,
    rng: int | np.random.Generator = 0,
    test: tuple[ArrayLike, ArrayLike] | None = None,
    progress: bool = False,
    after_epoch: Callable[[Checkpoint], object] | None = None,
) -> tuple[list[Layer], History]:
    """Train a network by gradient descent on the cost, equation (30); it can stop and resume.

    Ctrl-C, or the stop button, ends it after the last whole epoch: what was learnt is returned,
    and `history.interrupted` is True. A generator passed as `rng` is left as it stood then.

    Parameters
    ----------
    layers : sequence of Layer, or Checkpoint
        The network to start from, or the run to go on with. It is not changed.
    X : array_like, shape (n_x, m)
        Examples, one per column.
    Y : array_like, shape (1, m)
        Labels 0 and 1.
    learning_rate : float
        The step size α, above 0.
    epochs : int
        How often to go through all examples, 0 or more; those of a checkpoint count.
    batch_size : int, optional
        Examples per step, from 1 to m. None takes all at once: one step per epoch.
    rng : int or numpy.random.Generator
        A seed, or the generator that draws the order of the mini-batches. A checkpoint has its own.
    test : tuple (X_test, Y_test), optional
        Examples to measure after each epoch. They are never trained on.
    progress : bool
        Show a progress bar (needs the package tqdm).
    after_epoch : callable, optional
        Called with the Checkpoint after each epoch, for example ``persistence.saver("run.npz")``.

    Returns
    -------
    layers : list of Layer
        The trained network.
    history : History
        Cost and accuracy of each epoch.

    Raises
    ------
    InputError
        If an argument cannot be used, or the checkpoint belongs to another run.
    DivergenceError
        If the cost is no finite number or keeps rising; the message names a safer learning rate.
    ImportError
        If `progress` is True and tqdm is not installed.
    """
    epochs = check_count(epochs, "epochs", minimum=0)
    if after_epoch is not None and not callable(after_epoch):
        raise InputError(f"after_epoch must be a function; found {type(after_epoch).__name__}.")
    run, X, Y, rng = _begin(layers, X, Y, learning_rate, epochs, batch_size, rng)
    test = None if test is None else _check_test(run.layers, test)
    alpha, begun = run.settings["learning_rate"], run.rng_state
    try:
        for _ in _counted(range(len(run.history.costs), epochs), progress):
            later = _next(run, X, Y, rng, test)
            safer = partial(safer_rate, X, alpha, len(run.layers))
            check_falling(later.history.costs, alpha, safer)
            run = later  # one assignment: the run is never half an epoch old
            if after_epoch is not None:
                after_epoch(run)
    except DivergenceError:  # the call is refused: as if it had not drawn
        rng.bit_generator.state = begun
        raise
    except KeyboardInterrupt:  # Ctrl-C, or the stop button
        rng.bit_generator.state = run.rng_state
        run = run._replace(history=run.history._replace(interrupted=True))
    return run.layers, run.history
