"""Training that is interrupted, resumed, or stopped because it diverges."""

import importlib
import os
import random
import signal
import time
import warnings
from importlib.util import find_spec

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nnlib.training
from nnlib import images, photographs
from nnlib.checkpoint import Checkpoint, History, load_checkpoint, save_checkpoint, saver
from nnlib.learning_rate import lower_rate, safe_learning_rate
from nnlib.model import Model, load, save
from nnlib.network import initialize
from nnlib.rule import DivergenceError, InputError
from nnlib.training import resume, train

RNG = np.random.default_rng(5)
X = RNG.normal(size=(4, 23))
Y = (X[:1] * X[1:2] > 0).astype(float)
TEST = (RNG.normal(size=(4, 9)), np.array([[0, 1, 1, 0, 1, 0, 0, 1, 1]]))
START = initialize((4, 5, 3, 1), rng=2)


def assert_same_bits(one, other):
    assert len(one) == len(other)
    for a, b in zip(one, other, strict=True):
        assert a.activation == b.activation
        assert a.W.tobytes() == b.W.tobytes()
        assert a.b.tobytes() == b.b.tobytes()
        assert (a.W.dtype, a.b.dtype) == (b.W.dtype, b.b.dtype)


def keep(kept):
    """A listener that keeps a checkpoint of every epoch."""
    return lambda run: kept.append(run.checkpoint())


def press_ctrl_c(epoch):
    def press(run):
        if run.epoch == epoch:
            raise KeyboardInterrupt

    return press


@pytest.mark.parametrize("batch_size", [None, 1, 5, 23])
def test_interrupt_keeps_layers_and_history_of_the_same_epoch(batch_size):
    part = {"learning_rate": 0.1, "batch_size": batch_size, "test": TEST}
    layers, history = train(START, X, Y, epochs=20, after_epoch=press_ctrl_c(7), **part)
    seven, expected = train(START, X, Y, epochs=7, **part)
    assert_same_bits(layers, seven)
    assert history == expected._replace(interrupted=True)
    assert not expected.interrupted


def test_interrupt_in_the_middle_of_an_epoch_loses_that_epoch_only(monkeypatch):
    calls, place, name = [], nnlib.training, "epoch"
    if find_spec("nnlib.engine"):  # since chapter 13
        place, name = importlib.import_module("nnlib.engine").Engine, "one_epoch"
    real = getattr(place, name)

    def epoch(*arguments):
        calls.append(1)
        result = real(*arguments)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return result

    monkeypatch.setattr(place, name, epoch)
    rng = np.random.default_rng(1)
    layers, history = train(START, X, Y, 0.1, 20, batch_size=4, rng=rng, test=TEST)
    monkeypatch.undo()
    assert [len(values) for values in history[:4]] == [3, 3, 3, 3]
    layers, later = train(layers, X, Y, 0.1, 3, batch_size=4, rng=rng, test=TEST)
    unbroken, whole = train(START, X, Y, 0.1, 6, batch_size=4, rng=1, test=TEST)
    assert_same_bits(layers, unbroken)
    assert history.costs + later.costs == whole.costs
    assert history.test_costs + later.test_costs == whole.test_costs


@settings(max_examples=25, deadline=None)
@given(
    done=st.integers(0, 6),
    more=st.integers(0, 6),
    batch_size=st.none() | st.integers(1, 23),
    seed=st.integers(0, 2**40),
    dtype=st.sampled_from([np.float32, np.float64]),
    measured=st.booleans(),
)
def test_resumed_run_equals_the_unbroken_one(
    tmp_path_factory, done, more, batch_size, seed, dtype, measured
):
    path = tmp_path_factory.mktemp("run") / "run.npz"
    start = initialize((4, 5, 1), rng=seed, dtype=dtype)
    test, kept = TEST if measured else None, []
    part = {"batch_size": batch_size, "test": test}
    train(start, X, Y, 0.1, done, rng=seed, after_epoch=keep(kept), **part)
    unbroken, whole = train(start, X, Y, 0.1, done + more, rng=seed, **part)
    if done == 0:
        return
    save_checkpoint(path, kept[-1])
    for checkpoint in (kept[-1], load_checkpoint(path)):
        layers, history = resume(checkpoint, X, Y, done + more, test)
        assert_same_bits(layers, unbroken)
        assert history == whole


@pytest.mark.parametrize(
    "bits", [np.random.PCG64, np.random.MT19937, np.random.Philox, np.random.SFC64]
)
def test_every_kind_of_generator_is_resumed(tmp_path, bits):
    path = tmp_path / "run.npz"
    make = lambda: np.random.Generator(bits(3))  # noqa: E731
    train(START, X, Y, 0.1, 4, batch_size=5, rng=make(), after_epoch=saver(path, 2))
    layers, _ = resume(load_checkpoint(path), X, Y, 9)
    unbroken, _ = train(START, X, Y, 0.1, 9, batch_size=5, rng=make())
    assert_same_bits(layers, unbroken)


def test_an_interrupted_run_is_no_longer_interrupted_when_it_went_on():
    kept = []
    train(START, X, Y, 0.1, 3, after_epoch=keep(kept))
    stopped = kept[-1]._replace(history=kept[-1].history._replace(interrupted=True))
    _, history = resume(stopped, X, Y, 4)
    assert not history.interrupted
    assert stopped.history.interrupted and len(stopped.history.costs) == 3


