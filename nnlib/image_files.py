# Plain: edited here; chapter 12 tells of it.
"""Images from files, folders and npz files, as the command line names them."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnlib.files import unpack
from nnlib.photographs import DataFileError, Photographs, load_trees

ENDINGS = {".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp"}


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
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS)


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
    arrays = unpack(path)
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
