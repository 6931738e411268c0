"""Find the solutions of a chapter: the folded ```python fences under "Solution"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from course.book.chapters import Cell

SUMMARY = re.compile(r"<summary>[^\n]*\bSolution")
ANY_FENCE = re.compile(r"^[ >]*(?:```+|~~~+)[ \t]*(\S+)[ \t]*$", re.MULTILINE)
DETAILS = re.compile(r"<details>\s*<summary>\s*Solution.*?</details>", re.DOTALL)
FENCE = re.compile(r"^```python[ \t]*\n(.*?)^```[ \t]*$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Solution:
    """One folded solution: the code fences in it, each with its first line in the cell (from 0)."""

    cell: Cell
    fences: tuple[tuple[int, str], ...]


def solutions(cell: Cell) -> list[Solution]:
    """The solutions in a Markdown cell that hold code, in reading order."""
    found = []
    for block in DETAILS.finditer(cell.source):
        fences = []
        for fence in FENCE.finditer(cell.source, block.start(), block.end()):
            line = cell.source.count("\n", 0, fence.start(1))
            fences.append((line, fence.group(1)))
        if fences:
            found.append(Solution(cell, tuple(fences)))
    return found


def not_run(cell: Cell) -> list[tuple[int, str]]:
    """What looks like a solution but is not read as one: the line in the cell, and why."""
    blocks = list(DETAILS.finditer(cell.source))
    slips = []
    for match in SUMMARY.finditer(cell.source):
        if not any(block.start() <= match.start() < block.end() for block in blocks):
            slips.append(
                (
                    match.start(),
                    "a solution stands in one cell, and begins and ends with "
                    "<details><summary>Solution … and </details>",
                )
            )
    for block in blocks:
        read = {fence.start() for fence in FENCE.finditer(cell.source, block.start(), block.end())}
        for fence in ANY_FENCE.finditer(cell.source, block.start(), block.end()):
            if fence.start() not in read and "py" in fence.group(1).lower():
                slips.append(
                    (
                        fence.start(),
                        "a solution that is not run: its code begins with "
                        "```python and ends with ```, both at the start of a line",
                    )
                )
    return [(cell.source.count("\n", 0, start), why) for start, why in slips]
