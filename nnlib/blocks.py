# Woven from chapter 13 by `python -m course tangle`: edit notebooks/text, not this file.
"""Sums over blocks of examples: gradients and training for data that do not fit in memory."""

from functools import reduce
from typing import Annotated, NamedTuple

import numpy as np

from nnlib.checkpoint import CheckpointToResume, History, Run
from nnlib.door import door
from nnlib.engine import Engine
from nnlib.kinds import (
    Count,
    EpochCount,
    Examples,
    Flag,
    Labels,
    Listener,
    RandomSeed,
    Rate,
    StoredExamples,
    StoredLabels,
    descends,
)
from nnlib.network import Gradient, Layer, Network, backward, forward, update
from nnlib.training import batches, measure


class Part(NamedTuple):
    """What a block of examples adds: how many there are, and sums over them."""

    m: int
    loss: float
    hits: float
    gradients: list[Gradient]

    def plus(self, other: "Part") -> "Part":
        """Two blocks as one: sums add up."""
        gradients = [
            Gradient(p.dW + q.dW, p.db + q.db)
            for p, q in zip(self.gradients, other.gradients, strict=True)
        ]
        return Part(self.m + other.m, self.loss + other.loss, self.hits + other.hits, gradients)

    def means(self) -> tuple[list[Gradient], float, float]:
        """Gradients (34), cost (7) and share of right answers: here, once, stands 1/m."""
        gradients = [Gradient(dW / self.m, db / self.m) for dW, db in self.gradients]
        return gradients, self.loss / self.m, self.hits / self.m


@door
def part(layers: Network, X: Examples, Y: Labels) -> Part:
    """The sums of (7) and (34) over a block of examples, without their 1/m."""
    m = Y.shape[1]
    cache = forward(layers, X)  # (32)
    cost, share = measure(cache.Z[-1], Y)
    gradients = [Gradient(m * dW, m * db) for dW, db in backward(layers, cache, Y)]  # (34)
    return Part(m, m * cost, m * share, gradients)


@door
def blocks(m: Count, block_size: Count) -> list[slice]:
    """The numbers 0 … m - 1 cut into blocks, one behind the other."""
    return [slice(start, min(start + block_size, m)) for start in range(0, m, block_size)]


@door
def gradients_of_blocks(
    layers: Network, X: StoredExamples, Y: StoredLabels, block_size: Count
) -> list[Gradient]:
    """Gradients of the cost, equation (34), with one block of examples in memory at a time."""
    parts = (part(layers, X[:, one], Y[:, one]) for one in blocks(X.shape[1], block_size))
    gradients, _, _ = reduce(Part.plus, parts).means()
    return gradients


def _full_batch(run: Run, pieces: list[slice]) -> tuple[list[Layer], float, float]:
    """One step along the sum over all blocks."""
    parts = (part(run.layers, run.X[:, one], run.Y[:, one]) for one in pieces)
    gradients, cost, share = reduce(Part.plus, parts).means()
    return update(run.layers, gradients, run.learning_rate), cost, share


def _mini_batches(run: Run, pieces: list[slice]) -> tuple[list[Layer], float, float]:
    """The blocks in random order, and within each its mini-batches."""
    layers, loss, hits = run.layers, 0.0, 0.0
    for k in run.rng.permutation(len(pieces)):
        X_k, Y_k = (np.asarray(A[:, pieces[k]], layers[0].W.dtype) for A in (run.X, run.Y))
        m_k = Y_k.shape[1]
        size = min(run.batch_size or m_k, m_k)
        engine = Engine(layers, X_k, Y_k, run.learning_rate, size)
        (cost,), (share,) = engine.one_epoch(batches(m_k, size, run.rng))
        layers = engine.stand()
        loss, hits = loss + m_k * cost, hits + m_k * share
    m = run.Y.shape[1]
    return layers, loss / m, hits / m


def _descend(
    run: Run, epochs: int, progress: bool, after_epoch: Listener | None
) -> tuple[list[Layer], History]:
    """Epoch after epoch, until as many are done."""
    one_epoch = _full_batch if run.batch_size is None else _mini_batches
    pieces = blocks(run.X.shape[1], run.block_size or run.X.shape[1])
    with run:  # Ctrl-C ends the block, not the program
        for _ in run.to_do(epochs, progress):
            run.keep(*one_epoch(run, pieces))
            if after_epoch is not None and not run.diverged:
                after_epoch(run)
    return run.layers, run.history


@door
def train(
    layers: Network,
    X: StoredExamples,
    Y: StoredLabels,
    learning_rate: Rate,
    epochs: EpochCount,
    block_size: Count = 1024,
    batch_size: Count | None = None,
    rng: RandomSeed = 0,
    progress: Flag = False,
    after_epoch: Listener | None = None,
) -> Annotated[tuple[list[Layer], History], descends]:
    """Train on data of any length, block by block; a mini-batch comes from one block."""
    run = Run(layers, X, Y, learning_rate, batch_size, np.random.default_rng(rng), block_size)
    return _descend(run, epochs, progress, after_epoch)


@door
def resume(
    checkpoint: CheckpointToResume,
    X: StoredExamples,
    Y: StoredLabels,
    epochs: EpochCount,
    progress: Flag = False,
    after_epoch: Listener | None = None,
) -> Annotated[tuple[list[Layer], History], descends]:
    """Go on with such a run as if it had never stopped; the epochs that are done count."""
    run = checkpoint.run(X, Y, epochs, in_blocks=True)
    return _descend(run, epochs, progress, after_epoch)
