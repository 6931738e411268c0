# Plain: edited here; chapter 12 tells of it.
"""Labelled images from a folder: its plan, its pictures, and what there is to say about both."""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from nnlib.folders import left_out, parts_of, sort_out
from nnlib.image_files import resized, shown
from nnlib.labelled import Part, Source, Wanted
from nnlib.model_notes import ImageShape
from nnlib.photographs import DataFileError
from nnlib.twins import Picture, mark_of, twins

FIFTH = 5  # in a folder without parts, every fifth image of each class is kept for the test


class Plan(NamedTuple):
    """Which files to read: for each part, those of label 0 and those of label 1."""

    parts: dict[str, list[list[Path]]]
    classes: list[str]
    remarks: list[str]


def read_folder(folder: Path, wanted: Wanted) -> Source:
    """Images in a folder of two folders, or in folders train and test of two folders each."""
    parts, others = parts_of(folder)
    if parts:
        plan = plan_of_parts(folder, parts, wanted)
        if others:
            plan.remarks.append(f"{folder}: {left_out(others, folder)}")
    else:
        plan = plan_of_one(folder, wanted)
    read, pictures = pictures_of(folder, plan, wanted.shape)
    remarks = [f"{plan.remarks[0]}; label 1 is {plan.classes[1]}", *plan.remarks[1:]]
    remarks += [f"{folder}: {line}" for line in twins(pictures)]
    return Source(read, plan.classes, remarks)


def plan_of_one(folder: Path, wanted: Wanted) -> Plan:
    """A folder without parts: every fifth image of each class is for the test."""
    found = sort_out(folder, wanted.classes)
    for name, paths in zip(found.classes, found.images, strict=True):
        least = 1 if wanted.whole else FIFTH
        if len(paths) < least:
            images = "5 images or more" if least == FIFTH else "images"
            found_here = f"found {len(paths)}"
            if paths and wanted.parts == ("test",):
                found_here += " (--all reads fewer too)"
            raise DataFileError(
                f"{folder / name} must hold {images}; {ended(found_here, found.left, folder)}."
            )
    read = counted(found.images, found.classes)
    if wanted.whole:
        return Plan(
            {"all": found.images}, found.classes, [f"{folder}: {ended(read, found.left, folder)}"]
        )
    fifths = [paths[FIFTH - 1 :: FIFTH] for paths in found.images]
    rest = [[p for i, p in enumerate(paths) if i % FIFTH != FIFTH - 1] for paths in found.images]
    both = {"train": rest, "test": fifths}
    if wanted.parts == ("test",):
        read = f"{counted(fifths, found.classes)}, every fifth as in train (--all reads every one)"
    else:
        read += ", every fifth for the test"
    parts = {name: both[name] for name in wanted.parts}
    return Plan(parts, found.classes, [f"{folder}: {ended(read, found.left, folder)}"])


def plan_of_parts(folder: Path, parts: dict[str, Path], wanted: Wanted) -> Plan:
    """A folder with parts: each is taken as it is."""
    if missing := [name for name in wanted.parts if name not in parts and not wanted.whole]:
        held = " and ".join(path.name for path in parts.values())
        raise DataFileError(f"{folder} holds {held}, but no folder {missing[0]}.")
    plan: dict[str, list[list[Path]]] = {}
    classes, remarks = wanted.classes, []
    for name, inside in parts.items():
        if name in wanted.parts or wanted.whole:
            found = sort_out(inside, classes, "the model tells" if wanted.classes else "train has")
            for one, paths in zip(found.classes, found.images, strict=True):
                if not paths:
                    none = ended("found 0", found.left, inside)
                    raise DataFileError(f"{inside / one} must hold images; {none}.")
            plan[name], classes = found.images, found.classes
            remarks.append(f"{inside}: {ended(counted(found.images, classes), found.left, inside)}")
    assert classes is not None
    return Plan(plan, classes, remarks)


def counted(images: list[list[Path]], classes: list[str]) -> str:
    """How many were read of each class: "read 10 cat, 6 dog"."""
    pairs = zip(images, classes, strict=True)
    return "read " + ", ".join(f"{len(paths)} {name}" for paths, name in pairs)


def ended(said: str, left: list[Path], folder: Path) -> str:
    """A sentence, and what was left out if there is something."""
    return "; ".join(filter(None, (said, left_out(left, folder))))


def pictures_of(
    folder: Path, plan: Plan, shape: ImageShape
) -> tuple[dict[str, Part], list[Picture]]:
    """Read all files of a plan; those that cannot be read are counted, and the first is named."""
    read, pictures, bad = {}, [], []
    for part, classes in plan.parts.items():
        images, labels = [], []
        for label, paths in enumerate(classes):
            for path in paths:
                try:
                    image = shown(path)
                except DataFileError as error:
                    bad.append(str(error))
                    continue
                name = str(path.relative_to(folder))
                pictures.append(Picture(part, str(label), name, mark_of(np.asarray(image))))
                images.append(resized(image, shape[:2], shape.channels))
                labels.append(label)
        read[part] = Part(np.array(images), np.array(labels))
    if bad:
        more = f" {len(bad) - 1} more cannot be read either." if len(bad) > 1 else ""
        raise DataFileError(bad[0] + more)
    return read, pictures
