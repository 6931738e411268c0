# Plain: edited here; chapter 10 tells of it.
"""Rules for arrays and functions: each is said, held, and shown by examples at one place.

A rule *takes* a value: it returns it in the form that the mathematics can use, or raises one
sentence that names the argument, what was found and what is wanted. Its good and bad examples stand
with it; the tests of every public function are made from them.
"""

import inspect
import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from nnlib.rule import INSIDE, Call, InputError, Rule, hold

LARGE = 2**24  # numbers: below that, memory is no question
FLOAT64 = np.dtype(np.float64)
FLOATS = (FLOAT64, np.dtype(np.float32))
Bad = Iterator[tuple[Any, str]]


def as_array(value: Any, name: str) -> np.ndarray:
    """Return a value as an array; what it holds is not looked at."""
    if hasattr(value, "toarray"):
        raise InputError(f"{name} is sparse; wanted a dense array: {name}.toarray() makes one.")
    if isinstance(value, np.ma.MaskedArray):
        raise InputError(f"{name} is a masked array; {name}.filled(value) makes a plain one.")
    try:
        array = np.asarray(value)
    except Exception as error:  # [[1, 2], [3]], or whatever a foreign __array__ raises
        if isinstance(value, list | tuple):
            raise InputError(f"{name} must be an array of numbers; found unequal rows.") from error
        what = f"{type(value).__name__} ({type(error).__name__}: {error})"
        raise InputError(f"{name} must be an array of numbers; found {what}.") from error
    hold(array.shape, name, array.itemsize)
    return array


def length(array: np.ndarray) -> float:
    """The length of all numbers as one vector: finite only if every number is, and one pass."""
    flat = array.ravel("K")
    return math.sqrt(flat.dot(flat))


def finite(array: np.ndarray) -> bool:
    """True if no number is NaN or infinite."""
    return math.isfinite(length(array)) or bool(np.isfinite(array).all())


def as_numbers(value: Any, name: str, call: Call | None = None) -> np.ndarray:
    """Return a value as an array of finite float32 or float64, weighed for the call."""
    array: np.ndarray = value
    if type(value) is not np.ndarray or value.dtype not in FLOATS:
        array = as_array(value, name)
        if array.dtype.kind not in "biuf":
            raise InputError(f"{name} must hold real numbers; found dtype {array.dtype}.")
        if array.dtype not in FLOATS:
            array = array.astype(np.float64)  # what is too large becomes infinite, and is refused
    if array.size == 0:
        raise InputError(f"{name} must not be empty; found shape {array.shape}.")
    if array.size > LARGE:
        hold(array.shape, name, array.itemsize)
    long = length(array)
    if not math.isfinite(long):
        if not np.isfinite(array).all():
            raise InputError(f"{name} must be finite; found NaN or infinity.")
        long = float(np.abs(array).max()) * math.sqrt(array.size)  # may be infinite
    if call is not None:
        call.weigh(long, array.dtype)
    return array


def in_precision(array: np.ndarray, name: str, call: Call) -> np.ndarray:
    """Return an array in the precision of the network, if the call has one."""
    if call.network is None or array.dtype == call.precision:
        return array
    converted = array.astype(call.precision)
    if not np.isfinite(converted).all():
        raise InputError(f"{name} holds numbers that are too large for {call.precision}.")
    return converted


def endless_list() -> list[Any]:
    """A list that holds itself."""
    loop: list[Any] = []
    loop.append(loop)
    return loop


