"""Weights, early stopping, going on: what the classifier's fit can do, beside scikit-learn's."""

import contextlib
import io
import os
import signal
import subprocess
import sys
import threading
import warnings

import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.neural_network import _multilayer_perceptron as perceptron
from sklearn.utils.class_weight import compute_sample_weight

from nnlib.classifier import NeuralNetworkClassifier
from nnlib.exchange import to_sklearn
from nnlib.fitting import descend, hold_back, mean_one
from nnlib.gradient_check import numerical_gradient
from nnlib.losses import loss_from_z
from nnlib.network import Layer, forward, initialize
from nnlib.rule import DivergenceError, InputError
from nnlib.training import train

RNG = np.random.default_rng(6)
ROWS = RNG.normal(size=(80, 3))
WORDS = np.where(ROWS[:, 0] + RNG.normal(size=80) > 0.8, "rare", "common")
COUNTS = RNG.integers(0, 4, 80)
QUICK = {"epochs": 60, "hidden_layer_sizes": (8,), "learning_rate": 0.5}


def fit(X=ROWS, y=WORDS, sample_weight=None, **settings):
    return NeuralNetworkClassifier(**{**QUICK, **settings}).fit(X, y, sample_weight)


def theirs(start, **settings):
    """scikit-learn's network with our start, our steps and nothing else."""
    mlp = to_sklearn(start)
    plain = {"solver": "sgd", "momentum": 0.0, "alpha": 0.0, "warm_start": True, "tol": 1e-4}
    return mlp.set_params(**plain, batch_size=10**6, random_state=0, **settings)


# --- weights


@pytest.mark.parametrize("scaling", ["standard", "mean", None])
@pytest.mark.parametrize("hidden", [(), (8,)])
def test_a_weight_of_two_is_a_row_that_is_there_twice(hidden, scaling):
    weighted = fit(sample_weight=COUNTS, hidden_layer_sizes=hidden, scaling=scaling)
    rows, words = ROWS.repeat(COUNTS, axis=0), WORDS.repeat(COUNTS)
    repeated = fit(rows, words, hidden_layer_sizes=hidden, scaling=scaling)
    np.testing.assert_allclose(weighted.predict_proba(ROWS), repeated.predict_proba(ROWS), 1e-9)
    np.testing.assert_allclose(weighted.loss_curve_, repeated.loss_curve_, 1e-9)
    assert weighted.score(ROWS, WORDS, COUNTS) == pytest.approx(repeated.score(rows, words))


def test_with_mini_batches_the_two_are_equal_in_the_mean():
    """They draw other batches, and both end around the lowest weighted cost, which is known."""
    alone = {"hidden_layer_sizes": (), "scaling": None}
    few = {"batch_size": 8, "learning_rate": 0.2, "epochs": 150, **alone}

    def mean(*data):
        fits = [fit(*data, **few, random_state=seed).decision_function(ROWS) for seed in (0, 1)]
        return np.mean(fits, axis=0)

    lowest = fit(ROWS, WORDS, COUNTS, **alone | {"learning_rate": 1.0, "epochs": 4000})
    z = lowest.decision_function(ROWS)
    assert np.abs(mean(ROWS, WORDS, COUNTS) - z).max() < 0.15
    assert np.abs(mean(ROWS.repeat(COUNTS, axis=0), WORDS.repeat(COUNTS)) - z).max() < 0.15
    assert np.abs(mean(ROWS, WORDS) - z).max() > 0.4


def test_equal_weights_change_no_bit():
    plain, alike = fit(), fit(sample_weight=np.full(80, 0.3))
    assert plain.predict_proba(ROWS).tobytes() == alike.predict_proba(ROWS).tobytes()


