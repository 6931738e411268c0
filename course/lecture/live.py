"""The slides as a notebook: for nbconvert, which makes the deck, and for a lecture in JupyterLab.

Every code cell of the chapter is in it, in its order, so that it runs from the first to the last;
jupyterlab-slideshow shows the slides, and cells that no slide shows are skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from course.lecture.slide import CODE_LINES, Part, Slide

HIDDEN = "hide-input"
"""The tag of a cell of which a slide shows the output alone."""


def cells(slides: Iterable[Slide], notes: Iterable[str]) -> list[dict[str, Any]]:
    """The cells of the notebook: each slide's title, its parts, and its notes."""
    made: list[dict[str, Any]] = []
    first, inside = True, False
    for slide, note in zip(slides, notes, strict=True):
        level = "#" if first else "###" if inside and not slide.opens else "##"
        kind = "slide" if slide.opens or first else "subslide"
        title = slide.section if slide.opens else slide.title
        text = [f"{level} {title}"]
        if title != slide.title:
            text.append(f"### {slide.title}")
        parts = list(slide.parts)
        while parts and _joins(parts[0]):  # one cell for what one sees first, after what none sees
            part = parts.pop(0)
            if part.kind == "text":
                text.append(part.source)
            else:
                made.append(_cell(part))
        made.append(_markdown(_together(text), kind))
        made += [_cell(part) for part in parts]
        if note:
            made.append(_markdown(note, "notes"))
        first, inside = False, inside or (slide.opens and not first)
    return made


def _together(texts: list[str]) -> str:
    """Pieces of text as one; the items of a list stay one list."""
    whole = texts[0]
    for before, after in pairwise(texts):
        listed = all(re.match(r"[-*] |\d+\. ", each) for each in (before, after))
        whole += ("\n" if listed else "\n\n") + after
    return whole


def _joins(part: Part) -> bool:
    return part.kind == "unseen" or part.kind == "text" and not part.later


def _cell(part: Part) -> dict[str, Any]:
    if part.kind == "text":
        return _markdown(part.source, "fragment" if part.later else "")
    metadata: dict[str, Any] = {}  # of no type: it stands below the cell before it
    if part.kind == "unseen":
        metadata = {"slideshow": {"slide_type": "skip"}}
    elif part.kind == "output":
        long = part.source.count("\n") >= CODE_LINES  # no room would be left for the answer
        metadata |= {"tags": [HIDDEN], "jupyter": {"source_hidden": long or not part.predicted}}
    if part.predicted:  # run it: the class sees the answer come
        metadata["jupyter"] = metadata.get("jupyter", {}) | {"outputs_hidden": True}
        metadata["collapsed"] = True
    return {
        "cell_type": "code",
        "metadata": metadata,
        "source": part.source,
        "outputs": part.outputs,
        "execution_count": None,
    }


def _markdown(source: str, kind: str) -> dict[str, Any]:
    return {
        "cell_type": "markdown",
        "metadata": {"slideshow": {"slide_type": kind}} if kind else {},
        "source": source,
    }
