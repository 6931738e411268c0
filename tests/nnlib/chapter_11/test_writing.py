"""Where a file is written: what may be replaced, what it looks like after, and who else writes."""

import os
import socket
import stat
import subprocess
import sys
import threading
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest

from nnlib.archives import ModelFileError
from nnlib.files import kind_of, write_atomically
from nnlib.model import Model, load, save
from nnlib.network import Layer, initialize

MODEL = Model(initialize((3, 1), rng=0))
posix = pytest.mark.skipif(os.name == "nt", reason="rights and pipes are others there")


def numbered(number):
    """A model whose every number is the same: a torn one would show."""
    return Model([Layer(np.full((1, 40_000), float(number)), np.zeros((1, 1)), "sigmoid")])


# --- what may be replaced ------------------------------------------------------------------------


def make_fifo(path):
    os.mkfifo(path)


def make_socket(path):
    listener = socket.socket(socket.AF_UNIX)
    here = os.getcwd()
    os.chdir(path.parent)  # the name of a socket must be short
    listener.bind(path.name)
    os.chdir(here)
    listener.close()


def make_link_to_device(path):
    path.symlink_to("/dev/null")


def make_link_to_fifo(path):
    os.mkfifo(path.with_name("fifo"))
    path.symlink_to("fifo")


def make_circle(path):
    path.symlink_to(path.name)


def make_read_only(path):
    path.write_bytes(b"mine")
    path.chmod(0o444)


@posix
@pytest.mark.parametrize(
    ("make", "why"),
    [
        (make_fifo, "it is a pipe, and would be replaced by a file."),
        (make_socket, "it is a socket, and would be replaced by a file."),
        (make_link_to_device, "it is a device, and would be replaced by a file."),
        (make_link_to_fifo, "it is a pipe, and would be replaced by a file."),
        (make_read_only, "it is read-only."),
        (Path.mkdir, "Is a directory."),
        (make_circle, ""),
    ],
)
def test_what_is_no_file_to_write_is_refused_and_stays(tmp_path, make, why):
    path = tmp_path / "out.npz"
    make(path)
    before = stat.S_IFMT(path.lstat().st_mode), sorted(os.listdir(tmp_path))
    with pytest.raises(ModelFileError) as caught:
        save(path, MODEL)
    assert str(caught.value).startswith(f"{path} cannot be written: ")
    assert str(caught.value).endswith(why) and "\n" not in str(caught.value)
    assert (stat.S_IFMT(path.lstat().st_mode), sorted(os.listdir(tmp_path))) == before


def test_a_name_that_is_none(tmp_path):
    for name in ("a\0b", "x" * 300, "nowhere/a.npz"):
        with pytest.raises(ModelFileError, match="cannot be written"):
            save(str(tmp_path / name), MODEL)
    assert os.listdir(tmp_path) == []


def test_a_name_as_long_as_the_system_allows(tmp_path):
    path = tmp_path / ("n" * 251 + ".npz")
    save(path, MODEL)
    assert load(path).layers[0].W.tobytes() == MODEL.layers[0].W.tobytes()
    assert os.listdir(tmp_path) == [path.name]


# --- rights --------------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o666, 0o200, 0o755])
def test_a_file_keeps_its_rights(tmp_path, mode):
    path = tmp_path / "m.npz"
    save(path, MODEL)
    path.chmod(mode)
    save(path, MODEL)
    assert stat.S_IMODE(path.stat().st_mode) == mode


@posix
@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_a_new_file_has_the_rights_of_any_new_file(tmp_path, mask):
    before = os.umask(mask)
    try:
        save(tmp_path / "m.npz", MODEL)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "m.npz").stat().st_mode) == 0o666 & ~mask


@posix
def test_the_second_file_of_a_private_one_is_private_from_the_beginning(tmp_path, monkeypatch):
    path, seen = tmp_path / "m.npz", []
    save(path, MODEL)
    path.chmod(0o600)
    real = os.fsync

    def look(number):
        seen.extend(stat.S_IMODE(p.stat().st_mode) for p in tmp_path.glob(".*.part"))
        return real(number)

    monkeypatch.setattr(os, "fsync", look)
    save(path, MODEL)
    assert seen == [0o600]


