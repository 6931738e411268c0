"""The woven chapters without their folded solutions: for a class that gets them later."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from course.book import Book
from course.solutions import DETAILS
from course.weave import read_notebook


def write(book: Book, folder: Path) -> list[Path]:
    """Write each woven notebook into `folder`/notebooks, every solution taken out.

    The outputs stay, and so do the short answers to recall questions, quizzes and predictions: they
    are read a moment after the question. The card of the data goes along, since chapters link to it.
    """
    out = folder / "notebooks"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    written = []
    for chapter in book.chapters:
        notebook = read_notebook(chapter.notebook)
        for cell in notebook["cells"]:
            if cell["cell_type"] == "markdown":
                cell["source"] = DETAILS.sub("", cell["source"]).strip()
        notebook["cells"] = [cell for cell in notebook["cells"] if cell["source"]]
        path = out / chapter.notebook.name
        path.write_text(
            json.dumps(notebook, indent=1, ensure_ascii=False) + "\n",
            encoding="utf-8",
            newline="\n",
        )
        written.append(path)
    if (card := book.root / "data" / "README.md").is_file():
        (folder / "data").mkdir(exist_ok=True)
        shutil.copy(card, folder / "data")
    return written
