# Plain: edited here; chapter 10 tells of it.
"""What a rule is, what is known while one call is held against its rules, and how it refuses."""

import math
import os
from collections.abc import Callable, Iterator
from contextvars import ContextVar, copy_context
from functools import cache
from typing import Any

import numpy as np


class InputError(ValueError):
    """An argument cannot be used; the message names it, what was found and what is wanted."""

    callers = False  # True if it was raised within a function that the caller handed in

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows: the frames up to the caller's line, without the door's own."""
        from IPython import get_ipython

        frame = self.__traceback__
        while frame and frame.tb_next:
            after = frame.tb_next
            if after.tb_next is None and "__tracebackhide__" in after.tb_frame.f_locals:
                frame.tb_next = None
            frame = frame.tb_next
        shown = get_ipython().InteractiveTB.structured_traceback
        lines: list[str] = shown(type(self), self, self.__traceback__)
        return lines


class DivergenceError(InputError):
    """The learning rate cannot be used with these data; the message names one to try."""


INSIDE: ContextVar["bool | Call"] = ContextVar("inside the door", default=False)
"""Whether a call comes from inside the library; each thread has its own answer.

Inside a call whose numbers could overflow, it is that `Call`, which watches.
"""


class Call:
    """One call from outside: what its arguments have fixed so far.

    Attributes
    ----------
    precision : dtype or None
        That of the first floating-point argument; labels take it.
    network : list of int or None
        The sizes (n_x, n_1, …, 1) of the network among the arguments.
    given : dict
        The arguments by name, in the form that the rules gave them.
    kept : dict
        What a rule remembers for the next argument.
    axes : dict
        The size of each axis, and the argument that has fixed it.
    reach : float
        How large the product of all arguments can get: the product of their lengths.
    longest : float
        The length of the longest argument.
    narrow : bool
        True if an argument is float32.
    overflowed : bool
        True once the watch has seen a number that is not finite.
    caller : contextvars.Context
        The world of the caller, for functions that the caller handed in.
    """

    def __init__(self) -> None:
        self.precision: np.dtype[Any] | None = None
        self.network: list[int] | None = None
        self.given: dict[str, Any] = {}
        self.kept: dict[str, Any] = {}
        self.axes: dict[str, tuple[int, str]] = {}
        self.reach, self.longest, self.narrow = 1.0, 1.0, False
        self.overflowed = False
        self.caller = copy_context()  # before the door is entered
        self._entered = False
        self._generators: list[tuple[np.random.Generator, Any]] = []

    def size(self, axis: str | int, size: int, name: str) -> int:
        """The size that an axis has in this call; if nobody has fixed it, `name` does."""
        if isinstance(axis, int):
            return axis
        return self.axes.setdefault(axis, (size, name))[0]

    def owner(self, axis: str | int) -> str | None:
        """The argument that has fixed an axis."""
        known = self.axes.get(axis) if isinstance(axis, str) else None
        return known[1] if known else None

    def said(self, axis: str | int) -> str:
        """An axis in words: "n_x = 3, as in w"."""
        size, name = self.axes[str(axis)]
        return f"{axis} = {size}, as in {name}"

    def own_axes(self) -> dict[str, tuple[int, str]]:
        """Begin a part with axes of its own, and return those from before."""
        before, self.axes = self.axes, {}
        return before

    def weigh(self, length: float, dtype: np.dtype[Any]) -> None:
        """Count one more argument: the length of all its numbers as one vector."""
        if length > 1.0:
            self.reach *= length  # may become infinite: then it could overflow
            if length > self.longest:
                self.longest = length
        if dtype == np.float32:
            self.narrow = True

    def could_overflow(self) -> bool:
        """True if a product of all arguments, or a square of one, could be too large."""
        most = 1e30 if self.narrow else 1e300  # some way below the largest: sums come in, too
        return self.reach > most or self.longest * self.longest > most

    def noticed(self, what: str, flag: int) -> None:
        """Called by NumPy at an overflow, where it is asked to."""
        self.overflowed = True

    def remember(self, rng: np.random.Generator) -> np.random.Generator:
        """Keep the state of a generator, so that a refused call has drawn nothing."""
        self._generators.append((rng, rng.bit_generator.state))
        return rng

    def undo(self) -> None:
        """Put every generator back."""
        for rng, state in self._generators:
            rng.bit_generator.state = state

    def outside(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Run a function of the caller in the caller's own world: outside, with its `errstate`."""
        if self._entered:  # the function called itself through the door
            return self.caller.copy().run(function, *args, **kwargs)
        self._entered = True
        try:
            return self.caller.run(function, *args, **kwargs)
        finally:
            self._entered = False


class Rule:
    """One thing that holds of an argument.

    Attributes
    ----------
    form : str
        What stands behind the argument's name in help, such as "array, shape (1, m)".
    says : str
        Sentences about it for help; they say what is refused.
    at_arrow : bool
        True if it stands at the arrow and looks at results.
    """

    form: str = ""
    says: str = ""
    at_arrow: bool = False

    def take(self, value: Any, name: str, call: Call) -> Any:
        """Return the value in usable form, or raise an `InputError` that names it."""
        return value

    def good(self, value: Any, axes: dict[str, int]) -> Any:
        """Make a right value, from what the rules before made; `axes` gives each axis its size."""
        return value

    def bad(self, good: Any) -> Iterator[tuple[Any, str]]:
        """Wrong values, each with its sentence: {name} is the argument, "…" what differs."""
        yield from ()


def describe(value: object) -> str:
    """What stands in a message for a wrong value: numbers and short texts, else its kind."""
    if isinstance(value, str):
        return repr(value[:40])
    short = isinstance(value, int) and abs(value) < 2**63
    return str(value) if short or isinstance(value, float | np.number) else type(value).__name__


@cache
def memory() -> int:
    """Bytes of main memory in this machine; 16 GiB where the system does not say."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return 16 * 2**30


def hold(shape: tuple[int, ...], name: str, itemsize: int = 8) -> None:
    """Refuse an array that this machine could not hold, before it is made."""
    wanted, there = math.prod(shape) * itemsize, memory()
    if wanted > there:
        sizes = f"{wanted // 2**30:,} GiB; this machine has {there / 2**30:,.0f} GiB"
        raise InputError(f"{name} of shape {shape} would need {sizes}.")


def in_words(label: object) -> str:
    """A label in a sentence: short, also where it is a number of a thousand digits."""
    huge = isinstance(label, int) and abs(label) >= 2**63
    return describe(label) if huge else str(label)[:40]
