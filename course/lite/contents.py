"""The notebooks of the browser edition: copies of the chapters and of the workbook."""

from __future__ import annotations

import json
import tempfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from course.book import Book
from course.lite.differences import MISSING, shrunk
from course.workbook import make

HERE = (
    "> **In your browser.** Python runs inside this page. Nothing is installed, and nothing that "
    "you type leaves your machine. It is slower than Python on your own machine, and the first "
    "cell takes up to half a minute. What you write is kept in this browser, on this machine: "
    "*File* ▸ *Download* takes it along. A cell of yours that shows nothing for nine seconds is "
    "stopped, unless you choose *Keep running*, or wrote `# keep running` into it; the button ■ "
    "stops it at once."
)
NOTE = "in-your-browser"  # the id of the cell that says so
KERNEL = {"display_name": "Python (Pyodide)", "language": "python", "name": "python"}


def write(book: Book, folder: Path) -> list[Path]:
    """Write every chapter into `folder`/notebooks, and its copy to work in into `folder`/workbook.

    Returns
    -------
    list of Path
        The notebooks.
    """
    written = []
    with tempfile.TemporaryDirectory() as scratch:
        make.write(book, Path(scratch))
        for place, where in (("notebooks", book.root / "notebooks"), ("workbook", Path(scratch))):
            (folder / place).mkdir(parents=True)
            for chapter in book.chapters:
                name = f"{chapter.name}.ipynb" if place == "notebooks" else make.name_of(chapter)
                notebook = json.loads((where / name).read_text(encoding="utf-8"))
                path = folder / place / name
                made = edition(chapter.number, notebook)
                path.write_text(json.dumps(made, ensure_ascii=False, indent=1), encoding="utf-8")
                written.append(path)
    return written


def editions(written: list[Path], folder: Path) -> dict[str, str]:
    """The edition of each notebook, by its path in the folder."""
    return {
        path.relative_to(folder).as_posix(): json.loads(path.read_text(encoding="utf-8"))[
            "metadata"
        ]["course"]["edition"]
        for path in written
    }


def edition(number: str, notebook: Mapping[str, Any]) -> dict[str, Any]:
    """A notebook as the browser gets it: smaller where it must be, with a word on its top."""
    cells = [dict(cell) for cell in notebook["cells"]]
    said = [HERE]
    if smaller := shrunk(number, cells):
        said.append("> " + smaller)
    if number in MISSING:
        said.append("> " + MISSING[number])
    note = {
        "cell_type": "markdown",
        "id": NOTE,
        "metadata": {},
        "source": "\n>\n".join(said),
    }
    metadata = dict(notebook["metadata"])
    course = {**metadata.get("course", {}), "edition": mark(cells)}
    metadata |= {"kernelspec": KERNEL, "course": course}
    return {**notebook, "cells": [note, *cells], "metadata": metadata}


def mark(cells: list[dict[str, Any]]) -> str:
    """What tells one edition of a notebook from another: a sum over what its cells say.

    The page computes it as well (`page/static/editions.mjs`), and sees whether somebody has
    written; it has no SHA-256 where a school's host speaks plain http.
    """
    said = "\0".join("".join(cell["source"]) for cell in cells)
    return f"{zlib.crc32(said.encode()):08x}"
