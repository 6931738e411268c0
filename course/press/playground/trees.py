"""The photographs of the course as points: two of their three features, standardised."""

from __future__ import annotations

import numpy as np

from nnlib.photographs import load_features


def points(second: int) -> dict[str, list[list[float]]]:
    """Training and test points, rows of x1, x2, label: the brightness and one other feature.

    Parameters
    ----------
    second : int
        The row of the other feature: 1 for green minus blue, 2 for the contrast.

    Returns
    -------
    dict
        "training" and "testing", each a list of rows with four digits behind the point.
    """
    features = load_features()
    rows = [0, second]
    x_train, x_test = features.X_train[rows], features.X_test[rows]
    mean, spread = x_train.mean(axis=1, keepdims=True), x_train.std(axis=1, keepdims=True)
    made = {}
    for name, x, labels in (
        ("training", x_train, features.Y_train),
        ("testing", x_test, features.Y_test),
    ):
        scaled = np.vstack([((x - mean) / spread).round(4) + 0.0, labels])
        made[name] = [[*map(float, point[:2]), int(point[2])] for point in scaled.T]
    return made
