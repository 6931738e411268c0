# Plain: edited here; chapter 11 tells of it.
"""The photographs of the course: files, their checksums, and what is in them."""

import csv
import hashlib
import io
from pathlib import Path
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import NDArray

import nnlib
from nnlib.door import door
from nnlib.kinds import (
    Array,
    EvenImages,
    Folder,
    ImageSize,
    ImageStack,
    LabelsInARow,
    TestImages,
    TestLabels,
)
from nnlib.rules_choices import OneOf

CHECKSUMS = {  # SHA-256
    "trees_32.npz": "2d4d589831c2d944510860e510205f31b5282e0afe80af311cfabdaebe6e4a1a",
    "trees_2d.csv": "adc27d75a872aa03fe90e396ff746c54cf25ecab8e95b32304ae53498b11593e",
}
LONGEST = 2**25  # bytes; all of them are shorter


DataName = Annotated[str, OneOf(*CHECKSUMS)]


class DataFileError(OSError):
    """A data file is missing, truncated or altered; the message says how to restore it."""


def data_folder() -> Path:
    """Return the folder of the data files: inside an installed nnlib, or data/ in a clone.

    Returns
    -------
    pathlib.Path
    """
    package = Path(nnlib.__file__).resolve().parent
    inside = package / "data"
    return inside if inside.is_dir() else package.parent / "data"


@door
def read_checked(name: DataName, folder: Folder | None = None) -> bytes:
    """The bytes of a data file of the course, if they are the right ones.

    A `DataFileError` says what is wrong with a file, and how to restore it.
    """
    path = (data_folder() if folder is None else folder) / name
    expected = CHECKSUMS[name]
    content = None
    if path.is_file():
        with open(path, "rb") as file:
            content = file.read(LONGEST)  # one that is longer is a wrong one, and may be huge
    found = "no file" if content is None else hashlib.sha256(content).hexdigest()
    if content is None or found != expected:
        raise DataFileError(
            f"{path} is {'missing' if content is None else 'truncated or altered'}: "
            f"SHA-256 expected {expected}, found {found}. To restore it, type "
            f"`git checkout -- data/{name}` in your clone of the course, or install nnlib again."
        )
    return content


class Photographs(NamedTuple):
    """Photographs as they come from the file: pixels from 0 to 255, label 1 for a tree."""

    train_images: ImageStack  # (m, height, width, 3)
    train_labels: LabelsInARow  # (m,)
    test_images: TestImages
    test_labels: TestLabels


@door
def load_trees(size: ImageSize = 16, folder: Folder | None = None) -> Photographs:
    """Load the tree photographs: 1526 to train on and 406 to test, (m, size, size, 3), uint8.

    The file is compared with its checksum; a `DataFileError` says how to restore it.
    """
    content = read_checked("trees_32.npz", folder)
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        arrays = [file[name] for name in ("X_train", "y_train", "X_test", "y_test")]
    photographs = Photographs(*arrays)
    if size == 32:
        return photographs
    train, test = halve(photographs.train_images), halve(photographs.test_images)
    return photographs._replace(train_images=train, test_images=test)


@door
def halve(images: EvenImages) -> NDArray[np.uint8]:
    """Average blocks of 2 × 2 pixels: height and width become half as large.

    Examples
    --------
    >>> block = np.array([[10, 20], [30, 40]], np.uint8)
    >>> halve(block.reshape(1, 2, 2, 1)).ravel()
    array([25], dtype=uint8)
    """
    m, height, width, channels = images.shape
    blocks = images.reshape(m, height // 2, 2, width // 2, 2, channels)
    halved: NDArray[np.uint8] = blocks.mean(axis=(2, 4)).round().astype(np.uint8)
    return halved


class Features(NamedTuple):
    """The photographs as a few numbers each: columns are examples."""

    names: tuple[str, ...]  # of the rows of X: brightness, green_minus_blue, contrast
    X_train: Array  # (3, m)
    Y_train: Array  # (1, m)
    X_test: Array
    Y_test: Array


@door
def load_features(folder: Folder | None = None) -> Features:
    """Load the table of three features per photograph, not centred, in the order of `load_trees`.

    The file is compared with its checksum; a `DataFileError` says how to restore it.
    """
    lines = read_checked("trees_2d.csv", folder).decode("utf-8").splitlines()
    header, *rows = csv.reader(lines)
    parts = []
    for split in ("train", "test"):
        table = np.array([[float(v) for v in row[1:]] for row in rows if row[0] == split]).T
        parts += [table[:-1], table[-1:]]
    return Features(tuple(header[1:-1]), *parts)
