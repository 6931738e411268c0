"""A release: built from a clean tree, tried as a stranger would, named with its sums.

It sets a tag only when it is told to, and it pushes nothing.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from course.book import AuthorError, Book
from course.tasks import stranger, testing, versions

SUMS = "SHA256SUMS"


def run(book: Book, folder: Path, tested: bool = False, tag: bool = False) -> int:
    """Build the release of the version that the tree names, and try it.

    Parameters
    ----------
    book : Book
        The course; git knows its folder.
    folder : Path
        Where the files go; it is emptied first.
    tested : bool, optional
        The tests were run on this very tree, and are not run again.
    tag : bool, optional
        Set the tag as well.

    Raises
    ------
    AuthorError
        If the tree, a version or a part of the release is not as it has to be.
    """
    root = book.root
    version = versions.one(root)
    commit = clean(root)
    name = f"v{version}"
    there = untagged(root, name, commit)
    print(f"{version} in {', '.join(versions.PLACES)}; the tree is clean at {commit[:12]}.")
    if not tested and testing.run(book, testing.EVERYTHING):
        raise AuthorError("the tests are not green: no release")
    shutil.rmtree(folder, ignore_errors=True)
    wheel, source = build(root, folder)
    same(wheel, source)
    print(f"{source.name} builds {wheel.name} again, byte for byte.")
    said = tried(root, wheel, version)
    print(f"{wheel.name} in an environment with {said}: README's page prints what stands there.")
    whole(root, folder / f"course-{version}.tar.gz", version)
    print(f"course-{version}.tar.gz: the course as git has it; its nnlib is what its text builds.")
    print(sums(folder), end="")
    if tag and not there:
        _git(root, "tag", "-a", name, "-m", f"Version {version}")
    print(_next(name, version, tag or there))
    return 0


def _next(name: str, version: str, tagged: bool) -> str:
    first = "" if tagged else f'  git tag -a {name} -m "Version {version}"\n'
    return (
        f"\nWhat is left to you:\n{first}  git push ADDRESS {name}\n"
        "Made from the tag, for who hands out more: make site, make lite, make box, make slides.\n"
        "Their pages say the version; they are no part of these sums."
    )


def clean(root: Path) -> str:
    """The commit of a tree in which nothing differs from it.

    Raises
    ------
    AuthorError
        If something is changed, or new and not ignored.
    """
    changed = _git(root, "status", "--porcelain").splitlines()
    if changed:
        named = ", ".join(line[3:] for line in changed[:4])
        more = f" and {len(changed) - 4} more" if len(changed) > 4 else ""
        raise AuthorError(f"the tree is not clean: {named}{more}; commit first")
    return _git(root, "rev-parse", "HEAD").strip()


def untagged(root: Path, name: str, commit: str) -> bool:
    """Whether the tag is there already, at this commit.

    Raises
    ------
    AuthorError
        If another commit has it.
    """
    if not _git(root, "tag", "--list", name).strip():
        return False
    tagged = _git(root, "rev-list", "-n", "1", name).strip()
    if tagged != commit:
        message = f"{name} is the tag of {tagged[:12]} already; "
        raise AuthorError(message + "a new release needs a new version")
    return True


def _git(root: Path, *words: str) -> str:
    line = ["git", "-C", str(root), *words]
    done = subprocess.run(line, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise AuthorError(f"git {words[0]}: {done.stderr.strip()}")
    return done.stdout


def build(root: Path, folder: Path) -> tuple[Path, Path]:
    """The wheel and the source archive of nnlib; no network is needed.

    hatchling leaves out times and owners, so the same tree gives the same bytes.
    """
    folder.mkdir(parents=True)
    _quiet([sys.executable, "-m", "hatchling", "build", "-d", str(folder.resolve())], root)
    (wheel,), (source,) = folder.glob("nnlib-*.whl"), folder.glob("nnlib-*.tar.gz")
    return wheel, source


def same(wheel: Path, source: Path) -> None:
    """Hold that the source archive builds the wheel.

    Raises
    ------
    AuthorError
        If it builds another one: then a file is missing in it.
    """
    with tempfile.TemporaryDirectory() as scratch:
        shutil.unpack_archive(source, scratch, filter="data")
        (inside,) = Path(scratch).iterdir()
        line = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", scratch]
        _quiet(line, inside)
        (again,) = Path(scratch).glob("*.whl")
        if again.read_bytes() != wheel.read_bytes():
            raise AuthorError(f"{source.name} builds another wheel than the tree does")


def tried(root: Path, wheel: Path, version: str) -> str:
    """Install the wheel where NumPy alone is, run README's page, and the command.

    Returns
    -------
    str
        What is installed there.
    """
    with tempfile.TemporaryDirectory() as scratch:
        place = stranger.Stranger(Path(scratch).resolve())
        place.create()
        place.install(wheel)
        said = place.module("nnlib", "--version").strip()
        if said != f"nnlib {version}":
            raise AuthorError(f"python -m nnlib --version says {said!r}, not {version}")
        place.module("nnlib", "train", "--epochs", "3")
        place.page((root / "README.md").read_text(encoding="utf-8"))
        return ", ".join(place.installed())


def whole(root: Path, archive: Path, version: str) -> None:
    """The course as git has it, packed; in it, nnlib is what the chapters build."""
    prefix = f"course-{version}"
    where = str(archive.resolve())
    _git(root, "archive", "--format=tar.gz", f"--prefix={prefix}/", "-o", where, "HEAD")
    with tempfile.TemporaryDirectory() as scratch:
        shutil.unpack_archive(archive, scratch, filter="data")
        _quiet([sys.executable, "-m", "course", "tangle", "--check"], Path(scratch) / prefix)


def _quiet(line: list[str], cwd: Path) -> None:
    done = subprocess.run(
        line, cwd=cwd, env=stranger.strangers(), capture_output=True, text=True, encoding="utf-8"
    )
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip()).split("\n")[-1]
        raise AuthorError(f"python {' '.join(line[1:4])}: {last}")


def sums(folder: Path) -> str:
    """Write the sha256 of each file beside them, as ``sha256sum -c`` reads it."""
    text = "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(folder.iterdir())
        if path.name != SUMS
    )
    (folder / SUMS).write_text(text, encoding="utf-8", newline="\n")
    return text
