"""A layer: rows are units, columns are examples."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib.network import Layer, layer_z
from nnlib.rule import InputError

SIZES = st.tuples(st.integers(1, 12), st.integers(1, 12), st.integers(1, 12))


def random_layer(sizes, seed, dtype=np.float64):
    n, n_prev, m = sizes
    rng = np.random.default_rng(seed)
    return tuple(
        rng.standard_normal(shape).astype(dtype) for shape in ((n, n_prev), (n, 1), (n_prev, m))
    )


def loops(W, b, A_prev):
    """The definition, one number at a time."""
    return [
        [
            sum(W[j, k] * A_prev[k, i] for k in range(W.shape[1])) + b[j, 0]
            for i in range(A_prev.shape[1])
        ]
        for j in range(W.shape[0])
    ]


@pytest.mark.equation(27)
def test_four_units_three_features_by_hand():
    W = [[3, 7, 0], [-6, -4, 0], [6, -5, 1], [-1, -7, 2]]
    b = [[3.5], [2], [-9], [-11.5]]
    np.testing.assert_array_equal(layer_z(W, b, [[0.5], [-1], [2]]), [[-2], [3], [1], [-1]])


@pytest.mark.equation(27)
@given(sizes=SIZES, seed=st.integers(0, 2**32 - 1))
def test_equals_the_definition(sizes, seed):
    W, b, A_prev = random_layer(sizes, seed)
    Z = layer_z(W, b, A_prev)
    assert Z.shape == (sizes[0], sizes[2])
    np.testing.assert_allclose(Z, loops(W, b, A_prev), rtol=1e-12, atol=1e-12)


@given(sizes=SIZES, seed=st.integers(0, 2**32 - 1))
def test_rows_are_units_and_columns_are_examples(sizes, seed):
    W, b, A_prev = random_layer(sizes, seed)
    rng = np.random.default_rng(seed)
    units, examples = rng.permutation(sizes[0]), rng.permutation(sizes[2])
    Z = layer_z(W, b, A_prev)
    permuted = layer_z(W[units], b[units], A_prev[:, examples])
    np.testing.assert_allclose(permuted, Z[np.ix_(units, examples)], rtol=1e-12, atol=1e-12)


@given(sizes=SIZES, seed=st.integers(0, 2**32 - 1))
def test_a_part_of_the_examples_gives_a_part_of_the_columns(sizes, seed):
    W, b, A_prev = random_layer(sizes, seed)
    last = A_prev[:, -1:]
    np.testing.assert_allclose(
        layer_z(W, b, last), layer_z(W, b, A_prev)[:, -1:], rtol=1e-12, atol=1e-12
    )


def test_inputs_are_not_written_to():
    arrays = random_layer((4, 3, 7), 0)
    for array in arrays:
        array.flags.writeable = False
    layer_z(*arrays)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_dtype_stays(dtype):
    assert layer_z(*random_layer((4, 3, 7), 0, dtype)).dtype == dtype


def test_whole_numbers_become_float64():
    assert layer_z([[1, 2]], [[3]], [[4], [5]]).dtype == np.float64


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"W": np.ones(3)}, r"^W must have shape \(n_l, n_prev\), .* found shape \(3,\)\.$"),
        ({"W": np.ones((2, 4, 3))}, r"^W must have shape .* found shape \(2, 4, 3\)\.$"),
        ({"W": np.full((4, 3), np.nan)}, r"^W must be finite; found NaN"),
        (
            {"b": np.ones(4)},
            r"^b must have .* n_l = 4, as in W, .* found shape \(4,\)\.$",
        ),
        (
            {"b": np.ones((1, 4))},
            r"^b must have .* n_l = 4, as in W, .* found shape \(1, 4\)\.$",
        ),
        (
            {"b": np.ones((3, 1))},
            r"^b must have .* n_l = 4, as in W, .* found shape \(3, 1\)\.$",
        ),
        (
            {"b": np.ones((4, 4))},
            r"^b must have .* n_l = 4, as in W, .* found shape \(4, 4\)\.$",
        ),
        (
            {"b": 0.0},
            r"^b must have .* n_l = 4, as in W, .* found shape \(\)\.$",
        ),
        (
            {"A_prev": np.ones((4, 4))},
            r"^A_prev .* n_prev = 3, as in W, .* found shape \(4, 4\)\.$",
        ),
        ({"A_prev": np.ones(3)}, r"^A_prev must have shape .* found shape \(3,\)\.$"),
        ({"A_prev": np.full((3, 2), np.inf)}, r"^A_prev must be finite"),
    ],
)
def test_bad_input_is_refused_in_one_sentence(change, sentence):
    good = {"W": np.ones((4, 3)), "b": np.ones((4, 1)), "A_prev": np.ones((3, 4))}
    assert layer_z(**good).shape == (4, 4)
    with pytest.raises(InputError, match=sentence):
        layer_z(**{**good, **change})


def test_a_layer_cannot_be_changed_by_accident():
    layer = Layer(np.ones((4, 3)), np.ones((4, 1)), "sigmoid")
    W, b, activation = layer
    assert (W is layer.W) and (b is layer.b) and activation == "sigmoid"
    with pytest.raises(AttributeError):
        layer.W = np.zeros((4, 3))
