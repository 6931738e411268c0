# Woven from chapter 10 by `python -m course tangle`: edit notebooks/text, not this file.
"""The command line: ``python -m nnlib train``, ``evaluate`` and ``predict``."""

import argparse
import math
import os
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnlib import __version__
from nnlib.activations import ACTIVATIONS
from nnlib.images import DataFileError, Photographs, flatten, label_row, load_trees, prepare, scale
from nnlib.losses import accuracy, cost
from nnlib.network import Layer, initialize
from nnlib.persistence import Model, _unpack, load, load_checkpoint, probability, save, saver
from nnlib.training import Checkpoint, History, train
from nnlib.validation import InputError, check_count


def read_image(path: Path, size: int) -> NDArray[np.uint8]:
    """One image as uint8 of shape (size, size, 3)."""
    try:
        from PIL import Image
    except ImportError:
        raise ImportError("reading images needs the package pillow (PIL): install it.") from None
    try:
        with Image.open(path) as image:
            return np.asarray(image.convert("RGB").resize((size, size), Image.Resampling.BOX))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        why = getattr(error, "strerror", None) or error
        raise DataFileError(f"{path} is no image that can be read: {why}.") from None


def images_in(folder: Path) -> list[Path]:
    """The image files of a folder, sorted by name."""
    endings = {".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp"}
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in endings)


def read_folder(folder: Path, size: int) -> tuple[Photographs, list[str]]:
    """Images sorted into two folders; every fifth of each is kept for the test."""
    names = sorted(path.name for path in folder.iterdir() if path.is_dir())
    if len(names) != 2:
        wanted = "must hold two folders of images, one per class"
        raise DataFileError(f"{folder} {wanted}; found {len(names)}.")
    parts: tuple[list[tuple[NDArray[np.uint8], int]], ...] = ([], [])  # training, test
    for label, name in enumerate(names):
        paths = images_in(folder / name)
        if len(paths) < 5:
            raise DataFileError(f"{folder / name} must hold 5 images or more; found {len(paths)}.")
        for number, path in enumerate(paths):
            parts[number % 5 == 4].append((read_image(path, size), label))
    arrays = [np.array(values) for part in parts for values in zip(*part, strict=True)]
    return Photographs(*arrays), names


def read_npz(path: Path) -> Photographs:
    """An npz file of uint8 images, named as in the shipped one: X_train, y_train and so on."""
    names = ("X_train", "y_train", "X_test", "y_test")
    arrays = _unpack(path)
    if missing := [name for name in names if name not in arrays]:
        wanted = f"is no npz file with {', '.join(names)}"
        raise DataFileError(f"{path} {wanted}: {missing[0]} is missing.")
    return Photographs(*(arrays[name] for name in names))


def read_source(source: Path | None, size: int) -> tuple[Photographs, list[str]]:
    """The photographs that the command line names, and what labels 0 and 1 mean."""
    if source is None:
        return load_trees(size), ["no tree", "tree"]
    if source.is_dir():
        return read_folder(source, size)
    return read_npz(source), ["0", "1"]


def check_plot(path: Path) -> None:
    """Refuse a plot that could not be drawn."""
    try:
        from matplotlib.backend_bases import FigureCanvasBase
    except ImportError:
        raise ImportError("--plot needs the package matplotlib: install it.") from None
    kinds = sorted(FigureCanvasBase.get_supported_filetypes())
    if path.suffix[1:].lower() not in kinds:
        raise DataFileError(f"--plot {path} must end with one of .{', .'.join(kinds)}.")


def check_options(options: argparse.Namespace) -> None:
    """Refuse what would fail after the training: it may have taken hours."""
    check_count(options.seed, "--seed", minimum=0)
    check_count(options.size, "--size")
    for units in options.hidden:
        check_count(units, "--hidden")
    for name in ("out", "plot", "checkpoint"):
        path = getattr(options, name)
        if path is not None and (path.is_dir() or not path.resolve().parent.is_dir()):
            raise DataFileError(f"--{name} {path} is no file in a folder that exists.")
    if options.plot:
        check_plot(options.plot)


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


def run_train(options: argparse.Namespace) -> int:
    """train: learn from the images, save the model, say how it went."""
    check_options(options)
    photographs, names = read_source(options.source, options.size)
    try:
        data = prepare(photographs)
    except InputError as error:
        raise DataFileError(f"{options.source}: {error}") from None
    start: list[Layer] | Checkpoint = (
        load_checkpoint(options.checkpoint)
        if options.resume
        else initialize((len(data.mean), *options.hidden, 1), options.activation, options.seed)
    )
    layers, history = train(
        start,
        data.X_train,
        data.Y_train,
        options.learning_rate,
        options.epochs,
        options.batch_size,
        options.seed,
        test=(data.X_test, data.Y_test),
        progress=not options.quiet and find_spec("tqdm") is not None,
        after_epoch=saver(options.checkpoint, options.every) if options.checkpoint else None,
    )
    notes = {"classes": names, "size": photographs.train_images.shape[1]}
    save(options.out, Model(layers, data.mean, notes=notes))
    report(history, options.out)
    if options.plot:
        draw(history, options.plot)
    return 130 if history.interrupted else 0


def image_size(model: Model) -> int:
    """The side of the images that a model takes, in pixels."""
    n_x = model.layers[0].W.shape[1]
    size = round(math.sqrt(n_x / 3))
    if 3 * size**2 != n_x:
        raise InputError(f"the model takes {n_x} numbers: no square image with 3 colours.")
    return size


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


def class_names(model: Model) -> list[str]:
    """What the labels 0 and 1 mean, if the notes of the model say it."""
    names = (model.notes or {}).get("classes")
    if isinstance(names, list) and len(names) == 2 and all(isinstance(n, str) for n in names):
        return names
    return ["0", "1"]


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
    learn.add_argument(
        "--hidden", type=int, nargs="*", default=[20], help="units per hidden layer (20)"
    )
    learn.add_argument(
        "--activation",
        default="relu",
        choices=sorted(ACTIVATIONS),
        help="of the hidden layers (relu)",
    )
    learn.add_argument("--learning-rate", type=float, default=0.1, help="length of a step (0.1)")
    learn.add_argument("--epochs", type=int, default=300, help="times through all images (300)")
    learn.add_argument("--batch-size", type=int, help="images per step; all if it is not given")
    learn.add_argument("--seed", type=int, default=0, help="the same seed, the same network (0)")
    learn.add_argument("--size", type=int, default=16, help="side of the images in pixels (16)")
    learn.add_argument("--plot", type=Path, help="draw the learning curve into this file")
    learn.add_argument("--checkpoint", type=Path, help="save the run into this file on the way")
    learn.add_argument(
        "--every", type=int, default=10, help="epochs from one save to the next (10)"
    )
    learn.add_argument("--resume", action="store_true", help="go on from the checkpoint")
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
