"""Time the training of a network: nnlib, scikit-learn and PyTorch, the same steps from one start.

    python bench/network.py

Never part of the tests: times depend on the machine and on what else it does.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable

for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")  # one core for everybody: before NumPy is imported

import numpy as np  # noqa: E402

from nnlib.exchange import from_sklearn, from_torch, to_sklearn, to_torch  # noqa: E402
from nnlib.images import prepare  # noqa: E402
from nnlib.network import Layer, initialize  # noqa: E402
from nnlib.photographs import load_trees  # noqa: E402
from nnlib.training import train  # noqa: E402

RATE = 0.05
TOLERANCE = {np.float64: 1e-11, np.float32: 1e-4}
"""How far the weights of two libraries may lie apart, or the race is off: rounding only."""


def main() -> None:
    """Print a table for each precision."""
    parser = argparse.ArgumentParser(description="Time the training of a 768-20-1 network.")
    parser.add_argument("--rounds", type=int, default=7, help="runs of each candidate (7)")
    rounds = parser.parse_args().rounds
    if rounds < 1:
        parser.error("--rounds must be at least 1")
    print(f"NumPy {np.__version__}, {os.environ['OPENBLAS_NUM_THREADS']} thread(s)")
    data = prepare(load_trees())
    for dtype in (np.float64, np.float32):
        X, Y = data.X_train.astype(dtype), data.Y_train.astype(dtype)
        race(f"full batch, 100 steps, {dtype.__name__}", X, Y, X.shape[1], 100, rounds)
        race(f"batches of 32, 5 epochs, {dtype.__name__}", X, Y, 32, 5, rounds)


def race(title: str, X: np.ndarray, Y: np.ndarray, size: int, epochs: int, rounds: int) -> None:
    """Take turns, after a check that all end with the same weights."""
    start = initialize((len(X), 20, 1), rng=5, dtype=X.dtype)
    rows, y = np.ascontiguousarray(X.T), Y.ravel().astype(int)
    pieces = [slice(i, i + size) for i in range(0, X.shape[1], size)]
    runs: dict[str, Callable[[], list[Layer]]] = {
        "bare lines of (32)-(36)": lambda: bare(start, X, Y, pieces, epochs),
        "nnlib": lambda: nnlib(start, X, Y, size, epochs),
        "scikit-learn": lambda: sklearn(start, rows, y, size, epochs),
        "PyTorch": lambda: pytorch(start, rows, Y, pieces, epochs),
    }
    wanted = runs["bare lines of (32)-(36)"]()
    for name in list(runs):
        try:
            found = runs[name]()
        except ImportError:
            del runs[name]
            continue
        away = max(np.abs(a.W - b.W).max() for a, b in zip(wanted, found, strict=True))
        # nnlib shuffles the mini-batches: there the mathematics is the same, the order is not
        if away > TOLERANCE[X.dtype.type] and not (name == "nnlib" and size < X.shape[1]):
            raise SystemExit(f"{name} ends elsewhere: {away:.1e} away")
    best = dict.fromkeys(runs, float("inf"))
    for _ in range(rounds):
        for name, call in runs.items():
            begun = time.perf_counter()
            call()
            best[name] = min(best[name], time.perf_counter() - begun)
    print(f"\n{title}\n{'':26}{'ms per step':>12}{'ratio':>8}")
    steps = epochs * len(pieces)
    for name, seconds in best.items():
        ratio = seconds / best["nnlib"]
        print(f"{name:26}{1000 * seconds / steps:12.3f}{ratio:7.2f}×")


def bare(layers, X, Y, pieces, epochs):
    """The limit: the same lines without a check and without a history."""
    (W1, b1, _), (W2, b2, _) = layers
    for _ in range(epochs):
        for piece in pieces:
            X_p, Y_p = X[:, piece], Y[:, piece]
            m = Y_p.shape[1]
            A1 = np.maximum(0, W1 @ X_p + b1)
            dZ2 = 1 / (1 + np.exp(-(W2 @ A1 + b2))) - Y_p
            dZ1 = (W2.T @ dZ2) * (A1 > 0)
            W2 = W2 - RATE * (dZ2 @ A1.T / m)
            b2 = b2 - RATE * dZ2.sum(axis=1, keepdims=True) / m
            W1 = W1 - RATE * (dZ1 @ X_p.T / m)
            b1 = b1 - RATE * dZ1.sum(axis=1, keepdims=True) / m
    return [Layer(W1, b1, "relu"), Layer(W2, b2, "sigmoid")]


def nnlib(layers, X, Y, size, epochs):
    """Ours, as a stranger would call it."""
    return train(layers, X, Y, RATE, epochs, None if size == X.shape[1] else size)[0]


def sklearn(layers, rows, y, size, epochs):
    """MLPClassifier, with everything switched off that plain gradient descent does not have."""
    mlp = to_sklearn(layers).set_params(learning_rate_init=RATE, batch_size=size, shuffle=False)
    mlp.set_params(momentum=0.0, nesterovs_momentum=False, alpha=0.0)
    for _ in range(epochs):
        mlp.partial_fit(rows, y)
    return from_sklearn(mlp)


def pytorch(layers, rows, Y, pieces, epochs):
    """torch.nn.Sequential and torch.optim.SGD."""
    import torch

    torch.set_num_threads(1)
    module = to_torch(layers)
    X, target = torch.from_numpy(rows), torch.from_numpy(Y.T.copy())
    descent = torch.optim.SGD(module.parameters(), lr=RATE)
    for _ in range(epochs):
        for piece in pieces:
            descent.zero_grad()
            loss = torch.nn.functional.binary_cross_entropy(module(X[piece]), target[piece])
            loss.backward()
            descent.step()
    return from_torch(module)


if __name__ == "__main__":
    main()
