# Woven from chapters 1, 2, 3, 4, 5, 6, 7 and 10 by `python -m course tangle`:
# edit notebooks/text, not this file.
"""Checks on what a caller passes in: every refusal is one clear sentence."""

import math
import os
from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

Array = np.ndarray[tuple[int, ...], np.dtype[np.floating]]


class InputError(ValueError):
    """An argument cannot be used; the message names it, what was found and what is wanted."""


def describe(value: object) -> str:
    """What stands in a message for a wrong value: numbers and short texts, else its kind.

    Parameters
    ----------
    value : object
        Anything.

    Returns
    -------
    str
    """
    if isinstance(value, str):
        return repr(value[:40])
    short = isinstance(value, int) and abs(value) < 2**63
    return str(value) if short or isinstance(value, float | np.number) else type(value).__name__


@cache
def _memory() -> int:
    """Bytes of main memory in this machine; 16 GiB where the system does not say."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return 16 * 2**30


def check_memory(shape: tuple[int, ...], name: str, itemsize: int = 8) -> None:
    """Refuse an array that this machine could not hold, before it is made.

    Parameters
    ----------
    shape : tuple of int
        Shape of the array to come.
    name : str
        What the array is, for the message.
    itemsize : int
        Bytes per number: 8 for float64.

    Raises
    ------
    InputError
        If the array would be larger than the main memory.
    """
    wanted, there = math.prod(shape) * itemsize, _memory()
    if wanted > there:
        sizes = f"{wanted // 2**30:,} GiB; this machine has {there / 2**30:,.0f} GiB"
        raise InputError(f"{name} of shape {shape} would need {sizes}.")


def as_array(value: ArrayLike, name: str) -> np.ndarray:
    """Return `value` as an array; what it holds is not looked at.

    Parameters
    ----------
    value : array_like
        Anything that NumPy makes an array of, of any shape.
    name : str
        The argument's name, for the message.

    Returns
    -------
    ndarray
        Same shape as `value`; not a copy where none is needed.

    Raises
    ------
    InputError
        If rows are unequal, `value` is sparse or masked, or it claims more than the main memory.
    """
    if hasattr(value, "toarray"):
        raise InputError(f"{name} is sparse; wanted a dense array: {name}.toarray() makes one.")
    if isinstance(value, np.ma.MaskedArray):
        raise InputError(f"{name} is a masked array; {name}.filled(value) makes a plain one.")
    try:
        array = np.asarray(value)
    except (TypeError, ValueError) as error:  # [[1, 2], [3]]
        raise InputError(f"{name} must be an array of numbers; found unequal rows.") from error
    check_memory(array.shape, name, array.itemsize)
    return array


def check_numbers(value: ArrayLike, name: str) -> Array:
    """Return `value` as a floating-point array: float32 stays, other numbers become float64.

    Parameters
    ----------
    value : array_like
        Real, finite numbers of any shape.
    name : str
        The argument's name, for the message.

    Returns
    -------
    ndarray
        Same shape as `value`, float32 or float64; not a copy where none is needed.

    Raises
    ------
    InputError
        If `value` is not numeric, is empty, or holds NaN or infinity.
    """
    array = as_array(value, name)
    if array.dtype.kind not in "biuf":
        raise InputError(f"{name} must hold real numbers; found dtype {array.dtype}.")
    if array.size == 0:
        raise InputError(f"{name} must not be empty; found shape {array.shape}.")
    if array.dtype not in (np.float32, np.float64):
        with np.errstate(over="ignore"):  # too large a number becomes infinite, and is refused
            array = array.astype(np.float64)
    if not np.isfinite(array).all():
        raise InputError(f"{name} must be finite; found NaN or infinity.")
    return array


def check_overflow(result: Array, sources: str) -> Array:
    """Return `result` if it is finite.

    Parameters
    ----------
    result : ndarray or float
        What was computed, any shape.
    sources : str
        What it was computed from, for the message.

    Returns
    -------
    ndarray or float
        `result`, of the same shape.

    Raises
    ------
    InputError
        If it holds NaN or infinity: then the sources were too large.
    """
    if not np.isfinite(result).all():
        raise InputError(f"The numbers in {sources} are so large that the result overflows.")
    return result


def check_examples(X: ArrayLike, n_x: int | None = None, name: str = "X") -> Array:
    """Return X as a floating-point matrix of shape (n_x, m), one column per example.

    Parameters
    ----------
    X : array_like, shape (n_x, m)
    n_x : int, optional
        The number of features it must have.
    name : str, optional
        The argument's name, for the message.

    Returns
    -------
    ndarray, shape (n_x, m)
        float32 or float64; not a copy where none is needed.

    Raises
    ------
    InputError
        If `X` holds uint8 pixels, anything but finite numbers, or has another shape.
    """
    if getattr(X, "dtype", None) == np.uint8:
        raise InputError(
            f"{name} holds uint8 pixels from 0 to 255; scale them to [0, 1] first, "
            "with nnlib.images.scale."
        )
    X = check_numbers(X, name)
    if X.ndim != 2:
        wanted = "shape (n_x, m), one column per example"
        raise InputError(f"{name} must have {wanted}; found shape {X.shape}.")
    if n_x is not None and X.shape[0] != n_x:
        raise InputError(f"{name} must have {n_x} rows, one per feature; found shape {X.shape}.")
    return X


def check_unit(w: ArrayLike, b: ArrayLike, n_x: int | None = None) -> tuple[Array, float]:
    """Return the parameters of one unit: w of shape (n_x, 1), and b as a float.

    Parameters
    ----------
    w : array_like, shape (n_x, 1)
    b : number
    n_x : int, optional
        The number of features that w must fit.

    Returns
    -------
    w : ndarray, shape (n_x, 1)
    b : float

    Raises
    ------
    InputError
        If `w` or `b` has another shape or holds anything but finite numbers.
    """
    w = check_numbers(w, "w")
    if w.ndim != 2 or w.shape[1] != 1:
        wanted = "shape (n_x, 1), one weight per feature, like w.reshape(-1, 1)"
        raise InputError(f"w must have {wanted}; found shape {w.shape}.")
    if n_x is not None and w.shape[0] != n_x:
        raise InputError(f"w must have {n_x} rows, one per feature; found shape {w.shape}.")
    b = check_numbers(b, "b")
    if b.size != 1:
        raise InputError(f"b must be one number; found shape {b.shape}.")
    return w, b.item()


def check_labels(
    Y: ArrayLike, m: int | None = None, dtype: DTypeLike = np.float64, name: str = "Y"
) -> Array:
    """Return Y as a row of labels 0 and 1.

    Parameters
    ----------
    Y : array_like
        Labels, shape (1, m); bool or any number type.
    m : int, optional
        The number of examples that is wanted; any number if it is not given.
    dtype : dtype
        Type of the result, float32 or float64.
    name : str
        The argument's name, for the message.

    Returns
    -------
    ndarray
        Shape (1, m), of type `dtype`.

    Raises
    ------
    InputError
        If the shape is not (1, m), or a value is neither 0 nor 1.
    """
    Y = check_numbers(Y, name)
    if Y.ndim != 2 or Y.shape[0] != 1:
        found = f"found shape {Y.shape}"
        raise InputError(f"{name} must have shape (1, m), one label per example; {found}.")
    if m is not None and Y.shape[1] != m:
        found = f"found shape {Y.shape}"
        columns = "1 column" if m == 1 else f"{m} columns"
        raise InputError(f"{name} must have {columns}, one label per example; {found}.")
    other = Y[(Y != 0) & (Y != 1)]
    if other.size:
        raise InputError(f"{name} must hold only the labels 0 and 1; found {other[0]:g}.")
    return Y.astype(dtype, copy=False)


def as_float(value: float | np.number) -> float:
    """Return a number as a float; a whole number with more than 308 digits becomes infinite.

    Parameters
    ----------
    value : int or float
        Any number.

    Returns
    -------
    float
    """
    try:
        return float(value)
    except OverflowError:
        return np.inf if value > 0 else -np.inf


def check_positive(value: object, name: str) -> float:
    """Return `value` as a float if it is a finite number above 0.

    Parameters
    ----------
    value : int or float
        The number; a bool is none.
    name : str
        The argument's name, for the message.

    Returns
    -------
    float

    Raises
    ------
    InputError
        If `value` is no number, not above 0, or not finite.
    """
    numbers = (int, float, np.integer, np.floating)
    if isinstance(value, bool) or not isinstance(value, numbers):
        raise InputError(f"{name} must be a number above 0; found {type(value).__name__}.")
    value = as_float(value)
    if not 0 < value < np.inf:
        raise InputError(f"{name} must be a finite number above 0; found {value:g}.")
    return value


def check_gradient(dP: ArrayLike, P: Array, alpha: float, name: str) -> Array:
    """Return a gradient as an array that can be taken away from its parameter.

    Parameters
    ----------
    dP : array_like
        The gradient, of the shape of P.
    P : ndarray
        Its parameter, any shape.
    alpha : float
        The learning rate of the step.
    name : str
        The gradient's name, for the message.

    Returns
    -------
    ndarray
        The shape and the dtype of `P`.

    Raises
    ------
    InputError
        If the shapes differ, a number is not finite, or the step would overflow.
    """
    dP = check_numbers(dP, name)
    if dP.shape != P.shape:
        raise InputError(
            f"{name} must have the shape of its parameter, {P.shape}; found {dP.shape}."
        )
    steepest = float(np.abs(dP).max())
    longest = float(np.abs(P).max()) + alpha * steepest
    if max(alpha, steepest, longest) > float(np.finfo(P.dtype).max):
        raise InputError(f"{name} times the learning rate {alpha:g} overflows.")
    return dP.astype(P.dtype, copy=False)


def check_count(value: object, name: str, minimum: int = 1) -> int:
    """Return `value` as an int if it is a whole number of at least `minimum`.

    Parameters
    ----------
    value : int
        The number; a bool is none.
    name : str
        The argument's name, for the message.
    minimum : int
        The smallest number that is allowed.

    Returns
    -------
    int

    Raises
    ------
    InputError
        If `value` is no whole number, or too small.
    """
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
        raise InputError(f"{name} must be a whole number; found {type(value).__name__}.")
    if not -(2**63) <= value < 2**63:
        raise InputError(f"{name} must be a whole number of at most 64 bits; found a larger one.")
    if value < minimum:
        raise InputError(f"{name} must be at least {minimum}; found {value}.")
    return int(value)


def check_probability(value: object, name: str) -> float:
    """Return `value` as a float if it is a number from 0 to 1.

    Parameters
    ----------
    value : int or float
        The number; a bool is none.
    name : str
        The argument's name, for the message.

    Returns
    -------
    float

    Raises
    ------
    InputError
        If `value` is no number, or outside 0 to 1.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float, np.integer, np.floating)):
        raise InputError(f"{name} must be a number from 0 to 1; found {type(value).__name__}.")
    value = as_float(value)
    if not 0 <= value <= 1:
        raise InputError(f"{name} must be a number from 0 to 1; found {value:g}.")
    return value


