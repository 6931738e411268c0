# Woven from chapter 1 by `python -m course tangle`: edit notebooks/text, not this file.
"""The photographs: load, check, flatten, scale, centre."""

import csv
import hashlib
import io
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

import nnlib
from nnlib.validation import Array, InputError, as_array, check_examples, check_overflow, describe

CHECKSUMS = {  # SHA-256
    "trees_32.npz": "2d4d589831c2d944510860e510205f31b5282e0afe80af311cfabdaebe6e4a1a",
    "trees_2d.csv": "adc27d75a872aa03fe90e396ff746c54cf25ecab8e95b32304ae53498b11593e",
}


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


def read_checked(name: str, folder: str | Path | None = None) -> bytes:
    """Return the bytes of a data file, if they are the right ones.

    Parameters
    ----------
    name : str
        Name of the file.
    folder : path, optional
        Where it lies; by default the data of the course.

    Returns
    -------
    bytes

    Raises
    ------
    InputError
        If there is no data file of that name, or `folder` is no path.
    DataFileError
        If the file is missing, truncated or altered.
    """
    if not isinstance(name, str) or name not in CHECKSUMS:
        raise InputError(f"name must be one of {', '.join(CHECKSUMS)}; found {describe(name)}.")
    if not isinstance(folder, str | Path | None):
        raise InputError(f"folder must be a path; found {type(folder).__name__}.")
    path = (data_folder() if folder is None else Path(folder)) / name
    expected = CHECKSUMS[name]
    content = path.read_bytes() if path.is_file() else None
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

    train_images: NDArray[np.uint8]  # (m, height, width, 3)
    train_labels: NDArray[np.uint8]  # (m,)
    test_images: NDArray[np.uint8]
    test_labels: NDArray[np.uint8]


def check_images(images: ArrayLike) -> np.ndarray:
    """Return `images` as an array of finite numbers.

    Parameters
    ----------
    images : array_like, shape (m, height, width, channels)

    Returns
    -------
    ndarray, shape (m, height, width, channels)
        Same dtype as `images`.

    Raises
    ------
    InputError
        If they have another shape, or hold anything but finite numbers.
    """
    images = as_array(images, "images")
    if images.dtype.kind not in "biuf":
        raise InputError(f"images must hold numbers; found dtype {images.dtype}.")
    if images.ndim != 4 or images.size == 0:
        raise InputError(
            "images must have shape (m, height, width, channels); one photograph alone is "
            f"images[i : i + 1]; found shape {images.shape}."
        )
    if not np.isfinite(images).all():
        raise InputError("images must be finite; found NaN or infinity.")
    return images


