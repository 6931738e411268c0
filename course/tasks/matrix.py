"""nnlib's tests against the oldest and the newest packages that it promises to work with.

The promise stands in pyproject.toml, once: the lower bounds of `dependencies` and of the extras.
"oldest" installs exactly these, "newest" whatever the package index has. A package index is needed,
so this is no part of `make test`.
"""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
import venv
from dataclasses import dataclass
from pathlib import Path

from course.book import AuthorError
from course.tasks.stranger import strangers

BOTH = ("oldest", "newest")
EXTRAS = ("plots", "sklearn", "progress", "images")
TOOLS = ("pytest", "hypothesis")
SHOWN = ("numpy", "matplotlib", "scikit-learn", "scipy")
ALLOWED = {
    # The oldest matplotlib calls functions that today's other packages call deprecated. That is
    # not nnlib's doing, and no news: what nnlib itself uses is watched in "newest".
    "oldest": ("-W", "ignore::DeprecationWarning"),
    "newest": (),
}


def requirements(pyproject: Path, which: str) -> list[str]:
    """What is installed beside nnlib and the tools of its tests.

    Parameters
    ----------
    pyproject : Path
        The file with the promise.
    which : {"oldest", "newest"}

    Returns
    -------
    list of str
        One requirement for each dependency and extra, such as ``numpy==2.0``.
    """
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    promised = list(project["dependencies"])
    for extra in EXTRAS:
        promised += project["optional-dependencies"][extra]
    if which == "oldest":
        return [text.replace(">=", "==") for text in promised]
    return [re.split(r"[<>=!~ ]", text)[0] for text in promised]


@dataclass(frozen=True)
class Environment:
    """A Python of its own with one choice of packages."""

    which: str
    folder: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def create(self, root: Path) -> None:
        """Make it anew: an empty Python, the packages, then nnlib as a stranger installs it."""
        venv.create(self.folder, clear=True, with_pip=True)
        wanted = requirements(root / "pyproject.toml", self.which)
        self.pip(*wanted, *TOOLS)
        self.pip("--no-deps", str(root))

    def pip(self, *what: str) -> None:
        """Install something."""
        command = [
            str(self.python),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]
        if subprocess.call([*command, *what], env=strangers()) != 0:
            raise AuthorError(f"{self.which}: pip could not install {' '.join(what)}")

    def versions(self) -> str:
        """The versions that really run."""
        code = "import sys; from importlib.metadata import version as v\n"
        code += "found = [f'{name} {v(name)}' for name in sys.argv[1:]]\n"
        code += "print('Python ' + sys.version.split()[0], *found, sep=', ')"
        done = subprocess.run(
            [self.python, "-c", code, *SHOWN],
            env=strangers(),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
        return done.stdout.strip()

    def test(self, root: Path) -> tuple[bool, str]:
        """Run tests/nnlib on the installed nnlib: did all pass, and pytest's last line."""
        inside = "import nnlib, pathlib; print(pathlib.Path(nnlib.__file__).parents[1])"
        where = subprocess.run(
            [self.python, "-P", "-c", inside],
            cwd=root,
            env=strangers(),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
        # tests/nnlib/conftest.py makes sure of this place
        env = strangers() | {"COURSE_PACKAGE": where.stdout.strip()}
        command = [
            str(self.python),
            "-P",
            "-m",
            "pytest",
            "tests/nnlib",
            "-q",
            "-p",
            "no:cacheprovider",
        ]
        done = subprocess.Popen(
            [*command, *ALLOWED[self.which]],
            cwd=root,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        assert done.stdout is not None
        last = ""
        for line in done.stdout:
            print(line, end="", flush=True)
            last = line.strip("= \n") or last
        return done.wait() == 0, last


def run(root: Path, chosen: tuple[str, ...] = BOTH) -> int:
    """Create each environment, test in it, and sum up; 0 if everything passed."""
    summary, failed = [], 0
    for which in chosen:
        environment = Environment(which, root / "build" / "matrix" / which)
        print(f"\n== {which}: {' '.join(requirements(root / 'pyproject.toml', which))}", flush=True)
        environment.create(root)
        versions = environment.versions()
        print(versions, flush=True)
        passed, last = environment.test(root)
        failed += not passed
        summary.append(f"  {'passed' if passed else 'FAILED'}  {which}: {versions}")
        summary.append(f"          {last}")
    print("\n== summary", *summary, sep="\n", flush=True)
    return 1 if failed else 0
