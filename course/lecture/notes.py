"""What a speaker is told: the minutes, the question, the mistake to expect, and what to say."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from course.book.package import package_path
from course.lecture.slide import Slide

DEFINED = re.compile(r"^def (\w+)", re.MULTILINE)

Expected = Callable[[str], Sequence[str]]
"""The mistakes to expect where a function, such as losses.cost, is built."""


@dataclass(frozen=True)
class Clock:
    """Where a slide stands in the chapter's minutes."""

    begins: float
    section: float  # the minutes of its section


def notes(slide: Slide, clock: Clock | None, mistakes: Sequence[str]) -> str:
    """The notes of a slide, as Markdown."""
    lines = []
    if clock:
        lines.append(
            f"**Minutes.** {clock.section:.0f} for this section; it begins at {clock.begins:.0f}."
        )
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
