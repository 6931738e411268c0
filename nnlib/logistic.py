# Woven from chapters 1, 3, 4 and 10 by `python -m course tangle`:
# edit notebooks/text, not this file.
"""Logistic regression: one unit that looks at all features."""

from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnlib.activations import sigmoid
from nnlib.losses import cost_from_z
from nnlib.validation import (
    Array,
    InputError,
    as_array,
    check_count,
    check_examples,
    check_falling,
    check_gradient,
    check_labels,
    check_numbers,
    check_overflow,
    check_positive,
    check_probability,
    check_unit,
)


def forward_one(w: ArrayLike, b: float, x: ArrayLike) -> float:
    """Output of one unit for one example, equations (1) and (2).

    Parameters
    ----------
    w : array_like, shape (n_x, 1)
    b : number
    x : array_like, shape (n_x, 1)

    Returns
    -------
    float
        The probability that the label is 1.

    Raises
    ------
    InputError
        If shapes do not fit, anything but finite numbers is found, or their product overflows.
    """
    x = check_examples(x, name="x")
    if x.shape[1] != 1:
        raise InputError(f"x must be one example, shape (n_x, 1); found shape {x.shape}.")
    w, b = check_unit(w, b, x.shape[0])
    with np.errstate(over="ignore", invalid="ignore"):  # check_overflow says it better
        z = w.T @ x + b  # (2)
    return sigmoid(check_overflow(z, "w and x")).item()  # (1)


def step(
    w: ArrayLike, b: ArrayLike, dw: ArrayLike, db: ArrayLike, learning_rate: float
) -> tuple[Array, float]:
    """One step of gradient descent, equations (8) and (9).

    Parameters
    ----------
    w, dw : ndarray
        Weights and derivative of the cost by them, shape (n_x, 1) each.
    b, db : float
        Bias and derivative of the cost by it.
    learning_rate : float
        The learning rate alpha, above 0.

    Returns
    -------
    w : ndarray
        New weights, shape (n_x, 1); the old ones are left as they are.
    b : float
        New bias.

    Raises
    ------
    InputError
        If `learning_rate` is not a finite number above 0, a derivative does not have the shape of
        its parameter, or anything but finite numbers is found.
    """
    alpha = check_positive(learning_rate, "learning_rate")
    w, b = check_numbers(w, "w"), check_numbers(b, "b")
    if b.size != 1:
        raise InputError(f"b must be one number; found shape {b.shape}.")
    dw, db = check_gradient(dw, w, alpha, "dw"), check_gradient(db, b, alpha, "db")
    return w - alpha * dw, (b - alpha * db).item()  # (8), (9)


def gradients_one(w: Array, b: float, x: Array, y: float) -> tuple[Array, float]:
    """Derivatives of the loss of one example, equations (10) to (15).

    Parameters
    ----------
    w : ndarray
        Weights, shape (n_x, 1).
    b : float
        Bias.
    x : ndarray
        One example, shape (n_x, 1).
    y : float
        Its label, 0 or 1.

    Returns
    -------
    dw : ndarray
        Derivatives of the loss by the weights, shape (n_x, 1).
    db : float
        Derivative of the loss by the bias.

    Raises
    ------
    InputError
        If a shape does not fit, a value is not finite, or `y` is neither 0 nor 1.
    """
    x = check_examples(x, name="x")
    y = check_labels(as_array(y, "y").reshape(1, -1), 1, name="y").item()
    a = forward_one(w, b, x)
    dz = a - y  # (12)
    dw = x * dz  # (13), (14)
    db = dz  # (15)
    return dw, db


