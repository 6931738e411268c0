"""A limit of time where there are no threads: a function looks at the clock as it runs.

A page has one thread for Python, and nobody else who could end a loop in it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

MONITORING: Any = getattr(sys, "monitoring", None)  # from Python 3.12 on, as in every page
TOOL = 3  # of six numbers, one that no tool of Python's own has


def limited(function: Callable[..., Any], end: float) -> Callable[..., Any]:
    """A function that raises SystemExit once the clock has passed `end`, of ``time.monotonic``.

    Each step back in a loop and each call of a function looks at the clock, and raises again where
    a bare ``except`` has swallowed what was raised. One long call into compiled code cannot be
    ended from here; the page then ends the kernel.
    """

    def look(*_: Any) -> None:
        if time.monotonic() > end:
            raise SystemExit("time is up")

    return _monitored(function, look) if MONITORING else _traced(function, look)


# Both stop watching with a call that is not watched itself: else the clock would end that, too.


def _monitored(function: Callable[..., Any], look: Callable[..., None]) -> Callable[..., Any]:
    """Look whenever a loop jumps back and whenever a function begins or goes on."""
    events = MONITORING.events
    watched = (events.JUMP, events.PY_START, events.PY_RESUME)

    def tried(*args: Any) -> Any:
        if MONITORING.get_tool(TOOL):  # a check inside a check: the outer limit holds
            return function(*args)
        MONITORING.use_tool_id(TOOL, "course")
        for event in watched:
            MONITORING.register_callback(TOOL, event, look)
        MONITORING.set_events(TOOL, sum(watched))
        try:
            return function(*args)
        finally:
            MONITORING.set_events(TOOL, 0)
            MONITORING.free_tool_id(TOOL)

    return tried


def _traced(function: Callable[..., Any], look: Callable[..., None]) -> Callable[..., Any]:
    """Look at every step; Python stops tracing after the first error, so it is raised once."""

    def each_step(frame: FrameType, event: str, arg: Any) -> Any:
        frame.f_trace_opcodes = True  # a loop in one line has no second line
        look()
        return each_step

    def tried(*args: Any) -> Any:
        before = sys.gettrace()
        sys.settrace(each_step)
        try:
            return function(*args)
        finally:
            sys.settrace(before)

    return tried
