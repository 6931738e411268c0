"""What can be said of results of another kind or another shape than what is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from course.feedback.attempt import Result
from course.feedback.comparing import Gap
from course.feedback.groups import group_of
from course.feedback.words import as_written, enumerated, part_name


def about_kinds(wrong: Sequence[Result]) -> str | None:
    """What to say where something of another kind came back; None if nothing did."""
    gaps = [gap for result in wrong for gap in result.gaps if gap.kind in ("type", "parts")]
    if not gaps:
        return None
    counts = {_too_few(gap) for gap in gaps}
    if counts in ({True}, {False}):
        few, first = counts.pop(), gaps[0]
        name = "" if first.name == "result" else f"In {part_name(group_of(first.name))}: "
        got, wanted = len(first.got), len(first.expected)
        said = "Fewer things came back than are asked for" if few else "Too many things came back"
        return f"{name}{said} (in the first case that fails {got}, and it should be {wanted})."
    return _of_all([about_kind(gap) for gap in gaps])


def _too_few(gap: Gap) -> bool | None:
    """True for a list that is too short, False for one that is too long, else None."""
    got, expected = as_written(gap.got), as_written(gap.expected)
    if not isinstance(got, tuple | list) or not isinstance(expected, tuple | list):
        return None
    if hasattr(expected, "_fields") or len(got) == len(expected):
        return None
    return len(got) < len(expected)


def about_shapes(wrong: Sequence[Result]) -> str | None:
    """What to say where a shape is wrong; None if none is."""
    shapes = [gap for result in wrong for gap in result.gaps if gap.kind == "shape"]
    if not shapes:
        return None
    name = group_of(shapes[0].name)
    gaps = [g for result in wrong for g in result.gaps if group_of(g.name) == name]
    first = f"In {part_name(name)}: " if name not in ("result", "layer") else ""
    if {np.shape(gap.expected) for gap in gaps} == {()}:
        if all(np.size(gap.got) == 1 for gap in gaps):
            return f"{first}The number sits in an array. One number is asked for."
        return f"{first}One number is asked for, and an array came back: is a sum or mean missing?"
    said = [about_shape(gap) if gap.kind == "shape" else None for gap in gaps]
    return first + _of_all(said)


def _of_all(said: Sequence[str | None]) -> str:
    """A sentence that is true of every row; else the first, and that it is true of one."""
    text = next(one for one in said if one)
    return text if set(said) == {text} else f"In the first case that fails: {text}"


def about_kind(gap: Gap) -> str:
    """Something else came back than what is asked for."""
    gap = gap._replace(got=as_written(gap.got), expected=as_written(gap.expected))
    fields = getattr(gap.expected, "_fields", None)
    several = isinstance(gap.expected, tuple | list)
    if isinstance(gap.expected, str):
        wanted = "a name"
    elif fields:
        wanted = f"a {type(gap.expected).__name__} with {enumerated(fields)}"
    elif several:
        wanted = f"a {type(gap.expected).__name__} of {len(gap.expected)}"
    else:
        wanted = "one array" if np.ndim(gap.expected) else "one number"
    name = _place(gap)
    if gap.expected is None:
        return f"{name}None is asked for, and something came back."
    if isinstance(gap.got, tuple) and not several:
        return (
            f"{name}A tuple came back, and {wanted} is asked for. "
            "What stands after `return`, and is there a comma in it?"
        )
    if gap.got is None:
        return f"{name}None came back, and {wanted} is asked for."
    if _is_truth(gap.got):
        return f"{name}True and False came back, and numbers are asked for."
    if isinstance(gap.got, dict):
        return f"{name}A dictionary came back, and {wanted} is asked for."
    if fields and isinstance(gap.got, tuple) and len(gap.got) == len(fields):
        record = type(gap.expected).__name__
        return f"{name}A plain tuple came back, and {wanted} is asked for: {record}(…) makes one."
    return f"{name}Something else came back than {wanted}. What stands after `return`?"


def _place(gap: Gap) -> str:
    """Which part it is, at the beginning of a sentence."""
    if gap.name == "result":
        return ""
    return f"In {part_name(gap.name)}: "


def _is_truth(value: Any) -> bool:
    return isinstance(value, bool | np.bool_) or (
        isinstance(value, np.ndarray) and value.dtype.kind == "b"
    )


def about_shape(gap: Gap) -> str:
    """What can be said of a wrong shape alone."""
    got, expected = np.shape(gap.got), np.shape(gap.expected)
    if len(got) == 2 and got == expected[::-1]:
        return "Rows and columns are exchanged."
    if not got:
        return "One number came back, and an array is asked for: is a sum over too much?"
    if len(got) < len(expected):
        return f"An axis is lost: the result should have {len(expected)} of them."
    if len(got) > len(expected):
        return f"There is an axis too many: the result should have {len(expected)} of them."
    if len(got) == 2 and got[0] == got[1] == expected[0] > 1 == expected[1]:
        return (
            "A square table came back where a column is asked for. `+`, `-` and `*` make one when "
            "a column meets a row, or an array with one axis: look at the shape on each side."
        )
    axis = next(k for k, (a, b) in enumerate(zip(got, expected, strict=True)) if a != b)
    what = ("rows", "columns")[axis] if len(got) == 2 else f"entries along axis {axis}"
    return (
        f"The number of {what} is {got[axis]}, and should be {expected[axis]}. Which of your "
        "lines decides it?"
    )