def test_the_weighted_step_goes_down_the_weighted_cost():
    X, Y = ROWS.T, (WORDS == "rare").reshape(1, -1).astype(float)
    layers, s = initialize((3, 4, 1), "tanh", 3), mean_one(COUNTS[np.newaxis] + 0.5, float)

    def weighted_cost(W):
        Z = forward([Layer(W, layers[0].b, "tanh"), layers[1]], X).Z[-1]
        return float(np.mean(s * loss_from_z(Z, Y)))

    after, history = descend(layers, X, Y, 1.0, 1, weights=s)
    assert history.costs[0] == pytest.approx(weighted_cost(layers[0].W))
    step = layers[0].W - after[0].W
    np.testing.assert_allclose(step, numerical_gradient(weighted_cost, layers[0].W), atol=1e-8)
    ones, history = descend(layers, X, Y, 1.0, 9, 20, weights=np.ones_like(s))
    same, expected = train(layers, X, Y, 1.0, 9, 20)
    np.testing.assert_allclose(ones[0].W, same[0].W, rtol=1e-10)
    np.testing.assert_allclose(history.costs, expected.costs, rtol=1e-12)
    assert history.accuracies == pytest.approx(expected.accuracies)


def test_weights_of_rows_and_classes_beside_scikit_learns():
    ours = fit(sample_weight=COUNTS, scaling=None, epochs=30)
    balanced = compute_sample_weight("balanced", WORDS)
    for classifier, weights in ((ours, COUNTS), (fit(class_weight="balanced", scaling=None), None)):
        mlp = theirs(initialize((3, 8, 1), rng=0), learning_rate_init=0.5)
        mlp.set_params(max_iter=classifier.n_iter_)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            mlp.fit(ROWS, WORDS == "rare", balanced if weights is None else weights)
        assert classifier.predict_proba(ROWS)[:, 1] == pytest.approx(mlp.predict_proba(ROWS)[:, 1])


@pytest.mark.parametrize("weight", ["balanced", {"rare": 5.0}, {"rare": 3, "common": 0.5}, None])
def test_class_weights_lead_where_logistic_regression_leads(weight):
    settings = {"hidden_layer_sizes": (), "epochs": 4000, "learning_rate": 1.0, "scaling": None}
    ours = fit(class_weight=weight, **settings)
    other = LogisticRegression(C=np.inf, class_weight=weight, tol=1e-10).fit(ROWS, WORDS)
    np.testing.assert_allclose(ours.predict_proba(ROWS), other.predict_proba(ROWS), atol=1e-5)


@pytest.mark.parametrize(
    ("settings", "weights", "sentence"),
    [
        ({}, [1.0, 2.0], "sample_weight must hold one number per row, 0 or more, not all of"),
        ({}, -np.ones(80), "sample_weight must hold one number per row, 0 or more, not all of"),
        ({}, np.zeros(80), "not all of them zero"),
        ({}, np.full(80, np.nan), "sample_weight must be finite"),
        ({}, (WORDS == "rare") * 1.0, "must leave both classes a weight above 0"),
        ({"class_weight": "even"}, None, "class_weight must be 'balanced', None, or a dict"),
        ({"class_weight": {"tree": 2}}, None, "class_weight must name labels of y, common and"),
        ({"class_weight": {"rare": -2}}, None, "'rare'] must be one number, 0 or more"),
        ({"class_weight": {"rare": "x"}}, None, "'rare'] must hold real numbers"),
        ({"class_weight": {"rare": 0}}, None, "must leave both classes a weight above 0"),
        ({"class_weight": {"rare": 1e308}}, np.full(80, 10.0), "their sum overflows"),
    ],
)
def test_weights_that_cannot_be_used(settings, weights, sentence):
    with pytest.raises(InputError) as caught:
        fit(sample_weight=weights, **settings)
    assert sentence in str(caught.value)


# --- early stopping


