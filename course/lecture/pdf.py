"""A deck on paper: Chromium prints it, a slide on each page, once its formulas are set."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from course.book import AuthorError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 300  # seconds for one deck


def browser() -> str | None:
    """The browser that prints, if there is one."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def printed(deck: Path) -> Path:
    """Print a deck beside it.

    Raises
    ------
    AuthorError
        If there is no browser, or it writes nothing.
    """
    program = browser()
    if program is None:
        raise AuthorError(f"a PDF is printed by Chromium, and none is here: {', '.join(BROWSERS)}")
    paper = deck.with_suffix(".pdf")
    paper.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        command = [program, "--headless", "--disable-gpu", f"--user-data-dir={profile}"]
        command += ["--no-first-run", "--disable-background-networking", "--disable-sync"]
        command += ["--no-pdf-header-footer", "--virtual-time-budget=60000"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--no-sandbox")  # a browser refuses to lock root in
        address = f"{deck.absolute().as_uri()}?print-pdf"
        command += [f"--print-to-pdf={paper.absolute()}", address]
        made = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    if not paper.is_file():
        last = (made.stderr.strip().split("\n") or [""])[-1]
        raise AuthorError(f"{paper.name} was not printed: {last}")
    return paper
