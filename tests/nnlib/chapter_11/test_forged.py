"""Checkpoints from a file that somebody damaged or made, and runs that a callback tampers with."""

import subprocess
import sys
import time
from pathlib import Path

import forging
import numpy as np
import pytest

from nnlib.checkpoint import load_checkpoint, save_checkpoint, saver
from nnlib.generators import BIT_GENERATORS, generator
from nnlib.network import initialize
from nnlib.rule import InputError
from nnlib.training import resume, train

X, Y = forging.X, forging.Y
START = initialize((4, 5, 1), rng=2)
SENTENCE = "rng_state must be the state of a NumPy generator."


@pytest.mark.parametrize("seed", [0, 1])
def test_damaged_and_forged_files(seed):
    """In a process of its own: no traceback, no signal, and never more than 250 MiB.

    `python tests/forging.py 10000 0` tries as many as one has the patience for.
    """
    done = subprocess.run(
        [sys.executable, forging.__file__, "250", str(seed)], capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    refused, used = int(done.stdout.split()[0]), int(done.stdout.split()[-2])
    assert refused > 175 and used < 250, done.stdout


def states():
    """Each part of each generator's state, with values that it must not have."""
    for name in BIT_GENERATORS:
        state = getattr(np.random, name)(3).state
        yield name, (), None
        yield name, ("state",), {}
        for path in paths(state):
            part = at(state, path)
            if isinstance(part, np.ndarray):
                yield from ((name, path, wrong) for wrong in (part[:-1], [*part, 0], [], 0, "x"))
                yield from ((name, path, [*part[:-1], n]) for n in (-1, 2**64, 0.5, None, True))
            elif isinstance(part, int):
                yield from ((name, path, n) for n in (-1, 2**128, 10**400, 0.5, True, None, "1"))
            if path[-1] == "inc":
                yield name, path, 2  # an even step: the generator could return one number for ever
            if path[-1] == "pos":
                yield from ((name, path, n) for n in (625, 10**6, 2**31 - 1, -(2**31)))
            if path[-1] == "buffer_pos":
                yield from ((name, path, n) for n in (5, 10**6, -(2**31)))


def paths(state, way=()):
    """Where the parts of a state are, but for its name."""
    for key, value in state.items():
        if isinstance(value, dict):
            yield from paths(value, (*way, key))
        elif key != "bit_generator":
            yield (*way, key)


def at(state, path):
    """The part at a place."""
    for key in path:
        state = state[key]
    return state


def changed(state, path, value):
    """The state with another part at a place."""
    if not path:
        return value
    return {**state, path[0]: changed(state[path[0]], path[1:], value)}


@pytest.mark.parametrize(("name", "path", "wrong"), [*states()], ids=lambda part: str(part)[:30])
def test_no_wrong_part_of_a_state_reaches_numpy(name, path, wrong):
    state = getattr(np.random, name)(3).state
    with pytest.raises(InputError) as caught:
        generator(changed(state, path, wrong))
    assert str(caught.value) == SENTENCE


@pytest.mark.parametrize("name", BIT_GENERATORS)
def test_a_right_state_is_taken_as_arrays_and_as_lists(name):
    rng = np.random.Generator(getattr(np.random, name)(3))
    rng.integers(10, size=7, dtype=np.uint32)  # so that half a number is kept
    state = rng.bit_generator.state
    as_lists = {k: v.tolist() if isinstance(v, np.ndarray) else v for k, v in state.items()}
    as_lists["state"] = {
        k: v.tolist() if isinstance(v, np.ndarray) else v for k, v in state["state"].items()
    }
    expected = rng.permutation(1000)
    for one in (state, as_lists):
        assert np.array_equal(generator(one).permutation(1000), expected)
    for more in ({**state, "more": 1}, {k: v for k, v in state.items() if k != "state"}):
        with pytest.raises(InputError, match="rng_state"):
            generator(more)


@pytest.mark.parametrize("name", ["default_rng", "seed", "__doc__", "", None, ["PCG64"], 3])
def test_a_file_does_not_choose_what_is_called(name):
    state = np.random.PCG64(3).state
    with pytest.raises(InputError, match="rng_state"):
        generator({**state, "bit_generator": name})


def clear(run):
    for part in run.history[:4]:
        part.clear()


def fill(run):
    run.history.costs.extend([1e9] * 50)


def lose(run):
    run.layers.clear()
    run.history.accuracies.append("x")


def keep_wrong(run):
    checkpoint = run.checkpoint()
    checkpoint.history.costs.clear()
    checkpoint.layers.clear()
    checkpoint.settings.clear()
    checkpoint.rng_state.clear()


@pytest.mark.parametrize("tamper", [clear, fill, lose, keep_wrong])
def test_a_callback_cannot_break_the_run(tamper, tmp_path):
    def after_epoch(run):
        tamper(run)
        save_checkpoint(tmp_path / "run.npz", run.checkpoint())

    part = {"learning_rate": 0.1, "epochs": 30, "batch_size": 5}
    layers, history = train(START, X, Y, after_epoch=after_epoch, **part)
    expected, whole = train(START, X, Y, **part)
    assert layers[0].W.tobytes() == expected[0].W.tobytes() and history == whole
    assert load_checkpoint(tmp_path / "run.npz").history == whole


@pytest.mark.parametrize(
    ("epochs", "sentence"),
    [
        (2.5, "epochs must be a whole number; found float."),
        (None, "epochs must be a whole number; found NoneType."),
        (-1, "epochs must be at least 0; found -1."),
        (1, "epochs must be at least 3, done already; found 1."),
    ],
)
def test_a_checkpoint_looks_at_the_epochs_itself(epochs, sentence):
    kept = []
    train(START, X, Y, 0.1, 3, after_epoch=lambda run: kept.append(run.checkpoint()))
    with pytest.raises(InputError) as caught:
        kept[-1].run(X, Y, epochs)
    assert str(caught.value) == sentence


def test_a_batch_larger_than_the_data_is_refused():
    kept = []
    train(START, X, Y, 0.1, 3, 5, after_epoch=lambda run: kept.append(run.checkpoint()))
    settings = {**kept[-1].settings, "batch_size": 24}
    with pytest.raises(InputError, match="batch_size must be at most 23; found 24"):
        resume(kept[-1]._replace(settings=settings), X, Y, 5)


def test_a_checkpoint_late_in_a_long_run_costs_little(tmp_path):
    """After 10,000 epochs a checkpoint holds 160 kB of costs; it is not looked at one by one."""
    kept = []
    train(START, X, Y, 0.1, 1, after_epoch=lambda run: kept.append(run.checkpoint()))
    long = kept[0].history._replace(costs=[0.5] * 10_000, accuracies=[0.5] * 10_000)
    times = {}
    for name, checkpoint in (("short", kept[0]), ("long", kept[0]._replace(history=long))):
        run = checkpoint.run(X, Y, 20_000)
        one = []
        for _ in range(20):
            start = time.perf_counter()
            save_checkpoint(tmp_path / "run.npz", run.checkpoint())
            one.append(time.perf_counter() - start)
        times[name] = min(one)
    assert times["long"] < times["short"] + 0.02
    assert Path(tmp_path / "run.npz").stat().st_size < 200_000
    saver(tmp_path / "run.npz", 1)(run)
