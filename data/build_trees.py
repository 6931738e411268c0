"""Make trees_32.npz and trees_2d.csv from the two aerial photos in the deepforest 2.1.0 wheel.

    pip download --no-deps deepforest==2.1.0
    python data/build_trees.py deepforest-2.1.0-py3-none-any.whl FOLDER

Needs NumPy and Pillow. The wheel is read as a zip file; deepforest itself is not installed.
README.md, beside this file, says what comes out and why it is made this way.
"""

import argparse
import hashlib
import io
import zipfile
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import numpy as np
from PIL import Image

WHEEL_SHA256 = "8c2798d8e9be7f0004b194fe207b76c1d9fff6e711b3db67b9508dcd5d00ae54"
PHOTOS = (
    "deepforest/data/2019_YELL_2_528000_4978000_image_crop2",
    "deepforest/data/2019_YELL_2_541000_4977000_image_crop",
)
WINDOW = 64  # pixels: 6.4 m on the ground
STRIDE = 32  # neighbouring windows overlap by half …
BLOCK = 512  # … but no window crosses the border of a block
FOLDS = 4
TEST_FOLD = 1
TREE = 0.40  # label 1 from this share of crown upward
NO_TREE = 0.05  # label 0 up to this share of box


class Windows(NamedTuple):
    """All labelled windows of all photos, in reading order."""

    images: np.ndarray  # (m, 32, 32, 3), uint8
    labels: np.ndarray  # (m,), uint8: 1 = tree
    meta: np.ndarray  # (m, 4), int16: photo, fold, row, column


def read_photo(wheel, name):
    """Pixels (height, width, 3) and tree boxes (x0, y0, x1, y1) of one photo."""
    picture = Image.open(io.BytesIO(wheel.read(f"{name}.png"))).convert("RGB")
    corners = ("xmin", "ymin", "xmax", "ymax")
    boxes = [
        [int(float(tree.find(f"bndbox/{corner}").text)) for corner in corners]
        for tree in ElementTree.fromstring(wheel.read(f"{name}.xml")).iter("object")
    ]
    return np.asarray(picture), boxes


def masks(shape, boxes):
    """Where a crown may be (the ellipse inside each box), and where a box is."""
    height, width = shape
    crown, boxed = np.zeros(shape, bool), np.zeros(shape, bool)
    for x0, y0, x1, y1 in boxes:
        x0, y0, x1, y1 = max(x0, 0), max(y0, 0), min(x1, width), min(y1, height)
        if x1 <= x0 or y1 <= y0:
            continue
        y, x = np.mgrid[y0:y1, x0:x1]
        across = (x - (x0 + x1 - 1) / 2) / ((x1 - x0) / 2)
        down = (y - (y0 + y1 - 1) / 2) / ((y1 - y0) / 2)
        crown[y0:y1, x0:x1] |= across**2 + down**2 <= 1
        boxed[y0:y1, x0:x1] = True
    return crown, boxed


def corners(height, width):
    """The upper left corner of every window, block by block, with the block's fold."""
    for block_row in range(0, height, BLOCK):
        for block_column in range(0, width, BLOCK):
            fold = (block_row // BLOCK + block_column // BLOCK) % FOLDS
            bottom, right = min(block_row + BLOCK, height), min(block_column + BLOCK, width)
            for row in range(block_row, bottom - WINDOW + 1, STRIDE):
                for column in range(block_column, right - WINDOW + 1, STRIDE):
                    yield row, column, fold


def label(crown, boxed):
    """1 for a tree, 0 for none, None where the window is neither."""
    if crown.mean() >= TREE:
        return 1
    return 0 if boxed.mean() <= NO_TREE else None


def halve(window):
    """Average blocks of 2 × 2 pixels."""
    size = WINDOW // 2
    return window.reshape(size, 2, size, 2, 3).mean(axis=(1, 3)).round().astype(np.uint8)


def cut(photos):
    """Cut photos, pairs of pixels and boxes, into labelled windows."""
    images, labels, meta = [], [], []
    for number, (pixels, boxes) in enumerate(photos):
        crown, boxed = masks(pixels.shape[:2], boxes)
        for row, column, fold in corners(*pixels.shape[:2]):
            here = np.s_[row : row + WINDOW, column : column + WINDOW]
            answer = label(crown[here], boxed[here])
            if answer is not None:
                images.append(halve(pixels[here]))
                labels.append(answer)
                meta.append((number, fold, row, column))
    return Windows(np.array(images), np.array(labels, np.uint8), np.array(meta, np.int16))


def split(windows, rng):
    """Rows of the training and the test set: both classes equally often inside each photo."""
    photo, in_test = windows.meta[:, 0], windows.meta[:, 1] == TEST_FOLD
    rows = {}
    for name, wanted in (("train", ~in_test), ("test", in_test)):
        kept = []
        for number in range(len(PHOTOS)):
            classes = [
                rng.permutation(np.flatnonzero(wanted & (photo == number) & (windows.labels == k)))
                for k in (0, 1)
            ]
            size = min(map(len, classes))
            kept += [rows_of_class[:size] for rows_of_class in classes]
        rows[name] = rng.permutation(np.concatenate(kept))
    return rows


def features(images):
    """Brightness, green minus blue, and contrast of each image, each of shape (m,)."""
    pixels = images / 255.0
    green_minus_blue = (pixels[..., 1] - pixels[..., 2]).mean(axis=(1, 2))
    return pixels.mean(axis=(1, 2, 3)), green_minus_blue, pixels.mean(axis=3).std(axis=(1, 2))


def write(windows, rows, folder):
    """Write both files."""
    arrays = {}
    lines = ["split,brightness,green_minus_blue,contrast,tree\n"]
    for name, chosen in rows.items():
        images, labels = windows.images[chosen], windows.labels[chosen]
        arrays[f"X_{name}"] = images
        arrays[f"y_{name}"] = labels
        arrays[f"meta_{name}"] = windows.meta[chosen]
        for values in zip(*features(images), labels, strict=True):
            lines.append(f"{name}," + "{:.4f},{:.4f},{:.4f},{:d}\n".format(*values))
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(folder / "trees_32.npz", **arrays)
    (folder / "trees_2d.csv").write_text("".join(lines), encoding="utf-8", newline="\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("wheel", type=Path, help="deepforest-2.1.0-py3-none-any.whl")
    parser.add_argument("folder", type=Path, help="where the two files are written")
    options = parser.parse_args()
    found = hashlib.sha256(options.wheel.read_bytes()).hexdigest()
    if found != WHEEL_SHA256:
        parser.error(f"{options.wheel.name}: SHA-256 expected {WHEEL_SHA256}, found {found}")
    with zipfile.ZipFile(options.wheel) as wheel:
        windows = cut([read_photo(wheel, name) for name in PHOTOS])
    rows = split(windows, np.random.default_rng(0))
    write(windows, rows, options.folder)
    for name, chosen in rows.items():
        print(f"{name}: {len(chosen)} images, {windows.labels[chosen].sum()} of them trees")


if __name__ == "__main__":
    main()
