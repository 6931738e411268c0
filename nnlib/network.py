# Woven from chapters 5, 7 and 8 by `python -m course tangle`: edit notebooks/text, not this file.
"""Layers of units: start, forward, backward, update."""

from typing import Annotated, Any, NamedTuple

import numpy as np

from nnlib.activations import ACTIVATIONS
from nnlib.door import door
from nnlib.kinds import (
    ActivationName,
    Array,
    Dtype,
    Examples,
    Hidden,
    Integers,
    Labels,
    LayerBiases,
    LayerInputs,
    LayerWeights,
    NetworkSizes,
    RandomSeed,
    Rate,
    Row,
    Scale,
    Threshold,
    chain,
    like_layers,
    of_layers,
)


class Layer(NamedTuple):
    """The parameters of one layer, equation (27), and the name of its activation function."""

    W: LayerWeights  # (n_l, n_prev): row j belongs to unit j
    b: LayerBiases  # (n_l, 1)
    activation: ActivationName


@door
def layer_z(W: LayerWeights, b: LayerBiases, A_prev: LayerInputs) -> Array:
    """Evidence of all units of a layer for all examples, equation (27): shape (n_l, m)."""
    return W @ A_prev + b  # (27)


Network = Annotated[list[Layer], chain]


class Cache(NamedTuple):
    """What a forward pass keeps: Z[l] and A[l] of layer l. Z[0] is None, A[0] is X."""

    Z: list[Any]
    A: list[Array]


@door
def forward(layers: Network, X: Examples) -> Cache:
    """Send all examples through all layers, equations (31) and (32)."""
    Z: list[Any] = [None]
    A = [X]
    for W, b, activation in layers:
        g, _ = ACTIVATIONS[activation]
        Z_l = W @ A[-1] + b  # (32)
        Z.append(Z_l)
        A.append(g(Z_l))  # (32)
    return Cache(Z, A)


@door
def initialize(
    sizes: NetworkSizes,
    hidden: Hidden = "relu",
    rng: RandomSeed = 0,
    scale: Scale | None = None,
    dtype: Dtype = np.float64,
) -> Network:
    """Random weights and zero biases; weights have the spread √(2/n_in) for ReLU, else 1/√n_in."""
    hidden = [hidden] * (len(sizes) - 2) if isinstance(hidden, str) else hidden
    rng = np.random.default_rng(rng)
    layers = []
    for n_in, n_out, activation in zip(sizes[:-1], sizes[1:], [*hidden, "sigmoid"], strict=True):
        spread = scale or np.sqrt((2 if activation == "relu" else 1) / n_in)
        W = spread * rng.standard_normal((n_out, n_in))  # rows differ: no symmetry
        layers.append(Layer(W.astype(dtype), np.zeros((n_out, 1), dtype), activation))
    return layers


@door
def predict_probability(layers: Network, X: Examples) -> Row:
    """Probability of label 1 for every example: A[L] of equation (32)."""
    return forward(layers, X).A[-1]


@door
def predict(layers: Network, X: Examples, threshold: Threshold = 0.5) -> Integers:
    """Label of every example, shape (1, m): 1 where its probability is above the threshold."""
    return (predict_probability(layers, X) > threshold).astype(int)


class Gradient(NamedTuple):
    """The derivatives of the cost for one layer, shaped like its parameters W and b."""

    dW: Array
    db: Array


CacheOfLayers = Annotated[Cache, of_layers]


@door
def backward(layers: Network, cache: CacheOfLayers, Y: Labels) -> list[Gradient]:
    """Gradients of the cost for every layer, equations (33) and (34)."""
    L, m = len(layers), Y.shape[1]
    gradients: list[Gradient] = []
    dZ = cache.A[L] - Y  # (23) at the output
    for l in range(L, 0, -1):
        dW = dZ @ cache.A[l - 1].T / m  # (34)
        db = dZ.sum(axis=1, keepdims=True) / m  # (34)
        gradients.insert(0, Gradient(dW, db))  # before those of layers l + 1 … L
        if l > 1:  # training has no use for dA[0]
            dA = layers[l - 1].W.T @ dZ  # (34)
            _, g_prime = ACTIVATIONS[layers[l - 2].activation]
            dZ = dA * g_prime(cache.A[l - 1])  # (34), now for layer l - 1
    return gradients


@door
def input_gradient(layers: Network, cache: CacheOfLayers, Y: Labels) -> Array:
    """Derivative of each example's loss with respect to its features: dA[0] of equation (34)."""
    dZ = cache.A[-1] - Y  # (23) at the output
    for l in range(len(layers), 1, -1):
        dA = layers[l - 1].W.T @ dZ  # (34)
        _, g_prime = ACTIVATIONS[layers[l - 2].activation]
        dZ = dA * g_prime(cache.A[l - 1])  # (34), now for layer l - 1
    return layers[0].W.T @ dZ  # (34), l = 1: one column per example, not divided by m


GradientsOfLayers = Annotated[list[Gradient], like_layers]


@door
def update(layers: Network, gradients: GradientsOfLayers, learning_rate: Rate) -> list[Layer]:
    """One step of gradient descent for every layer, equations (35) and (36): a new network."""
    return [
        Layer(W - learning_rate * dW, b - learning_rate * db, activation)  # (35), (36)
        for (W, b, activation), (dW, db) in zip(layers, gradients, strict=True)
    ]
