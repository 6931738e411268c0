"""Other programs, called from here: the one place that knows how."""

from __future__ import annotations

import subprocess
from pathlib import Path


def call(command: list[str], cwd: Path, env: dict[str, str] | None = None) -> tuple[int, bool]:
    """Run a program to its end, and leave Ctrl-C to it: it gets the signal as well.

    Parameters
    ----------
    command : list of str
        The program and its arguments.
    cwd : Path
        The folder to run in.
    env : dict, optional
        Its environment; by default this process's own.

    Returns
    -------
    tuple
        The exit status, and whether Ctrl-C was pressed.
    """
    interrupted = False
    with subprocess.Popen(command, cwd=cwd, env=env) as process:
        while True:
            try:
                return process.wait(), interrupted
            except KeyboardInterrupt:
                interrupted = True
