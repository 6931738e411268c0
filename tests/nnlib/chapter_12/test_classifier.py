"""The classifier keeps scikit-learn's promises, with and without scikit-learn."""

import os
import subprocess
import sys
import warnings

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.model_selection import GridSearchCV, GroupKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks

from nnlib import images, model
from nnlib import photographs as data
from nnlib.classifier import NeuralNetworkClassifier
from nnlib.estimator_checks import InputTypeError, NotFittedError
from nnlib.rule import DivergenceError, InputError

RNG = np.random.default_rng(6)
ROWS = RNG.normal(size=(60, 3))
WORDS = np.where(ROWS[:, 0] * ROWS[:, 1] > 0, "same", "other")
QUICK = {"epochs": 60, "hidden_layer_sizes": (8,), "learning_rate": 0.5}


# scikit-learn excuses its own SGDClassifier, SGDRegressor, Perceptron and MiniBatchKMeans from this
# check, and gives it to MLPClassifier with all rows at once alone: with mini-batches the two are
# equal in the mean, not number by number. `test_learning` looks at the mean.
DRAWN = {
    "check_sample_weight_equivalence_on_dense_data": "mini-batches are drawn row by row: "
    "one that counts twice comes once, where one that is there twice comes in two batches"
}


@parametrize_with_checks(
    [NeuralNetworkClassifier(), NeuralNetworkClassifier((4, 3), "tanh", 0.05, 100, 16)],
    expected_failed_checks=lambda estimator: DRAWN if estimator.batch_size else {},
)
def test_scikit_learns_own_checks(estimator, check):
    check(estimator)


CHECK_ALL = """
import warnings
warnings.simplefilter("error")
from sklearn.utils.estimator_checks import check_estimator
from nnlib.classifier import NeuralNetworkClassifier

for result in check_estimator(NeuralNetworkClassifier(), on_fail=None, on_skip=None):
    if result["status"] != "passed":
        print(result["check_name"], result["status"], result["exception"])
"""


