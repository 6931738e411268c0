"""JupyterLite's build tools, in a folder of their own: they come by their lock, at first use."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from course.book import HOME, AuthorError
from course.vendor import FOLDER

LOCK = HOME / "requirements-lite.txt"
KERNEL = "@jupyterlite/pyodide-kernel-extension"
ITS_WHEELS = Path("share/jupyter/labextensions") / KERNEL / "static" / "pypi"


@dataclass(frozen=True)
class Tools:
    """The folder in which the tools are installed."""

    folder: Path

    @property
    def extensions(self) -> Path:
        """The extensions of JupyterLab that came with them: the kernel."""
        return self.folder / "share" / "jupyter" / "labextensions"

    @property
    def wheels(self) -> list[Path]:
        """The wheels that the kernel brings along."""
        return sorted((self.folder / ITS_WHEELS).glob("*.whl"))

    def run(self, *arguments: str, cwd: Path) -> str:
        """Run ``jupyter lite`` and return what it printed.

        Raises
        ------
        AuthorError
            If it fails.
        """
        line = [sys.executable, "-m", "jupyterlite_core", *arguments]
        environment = {**os.environ, "PYTHONPATH": str(self.folder)}
        done = subprocess.run(line, cwd=cwd, env=environment, capture_output=True, text=True)
        if done.returncode:
            last = (done.stdout + done.stderr).strip().split("\n")[-12:]
            raise AuthorError("JupyterLite does not build:\n" + "\n".join(last))
        return done.stdout + done.stderr


def tools(fetch: bool = True) -> Tools:
    """The tools of the lock; they are fetched if they are not there yet.

    Raises
    ------
    AuthorError
        If they are not there and cannot be fetched.
    """
    mark = hashlib.sha256(LOCK.read_bytes()).hexdigest()[:12]
    folder = FOLDER / f"jupyterlite-{mark}"
    if not folder.is_dir():
        if not fetch:
            raise AuthorError("JupyterLite's tools are not in build/vendor (make lite)")
        install(["-r", str(LOCK)], folder)
    return Tools(folder)


def install(wanted: Iterable[str], folder: Path, how: str = "install") -> None:
    """Let pip bring packages into a folder, each held to its hash; `how` may be ``download``.

    Raises
    ------
    AuthorError
        If it cannot.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as scratch:
        target = Path(scratch) / "made"
        where = "--target" if how == "install" else "--dest"
        line = [sys.executable, "-m", "pip", how, "--quiet", "--disable-pip-version-check"]
        line += ["--no-deps", "--require-hashes", "--only-binary=:all:", where, str(target)]
        done = subprocess.run([*line, *wanted], capture_output=True, text=True)
        if done.returncode:
            said = (done.stderr.strip().split("\n") or [""])[-1]
            raise AuthorError(f"pip cannot bring what the browser edition needs: {said}")
        shutil.rmtree(folder, ignore_errors=True)
        target.rename(folder)


def pinned(names: Iterable[str], lock: Path = HOME / "requirements.txt") -> str:
    """The lines of a lock that pin these packages, with their hashes."""
    lines, found, taking = [], set(), False
    wanted = set(names)
    for line in lock.read_text(encoding="utf-8").splitlines():
        if line and not line[0].isspace() and not line.startswith("#"):
            name = line.split("==")[0]
            taking = name in wanted
            found |= {name} & wanted
        if taking and "#" not in line:
            lines.append(line)
    if found != wanted:
        raise AuthorError(f"{lock.name} does not pin {', '.join(sorted(wanted - found))}")
    return "\n".join(lines) + "\n"
