# Woven from chapters 8 and 13 by `python -m course tangle`: edit notebooks/text, not this file.
"""Train a network with full batches or mini-batches, and keep its history."""

from typing import Annotated, Any

import numpy as np

from nnlib.activations import sigmoid
from nnlib.checkpoint import CheckpointToResume, History, Run
from nnlib.door import door
from nnlib.engine import Engine
from nnlib.kinds import (
    BatchOfX,
    BatchSize,
    EpochCount,
    Evidence,
    ExampleCount,
    Examples,
    Flag,
    Integers,
    Labels,
    Listener,
    Pieces,
    RandomSeed,
    Rate,
    TestPair,
    descends,
)
from nnlib.losses import cost_from_z
from nnlib.network import Layer, Network, backward, forward, update
from nnlib.run import network_of
from nnlib.span import engine_of
from nnlib.threads import Threads


@door
def batches(m: ExampleCount, batch_size: BatchSize, rng: RandomSeed) -> list[Integers]:
    """The numbers 0 … m - 1 in random order, cut into pieces: the mini-batches of one epoch."""
    order = np.random.default_rng(rng).permutation(m)
    return [order[start : start + batch_size] for start in range(0, m, batch_size)]


@door
def measure(Z: Evidence, Y: Labels) -> tuple[float, float]:
    """Cost and share of right answers, from the evidence of the output unit."""
    return cost_from_z(Z, Y), float(np.mean((sigmoid(Z) > 0.5) == Y))


@door
def epoch(
    layers: Network, X: Examples, Y: Labels, pieces: Pieces, learning_rate: Rate
) -> tuple[list[Layer], float, float]:
    """(32) and (34) to (36) for each piece; the new layers, mean cost and share of right ones."""
    evidence: list[Any] = []
    labels: list[Any] = []
    for piece in pieces:
        X_piece, Y_piece = X[:, piece], Y[:, piece]
        cache = forward(layers, X_piece)  # (32)
        gradients = backward(layers, cache, Y_piece)  # (34)
        layers = update(layers, gradients, learning_rate)  # (35), (36)
        evidence.append(cache.Z[-1])
        labels.append(Y_piece)
    return layers, *measure(np.hstack(evidence), np.hstack(labels))


def _descend(
    run: Run,
    epochs: int,
    test: TestPair | None,
    progress: bool,
    after_epoch: Listener | None,
) -> tuple[list[Layer], History]:
    """Epoch after epoch, until as many are done; where the run stands is kept on the way."""
    alone, size = test is None and after_epoch is None, run.batch_size
    engine: Engine | None = None
    measured: tuple[Any, ...]
    weights = sum(layer.W.size for layer in run.layers)
    threads = Threads(weights * (size or run.X.shape[1]), size is None)
    with run, threads:  # Ctrl-C ends the block, not the program
        for left in run.to_do(epochs, progress):
            pieces: Any = [slice(None)]
            if size is not None:
                pieces = batches(run.X.shape[1], size, run.rng)
            stand: Any
            if run.careful:
                stand, cost, share = epoch(run.layers, run.X, run.Y, pieces, run.learning_rate)
                measured = cost, share
            else:
                engine = engine_of(run, engine, threads.ways)
                count = min(left, engine.at_once, 1 + run.epoch) if alone and not run.slow else 1
                measured = engine.full(count) if size is None else engine.one_epoch(pieces)
                stand = engine.stand()
            if test is not None:
                Z = forward(network_of(stand), test[0]).Z[-1]
                measured = (*measured, *measure(Z, test[1]))
            if not run.keep(stand, *measured):
                engine = None  # a number overflowed: once more, epoch by epoch, to see where
            elif after_epoch is not None and not run.diverged:
                after_epoch(run)
    return run.layers, run.history


@door
def train(
    layers: Network,
    X: Examples,
    Y: Labels,
    learning_rate: Rate,
    epochs: EpochCount,
    batch_size: BatchOfX | None = None,
    rng: RandomSeed = 0,
    test: TestPair | None = None,
    progress: Flag = False,
    after_epoch: Listener | None = None,
) -> Annotated[tuple[list[Layer], History], descends]:
    """Train a network by gradient descent on the cost, equation (30); Ctrl-C ends it early."""
    run = Run(layers, X, Y, learning_rate, batch_size, np.random.default_rng(rng))
    return _descend(run, epochs, test, progress, after_epoch)


@door
def resume(
    checkpoint: CheckpointToResume,
    X: Examples,
    Y: Labels,
    epochs: EpochCount,
    test: TestPair | None = None,
    progress: Flag = False,
    after_epoch: Listener | None = None,
) -> Annotated[tuple[list[Layer], History], descends]:
    """Go on with a run as if it had never stopped; the epochs that are done count."""
    run = checkpoint.run(X, Y, epochs, test)
    return _descend(run, epochs, test, progress, after_epoch)