def halve(images: ArrayLike) -> NDArray[np.uint8]:
    """Average blocks of 2 × 2 pixels.

    Parameters
    ----------
    images : ndarray, shape (m, height, width, channels), uint8
        Height and width are even.

    Returns
    -------
    ndarray, shape (m, height / 2, width / 2, channels), uint8

    Raises
    ------
    InputError
        If `images` has another shape or dtype.
    """
    images = check_images(images)
    m, height, width, channels = images.shape
    if images.dtype != np.uint8 or height % 2 or width % 2:
        found = f"found dtype {images.dtype}, shape {images.shape}"
        raise InputError(f"images must be uint8, of even height and width; {found}.")
    blocks = images.reshape(m, height // 2, 2, width // 2, 2, channels)
    halved: NDArray[np.uint8] = blocks.mean(axis=(2, 4)).round().astype(np.uint8)
    return halved


def load_trees(size: int = 16, folder: str | Path | None = None) -> Photographs:
    """Load the tree photographs, split into training and test set.

    Parameters
    ----------
    size : {16, 32}, optional
        Height and width in pixels.
    folder : path, optional
        Where trees_32.npz lies; by default the data of the course.

    Returns
    -------
    Photographs
        1526 training and 406 test photographs: images (m, size, size, 3), labels (m,), uint8.

    Raises
    ------
    InputError
        If `size` is neither 16 nor 32.
    DataFileError
        If the file is missing, truncated or altered.
    """
    if not isinstance(size, (int, np.integer)) or size not in (16, 32):
        raise InputError(f"size must be 16 or 32; found {describe(size)}.")
    content = read_checked("trees_32.npz", folder)
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        arrays = [file[name] for name in ("X_train", "y_train", "X_test", "y_test")]
    photographs = Photographs(*arrays)
    if size == 32:
        return photographs
    train, test = halve(photographs.train_images), halve(photographs.test_images)
    return photographs._replace(train_images=train, test_images=test)


def flatten(images: ArrayLike) -> np.ndarray:
    """Unroll photographs into feature vectors, one column each: X of equation (16).

    Parameters
    ----------
    images : array_like, shape (m, height, width, channels)

    Returns
    -------
    ndarray, shape (n_x, m)
        n_x = height · width · channels; same dtype as `images`.

    Raises
    ------
    InputError
        If `images` has another number of axes.
    """
    images = check_images(images)
    m = images.shape[0]
    return images.reshape(m, -1).T  # the example axis first, the transpose last


def scale(X: ArrayLike) -> Array:
    """Scale uint8 pixels from 0 to 255 to floats from 0 to 1.

    Parameters
    ----------
    X : ndarray of uint8
        Any shape.

    Returns
    -------
    ndarray of float64
        Same shape as `X`.

    Raises
    ------
    InputError
        If `X` is not uint8: then it has probably been scaled already.
    """
    X = as_array(X, "X")
    if X.dtype != np.uint8:
        raise InputError(f"X must hold uint8 pixels; found dtype {X.dtype}: is it scaled already?")
    scaled: Array = X / 255
    return scaled


def mean_image(X: ArrayLike) -> Array:
    """Mean of every feature over the examples.

    Parameters
    ----------
    X : array_like, shape (n_x, m)
        Scaled; of the training set only.

    Returns
    -------
    ndarray, shape (n_x, 1)

    Raises
    ------
    InputError
        If `X` holds uint8 pixels, anything but finite numbers, numbers whose sum overflows, or has
        another shape.
    """
    with np.errstate(over="ignore"):  # check_overflow says it better
        mean: Array = check_examples(X).mean(axis=1, keepdims=True)
    return check_overflow(mean, "X")


def label_row(labels: ArrayLike) -> Array:
    """Labels as a row, one per column of X: Y of equation (22).

    Parameters
    ----------
    labels : array_like, shape (m,)
        0 or 1.

    Returns
    -------
    ndarray of float64, shape (1, m)

    Raises
    ------
    InputError
        If `labels` has another shape, or holds anything but 0 and 1.
    """
    labels = as_array(labels, "labels")
    if labels.ndim != 1 or labels.size == 0:
        raise InputError(f"labels must have shape (m,); found shape {labels.shape}.")
    if labels.dtype.kind not in "biuf":
        raise InputError(f"labels must hold only 0 and 1; found dtype {labels.dtype}.")
    other = labels[(labels != 0) & (labels != 1)]
    if other.size:
        raise InputError(f"labels must hold only 0 and 1; found {other[0]:g}.")
    return labels.reshape(1, -1).astype(np.float64)


class Prepared(NamedTuple):
    """Data ready for training: columns are examples."""

    X_train: Array  # (n_x, m), pixels / 255 minus the mean image
    Y_train: Array  # (1, m)
    X_test: Array
    Y_test: Array
    mean: Array  # (n_x, 1), of the training set: what X_train and X_test were centred with


def prepare(photographs: Photographs) -> Prepared:
    """Flatten, scale and centre photographs; make rows of their labels.

    Parameters
    ----------
    photographs : Photographs

    Returns
    -------
    Prepared

    Raises
    ------
    InputError
        If it is no such thing, a part cannot be used, or the parts do not fit together.
    """
    if not isinstance(photographs, Photographs):
        raise InputError(f"photographs must be Photographs; found {type(photographs).__name__}.")
    X_train, X_test = (
        scale(flatten(p)) for p in (photographs.train_images, photographs.test_images)
    )
    mean = mean_image(X_train)
    Y_train, Y_test = label_row(photographs.train_labels), label_row(photographs.test_labels)
    for X, Y, what in ((X_train, Y_train, "train"), (X_test, Y_test, "test")):
        if X.shape[1] != Y.shape[1]:
            found = f"{X.shape[1]} {what}_images and {Y.shape[1]} {what}_labels"
            raise InputError(f"photographs must hold one label for each image; found {found}.")
    if len(X_test) != len(X_train):
        found = f"{len(X_train)} numbers in a training image and {len(X_test)} in a test image"
        raise InputError(f"photographs must hold images of one size; found {found}.")
    return Prepared(X_train - mean, Y_train, X_test - mean, Y_test, mean)


class Features(NamedTuple):
    """The photographs as a few numbers each: columns are examples."""

    names: tuple[str, ...]  # of the rows of X: brightness, green_minus_blue, contrast
    X_train: Array  # (3, m)
    Y_train: Array  # (1, m)
    X_test: Array
    Y_test: Array


def load_features(folder: str | Path | None = None) -> Features:
    """Load the table of three features per photograph, not centred.

    Parameters
    ----------
    folder : path, optional
        Where trees_2d.csv lies; by default the data of the course.

    Returns
    -------
    Features
        In the order of `load_trees`.

    Raises
    ------
    DataFileError
        If the file is missing, truncated or altered.
    """
    lines = read_checked("trees_2d.csv", folder).decode("utf-8").splitlines()
    header, *rows = csv.reader(lines)
    parts = []
    for split in ("train", "test"):
        table = np.array([[float(v) for v in row[1:]] for row in rows if row[0] == split]).T
        parts += [table[:-1], table[-1:]]
    return Features(tuple(header[1:-1]), *parts)