def gradients_loop(w: Array, b: float, X: Array, Y: Array) -> tuple[Array, float]:
    """Derivatives of the cost, one example at a time.

    Parameters
    ----------
    w : ndarray
        Weights, shape (n_x, 1).
    b : float
        Bias.
    X : ndarray
        Examples as columns, shape (n_x, m).
    Y : ndarray
        Labels 0 and 1, shape (1, m).

    Returns
    -------
    dw : ndarray
        Derivatives of the cost by the weights, shape (n_x, 1).
    db : float
        Derivative of the cost by the bias.

    Raises
    ------
    InputError
        If a shape does not fit, a value is not finite, or a label is neither 0 nor 1.
    """
    X = check_examples(X)
    n_x, m = X.shape
    Y = check_labels(Y, m, X.dtype)
    dw, db = np.zeros((n_x, 1), X.dtype), 0.0
    for i in range(m):
        dw_i, db_i = gradients_one(w, b, X[:, i : i + 1], Y[0, i])
        with np.errstate(over="ignore"):  # check_overflow says it better
            dw += dw_i
        db += db_i
    return check_overflow(dw, "X and A - Y") / m, db / m


class Fit(NamedTuple):
    """What training returns.

    Attributes
    ----------
    w : ndarray
        Weights, shape (n_x, 1).
    b : float
        Bias.
    costs : list of float
        The cost before each step.
    """

    w: Array
    b: float
    costs: list[float]


def safe_learning_rate(X: ArrayLike) -> float:
    """The learning rate 2/Λ: with any smaller one, every step of `train` lowers the cost.

    Λ is the largest eigenvalue of X̃ X̃ᵀ / (4m), where X̃ is X with a row of ones: no curvature of the
    cost of logistic regression exceeds it.

    Parameters
    ----------
    X : array_like, shape (n_x, m)
        Examples, one per column.

    Returns
    -------
    float
        2/Λ. The fall that a step guarantees is largest at half of it.

    Raises
    ------
    InputError
        If X is not a matrix of finite numbers, holds unscaled uint8 pixels, or X̃ X̃ᵀ overflows.
    """
    X = check_examples(X)
    n_x, m = X.shape
    X_tilde = np.vstack([X, np.ones((1, m))])  # float64, whatever X is
    with np.errstate(over="ignore", invalid="ignore"):  # check_overflow says it better
        smaller = X_tilde @ X_tilde.T if n_x < m else X_tilde.T @ X_tilde
    check_overflow(smaller, "X")
    largest = np.linalg.eigvalsh(smaller)[-1] / (4 * m)  # Λ; eigvalsh sorts upwards
    return float(2 / largest)


def safer_rate(X: Array, learning_rate: float, layers: int = 1) -> float:
    """Learning rate to try after a run diverged: 2/Λ, or less for more than one layer.

    Parameters
    ----------
    X : array_like, shape (n_x, m)
        The examples of the run, one per column.
    learning_rate : float
        The rate that was too large.
    layers : int
        The number of layers of the network.

    Returns
    -------
    float
        2/Λ of chapter 4 for one layer; otherwise a tenth of the old rate, at most 2/Λ. A tenth as
        well where 2/Λ is no help: it is above the old rate, or Λ overflows.

    Raises
    ------
    InputError
        If X is not a matrix, or `learning_rate` or `layers` is no number above 0.
    """
    tenth = check_positive(learning_rate, "learning_rate") / 10
    layers = check_count(layers, "layers")
    X = check_examples(X)
    try:
        limit = safe_learning_rate(X)
    except InputError:  # features so large that Λ overflows
        return tenth
    return limit if layers == 1 and limit < learning_rate else min(limit, tenth)


