"""A slide: what stands on it, what is said to it, and how much room its parts take."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from course.book.markdown import unboxed
from course.lecture.columns import broken

CODE_LINES = 12  # on a slide, at most
COLUMNS = (87, 104)  # of code: what fits in its ordinary size, and in the least one
ROOM = 13.0  # lines of ordinary text under the title
LETTERS = 74  # in a line
QUIZ = "Check yourself"  # the title of its slides
LINK = re.compile(r"(?<!!)\[([^\]]*)\]\([^)\s]*\)")
ANCHOR = re.compile(r'<a id="[^"]*"></a>\s*')
ENDS = re.compile(r"(?:(?<=[.!?])|(?<=[.!?]\)))\s+(?=[A-Z0-9*$`“\"(])")  # of sentences
EMPTY = re.compile(r"\n{3,}")
FOLDED = re.compile(r"<details>\s*<summary>(.*?)</summary>(.*)</details>", re.DOTALL)


@dataclass(frozen=True)
class Part:
    """A piece of a slide: text that is shown, or a cell of the chapter that is run."""

    kind: str  # "text", or of a cell: "code", "output" (its code is hidden), "unseen"
    source: str
    size: float = 0.0  # in lines of ordinary text
    outputs: list[dict[str, Any]] = field(default_factory=list)
    later: bool = False  # comes when the speaker asks for it
    predicted: bool = False  # a cell whose output answers a prediction


@dataclass(frozen=True)
class Slide:
    """One slide with what the speaker says to it."""

    title: str
    section: str  # the heading of the section in which it stands
    parts: tuple[Part, ...]
    notes: tuple[str, ...] = ()
    opens: bool = False  # the first slide of its section
    ask: str = ""  # the question that it puts
    whole: bool = False  # nothing joins it: an answer, a question of a quiz


def plain(text: str) -> str:
    """A text without its anchors and links: on a slide they lead nowhere."""
    text = LINK.sub(r"\1", ANCHOR.sub("", text)).strip()
    return unboxed(text)


def visible(text: str) -> str:
    """About the letters that a reader sees of a Markdown text."""
    text = re.sub(r"\\(?:mathsf|mathrm|text|tfrac|frac|begin|end|left|right|,|;)", "", plain(text))
    return re.sub(r"[*`$\\{}]|\^|_(?=\w)", "", text)


def text_size(text: str) -> float:
    """How many lines a paragraph, a list, a table or a formula takes."""
    if text.startswith(("$$", r"\begin")):
        rows = text.count(r"\\") + 1
        return 1.2 + 1.25 * rows + 0.5 * text.count(r"\frac")
    lines = text.split("\n")
    if all(line.lstrip("> ").startswith("|") for line in lines if line.strip()):
        head = [] if not lines[0].strip("> |") else lines[:1]
        return 0.6 + _table([*head, *lines[2:]])
    if text.startswith("```"):
        return 0.8 + 0.78 * (len(lines) - 2)
    items = re.split(r"\n(?=[-*] |\d+\. |>? *$)", text)
    listed = bool(re.match(r"[-*] |\d+\. ", text))
    rows = sum(_rows(item, LETTERS - 4 * listed) for item in items)
    return rows + (0.26 * len(items) if listed else 0.45)


def _table(rows: list[str]) -> float:
    """The room of a table's rows: its columns share the width by their longest entries."""
    cells = [
        [len(visible(cell).strip()) for cell in row.strip("> ").strip("|").split("|")]
        for row in rows
    ]
    widest = [max(column) for column in zip_longest(*cells, fillvalue=0)]
    share = min(1.0, (LETTERS + 12 - 2 * len(widest)) / max(1, sum(widest)))
    high = [
        max(-(-cell // max(6, int(share * wide))) for cell, wide in zip(row, widest, strict=False))
        for row in cells
    ]
    fractions = sum("\\frac" in row or "\\sum" in row for row in rows)
    return sum(0.4 + 0.82 * max(1, lines) for lines in high) + 0.3 * fractions


def _rows(text: str, letters: int) -> int:
    return max(1, -(-len(visible(text).replace("\n", " ")) // letters))


def shown_code(source: str) -> str:
    """Code as a slide shows it: never more than one empty line, and no wider than can be read."""
    whole = EMPTY.sub("\n\n", source)
    for columns in COLUMNS:
        made = broken(whole, columns)
        if whole.count("\n") >= CODE_LINES or made.count("\n") < CODE_LINES:
            return made
    return whole


def code_size(source: str) -> float:
    """How many lines of ordinary text a piece of code takes."""
    return 0.8 + 0.78 * (shown_code(source).count("\n") + 1)


def output_size(outputs: list[dict[str, Any]]) -> float:
    """How many lines of ordinary text the outputs of a cell take; a picture takes what is left."""
    size = 0.0
    for output in outputs:
        data = output.get("data", {})
        if "image/png" in data:
            size += 8.5
        elif "text/html" in data:
            size += 0.7 * (_text(data["text/html"]).count("<p") + 6)
        else:
            size += 0.5 + 0.7 * len(
                _text(output.get("text") or data.get("text/plain", "")).split("\n")
            )
    return size


def pictures(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The figures that a cell shows."""
    return [output for output in outputs if "image/png" in output.get("data", {})]


def html_of(output: dict[str, Any]) -> str:
    """What an output is on a page."""
    return _text(output["data"]["text/html"])


def moves(outputs: list[dict[str, Any]]) -> bool:
    """Whether a cell shows a figure that moves."""
    pages = (_text(output.get("data", {}).get("text/html", "")) for output in outputs)
    return any('class="course-moving"' in page for page in pages)


def quizzes(outputs: list[dict[str, Any]]) -> list[str]:
    """The questions that a cell shows, each as its HTML."""
    shown = (_text(output.get("data", {}).get("text/html", "")) for output in outputs)
    return [text for text in shown if 'class="course-quiz"' in text]


def _text(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph."""
    text = " ".join(text.split())
    return ENDS.split(text) if text else []


def unfolded(text: str) -> tuple[str, str]:
    """The title of something folded, and what it holds."""
    match = FOLDED.fullmatch(text)
    return (match[1].strip(), match[2].strip()) if match else ("", text)
