# Plain: edited here; chapter 11 tells of it.
"""Files that are whole or refused: written in one step, read with their checksum."""

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from nnlib import __version__
from nnlib.rule import InputError


class ModelFileError(OSError):
    """A file holds nothing that can be used; the message says what is wrong with it."""


def write_atomically(path: Path, content: bytes) -> None:
    """Put `content` into the file: at every moment the old file is there, or the new one."""
    target = path.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with open(beside, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())  # on the disk, not only on its way there
        os.replace(beside, target)
    except OSError as error:
        raise ModelFileError(f"{path} cannot be written: {error.strerror}.") from None
    finally:
        with suppress(OSError):
            beside.unlink()


def digest(parts: Mapping[str, np.ndarray]) -> str:
    """SHA-256 of the names, kinds, shapes and bytes of some arrays."""
    total = hashlib.sha256()
    for name, array in sorted(parts.items()):
        total.update(f"{name} {array.dtype.str} {array.shape} ".encode())
        total.update(np.ascontiguousarray(array).tobytes())
    return total.hexdigest()


FORMAT = 1


def plain(value: Any) -> Any:
    """What JSON can hold of a NumPy value."""
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
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


def unpack(path: Path) -> dict[str, np.ndarray]:
    """The named arrays of an npz file; code that a file might carry is never run."""
    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:  # a name with a null byte is a ValueError
        why = getattr(error, "strerror", None) or error
        raise ModelFileError(f"{path} cannot be opened: {why}.") from None
    if not content.startswith(b"PK"):
        what = "is not an npz file" if content else "is empty"
        raise ModelFileError(f"{path} {what}.")
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except zipfile.BadZipFile as error:
        what = "altered" if "CRC" in str(error) else "cut short, or altered"
        raise ModelFileError(f"{path} was {what}: {error}.") from None
    except Exception as error:  # whatever the reader stumbles over, the file is no good
        raise ModelFileError(f"{path} cannot be read as plain arrays: {error}.") from None


def read(path: Path, kind: str) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """The header and the arrays of a file that `_write` wrote, after every check."""
    parts = unpack(path)
    try:
        checksum = parts.pop("checksum").item()
        header = json.loads(parts["header"].item())
        version = header["version"] if header["format"] == "nnlib" else None
    except (KeyError, ValueError, TypeError):
        version = None
    if not isinstance(version, int):
        raise ModelFileError(f"{path} was not written by nnlib.")
    if version > FORMAT:
        newer = f"has format {version}, of a newer nnlib ({header.get('nnlib')})"
        raise ModelFileError(f"{path} {newer}; this one reads up to format {FORMAT}.")
    if checksum != digest(parts):
        raise ModelFileError(f"{path} was altered: its checksum does not fit.")
    if header.get("kind") != kind:
        raise ModelFileError(f"{path} holds a {header.get('kind')}; wanted a {kind}.")
    return header, parts