class Numbers(Rule):
    """Finite real numbers: float32 stays, all others become float64."""

    form = "array"
    says = "Finite real numbers; float32 stays float32, others become float64."

    def take(self, value: Any, name: str, call: Call) -> np.ndarray:
        array = in_precision(as_numbers(value, name, call), name, call)
        call.precision = call.precision or array.dtype
        return array

    def good(self, value: Any, axes: dict[str, int]) -> np.ndarray:
        return np.random.default_rng(0).normal(size=(axes["n_x"], axes["m"]))

    def bad(self, good: Any) -> Bad:
        yield "tree", "{name} must hold real numbers; found dtype <U4."
        yield None, "{name} must hold real numbers; found dtype object."
        yield [["0.1", "0.2"]], "{name} must hold real numbers; found dtype <U3."
        yield {"brightness": 1}, "{name} must hold real numbers; found dtype object."
        yield 10**400, "{name} must hold real numbers; found dtype object."
        yield np.full(good.shape, 1j), "{name} must hold real numbers; found dtype complex128."
        yield [], "{name} must not be empty; found shape (0,)."
        yield [[1, 2], [3]], "{name} must be an array of numbers; found unequal rows."
        yield endless_list(), "{name} must be an array of numbers; found unequal rows."
        yield np.full(good.shape, np.nan), "{name} must be finite; found NaN or infinity."
        yield np.full(good.shape, -np.inf), "{name} must be finite; found NaN or infinity."
        large = np.longdouble(2) ** 5000
        yield np.full(good.shape, large), "{name} must be finite; found NaN or infinity."
        masked = np.ma.masked_equal([[1.0, 2.0]], 2.0)
        yield masked, "{name} is a masked array; {name}.filled(value) makes a plain one."
        huge = np.broadcast_to(1.0, (10**6, 10**6))  # a view of 8 bytes that claims 8 TB
        yield huge, "{name} of shape (1000000, 1000000) would need 7,450 GiB; this machine has …."


class Shape(Rule):
    """A shape by the names of its axes; a name has one size in the whole call."""

    def __init__(self, *axes: str | int, each: str = ""):
        self.axes = axes
        self.text = f"({', '.join(map(str, axes))}{',' * (len(axes) == 1)})"
        self.each = each
        self.form = f"array, shape {self.text}"
        self.says = f"{each[:1].upper()}{each[1:]}." if each else ""

    def take(self, value: np.ndarray, name: str, call: Call) -> np.ndarray:
        if value.ndim != len(self.axes):
            raise InputError(self.refusal(value, name, call))
        for axis, size in zip(self.axes, value.shape, strict=True):
            if call.size(axis, size, name) != size:
                raise InputError(self.refusal(value, name, call))
        return value

    def refusal(self, value: np.ndarray, name: str, call: Call) -> str:
        """The sentence, with the sizes that other arguments have fixed."""
        known = [call.said(axis) for axis in self.axes if call.owner(axis) not in (None, name)]
        fixed = f" with {' and '.join(known)}" if known else ""
        each = f", {self.each}" if self.each else ""
        return f"{name} must have shape {self.text}{fixed}{each}; found shape {value.shape}."

    def good(self, value: Any, axes: dict[str, int]) -> np.ndarray:
        size = tuple(axes[axis] if isinstance(axis, str) else axis for axis in self.axes)
        made: np.ndarray = np.resize(value, size)
        return made

    def bad(self, good: Any) -> Bad:
        wrong = f"{{name}} must have shape {self.text}…; found shape …."
        yield good[np.newaxis], wrong
        if good.ndim > 1:
            yield good.ravel(), wrong
        if len(set(good.shape)) > 1 and not all(isinstance(axis, str) for axis in self.axes):
            yield good.T, wrong
        for axis in range(good.ndim):
            if not isinstance(self.axes[axis], str):
                yield np.concatenate([good, good], axis=axis), wrong


class Alike(Rule):
    """Several arguments of one shape, whatever it is."""

    def __init__(self, names: str):
        self.names = names
        self.form = "array"
        self.says = f"{names} have one shape."

    def take(self, value: np.ndarray, name: str, call: Call) -> np.ndarray:
        first: tuple[int, ...] = call.kept.setdefault(self.names, value.shape)
        if first != value.shape:
            found = f"found {first} and {value.shape}"
            raise InputError(f"{self.names} must have the same shape; {found}.")
        return value


class Unscaled(Rule):
    """Pixels that nobody has scaled are refused: 8-bit whole numbers up to 255."""

    says = "uint8 pixels are refused: `images.scale` brings them to [0, 1] first."

    def take(self, value: Any, name: str, call: Call) -> Any:
        if getattr(value, "dtype", None) == np.uint8:
            raise InputError(
                f"{name} holds uint8 pixels from 0 to 255; scale them to [0, 1] first, "
                "with nnlib.images.scale."
            )
        return value

    def bad(self, good: Any) -> Bad:
        wrong = "{name} holds uint8 pixels from 0 to 255; scale them to [0, 1] first, …."
        yield np.full(good.shape, 200, np.uint8), wrong


