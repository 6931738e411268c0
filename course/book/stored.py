"""Read a stored notebook, whoever wrote it, and whatever has happened to its file since.

What cannot be read is said in one line that names the file: marks of a merge, a file that ends too
early, another encoding, a file that is no notebook.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from course.book.errors import AuthorError
from course.book.folds import without_folds

MERGE = re.compile(r"^(<{7}|>{7})( .*)?$", re.MULTILINE)
"""The lines between which git leaves both sides where two versions changed the same place."""
SOUND = "put a sound copy of it in its place"


def merge_mark(text: str) -> int | None:
    """The line (from 1) of the first mark of a merge, or None."""
    match = MERGE.search(text)
    return text.count("\n", 0, match.start()) + 1 if match else None


def mended_by_weaving(number: str) -> str:
    """What can be done about the woven notebook of a chapter."""
    return f"`python -m course weave {number}` mends it"


def read_notebook(path: Path, mend: str = SOUND) -> dict[str, Any]:
    """A notebook as plain dictionaries, every source and text joined to one string.

    Parameters
    ----------
    path : Path
        Its file.
    mend : str, optional
        What can be done where the file cannot be read: the end of the sentence that says so.

    Raises
    ------
    AuthorError
        If it cannot be read, or is no notebook.
    """
    name = f"{path.parent.name}/{path.name}"
    try:
        text = path.read_bytes().decode("utf-8-sig")
        notebook = json.loads(text)
        return _whole(notebook)
    except OSError as error:
        why, line = f"cannot be opened ({error.strerror})", None
    except UnicodeDecodeError as error:
        ends = error.reason == "unexpected end of data"
        why, line = "ends in the middle" if ends else "is not UTF-8, as every notebook is", None
    except json.JSONDecodeError as error:
        why, line = _what_is_wrong(text, error)
    except (AttributeError, KeyError, TypeError, RecursionError):
        why, line = "is no notebook of the kind that JupyterLab writes today (version 4)", None
    raise AuthorError(f"{why}; {mend}", file=name, line=line)


def _what_is_wrong(text: str, error: json.JSONDecodeError) -> tuple[str, int | None]:
    """What has happened to a text that is not JSON, and on which line."""
    if not text.strip("\0 \r\n\t"):
        return "is empty", None
    if line := merge_mark(text.replace("\r\n", "\n")):
        return "has marks of a merge, two versions in one file", line
    if not text[error.pos :].strip() or "Unterminated" in error.msg:
        return "ends in the middle", text.count("\n") + 1
    return f"is damaged ({error.msg})", error.lineno


def _whole(notebook: dict[str, Any]) -> dict[str, Any]:
    """The notebook with its texts joined and with all that a cell of it must have."""
    if not isinstance(notebook.setdefault("metadata", {}), dict):
        raise TypeError
    for cell in notebook["cells"]:
        cell["source"] = _joined(cell["source"])
        if not isinstance(cell["cell_type"], str) or not isinstance(
            cell.setdefault("metadata", {}), dict
        ):
            raise TypeError
        if cell["cell_type"] == "code":
            cell.setdefault("execution_count", None)
            cell.setdefault("outputs", [])
        for output in cell.get("outputs", []):
            if "text" in output:
                output["text"] = _joined(output["text"])
            data = output.get("data", {})
            for kind, value in data.items():
                data[kind] = _joined(value) if not kind.endswith("json") else value
    return notebook


def stored_code(notebook: dict[str, Any]) -> list[tuple[str, tuple[str, ...]]]:
    """Source and tags of the code cells of a notebook; how they are folded is no part of it."""
    return [
        (cell["source"], without_folds(tags_of(cell)))
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
    ]


def tags_of(cell: dict[str, Any]) -> tuple[str, ...]:
    """The tags of a cell of a notebook."""
    return tuple(cell["metadata"].get("tags", ()))


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)
