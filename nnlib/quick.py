# Plain: edited here; chapter 13 tells of it.
"""Compute first: for a few functions the door looks for who is to blame only if something is odd.

Each function here computes what its namesake behind the door does, to the same bits, and returns
None wherever anything is not exactly as it should be: another type, a shape that does not fit, a
number that is not finite. Then the door goes its whole way, and says what is wrong.

An infinite or missing number anywhere (in X, a weight, a bias) makes the evidence Z of its layer
infinite or NaN, since 0·∞ is NaN, too. So the few numbers of Z are looked at, and not the many of X
and W.
"""

import math
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

import numpy as np

from nnlib.rules_arrays import FLOATS, LARGE, length


@cache
def parts() -> tuple[type, dict[str, Callable[[Any], Any]]]:
    """The class of a layer, and the activation functions without their door."""
    activations = import_module("nnlib.activations").ACTIVATIONS
    bare = {name: g.__wrapped__ for name, (g, _) in activations.items()}
    return import_module("nnlib.network").Layer, bare


def forward(layers: Any, X: np.ndarray) -> np.ndarray | None:
    """A[L] of equation (32), or None where layers are no network for X or a Z is not finite."""
    layer_class, bare = parts()
    A, dtype, name = X, X.dtype, ""
    for layer in layers:
        W, b, name = layer
        if type(layer) is not layer_class or type(W) is not np.ndarray or W.ndim != 2:
            return None
        if type(b) is not np.ndarray or b.shape != (len(W), 1):
            return None
        if W.dtype != dtype or b.dtype != dtype:
            return None
        Z = W @ A + b  # (32)
        if not math.isfinite(length(Z)):
            return None
        A = bare[name](Z)  # (32)
    return A if name == "sigmoid" and len(A) == 1 else None


def usual(layers: Any, X: Any) -> bool:
    """True for an array of floating-point numbers in columns, and a list."""
    if type(X) is not np.ndarray or X.ndim != 2 or type(layers) is not list:
        return False
    return 0 < X.size <= LARGE and X.dtype in FLOATS


def predict_probability(layers: Any, X: Any) -> np.ndarray | None:
    """Probability of label 1 for every example."""
    if not usual(layers, X):
        return None
    try:
        with np.errstate(all="ignore"):
            return forward(layers, X)
    except Exception:  # whatever it is, the door knows how to say it
        return None


def predict(layers: Any, X: Any) -> np.ndarray | None:
    """Labels where the probability is above one half."""
    A = predict_probability(layers, X)
    return None if A is None else (A > 0.5).astype(int)


def probability(model: Any, X: Any) -> np.ndarray | None:
    """Probability of label 1 for examples that are not yet centred."""
    try:
        layers, mean, spread, notes = model
        if type(model).__module__ != "nnlib.model" or not usual(layers, X):
            return None
        if not (notes is None or type(notes) is dict):
            return None
        for column in (mean, spread):
            if column is not None and not (
                type(column) is np.ndarray
                and column.dtype == X.dtype
                and column.shape == (len(X), 1)
            ):
                return None
        if spread is not None and not column.min() > 0:
            return None
        with np.errstate(all="ignore"):
            X = X if mean is None else X - mean
            X = X if spread is None else X / spread
            return forward(layers, X)
    except Exception:  # whatever it is, the door knows how to say it
        return None


FIRST: dict[str, Callable[..., Any]] = {
    "nnlib.network.predict_probability": predict_probability,
    "nnlib.network.predict": predict,
    "nnlib.model.probability": probability,
}
"""By the full name of a function behind the door: what is tried before it."""
