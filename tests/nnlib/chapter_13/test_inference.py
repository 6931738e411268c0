"""Computed first: the same bits as behind the door, and every refusal in its place."""

import warnings

import numpy as np
import pytest

from nnlib import model, network, quick
from nnlib.model import Model
from nnlib.network import Layer, forward, initialize
from nnlib.rule import InputError

X = np.random.default_rng(0).standard_normal((5, 7))


def net(activation="relu", dtype=np.float64):
    layers = initialize((5, 4, 3, 1), activation, rng=1, dtype=dtype)
    return [layer._replace(b=layer.b + dtype(0.1)) for layer in layers]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid"])
def test_the_quick_way_gives_the_same_bits(activation, dtype):
    layers, examples = net(activation, dtype), X.astype(dtype)
    slow = forward(layers, examples).A[-1]
    fast = quick.predict_probability(layers, examples)
    assert fast.tobytes() == slow.tobytes() and fast.dtype == dtype
    assert network.predict_probability(layers, examples).tobytes() == slow.tobytes()
    np.testing.assert_array_equal(network.predict(layers, examples), slow > 0.5)
    np.testing.assert_array_equal(network.predict(layers, examples, 0.6), slow > 0.6)


@pytest.mark.parametrize("mean", [None, np.full((5, 1), 0.3)])
@pytest.mark.parametrize("spread", [None, np.full((5, 1), 2.0)])
def test_a_model_too(mean, spread):
    made = Model(net(), mean, spread, {"classes": ["a", "b"]})
    scaled = (X - (0 if mean is None else mean)) / (1 if spread is None else spread)
    slow = forward(made.layers, scaled).A[-1]
    assert quick.probability(made, X) is not None
    np.testing.assert_allclose(model.probability(made, X), slow, rtol=1e-15)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid"])
@pytest.mark.parametrize("where", ["X", "W", "b", "mean"])
def test_no_number_that_is_none_is_hidden_by_what_comes_after(where, activation, value):
    """Each of them meets a zero, where there is one: 0·∞ is NaN."""
    layers, examples, mean = net(activation), X.copy(), np.zeros((5, 1))
    examples[2] = 0
    layers[0].W[:, 3] = 0
    if where == "X":
        examples[3, 4] = value
    elif where == "W":
        layers[0].W[1, 2] = value
    elif where == "b":
        layers[1].b[0] = value
    else:
        mean[3] = value
    made = Model(layers, mean)
    assert quick.probability(made, examples) is None
    name = {"X": "X", "W": r"layers\[0\]\.W", "b": r"layers\[1\]\.b", "mean": "mean"}[where]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(InputError, match=f"{name} must be finite"):
            model.probability(made, examples)


WRONG = {
    "a list": X.tolist(),
    "whole numbers": (10 * X).astype(int),
    "other features": X[:3],
    "one axis": X[0],
    "no example": X[:, :0],
    "other precision": X.astype("f4"),
    "pixels": np.zeros((5, 7), np.uint8),
}


@pytest.mark.parametrize("examples", WRONG.values(), ids=WRONG)
def test_what_is_unusual_goes_the_whole_way(examples):
    assert quick.predict_probability(net(), examples) is None


def test_networks_that_are_none_go_the_whole_way():
    layers = net()
    first, *_, last = layers
    wrong = [
        [],
        tuple(layers),
        [tuple(layer) for layer in layers],
        layers[:-1],
        [layers[0], last],
        [*layers[:-1], last._replace(activation="tanh")],
        [first._replace(activation="gelu"), *layers[1:]],
        [first._replace(b=first.b.ravel()), *layers[1:]],
        [first._replace(W=first.W.tolist()), *layers[1:]],
        [first._replace(b=first.b.astype("f4")), *layers[1:]],
        [Layer(np.full((4, 5), 1e308), first.b, "tanh"), *layers[1:]],
    ]
    for one in wrong:
        assert quick.predict_probability(one, X) is None
        assert quick.probability(Model(one), X) is None
    made = Model(layers, spread=np.zeros((5, 1)))
    assert quick.probability(made, X) is None and quick.probability(3, X) is None
    with pytest.raises(InputError, match="spread must hold numbers above 0"):
        model.probability(made, X)
