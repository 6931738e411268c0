"""The numbers of equations, as they stand in comments, docstrings and headings."""

from __future__ import annotations

import re

LIST = r"\(\d+\)(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s+to\s+)\(\d+\))*"
"""One number or several: "(25)", "(8) and (9)", "(1), (2) and (12) to (15)"."""

COMMENT = re.compile(rf"#\s*({LIST})")
MENTION = re.compile(rf"\bequations?\s+({LIST})")


def numbers(text: str) -> list[int]:
    """The numbers in a list such as "(1), (2) and (12) to (15)", ranges filled in."""
    found: list[int] = []
    for word, digits in re.findall(r"(to\s+)?\((\d+)\)", text):
        number = int(digits)
        found += range(found[-1] + 1, number + 1) if word and found else [number]
    return found


def in_comment(text: str) -> list[int]:
    """The numbers in the comment of a line of code, where it begins with them: ``# (25)``."""
    match = COMMENT.search(text)
    return numbers(match.group(1)) if match else []


def in_docstring(text: str) -> list[int]:
    """The numbers that a docstring names with the word: "equations (23) to (25)"."""
    return [number for match in MENTION.finditer(text) for number in numbers(match.group(1))]
