"""What the annotations promise is what comes back: the results of real calls, looked through.

mypy trusts what NumPy's own annotations say; here the values themselves are asked.
"""

import types
import typing
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure, SubFigure

from nnlib import (
    activations,
    gradient_check,
    images,
    logistic,
    losses,
    network,
    persistence,
    plots,
    training,
    validation,
)
from nnlib.classifier import NeuralNetworkClassifier
from nnlib.network import Layer
from nnlib.validation import Array

X = np.array([[0.5, -1.0, 2.0, 0.0], [1.5, 0.5, -0.5, 1.0]])
Y = np.array([[1.0, 0.0, 1.0, 0.0]])
W, B = np.array([[0.3], [-0.2]]), 0.1
PIXELS = np.arange(96, dtype=np.uint8).reshape(2, 4, 4, 3)


def fits(value, hint):
    """Whether a value is what an annotation says, with all that it holds."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint is typing.Any:
        return True
    if origin in (typing.Union, types.UnionType):
        return any(fits(value, one) for one in arguments)
    if origin is np.ndarray:
        (kind,) = typing.get_args(arguments[1])  # NumPy makes a number of an array without axes
        return isinstance(value, np.ndarray | np.generic) and np.issubdtype(value.dtype, kind)
    if origin is tuple and arguments[-1] is not Ellipsis:
        same_length = isinstance(value, tuple) and len(value) == len(arguments)
        return same_length and all(fits(v, a) for v, a in zip(value, arguments, strict=True))
    if origin in (list, tuple):
        return isinstance(value, origin) and all(fits(v, arguments[0]) for v in value)
    if origin in (dict, Mapping):
        keys, values = arguments
        return isinstance(value, Mapping) and all(
            fits(k, keys) and fits(v, values) for k, v in value.items()
        )
    if origin is Callable:
        return callable(value)
    if hint is type(None) or hint is None:
        return value is None
    if hasattr(hint, "_fields"):  # a NamedTuple
        fields = typing.get_type_hints(hint)
        return isinstance(value, hint) and all(fits(getattr(value, f), fields[f]) for f in fields)
    return isinstance(value, hint)


def calls():
    """Functions with arguments, those in float32 and the path of every "else" as well."""
    for dtype in (np.float64, np.float32):
        x, y = X.astype(dtype), Y.astype(dtype)
        w = W.astype(dtype)
        layers = network.initialize((2, 3, 1), rng=1, dtype=dtype)
        cache = network.forward(layers, x)
        yield network.initialize, ((2, 3, 1), "tanh", 0, 0.1, dtype)
        yield network.layer_z, (layers[0].W, layers[0].b, x)
        yield network.forward, (layers, x)
        yield network.check_layers, (layers,)
        yield network.predict_probability, (layers, x)
        yield network.predict, (layers, x)
        yield network.backward, (layers, cache, y)
        yield network.input_gradient, (layers, cache, y)
        yield network.update, (layers, network.backward(layers, cache, y), 0.1)
        yield training.train, (layers, x, y, 0.1, 3)
        yield training.train, (layers, x, y, 0.1, 3, 2, 0, (x, y))
        yield logistic.train, (x, y, 0.1, 3)
        yield logistic.forward, (w, B, x)
        yield logistic.forward_one, (w, B, x[:, :1])
        yield logistic.gradients, (w, B, x, y)
        yield logistic.gradients_one, (w, B, x[:, :1], 1)
        yield logistic.gradients_loop, (w, B, x, y)
        yield logistic.step, (w, B, w, B, 0.1)
        yield logistic.predict, (w, B, x)
        yield logistic.safe_learning_rate, (x,)
        yield losses.loss, (y, y)
        yield losses.loss_from_z, (x, np.zeros_like(x))
        yield losses.cost, (y, y)
        yield losses.cost_from_z, (y, y)
        yield losses.accuracy, (y, y)
        for function, derivative in activations.ACTIVATIONS.values():
            yield function, (x,)
            yield derivative, (function(x),)
        yield validation.check_numbers, (x, "x")
        yield validation.check_unit, (w, B)
        yield validation.check_layer, (layers[0].W, layers[0].b)
        yield validation.check_labels, (Y.astype(bool), 4, dtype)
        yield validation.check_dtype, (dtype,)
        yield images.mean_image, (x,)
        yield persistence.probability, (persistence.Model(layers, x[:, :1]), x)
    for number in (3, 3.0, np.float32(3), np.int8(3)):
        yield validation.check_positive, (number, "number")
        yield activations.sigmoid, (number,)
        yield activations.tanh, (number,)
        yield activations.relu, (number,)
        yield losses.loss_from_z, (number, 1)
    yield validation.check_count, (np.int64(3), "n")
    yield validation.check_probability, (1, "p")
    yield validation.check_rng, (0,)
    yield training.batches, (4, 3, 0)
    yield images.load_trees, ()
    yield images.load_trees, (32,)
    yield images.load_features, ()
    yield images.data_folder, ()
    yield images.read_checked, ("trees_2d.csv",)
    yield images.halve, (PIXELS,)
    yield images.check_images, (PIXELS,)
    yield images.flatten, (PIXELS,)
    yield images.scale, (PIXELS,)
    yield images.label_row, ([0, 1],)
    yield images.prepare, (images.Photographs(PIXELS, np.uint8([0, 1]), PIXELS, np.uint8([0, 1])),)
    yield gradient_check.numerical_gradient, (lambda P: float((P**2).sum()), X)
    yield gradient_check.relative_difference, (X, X)
    square = {"w": W}, {"w": 2 * W}
    yield gradient_check.check_gradients, (lambda p: float((p["w"] ** 2).sum()), *square)
    yield plots.image_grid, (PIXELS,)
    yield plots.activation_curve, ("relu",)
    yield plots.weights_as_image, (W, (1, 2))
    yield plots.learning_curve, ([3.0, 2.0],)


@pytest.mark.parametrize(
    ("function", "arguments"),
    [pytest.param(f, a, id=f"{f.__module__}.{f.__name__}-{n}") for n, (f, a) in enumerate(calls())],
)
def test_a_result_is_what_its_annotation_says(function, arguments):
    hint = typing.get_type_hints(function)["return"]
    result = function(*arguments)
    assert fits(result, hint), f"{result!r} is no {hint}"


def test_files_and_the_classifier_keep_their_word(tmp_path):
    layers, history = training.train(network.initialize((2, 3, 1)), X, Y, 0.1, 2)
    persistence.save(tmp_path / "model.npz", persistence.Model(layers, notes={"a": 1}))
    assert fits(persistence.load(tmp_path / "model.npz"), persistence.Model)
    runs = []
    training.train(layers, X, Y, 0.1, 2, after_epoch=runs.append)
    assert fits(runs[-1], training.Checkpoint)
    persistence.save_checkpoint(tmp_path / "run.npz", runs[-1])
    assert fits(persistence.load_checkpoint(tmp_path / "run.npz"), training.Checkpoint)
    assert fits(persistence.from_sklearn(persistence.to_sklearn(layers)), list[Layer])
    model = NeuralNetworkClassifier(epochs=2).fit(X.T, ["a", "b", "a", "b"])
    for name in ("decision_function", "predict_proba", "predict"):
        hint = typing.get_type_hints(getattr(type(model), name))["return"]
        assert fits(getattr(model, name)(X.T), hint), name
    attributes = typing.get_type_hints(NeuralNetworkClassifier)
    kept = {name: value for name, value in vars(model).items() if name in attributes}
    assert {"classes_", "layers_", "mean_", "spread_", "history_"} <= set(kept)
    assert [name for name, value in kept.items() if not fits(value, attributes[name])] == []


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        (1, Array),
        (np.array([1]), Array),
        (np.array([1.0]), images.Photographs),
        (np.float64(1.0), list[float]),
        ([1.0, None], list[float]),
        ((1.0, 2.0), tuple[float]),
        ({"a": 1}, dict[str, float]),
        (None, float | Array),
        (network.Pass([None], [np.array([1])]), network.Pass),
        ("text", Path),
    ],
)
def test_a_broken_promise_is_seen(value, hint):
    assert not fits(value, hint)


def test_a_kept_promise_is_seen():
    assert fits(network.Pass([None, X], [X]), network.Pass)
    assert fits(Figure(), Figure | SubFigure)
    assert fits((Path(), Path()), tuple[Path, ...])
    assert fits({"a": [1.0]}, Mapping[str, list[float]])
