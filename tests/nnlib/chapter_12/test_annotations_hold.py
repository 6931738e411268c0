"""What the annotations of the classifier promise is what comes back."""

import types
import typing

import numpy as np

from nnlib.classifier import NeuralNetworkClassifier

ROWS = np.array([[0.5, 1.5], [-1.0, 0.5], [2.0, -0.5], [0.0, 1.0]])


def kind(hint):
    """The class, or the classes, that an annotation stands for."""
    if hint is typing.Any:
        return object
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return tuple(map(kind, typing.get_args(hint)))
    return typing.get_origin(hint) or hint


def test_the_classifier_keeps_its_word():
    model = NeuralNetworkClassifier(epochs=2).fit(ROWS, ["a", "b", "a", "b"])
    for name in ("decision_function", "predict_proba", "predict_log_proba", "predict"):
        hint = typing.get_type_hints(getattr(type(model), name))["return"]
        assert isinstance(getattr(model, name)(ROWS), kind(hint)), name
    assert type(model.score(ROWS, ["a", "b", "a", "b"])) is float
    attributes = typing.get_type_hints(NeuralNetworkClassifier)
    kept = {name: value for name, value in vars(model).items() if name in attributes}
    assert {"classes_", "layers_", "mean_", "spread_", "history_"} <= set(kept)
    assert [n for n, v in kept.items() if not isinstance(v, kind(attributes[n]))] == []
