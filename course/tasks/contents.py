"""Chapters as JupyterLab reads and saves them: reading one, and running it, leaves its file alone.

A woven chapter is in git. JupyterLab would mark it as unsaved when it is only opened, since the
kernel tells a version that the file does not have, and would write the outputs of every run into
it. So a notebook is handed out with that version, and a chapter whose cells are those of its file
is not written. As soon as a reader writes something of their own, it is saved as they wrote it.
"""

from __future__ import annotations

import platform
from pathlib import Path, PurePosixPath
from typing import Any

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager

Model = dict[str, Any]


class Chapters(AsyncLargeFileManager):
    """The files of the course, for JupyterLab."""

    async def get(self, path: str, content: bool = True, *more: Any, **options: Any) -> Any:
        """A file; a notebook names the version of Python, as the kernel will."""
        model: Model = await super().get(path, content, *more, **options)
        if model["type"] == "notebook" and content:
            language = model["content"]["metadata"].get("language_info", {})
            if language.get("name") == "python":
                language["version"] = platform.python_version()
        return model

    async def save(self, model: Model, path: str = "") -> Any:
        """Save a file; a chapter of which no cell has changed stays as it is."""
        if model.get("type") == "notebook" and "content" in model and self._is_chapter(path):
            stored = (await super().get(path))["content"]
            if cells_of(stored) == cells_of(model["content"]):
                return await self.get(path, content=False)
            model["content"]["metadata"].get("language_info", {}).pop("version", None)
        return await super().save(model, path)

    def _is_chapter(self, path: str) -> bool:
        """Whether a notebook stands there that is woven from a text."""
        place = PurePosixPath(path.strip("/"))
        text = place.parent / "text" / f"{place.stem}.md"
        return all(Path(self._get_os_path(str(each))).is_file() for each in (place, text))


def cells_of(notebook: Model) -> list[tuple[str, str, tuple[str, ...]]]:
    """What a reader writes: kind, source and tags of each cell. Not how it ran, or is folded.

    A cell without a word is none: Shift + Enter in the last one adds such a cell.
    """
    return [
        (cell["cell_type"], source, tuple(cell["metadata"].get("tags", ())))
        for cell in notebook["cells"]
        if (source := _joined(cell["source"])).strip()
    ]


def _joined(source: str | list[str]) -> str:
    return source if isinstance(source, str) else "".join(source)
