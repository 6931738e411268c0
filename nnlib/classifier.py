# Plain: edited here; chapter 12 tells of it.
"""The network behind scikit-learn's interface: rows are examples outside, columns inside."""

import inspect
from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from nnlib.activations import sigmoid
from nnlib.checkpoint import History
from nnlib.estimator_checks import (
    NotFittedError,
    check_features,
    check_hidden_sizes,
    check_random_state,
    check_rows,
    check_targets,
    feature_names,
    optional,
    scaled,
    scaling_of,
)
from nnlib.kinds import ACTIVATION_NAMES, Array
from nnlib.network import Layer, forward, initialize
from nnlib.rule import Call, InputError
from nnlib.rules_arrays import as_array, as_numbers
from nnlib.rules_choices import OneOf
from nnlib.rules_settings import Whole
from nnlib.training import train


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


class NeuralNetworkClassifier(
    optional("sklearn.base", "ClassifierMixin", Estimator),  # type: ignore[misc]
    optional("sklearn.base", "BaseEstimator", object),  # type: ignore[misc]
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
        The trained network and its scaling, ready for `model.Model`.
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
        rows = check_rows(X)
        classes, Y = check_targets(y, rows.shape[0])
        activation = OneOf(*ACTIVATION_NAMES).take(self.activation, "activation", Call())
        sizes = [rows.shape[1], *check_hidden_sizes(self.hidden_layer_sizes), 1]
        epochs, size = Whole().take(self.epochs, "epochs", Call()), self.batch_size
        if size is not None:
            size = min(Whole().take(size, "batch_size", Call()), rows.shape[0])
        rng = check_random_state(self.random_state)
        mean, spread = scaling_of(rows.T, self.scaling)
        X_scaled, before = scaled(rows, mean, spread), rng.bit_generator.state
        try:
            start = initialize(sizes, activation, rng, dtype=rows.dtype)
            layers, history = train(start, X_scaled, Y, self.learning_rate, epochs, size, rng)
        except InputError:
            rng.bit_generator.state = before  # a refused fit has drawn nothing
            raise
        self.classes_, self.n_features_in_ = classes, rows.shape[1]  # now all of it is done
        self.layers_, self.mean_, self.spread_ = layers, mean, spread
        self.history_, self.n_iter_ = history, len(history.costs)
        names = feature_names(X)
        if names is not None:
            self.feature_names_in_ = names
        elif hasattr(self, "feature_names_in_"):
            del self.feature_names_in_
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
        if not hasattr(self, "layers_"):
            raise NotFittedError(f"This {type(self).__name__} is not fitted; call fit first.")
        rows = check_rows(X)
        check_features(self, X, rows.shape[1])
        Z: Any = forward(self.layers_, scaled(rows, self.mean_, self.spread_)).Z[-1]
        z: Array = Z.ravel()
        return z

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
        with np.errstate(over="ignore"):  # what becomes infinite is refused
            weights = as_numbers(sample_weight, "sample_weight")
            total = float(weights.sum())
        if weights.shape != right.shape or weights.min() < 0 or not 0 < total < np.inf:
            raise InputError("sample_weight must hold one number per row, 0 or more, not all 0.")
        return float(weights[right].sum() / total)
