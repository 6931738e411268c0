# Plain: edited here; chapter 11 tells of it.
"""Files that are whole or refused: written in one step, read with their checksum."""

import errno
import hashlib
import io
import json
import math
import os
import secrets
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from nnlib import __version__
from nnlib.archives import Archive, ModelFileError, opened, unpack, what_it_is
from nnlib.rule import InputError

__all__ = ["ModelFileError", "digest", "read", "unpack", "write", "write_atomically"]
FORMAT = 1
OWN = ("float32", "float64", "str")  # what nnlib writes; other kinds would grow when they are used


def write_atomically(path: Path, content: bytes) -> None:
    """Put `content` into the file: at every moment the old file is there, or the new one."""
    beside = None
    try:
        target, mode = replaceable(path), mode_of(path)
        beside = target.with_name(f".nnlib-{secrets.token_hex(8)}.part")  # nobody else's
        with open(os.open(beside, NEW, 0o666 if mode is None else mode), "wb") as file:
            if mode is not None:
                os.chmod(beside, mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())  # on the disk, not only on its way there
        os.replace(beside, target)
    except (OSError, ValueError, RuntimeError) as error:  # a null byte; links that go in a circle
        why = getattr(error, "strerror", None) or error
        raise ModelFileError(f"{path} cannot be written: {why}.") from None
    finally:
        if beside is not None:
            with suppress(OSError):
                beside.unlink()


NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def mode_of(path: Path) -> int | None:
    """Who may read and write the file that is there; None if there is none."""
    return stat.S_IMODE(path.stat().st_mode) & 0o777 if path.exists() else None


def replaceable(path: Path) -> Path:
    """The place that a name stands for, if there is no file, or one that may be replaced."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if path.exists() and not path.is_file():
        raise OSError(f"it is a {what_it_is(path)}, and would be replaced by a file")
    if path.exists() and not path.stat().st_mode & 0o222:
        raise PermissionError(errno.EACCES, "it is read-only")
    return path.resolve()


def digest(parts: Mapping[str, np.ndarray]) -> str:
    """SHA-256 of the names, kinds, shapes and bytes of some arrays."""
    total = hashlib.sha256()
    for name, array in sorted(parts.items()):
        total.update(f"{name} {array.dtype.str} {array.shape} ".encode())
        total.update(np.ascontiguousarray(array).tobytes())
    return total.hexdigest()


def plain(value: Any) -> Any:
    """What JSON can hold of a NumPy value, a mapping or a path."""
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    raise TypeError(f"found {type(value).__name__}")


def write(path: Path, header: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> None:
    """Write one npz file: the header, the arrays, and the checksum of both."""
    header = {"format": "nnlib", "version": FORMAT, "nnlib": __version__, **header}
    try:
        text = json.dumps(header, default=plain, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise InputError(f"notes must hold text, numbers, lists and dicts: {error}.") from None
    parts: dict[str, Any] = {"header": np.array(text), **arrays}
    buffer = io.BytesIO()
    np.savez(buffer, **parts, checksum=np.array(digest(parts)))
    write_atomically(path, buffer.getvalue())


def read(path: Path, kind: str) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """The header and the arrays of a file that `write` wrote, after every check."""
    with opened(path) as archive:
        header = header_of(archive)
        version = header.get("version")
        if not isinstance(version, int):
            raise ModelFileError(f"{path} was not written by nnlib.")
        if version > FORMAT:
            newer = f"has format {version}, of a newer nnlib ({short(header.get('nnlib'))})"
            raise ModelFileError(f"{path} {newer}; this one reads up to format {FORMAT}.")
        if header.get("kind") != kind:
            raise ModelFileError(f"{path} holds a {short(header.get('kind'))}; wanted a {kind}.")
        parts = {name: archive.read(name, OWN) for name in archive.names}
    if parts.pop("checksum").tolist() != digest(parts):
        raise ModelFileError(f"{path} was altered: its checksum does not fit.")
    return header, parts


def header_of(archive: Archive) -> dict[str, Any]:
    """The header, or an empty one if the file has none, or not nnlib's; no other part is read."""
    if not {"header", "checksum"} <= set(archive.names):
        return {}
    try:
        text = archive.read("header").item()
        header = json.loads(text, parse_float=finite, parse_constant=finite)
    except (ValueError, TypeError, RecursionError):
        return {}
    return header if isinstance(header, dict) and header.get("format") == "nnlib" else {}


def finite(text: str) -> float:
    """A number of a header; nnlib writes none that is infinite, and no NaN."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"found {short(text)}")
    return number


def kind_of(path: Path) -> str | None:
    """What nnlib wrote into a file: "model" or "checkpoint"; None if it is no file of nnlib's."""
    try:
        with opened(path) as archive:
            kind = header_of(archive).get("kind")
    except ModelFileError:
        return None
    return kind if isinstance(kind, str) else None


def short(value: object) -> str:
    """A value of a header in a sentence: one line, whatever somebody wrote there."""
    return " ".join(str(value).split())[:40]
