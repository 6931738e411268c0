"""Equations (16) to (26): the products against the loop over examples."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlib.gradient_check import check_gradients, numerical_gradient
from nnlib.images import flatten, label_row
from nnlib.learning_rate import safe_learning_rate
from nnlib.logistic import (
    forward,
    forward_one,
    gradients,
    gradients_loop,
    gradients_one,
    predict,
    step,
    train,
)
from nnlib.losses import cost, cost_from_z

TOLERANCE = 1e-12


@st.composite
def problems(draw, max_n_x=9, max_m=12):
    """Weights, bias, examples and labels; b is not 0, and n_x and m are seldom equal."""
    n_x, m = draw(st.integers(1, max_n_x)), draw(st.integers(1, max_m))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    X = draw(st.floats(0.1, 5)) * rng.standard_normal((n_x, m))
    Y = rng.integers(0, 2, (1, m)).astype(float)
    return rng.standard_normal((n_x, 1)), float(rng.uniform(0.1, 2)), X, Y


def one_problem(n_x=5, m=7, seed=4):
    """A fixed problem with n_x different from m, so that no square hides a wrong shape."""
    rng = np.random.default_rng(seed)
    Y = np.arange(m).reshape(1, m) % 2.0
    return rng.standard_normal((n_x, 1)), 0.3, rng.standard_normal((n_x, m)), Y


def columns(X):
    return [X[:, i : i + 1] for i in range(X.shape[1])]


@pytest.mark.equation(16)
def test_column_i_of_X_is_example_i():
    images = np.random.default_rng(0).integers(0, 256, (6, 4, 5, 3), dtype=np.uint8)
    X = flatten(images)
    assert X.shape == (60, 6)
    for image, x in zip(images, columns(X), strict=True):
        np.testing.assert_array_equal(x[:, 0], image.ravel())


@pytest.mark.equation(22)
def test_labels_stand_in_a_row_in_the_order_of_the_examples():
    Y = label_row(np.array([0, 1, 1, 0], dtype=np.uint8))
    assert Y.shape == (1, 4)
    assert Y[0].tolist() == [0, 1, 1, 0]


@pytest.mark.equation(17)
@pytest.mark.equation(19)
@pytest.mark.equation(20)
@pytest.mark.equation(21)
@given(problems())
def test_forward_is_the_loop_over_examples(problem):
    w, b, X, _ = problem
    A = forward(w, b, X)
    assert A.shape == (1, X.shape[1])
    loop = [forward_one(w, b, x) for x in columns(X)]
    np.testing.assert_allclose(A[0], loop, rtol=0, atol=TOLERANCE)


def test_forward_of_two_examples_computed_by_hand():
    A = forward([[1], [-1]], 1, [[1, 3], [2, 2]])
    np.testing.assert_allclose(A, [[0.5, 1 / (1 + np.exp(-2))]], rtol=0, atol=TOLERANCE)


@pytest.mark.equation(18)
@pytest.mark.equation(23)
@given(problems())
def test_dZ_is_m_times_the_derivative_of_the_cost(problem):
    w, b, X, Y = problem
    m = X.shape[1]
    dZ = forward(w, b, X) - Y
    numerical = numerical_gradient(lambda Z: cost_from_z(Z, Y), w.T @ X + b)
    np.testing.assert_allclose(dZ, m * numerical, rtol=0, atol=1e-7)


@pytest.mark.equation(24)
@pytest.mark.equation(25)
@given(problems())
def test_gradients_are_the_loop_divided_by_m(problem):
    w, b, X, Y = problem
    dw, db = gradients(w, b, X, Y)
    assert dw.shape == w.shape
    assert type(db) is float
    dw_loop, db_loop = gradients_loop(w, b, X, Y)
    np.testing.assert_allclose(dw, dw_loop, rtol=0, atol=TOLERANCE)
    np.testing.assert_allclose(db, db_loop, rtol=0, atol=TOLERANCE)


@pytest.mark.equation(25)
@given(problems())
def test_dw_is_the_mean_of_column_times_number(problem):
    w, b, X, Y = problem
    dZ = forward(w, b, X) - Y
    total = sum(x * dz for x, dz in zip(columns(X), dZ[0], strict=True))
    dw, _ = gradients(w, b, X, Y)
    np.testing.assert_allclose(dw, total / X.shape[1], rtol=0, atol=TOLERANCE)


@pytest.mark.equation(24)
@pytest.mark.equation(25)
def test_gradients_pass_the_gradient_check():
    w, b, X, Y = one_problem()
    dw, db = gradients(w, b, X, Y)
    differences = check_gradients(
        lambda p: cost(forward(p["w"], p["b"], X), Y), {"w": w, "b": b}, {"w": dw, "b": db}
    )
    assert max(differences.values()) < 1e-8


def test_the_loop_as_printed_is_m_times_too_large():
    """E5: the document's accumulation before (24) lacks the division."""
    w, b, X, Y = one_problem()
    parts = [gradients_one(w, b, x, y) for x, y in zip(columns(X), Y[0].tolist(), strict=True)]
    dw, db = gradients(w, b, X, Y)
    np.testing.assert_allclose(sum(dw_i for dw_i, _ in parts) / dw, 7, rtol=1e-12)
    np.testing.assert_allclose(sum(db_i for _, db_i in parts) / db, 7, rtol=1e-12)