def test_no_check_fails_and_none_is_excused():
    """In a process of its own: one of the checks wants SCIPY_ARRAY_API set before SciPy starts."""
    environment = {**os.environ, "SCIPY_ARRAY_API": "1"}
    done = subprocess.run(
        [sys.executable, "-c", CHECK_ALL], env=environment, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    excused = [line for line in done.stdout.splitlines() if "pandas is not installed" not in line]
    assert excused == []


@pytest.fixture(scope="module")
def photographs():
    p = data.load_trees()
    with np.load(data.data_folder() / "trees_32.npz", allow_pickle=False) as file:
        block = file["meta_train"][:, 1]
    return images.flatten(p.train_images).T / 255, p.train_labels, block, p


def test_grid_search_over_a_pipeline_on_the_photographs(photographs):
    rows, labels, block, _ = photographs
    pipeline = make_pipeline(
        StandardScaler(), NeuralNetworkClassifier((7,), epochs=15, scaling=None, learning_rate=0.03)
    )
    knob = "neuralnetworkclassifier__learning_rate"
    search = GridSearchCV(pipeline, {knob: [1e-7, 0.03]}, cv=GroupKFold(3))
    search.fit(rows, labels, groups=block)
    assert search.best_params_ == {knob: 0.03}
    assert search.best_score_ > 0.62


def test_cross_validation_on_the_photographs(photographs):
    rows, labels, block, _ = photographs
    classifier = NeuralNetworkClassifier(epochs=60, scaling="mean")
    scores = cross_val_score(classifier, rows, labels, cv=GroupKFold(3), groups=block)
    assert scores.shape == (3,)
    assert scores.min() > 0.6 and scores.mean() > 0.68  # a guess is right in half of all cases


def test_saved_as_a_model_it_says_the_same(photographs, tmp_path):
    rows, labels, _, p = photographs
    classifier = NeuralNetworkClassifier(epochs=5).fit(rows, labels)
    kept = model.Model(classifier.layers_, classifier.mean_, classifier.spread_)
    model.save(tmp_path / "m.npz", kept)
    X = images.scale(images.flatten(p.test_images))
    a = model.probability(model.load(tmp_path / "m.npz"), X)[0]
    assert np.array_equal(a, classifier.predict_proba(X.T)[:, 1])


@pytest.mark.parametrize(
    "labels",
    [["yes", "no"], [0, 1], [-1, 1], [False, True], [1.0, 2.0], [7, 10**12]],
)
def test_labels_of_any_two_kinds_come_back(labels):
    y = np.array(labels)[(ROWS[:, 0] > 0).astype(int)]
    classifier = NeuralNetworkClassifier(**QUICK).fit(ROWS, y)
    assert sorted(classifier.classes_) == sorted(labels)
    answer = classifier.predict(ROWS)
    assert answer.dtype == y.dtype and (answer == y).mean() > 0.95
    assert classifier.score(ROWS, y) == (answer == y).mean()
    a = classifier.predict_proba(ROWS)
    np.testing.assert_allclose(a.sum(axis=1), 1)
    assert ((a[:, 1] > 0.5) == (answer == classifier.classes_[1])).all()
    assert ((classifier.decision_function(ROWS) > 0) == (a[:, 1] > 0.5)).all()


@pytest.mark.parametrize("scaling", ["standard", "mean", None])
def test_scaling(scaling):
    rows = ROWS * [1, 5, 1] + [0, 3, 0]
    rows[:, 2] = 4  # a feature that never changes
    classifier = NeuralNetworkClassifier(scaling=scaling, epochs=1).fit(rows, WORDS)
    scaled = (rows.T - classifier.mean_) / classifier.spread_
    centred, even = scaled[:2].mean(axis=1), scaled[:2].std(axis=1)
    assert np.allclose(centred, 0) == (scaling is not None)
    assert np.allclose(even, 1) == (scaling == "standard")


def test_float32_stays_float32():
    classifier = NeuralNetworkClassifier(**QUICK).fit(ROWS.astype(np.float32), WORDS)
    assert classifier.layers_[0].W.dtype == np.float32
    assert classifier.predict_proba(ROWS.astype(np.float32)).dtype == np.float32


def test_seeds():
    def weights(seed):
        return NeuralNetworkClassifier(random_state=seed, epochs=2).fit(ROWS, WORDS).layers_[0].W

    assert np.array_equal(weights(1), weights(1))
    assert not np.array_equal(weights(1), weights(2))
    assert not np.array_equal(weights(None), weights(None))
    older = np.random.RandomState
    assert np.array_equal(weights(older(3)), weights(older(3)))
    assert np.array_equal(weights(np.random.default_rng(1)), weights(1))


def test_no_hidden_layer_is_logistic_regression_and_a_number_is_one_layer():
    assert len(NeuralNetworkClassifier((), epochs=2).fit(ROWS, WORDS).layers_) == 1
    layers = NeuralNetworkClassifier(5, epochs=2).fit(ROWS, WORDS).layers_
    assert [layer.W.shape[0] for layer in layers] == [5, 1]


class Table:
    """The little that the classifier asks of a data frame."""

    def __init__(self, values, columns):
        self.values, self.columns = values, columns

    def __array__(self, dtype=None, copy=None):
        return np.array(self.values, dtype=dtype)


def test_feature_names():
    table = Table(ROWS, ["red", "green", "blue"])
    classifier = NeuralNetworkClassifier(**QUICK).fit(table, WORDS)
    assert list(classifier.feature_names_in_) == table.columns
    assert np.array_equal(
        clone(classifier).fit(ROWS, WORDS).predict(ROWS), classifier.predict(table)
    )
    with pytest.raises(InputError) as caught:
        classifier.predict(Table(ROWS, ["red", "green", "grey"]))
    assert str(caught.value) == (
        "The feature names should match those that were passed during fit.\n"
        "Feature names unseen at fit time:\n- grey\n"
        "Feature names seen at fit time, yet now missing:\n- blue\n"
    )
    with pytest.raises(InputError, match="must be in the same order as they were in fit"):
        classifier.predict(Table(ROWS, ["green", "red", "blue"]))
    with pytest.warns(UserWarning, match="X does not have valid feature names, but Neural"):
        classifier.predict(ROWS)
    classifier.fit(ROWS, WORDS)
    assert not hasattr(classifier, "feature_names_in_")
    with pytest.warns(UserWarning, match="X has feature names, but Neural"):
        classifier.predict(table)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        classifier.predict(Table(ROWS, [0, 1, 2]))  # numbers are no names


def test_data_frames_of_pandas():
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame(ROWS, columns=["red", "green", "blue"])
    classifier = NeuralNetworkClassifier(**QUICK).fit(table, pandas.Series(WORDS))
    assert list(classifier.feature_names_in_) == ["red", "green", "blue"]
    assert (classifier.predict(table) == WORDS).mean() > 0.8
    with pytest.raises(InputError, match="same order"):
        classifier.predict(table[["blue", "green", "red"]])


def test_a_refused_fit_changes_nothing():
    classifier = NeuralNetworkClassifier(**QUICK).fit(ROWS, WORDS)
    before = dict(vars(classifier))
    for X, y in [(ROWS[:, :2], WORDS[:-1]), (ROWS[0], WORDS), (ROWS, np.full(60, "same"))]:
        with pytest.raises(InputError):
            classifier.fit(X, y)
        assert vars(classifier) == before
    classifier.learning_rate = 1e300
    with pytest.raises(DivergenceError):
        classifier.fit(ROWS, WORDS)
    assert vars(classifier) == {**before, "learning_rate": 1e300}


def test_both_kinds_of_error():
    from sklearn.exceptions import NotFittedError as Theirs

    with pytest.raises(Theirs) as caught:
        NeuralNetworkClassifier().predict(ROWS)
    assert isinstance(caught.value, NotFittedError) and isinstance(caught.value, InputError)
    with pytest.raises(TypeError) as caught:
        NeuralNetworkClassifier().fit([[{}], [1]], [0, 1])
    assert isinstance(caught.value, InputTypeError)


WITHOUT = """
import sys
import warnings
warnings.simplefilter("error")
for name in ("sklearn", "scipy", "matplotlib", "tqdm", "PIL", "pandas", "torch"):
    sys.modules[name] = None  # as if it were not installed
import numpy as np
import importlib, pkgutil
import nnlib
for module in pkgutil.iter_modules(nnlib.__path__):
    if module.name != "plots":  # it draws
        importlib.import_module(f"nnlib.{module.name}")
from nnlib.classifier import NeuralNetworkClassifier
from nnlib.estimator_checks import NotFittedError

rows = np.random.default_rng(0).normal(size=(40, 2))
words = np.where(rows[:, 0] > 0, "yes", "no")
c = NeuralNetworkClassifier((4,))
assert c.get_params()["hidden_layer_sizes"] == (4,) and len(c.get_params()) == 13
assert c.set_params(epochs=50, learning_rate=0.5) is c and c.epochs == 50
for refused, call in [
    ("epoch is no setting of NeuralNetworkClassifier", lambda: c.set_params(epochs=3, epoch=5)),
    ("not fitted", lambda: c.predict(rows)),
]:
    try:
        call()
    except ValueError as error:
        assert refused in str(error), error
    else:
        raise SystemExit("accepted")
assert c.epochs == 50
try:
    c.predict(rows)
except AttributeError as error:
    assert isinstance(error, NotFittedError)
assert c.fit(rows, words).score(rows, words) > 0.95
try:
    c.fit([[{}], [1]], [0, 1])
except TypeError:
    pass
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    c.fit(rows, words[:, np.newaxis])
assert [w.category for w in seen] == [UserWarning]
print("fine")
"""


def test_nnlib_needs_numpy_alone():
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("fine\n", "")
