"""The training loop of chapter 08."""

import importlib
import sys
from collections import Counter
from importlib.util import find_spec

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnlib.rules_arrays
import nnlib.training
from nnlib.checkpoint import History
from nnlib.gradient_check import relative_difference
from nnlib.losses import accuracy, cost_from_z
from nnlib.network import backward, forward, initialize, predict, update
from nnlib.photographs import load_features
from nnlib.rule import InputError
from nnlib.training import batches, train


def task(m=60, seed=0):
    """Two features; the label says whether the point lies inside a circle."""
    X = np.random.default_rng(seed).standard_normal((2, m))
    return X, (np.sum(X**2, axis=0, keepdims=True) < 1.2).astype(int)


def arrays(layers):
    return [array for layer in layers for array in layer[:2]]


def same(first, second):
    return all(np.array_equal(p, q) for p, q in zip(arrays(first), arrays(second), strict=True))


def near(first, second):
    """Equal to rounding: the engine of chapter 13 takes the same steps in another order."""
    pairs = zip(arrays(first), arrays(second), strict=True)
    return all(relative_difference(p, q) < 1e-12 for p, q in pairs)


# --- batches --------------------------------------------------------------------------------------


@given(m=st.integers(1, 200), data=st.data())
def test_batches_hold_every_example_once(m, data):
    size = data.draw(st.integers(1, m))
    pieces = batches(m, size, data.draw(st.integers(0, 100)))
    np.testing.assert_array_equal(np.sort(np.concatenate(pieces)), np.arange(m))
    assert [len(piece) for piece in pieces[:-1]] == [size] * (len(pieces) - 1)
    assert 1 <= len(pieces[-1]) <= size


def test_batches_are_drawn_anew_from_a_generator_and_repeat_from_a_seed():
    rng = np.random.default_rng(0)
    first, second = batches(50, 10, rng), batches(50, 10, rng)
    assert not np.array_equal(np.hstack(first), np.hstack(second))
    np.testing.assert_array_equal(np.hstack(first), np.hstack(batches(50, 10, 0)))
    assert not np.array_equal(np.hstack(first), np.arange(50))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((7, 0, 0), "batch_size must be at least 1"),
        ((7, 8, 0), "batch_size must be at most 7"),
        ((7, 2.0, 0), "batch_size must be a whole number"),
        ((0, 1, 0), "m must be at least 1"),
        ((7, 2, None), "rng must be a seed"),
    ],
)
def test_batches_refuses(arguments, words):
    with pytest.raises(InputError, match=words):
        batches(*arguments)


# --- train ----------------------------------------------------------------------------------------


@pytest.mark.equation(30)
@pytest.mark.equation(35)
@pytest.mark.equation(36)
def test_full_batch_is_forward_backward_update_and_measures_before_each_step():
    X, Y = task()
    layers = start = initialize((2, 5, 3, 1), rng=1)
    costs, shares = [], []
    for _ in range(4):
        cache = forward(layers, X)
        costs.append(cost_from_z(cache.Z[-1], Y))
        shares.append(accuracy(predict(layers, X), Y))
        layers = update(layers, backward(layers, cache, Y), 0.3)
    trained, history = train(start, X, Y, 0.3, 4)
    assert isinstance(history, History)
    assert near(trained, layers)
    np.testing.assert_allclose(history.costs, costs, rtol=1e-12)
    np.testing.assert_allclose(history.accuracies, shares, rtol=1e-12)
    assert history.test_costs == history.test_accuracies == []


def test_one_batch_of_all_examples_is_the_full_batch_up_to_order():
    X, Y = task()
    start = initialize((2, 5, 1), rng=1)
    full, history = train(start, X, Y, 0.3, 10)
    mini, mini_history = train(start, X, Y, 0.3, 10, batch_size=60)
    for p, q in zip(arrays(full), arrays(mini), strict=True):
        assert relative_difference(p, q) < 1e-12
    np.testing.assert_allclose(history.costs, mini_history.costs, rtol=1e-12)


def test_mini_batches_are_steps_on_the_batches_in_their_order():
    X, Y = task(m=23)
    layers = start = initialize((2, 4, 1), rng=2)
    rng, costs = np.random.default_rng(9), []
    for _ in range(3):
        total = 0.0
        for piece in batches(23, 5, rng):
            cache = forward(layers, X[:, piece])
            total += cost_from_z(cache.Z[-1], Y[:, piece]) * len(piece)
            layers = update(layers, backward(layers, cache, Y[:, piece]), 0.2)
        costs.append(total / 23)
    trained, history = train(start, X, Y, 0.2, 3, batch_size=5, rng=9)
    assert near(trained, layers)
    np.testing.assert_allclose(history.costs, costs, rtol=1e-12)


