# Plain: edited here; chapter 11 tells of it.
"""Checkpoints: a training run between two epochs, kept in a file."""

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any

import numpy as np

from nnlib import files
from nnlib.door import door
from nnlib.generators import BIT_GENERATORS as BIT_GENERATORS
from nnlib.generators import generator as generator
from nnlib.hints import Kind
from nnlib.kinds import Array, Count, File
from nnlib.network import Layer
from nnlib.rule import Call, InputError, Rule
from nnlib.rules_arrays import finite
from nnlib.rules_settings import Positive, Whole
from nnlib.run import Checkpoint as Checkpoint
from nnlib.run import History as History
from nnlib.run import Run as Run

SETTINGS = {"learning_rate", "batch_size", "data"}


def all_finite(numbers: list[Any]) -> bool:
    """True for a list of finite numbers; looked at all at once, since a run may be long."""
    try:
        array = np.array(numbers or [0.0])
    except ValueError:  # lists of unequal lengths in it
        return False
    return array.ndim == 1 and array.dtype.kind in "fiu" and bool(np.isfinite(array).all())


def sound_span(span: Any, W: np.ndarray) -> bool:
    """True if this is what a run in the span of the data keeps for a first layer W."""
    if not isinstance(span, dict) or set(span) != {"W", "C"}:
        return False
    start, C = span["W"], span["C"]
    if not all(isinstance(array, np.ndarray) and array.dtype == W.dtype for array in (start, C)):
        return False
    shapes = start.shape == W.shape and C.ndim == 2 and len(C) == len(W)
    return shapes and finite(start) and finite(C)


class SoundCheckpoint(Rule):
    """A checkpoint whose parts fit together."""

    says = "A run between two epochs, as `Run.checkpoint` makes it."

    def take(self, value: Any, name: str, call: Call) -> Any:
        _, history, rng_state, settings = value
        four = isinstance(history, History) and all(isinstance(part, list) for part in history[:4])
        if not four:
            raise InputError("history must be a History of four lists.")
        if not all(map(all_finite, history[:4])):
            raise InputError("history must hold finite numbers.")
        lengths = [len(part) for part in history[:4]]
        epochs = lengths[0]
        if lengths not in ([epochs] * 4, [epochs, epochs, 0, 0]):
            raise InputError(f"history must have one number per epoch; found {lengths}.")
        generator(rng_state)
        if not isinstance(settings, dict) or set(settings) - {"span", "block_size"} != SETTINGS:
            raise InputError("settings must be a dict of learning_rate, batch_size and data.")
        Positive().take(settings["learning_rate"], "settings['learning_rate']", Call())
        if settings["batch_size"] is not None:
            Whole().take(settings["batch_size"], "settings['batch_size']", Call())
        if "block_size" in settings:
            Whole().take(settings["block_size"], "settings['block_size']", Call())
        Whole(0).take(settings["data"], "settings['data']", Call())
        if "span" in settings and not sound_span(settings["span"], value.layers[0].W):
            raise InputError("settings['span'] must hold W and C as a run in the span keeps them.")
        return value

    def good(self, value: Any, axes: dict[str, int]) -> Any:
        state = np.random.default_rng(0).bit_generator.state
        settings = {"learning_rate": 0.1, "batch_size": 2, "data": 0}
        return value._replace(
            history=History([0.7], [0.6], [], []), rng_state=state, settings=settings
        )

    def bad(self, good: Any) -> Iterator[tuple[Any, str]]:
        short = History([1.0], [], [], [])
        none = good.history._replace(costs=None)
        yield good._replace(history=none), "history must be a History of four lists."
        nan = good.history._replace(costs=[np.nan])
        yield good._replace(history=nan), "history must hold finite numbers."
        yield good._replace(history=short), "history must have one number per epoch; found …."
        unknown = {"bit_generator": "seed"}
        yield good._replace(rng_state=unknown), "rng_state must be the state of a NumPy generator."
        half = {**good.rng_state, "uinteger": -1}
        yield good._replace(rng_state=half), "rng_state must be the state of a NumPy generator."
        yield good._replace(settings={}), "settings must be a dict of learning_rate, …."
        for name, wrong, sentence in (
            ("learning_rate", 0, "must be a finite number above 0; found 0."),
            ("learning_rate", "fast", "must be a number above 0; found str."),
            ("batch_size", 0, "must be at least 1; found 0."),
            ("batch_size", 2.0, "must be a whole number; found float."),
            ("block_size", 0, "must be at least 1; found 0."),
            ("data", None, "must be a whole number; found NoneType."),
        ):
            settings = {**good.settings, name: wrong}
            yield good._replace(settings=settings), f"settings['{name}'] {sentence}"
        W = good.layers[0].W
        for span in (None, {}, {"W": W, "C": W[:-1]}, {"W": W, "C": None}, {"W": W[:-1], "C": W}):
            settings = {**good.settings, "span": span}
            yield good._replace(settings=settings), "settings['span'] must hold W and C as …."


CheckpointToKeep = Annotated[Checkpoint, SoundCheckpoint()]
CheckpointToResume = CheckpointToKeep


@door
def save_checkpoint(path: File, checkpoint: CheckpointToKeep) -> None:
    """Save a training run that is under way; an older file is replaced in one step."""
    layers, history, rng_state, settings = checkpoint
    span = {f"span_{name}": array for name, array in settings.get("span", {}).items()}
    header = {
        "kind": "checkpoint",
        "activations": [layer.activation for layer in layers],
        "rng_state": rng_state,
        "settings": {name: value for name, value in settings.items() if name != "span"},
    }
    lists = history._asdict()
    lists.pop("interrupted")
    numbers = {name: np.array(values, dtype=np.float64) for name, values in lists.items()}
    files.write(path, header, {**layer_arrays(layers), **numbers, **span})


@door
def load_checkpoint(path: File) -> Checkpoint:
    """Load a run that `save_checkpoint` saved; `training.resume` goes on with it."""
    header, arrays = files.read(path, "checkpoint")
    try:
        lists = {n: arrays[n].tolist() for n in History._fields if n != "interrupted"}
        layers, history = layers_from(header, arrays), History(**lists)
        settings = header["settings"]
        if "span_W" in arrays:
            settings = {**settings, "span": {"W": arrays["span_W"], "C": arrays["span_C"]}}
        made = Checkpoint(layers, history, header["rng_state"], settings)
        checkpoint: Checkpoint = Kind(CheckpointToKeep).take(made, "checkpoint", Call())
    except (InputError, KeyError, TypeError) as error:
        raise files.ModelFileError(f"{path} holds parts that do not fit: {error}") from None
    return checkpoint


@door
def saver(path: File, every: Count = 10) -> Callable[[Run], None]:
    """Make a function for `after_epoch` that saves the run after every so many epochs."""

    def after_epoch(run: Run) -> None:
        if run.epoch % every == 0:
            save_checkpoint(path, run.checkpoint())

    return after_epoch


def layer_arrays(layers: list[Layer]) -> dict[str, Array]:
    """The parameters of a network by name: W1, b1, W2, b2, and so on."""
    arrays = {}
    for l, layer in enumerate(layers, start=1):
        arrays[f"W{l}"], arrays[f"b{l}"] = layer.W, layer.b
    return arrays


def layers_from(header: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> list[Layer]:
    """The layers that `layer_arrays` took apart."""
    names = enumerate(header["activations"], start=1)
    return [Layer(arrays[f"W{l}"], arrays[f"b{l}"], name) for l, name in names]
