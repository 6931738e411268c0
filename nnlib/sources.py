# Plain: edited here; chapter 12 tells of it.
"""Images with labels from folders, npz files or the course's own: what the command line names."""

from pathlib import Path

import numpy as np

from nnlib.archives import Archive, opened
from nnlib.folder_source import read_folder
from nnlib.labelled import Part, Source, Wanted
from nnlib.model_notes import NUMBERED, same_classes
from nnlib.photographs import DataFileError, load_trees
from nnlib.rule import InputError
from nnlib.twins import Picture, mark_of, twins

TREES = ["no tree", "tree"]
ARRAYS = {"train": ("X_train", "y_train"), "test": ("X_test", "y_test"), "all": ("X", "y")}


def read_source(source: Path | None, wanted: Wanted) -> Source:
    """Read what the command line names.

    Parameters
    ----------
    source : pathlib.Path or None
        A folder, an npz file, or None for the course's own photographs.
    wanted : Wanted
        The parts that are needed, the shape of the images (an npz has its own), and what the
        model calls the classes.

    Returns
    -------
    Source

    Raises
    ------
    DataFileError
        If something is missing, cannot be read, or has other classes than the model.
    InputError
        If the shape is none that the photographs can have.
    """
    if source is None:
        return read_trees(wanted)
    return read_folder(source, wanted) if source.is_dir() else read_npz(source, wanted)


def read_trees(wanted: Wanted) -> Source:
    """The course's own photographs."""
    height, width, channels = wanted.shape
    if height != width or channels != 3:
        raise InputError(f"the shipped photographs are square and in colours, not {wanted.shape}.")
    p = load_trees(height)
    there = {"train": Part(*p[:2]), "test": Part(*p[2:])}
    parts = there if wanted.whole else {name: there[name] for name in wanted.parts}
    return in_order(parts, TREES, wanted, "the shipped photographs")


def read_npz(path: Path, wanted: Wanted) -> Source:
    """An npz file of uint8 images, named as in the shipped one: X_train, y_train and so on.

    To be judged, a file may also hold one part alone, X_test and y_test or X and y; `classes`,
    two texts, names the labels 0 and 1.
    """
    with opened(path) as archive:
        parts = {}
        for part in there(archive, wanted):
            images, labels = (archive.read(name) for name in ARRAYS[part])
            look(path, ARRAYS[part][0], images)
            parts[part] = Part(images, labels)
        classes = names_in(archive)
    made = in_order(parts, classes, wanted, str(path))
    counts = ", ".join(f"{labels.size} {part}" for part, (_, labels) in parts.items())
    remarks = [f"{path}: read {counts}", *made.remarks]
    pictures = [
        Picture(part, str(label), f"{ARRAYS[part][0]}[{i}]", mark_of(image))
        for part, (images, labels) in parts.items()
        if images.ndim == 4 and len(images) == labels.size
        for i, (image, label) in enumerate(zip(images, labels.ravel().tolist(), strict=True))
    ]
    return made._replace(remarks=remarks + [f"{path}: {line}" for line in twins(pictures)])


def there(archive: Archive, wanted: Wanted) -> list[str]:
    """The parts to read; refuse a file without one that is needed."""
    found = [part for part, names in ARRAYS.items() if set(names) <= set(archive.names)]
    if wanted.whole and found:
        return found
    if wanted.parts == ("test",) and found == ["all"]:
        return found
    needed = [name for part in wanted.parts for name in ARRAYS[part]]
    if missing := [name for name in needed if name not in archive.names]:
        names = ", ".join(needed)
        raise DataFileError(f"{archive.path} is no npz file with {names}: {missing[0]} is missing.")
    return list(wanted.parts)


def look(path: Path, name: str, images: np.ndarray) -> None:
    """Refuse images whose colours stand first, as other libraries have them."""
    if images.ndim == 4 and images.shape[1] in (1, 3, 4) and images.shape[3] not in (1, 3, 4):
        found = f"found shape {images.shape}"
        advice = f"np.moveaxis({name}, 1, -1) puts the colours last"
        raise DataFileError(
            f"{path}: {name} must have shape (m, height, width, channels); {found}: {advice}."
        )


def names_in(archive: Archive) -> list[str]:
    """What an npz file calls the labels 0 and 1."""
    if "classes" not in archive.names:
        return NUMBERED
    names = archive.read("classes")
    if names.dtype.kind not in "US" or names.shape != (2,) or names[0] == names[1]:
        raise DataFileError(f"{archive.path}: classes must hold two names, of labels 0 and 1.")
    return [
        name.decode("utf-8", "replace") if isinstance(name, bytes) else str(name)
        for name in names.tolist()
    ]


def in_order(parts: dict[str, Part], found: list[str], wanted: Wanted, where: str) -> Source:
    """The labels as the model means them; refuse classes that it does not know.

    Where one side has the numbers alone, a 1 is a 1, and that is said.
    """
    known = wanted.classes
    if known is None or known == found:
        return Source(parts, found, [])
    if NUMBERED in (known, found):
        name = (found if known == NUMBERED else known)[1]
        return Source(parts, known, [f"{where}: label 1 is taken as {name}"])
    order = same_classes(found, known)
    if order is None:
        theirs, ours = " and ".join(found), " and ".join(known)
        raise DataFileError(f"{where}: the classes are {theirs}; the model tells {ours}.")
    if order != found:
        parts = {name: Part(images, 1 - labels) for name, (images, labels) in parts.items()}
    return Source(parts, known, [f"{where}: label 1 is {known[1]}, as in the model"])