def test_test_data_are_measured_after_each_epoch_and_never_trained_on():
    X, Y = task()
    X_test, Y_test = task(m=31, seed=5)
    start = initialize((2, 5, 1), rng=1)
    without, _ = train(start, X, Y, 0.3, 6, batch_size=7)
    trained, history = train(start, X, Y, 0.3, 6, batch_size=7, test=(X_test, Y_test))
    assert same(without, trained)
    assert [len(part) for part in history[:4]] == [6, 6, 6, 6]
    assert history.test_costs[-1] == pytest.approx(
        cost_from_z(forward(trained, X_test).Z[-1], Y_test), rel=1e-12
    )
    assert history.test_accuracies[-1] == accuracy(predict(trained, X_test), Y_test)


def test_the_same_seed_gives_the_same_network_bit_for_bit():
    X, Y = task()
    start = initialize((2, 5, 1), rng=1)
    runs = [train(start, X, Y, 0.3, 5, batch_size=8, rng=seed) for seed in (4, 4, 5)]
    assert same(runs[0][0], runs[1][0]) and runs[0][1] == runs[1][1]
    assert not same(runs[0][0], runs[2][0])


def test_training_can_be_continued():
    X, Y = task()
    start = initialize((2, 5, 1), rng=1)
    whole, _ = train(start, X, Y, 0.3, 7, batch_size=8, rng=np.random.default_rng(4))
    rng = np.random.default_rng(4)
    half, _ = train(start, X, Y, 0.3, 3, batch_size=8, rng=rng)
    assert same(whole, train(half, X, Y, 0.3, 4, batch_size=8, rng=rng)[0])


def test_no_epoch_changes_nothing():
    X, Y = task()
    start = initialize((2, 5, 1))
    trained, history = train(start, X, Y, 0.3, 0)
    assert same(start, trained) and history[:4] == ([], [], [], [])


def test_inputs_are_not_written_to():
    X, Y = task()
    start = initialize((2, 5, 1))
    for array in (X, Y, *arrays(start)):
        array.flags.writeable = False
    train(start, X, Y, 0.3, 3, test=(X, Y))
    train(start, X, Y, 0.3, 3, batch_size=9)


def test_float32_throughout():
    X, Y = task()
    start = initialize((2, 5, 1), dtype=np.float32)
    trained, history = train(start, X, Y, 0.3, 20, batch_size=16)
    assert {array.dtype for array in arrays(trained)} == {np.dtype(np.float32)}
    double, double_history = train(initialize((2, 5, 1)), X, Y, 0.3, 20, batch_size=16)
    np.testing.assert_allclose(history.costs, double_history.costs, rtol=1e-4)


def test_data_are_looked_at_once_and_each_batch_is_passed_once(monkeypatch):
    calls = Counter()

    def count(place, name):
        original = getattr(place, name)

        def counted(*arguments, **options):
            calls[name] += 1
            return original(*arguments, **options)

        monkeypatch.setattr(place, name, counted)

    count(nnlib.rules_arrays.Unscaled, "take")  # of X alone
    if find_spec("nnlib.engine") is None:
        count(nnlib.training, "forward")
        count(nnlib.training, "backward")
    else:  # since chapter 13
        count(importlib.import_module("nnlib.engine").Room, "gradients")
    X, Y = task()
    train(initialize((2, 5, 1)), X, Y, 0.3, 4, batch_size=20)
    assert calls.pop("take") == 1
    assert set(calls.values()) == {12}


def test_a_hidden_layer_learns_what_logistic_regression_cannot():
    X, Y = task(m=300)
    share = max(Y.mean(), 1 - Y.mean())  # of the best constant answer
    _, line = train(initialize((2, 1)), X, Y, 1.0, 300)
    _, bent = train(initialize((2, 8, 1), "tanh"), X, Y, 1.0, 300)
    assert line.accuracies[-1] < share + 0.08
    assert bent.accuracies[-1] > 0.93


