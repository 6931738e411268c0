"""Numbers that a caller chooses: above 0, or whole."""

import numpy as np
import pytest

from nnlib.rule import Call, InputError
from nnlib.rules_settings import Positive, Whole


@pytest.mark.parametrize("value", [1, 0.5, np.float32(0.5), np.int64(3), 5e-324])
def test_a_positive_number_comes_back_as_a_float(value):
    result = Positive().take(value, "rate", Call())
    assert type(result) is float
    assert result == value


BAD_POSITIVE = [
    (0, "rate must be a finite number above 0; found 0."),
    (-0.1, "rate must be a finite number above 0; found -0.1."),
    (float("nan"), "rate must be a finite number above 0; found nan."),
    (float("inf"), "rate must be a finite number above 0; found inf."),
    (True, "rate must be a number above 0; found bool."),
    (np.bool_(True), "rate must be a number above 0; found bool."),
    ("1", "rate must be a number above 0; found str."),
    (None, "rate must be a number above 0; found NoneType."),
    (np.array([1.0, 2.0]), "rate must be a number above 0; found ndarray."),
    (1j, "rate must be a number above 0; found complex."),
]


@pytest.mark.parametrize(("value", "sentence"), BAD_POSITIVE)
def test_anything_else_is_refused(value, sentence):
    with pytest.raises(InputError) as caught:
        Positive().take(value, "rate", Call())
    assert str(caught.value) == sentence


@pytest.mark.parametrize(("value", "minimum"), [(1, 1), (0, 0), (np.int32(7), 1), (-3, -5)])
def test_a_whole_number_comes_back_as_an_int(value, minimum):
    result = Whole(minimum).take(value, "steps", Call())
    assert type(result) is int
    assert result == value


BAD_COUNT = [
    (0, "steps must be at least 1; found 0."),
    (-2, "steps must be at least 1; found -2."),
    (2.0, "steps must be a whole number; found float."),
    (True, "steps must be a whole number; found bool."),
    ("3", "steps must be a whole number; found str."),
    (None, "steps must be a whole number; found NoneType."),
]


@pytest.mark.parametrize(("value", "sentence"), BAD_COUNT)
def test_anything_but_a_count_is_refused(value, sentence):
    with pytest.raises(InputError) as caught:
        Whole().take(value, "steps", Call())
    assert str(caught.value) == sentence
