# Plain: edited here; chapter 12 tells of it.
"""The command ``train``: learn from images, or go on with a run, and save the model."""

import argparse
import sys
from contextlib import redirect_stderr
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from nnlib.checkpoint import Checkpoint, History, load_checkpoint, saver
from nnlib.images import Prepared, prepare
from nnlib.labelled import Wanted
from nnlib.model import Model, save
from nnlib.model_notes import ImageShape, notes_of
from nnlib.network import Layer, initialize
from nnlib.outputs import check_outputs
from nnlib.photographs import DataFileError
from nnlib.rule import Call, InputError
from nnlib.rules_settings import Whole
from nnlib.sources import read_source
from nnlib.streams import Patient, remark, say
from nnlib.training import batches, resume, train

BEGIN = {"hidden": [20], "activation": "relu", "learning_rate": 0.1, "seed": 0, "batch_size": None}
"""What a run begins with, unless an option says otherwise; one that goes on has its own."""


def run_train(options: argparse.Namespace) -> int:
    """train: learn from the images, save the model, say how it went."""
    check_options(options)
    height, width = options.size
    shape = ImageShape(height, width, 3)
    source = read_source(options.source, Wanted(("train", "test"), shape))
    photographs = source.photographs()
    try:
        data = prepare(photographs)
    except InputError as error:
        raise DataFileError(f"{options.source}: {error}") from None
    for line in source.remarks:
        remark(line)
    with redirect_stderr(sys.stderr and Patient(sys.stderr)):
        layers, history = (go_on if options.resume else begin)(options, data)
    shape = ImageShape(*photographs.train_images.shape[1:])
    save(options.out, Model(layers, data.mean, notes=notes_of(shape, source.classes)))
    report(history, options.out)
    if options.plot:
        draw(history, options.plot)
    return 130 if history.interrupted else 0


def begin(options: argparse.Namespace, data: Prepared) -> tuple[list[Layer], History]:
    """Train a new network."""
    for name, value in BEGIN.items():
        if getattr(options, name) is None:
            setattr(options, name, value)
    return train(
        initialize([len(data.mean), *options.hidden, 1], options.activation, options.seed),
        data.X_train,
        data.Y_train,
        options.learning_rate,
        options.epochs,
        options.batch_size,
        options.seed,
        test=(data.X_test, data.Y_test),
        progress=bar_is_wanted(options),
        after_epoch=saver(options.checkpoint, options.every) if options.checkpoint else None,
    )


def go_on(options: argparse.Namespace, data: Prepared) -> tuple[list[Layer], History]:
    """Go on with the run that the checkpoint keeps."""
    checkpoint = load_checkpoint(options.checkpoint)
    refuse_others(options, checkpoint, data.Y_train.shape[1])
    return resume(
        checkpoint,
        data.X_train,
        data.Y_train,
        options.epochs,
        test=(data.X_test, data.Y_test),
        progress=bar_is_wanted(options),
        after_epoch=saver(options.checkpoint, options.every),
    )


def refuse_others(options: argparse.Namespace, checkpoint: Checkpoint, m: int) -> None:
    """Refuse settings that are not those of the run that is to go on: it would not use them."""
    hidden = checkpoint.layers[:-1]
    kept = {
        **checkpoint.settings,
        "hidden": [layer.W.shape[0] for layer in hidden],
        "activation": hidden[0].activation if hidden else options.activation,
    }
    for name in ("learning_rate", "batch_size", "hidden", "activation"):
        given = getattr(options, name)
        if given is not None and given != kept[name]:
            option, run = f"--{name.replace('_', '-')}", f"the run in {options.checkpoint}"
            raise InputError(f"{option} is {shown(given)}; {run} has {shown(kept[name])}.")
    if options.seed is not None and not has_seed(checkpoint, options.seed, m):
        begun = f"the run in {options.checkpoint} was begun with another one"
        raise InputError(f"--seed is {options.seed}; {begun}.")


def shown(value: object) -> str:
    """A setting as it is typed on the command line."""
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def has_seed(checkpoint: Checkpoint, seed: int, m: int) -> bool:
    """True if a run with this seed would stand where the checkpoint does."""
    rng, batch_size = np.random.default_rng(seed), checkpoint.settings["batch_size"]
    if batch_size is not None and batch_size <= m:
        for _ in checkpoint.history.costs:
            batches(m, batch_size, rng)
    return rng.bit_generator.state == checkpoint.rng_state


def bar_is_wanted(options: argparse.Namespace) -> bool:
    """True if there is to be a progress bar, and what draws it is there."""
    return not options.quiet and sys.stderr is not None and find_spec("tqdm") is not None


def check_options(options: argparse.Namespace) -> None:
    """Refuse what would fail after the training: it may have taken hours."""
    if options.seed is not None:
        Whole(0).take(options.seed, "--seed", Call())
    for side in options.size:
        Whole().take(side, "--size", Call())
    for units in options.hidden or []:
        Whole().take(units, "--hidden", Call())
    check_outputs(options)


def report(history: History, out: Path) -> None:
    """Say in one line how the training went."""
    epochs = len(history.costs)
    what = f"Interrupted after {epochs} epochs" if history.interrupted else f"{epochs} epochs"
    if epochs:
        what += f": cost {history.costs[-1]:.4f}, accuracy {history.accuracies[-1]:.1%}"
        what += f" on the training images, {history.test_accuracies[-1]:.1%} on the test images"
    say(f"{what}. Saved in {out}.")


def draw(history: History, path: Path) -> None:
    """Draw the learning curve into a file."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.subplots()
    axes.plot(history.costs, "-", label="training images")
    axes.plot(history.test_costs, "--", label="test images")
    axes.set(xlabel="epoch", ylabel="cost J", title="Learning curve")
    axes.legend()
    figure.savefig(path)
