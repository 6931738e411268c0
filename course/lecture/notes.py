"""What a speaker is told: the minutes, the question, the mistake to expect, and what to say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from course.book.package import package_path
from course.lecture.slide import QUIZ, Slide, text_size

DEFINED = re.compile(r"^def (\w+)", re.MULTILINE)

Expected = Callable[[str], Sequence[str]]
"""The mistakes to expect where a function, such as losses.cost, is built."""


@dataclass(frozen=True)
class Clock:
    """Where a slide stands in the chapter's minutes."""

    begins: float
    section: float  # the minutes of its section
    leaves: float  # when the slide is left


def clocks(slides: Sequence[Slide], minutes: Mapping[str, float]) -> Iterator[Clock | None]:
    """For each slide its place in the chapter's minutes: a section's are shared by what is on it.

    There is none for what the chapter's minutes do not hold: exercises, and the quiz.
    """
    begins = 0.0
    for section, group in groupby(slides, key=lambda slide: slide.section):
        shown = list(group)
        takes = minutes.get(section, minutes.get("", 0.0) if not begins else 0.0)
        weights = [_weight(slide) for slide in shown]
        for number in range(len(shown)):
            leaves = begins + takes * sum(weights[: number + 1]) / sum(weights)
            yield Clock(begins, takes, leaves) if takes else None
        begins += takes


def _weight(slide: Slide) -> float:
    """About how long a slide takes: lines that are shown, lines that are said, and waiting."""
    said = sum(text_size(text) for text in slide.notes)
    return 1 + sum(part.size for part in slide.parts) + 0.7 * said + 5 * bool(slide.ask)


def notes(slide: Slide, clock: Clock | None, mistakes: Sequence[str]) -> str:
    """The notes of a slide, as Markdown."""
    lines = []
    if clock:
        section = f"{clock.section:.0f} for this section; it begins at {clock.begins:.0f}. "
        left = f"{clock.leaves:.0f} are gone when you leave this slide."
        lines.append("**Minutes.** " + section * slide.opens + left)
    elif slide.title == QUIZ:
        lines.append("**Minutes.** One, on top of the chapter's: now, or to open the next lecture.")
    seen = [part for part in slide.parts if part.kind != "unseen"]
    if seen and not slide.ask and any(part.later for part in seen):
        lines.append("**Skip** it where the class had it right; it stands in the chapter.")
    if slide.ask:
        lines.append("**Ask**, and wait for an answer before you go on.")
    if mistakes:
        lines.append("**Expect.** " + " ".join(mistakes))
    if slide.notes:
        lines.append("**Say.** " + slide.notes[0])
        lines += slide.notes[1:]
    return "\n\n".join(lines)


def functions(slide: Slide) -> list[str]:
    """The functions of nnlib that a slide builds: losses.cost."""
    found = []
    for part in slide.parts:
        path = package_path(part.source) if part.kind == "unseen" else None
        if path:
            module = path.removeprefix("nnlib/").removesuffix(".py")
            found += [f"{module}.{name}" for name in DEFINED.findall(part.source)]
    return found
