"""The same sums over Dask: equal to one machine's, also when a worker dies."""

import os
import signal
import subprocess
import sys

import numpy as np
import pytest

import nnlib.training
from nnlib import cluster
from nnlib.network import backward, forward, initialize, update
from nnlib.rule import DivergenceError, InputError

pytestmark = pytest.mark.filterwarnings(  # distributed leaves a socket to the garbage collector
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
M, LAYERS = 600, initialize((6, 5, 1), rng=3)


def data():
    rng = np.random.default_rng(5)
    X = rng.standard_normal((6, M))
    return X, (X[:1] * X[1:2] > 0).astype(np.uint8)


def apart(first, second):
    """The largest difference between two lists of pairs of arrays."""
    pairs = zip(first, second, strict=True)
    return max(np.abs(a - b).max() for p, q in pairs for a, b in zip(p[:2], q[:2], strict=True))


@pytest.fixture(scope="module")
def client():
    pytest.importorskip("distributed", reason="the extra dask is not installed")
    client = cluster.local(2, silence_logs=60)
    yield client
    client.shutdown()


@pytest.mark.parametrize("block_size", [1000, 250, 30])
def test_gradients_are_those_of_one_machine(client, block_size):
    X, Y = data()
    wanted = backward(LAYERS, forward(LAYERS, X), Y)
    placed = cluster.place(client, X, Y, block_size)
    assert apart(wanted, cluster.gradients(client, LAYERS, placed)) < 1e-12


def test_a_file_is_read_by_the_workers(client, tmp_path):
    X, Y = data()
    np.save(tmp_path / "X.npy", X)
    np.save(tmp_path / "Y.npy", Y)
    placed = cluster.place(client, tmp_path / "X.npy", tmp_path / "Y.npy", 250)
    found, history = cluster.train(client, LAYERS, placed, 0.5, 5)
    wanted, recorded = nnlib.training.train(LAYERS, X, Y, 0.5, 5)
    assert apart(wanted, found) < 1e-12
    np.testing.assert_allclose(history.costs, recorded.costs, rtol=1e-12)


def test_a_worker_killed_in_the_middle_changes_nothing_but_time(client, monkeypatch):
    placed = cluster.place(client, *data(), 100)
    wanted, recorded = cluster.train(client, LAYERS, placed, 0.5, 10)
    victim = min(client.run(os.getpid).values())
    steps = []

    def update_and_kill(*arguments):
        steps.append(1)
        if len(steps) == 4:
            os.kill(victim, getattr(signal, "SIGKILL", signal.SIGTERM))
        return update(*arguments)

    monkeypatch.setattr(cluster, "update", update_and_kill)
    found, history = cluster.train(client, LAYERS, placed, 0.5, 10)
    assert victim not in client.run(os.getpid).values()
    assert history == recorded and apart(found, wanted) == 0


def test_what_a_worker_refuses_comes_back_as_the_sentence(client):
    X, Y = data()
    placed = cluster.place(client, X[:5], Y, 250)
    with pytest.raises(InputError, match=r"X must have shape \(n_x, m\) with n_x = 6"):
        cluster.gradients(client, LAYERS, placed)


def test_a_run_that_diverges_is_refused(client):
    placed = cluster.place(client, *data(), 300)
    with pytest.raises(DivergenceError, match="learning_rate 1e[+]150 is too large"):
        cluster.train(client, LAYERS, placed, 1e150, 5)


@pytest.mark.parametrize(("argument", "wrong"), [("learning_rate", -1), ("epochs", 2.5)])
def test_settings_are_held_against_their_kinds(argument, wrong):
    given = {"learning_rate": 0.5, "epochs": 2} | {argument: wrong}
    with pytest.raises(InputError, match=argument):
        cluster.train(None, LAYERS, [], **given)


def test_without_distributed_a_sentence_names_the_extra():
    program = (
        "import sys; sys.modules['distributed'] = None\n"
        "from nnlib import cluster\n"
        "try:\n    cluster.local()\nexcept ImportError as error:\n    print(error)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stderr == ""
    assert done.stdout == (
        "Training on a cluster needs the package distributed: install it "
        '(pip install "nnlib[dask]").\n'
    )
