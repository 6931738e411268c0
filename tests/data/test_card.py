"""The data are what their card says; every number on the card that can be computed is computed."""

import hashlib
import re
from pathlib import Path

import numpy as np
import pytest

from nnlib.photographs import CHECKSUMS

DATA = Path(__file__).resolve().parents[2] / "data"
CARD = (DATA / "README.md").read_text(encoding="utf-8")
FLAT = " ".join(CARD.split())  # without line breaks: a sentence may be wrapped anywhere


def rows(first_cell):
    """The cells of every table row of the card that starts with a cell."""
    found = [line for line in CARD.splitlines() if line.startswith(f"| {first_cell} |")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in found]


@pytest.fixture(scope="module")
def trees():
    with np.load(DATA / "trees_32.npz", allow_pickle=False) as file:
        return {name: file[name] for name in file}


@pytest.fixture(scope="module")
def table():
    lines = (DATA / "trees_2d.csv").read_text(encoding="utf-8").splitlines()
    return lines[0].split(","), [line.split(",") for line in lines[1:]]


def checksums_on_card():
    return dict(re.findall(r"\| `([\w.]+)` \| `([0-9a-f]{64})` \|", CARD))


# --- files and checksums -------------------------------------------------------------------------


def test_every_file_on_the_card_has_the_checksum_on_the_card():
    sums = checksums_on_card()
    assert set(sums) == {"trees_32.npz", "trees_2d.csv", "LICENSE.deepforest.MIT.txt"}
    for name, expected in sums.items():
        assert hashlib.sha256((DATA / name).read_bytes()).hexdigest() == expected, name


def test_the_code_expects_the_checksums_of_the_card():
    on_card = checksums_on_card()
    assert {name: on_card[name] for name in CHECKSUMS} == CHECKSUMS


def test_the_card_names_every_file_and_no_other():
    listed = set(re.findall(r"^\| `([\w.]+\.\w+)` \| [^`]", CARD, re.MULTILINE))
    there = {path.name for path in DATA.iterdir() if path.is_file()} - {"README.md"}
    assert listed == there


def test_the_licence_is_the_one_that_the_card_names():
    licence = (DATA / "LICENSE.deepforest.MIT.txt").read_text(encoding="utf-8")
    assert "Copyright (c) 2019, Ben Weinstein" in licence
    assert "Permission is hereby granted, free of charge" in licence


# --- shapes, counts, classes ---------------------------------------------------------------------


def test_the_arrays_have_the_shapes_and_types_of_the_card(trees):
    assert len(trees) == 6
    for name, array in trees.items():
        ((_, shape, dtype, _),) = rows(f"`{name}`")
        assert str(array.shape) == shape
        assert str(array.dtype) == dtype


@pytest.mark.parametrize("split", ["train", "test"])
@pytest.mark.parametrize("photo", [0, 1])
def test_both_classes_are_equally_many_inside_each_photo(trees, split, photo):
    name = {"train": "training", "test": "test"}[split]
    ((_, *on_card),) = rows(f"{name}, photo {photo}")
    labels = trees[f"y_{split}"][trees[f"meta_{split}"][:, 0] == photo]
    counts = [int((labels == 0).sum()), int((labels == 1).sum())]
    assert counts[0] == counts[1]
    assert [*counts, len(labels)] == [int(cell) for cell in on_card]


def test_labels_are_0_and_1_and_half_of_them_trees(trees):
    for split in ("train", "test"):
        assert set(trees[f"y_{split}"]) == {0, 1}
        assert trees[f"y_{split}"].mean() == 0.5


def test_the_table_holds_the_features_of_the_photographs(trees, table):
    header, lines = table
    assert header == ["split", "brightness", "green_minus_blue", "contrast", "tree"]
    assert f"has {len(lines)} rows" in FLAT
    for split, start in (("train", 0), ("test", len(trees["y_train"]))):
        pixels = trees[f"X_{split}"] / 255
        part = lines[start : start + len(pixels)]
        assert {line[0] for line in part} == {split}
        brightness = pixels.mean(axis=(1, 2, 3))
        green_minus_blue = (pixels[..., 1] - pixels[..., 2]).mean(axis=(1, 2))
        contrast = pixels.mean(axis=3).std(axis=(1, 2))
        wanted = np.column_stack([brightness, green_minus_blue, contrast, trees[f"y_{split}"]])
        found = np.array([[float(value) for value in line[1:]] for line in part])
        assert np.abs(found - wanted).max() <= 0.5001e-4  # four digits


