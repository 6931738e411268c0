"""Time logistic regression: the loop, the products, their limit, and scikit-learn if installed.

    python bench/logistic.py

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

from nnlib.images import prepare  # noqa: E402
from nnlib.learning_rate import safe_learning_rate  # noqa: E402
from nnlib.logistic import (  # noqa: E402
    gradients,
    gradients_loop,
    predict,
    train,
)
from nnlib.losses import accuracy, cost_from_z  # noqa: E402
from nnlib.photographs import load_trees  # noqa: E402

STEPS = 600  # as in chapter 04
PENALTY = 0.27  # 1 / strength of the L2 penalty, for scikit-learn


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description="Time logistic regression.")
    parser.add_argument("--rounds", type=int, default=7, help="runs of each candidate (7)")
    rounds = parser.parse_args().rounds
    if rounds < 1:
        parser.error("--rounds must be at least 1")
    print(f"NumPy {np.__version__}, {os.environ['OPENBLAS_NUM_THREADS']} thread(s)\n")
    one_gradient(rounds)
    whole_training(rounds)


def one_gradient(rounds: int) -> None:
    """Loop, products and limit for one gradient, for several numbers of examples."""
    print("One gradient, 768 features: microseconds, and how many times the bare products")
    print(f"{'m':>6} {'bare products':>14} {'gradients':>16} {'gradients_loop':>20}")
    rng = np.random.default_rng(0)
    w, b = 0.01 * rng.standard_normal((768, 1)), 0.1
    for m in (1, 8, 64, 512, 4096):
        X = rng.standard_normal((768, m))
        Y = rng.integers(0, 2, (1, m)).astype(float)
        problem = w, b, X, Y
        bare, ours, loop = side_by_side(
            [
                lambda p=problem: bare_products(*p),
                lambda p=problem: gradients(*p),
                lambda p=problem: gradients_loop(*p),
            ],
            rounds,
        )
        print(
            f"{m:6d} {1e6 * bare:14.0f} {1e6 * ours:9.0f} {ours / bare:5.1f}× "
            f"{1e6 * loop:12.0f} {loop / bare:6.1f}×"
        )


def whole_training(rounds: int) -> None:
    """Training on the photographs: ours, without its checks, and scikit-learn's solver."""
    data = prepare(load_trees())
    X, Y = data.X_train, data.Y_train
    alpha = safe_learning_rate(X) / 2
    names, calls = (
        ["bare lines of (26)", "nnlib train"],
        [
            lambda: bare_training(X, Y, alpha),
            lambda: train(X, Y, alpha, STEPS)[:2],
        ],
    )
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError:
        print("\nscikit-learn is not installed: left out below")
    else:
        rows, labels = np.ascontiguousarray(X.T), Y[0].astype(int)

        def peer() -> tuple[np.ndarray, float]:
            # Without a penalty lbfgs would go on to a far lower cost. C is set so that the cost on
            # the training photographs ends where our early stop leaves it: time to the same place.
            model = LogisticRegression(C=PENALTY, max_iter=1000).fit(rows, labels)
            return model.coef_.T, float(model.intercept_[0])

        names.append(f"scikit-learn, lbfgs, C={PENALTY}")
        calls.append(peer)
    times = side_by_side(calls, rounds)
    print(f"\nTraining on {X.shape[1]} photographs, {STEPS} steps of gradient descent")
    print(f"{'':28} {'seconds':>8} {'ratio':>6} {'cost':>7} {'test':>6}")
    for name, call, seconds in zip(names, calls, times, strict=True):
        w, b = call()
        cost = cost_from_z(w.T @ X + b, Y)
        right = accuracy(predict(w, b, data.X_test), data.Y_test)
        print(f"{name:28} {seconds:8.3f} {seconds / times[0]:5.1f}× {cost:7.3f} {right:6.3f}")


def bare_products(
    w: np.ndarray, b: float, X: np.ndarray, Y: np.ndarray
) -> tuple[np.ndarray, float]:
    """The gradient with no check at all: the limit for NumPy."""
    dZ = 1 / (1 + np.exp(-(w.T @ X + b))) - Y
    return X @ dZ.T / X.shape[1], float(dZ.mean())


def bare_training(X: np.ndarray, Y: np.ndarray, alpha: float) -> tuple[np.ndarray, float]:
    """Equation (26) with no check and no history."""
    w, b = np.zeros((X.shape[0], 1)), 0.0
    for _ in range(STEPS):
        dw, db = bare_products(w, b, X, Y)
        w, b = w - alpha * dw, b - alpha * db
    return w, b


def side_by_side(calls: list[Callable[[], object]], rounds: int) -> list[float]:
    """The shortest time of each call; the calls take turns, so that a slow moment hits all."""
    best = [float("inf")] * len(calls)
    for _ in range(rounds):
        for k, call in enumerate(calls):
            start = time.perf_counter()
            call()
            best[k] = min(best[k], time.perf_counter() - start)
    return best


if __name__ == "__main__":
    main()
