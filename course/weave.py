"""Weave: a chapter's text becomes the executed notebook that people read.

The same text gives the same bytes: a cell's id comes from its content, outputs carry no times and
no machine's paths, and the metadata names no version. The outputs of timed cells stay as they are
stored as long as no code of the chapter has changed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from course.book import Book, Cell, Chapter
from course.errors import AuthorError

METADATA = {
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
TIMEOUT = 180  # seconds for one cell
STRAY = re.compile(r"<Figure\b|<matplotlib\.|\b0x[0-9a-f]{6,}\b|/ipykernel_\d+/")
MACHINE_PATH = re.compile(r"(File )\S?.*?((?:nnlib|course|site-packages|lib/python3\.\d+)/)")
WARNING = re.compile(r"^\S*/ipykernel_\d+/\d+\.py:(\d+): ")  # how a kernel begins a warning
ANSI = re.compile(r"\x1b\[[0-9;]*m")


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
    stored = read_notebook(chapter.notebook) if chapter.notebook.is_file() else None
    if stored and _code(chapter) == stored_code(stored):
        kept = [cell for cell in stored["cells"] if cell["cell_type"] == "code"]
        for number, cell in enumerate(chapter.code_cells()):
            if cell.timed:
                outputs[number] = kept[number]["outputs"]
    text = notebook_text(chapter, outputs)
    if not chapter.notebook.is_file() or chapter.notebook.read_bytes() != text.encode():
        chapter.notebook.write_bytes(text.encode())
    return chapter.notebook


def read_notebook(path: Path) -> dict[str, Any]:
    """A stored notebook as plain dictionaries, every source and text joined to one string."""
    notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = _joined(cell["source"])
        for output in cell.get("outputs", []):
            if "text" in output:
                output["text"] = _joined(output["text"])
            data = output.get("data", {})
            for kind, value in data.items():
                data[kind] = _joined(value) if not kind.endswith("json") else value
    return notebook


def stored_code(notebook: dict[str, Any]) -> list[tuple[str, tuple[str, ...]]]:
    """Source and tags of the code cells of a stored notebook."""
    return [
        (cell["source"], tuple(cell["metadata"].get("tags", ())))
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
    ]


def _code(chapter: Chapter) -> list[tuple[str, tuple[str, ...]]]:
    return [(cell.source, cell.tags) for cell in chapter.code_cells()]


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


# --- the notebook's text -------------------------------------------------------------------------


def notebook_text(chapter: Chapter, outputs: list[list[dict[str, Any]]]) -> str:
    """The notebook as it is stored."""
    occurrences: Counter[str] = Counter()
    cells = []
    execution = 0
    for cell in chapter.cells:
        key = f"{cell.kind}\n{cell.source}"
        written: dict[str, Any] = {
            "cell_type": cell.kind,
            "id": hashlib.sha256(f"{key}\n{occurrences[key]}".encode()).hexdigest()[:12],
            "metadata": {"tags": list(cell.tags)} if cell.tags else {},
            "source": cell.source.splitlines(keepends=True),
        }
        occurrences[key] += 1
        if cell.kind == "code":
            written["outputs"] = [_stored(output) for output in outputs[execution]]
            execution += 1
            written["execution_count"] = execution
        cells.append(written)
    notebook = {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


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


# --- execution -----------------------------------------------------------------------------------


def execute(book: Book, chapter: Chapter) -> list[list[dict[str, Any]]]:
    """Run the chapter in a fresh kernel and return the outputs of each code cell."""
    import nbformat
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
    path = [str(book.root), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path)}
    outputs = []
    with client.setup_kernel(env=environment):
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
            outputs.append(_clean(cell, notebook.cells[number].outputs, places(book)))
            if cell.raises and not any(out["output_type"] == "error" for out in outputs[-1]):
                raise cell.error("the cell is tagged raises-exception but raises nothing")
    return outputs


def places(book: Book) -> list[str]:
    """Folders of this machine, which nobody else has: a path in one of them is not published."""
    folders = [book.root, Path(sys.prefix), Path.home(), Path(tempfile.gettempdir())]
    return [str(folder) for folder in folders if len(folder.parts) > 1]


def _raised(cell: Cell, error: Any) -> AuthorError:
    trace = ANSI.sub("", str(error.traceback))
    lines = re.findall(r"^Cell In\[\d+\], line (\d+)", trace, re.MULTILINE)
    offset = int(lines[0]) - 1 if lines else 0
    return cell.error(f"the cell raises {error.ename}: {error.evalue}", line=offset)


def _clean(cell: Cell, outputs: list[Any], machine: list[str]) -> list[dict[str, Any]]:
    """The outputs without what changes from run to run; what should not be there is refused."""
    cleaned: list[dict[str, Any]] = []
    for raw in outputs:
        output = json.loads(json.dumps(raw))
        kind = output["output_type"]
        if kind == "stream":
            if output["name"] == "stderr":
                first = output["text"].strip().split("\n")[0]
                offset = int(warning[1]) - 1 if (warning := WARNING.match(first)) else 0
                what = f"the cell writes to stderr: {WARNING.sub('', first)}"
                raise cell.error(what, line=offset)
            if cleaned and cleaned[-1]["output_type"] == "stream":
                cleaned[-1]["text"] += output["text"]
                continue
        if "application/vnd.jupyter.widget-view+json" in output.get("data", {}):
            continue  # a widget lives in a kernel; the page shows its static picture beside it
        if kind == "error":
            output["traceback"] = [MACHINE_PATH.sub(r"\1\2", line) for line in output["traceback"]]
        cleaned.append(output)
    for output in cleaned:
        if stray := _stray(output, machine):
            better = "print what the reader needs instead"
            if stray in ("<Figure", "<matplotlib."):
                better = 'end the cell with show(fig, alt="…")'
            raise cell.error(f"the output holds {stray!r}: {better}")
    return cleaned


def _stray(output: dict[str, Any], machine: list[str]) -> str | None:
    """What a reader has no use for, and another run or machine would write differently."""
    texts = [output.get("text", ""), output.get("evalue", ""), *output.get("traceback", [])]
    texts += [
        value
        for kind, value in output.get("data", {}).items()
        if kind.startswith("text/") and isinstance(value, str)
    ]
    for text in texts:
        if match := STRAY.search(text):
            return match.group(0)
        for folder in machine:
            if re.search(rf"{re.escape(folder)}(?![\w.-])", text):
                return folder
    return None
