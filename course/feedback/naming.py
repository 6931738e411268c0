"""Name a mistake: which known wrong version, or which two of them, behave like these results.

What counts is what a function computes, case by case and part by part, never how it is written. An
error counts only with the operation that it stopped, and with what that was given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from course.exercises import Exercise
from course.feedback import failing
from course.feedback.attempt import Result, attempt, attempt_one
from course.feedback.comparing import same
from course.feedback.groups import (
    NOTHING,
    Factor,
    agree,
    all_groups,
    comparable,
    factor,
    wrong_groups,
)
from course.feedback.mistakes import Mistake, mistakes_of
from course.feedback.mistakes.section import exchanged


class Name(NamedTuple):
    """What is known of a mistake.

    mistakes : one known mistake, or two at once.
    apart : a case that ends with an error of another kind: see `_apart`.
    left : the groups that differ in yet another way, each with its factor if it has one.
    """

    mistakes: tuple[Mistake, ...]
    apart: Result | None = None
    left: tuple[tuple[str, Factor | None], ...] = ()


def name(exercise: Exercise, results: Sequence[Result]) -> Name | None:
    """The best name for these results, or None."""
    everywhere = range(len(results))
    telling = [k for k in everywhere if results[k].case.tells]
    usual = [k for k in telling if not _apart(results[k])]
    if all(results[k].passed for k in telling):
        choices: list[Sequence[int]] = [everywhere]
    else:
        choices = [telling, usual if any(_tells(results[k]) for k in usual) else []]
    for search in (_one, _two):
        for cases in choices:
            if found := search(exercise, results, cases):
                left_out = [r for r in results if _apart(r)] if cases is usual else []
                return Name(found, left_out[0] if left_out else None)
    if comparable(results):
        return _by_parts(exercise, results) or _times_a_factor(exercise, results)
    return None


@cache
def known_results(exercise: Exercise) -> list[tuple[Mistake, list[Result]]]:
    """Each known wrong version of an exercise with what it does on every case."""
    return [(m, attempt(exercise, m.function).results) for m in mistakes_of(exercise.name)]


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
        if mine.outcome.kind == "writes":  # into an array, or into a list
            return True
        return failing.alike(mine.outcome.failing, known.outcome.failing)
    if len(mine.parts) != len(known.parts):
        return False
    return all(same(a.got, b.got, rtol) for a, b in zip(mine.parts, known.parts, strict=True))


def _tells(result: Result) -> bool:
    """True if a result can tell mistakes apart."""
    outcome = result.outcome
    if outcome.error is not None:
        return outcome.failing is not None and bool(outcome.failing.kind)
    return bool(result.gaps)


def _apart(result: Result) -> bool:
    """True if a case ended with an error that hides the mistake and is another one.

    That is an overflow, or a table of shape (1, 1) that is used as a number.
    """
    error, failing = result.outcome.error, result.outcome.failing
    if isinstance(error, TypeError | DeprecationWarning) and failing and failing.kind == "call":
        name, *given = failing.operands
        return name in ("float", "int") and len(given) == 1 and np.size(given[0]) == 1
    return isinstance(error, FloatingPointError)


def _one(
    exercise: Exercise, results: Sequence[Result], cases: Sequence[int]
) -> tuple[Mistake] | None:
    """The known mistake that is alike on these cases."""
    for mistake, theirs in known_results(exercise):
        if cases and all(alike(results[k], theirs[k], exercise.rtol) for k in cases):
            return (mistake,)
    return None


# --- two at once


def _two(
    exercise: Exercise, results: Sequence[Result], cases: Sequence[int]
) -> tuple[Mistake, Mistake] | None:
    """Two known mistakes that are together alike on these cases."""
    telling = [k for k in cases if _tells(results[k])]
    if not telling or any(gap.kind == "parts" for gap in results[telling[0]].gaps):
        return None
    first = telling[0]
    for one, other, theirs in pairs_on(exercise, first):
        if not alike(results[first], theirs, exercise.rtol):
            continue
        function = exchanged(exercise.name, one.places + other.places)
        rest = (k for k in cases if k != first)
        if all(alike(results[k], attempt_one(exercise, function, k), exercise.rtol) for k in rest):
            return one, other
    return None


@cache
def pairs_on(exercise: Exercise, k: int) -> list[tuple[Mistake, Mistake, Result]]:
    """Every two mistakes that can be made at once, with what they do together on one case."""
    found = []
    for one, other in _pairs(mistakes_of(exercise.name)):
        try:
            function = exchanged(exercise.name, one.places + other.places)
        except SyntaxError:
            continue
        found.append((one, other, attempt_one(exercise, function, k)))
    return found


def _pairs(mistakes: Sequence[Mistake]) -> Iterator[tuple[Mistake, Mistake]]:
    """Pairs of substitutions that do not touch each other."""
    for k, one in enumerate(mistakes):
        for other in mistakes[k + 1 :]:
            if one.places and other.places and not _touch(one, other):
                yield one, other


def _touch(one: Mistake, other: Mistake) -> bool:
    return any(
        start < there + len(old) and there < start + len(mine)
        for start, mine, _ in one.places
        for there, old, _ in other.places
    )


# --- part by part


def _by_parts(exercise: Exercise, results: Sequence[Result]) -> Name | None:
    """A known mistake for each group of parts that is wrong, or for some of them."""
    wrong = [g for g in all_groups(results) if g in wrong_groups(results)]
    if len(all_groups(results)) < 2:
        return None
    found: list[Mistake] = []
    left: list[tuple[str, Factor | None]] = []
    for group in wrong:
        fits = next(
            (
                mistake
                for mistake, theirs in known_results(exercise)
                if comparable(theirs)
                and wrong_groups(theirs) == {group}
                and agree(results, theirs, group, exercise.rtol)
            ),
            None,
        )
        if fits is None:
            left.append((group, factor(results, group)))
        else:
            found.append(fits)
    return Name(tuple(found[:2]), left=tuple(left)) if found else None


def _times_a_factor(exercise: Exercise, results: Sequence[Result]) -> Name | None:
    """A known mistake after which nothing but a sign or a power of m remains."""
    groups = [g for g in all_groups(results) if g in wrong_groups(results)]
    for mistake, theirs in known_results(exercise):
        if not comparable(theirs) or not wrong_groups(theirs) <= set(groups):
            continue
        if all(factor(theirs, group) for group in wrong_groups(theirs)):
            continue  # it is a factor itself, and there is one factor in all
        remains = [(group, factor(results, group, theirs)) for group in groups]
        if all(f is not None for _, f in remains):
            return Name((mistake,), left=tuple((g, f) for g, f in remains if f != NOTHING))
    return None