def test_checkpoints_do_not_change_when_the_run_goes_on():
    kept = []
    train(START, X, Y, 0.1, 6, batch_size=5, test=TEST, after_epoch=keep(kept))
    assert [len(c.history.costs) for c in kept] == [1, 2, 3, 4, 5, 6]
    assert [len(c.history.test_costs) for c in kept] == [1, 2, 3, 4, 5, 6]
    assert len({c.layers[0].W.tobytes() for c in kept}) == 6
    assert len({str(c.rng_state) for c in kept}) == 6


def test_saver_saves_at_its_intervals(tmp_path):
    path, seen = tmp_path / "run.npz", []
    save = saver(path, 3)

    def after_epoch(run):
        save(run)
        seen.append(len(load_checkpoint(path).history.costs) if path.exists() else 0)

    train(START, X, Y, 0.1, 7, after_epoch=after_epoch)
    assert seen == [0, 0, 3, 3, 3, 6, 6]


@pytest.mark.parametrize("factor", [3, 30, 1e6, 1e300])
def test_divergence_of_logistic_regression_names_the_rate_and_two_over_lambda(factor):
    limit, advised = safe_learning_rate(X), lower_rate(X, 1e9)
    noisy = np.array([[0, 1] * 11 + [1]])  # not separable: a long step cannot get away with it
    with pytest.raises(DivergenceError) as caught:
        train(initialize((4, 1)), X, noisy, factor * limit, 500)
    assert str(caught.value).startswith(f"learning_rate {factor * limit:g} is too large: ")
    assert str(caught.value).endswith(f"; try {advised:g}.")
    assert 0.9 * limit < advised <= limit
    _, history = train(initialize((4, 1)), X, noisy, advised, 500)
    assert (np.diff(history.costs) <= 1e-12).all()


def test_a_run_that_leaps_about_on_the_photographs_is_stopped():
    data = images.prepare(photographs.load_trees())
    limit = safe_learning_rate(data.X_train)
    for factor in (5, 1000):
        with pytest.raises(DivergenceError, match=r"try 0\.95\.") as caught:
            train(initialize((768, 1)), data.X_train, data.Y_train, factor * limit, 30)
        assert "the cost rose from 0.6897 to " in str(caught.value)


def test_divergence_of_a_network_by_overflow_comes_without_a_warning():
    with pytest.raises(
        DivergenceError, match=r"1e\+200 is too large: numbers overflow in epoch \d"
    ):
        train(START, X, Y, 1e200, 100)


def test_divergence_with_features_so_large_that_lambda_overflows():
    with pytest.raises(DivergenceError, match=r"try 0\.01\."):
        train(initialize((4, 1), scale=1e-200), X * 1e200, Y, 0.1, 100)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"X": X + 1e-9}, "X and Y must be those that the checkpoint's run was begun with."),
        ({"Y": 1 - Y}, "X and Y must be those that the checkpoint's run was begun with."),
        ({"epochs": 2}, "epochs must be at least 3, done already; found 2."),
    ],
)
def test_a_checkpoint_is_refused_by_another_run(change, sentence):
    kept = []
    train(START, X, Y, 0.1, 3, batch_size=5, after_epoch=keep(kept))
    with pytest.raises(InputError) as caught:
        resume(**{"checkpoint": kept[-1], "X": X, "Y": Y, "epochs": 5, **change})
    assert str(caught.value) == sentence


def test_progress_bar_counts_the_epochs_that_were_done(capsys):
    kept = []
    train(START, X, Y, 0.1, 3, after_epoch=keep(kept))
    resume(kept[-1], X, Y, 5, progress=True)
    assert "5/5" in capsys.readouterr().err


def test_progress_without_tqdm_is_one_sentence(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "tqdm.auto", None)
    with pytest.raises(ImportError, match="progress=True needs the package tqdm"):
        train(START, X, Y, 0.1, 3, progress=True)


def test_named_tuples_are_what_the_chapter_says():
    assert History._fields[-1] == "interrupted"
    assert Checkpoint._fields == ("layers", "history", "rng_state", "settings")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_killed_again_and_again_the_run_ends_with_the_same_bits(tmp_path):
    """Mini-batches, a save after each epoch, and SIGKILL wherever the program happens to be."""
    path, done, epochs, kills = tmp_path / "run.npz", tmp_path / "done.npz", 120, 0
    dice = random.Random(3)
    while not done.exists():
        with warnings.catch_warnings():  # Python 3.12 warns where BLAS has threads of its own
            warnings.simplefilter("ignore", DeprecationWarning)
            process = os.fork()
        if process == 0:
            try:
                keeper = {"test": TEST, "after_epoch": saver(path, 1)}
                if path.exists():
                    layers, _ = resume(load_checkpoint(path), X, Y, epochs, **keeper)
                else:
                    layers, _ = train(START, X, Y, 0.1, epochs, 5, 8, **keeper)
                save(done, Model(layers))
            finally:
                os._exit(0)
        time.sleep(dice.uniform(0.02, 0.1) if kills < 20 else 5)
        os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
        kills += os.WIFSIGNALED(status)
        for rest in tmp_path.glob(".*.part"):
            rest.unlink()
    assert kills >= 2, "the run was never killed"
    unbroken, whole = train(START, X, Y, 0.1, epochs, 5, 8, TEST)
    assert_same_bits(load(done).layers, unbroken)
    assert load_checkpoint(path).history == whole
