# Plain: edited here; chapter 12 tells of it.
"""Folders of images: which files are taken, which are left out, and which class is which."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from nnlib.archives import what_it_is
from nnlib.image_files import CAMERAS, ENDINGS
from nnlib.model_notes import same_classes
from nnlib.photographs import DataFileError

OF_THE_SYSTEM = {"__macosx", "__pycache__", "@eadir", "$recycle.bin", "thumbs.db", "desktop.ini"}
PARTS = {
    **dict.fromkeys(("train", "training"), "train"),
    **dict.fromkeys(("test", "testing"), "test"),
    **dict.fromkeys(("val", "valid", "validation"), "val"),
}
SHOWN = 3  # names in a remark


class Listing(NamedTuple):
    """What stands in a folder of images."""

    images: list[Path]
    left: list[Path]


class Sorted(NamedTuple):
    """A folder with one folder of images per class."""

    folder: Path
    classes: list[str]  # their place is the label
    images: list[list[Path]]  # of each class
    left: list[Path]


def visible(folder: Path) -> list[Path]:
    """What stands in a folder, sorted by name, without what systems and editors hide there."""
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        raise DataFileError(f"{folder} cannot be opened: {error.strerror}.") from None
    names = ((path, path.name) for path in inside)
    return [path for path, n in names if n[0] != "." and n.casefold() not in OF_THE_SYSTEM]


def images_in(folder: Path) -> Listing:
    """The image files of a folder, and what else is there."""
    there = visible(folder)
    images = [path for path in there if path.suffix.lower() in ENDINGS and path.is_file()]
    taken = set(images)
    return Listing(images, [path for path in there if path not in taken])


def folders_in(folder: Path) -> list[Path]:
    """The folders in a folder."""
    return [path for path in visible(folder) if path.is_dir()]


def left_out(paths: Iterable[Path], folder: Path) -> str:
    """What a folder holds besides, in words: "left out 4: HEIC (a.heic, b.heic, c.heic, …)"."""
    kinds: dict[str, list[str]] = {}
    for path in paths:
        kinds.setdefault(kind_in_words(path), []).append(path.relative_to(folder).as_posix())
    total, words = sum(map(len, kinds.values())), []
    for word, names in kinds.items():
        number = f"{len(names)} " if len(kinds) > 1 else ""
        more = ", …" if len(names) > SHOWN else ""
        words.append(f"{number}{word} ({', '.join(names[:SHOWN])}{more})")
    return f"left out {total}: {', '.join(words)}" if words else ""


def kind_in_words(path: Path) -> str:
    """What something is that is not taken: by its ending, if it is a file at all."""
    if not path.exists():
        return "broken link"
    if not path.is_file():
        return what_it_is(path)
    return path.suffix[1:].upper() or "without ending"


def parts_of(folder: Path) -> tuple[dict[str, Path], list[Path]]:
    """Its folders train and test (or val), where a folder has them, and those beside them."""
    inside = folders_in(folder)
    found = {PARTS[path.name.casefold()]: path for path in inside if path.name.casefold() in PARTS}
    if len(found) < 2:
        return {}, []
    kept = {"train": found.get("train"), "test": found.get("test", found.get("val"))}
    parts = {name: path for name, path in kept.items() if path}
    return parts, [path for path in inside if path not in parts.values()]


def sort_out(folder: Path, wanted: list[str] | None = None, who: str = "the model tells") -> Sorted:
    """Find the two classes of a folder.

    Parameters
    ----------
    folder : pathlib.Path
        Holds one folder of images per class.
    wanted : list of str, optional
        What the classes must be called, for the labels 0 and 1; the order of the alphabet if it
        is not given.
    who : str
        Who wants it so, for the sentence.

    Returns
    -------
    Sorted

    Raises
    ------
    DataFileError
        If there are not two classes, or they have other names.
    """
    inside = folders_in(folder)
    names = [class_of(path) for path in inside]
    if len(inside) != 2:
        raise DataFileError(f"{folder} {not_two(inside, len(images_in(folder).images))}")
    order = names if wanted is None else same_classes(names, wanted)
    if order is None:
        assert wanted is not None
        found, known = " and ".join(names), " and ".join(wanted)
        raise DataFileError(f"{folder} holds {found}; {who} {known}.")
    by_name = {class_of(path): images_in(path) for path in inside}
    listings = [by_name[name] for name in order]
    loose = [path for path in visible(folder) if path.suffix.lower() in ENDINGS | CAMERAS]
    left = [path for listing in listings for path in listing.left]
    return Sorted(folder, order, [listing.images for listing in listings], loose + left)


def class_of(folder: Path) -> str:
    """The name of a class: letters, also where the system calls all names bytes."""
    try:
        return os.fsencode(folder.name).decode("utf-8")
    except UnicodeError:
        return folder.name


def not_two(inside: list[Path], loose: int) -> str:
    """Why a folder cannot be sorted into two classes; what to type instead where that is clear."""
    wanted = "must hold two folders of images, one per class"
    names = ", ".join(path.name for path in inside[:9]) + (", …" if len(inside) > 9 else "")
    images = "1 image" if loose == 1 else f"{loose} images"
    beside = f", and {images} beside them" if inside else f" folders, and {images}"
    said = f"{wanted}; found {len(inside)}" + (f": {names}" if inside else "")
    said += f"{beside if loose else ''}."
    if len(inside) == 1 and len(folders_in(inside[0])) == 2:
        said += f" Name the folder in it: {inside[0]}."
    return said
