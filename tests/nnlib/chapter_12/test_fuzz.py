"""Random calls of the classifier and the command line, as those of the functions in chapter 10."""

import contextlib
import io
from collections import Counter

import numpy as np
import pytest
from fuzzing import call_often, one_of, right, row, word

from nnlib.__main__ import main
from nnlib.checkpoint import saver
from nnlib.classifier import NeuralNetworkClassifier
from nnlib.model import Model, save
from nnlib.network import initialize
from nnlib.rule import InputError
from nnlib.training import train

CALLS = 300  # of each
RNG = np.random.default_rng(0)
X = RNG.normal(size=(3, 5))
Y = np.array([[0.0, 1.0, 1.0, 0.0, 1.0]])
PIXELS = RNG.integers(0, 256, (5, 2, 2, 3), np.uint8)
NETWORK = initialize((12, 4, 1), rng=0)
FITTED = NeuralNetworkClassifier((2,), epochs=2).fit(X.T, ["b", "a", "a", "b", "a"])


def fit(X, y, sample_weight=None, **settings):
    """Fit a classifier and ask it everything."""
    made = NeuralNetworkClassifier(**settings).fit(X, y, sample_weight)
    share = made.score(X, np.ravel(y))
    logs = made.predict_log_proba(X)
    answers = made.predict(X), made.predict_proba(X), made.decision_function(X), share, logs
    return made.layers_, made.mean_, made.spread_, made.history_, *answers


def partial(X, y, classes):
    """Go through the rows twice."""
    made = NeuralNetworkClassifier((2,)).partial_fit(X, y, classes).partial_fit(X, y)
    return made.layers_, made.history_, made.predict_proba(X)


def ask(X, y, sample_weight):
    """Ask a fitted classifier about anything."""
    return FITTED.predict(X), FITTED.predict_proba(X), FITTED.score(X, y, sample_weight)


def run(arguments):
    """The command line: its exit status is 0, 1 or 2, and it is quiet about everything else."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            status = main(arguments)
        except SystemExit as left:
            status = left.code
    assert status in (0, 1, 2)
    if status:
        raise InputError("refused")
    return status


rows = right(
    lambda: X.T, lambda: X.T.tolist(), lambda: X.T.astype(object), lambda: X.T * np.float32(1e30)
)
words = right(
    lambda: ["b", "a", "a", "b", "a"],
    lambda: [True, False, True, False, False],
    lambda: np.array([3, 9, 3, 3, 9]),
    lambda: [["b"], ["a"], ["a"], ["b"], ["a"]],
    lambda: ["a"] * 5,
    lambda: [1, "a", "a", 1, "a"],
)
rate = right(lambda: 0.1, lambda: 1, lambda: 20.0, lambda: 1e300, lambda: 1e-300)
count = right(lambda: 0, lambda: 1, lambda: 3, lambda: np.int32(2))
seed = right(lambda: 0, lambda: 2**70, lambda: np.random.default_rng(3))
choice = right(lambda: "relu", lambda: "tanh", lambda: "sigmoid", lambda: ["tanh"])
nothing = right(lambda: None)
begin = row(
    word("train"),
    word(*["photos.npz"] * 4, "text.npz", "none"),
    word("--quiet"),
    word(*["--epochs=2"] * 4, "--epochs=-1", "--epochs=x", f"--epochs={10**30}"),
    word(*["--learning-rate=0.1"] * 4, "--learning-rate=nan"),
    word("--batch-size=2", "--hidden=4", "--batch-size=0", f"--hidden={10**12}"),
    word(*["new.npz"] * 4, "none/new.npz", "").map("--out={}".format),
)
going_on = row(
    begin,
    word(*["run.npz"] * 4, "model.npz", "none", "new.npz").map("--checkpoint={}".format),
    word("--resume"),
    word("--seed=0", "--seed=1", "--every=3", "--every=0"),
).map(lambda parts: [*parts[0], *parts[1:]])
use = row(
    word("evaluate", "predict"),
    word("model.npz", "new.npz", "run.npz", "none"),
    word("photos.npz", "text.npz", "none.png"),
)
any_word = word("train", "evaluate", "--seed", "-1", "\0", "--help")
command = one_of(begin, going_on, use, one_of(*(row(*[any_word] * length) for length in range(4))))

TARGETS = [
    (fit, {"X": rows, "y": words, "epochs": count, "batch_size": nothing, "random_state": seed}),
    (
        fit,
        {
            "X": rows,
            "y": words,
            "hidden_layer_sizes": right(lambda: (2,), lambda: (), lambda: 3),
            "activation": choice,
            "learning_rate": rate,
            "epochs": word(2),
            "batch_size": count,
            "scaling": right(lambda: "standard", lambda: "mean", lambda: None),
        },
    ),
    (
        fit,
        {
            "X": right(lambda: np.vstack([X.T, X.T, X.T])),
            "y": right(lambda: ["b", "a", "a", "b", "a"] * 3, lambda: [3, 9, 3, 3, 9] * 3),
            "sample_weight": right(lambda: None, lambda: [1, 2, 0] * 5, lambda: np.arange(15.0)),
            "epochs": word(3),
            "hidden_layer_sizes": word((2,)),
            "class_weight": right(lambda: None, lambda: "balanced", lambda: {"a": 2.0, "b": 0.5}),
            "early_stopping": right(lambda: False, lambda: True),
            "validation_fraction": right(lambda: 0.2, lambda: 0.5, lambda: 1e-9),
            "n_iter_no_change": count,
            "warm_start": right(lambda: False, lambda: True),
            "verbose": right(lambda: False, lambda: 0),
        },
    ),
    (partial, {"X": rows, "y": words, "classes": right(lambda: None, lambda: ["a", "b"])}),
    (ask, {"X": rows, "y": words, "sample_weight": right(lambda: None, lambda: [1, 2, 0, 1, 1])}),
    (run, {"arguments": command}),
]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with a model, a run and some photographs, where the calls may write."""
    monkeypatch.chdir(tmp_path)
    save("model.npz", Model(NETWORK))
    data = {"X_train": PIXELS, "y_train": Y[0], "X_test": PIXELS, "y_test": Y[0]}
    np.savez("photos.npz", **data)
    start = initialize((12, 4, 1))
    centred = (PIXELS.reshape(5, 12).T / 255) - (PIXELS.reshape(5, 12).T / 255).mean(1)[:, None]
    train(start, centred, Y, 0.1, 1, after_epoch=saver("run.npz", 1))
    (tmp_path / "text.npz").write_text("no numbers")


def test_random_calls(folder):
    counts = Counter()
    for target, arguments in TARGETS:
        call_often(target, arguments, CALLS, counts)
    assert counts["calls"] >= CALLS * len(TARGETS)
    assert all(counts[target] > CALLS / 20 for target, _ in TARGETS), counts
