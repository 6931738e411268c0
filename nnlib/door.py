# Plain: edited here; chapter 10 tells of it.
"""The door: a call from outside is held against the kinds in the signature; one from inside runs.

``@door`` stands above each public function of the mathematics, which then checks nothing itself.
"""

import functools
import inspect
import math
import typing
from collections.abc import Callable
from contextlib import nullcontext
from contextvars import copy_context
from typing import Any, ParamSpec, TypeVar, cast

import numpy as np

from nnlib.hints import Kind
from nnlib.manual import compose
from nnlib.quick import FIRST
from nnlib.rule import INSIDE, Call, InputError
from nnlib.rules_arrays import finite

P = ParamSpec("P")
R = TypeVar("R")
PLAIN = nullcontext()  # NumPy says nothing there as it is


def door(function: Callable[P, R]) -> Callable[P, R]:
    """Hold calls from outside against the kinds in the signature of a function.

    A call from inside the library goes straight through. Help shows what the kinds say.

    Parameters
    ----------
    function : callable
        Its parameters are annotated with kinds, see `nnlib.kinds`.

    Returns
    -------
    callable
        The function behind its door; ``__wrapped__`` is the function itself.
    """
    signature = inspect.signature(function)
    hints = typing.get_type_hints(function, include_extras=True)
    kinds = {name: Kind(hints.get(name)) for name in signature.parameters}
    arrow = Kind(hints.get("return"))
    names = tuple(kinds)
    inside = INSIDE.get
    first = FIRST.get(f"{function.__module__}.{function.__name__}")

    @functools.wraps(function)
    def behind(*args: P.args, **kwargs: P.kwargs) -> R:
        if mode := inside():
            if mode is True:
                return function(*args, **kwargs)
            return watched(mode, function, *args, **kwargs)
        if first is not None and len(args) == 2 and not kwargs:
            result = first(*args)  # computed first; None if anything is odd
            if result is not None:
                return cast(R, result)
        __tracebackhide__ = True  # notebooks and pytest leave this frame out
        try:
            return from_outside(function, signature, names, kinds, arrow, args, kwargs)
        except InputError as refusal:
            if refusal.callers:
                raise
            raise refusal.with_traceback(None) from None

    behind.__doc__ = compose(function, signature, kinds, arrow)
    behind.__signature__ = readable(signature, kinds, arrow)  # type: ignore[attr-defined]
    return behind


def from_outside(
    function: Callable[..., R],
    signature: inspect.Signature,
    names: tuple[str, ...],
    kinds: dict[str, Kind],
    arrow: Kind,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> R:
    """One call from outside: take the arguments, run the function, look at the result once."""
    if len(args) == len(names) and not kwargs:
        given = dict(zip(names, args, strict=True))
    else:
        given = bind(function, signature, args, kwargs)
    call = Call()
    try:  # in a copy of the caller's context: whatever happens, the caller's own is as it was
        return copy_context().run(held, function, kinds, arrow, given, call)
    except InputError:
        call.undo()
        raise


def bind(
    function: Callable[..., Any],
    signature: inspect.Signature,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> dict[str, Any]:
    """The arguments by name, with the defaults; a wrong number of them is Python's TypeError."""
    try:
        bound = signature.bind(*args, **kwargs)
    except TypeError as error:
        raise TypeError(f"{function.__name__}() {error}") from None
    bound.apply_defaults()
    return bound.arguments


def held(
    function: Callable[..., R], kinds: dict[str, Kind], arrow: Kind, given: Any, call: Call
) -> R:
    """Take the arguments, go inside, run, look at the result."""
    with np.errstate(all="ignore"):
        for name, kind in kinds.items():
            value = given[name]
            call.given[name] = kind.take(value, name, call) if kind.held else value
        watch = call.could_overflow()
        INSIDE.set(call if watch else True)
        with np.errstate(all="call", under="ignore", call=call.noticed) if watch else PLAIN:
            result = run(function, call)
            for rule in arrow.rules:
                if rule.at_arrow:
                    result = rule.take(result, "the result", call)
            look(result, call)
    return result


def run(function: Callable[..., R], call: Call) -> R:
    """Run the function; what a machine cannot do with these numbers is a refusal."""
    try:
        return function(**call.given)
    except np.linalg.LinAlgError:
        raise InputError(overflows(call)) from None
    except MemoryError:
        raise InputError(f"There is not enough memory for {sources(call)}.") from None


def watched(call: Any, function: Callable[..., R], *args: Any, **kwargs: Any) -> R:
    """A call from inside where numbers are huge: an overflow is seen before a step can hide it."""
    result = function(*args, **kwargs)
    call.overflowed = call.overflowed or not all(map(all_finite, (*args, result)))
    return result


def look(result: Any, call: Call) -> None:
    """Refuse a result that overflowed, or would have if a later step had not hidden it."""
    parts = result.values() if isinstance(result, dict) else (result,)
    if call.overflowed or not all(map(all_finite, parts)):
        raise InputError(overflows(call))


def all_finite(result: Any) -> bool:
    """True if no number in a result is NaN or infinite; what a dict holds is not looked at."""
    if isinstance(result, np.ndarray):
        return result.dtype.kind != "f" or finite(result)
    if isinstance(result, float | np.floating):
        return math.isfinite(result)
    if isinstance(result, tuple | list):
        plain = set(map(type, result)) == {float}  # a history is long
        return all(map(math.isfinite if plain else all_finite, result))
    return True


def holds_huge(value: Any) -> bool:
    """True if an argument holds numbers whose products can overflow."""
    limits = ((a, float(np.finfo(a.dtype).max) ** 0.05) for a in arrays_in(value))
    return any(max(float(a.max()), -float(a.min())) > limit for a, limit in limits)


def arrays_in(value: Any) -> list[np.ndarray]:
    """The floating-point arrays in an argument."""
    if isinstance(value, np.ndarray) and value.dtype.kind == "f" and value.size:
        return [value]
    if isinstance(value, float):
        return [np.array([value])]
    if isinstance(value, tuple | list):
        return [array for part in value for array in arrays_in(part)]
    if isinstance(value, dict):
        return arrays_in(list(value.values()))
    return []


def sources(call: Call) -> str:
    """The arguments that hold huge numbers, or if there are none, numbers at all; in words."""
    names = [name for name, value in call.given.items() if holds_huge(value)]
    names = names or [name for name, value in call.given.items() if arrays_in(value)]
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names) or "this"


def overflows(call: Call) -> str:
    """The sentence about numbers that are too large."""
    return f"The numbers in {sources(call)} are so large that the result overflows."


class Reads(str):
    """A text that stands in a signature as it is, without quotation marks."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def readable(
    signature: inspect.Signature, kinds: dict[str, Kind], arrow: Kind
) -> inspect.Signature:
    """The signature as a person wants to see it: shapes and forms for annotations."""
    parameters = [
        p.replace(annotation=Reads(kinds[name].form)) for name, p in signature.parameters.items()
    ]
    return signature.replace(parameters=parameters, return_annotation=Reads(arrow.form))
