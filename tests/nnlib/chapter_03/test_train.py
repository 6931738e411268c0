"""Training one unit: equations (8) and (9), again and again."""

import math

import numpy as np
import pytest

from nnlib.logistic import Fit, gradients_loop, train
from nnlib.losses import accuracy, cost_from_z
from nnlib.photographs import load_features
from nnlib.rule import InputError


@pytest.fixture
def data():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(2, 20))
    Y = (X[:1] + rng.normal(size=(1, 20)) > 0).astype(float)
    X.flags.writeable = Y.flags.writeable = False
    return X, Y


@pytest.mark.equation(8)
@pytest.mark.equation(9)
def test_a_run_is_its_steps(data):
    X, Y = data
    fit = train(X, Y, 0.7, 3)
    w, b, costs = np.zeros((2, 1)), 0.0, []
    for _ in range(3):
        costs.append(cost_from_z(w.T @ X + b, Y))
        dw, db = gradients_loop(w, b, X, Y)
        w, b = w - 0.7 * dw, b - 0.7 * db
    assert isinstance(fit, Fit)
    np.testing.assert_allclose(fit.w, w, rtol=1e-12)
    assert fit.b == pytest.approx(b, rel=1e-12)
    np.testing.assert_allclose(fit.costs, costs, rtol=1e-12)


def test_the_first_cost_is_log_two_and_every_step_below_the_limit_goes_down(data):
    X, Y = data
    X_tilde = np.vstack([X, np.ones((1, 20))])
    limit = 2 * 4 * 20 / np.linalg.eigvalsh(X_tilde @ X_tilde.T)[-1]
    fit = train(X, Y, 0.99 * limit, 60)
    assert fit.costs[0] == pytest.approx(math.log(2), rel=1e-14)
    assert (np.diff(fit.costs) < 1e-15).all()
    assert fit.costs[-1] < 0.6


def test_far_above_the_limit_the_cost_rises():
    rng = np.random.default_rng(5)
    X, Y = rng.normal(size=(1, 50)), rng.integers(0, 2, (1, 50))
    costs = train(X, Y, 40.0, 30).costs
    assert max(np.diff(costs)) > 0.1


def test_two_halves_make_one_run(data):
    X, Y = data
    whole, first = train(X, Y, 0.5, 8), train(X, Y, 0.5, 5)
    second = train(X, Y, 0.5, 3, first.w, first.b)
    np.testing.assert_allclose(second.w, whole.w, rtol=1e-12)
    assert second.b == pytest.approx(whole.b, rel=1e-12)
    np.testing.assert_allclose(first.costs + second.costs, whole.costs, rtol=1e-12)


def test_the_start_is_left_as_it_is(data):
    X, Y = data
    w = np.array([[0.5], [-0.5]])
    w.flags.writeable = False
    assert train(X, Y, 0.5, 2, w, 0.1).w is not w


def test_no_steps_return_the_start(data):
    fit = train(*data, 0.5, 0, np.array([[1.0], [2.0]]), 0.3)
    np.testing.assert_array_equal(fit.w, [[1.0], [2.0]])
    assert (fit.b, fit.costs) == (0.3, [])


def test_separable_data_have_no_lowest_point():
    X, Y = np.array([[-3.0, -1.0, 1.0, 2.0]]), np.array([[0, 0, 1, 1]])
    sizes = [abs(train(X, Y, 1.0, steps).w.item()) for steps in (10, 100, 1000)]
    assert sizes[0] + 1.5 < sizes[1] < sizes[2] - 1.5


def test_brightness_and_colour_are_right_in_about_seven_of_ten_photographs():
    table = load_features()
    X, X_test = table.X_train[:2], table.X_test[:2]
    mean, std = X.mean(axis=1, keepdims=True), X.std(axis=1, keepdims=True)
    fit = train((X - mean) / std, table.Y_train, 2.0, 12)
    z = fit.w.T @ ((X_test - mean) / std) + fit.b
    assert fit.costs[-1] < 0.6553
    assert 0.67 < accuracy(z > 0, table.Y_test) < 0.71


X, Y = np.ones((2, 3)), np.array([[1, 0, 1]])
BAD = [
    ((X, Y, -1, 5), {}, "learning_rate must be a finite number above 0; found -1."),
    ((X, Y, 0.1, 2.5), {}, "steps must be a whole number; found float."),
    ((X, Y, 0.1, -1), {}, "steps must be at least 0; found -1."),
    ((X, Y[0], 0.1, 5), {}, "Y must have shape (1, m)"),
    ((X.T, Y, 0.1, 5), {}, "Y must have shape (1, m) with m = 2, as in X"),
    ((X, Y, 0.1, 5), {"w": np.zeros((3, 1))}, "w must have shape (n_x, 1) with n_x = 2, as in X"),
    ((X, Y, 0.1, 5), {"w": np.zeros(2)}, "w must have shape (n_x, 1)"),
    ((X, Y, 0.1, 5), {"b": [0.0, 1.0]}, "b must be one number"),
]


@pytest.mark.parametrize(("arguments", "options", "sentence"), BAD)
def test_bad_input_gets_one_clear_sentence(arguments, options, sentence):
    with pytest.raises(InputError) as caught:
        train(*arguments, **options)
    assert str(caught.value).startswith(sentence)
