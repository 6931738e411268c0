"""The same network in other libraries."""

import sys

import numpy as np
import pytest
from doors import Linear, Sigmoid

from nnlib import exchange
from nnlib.network import Layer, initialize, predict_probability
from nnlib.rule import InputError
from nnlib.training import train

RNG = np.random.default_rng(8)
X = RNG.normal(size=(3, 11))
NETWORK = initialize((3, 4, 2, 1), hidden="relu", rng=4)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("hidden", ["relu", "tanh", "sigmoid"])
@pytest.mark.parametrize("sizes", [(3, 1), (3, 6, 1), (3, 4, 5, 1)])
def test_scikit_learn_gives_the_same_probabilities(sizes, hidden, dtype):
    layers = initialize(sizes, hidden, rng=1, dtype=dtype)
    layers = [Layer(W, b + dtype(0.3), name) for W, b, name in layers]
    mlp = exchange.to_sklearn(layers)
    theirs = mlp.predict_proba(X.T.astype(dtype))[:, 1]
    ours = predict_probability(layers, X.astype(dtype))[0]
    assert ours.dtype == theirs.dtype == dtype
    np.testing.assert_allclose(theirs, ours, rtol=0, atol=1e-6 if dtype == np.float32 else 1e-14)
    for one, other in zip(exchange.from_sklearn(mlp), layers, strict=True):
        assert one.W.tobytes() == np.ascontiguousarray(other.W).tobytes()
        assert one.b.tobytes() == other.b.tobytes() and one.activation == other.activation


def test_a_trained_mlp_comes_over():
    from sklearn.neural_network import MLPClassifier

    y = np.array(["no", "yes"])[(X[0] > 0).astype(int)]
    mlp = MLPClassifier((5,), activation="tanh", solver="lbfgs", max_iter=300, random_state=0)
    mlp.fit(X.T, y)
    ours = predict_probability(exchange.from_sklearn(mlp), X)[0]
    np.testing.assert_allclose(ours, mlp.predict_proba(X.T)[:, 1], rtol=0, atol=1e-12)


@pytest.mark.parametrize("hidden", ["relu", "tanh", "sigmoid"])
def test_the_same_steps_as_scikit_learn(hidden):
    Y = (X[:1] + X[1:2] > 0).astype(float)
    start = initialize((3, 5, 4, 1), hidden, rng=3)
    mlp = exchange.to_sklearn(start).set_params(
        learning_rate_init=0.3,
        batch_size=11,
        shuffle=False,
        momentum=0.0,
        nesterovs_momentum=False,
        alpha=0.0,
    )
    for _ in range(50):
        mlp.partial_fit(X.T, Y.ravel().astype(int))
    ours, _ = train(start, X, Y, 0.3, 50)
    for one, other in zip(ours, exchange.from_sklearn(mlp), strict=True):
        np.testing.assert_allclose(one.W, other.W, rtol=0, atol=1e-12)
        np.testing.assert_allclose(one.b, other.b, rtol=0, atol=1e-12)
    assert max(abs(a.W - b.W).max() for a, b in zip(ours, start, strict=True)) > 0.1


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("hidden", ["relu", "tanh", "sigmoid"])
def test_pytorch_gives_the_same_probabilities(hidden, dtype):
    torch = pytest.importorskip("torch")
    layers = initialize((3, 4, 5, 1), hidden, rng=1, dtype=dtype)
    layers = [Layer(W, b + dtype(0.3), name) for W, b, name in layers]
    module = exchange.to_torch(layers)
    theirs = module(torch.from_numpy(X.T.astype(dtype))).detach().numpy()[:, 0]
    ours = predict_probability(layers, X.astype(dtype))[0]
    np.testing.assert_allclose(theirs, ours, rtol=0, atol=1e-6 if dtype == np.float32 else 1e-14)
    for one, other in zip(exchange.from_torch(module), layers, strict=True):
        assert one.W.tobytes() == np.ascontiguousarray(other.W).tobytes()
        assert one.b.tobytes() == other.b.tobytes() and one.activation == other.activation
    module[0].weight.data.zero_()
    assert layers[0].W.any()  # a copy, not a view


@pytest.mark.parametrize("hidden", ["relu", "tanh", "sigmoid"])
def test_the_same_steps_as_pytorch(hidden):
    torch = pytest.importorskip("torch")
    Y = (X[:1] + X[1:2] > 0).astype(float)
    start = initialize((3, 5, 4, 1), hidden, rng=3)
    module = exchange.to_torch(start)
    descent = torch.optim.SGD(module.parameters(), lr=0.3)
    inputs, target = torch.from_numpy(X.T.copy()), torch.from_numpy(Y.T.copy())
    for _ in range(50):
        descent.zero_grad()
        torch.nn.functional.binary_cross_entropy(module(inputs), target).backward()
        descent.step()
    ours, _ = train(start, X, Y, 0.3, 50)
    for one, other in zip(ours, exchange.from_torch(module), strict=True):
        np.testing.assert_allclose(one.W, other.W, rtol=0, atol=1e-12)
        np.testing.assert_allclose(one.b, other.b, rtol=0, atol=1e-12)


class GELU:
    """An activation that nnlib does not have."""


def test_from_torch_reads_stand_ins_of_the_same_shape():
    (layer,) = exchange.from_torch([Linear(), Sigmoid()])
    assert layer.W.shape == (1, 3) and layer.b.shape == (1, 1) and layer.activation == "sigmoid"


@pytest.mark.parametrize(
    ("module", "found"),
    [
        (3, "found int."),
        ([], "found list."),
        ([Linear()], "found Linear."),
        ([Sigmoid(), Linear()], "found Sigmoid, Linear."),
        ([Linear(), GELU()], "found Linear, GELU."),
        ([Linear(bias=False), Sigmoid()], "found Linear, Sigmoid."),
        ([Linear(), Sigmoid(), Linear()], "found Linear, Sigmoid, Linear."),
    ],
)
def test_from_torch_refuses_other_modules(module, found):
    with pytest.raises(InputError) as caught:
        exchange.from_torch(module)
    assert str(caught.value).startswith("module must be a Sequential of Linear (with bias)")
    assert str(caught.value).endswith(found)


def test_exchange_without_the_other_library(monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    monkeypatch.setitem(sys.modules, "sklearn.neural_network", None)
    for carry, name in ((exchange.to_torch, "torch"), (exchange.to_sklearn, "scikit-learn")):
        with pytest.raises(
            ImportError, match=f"{carry.__name__} needs the package {name}.*: install it"
        ):
            carry(NETWORK)
