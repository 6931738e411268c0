"""What the browser runs at a smaller scale, and what it cannot run: said on top of the notebook."""

from __future__ import annotations

from typing import Any

from course.book import AuthorError

SMALLER: dict[str, list[tuple[str, str, str]]] = {}
"""By chapter: a piece of its code, what stands in its place in the browser, and what that means."""
NOT_THERE: dict[str, str] = {}
"""By chapter: what of it needs more than a page can give."""


def shrunk(number: str, cells: list[dict[str, Any]]) -> str:
    """Make the cells of a chapter smaller, in place; a sentence that says so, or nothing.

    Raises
    ------
    AuthorError
        If a piece stands in no cell or in several: the chapter has changed.
    """
    said = []
    for old, new, means in SMALLER.get(number, []):
        found = [
            cell
            for cell in cells
            if cell["cell_type"] == "code" and old in "".join(cell["source"])
        ]
        if len(found) != 1 or "".join(found[0]["source"]).count(old) != 1:
            raise AuthorError(f"chapter {number}: `{old}` stands not once in its code")
        found[0]["source"] = "".join(found[0]["source"]).replace(old, new)
        said.append(means)
    return f"Smaller here than in the book: {'; '.join(said)}." if said else ""
