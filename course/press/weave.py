"""Weave: a chapter's text becomes the executed notebook that people read.

The same text gives the same bytes: outputs carry no times and no machine's paths. The outputs of
timed cells stay as they are stored as long as no code of the chapter has changed.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from course.book import AuthorError, Book, Cell, Chapter
from course.book.folds import fold_of
from course.book.stored import read_notebook, stored_code
from course.press.changed import code_of, package_of
from course.press.notebooks import METADATA, NotebookCell, notebook_text
from course.press.outputs import clean, places
from course.surroundings import own_settings

TIMEOUT = 180  # seconds for one cell
ANSI = re.compile(r"\x1b\[[0-9;]*m")

Outputs = list[list[dict[str, Any]]]


def weave(book: Book, chapter: Chapter) -> Path:
    """Execute a chapter and write its notebook.

    Parameters
    ----------
    book : Book
        The book; its package is the one that the cells import.
    chapter : Chapter
        The chapter.

    Returns
    -------
    Path
        The notebook.

    Raises
    ------
    AuthorError
        If a cell raises, writes to stderr, or leaves a stray value or a path of this machine in
        its output.
    """
    outputs = execute(book, chapter)
    stored = _stored(chapter)
    if stored and code_of(chapter) == stored_code(stored):
        kept = outputs_of(stored)
        for number, cell in enumerate(chapter.code_cells()):
            if cell.timed:
                outputs[number] = kept[number]
    return _write(book, chapter, outputs)


def rewrite(book: Book, chapter: Chapter) -> Path:
    """Write the notebook of a chapter of which only the prose has changed: its outputs stay."""
    return _write(book, chapter, outputs_of(read_notebook(chapter.notebook)))


def outputs_of(notebook: dict[str, Any]) -> Outputs:
    """The outputs of each code cell of a stored notebook."""
    return [cell["outputs"] for cell in notebook["cells"] if cell["cell_type"] == "code"]


def _stored(chapter: Chapter) -> dict[str, Any] | None:
    """The notebook as it was woven before, if it is there and whole."""
    try:
        return read_notebook(chapter.notebook) if chapter.notebook.is_file() else None
    except AuthorError:
        return None


def _write(book: Book, chapter: Chapter, outputs: Outputs) -> Path:
    text = chapter_text(chapter, outputs, {"package": package_of(book, chapter)})
    if not chapter.notebook.is_file() or chapter.notebook.read_bytes() != text.encode():
        chapter.notebook.write_bytes(text.encode())
    return chapter.notebook


def chapter_text(chapter: Chapter, outputs: Outputs, course: dict[str, Any] | None = None) -> str:
    """A chapter's notebook as it is stored."""
    waiting = iter(outputs)
    cells = [
        NotebookCell(
            cell.kind,
            cell.source,
            ({"tags": list(cell.tags)} if cell.tags else {}) | fold_of(cell.tags),
            next(waiting) if cell.kind == "code" else None,
        )
        for cell in chapter.cells
    ]
    return notebook_text(cells, course)


def execute(book: Book, chapter: Chapter) -> Outputs:
    """Run the chapter in a fresh kernel and return the outputs of each code cell."""
    import nbformat
    from jupyter_client.kernelspec import KernelSpecManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    cells = chapter.code_cells()
    notebook = nbformat.v4.new_notebook(metadata=METADATA)
    notebook.cells = [nbformat.v4.new_code_cell(cell.source) for cell in cells]
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=TIMEOUT,
        allow_errors=False,
        record_timing=False,
        resources={"metadata": {"path": str(chapter.notebook.parent)}},
    )
    manager = client.create_kernel_manager()
    if manager.has_trait("transport_encryption"):
        manager.transport_encryption = "auto"  # else ipykernel 7 warns
    manager.kernel_spec_manager = KernelSpecManager(kernel_dirs=[])  # this Python's, no other
    outputs = []
    with own_settings(book.root) as env, client.setup_kernel(env=env):
        for number, cell in enumerate(cells):
            if cell.raises:
                notebook.cells[number].metadata["tags"] = ["raises-exception"]
            try:
                client.execute_cell(notebook.cells[number], number)
            except CellExecutionError as error:
                raise _raised(cell, error) from None
            except CellTimeoutError:
                raise cell.error(f"the cell runs for more than {TIMEOUT} s") from None
            except DeadKernelError:
                raise cell.error("the kernel died in this cell") from None
            outputs.append(clean(cell, notebook.cells[number].outputs, places(book)))
            if cell.raises and not any(out["output_type"] == "error" for out in outputs[-1]):
                raise cell.error("the cell is tagged raises-exception but raises nothing")
    return outputs


def _raised(cell: Cell, error: Any) -> AuthorError:
    trace = ANSI.sub("", str(error.traceback))
    lines = re.findall(r"^Cell In\[\d+\], line (\d+)", trace, re.MULTILINE)
    offset = int(lines[0]) - 1 if lines else 0
    return cell.error(f"the cell raises {error.ename}: {error.evalue}", line=offset)
