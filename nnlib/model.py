# Plain: edited here; chapter 11 tells of it.
"""A trained network with the scaling of its input, in a file that is whole or refused."""

from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

import numpy as np

from nnlib import files
from nnlib.checkpoint import layer_arrays, layers_from
from nnlib.door import door
from nnlib.hints import Kind
from nnlib.kinds import Examples, File, Row, Weights
from nnlib.network import Network, predict_probability
from nnlib.rule import Call, InputError, Rule


class Above(Rule):
    """Numbers above 0."""

    says = "Numbers above 0."

    def take(self, value: np.ndarray, name: str, call: Call) -> np.ndarray:
        if value.min() <= 0:
            raise InputError(f"{name} must hold numbers above 0; found {value.min():g}.")
        return value

    def good(self, value: np.ndarray, axes: dict[str, int]) -> np.ndarray:
        made: np.ndarray = np.abs(value) + 1
        return made

    def bad(self, good: Any) -> Any:
        yield good * 0, "{name} must hold numbers above 0; found 0."


class Notes(Rule):
    """A dict of what else is worth knowing."""

    form = "dict"
    says = "Text, numbers, lists and dicts."

    def take(self, value: Any, name: str, call: Call) -> Any:
        if not isinstance(value, Mapping):
            raise InputError(f"{name} must be a dict; found {type(value).__name__}.")
        return dict(value)

    def good(self, value: Any, axes: dict[str, int]) -> dict[str, Any]:
        return {"classes": ["none", "tree"]}

    def bad(self, good: Any) -> Any:
        yield ["tree"], "{name} must be a dict; found list."


class Model(NamedTuple):
    """A trained network and what its input goes through first: (X - mean) / spread.

    Attributes
    ----------
    layers : list of Layer
        The network.
    mean : ndarray, shape (n_x, 1), or None
        What is subtracted from every example, for example the mean image.
    spread : ndarray, shape (n_x, 1), or None
        What then divides it; numbers above 0.
    notes : dict or other mapping
        Anything else that is worth knowing: text, numbers, lists and dicts.
    """

    layers: Network
    mean: Weights | None = None
    spread: Annotated[Weights, Above()] | None = None
    notes: Annotated[Mapping[str, Any], Notes()] | None = None


@door
def save(path: File, model: Model) -> None:
    """Save a model; a crash on the way leaves an older file of that name whole."""
    columns = {"mean": model.mean, "spread": model.spread}
    arrays = {name: column for name, column in columns.items() if column is not None}
    names = [layer.activation for layer in model.layers]
    header = {"kind": "model", "activations": names, "notes": model.notes or {}}
    files.write(path, header, {**layer_arrays(model.layers), **arrays})


@door
def load(path: File) -> Model:
    """Load a model that `save` saved: every number comes back bit for bit."""
    header, arrays = files.read(path, "model")
    try:
        layers = layers_from(header, arrays)
        made = Model(layers, arrays.get("mean"), arrays.get("spread"), header["notes"])
        model: Model = Kind(Model).take(made, "model", Call())
    except (InputError, KeyError, TypeError) as error:
        raise files.ModelFileError(f"{path} holds parts that do not fit: {error}") from None
    return model


@door
def probability(model: Model, X: Examples) -> Row:
    """Probability of label 1 for examples that are not yet centred."""
    X = X if model.mean is None else X - model.mean
    X = X if model.spread is None else X / model.spread
    return predict_probability(model.layers, X)
