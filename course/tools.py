"""Other programs, called from here: the one place that knows how."""

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


def call(command: list[str], cwd: Path) -> tuple[int, bool]:
    """Run a program to its end, and leave Ctrl-C to it: it gets the signal as well.

    Parameters
    ----------
    command : list of str
        The program and its arguments.
    cwd : Path
        The folder to run in.

    Returns
    -------
    tuple
        The exit status, and whether Ctrl-C was pressed.
    """
    interrupted = False
    with subprocess.Popen(command, cwd=cwd) as process:
        while True:
            try:
                return process.wait(), interrupted
            except KeyboardInterrupt:
                interrupted = True
