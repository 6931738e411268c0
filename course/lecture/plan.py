"""A lecture's plan on one page, computed from a chapter: aims, timetable, questions, mistakes.

It is what a lecturer holds in the hand, also when the projector fails: the formulas that belong on
the board stand in it, with the questions, and the wrong answers that the checks know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from course.book import Chapter
from course.book.markdown import blocks
from course.lecture.cut import ASKS, NUMBERED
from course.lecture.notes import Expected, functions
from course.lecture.slide import Slide, plain, sentences, unfolded

LEVELS = {
    "Tweak": "everybody, in the room: a few minutes each",
    "Extend": "who is done early, or homework",
    "Build": "pairs, an hour, or a project",
}
AIMS = re.compile(
    r"\*\*(?:What you will be able to do|After this chapter you can)\*\*\s*(.*?)\n\n", re.DOTALL
)
NEED = re.compile(r"\*\*(?:What you|You) need:?\*\*:?\s*(.*?)(?:\n\n|\Z)", re.DOTALL)
CHOICE = re.compile(r"\(?[a-f]\)")
TAG = re.compile(r"\\tag\{(\d+)\}")


@dataclass(frozen=True)
class Question:
    """What is asked in a section, and the answer that the chapter folds away."""

    section: str
    text: str
    answer: str


def page(
    chapter: Chapter, slides: Sequence[Slide], minutes: Mapping[str, float], expected: Expected
) -> str:
    """The page of a chapter, as Markdown."""
    first = chapter.cells[0].source + "\n\n"
    title = slides[0].title
    parts = [f"# {title}: the lecture"]
    if aims := AIMS.search(first):
        parts.append("## They will be able to\n\n" + plain(aims[1]))
    if need := NEED.search(first):
        parts.append("## They need\n\n" + plain(need[1]))
    parts.append("## Timetable\n\n" + _timetable(slides, minutes))
    asked = list(questions(chapter))
    if asked:
        parts.append(
            "## Questions, and what they should answer\n\n" + "\n\n".join(map(_asked, asked))
        )
    if formulas := list(_formulas(chapter)):
        parts.append("## On the board\n\n" + "\n\n".join(formulas))
    if mistakes := list(_mistakes(slides, expected)):
        parts.append("## Mistakes to expect\n\n" + "\n\n".join(mistakes))
    if exercises := list(_exercises(chapter)):
        parts.append("## Exercises, for whom\n\n" + "\n\n".join(exercises))
    return "\n\n".join(parts) + "\n"


def _timetable(slides: Sequence[Slide], minutes: Mapping[str, float]) -> str:
    rows = ["| begins | minutes | section | slides |", "|---:|---:|---|---|"]
    begins = 0.0
    numbers: dict[str, list[int]] = {}
    for number, slide in enumerate(slides, start=1):
        numbers.setdefault(slide.section, []).append(number)
    sections = list(numbers)
    for place, section in enumerate(sections):
        takes = minutes.get("" if not place else section, 0.0)
        where = numbers[section]
        name = "(first page)" if not place else section
        rows.append(f"| {begins:.0f} | {takes:.0f} | {name} | {where[0]} to {where[-1]} |")
        begins += takes
    return "\n".join([*rows, f"| {begins:.0f} | | *end* | |"])


def questions(chapter: Chapter) -> Iterator[Question]:
    """Each question of a chapter, outside its exercises, with the answer that is folded away."""
    section, waiting, open_ = "", "", False  # open_: nothing has answered it yet
    for cell in chapter.cells:
        for block in blocks(cell.source) if cell.kind == "markdown" else ():
            asks = bool(ASKS.match(block.text))
            if open_ and (asks or block.kind == "heading"):
                yield Question(section, waiting, "")
            if asks or block.kind == "heading":
                waiting, open_ = "", False
            if block.kind == "heading":
                heading = plain(block.text).lstrip("# ")
                section = heading if block.level == "h2" else section
                if heading.startswith("Your turn"):
                    waiting, open_ = f"**{heading}.**", True
            elif "Exercises" in section:
                continue
            elif asks:
                waiting, open_ = plain(block.text), True
            elif block.kind == "details":
                title, answer = unfolded(block.text)
                asked = title if title.endswith("?") else waiting
                choice = CHOICE.match(title)
                if asked and "```" not in answer:
                    yield Question(
                        section, f"{asked} *{title}*" if choice else asked, plain(answer)
                    )
                    open_ = False
                waiting = waiting if choice else ""
            elif open_ and block.kind in ("bullet_list", "display", "table"):
                waiting += "\n\n" + plain(block.text)
    if open_:
        yield Question(section, waiting, "")


def _asked(question: Question) -> str:
    head, *rest = question.text.split("\n\n")
    lines = [f"- *{question.section}.* {' '.join(head.split())}"]
    lines += [_inside(text) for text in rest]
    lines.append(_inside("**→** " + (question.answer or "The cell below it answers.")))
    return "\n\n".join(lines)


def _inside(text: str) -> str:
    return "\n".join("  " + line if line else line for line in text.split("\n"))


def _formulas(chapter: Chapter) -> Iterator[str]:
    for cell in chapter.cells:
        if cell.kind == "markdown":
            for block in blocks(cell.source):
                if block.kind == "display" and TAG.search(block.text):
                    yield plain(block.text)


def _mistakes(slides: Sequence[Slide], expected: Expected) -> Iterator[str]:
    for slide in slides:
        for name in functions(slide):
            if found := list(expected(name)):
                yield f"**`{name}`** ({slide.section})\n\n" + "\n".join(
                    f"- {each}" for each in found
                )


def _exercises(chapter: Chapter) -> Iterator[str]:
    section = level = ""
    named: dict[str, list[str]] = {}
    for cell in chapter.cells:
        if cell.kind != "markdown":
            continue
        for block in blocks(cell.source):
            text = plain(block.text)
            if block.kind == "heading":
                if block.level == "h2":
                    section = text
                level = text.lstrip("# ").split(" ")[0].rstrip(":")
            elif "Exercises" in section and NUMBERED.match(text):
                named.setdefault(level, []).append(
                    sentences(text)[0 : 2 if text[3] == "*" else 1][-1]
                )
    for level, found in named.items():
        whom = LEVELS.get(level, "")
        yield (
            f"**{level}**"
            + (f": {whom}" if whom else "")
            + "\n\n"
            + "\n".join(f"- {each}" for each in found)
        )
