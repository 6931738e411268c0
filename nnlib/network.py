# Woven from chapters 5, 7, 8 and 10 by `python -m course tangle`:
# edit notebooks/text, not this file.
"""Layers of units: start, forward, backward, update."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from nnlib.activations import ACTIVATIONS
from nnlib.validation import (
    Array,
    InputError,
    as_array,
    check_count,
    check_dtype,
    check_examples,
    check_gradient,
    check_labels,
    check_layer,
    check_memory,
    check_overflow,
    check_positive,
    check_precision,
    check_probability,
    check_rng,
    describe,
)


class Layer(NamedTuple):
    """The parameters of one layer, equation (27), and the name of its activation function.

    Attributes
    ----------
    W : ndarray, shape (n_l, n_prev)
        Weights; row j belongs to unit j.
    b : ndarray, shape (n_l, 1)
        Biases, one per unit.
    activation : str
        The function that makes A from Z: ``"sigmoid"`` is the one built so far.
    """

    W: Array
    b: Array
    activation: str


def layer_z(W: ArrayLike, b: ArrayLike, A_prev: ArrayLike) -> Array:
    """Evidence of all units of a layer for all examples: Z = W A_prev + b, equation (27).

    Parameters
    ----------
    W : array_like, shape (n_l, n_prev)
        Weights, one row per unit.
    b : array_like, shape (n_l, 1)
        Biases, one per unit.
    A_prev : array_like, shape (n_prev, m)
        Inputs of the layer, one column per example: X, or the outputs of the layer before.

    Returns
    -------
    ndarray, shape (n_l, m)
        Row j is unit j, column i is example i. float32 if all three are float32.

    Raises
    ------
    InputError
        If shapes do not fit, an array is not made of finite numbers, or the product overflows.
    """
    W, b = check_layer(W, b)
    A_prev = check_examples(A_prev, n_x=W.shape[1], name="A_prev")
    with np.errstate(over="ignore", invalid="ignore"):  # check_overflow says it better
        Z = W @ A_prev + b  # (27)
    return check_overflow(Z, "W and A_prev")


class Pass(NamedTuple):
    """What a forward pass keeps, so that the backward pass can use it again.

    The lists are counted like the layers: `Z[l]` and `A[l]` belong to layer l.

    Attributes
    ----------
    Z : list
        `Z[l]`, shape (n_l, m), for l = 1 … L. `Z[0]` is None: the input is no weighted sum.
    A : list
        `A[l]`, shape (n_l, m), for l = 0 … L. `A[0]` is X and `A[L]` holds the predictions.
    """

    Z: list[Array | None]
    A: list[Array]


def _forward(layers: list[Layer], X: Array) -> Pass:
    """Equation (32) for every layer of a checked network on checked examples."""
    Z: list[Array | None] = [None]
    A = [X]
    for l, (W, b, activation) in enumerate(layers, start=1):
        g, _ = ACTIVATIONS[activation]
        check_memory((W.shape[0], X.shape[1]), f"Z of layer {l}")
        with np.errstate(over="ignore", invalid="ignore"):  # the next lines say it better
            Z_l = W @ A[-1] + b  # (32)
        if not np.isfinite(Z_l).all():
            raise InputError(f"Z of layer {l} is too large: weights and inputs overflow.")
        Z.append(Z_l)
        A.append(g(Z_l))  # (32)
    return Pass(Z, A)


def _check_activation(activation: str, name: str) -> str:
    """Return the name of a known activation function."""
    if not isinstance(activation, str) or activation not in ACTIVATIONS:
        known = ", ".join(ACTIVATIONS)
        raise InputError(f"{name} must be one of {known}; found {describe(activation)}.")
    return activation


def _check_layer(layer: object, l: int, n_in: int | None) -> Layer:
    """Return layer number `l` as a Layer of arrays that fit `n_in` inputs (None: any number)."""
    if not isinstance(layer, Layer):
        raise InputError(f"layers[{l - 1}] must be a Layer; found {type(layer).__name__}.")
    try:
        W, b = check_layer(layer.W, layer.b)
    except InputError as error:
        raise InputError(f"Layer {l}: {error}") from None
    if n_in is not None and W.shape[1] != n_in:
        wanted = f"{n_in} columns, one per unit of layer {l - 1}"
        raise InputError(f"Layer {l}: W must have {wanted}; found shape {W.shape}.")
    if W.dtype != b.dtype:
        raise InputError(f"Layer {l}: W and b must have one dtype; found {W.dtype} and {b.dtype}.")
    return Layer(W, b, _check_activation(layer.activation, f"the activation of layer {l}"))


def _found(value: object) -> str:
    """What stands in a message for a value of the wrong kind."""
    return "an empty one" if isinstance(value, list | tuple) and not value else type(value).__name__


def check_layers(layers: Sequence[Layer]) -> list[Layer]:
    """Return a network as a list of layers that fit together.

    Parameters
    ----------
    layers : sequence of Layer
        Layer 1 first. Layer l has `W` of shape (n_l, n_{l-1}) and `b` of shape (n_l, 1); the last
        layer is one sigmoid unit.

    Returns
    -------
    list of Layer
        The same layers; numbers that were not float32 or float64 are float64 now.

    Raises
    ------
    InputError
        If it is no such list, two neighbours do not fit, or float32 and float64 are mixed.
    """
    if isinstance(layers, Layer) or not isinstance(layers, list | tuple) or not layers:
        raise InputError(f"layers must be a list of Layer; found {_found(layers)}.")
    network: list[Layer] = []
    for l, layer in enumerate(layers, start=1):
        n_in = network[-1].W.shape[0] if network else None
        network.append(_check_layer(layer, l, n_in))
        if network[-1].W.dtype != network[0].W.dtype:
            found = f"{network[0].W.dtype} in layer 1 and {network[-1].W.dtype} in layer {l}"
            raise InputError(f"all layers must have one dtype; found {found}.")
    units, activation = network[-1].W.shape[0], network[-1].activation
    if units != 1 or activation != "sigmoid":
        found = f"{units} with {activation}"
        raise InputError(f"the last layer must be one unit with sigmoid; found {found}.")
    return network


def _check_input(layers: list[Layer], X: ArrayLike) -> Array:
    """Return X in the precision of the network."""
    W = layers[0].W
    return check_precision(check_examples(X, n_x=W.shape[1]), W.dtype, "X")


def forward(layers: Sequence[Layer], X: ArrayLike) -> Pass:
    """Send all examples through all layers, equations (31) and (32).

    Parameters
    ----------
    layers : sequence of Layer
        A network, see `check_layers`. Its dtype, float32 or float64, is that of the whole pass.
    X : array_like, shape (n_x, m)
        One column per example.

    Returns
    -------
    Pass
        `Z[l]` and `A[l]` of every layer; `A[-1]`, shape (1, m), holds the probabilities.

    Raises
    ------
    InputError
        If `layers` is no network, or X does not have one row per input of layer 1.
    """
    layers = check_layers(layers)
    return _forward(layers, _check_input(layers, X))


def _check_sizes(sizes: Sequence[int]) -> list[int]:
    """Return the sizes (n_x, n_1, …, 1) as a list of int, of a network that fits in memory."""
    try:
        sizes = list(sizes)
    except TypeError:
        found = type(sizes).__name__
        raise InputError(f"sizes must be a list such as (768, 20, 1); found {found}.") from None
    sizes = [check_count(n, f"sizes[{l}]") for l, n in enumerate(sizes)]
    if len(sizes) < 2 or sizes[-1] != 1:
        raise InputError(f"sizes must be the number of features … and 1 at the end; found {sizes}.")
    for l in range(1, len(sizes)):
        check_memory((sizes[l], sizes[l - 1]), f"W of layer {l}")
    return sizes


def _check_hidden(hidden: str | Sequence[str], count: int) -> list[str]:
    """Return the names of the activations of `count` hidden layers."""
    names = [hidden] * count if isinstance(hidden, str) else hidden
    if not isinstance(names, list | tuple) or len(names) != count:
        found = f"{len(names)}" if isinstance(names, list | tuple) else type(names).__name__
        raise InputError(
            f"hidden must be one name, or {count}, one per hidden layer; found {found}."
        )
    if isinstance(hidden, str):
        _check_activation(hidden, "hidden")
    return [_check_activation(name, f"hidden[{l}]") for l, name in enumerate(names)]


def initialize(
    sizes: Sequence[int],
    hidden: str | Sequence[str] = "relu",
    rng: int | np.random.Generator = 0,
    scale: float | None = None,
    dtype: DTypeLike = np.float64,
) -> list[Layer]:
    """Build a network with random weights and zero biases; its output layer is a sigmoid unit.

    Parameters
    ----------
    sizes : sequence of int
        (n_x, n_1, …, 1): the number of features, then the number of units of each layer.
    hidden : str or sequence of str
        The activation of all hidden layers, or one name for each of them.
    rng : int or numpy.random.Generator
        A seed, or the generator to draw from. The same seed gives the same network.
    scale : float, optional
        The standard deviation of all weights. By default each layer has its own: √(2 / n_in) for
        ReLU (He), 1 / √n_in for the others (LeCun), where n_in is its number of inputs.
    dtype : dtype
        float64 or float32.

    Returns
    -------
    list of Layer
        Layer l has `W` of shape (n_l, n_{l-1}) and `b` of shape (n_l, 1).

    Raises
    ------
    InputError
        If the sizes are no whole numbers that end with 1, an activation is unknown or missing, or
        `rng`, `scale` or `dtype` cannot be used.
    """
    sizes = _check_sizes(sizes)
    names = [*_check_hidden(hidden, len(sizes) - 2), "sigmoid"]
    rng = check_rng(rng)
    scale = None if scale is None else check_positive(scale, "scale")
    dtype = check_dtype(dtype)
    limits = np.finfo(dtype)
    if scale is not None and not float(limits.tiny) <= scale <= float(limits.max) / 16:
        raise InputError(f"scale {scale:g} is too small or too large for weights in {dtype}.")
    layers = []
    for n_in, n_out, activation in zip(sizes[:-1], sizes[1:], names, strict=True):
        spread = scale or np.sqrt((2 if activation == "relu" else 1) / n_in)
        W = spread * rng.standard_normal((n_out, n_in))  # rows differ: no symmetry
        layers.append(Layer(W.astype(dtype), np.zeros((n_out, 1), dtype), activation))
    return layers


def predict_probability(layers: Sequence[Layer], X: ArrayLike) -> Array:
    """Probability of label 1 for every example: A[L] of equation (32).

    Parameters
    ----------
    layers : sequence of Layer
        A network, see `check_layers`.
    X : array_like, shape (n_x, m)
        One column per example.

    Returns
    -------
    ndarray, shape (1, m)
        Values from 0 to 1, in the precision of the network.

    Raises
    ------
    InputError
        If `layers` is no network or X does not fit it.
    """
    return forward(layers, X).A[-1]


def predict(layers: Sequence[Layer], X: ArrayLike, threshold: float = 0.5) -> NDArray[np.integer]:
    """Label of every example: 1 where its probability is above the threshold, else 0.

    Parameters
    ----------
    layers : sequence of Layer
        A network, see `check_layers`.
    X : array_like, shape (n_x, m)
        One column per example.
    threshold : float
        From 0 to 1.

    Returns
    -------
    ndarray of int, shape (1, m)

    Raises
    ------
    InputError
        If `layers` is no network, X does not fit it, or the threshold is not from 0 to 1.
    """
    threshold = check_probability(threshold, "threshold")
    return (predict_probability(layers, X) > threshold).astype(int)


class Gradient(NamedTuple):
    """The derivatives of the cost for one layer, shaped like its parameters.

    Attributes
    ----------
    dW : ndarray, shape (n_l, n_{l-1})
    db : ndarray, shape (n_l, 1)
    """

    dW: Array
    db: Array


def _backward(layers: list[Layer], A: list[Array], Y: Array) -> tuple[list[Gradient], Array]:
    """Equation (34) for every layer, without any check: the gradients, and dZ[1]."""
    m = Y.shape[1]
    L = len(layers)
    gradients: list[Gradient] = []
    dZ = A[L] - Y  # (23) at the output
    for l in range(L, 0, -1):
        dW = dZ @ A[l - 1].T / m  # (34)
        db = dZ.sum(axis=1, keepdims=True) / m  # (34)
        gradients.insert(0, Gradient(dW, db))  # before those of layers l + 1 … L
        if l > 1:  # training has no use for dA[0]
            dA = layers[l - 1].W.T @ dZ  # (34)
            _, g_prime = ACTIVATIONS[layers[l - 2].activation]
            dZ = dA * g_prime(A[l - 1])  # (34), now for layer l - 1
    return gradients, dZ


def _check_backward(
    layers: Sequence[Layer], cache: Pass, Y: ArrayLike
) -> tuple[list[Layer], list[Array], Array]:
    """Return layers, activations and labels that fit together."""
    layers = check_layers(layers)
    known = isinstance(cache, Pass) and isinstance(cache.A, list | tuple)
    if not known or len(cache.A) != len(layers) + 1:
        raise InputError("cache must be what forward returned for these layers.")
    dtype, A = layers[0].W.dtype, []
    for l, A_l in enumerate(cache.A):
        name = f"cache.A[{l}]"
        A.append(check_precision(check_examples(A_l, name=name), dtype, name))
    m = A[0].shape[1]
    units = [layers[0].W.shape[1], *(layer.W.shape[0] for layer in layers)]
    for l, n_l in enumerate(units):
        if A[l].shape != (n_l, m):
            wanted = f"shape {(n_l, m)} for these layers"
            raise InputError(f"cache.A[{l}] must have {wanted}; found shape {A[l].shape}.")
    if A[-1].min() < 0 or A[-1].max() > 1:
        raise InputError(f"cache.A[{len(layers)}] must hold probabilities from 0 to 1.")
    return layers, A, check_labels(Y, m, dtype)


def backward(layers: Sequence[Layer], cache: Pass, Y: ArrayLike) -> list[Gradient]:
    """Gradients of the cost for every layer, equations (33) and (34).

    Parameters
    ----------
    layers : sequence of Layer
        The network.
    cache : Pass
        What `forward(layers, X)` returned for these layers.
    Y : array_like, shape (1, m)
        Labels 0 and 1.

    Returns
    -------
    list of Gradient
        `gradients[l - 1]` belongs to layer l: dW like W, db like b.

    Raises
    ------
    InputError
        If `layers` is no network, `cache` does not belong to it, or Y does not fit.
    """
    layers, A, Y = _check_backward(layers, cache, Y)
    with np.errstate(over="ignore", invalid="ignore"):  # check_overflow says it better
        gradients, _ = _backward(layers, A, Y)
    for gradient in gradients:
        check_overflow(gradient.dW, "the layers and cache.A")
    return gradients


def input_gradient(layers: Sequence[Layer], cache: Pass, Y: ArrayLike) -> Array:
    """Derivative of the loss of each example with respect to its features: dA[0] of equation (34).

    Training does not need it. It shows what the network looks at.

    Parameters
    ----------
    layers : sequence of Layer
        The network.
    cache : Pass
        What `forward(layers, X)` returned for these layers.
    Y : array_like, shape (1, m)
        Labels 0 and 1.

    Returns
    -------
    ndarray, shape (n_x, m)
        Column i belongs to example i. It is not divided by m: it is a derivative of its loss.

    Raises
    ------
    InputError
        If `layers` is no network, `cache` does not belong to it, or Y does not fit.
    """
    layers, A, Y = _check_backward(layers, cache, Y)
    with np.errstate(over="ignore", invalid="ignore"):  # check_overflow says it better
        _, dZ = _backward(layers, A, Y)
        dA = layers[0].W.T @ dZ  # (34), l = 1
    return check_overflow(dA, "the layers and cache.A")


def _update(layers: list[Layer], gradients: Sequence[Gradient], alpha: float) -> list[Layer]:
    """Equations (35) and (36) for every layer, without any check."""
    return [
        Layer(W - alpha * dW, b - alpha * db, activation)  # (35), (36)
        for (W, b, activation), (dW, db) in zip(layers, gradients, strict=True)
    ]


def update(
    layers: Sequence[Layer], gradients: Sequence[Gradient], learning_rate: float
) -> list[Layer]:
    """One step of gradient descent for every layer, equations (35) and (36).

    Parameters
    ----------
    layers : sequence of Layer
        The network. It is not changed.
    gradients : sequence of Gradient
        What `backward` returned, one per layer.
    learning_rate : float
        The step size α, above 0.

    Returns
    -------
    list of Layer
        A new network.

    Raises
    ------
    InputError
        If `layers` is no network, a gradient does not have the shape of its parameter or is not
        finite, the learning rate is not above 0, or the step overflows.
    """
    layers = check_layers(layers)
    alpha = check_positive(learning_rate, "learning_rate")
    if not isinstance(gradients, list | tuple) or len(gradients) != len(layers):
        raise InputError(
            f"gradients must be a list with one Gradient per layer, {len(layers)} here."
        )
    checked = []
    for l, (layer, gradient) in enumerate(zip(layers, gradients, strict=True)):
        if not isinstance(gradient, list | tuple) or len(gradient) != 2:
            raise InputError(f"gradients[{l}] must be a Gradient, dW and db.")
        found = [as_array(part, f"gradients[{l}]").shape for part in gradient]
        if found != [layer.W.shape, layer.b.shape]:
            wanted = f"the shapes {layer.W.shape} and {layer.b.shape}"
            raise InputError(f"gradients[{l}] must have {wanted} of W and b; found {found}.")
        dW = check_gradient(gradient[0], layer.W, alpha, f"gradients[{l}].dW")
        db = check_gradient(gradient[1], layer.b, alpha, f"gradients[{l}].db")
        checked.append(Gradient(dW, db))
    return _update(layers, checked, alpha)
