"""What a cell leaves behind, cleaned of all that changes from run to run."""

from __future__ import annotations

import json
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from course.book import Book, Cell

STRAY = re.compile(r"<Figure\b|<matplotlib\.|\b0x[0-9a-f]{6,}\b|/ipykernel_\d+/")
PICTURE = re.compile(r"data:image/png;base64,[^\"]*")  # any letters may follow each other in it
MACHINE_PATH = re.compile(r"(File )\S?.*?((?:nnlib|course|site-packages|lib/python3\.\d+)/)")
WARNING = re.compile(r"^\S*/ipykernel_\d+/\d+\.py:(\d+): ")  # how a kernel begins a warning


def places(book: Book) -> list[str]:
    """Folders of this machine, which nobody else has: a path in one of them is not published."""
    folders = [book.root, Path(sys.prefix), Path.home(), Path(tempfile.gettempdir())]
    return [str(folder) for folder in folders if len(folder.parts) > 1]


def clean(cell: Cell, outputs: list[Any], machine: list[str]) -> list[dict[str, Any]]:
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
        PICTURE.sub("", value)
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
