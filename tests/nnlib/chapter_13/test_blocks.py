"""Sums over blocks of examples, in memory and from a file."""

import tracemalloc

import numpy as np
import pytest

import nnlib.training
from nnlib import blocks
from nnlib.blocks import gradients_of_blocks, part
from nnlib.checkpoint import load_checkpoint, save_checkpoint
from nnlib.network import backward, forward, initialize
from nnlib.rule import DivergenceError, InputError

M = 1000


def data(m=M, dtype=np.float64, n_x=6):
    rng = np.random.default_rng(5)
    X = rng.standard_normal((m, n_x)).astype(dtype).T  # each example in one place
    return X, (X[:1] * X[1:2] > 0).astype(np.uint8)


def on_disk(folder, X, Y):
    """The same numbers in files, opened but not read."""
    np.save(folder / "X.npy", X)
    np.save(folder / "Y.npy", Y)
    return (np.load(folder / name, mmap_mode="r") for name in ("X.npy", "Y.npy"))


def apart(first, second):
    """The largest difference between two lists of pairs of arrays."""
    pairs = zip(first, second, strict=True)
    return max(np.abs(a - b).max() for p, q in pairs for a, b in zip(p[:2], q[:2], strict=True))


@pytest.mark.equation(34)
@pytest.mark.parametrize("hidden", ["relu", "tanh", "sigmoid"])
@pytest.mark.parametrize("sizes", [(6, 1), (6, 5, 1), (6, 5, 4, 1)])
@pytest.mark.parametrize("block_size", [1, 64, 999, 1000, 5000])
def test_gradients_of_blocks_are_those_of_all_examples(sizes, hidden, block_size):
    (X, Y), layers = data(), initialize(sizes, hidden, rng=3)
    wanted = backward(layers, forward(layers, X), Y)
    assert apart(wanted, gradients_of_blocks(layers, X, Y, block_size)) < 1e-12


@pytest.mark.equation(24)
@pytest.mark.equation(25)
def test_gradients_of_blocks_of_one_unit_from_a_file(tmp_path):
    from nnlib.logistic import gradients

    (X, Y), (layer,) = data(), initialize((6, 1), rng=3)
    dw, db = gradients(layer.W.T, layer.b.item(), X, Y)
    ((dW, db_of_blocks),) = gradients_of_blocks([layer], *on_disk(tmp_path, X, Y), 64)
    np.testing.assert_allclose(dW.T, dw, rtol=0, atol=1e-12)
    assert abs(db_of_blocks.item() - db) < 1e-12


def test_sums_do_not_depend_on_how_the_examples_are_cut():
    (X, Y), layers = data(), initialize((6, 5, 1), rng=3)
    whole = part(layers, X, Y)
    first, second = part(layers, X[:, :300], Y[:, :300]), part(layers, X[:, 300:], Y[:, 300:])
    both = first.plus(second)
    assert both.m == whole.m == M and both.hits == pytest.approx(whole.hits)
    assert both.loss == pytest.approx(whole.loss, rel=1e-12)
    assert apart(both.gradients, whole.gradients) < 1e-9  # sums, so m times as large


@pytest.mark.parametrize("stored", [False, True])
def test_full_batches_are_those_of_train(tmp_path, stored):
    (X, Y), layers = data(), initialize((6, 5, 1), rng=3)
    wanted, history = nnlib.training.train(layers, X, Y, 0.5, 30)
    given = on_disk(tmp_path, X, Y) if stored else (X, Y)
    found, recorded = blocks.train(layers, *given, 0.5, 30, block_size=128)
    assert apart(wanted, found) < 1e-12
    np.testing.assert_allclose(recorded.costs, history.costs, rtol=1e-12)
    np.testing.assert_allclose(recorded.accuracies, history.accuracies, rtol=1e-12)


