"""The notebooks that a class has handed in: where they lie, and which belong to one person.

A folder holds a folder for each person (`<person>/04_vectorization.ipynb`, at any depth), or it is
nbgrader's: `submitted/<person>/<assignment>/<assignment>.ipynb`. A person is a number here, in the
order of the names; the names stay in the folder.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from course.book import AuthorError
from course.workbook.reading import KEPT_COPY, NUMBER


class HandedIn(NamedTuple):
    """A notebook of a person; chapter is None where its name begins with no chapter's number."""

    person: int
    chapter: str | None
    path: Path


def handed_in(folder: Path, chapters: set[str]) -> tuple[list[str], list[HandedIn]]:
    """The names of the persons, and their notebooks.

    Raises
    ------
    AuthorError
        If there is no such folder, or no notebook in it.
    """
    if not folder.is_dir():
        raise AuthorError(f"there is no folder {folder}")
    within = folder / "submitted" if (folder / "submitted").is_dir() else folder
    found = [path for path in sorted(within.rglob("*.ipynb")) if _counts(path, within)]
    if not found:
        raise AuthorError(f"there is no notebook in {within}, and in no folder of it")
    names = sorted({_person(path, within) for path in found})
    numbers = {name: k for k, name in enumerate(names)}
    return names, [
        HandedIn(numbers[_person(path, within)], _chapter(path, chapters), path) for path in found
    ]


def _counts(path: Path, within: Path) -> bool:
    """Whether a file is handed in: no copy that JupyterLab or `workbook --fresh` has kept."""
    hidden = any(part.startswith(".") for part in path.relative_to(within).parts)
    return path.is_file() and not hidden and not KEPT_COPY.search(path.stem)


def _person(path: Path, within: Path) -> str:
    """The folder below the class's; a notebook that lies in the class's own is its owner's."""
    parts = path.relative_to(within).parts
    return parts[0] if len(parts) > 1 else ""


def _chapter(path: Path, chapters: set[str]) -> str | None:
    """The chapter's number in a notebook's name, or in that of its assignment."""
    for name in (path.stem, path.parent.name):
        if (match := NUMBER.match(name)) and match[1] in chapters:
            return match[1]
    return None
