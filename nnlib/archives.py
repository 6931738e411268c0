# Plain: edited here; chapter 11 tells of it.
"""The arrays of an npz file of unknown origin: each is looked at before it takes memory."""

import math
import stat
import zipfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from nnlib.rule import memory


class ModelFileError(OSError):
    """A file holds nothing that can be used; the message says what is wrong with it."""


KINDS = "biufcSU"  # numbers and texts
KNOWN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
HEADERS = {
    (1, 0): np.lib.format.read_array_header_1_0,
    (2, 0): np.lib.format.read_array_header_2_0,
    (3, 0): np.lib.format.read_array_header_2_0,  # differs in names of fields: there are none
}
PIECE = 2**18  # bytes that are read at once
LONGEST_TABLE = 2**24  # bytes; no honest file has a longer one
UNPACKED, TIMES = 2**25, 50  # bytes that any file may unpack to, and as a multiple of its size


class Doubtful(Exception):
    """What is wrong with a file, as the end of a sentence."""


class InPieces:
    """A file of which nobody reads more at once than `LONGEST_TABLE`, whatever it says itself."""

    def __init__(self, file: Any):
        self.file = file
        self.tell, self.seekable = file.tell, file.seekable

    def seek(self, place: int, whence: int = 0) -> int:
        """Go to a place in the file."""
        found: int = self.file.seek(place, whence)
        return found

    def read(self, size: int = -1) -> bytes:
        """Read so many bytes; all the rest without a number."""
        if size < 0:
            here, end = self.tell(), self.seek(0, 2)
            size = end - self.seek(here)
        if size > LONGEST_TABLE:
            raise Doubtful(f"has a table of contents of {size >> 20:,} MiB")
        content: bytes = self.file.read(size)
        return content


class Archive:
    """An npz file that is open: `names` says what it holds, and `read` gets one array.

    Parameters
    ----------
    path : pathlib.Path
        The file, for the sentences.
    file : file
        Open to read bytes.
    """

    def __init__(self, path: Path, file: Any):
        self.path, self.file = path, file
        try:
            self.zip = zipfile.ZipFile(InPieces(file))
            self.parts = self._parts(path.stat().st_size)
        except Exception as error:
            raise refusal(path, error) from None
        self.names = list(self.parts)

    def _parts(self, size: int) -> dict[str, zipfile.ZipInfo]:
        """What the table of contents promises, if it can be true."""
        parts: dict[str, zipfile.ZipInfo] = {}
        for part in self.zip.infolist():
            name = part.filename.removesuffix(".npy")
            if name == part.filename or "/" in name:  # macOS adds __MACOSX/ to a zip
                raise Doubtful(f"holds a part that is no array: {name[:60]!r}")
            if name in parts:
                raise Doubtful(f"holds two parts with the name {name[:60]!r}")
            if part.compress_type not in KNOWN or part.flag_bits & 1:
                raise Doubtful(f"holds {name[:60]!r} in a form that is not read: npz is wanted")
            parts[name] = part
        unpacked = sum(part.file_size for part in parts.values())
        if unpacked > max(UNPACKED, TIMES * size):
            raise Doubtful(f"would unpack to {unpacked >> 20:,} MiB from {size >> 10:,} KiB")
        return parts

    def read(self, name: str, kinds: tuple[str, ...] = ()) -> np.ndarray:
        """Read one array; what its header says must be what is there.

        Parameters
        ----------
        name : str
            One of `names`.
        kinds : tuple of str
            What is wanted, as NumPy calls it, "float64"; any numbers and texts if it is empty.

        Returns
        -------
        ndarray

        Raises
        ------
        ModelFileError
            If it is no plain array, or larger than this machine's memory.
        """
        part = self.parts[name]
        try:
            with self.zip.open(part) as file:
                shape, in_columns, dtype = self._header(file, name, kinds, part.file_size)
                content = np.empty(part.file_size - file.tell(), np.uint8)
                for start in range(0, content.size, PIECE):
                    piece = file.read(min(PIECE, content.size - start))  # at the end: its CRC
                    content[start : start + len(piece)] = np.frombuffer(piece, np.uint8)
                    if len(piece) < min(PIECE, content.size - start):
                        raise EOFError(f"{name[:60]!r} ends too early")
            return content.view(dtype).reshape(shape, order="F" if in_columns else "C")
        except Exception as error:
            raise refusal(self.path, error) from None

    def _header(
        self, file: Any, name: str, kinds: tuple[str, ...], size: int
    ) -> tuple[Any, bool, np.dtype[Any]]:
        """Shape, order and dtype of an array, if they are those of a plain array of this size."""
        version = np.lib.format.read_magic(file)
        if version not in HEADERS:
            raise Doubtful(f"holds {name[:60]!r} in a form that is not read: npz is wanted")
        shape, in_columns, dtype = HEADERS[version](file)
        if dtype.hasobject:
            raise ValueError("Object arrays cannot be loaded when allow_pickle=False")
        if dtype.kind not in KINDS or dtype.itemsize == 0:
            raise Doubtful(f"holds {name[:60]!r} of dtype {str(dtype)[:60]}: numbers are wanted")
        if kinds and dtype.name.rstrip("0123456789" if dtype.kind in "SU" else "") not in kinds:
            found = f"{name[:60]!r} of dtype {dtype}"
            raise Doubtful(f"holds {found}; wanted {' or '.join(kinds)}")
        if min(shape, default=0) < 0 or math.prod(shape) * dtype.itemsize != size - file.tell():
            raise Doubtful(f"holds another number of bytes in {name[:60]!r} than its header says")
        if size > memory():
            there = f"this machine has {memory() >> 30:,} GiB"
            raise Doubtful(f"holds {size >> 30:,} GiB in {name[:60]!r}; {there}")
        return shape, in_columns, dtype

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.zip.close()
        self.file.close()


