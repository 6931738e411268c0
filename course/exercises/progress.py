"""What is done and what is next: a small file beside the workbook, which never leaves it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

FILE = "progress.json"


def start_progress(folder: Path) -> None:
    """Make an empty record in a new workbook; an old record stays."""
    if not (folder / FILE).exists():
        _write(folder / FILE, {})


def record(name: str, state: str, folder: Path | None = None) -> None:
    """Note the state of an exercise, in a workbook; anywhere else nothing is written."""
    path = (folder or Path.cwd()) / FILE
    if not path.is_file():
        return
    states = read(path.parent)
    damaged = _stored(path.parent) is None
    entry = states.get(name, {"tries": 0})
    if state != "not written yet":
        entry["tries"] += 1
    if entry.get("state") != "right" or state == "right":  # once right, it stays done
        entry["state"] = state
    states[name] = entry
    try:
        if damaged:
            os.replace(path, path.with_suffix(".damaged"))  # perhaps a merge, and it can be mended
        _write(path, states)
    except OSError:
        pass  # a folder that cannot be written to must not spoil the check


def read(folder: Path) -> dict[str, dict[str, Any]]:
    """The record of a workbook; what is damaged in it counts as not there."""
    states = _stored(folder)
    if not isinstance(states, dict):
        return {}
    whole = {name: entry for name, entry in states.items() if isinstance(entry, dict)}
    return {
        name: {**entry, "tries": entry["tries"] if isinstance(entry.get("tries"), int) else 0}
        for name, entry in whole.items()
    }


def _stored(folder: Path) -> Any:
    """What the file holds, or None if it cannot be read."""
    try:
        return json.loads((folder / FILE).read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return None


def _write(path: Path, states: dict[str, dict[str, Any]]) -> None:
    half = path.with_suffix(".part")
    half.write_text(json.dumps(states, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    os.replace(half, path)


def _mark(entry: dict[str, Any]) -> str:
    """# for right, x for tried and not right yet, . for not begun."""
    if entry.get("state") == "right":
        return "#"
    return "x" if entry.get("tries") else "."


def summary(folder: Path) -> str:
    """A page of text: a bar for each chapter, and the next function to write."""
    from course.exercises.table import EXERCISES  # here: it reads NumPy and nnlib

    states = read(folder)
    lines, following = [], None
    if (folder / FILE).exists() and _stored(folder) is None:
        lines.append(
            f"{folder.name}/{FILE} cannot be read, and counts as empty: mend it, or run the checks "
            "of your notebooks once more and it is written anew."
        )
    for chapter in sorted({e.chapter for e in EXERCISES}):
        mine = [e for e in EXERCISES if e.chapter == chapter]
        done = [e for e in mine if states.get(e.name, {}).get("state") == "right"]
        bar = "".join(_mark(states.get(e.name, {})) for e in mine)
        begun = [e.function_name for e in mine if _mark(states.get(e.name, {})) == "x"]
        not_yet = f"; tried, not right yet: {', '.join(begun)}" if begun else ""
        lines.append(f"chapter {chapter}  {f'[{bar}]':<8} {len(done)} of {len(mine)}{not_yet}")
        left = [e for e in mine if e not in done]
        following = following or (left[0] if left else None)
    if following:
        tried = states.get(following.name, {})
        state = f" (last check: {tried['state']})" if tried.get("state") else ""
        lines.append(f"next: {following.function_name} in chapter {following.chapter}{state}")
    else:
        lines.append(
            "Everything is written. `python -m course check-mine` runs the tests of nnlib on it."
        )
    return "\n".join(lines)
