"""The loss, the cost and the accuracy: equations (4) to (7)."""

import math
from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nnlib.activations import sigmoid
from nnlib.losses import accuracy, cost, cost_from_z, loss, loss_from_z
from nnlib.rule import InputError

probabilities = st.floats(1e-6, 1 - 1e-6)
labels = st.integers(0, 1)
evidence = st.floats(-30, 30)


def rows(elements, m=7):
    return arrays(np.float64, (1, m), elements=elements)


def exact_loss(z, y):
    """log(1 + e^z) - y z with sixty digits."""
    with localcontext() as context:
        context.prec = 60
        z = Decimal(z)
        return float((1 + z.exp()).ln() - y * z)


@pytest.mark.equation(4)
@given(a=probabilities, y=labels)
def test_the_loss_is_minus_the_log_of_the_probability_of_the_label(a, y):
    bernoulli = a**y * (1 - a) ** (1 - y)
    assert loss(a, y) == pytest.approx(-math.log(bernoulli), rel=1e-9)


@pytest.mark.equation(5)
@given(a=probabilities)
def test_for_label_one_it_is_minus_log_a(a):
    assert loss(a, 1) == pytest.approx(-math.log(a), rel=1e-12)


@pytest.mark.equation(6)
@given(a=probabilities)
def test_for_label_zero_it_is_minus_log_of_the_rest(a):
    assert loss(a, 0) == pytest.approx(-math.log1p(-a), rel=1e-12)


@pytest.mark.equation(4)
@given(a=st.floats(0.001, 0.999), y=labels)
def test_the_two_halves_mirror_each_other(a, y):
    assert loss(a, y) == pytest.approx(loss(1 - a, 1 - y), rel=1e-9)


@pytest.mark.equation(4)
def test_known_values():
    a, y = np.array([0.5, 0.25, 0.25]), np.array([1, 1, 0])
    np.testing.assert_allclose(loss(a, y), [math.log(2), math.log(4), math.log(4 / 3)], rtol=1e-15)


@pytest.mark.equation(4)
def test_the_printed_form_disagrees_with_the_half_for_label_zero():
    a = np.array([0.1, 0.5, 0.9])
    printed = -(0 * np.log(a) + 1 * np.log(1) - a)  # log 1 - a, read as it stands (E2)
    assert (np.abs(printed - loss(a, np.zeros(3))) > 0.005).all()


@pytest.mark.equation(7)
@given(A=rows(probabilities), Y=rows(labels))
def test_the_cost_is_the_mean_of_the_losses(A, Y):
    each = [float(loss(a, y)) for a, y in zip(A[0], Y[0], strict=True)]
    assert cost(A, Y) == pytest.approx(math.fsum(each) / 7, rel=1e-12)


@pytest.mark.equation(7)
@given(Y=rows(labels))
def test_half_for_every_example_costs_log_two_whatever_the_labels(Y):
    assert cost(np.full(Y.shape, 0.5), Y) == pytest.approx(math.log(2), rel=1e-14)
    assert cost_from_z(np.zeros(Y.shape), Y) == pytest.approx(math.log(2), rel=1e-14)


@pytest.mark.equation(7)
@given(ones=st.integers(1, 19), p=probabilities)
def test_no_constant_beats_the_entropy_of_the_labels(ones, p):
    Y = (np.arange(20) < ones).astype(float).reshape(1, -1)
    s = ones / 20
    entropy = -(s * math.log(s) + (1 - s) * math.log(1 - s))
    assert cost(np.full((1, 20), s), Y) == pytest.approx(entropy, rel=1e-13)
    assert cost(np.full((1, 20), p), Y) >= entropy * (1 - 1e-13)


@given(z=evidence, y=labels)
def test_loss_from_z_agrees_with_sixty_digits(z, y):
    assert loss_from_z(z, y) == pytest.approx(exact_loss(z, y), rel=1e-12, abs=0)


@given(Z=rows(st.floats(-15, 15)), Y=rows(labels))
def test_both_ways_agree_where_nothing_is_rounded(Z, Y):
    np.testing.assert_allclose(loss_from_z(Z, Y), loss(sigmoid(Z), Y), rtol=1e-8)
    assert cost_from_z(Z, Y) == pytest.approx(cost(sigmoid(Z), Y), rel=1e-8)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_no_warning_no_nan_no_infinity_far_out(dtype):
    z = np.concatenate([np.linspace(-1e4, 1e4, 4001), [0.0, -0.0, 1e-30]]).astype(dtype)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        for y in (0, 1):
            Y = np.full(z.shape, y)
            for values in (loss_from_z(z, Y), loss(sigmoid(z), Y)):
                assert values.dtype == dtype
                assert np.isfinite(values).all()
                assert (values >= 0).all()


