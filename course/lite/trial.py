"""Run chapters in the browser edition from top to bottom, and compare with what is stored."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course.book import AuthorError, Chapter
from course.browser import CHROMIUM
from course.lite import differences
from course.lite.alike import DIGIT, OTHER, SAME, WORDS, alike, text_of
from course.lite.tab import Ran, Tab, opened

UNCOMPARED = "nbval-ignore-output"
FAILS = "raises-exception"
UNSEEN, NOT_THERE, ERROR = "not compared", "not there", "error"
KINDS = (SAME, DIGIT, WORDS, UNSEEN, NOT_THERE, OTHER, ERROR)


@dataclass
class Trial:
    """What came of a chapter: how many cells, how near each is, what went wrong."""

    number: str
    counts: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0
    slowest: float = 0.0

    def row(self) -> str:
        """A line of the table."""
        numbers = "".join(f"{self.counts.get(kind, 0):>14}" for kind in KINDS)
        return f"{self.number:<8}{numbers}{self.seconds:>10.0f} s{self.slowest:>10.0f} s"


PUBLIC = "a page takes Python from the public host of Pyodide"
HEAD = f"{'chapter':<8}{''.join(f'{kind:>14}' for kind in KINDS)}{'all cells':>12}{'slowest':>12}"


def trials(
    site: Path, chapters: Sequence[Chapter], tell: Callable[[str], None] = print
) -> Iterator[Trial]:
    """Run chapters, each in a browser of its own."""
    for chapter in chapters:
        with opened(site) as tab:
            tab.open(f"notebooks/{chapter.name}.ipynb")
            made = _run(tab, chapter.number, _stored(site, chapter), tell)
            made.wrong += tab.wrong()
            yield made


def report(site: Path, chapters: Sequence[Chapter]) -> int:
    """Print a table of the trials; 0 if every cell says what is stored, 1 if not.

    Raises
    ------
    AuthorError
        If there is nothing to try, or nothing to try it with.
    """
    if CHROMIUM is None:
        raise AuthorError("no Chromium on this machine")
    if not (site / "static" / "pyodide" / "pyodide.mjs").is_file():
        raise AuthorError(f"{site} holds no runtime: LITE_RUNTIME=DIR make lite puts one there")
    print(HEAD, flush=True)
    wrong: list[str] = []
    for made in trials(site, chapters):
        print(made.row(), flush=True)
        wrong += made.wrong
    print("\n".join(wrong), file=sys.stderr)
    return 1 if wrong else 0


def _stored(site: Path, chapter: Chapter) -> list[dict[str, Any]]:
    path = site / "files" / "notebooks" / f"{chapter.name}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def _run(tab: Tab, number: str, stored: list[dict[str, Any]], tell: Callable[[str], None]) -> Trial:
    """Run each cell of the notebook that is open."""
    made = Trial(number)
    for place, cell in zip(tab.cells(), stored, strict=True):
        ran = tab.run(place)
        made.seconds += ran.seconds
        made.slowest = max(made.slowest, ran.seconds)
        kind = judged(number, cell, ran)
        made.counts[kind] = made.counts.get(kind, 0) + 1
        if kind in (OTHER, ERROR):
            wanted, found = text_of(cell["outputs"]).strip(), text_of(ran.outputs).strip()
            first = ran.source.strip().split("\n")[0][:60]
            made.wrong.append(
                f"{number}, {kind}, `{first}`:\n  stored: {wanted}\n  found:  {found}"
            )
        if ran.seconds > 20:
            tell(f"  {number}: {ran.seconds:.0f} s for `{ran.source.strip()[:70]!r}`")
    return made


def judged(number: str, cell: dict[str, Any], ran: Ran) -> str:
    """How near the outputs of a cell are to those that are stored."""
    tags = cell["metadata"].get("tags", [])
    failed = any(output["output_type"] == "error" for output in ran.outputs)
    if differences.fails(number, ran.source):
        return NOT_THERE if failed else ERROR
    if failed != (FAILS in tags):
        return ERROR
    if UNCOMPARED in tags or differences.is_smaller(number, ran.source):
        return UNSEEN
    stored = differences.said_there(number, text_of(cell["outputs"]))
    return alike(stored, text_of(ran.outputs), not differences.varies(number, ran.source))
