"""The sentence that leads to what a slide shows, if it makes sense without the page around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from course.lecture.slide import sentences, visible

LETTERS = 190  # of a sentence that may lead to what is shown
TOGETHER = 250  # of two or three of which the last leans on the others
LEANS = re.compile(
    r"[(*_`\"“]*(?:So|Then|But|And|Or|Yet|It|Its|They|Their|Them|These|Those|This|That|Both|In both"
    r"|Only|Nothing|None|Neither|Either|Another|Such|There|Therefore|Hence|Thus|Also|Each of"
    r"|One of|Here it|Again|Now|In it|With it|The (?:first|second|third|fourth|fifth|last|two"
    r"|three|four|same|others?|rest|latter|former|result))\b",
)
CODE = re.compile(r"\b(?:below|cell|cells|line|lines|code|loop|body|class|written|function)\b")
BOLD = re.compile(r"\*\*(?:Predict)[^*]*\*\*[:.]?\s*")
LABEL = re.compile(r"\A\*\*[^*]+\*\*[:.]?\s*")


def lead(said: Sequence[str]) -> str:
    """The sentence at the end of what is said; what it leans on comes with it, or it stays away.

    What leans on nothing that is said leans on what was shown before, and may follow it.
    """
    all_ = [sentence for text in said[-2:] for sentence in sentences(text)]
    while all_ and (aside := _aside(all_)):
        del all_[-aside:]
    chosen = all_[-1:]
    if not chosen or len(visible(chosen[0])) > LETTERS:
        return ""
    while _leans(chosen[0]) or _halved(" ".join(chosen)):
        before = all_[: len(all_) - len(chosen)]
        if not before:
            return "" if _halved(" ".join(chosen)) else " ".join(chosen)
        chosen.insert(0, before[-1])
        if len(visible(" ".join(chosen))) > TOGETHER or len(chosen) > 3:
            return ""
    return " ".join(chosen)


def _aside(all_: Sequence[str]) -> int:
    """How many sentences at the end stand in brackets of their own."""
    if not all_[-1].rstrip("*_").endswith(")"):
        return 0
    for count in range(1, len(all_) + 1):
        if all_[-count].startswith("(") and not _halved(" ".join(all_[-count:])):
            return count
        if not _halved(" ".join(all_[-count:])):
            return 0
    return 0


def speaks_of_code(text: str) -> bool:
    """Whether a sentence leads to code, and so to nothing where the output alone is shown."""
    return text.endswith(":") and bool(CODE.search(text))


def question(ask: str) -> str:
    """The question of a prompt, to stand once more above its answer."""
    parts = BOLD.split(LABEL.sub("", ask.split("\n\n")[0]))
    all_ = [sentence for part in parts for sentence in sentences(part)]
    asked = [each for each in all_ if "?" in each] or [each for each in all_ if len(each) > 24]
    if not asked or len(visible(asked[-1])) > LETTERS or LEANS.match(asked[-1]):
        return ""
    return asked[-1][0].upper() + asked[-1][1:]


def _leans(sentence: str) -> bool:
    return bool(LEANS.match(sentence)) or sentence[:1].islower()


def _halved(text: str) -> bool:
    return text.count("(") != text.count(")") or text.count("`") % 2 == 1
