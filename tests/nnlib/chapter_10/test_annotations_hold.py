"""What the annotations promise is what comes back: the results of real calls, looked through.

mypy trusts what NumPy's own annotations say; here the values themselves are asked. The calls are
made from the kinds, in both precisions.
"""

import os
import types
import typing
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
from doors import DOORED, prepare_folder, right_arguments
from matplotlib.figure import Figure, SubFigure

from nnlib import activations, losses, network, photographs, training
from nnlib.kinds import Array


def fits(value, hint):
    """Whether a value is what an annotation says, with all that it holds."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint is typing.Any or hint is object:
        return True
    if origin in (typing.Union, types.UnionType):
        return any(fits(value, one) for one in arguments)
    if origin is np.ndarray:
        (kind,) = typing.get_args(arguments[1])  # NumPy makes a number of an array without axes
        known = kind is typing.Any or np.issubdtype(getattr(value, "dtype", object), kind)
        return isinstance(value, np.ndarray | np.generic) and known
    if origin is tuple and arguments[-1] is not Ellipsis:
        same_length = isinstance(value, tuple) and len(value) == len(arguments)
        return same_length and all(fits(v, a) for v, a in zip(value, arguments, strict=True))
    if origin in (list, tuple):
        return isinstance(value, origin) and all(fits(v, arguments[0]) for v in value)
    if origin in (dict, Mapping):
        keys, values = arguments
        return isinstance(value, Mapping) and all(
            fits(k, keys) and fits(v, values) for k, v in value.items()
        )
    if origin is Callable:
        return callable(value)
    if hint is type(None) or hint is None:
        return value is None
    if hasattr(hint, "_fields"):  # a NamedTuple
        fields = typing.get_type_hints(hint)
        return isinstance(value, hint) and all(fits(getattr(value, f), fields[f]) for f in fields)
    return isinstance(value, hint)


def single(value):
    """The same value with all its arrays in float32."""
    if isinstance(value, np.ndarray):
        return value.astype(np.float32) if value.dtype == np.float64 else value
    if hasattr(value, "_fields"):
        return type(value)(*map(single, value))
    if isinstance(value, list | tuple):
        return type(value)(map(single, value))
    if isinstance(value, dict):
        return {name: single(part) for name, part in value.items()}
    return "float32" if value == "float64" else value


@pytest.fixture(scope="module", autouse=True)
def folder(tmp_path_factory):
    """Where files are read and written."""
    here, back = prepare_folder(tmp_path_factory.mktemp("promise")), os.getcwd()
    os.chdir(here)
    yield here
    os.chdir(back)


@pytest.mark.parametrize("precision", [np.float64, np.float32])
@pytest.mark.parametrize("name", DOORED)
def test_a_result_is_what_its_annotation_says(name, precision):
    if name == "exchange.to_torch":
        pytest.importorskip("torch")
    arguments = right_arguments(name)
    of_a_run = name in ("training.resume", "blocks.resume")  # their data are those of the run
    if precision == np.float32 and not of_a_run:
        arguments = {argument: single(value) for argument, value in arguments.items()}
    result = DOORED[name](**arguments)
    hint = typing.get_type_hints(DOORED[name])["return"]
    assert fits(result, hint), f"{result!r} is no {hint}"


@pytest.mark.parametrize("number", [3, 3.0, np.float32(3), np.int8(3)])
def test_a_number_gives_a_number(number):
    for function in (activations.sigmoid, activations.tanh, activations.relu):
        assert fits(function(number), Array)
    assert fits(losses.loss_from_z(number, 1), Array)


def test_the_larger_photographs_and_a_run_with_test_data():
    assert fits(photographs.load_trees(32), photographs.Photographs)
    assert fits(photographs.data_folder(), Path)
    X, Y = np.ones((2, 3)), np.array([[0.0, 1.0, 1.0]])
    hint = typing.get_type_hints(training.train)["return"]
    layers = network.initialize((2, 3, 1))
    assert fits(training.train(layers, X, Y, 0.1, 2, 2, test=(X, Y)), hint)


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        (1, Array),
        (np.array([1]), Array),
        (np.array([1.0]), photographs.Photographs),
        (np.float64(1.0), list[float]),
        ([1.0, None], list[float]),
        ((1.0, 2.0), tuple[float]),
        ({"a": 1}, dict[str, float]),
        (None, float | Array),
        (network.Cache([None], [np.array([1])]), network.Cache),
        ("text", Path),
    ],
)
def test_a_broken_promise_is_seen(value, hint):
    assert not fits(value, hint)


def test_a_kept_promise_is_seen():
    X = np.ones((2, 3))
    assert fits(network.Cache([None, X], [X]), network.Cache)
    assert fits(Figure(), Figure | SubFigure)
    assert fits((Path(), Path()), tuple[Path, ...])
    assert fits({"a": [1.0]}, Mapping[str, list[float]])