def test_early_stopping_keeps_what_scikit_learns_keeps(monkeypatch):
    """The same rows held back, the same start, the same steps: the same epoch, and its network."""
    settings = {"scaling": None, "early_stopping": True, "validation_fraction": 0.3}
    for seed, patience in ((0, 3), (1, 10), (2, 25)):
        ours = fit(random_state=seed, n_iter_no_change=patience, epochs=150, **settings)
        rng = np.random.default_rng(seed)
        start = initialize((3, 8, 1), rng=rng)
        Y = (WORDS == "rare").reshape(1, -1).astype(float)
        rest, held = hold_back(Y, np.ones_like(Y), 0.3, rng)
        monkeypatch.setattr(
            perceptron,
            "train_test_split",
            lambda X, y, rest=rest, held=held, **_: (X[rest], X[held], y[rest], y[held]),
        )
        mlp = theirs(start, max_iter=150, early_stopping=True, learning_rate_init=0.5)
        mlp.set_params(n_iter_no_change=patience)
        mlp.best_validation_score_, mlp.validation_scores_ = -np.inf, []
        mlp._no_improvement_count, mlp.loss_curve_, mlp.t_ = 0, [], 0
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            mlp.fit(ROWS, WORDS == "rare")
        assert ours.n_iter_ == mlp.n_iter_ and ours.validation_scores_ == mlp.validation_scores_
        assert ours.predict_proba(ROWS)[:, 1] == pytest.approx(mlp.predict_proba(ROWS)[:, 1])
        assert ours.best_validation_score_ == max(ours.validation_scores_)


def test_the_share_that_is_held_back_is_one_of_each_class():
    Y = np.array([[1.0] * 10 + [0.0] * 40])
    rest, held = hold_back(Y, np.ones_like(Y), 0.2, np.random.default_rng(0))
    assert Y[0, held].tolist().count(1) == 2 and held.size == 10
    assert sorted([*rest, *held]) == list(range(50))


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"validation_fraction": 0.0}, "validation_fraction must be between 0 and 1; found 0."),
        (
            {"validation_fraction": 10**400},
            "validation_fraction must be between 0 and 1; found int.",
        ),
        ({"validation_fraction": "some"}, "validation_fraction must be a number; found 'some'."),
        ({"validation_fraction": 0.99}, "must hold back rows of each class and leave rows"),
        ({"n_iter_no_change": 0}, "n_iter_no_change must be at least 1; found 0."),
        ({"early_stopping": "yes"}, "early_stopping must be True or False; found 'yes'."),
        ({"verbose": "much"}, "verbose must be True or False; found 'much'."),
        ({"warm_start": None}, "warm_start must be True or False; found NoneType."),
    ],
)
def test_settings_of_early_stopping_that_cannot_be_used(settings, sentence):
    with pytest.raises(InputError) as caught:
        fit(**{"early_stopping": True, **settings})
    assert sentence in str(caught.value)


# --- going on


@pytest.mark.parametrize("batch_size", [None, 7])
def test_partial_fits_are_the_epochs_of_one_fit(batch_size):
    whole, parts = fit(epochs=4, batch_size=batch_size), NeuralNetworkClassifier(**QUICK)
    parts.set_params(batch_size=batch_size)
    for _ in range(4):
        assert parts.partial_fit(ROWS, WORDS) is parts
    assert whole.predict_proba(ROWS).tobytes() == parts.predict_proba(ROWS).tobytes()
    assert whole.loss_curve_ == parts.loss_curve_ and parts.n_iter_ == 4


def test_a_warm_start_goes_on():
    whole, parts = fit(epochs=60), NeuralNetworkClassifier(**QUICK, warm_start=True)
    for _ in range(3):
        parts.set_params(epochs=20).fit(ROWS, WORDS)
    assert whole.predict_proba(ROWS).tobytes() == parts.predict_proba(ROWS).tobytes()
    assert whole.loss_curve_ == parts.loss_curve_ and parts.n_iter_ == 60
    cold = parts.set_params(warm_start=False).fit(ROWS, WORDS)
    assert cold.n_iter_ == 20


def test_a_stream_may_begin_with_one_class():
    stream = NeuralNetworkClassifier(**QUICK)
    stream.partial_fit(ROWS[:5], ["common"] * 5, classes=["rare", "common"])
    for start in range(0, 80, 10):
        stream.partial_fit(ROWS[start : start + 10], WORDS[start : start + 10])
    assert stream.classes_.tolist() == ["common", "rare"] and stream.n_iter_ == 9


