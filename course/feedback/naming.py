"""Name a mistake: which known wrong version, or which two of them, behave like these results.

What counts is what a function computes, case by case and part by part, never how it is written. An
error counts only with the operation that it stopped, and with what that was given.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from course.exercises import Exercise
from course.feedback.attempt import Result, attempt_one, expected
from course.feedback.groups import (
    NOTHING,
    Factor,
    agree,
    all_groups,
    comparable,
    factor,
    wrong_groups,
)
from course.feedback.likeness import alike, not_finite, tells
from course.feedback.mistakes import Mistake, mistakes_of
from course.feedback.mistakes.inherited import inherited
from course.feedback.pairs import two_at_once


class Name(NamedTuple):
    """What is known of a mistake.

    mistakes : one known mistake, or two at once.
    apart : a case that ends with an error of another kind: see `_apart`.
    more : True if a second thing differs that cannot be told for sure.
    left : the groups that differ in yet another way, each with its factor if it has one.
    only : the one group of parts in which the mistake was made, if it is mostly made in more.
    """

    mistakes: tuple[Mistake, ...]
    apart: Result | None = None
    left: tuple[tuple[str, Factor | None], ...] = ()
    more: bool = False
    only: str = ""


def name(exercise: Exercise, results: Sequence[Result]) -> Name | None:
    """The best name for these results, or None."""
    everywhere = range(len(results))
    telling = [k for k in everywhere if results[k].case.tells]
    usual = [k for k in telling if not _apart(results[k])]
    if all(results[k].passed for k in telling):
        choices: list[Sequence[int]] = [everywhere]
    else:
        choices = [telling]
        if usual != telling and any(tells(results[k]) for k in usual):
            choices.append(usual)
    for search in (_one, _inherited, two_at_once):
        for cases in choices:
            if found := search(exercise, results, cases):
                left_out = [r for r in results if _apart(r)] if cases is usual else []
                more = search is two_at_once and len(found) == 1
                return Name(found, left_out[0] if left_out else None, more=more)
    if comparable(results):
        return _by_parts(exercise, results) or _times_a_factor(exercise, results)
    return None


@cache
def known_results(exercise: Exercise) -> list[tuple[Mistake, list[Result]]]:
    """Each known wrong version of an exercise with what it does on every case."""
    count = len(expected(exercise))
    return [
        (mistake, [attempt_one(exercise, mistake.function, k) for k in range(count)])
        for mistake in mistakes_of(exercise.name)
    ]


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
    return _first_alike(mistakes_of(exercise.name), exercise, results, cases)


def _inherited(
    exercise: Exercise, results: Sequence[Result], cases: Sequence[int]
) -> tuple[Mistake] | None:
    """The known mistake in a part of the exercise that is one of its own."""
    return _first_alike(inherited(exercise.name), exercise, results, cases)


def _first_alike(
    known: Sequence[Mistake], exercise: Exercise, results: Sequence[Result], cases: Sequence[int]
) -> tuple[Mistake] | None:
    for fits in (_does_the_same, _does_the_same_where_finite):
        for mistake in known if cases else ():
            if fits(exercise, mistake, results, cases):
                return (mistake,)
    return None


def _does_the_same(
    exercise: Exercise, mistake: Mistake, results: Sequence[Result], cases: Sequence[int]
) -> bool:
    """True if a known mistake does on these cases what the reader's function does."""
    return all(
        alike(results[k], attempt_one(exercise, mistake.function, k), exercise.rtol) for k in cases
    )


def _does_the_same_where_finite(
    exercise: Exercise, mistake: Mistake, results: Sequence[Result], cases: Sequence[int]
) -> bool:
    """True if so but for cases where the known one overflows and the reader's does not.

    People cut their numbers off, or switch the warning off: then nan comes out.
    """
    told = False
    for k in cases:
        mine, theirs = results[k], attempt_one(exercise, mistake.function, k)
        if mine.outcome.kind == "value" and isinstance(theirs.outcome.error, FloatingPointError):
            told = told or not_finite(mine)
        elif alike(mine, theirs, exercise.rtol):
            told = told or bool(mine.gaps)
        else:
            return False
    return told


# --- part by part


def _by_parts(exercise: Exercise, results: Sequence[Result]) -> Name | None:
    """A known mistake for each group of parts that is wrong, or for some of them."""
    wrong = [g for g in all_groups(results) if g in wrong_groups(results)]
    if len(all_groups(results)) < 2:
        return None
    found: list[Mistake] = []
    left: list[tuple[str, Factor | None]] = []
    for group in wrong:
        fits = _in_a_part(exercise, results, group, alone=True)
        if fits is None:
            left.append((group, factor(results, group)))
        else:
            found.append(fits)
    if not found and len(wrong) == 1:
        group = wrong[0]
        fits = _in_a_part(exercise, results, group, alone=False)
        return fits and Name((fits._replace(says=f"In {group}: {fits.says}"),), only=group)
    return Name(tuple(found[:2]), left=tuple(left)) if found else None


def _in_a_part(
    exercise: Exercise, results: Sequence[Result], group: str, alone: bool
) -> Mistake | None:
    """The known mistake that is alike in a group; `alone` if nothing else is wrong in it."""
    for mistake, theirs in known_results(exercise):
        if not comparable(theirs):
            continue
        wrong = wrong_groups(theirs)
        if (wrong == {group} if alone else group in wrong) and agree(
            results, theirs, group, exercise.rtol
        ):
            return mistake
    return None


def _times_a_factor(exercise: Exercise, results: Sequence[Result]) -> Name | None:
    """A known mistake after which nothing but a sign or a power of m remains."""
    groups = [g for g in all_groups(results) if g in wrong_groups(results)]
    for mistake, theirs, wrong in _no_mere_factors(exercise):
        if not wrong <= set(groups):
            continue
        left = []
        for group in groups:
            found = factor(results, group, theirs)
            if found is None:
                break
            left += [(group, found)] if found != NOTHING else []
        else:
            return Name((mistake,), left=tuple(left))
    return None


@cache
def _no_mere_factors(exercise: Exercise) -> list[tuple[Mistake, list[Result], set[str]]]:
    """The known mistakes that give values and are more than a factor, with their wrong groups."""
    found = []
    for mistake, theirs in known_results(exercise):
        wrong = wrong_groups(theirs)
        if comparable(theirs) and not all(factor(theirs, group) for group in wrong):
            found.append((mistake, theirs, wrong))
    return found
