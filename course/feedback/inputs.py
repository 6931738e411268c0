"""The arguments of a case as text, where they are small enough to redo by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from course.exercises import Case

LARGEST = 24
"""How many numbers a case may hold to be shown."""


def shown(parameters: Sequence[str], case: Case) -> str | None:
    """Every argument of a case by name, or None if there is too much of it."""
    if sum(map(_size, case.args)) > LARGEST or any(map(callable, case.args)):
        return None
    given = dict(zip(parameters, case.args, strict=False))
    return "\n".join(f"{name} = {_text(value)}" for name, value in given.items())


def _size(value: Any) -> int:
    if isinstance(value, np.ndarray):
        return int(value.size)
    if isinstance(value, tuple | list):
        return sum(map(_size, value))
    return 1


def _text(value: Any) -> str:
    """A value in one line; numbers with four digits at most."""
    if isinstance(value, np.ndarray):
        text = np.array2string(
            value,
            separator=", ",
            max_line_width=10_000,
            formatter={"float": lambda x: f"{x + 0.0:.4g}", "int": str},
        )
        return re.sub(r",\s+", ", ", text)
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        fields = zip(value._fields, value, strict=True)
        return f"{type(value).__name__}({', '.join(f'{n}={_text(v)}' for n, v in fields)})"
    if isinstance(value, list):
        records = any(hasattr(part, "_fields") for part in value)
        return f"[{(',' + chr(10) + '    ' if records else ', ').join(map(_text, value))}]"
    if value == slice(None):
        return "slice(None)"  # all of it
    return f"{value:.4g}" if isinstance(value, float) else repr(value)