class ZerosAndOnes(Rule):
    """Labels 0 and 1, in the precision of the numbers that they are compared with."""

    says = "Labels 0 and 1."

    def take(self, value: np.ndarray, name: str, call: Call) -> np.ndarray:
        if np.count_nonzero(value != (value != 0)):
            other = value[(value != 0) & (value != 1)][0]
            raise InputError(f"{name} must hold only the labels 0 and 1; found {other:g}.")
        return value if value.dtype == call.precision else value.astype(call.precision)

    def good(self, value: np.ndarray, axes: dict[str, int]) -> np.ndarray:
        return np.resize([0.0, 1.0, 1.0], value.shape)

    def bad(self, good: Any) -> Bad:
        yield good + 1, "{name} must hold only the labels 0 and 1; found 2."
        yield good - 0.5, "{name} must hold only the labels 0 and 1; found …0.5."


class Between(Rule):
    """Numbers within limits, such as the outputs of an activation function."""

    def __init__(self, low: float, high: float, what: str, instead: str = ""):
        self.low, self.high, self.what, self.instead = low, high, what, instead
        self.range = f"from {low:g} to {high:g}" if high < math.inf else f"{low:g} or above"
        self.says = f"{what[:1].upper()}{what[1:]}, {self.range}."

    def take(self, value: np.ndarray, name: str, call: Call) -> np.ndarray:
        low, high = value.min(), value.max()
        if low < self.low or high > self.high:
            found = low if low < self.low else high
            wanted = f"must hold {self.what}, {self.range}"
            raise InputError(f"{name} {wanted}; found {found:g}.{self.instead}")
        return value

    def good(self, value: np.ndarray, axes: dict[str, int]) -> np.ndarray:
        clipped: np.ndarray = np.clip(value, self.low, self.high)
        return clipped

    def bad(self, good: Any) -> Bad:
        wrong = f"{{name}} must hold {self.what}, {self.range}; found ….{self.instead}"
        yield good + (self.low - 1 - good.min()), wrong
        if self.high < math.inf:
            yield good + (self.high + 0.5 - good.max()), wrong


class Trust:
    """Whether a function of the caller, asked for numbers again and again, may run inside.

    Outside, each call of the library within it is held against the kinds, and that takes most of
    the time. So its first number is computed both ways: where they are equal to the last bit, the
    others are computed inside. Whatever goes wrong there is done again outside, where it is said.
    """

    def __init__(self) -> None:
        self.inside: bool | None = None  # None: not known yet

    def call(self, function: Any, call: Call, gives: Rule, name: str, args: Any) -> Any:
        """One number of the function."""
        if self.inside and INSIDE.get() is True:
            try:
                result = function(*args)
                if type(result) is float and math.isfinite(result):
                    return result
            except Exception:
                self.inside = False
        result = gives.take(call.outside(function, *args), f"the result of {name}", Call())
        if self.inside is None:
            self.inside = False
            try:
                self.inside = INSIDE.get() is True and function(*args) == result
            except Exception:
                return result
        return result


class Given(Rule):
    """A function that the caller hands in: it runs outside the door, and must give one number."""

    form = "callable"

    def __init__(self, says: str = "", gives: Rule | None = None, often: bool = False):
        self.says, self.gives, self.often = says, gives, often

    def take(self, value: Any, name: str, call: Call) -> Callable[..., Any]:
        if not callable(value):
            raise InputError(f"{name} must be a function; found {type(value).__name__}.")
        inner = getattr(value, "__func__", value)
        if (
            inspect.iscoroutinefunction(inner)
            or inspect.isgeneratorfunction(inner)
            or (inspect.isasyncgenfunction(inner))
        ):
            found = "one that only begins when it is awaited or looped over"
            raise InputError(f"{name} must be a plain function; found {found}.")
        gives, often, trusted = self.gives, self.often, Trust()

        def outside(*args: Any, **kwargs: Any) -> Any:
            try:
                if gives is not None and often and trusted.inside is not False:
                    return trusted.call(value, call, gives, name, args)
                result = call.outside(value, *args, **kwargs)
            except InputError as refusal:
                refusal.callers = True  # it was refused in the caller's function: show where
                raise
            return result if gives is None else gives.take(result, f"the result of {name}", Call())

        return outside

    def bad(self, good: Any) -> Bad:
        yield 3, "{name} must be a function; found int."
        yield "save", "{name} must be a function; found str."
        yield None, "{name} must be a function; found NoneType."
