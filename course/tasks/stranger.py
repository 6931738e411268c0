"""A stranger's environment: a Python of its own with NumPy alone, and then what is installed.

NumPy is copied from this Python, so that no network is needed and its version is the lock's.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from course.book import HOME, AuthorError
from course.surroundings import environment

BLOCK = re.compile(r"^```(python|text)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PAGE = "\n## nnlib on one page\n"


def strangers() -> dict[str, str]:
    """The variables for another Python: nothing that leads to the packages of this one."""
    ours = ("PYTHONPATH", "MATPLOTLIBRC")
    return {name: value for name, value in environment(HOME).items() if name not in ours}


@dataclass(frozen=True)
class Stranger:
    """An environment in a folder."""

    folder: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def packages(self) -> Path:
        """Where its packages lie."""
        code = "import sysconfig; print(sysconfig.get_path('purelib'))"
        return Path(self._run("-c", code).strip())

    def create(self) -> None:
        """Make it, with NumPy."""
        venv.create(self.folder, symlinks=os.name != "nt")
        numpy = metadata.distribution("numpy")
        # a file of its own outside its folders, as a script in bin, is not needed to import it
        tops = {file.parts[0] for file in numpy.files or () if file.parts[0] != ".."}
        for top in sorted(tops):
            source = Path(str(numpy.locate_file(top)))
            if source.is_dir():
                left = shutil.ignore_patterns("tests", "__pycache__")
                shutil.copytree(source, self.packages / top, ignore=left)

    def install(self, wheel: Path) -> None:
        """Install a wheel, and nothing that it asks for."""
        line = [sys.executable, "-m", "pip", "--python", str(self.python), "install", "--quiet"]
        line += ["--disable-pip-version-check", "--no-index", "--no-deps", str(wheel)]
        done = subprocess.run(line, env=strangers(), capture_output=True, text=True)
        if done.returncode:
            raise AuthorError(f"pip does not install {wheel.name}: {done.stderr.strip()}")

    def installed(self) -> list[str]:
        """What is in it, as ``numpy 2.4.6``."""
        code = "from importlib.metadata import distributions as d\n"
        code += "print(*sorted(f'{x.name} {x.version}' for x in d()), sep='\\n')"
        return self._run("-c", code).split("\n")[:-1]

    def module(self, *words: str) -> str:
        """What ``python -m …`` prints, run in its folder.

        Raises
        ------
        AuthorError
            If it fails.
        """
        return self._run("-m", *words)

    def page(self, readme: str) -> None:
        """Run the code of README's page of the library, and compare what it prints.

        Raises
        ------
        AuthorError
            If it fails, or prints something else.
        """
        section = readme.split(PAGE)[-1].split("\n## ")[0]
        blocks = BLOCK.findall(section)
        code = "".join(text for kind, text in blocks if kind == "python")
        wanted = "".join(text for kind, text in blocks if kind == "text")
        if PAGE not in readme or not code or not wanted:
            raise AuthorError("README.md has no code on its page of nnlib")
        printed = self._run("-c", code)
        if printed != wanted:
            raise AuthorError(f"README's page of nnlib prints {printed!r}, not {wanted!r}")

    def _run(self, *words: str) -> str:
        done = subprocess.run(
            [self.python, "-P", *words],
            cwd=self.folder,
            env=strangers(),
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        if done.returncode:
            last = (done.stderr.strip().split("\n") or [""])[-1]
            raise AuthorError(f"python {' '.join(words)[:60]}…: {last}")
        return done.stdout
