# Plain: edited here; chapter 12 tells of it.
"""The files that ``train`` is to write: refused before the training, not after it."""

import argparse
import os
from itertools import combinations
from pathlib import Path

from nnlib.archives import what_it_is
from nnlib.extras import missing
from nnlib.files import kind_of
from nnlib.photographs import DataFileError

KINDS = {"out": "model", "checkpoint": "checkpoint"}


def check_outputs(options: argparse.Namespace) -> None:
    """Refuse files that could not be written, and such as would take the place of another."""
    given = {f"--{name}": getattr(options, name) for name in ("out", "plot", "checkpoint")}
    outputs = {name: path for name, path in given.items() if path is not None}
    for name, path in outputs.items():
        check_place(name, path)
    everything = {**outputs, "the images": options.source} if options.source else outputs
    for (name, path), (other, same) in combinations(everything.items(), 2):
        if same_file(path, same):
            raise DataFileError(f"{name} {path} and {other} {same} are one file.")
    if options.source is not None and options.source.is_dir():
        for name, path in outputs.items():
            check_apart(name, path, options.source)
    for name, kind in KINDS.items():
        if getattr(options, name) and not (name == "checkpoint" and options.resume):
            check_stranger(f"--{name}", getattr(options, name), kind)
    if options.plot:
        check_plot(options.plot)


def check_place(name: str, path: Path) -> None:
    """Refuse a place where no file can be written."""
    try:
        parent = path.resolve().parent
        if path.is_dir() or not parent.is_dir():
            raise DataFileError(f"{name} {path} is no file in a folder that exists.")
        if path.exists() and not path.is_file():
            raise DataFileError(f"{name} {path} is a {what_it_is(path)}, no file.")
        if path.exists() and not path.stat().st_mode & 0o222:
            raise DataFileError(f"{name} {path} is read-only.")
        if not os.access(parent, os.W_OK):
            raise DataFileError(f"{name} {path}: nothing can be written into this folder.")
    except (ValueError, RuntimeError):  # a null byte; links that go in a circle
        raise DataFileError(f"{name} {path} is no name of a file.") from None


def same_file(one: Path, other: Path) -> bool:
    """True if two names mean one file, by links too; it need not be there yet."""
    if one.exists() and other.exists():
        return one.samefile(other)
    return one.resolve() == other.resolve()


def check_apart(name: str, path: Path, source: Path) -> None:
    """Refuse a file among the images: the next run would read it as one."""
    folder, images = path.resolve().parent, source.resolve()
    if images in folder.parents:
        raise DataFileError(f"{name} {path} would stand among the images in {source}.")


def check_stranger(name: str, path: Path, kind: str) -> None:
    """Refuse to write over a file that is there and is nothing that nnlib wrote."""
    if not path.exists() or path.stat().st_size == 0:
        return
    found = kind_of(path)
    if found != kind:
        what = f"a {found}" if found else f"no {kind} of nnlib"
        raise DataFileError(f"{name} {path} is there, and {what}: name another file, or remove it.")


def check_plot(path: Path) -> None:
    """Refuse a plot that could not be drawn."""
    try:
        from matplotlib.backend_bases import FigureCanvasBase
    except ImportError:
        raise missing("--plot", "matplotlib") from None
    kinds = sorted(FigureCanvasBase.get_supported_filetypes())
    if path.suffix[1:].lower() not in kinds:
        raise DataFileError(f"--plot {path} must end with one of .{', .'.join(kinds)}.")