def check_layer(W: ArrayLike, b: ArrayLike) -> tuple[Array, Array]:
    """Return the parameters of one layer as floating-point arrays.

    Parameters
    ----------
    W : array_like, shape (n_l, n_prev)
        Weights, one row per unit.
    b : array_like, shape (n_l, 1)
        Biases, one per unit.

    Returns
    -------
    W : ndarray, shape (n_l, n_prev)
    b : ndarray, shape (n_l, 1)

    Raises
    ------
    InputError
        If a shape is another, or an array is not made of finite numbers.
    """
    W = check_numbers(W, "W")
    if W.ndim != 2:
        raise InputError(
            f"W must have shape (n_l, n_prev), one row per unit; found shape {W.shape}."
        )
    b = check_numbers(b, "b")
    if b.shape != (W.shape[0], 1):
        raise InputError(
            f"b must have shape ({W.shape[0]}, 1), one bias per row of W; found shape {b.shape}."
        )
    return W, b


def check_outputs(A: ArrayLike, low: float, high: float, function: str) -> Array:
    """Return A as a floating-point array if its values can be outputs of an activation function.

    Parameters
    ----------
    A : array_like
        Outputs of the function, any shape.
    low, high : float
        The range of the function's outputs; `high` may be infinite.
    function : str
        The function's name, for the message.

    Returns
    -------
    ndarray
        Same shape as `A`.

    Raises
    ------
    InputError
        If a value lies outside the range, which happens when Z is passed for A.
    """
    A = check_numbers(A, "A")
    if A.min() < low or A.max() > high:
        wanted = f"from {low} to {high}" if high < np.inf else f"{low} or above"
        found = A.min() if A.min() < low else A.max()
        raise InputError(
            f"A must hold outputs of {function}, {wanted}; found {found:g}. Pass A = g(Z), not Z."
        )
    return A


