"""Logistic regression on the photographs, as chapter 04 trains it."""

import numpy as np
import pytest

from nnlib.images import prepare
from nnlib.learning_rate import safe_learning_rate
from nnlib.logistic import predict, train
from nnlib.losses import accuracy
from nnlib.photographs import load_features, load_trees

STEPS = 600  # chosen in section 4.7 on held-back areas of the training set


@pytest.fixture(scope="module")
def data():
    return prepare(load_trees())


@pytest.fixture(scope="module")
def fit(data):
    return train(data.X_train, data.Y_train, safe_learning_rate(data.X_train) / 2, STEPS)


def test_accuracy_on_the_test_set(data, fit):
    right = accuracy(predict(fit.w, fit.b, data.X_test), data.Y_test)
    assert 0.75 <= right <= 0.84
    assert data.Y_test.mean() == 0.5


def test_the_cost_falls_at_every_step(fit):
    assert len(fit.costs) == STEPS
    assert (np.diff(fit.costs) < 0).all()


def test_two_runs_are_equal_to_the_last_bit(data, fit):
    again = train(data.X_train, data.Y_train, safe_learning_rate(data.X_train) / 2, STEPS)
    assert again.w.tobytes() == fit.w.tobytes()
    assert again.b == fit.b
    assert again.costs == fit.costs


def test_without_the_mean_subtracted_the_safe_rate_is_far_smaller(data):
    raw = data.X_train + data.mean
    assert safe_learning_rate(raw) < safe_learning_rate(data.X_train) / 10


def test_two_features_chosen_by_a_person_beat_all_pixels(data, fit):
    features = load_features()
    rows = [features.names.index("brightness"), features.names.index("contrast")]
    mean = features.X_train[rows].mean(axis=1, keepdims=True)
    spread = features.X_train[rows].std(axis=1, keepdims=True)
    X, X_test = (features.X_train[rows] - mean) / spread, (features.X_test[rows] - mean) / spread
    two = train(X, features.Y_train, safe_learning_rate(X) / 2, 100)
    right = accuracy(predict(two.w, two.b, X_test), features.Y_test)
    assert right > accuracy(predict(fit.w, fit.b, data.X_test), data.Y_test)
    assert 0.82 <= right <= 0.87
