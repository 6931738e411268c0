"""The script that makes the data, on a tiny wheel and, where it is at hand, on the real one.

DEEPFOREST_WHEEL=deepforest-2.1.0-py3-none-any.whl python -m pytest tests/data
"""

import hashlib
import importlib.util
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("PIL")
from PIL import Image  # noqa: E402

DATA = Path(__file__).resolve().parents[2] / "data"
SCRIPT = DATA / "build_trees.py"
WHEEL = os.environ.get("DEEPFOREST_WHEEL")


@pytest.fixture(scope="module")
def build():
    spec = importlib.util.spec_from_file_location("build_trees", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def tiny_wheel(build, tmp_path):
    """A wheel with two photos of noise and a grid of boxes in their upper halves."""
    rng = np.random.default_rng(0)
    path = tmp_path / "tiny.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for name in build.PHOTOS:
            pixels = rng.integers(0, 256, (1100, 1200, 3), dtype=np.uint8)
            png = io.BytesIO()
            Image.fromarray(pixels).save(png, "png")
            wheel.writestr(f"{name}.png", png.getvalue())
            boxes = "".join(
                f"<object><bndbox><xmin>{x}.0</xmin><ymin>{y}</ymin><xmax>{x + 96}</xmax>"
                f"<ymax>{y + 96}</ymax></bndbox></object>"
                for x in range(0, 1200, 96)
                for y in range(0, 550, 96)
            )
            wheel.writestr(f"{name}.xml", f"<annotation>{boxes}</annotation>")
    return path


def test_a_tiny_wheel_gives_a_balanced_split_without_shared_blocks(build, tiny_wheel, tmp_path):
    with zipfile.ZipFile(tiny_wheel) as wheel:
        photos = [build.read_photo(wheel, name) for name in build.PHOTOS]
    windows = build.cut(photos)
    chosen = build.split(windows, np.random.default_rng(0))
    build.write(windows, chosen, tmp_path)
    with np.load(tmp_path / "trees_32.npz", allow_pickle=False) as file:
        made = {name: file[name] for name in file}
    assert made["X_train"].shape[1:] == (32, 32, 3)
    for split in ("train", "test"):
        photo, fold, row, column = made[f"meta_{split}"].T
        assert len(fold) > 0
        assert ((fold == 1) == (split == "test")).all()
        for number in (0, 1):
            assert made[f"y_{split}"][photo == number].mean() == 0.5
        first = [int(value) for value in made[f"meta_{split}"][0]]
        pixels = photos[first[0]][0][first[2] : first[2] + 64, first[3] : first[3] + 64]
        wanted = pixels.reshape(32, 2, 32, 2, 3).mean(axis=(1, 3)).round()
        assert np.array_equal(made[f"X_{split}"][0], wanted)


def test_an_ellipse_fills_pi_quarters_of_its_box(build):
    crown, boxed = build.masks((200, 200), [(50, 60, 150, 160), (10, 10, 10, 40)])
    assert boxed.sum() == 100 * 100  # the empty box adds nothing
    assert crown.sum() / boxed.sum() == pytest.approx(np.pi / 4, abs=0.005)


def test_boxes_beyond_the_border_are_cut(build):
    _, boxed = build.masks((20, 30), [(-5, -5, 10, 10), (25, 15, 99, 99)])
    assert boxed.sum() == 100 + 25


@pytest.mark.parametrize(("crown", "boxed", "answer"), [(0.4, 1, 1), (0.39, 1, None), (0, 0, 0)])
def test_labels(build, crown, boxed, answer):
    def share(value):
        return np.arange(100) < 100 * value

    assert build.label(share(crown), share(boxed)) is answer


def test_another_wheel_is_refused(tiny_wheel, tmp_path):
    command = [sys.executable, str(SCRIPT), str(tiny_wheel), str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "SHA-256 expected 8c2798d8" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(not WHEEL, reason="DEEPFOREST_WHEEL does not name the source wheel")
def test_the_real_wheel_gives_the_files_of_this_folder(build, tmp_path):
    card = " ".join((DATA / "README.md").read_text(encoding="utf-8").split())
    assert hashlib.sha256(Path(WHEEL).read_bytes()).hexdigest() == build.WHEEL_SHA256
    assert build.WHEEL_SHA256 in card
    with zipfile.ZipFile(WHEEL) as wheel:
        photos = [build.read_photo(wheel, name) for name in build.PHOTOS]
    for number, (pixels, boxes) in enumerate(photos):
        height, width, _ = pixels.shape
        assert f"(photo {number}: {width} × {height} pixels, {len(boxes)} boxes)" in card
    windows = build.cut(photos)
    shares = [100 * windows.labels[windows.meta[:, 0] == k].mean() for k in (0, 1)]
    leak = "{:.0f} % of the windows of photo 0 showed trees, and {:.0f} % of those of photo 1"
    assert leak.format(*shares) in card
    build.write(windows, build.split(windows, np.random.default_rng(0)), tmp_path)
    assert (tmp_path / "trees_2d.csv").read_bytes() == (DATA / "trees_2d.csv").read_bytes()
    with (
        np.load(tmp_path / "trees_32.npz", allow_pickle=False) as made,
        np.load(DATA / "trees_32.npz", allow_pickle=False) as here,
    ):
        assert set(made) == set(here)
        for name in here:
            assert made[name].dtype == here[name].dtype
            assert np.array_equal(made[name], here[name])
