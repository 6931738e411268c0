# Plain: edited here; chapter 12 tells of it.
"""How the classifier learns: from the start, from where it stands, and one epoch at a time."""

import warnings
from typing import Any, NoReturn, Self

import numpy as np
from numpy.typing import ArrayLike

from nnlib.estimator_checks import (
    Seeded,
    check_features,
    check_hidden_sizes,
    check_rows,
    check_targets,
    feature_names,
    optional,
    scaled,
    scaling_of,
    switch,
    two_kinds,
)
from nnlib.fitting import Watch, check_weights, descend, hold_back, listener, mean_one, weights_of
from nnlib.kinds import ACTIVATION_NAMES, Array
from nnlib.network import Layer, initialize
from nnlib.rule import Call, InputError
from nnlib.rules_arrays import as_array
from nnlib.rules_choices import OneOf
from nnlib.rules_settings import Whole
from nnlib.run import History


class Learner:
    """The half of the classifier that learns; `classifier` tells of settings and attributes."""

    hidden_layer_sizes: Any
    activation: Any
    learning_rate: Any
    epochs: Any
    batch_size: Any
    scaling: Any
    random_state: Any
    class_weight: Any
    early_stopping: Any
    validation_fraction: Any
    n_iter_no_change: Any
    warm_start: Any
    verbose: Any

    def fit(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> Self:
        """Train on rows X with labels y, equation (30).

        Parameters
        ----------
        X : array_like, shape (m, n_x)
            Examples, one per row.
        y : array_like, shape (m,)
            Labels of two kinds.
        sample_weight : array_like, shape (m,), optional
            How much each row counts, 0 or more: 2 is as if it were there twice.

        Returns
        -------
        NeuralNetworkClassifier
            The classifier itself.

        Raises
        ------
        InputError
            If X, y, a weight or a setting cannot be used; what was learnt before stays.
        DivergenceError
            If the learning rate is too large.
        KeyboardInterrupt
            After Ctrl-C. The epochs that are done are kept, and a warning says how many.
        """
        rows = check_rows(X)
        classes, Y = check_targets(y, rows.shape[0])
        counts = check_weights(sample_weight, rows.shape[0])
        activation = OneOf(*ACTIVATION_NAMES).take(self.activation, "activation", Call())
        sizes = [rows.shape[1], *check_hidden_sizes(self.hidden_layer_sizes), 1]
        epochs, before = Whole().take(self.epochs, "epochs", Call()), None
        with Seeded(self.random_state) as rng:
            mean, spread = scaling_of(rows.T, self.scaling, counts)
            layers = initialize(sizes, activation, rng, dtype=rows.dtype)
            if switch(self.warm_start, "warm_start") and hasattr(self, "layers_"):
                self._must_go_on(X, classes, layers)
                layers, mean, spread, before = self._stand()
            columns = scaled(rows, mean, spread)
            layers, history, watch = self._descend(layers, columns, Y, classes, counts, epochs, rng)
        self.classes_, self.n_features_in_ = classes, rows.shape[1]  # now all of it is done
        self.layers_, self.mean_, self.spread_, self._rng = layers, mean, spread, rng
        self.history_ = joined(before, history)
        self._note(feature_names(X), watch)
        if history.interrupted:
            cut_short(len(history.costs), epochs)
        return self

    def partial_fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        classes: ArrayLike | None = None,
        sample_weight: ArrayLike | None = None,
    ) -> Self:
        """Go through rows X with labels y once, from where the network stands.

        The first call fixes the scaling: its rows should be like those that follow.

        Parameters
        ----------
        X : array_like, shape (m, n_x)
            Examples, one per row.
        y : array_like, shape (m,)
            Their labels.
        classes : array_like, shape (2,), optional
            The two kinds of label, for a first call whose `y` may not hold both.
        sample_weight : array_like, shape (m,), optional
            How much each row counts, 0 or more.

        Returns
        -------
        NeuralNetworkClassifier
            The classifier itself.

        Raises
        ------
        InputError
            If an argument or a setting cannot be used; what was learnt before stays.
        DivergenceError
            If the numbers overflow.
        """
        if switch(self.early_stopping, "early_stopping"):
            raise InputError("partial_fit goes through the rows once: set early_stopping=False.")
        rows, first = check_rows(X), not hasattr(self, "layers_")
        known, Y = check_targets(y, rows.shape[0], self._known(classes))
        counts = check_weights(sample_weight, rows.shape[0])
        if not first:
            check_features(self, X, rows.shape[1])
        with Seeded(self.random_state if first else self._rng) as rng:
            layers, mean, spread, before = (
                self._start(rows, counts, rng) if first else self._stand()
            )
            columns = scaled(rows, mean, spread)
            layers, history, _ = self._descend(layers, columns, Y, known, counts, 1, rng)
        self.classes_, self.n_features_in_ = known, rows.shape[1]
        self.layers_, self.mean_, self.spread_, self._rng = layers, mean, spread, rng
        self.history_ = joined(before, history)
        self._note(feature_names(X) if first else getattr(self, "feature_names_in_", None), None)
        return self

    # --- from where

    def _start(
        self, rows: Array, counts: Array | None, rng: np.random.Generator
    ) -> tuple[list[Layer], Array, Array, None]:
        """Network and scaling at the start."""
        activation = OneOf(*ACTIVATION_NAMES).take(self.activation, "activation", Call())
        sizes = [rows.shape[1], *check_hidden_sizes(self.hidden_layer_sizes), 1]
        mean, spread = scaling_of(rows.T, self.scaling, counts)
        return initialize(sizes, activation, rng, dtype=rows.dtype), mean, spread, None

    def _stand(self) -> tuple[list[Layer], Array, Array, History]:
        """Network and scaling where it stands, and what was recorded until then."""
        return self.layers_, self.mean_, self.spread_, self.history_

    def _must_go_on(self, X: ArrayLike, classes: np.ndarray, asked: list[Layer]) -> None:
        """Refuse a warm start with other labels, other features or another network."""
        check_features(self, X, asked[0].W.shape[1])
        if classes.tolist() != self.classes_.tolist():
            wanted = f"the labels of the fit before, {' and '.join(map(str, self.classes_))}"
            raise InputError(f"y must hold {wanted}, where warm_start=True goes on from it.")
        shapes = [[(W.shape, name) for W, _, name in net] for net in (self.layers_, asked)]
        if shapes[0] != shapes[1]:
            wanted = "hidden_layer_sizes and activation must be those of the fit before"
            raise InputError(f"{wanted}, where warm_start=True goes on from it.")

    def _known(self, classes: ArrayLike | None) -> np.ndarray | None:
        """The two kinds of label, if they are known before one looks at y."""
        known: np.ndarray | None = getattr(self, "classes_", None)
        if classes is None:
            return known
        given, _ = two_kinds(as_array(classes, "classes").ravel(), "classes")
        if known is not None and given.tolist() != known.tolist():
            first = " and ".join(map(str, known))
            raise InputError(f"classes must be those of the calls before, {first}.")
        return given

    # --- how far

    def _descend(
        self,
        layers: list[Layer],
        X: Array,
        Y: Array,
        classes: np.ndarray,
        counts: Array | None,
        epochs: int,
        rng: np.random.Generator,
    ) -> tuple[list[Layer], History, Watch | None]:
        """The epochs; with early stopping, the best network by the rows held back."""
        weights, watch = weights_of(Y, classes, self.class_weight, counts), None
        patience = Whole().take(self.n_iter_no_change, "n_iter_no_change", Call())
        if switch(self.early_stopping, "early_stopping"):
            rest, held = hold_back(Y, weights, self.validation_fraction, rng)
            watch = Watch(X[:, held], Y[:, held], weights[:, held], patience)
            X, Y, weights = X[:, rest], Y[:, rest], weights[:, rest]
        size = self.batch_size
        if size is not None:
            size = min(Whole().take(size, "batch_size", Call()), X.shape[1])
        after_epoch = listener(epochs, watch, switch(self.verbose, "verbose"))
        s = mean_one(weights, X.dtype)
        layers, history = descend(
            layers, X, Y, self.learning_rate, epochs, size, rng, s, after_epoch
        )
        if not history.costs:  # Ctrl-C came before the first epoch was done: nothing was learnt
            raise KeyboardInterrupt
        return watch.layers if watch and watch.layers else layers, history, watch

    def _note(self, names: np.ndarray | None, watch: Watch | None) -> None:
        """Set what follows from the fit."""
        self.loss_curve_, self.n_iter_ = list(self.history_.costs), len(self.history_.costs)
        self.validation_scores_ = watch.scores if watch else None
        self.best_validation_score_ = watch.best if watch else None
        if names is not None:
            self.feature_names_in_ = names
        elif hasattr(self, "feature_names_in_"):
            del self.feature_names_in_


def joined(before: History | None, after: History) -> History:
    """One history after the other."""
    if before is None:
        return after
    lists = [one + other for one, other in zip(before[:4], after[:4], strict=True)]
    return History._make([*lists, after.interrupted])


def cut_short(done: int, epochs: int) -> NoReturn:
    """Say that a fit was interrupted, and go on with the interrupt: whoever called must stop, too.

    A search over settings would otherwise take the score of half a fit for that of a whole one.
    """
    kind: Any = optional("sklearn.exceptions", "ConvergenceWarning", UserWarning)
    message = f"fit was cut short after {done} of {epochs} epochs; the network of then is kept."
    try:
        warnings.warn(message, kind, stacklevel=3)
    finally:  # also where warnings are errors
        raise KeyboardInterrupt(message)