@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_the_examples_does_not_matter(problem, random):
    w, b, X, Y = problem
    order = list(range(X.shape[1]))
    random.shuffle(order)
    dw, db = gradients(w, b, X, Y)
    dw_other, db_other = gradients(w, b, X[:, order], Y[:, order])
    np.testing.assert_allclose(dw_other, dw, rtol=0, atol=TOLERANCE)
    np.testing.assert_allclose(db_other, db, rtol=0, atol=TOLERANCE)
    np.testing.assert_allclose(forward(w, b, X[:, order]), forward(w, b, X)[:, order], atol=1e-15)


@given(problems())
def test_giving_every_example_twice_changes_no_gradient(problem):
    w, b, X, Y = problem
    dw, db = gradients(w, b, X, Y)
    dw_twice, db_twice = gradients(w, b, np.hstack([X, X]), np.hstack([Y, Y]))
    np.testing.assert_allclose(dw_twice, dw, rtol=0, atol=TOLERANCE)
    np.testing.assert_allclose(db_twice, db, rtol=0, atol=TOLERANCE)


@pytest.mark.equation(26)
@settings(max_examples=25)
@given(problems(max_n_x=5, max_m=7), st.integers(0, 15), st.floats(0.01, 0.5))
def test_train_takes_the_steps_of_the_loop(problem, steps, learning_rate):
    w, b, X, Y = problem
    fit = train(X, Y, learning_rate, steps, w, b)
    costs = []
    for _ in range(steps):
        costs.append(cost_from_z(w.T @ X + b, Y))
        w, b = step(w, b, *gradients_loop(w, b, X, Y), learning_rate)
    np.testing.assert_allclose(fit.w, w, rtol=0, atol=TOLERANCE)
    np.testing.assert_allclose(fit.b, b, rtol=0, atol=TOLERANCE)
    np.testing.assert_allclose(fit.costs, costs, rtol=0, atol=TOLERANCE)


@pytest.mark.equation(26)
def test_train_starts_at_zero_and_can_go_on_from_where_it_stopped():
    _, _, X, Y = one_problem()
    whole = train(X, Y, 0.5, 20)
    assert whole.costs[0] == pytest.approx(np.log(2), abs=1e-15)
    first = train(X, Y, 0.5, 12)
    second = train(X, Y, 0.5, 8, first.w, first.b)
    np.testing.assert_array_equal(second.w, whole.w)
    assert second.b == whole.b
    assert first.costs + second.costs == whole.costs


