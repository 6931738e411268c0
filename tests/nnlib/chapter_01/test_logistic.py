"""One unit on one example: equations (1) and (2)."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from nnlib.logistic import forward_one
from nnlib.rule import InputError

numbers = st.floats(-3, 3)


@st.composite
def unit_and_example(draw):
    n_x = draw(st.integers(1, 9))
    w, x = (draw(hnp.arrays(np.float64, (n_x, 1), elements=numbers)) for _ in range(2))
    return w, draw(numbers), x


@pytest.mark.equation(1)
@pytest.mark.equation(2)
@given(unit_and_example())
def test_the_sum_written_out(unit):
    w, b, x = unit
    z = math.fsum([*(w_j * x_j for w_j, x_j in zip(w[:, 0], x[:, 0], strict=True)), b])
    assert forward_one(w, b, x) == pytest.approx(1 / (1 + math.exp(-z)), rel=1e-12)


@pytest.mark.equation(2)
def test_the_example_traced_by_hand():
    w, b = np.array([[2.0], [-1.0]]), 1.0
    assert forward_one(w, b, [[1.0], [3.0]]) == 0.5  # z = 0
    assert forward_one(w, b, [[2.0], [1.0]]) == pytest.approx(0.98201379, abs=1e-8)  # z = 4


@given(unit_and_example())
def test_a_plain_float_and_nothing_written_to(unit):
    w, b, x = unit
    w.flags.writeable = x.flags.writeable = False
    a = forward_one(w, b, x)
    assert type(a) is float
    assert 0 <= a <= 1  # far from 0 the nearest float64 is 0 or 1 itself


@pytest.mark.parametrize("b", [0.5, np.float64(0.5), np.array(0.5), np.array([[0.5]])])
def test_any_single_number_is_a_bias(b):
    assert forward_one([[1.0]], b, [[0.0]]) == pytest.approx(0.62245933, abs=1e-8)


w, x = np.ones((3, 1)), np.ones((3, 1))
REFUSED = {
    "w flat": ((w[:, 0], 0, x), r"^w must have shape \(n_x, 1\).*found shape \(3,\)\.$"),
    "w a row": ((w.T, 0, x), r"^w must have shape .*found shape \(1, 3\)\.$"),
    "w too short": (
        (w[:2], 0, x),
        r"^x must have .* n_x = 2, as in w, .*found shape \(3, 1\)\.$",
    ),
    "w NaN": ((w * np.nan, 0, x), r"^w must be finite"),
    "b an array": ((w, np.zeros(2), x), r"^b must be one number; found shape \(2,\)\.$"),
    "b None": ((w, None, x), r"^b must hold real numbers"),
    "b infinite": ((w, np.inf, x), r"^b must be finite"),
    "x flat": ((w, 0, x[:, 0]), r"^x must have shape \(n_x, 1\).*found shape \(3,\)\.$"),
    "x two examples": (
        (w, 0, np.ones((3, 2))),
        r"^x must have .*, one example; found shape \(3, 2\)\.$",
    ),
    "x pixels": ((w, 0, x.astype(np.uint8)), r"^x holds uint8 pixels.*images\.scale\.$"),
    "x a word": ((w, 0, "tree"), r"^x must hold real numbers; found dtype <U4\.$"),
    "x ragged": ((w, 0, [[1, 2], [3]]), r"^x must be an array of numbers; found unequal rows\.$"),
    "x empty": ((w, 0, np.ones((0, 1))), r"^x must not be empty; found shape \(0, 1\)\.$"),
}


@pytest.mark.parametrize(("arguments", "sentence"), REFUSED.values(), ids=REFUSED)
def test_refusals(arguments, sentence):
    with pytest.raises(InputError, match=sentence):
        forward_one(*arguments)
