"""The checker itself: right on what is known, and it sees every planted bug."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nnlib.gradient_check import check_gradients, numerical_gradient, relative_difference
from nnlib.logistic import gradients_loop
from nnlib.losses import cost_from_z
from nnlib.rule import InputError

matrices = arrays(np.float64, (3, 2), elements=st.floats(-3, 3))


@given(P=matrices)
def test_the_gradient_of_a_cubic_is_known(P):
    G = numerical_gradient(lambda M: float(np.sum(M**3)), P)
    np.testing.assert_allclose(G, 3 * P**2, rtol=1e-7, atol=1e-8)
    assert G.shape == P.shape


def test_whole_numbers_and_plain_numbers_are_taken():
    np.testing.assert_allclose(
        numerical_gradient(lambda P: float(P @ P), [1, 2]), [2, 4], rtol=1e-9
    )
    assert numerical_gradient(lambda p: float(p) ** 2, 3).shape == ()


def test_the_parameters_are_left_as_they_are():
    P = np.array([1.0, 2.0])
    P.flags.writeable = False
    numerical_gradient(lambda Q: float(Q.sum()), P)


@given(G=matrices, H=matrices)
def test_the_difference_is_symmetric_and_between_zero_and_one(G, H):
    d = relative_difference(G, H)
    assert 0 <= d <= 1 + 1e-12
    assert d == relative_difference(H, G)


@given(G=matrices, factor=st.floats(1e-3, 1e3))
def test_the_difference_does_not_depend_on_the_scale(G, factor):
    H = G + 1
    expected = relative_difference(G, H)
    assert relative_difference(factor * G, factor * H) == pytest.approx(expected, rel=1e-9)


def test_equal_opposite_and_empty_of_slope():
    assert relative_difference([1.0, -2.0], [1.0, -2.0]) == 0
    assert relative_difference([1.0, -2.0], [-1.0, 2.0]) == pytest.approx(1)
    assert relative_difference([0.0], [0.0]) == 0


BUGS = {
    "sign": lambda dw, db, m: (-dw, -db),
    "sum instead of mean": lambda dw, db, m: (m * dw, m * db),
    "half": lambda dw, db, m: (dw / 2, db / 2),
    "one entry": lambda dw, db, m: (dw * np.array([[1.0], [0.0], [1.0]]), db),
    "bias only": lambda dw, db, m: (dw, db + 0.1),
}


@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_seen_and_the_right_code_is_not_blamed(bug):
    rng = np.random.default_rng(2)
    X, w, b = rng.normal(size=(3, 7)), rng.normal(size=(3, 1)), 0.4
    Y = np.array([[0, 1, 1, 0, 1, 0, 0]])

    def J(p):
        return cost_from_z(p["w"].T @ X + p["b"], Y)

    dw, db = gradients_loop(w, b, X, Y)
    at = {"w": w, "b": b}
    assert max(check_gradients(J, at, {"w": dw, "b": db}).values()) < 1e-7
    wrong_w, wrong_b = BUGS[bug](dw, db, 7)
    found = check_gradients(J, at, {"w": wrong_w, "b": wrong_b})
    assert max(found.values()) > 0.05
    if bug == "bias only":
        assert found["w"] < 1e-7 < 0.05 < found["b"]


def test_names_and_shapes_must_match():
    with pytest.raises(InputError, match="gradients must have the names of parameters; found"):
        check_gradients(lambda p: 0.0, {"w": [1.0]}, {"dw": [1.0]})
    with pytest.raises(
        InputError, match=r"gradients\['w'\] must have shape \(2, 1\); found \(2,\)"
    ):
        check_gradients(lambda p: float(p["w"].sum()), {"w": [[1.0], [2.0]]}, {"w": [1.0, 2.0]})


@pytest.mark.parametrize("eps", [0, -1e-5, np.nan, np.inf])
def test_eps_must_be_positive(eps):
    with pytest.raises(InputError, match="eps must be a finite number above 0; found"):
        numerical_gradient(lambda P: 0.0, [1.0], eps)