def test_train_with_no_steps_returns_the_start():
    w, b, X, Y = one_problem()
    fit = train(X, Y, 0.5, 0, w, b)
    np.testing.assert_array_equal(fit.w, w)
    assert (fit.b, fit.costs) == (b, [])


@given(problems(), st.floats(0, 1))
def test_predict_compares_the_probability_with_the_threshold(problem, threshold):
    w, b, X, _ = problem
    labels = predict(w, b, X, threshold)
    assert labels.shape == (1, X.shape[1])
    assert labels.dtype.kind == "i"
    assert labels[0].tolist() == [int(forward_one(w, b, x) > threshold) for x in columns(X)]


def test_predict_says_0_where_the_unit_is_undecided():
    assert predict([[0.0]], 0.0, [[1.0, -1.0]]).tolist() == [[0, 0]]


# --- the safe learning rate --------------------------------------------------------------------


@given(problems())
def test_safe_learning_rate_is_two_over_the_largest_eigenvalue(problem):
    _, _, X, _ = problem
    m = X.shape[1]
    hessian_bound = sum(np.outer(x, x) for x in np.vstack([X, np.ones((1, m))]).T) / (4 * m)
    largest = np.linalg.norm(hessian_bound, ord=2)
    assert safe_learning_rate(X) == pytest.approx(2 / largest, rel=1e-9)


@settings(max_examples=50)
@given(problems(), st.floats(0.01, 0.999))
def test_below_the_safe_learning_rate_every_step_goes_down(problem, share):
    w, b, X, Y = problem
    costs = train(X, Y, share * safe_learning_rate(X), 20, w, b).costs
    assert (np.diff(costs) <= 1e-12).all()


def test_above_the_safe_learning_rate_a_step_can_go_up():
    """One feature that is 0 throughout: Λ is 1/4, and the bound is reached at a = 1/2."""
    X, Y = np.zeros((1, 20)), np.arange(20).reshape(1, 20) % 2.0
    safe = safe_learning_rate(X)
    assert safe == pytest.approx(8)
    start = {"w": np.zeros((1, 1)), "b": 0.01}
    assert np.diff(train(X, Y, 0.99 * safe, 2, **start).costs)[0] < 0
    assert np.diff(train(X, Y, 1.01 * safe, 2, **start).costs)[0] > 0


# --- precision and arguments -------------------------------------------------------------------


def test_float32_stays_float32():
    w, b, X, Y = (np.float32(v) for v in one_problem())
    assert forward(w, b, X).dtype == np.float32
    assert gradients(w, b, X, Y)[0].dtype == np.float32
    fit = train(X, Y, 0.5, 5)
    assert fit.w.dtype == np.float32
    exact = train(X.astype(float), Y, 0.5, 5)
    np.testing.assert_allclose(fit.w, exact.w, rtol=0, atol=1e-5)
    assert type(safe_learning_rate(X)) is float
    assert safe_learning_rate(X) == safe_learning_rate(X.astype(float))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_arguments_are_only_read(dtype):
    w, b, X, Y = (np.asarray(v, dtype) for v in one_problem())
    before = w.copy(), X.copy(), Y.copy()
    for array in (w, b, X, Y):
        array.flags.writeable = False
    forward(w, b, X)
    gradients(w, b, X, Y)
    fit = train(X, Y, 0.1, 3, w, b)
    predict(fit.w, fit.b, X)
    safe_learning_rate(X)
    for array, copy in zip((w, X, Y), before, strict=True):
        np.testing.assert_array_equal(array, copy)


def test_lists_and_views_are_taken_as_they_are():
    w, b, X, Y = one_problem()
    expected = gradients(w, b, X, Y)[0]
    for other in (X.tolist(), np.asfortranarray(X), np.repeat(X, 2, axis=1)[:, ::2]):
        np.testing.assert_allclose(gradients(w.tolist(), b, other, Y.tolist())[0], expected, 1e-12)
