"""The wheels that the browser edition brings itself: nnlib with its photographs, and the course."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from course.book import AuthorError
from course.lite.tools import install, pinned
from course.vendor import FOLDER

PURE = "comm ipywidgets jupyterlab-widgets markdown-it-py mdit-py-plugins mdurl tqdm".split()
"""What the course imports in a kernel, and Pyodide does not have: plain Python, from the lock."""
JUNK = shutil.ignore_patterns("__pycache__", "*.pyc", ".*")
COURSE = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "course"
version = "{version}"
description = "What makes the notebooks a course: figures, feedback, quizzes"
requires-python = ">=3.11"

[tool.hatch.build.targets.wheel]
only-include = ["course", "notebooks/quizzes"]
"""


@dataclass(frozen=True)
class Package:
    """A package that the edition brings: what it is called, what it imports as, what it needs."""

    name: str
    imports: tuple[str, ...]
    depends: tuple[str, ...] = ()


OWN = (
    Package("nnlib", ("nnlib",), ("numpy",)),
    Package(
        "course",
        ("course",),
        ("nnlib", "numpy", "matplotlib", "pillow", "ipywidgets", "mdit-py-plugins", "tqdm"),
    ),
    Package("comm", ("comm",), ("traitlets",)),
    Package(
        "ipywidgets",
        ("ipywidgets",),
        ("comm", "ipython", "traitlets", "jupyterlab-widgets", "widgetsnbextension"),
    ),
    Package("jupyterlab-widgets", ("jupyterlab_widgets",)),
    Package("widgetsnbextension", ("widgetsnbextension",)),
    Package("markdown-it-py", ("markdown_it",), ("mdurl",)),
    Package("mdit-py-plugins", ("mdit_py_plugins",), ("markdown-it-py",)),
    Package("mdurl", ("mdurl",)),
    Package("tqdm", ("tqdm",)),
    Package("piplite", ("piplite",), ("micropip",)),
    Package("pyodide-kernel", ("pyodide_kernel",), ("comm", "ipython", "jedi")),
    Package("ipykernel", ("ipykernel",), ("pyodide-kernel",)),
)
"""Each with what it needs; Pyodide loads that before it."""


def pure(fetch: bool = True) -> list[Path]:
    """The wheels of `PURE`, as the lock pins them; they are fetched if they are not there yet.

    Raises
    ------
    AuthorError
        If they are not there and cannot be fetched.
    """
    folder = FOLDER / "lite-wheels"
    text = pinned(PURE)
    note = folder / "lines.txt"
    if not note.is_file() or note.read_text(encoding="utf-8") != text:
        if not fetch:
            raise AuthorError("wheels for the browser are not in build/vendor (make lite)")
        with tempfile.TemporaryDirectory() as scratch:
            lines = Path(scratch) / "lines.txt"
            lines.write_text(text, encoding="utf-8")
            install(["-r", str(lines)], folder, "download")
        note.write_text(text, encoding="utf-8")
    return sorted(folder.glob("*.whl"))


def build(root: Path, folder: Path) -> list[Path]:
    """Build the wheels of nnlib and of the course into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _wheel(root, folder)
    version = next(folder.glob("nnlib-*.whl")).name.split("-")[1]
    with tempfile.TemporaryDirectory() as scratch:
        project = Path(scratch)
        (project / "pyproject.toml").write_text(COURSE.format(version=version), encoding="utf-8")
        for name in ("course", "notebooks/quizzes"):
            shutil.copytree(root / name, project / name, ignore=JUNK)
        _wheel(project, folder)
    return sorted(folder.glob("*.whl"))


def _wheel(project: Path, folder: Path) -> None:
    line = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(line, cwd=project, capture_output=True, text=True)
    if done.returncode:
        raise AuthorError(f"the wheel of {project.name} is not built: {done.stderr.strip()[-300:]}")


def by_name(wheels: Sequence[Path]) -> dict[str, Path]:
    """Wheels by the name of their package; of several versions of one the newest is taken."""
    found: dict[str, Path] = {}
    for path in sorted(wheels, key=lambda path: _version(path)):
        found[path.name.split("-")[0].replace("_", "-").lower()] = path
    return found


def _version(path: Path) -> tuple[int, ...]:
    parts = path.name.split("-")[1].split(".")
    return tuple(int(part) if part.isdigit() else 0 for part in parts)
