"""The table of equations, printed: for a terminal, and in Markdown with links."""

from __future__ import annotations

import re

from course.rules.equations import Table
from course.rules.latex import readable
from course.rules.traces import Place

APPENDIX_NOTEBOOK = "A_the_document_run.ipynb"
HEAD = ("", "Statement", "Stated in", "In nnlib", "Tested by", "Errata")
NARROW = {0: 4, 2: len("Stated in"), 5: len("Errata")}  # columns, and how wide they are
SHARES = {1: 0.42, 3: 0.25, 4: 0.33}  # of the width that those leave


def plain(made: Table, width: int = 100) -> str:
    """The table for a terminal of a given width; long cells are wrapped."""
    free = max(width, 60) - sum(NARROW.values()) - 2 * (len(HEAD) - 1)
    widths = [NARROW.get(n) or int(free * SHARES[n]) for n in range(len(HEAD))]
    rule = "─" * (sum(widths) + 2 * (len(widths) - 1))
    lines = [*_wrapped(HEAD, widths), rule]
    for equation in made.equations.values():
        lines += _wrapped(
            (
                f"({equation.number})",
                readable(equation.statement) or "—",
                " ".join(map(_chapter_and_anchor, equation.stated)) or "—",
                ", ".join(place.name for place in equation.coded) or "—",
                _first_of([place.name for place in equation.tested]),
                ", ".join(equation.errata),
            ),
            widths,
        )
    return "\n".join([*lines, rule, made.summary])


def _chapter_and_anchor(place: Place) -> str:
    """As short as it can be: "04#eq-16"."""
    stem, anchor = place.name.split("#")
    return f"{stem.split('_')[0]}#{anchor}"


def _first_of(names: list[str]) -> str:
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return (names[0] + more) if names else "—"


def _wrapped(row: tuple[str, ...], widths: list[int]) -> list[str]:
    cells = []
    for text, width in zip(row, widths, strict=True):
        breakable = re.sub(r"(::|_|\.|#)(?=\w)", "\\1\u200b", text)
        cells.append(_fill(breakable, width))
    height = max(map(len, cells))
    lines = []
    for number in range(height):
        parts = [cell[number] if number < len(cell) else "" for cell in cells]
        padded = [part.ljust(width) for part, width in zip(parts, widths, strict=True)]
        lines.append("  ".join(padded).rstrip())
    return lines


def _fill(text: str, width: int) -> list[str]:
    """Lines of at most `width` characters, broken at spaces or at a zero-width space."""
    lines, line = [], ""
    for piece in re.findall(r"[^ \u200b]+[ \u200b]?| ", text):
        shown, space = piece.rstrip(" \u200b"), " " if piece.endswith(" ") else ""
        if line and len(line) + len(shown) > width:
            lines.append(line.rstrip())
            line = ""
        line += shown + space
        while len(line.rstrip()) > width:
            lines.append(line[:width])
            line = line[width:]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def markdown(made: Table, folder: str = "notebooks") -> str:
    """The table in Markdown, with links that hold from the root of the repository."""
    lines = [
        "| | Statement | Stated in | In `nnlib` | Tested by | Errata |",
        "|---|---|---|---|---|---|",
    ]
    for equation in made.equations.values():
        links = []
        for place in equation.stated:
            stem, anchor = place.name.split("#")
            links.append(f"[{stem.split('_')[0]}]({folder}/{stem}.ipynb#{anchor})")
        names = [f"`{place.name}`" for place in equation.coded]
        tests = [f"`{place.name.split('::')[-1]}`" for place in equation.tested]
        errata = [f"[{row}]({folder}/{APPENDIX_NOTEBOOK}#{row})" for row in equation.errata]
        cells = (
            f"({equation.number})",
            f"${_cell(equation.statement)}$" if equation.statement else "—",
            " ".join(links) or "—",
            ", ".join(names) or "—",
            _first_of(tests),
            ", ".join(errata),
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join([*lines, "", made.summary])


def _cell(latex: str) -> str:
    return latex.replace("|", r"\vert ")
