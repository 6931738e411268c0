"""Random calls: a finite result or one of nnlib's own errors, no warning, nothing changed.

A person who writes bad inputs thinks of strings and negative numbers. Dice think of nothing: they
fill each argument with something right or something strange, in every mixture.
"""

import datetime
import decimal
import fractions
import random
import warnings
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import scipy.sparse
from doors import OWN, endless, trace

from nnlib.checkpoint import Checkpoint, History
from nnlib.network import Cache, Gradient, Layer
from nnlib.photographs import Photographs

DOCUMENTED = "A column-vector y was passed"  # the one warning, wanted by scikit-learn's checks

# --- strange values: made anew for each call, so that no call can change those of the next --------

STRANGE = [
    lambda: None,
    lambda: True,
    lambda: 0,
    lambda: -1,
    lambda: 2.5,
    lambda: 7,
    lambda: np.nan,
    lambda: np.inf,
    lambda: -np.inf,
    lambda: 1e308,
    lambda: -1e308,
    lambda: 5e-324,
    lambda: 10**30,
    lambda: 10**400,
    lambda: -(10**400),
    lambda: 10**5000,
    lambda: -(10**5000),
    lambda: "tree",
    lambda: "",
    lambda: "\0",
    lambda: b"tree",
    lambda: 1j,
    lambda: fractions.Fraction(1, 3),
    lambda: decimal.Decimal("0.1"),
    lambda: datetime.date(2024, 2, 29),
    lambda: [],
    lambda: [[]],
    lambda: [[1, 2], [3]],
    lambda: [[1.0, None], [2.0, 3.0]],
    endless,
    lambda: {},
    lambda: {"w": 1.0},
    lambda: {1: 2},
    lambda: {1, 2},
    lambda: object(),
    lambda: lambda *given, **named: None,
    lambda: range(3),
    lambda: Ellipsis,
    lambda: slice(None),
    lambda: Path("nowhere.npz"),
    lambda: np.bool_(True),
    lambda: np.int8(-128),
    lambda: np.uint64(2**64 - 1),
    lambda: np.float16(np.inf),
    lambda: np.longdouble(2) ** 5000,
    lambda: np.longdouble(2) ** -5000,
    lambda: np.datetime64("2024-02-29"),
    lambda: np.ma.masked_equal([[1.0, 2.0, 3.0]], 2.0),
    lambda: np.array(None),
    lambda: np.array([{}, 1], dtype=object),
    lambda: np.zeros(3, dtype=[("a", float), ("b", int)]),
    lambda: np.broadcast_to(1.0, (10**6, 10**6)),
    lambda: np.zeros((0, 3)),
    lambda: scipy.sparse.csr_array(np.eye(3)),
    lambda: Layer(np.ones((1, 3)), np.ones((1, 1)), "sigmoid"),
    lambda: Cache([None, None], [None, None]),
    lambda: Gradient("dW", None),
    lambda: History([1.0], [], [], []),
    lambda: Checkpoint([], History([], [], [], []), {"bit_generator": "seed"}, {}),
    lambda: Photographs(1, 2, 3, 4),
]
SHAPES = [(), (1,), (3,), (5,), (1, 1), (3, 1), (1, 3), (1, 5), (3, 5), (5, 3), (4, 3), (0, 5)]
SHAPES += [(2, 3, 5), (1, 2, 2, 3), (5, 4, 4, 3), (2, 4, 4, 2)]
DTYPES = ["f8", "f4", "f2", "g", "i8", "i1", "u1", "u8", "?", "c16", "O", "U3", "M8[D]"]
FILLS = [0, 1, 0.5, -1, 2, 100, 1e-300, 1e30, 1e200, 1.7e308, np.nan, np.inf, -np.inf]


