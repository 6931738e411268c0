"""When two results are the same mistake."""

from __future__ import annotations

import numpy as np

from course.feedback import failing
from course.feedback.attempt import Result
from course.feedback.comparing import same


def alike(mine: Result, known: Result, rtol: float | None) -> bool:
    """True if two results are the same mistake: equal values, or the same operation that failed."""
    if mine.outcome.kind != known.outcome.kind:
        return False
    error = mine.outcome.error
    if error is not None:
        if type(error) is not type(known.outcome.error):
            return False
        if isinstance(error, FloatingPointError):  # what tells is the other cases, and which fail
            first_words = {str(e).split()[0] for e in (error, known.outcome.error)}
            kind = failing.alike_in_kind(mine.outcome.failing, known.outcome.failing)
            return kind and len(first_words) == 1
        if mine.outcome.kind == "writes":
            return failing.same_target(mine.outcome.failing, known.outcome.failing)
        return failing.alike(mine.outcome.failing, known.outcome.failing)
    if len(mine.parts) != len(known.parts):
        return False
    return all(same(a.got, b.got, rtol) for a, b in zip(mine.parts, known.parts, strict=True))


def tells(result: Result) -> bool:
    """True if a result can tell mistakes apart."""
    outcome = result.outcome
    if outcome.error is not None:
        return outcome.failing is not None and bool(outcome.failing.kind)
    return bool(result.gaps)


def not_finite(result: Result) -> bool:
    """True if nan or an infinite number stands where a finite one is expected."""
    return any(
        np.asarray(gap.got).dtype.kind == "f"
        and not np.isfinite(gap.got).all()
        and bool(np.isfinite(gap.expected).all())
        for gap in result.gaps
        if gap.kind == "values"
    )