def test_what_cannot_go_on_is_refused_and_changes_nothing():
    warm, long = fit(warm_start=True), NeuralNetworkClassifier()
    before = dict(vars(warm))
    for call, sentence in [
        (lambda: warm.fit(ROWS, WORDS == "rare"), "y must hold the labels of the fit before"),
        (lambda: warm.fit(ROWS[:, :2], WORDS), "X has 2 features, but"),
        (lambda: warm.partial_fit(ROWS, ["x"] * 80), "y must hold the labels common and rare"),
        (lambda: warm.partial_fit(ROWS, [10**5000] * 80), "y must hold the labels .* found int"),
        (lambda: warm.partial_fit(ROWS, WORDS, classes=[0, 1]), "classes must be those of the"),
        (lambda: long.partial_fit(ROWS, [1] * 80, classes=[0, 10**5000]), "labels 0 and int alone"),
        (lambda: warm.partial_fit(ROWS, WORDS, classes=[0, 1, 2]), "classes must hold labels of"),
        (lambda: warm.partial_fit(ROWS[:, :2], WORDS), "X has 2 features, but"),
    ]:
        with pytest.raises(InputError, match=sentence):
            call()
        assert vars(warm) == before
    warm.hidden_layer_sizes = (9,)
    with pytest.raises(InputError, match="hidden_layer_sizes and activation must be those of"):
        warm.fit(ROWS, WORDS)
    with pytest.raises(InputError, match="partial_fit goes through the rows once"):
        NeuralNetworkClassifier(early_stopping=True).partial_fit(ROWS, WORDS)
    with pytest.raises(InputError, match="found 1 class"):
        NeuralNetworkClassifier().partial_fit(ROWS, ["x"] * 80)


# --- Ctrl-C


def test_ctrl_c_ends_a_search():
    """One press, in the middle of a grid search: the search stops, as with every estimator."""
    script = """
import os, signal, threading, time
import numpy as np
from sklearn.model_selection import GridSearchCV
from nnlib.classifier import NeuralNetworkClassifier
X = np.random.default_rng(0).normal(size=(1000, 20)); y = (X[:, 0] > 0).astype(int)
fits = []
class Counted(NeuralNetworkClassifier):
    def fit(self, X, y):
        fits.append(1)
        if len(fits) == 4:
            threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
        return super().fit(X, y)
grid = {"epochs": [20, 10**7]}
search = GridSearchCV(Counted((50,)), grid, cv=3)
try:
    search.fit(X, y)
except KeyboardInterrupt:
    print("stopped after", len(fits))
"""
    done = subprocess.run(
        [sys.executable, "-W", "always", "-c", script], capture_output=True, text=True, timeout=120
    )
    assert done.stdout == "stopped after 4\n", done.stderr
    assert "ConvergenceWarning: fit was cut short after " in done.stderr


@pytest.mark.parametrize("action", ["always", "error"])
def test_a_fit_that_was_cut_short_says_so_and_keeps_what_it_has(action):
    classifier = NeuralNetworkClassifier((30,), epochs=10**8)
    presser = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter(action)
        presser.start()
        with pytest.raises(KeyboardInterrupt, match="cut short after"):
            classifier.fit(ROWS, WORDS)
    if action == "always":
        assert [w.category for w in seen] == [ConvergenceWarning]
    assert classifier.history_.interrupted
    assert 0 < classifier.n_iter_ == len(classifier.loss_curve_)
    assert classifier.predict(ROWS).shape == (80,)


# --- the rest


def test_logarithms_of_probabilities_that_no_float_can_hold():
    classifier = fit(hidden_layer_sizes=(), scaling=None)
    W, b, name = classifier.layers_[0]
    classifier.layers_ = [Layer(1e3 * W / np.abs(W).max(), 0 * b, name)]
    z = classifier.decision_function(ROWS)
    logs = classifier.predict_log_proba(ROWS)
    assert z.min() < -800 and z.max() > 800
    assert np.isfinite(logs).all() and (logs <= 0).all()
    np.testing.assert_allclose(logs[:, 1] - logs[:, 0], z, rtol=1e-12)
    soft = fit()
    np.testing.assert_allclose(np.exp(soft.predict_log_proba(ROWS)), soft.predict_proba(ROWS))


