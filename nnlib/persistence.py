# Woven from chapter 10 by `python -m course tangle`: edit notebooks/text, not this file.
"""Keep what was learnt: files that are whole or refused, and exchange with other libraries."""

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from nnlib import __version__
from nnlib.network import Layer, check_layers, predict_probability
from nnlib.training import Checkpoint, History, check_checkpoint
from nnlib.validation import (
    Array,
    InputError,
    check_count,
    check_examples,
    check_numbers,
    check_overflow,
    describe,
)


class ModelFileError(OSError):
    """A file holds nothing that can be used; the message says what is wrong with it."""


def _write_atomically(path: Path, content: bytes) -> None:
    """Put `content` into the file: at every moment the old file is there, or the new one."""
    target = path.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with open(beside, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())  # on the disk, not only on its way there
        os.replace(beside, target)
    except OSError as error:
        raise ModelFileError(f"{path} cannot be written: {error.strerror}.") from None
    finally:
        with suppress(OSError):
            beside.unlink()


def _digest(parts: Mapping[str, np.ndarray]) -> str:
    """SHA-256 of the names, kinds, shapes and bytes of some arrays."""
    total = hashlib.sha256()
    for name, array in sorted(parts.items()):
        total.update(f"{name} {array.dtype.str} {array.shape} ".encode())
        total.update(np.ascontiguousarray(array).tobytes())
    return total.hexdigest()


def _layer_arrays(layers: list[Layer]) -> dict[str, Array]:
    """The parameters by name: W1, b1, W2, b2, and so on."""
    arrays = {}
    for l, layer in enumerate(layers, start=1):
        arrays[f"W{l}"], arrays[f"b{l}"] = layer.W, layer.b
    return arrays


FORMAT = 1


def _check_path(path: Any) -> Path:
    """Return a path, from a text or a path."""
    if not isinstance(path, str | Path) or "\0" in str(path) or not str(path):
        raise InputError(f"path must be the name of a file; found {describe(path)}.")
    return Path(path)


def _plain(value: Any) -> Any:
    """What JSON can hold of a NumPy value."""
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    raise TypeError(f"found {type(value).__name__}")