def check_precision(array: Array, dtype: np.dtype, name: str) -> Array:
    """Return an array in another precision.

    Parameters
    ----------
    array : ndarray
        Finite numbers of any shape.
    dtype : dtype
        float32 or float64.
    name : str
        The array's name, for the message.

    Returns
    -------
    ndarray
        Same shape as `array`; not a copy where none is needed.

    Raises
    ------
    InputError
        If a number is too large for float32.
    """
    with np.errstate(over="ignore"):
        converted = array.astype(dtype, copy=False)
    if not np.isfinite(converted).all():
        raise InputError(f"{name} holds numbers that are too large for {dtype}.")
    return converted


def check_rng(rng: object, name: str = "rng") -> np.random.Generator:
    """Return a random generator: `rng` itself, or a new one with the seed `rng`.

    Parameters
    ----------
    rng : int or numpy.random.Generator
        A seed (0 or larger) or a generator.
    name : str
        The argument's name, for the message.

    Returns
    -------
    numpy.random.Generator

    Raises
    ------
    InputError
        If `rng` is neither. None is refused as well: a run that nobody can repeat is no result.
    """
    if isinstance(rng, np.random.Generator):
        return rng
    if isinstance(rng, bool | np.bool_) or not isinstance(rng, int | np.integer) or rng < 0:
        wanted = "a seed, 0 or larger, or a numpy.random.Generator"
        raise InputError(f"{name} must be {wanted}; found {describe(rng)}.")
    return np.random.default_rng(rng)


