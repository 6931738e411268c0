# Woven from chapter 2 by `python -m course tangle`: edit notebooks/text, not this file.
"""The loss of one example, the cost of all of them, and the share that is right."""

import numpy as np
from numpy.typing import ArrayLike

from nnlib.validation import Array, InputError, check_labels, check_numbers, check_overflow


def _check_pair(a: ArrayLike, y: ArrayLike, name: str) -> tuple[Array, Array]:
    """Return numbers and 0/1 labels of one shape."""
    a, y = check_numbers(a, name), check_numbers(y, "y")
    if a.shape != y.shape:
        found = f"found {a.shape} and {y.shape}"
        raise InputError(f"{name} and y must have the same shape; {found}.")
    other = y[(y != 0) & (y != 1)]
    if other.size:
        raise InputError(f"y must hold only the labels 0 and 1; found {other[0]:g}.")
    return a, y.astype(a.dtype, copy=False)


def loss(a: ArrayLike, y: ArrayLike) -> Array:
    """Cross-entropy loss of each prediction, equations (4) to (6).

    An exact 0 or 1 counts as rounded: it is moved to the nearest normal number in between,
    so the loss is finite. Where `z` is at hand, `loss_from_z` is exact.

    Parameters
    ----------
    a : array_like
        Predicted probabilities from 0 to 1, any shape.
    y : array_like
        Labels 0 and 1, the shape of `a`.

    Returns
    -------
    ndarray
        One loss per prediction, the shape of `a`.

    Raises
    ------
    InputError
        If the shapes differ, a label is neither 0 nor 1, or a value is no probability.
    """
    a, y = _check_pair(a, y, "a")
    if a.min() < 0 or a.max() > 1:
        found = f"found {a.min():g} to {a.max():g}"
        raise InputError(f"a must hold probabilities from 0 to 1; {found}.")
    limits = np.finfo(a.dtype)
    a = np.clip(a, limits.tiny, 1 - limits.epsneg)  # the normal numbers next to 0 and 1
    losses: Array = -(y * np.log(a) + (1 - y) * np.log1p(-a))  # (4)
    return losses


def _check_row(A: ArrayLike, Y: ArrayLike, name: str) -> tuple[Array, Array]:
    """Return numbers and 0/1 labels, both of shape (1, m)."""
    A, Y = check_numbers(A, name), check_labels(Y)
    if A.shape != Y.shape:
        raise InputError(f"{name} must have the shape of Y, {Y.shape}; found {A.shape}.")
    return A, Y


def cost(A: ArrayLike, Y: ArrayLike) -> float:
    """Mean loss over the examples, equation (7).

    Parameters
    ----------
    A : array_like
        Predicted probabilities, shape (1, m).
    Y : array_like
        Labels 0 and 1, shape (1, m).

    Returns
    -------
    float
        The cost J.

    Raises
    ------
    InputError
        If the shapes differ, a label is neither 0 nor 1, or a value is no probability.
    """
    A, Y = _check_row(A, Y, "A")
    m = Y.shape[1]
    return float(np.sum(loss(A, Y)) / m)  # (7)


def loss_from_z(z: ArrayLike, y: ArrayLike) -> Array:
    """Cross-entropy loss (4), computed from z: softplus(z) - y z.

    Exact also where the probability rounds to 0 or 1.

    Parameters
    ----------
    z : array_like
        What goes into the sigmoid, any shape.
    y : array_like
        Labels 0 and 1, the shape of `z`.

    Returns
    -------
    ndarray
        One loss per example, the shape of `z`.

    Raises
    ------
    InputError
        If the shapes differ, or a label is neither 0 nor 1.
    """
    z, y = _check_pair(z, y, "z")
    losses: Array = np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))  # (4)
    return losses


def cost_from_z(Z: ArrayLike, Y: ArrayLike) -> float:
    """Mean loss over the examples, equation (7), computed from Z.

    Parameters
    ----------
    Z : array_like
        What goes into the sigmoid, shape (1, m).
    Y : array_like
        Labels 0 and 1, shape (1, m).

    Returns
    -------
    float
        The cost J.

    Raises
    ------
    InputError
        If the shapes differ, or a label is neither 0 nor 1.
    """
    Z, Y = _check_row(Z, Y, "Z")
    m = Y.shape[1]
    with np.errstate(over="ignore"):  # check_overflow says it better
        J = np.sum(loss_from_z(Z, Y)) / m  # (7)
    return float(check_overflow(np.asarray(J), "Z"))


def accuracy(predictions: ArrayLike, Y: ArrayLike) -> float:
    """Share of predictions that equal the labels.

    Parameters
    ----------
    predictions : array_like
        Predicted labels 0 and 1 (not probabilities), shape (1, m).
    Y : array_like
        Labels 0 and 1, shape (1, m).

    Returns
    -------
    float
        From 0 to 1.

    Raises
    ------
    InputError
        If a shape is not (1, m), or a value is neither 0 nor 1.
    """
    Y = check_labels(Y)
    predictions = check_labels(predictions, Y.shape[1], name="predictions")
    return float(np.mean(predictions == Y))
