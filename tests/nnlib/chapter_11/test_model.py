"""Files that are whole or refused."""

import json
import os
import random
import signal
import time
import warnings
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlib.checkpoint import load_checkpoint, saver
from nnlib.files import ModelFileError, digest
from nnlib.model import Model, load, probability, save
from nnlib.network import Layer, initialize, predict_probability
from nnlib.rule import InputError
from nnlib.training import train

RNG = np.random.default_rng(8)
X = RNG.normal(size=(3, 11))
NETWORK = initialize((3, 4, 2, 1), hidden=("relu", "tanh"), rng=4)
MODEL = Model(
    NETWORK, RNG.normal(size=(3, 1)), RNG.uniform(1, 2, size=(3, 1)), {"classes": ["äh", "oh"]}
)


def assert_same(one, other):
    assert len(one.layers) == len(other.layers)
    for a, b in zip(one.layers, other.layers, strict=True):
        assert (a.W.tobytes(), a.b.tobytes(), a.activation) == (
            b.W.tobytes(),
            b.b.tobytes(),
            b.activation,
        )
        assert a.W.dtype == b.W.dtype and a.W.shape == b.W.shape
    for name in ("mean", "spread"):
        a, b = getattr(one, name), getattr(other, name)
        assert (a is None) == (b is None)
        assert a is None or (a.tobytes(), a.dtype) == (b.tobytes(), b.dtype)
    assert (one.notes or {}) == (other.notes or {})


@settings(max_examples=40, deadline=None)
@given(
    sizes=st.lists(st.integers(1, 5), min_size=1, max_size=4),
    activation=st.sampled_from(["relu", "tanh", "sigmoid"]),
    seed=st.integers(0, 2**32),
    dtype=st.sampled_from([np.float32, np.float64]),
    with_mean=st.booleans(),
    with_spread=st.booleans(),
    notes=st.none()
    | st.dictionaries(st.text(), st.none() | st.integers() | st.text() | st.booleans()),
)
def test_a_model_comes_back_bit_for_bit(
    tmp_path_factory, sizes, activation, seed, dtype, with_mean, with_spread, notes
):
    path = tmp_path_factory.mktemp("model") / "model.npz"
    layers = initialize((*sizes, 1), activation, seed, dtype=dtype)
    column = np.random.default_rng(seed).uniform(0.1, 9, size=(sizes[0], 1)).astype(dtype)
    model = Model(layers, column if with_mean else None, column if with_spread else None, notes)
    save(path, model)
    assert_same(load(path), model)


def test_special_numbers_and_other_memory_orders_come_back(tmp_path):
    W = np.asfortranarray([[-0.0, 5e-324, 1e308], [1 / 3, np.nextafter(1, 2), -1e-308]])
    layers = [Layer(W, np.zeros((2, 1)), "tanh"), Layer(W[:1, :2], np.zeros((1, 1)), "sigmoid")]
    save(tmp_path / "m.npz", Model(layers))
    back = load(tmp_path / "m.npz").layers
    assert np.ascontiguousarray(back[0].W).tobytes() == np.ascontiguousarray(W).tobytes()


def test_the_same_model_makes_the_same_file(tmp_path):
    save(tmp_path / "a.npz", MODEL)
    save(tmp_path / "b.npz", MODEL)
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_the_file_is_an_open_one(tmp_path):
    save(tmp_path / "m.npz", MODEL)
    with np.load(tmp_path / "m.npz", allow_pickle=False) as file:
        header = json.loads(file["header"].item())
        assert sorted(file.files) == sorted(
            ["W1", "b1", "W2", "b2", "W3", "b3", "mean", "spread", "header", "checksum"]
        )
    assert header["format"] == "nnlib" and header["version"] == 1
    assert header["activations"] == ["relu", "tanh", "sigmoid"]


def test_probability_scales_first():
    direct = predict_probability(NETWORK, (X - MODEL.mean) / MODEL.spread)
    assert np.array_equal(probability(MODEL, X), direct)
    assert np.array_equal(probability(Model(NETWORK), X), predict_probability(NETWORK, X))
    assert not np.allclose(probability(Model(NETWORK, MODEL.mean), X), direct)


# --- files that are no good ----------------------------------------------------------------------


def rewritten(path, **changes):
    """The file with some arrays replaced (None: left out), and the old checksum unless replaced."""
    with np.load(path, allow_pickle=False) as file:
        parts = {**dict(file), **changes}
    np.savez(path, **{name: value for name, value in parts.items() if value is not None})


