"""Files of unknown origin: one sentence, and not the memory that they declare."""

import io
import json
import os
import random
import struct
import tracemalloc
import zipfile

import numpy as np
import pytest

from nnlib.archives import ModelFileError, unpack
from nnlib.checkpoint import load_checkpoint, saver
from nnlib.files import digest
from nnlib.model import Model, load, save
from nnlib.network import initialize
from nnlib.training import train

RNG = np.random.default_rng(8)
X = RNG.normal(size=(3, 11))
MODEL = Model(initialize((3, 4, 1), rng=4), notes={"classes": ["a", "b"]})
MIB = 2**20


def parts_of(path):
    with zipfile.ZipFile(path) as file:
        return {part.filename: file.read(part) for part in file.infolist()}


def rewrite(path, parts, how=zipfile.ZIP_STORED):
    with zipfile.ZipFile(path, "w", how) as file:
        for name, content in parts:
            file.writestr(name, content)


def add(path, name, content=b"", how=zipfile.ZIP_STORED):
    rewrite(path, [*parts_of(path).items(), (name, content)], how)


def npy(shape, dtype="<f8", content=b"", more=""):
    """An npy file with any header."""
    text = f"{{'descr': {dtype!r}, 'fortran_order': False, 'shape': {shape}{more}}}\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text.encode() + content


def instead(path, name, content):
    rewrite(path, [(n, content if n == name else c) for n, c in parts_of(path).items()])


def bomb(path, how=zipfile.ZIP_DEFLATED):
    """256 million bytes of zeros in 256 thousand, with a header that is true."""
    with zipfile.ZipFile(path, "w", how) as file, file.open("W1.npy", "w") as part:
        part.write(npy((2**25,)))
        for _ in range(256 if how == zipfile.ZIP_DEFLATED else 4):
            part.write(bytes(MIB))


def sparse(path, start=b"PK\x03\x04", end=b""):
    """64 GB that take no place on the disk."""
    with open(path, "wb") as file:
        file.write(start)
        file.seek(64 * 2**30)
        file.write(end or b"\0")


def table_of(size):
    """The end of a zip file whose table of contents would be so long."""
    return b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, size, 0, 0)


def twice(path):
    content = dict(parts_of(path))
    with pytest.warns(UserWarning, match="Duplicate name"):
        rewrite(path, [*content.items(), ("W1.npy", content["W1.npy"])])


def head(path, text):
    """The file with any text for its header, and a checksum that fits."""
    arrays = unpack(path)
    arrays["header"] = np.array(text)
    del arrays["checksum"]
    np.savez(path, **arrays, checksum=np.array(digest(arrays)))