def test_mini_batches_of_one_block_are_those_of_train():
    (X, Y), layers = data(), initialize((6, 5, 1), rng=3)
    rng = np.random.default_rng(7)
    found, recorded = blocks.train(layers, X, Y, 0.1, 3, block_size=M, batch_size=32, rng=7)
    now = layers
    for cost in recorded.costs:
        rng.permutation(1)  # the order of the one block
        now, wanted, _ = nnlib.training.epoch(now, X, Y, nnlib.training.batches(M, 32, rng), 0.1)
        assert cost == pytest.approx(wanted, rel=1e-12)
    assert apart(now, found) < 1e-12


def test_mini_batches_from_a_file_learn_and_repeat_from_a_seed(tmp_path):
    layers = initialize((6, 5, 1), rng=3)
    X, Y = on_disk(tmp_path, *data())
    settings = {"block_size": 100, "batch_size": 10, "rng": 1}
    found, history = blocks.train(layers, X, Y, 0.3, 20, **settings)
    again, _ = blocks.train(layers, X, Y, 0.3, 20, **settings)
    other, _ = blocks.train(layers, X, Y, 0.3, 20, **settings | {"rng": 2})
    assert history.costs[-1] < 0.6 * history.costs[0] and history.accuracies[-1] > 0.85
    assert apart(found, again) == 0 < apart(found, other)


def test_a_batch_is_never_larger_than_its_block():
    (X, Y), layers = data(m=10), initialize((6, 1), rng=3)
    steps = blocks.train(layers, X, Y, 0.1, 1, block_size=5, batch_size=8)[0]
    same = blocks.train(layers, X, Y, 0.1, 1, block_size=5, batch_size=5)[0]
    assert apart(steps, same) < 1e-15


def test_a_file_in_float32_serves_a_network_in_float64(tmp_path):
    X, Y = data(dtype=np.float32)
    layers = initialize((6, 5, 1), rng=3)
    wanted = gradients_of_blocks(layers, X.astype(np.float64), Y, 64)
    assert apart(wanted, gradients_of_blocks(layers, *on_disk(tmp_path, X, Y), 64)) < 1e-6


@pytest.mark.parametrize("batch_size", [None, 16])
def test_memory_does_not_grow_with_the_file(tmp_path, batch_size):
    layers = initialize((100, 40, 1), rng=0, dtype=np.float32)
    peaks = []
    for m in (3_000, 30_000):
        X, Y = on_disk(tmp_path, *data(m, np.float32, n_x=100))
        tracemalloc.start()
        blocks.train(layers, X, Y, 0.01, 1, block_size=1000, batch_size=batch_size)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.1 * peaks[0] < X.nbytes / 10


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda X, Y: (np.where(np.arange(M) == M - 1, np.nan, X), Y), "X must be finite"),
        (lambda X, Y: (X, np.where(np.arange(M) == M - 1, 2, Y)), "only the labels 0 and 1"),
        (lambda X, Y: (X, Y[:, :-1]), "Y must have shape"),
        (lambda X, Y: (X[:5], Y), "X must have shape"),
        (lambda X, Y: ((9 * X).astype(np.uint8), Y), "uint8 pixels"),
        (lambda X, Y: (X.astype(complex), Y), "must hold real numbers"),
    ],
)
def test_what_is_wrong_in_a_file_is_refused_before_the_first_step(tmp_path, spoil, sentence, order):
    X, Y = (np.asarray(array, order=order) for array in spoil(*data()))
    layers = initialize((6, 5, 1), rng=3)
    with pytest.raises(InputError, match=sentence):
        blocks.train(layers, *on_disk(tmp_path, X, Y), 0.5, 1, block_size=64)


def test_a_run_that_diverges_is_refused(tmp_path):
    layers = initialize((6, 5, 1), rng=3)
    with pytest.raises(DivergenceError, match="try"):
        blocks.train(layers, *on_disk(tmp_path, *data()), 1e300, 5, block_size=64)


