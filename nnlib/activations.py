# Woven from chapters 1 and 6 by `python -m course tangle`: edit notebooks/text, not this file.
"""Activation functions and their derivatives."""

import numpy as np
from numpy.typing import ArrayLike

from nnlib.validation import Array, check_numbers, check_outputs


def sigmoid(z: ArrayLike) -> Array:
    """Logistic sigmoid, equation (3), by the branch that cannot overflow.

    Parameters
    ----------
    z : array_like
        Any shape.

    Returns
    -------
    ndarray
        Same shape as `z`, values from 0 to 1.

    Raises
    ------
    InputError
        If `z` holds anything but finite numbers.

    Examples
    --------
    >>> float(sigmoid(0))
    0.5
    """
    z = check_numbers(z, "z")
    e = np.exp(-np.abs(z))  # in [0, 1] for every z
    a: Array = np.where(z >= 0, 1, e) / (1 + e)  # (3)
    return a


def sigmoid_derivative(A: ArrayLike) -> Array:
    """Slope of the sigmoid from its output: A (1 - A), the second factor of equation (11).

    Parameters
    ----------
    A : array_like
        Outputs of `sigmoid`, any shape.

    Returns
    -------
    ndarray
        Same shape as `A`, values from 0 to 1/4.

    Raises
    ------
    InputError
        If `A` holds a number below 0 or above 1: it is not an output of the sigmoid.
    """
    A = check_outputs(A, 0, 1, "the sigmoid")
    return A * (1 - A)


def tanh(z: ArrayLike) -> Array:
    """Hyperbolic tangent, equation (28).

    Parameters
    ----------
    z : array_like
        Any shape.

    Returns
    -------
    ndarray
        Same shape as `z`, values from -1 to 1. float32 stays float32.

    Raises
    ------
    InputError
        If `z` is not made of finite numbers.
    """
    return np.tanh(check_numbers(z, "z"))  # (28), in a form that cannot overflow


def tanh_derivative(A: ArrayLike) -> Array:
    """Slope of tanh from its output: 1 - A², the derivative of equation (28).

    Parameters
    ----------
    A : array_like
        Outputs of `tanh`, any shape.

    Returns
    -------
    ndarray
        Same shape as `A`, values from 0 to 1.

    Raises
    ------
    InputError
        If `A` holds a number below -1 or above 1: it is not an output of tanh.
    """
    A = check_outputs(A, -1, 1, "tanh")
    return 1 - A**2


def relu(z: ArrayLike) -> Array:
    """Rectified linear unit, equation (29): z where it is positive, 0 elsewhere.

    Parameters
    ----------
    z : array_like
        Any shape.

    Returns
    -------
    ndarray
        Same shape as `z`, values 0 or above. float32 stays float32.

    Raises
    ------
    InputError
        If `z` is not made of finite numbers.
    """
    return np.maximum(0, check_numbers(z, "z"))  # (29)


def relu_derivative(A: ArrayLike) -> Array:
    """Slope of ReLU from its output: 1 where A > 0, else 0, the derivative of equation (29).

    At z = 0 there is no derivative; the value 0 is a convention.

    Parameters
    ----------
    A : array_like
        Outputs of `relu`, any shape.

    Returns
    -------
    ndarray
        Same shape as `A`, values 0 and 1.

    Raises
    ------
    InputError
        If `A` holds a negative number: it is not an output of ReLU.
    """
    A = check_outputs(A, 0, np.inf, "ReLU")
    return (A > 0).astype(A.dtype)


# For each name: the function of Z, and its derivative as a function of A.
ACTIVATIONS = {
    "sigmoid": (sigmoid, sigmoid_derivative),
    "tanh": (tanh, tanh_derivative),
    "relu": (relu, relu_derivative),
}