FILES = {
    "a folder of macOS": (lambda p: add(p, "__MACOSX/"), "no array: '__MACOSX/'."),
    "its shadow of an array": (
        lambda p: add(p, "__MACOSX/._W1.npy", b"\0\5\x16\7"),
        "holds a part that is no array: '__MACOSX/._W1'.",
    ),
    "a note of the system": (lambda p: add(p, ".DS_Store"), "no array: '.DS_Store'."),
    "a text": (lambda p: add(p, "readme.txt", b"hi"), "no array: 'readme.txt'."),
    "a text with the name of an array": (
        lambda p: instead(p, "W1.npy", b"hello, I am no array"),
        "cannot be read as plain arrays: the magic string is not correct",
    ),
    "an empty part": (lambda p: instead(p, "W1.npy", b""), "cannot be read as plain arrays: "),
    "the same name twice": (twice, "holds two parts with the name 'W1'."),
    "a bomb": (bomb, "would unpack to 256 MiB from "),
    "a bomb of another kind": (
        lambda p: bomb(p, zipfile.ZIP_LZMA),
        "holds 'W1' in a form that is not read: npz is wanted.",
    ),
    "64 GB of zeros": (lambda p: sparse(p, b"\0"), "is not an npz file."),
    "64 GB that begin like a zip": (sparse, "was cut short, or altered: File is not a zip file."),
    "a table of 3 GiB": (
        lambda p: sparse(p, end=table_of(3 * 2**30)),
        "has a table of contents of 3,072 MiB.",
    ),
    "an array that declares too much": (
        lambda p: instead(p, "W1.npy", npy((2**40, 2**20))),
        "holds another number of bytes in 'W1' than its header says.",
    ),
    "one that declares too little": (
        lambda p: instead(p, "W1.npy", npy((1,), content=bytes(800))),
        "holds another number of bytes in 'W1' than its header says.",
    ),
    "a negative length": (
        lambda p: instead(p, "W1.npy", npy((-2, -3), content=bytes(48))),
        "holds another number of bytes in 'W1' than its header says.",
    ),
    "a length beyond all bounds": (
        lambda p: instead(p, "W1.npy", npy((10**40, 0))),
        "cannot be read as plain arrays: ",
    ),
    "letters without end": (
        lambda p: instead(p, "W1.npy", npy((0,), f"<U{2**28}")),
        "was altered: its checksum does not fit.",
    ),
    "letters without length": (
        lambda p: instead(p, "W1.npy", npy((2**40,), "<U0")),
        "holds 'W1' of dtype ",
    ),
    "dates": (
        lambda p: instead(p, "W1.npy", npy((1,), "<M8[s]", bytes(8))),
        "holds 'W1' of dtype datetime64[s]: numbers are wanted.",
    ),
    "an array with a nested header": (
        lambda p: instead(p, "W1.npy", npy("(" * 4000 + ")" * 4000)),
        "cannot be read as plain arrays: ",
    ),
    "an array with minus and minus": (
        lambda p: instead(p, "W1.npy", npy("-" * 9000 + "1")),
        "cannot be read as plain arrays: ",
    ),
    "small numbers that would grow": (
        lambda p: instead(p, "W1.npy", npy((4, 3), "|u1", bytes(12))),
        "holds 'W1' of dtype uint8; wanted float32 or float64 or str.",
    ),
    "a newer form of array": (
        lambda p: instead(p, "W1.npy", b"\x93NUMPY\x09\x00" + bytes(99)),
        "holds 'W1' in a form that is not read: npz is wanted.",
    ),
    "a nested header": (lambda p: head(p, "[" * 100_000), "was not written by nnlib."),
    "a nested header that ends": (
        lambda p: head(p, '{"a":' * 9000 + "1" + "}" * 9000),
        "was not written by nnlib.",
    ),
    "a header of numbers": (lambda p: head(p, "9" * 9000), "was not written by nnlib."),
    "a header that is a number": (
        lambda p: instead(p, "header.npy", npy((), content=bytes(8))),
        "was not written by nnlib.",
    ),
    "a header of many": (
        lambda p: instead(p, "header.npy", npy((2,), "<U1", b"a\0\0\0b\0\0\0")),
        "was not written by nnlib.",
    ),
    "a kind with a line break": (
        lambda p: head(p, json.dumps({"format": "nnlib", "version": 1, "kind": "x\ny" * 99})),
        "holds a x yx y",
    ),
    "a version of lines": (
        lambda p: head(p, json.dumps({"format": "nnlib", "version": 9, "nnlib": "\n" * 99})),
        "has format 9, of a newer nnlib ()",
    ),
    "a header with infinity": (
        lambda p: head(p, json.dumps({**HEADER, "notes": {"a": float("inf")}})),
        "was not written by nnlib.",
    ),
    "a header with a number beyond all bounds": (
        lambda p: head(p, json.dumps({**HEADER, "notes": {"a": 7}}).replace("7", "1e999")),
        "was not written by nnlib.",
    ),
    "activations that are a number": (
        lambda p: head(p, json.dumps({**HEADER, "activations": 10**9})),
        "holds parts that do not fit: ",
    ),
    "activations that are lists": (
        lambda p: head(p, json.dumps({**HEADER, "activations": [[], {}]})),
        "holds parts that do not fit: ",
    ),
    "notes that are a text": (
        lambda p: head(p, json.dumps({**HEADER, "notes": "hello"})),
        "holds parts that do not fit: ",
    ),
}
HEADER = {"format": "nnlib", "version": 1, "kind": "model", "activations": ["relu", "sigmoid"]}


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_unknown_origin_is_one_sentence_without_its_memory(tmp_path, name):
    spoil, sentence = FILES[name]
    path = tmp_path / "m.npz"
    save(path, MODEL)
    spoil(path)
    tracemalloc.start()
    with pytest.raises(ModelFileError) as caught:
        load(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    said = str(caught.value)
    assert said.startswith(str(path)) and sentence in said
    assert "\n" not in said and len(said) < 400 + len(str(path))
    assert most < 40 * MIB


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", "/dev/zero"):
        with pytest.raises(ModelFileError, match="cannot be opened: it is a (pipe|device)"):
            load(path)


def test_a_large_file_of_others_is_refused_by_its_names_alone(tmp_path):
    path = tmp_path / "photos.npz"
    np.savez(path, X_train=np.zeros((200, 200, 200, 3), np.uint8))
    tracemalloc.start()
    with pytest.raises(ModelFileError, match="was not written by nnlib"):
        load(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2 * MIB


def test_what_other_tools_write_is_read(tmp_path):
    arrays = {
        "a": np.asfortranarray(RNG.normal(size=(3, 4))),
        "b": np.array("ä"),
        "c": np.array([]),
    }
    arrays["d"] = np.arange(6, dtype=">i4").reshape(1, 2, 3)
    for save_them in (np.savez, np.savez_compressed):
        save_them(tmp_path / "x.npz", **arrays)
        back = unpack(tmp_path / "x.npz")
        assert {n: (a.dtype, a.shape, a.tobytes()) for n, a in back.items()} == {
            n: (a.dtype, a.shape, a.tobytes()) for n, a in arrays.items()
        }
        assert all(array.flags.writeable for array in back.values())
    old = io.BytesIO()
    np.lib.format.write_array(old, arrays["a"], version=(2, 0))
    rewrite(tmp_path / "x.npz", [("a.npy", old.getvalue())])
    assert np.array_equal(unpack(tmp_path / "x.npz")["a"], arrays["a"])


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """A model and a checkpoint, and how each is read."""
    folder = tmp_path_factory.mktemp("real")
    save(folder / "m.npz", MODEL)
    Y = (X[:1] > 0).astype(float)
    train(MODEL.layers, X, Y, 0.1, 2, 3, after_epoch=saver(folder / "r.npz", 1))
    return [
        (load, (folder / "m.npz").read_bytes()),
        (load_checkpoint, (folder / "r.npz").read_bytes()),
    ]


@pytest.mark.parametrize("name", ["costs", "accuracies", "test_costs"])
@pytest.mark.parametrize("shape", [(2, 1), (1, 2), (2, 0), (), (2, 2, 2)])
def test_numbers_of_a_run_in_other_dimensions(tmp_path, real, name, shape):
    path = tmp_path / "r.npz"
    path.write_bytes(real[1][1])
    arrays = unpack(path)
    del arrays["checksum"]
    arrays[name] = np.full(shape, 0.5)
    np.savez(path, **arrays, checksum=np.array(digest(arrays)))
    with pytest.raises(ModelFileError, match="holds parts that do not fit: ") as caught:
        load_checkpoint(path)
    assert "\n" not in str(caught.value)


def test_files_damaged_at_random_are_refused_or_harmless(tmp_path, real):
    dice, path, refused = random.Random(2), tmp_path / "x.npz", 0
    for _ in range(600):
        read, content = dice.choice(real)
        damaged = bytearray(content)
        for _ in range(dice.randint(1, 4)):
            kind, place = dice.randrange(5), dice.randrange(len(damaged))
            if kind == 0:
                damaged[place] ^= 1 << dice.randrange(8)
            elif kind == 1:
                damaged[place : place + 4] = dice.choice(
                    [b"\xff" * 4, b"\0" * 4, b"\xff\xff\xff\x7f"]
                )
            elif kind == 2:
                del damaged[place : place + dice.randint(1, 200)]
            elif kind == 3:
                damaged[place:place] = damaged[: dice.randint(1, 200)]
            else:
                damaged[-dice.randint(1, 80) :] = b""
            if not damaged:
                break
        path.write_bytes(damaged)
        try:
            read(path)
        except ModelFileError as error:
            assert "\n" not in str(error)
            refused += 1
    assert refused > 500
