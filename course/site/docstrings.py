"""A numpydoc text, taken apart: its sentences, then lists of parameters, results and errors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

SECTION = re.compile(r"^(\w[\w ]*)\n-+\n", re.MULTILINE)


@dataclass(frozen=True)
class Part:
    """A part of a docstring; the first one has no heading."""

    head: str = ""
    anchor: str = ""
    blocks: list[str] = field(default_factory=list)  # paragraphs
    terms: list[tuple[str, str]] = field(default_factory=list)
    code: str = ""


def parts(text: str, name: str) -> Iterator[Part]:
    """The parts of a docstring; their anchors begin with the name of what it describes."""
    pieces = SECTION.split(text)
    yield Part(blocks=blocks(pieces[0]))
    for head, body in zip(pieces[1::2], pieces[2::2], strict=True):
        anchor = f"{name}-{head.lower().replace(' ', '-')}"
        if head == "Examples":
            yield Part(head, anchor, code=body.strip())
        elif found := terms(body):
            yield Part(head, anchor, terms=found)
        else:
            yield Part(head, anchor, blocks=blocks(body))


def blocks(text: str) -> list[str]:
    """The paragraphs of a text."""
    return [block for block in text.split("\n\n") if block.strip()]


def terms(body: str) -> list[tuple[str, str]]:
    """The entries of a list: a term at the margin, and what is said of it, indented below."""
    found: list[tuple[str, list[str]]] = []
    for line in body.strip("\n").split("\n"):
        if line.strip() and not line.startswith(" "):
            found.append((line.strip(), []))
        elif found:
            found[-1][1].append(line.strip())
    return [(term, " ".join(said)) for term, said in found]
