"""The mistakes to expect where a function is built: for the person who teaches it."""

from __future__ import annotations

from course.feedback.mistakes import mistakes_of

MOST = 3


def expected(exercise: str) -> list[str]:
    """The first diagnoses of an exercise, such as losses.cost; each of another kind."""
    found: dict[int, str] = {}
    for mistake in mistakes_of(exercise):
        found.setdefault(mistake.family, mistake.says)
    return list(found.values())[:MOST]
