# Plain: edited here; chapter 12 tells of it.
"""The command line: ``python -m nnlib train``, ``evaluate`` and ``predict``."""

import argparse
import math
import os
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from nnlib import __version__
from nnlib.checkpoint import Checkpoint, History, load_checkpoint, saver
from nnlib.image_files import images_in, read_image, read_source
from nnlib.images import Prepared, flatten, label_row, prepare, scale
from nnlib.kinds import ACTIVATION_NAMES
from nnlib.losses import accuracy, cost
from nnlib.model import Model, load, probability, save
from nnlib.network import Layer, initialize
from nnlib.photographs import DataFileError
from nnlib.rule import Call, InputError
from nnlib.rules_settings import Whole
from nnlib.training import batches, resume, train

BEGIN = {"hidden": [20], "activation": "relu", "learning_rate": 0.1, "seed": 0, "batch_size": None}
"""What a run begins with, unless an option says otherwise; one that goes on has its own."""


def run_train(options: argparse.Namespace) -> int:
    """train: learn from the images, save the model, say how it went."""
    check_options(options)
    photographs, names = read_source(options.source, options.size)
    try:
        data = prepare(photographs)
    except InputError as error:
        raise DataFileError(f"{options.source}: {error}") from None
    layers, history = (go_on if options.resume else begin)(options, data)
    notes = {"classes": names, "size": photographs.train_images.shape[1]}
    save(options.out, Model(layers, data.mean, notes=notes))
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
    return not options.quiet and find_spec("tqdm") is not None


def check_options(options: argparse.Namespace) -> None:
    """Refuse what would fail after the training: it may have taken hours."""
    if options.seed is not None:
        Whole(0).take(options.seed, "--seed", Call())
    Whole().take(options.size, "--size", Call())
    for units in options.hidden or []:
        Whole().take(units, "--hidden", Call())
    for name in ("out", "plot", "checkpoint"):
        path = getattr(options, name)
        if path is not None and (path.is_dir() or not path.resolve().parent.is_dir()):
            raise DataFileError(f"--{name} {path} is no file in a folder that exists.")
    if options.plot:
        check_plot(options.plot)


def check_plot(path: Path) -> None:
    """Refuse a plot that could not be drawn."""
    try:
        from matplotlib.backend_bases import FigureCanvasBase
    except ImportError:
        raise ImportError("--plot needs the package matplotlib: install it.") from None
    kinds = sorted(FigureCanvasBase.get_supported_filetypes())
    if path.suffix[1:].lower() not in kinds:
        raise DataFileError(f"--plot {path} must end with one of .{', .'.join(kinds)}.")


def report(history: History, out: Path) -> None:
    """Say in one line how the training went."""
    epochs = len(history.costs)
    what = f"Interrupted after {epochs} epochs" if history.interrupted else f"{epochs} epochs"
    if epochs:
        what += f": cost {history.costs[-1]:.4f}, accuracy {history.accuracies[-1]:.1%}"
        what += f" on the training images, {history.test_accuracies[-1]:.1%} on the test images"
    print(f"{what}. Saved in {out}.")


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


def run_evaluate(options: argparse.Namespace) -> int:
    """evaluate: cost and accuracy of a saved model on the test images."""
    model = load(options.model)
    size = image_size(model)
    if options.source is None and size not in (16, 32):
        wanted = "say which images to look at: an npz, or a folder with two folders"
        raise InputError(f"the model takes images of {size} × {size} pixels; {wanted}.")
    photographs, _ = read_source(options.source, size)
    Y = label_row(photographs.test_labels)
    A = probability(model, scale(flatten(photographs.test_images)))
    right = accuracy((A > 0.5).astype(int), Y)
    print(f"{Y.shape[1]} test images: cost {cost(A, Y):.4f}, accuracy {right:.1%}.")
    return 0


def run_predict(options: argparse.Namespace) -> int:
    """predict: what a saved model says about each image."""
    model = load(options.model)
    size = image_size(model)
    names = class_names(model)
    for path in options.images:
        files = images_in(path) if path.is_dir() else [path]
        if not files:
            raise DataFileError(f"{path} holds no images.")
        for file in files:
            X = scale(flatten(read_image(file, size)[np.newaxis]))
            a = probability(model, X).item()
            print(f"{file}: {names[a > 0.5]} ({names[1]} with probability {a:.3f})")
    return 0


def class_names(model: Model) -> list[str]:
    """What the labels 0 and 1 mean, if the notes of the model say it."""
    names = (model.notes or {}).get("classes")
    if isinstance(names, list) and len(names) == 2 and all(isinstance(n, str) for n in names):
        return names
    return ["0", "1"]


def image_size(model: Model) -> int:
    """The side of the images that a model takes, in pixels."""
    n_x = model.layers[0].W.shape[1]
    size = round(math.sqrt(n_x / 3))
    if 3 * size**2 != n_x:
        raise InputError(f"the model takes {n_x} numbers: no square image with 3 colours.")
    return size


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    top = argparse.ArgumentParser(prog="python -m nnlib", description="Train and use a network.")
    top.add_argument("--version", action="version", version=f"nnlib {__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    where = "an npz or a folder with two folders of images; without it, the shipped photographs"

    learn = commands.add_parser("train", help="learn from images and save the model")
    learn.set_defaults(run=run_train)
    learn.add_argument("source", nargs="?", type=Path, help=where)
    learn.add_argument(
        "--out", type=Path, default=Path("model.npz"), help="the file to write (model.npz)"
    )
    learn.add_argument("--hidden", type=int, nargs="*", help="units per hidden layer (20)")
    learn.add_argument(
        "--activation",
        choices=sorted(ACTIVATION_NAMES),
        help="of the hidden layers (relu)",
    )
    learn.add_argument("--learning-rate", type=float, help="length of a step (0.1)")
    learn.add_argument("--epochs", type=int, default=300, help="times through all images (300)")
    learn.add_argument("--batch-size", type=int, help="images per step; all if it is not given")
    learn.add_argument("--seed", type=int, help="the same seed, the same network (0)")
    learn.add_argument("--size", type=int, default=16, help="side of the images in pixels (16)")
    learn.add_argument("--plot", type=Path, help="draw the learning curve into this file")
    learn.add_argument("--checkpoint", type=Path, help="save the run into this file on the way")
    learn.add_argument(
        "--every", type=int, default=10, help="epochs from one save to the next (10)"
    )
    learn.add_argument(
        "--resume",
        action="store_true",
        help="go on from the checkpoint, with the settings of its run",
    )
    learn.add_argument("--quiet", action="store_true", help="no progress bar")

    judge = commands.add_parser("evaluate", help="cost and accuracy of a model on test images")
    judge.set_defaults(run=run_evaluate)
    judge.add_argument("model", type=Path, help="what train has saved")
    judge.add_argument("source", nargs="?", type=Path, help=where)

    use = commands.add_parser("predict", help="what a model says about image files")
    use.set_defaults(run=run_predict)
    use.add_argument("model", type=Path, help="what train has saved")
    use.add_argument("images", nargs="+", type=Path, help="image files, or folders of them")
    return top


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status; bad input becomes one line."""
    top = parser()
    options = top.parse_args(arguments)
    if getattr(options, "resume", False) and not options.checkpoint:
        top.error("--resume needs --checkpoint FILE")
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read the output has gone, as after `| head -3`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (InputError, OSError, ImportError) as error:
        print(f"nnlib: {error}", file=sys.stderr)
        return 1
    except MemoryError:
        print("nnlib: there is not enough memory for this.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return status


if __name__ == "__main__" and __package__ == "nnlib":  # not in a notebook
    sys.exit(main())
