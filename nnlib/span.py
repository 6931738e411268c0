# Woven from chapter 13 by `python -m course tangle`: edit notebooks/text, not this file.
"""Full-batch descent in the span of the data: the first layer moves through the Gram matrix."""

from typing import Any, NamedTuple

import numpy as np

from nnlib.engine import Engine
from nnlib.kinds import Array
from nnlib.network import Layer
from nnlib.pieces import Product
from nnlib.run import Run
from nnlib.threads import short_way


class InSpan(NamedTuple):
    """Where such a run stands: W1 = W + C Xᵀ, and the layers with C in the place of W1."""

    W: Array
    X: Array
    inner: list[Layer]

    def layers(self) -> list[Layer]:
        """The network: W1 is formed, two products that no step needs."""
        C, b, name = self.inner[0]
        return [Layer(self.W + C @ self.X.T, b, name), *self.inner[1:]]

    def kept(self) -> dict[str, Any]:
        """What a checkpoint keeps besides the network, to go on with the same bits."""
        return {"span": {"W": self.W, "C": self.inner[0].W}}


class Span(Engine):
    """A network that learns from full batches in the span of the data."""

    spans = True

    def __init__(self, start: InSpan, Y: Array, rate: float) -> None:
        super().__init__(start.inner, start.X.T @ start.X, Y, rate, None)
        self.W, self.data = start.W, start.X
        self.before = np.asarray(start.W @ start.X, order=self.plan.A)  # what W1 gave at the start

    def first_products(self, examples: int) -> tuple[Product, Product]:
        """Z1 by the Gram matrix; no product for the step of C."""
        return self.evidence, self.nothing

    def evidence(self, C: Array, K: Array, Z: Array) -> None:
        """Z1 = W1 X without its bias."""
        self.plan.product(C, K, Z)
        np.add(Z, self.before, Z)

    def nothing(self, dZ: Array, X_T: Array, dC: Array) -> None:
        """The step of C is dZ1 itself, and that lies where it should."""

    def put(self, stand: Any) -> None:
        """Begin where a run in the span stands."""
        super().put(stand.inner if type(stand) is InSpan else stand)

    def stand(self) -> InSpan:
        """Where the run stands now: a copy."""
        return InSpan(self.W, self.data, super().stand())


def walk(W: Array, run: Run) -> float:
    """How many epochs a run goes directly, before it pays to go on in the span of the data."""
    (n_1, n_x), m = W.shape, run.X.shape[1]
    return 1 + m // (2 * n_1 + 20) if run.batch_size is None and m < n_x else np.inf


def engine_of(run: Run, engine: Engine | None, ways: int = 1) -> Engine:
    """The engine for the next epochs of a run: direct, or in the span of the data."""
    if engine is not None and run.epoch < engine.until:
        return engine
    stand: Any = run.stand.network
    if type(stand) is not InSpan:
        W, b, name = stand[0]
        until = walk(W, run)
        if run.epoch < until:
            size, piece = run.batch_size, short_way()
            direct = Engine(stand, run.X, run.Y, run.learning_rate, size, piece)
            direct.until, direct.ways = until, ways
            if until < np.inf:
                direct.at_once = 1  # the last step of the walk is one of its own
            return direct
        C = np.zeros((len(W), run.X.shape[1]), W.dtype)
        stand = InSpan(W, run.X, [Layer(C, b, name), *stand[1:]])
    return Span(stand, run.Y, run.learning_rate)
