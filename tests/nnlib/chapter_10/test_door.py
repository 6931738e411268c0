"""The door itself: who is outside, who is inside, and what a refused call leaves behind."""

import os
import subprocess
import sys
import threading
import traceback
import warnings

import numpy as np
import pytest

from nnlib.activations import relu, sigmoid
from nnlib.door import door
from nnlib.gradient_check import numerical_gradient
from nnlib.kinds import AnyNumbers, Array, Listener, RandomSeed
from nnlib.logistic import forward, gradients
from nnlib.network import Layer, initialize, predict
from nnlib.rule import INSIDE, InputError
from nnlib.training import batches, train

X = np.random.default_rng(0).normal(size=(3, 5))
Y = np.array([[0.0, 1.0, 1.0, 0.0, 1.0]])
W = np.ones((3, 1))


def is_outside():
    """True if a bad call is refused: outside the door it is, inside it would run."""
    try:
        sigmoid("tree")
    except InputError:
        return True
    except Exception:
        return False
    return False


@door
def inside(z: AnyNumbers) -> object:
    """Whether a call from inside is held against the kinds."""
    return is_outside()


def test_a_call_from_inside_runs_straight_through():
    assert is_outside()
    assert inside(1) is False
    assert is_outside()


# --- functions of the caller ----------------------------------------------------------------------


def test_a_function_of_the_caller_runs_outside():
    seen = []

    def f(P):
        seen.append((is_outside(), INSIDE.get()))
        return 0.0

    numerical_gradient(f, [1.0, 2.0])
    assert seen == [(True, False)] * 4
    assert is_outside()


def test_a_bad_call_in_a_function_of_the_caller_is_refused():
    with pytest.raises(InputError, match=r"^X must have shape .* n_x = 3, as in w"):
        numerical_gradient(lambda P: forward(P, 0, X[:2]).sum(), W)

    def after_epoch(run):
        sigmoid("tree")

    with pytest.raises(InputError, match="^z must hold real numbers; found dtype <U4"):
        train(initialize((3, 1)), X, Y, 0.1, 3, after_epoch=after_epoch)
    assert is_outside()


def test_a_function_of_the_caller_runs_with_the_errstate_of_the_caller():
    def f(P):
        np.float64(1e308) * np.float64(10)
        return 0.0

    with np.errstate(over="raise"), pytest.raises(FloatingPointError):
        numerical_gradient(f, [1.0])
    with np.errstate(over="ignore"):
        numerical_gradient(f, [1.0])
    with pytest.warns(RuntimeWarning, match="overflow"), np.errstate(over="warn"):
        numerical_gradient(f, [1.0])


def test_the_errstate_of_the_caller_is_theirs_again():
    with np.errstate(over="raise", invalid="ignore"):
        before = np.geterr()
        forward(W, 0, X)
        with pytest.raises(InputError):
            forward(W, 0, np.full((3, 5), 1.7e308))
        assert np.geterr() == before


def test_a_strict_caller_gets_no_error_for_an_underflow():
    with np.errstate(all="raise"):
        assert sigmoid(-1e4) == 0


# --- exceptions -----------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, InputError])
def test_after_an_exception_one_is_outside_again(error):
    def f(P):
        raise error("stop")

    for _ in range(3):
        with pytest.raises(error):
            numerical_gradient(f, [1.0])
        assert not INSIDE.get() and is_outside()


def test_doors_within_doors_and_exceptions_among_them():
    @door
    def calls_back(z: AnyNumbers, then: Listener) -> object:
        """Call a function of the caller, and look where one stands afterwards."""
        try:
            then(z)
        except InputError:
            pass
        return INSIDE.get()

    assert calls_back(1, lambda z: sigmoid("tree")) is True
    assert calls_back(1, lambda z: calls_back(2, lambda z: sigmoid("tree"))) is True
    assert not INSIDE.get() and is_outside()


# --- threads --------------------------------------------------------------------------------------


def test_a_thread_that_is_started_inside_is_outside():
    @door
    def starts_a_thread(z: AnyNumbers) -> object:
        """Ask from another thread, while this one is inside."""
        answers = []
        thread = threading.Thread(target=lambda: answers.append(is_outside()))
        thread.start()
        thread.join()
        return [*answers, is_outside()]

    assert starts_a_thread(1) == [True, False]


def test_threads_do_not_see_the_door_of_each_other():
    entered, leave, answers = threading.Event(), threading.Event(), []

    @door
    def waits(z: AnyNumbers) -> object:
        """Stay inside until told."""
        entered.set()
        leave.wait(10)
        return is_outside()

    thread = threading.Thread(target=lambda: answers.append(waits(1)))
    thread.start()
    entered.wait(10)
    assert is_outside()
    leave.set()
    thread.join()
    assert answers == [False]


def test_many_threads_at_once_give_the_same_numbers():
    wanted, wrong = gradients(W, 0.1, X, Y)[0].tobytes(), []

    def work():
        for _ in range(200):
            if gradients(W, 0.1, X, Y)[0].tobytes() != wanted or not is_outside():
                wrong.append(1)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


# --- what a refused call leaves behind ------------------------------------------------------------