def train(
    X: ArrayLike,
    Y: ArrayLike,
    learning_rate: float,
    steps: int,
    w: ArrayLike | None = None,
    b: float = 0.0,
) -> Fit:
    """Gradient descent on the cost over all examples, equation (26).

    Parameters
    ----------
    X : array_like, shape (n_x, m)
        Examples, one per column; float32 examples are trained in float32.
    Y : array_like, shape (1, m)
        Labels 0 and 1.
    learning_rate : float
        α, above 0; every step goes down for any α below `safe_learning_rate(X)`.
    steps : int
        Number of steps, 0 or more.
    w : array_like, shape (n_x, 1), optional
        Start of the weights; zeros by default.
    b : float, optional
        Start of the bias.

    Returns
    -------
    Fit
        The parameters after the last step, and the cost before each step.

    Raises
    ------
    InputError
        If an argument cannot be used; nothing is changed then.
    DivergenceError
        If numbers overflow; the message names a safer learning rate.
    """
    X = check_examples(X)
    n_x, m = X.shape
    Y = check_labels(Y, m, X.dtype)
    alpha = check_positive(learning_rate, "learning_rate")
    steps = check_count(steps, "steps", minimum=0)
    w, b = check_unit(np.zeros((n_x, 1), X.dtype) if w is None else w, b, n_x)
    costs: list[float] = []
    with np.errstate(over="ignore", invalid="ignore"):  # the sentence at the end says it better
        for _ in range(steps):
            Z = w.T @ X + b  # (26), seven lines
            size = np.abs(Z).sum()  # finite: then the cost is finite too
            if not costs:
                check_overflow(size, "w and X")  # the start, which is not the rate's fault
            if not np.isfinite(size):
                break
            A = sigmoid(Z)
            dZ = A - Y
            dw = X @ dZ.T / m
            db = float(np.sum(dZ) / m)
            w = w - alpha * dw
            b = b - alpha * db
            costs.append(cost_from_z(Z, Y))
    if len(costs) < steps or not (np.isfinite(w).all() and np.isfinite(b)):
        check_falling([*costs, np.inf], alpha, partial(safer_rate, X, alpha), "step")
    return Fit(w, b, costs)


def forward(w: ArrayLike, b: float, X: ArrayLike) -> Array:
    """Outputs of one unit for all examples at once, equations (17) and (19) to (21).

    Parameters
    ----------
    w : array_like, shape (n_x, 1)
        Weights.
    b : float
        Bias.
    X : array_like, shape (n_x, m)
        Examples, one per column.

    Returns
    -------
    ndarray, shape (1, m)
        A: for each example the probability of label 1.

    Raises
    ------
    InputError
        If an argument has the wrong shape, holds NaN or infinity, X holds unscaled uint8 pixels, or
        the product overflows.
    """
    X = check_examples(X)
    w, b = check_unit(w, b, X.shape[0])
    with np.errstate(over="ignore", invalid="ignore"):  # check_overflow says it better
        Z = w.T @ X + b  # (19)
    return sigmoid(check_overflow(Z, "w and X"))  # (21)


def gradients(w: ArrayLike, b: float, X: ArrayLike, Y: ArrayLike) -> tuple[Array, float]:
    """Derivatives of the cost by w and b, equations (18) and (23) to (25).

    Parameters
    ----------
    w : array_like, shape (n_x, 1)
        Weights.
    b : float
        Bias.
    X : array_like, shape (n_x, m)
        Examples, one per column.
    Y : array_like, shape (1, m)
        Labels 0 and 1.

    Returns
    -------
    dw : ndarray, shape (n_x, 1)
        ∂J/∂w.
    db : float
        ∂J/∂b.

    Raises
    ------
    InputError
        If the shapes do not fit, a value is not finite, or a label is neither 0 nor 1.
    """
    X = check_examples(X)
    m = X.shape[1]
    Y = check_labels(Y, m, X.dtype)
    A = forward(w, b, X)
    dZ = A - Y  # (23)
    db = float(np.sum(dZ) / m)  # (24)
    with np.errstate(over="ignore", invalid="ignore"):  # check_overflow says it better
        dw = X @ dZ.T / m  # (25)
    return check_overflow(dw, "X"), db


def predict(w: ArrayLike, b: float, X: ArrayLike, threshold: float = 0.5) -> NDArray[np.integer]:
    """Labels for all examples: 1 where the probability exceeds the threshold.

    Parameters
    ----------
    w : array_like, shape (n_x, 1)
        Weights.
    b : float
        Bias.
    X : array_like, shape (n_x, m)
        Examples, one per column.
    threshold : float, optional
        From 0 to 1.

    Returns
    -------
    ndarray of int, shape (1, m)
        Labels 0 and 1.

    Raises
    ------
    InputError
        If an argument cannot be used.
    """
    threshold = check_probability(threshold, "threshold")
    return (forward(w, b, X) > threshold).astype(int)
