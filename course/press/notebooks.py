"""The one writer of notebooks: cells and their outputs become the text of an .ipynb file.

The same cells give the same bytes: a cell's id comes from its content, and the metadata names no
version. A cell that begins with an anchor has the anchor's name as its id, so that a link from
another notebook finds it: JupyterLab looks for a cell's id before anything is drawn, for an anchor
only in what is drawn already.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

METADATA: dict[str, Any] = {
    "kernelspec": {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    },
    "language_info": {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
    },
}

ANCHOR = re.compile(r'<a id="([\w-]{1,64})"></a>')  # at the beginning of a Markdown cell


@dataclass(frozen=True)
class NotebookCell:
    """A cell of a notebook; `outputs` is None for a code cell that nobody has run yet."""

    kind: str  # "code" or "markdown"
    source: str
    metadata: dict[str, Any] = field(default_factory=dict)
    outputs: list[dict[str, Any]] | None = None


def notebook_text(cells: Iterable[NotebookCell], course: dict[str, Any] | None = None) -> str:
    """The text of a notebook file.

    Parameters
    ----------
    cells : iterable of NotebookCell
        Its cells; those that were run are counted from 1.
    course : dict, optional
        What the course remembers in the notebook's metadata.
    """
    occurrences: Counter[str] = Counter()
    entries = []
    executed = 0
    for cell in cells:
        name = _name(cell)
        entry: dict[str, Any] = {
            "cell_type": cell.kind,
            "id": _id(name, occurrences[name]),
            "metadata": cell.metadata,
            "source": cell.source.splitlines(keepends=True),
        }
        occurrences[name] += 1
        if cell.kind == "code":
            executed += cell.outputs is not None
            entry["execution_count"] = None if cell.outputs is None else executed
            entry["outputs"] = [_stored(output) for output in cell.outputs or []]
        entries.append(entry)
    notebook = notebook_of(entries, **({"course": course} if course else {}))
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def notebook_of(entries: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A notebook of these cells, in the form that nbformat reads; `more` joins its metadata."""
    metadata = {**METADATA, **more}
    return {"cells": entries, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _name(cell: NotebookCell) -> str:
    """What tells a cell from others: the anchor that it begins with, or its content."""
    anchor = ANCHOR.match(cell.source) if cell.kind == "markdown" else None
    return anchor[1] if anchor else f"{cell.kind}\n{cell.source}"


def _id(name: str, before: int) -> str:
    """The id of a cell that comes after so many of the same name."""
    if "\n" not in name and not before:
        return name
    return hashlib.sha256(f"{name}\n{before}".encode()).hexdigest()[:12]


def _stored(output: dict[str, Any]) -> dict[str, Any]:
    """An output in the form nbformat stores: texts as lists of lines."""
    output = dict(output)
    if "text" in output:
        output["text"] = output["text"].splitlines(keepends=True)
    if "data" in output:
        output["data"] = {
            kind: value.splitlines(keepends=True)
            if isinstance(value, str) and kind.startswith("text/")
            else value
            for kind, value in output["data"].items()
        }
    return output