def test_verbose_tells_ten_times_and_when_it_stops():
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        fit(verbose=True)
    lines = printed.getvalue().splitlines()
    assert len(lines) == 11 and lines[0].startswith("epoch 1 of 60: cost 0.")
    assert lines[-1].startswith("epoch 60 of 60: cost 0.") and lines[-1].endswith("% right")
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        fit(verbose=True, early_stopping=True, n_iter_no_change=3)
    assert "; held back: " in printed.getvalue()
    assert printed.getvalue().splitlines()[-1].startswith("stopped: no better on the rows held")
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        fit()
    assert printed.getvalue() == ""


def test_a_column_of_labels_is_taken_by_fit_and_by_score():
    column = WORDS[:, np.newaxis]
    with pytest.warns(UserWarning, match="A column-vector y was passed"):
        classifier = NeuralNetworkClassifier(**QUICK).fit(ROWS, column)
    with pytest.warns(UserWarning, match="A column-vector y was passed"):
        assert classifier.score(ROWS, column) == classifier.score(ROWS, WORDS)


def test_a_refused_fit_moves_no_generator():
    older, newer = np.random.RandomState(3), np.random.default_rng(3)
    for source, state in (
        (older, lambda: older.get_state()[2]),
        (newer, lambda: newer.bit_generator.state),
    ):
        before = state()
        for wrong in ({"learning_rate": -1}, {"batch_size": 0}, {"activation": "swish"}):
            with pytest.raises(InputError):
                fit(random_state=source, **wrong)
        with pytest.raises(DivergenceError):
            fit(random_state=source, learning_rate=1e300)
        assert state() == before
        fit(random_state=source)
        assert state() != before


@pytest.mark.parametrize("value", [0.1, 1e4 / 3, -7.7e-5, 123456.789])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_constant_column_is_divided_by_nothing(value, dtype):
    rows = np.column_stack([RNG.normal(size=997), np.full(997, value)]).astype(dtype)
    classifier = fit(rows, rows[:, 0] > 0, epochs=2)
    assert classifier.spread_[1, 0] == 1
    rows[:, 1] *= dtype(1.001)
    assert np.abs(classifier.decision_function(rows)).max() < 1e3
    tiny = np.column_stack([rows[:, 0], 1e-12 * RNG.normal(size=997)])
    assert fit(tiny, rows[:, 0] > 0, epochs=2).spread_[1, 0] == pytest.approx(1e-12, rel=0.1)


def test_float32_rows_far_from_0_are_scaled_as_float64_would():
    rng = np.random.default_rng(0)
    rows = (1e4 + rng.normal(size=(200_000, 2))).astype(np.float32)
    right = rows[:, 0] + 0.2 * rng.normal(size=200_000) > 1e4
    classifier = fit(rows, right, epochs=30, hidden_layer_sizes=(), learning_rate=1.0)
    exact = rows.astype(np.float64)
    np.testing.assert_allclose(classifier.mean_[:, 0], exact.mean(axis=0), rtol=1e-7)
    np.testing.assert_allclose(classifier.spread_[:, 0], exact.std(axis=0), rtol=1e-6)
    assert classifier.score(rows, right) > 0.9


def test_no_floating_point_error_where_the_caller_wants_to_see_every_one():
    rows = ROWS * [1, 1e-160, 1e-300]
    quiet = fit(rows, sample_weight=COUNTS)
    with np.errstate(all="raise"):
        loud = fit(rows, sample_weight=COUNTS)
        loud.predict_log_proba(rows), loud.score(rows, WORDS, COUNTS)
        fit(rows.astype(np.longdouble), early_stopping=True, class_weight="balanced")
    assert loud.predict_proba(rows).tobytes() == quiet.predict_proba(rows).tobytes()


def test_after_a_search_over_class_weights_everything_can_be_asked():
    from sklearn.model_selection import GridSearchCV

    grid = {"class_weight": [None, "balanced"], "early_stopping": [False, True]}
    search = GridSearchCV(NeuralNetworkClassifier(**QUICK), grid, scoring="neg_log_loss", cv=3)
    search.fit(ROWS, WORDS, sample_weight=np.ones(80))
    assert np.isfinite(search.cv_results_["mean_test_score"]).all()
    assert isinstance(search.best_estimator_, NeuralNetworkClassifier)
    assert isinstance(to_sklearn(search.best_estimator_.layers_), MLPClassifier)