# --- the split -----------------------------------------------------------------------------------


def covered(meta, photo):
    """The pixels of a photo that windows cover."""
    pixels = np.zeros((3000, 3000), bool)
    for _, _, row, column in meta[meta[:, 0] == photo]:
        pixels[row : row + 64, column : column + 64] = True
    return pixels


@pytest.mark.parametrize("photo", [0, 1])
def test_training_and_test_share_no_pixel(trees, photo):
    train, test = (covered(trees[f"meta_{split}"], photo) for split in ("train", "test"))
    assert train.any() and test.any()
    assert not (train & test).any()


def test_the_split_goes_by_blocks(trees):
    for split in ("train", "test"):
        _, fold, row, column = trees[f"meta_{split}"].T
        assert ((row // 512 + column // 512) % 4 == fold).all()
        assert (row % 512 <= 512 - 64).all() and (column % 512 <= 512 - 64).all()
        assert (row % 32 == 0).all() and (column % 32 == 0).all()
        assert set(fold) == ({1} if split == "test" else {0, 2, 3})


def test_no_photograph_stands_twice(trees):
    everything = np.concatenate([trees["X_train"], trees["X_test"]]).reshape(1932, -1)
    assert len(np.unique(everything, axis=0)) == 1932


def test_how_many_windows_overlap(trees):
    found = []
    for split in ("train", "test"):
        places = {tuple(map(int, place)) for place in trees[f"meta_{split}"][:, [0, 2, 3]]}
        steps = [(i, j) for i in (-32, 0, 32) for j in (-32, 0, 32) if (i, j) != (0, 0)]
        overlap = sum(
            any((photo, row + i, column + j) in places for i, j in steps)
            for photo, row, column in places
        )
        found += [overlap, len(places)]
    sentence = "{} of the {} training windows and {} of the {} test windows share".format(*found)
    assert sentence in FLAT


# --- fair scores ---------------------------------------------------------------------------------


def test_a_fair_score_for_one_unit_on_the_contrast(table):
    numbers = {
        split: np.array([[float(v) for v in line[3:]] for line in table[1] if line[0] == split]).T
        for split in ("train", "test")
    }
    x, y = numbers["train"]
    mu1, mu0 = x[y == 1].mean(), x[y == 0].mean()
    x_test, y_test = numbers["test"]
    right = ((x_test > (mu1 + mu0) / 2) == y_test).mean()
    ((_, on_card),) = rows("one unit on one feature, the contrast")
    assert on_card == f"{100 * right:.0f} %"


def test_a_fair_score_for_logistic_regression(trees):
    """Written out in NumPy: the card must not depend on the library that it is to judge."""
    blocks = {
        s: trees[f"X_{s}"].reshape(-1, 16, 2, 16, 2, 3).mean(axis=(2, 4)).round()
        for s in ("train", "test")
    }
    X, X_test = (blocks[s].reshape(len(blocks[s]), -1).T / 255 for s in ("train", "test"))
    mean = X.mean(axis=1, keepdims=True)
    X, X_test, Y = X - mean, X_test - mean, trees["y_train"]
    w, b = np.zeros((768, 1)), 0.0
    for _ in range(1000):
        dZ = 1 / (1 + np.exp(-(w.T @ X + b))) - Y
        w, b = w - 0.1 * (X @ dZ.T) / X.shape[1], b - 0.1 * dZ.mean()
    right = ((w.T @ X_test + b > 0) == trees["y_test"]).mean()
    wanted = "logistic regression, 1000 steps of full-batch gradient descent at learning rate 0.1"
    ((_, on_card),) = rows(wanted)
    assert on_card == f"{100 * right:.0f} %"


def test_the_standard_error_on_the_card(trees):
    error = 100 * np.sqrt(0.87 * 0.13 / len(trees["y_test"]))
    assert f"a score near 87 % has a standard error of {error:.1f} points" in FLAT
