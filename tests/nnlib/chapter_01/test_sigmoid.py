"""The sigmoid: equation (3), safe everywhere."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib.activations import sigmoid
from nnlib.rule import InputError

finite = st.floats(-1e4, 1e4)


@pytest.mark.equation(3)
@given(st.floats(-700, 700))
def test_it_is_one_over_one_plus_e_to_the_minus_z(z):
    assert sigmoid(z) == pytest.approx(1 / (1 + math.exp(-z)), rel=1e-14, abs=0)


@pytest.mark.equation(3)
def test_the_limits():
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        assert sigmoid([-1e4, 0.0, 1e4]).tolist() == [0.0, 0.5, 1.0]
        assert sigmoid([-1e308, 1e308]).tolist() == [0.0, 1.0]


@given(finite)
def test_half_a_turn_leaves_the_curve_as_it_is(z):
    assert sigmoid(z) + sigmoid(-z) == pytest.approx(1, abs=1e-15)


@given(finite, finite)
def test_more_evidence_never_means_less_belief(z, other):
    low, high = sorted((z, other))
    assert 0 <= sigmoid(low) <= sigmoid(high) <= 1


@given(st.floats(-30, 30))
def test_the_log_odds_of_the_output_are_z(z):
    a, rest = sigmoid(z), sigmoid(-z)  # 1 - a, without losing digits
    assert math.log(a / rest) == pytest.approx(z, rel=1e-12, abs=1e-14)


@given(finite)
def test_entry_by_entry_in_any_shape(z):
    Z = np.array([[z, 0.0, -z], [1.0, -1.0, z]])
    A = sigmoid(Z)
    assert A.shape == Z.shape
    for index in np.ndindex(Z.shape):
        assert A[index] == sigmoid(Z[index])


def test_float32_stays_float32_and_input_is_not_written_to():
    z = np.array([-200.0, -1.0, 0.0, 3.0, 200.0], dtype=np.float32)
    z.flags.writeable = False
    a = sigmoid(z)
    assert a.dtype == np.float32
    tiny = np.finfo(np.float32).tiny  # below it float32 has no number left: σ(-200) is 0 there
    assert np.allclose(a, sigmoid(z.astype(np.float64)), rtol=1e-6, atol=tiny)


@pytest.mark.parametrize("z", [np.nan, np.inf, [0.0, -np.inf], "1", None, [], 1j])
def test_what_is_no_finite_number_is_refused(z):
    with pytest.raises(InputError, match="^z must"):
        sigmoid(z)
