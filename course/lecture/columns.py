"""Code no wider than a slide: a long line is broken where Python may break it.

What a line means stays the same; a reader in the last row sees larger letters.
"""

from __future__ import annotations

import contextlib
import io
import re
import tokenize
from collections.abc import Iterator

WORDS = ("for", "if", "else", "and", "or")  # before which a line may end
LEAST = 24  # letters of a line's first half, at least


def broken(source: str, columns: int) -> str:
    """The same code, of which no line is longer, where it can be broken inside of brackets."""
    lines = source.split("\n")
    at = 0
    while at < len(lines):
        if len(lines[at]) > columns:
            with contextlib.suppress(tokenize.TokenError, SyntaxError):  # a piece of code
                lines[at : at + 1] = _halves(lines, at, columns)
        at += 1
    return "\n".join(lines)


def _halves(lines: list[str], at: int, columns: int) -> list[str]:
    line = lines[at]
    margin = line[: len(line) - len(line.lstrip())]
    if line.lstrip().startswith("#"):
        cut = line.rfind(" ", 0, columns + 1)
        return [line[:cut], f"{margin}# {line[cut + 1 :]}"] if cut > LEAST else [line]
    places = []
    for token, opened in _tokens(lines, at):
        if token.type == tokenize.COMMENT:
            cut = token.start[1]
            return [margin + line[cut:], line[:cut].rstrip()]
        after = token.string == ","
        cut = token.end[1] if after else token.start[1]
        if opened and LEAST < cut - len(margin) and cut <= columns and line[cut:].strip():
            if after or token.string in WORDS:
                row, column = opened[-1]
                square = lines[row - 1][column] == "["  # rather between the parameters of a call
                places.append((len(opened) + 0.5 * (not after), square, -cut, opened[-1]))
    if not places:
        return [line]
    *_, back, (row, column) = min(places)
    rest = line[-back:].lstrip()
    if row == at + 1 and column + 1 + len(rest) <= columns:
        margin = " " * (column + 1)
    elif row == at + 1:
        margin += "    "
    return [line[:-back].rstrip(), margin + rest]


def _tokens(
    lines: list[str], at: int
) -> Iterator[tuple[tokenize.TokenInfo, list[tuple[int, int]]]]:
    """The tokens of one line outside of texts, and where the brackets around each were opened."""
    begins, ends = (getattr(tokenize, f"FSTRING_{each}", None) for each in ("START", "END"))
    opened: list[tuple[int, int]] = []
    texts = 0
    for token in tokenize.generate_tokens(io.StringIO("\n".join(lines)).readline):
        texts += (token.type == begins) - (token.type == ends)
        if texts or token.type == ends:
            continue
        if re.fullmatch(r"[)\]}]", token.string):
            del opened[-1:]  # none is open where a piece of code begins
        if token.start[0] == at + 1:
            yield token, opened
        if re.fullmatch(r"[(\[{]", token.string):
            opened.append(token.start)