def check_dtype(dtype: DTypeLike, name: str = "dtype") -> np.dtype:
    """Return `dtype` as a NumPy dtype if it is float32 or float64.

    Parameters
    ----------
    dtype : dtype, type or str
        The precision that is asked for.
    name : str
        The argument's name, for the message.

    Returns
    -------
    numpy.dtype

    Raises
    ------
    InputError
        If it is anything else.
    """
    try:
        found = np.dtype(dtype) if isinstance(dtype, str | type | np.dtype) else None
    except TypeError:
        found = None
    if found not in (np.float32, np.float64):
        other = dtype[:40] if isinstance(dtype, str) else describe(dtype)
        raise InputError(f"{name} must be float32 or float64; found {found or other}.")
    return found


PATIENCE = 10


class DivergenceError(InputError):
    """The learning rate cannot be used with these data; the message names a safer one."""


def _leaps(first: float, before: list[float], recent: list[float]) -> bool:
    """True if the means of two times ten costs are twice the first, and hardly fall."""
    mean_before, mean_recent = sum(before) / len(before), sum(recent) / len(recent)
    return min(mean_before, mean_recent) > 2 * first and mean_recent > 0.9 * mean_before


def check_falling(
    costs: list[float], learning_rate: float, safer: Callable[[], float], unit: str = "epoch"
) -> None:
    """Stop a run whose cost is no finite number, or keeps rising.

    It keeps rising if all of the last 10 costs are above the first one, and above the best of the
    10 before them, and the last of them is not below the first of them; or if the means of the last
    10 and of the 10 before are more than twice the first cost, hardly fall, and the last is not the
    best of its 10.

    Parameters
    ----------
    costs : list of float
        The costs so far.
    learning_rate : float
        The rate of the run, for the message.
    safer : callable
        Called without arguments if a better rate is wanted for the message.
    unit : str
        What each cost belongs to, an epoch or a step, for the message.

    Raises
    ------
    DivergenceError
        If the run diverges.
    """
    recent, before = costs[-PATIENCE:], costs[-2 * PATIENCE : -PATIENCE]
    best = min(recent)
    if not np.isfinite(costs[-1]):
        what = f"numbers overflow in {unit} {len(costs)}"
    elif len(before) < PATIENCE:
        return
    elif best > max(costs[0], min(before)) and recent[-1] >= recent[0]:
        what = f"the cost rose from {costs[0]:.4g} to {costs[-1]:.4g} in {len(costs)} {unit}s"
    elif recent[-1] > best and _leaps(costs[0], before, recent):
        leaps = f"leaps between {best:.4g} and {max(recent):.4g}"
        what = f"the cost was {costs[0]:.4g} and {leaps} after {len(costs)} {unit}s"
    else:
        return
    raise DivergenceError(
        f"learning_rate {learning_rate:g} is too large: {what}; try {safer():.2g}."
    )
