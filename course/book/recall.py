"""The recall questions with which a chapter opens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from course.book.chapters import Chapter

BEGINS = re.compile(
    r"^(?:#+ .*\b(?:Recall|Before you start)\b.*|\*\*Recall\.\*\*.*)$", re.MULTILINE
)
HEADING = re.compile(r"^#+ ", re.MULTILINE)
FOLDED = re.compile(r"<details>\s*<summary>(.*?)</summary>(.*?)</details>", re.DOTALL)
NUMBERED = re.compile(
    r"^(?:\d+\.|\*\*\d+\.\*\*) (.+(?:\n(?![\n<]|(?:\*\*)?\d+\.).+)*)", re.MULTILINE
)
ANSWER = re.compile(r"Answers?$")


class Question(NamedTuple):
    """A question, the chapter that asks it, and its answer."""

    chapter: str
    asks: str
    answer: str


def questions(chapter: Chapter) -> list[Question]:
    """The recall questions of a chapter, in their order."""
    return list(_read(chapter.number, _section(chapter)))


def _section(chapter: Chapter) -> str:
    """The text between the heading of the recall and the next heading, or the first code."""
    pieces: list[str] = []
    for cell in chapter.cells:
        begins = BEGINS.search(cell.source) if cell.kind == "markdown" else None
        if not pieces and begins:
            pieces = [cell.source[begins.end() :]]
        elif pieces and (cell.kind == "code" or HEADING.search(pieces[-1])):
            break
        elif pieces:
            pieces.append(cell.source)
    text = "\n\n".join(pieces)
    end = HEADING.search(text)
    return text[: end.start()] if end else text


def _read(number: str, text: str) -> Iterator[Question]:
    """Both forms: a question that unfolds, and numbered ones with their answers folded below."""
    asked: list[str] = []
    at = 0
    for fold in FOLDED.finditer(text):
        asked += [_line(q) for q in NUMBERED.findall(text[at : fold.start()])]
        at = fold.end()
        summary, answer = _line(fold[1]), fold[2].strip()
        if not ANSWER.match(summary):
            yield Question(number, re.sub(r"^\d+\. ", "", summary), answer)
            continue
        answers = NUMBERED.findall(answer) if len(asked) > 1 else [answer]
        for question, its in zip(asked, [*answers, *[""] * len(asked)], strict=False):
            yield Question(number, question, _line(its))
        asked = []


def _line(text: str) -> str:
    return " ".join(text.split())
