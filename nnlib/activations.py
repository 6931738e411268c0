# Woven from chapters 1 and 6 by `python -m course tangle`: edit notebooks/text, not this file.
"""Activation functions and their slopes."""

import numpy as np

from nnlib.door import door
from nnlib.kinds import AnyNumbers, Array, OutputsOfReLU, OutputsOfSigmoid, OutputsOfTanh


@door
def sigmoid(z: AnyNumbers) -> Array:
    """Logistic sigmoid, equation (3), by the branch that cannot overflow."""
    e = np.exp(-np.abs(z))  # in [0, 1] for every z
    a: Array = np.where(z >= 0, 1, e) / (1 + e)  # (3)
    return a


@door
def sigmoid_derivative(A: OutputsOfSigmoid) -> Array:
    """Slope of the sigmoid from its output: A (1 - A), the second factor of equation (11)."""
    return A * (1 - A)


@door
def tanh(z: AnyNumbers) -> Array:
    """Hyperbolic tangent, equation (28)."""
    return np.tanh(z)  # (28), in a form that cannot overflow


@door
def tanh_derivative(A: OutputsOfTanh) -> Array:
    """Slope of tanh from its output: 1 - A², the derivative of equation (28)."""
    return 1 - A**2


@door
def relu(z: AnyNumbers) -> Array:
    """Rectified linear unit, equation (29): z where it is positive, 0 elsewhere."""
    return np.maximum(0, z)  # (29)


@door
def relu_derivative(A: OutputsOfReLU) -> Array:
    """Slope of ReLU from its output: 1 where A > 0, else 0 (at z = 0 by convention)."""
    return (A > 0).astype(A.dtype)


# For each name: the function of Z, and its derivative as a function of A.
ACTIVATIONS = {
    "sigmoid": (sigmoid, sigmoid_derivative),
    "tanh": (tanh, tanh_derivative),
    "relu": (relu, relu_derivative),
}
