# Plain: edited here; chapter 12 tells of it.
"""What scikit-learn promises about rows, targets, settings and feature names, and its errors."""

import importlib
import inspect
import warnings
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from nnlib.kinds import Array
from nnlib.rule import Call, InputError, describe, in_words
from nnlib.rules_arrays import as_array, finite
from nnlib.rules_choices import Seed
from nnlib.rules_settings import Whole

BLOCK = 2**17
"""Numbers of X that are turned into float64 at a time."""


def optional(module: str, name: str, otherwise: object) -> Any:
    """What `module` calls `name`, or `otherwise` where that package is not installed."""
    try:
        return getattr(importlib.import_module(module), name)
    except ImportError:
        return otherwise


class Estimator:
    """What this module needs of scikit-learn's base classes, where they are not installed."""

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Return the settings by name."""
        return {name: getattr(self, name) for name in inspect.signature(type(self)).parameters}

    def set_params(self, **params: object) -> Self:
        """Change settings by name and return the estimator."""
        known = list(inspect.signature(type(self)).parameters)
        if unknown := [name for name in params if name not in known]:
            wanted = f"wanted one of {', '.join(known)}"
            raise InputError(f"{unknown[0]} is no setting of {type(self).__name__}; {wanted}.")
        for name, value in params.items():
            setattr(self, name, value)
        return self


class NotFittedError(
    InputError,
    optional("sklearn.exceptions", "NotFittedError", AttributeError),  # type: ignore[misc]
):
    """The classifier was asked for something that only `fit` can give."""


class InputTypeError(InputError, TypeError):
    """An argument holds things that are no numbers at all."""


def check_rows(X: ArrayLike) -> Array:
    """Return X as a floating-point matrix with one row per example."""
    X = as_array(X, "X")
    try:
        if X.dtype.kind == "O":
            X = X.astype(np.float64)
    except TypeError as error:
        raise InputTypeError(f"X must hold numbers: {error}.") from None
    except (ValueError, OverflowError) as error:
        raise InputError(f"X must be a matrix of numbers: {error}.") from None
    if X.dtype.kind not in "biuf":
        what = "Complex data not supported" if X.dtype.kind == "c" else "convert it first"
        raise InputError(f"X must hold real numbers; found dtype {X.dtype}: {what}.")
    if X.ndim != 2:
        what = "shape (m, n_x), one row per example"
        hint = "Reshape your data with X.reshape(1, -1) if it is one example"
        raise InputError(f"X must have {what}; found shape {X.shape}. {hint}.")
    if X.size == 0:
        what = f"{X.shape[0]} sample(s) and {X.shape[1]} feature(s) (shape={X.shape})"
        raise InputError(f"X has {what} while a minimum of 1 is required.")
    with np.errstate(all="ignore"):  # too large a number becomes infinite, and is refused
        X = X if X.dtype in (np.float32, np.float64) else X.astype(np.float64)
        sound = finite(X)
    if not sound:
        raise InputError("X must be finite; found NaN or infinity.")
    return X


def check_targets(
    y: ArrayLike | None, m: int, known: np.ndarray | None = None
) -> tuple[np.ndarray, Array]:
    """Return the two classes in y, sorted, and the row of labels 0 and 1, shape (1, m).

    Where the classes are known already, y may hold one of them alone.
    """
    if y is None:
        raise InputError("fit requires y to be passed, but the target y is None.")
    mixed = isinstance(y, list | tuple) and len({isinstance(label, str) for label in y}) == 2
    y = one_axis(as_array(y, "y"))
    if y.shape != (m,):
        wanted = f"shape ({m},), one label per row of X"
        raise InputError(f"y must have {wanted}; found shape {y.shape}.")
    if mixed:  # an array would turn the numbers into words
        raise InputTypeError("y must hold labels of one type: found words and others.")
    classes, labels = two_kinds(y, "y", known is not None)
    if known is not None:
        if other := [label for label in classes.tolist() if label not in known.tolist()]:
            wanted = f"the labels {' and '.join(map(in_words, known.tolist()))} alone"
            raise InputError(f"y must hold {wanted}; found {describe(other[0])}.")
        classes, labels = known, (y == known[1])
    return classes, labels.reshape(1, -1).astype(np.float64)


def two_kinds(y: np.ndarray, name: str, or_one: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """The two kinds of label, sorted, and for each label which one it is."""
    if y.dtype.kind == "f" and not np.isfinite(y).all():
        raise InputError(f"{name} must be finite; found NaN or infinity.")
    if not np.array(y == y, dtype=bool).all():
        raise InputError(f"{name} must hold labels; found NaN, which equals nothing.")
    if y.dtype.kind == "f" and (y != y.round()).any():
        raise InputError(f"{name} must hold labels of two kinds; found continuous numbers.")
    try:
        classes, labels = np.unique(y, return_inverse=True)
    except TypeError as error:
        raise InputTypeError(f"{name} must hold labels of one type: {error}.") from None
    if len(classes) != 2 and not (or_one and len(classes) == 1):
        found = "1 class" if len(classes) == 1 else f"{len(classes)} classes"
        wanted = "Only binary classification is supported."
        raise InputError(f"{name} must hold labels of two kinds; found {found}. {wanted}")
    return classes, labels


def one_axis(y: np.ndarray) -> np.ndarray:
    """A column of targets as a plain list, with the warning that scikit-learn gives."""
    if y.ndim != 2 or y.shape[1] != 1:
        return y
    kind = optional("sklearn.exceptions", "DataConversionWarning", UserWarning)
    message = "A column-vector y was passed when a 1d array was expected; use y.ravel()."
    warnings.warn(message, kind, stacklevel=5)
    return y.ravel()


def feature_names(X: object) -> np.ndarray | None:
    """The column names of a table if all of them are text, else None."""
    names = getattr(X, "columns", None)
    if names is None or not all(isinstance(name, str) for name in names):
        return None
    return np.array(list(names), dtype=object)


def check_features(estimator: Any, X: object, n_x: int) -> None:
    """Refuse rows that hold other features than those of `fit`."""
    kind, wanted = type(estimator).__name__, getattr(estimator, "feature_names_in_", None)
    found = feature_names(X)
    if wanted is not None and found is not None and list(wanted) != list(found):
        raise InputError(other_names(list(wanted), list(found)))
    if wanted is None and found is not None:
        message = f"X has feature names, but {kind} was fitted without feature names"
        warnings.warn(message, stacklevel=4)
    if wanted is not None and found is None:
        message = f"X does not have valid feature names, but {kind} was fitted with feature names"
        warnings.warn(message, stacklevel=4)
    if n_x != estimator.n_features_in_:
        wanted = f"{kind} is expecting {estimator.n_features_in_} features as input"
        raise InputError(f"X has {n_x} features, but {wanted}.")


def other_names(wanted: list[str], found: list[str]) -> str:
    """What differs between the names at `fit` and those of a later call."""
    lines = ["The feature names should match those that were passed during fit."]
    unseen, missing = sorted(set(found) - set(wanted)), sorted(set(wanted) - set(found))
    if unseen:
        lines += ["Feature names unseen at fit time:", *(f"- {name}" for name in unseen)]
    if missing:
        lines += ["Feature names seen at fit time, yet now missing:", *(f"- {n}" for n in missing)]
    if not unseen and not missing:
        lines.append("Feature names must be in the same order as they were in fit.")
    return "\n".join([*lines, ""])


def scaling_of(X: Array, scaling: str | None, weights: Array | None = None) -> tuple[Array, Array]:
    """The columns that are subtracted from X and divide it, each (n_x, 1).

    Means are summed in float64, whatever X is. A spread that is no more than the rounding of such a
    sum counts as none: divided by it, the next small change would become a huge one.
    """
    if not isinstance(scaling, str | None) or scaling not in ("standard", "mean", None):
        wanted = "'standard', 'mean' or None"
        raise InputError(f"scaling must be {wanted}; found {describe(scaling)}.")
    zero, one = np.zeros((X.shape[0], 1), X.dtype), np.ones((X.shape[0], 1), X.dtype)
    if scaling is None:
        return zero, one
    with np.errstate(all="ignore"):  # the next check says it better
        exact = mean_of(X, weights)
        square = mean_of(X, weights, exact) if scaling == "standard" else one
        rounding = 10 * np.finfo(np.float64).eps * np.sqrt(X.shape[1]) * np.abs(exact)
        mean, spread = exact.astype(X.dtype), np.sqrt(square).astype(X.dtype)
    if not (np.isfinite(mean).all() and np.isfinite(spread).all()):
        raise InputError("X holds numbers so large that their mean or spread overflows.")
    if scaling == "mean":
        return mean, one
    return mean, np.where(spread > rounding, spread, one)


def mean_of(X: Array, weights: Array | None, center: Array | None = None) -> Array:
    """The mean of each row of X as a column of float64, weighted if there are weights.

    With a center, the mean of the squared distances from it. Block after block, so that no second
    copy of X is in memory.
    """
    n_x, m = X.shape
    count = np.ones((m, 1)) if weights is None else weights[:, np.newaxis].astype(np.float64)
    total, width = np.zeros((n_x, 1)), max(1, BLOCK // n_x)
    for start in range(0, m, width):
        block = X[:, start : start + width].astype(np.float64)
        if center is not None:
            np.square(np.subtract(block, center, block), block)
        total += block @ count[start : start + width]
    mean: Array = total / count.sum()
    return mean


def scaled(rows: Array, mean: Array, spread: Array) -> Array:
    """The columns that the network sees, shape (n_x, m)."""
    with np.errstate(all="ignore"):  # the next check says it better
        columns: Array = np.empty(rows.shape, rows.dtype).T  # each example lies in one piece
        np.subtract(rows.T, mean, columns)
        np.divide(columns, spread, columns)
        sound = finite(columns)
    if not sound:
        what = "The numbers in X, scaled, are so large"
        raise InputError(f"{what} that the result overflows.")
    return columns


def check_hidden_sizes(value: object) -> tuple[int, ...]:
    """Return the sizes of the hidden layers; a single number means one layer."""
    value = (value,) if isinstance(value, int | np.integer) else value
    if not isinstance(value, tuple | list):
        wanted = "hidden_layer_sizes must be a tuple of whole numbers"
        raise InputError(f"{wanted}; found {type(value).__name__}.")
    named = ((n, f"hidden_layer_sizes[{l}]") for l, n in enumerate(value))
    return tuple(Whole().take(n, name, Call()) for n, name in named)


class Seeded:
    """A generator from a seed, a generator, None (another one each time), or RandomState.

    ``with Seeded(random_state) as rng``: if what is done inside is refused, nothing was drawn.
    """

    def __init__(self, value: object):
        self.older = value if isinstance(value, np.random.RandomState) else None
        self.before: Any = self.older.get_state() if self.older else None
        if value is None:
            self.rng = np.random.default_rng()
        else:
            seed = value if self.older is None else int(self.older.randint(2**31))
            self.rng = Seed().take(seed, "random_state", Call())
        self.state = self.rng.bit_generator.state

    def __enter__(self) -> np.random.Generator:
        return self.rng

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        if kind is not None and issubclass(kind, InputError):
            self.rng.bit_generator.state = self.state
            if self.older:
                self.older.set_state(self.before)


def switch(value: object, name: str) -> bool:
    """A setting that is on or off; 1 and 0 are such words, too."""
    if not isinstance(value, bool | int | np.bool_ | np.integer) or value not in (0, 1):
        raise InputError(f"{name} must be True or False; found {describe(value)}.")
    return bool(value)
