"""The woven chapters without their folded solutions: for a class that gets them later."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from course.book import Book
from course.book.solutions import DETAILS
from course.book.stored import mended_by_weaving, read_notebook
from course.press.notebooks import NotebookCell, notebook_text


def write(book: Book, folder: Path) -> list[Path]:
    """Write each woven notebook into `folder`/notebooks, every solution taken out.

    The outputs stay, and so do the short answers to recall questions, quizzes and predictions: they
    are read a moment after the question. The card of the data goes along: chapters link to it.
    """
    out = folder / "notebooks"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    written = []
    for chapter in book.chapters:
        cells = [
            NotebookCell(cell["cell_type"], source, cell["metadata"], cell.get("outputs"))
            for cell in read_notebook(chapter.notebook, mended_by_weaving(chapter.number))["cells"]
            if (source := _withheld(cell))
        ]
        path = out / chapter.notebook.name
        path.write_text(notebook_text(cells), encoding="utf-8", newline="\n")
        written.append(path)
    if (card := book.root / "data" / "README.md").is_file():
        (folder / "data").mkdir(exist_ok=True)
        shutil.copy(card, folder / "data")
    return written


def _withheld(cell: dict[str, Any]) -> str:
    """The source of a stored cell without its solutions."""
    source: str = cell["source"]
    return DETAILS.sub("", source).strip() if cell["cell_type"] == "markdown" else source
