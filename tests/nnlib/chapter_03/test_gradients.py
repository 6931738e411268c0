"""The derivatives of loss and cost, equations (10) to (15), and one step, (8) and (9)."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nnlib.activations import sigmoid
from nnlib.gradient_check import check_gradients, numerical_gradient, relative_difference
from nnlib.logistic import forward_one, gradients_loop, gradients_one, step
from nnlib.losses import cost_from_z, loss, loss_from_z
from nnlib.rule import InputError

labels = st.integers(0, 1)
values = st.floats(-2, 2)
CLOSE = 1e-7


def columns(n):
    return arrays(np.float64, (n, 1), elements=values)


def frozen(*arrays):
    for array in arrays:
        array.flags.writeable = False
    return arrays


@pytest.fixture
def fixture():
    """Sizes that all differ, b not 0, both labels."""
    rng = np.random.default_rng(7)
    X, w = rng.normal(size=(3, 7)), rng.normal(size=(3, 1))
    Y = np.array([[1.0, 0, 0, 1, 1, 0, 1]])
    return frozen(X, w, Y)


@pytest.mark.equation(10)
@given(a=st.floats(0.05, 0.95), y=labels)
def test_derivative_by_a(a, y):
    felt = numerical_gradient(lambda v: loss(v, [y]).item(), [a])
    assert felt[0] == pytest.approx(-y / a + (1 - y) / (1 - a), rel=1e-6)


@pytest.mark.equation(11)
@given(z=st.floats(-5, 5), y=labels)
def test_the_chain_rule_and_the_short_form_agree(z, y):
    a = float(sigmoid(z))
    chain = (-y / a + (1 - y) / (1 - a)) * (a - a**2)
    assert chain == pytest.approx(a - y, rel=1e-9)


@pytest.mark.equation(11)
def test_the_printed_form_breaks_at_zero_and_one_and_the_short_form_does_not():
    for z, y in [(40.0, 1), (-800.0, 1)]:
        a = np.float64(sigmoid(z))
        with np.errstate(divide="ignore", invalid="ignore"):
            assert np.isnan((-y / a + (1 - y) / (1 - a)) * (a - a**2))
        dw, db = gradients_one(np.zeros((1, 1)), z, np.ones((1, 1)), y)
        assert db == dw.item() == a - y


@pytest.mark.equation(12)
@given(z=st.floats(-8, 8), y=labels)
def test_dz_is_prediction_minus_label(z, y):
    felt = numerical_gradient(lambda v: loss_from_z(v, [y]).item(), [z])
    _, dz = gradients_one(np.zeros((1, 1)), z, np.ones((1, 1)), y)
    assert dz == pytest.approx(float(sigmoid(z)) - y, rel=1e-12)
    assert dz == pytest.approx(felt[0], abs=1e-9)


@pytest.mark.equation(13)
@pytest.mark.equation(14)
@pytest.mark.equation(15)
@given(w=columns(4), x=columns(4), b=values, y=labels)
def test_one_example_against_central_differences(w, x, b, y):
    def f(p):
        z = (p["w"].T @ x).item() + np.asarray(p["b"]).item()
        return loss_from_z(z, y).item()

    dw, db = gradients_one(w, b, x, y)
    assert dw.shape == w.shape and isinstance(db, float)
    felt = numerical_gradient(lambda P: f({"w": P, "b": b}), w)
    np.testing.assert_allclose(dw, felt, rtol=CLOSE, atol=1e-9)
    np.testing.assert_allclose(db, numerical_gradient(lambda P: f({"w": w, "b": P}), b), atol=1e-9)


def test_the_loop_against_central_differences(fixture):
    X, w, Y = fixture
    dw, db = gradients_loop(w, 0.3, X, Y)
    found = check_gradients(
        lambda p: cost_from_z(p["w"].T @ X + p["b"], Y), {"w": w, "b": 0.3}, {"w": dw, "b": db}
    )
    assert set(found) == {"w", "b"}
    assert max(found.values()) < CLOSE


def test_the_loop_is_the_mean_of_single_gradients(fixture):
    X, w, Y = fixture
    single = [gradients_one(w, 0.3, X[:, [i]], Y[0, i]) for i in range(7)]
    dw, db = gradients_loop(w, 0.3, X, Y)
    assert dw.shape == (3, 1)
    np.testing.assert_allclose(dw, sum(g for g, _ in single) / 7, rtol=1e-13)
    assert db == pytest.approx(sum(g for _, g in single) / 7, rel=1e-13)


def test_two_steps_by_hand():
    X, Y = np.array([[1.0, 2.0], [2.0, 0.0]]), np.array([[1.0, 0.0]])
    w, b = np.zeros((2, 1)), 0.0
    dw, db = gradients_loop(w, b, X, Y)
    np.testing.assert_array_equal(dw, [[0.25], [-0.5]])
    assert db == 0
    w, b = step(w, b, dw, db, 1.0)
    np.testing.assert_array_equal(w, [[-0.25], [0.5]])
    s1, s2 = 1 / (1 + math.exp(-0.75)), 1 / (1 + math.exp(0.5))
    dw, db = gradients_loop(w, b, X, Y)
    np.testing.assert_allclose(dw, [[((s1 - 1) + 2 * s2) / 2], [2 * (s1 - 1) / 2]], rtol=1e-14)
    assert db == pytest.approx(((s1 - 1) + s2) / 2, rel=1e-12)


@pytest.mark.equation(8)
@pytest.mark.equation(9)
@given(w=columns(3), dw=columns(3), b=values, db=values, alpha=st.floats(0.01, 10))
def test_a_step_goes_against_the_gradient(w, dw, b, db, alpha):
    frozen(w, dw)
    new_w, new_b = step(w, b, dw, db, alpha)
    np.testing.assert_allclose(w - new_w, alpha * dw, rtol=1e-9, atol=1e-12)
    assert b - new_b == pytest.approx(alpha * db, rel=1e-9, abs=1e-12)


@given(w1=columns(3), w2=columns(3), t=st.floats(0, 1))
def test_the_cost_is_convex(w1, w2, t):
    rng = np.random.default_rng(1)
    X, Y = rng.normal(size=(3, 9)), rng.integers(0, 2, (1, 9))

    def J(w):
        return cost_from_z(w.T @ X, Y)

    assert J(t * w1 + (1 - t) * w2) <= t * J(w1) + (1 - t) * J(w2) + 1e-12


def test_no_nan_and_no_warning_far_out():
    with np.errstate(all="raise", under="ignore"):
        for z in (-1e4, -710.0, -40.0, 0.0, 40.0, 710.0, 1e4):
            for y in (0, 1):
                dw, db = gradients_one(np.array([[z]]), 0.0, np.ones((1, 1)), y)
                assert np.isfinite(dw).all() and -1 <= db <= 1


def test_float32_stays_float32(fixture):
    X, w, Y = (array.astype(np.float32) for array in fixture)
    assert gradients_loop(w, 0.3, X, Y)[0].dtype == np.float32


W, X, Y = np.zeros((2, 1)), np.ones((2, 3)), np.array([[1, 0, 1]])
BAD = [
    (
        gradients_one,
        (W, 0, X[:, 0], 1),
        "x must have shape (n_x, 1) with n_x = 2, as in w, one",
    ),
    (gradients_one, (W, 0, X[:, :1], 2), "y must hold only the labels 0 and 1; found 2."),
    (gradients_one, (W, 0, X[:, :1], [1, 0]), "y must be one number; found shape (2,)."),
    (gradients_one, (W[:1], 0, X[:, :1], 1), "x must have shape (n_x, 1) with n_x = 1, as in w"),
    (gradients_loop, (W, 0, X, Y[:, :2]), "Y must have shape (1, m) with m = 3, as in X"),
    (gradients_loop, (W, 0, X, Y.T), "Y must have shape (1, m)"),
    (gradients_loop, (W.ravel(), 0, X, Y), "w must have shape (n_x, 1)"),
    (gradients_loop, (W, 0, X * np.nan, Y), "X must be finite"),
    (step, (W, 0, W, 0, 0), "learning_rate must be a finite number above 0; found 0."),
    (step, (W, 0, W, 0, "0.1"), "learning_rate must be a number above 0; found str."),
    (relative_difference, ([1, 2], [1]), "G and H must have the same shape; found (2,) and (1,)."),
]


@pytest.mark.parametrize(("function", "arguments", "sentence"), BAD)
def test_bad_input_gets_one_clear_sentence(function, arguments, sentence):
    with pytest.raises(InputError) as caught:
        function(*arguments)
    assert str(caught.value).startswith(sentence)


def test_forward_one_is_what_the_gradient_uses(fixture):
    X, w, Y = fixture
    _, dz = gradients_one(w, 0.3, X[:, :1], 0)
    assert dz == forward_one(w, 0.3, X[:, :1])
