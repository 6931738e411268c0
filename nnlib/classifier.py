# Woven from chapter 10 by `python -m course tangle`: edit notebooks/text, not this file.
"""The network behind scikit-learn's interface: rows are examples outside, columns inside."""

import importlib
import inspect
import warnings
from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from nnlib.activations import sigmoid
from nnlib.network import Layer, _check_activation, forward, initialize
from nnlib.training import History, train
from nnlib.validation import (
    Array,
    InputError,
    as_array,
    check_count,
    check_numbers,
    check_overflow,
    check_rng,
    describe,
)


def _optional(module: str, name: str, otherwise: object) -> Any:
    """What `module` calls `name`, or `otherwise` where that package is not installed."""
    try:
        return getattr(importlib.import_module(module), name)
    except ImportError:
        return otherwise


def _settings(kind: type) -> list[str]:
    """The names of an estimator's settings: the arguments of its __init__."""
    return list(inspect.signature(kind).parameters)


class _Estimator:
    """What this module needs of scikit-learn's base classes, where they are not installed."""

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Return the settings by name."""
        return {name: getattr(self, name) for name in _settings(type(self))}

    def set_params(self, **params: object) -> Self:
        """Change settings by name and return the estimator."""
        known = _settings(type(self))
        if unknown := [name for name in params if name not in known]:
            wanted = f"wanted one of {', '.join(known)}"
            raise InputError(f"{unknown[0]} is no setting of {type(self).__name__}; {wanted}.")
        for name, value in params.items():
            setattr(self, name, value)
        return self


class NotFittedError(
    InputError,
    _optional("sklearn.exceptions", "NotFittedError", AttributeError),  # type: ignore[misc]
):
    """The classifier was asked for something that only `fit` can give."""


class InputTypeError(InputError, TypeError):
    """An argument holds things that are no numbers at all."""


def _check_finite(X: np.ndarray) -> Array:
    """Return X as float32 or float64; NaN and infinity are refused."""
    with np.errstate(over="ignore"):  # too large a number becomes infinite, and is refused
        X = X if X.dtype in (np.float32, np.float64) else X.astype(np.float64)
    if not np.isfinite(X).all():
        raise InputError("X must be finite; found NaN or infinity.")
    return X


def _check_rows(X: ArrayLike) -> Array:
    """Return X as a floating-point matrix with one row per example."""
    if hasattr(X, "toarray"):
        raise InputTypeError("X is sparse; wanted a dense array: X.toarray() makes one.")
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
    return _check_finite(X)


def _check_targets(y: ArrayLike | None, m: int) -> tuple[np.ndarray, Array]:
    """Return the two classes in y, sorted, and the row of labels 0 and 1, shape (1, m)."""
    if y is None:
        raise InputError("fit requires y to be passed, but the target y is None.")
    mixed = isinstance(y, list | tuple) and len({isinstance(label, str) for label in y}) == 2
    y = as_array(y, "y")
    if y.ndim == 2 and y.shape[1] == 1:
        kind = _optional("sklearn.exceptions", "DataConversionWarning", UserWarning)
        message = "A column-vector y was passed when a 1d array was expected; use y.ravel()."
        warnings.warn(message, kind, stacklevel=4)
        y = y.ravel()
    if y.shape != (m,):
        wanted = f"shape ({m},), one label per row of X"
        raise InputError(f"y must have {wanted}; found shape {y.shape}.")
    if mixed:  # an array would turn the numbers into words
        raise InputTypeError("y must hold labels of one type: found words and others.")
    if y.dtype.kind == "f" and not np.isfinite(y).all():
        raise InputError("y must be finite; found NaN or infinity.")
    if not np.array(y == y, dtype=bool).all():
        raise InputError("y must hold labels; found NaN, which equals nothing.")
    if y.dtype.kind == "f" and (y != y.round()).any():
        raise InputError("y must hold labels of two kinds; found continuous numbers.")
    try:
        classes, labels = np.unique(y, return_inverse=True)
    except TypeError as error:
        raise InputTypeError(f"y must hold labels of one type: {error}.") from None
    if len(classes) != 2:
        found = "1 class" if len(classes) == 1 else f"{len(classes)} classes"
        wanted = "Only binary classification is supported."
        raise InputError(f"y must hold labels of two kinds; found {found}. {wanted}")
    return classes, labels.reshape(1, -1).astype(np.float64)


def _feature_names(X: object) -> np.ndarray | None:
    """The column names of a table if all of them are text, else None."""
    names = getattr(X, "columns", None)
    if names is None or not all(isinstance(name, str) for name in names):
        return None
    return np.array(list(names), dtype=object)


def _other_names(wanted: list[str], found: list[str]) -> str:
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


def _check_features(estimator: "NeuralNetworkClassifier", X: object, n_x: int) -> None:
    """Refuse rows that hold other features than those of `fit`."""
    kind, wanted = type(estimator).__name__, getattr(estimator, "feature_names_in_", None)
    found = _feature_names(X)
    if wanted is not None and found is not None and list(wanted) != list(found):
        raise InputError(_other_names(list(wanted), list(found)))
    if wanted is None and found is not None:
        message = f"X has feature names, but {kind} was fitted without feature names"
        warnings.warn(message, stacklevel=4)
    if wanted is not None and found is None:
        message = f"X does not have valid feature names, but {kind} was fitted with feature names"
        warnings.warn(message, stacklevel=4)
    if n_x != estimator.n_features_in_:
        wanted = f"{kind} is expecting {estimator.n_features_in_} features as input"
        raise InputError(f"X has {n_x} features, but {wanted}.")


def _scaling(X: Array, scaling: str | None) -> tuple[Array, Array]:
    """The columns that are subtracted from X and divide it, each (n_x, 1)."""
    if not isinstance(scaling, str | None) or scaling not in ("standard", "mean", None):
        wanted = "'standard', 'mean' or None"
        raise InputError(f"scaling must be {wanted}; found {describe(scaling)}.")
    zero, one = np.zeros((X.shape[0], 1), X.dtype), np.ones((X.shape[0], 1), X.dtype)
    if scaling is None:
        return zero, one
    with np.errstate(over="ignore", invalid="ignore"):  # the next check says it better
        mean = X.mean(axis=1, keepdims=True)
        spread = X.std(axis=1, keepdims=True) if scaling == "standard" else one
    if not (np.isfinite(mean).all() and np.isfinite(spread).all()):
        raise InputError("X holds numbers so large that their mean or spread overflows.")
    return mean, np.where(spread > 0, spread, one)


def _check_hidden_sizes(value: object) -> tuple[int, ...]:
    """Return the sizes of the hidden layers; a single number means one layer."""
    value = (value,) if isinstance(value, int | np.integer) else value
    if not isinstance(value, tuple | list):
        wanted = "hidden_layer_sizes must be a tuple of whole numbers"
        raise InputError(f"{wanted}; found {type(value).__name__}.")
    return tuple(check_count(n, f"hidden_layer_sizes[{l}]") for l, n in enumerate(value))


def _check_random_state(value: object) -> np.random.Generator:
    """Return a generator from a seed, a generator, None (another one each time), or RandomState."""
    if value is None:
        return np.random.default_rng()
    if isinstance(value, np.random.RandomState):
        value = int(value.randint(2**31))
    return check_rng(value, "random_state")


def _scaled(rows: Array, mean: Array, spread: Array) -> Array:
    """The columns that the network sees, shape (n_x, m)."""
    with np.errstate(over="ignore", invalid="ignore"):  # check_overflow says it better
        columns: Array = (rows.T - mean) / spread
    return check_overflow(columns, "X, scaled,")


def _fit(classifier: "NeuralNetworkClassifier", X: ArrayLike, y: ArrayLike) -> None:
    """Check, turn rows to columns, scale, train; keep the results when all of it is done."""
    rows = _check_rows(X)
    classes, Y = _check_targets(y, rows.shape[0])
    sizes = (rows.shape[1], *_check_hidden_sizes(classifier.hidden_layer_sizes), 1)
    epochs, size = check_count(classifier.epochs, "epochs"), classifier.batch_size
    size = None if size is None else min(check_count(size, "batch_size"), rows.shape[0])
    rng = _check_random_state(classifier.random_state)
    mean, spread = _scaling(rows.T, classifier.scaling)
    layers, history = train(
        initialize(
            sizes, _check_activation(classifier.activation, "activation"), rng, dtype=rows.dtype
        ),
        _scaled(rows, mean, spread),
        Y,
        classifier.learning_rate,
        epochs,
        size,
        rng,
    )
    classifier.classes_, classifier.n_features_in_ = classes, rows.shape[1]
    classifier.layers_, classifier.mean_, classifier.spread_ = layers, mean, spread
    classifier.history_, classifier.n_iter_ = history, len(history.costs)
    names = _feature_names(X)
    if names is not None:
        classifier.feature_names_in_ = names
    elif hasattr(classifier, "feature_names_in_"):
        del classifier.feature_names_in_


def _decide(classifier: "NeuralNetworkClassifier", X: ArrayLike) -> Array:
    """z of the output unit for each row of X, shape (m,)."""
    if not hasattr(classifier, "layers_"):
        raise NotFittedError(f"This {type(classifier).__name__} is not fitted; call fit first.")
    rows = _check_rows(X)
    _check_features(classifier, X, rows.shape[1])
    columns = _scaled(rows, classifier.mean_, classifier.spread_)
    z = forward(classifier.layers_, columns).Z[-1]
    assert z is not None  # only Z[0] is
    return z.ravel()


class NeuralNetworkClassifier(
    _optional("sklearn.base", "ClassifierMixin", _Estimator),  # type: ignore[misc]
    _optional("sklearn.base", "BaseEstimator", object),  # type: ignore[misc]
):
    """A neural network for two classes with scikit-learn's interface; rows are examples.

    Parameters
    ----------
    hidden_layer_sizes : tuple of int
        Units of each hidden layer; () is logistic regression.
    activation : str
        Activation of the hidden layers: "relu", "tanh" or "sigmoid".
    learning_rate : float
        The step size α, above 0.
    epochs : int
        How often to go through all examples.
    batch_size : int or None
        Examples per step, at most all; None takes all at once.
    scaling : "standard", "mean" or None
        What is done to each feature first: subtract its mean and divide by its spread; subtract
        only; nothing.
    random_state : int, numpy.random.Generator, numpy.random.RandomState or None
        Seed of the start weights and the mini-batches; None draws another one each time.

    Attributes
    ----------
    classes_ : ndarray, shape (2,)
        The two kinds of label.
    layers_, mean_, spread_ : list of Layer, ndarray (n_x, 1), ndarray (n_x, 1)
        The trained network and its scaling, ready for `persistence.Model`.
    history_ : History
        Cost and accuracy of each epoch.
    """

    classes_: np.ndarray
    n_features_in_: int
    feature_names_in_: np.ndarray
    layers_: list[Layer]
    mean_: Array
    spread_: Array
    history_: History
    n_iter_: int

    def __init__(
        self,
        hidden_layer_sizes: int | Sequence[int] = (20,),
        activation: str = "relu",
        learning_rate: float = 0.1,
        epochs: int = 200,
        batch_size: int | None = None,
        scaling: str | None = "standard",
        random_state: int | np.random.Generator | np.random.RandomState | None = 0,
    ) -> None:
        self.hidden_layer_sizes = hidden_layer_sizes
        self.activation = activation
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.batch_size = batch_size
        self.scaling = scaling
        self.random_state = random_state

    def __sklearn_tags__(self) -> Any:
        """Tell scikit-learn that this classifier knows two classes, no more."""
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        return tags

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Train on rows X with labels y, equation (30).

        Parameters
        ----------
        X : array_like, shape (m, n_x)
            Examples, one per row.
        y : array_like, shape (m,)
            Labels of two kinds.

        Returns
        -------
        NeuralNetworkClassifier
            The classifier itself.

        Raises
        ------
        InputError
            If X, y or a setting cannot be used; what was learnt before stays.
        DivergenceError
            If the learning rate is too large.
        """
        _fit(self, X, y)
        return self

    def decision_function(self, X: ArrayLike) -> Array:
        """Evidence z of the output unit for each row; above 0 means `classes_[1]`.

        Parameters
        ----------
        X : array_like, shape (m, n_x)
            Examples, one per row.

        Returns
        -------
        ndarray, shape (m,)

        Raises
        ------
        NotFittedError
            If `fit` was not called.
        InputError
            If X is not what `fit` was given: other features, or anything but finite numbers.
        """
        return _decide(self, X)

    def predict_proba(self, X: ArrayLike) -> Array:
        """Probability of each class for each row, in the order of `classes_`.

        Parameters
        ----------
        X : array_like, shape (m, n_x)
            Examples, one per row.

        Returns
        -------
        ndarray, shape (m, 2)

        Raises
        ------
        NotFittedError
            If `fit` was not called.
        InputError
            If X is not what `fit` was given: other features, or anything but finite numbers.
        """
        a = sigmoid(self.decision_function(X))
        return np.column_stack([1 - a, a])

    def predict(self, X: ArrayLike) -> np.ndarray:
        """Likelier class of each row.

        Parameters
        ----------
        X : array_like, shape (m, n_x)
            Examples, one per row.

        Returns
        -------
        ndarray, shape (m,)

        Raises
        ------
        NotFittedError
            If `fit` was not called.
        InputError
            If X is not what `fit` was given: other features, or anything but finite numbers.
        """
        labels = (self.decision_function(X) > 0).astype(int)
        likelier: np.ndarray = self.classes_[labels]
        return likelier

    def score(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> float:
        """Share of rows that `predict` gets right.

        Parameters
        ----------
        X : array_like, shape (m, n_x)
            Examples, one per row.
        y : array_like, shape (m,)
            Their labels.
        sample_weight : array_like, shape (m,), optional
            How much each row counts, 0 or more; all alike by default.

        Returns
        -------
        float
            From 0 to 1.

        Raises
        ------
        InputError
            If an argument cannot be used.
        """
        answers, y = self.predict(X), as_array(y, "y")
        if y.shape != answers.shape:
            raise InputError(f"y must have shape {answers.shape}; found shape {y.shape}.")
        right = np.array(answers == y, dtype=bool)
        if sample_weight is None:
            return float(right.mean())
        weights = check_numbers(sample_weight, "sample_weight")
        with np.errstate(over="ignore"):  # an infinite total is refused
            total = float(weights.sum())
        if weights.shape != right.shape or weights.min() < 0 or not 0 < total < np.inf:
            raise InputError("sample_weight must hold one number per row, 0 or more, not all 0.")
        return float(weights[right].sum() / total)