@pytest.mark.parametrize(
    "call",
    [
        lambda rng: batches(5, 9, rng),
        lambda rng: initialize((3, 1), "gelu", rng),
        lambda rng: initialize((3, 4, 1), "relu", rng, 1e308),
        lambda rng: train(initialize((3, 1)), X, Y[:, :2], 0.1, 3, 2, rng),
        lambda rng: train(initialize((3, 4, 1)), X, Y, 1e300, 30, 2, rng),
        lambda rng: train(initialize((3, 1)), X, Y, 0.1, 3, 2, rng, after_epoch=refuse),
    ],
)
def test_a_refused_call_leaves_the_generator_as_it_was(call):
    rng = np.random.default_rng(3)
    before = rng.bit_generator.state
    with pytest.raises(InputError):
        call(rng)
    assert rng.bit_generator.state == before


def refuse(run):
    """A listener that makes a mistake."""
    sigmoid("tree")


def test_a_call_that_is_taken_draws_from_the_generator():
    @door
    def draw(rng: RandomSeed) -> float:
        """One number."""
        return float(rng.random())

    rng = np.random.default_rng(3)
    assert draw(rng) == np.random.default_rng(3).random()
    assert draw(rng) != np.random.default_rng(3).random()
    assert draw(3) == np.random.default_rng(3).random()


# --- the result -----------------------------------------------------------------------------------


def test_an_overflow_that_a_later_step_hides_is_refused():
    @door
    def hides(z: AnyNumbers) -> Array:
        """1 / z², 0 where z² overflows."""
        return 1 / z**2

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        np.testing.assert_array_equal(hides([2.0]), [0.25])
        with pytest.raises(InputError, match="^The numbers in z are so large that the result"):
            hides([1e200])
        with pytest.raises(InputError, match="^The numbers in z are so large that the result"):
            hides([0.0])  # not large, but no number comes of it either


# --- what a person sees ---------------------------------------------------------------------------


def test_a_traceback_goes_from_the_caller_to_the_sentence():
    with pytest.raises(InputError) as caught:
        sigmoid("tree")
    frames = traceback.extract_tb(caught.value.__traceback__)
    assert [frame.name for frame in frames][1:] == ["behind"]
    assert caught.value.__cause__ is None and caught.value.__suppress_context__


CELL = """
import numpy as np
from nnlib.logistic import forward
forward(np.ones((3, 1)), 0, np.ones((2, 5)))
"""


def test_a_traceback_in_a_notebook_does_not_show_the_door():
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL.strip())])
    nbclient.NotebookClient(notebook, allow_errors=True, kernel_name="python3").execute()
    (error,) = notebook.cells[0].outputs
    shown = "\n".join(error["traceback"])
    assert error["ename"] == "InputError"
    assert "n_x = 3, as in w" in shown
    for hidden in ("door.py", "from_outside", "hints.py", "rules_arrays.py"):
        assert hidden not in shown


HIDDEN = """
import numpy as np
from nnlib import logistic
X = np.ones((300, 2000))
X[0, -1], X[1, -1] = 1e200, -1e200
w = np.ones((300, 1))
w[:2] = 1e200
logistic.predict(w, 0.0, X)
"""


@pytest.mark.parametrize("threads", ["1", "2"])
def test_an_overflow_in_a_product_is_seen_however_many_threads_share_it(threads):
    """The flags of the processor are lost where another thread does the work."""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": threads}
    done = subprocess.run(
        [sys.executable, "-c", HIDDEN], env=environment, capture_output=True, text=True
    )
    assert "The numbers in w and X are so large that the result overflows." in done.stderr


@pytest.mark.parametrize(("size", "dtype"), [(1e70, "f8"), (4e9, "f4")])
def test_an_overflow_deep_in_a_network_is_seen(size, dtype):
    wide = Layer(np.full((2, 2), size, dtype), np.zeros((2, 1), dtype), "relu")
    last = Layer(np.array([[size, -size]], dtype), np.zeros((1, 1), dtype), "sigmoid")
    with pytest.raises(InputError, match="overflows"):
        predict([wide] * 7 + [last], np.full((2, 3), size, dtype))


def test_an_interrupt_leaves_the_door_shut_and_numpy_as_it_was():
    @door
    def stopped(z: AnyNumbers) -> Array:
        """Never ends."""
        raise KeyboardInterrupt

    before = np.geterr()
    with pytest.raises(KeyboardInterrupt):
        stopped([1.0])
    assert INSIDE.get() is False and np.geterr() == before


def test_code_of_the_argument_itself_is_outside():
    class Sly:
        def __array__(self, dtype=None, copy=None):
            sigmoid(np.array([np.nan]))
            return np.ones(2)

    with pytest.raises(InputError, match="z must be finite"):
        relu(Sly())


@pytest.mark.parametrize("kind", ["coroutine", "generator"])
def test_a_listener_that_would_never_run_is_refused(kind):
    async def waits(run): ...

    def yields(run):
        yield run

    listener = waits if kind == "coroutine" else yields
    layers = initialize((3, 1))
    with pytest.raises(InputError, match="after_epoch must be a plain function"):
        train(layers, np.ones((3, 2)), [[0, 1]], 0.1, 1, after_epoch=listener)
