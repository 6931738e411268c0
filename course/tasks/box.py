"""A class in a box: one folder for a USB stick, from which every laptop installs without a network.

In it are the course, wheels of every package in the lock for each system and Python, and what has
been built: decks, guide, hand-out, site, playground.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from course.book import AuthorError, Book
from course.tasks.start import START
from nnlib import __version__

VERSIONS = ("3.11", "3.12", "3.13", "3.14")
BUILT = ("slides", "guide", "handout", "site", "playground.html")
LEFT = shutil.ignore_patterns(
    ".git", ".venv", "build", "dist", "workbook", "__pycache__", "*.pyc", ".*_cache", ".hypothesis",
    ".ipynb_checkpoints",
)  # fmt: skip
PIN = re.compile(r"^(?=[\w.-]+(?:\[[\w,-]+\])?==)", re.MULTILINE)
NOT_FOUND = re.compile(r"No matching distribution found for ([\w.-]+)")


@dataclass(frozen=True)
class System:
    """A system and a processor: what Python calls them, and the tags of wheels that run there."""

    name: str
    os_name: str
    sys_platform: str
    system: str
    machine: str
    tags: tuple[str, ...]


def _linux(machine: str) -> tuple[str, ...]:
    return tuple(f"manylinux_2_{minor}_{machine}" for minor in (28, 27, 26, 24, 17, 12, 5)) + (
        f"manylinux2014_{machine}",
        f"manylinux2010_{machine}",
        f"manylinux1_{machine}",
    )


SYSTEMS = (
    System("linux-x86_64", "posix", "linux", "Linux", "x86_64", _linux("x86_64")),
    System("linux-aarch64", "posix", "linux", "Linux", "aarch64", _linux("aarch64")),
    System("windows-amd64", "nt", "win32", "Windows", "AMD64", ("win_amd64",)),
    System("macos-arm64", "posix", "darwin", "Darwin", "arm64", ("macosx_14_0_arm64",)),
    System("macos-x86_64", "posix", "darwin", "Darwin", "x86_64", ("macosx_14_0_x86_64",)),
)


@dataclass(frozen=True)
class Target:
    """A system with a version of Python: a laptop that the box serves."""

    system: System
    version: str

    def __str__(self) -> str:
        return f"{self.system.name}-{self.version}"

    def environment(self, release: str) -> dict[str, str]:
        """What the markers of the lock ask about, for a release of that version, from "0" on."""
        return {
            "os_name": self.system.os_name,
            "sys_platform": self.system.sys_platform,
            "platform_system": self.system.system,
            "platform_machine": self.system.machine,
            "python_version": self.version,
            "python_full_version": f"{self.version}.{release}",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
            "extra": "",
        }

    def command(self, release: str, lines: Path, wheels: Path) -> list[str]:
        """What fetches its wheels, for a release of that version."""
        line = [sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--quiet"]
        line += ["--only-binary=:all:", "--no-deps", "--require-hashes", "--dest", str(wheels)]
        line += ["--implementation", "cp", "--python-version", f"{self.version}.{release}"]
        for tag in self.system.tags:
            line += ["--platform", tag]
        return [*line, "-r", str(lines)]


TARGETS = tuple(Target(system, version) for system in SYSTEMS for version in VERSIONS)


def chosen(wanted: Iterable[str]) -> list[Target]:
    """The targets that are meant: by system, processor, version, or several of them with a dash.

    Raises
    ------
    AuthorError
        If a name means none.
    """
    wanted = list(wanted)
    if not wanted:
        return list(TARGETS)
    found: dict[Target, None] = {}
    for name in wanted:
        parts = set(name.split("-"))
        meant = [target for target in TARGETS if parts <= set(str(target).split("-"))]
        if not meant:
            raise AuthorError(f"--for {name} means none of {', '.join(map(str, TARGETS))}")
        found |= dict.fromkeys(meant)
    return list(found)


FIRST, LAST = "0", "99"  # releases of a version of Python: the lock tells some of them apart


def needed(lock: str, target: Target) -> dict[str, dict[str, str]]:
    """The pins of the lock that a target installs, without their markers, by name.

    They are those of the first release of its Python, and what the newest takes instead.
    """
    first, last = (_pins(lock, target.environment(release)) for release in (FIRST, LAST))
    other = {name: pin for name, pin in last.items() if first.get(name) != pin}
    return {FIRST: first, LAST: other} if other else {FIRST: first}


def _pins(lock: str, environment: dict[str, str]) -> dict[str, str]:
    from packaging.markers import Marker

    pins = {}
    for text in PIN.split(lock)[1:]:
        head, *hashes = [line.strip(" \\") for line in text.split("\n") if "#" not in line]
        pin, _, marker = head.partition(";")
        if not marker or Marker(marker.strip()).evaluate(environment):
            name = re.split(r"\[|==", pin)[0]
            pins[name] = " \\\n    ".join([pin.strip(), *filter(None, hashes)])
    return pins


def write(book: Book, folder: Path, wanted: Sequence[str] = ()) -> dict[Target, list[str]]:
    """Write the box; what is missing in it, by target."""
    targets = chosen(wanted)
    for name in ("course", "slides", "guide", "handout", "site"):
        shutil.rmtree(folder / name, ignore_errors=True)
    copy(book.root, folder / "course")
    for name in BUILT:
        built = book.root / "build" / name
        if built.is_dir():
            shutil.copytree(built, folder / name)
        elif built.is_file():
            shutil.copy(built, folder / name)
    lock = (book.root / "requirements.txt").read_text(encoding="utf-8")
    missing = {}
    for target in targets:
        print(f"{target} … ", end="", flush=True)
        rounds = needed(lock, target)
        lacking = [
            name
            for release, pins in rounds.items()
            for name in fetch(target, release, pins, folder / "wheels")
        ]
        asked = sum(map(len, rounds.values()))
        print(f"{asked - len(lacking)} of {asked} wheels")
        if lacking:
            missing[target] = lacking
    (folder / "START.html").write_text(_start(folder, targets, missing), encoding="utf-8")
    return missing


def copy(root: Path, folder: Path) -> None:
    """The course as git knows it; where there is no git, without what was built in it."""
    git = shutil.which("git")
    command = [git or "git", "-C", str(root), "ls-files", "-z"]
    done = subprocess.run(command, capture_output=True, text=True) if git else None
    if done is None or done.returncode or not done.stdout:
        shutil.copytree(root, folder, ignore=LEFT)
        return
    for name in done.stdout.strip("\0").split("\0"):
        if (root / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / name, folder / name)


def fetch(target: Target, release: str, pins: dict[str, str], wheels: Path) -> list[str]:
    """Fetch the wheels of a target; the names of packages that have none for it.

    Raises
    ------
    AuthorError
        If pip fails for another reason, as without a network.
    """
    wheels.mkdir(parents=True, exist_ok=True)
    pins = dict(pins)
    lacking: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        lines = Path(scratch) / "requirements.txt"
        while True:
            lines.write_text("\n".join(pins.values()) + "\n", encoding="utf-8")
            command = target.command(release, lines, wheels)
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode == 0:
                return lacking
            found = NOT_FOUND.search(done.stderr)
            if not found or found[1] not in pins or _offline(done.stderr):
                last = (done.stderr.strip().split("\n") or [""])[-1]
                raise AuthorError(f"pip brings no wheels for {target}: {last}")
            lacking.append(found[1])
            del pins[found[1]]


def _offline(said: str) -> bool:
    return "(from versions: none)" in said and "onnection" in said


def _start(folder: Path, targets: Sequence[Target], missing: dict[Target, list[str]]) -> str:
    """The first page of the box."""
    links = {
        "slides": "slides/04_vectorization.html",
        "guide": "guide/index.html",
        "site": "site/index.html",
        "playground.html": "playground.html",
    }
    shown = [
        f'<li><a href="{link}">{name.removesuffix(".html")}</a></li>'
        for name, link in links.items()
        if (folder / link).exists()
    ]
    lacks = [f"<li>{target}: {', '.join(names)}</li>" for target, names in missing.items()]
    return START.format(
        version=__version__,
        targets=", ".join(map(str, targets)),
        shown=f"<h2>To look at, with nothing installed</h2><ul>{''.join(shown)}</ul>"
        if shown
        else "",
        lacks=f"<h2>Not in the box</h2><ul>{''.join(lacks)}</ul>" if lacks else "",
    )


def size(folder: Path) -> int:
    """The bytes of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