def refusal(path: Path, error: Exception) -> ModelFileError:
    """The sentence for whatever the reader has stumbled over."""
    if isinstance(error, Doubtful):
        return ModelFileError(f"{path} {error}.")
    if isinstance(error, zipfile.BadZipFile):
        what = "altered" if "CRC" in str(error) else "cut short, or altered"
        return ModelFileError(f"{path} was {what}: {said(error)}.")
    return ModelFileError(f"{path} cannot be read as plain arrays: {said(error)}.")


def said(error: Exception) -> str:
    """What an error says, in one short line."""
    text = " ".join(str(error).split()).removesuffix(".")
    return text[:200] if text else type(error).__name__


def opened(path: Path) -> Archive:
    """Open an npz file, for a `with`; code that it might carry is never run.

    Parameters
    ----------
    path : pathlib.Path
        A regular file: what comes through a pipe cannot be read from its end.

    Returns
    -------
    Archive

    Raises
    ------
    ModelFileError
        If there is no such file, or it is no npz file.
    """
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise OSError(f"it is a {what_it_is(path)}")
        file = open(path, "rb")
    except (OSError, ValueError) as error:  # a name with a null byte is a ValueError
        why = getattr(error, "strerror", None) or error
        raise ModelFileError(f"{path} cannot be opened: {why}.") from None
    try:
        begins = file.read(2)
        if begins != b"PK":
            what = "is not an npz file" if begins else "is empty"
            raise ModelFileError(f"{path} {what}.")
        return Archive(path, file)
    except ModelFileError:
        file.close()
        raise
    except OSError as error:
        file.close()
        raise ModelFileError(f"{path} cannot be read: {error.strerror}.") from None


def what_it_is(path: Path) -> str:
    """A word for something in the file system that is no file of bytes."""
    mode = path.stat().st_mode
    kinds = {"folder": stat.S_ISDIR, "pipe": stat.S_ISFIFO, "socket": stat.S_ISSOCK}
    return next((word for word, fits in kinds.items() if fits(mode)), "device")


def unpack(path: Path) -> dict[str, np.ndarray]:
    """All arrays of an npz file, by name."""
    with opened(path) as archive:
        return {name: archive.read(name) for name in archive.names}
