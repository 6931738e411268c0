"""The version: it stands in nnlib, and every place that prints it prints the same one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from course.book import AuthorError

BRANCH = r"--branch v(\d+\.\d+\.\d+)"
PLACES: Mapping[str, str] = {
    "nnlib/__init__.py": r'(?m)^__version__ = "(\d+\.\d+\.\d+)"$',
    "CHANGELOG.md": r"(?m)^## (\d+\.\d+\.\d+) \(\d{4}-\d\d-\d\d\)$",
    "CITATION.cff": r"(?m)^version: (\d+\.\d+\.\d+)$",
    "README.md": BRANCH,
    "docs/instructors.md": BRANCH,
    "docs/jupyterhub.md": BRANCH,
    "docs/start.md": r"/v(\d+\.\d+\.\d+)\?",
}
"""Where it stands, and how; of several in a file the first counts, in CHANGELOG the newest."""
DATES: Mapping[str, str] = {
    "CHANGELOG.md": r"(?m)^## [\d.]+ \((\d{4}-\d\d-\d\d)\)$",
    "CITATION.cff": r'(?m)^date-released: "(\d{4}-\d\d-\d\d)"$',
}


def one(root: Path) -> str:
    """The version, if all places agree.

    Raises
    ------
    AuthorError
        If one lacks it, or two have different ones.
    """
    _agreed(root, DATES)
    return _agreed(root, PLACES)


def _agreed(root: Path, places: Mapping[str, str]) -> str:
    found = {}
    for name, form in places.items():
        path = root / name
        match = re.search(form, path.read_text(encoding="utf-8")) if path.is_file() else None
        if not match:
            raise AuthorError(f"{name}: nothing in it has the form {form}")
        found[name] = match[1]
    if len(set(found.values())) > 1:
        said = ", ".join(f"{value} in {name}" for name, value in found.items())
        raise AuthorError(f"these have to agree: {said}")
    return found[next(iter(places))]