def _write(
    path: str | os.PathLike[str], header: Mapping[str, Any], arrays: Mapping[str, np.ndarray]
) -> None:
    """Write one npz file: the header, the arrays, and the checksum of both."""
    path = _check_path(path)
    header = {"format": "nnlib", "version": FORMAT, "nnlib": __version__, **header}
    try:
        text = json.dumps(header, default=_plain, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise InputError(f"notes must hold text, numbers, lists and dicts: {error}.") from None
    parts: dict[str, Any] = {"header": np.array(text), **arrays}
    buffer = io.BytesIO()
    np.savez(buffer, **parts, checksum=np.array(_digest(parts)))
    _write_atomically(path, buffer.getvalue())


def _unpack(path: Path) -> dict[str, np.ndarray]:
    """The named arrays of an npz file; code that a file might carry is never run."""
    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:  # a name with a null byte is a ValueError
        why = getattr(error, "strerror", None) or error
        raise ModelFileError(f"{path} cannot be opened: {why}.") from None
    if not content.startswith(b"PK"):
        what = "is not an npz file" if content else "is empty"
        raise ModelFileError(f"{path} {what}.")
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except zipfile.BadZipFile as error:
        what = "altered" if "CRC" in str(error) else "cut short, or altered"
        raise ModelFileError(f"{path} was {what}: {error}.") from None
    except Exception as error:  # whatever the reader stumbles over, the file is no good
        raise ModelFileError(f"{path} cannot be read as plain arrays: {error}.") from None


def _read(path: str | os.PathLike[str], kind: str) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """The header and the arrays of a file that `_write` wrote, after every check."""
    path = _check_path(path)
    parts = _unpack(path)
    try:
        checksum = parts.pop("checksum").item()
        header = json.loads(parts["header"].item())
        version = header["version"] if header["format"] == "nnlib" else None
    except (KeyError, ValueError, TypeError):
        version = None
    if not isinstance(version, int):
        raise ModelFileError(f"{path} was not written by nnlib.")
    if version > FORMAT:
        newer = f"has format {version}, of a newer nnlib ({header.get('nnlib')})"
        raise ModelFileError(f"{path} {newer}; this one reads up to format {FORMAT}.")
    if checksum != _digest(parts):
        raise ModelFileError(f"{path} was altered: its checksum does not fit.")
    if header.get("kind") != kind:
        raise ModelFileError(f"{path} holds a {header.get('kind')}; wanted a {kind}.")
    return header, parts


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
    notes : dict
        Anything else that is worth knowing: text, numbers, lists and dicts.
    """

    layers: list[Layer]
    mean: Array | None = None
    spread: Array | None = None
    notes: dict[str, Any] | None = None


def _check_column(value: ArrayLike, n_x: int, name: str) -> Array:
    """Return a column with one number per feature."""
    value = check_numbers(value, name)
    if value.shape != (n_x, 1):
        wanted = f"shape ({n_x}, 1), one number per feature"
        raise InputError(f"{name} must have {wanted}; found shape {value.shape}.")
    return value


def _check_model(model: object) -> Model:
    """Return a model whose parts fit together."""
    if not isinstance(model, Model):
        raise InputError(f"model must be a Model; found {type(model).__name__}.")
    layers = check_layers(model.layers)
    n_x = layers[0].W.shape[1]
    mean = None if model.mean is None else _check_column(model.mean, n_x, "mean")
    spread = None if model.spread is None else _check_column(model.spread, n_x, "spread")
    if spread is not None and spread.min() <= 0:
        raise InputError(f"spread must hold numbers above 0; found {spread.min():g}.")
    if not isinstance(model.notes, dict | None):
        raise InputError(f"notes must be a dict; found {type(model.notes).__name__}.")
    return Model(layers, mean, spread, model.notes or {})


def save(path: str | os.PathLike[str], model: Model) -> None:
    """Save a model; a crash on the way leaves an older file of that name whole.

    Parameters
    ----------
    path : str or path
        The file to write, usually with the ending .npz.
    model : Model
        What is saved.

    Raises
    ------
    InputError
        If the parts of the model do not fit together.
    ModelFileError
        If the file cannot be written.
    """
    model = _check_model(model)
    columns = {"mean": model.mean, "spread": model.spread}
    arrays = {name: column for name, column in columns.items() if column is not None}
    names = [layer.activation for layer in model.layers]
    header = {"kind": "model", "activations": names, "notes": model.notes}
    _write(path, header, {**_layer_arrays(model.layers), **arrays})


def _layers_from(header: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> list[Layer]:
    """The layers that `_layer_arrays` took apart."""
    names = enumerate(header["activations"], start=1)
    return check_layers([Layer(arrays[f"W{l}"], arrays[f"b{l}"], name) for l, name in names])


def load(path: str | os.PathLike[str]) -> Model:
    """Load a model that `save` saved: every number comes back bit for bit.

    Parameters
    ----------
    path : str or path
        The file.

    Returns
    -------
    Model

    Raises
    ------
    ModelFileError
        If the file is missing, cut short, altered, foreign, or of a newer nnlib.
    """
    header, arrays = _read(path, "model")
    try:
        layers = _layers_from(header, arrays)
        return _check_model(
            Model(layers, arrays.get("mean"), arrays.get("spread"), header["notes"])
        )
    except (InputError, KeyError, TypeError) as error:
        raise ModelFileError(f"{path} holds parts that do not fit together: {error}") from None


def probability(model: Model, X: ArrayLike) -> Array:
    """Probability of label 1 for examples that are not yet centred.

    Parameters
    ----------
    model : Model
        A trained network with its scaling.
    X : array_like, shape (n_x, m)
        Examples as they were before `mean` was subtracted.

    Returns
    -------
    ndarray, shape (1, m)

    Raises
    ------
    InputError
        If the model is none, or X does not fit it.
    """
    model = _check_model(model)
    X = check_examples(X, model.layers[0].W.shape[1])
    with np.errstate(over="ignore", invalid="ignore"):  # check_overflow says it better
        X = X if model.mean is None else X - model.mean
        X = X if model.spread is None else X / model.spread
    return predict_probability(model.layers, check_overflow(X, "X, mean and spread"))


def save_checkpoint(path: str | os.PathLike[str], checkpoint: Checkpoint) -> None:
    """Save a training run that is under way.

    Parameters
    ----------
    path : str or path
        The file to write; an older one is replaced in one step.
    checkpoint : Checkpoint
        What `training.train` passes to `after_epoch`.

    Raises
    ------
    InputError
        If `checkpoint` is none, or its parts do not fit together.
    ModelFileError
        If the file cannot be written.
    """
    layers, history, rng_state, settings = check_checkpoint(checkpoint)
    header = {
        "kind": "checkpoint",
        "activations": [layer.activation for layer in layers],
        "rng_state": rng_state,
        "settings": settings,
    }
    lists = history._asdict()
    lists.pop("interrupted")
    numbers = {name: np.array(values, dtype=np.float64) for name, values in lists.items()}
    _write(path, header, {**_layer_arrays(layers), **numbers})


def load_checkpoint(path: str | os.PathLike[str]) -> Checkpoint:
    """Load a run that `save_checkpoint` saved; pass it to `training.train` to go on.

    Parameters
    ----------
    path : str or path
        The file.

    Returns
    -------
    Checkpoint

    Raises
    ------
    ModelFileError
        If the file is missing, cut short, altered, foreign, or of a newer nnlib.
    """
    header, arrays = _read(path, "checkpoint")
    try:
        lists = (arrays[name].tolist() for name in History._fields if name != "interrupted")
        layers, history = _layers_from(header, arrays), History(*lists)
        return check_checkpoint(
            Checkpoint(layers, history, header["rng_state"], header["settings"])
        )
    except (InputError, KeyError, TypeError) as error:
        raise ModelFileError(f"{path} holds parts that do not fit together: {error}") from None


def saver(path: str | os.PathLike[str], every: int = 10) -> Callable[[Checkpoint], None]:
    """Make a function for `after_epoch` that saves the run at intervals.

    Parameters
    ----------
    path : str or path
        The file to write.
    every : int
        Save after this many epochs, and again after as many.

    Returns
    -------
    callable
        It takes a Checkpoint.

    Raises
    ------
    InputError
        If `path` is no path, or `every` is no whole number from 1.
    """
    path, every = _check_path(path), check_count(every, "every")

    def after_epoch(checkpoint: Checkpoint) -> None:
        if len(checkpoint.history.costs) % every == 0:
            save_checkpoint(path, checkpoint)

    return after_epoch


SKLEARN_NAMES = {"sigmoid": "logistic", "tanh": "tanh", "relu": "relu"}


def to_sklearn(layers: Sequence[Layer]) -> Any:
    """Build a fitted scikit-learn MLPClassifier that is the same network, for the classes 0 and 1.

    Parameters
    ----------
    layers : sequence of Layer
        A network whose hidden layers share one activation.

    Returns
    -------
    sklearn.neural_network.MLPClassifier

    Raises
    ------
    InputError
        If `layers` is no network, or its hidden layers have several activations.
    ImportError
        If scikit-learn is not installed.
    """
    try:
        from sklearn.neural_network import MLPClassifier
    except ImportError:
        raise ImportError("to_sklearn needs the package scikit-learn: install it.") from None
    layers = check_layers(layers)
    hidden = sorted({layer.activation for layer in layers[:-1]})
    if len(hidden) > 1:
        found = " and ".join(hidden)
        raise InputError(f"layers must share one hidden activation here; found {found}.")
    sizes = tuple(layer.W.shape[0] for layer in layers[:-1])
    name = SKLEARN_NAMES[hidden[0]] if hidden else "relu"
    mlp = MLPClassifier(sizes, activation=name, solver="sgd")
    two = np.zeros((2, layers[0].W.shape[1]), layers[0].W.dtype)
    mlp.partial_fit(two, [0, 1], classes=[0, 1])  # makes all that a fitted one has
    del mlp._optimizer  # the next step makes a fresh one, with the settings of that time
    mlp.coefs_ = [layer.W.T.copy() for layer in layers]
    mlp.intercepts_ = [layer.b.ravel().copy() for layer in layers]
    return mlp


def from_sklearn(mlp: Any) -> list[Layer]:
    """Take the network out of a fitted scikit-learn MLPClassifier for two classes.

    Parameters
    ----------
    mlp : sklearn.neural_network.MLPClassifier
        Label 1 stands for its second class.

    Returns
    -------
    list of Layer

    Raises
    ------
    InputError
        If `mlp` is no such classifier, or nnlib does not have its activation.
    """
    if getattr(mlp, "out_activation_", None) != "logistic" or getattr(mlp, "n_outputs_", 0) != 1:
        found = type(mlp).__name__
        raise InputError(f"mlp must be a fitted MLPClassifier for two classes; found {found}.")
    names = {theirs: ours for ours, theirs in SKLEARN_NAMES.items()}
    if mlp.activation not in names:
        known = ", ".join(names)
        raise InputError(f"mlp must have one of the activations {known}; found {mlp.activation}.")
    activations = [names[mlp.activation]] * (len(mlp.coefs_) - 1) + ["sigmoid"]
    triples = zip(mlp.coefs_, mlp.intercepts_, activations, strict=True)
    return check_layers([Layer(W.T.copy(), b.reshape(-1, 1).copy(), g) for W, b, g in triples])


TORCH_NAMES = {"sigmoid": "Sigmoid", "tanh": "Tanh", "relu": "ReLU"}


def to_torch(layers: Sequence[Layer]) -> Any:
    """Build a torch.nn.Sequential that is the same network: rows of examples to probabilities.

    Parameters
    ----------
    layers : sequence of Layer
        A network.

    Returns
    -------
    torch.nn.Sequential
        It maps shape (m, n_x) to (m, 1).

    Raises
    ------
    InputError
        If `layers` is no network.
    ImportError
        If PyTorch is not installed.
    """
    layers = check_layers(layers)
    try:
        import torch
    except ImportError:
        raise ImportError("to_torch needs the package torch (PyTorch): install it.") from None
    parts: list[Any] = []
    for W, b, activation in layers:
        linear = torch.nn.Linear(W.shape[1], W.shape[0], dtype=getattr(torch, W.dtype.name))
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(W.copy()))
            linear.bias.copy_(torch.from_numpy(b.ravel()))
        parts += [linear, getattr(torch.nn, TORCH_NAMES[activation])()]
    return torch.nn.Sequential(*parts)


def from_torch(module: Any) -> list[Layer]:
    """Take the network out of a torch.nn.Sequential of Linear and activation, in turns.

    Parameters
    ----------
    module : torch.nn.Sequential
        Each Linear has a bias; the activations are Sigmoid, Tanh or ReLU, and a Sigmoid at the end.

    Returns
    -------
    list of Layer

    Raises
    ------
    InputError
        If `module` is built in another way.
    """
    parts = list(module) if isinstance(module, list) or hasattr(module, "parameters") else []
    kinds = [type(part).__name__ for part in parts]
    names = {theirs: ours for ours, theirs in TORCH_NAMES.items()}
    in_turns = kinds[::2] == ["Linear"] * len(kinds[1::2]) and set(kinds[1::2]) <= set(names)
    if not parts or not in_turns or any(part.bias is None for part in parts[::2]):
        found = ", ".join(kinds[:9]) or type(module).__name__
        wanted = "a Sequential of Linear (with bias) and Sigmoid, Tanh or ReLU, in turns"
        raise InputError(f"module must be {wanted}; found {found}.")
    layers = []
    for linear, activation in zip(parts[::2], kinds[1::2], strict=True):
        W = linear.weight.detach().cpu().numpy().copy()
        b = linear.bias.detach().cpu().numpy().reshape(-1, 1).copy()
        layers.append(Layer(W, b, names[activation]))
    return check_layers(layers)
