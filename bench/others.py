"""Besides the steps: inference, the whole `fit`, what comes before the first step, checks, memory.

    python -m bench.others

Ratios to lines without any check, or to a peer; never part of the tests.
"""

from __future__ import annotations

import argparse
import json
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.measuring import machine, middle, pin, ratios


def main() -> None:
    """Print each comparison, and write all of them as JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.others")
    parser.add_argument("--rounds", type=int, default=15, help="turns of each candidate (15)")
    parser.add_argument(
        "--out", type=Path, default=Path("build/bench"), help="folder (build/bench)"
    )
    options = parser.parse_args()
    about = machine(pin(1))
    print(*(f"{name}: {value}" for name, value in about.items()), sep="\n")
    results = {}
    for part in (inference, before_the_first_step, whole_fit, equal_cost, gradient_check, memory):
        print(f"\n{(part.__doc__ or '').splitlines()[0]}")
        results[part.__name__] = part(options.rounds)
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / "others.json"
    path.write_text(json.dumps({"machine": about, "results": results}, indent=1))


def in_turns(
    calls: dict[str, Callable[[], Any]], rounds: int, repeats: int = 1
) -> dict[str, dict[str, Any]]:
    """Times of each call, one after the other in each round, beside the first one."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for call in calls.values():
        call()
    for _ in range(rounds):
        for name, call in calls.items():
            begun = time.perf_counter()
            for _ in range(repeats):
                call()
            times[name].append((time.perf_counter() - begun) / repeats)
    first = next(iter(times.values()))
    found = {}
    for name, numbers in times.items():
        mid, low, high = ratios(numbers, first)
        print(f"  {name:44}{1e6 * middle(numbers)[0]:12.1f} µs{mid:8.2f} ({low:.2f}–{high:.2f})")
        found[name] = {"seconds": middle(numbers), "ratio": (mid, low, high)}
    return found


def inference(rounds: int) -> dict[str, Any]:
    """Photographs through a loaded model, beside its bare lines."""
    import numpy as np

    from nnlib.model import Model, probability
    from nnlib.network import initialize

    found = {}
    for dtype in ("float32", "float64"):
        layers, mean = initialize((768, 20, 1), rng=3, dtype=dtype), np.full((768, 1), 0.4, dtype)
        (W1, b1, _), (W2, b2, _) = layers
        for m, repeats in ((1, 500), (1000, 10)):
            X = np.random.default_rng(0).random((768, m)).astype(dtype)

            def bare(
                X: Any = X, W1: Any = W1, b1: Any = b1, mean: Any = mean, last: Any = (W2, b2)
            ) -> Any:
                A = np.maximum(0, W1 @ (X - mean) + b1)
                return 1 / (1 + np.exp(-(last[0] @ A + last[1])))

            model = Model(layers, mean, notes={})
            calls = {
                "bare lines": bare,
                "model.probability": lambda X=X, k=model: probability(k, X),
            }
            print(f" {m} in {dtype}")
            found[f"{m}, {dtype}"] = in_turns(calls, rounds, repeats)
    return found


def before_the_first_step(rounds: int) -> dict[str, Any]:
    """`train` with no epoch at all, beside passes over the data."""
    import numpy as np

    from nnlib.network import initialize
    from nnlib.training import train

    found = {}
    for sizes, m, size in (((784, 128, 64, 1), 10_000, 64), ((12288, 20, 7, 5, 1), 1000, None)):
        for dtype in ("float32", "float64"):
            X = np.random.default_rng(0).standard_normal((sizes[0], m)).astype(dtype)
            Y, layers = (X[:1] > 0).astype(dtype), initialize(sizes, dtype=dtype)
            calls = {
                "one pass: the sum of all numbers": X.sum,
                "a copy": X.copy,
                "train, 0 epochs": lambda a=(layers, X, Y, 0.01, 0, size): train(*a),
            }
            print(f" {X.shape} in {dtype}")
            found[f"{X.shape}, {dtype}"] = in_turns(calls, rounds)
    return found


