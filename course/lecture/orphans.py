"""A slide of a line or two joins a neighbour of the same heading, where both fit on one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from course.lecture.slide import ROOM, Part, Slide, pictures

FEW = 4.6  # lines: a slide with less is looked after
PICTURE = 9.0  # lines that a picture needs, at least


def joined(slides: Iterable[Slide]) -> list[Slide]:
    """The slides, of which no short one stands alone if it need not."""
    made: list[Slide] = []
    for slide in slides:
        if made and _belong(made[-1], slide):
            before = made.pop()
            parts, notes = (*before.parts, *slide.parts), (*before.notes, *slide.notes)
            made.append(replace(before, parts=parts, notes=notes))
        else:
            made.append(slide)
    return made


def _belong(before: Slide, after: Slide) -> bool:
    if (before.title, before.section) != (after.title, after.section) or after.opens:
        return False
    if before.ask or after.ask or before.whole or after.whole:
        return False
    if any(part.later or part.predicted for part in (*before.parts, *after.parts)):
        return False
    sizes = [_size(before), _size(after)]
    return min(sizes) < FEW and sum(sizes) <= ROOM


def _size(slide: Slide) -> float:
    return sum(map(_room, slide.parts))


def _room(part: Part) -> float:
    pictured = part.kind == "output" and bool(pictures(part.outputs))
    return PICTURE if pictured else part.size
