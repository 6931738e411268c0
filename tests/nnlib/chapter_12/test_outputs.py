"""What train writes never takes the place of something else."""

import os

import numpy as np
import pytest
from PIL import Image

from nnlib.__main__ import main
from nnlib.files import kind_of

RNG = np.random.default_rng(0)


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with photographs in a file and in folders, a model and a run."""
    monkeypatch.chdir(tmp_path)
    X, y = RNG.integers(0, 256, (10, 4, 4, 3), np.uint8), np.arange(10) % 2
    np.savez("p.npz", X_train=X, y_train=y, X_test=X[::2], y_test=y[::2])
    for name in ("cat", "dog"):
        (tmp_path / "photos" / name).mkdir(parents=True)
        for i in range(5):
            Image.fromarray(X[i]).save(tmp_path / "photos" / name / f"{i}.png")
    train = ["train", "p.npz", "--quiet", "--epochs", "1", "--out", "m.npz"]
    assert main([*train, "--checkpoint", "r.npz", "--every", "1"]) == 0
    (tmp_path / "notes.txt").write_text("mine")
    return tmp_path


def make_links(here):
    (here / "link.npz").symlink_to("p.npz")
    os.link(here / "p.npz", here / "hard.npz")
    (here / "alias").symlink_to(".")


REFUSED = {
    "p.npz --out p.npz": "--out p.npz and the images p.npz are one file.",
    "p.npz --out ./photos/../p.npz": "--out photos/../p.npz and the images p.npz are one file.",
    "p.npz --out link.npz": "--out link.npz and the images p.npz are one file.",
    "p.npz --out hard.npz": "--out hard.npz and the images p.npz are one file.",
    "p.npz --checkpoint p.npz": "--checkpoint p.npz and the images p.npz are one file.",
    "p.npz --out x.npz --checkpoint x.npz": "--out x.npz and --checkpoint x.npz are one file.",
    "p.npz --out x.npz --checkpoint alias/x.npz": (
        "--out x.npz and --checkpoint alias/x.npz are one file."
    ),
    "p.npz --out x.png --plot x.png": "--out x.png and --plot x.png are one file.",
    "p.npz --checkpoint r.npz --resume --out r.npz": (
        "--out r.npz and --checkpoint r.npz are one file."
    ),
    "--out p.npz": "--out p.npz is there, and no model of nnlib: name another file, or remove it.",
    "p.npz --out notes.txt": (
        "--out notes.txt is there, and no model of nnlib: name another file, or remove it."
    ),
    "p.npz --out r.npz": "--out r.npz is there, and a checkpoint: name another file, or remove it.",
    "p.npz --checkpoint m.npz": (
        "--checkpoint m.npz is there, and a model: name another file, or remove it."
    ),
    "photos --plot photos/cat/curve.png": (
        "--plot photos/cat/curve.png would stand among the images in photos."
    ),
    "photos --out alias/photos/dog/m.npz": (
        "--out alias/photos/dog/m.npz would stand among the images in photos."
    ),
    "p.npz --out fifo": "--out fifo is a pipe, no file.",
    "p.npz --plot /dev/null": "--plot /dev/null is a device, no file.",
    "p.npz --out locked.npz": "--out locked.npz is read-only.",
}


@pytest.mark.skipif(os.name == "nt", reason="links, pipes and rights are others there")
@pytest.mark.parametrize("command", REFUSED)
def test_it_is_refused_before_the_training_and_nothing_changes(here, capsys, command):
    make_links(here)
    os.mkfifo("fifo")
    (here / "locked.npz").write_bytes((here / "m.npz").read_bytes())
    (here / "locked.npz").chmod(0o444)
    files = [path for path in here.rglob("*") if path.is_file()]
    before = {path: path.read_bytes() for path in files}
    capsys.readouterr()
    options = [] if " --out " in f" {command}" else ["--out", "new.npz"]
    assert main(["train", "--quiet", "--epochs", "1", *command.split(), *options]) == 1
    assert capsys.readouterr().err == f"nnlib: {REFUSED[command]}\n"
    assert {path: path.read_bytes() for path in here.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "command",
    [
        "p.npz --out m.npz --checkpoint r.npz",
        "p.npz --out empty.npz",
        "photos --out photos/m.npz",
        "p.npz --checkpoint r.npz --resume --epochs 2 --out new.npz",
    ],
)
def test_what_is_ones_own_may_be_replaced(here, command):
    (here / "empty.npz").write_bytes(b"")
    assert main(["train", "--quiet", "--epochs", "1", *command.split()]) == 0
    out = command.split("--out ")[1].split()[0]
    assert kind_of(here / out) == "model"
