"""Diagnose: the name of the mistake if it is known, and what can be said besides or instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from course.exercises import Exercise
from course.feedback.attempt import Result
from course.feedback.errors import about_error
from course.feedback.groups import Factor, all_groups, wrong_groups
from course.feedback.mistakes import Mistake
from course.feedback.naming import Name, name
from course.feedback.numbers import about_factor
from course.feedback.sentences import general_sentence
from course.feedback.words import enumerated


class Diagnosis(NamedTuple):
    """The known mistakes (none, one or two), and a sentence about what they leave open.

    left : the groups of parts that differ in yet another way.
    more : True if a second thing differs that cannot be told for sure.
    only : the one group of parts in which the mistake was made, if it is mostly made in more.
    """

    mistakes: tuple[Mistake, ...] = ()
    sentence: str | None = None
    left: tuple[tuple[str, Factor | None], ...] = ()
    more: bool = False
    only: str = ""


def diagnose(exercise: Exercise, function: Callable[..., Any], results: list[Result]) -> Diagnosis:
    """What the results say about a function that is not right."""
    known = name(exercise, results)
    if known is None:
        return Diagnosis((), general_sentence(exercise, function, results))
    return Diagnosis(known.mistakes, _besides(known, results), known.left, known.more, known.only)


def _besides(known: Name, results: list[Result]) -> str | None:
    """What remains when the known mistakes are taken away."""
    alike = {factor: [g for g, one in known.left if one == factor] for _, factor in known.left}
    said = [f"Besides, {about_factor(groups, factor)}" for factor, groups in alike.items()]
    if known.more:
        said.append("Besides, at least one more thing differs.")
    if known.apart:
        said.append(f"Besides: {about_error(known.apart)}")
    groups = all_groups(results)
    right = [group for group in groups if group not in wrong_groups(results)]
    if right and 1 < len(groups) < 5 and all(r.outcome.kind == "value" for r in results):
        said.append(f"{enumerated(right)} {'is' if len(right) == 1 else 'are'} right.")
    return " ".join(said) or None