@posix
def test_rights_are_kept_through_a_link(tmp_path):
    (tmp_path / "real.npz").write_bytes(b"")
    (tmp_path / "real.npz").chmod(0o600)
    (tmp_path / "link.npz").symlink_to("real.npz")
    save(tmp_path / "link.npz", MODEL)
    assert (tmp_path / "link.npz").is_symlink()
    assert stat.S_IMODE((tmp_path / "real.npz").stat().st_mode) == 0o600


# --- several at once -----------------------------------------------------------------------------


def test_two_writers_in_one_process_have_two_second_files(tmp_path, monkeypatch):
    path, inner = tmp_path / "a.bin", []
    real = os.fsync

    def interrupted(number):
        if not inner:
            inner.append(1)
            write_atomically(path, b"B" * 8)  # another one begins and ends in the middle
        return real(number)

    monkeypatch.setattr(os, "fsync", interrupted)
    write_atomically(path, b"A" * 8)
    assert path.read_bytes() == b"A" * 8 and os.listdir(tmp_path) == ["a.bin"]


def test_a_process_of_another_container_with_the_same_number(tmp_path, monkeypatch):
    """Numbers of processes repeat from container to container; the files on a volume must not."""
    monkeypatch.setattr(os, "getpid", lambda: 7)
    names = set()
    real = os.replace

    def note(source, target):
        names.add(Path(source).name)
        return real(source, target)

    monkeypatch.setattr(os, "replace", note)
    for _ in range(20):
        write_atomically(tmp_path / "a.bin", b"x")
    assert len(names) == 20


WRITER = """
import sys, numpy as np
from nnlib.model import Model, save
from nnlib.network import Layer
for number in range(40):
    layers = [Layer(np.full((1, 40000), float(number)), np.zeros((1, 1)), "sigmoid")]
    save(sys.argv[1], Model(layers))
"""


def test_four_threads_and_two_processes_write_and_one_reads(tmp_path):
    path, errors, reads = tmp_path / "m.npz", [], []
    save(path, numbered(0))

    def write():
        try:
            for number in range(40):
                save(path, numbered(number))
        except Exception as error:
            errors.append(error)

    others = [subprocess.Popen([sys.executable, "-c", WRITER, str(path)]) for _ in range(2)]
    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        W = load(path).layers[0].W
        assert (W == W[0, 0]).all()
        reads.append(W[0, 0])
    for thread in threads:
        thread.join()
    assert errors == [] and [other.wait() for other in others] == [0, 0] and len(reads) > 5
    assert load(path).layers[0].W[0, 0] == 39  # the last save of somebody
    assert os.listdir(tmp_path) == ["m.npz"]


# --- what is promised ----------------------------------------------------------------------------


class OwnPath:
    """A path of another library."""

    def __init__(self, path):
        self.path = path

    def __fspath__(self):
        return self.path


@pytest.mark.parametrize("kind", [str, Path, OwnPath, lambda path: OwnPath(os.fsencode(path))])
def test_every_kind_of_path(tmp_path, kind):
    path = kind(str(tmp_path / "ä.npz"))
    save(path, MODEL)
    assert load(path).notes == {}
    assert kind_of(tmp_path / "ä.npz") == "model"


@pytest.mark.parametrize(
    ("notes", "back"),
    [
        (MappingProxyType({"a": 1}), {"a": 1}),
        ({"deep": MappingProxyType({"b": (1, 2)})}, {"deep": {"b": [1, 2]}}),
        ({"file": Path("x.npz"), "own": OwnPath("y")}, {"file": "x.npz", "own": "y"}),
        ({"n": np.float32(0.5), "a": np.arange(2)}, {"n": 0.5, "a": [0, 1]}),
    ],
)
def test_every_kind_of_note(tmp_path, notes, back):
    save(tmp_path / "m.npz", MODEL._replace(notes=notes))
    assert load(tmp_path / "m.npz").notes == back
