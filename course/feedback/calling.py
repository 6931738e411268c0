"""Call a function that may be wrong in any way.

Its inputs are protected, its time is limited, and none of its errors gets out.
"""

from __future__ import annotations

import copy
import ctypes
import threading
import warnings
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from nnlib.rule import INSIDE

SECONDS = 3.0
"""How long all the calls of one check may take together."""


class Outcome(NamedTuple):
    """What one call did.

    kind is "value", "nothing" (None came back), "unwritten" (a placeholder was met), "raises",
    "writes" (an input was written to), "endless" (value says whether it could be stopped) or
    "untried" (an endless one came before it).
    """

    kind: str
    value: Any = None
    error: BaseException | None = None


def protect(value: Any) -> Any:
    """A deep copy of `value` in which every array, at any depth, is read-only."""
    if isinstance(value, np.ndarray):
        value = value.copy()
        value.flags.writeable = False
        return value
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*map(protect, value))
    if isinstance(value, list | tuple):
        return type(value)(protect(part) for part in value)
    return copy.deepcopy(value)


def call(function: Callable[..., Any], args: Sequence[Any]) -> Any:
    """What `function` gives for protected copies of `args`, with the doors of nnlib open.

    Inside a door a wrong shape runs on as it would without one, so that it can be compared.
    """
    token = INSIDE.set(True)
    try:
        return function(*protect(list(args)))
    finally:
        INSIDE.reset(token)


def _try(function: Callable[..., Any], args: Sequence[Any]) -> Outcome:
    """One call; floating-point overflow, division by zero and NaN count as errors."""
    try:
        with np.errstate(over="raise", divide="raise", invalid="raise"), warnings.catch_warnings():
            warnings.simplefilter("error", DeprecationWarning)
            value = call(function, args)
    except NotImplementedError as error:
        return Outcome("unwritten", error=error)
    except ValueError as error:
        return Outcome("writes" if "read-only" in str(error) else "raises", error=error)
    except BaseException as error:  # also what exit() raises, and what ends an endless loop
        return Outcome("raises", error=error)
    if value is None:
        return Outcome("nothing")
    return Outcome("value", value)


def call_all(
    function: Callable[..., Any], inputs: Sequence[Sequence[Any]], seconds: float
) -> list[Outcome]:
    """Outcomes of `function` on each tuple of arguments; together they may take `seconds`.

    The calls run in a thread of their own. When time is up, SystemExit is raised inside that
    thread: `except Exception` does not catch it, and a thread that ends with it ends without a
    word. It is raised again if a bare `except` or a `finally` swallows it. That ends every loop
    that is written in Python; the caller goes on in any case. (One long call into compiled code
    that does not let other threads run cannot be ended from here.)
    """
    outcomes: list[Outcome] = []
    time_is_up = threading.Event()

    def work() -> None:
        for args in inputs:
            outcome = _try(function, args)
            if time_is_up.is_set():
                return
            outcomes.append(outcome)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
    time_is_up.set()
    finished = list(outcomes)
    assert thread.ident is not None  # it was started
    for _ in range(100):
        if not thread.is_alive():
            break
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident), ctypes.py_object(SystemExit)
        )
        thread.join(0.005)
    if len(finished) == len(inputs):
        return finished
    untried = len(inputs) - len(finished) - 1
    endless = Outcome("endless", value="goes on" if thread.is_alive() else "stopped")
    return [*finished, endless, *[Outcome("untried")] * untried]
