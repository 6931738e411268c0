"""The twelve workloads: sizes of a network, number of examples, batch size, activation, data."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from nnlib.images import prepare
from nnlib.network import initialize
from nnlib.photographs import load_trees


class Workload(NamedTuple):
    """One network and how it is trained."""

    name: str
    sizes: tuple[int, ...]
    m: int
    batch_size: int | None
    activation: str
    rate: float
    kind: str = "small"  # "large": most of the time goes into products; "tiny"; "wide": n_x > m

    @property
    def steps_per_epoch(self) -> int:
        """Steps in one epoch."""
        return 1 if self.batch_size is None else -(-self.m // self.batch_size)


WORKLOADS = (
    Workload("photographs, full batch", (768, 20, 1), 1526, None, "relu", 0.05),
    Workload("photographs, batches of 32", (768, 20, 1), 1526, 32, "relu", 0.02),
    Workload("784-128-64-1, batches of 32", (784, 128, 64, 1), 4000, 32, "relu", 0.01),
    Workload("784-128-64-1, batches of 64", (784, 128, 64, 1), 4000, 64, "relu", 0.01),
    Workload("784-128-64-1, batches of 256", (784, 128, 64, 1), 4096, 256, "relu", 0.01),
    Workload("12288-20-7-5-1, m 209", (12288, 20, 7, 5, 1), 209, None, "relu", 0.002, "wide"),
    Workload("3072-256-64-1, m 5000", (3072, 256, 64, 1), 5000, None, "relu", 0.005, "large"),
    Workload("784-512-256-1, m 10000", (784, 512, 256, 1), 10000, None, "relu", 0.01, "large"),
    Workload("logistic 784, m 10000", (784, 1), 10000, None, "relu", 0.002, "large"),
    Workload("logistic 12288, m 209", (12288, 1), 209, None, "relu", 0.0001, "wide"),
    Workload("tiny 2-4-1, m 400", (2, 4, 1), 400, None, "tanh", 0.1, "tiny"),
    Workload("tiny 2-16-16-1, m 100", (2, 16, 16, 1), 100, None, "tanh", 0.1, "tiny"),
)
OTHER_ACTIVATIONS = tuple(
    WORKLOADS[7]._replace(name=f"784-512-256-1 {name}, m 10000", activation=name)
    for name in ("tanh", "sigmoid")
)


def problem(workload: Workload, dtype: Any) -> tuple[list[Any], np.ndarray, np.ndarray]:
    """A start, X and Y in one precision; the same numbers at every call."""
    rng = np.random.default_rng(0)
    if workload.name.startswith("photographs"):
        data = prepare(load_trees())
        X, Y = data.X_train.astype(dtype), data.Y_train.astype(dtype)
    else:
        X = rng.standard_normal((workload.sizes[0], workload.m)).astype(dtype)
        Y = (X[:1] + rng.standard_normal((1, workload.m)) > 0).astype(dtype)
    start = initialize(workload.sizes, workload.activation, rng=5, dtype=dtype)
    return start, X, Y