def whole_fit(rounds: int) -> dict[str, Any]:
    """A whole `fit` of the classifier on the photographs, 20 epochs of batches of 32."""
    import warnings

    import numpy as np

    from nnlib.classifier import NeuralNetworkClassifier
    from nnlib.images import prepare
    from nnlib.photographs import load_trees

    data = prepare(load_trees())
    rows, y = np.ascontiguousarray(data.X_train.T), data.Y_train.ravel().astype(int)
    ours = NeuralNetworkClassifier(
        (20,), epochs=20, batch_size=32, learning_rate=0.02, scaling=None
    )
    calls: dict[str, Callable[[], Any]] = {"nnlib": lambda: ours.fit(rows, y)}
    try:
        from sklearn.neural_network import MLPClassifier
    except ImportError:
        print("  scikit-learn is not installed")
    else:
        theirs = MLPClassifier((20,), solver="sgd", alpha=0, batch_size=32, max_iter=20, momentum=0)
        theirs.set_params(learning_rate_init=0.02, nesterovs_momentum=False, n_iter_no_change=999)
        calls["scikit-learn"] = lambda: theirs.fit(rows, y)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return in_turns(calls, rounds)


def equal_cost(rounds: int) -> dict[str, Any]:
    """Time to an equal cost of logistic regression: another algorithm needs fewer steps."""
    from scipy.optimize import minimize

    from nnlib.images import prepare
    from nnlib.logistic import gradients
    from nnlib.losses import cost_from_z
    from nnlib.network import initialize
    from nnlib.photographs import load_trees
    from nnlib.training import train

    data = prepare(load_trees())
    X, Y, steps = data.X_train, data.Y_train, 2000
    start = initialize((len(X), 1), scale=1e-6)
    wanted = train(start, X, Y, 0.9, steps)[1].costs[-1]

    class Reached(Exception):
        """The cost is there."""

    def cost_and_slope(p: Any) -> tuple[float, Any]:
        import numpy as np

        w, b = p[:-1, None], p[-1].item()
        J = cost_from_z(w.T @ X + b, Y)
        if J <= wanted:
            raise Reached
        dw, db = gradients(w, b, X, Y)
        return J, np.append(dw.ravel(), db)

    def newton() -> None:
        import numpy as np

        try:
            minimize(cost_and_slope, np.zeros(len(X) + 1), jac=True, method="L-BFGS-B")
        except Reached:
            pass

    print(f"  {steps} steps of gradient descent end at {wanted:.4f}")
    calls = {"gradient descent": lambda: train(start, X, Y, 0.9, steps), "L-BFGS, to there": newton}
    return in_turns(calls, max(3, rounds // 5))


def gradient_check(rounds: int) -> dict[str, Any]:
    """`check_gradients` of the photographs' network, beside the same with bare functions."""
    from nnlib.gradient_check import check_gradients
    from nnlib.images import prepare
    from nnlib.losses import cost_from_z
    from nnlib.network import Layer, backward, forward, initialize
    from nnlib.photographs import load_trees

    data = prepare(load_trees())
    X, Y = data.X_train[:, :10], data.Y_train[:, :10]
    (W1, b1, _), (W2, b2, _) = layers = initialize((768, 20, 1), "tanh", rng=0)
    parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    (dW1, db1), (dW2, db2) = backward(layers, forward(layers, X), Y)
    slopes = {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}

    def cost(p: dict[str, Any], forward: Any = forward, cost_from_z: Any = cost_from_z) -> float:
        made = [Layer(p["W1"], p["b1"], "tanh"), Layer(p["W2"], p["b2"], "sigmoid")]
        return float(cost_from_z(forward(made, X).Z[-1], Y))

    def each_through_the_door(p: dict[str, Any]) -> Any:
        import numpy as np

        return np.float64(cost(p))  # no float: every call of it stays outside

    calls = {
        "every call through the door": lambda: check_gradients(
            each_through_the_door, parameters, slopes
        ),
        "as it is": lambda: check_gradients(cost, parameters, slopes),
        "along ten directions": lambda: check_gradients(cost, parameters, slopes, directions=10),
    }
    return in_turns(calls, max(3, rounds // 5))


def memory(_: int) -> dict[str, Any]:
    """Peak memory of a `fit`, in times of X itself, which is there before."""
    import numpy as np

    from nnlib.classifier import NeuralNetworkClassifier

    found = {}
    for dtype in ("float32", "float64"):
        rows = np.random.default_rng(0).random((4000, 768)).astype(dtype)
        y = (rows[:, 0] > 0.5).astype(int)
        for size in (None, 32):
            ours = NeuralNetworkClassifier((20,), epochs=2, learning_rate=0.01, batch_size=size)
            tracemalloc.start()
            ours.fit(rows, y)
            peak = tracemalloc.get_traced_memory()[1] / rows.nbytes
            tracemalloc.stop()
            print(f"  {dtype}, batches of {size or 'all'}: {peak:.2f}")
            found[f"{dtype}, {size}"] = peak
    return found


if __name__ == "__main__":
    main()
