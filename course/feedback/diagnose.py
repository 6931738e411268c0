"""Diagnose: which known wrong version behaves like these results, and else what can be said."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from course.exercises import Exercise
from course.feedback.attempt import Result, attempt
from course.feedback.comparing import same
from course.feedback.mistakes import Mistake, mistakes_of
from course.feedback.sentences import general_sentence


def diagnose(
    exercise: Exercise, function: Callable[..., Any], results: list[Result]
) -> tuple[Mistake | None, str | None]:
    """The named mistake, or None and a sentence about what kind of mistake it is."""
    mistake = name_mistake(exercise, results)
    return mistake, None if mistake else general_sentence(function, results)


def name_mistake(exercise: Exercise, results: list[Result]) -> Mistake | None:
    """The known wrong version that behaves like these results on every case, or None.

    If none does, cases that ended in an overflow are left out: to be written without care for very
    large numbers is another mistake, which hides the first.
    """
    known = known_results(exercise)
    everywhere = list(range(len(results)))
    usual = [k for k in everywhere if not isinstance(results[k].outcome.error, FloatingPointError)]
    for cases in (everywhere, usual if any(results[k].gaps for k in usual) else []):
        for mistake, theirs in known:
            if cases and all(_alike(results[k], theirs[k], exercise.rtol) for k in cases):
                return mistake
    return None


@cache
def known_results(exercise: Exercise) -> list[tuple[Mistake, list[Result]]]:
    """Each known wrong version of an exercise with what it does on every case."""
    return [
        (mistake, attempt(exercise, mistake.function)) for mistake in mistakes_of(exercise.name)
    ]


def _alike(mine: Result, known: Result, rtol: float | None) -> bool:
    """True if two results are the same mistake: equal values, or the same complaint."""
    if mine.outcome.kind != known.outcome.kind:
        return False
    if mine.outcome.kind == "raises":
        return _complaint(mine.outcome.error) == _complaint(known.outcome.error)
    if len(mine.parts) != len(known.parts):
        return False
    return all(same(a.got, b.got, rtol) for a, b in zip(mine.parts, known.parts, strict=True))


def _complaint(error: BaseException | None) -> tuple[type, Any]:
    """Type and text of an error: NumPy's messages hold the shapes, which tell mistakes apart.

    np.dot and @ word the same complaint differently: of both, the two sizes that differ are kept.
    """
    text = str(error)
    sizes = re.search(r"size (\d+) is different from (\d+)", text) or re.search(
        r"not aligned: (\d+) \(dim \d\) != (\d+)", text
    )
    return type(error), tuple(sorted(sizes.groups())) if sizes else text
