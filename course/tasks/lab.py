"""Open the course in JupyterLab."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from course.book import Book
from course.surroundings import own_settings
from course.tasks.tools import call

FIRST = "notebooks/00_start_here.ipynb"
STYLE = Path(__file__).parent / "jupyterlab"  # its custom.css


def run(book: Book, extra: list[str]) -> int:
    """Start JupyterLab on the first chapter and wait until it is stopped.

    It serves the course, whatever a settings file of the user names, and it finds the course's own
    nnlib. Ctrl-C is JupyterLab's: it asks, ends its kernels, and that is a good end.
    """
    with own_settings(book.root) as env:
        status, stopped = call(command(book, extra), cwd=book.root, env=looks() | env)
    return 0 if stopped else status


def command(book: Book, extra: list[str]) -> list[str]:
    """The command line that starts JupyterLab here: as root, or without a display, if need be."""
    line = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={book.root}"]
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


def looks() -> dict[str, str]:
    """Where the user's own colours, keys and open tabs of JupyterLab are kept: they stay so."""
    from jupyter_core.paths import jupyter_config_dir

    home = os.path.join(jupyter_config_dir(), "lab")
    return {
        "JUPYTERLAB_SETTINGS_DIR": os.path.join(home, "user-settings"),
        "JUPYTERLAB_WORKSPACES_DIR": os.path.join(home, "workspaces"),
    }
