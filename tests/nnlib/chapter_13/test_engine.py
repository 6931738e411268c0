"""The engine of chapter 13 beside the plain loop of chapter 8: the same steps, to rounding."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib import files, pieces
from nnlib.checkpoint import load_checkpoint, save_checkpoint
from nnlib.engine import Engine
from nnlib.gradient_check import relative_difference
from nnlib.network import initialize
from nnlib.rule import InputError
from nnlib.threads import LARGE, SMALL, Threads, short_way
from nnlib.training import batches, epoch, resume, train

NEAR = {np.float32: 2e-5, np.float64: 1e-12}


def data(n_x=5, m=41, dtype=np.float64, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n_x, m)).astype(dtype)
    return X, (X[:1] + 0.3 * rng.standard_normal((1, m)) > 0).astype(dtype)


def plain(layers, X, Y, rate, epochs, size=None, rng=0):
    """Chapter 8: `epoch` after `epoch`."""
    rng, costs, shares = np.random.default_rng(rng), [], []
    for _ in range(epochs):
        pieces = [slice(None)] if size is None else batches(X.shape[1], size, rng)
        layers, cost, share = epoch(layers, X, Y, pieces, rate)
        costs.append(cost)
        shares.append(share)
    return layers, costs, shares


def assert_near(found, wanted, dtype=np.float64):
    for one, other in zip(found, wanted, strict=True):
        assert one.activation == other.activation
        for a, b in zip(one[:2], other[:2], strict=True):
            assert a.shape == b.shape and a.dtype == dtype
            assert relative_difference(a, b) < NEAR[dtype]


def compare(start, X, Y, rate, epochs, size=None):
    dtype = X.dtype.type
    layers, costs, shares = plain(start, X, Y, rate, epochs, size)
    found, history = train(start, X, Y, rate, epochs, size)
    assert_near(found, layers, dtype)
    np.testing.assert_allclose(history.costs, costs, rtol=NEAR[dtype])
    np.testing.assert_allclose(history.accuracies, shares, rtol=1e-6)


@pytest.mark.equation(32)
@pytest.mark.equation(34)
@pytest.mark.equation(35)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("size", [None, 1, 8, 40, 41])
@pytest.mark.parametrize("hidden", [(), (4,), (4, 3), (4, 1, 3)])
@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid"])
def test_engine_and_plain_loop_take_the_same_steps(activation, hidden, size, dtype):
    start = initialize((5, *hidden, 1), activation, rng=1, dtype=dtype)
    compare(start, *data(dtype=dtype), 0.3, 3, size)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("size", [None, 300])
@pytest.mark.parametrize("order", ["C", "F"])
def test_large_products_take_the_same_steps_in_whatever_order_x_lies(order, size, dtype):
    X, Y = data(300, 700, dtype)
    start = initialize((300, 64, 9, 1), rng=1, dtype=dtype)
    compare(start, np.asarray(X, order=order), Y, 0.05, 2, size)


@pytest.mark.parametrize("size", [None, 8])
@pytest.mark.parametrize(
    "view",
    [
        lambda X: X[::-1],
        lambda X: X[:, ::2],
        lambda X: np.repeat(X, 2, axis=0)[::2],
        lambda X: np.broadcast_to(X[:, :1], X.shape),
    ],
)
def test_x_may_lie_anyhow(view, size):
    X, Y = data()
    X = view(X)
    compare(initialize((5, 4, 1), rng=1), X, Y[:, : X.shape[1]], 0.3, 3, size)


@pytest.mark.parametrize("size", [None, 8])
@pytest.mark.parametrize("order", ["C", "F"])
def test_x_may_be_a_file(tmp_path, order, size):
    X, Y = data()
    mapped = np.memmap(tmp_path / "X", X.dtype, "w+", shape=X.shape, order=order)
    mapped[...] = X
    found, _ = train(initialize((5, 4, 1), rng=1), mapped, Y, 0.3, 3, size)
    assert_near(found, train(initialize((5, 4, 1), rng=1), X, Y, 0.3, 3, size)[0])


@given(data=st.data())
def test_any_network_takes_the_same_steps(data):
    n_x, m = data.draw(st.integers(1, 12)), data.draw(st.integers(1, 30))
    hidden = data.draw(st.lists(st.integers(1, 6), max_size=3))
    names = [data.draw(st.sampled_from(["relu", "tanh", "sigmoid"])) for _ in hidden]
    size = data.draw(st.none() | st.integers(1, m))
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    X, Y = rng.standard_normal((n_x, m)), rng.integers(0, 2, (1, m)).astype(float)
    compare(initialize((n_x, *hidden, 1), names, rng), X, Y, 0.1, 3, size)


def test_many_epochs_at_once_are_the_epochs_one_by_one():
    X, Y = data()
    start, seen = initialize((5, 4, 1), rng=1), []
    once, whole = train(start, X, Y, 0.3, 150)
    each, history = train(start, X, Y, 0.3, 150, after_epoch=lambda run: seen.append(run.epoch))
    assert seen == list(range(1, 151))
    assert history == whole
    for a, b in zip(once, each, strict=True):
        assert a.W.tobytes() == b.W.tobytes() and a.b.tobytes() == b.b.tobytes()


def test_a_listener_sees_the_network_as_it_stands_and_cannot_break_the_run():
    X, Y = data()
    start, seen = initialize((5, 4, 1), rng=1), []

    def look(run):
        seen.append(run.layers[0].W.copy())
        if run.epoch < 3:
            run.layers[0].W[...] = np.nan

    train(start, X, Y, 0.3, 3, after_epoch=look)
    for epochs, W in enumerate(seen, start=1):
        np.testing.assert_array_equal(W, train(start, X, Y, 0.3, epochs)[0][0].W)


def test_a_listener_may_end_the_run():
    X, Y = data()
    start = initialize((5, 4, 1), rng=1)
    found, history = train(
        start, X, Y, 0.3, 9, after_epoch=lambda run: run.stop() if run.epoch == 4 else None
    )
    wanted, four = train(start, X, Y, 0.3, 4)
    assert history == four and not history.interrupted
    np.testing.assert_array_equal(found[0].W, wanted[0].W)


# --- in the span of the data


def wide(dtype=np.float64, seed=3, n_x=300, m=24):
    return data(n_x, m, dtype, seed)


@pytest.mark.parametrize("hidden", [(), (4,), (6, 3)])
@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid"])
def test_thousands_of_steps_in_the_span_are_the_direct_ones(activation, hidden):
    X, Y = wide()
    start = initialize((300, *hidden, 1), activation, rng=1)
    layers, costs, _ = plain(start, X, Y, 0.02, 2000)
    found, history = train(start, X, Y, 0.02, 2000)
    np.testing.assert_allclose(history.costs, costs, rtol=1e-9)
    for one, other in zip(found, layers, strict=True):
        assert relative_difference(one.W, other.W) < 1e-9
        assert relative_difference(one.b, other.b) < 1e-9


def test_float32_in_the_span_stays_near_the_truth():
    X, Y = wide()
    start = initialize((300, 6, 1), "tanh", rng=1)
    truth, _ = train(start, X, Y, 0.02, 1000)
    single = [layer._replace(W=layer.W.astype("f4"), b=layer.b.astype("f4")) for layer in start]
    found, _ = train(single, X.astype("f4"), Y, 0.02, 1000)
    assert found[0].W.dtype == np.float32
    assert relative_difference(found[0].W, truth[0].W) < 1e-4


@pytest.mark.parametrize("done", [1, 2, 5, 70])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_run_in_the_span_goes_on_with_the_same_bits(tmp_path, dtype, done):
    X, Y = wide(dtype)
    start, kept = initialize((300, 6, 1), rng=1, dtype=dtype), []
    train(start, X, Y, 0.02, done, after_epoch=lambda run: kept.append(run.checkpoint()))
    assert ("span" in kept[-1].settings) == (done >= 2)
    unbroken, whole = train(start, X, Y, 0.02, 90)
    save_checkpoint(tmp_path / "run.npz", kept[-1])
    for checkpoint in (kept[-1], load_checkpoint(tmp_path / "run.npz")):
        layers, history = resume(checkpoint, X, Y, 90)
        assert history == whole
        for a, b in zip(layers, unbroken, strict=True):
            assert a.W.tobytes() == b.W.tobytes() and a.b.tobytes() == b.b.tobytes()


@pytest.mark.parametrize(
    ("settings", "arrays"),
    [
        ("fast", {}),
        ("fast", {"span_W": np.ones((6, 300)), "span_C": np.ones((6, 24))}),
        (None, {"span_W": np.ones((6, 300))}),
        (None, {"span_W": np.ones((6, 299)), "span_C": np.ones((6, 24))}),
        (None, {"span_W": np.ones((6, 300)), "span_C": np.full((6, 24), np.nan)}),
        (None, {"span_W": np.ones((6, 300)), "span_C": np.ones((6, 24), np.float32)}),
    ],
)
def test_a_forged_checkpoint_of_a_run_in_the_span_is_refused(tmp_path, settings, arrays):
    X, Y = wide()
    kept, path = [], tmp_path / "run.npz"
    start = initialize((300, 6, 1), rng=1)
    train(start, X, Y, 0.02, 1, after_epoch=lambda run: kept.append(run.checkpoint()))
    save_checkpoint(path, kept[0])
    header, found = files.read(path, "checkpoint")
    del found["header"]
    files.write(path, {**header, "settings": settings or header["settings"]}, {**found, **arrays})
    with pytest.raises(files.ModelFileError):
        load_checkpoint(path)


def test_a_run_in_the_span_goes_on_with_as_many_examples():
    X, Y = wide()
    kept, start = [], initialize((300, 6, 1), rng=1)
    train(start, X, Y, 0.02, 3, after_epoch=lambda run: kept.append(run.checkpoint()))
    span = {"W": kept[-1].layers[0].W, "C": np.ones((6, 23))}
    forged = kept[-1]._replace(settings={**kept[-1].settings, "span": span})
    with pytest.raises(InputError, match="one column for each example"):
        resume(forged, X, Y, 5)


# --- two threads


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("m", [700, 701])
def test_two_threads_with_half_of_the_examples_each_take_the_same_steps(m, order, dtype):
    X, Y = data(300, m, dtype)
    start, engines = initialize((300, 64, 9, 1), "tanh", rng=1, dtype=dtype), []
    for ways in (1, 2):
        made = Engine(start, np.asarray(X, order=order), Y, 0.05, None)
        made.ways = ways
        engines.append((made.full(3), made.stand()))
    (one, alone), (two, shared) = engines
    assert_near(shared, alone, dtype)
    np.testing.assert_allclose(two[0], one[0], rtol=NEAR[dtype])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize(
    ("m", "size", "piece", "cut"),
    [
        (95, 10, 4000, "by_rows"),
        (7001, None, 30_000, "by_examples"),
        (7008, None, 30_000, "by_examples"),
    ],
)
def test_products_in_pieces_take_the_same_steps(monkeypatch, m, size, piece, cut, order, dtype):
    cuts, real = [], getattr(pieces, cut)
    monkeypatch.setattr(pieces, cut, lambda *given: cuts.append(given) or real(*given))
    X, Y = data(40, m, dtype)
    start, found = initialize((40, 16, 3, 1), "tanh", rng=1, dtype=dtype), []
    for most in (0, piece):
        made = Engine(start, np.asarray(X, order=order), Y, 0.05, size, most)
        rng = np.random.default_rng(0)
        steps = [
            made.full(1) if size is None else made.one_epoch(batches(m, size, rng)) for _ in "123"
        ]
        found.append((steps, made.stand()))
        assert bool(cuts) == bool(most)
    assert_near(found[1][1], found[0][1], dtype)
    np.testing.assert_allclose(found[1][0], found[0][0], rtol=NEAR[dtype])


@pytest.mark.parametrize(
    ("kernels", "wanted"), [(["SkylakeX"], 10**6), (["SkylakeX", "Haswell"], 0), ([], 0), (None, 0)]
)
def test_the_short_way_is_that_of_the_kernel(monkeypatch, kernels, wanted):
    class Control:
        def info(self):
            return [{"internal_api": "openblas", "architecture": kernel} for kernel in kernels]

    monkeypatch.setattr(
        "nnlib.threads.controller", lambda: kernels if kernels is None else Control()
    )
    assert short_way.__wrapped__() == wanted


def test_the_blas_is_kept_to_one_thread_where_products_are_small():
    threadpoolctl = pytest.importorskip("threadpoolctl")

    def most():
        pools = threadpoolctl.threadpool_info()
        return max(pool["num_threads"] for pool in pools if pool["user_api"] == "blas")

    with threadpoolctl.threadpool_limits(2, "blas"):
        if most() < 2:
            pytest.skip("this BLAS has one thread")
        with Threads(SMALL, True) as small:
            assert most() == 1 and small.ways == 1
        with Threads(SMALL + 1, True) as between:
            assert most() == 2 and between.ways == 1
        with Threads(LARGE, True) as large:
            assert most() == 1 and large.ways == 2
        with Threads((768 * 20 + 20) * 1526, True) as photographs:
            assert photographs.ways == 2  # a step of a millisecond
        with Threads(LARGE, False) as batches:
            assert most() == 2 and batches.ways == 1
        assert most() == 2


def test_without_threadpoolctl_the_blas_does_as_it_likes(monkeypatch):
    monkeypatch.setattr("nnlib.threads.controller", lambda: None)
    with Threads(LARGE, True) as threads:
        assert threads.ways == 1
