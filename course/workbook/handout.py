"""The woven chapters without their folded solutions: for a class that gets them later."""

from __future__ import annotations

import json
from pathlib import Path

from course.book import Book
from course.solutions import DETAILS
from course.weave import read_notebook


def write(book: Book, folder: Path) -> list[Path]:
    """Write each woven notebook into `folder`, every solution taken out; the outputs stay."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for chapter in book.chapters:
        notebook = read_notebook(chapter.notebook)
        for cell in notebook["cells"]:
            if cell["cell_type"] == "markdown":
                cell["source"] = DETAILS.sub("", cell["source"]).strip()
        notebook["cells"] = [cell for cell in notebook["cells"] if cell["source"]]
        path = folder / chapter.notebook.name
        path.write_text(
            json.dumps(notebook, indent=1, ensure_ascii=False) + "\n",
            encoding="utf-8",
            newline="\n",
        )
        written.append(path)
    return written
