"""Each refusal is one sentence that names the argument, what was found and what is wanted."""

import re

import numpy as np
import pytest

from nnlib import learning_rate, logistic
from nnlib.rule import Call, InputError
from nnlib.rules_settings import Share

N_X, M = 3, 4


def good():
    """Arguments that fit each other."""
    return {
        "w": np.full((N_X, 1), 0.1),
        "b": 0.2,
        "X": np.linspace(-1, 1, N_X * M).reshape(N_X, M),
        "Y": np.array([[0.0, 1.0, 1.0, 0.0]]),
        "learning_rate": 0.1,
        "steps": 2,
        "threshold": 0.5,
    }


ARGUMENTS = {
    "forward": ("w", "b", "X"),
    "gradients": ("w", "b", "X", "Y"),
    "train": ("X", "Y", "learning_rate", "steps", "w", "b"),
    "predict": ("w", "b", "X", "threshold"),
    "safe_learning_rate": ("X",),
}

FUNCTIONS = {
    name: getattr(learning_rate if name == "safe_learning_rate" else logistic, name)
    for name in ARGUMENTS
}

BAD = [
    ("w", np.zeros(N_X), r"w must have shape \(n_x, 1\).*found shape \(3,\)"),
    ("w", np.zeros((1, N_X)), r"w must have shape \(n_x, 1\).*found shape \(1, 3\)"),
    ("w", np.zeros((N_X + 1, 1)), r"with n_x = [34], as in [wX], .*found shape \([34], [14]\)"),
    ("w", np.full((N_X, 1), np.nan), r"w must be finite"),
    ("b", np.zeros((1, M)), r"b must be one number; found shape \(1, 4\)"),
    ("b", np.inf, r"b must be finite"),
    ("X", np.zeros(N_X), r"X must have shape \(n_x, m\).*found shape \(3,\)"),
    ("X", np.zeros((N_X, 0)), r"X must not be empty; found shape \(3, 0\)"),
    ("X", np.full((N_X, M), np.nan), r"X must be finite"),
    ("X", np.full((N_X, M), -np.inf), r"X must be finite"),
    ("X", np.full((N_X, M), 200, dtype=np.uint8), r"X holds uint8 pixels.*scale"),
    ("X", np.full((N_X, M), "tree"), r"X must hold real numbers"),
    ("X", np.full((N_X, M), 1j), r"X must hold real numbers"),
    ("X", [[1.0, 2.0], [3.0]], r"X must be an array of numbers"),
    ("Y", np.array([0.0, 1.0, 1.0, 0.0]), r"Y must have shape \(1, m\).*found shape \(4,\)"),
    ("Y", np.zeros((M, 1)), r"Y must have shape \(1, m\).*found shape \(4, 1\)"),
    (
        "Y",
        np.zeros((1, M + 1)),
        r"Y must have .* m = 4, as in X.*found shape \(1, 5\)",
    ),
    ("Y", np.array([[0, 1, 2, 0]]), r"Y must hold only the labels 0 and 1; found 2"),
    ("Y", np.array([[0, 1, -1, 0]]), r"Y must hold only the labels 0 and 1; found -1"),
    ("Y", np.array([[0, 1, 0.5, 0]]), r"Y must hold only the labels 0 and 1; found 0.5"),
    ("Y", np.array([[0, 1, np.nan, 0]]), r"Y must be finite"),
    ("learning_rate", 0, r"learning_rate must be a (finite )?number above 0; found 0"),
    ("learning_rate", -0.1, r"learning_rate must be a (finite )?number above 0; found -0.1"),
    ("learning_rate", np.nan, r"learning_rate must be a (finite )?number above 0; found nan"),
    ("learning_rate", np.inf, r"learning_rate must be a (finite )?number above 0; found inf"),
    ("learning_rate", "0.1", r"learning_rate must be a (finite )?number above 0; found str"),
    ("steps", -1, r"steps must be at least 0; found -1"),
    ("steps", 1.5, r"steps must be a whole number; found float"),
    ("steps", True, r"steps must be a whole number; found bool"),
    ("threshold", 50, r"threshold must be a number from 0 to 1; found 50"),
    ("threshold", -0.1, r"threshold must be a number from 0 to 1; found -0.1"),
    ("threshold", np.nan, r"threshold must be a number from 0 to 1; found nan"),
    ("threshold", "0.5", r"threshold must be a number from 0 to 1; found str"),
    ("threshold", True, r"threshold must be a number from 0 to 1; found bool"),
    ("threshold", np.True_, r"threshold must be a number from 0 to 1; found bool"),
]

CASES = [
    (function, name, value, sentence)
    for function, names in ARGUMENTS.items()
    for name, value, sentence in BAD
    if name in names
]


@pytest.mark.parametrize(("function", "name", "value", "sentence"), CASES)
def test_bad_argument(function, name, value, sentence):
    arguments = {key: good()[key] for key in ARGUMENTS[function]} | {name: value}
    kept = {k: v.copy() for k, v in arguments.items() if isinstance(v, np.ndarray)}
    with pytest.raises(InputError, match=sentence) as refusal:
        FUNCTIONS[function](**arguments)
    text = str(refusal.value)
    assert re.fullmatch(r"[^\n]*\.", text), "one line that ends like a sentence"
    for key, array in kept.items():
        np.testing.assert_array_equal(arguments[key], array)


@pytest.mark.parametrize("function", ARGUMENTS)
def test_good_arguments_pass(function):
    FUNCTIONS[function](**{key: good()[key] for key in ARGUMENTS[function]})


@pytest.mark.parametrize("value", [0, 1, 0.5, np.float32(0.25), np.int64(1)])
def test_a_probability_comes_back_as_a_float(value):
    checked = Share().take(value, "threshold", Call())
    assert type(checked) is float
    assert checked == value