@pytest.mark.parametrize("z", [40.0, 1e4, -1e4])
def test_a_sure_mistake_costs_what_the_mathematics_says(z):
    wrong = 0 if z > 0 else 1
    assert loss_from_z(z, wrong) == pytest.approx(abs(z), rel=1e-15)
    assert loss_from_z(z, 1 - wrong) == pytest.approx(math.exp(-abs(z)), rel=1e-12, abs=0)


@pytest.mark.parametrize("a", [0, 1])
def test_an_exact_zero_or_one_costs_nothing_if_right_and_much_if_wrong(a):
    assert 0 <= loss(a, a) < 1e-15
    assert 36 < loss(a, 1 - a) < math.inf


@pytest.mark.parametrize("a", [1e-20, 1e-300])
def test_a_tiny_probability_is_not_lost(a):
    assert loss(a, 0) == pytest.approx(a, rel=1e-12, abs=0)


def test_the_loss_keeps_the_shape_and_the_arguments():
    a, y = np.full((2, 3), 0.25), np.array([[0, 1, 0], [1, 1, 0]])
    for array in (a, y):
        array.flags.writeable = False
    assert loss(a, y).shape == loss_from_z(a, y).shape == (2, 3)


def test_the_cost_is_a_plain_number():
    assert type(cost([[0.5, 0.2]], [[1, 0]])) is float
    assert type(cost_from_z([[0.5, 0.2]], [[1, 0]])) is float
    assert type(accuracy([[1, 0]], [[1, 0]])) is float


@given(predictions=rows(labels), Y=rows(labels))
def test_the_accuracy_counts(predictions, Y):
    right = sum(p == y for p, y in zip(predictions[0], Y[0], strict=True))
    assert accuracy(predictions, Y) == right / 7
    assert accuracy(predictions.astype(bool), Y.astype(bool)) == right / 7


BAD = [
    (loss, ([0.5, 0.5], [1]), "a and y must have the same shape; found (2,) and (1,)."),
    (loss, ([0.5], [2]), "y must hold only the labels 0 and 1; found 2."),
    (loss, ([1.5], [1]), "a must hold probabilities, from 0 to 1; found 1.5."),
    (loss, ([-0.1, 0.5], [1, 1]), "a must hold probabilities, from 0 to 1; found -0.1."),
    (loss, ([np.nan], [1]), "a must be finite; found NaN or infinity."),
    (loss_from_z, ([1.0], [-1]), "y must hold only the labels 0 and 1; found -1."),
    (loss_from_z, ([[1.0, 2.0]], [1, 0]), "z and y must have the same shape; found (1, 2) and"),
    (cost, ([0.5], [1]), "A must have shape (1, m), one number per example; found shape (1,)."),
    (cost, ([[0.5], [0.5]], [[1, 0]]), "A must have shape (1, m), one number per example;"),
    (cost, (["tree"], [[1]]), "A must hold real numbers; found dtype"),
    (cost_from_z, ([[np.inf]], [[1]]), "Z must be finite; found NaN or infinity."),
    (cost_from_z, ([[1.0, 2.0]], [[1]]), "Y must have shape (1, m) with m = 2, as in Z, one label"),
    (
        cost_from_z,
        ([1.0, 2.0], [[1, 0]]),
        "Z must have shape (1, m), one number per example;",
    ),
    (accuracy, ([[1], [0]], [[1, 0]]), "predictions must have shape (1, m), one label per example"),
    (accuracy, ([[1, 0, 1]], [[1, 0]]), "Y must have shape (1, m) with m = 3, as in predictions,"),
    (accuracy, ([[0.8, 0.1]], [[1, 0]]), "predictions must hold only the labels 0 and 1; found"),
]


@pytest.mark.parametrize(("function", "arguments", "sentence"), BAD)
def test_bad_input_gets_one_clear_sentence(function, arguments, sentence):
    with pytest.raises(InputError) as caught:
        function(*arguments)
    assert str(caught.value).startswith(sentence)
    assert "\n" not in str(caught.value)
