"""Files of other projects that a build brings along: by name and version, held to their checksum.

They come as packages of npm into build/vendor, once; from then on no network is needed. None of
them is in the repository.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from course.book import HOME, AuthorError

FOLDER = HOME / "build" / "vendor"


@dataclass(frozen=True)
class Package:
    """A package of npm: its name, its version, the checksum that its publisher states."""

    name: str
    version: str
    sha512: str

    @property
    def file(self) -> str:
        """The name of its archive."""
        return f"{self.name.replace('/', '-').lstrip('@')}-{self.version}.tgz"


REVEAL = Package(
    "reveal.js",
    "5.2.1",
    "r7//6mIM5p34hFiDMvYfXgyjXqGRta+/psd9YtytsgRlrpRzFv4RbH76TXd2qD+7ZPZEbpBDhdRhJaFgfQ7zNQ==",
)
MATHJAX = Package(
    "mathjax",
    "3.2.2",
    "Bt+SSVU8eBG27zChVewOicYs7Xsdt40qm4+UpHyX7k0/O9NliPc+x77k1/FEsPsjKPZGJvtRZM1vO+geW0OhGw==",
)
AXE = Package(
    "axe-core",
    "4.14.1",
    "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
)
PYODIDE = Package(
    "pyodide",
    "314.0.6",
    "BKDTJyIqFxC4BExLqeRS3f5xvXZIjOt8C3zGLN/Cc7tFxSwvKVhVkchQQ2AGLOtR4YrVOIFxbV8poyDOOmWwxQ==",
)


def unpacked(package: Package, fetch: bool = True) -> Path:
    """The folder of a package's files; it is fetched if it is not there yet.

    Raises
    ------
    AuthorError
        If it is not there and cannot be fetched, or if its checksum is another one.
    """
    folder = FOLDER / f"{package.file.removesuffix('.tgz')}"
    if not folder.is_dir():
        archive = FOLDER / package.file
        if not archive.is_file():
            if not fetch:
                raise AuthorError(f"{package.name} {package.version} is not in build/vendor")
            _fetch(package, archive)
        check(package, archive)
        _unpack(archive, folder)
    return folder


def check(package: Package, archive: Path) -> None:
    """Refuse an archive that is not the one that was published."""
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != package.sha512:
        archive.unlink()
        message = f"{package.file} has the checksum {found[:12]}…, not {package.sha512[:12]}…; "
        raise AuthorError(message + "it is removed")


def _fetch(package: Package, archive: Path) -> None:
    npm = shutil.which("npm")
    if not npm:
        message = f"{package.name} {package.version} is needed, and npm, which brings it, is not "
        raise AuthorError(message + f"here: install Node.js, or put {package.file} into {FOLDER}")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        wanted = f"{package.name}@{package.version}"
        made = subprocess.run(
            [npm, "pack", wanted, "--silent"], cwd=scratch, capture_output=True, text=True
        )
        archives = list(Path(scratch).glob("*.tgz"))
        if made.returncode or not archives:
            message = f"npm cannot bring {wanted} (is there a network?): "
            raise AuthorError(message + (made.stderr.strip().split("\n") or [""])[-1])
        shutil.move(archives[0], archive)


def _unpack(archive: Path, folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=FOLDER) as scratch:
        with tarfile.open(archive) as opened:
            opened.extractall(scratch, filter="data")
        (Path(scratch) / "package").rename(folder)
