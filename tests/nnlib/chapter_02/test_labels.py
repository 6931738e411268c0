"""A row of labels 0 and 1, or one sentence."""

import numpy as np
import pytest

from nnlib.hints import Kind
from nnlib.kinds import AnyNumbers, Labels
from nnlib.losses import accuracy
from nnlib.rule import Call, InputError


def take(Y, name="Y"):
    """What the kind makes of labels."""
    return Kind(Labels).take(Y, name, Call())


@pytest.mark.parametrize("dtype", [bool, np.uint8, np.int64, np.float64])
def test_labels_of_any_type_become_floats(dtype):
    given = np.array([[1, 0, 1]], dtype=dtype)
    Y = take(given)
    assert Y.dtype == np.float64
    np.testing.assert_array_equal(Y, [[1.0, 0.0, 1.0]])
    assert given.dtype == dtype


def test_labels_take_the_precision_of_the_numbers_before_them():
    call = Call()
    Kind(AnyNumbers).take(np.ones(2, np.float32), "A", call)
    assert Kind(Labels).take([[1, 0]], "Y", call).dtype == np.float32


BAD = [
    ([1, 0, 1], "Y must have shape (1, m), one label per example; found shape (3,)."),
    ([[1], [0]], "Y must have shape (1, m), one label per example; found shape (2, 1)."),
    ([[1, 0, 2]], "Y must hold only the labels 0 and 1; found 2."),
    ([[1, -1]], "Y must hold only the labels 0 and 1; found -1."),
    ([[0.5]], "Y must hold only the labels 0 and 1; found 0.5."),
    ([[np.nan, 1]], "Y must be finite; found NaN or infinity."),
    ([[]], "Y must not be empty; found shape (1, 0)."),
]


@pytest.mark.parametrize(("labels", "sentence"), BAD)
def test_what_is_no_row_of_labels_is_refused(labels, sentence):
    with pytest.raises(InputError) as caught:
        take(labels)
    assert str(caught.value) == sentence


def test_as_many_labels_as_there_are_examples():
    with pytest.raises(InputError) as caught:
        accuracy([[1, 0, 1]], [[1, 0]])
    known = "with m = 3, as in predictions, one label per example"
    assert str(caught.value) == f"Y must have shape (1, m) {known}; found shape (1, 2)."
