"""Tangle: the package cells of the chapters become the woven modules of nnlib.

The plain modules are files that people edit: tangling never writes to them, it copies them into a
snapshot and looks whether they say what they are.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NoReturn

from course.book import AuthorError, Book
from course.book.built import Module
from course.book.modules import FIRST_LINE, WOVEN_LINE
from course.press.assemble import render, texts

TYPED = "py.typed"  # an empty file that tells type checkers that nnlib is annotated
MENDS = "`python -m course tangle` mends it"
TABLE = "the table in course/book/modules.py"


def write(
    book: Book,
    through: str | None = None,
    out: Path | None = None,
    modules: dict[str, Module] | None = None,
) -> list[Path]:
    """Write the package and return its files.

    Parameters
    ----------
    book : Book
        The chapters.
    through : str, optional
        Stop after this chapter.
    out : Path, optional
        Write a snapshot, ``out/nnlib``: the woven modules, a copy of the plain ones that are given
        by then, and a copy of the data, as in an installed package. Without it the woven modules of
        the book's own package are written.
    modules : dict, optional
        The woven modules, where they are built already.
    """
    if out is not None and out.resolve() == book.root:
        raise AuthorError("a snapshot over the package itself would harm it: name another folder")
    folder = (out or book.root) / "nnlib"
    woven = render(book, through) if modules is None else texts(book, modules, through)
    if not woven:
        return []
    files = {name: text.encode() for name, text in woven.items()} | {TYPED: b""}
    if out is not None:
        number = book.chapter(through).number if through else None
        files |= {f"{name}.py": _plain(book, name) for name in book.modules.given(number)}
    else:
        for name in woven:
            _refuse_plain(folder / name)
    folder.mkdir(parents=True, exist_ok=True)
    for name in _existing(folder):
        if name not in files and (out is not None or _says_woven(folder / name)):
            (folder / name).unlink()
    for name, content in files.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)
    data = book.root / "data"
    if out is not None and data.is_dir():
        _copy_files(data, folder / "data")
    return sorted(folder / name for name in files)


def _copy_files(source: Path, target: Path) -> None:
    """Copy what a folder holds, without its rights: of a read-only course as well."""
    for path in source.rglob("*"):
        if path.is_file():
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)


def check(book: Book) -> None:
    """Compare nnlib with the chapters and the table: woven modules byte for byte.

    Raises
    ------
    AuthorError
        Names the first file that differs, is missing, stale, unknown or does not say what it is,
        and what mends it.
    """
    if not book.chapters:
        return
    folder = book.root / "nnlib"
    woven = {name: text.encode() for name, text in render(book).items()} | {TYPED: b""}
    for name, content in woven.items():
        if not (folder / name).is_file():
            _wrong(name, f"is missing; {MENDS}")
        _refuse_plain(folder / name)
        if (folder / name).read_bytes() != content:
            _wrong(name, f"differs from what the chapters build; {MENDS}")
    for module in book.modules.plain:
        _plain(book, module)
    plain = {f"{module}.py" for module in book.modules.plain}
    for name in _existing(folder):
        if name not in plain | set(woven):
            if _says_woven(folder / name):
                _wrong(name, f"is stale: no chapter builds it; {MENDS}")
            _wrong(name, f"is unknown: each module stands in {TABLE}")


def _plain(book: Book, module: str) -> bytes:
    """The content of a plain module, which says in its first line that it is one."""
    path = book.root / "nnlib" / f"{module}.py"
    if not path.is_file():
        _wrong(path.name, f"is missing: a plain module stands in {TABLE}, but not in nnlib")
    content = path.read_bytes()
    if not FIRST_LINE.fullmatch(_first_line(path)):
        wanted = "# Plain: edited here; chapter 10 tells of it."
        _wrong(path.name, f"is a plain module; its first line says so, as in {wanted!r}")
    return content


def _refuse_plain(path: Path) -> None:
    """A file that says that it is plain holds somebody's work: it is not overwritten."""
    if path.is_file() and FIRST_LINE.fullmatch(_first_line(path)):
        _wrong(path.name, f"says that it is plain, but {TABLE} says that it is woven")


def _says_woven(path: Path) -> bool:
    return bool(WOVEN_LINE.fullmatch(_first_line(path)))


def _first_line(path: Path) -> str:
    return path.read_bytes().partition(b"\n")[0].decode(errors="replace").rstrip("\r")


def _wrong(name: str, what: str) -> NoReturn:
    raise AuthorError(what, file=f"nnlib/{name}")


def _existing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*") if path.is_file())
