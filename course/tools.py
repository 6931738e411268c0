"""Ruff, called as a program: the one place that knows how."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
"""The folder that holds `course` and the settings in pyproject.toml."""


def ruff(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run ruff with the settings of this repository on files in any folder.

    Parameters
    ----------
    *arguments : str
        The arguments after ``ruff``.
    cwd : Path
        The folder to run in.

    Returns
    -------
    subprocess.CompletedProcess
        With `stdout` and `stderr` as text; the caller judges the exit status.
    """
    command = [sys.executable, "-m", "ruff", *arguments, "--quiet", "--no-cache"]
    command += ["--config", str(HOME / "pyproject.toml")]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8")
