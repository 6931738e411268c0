"""A chapter on paper: a page of HTML that a browser prints, its formulas set, without a network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from course.book.stored import read_notebook
from course.lecture import pages


def write(notebooks: Iterable[Path], folder: Path) -> Iterator[Path]:
    """Write the page of each notebook into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    pages.bring(folder / "lib")
    for path in notebooks:
        cells = read_notebook(path)["cells"]
        title = cells[0]["source"].split("\n", 1)[0].lstrip("# ")
        page = folder / f"{path.stem}.html"
        page.write_text(pages.html(pages.notebook(cells, title), "notes", ""), encoding="utf-8")
        yield page