def test_a_run_that_diverges_is_refused_without_reading_the_whole_file(tmp_path):
    X, Y = on_disk(tmp_path, *data(60_000, np.float64, n_x=100))
    layers = initialize((100, 4, 1), rng=0)
    tracemalloc.start()
    with pytest.raises(DivergenceError, match="try"):
        blocks.train(layers, X, Y, 1e200, 3, block_size=1000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < X.nbytes / 2


def test_ctrl_c_keeps_the_last_epoch():
    (X, Y), layers = data(), initialize((6, 5, 1), rng=3)

    def stop(run):
        if run.epoch == 3:
            raise KeyboardInterrupt

    _, history = blocks.train(layers, X, Y, 0.5, 9, block_size=64, after_epoch=stop)
    assert len(history.costs) == 3 and history.interrupted


def test_the_door_of_train_does_not_copy_a_file(tmp_path):
    """With mini-batches, `training.train` picks them from the file as well."""
    X, Y = on_disk(tmp_path, *data(20_000, np.float32, n_x=200))
    layers = initialize((200, 4, 1), rng=0, dtype=np.float32)
    tracemalloc.start()
    nnlib.training.train(layers, X, Y, 0.01, 1, batch_size=50)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < X.nbytes / 4


# --- a run from a file goes on


def same_bits(first, second):
    pairs = zip(first, second, strict=True)
    return all(p.W.tobytes() == q.W.tobytes() and p.b.tobytes() == q.b.tobytes() for p, q in pairs)


@pytest.mark.parametrize("batch_size", [None, 16])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_run_from_a_file_goes_on_with_the_same_bits(tmp_path, dtype, batch_size):
    X, Y = on_disk(tmp_path, *data(dtype=dtype))
    layers, kept = initialize((6, 5, 1), rng=3, dtype=dtype), []
    settings = {"block_size": 300, "batch_size": batch_size, "rng": 1}
    unbroken, whole = blocks.train(layers, X, Y, 0.3, 7, **settings)
    blocks.train(
        layers, X, Y, 0.3, 3, **settings, after_epoch=lambda run: kept.append(run.checkpoint())
    )
    save_checkpoint(tmp_path / "run.npz", kept[-1])
    for checkpoint in (kept[-1], load_checkpoint(tmp_path / "run.npz")):
        found, history = blocks.resume(checkpoint, X, Y, 7)
        assert history == whole and same_bits(found, unbroken)


def checkpoint_of(train, *given, **settings):
    kept = []
    train(*given, **settings, after_epoch=lambda run: kept.append(run.checkpoint()))
    return kept[-1]


def test_a_run_goes_on_with_the_same_data_and_in_the_way_it_was_begun():
    (X, Y), layers = data(), initialize((6, 5, 1), rng=3)
    in_blocks = checkpoint_of(blocks.train, layers, X, Y, 0.3, 2, block_size=300)
    at_once = checkpoint_of(nnlib.training.train, layers, X, Y, 0.3, 2)
    blocks.resume(in_blocks, np.ascontiguousarray(X), Y, 2)  # the same numbers, in another order
    for changed in (X + 1e-9, X[:, ::-1], X[::-1]):
        with pytest.raises(InputError, match="must be those that the checkpoint's run"):
            blocks.resume(in_blocks, changed, Y, 3)
    with pytest.raises(InputError, match=r"begun by training\.train; use training\.resume"):
        blocks.resume(at_once, X, Y, 3)
    with pytest.raises(InputError, match=r"begun by blocks\.train; use blocks\.resume"):
        nnlib.training.resume(in_blocks, X, Y, 3)


def test_a_checkpoint_of_a_run_from_a_file_does_not_read_all_of_it_at_once(tmp_path):
    X, Y = on_disk(tmp_path, *data(30_000, np.float32, n_x=100))
    layers = initialize((100, 4, 1), rng=0, dtype=np.float32)
    tracemalloc.start()
    kept = checkpoint_of(blocks.train, layers, X, Y, 0.01, 1, block_size=1000)
    blocks.resume(kept, X, Y, 2)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < X.nbytes / 4
