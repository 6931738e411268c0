# Plain: edited here; chapter 12 tells of it.
"""The command line: ``python -m nnlib train``, ``evaluate`` and ``predict``."""

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from nnlib import __version__
from nnlib.command_train import run_train
from nnlib.folders import folders_in, images_in, left_out
from nnlib.image_files import read_image
from nnlib.images import flatten, label_row, scale
from nnlib.kinds import ACTIVATION_NAMES
from nnlib.labelled import Part, Wanted
from nnlib.losses import accuracy, cost
from nnlib.model import Model, load, probability
from nnlib.model_notes import ImageShape, class_names, image_shape
from nnlib.photographs import DataFileError
from nnlib.rule import InputError
from nnlib.sources import read_source
from nnlib.streams import LOST, remark, say, settle

ABOUT = """Train and use a network that tells two kinds of images apart. Images are taken as a
viewer shows them, transparency on white; of an animation, the first picture. The answer goes to
stdout; what was read and what was left out is said on stderr."""


def run_evaluate(options: argparse.Namespace) -> int:
    """evaluate: cost and accuracy of a saved model on the test images."""
    model = load(options.model)
    shape = image_shape(model, str(options.model), options.size)
    if options.source is None and shape[:2] not in ((16, 16), (32, 32)):
        wanted = "say which images to look at: an npz, or a folder with two folders"
        sides = f"{shape.height} × {shape.width}"
        raise InputError(f"the model takes images of {sides} pixels; {wanted}.")
    source = read_source(options.source, Wanted(("test",), shape, class_names(model), options.all))
    try:
        A, Y = answers(model, shape, [*source.parts.values()])
    except InputError as error:
        raise DataFileError(f"{options.source}: {error}") from None
    for line in source.remarks:
        remark(line)
    right = accuracy((A > 0.5).astype(int), Y)
    what = "images" if options.all or "all" in source.parts else "test images"
    say(f"{Y.shape[1]} {what}: cost {cost(A, Y):.4f}, accuracy {right:.1%}.")
    return 0


def answers(model: Model, shape: ImageShape, parts: list[Part]) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities and labels of all images in some parts."""
    probabilities, labels = [], []
    for images, numbers in parts:
        X, Y = scale(flatten(images)), label_row(numbers)
        found = ImageShape(*images.shape[1:])
        if found != shape:
            raise InputError(f"the images are {found}; the model takes {shape}.")
        if X.shape[1] != Y.shape[1]:
            raise InputError(f"there are {X.shape[1]} images and {Y.shape[1]} labels.")
        probabilities.append(probability(model, X))
        labels.append(Y)
    return np.hstack(probabilities), np.hstack(labels)


def run_predict(options: argparse.Namespace) -> int:
    """predict: what a saved model says about each image."""
    model = load(options.model)
    shape = image_shape(model, str(options.model), options.size)
    if shape.channels not in (1, 3):
        raise InputError(f"{options.model} takes images of {shape}: no image file has them.")
    names, status = class_names(model), 0
    for file in files_of(options.images):
        try:
            image = read_image(file, shape[:2], shape.channels)
        except DataFileError as error:  # the others still get their answer
            remark(f"nnlib: {error}")
            status = 1
            continue
        a = probability(model, scale(flatten(image[np.newaxis]))).item()
        say(f"{file}: {names[a > 0.5]} ({names[1]} with probability {a:.3f})")
    return status


def files_of(paths: list[Path]) -> Iterator[Path]:
    """The image files that somebody named, alone or by their folder."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        images, left = images_in(path)
        if not images:
            inside = ", ".join(folder.name for folder in folders_in(path)[:9])
            found = f"; name one of its folders: {inside}" if inside else ""
            found = found or (f"; {left_out(left, path)}" if left else "")
            raise DataFileError(f"{path} holds no images{found}.")
        if left:
            remark(f"{path}: {len(images)} images; {left_out(left, path)}")
        yield from images


def sides(text: str) -> tuple[int, int]:
    """Height and width from what was typed: "16" or "36x64"."""
    found = re.fullmatch(r"(-?\d{1,6})(?:[x×](-?\d{1,6}))?", text)
    if not found:
        raise argparse.ArgumentTypeError(f"wanted a number or two, as 16 or 36x64; found {text!r}")
    return int(found[1]), int(found[2] or found[1])


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    top = argparse.ArgumentParser(prog="python -m nnlib", description=ABOUT)
    top.add_argument("--version", action="version", version=f"nnlib {__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    where = (
        "an npz, a folder with two folders of images, or one with such folders train and test; "
        "without it, the shipped photographs"
    )

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
    learn.add_argument(
        "--size",
        type=sides,
        default=(16, 16),
        help="what image files are resized to: a side in pixels, or 36x64 (high x wide) (16)",
    )
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

    says_size = "height and width of the images, as 36x64, if the model does not say it"
    judge = commands.add_parser("evaluate", help="cost and accuracy of a model on test images")
    judge.set_defaults(run=run_evaluate)
    judge.add_argument("model", type=Path, help="what train has saved")
    judge.add_argument("source", nargs="?", type=Path, help=where)

    judge.add_argument("--all", action="store_true", help="judge every image of the source")
    judge.add_argument("--size", type=sides, help=says_size)

    use = commands.add_parser("predict", help="what a model says about image files")
    use.set_defaults(run=run_predict)
    use.add_argument("model", type=Path, help="what train has saved")
    use.add_argument("images", nargs="+", type=Path, help="image files, or folders of them")
    use.add_argument("--size", type=sides, help=says_size)
    return top


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status; bad input becomes one line."""
    top = parser()
    options = top.parse_args(arguments)
    if getattr(options, "resume", False) and not options.checkpoint:
        top.error("--resume needs --checkpoint FILE")
    status = 1
    try:
        status = options.run(options)
    except BrokenPipeError:  # whoever read the output has gone, as after `| head -3`
        status = 0
    except (InputError, OSError, ImportError) as error:
        remark(f"nnlib: {error}")
    except MemoryError:
        remark("nnlib: there is not enough memory for this.")
    except KeyboardInterrupt:
        status = 130
    failed = settle()
    if failed and status == 0:
        remark(f"nnlib: {LOST}: {failed}.")
        status = 1
    return status


if __name__ == "__main__" and __package__ == "nnlib":  # not in a notebook
    sys.exit(main())
