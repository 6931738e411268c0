"""Call a function that may be wrong in any way.

Its inputs are protected, its time is limited, what it prints is kept, and none of its errors gets
out.
"""

from __future__ import annotations

import contextlib
import copy
import ctypes
import io
import threading
import time
import warnings
from collections.abc import Callable, Sequence
from types import CodeType
from typing import Any, NamedTuple

import numpy as np

from course import alive
from course.feedback.deadline import limited
from course.feedback.failing import Operation, failing_operation
from course.feedback.own_work import watched
from nnlib.rule import INSIDE

THREADS = not alive.IN_A_PAGE
SECONDS = 3.0 if THREADS else 6.0
"""How long all the calls of one check may take together; a page is slower."""

PRINTED = 2000
"""How many characters of what a function prints are kept."""


class Outcome(NamedTuple):
    """What one call did.

    kind is "value", "nothing" (None came back), "unwritten" (a placeholder was met), "raises",
    "writes" (an input was changed), "endless" (value says whether it could be stopped) or
    "untried" (an endless one came before it). `failing` is the operation that an error stopped.
    """

    kind: str
    value: Any = None
    error: BaseException | None = None
    failing: Operation | None = None


class ReadOnlyError(ValueError):
    """A list that belongs to the caller was to be changed."""


def _refuses(name: str) -> Callable[..., Any]:
    def refuse(self: Any, *args: Any, **kwargs: Any) -> Any:
        raise ReadOnlyError(f"this list belongs to the caller and is read-only ({name})")

    return refuse


CHANGES = "append clear extend insert pop remove reverse sort".split()
CHANGES += ["__setitem__", "__delitem__", "__iadd__", "__imul__"]
ReadOnlyList = type("ReadOnlyList", (list,), {name: _refuses(name) for name in CHANGES})
"""A list that refuses to be changed, as a read-only array does; slices and copies are ordinary."""


def protect(value: Any) -> Any:
    """A deep copy of `value` in which every array and every list, at any depth, is read-only."""
    if isinstance(value, np.ndarray):
        value = value.copy()
        value.flags.writeable = False
        return value
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*map(protect, value))
    if isinstance(value, list):
        return ReadOnlyList(map(protect, value))
    if isinstance(value, tuple):
        return tuple(map(protect, value))
    return copy.deepcopy(value)


def call(function: Callable[..., Any], args: Sequence[Any]) -> Any:
    """What `function` gives for protected copies of `args`, with the doors of nnlib open.

    Inside a door a wrong shape runs on as it would without one, so that it can be compared.
    """
    token = INSIDE.set(True)
    try:
        return function(*map(protect, args))
    finally:
        INSIDE.reset(token)


def try_once(function: Callable[..., Any], args: Sequence[Any]) -> Outcome:
    """One call; floating-point overflow, division by zero and NaN count as errors."""
    with np.errstate(over="raise", divide="raise", invalid="raise"), warnings.catch_warnings():
        warnings.simplefilter("error", DeprecationWarning)
        try:
            value = call(function, args)
        except NotImplementedError as error:
            return Outcome("unwritten", error=error)
        except ValueError as error:
            kind = "writes" if "read-only" in str(error) else "raises"
            return Outcome(kind, error=error, failing=_failing(error))
        except BaseException as error:  # also what exit() raises, and what ends an endless loop
            failing = None if isinstance(error, SystemExit) else _failing(error)
            return Outcome("raises", error=error, failing=failing)
    if value is None:
        return Outcome("nothing")
    return Outcome("value", value)


def _failing(error: BaseException) -> Operation | None:
    """The operation that failed, looked at with the doors still open.

    The traceback is let go afterwards: it would keep every array of the call.
    """
    token = INSIDE.set(True)
    try:
        return failing_operation(error)
    finally:
        INSIDE.reset(token)
        error.__traceback__ = None


class Printed(io.TextIOBase):
    """Takes what a function prints, and keeps the beginning."""

    def __init__(self) -> None:
        self.text = ""
        self.length = 0

    def writable(self) -> bool:
        """It can be written to."""
        return True

    def write(self, text: str) -> int:
        """Keep what fits."""
        self.text += text[: PRINTED - len(self.text)]
        self.length += len(text)
        return len(text)

    def __str__(self) -> str:
        left = self.length - len(self.text)
        return self.text + (f"\n… and {left:,} characters more" if left else "")


class Called(NamedTuple):
    """What several calls did, what they printed, and whether the course's own function ran."""

    outcomes: list[Outcome]
    printed: str
    borrowed: bool


def call_all(
    function: Callable[..., Any],
    inputs: Sequence[Sequence[Any]],
    seconds: float,
    theirs: CodeType | None = None,
) -> Called:
    """Outcomes of `function` on each tuple of arguments, and what it printed.

    `theirs` is the code of the course's own function: it is seen if that runs inside.

    Together the calls may take `seconds`. Where there are threads, they run in one of their own,
    else in this one, which looks at the clock.
    """
    printed = Printed()
    with contextlib.redirect_stdout(printed):
        run = _in_a_thread if THREADS else _in_turn
        finished, borrowed, stopped = run(function, inputs, seconds, theirs)
    if len(finished) < len(inputs):
        untried = len(inputs) - len(finished) - 1
        endless = Outcome("endless", value="stopped" if stopped else "goes on")
        finished = [*finished, endless, *[Outcome("untried")] * untried]
    return Called(finished, str(printed), borrowed)


def _in_turn(
    function: Callable[..., Any],
    inputs: Sequence[Sequence[Any]],
    seconds: float,
    theirs: CodeType | None,
) -> tuple[list[Outcome], bool, bool]:
    """The outcomes until time is up, whether the course's own ran, and that it was stopped."""
    outcomes: list[Outcome] = []
    borrowed = False
    end = time.monotonic() + seconds
    for args in inputs:
        alive.sign()
        with watched(theirs) as seen:
            outcome = try_once(limited(function, end), args)
        if time.monotonic() > end:
            break
        outcomes.append(outcome)
        borrowed = borrowed or bool(seen)
    return outcomes, borrowed, True


def _in_a_thread(
    function: Callable[..., Any],
    inputs: Sequence[Sequence[Any]],
    seconds: float,
    theirs: CodeType | None,
) -> tuple[list[Outcome], bool, bool]:
    """The outcomes until time is up, whether the course's own ran, and if it could be stopped.

    When time is up,
    SystemExit is raised inside that thread: `except Exception` does not catch it, and a thread that
    ends with it ends without a word. It is raised again if a bare `except` or a `finally` swallows
    it. That ends every loop that is written in Python; the caller goes on in any case. (One long
    call into compiled code that does not let other threads run cannot be ended from here.)
    """
    outcomes: list[Outcome] = []
    borrowed: list[bool] = []
    time_is_up = threading.Event()

    def work() -> None:
        with contextlib.suppress(SystemExit):  # one that comes when the call has just ended
            for args in inputs:
                with watched(theirs) as seen:
                    outcome = try_once(function, args)
                if time_is_up.is_set():
                    return
                outcomes.append(outcome)
                borrowed.extend(seen)

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
    return finished, bool(borrowed), not thread.is_alive()
