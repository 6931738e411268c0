"""The kinds of chapter 1: what passes comes back as floats, what does not gets one sentence."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from nnlib.hints import Kind
from nnlib.kinds import AnyNumbers, Examples, Number, Weights
from nnlib.rule import Call, InputError


def take(kind, value, name="value", call=None):
    """What a kind makes of a value."""
    return Kind(kind).take(value, name, call or Call())


def test_an_input_error_is_a_value_error():
    assert issubclass(InputError, ValueError)


@pytest.mark.parametrize(
    ("value", "dtype"),
    [
        (3, "float64"),
        (True, "float64"),
        ([1, 2], "float64"),
        (np.float16(1.5), "float64"),
        (np.arange(3, dtype=np.uint8), "float64"),
        (np.ones(2, np.float32), "float32"),
        (np.ones(2, ">f8"), "float64"),
        (np.longdouble(1.5), "float64"),
    ],
)
def test_numbers_become_floats(value, dtype):
    array = take(AnyNumbers, value)
    assert array.dtype == dtype
    assert array.dtype.isnative
    assert np.array_equal(array, np.asarray(value))


def test_floats_are_not_copied():
    value = np.ones((2, 3))
    assert take(AnyNumbers, value) is value
    assert take(Examples, value) is value


anything = st.one_of(
    st.none(),
    st.text(max_size=3),
    st.floats(),
    st.integers(),
    st.complex_numbers(),
    st.lists(st.lists(st.floats(), max_size=2), max_size=3),
    hnp.arrays(hnp.scalar_dtypes(), hnp.array_shapes(min_dims=0, max_dims=3, min_side=0)),
)


@given(anything)
def test_numbers_or_one_sentence(value):
    with np.errstate(over="ignore"):  # as the door does
        try:
            array = take(AnyNumbers, value)
        except InputError as error:
            assert str(error).startswith("value must ")
            assert str(error).endswith(".")
            assert "\n" not in str(error)
            assert "; found " in str(error)
        else:
            assert array.dtype in (np.float32, np.float64)
            assert np.isfinite(array).all()
            assert array.size > 0


@given(anything, anything)
def test_a_unit_or_one_sentence(w, b):
    with np.errstate(over="ignore"):
        try:
            w, b = take(Weights, w, "w"), take(Number, b, "b")
        except InputError as error:
            assert str(error).startswith(("w must ", "b must "))
        else:
            assert w.ndim == 2 and w.shape[1] == 1
            assert type(b) is float


def test_a_size_is_that_of_the_argument_that_came_first():
    call = Call()
    take(Weights, np.ones((2, 1)), "w", call)
    with pytest.raises(InputError) as caught:
        take(Examples, [[1, 2, 3]], "X", call)
    assert str(caught.value) == (
        "X must have shape (n_x, m) with n_x = 2, as in w, one column per example; "
        "found shape (1, 3)."
    )


def test_pixels_are_refused_before_anything_else_is_said():
    with pytest.raises(InputError, match=r"^images holds uint8 pixels from 0 to 255; scale them"):
        take(Examples, np.zeros(5, np.uint8), "images")
