"""Find the solutions of a chapter: the folded ```python fences under "Solution"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from course.book import Cell

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
