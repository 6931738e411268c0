"""The parts of a result in groups: dw and db, dW and db of all layers, Z and A.

Each group is right or wrong by itself, and by a factor of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from course.feedback.attempt import Result
from course.feedback.comparing import Part, constant_ratio, same


class Factor(NamedTuple):
    """How many times too large something is: sign · m^power."""

    sign: int
    power: int


NOTHING = Factor(1, 0)


def group_of(name: str) -> str:
    """The group of a part: dW for dW[2], layer for [1]."""
    return re.split(r"[\[(]", name)[0] or "layer"


def groups_of(result: Result) -> dict[str, list[Part]]:
    """The parts of a result by group."""
    found: dict[str, list[Part]] = {}
    for part in result.parts:
        found.setdefault(group_of(part.name), []).append(part)
    return found


def wrong_groups(results: Sequence[Result]) -> set[str]:
    """The groups that are wrong in at least one case."""
    return {group_of(gap.name) for result in results for gap in result.gaps}


def all_groups(results: Sequence[Result]) -> list[str]:
    """Every group, in the order of the result."""
    return list(dict.fromkeys(name for result in results for name in groups_of(result)))


def comparable(results: Sequence[Result]) -> bool:
    """True if every case gave a value that has all its parts."""
    return all(
        result.outcome.kind == "value" and all(gap.kind != "parts" for gap in result.gaps)
        for result in results
    )


def examples(result: Result) -> int | None:
    """m, the number of examples of a case: columns of the last table among its arguments."""
    tables = [a for a in result.case.args if isinstance(a, np.ndarray) and a.ndim == 2]
    return tables[-1].shape[1] if tables else None


def values_of(result: Result, group: str) -> list[Any]:
    """What came back for the parts of a group."""
    return [part.got for part in groups_of(result).get(group, [])]


def agree(mine: Sequence[Result], theirs: Sequence[Result], group: str, rtol: float | None) -> bool:
    """True if two functions give the same for a group in every case."""
    return all(
        same(values_of(a, group), values_of(b, group), rtol)
        for a, b in zip(mine, theirs, strict=True)
    )


def factor(
    mine: Sequence[Result], group: str, theirs: Sequence[Result] | None = None
) -> Factor | None:
    """The one factor by which a group differs in every case, from `theirs` or what is expected."""
    fits: set[Factor] | None = None
    sizes = set()
    for k, result in enumerate(mine):
        m = examples(result)
        if m is None:
            return None
        wanted = values_of(theirs[k], group) if theirs else _expected(result, group)
        for got, right in zip(values_of(result, group), wanted, strict=False):
            ratio = _ratio(got, right)
            if ratio is None:
                return None
            if np.any(right):
                possible = {f for f in FACTORS if np.isclose(ratio, f.sign * m**f.power, rtol=1e-5)}
                fits = possible if fits is None else fits & possible
                sizes.add(m)
    if not fits or len(sizes) < 2:
        return None
    return min(fits, key=lambda f: abs(f.power))


FACTORS = [Factor(sign, power) for sign in (1, -1) for power in (0, 1, -1, 2, -2)]


def _expected(result: Result, group: str) -> list[Any]:
    return [part.expected for part in groups_of(result).get(group, [])]


def _ratio(got: Any, right: Any) -> float | None:
    try:
        got, right = np.asarray(got, dtype=float), np.asarray(right, dtype=float)
    except (TypeError, ValueError):
        return None
    if got.shape != right.shape:
        return None
    return constant_ratio(got, right) if np.any(right) else (None if np.any(got) else 1.0)
