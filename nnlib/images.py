# Woven from chapter 1 by `python -m course tangle`: edit notebooks/text, not this file.
"""Photographs as columns of numbers: flatten, scale, centre."""

from typing import NamedTuple

import numpy as np

from nnlib.door import door
from nnlib.kinds import Array, Examples, ImageStack, Labels, LabelsInARow, Pixels8, Weights
from nnlib.photographs import Photographs


@door
def flatten(images: ImageStack) -> np.ndarray:
    """Unroll photographs into feature vectors, one column each: X of equation (16)."""
    m = images.shape[0]
    return images.reshape(m, -1).T  # the example axis first, the transpose last


@door
def scale(X: Pixels8) -> Array:
    """Bring pixels from 0 … 255 to 0 … 1."""
    scaled: Array = X / 255
    return scaled


@door
def mean_image(X: Examples) -> Weights:
    """Mean of every feature over the examples, shape (n_x, 1)."""
    mean: Array = X.mean(axis=1, keepdims=True)
    return mean


@door
def label_row(labels: LabelsInARow) -> Labels:
    """Labels as a row, one per column of X: Y of equation (22)."""
    return labels.reshape(1, -1).astype(np.float64)


class Prepared(NamedTuple):
    """Data ready for training: columns are examples."""

    X_train: Array  # (n_x, m), pixels / 255 minus the mean image
    Y_train: Array  # (1, m)
    X_test: Array
    Y_test: Array
    mean: Array  # (n_x, 1), of the training set: what X_train and X_test were centred with


@door
def prepare(photographs: Photographs) -> Prepared:
    """Flatten, scale and centre photographs; make rows of their labels."""
    X_train = scale(flatten(photographs.train_images))
    X_test = scale(flatten(photographs.test_images))
    mean = mean_image(X_train)
    Y_train, Y_test = label_row(photographs.train_labels), label_row(photographs.test_labels)
    return Prepared(X_train - mean, Y_train, X_test - mean, Y_test, mean)
