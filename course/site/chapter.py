"""A woven chapter as a page: its cells, and at each package cell the way to the reference."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from typing import Any

from course.book import Chapter
from course.book.stored import mended_by_weaving, read_notebook
from course.site import links, render
from course.site.figures import taken_out
from course.site.page import Page

PATH = re.compile(r"# nnlib/(\w+)\.py\n")
MARKS = re.compile(r"[*`$\[\]]|\(\S+\)")


def page(chapter: Chapter, known: Iterable[str]) -> Page:
    """A chapter as a page; `known` are the names that the reference has, as ``losses.cost``."""
    cells = read_notebook(chapter.notebook, mended_by_weaving(chapter.number))["cells"]
    body = render.cells(list(_marked(cells, set(known))))
    body, pictures = taken_out(links.led(body))
    return Page(f"{chapter.name}.html", title(chapter), body, "", about(chapter), pictures)


def title(chapter: Chapter) -> str:
    """The heading of a chapter."""
    return chapter.cells[0].source.split("\n", 1)[0].lstrip("# ")


def about(chapter: Chapter) -> str:
    """The first paragraph of a chapter, in plain words."""
    paragraphs = chapter.cells[0].source.split("\n\n")[1:2]
    return MARKS.sub("", " ".join("".join(paragraphs).split()))


def _marked(cells: list[dict[str, Any]], known: set[str]) -> Iterator[dict[str, Any]]:
    """The cells; one that belongs to nnlib says which names it keeps, and where.

    A name that a chapter defines twice is marked where it stands last: that one is kept.
    """
    last = {name: number for number, cell in enumerate(cells) for name in _names(cell)}
    for number, cell in enumerate(cells):
        names = _names(cell)
        if not names:
            yield cell
            continue
        kept = [
            {"name": name, "anchor": last[name] == number, "known": name in known} for name in names
        ]
        kept_in = names[0].split(".")[0]
        yield {**cell, "metadata": {**cell["metadata"], "kept": {"in": kept_in, "names": kept}}}


def _names(cell: dict[str, Any]) -> list[str]:
    """What a package cell defines, as ``losses.cost``."""
    match = PATH.match(cell["source"]) if cell["cell_type"] == "code" else None
    if not match:
        return []
    found = []
    for node in ast.parse(cell["source"]).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.append(node.name)
        elif isinstance(node, ast.Assign):
            found += [target.id for target in node.targets if isinstance(target, ast.Name)]
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.append(node.target.id)
    return [f"{match[1]}.{name}" for name in found]