def array(shape, dtype, fill, other):
    """An array that holds one number twice or more, and another one."""
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = np.full(shape, fill, dtype="f8")
        made.ravel()[: made.size // 2] = other
        made = made.astype("i8").astype(dtype) if dtype == "M8[D]" else made.astype(dtype)
    made.flags.writeable = False  # whoever writes into it is found at once
    return made


class Choice:
    """How an argument is filled: something that dice choose."""

    def __init__(self, draw):
        self.draw = draw

    def map(self, change):
        return Choice(lambda dice: change(self.draw(dice)))


def one_of(*choices):
    """One of several choices, each as often."""
    return Choice(lambda dice: dice.choice(choices).draw(dice))


def right_only(*makers):
    """One of a few right values, and nothing else; made anew for each call."""
    return Choice(lambda dice: dice.choice(makers)())


def word(*words):
    """One of a few values that no call can change."""
    return Choice(lambda dice: dice.choice(words))


def row(*choices):
    """A list with one value of each choice."""
    return Choice(lambda dice: [choice.draw(dice) for choice in choices])


strange = right_only(*STRANGE)
arrays = row(word(*SHAPES), word(*DTYPES), word(*FILLS), word(*FILLS)).map(
    lambda parts: array(*parts)
)


def right(*makers):
    """A right value (or one that nearly is) nine times of ten, else anything."""
    return one_of(*[right_only(*makers)] * 18, strange, arrays)


# --- right values, and what nearly is -------------------------------------------------------------


def each_array(value, change):
    """A value with all its arrays and numbers changed."""
    if isinstance(value, np.ndarray):
        return change(value) if value.dtype.kind == "f" else value
    if isinstance(value, float):
        return change(np.array(value)).item()
    if hasattr(value, "_fields"):
        return type(value)(*(each_array(part, change) for part in value))
    if isinstance(value, list | tuple):
        return type(value)(each_array(part, change) for part in value)
    if isinstance(value, dict):
        return {name: each_array(part, change) for name, part in value.items()}
    return value


CHANGES = [
    lambda a: a.astype(np.float32),
    lambda a: a * 1e200,
    lambda a: a * 1e-300,
    lambda a: a * np.float64(1e307),
    lambda a: a * 0,
    np.asfortranarray,
    np.abs,
    lambda a: a[:, :1] if a.ndim == 2 else a,
]


def variants(make):
    """Makers of values that are right, or nearly."""
    kept = [make] * 6
    value = make()
    kept += [lambda change=change: each_array(make(), change) for change in CHANGES]
    if isinstance(value, np.ndarray):
        kept += [lambda: make().tolist(), lambda: make() > 0]
    if isinstance(value, int) and not isinstance(value, bool):
        kept += [lambda: 0, lambda: 1, lambda: 3, lambda: np.int32(2)]
    if isinstance(value, list):
        kept += [lambda: tuple(make()), lambda: make()[:1]]
    return kept


# --- what is looked at ----------------------------------------------------------------------------


def assert_finite(value):
    """Every float in a result, however deep, is a finite number."""
    if isinstance(value, float | np.floating | np.ndarray):
        value = np.asarray(value)
        assert value.dtype.kind in "biufUO", value.dtype
        assert value.dtype.kind != "f" or np.isfinite(value).all(), value
    elif isinstance(value, list | tuple):
        for part in value:
            assert_finite(part)
    elif isinstance(value, dict):
        for part in value.values():
            assert_finite(part)


def judge(target, arguments, counts):
    """One call: a finite result or one of nnlib's errors, no warning, nothing changed."""
    before = trace(arguments)
    counts["calls"] += 1
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", message=DOCUMENTED)
        try:
            result = target(**arguments)
        except OWN as error:
            counts["refusals"] += 1
            assert str(error) and "\n\n" not in str(error)
            assert trace(arguments) == before
        else:
            counts["results"] += 1
            counts[target] += 1
            assert_finite(result)
            assert trace_but_generators(arguments, before)
    plt.close("all")


def trace_but_generators(arguments, before):
    """True if nothing was changed; a generator that was drawn from has gone on, as it should."""
    same = {name for name, value in arguments.items() if isinstance(value, np.random.Generator)}
    names = list(arguments)
    now = trace(arguments)
    return all(
        one == other for n, one, other in zip(names, now, before, strict=True) if n not in same
    )


def call_often(target, arguments, calls, counts):
    """Fill the arguments of one function again and again; the same calls at every run."""
    name = f"{target.__module__}.{target.__name__}({', '.join(arguments)})"
    dice = random.Random(name)
    for number in range(calls):
        given = {argument: choice.draw(dice) for argument, choice in arguments.items()}
        try:
            judge(target, given, counts)
        except Exception as error:
            raise AssertionError(f"{name}, call {number}: {given}") from error
