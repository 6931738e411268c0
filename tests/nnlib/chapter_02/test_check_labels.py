"""A row of labels 0 and 1, or one sentence."""

import numpy as np
import pytest

from nnlib.validation import InputError, check_labels


@pytest.mark.parametrize("dtype", [bool, np.uint8, np.int64, np.float32, np.float64])
def test_labels_of_any_type_become_floats(dtype):
    given = np.array([[1, 0, 1]], dtype=dtype)
    Y = check_labels(given, 3)
    assert Y.dtype == np.float64
    np.testing.assert_array_equal(Y, [[1.0, 0.0, 1.0]])
    assert given.dtype == dtype


def test_the_type_can_be_chosen():
    assert check_labels([[1, 0]], dtype=np.float32).dtype == np.float32


BAD = [
    ([1, 0, 1], {}, "Y must have shape (1, m), one label per example; found shape (3,)."),
    ([[1], [0]], {}, "Y must have shape (1, m), one label per example; found shape (2, 1)."),
    ([[1, 0]], {"m": 3}, "Y must have 3 columns, one label per example; found shape (1, 2)."),
    ([[1, 0, 2]], {}, "Y must hold only the labels 0 and 1; found 2."),
    ([[1, -1]], {"name": "labels"}, "labels must hold only the labels 0 and 1; found -1."),
    ([[0.5]], {}, "Y must hold only the labels 0 and 1; found 0.5."),
    ([[np.nan, 1]], {}, "Y must be finite; found NaN or infinity."),
    ([[]], {}, "Y must not be empty; found shape (1, 0)."),
]


@pytest.mark.parametrize(("labels", "options", "sentence"), BAD)
def test_what_is_no_row_of_labels_is_refused(labels, options, sentence):
    with pytest.raises(InputError) as caught:
        check_labels(labels, **options)
    assert str(caught.value) == sentence
