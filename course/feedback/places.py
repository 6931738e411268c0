"""A right thing in the wrong place: another part of the result, or an argument as it was given."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from course.exercises import Exercise
from course.feedback.attempt import Result
from course.feedback.comparing import same
from course.feedback.groups import all_groups, groups_of, values_of, wrong_groups
from course.feedback.words import part_name


def about_places(exercise: Exercise, results: Sequence[Result]) -> str | None:
    """What stands where something else should stand, if that is so in every case."""
    told = [result for result in results if result.outcome.kind == "value"]
    if not told or exercise.act is not None:
        return None
    wrong = [group for group in all_groups(told) if group in wrong_groups(told)]
    other = {group: _in_its_place(told, group) for group in wrong}
    for group, found in other.items():
        if found and other.get(found) == group:
            one, two = part_name(group), part_name(found)
            return (
                f"{one} and {two} stand in each other's place: in which order are they asked for?"
            )
    for group, found in other.items():
        if found:
            return f"In the place of {part_name(group)} stands {part_name(found)}."
    for group in wrong:
        if name := _argument(exercise, told, group):
            what = "What came back" if group == "result" else part_name(group)
            return f"{what} is `{name}` as it was passed in. Which line should make it new?"
    return None


def _in_its_place(results: Sequence[Result], group: str) -> str | None:
    """The group whose right values came back as those of another, in every case."""
    for other in all_groups(results):
        pairs = [(values_of(r, group), _wanted(r, other)) for r in results]
        if other != group and all(same(got, wanted) for got, wanted in pairs if wanted):
            return other
    return None


def _wanted(result: Result, group: str) -> list[object]:
    return [part.expected for part in groups_of(result).get(group, [])]


def _argument(exercise: Exercise, results: Sequence[Result], group: str) -> str | None:
    """The argument that came back unchanged as a group of parts, in every case."""
    for k, name in enumerate(exercise.parameters):
        given = [result.case.args[k] if k < len(result.case.args) else None for result in results]
        if all(isinstance(value, np.ndarray | float) for value in given) and all(
            same(values_of(result, group), [value])
            for result, value in zip(results, given, strict=True)
        ):
            return name
    return None