def header_of(path, **changes):
    with np.load(path, allow_pickle=False) as file:
        return np.array(json.dumps({**json.loads(file["header"].item()), **changes}))


def signed(path, **changes):
    """The file with some arrays replaced and a checksum that fits."""
    rewritten(path, **changes)
    with np.load(path, allow_pickle=False) as file:
        parts = {name: file[name] for name in file.files if name != "checksum"}
    rewritten(path, checksum=np.array(digest(parts)))


def cut(path, size):
    path.write_bytes(path.read_bytes()[:size])


def zipped(path, name, content):
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(name, content)


BAD_FILES = {
    "missing": (lambda p: p.unlink(), "cannot be opened: No such file or directory."),
    "folder": (lambda p: (p.unlink(), p.mkdir()), "cannot be opened: Is a directory."),
    "empty": (lambda p: cut(p, 0), "is empty."),
    "first byte only": (lambda p: cut(p, 1), "is not an npz file."),
    "cut in half": (lambda p: cut(p, 900), "was cut short, or altered: "),
    "last byte lost": (lambda p: cut(p, -1), "was cut short, or altered: "),
    "a text": (lambda p: p.write_text("weights"), "is not an npz file."),
    "a picture": (lambda p: p.write_bytes(b"\x89PNG\r\n"), "is not an npz file."),
    "an npy": (lambda p: p.write_bytes(b"\x93NUMPY\x01\x00v\x00"), "is not an npz file."),
    "another zip": (lambda p: zipped(p, "a.txt", "hi"), "holds a part that is no array: 'a.txt'."),
    "another npz": (lambda p: np.savez(p, W1=X), "was not written by nnlib."),
    "another header": (lambda p: rewritten(p, header=np.array("hi")), "not written by nnlib."),
    "a list for a header": (lambda p: rewritten(p, header=np.array("[1]")), "written by nnlib."),
    "no header": (lambda p: rewritten(p, header=None), "was not written by nnlib."),
    "no checksum": (lambda p: rewritten(p, checksum=None), "was not written by nnlib."),
    "objects": (
        lambda p: rewritten(p, W1=np.array([{}], dtype=object)),
        "cannot be read as plain arrays: Object arrays cannot be loaded when allow_pickle=False.",
    ),
    "a weight": (lambda p: rewritten(p, W1=NETWORK[0].W + 1e-16), "its checksum does not fit."),
    "an array left out": (lambda p: rewritten(p, b2=None), "its checksum does not fit."),
    "an array too many": (lambda p: rewritten(p, b9=X), "its checksum does not fit."),
    "an activation": (
        lambda p: rewritten(p, header=header_of(p, activations=["tanh", "tanh", "sigmoid"])),
        "was altered: its checksum does not fit.",
    ),
    "a newer format": (
        lambda p: rewritten(p, header=header_of(p, version=2, nnlib="9.9")),
        "has format 2, of a newer nnlib (9.9); this one reads up to format 1.",
    ),
    "a version that is no number": (
        lambda p: rewritten(p, header=header_of(p, version="1")),
        "was not written by nnlib.",
    ),
    "wrong shapes": (
        lambda p: signed(p, W2=np.ones((7, 7))),
        "holds parts that do not fit: model.layers[1].b must have ",
    ),
    "a weight that is NaN": (
        lambda p: signed(p, W1=np.full((4, 3), np.nan)),
        "holds parts that do not fit: model.layers[0].W must be finite",
    ),
    "a missing layer": (lambda p: signed(p, W2=None), "do not fit: 'W2'"),
    "a negative spread": (
        lambda p: signed(p, spread=-MODEL.spread),
        "do not fit: model.spread must hold numbers above 0",
    ),
    "activations of no kind": (
        lambda p: signed(p, header=header_of(p, activations=3)),
        "do not fit: 'int' object is not iterable",
    ),
    "a checkpoint": (
        lambda p: signed(p, header=header_of(p, kind="checkpoint")),
        "holds a checkpoint; wanted a model.",
    ),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_gets_its_sentence(tmp_path, name):
    spoil, sentence = BAD_FILES[name]
    path = tmp_path / "model.npz"
    save(path, MODEL)
    spoil(path)
    with pytest.raises(ModelFileError) as caught:
        load(path)
    assert str(caught.value).startswith(str(path))
    assert sentence in str(caught.value)


def test_a_flipped_bit_and_a_cut_is_noticed_or_harmless(tmp_path):
    path = tmp_path / "model.npz"
    save(path, Model(initialize((1, 1), rng=1), notes={"a": 1}))
    model, content = load(path), path.read_bytes()
    refused = 0
    places = range(0, len(content), 3)
    for place in places:
        damaged = bytearray(content)
        damaged[place] ^= 1 << (place // 3 % 8)
        path.write_bytes(damaged)
        try:
            assert_same(load(path), model)  # dates and the like: nothing was lost
        except ModelFileError:
            refused += 1
    assert refused > 0.8 * len(places)
    for size in range(0, len(content), 17):
        path.write_bytes(content[:size])
        with pytest.raises(ModelFileError):
            load(path)


def test_code_in_a_file_is_never_run(tmp_path):
    path, witness = tmp_path / "model.npz", tmp_path / "witness"

    class Trap:
        def __reduce__(self):
            return Path.touch, (witness,)

    np.savez(path, header=np.array([Trap()], dtype=object), checksum=np.array("x"))
    with pytest.raises(ModelFileError, match="allow_pickle=False"):
        load(path)
    assert not witness.exists()


def test_a_checkpoint_is_no_model_and_a_model_no_checkpoint(tmp_path):
    save(tmp_path / "m.npz", MODEL)
    with pytest.raises(ModelFileError, match="holds a model; wanted a checkpoint"):
        load_checkpoint(tmp_path / "m.npz")


def test_a_checkpoint_whose_parts_do_not_fit(tmp_path):
    path = tmp_path / "run.npz"
    Y = (X[:1] > 0).astype(float)
    train(NETWORK, X, Y, 0.1, 2, after_epoch=saver(path, 1))
    signed(path, costs=None)
    with pytest.raises(ModelFileError, match="do not fit: 'costs'"):
        load_checkpoint(path)


# --- writing -------------------------------------------------------------------------------------


def test_a_failed_save_leaves_the_old_file_and_no_rubbish(tmp_path, monkeypatch):
    path = tmp_path / "model.npz"
    save(path, MODEL)
    for broken in ("fsync", "replace"):

        def fail(*_):
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(os, broken, fail)
            with pytest.raises(OSError, match="No space left"):
                save(path, Model(initialize((3, 1), rng=9)))
        assert_same(load(path), MODEL)
        assert os.listdir(tmp_path) == ["model.npz"]


def test_a_refused_save_leaves_the_old_file(tmp_path):
    path = tmp_path / "model.npz"
    save(path, MODEL)
    for notes in ({"f": print}, {1, 2}, {"x": float("nan")}):
        with pytest.raises(InputError, match="notes must"):
            save(path, MODEL._replace(notes=notes))
    assert_same(load(path), MODEL)


def test_saving_through_a_link_keeps_the_link(tmp_path):
    (tmp_path / "real").mkdir()
    link = tmp_path / "link.npz"
    link.symlink_to(tmp_path / "real" / "model.npz")
    save(link, MODEL)
    assert link.is_symlink()
    assert_same(load(tmp_path / "real" / "model.npz"), MODEL)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_killed_at_fifty_random_moments_the_file_is_always_whole(tmp_path):
    path, dice, interrupted = tmp_path / "model.npz", random.Random(1), 0
    for _ in range(50):
        process = fork_saver(path)
        time.sleep(dice.uniform(0, 0.03))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        model = load(path)
        assert (model.layers[0].W == model.notes["number"]).all()
        left = list(tmp_path.glob(".*.part"))
        interrupted += bool(left)
        for rest in left:
            rest.unlink()
    assert interrupted >= 5, "the kills never came in the middle of a save"


def fork_saver(path):
    """A process that saves for ever; returned once its first file is there."""
    ready, done = os.pipe()
    with warnings.catch_warnings():  # Python 3.12 warns where BLAS has threads of its own
        warnings.simplefilter("ignore", DeprecationWarning)
        process = os.fork()
    if process == 0:
        try:
            number = 0
            while True:
                number += 1
                layers = [
                    Layer(np.full((300, 500), 1.0 * number), np.zeros((300, 1)), "relu"),
                    Layer(np.zeros((1, 300)), np.zeros((1, 1)), "sigmoid"),
                ]
                save(path, Model(layers, notes={"number": number}))
                if number == 1:
                    os.write(done, b"!")
        finally:
            os._exit(1)
    os.close(done)
    os.read(ready, 1)
    os.close(ready)
    return process
