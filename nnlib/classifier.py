# Plain: edited here; chapter 12 tells of it.
"""The network behind scikit-learn's interface: rows are examples outside, columns inside."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from nnlib.activations import sigmoid
from nnlib.estimator_checks import (
    Estimator,
    NotFittedError,
    check_features,
    check_rows,
    one_axis,
    optional,
    scaled,
)
from nnlib.fitting import check_weights
from nnlib.kinds import Array
from nnlib.learner import Learner
from nnlib.losses import loss_from_z
from nnlib.network import Layer, forward
from nnlib.rule import InputError
from nnlib.rules_arrays import as_array
from nnlib.run import History


class NeuralNetworkClassifier(
    Learner,
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
    class_weight : dict, "balanced" or None
        How much an example of each label counts; "balanced" lets each class count one half.
    early_stopping : bool
        Hold a share of the rows back, end when they are judged no better any more, and keep the
        best network.
    validation_fraction : float
        The share of each class that is held back.
    n_iter_no_change : int
        So many epochs in a row may bring nothing better.
    warm_start : bool
        Go on with the network and the scaling of the `fit` before.
    verbose : bool
        Print how the training stands, about ten times.

    Attributes
    ----------
    classes_ : ndarray, shape (2,)
        The two kinds of label.
    layers_, mean_, spread_ : list of Layer, ndarray (n_x, 1), ndarray (n_x, 1)
        The trained network and its scaling, ready for `model.Model`.
    history_ : History
        Cost and accuracy of each epoch, weighted if there were weights; a fit that goes on adds to
        it.
    loss_curve_, n_iter_ : list of float, int
        The cost of each epoch, and how many epochs there were.
    validation_scores_, best_validation_score_ : list of float, float
        With early stopping: share of right answers on the rows held back; else None.
    """

    classes_: np.ndarray
    n_features_in_: int
    feature_names_in_: np.ndarray
    layers_: list[Layer]
    mean_: Array
    spread_: Array
    history_: History
    loss_curve_: list[float]
    n_iter_: int
    validation_scores_: list[float] | None
    best_validation_score_: float | None

    def __init__(
        self,
        hidden_layer_sizes: int | Sequence[int] = (20,),
        activation: str = "relu",
        learning_rate: float = 0.1,
        epochs: int = 200,
        batch_size: int | None = None,
        scaling: str | None = "standard",
        random_state: int | np.random.Generator | np.random.RandomState | None = 0,
        class_weight: Mapping[Any, float] | str | None = None,
        early_stopping: bool = False,
        validation_fraction: float = 0.1,
        n_iter_no_change: int = 10,
        warm_start: bool = False,
        verbose: bool = False,
    ) -> None:
        self.hidden_layer_sizes = hidden_layer_sizes
        self.activation = activation
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.batch_size = batch_size
        self.scaling = scaling
        self.random_state = random_state
        self.class_weight = class_weight
        self.early_stopping = early_stopping
        self.validation_fraction = validation_fraction
        self.n_iter_no_change = n_iter_no_change
        self.warm_start = warm_start
        self.verbose = verbose

    def __sklearn_tags__(self) -> Any:
        """Tell scikit-learn that this classifier knows two classes, no more."""
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        return tags

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
        z = self.decision_function(X)
        return np.column_stack([sigmoid(-z), sigmoid(z)])  # 1 - a is the sigmoid of -z

    def predict_log_proba(self, X: ArrayLike) -> Array:
        """Logarithm of `predict_proba`, exact where a probability is too small to be told from 0.

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
        z = self.decision_function(X)
        zeros, ones = np.zeros_like(z), np.ones_like(z)
        return -np.column_stack([loss_from_z(z, zeros), loss_from_z(z, ones)])  # (4)

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
        answers, y = self.predict(X), one_axis(as_array(y, "y"))
        if y.shape != answers.shape:
            raise InputError(f"y must have shape {answers.shape}; found shape {y.shape}.")
        right = np.array(answers == y, dtype=bool)
        weights = check_weights(sample_weight, right.size)
        return float(np.average(right, weights=weights))
