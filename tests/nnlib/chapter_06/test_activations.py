"""Activation functions, their slopes, and what they refuse."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from nnlib.activations import (
    ACTIVATIONS,
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    tanh,
    tanh_derivative,
)
from nnlib.gradient_check import numerical_gradient
from nnlib.rule import InputError

NAMES = sorted(ACTIVATIONS)
WIDE = arrays(np.float64, array_shapes(max_dims=3, max_side=6), elements=st.floats(-1e4, 1e4))
NEAR = arrays(np.float64, array_shapes(max_dims=2, max_side=5), elements=st.floats(-6, 6))


def test_the_table_pairs_each_function_with_its_own_derivative():
    assert ACTIVATIONS == {
        "sigmoid": (sigmoid, sigmoid_derivative),
        "tanh": (tanh, tanh_derivative),
        "relu": (relu, relu_derivative),
    }


@pytest.mark.equation(28)
@given(z=st.floats(-300, 300))
def test_tanh_is_the_printed_quotient_where_that_does_not_overflow(z):
    p, q = math.exp(z) - math.exp(-z), math.exp(z) + math.exp(-z)
    assert tanh(z) == pytest.approx(p / q, rel=1e-12, abs=1e-15)


@pytest.mark.equation(28)
@given(z=WIDE)
def test_tanh_is_a_sigmoid_shifted_and_scaled(z):
    np.testing.assert_allclose(tanh(z), 2 * sigmoid(2 * z) - 1, rtol=0, atol=1e-15)


@pytest.mark.equation(29)
@given(z=WIDE)
def test_relu_is_the_larger_of_0_and_z(z):
    expected = [max(0.0, value) for value in z.ravel()]
    np.testing.assert_array_equal(relu(z).ravel(), expected)


def central_differences(name, z):
    return numerical_gradient(lambda z: ACTIVATIONS[name][0](z).sum(), z)


@given(z=NEAR)
def test_slope_of_the_sigmoid(z):
    np.testing.assert_allclose(
        sigmoid_derivative(sigmoid(z)), central_differences("sigmoid", z), rtol=0, atol=1e-9
    )


@pytest.mark.equation(28)
@given(z=NEAR)
def test_slope_of_tanh(z):
    np.testing.assert_allclose(
        tanh_derivative(tanh(z)), central_differences("tanh", z), rtol=0, atol=1e-9
    )


@pytest.mark.equation(29)
@given(z=NEAR)
def test_slope_of_relu(z):
    z = np.where(np.abs(z) < 1e-3, 1.0, z)  # a central difference at the corner sees both sides
    np.testing.assert_allclose(
        relu_derivative(relu(z)), central_differences("relu", z), rtol=0, atol=1e-9
    )


@pytest.mark.equation(29)
def test_relu_is_off_below_0_and_at_0():
    np.testing.assert_array_equal(relu_derivative(relu([-2, -0.0, 0, 1e-300, 3])), [0, 0, 0, 1, 1])


@pytest.mark.parametrize("name", NAMES)
@given(z=WIDE)
def test_shape_range_and_no_warning(name, z):  # a warning would be an error here
    function, derivative = ACTIVATIONS[name]
    a = function(z)
    slope = derivative(a)
    assert a.shape == slope.shape == z.shape
    low, top_slope = {"sigmoid": (0, 0.25), "tanh": (-1, 1), "relu": (0, 1)}[name]
    assert a.min() >= low
    assert (a.max() <= 1) or name == "relu"
    assert slope.min() >= 0
    assert slope.max() <= top_slope


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_dtype_stays_up_to_10000(name, dtype):
    function, derivative = ACTIVATIONS[name]
    z = np.array([[-1e4, -100, -1, 0, 1, 100, 1e4]], dtype)
    assert function(z).dtype == dtype
    assert derivative(function(z)).dtype == dtype


@pytest.mark.parametrize("name", NAMES)
def test_whole_numbers_become_float64(name):
    function, derivative = ACTIVATIONS[name]
    assert function([[-1, 0, 2]]).dtype == np.float64
    assert derivative([[0, 1, 1]]).dtype == np.float64


@pytest.mark.parametrize("name", NAMES)
def test_inputs_are_not_written_to_and_not_returned(name):
    function, derivative = ACTIVATIONS[name]
    z = np.array([[0.25, 0.5, 1.0]])
    z.flags.writeable = False
    for result in (function(z), derivative(z)):
        assert not np.shares_memory(result, z)


@pytest.mark.parametrize("function", [tanh, relu])
@pytest.mark.parametrize(
    ("z", "sentence"),
    [
        ([1.0, np.nan], r"^z must be finite; found NaN or infinity\.$"),
        ([np.inf], r"^z must be finite; found NaN or infinity\.$"),
        (["a"], r"^z must hold real numbers"),
        ([1j], r"^z must hold real numbers"),
        ([], r"^z must not be empty"),
    ],
)
def test_bad_z_is_refused_in_one_sentence(function, z, sentence):
    with pytest.raises(InputError, match=sentence):
        function(z)


@pytest.mark.parametrize(
    ("derivative", "A", "sentence"),
    [
        (sigmoid_derivative, [0.5, 1.5], r"outputs of the sigmoid, from 0 to 1; found 1\.5\."),
        (sigmoid_derivative, [-0.1, 0.5], r"outputs of the sigmoid, from 0 to 1; found -0\.1\."),
        (tanh_derivative, [0.0, -3.0], r"outputs of tanh, from -1 to 1; found -3\."),
        (tanh_derivative, [0.0, 1.01], r"outputs of tanh, from -1 to 1; found 1\.01\."),
        (relu_derivative, [2.0, -0.5], r"outputs of ReLU, 0 or above; found -0\.5\."),
    ],
)
def test_z_passed_for_a_is_named(derivative, A, sentence):
    with pytest.raises(InputError, match=f"^A must hold {sentence} Pass A = g"):
        derivative(A)


@pytest.mark.parametrize("derivative", [sigmoid_derivative, tanh_derivative, relu_derivative])
def test_derivatives_refuse_what_is_not_finite(derivative):
    with pytest.raises(InputError, match=r"^A must be finite"):
        derivative([0.5, np.nan])


def test_the_ends_of_the_range_are_outputs():
    np.testing.assert_array_equal(sigmoid_derivative([0.0, 1.0]), [0, 0])
    np.testing.assert_array_equal(tanh_derivative([-1.0, 1.0]), [0, 0])
    np.testing.assert_array_equal(relu_derivative([0.0, 1e300]), [0, 1])
