# ruff: noqa: E501 (one row of the table, one line)
"""What no kind can know of a model: files that are none, notes that no file can hold."""

import os

import numpy as np
import pytest
from doors import Row, failures, prepare_folder

from nnlib import network
from nnlib.model import Model

nan = np.nan
NET = network.initialize((3, 4, 1), rng=0)
ONE = np.random.default_rng(0).normal(size=(3, 1))

# fmt: off
MORE = [
    Row("model.save", "path", "nowhere/new.npz", "nowhere/new.npz cannot be written: No such file or directory."),
    Row("model.save", "path", "one", "one cannot be written: Is a directory."),
    Row("model.save", "model", NET, "model must be a Model; found list."),
    Row("model.save", "model", Model(NET, spread=0 * abs(ONE)), "model.spread must hold numbers above 0; found 0."),
    Row("model.save", "model", Model(NET, notes={"f": print}), "notes must hold text, numbers, lists and dicts: found builtin_function_or_method."),
    Row("model.save", "model", Model(NET, notes={"best": nan}), "notes must hold text, numbers, lists and dicts: Out of range float values are not JSON compliant…."),
    Row("model.load", "path", "none.npz", "none.npz cannot be opened: No such file or directory."),
    Row("model.load", "path", "text.npz", "text.npz is not an npz file."),
    Row("model.load", "path", "empty.npz", "empty.npz is empty."),
    Row("model.load", "path", "cut.npz", "cut.npz was cut short, or altered: File is not a zip file."),
    Row("model.load", "path", "other.npz", "other.npz was not written by nnlib."),
    Row("model.load", "path", "run.npz", "run.npz holds a checkpoint; wanted a model."),
    Row("model.load", "path", "one", "one cannot be opened: Is a directory."),
    Row("model.probability", "model", None, "model must be a Model; found NoneType."),
    Row("model.probability", "model", Model(NET, spread=np.full((3, 1), 1e-320)), "The numbers in model and X are so large that the result overflows."),
    Row("checkpoint.save_checkpoint", "checkpoint", NET, "checkpoint must be a Checkpoint; found list."),
    Row("checkpoint.load_checkpoint", "path", "model.npz", "model.npz holds a model; wanted a checkpoint."),
]
# fmt: on


@pytest.fixture(scope="module", autouse=True)
def folder(tmp_path_factory):
    """A folder with a model, a checkpoint, and files that are none of these."""
    here, back = prepare_folder(tmp_path_factory.mktemp("files")), os.getcwd()
    (here / "text.npz").write_text("no numbers")
    (here / "empty.npz").write_bytes(b"")
    (here / "cut.npz").write_bytes((here / "model.npz").read_bytes()[:700])
    np.savez(here / "other.npz", W1=ONE)
    (here / "one").mkdir()
    os.chdir(here)
    yield here
    os.chdir(back)


@pytest.mark.parametrize("row", MORE, ids=lambda row: f"{row.name}-{row.argument}")
def test_it_gets_its_sentence_and_nothing_is_changed(folder, row):
    before = sorted(folder.rglob("*"))
    assert not [*failures([row])]
    assert sorted(folder.rglob("*")) == before
