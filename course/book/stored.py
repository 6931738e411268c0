"""Read a stored notebook, whoever wrote it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def read_notebook(path: Path) -> dict[str, Any]:
    """A notebook as plain dictionaries, every source and text joined to one string."""
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
    """Source and tags of the code cells of a notebook."""
    return [
        (cell["source"], tuple(cell["metadata"].get("tags", ())))
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
    ]


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)
