"""Open the course in JupyterLab."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from course.book import Book
from course.tasks.tools import call

FIRST = "notebooks/00_start_here.ipynb"
STYLE = Path(__file__).parent / "jupyterlab"  # its custom.css
SETTINGS = {
    # else it asks at the first start whether it may fetch news
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false"},
    # in seconds: else it asks at closing whether to save, though nothing was written but outputs
    "@jupyterlab/docmanager-extension:plugin": {"autosaveInterval": 3},
}
"""What differs from JupyterLab's own settings; a reader may change it there."""


def run(book: Book, extra: list[str]) -> int:
    """Start JupyterLab on the first chapter and wait until it is stopped.

    Ctrl-C is JupyterLab's: it asks, ends its kernels, and that is a good end.
    """
    install_settings(Path(sys.prefix))
    status, stopped = call(command(book, extra), cwd=book.root)
    return 0 if stopped else status


def command(book: Book, extra: list[str]) -> list[str]:
    """The command line that starts JupyterLab here: as root, or without a display, if need be."""
    line = [sys.executable, "-m", "jupyterlab"]
    line.append("--ServerApp.contents_manager_class=course.tasks.contents.Chapters")
    line.append("--LabApp.custom_css=True")
    line.append(f"--ServerApp.tornado_settings={ {'static_custom_path': [str(STYLE)]}!r}")
    if (book.root / FIRST).is_file():
        line.append(f"--LabApp.default_url=/lab/tree/{FIRST}")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        line.append("--allow-root")
    if not has_display():
        line.append("--no-browser")
        print("No display here: open the address that JupyterLab prints below in a browser.")
    return line + extra


def has_display() -> bool:
    """Whether a browser could open on this machine."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def install_settings(prefix: Path) -> Path:
    """Write the settings into an environment, beside those that stand there already."""
    path = prefix / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    settings = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    if settings | SETTINGS != settings:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(settings | SETTINGS, indent=2) + "\n", encoding="utf-8")
    return path
