"""Call a function that may be wrong in any way: on protected inputs, with a time limit, never
letting its errors out.
"""

import copy
import ctypes
import threading
import warnings
from typing import NamedTuple

import numpy as np


class Outcome(NamedTuple):
    """What one call did.

    kind is "value", "nothing" (None came back), "unwritten" (a placeholder was met), "raises",
    "writes" (an input was written to) or "endless".
    """

    kind: str
    value: object = None
    error: BaseException | None = None


class _TimeIsUp(BaseException):
    """Raised inside a function that runs too long; not an Exception, so that `except Exception`
    does not swallow it.
    """


def protect(value):
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


def _call(function, args):
    """One call on protected copies of `args`; floating-point overflow, division by zero and NaN
    count as errors.
    """
    try:
        with np.errstate(over="raise", divide="raise", invalid="raise"), warnings.catch_warnings():
            warnings.simplefilter("error", DeprecationWarning)
            value = function(*protect(list(args)))
    except NotImplementedError as error:
        return Outcome("unwritten", error=error)
    except ValueError as error:
        return Outcome("writes" if "read-only" in str(error) else "raises", error=error)
    except Exception as error:
        return Outcome("raises", error=error)
    if value is None:
        return Outcome("nothing")
    return Outcome("value", value)


def call_all(function, inputs, seconds=3.0):
    """Outcomes of `function` on each tuple of arguments in `inputs`; together they may take
    `seconds`.

    The calls run in a thread of their own. When time is up an exception is raised inside that
    thread, which ends every loop that is written in Python; the caller goes on in any case.
    """
    outcomes = []

    def work():
        try:
            for args in inputs:
                outcomes.append(_call(function, args))
        except _TimeIsUp:
            pass

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
    finished = list(outcomes)
    if thread.is_alive():
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident), ctypes.py_object(_TimeIsUp)
        )
        thread.join(0.5)
    return finished + [Outcome("endless")] * (len(inputs) - len(finished))