def test_equal_rows_stay_equal_and_different_rows_do_not_become_equal():
    X, Y = task()
    start = initialize((2, 4, 1), "tanh")
    equal = [
        start[0]._replace(W=np.tile(start[0].W[:1], (4, 1))),
        start[1]._replace(W=np.full((1, 4), 0.5)),
    ]
    trained, _ = train(equal, X, Y, 0.5, 100)
    assert not np.allclose(trained[0].W, equal[0].W, atol=1e-2)  # it did move
    np.testing.assert_allclose(trained[0].W, np.tile(trained[0].W[:1], (4, 1)), rtol=1e-8)
    different, _ = train(start, X, Y, 0.5, 100)
    assert np.ptp(different[0].W, axis=0).min() > 0.1


def test_four_hidden_units_on_the_two_feature_table():
    table = load_features()
    mean = table.X_train[:2].mean(axis=1, keepdims=True)
    deviation = table.X_train[:2].std(axis=1, keepdims=True)
    test = ((table.X_test[:2] - mean) / deviation, table.Y_test)
    X = (table.X_train[:2] - mean) / deviation
    _, line = train(initialize((2, 1)), X, table.Y_train, 1.0, 500, test=test)
    _, four = train(initialize((2, 4, 1), "tanh"), X, table.Y_train, 1.0, 1000, test=test)
    assert line.test_accuracies[-1] == pytest.approx(0.69, abs=0.02)
    assert four.test_accuracies[-1] == pytest.approx(0.847, abs=0.02)


# --- refusals -------------------------------------------------------------------------------------


X, Y = task(m=7)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"layers": None}, "layers must be a list"),
        ({"X": X[:1]}, "X must have .* n_x = 2, as in layers"),
        ({"X": X.T[0]}, "X must have shape"),
        ({"X": np.full_like(X, np.nan)}, "X must be finite"),
        ({"Y": Y[:, 1:]}, "Y must have .* m = 7, as in X"),
        ({"Y": Y.T}, r"Y must have shape \(1, m\)"),
        ({"Y": Y + 1}, "Y must hold only the labels 0 and 1"),
        ({"learning_rate": 0}, "learning_rate must be a .*number above 0"),
        ({"learning_rate": np.nan}, "learning_rate must be a .*number above 0"),
        ({"learning_rate": None}, "learning_rate must be a .*number above 0"),
        ({"epochs": -1}, "epochs must be at least 0"),
        ({"epochs": 1.0}, "epochs must be a whole number"),
        ({"epochs": True}, "epochs must be a whole number"),
        ({"batch_size": 0}, "batch_size must be at least 1"),
        ({"batch_size": 8}, "batch_size must be at most 7"),
        ({"batch_size": "all"}, "batch_size must be a whole number"),
        ({"rng": "seed"}, "rng must be a seed"),
        ({"test": X}, "test must be a pair"),
        ({"test": (X,)}, "test must be a pair"),
        ({"test": (X[:1], Y)}, r"test\[0\] must have .* n_x = 2, as in layers"),
        ({"test": (X, Y[:, :3])}, r"test\[1\] must have .* m = 7, as in test"),
    ],
)
def test_train_refuses(change, words):
    arguments = {"layers": initialize((2, 3, 1)), "X": X, "Y": Y, "learning_rate": 0.1, "epochs": 2}
    with pytest.raises(InputError, match=words) as caught:
        train(**{**arguments, **change})
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("batch_size", [None, 2])
@pytest.mark.parametrize("epochs", [1, 50])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_learning_rate_that_overflows_is_named(dtype, epochs, batch_size):
    start = initialize((2, 3, 3, 1), dtype=dtype)
    rate = 1e300 if dtype is np.float64 else 1e38
    with pytest.raises(InputError, match="learning_rate 1e.* is too large: numbers overflow"):
        train(start, 1e12 * X, Y, rate, epochs, batch_size=batch_size)


# --- the progress bar -----------------------------------------------------------------------------


def test_progress_shows_a_bar_and_changes_no_number(capsys):
    pytest.importorskip("tqdm")
    start = initialize((2, 3, 1))
    quiet, _ = train(start, X, Y, 0.1, 3)
    assert capsys.readouterr().err == ""
    loud, _ = train(start, X, Y, 0.1, 3, progress=True)
    assert "training" in capsys.readouterr().err
    assert same(quiet, loud)


def test_progress_without_tqdm_says_what_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    with pytest.raises(ImportError, match="progress=True needs the package tqdm"):
        train(initialize((2, 3, 1)), X, Y, 0.1, 3, progress=True)
    train(initialize((2, 3, 1)), X, Y, 0.1, 3)  # and without a bar nothing is needed
