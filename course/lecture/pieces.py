"""What is too long for a slide, in pieces that fit: code by its definitions, text by its blocks."""

from __future__ import annotations

import re

from course.book.markdown import blocks
from course.lecture import slide as size
from course.lecture.slide import CODE_LINES, ROOM, Part, plain, sentences


def definitions(source: str) -> list[str]:
    """A package cell without its path and its imports, in pieces of a dozen lines at most."""
    body = re.sub(r"\A# nnlib/.*\n", "", source)
    body = re.sub(r'\A"""[^"]*"""\n+', "", body)
    body = re.sub(r"^(?:from|import) [^\n(]*(?:\([^)]*\))?\n", "", body, flags=re.MULTILINE).strip()
    pieces = []
    for definition in re.split(r"\n\n\n+", body):
        lines = definition.strip("\n").split("\n")
        while lines:
            end = len(lines) if len(lines) <= CODE_LINES else _good_end(lines)
            pieces.append("\n".join(lines[:end]).strip("\n"))
            lines = lines[end:]
    return pieces


def _good_end(lines: list[str]) -> int:
    """Where a long definition is cut: at an empty line, before an equation, or after a dozen."""
    for end in range(CODE_LINES, 6, -1):
        if not lines[end].strip() or lines[end - 1].rstrip().endswith(('"""', ":")):
            return end
    return CODE_LINES


def groups(text: str) -> list[list[Part]]:
    """A long text in groups that fit on a slide each: by blocks, items and rows."""
    parts = []
    for block in blocks(text):
        shown = plain(block.text)
        if block.kind == "fence":
            shown = block.text
        if size.text_size(shown) <= ROOM - 2:
            parts.append(Part("text", shown, size.text_size(shown)))
        elif block.kind == "table":
            head, rule, *rows = shown.split("\n")
            parts += _rows(rows, head, rule)
        else:
            items = re.split(r"\n(?=[-*] |\d+\. )", shown)
            if len(items) == 1:
                items = sentences(shown)
            parts += [Part("text", item, size.text_size(item)) for item in items]
    groups: list[list[Part]] = [[]]
    for part in parts:
        if groups[-1] and sum(each.size for each in groups[-1]) + part.size > ROOM - 2:
            groups.append([])
        groups[-1].append(part)
    return [group for group in groups if group]


def _rows(rows: list[str], head: str, rule: str) -> list[Part]:
    made, taken = [], []
    for row in rows:
        taken.append(row)
        text = "\n".join([head, rule, *taken])
        if size.text_size(text) > ROOM - 3:
            made.append(text if len(taken) == 1 else "\n".join([head, rule, *taken[:-1]]))
            taken = [] if len(taken) == 1 else [row]
    if taken:
        made.append("\n".join([head, rule, *taken]))
    return [Part("text", text, size.text_size(text)) for text in made]
