"""Two known mistakes at once: both are made in the reference, and the result is compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations

import numpy as np

from course.exercises import Exercise
from course.feedback.attempt import Result, attempt_one
from course.feedback.likeness import alike, tells
from course.feedback.mistakes import Mistake, mistakes_of
from course.feedback.mistakes.section import together


def two_at_once(
    exercise: Exercise, results: Sequence[Result], cases: Sequence[int]
) -> tuple[Mistake, ...] | None:
    """Two known mistakes that are together alike on these cases.

    Where several pairs are alike, only the mistake that they share is sure.
    """
    found = list(_alike(exercise, results, cases))
    if not found:
        return None
    shared = [m for m in found[0] if all(_first(m) in map(_first, pair) for pair in found)]
    if shared:
        return tuple(shared)
    return found[0] if all(results[k].outcome.kind == "value" for k in cases) else None


def _first(mistake: Mistake) -> str:
    """Of mistakes that compute the same, the name of the first."""
    return mistake.twin or mistake.name


def _alike(
    exercise: Exercise, results: Sequence[Result], cases: Sequence[int]
) -> Iterator[tuple[Mistake, Mistake]]:
    """Every pair of known mistakes that is alike on these cases."""
    telling = [k for k in cases if tells(results[k])]
    if not telling or any(gap.kind == "parts" for gap in results[telling[0]].gaps):
        return
    first = telling[0]
    known, signatures = pairs_on(exercise, first)
    mine = np.array(signature(results[first]))
    close = np.abs(signatures - mine) <= max(0.01, exercise.rtol or 0) * np.abs(mine) + 1e-9
    for n in np.flatnonzero(close.all(axis=1)):
        one, other, theirs = known[n]
        if not alike(results[first], theirs, exercise.rtol):
            continue
        function = together(one, other)
        if function is not None and all(
            alike(results[k], attempt_one(exercise, function, k, gaps=False), exercise.rtol)
            for k in cases
        ):
            yield one, other


Pair = tuple[Mistake, Mistake, Result]


@cache
def pairs_on(exercise: Exercise, k: int) -> tuple[list[Pair], np.ndarray]:
    """Every two mistakes that can be made at once, with what they do together on one case.

    Beside them stand their signatures, by which most are told apart at one glance. A mistake that
    alone does no harm on this case leaves there what the other does.
    """
    made = [m for m in mistakes_of(exercise.name) if m.places and m.pairs]
    alone = [attempt_one(exercise, mistake.function, k) for mistake in made]
    found: list[Pair] = []
    for (one, first), (other, second) in combinations(zip(made, alone, strict=True), 2):
        if first.passed or second.passed:
            theirs = second if first.passed else first
            if not theirs.passed:
                found.append((one, other, theirs))
        elif function := together(one, other):
            found.append((one, other, attempt_one(exercise, function, k, gaps=False)))
    return found, np.array([signature(theirs) for _, _, theirs in found]).reshape(-1, 2)


def signature(result: Result) -> tuple[float, float]:
    """Two numbers that are the same for results that are alike."""
    if result.outcome.kind != "value":
        return 0.0, -1.0
    size = weight = 0.0
    for part in result.parts:
        try:
            numbers = np.abs(np.ravel(np.asarray(part.got, dtype=float)))
        except (TypeError, ValueError):
            continue
        size += float(numbers.sum())
        weight += float(numbers @ np.linspace(1, 2, numbers.size))
    return (size, weight) if np.isfinite(weight) else (0.0, -2.0)
