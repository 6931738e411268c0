"""What is too long for a slide, in pieces that fit: code by its definitions, text by its blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from course.book.markdown import Block, blocks
from course.lecture import slide as size
from course.lecture.slide import CODE_LINES, ROOM, Part, plain, sentences, shown_code

FULL = ROOM - 0.7  # of a group of pieces
LONG = 15  # lines of output that a slide holds, at most
NAMED = re.compile(r"^( *)(?:def|class) (\w+)", re.MULTILINE)


def long_output(outputs: list[dict[str, Any]]) -> list[str]:
    """What a cell prints, in pieces, if it is more than one slide holds; else nothing."""
    if not outputs or any(output["output_type"] != "stream" for output in outputs):
        return []
    lines = "".join(output["text"] for output in outputs).rstrip("\n").split("\n")
    return _cut(lines) if len(lines) > LONG else []


@dataclass(frozen=True)
class Piece:
    """A piece of code that fits on a slide."""

    code: str
    inside: str = ""  # the definition that it continues


def definitions(source: str) -> list[Piece]:
    """A package cell without its path and its imports, in pieces of a dozen lines at most."""
    body = re.sub(r"\A# nnlib/.*\n", "", source)
    body = re.sub(r'\A"""[^"]*"""\n+', "", body)
    body = re.sub(r"^(?:from|import) [^\n(]*(?:\([^)]*\))?\n", "", body, flags=re.MULTILINE).strip()
    pieces = []
    for definition in re.split(r"\n\n\n+", body):
        whole = ""
        for code in _cut(shown_code(definition.strip("\n")).split("\n")):
            pieces.append(Piece(code, _around(code, whole)))
            whole += code + "\n"
    return pieces


def _around(code: str, before: str) -> str:
    """The name of the definition inside of which a piece begins, if it began before."""
    depth = len(code) - len(code.lstrip())
    names = [(len(found[1]), found[2]) for found in NAMED.finditer(before)]
    return next((name for indent, name in reversed(names) if indent < depth), "")


def _cut(lines: list[str]) -> list[str]:
    """A long definition in as few pieces as it needs, each of which ends where a thought ends."""
    best: list[tuple[float, int]] = [(0.0, 0)]  # up to each line: the price, and where it was cut
    for end in range(1, len(lines) + 1):
        starts = range(max(0, end - CODE_LINES), end)
        best.append(min((best[start][0] + _price(lines, start, end), start) for start in starts))
    ends = [len(lines)]
    while ends[0]:
        ends.insert(0, best[ends[0]][1])
    pieces = ["\n".join(lines[a:b]).strip("\n") for a, b in pairwise(ends)]
    return [piece for piece in pieces if piece]


def _price(lines: list[str], start: int, end: int) -> float:
    """What a piece costs: itself, and more where its end tears something apart."""
    here = len("\n".join(lines[start:end]).strip("\n").split("\n"))
    price = 10.0 + 6 * (here < 4) + 0.02 * (CODE_LINES - here) ** 2
    if end == len(lines) or not lines[end].strip() or not lines[end - 1].strip():
        return price
    last, following = lines[end - 1], lines[end]
    if last.rstrip().endswith('"""'):
        return price + 1.5
    text = "\n".join(lines[:end])
    if any(text.count(a) != text.count(b) for a, b in ("()", "[]", "{}")):
        return price + 8
    if following.lstrip().startswith(("return", "else", "elif", "except")):
        return price + 5
    deeper = len(following) - len(following.lstrip()) - (len(last) - len(last.lstrip()))
    return price + (6 if deeper > 0 else 1 if deeper < 0 else 2)


def groups(text: str, used: float = 0.0) -> list[list[Part]]:
    """A long text in groups that fit on a slide each, by blocks, items and rows.

    On the slide of the first, `used` is taken already.
    """
    parts = []
    for block in blocks(text):
        shown = fenced(block)
        if size.text_size(shown) <= FULL:
            parts.append(Part("text", shown, size.text_size(shown)))
        elif block.kind == "table":
            head, rule, *rows = shown.split("\n")
            parts += _rows(rows, head, rule)
        else:
            items = re.split(r"\n(?=[-*] |\d+\. )", shown)
            if len(items) == 1:
                items = sentences(shown)
            parts += [Part("text", item, size.text_size(item)) for item in items]
    return _even(parts, used)


def fenced(block: Block) -> str:
    """A block as a slide shows it: its code between fences, anything else without its links."""
    if block.kind == "code_block":
        code = re.sub("^ {4}", "", block.text.strip("\n"), flags=re.MULTILINE)
        return f"```text\n{code}\n```"
    return block.text if block.kind == "fence" else plain(block.text)


def _even(parts: list[Part], used: float) -> list[list[Part]]:
    """As few groups as there must be, and all of about the same size."""
    few = _filled(parts, FULL, used)
    whole = used + sum(part.size for part in parts)
    for share in (1.05, 1.15, 1.3, 1.5):
        made = _filled(parts, min(share * whole / len(few), FULL), used)
        if len(made) == len(few):
            return made
    return few


def _filled(parts: list[Part], room: float, used: float) -> list[list[Part]]:
    groups: list[list[Part]] = [[]]
    for part in parts:
        taken = sum(each.size for each in groups[-1]) + used * (len(groups) == 1)
        if groups[-1] and taken + part.size > room:
            groups.append([])
        groups[-1].append(part)
    return [group for group in groups if group]


def _rows(rows: list[str], head: str, rule: str) -> list[Part]:
    def table(some: list[str]) -> str:
        return "\n".join([head, rule, *some])

    few = 1
    while True:
        each = -(-len(rows) // few)
        made = [table(rows[at : at + each]) for at in range(0, len(rows), each)]
        if each == 1 or all(size.text_size(text) <= FULL for text in made):
            return [Part("text", text, size.text_size(text)) for text in made]
        few += 1
