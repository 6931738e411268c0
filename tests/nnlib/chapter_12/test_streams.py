"""What the commands print, whatever the streams can hold, and whether anybody listens."""

import io
import os
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from nnlib.__main__ import main, parser
from nnlib.model import load
from nnlib.streams import Patient, one_line, say

NAMES = ("кошка", "собака 🐕")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A model of two classes with names beyond ASCII, and pictures of both."""
    here = tmp_path_factory.mktemp("Kürs 1")
    for bright, name in enumerate(NAMES):
        (here / "a" / name).mkdir(parents=True)
        for i in range(6):
            pixels = np.full((9, 9, 3), 50 + 150 * bright + i, np.uint8)
            Image.fromarray(pixels).save(here / "a" / name / f"été{i}.png")
    command = ["train", str(here / "a"), "--quiet", "--epochs", "3", "--out", str(here / "m.npz")]
    assert main(command) == 0
    return here


def run(folder, *command, shell="", **environment):
    """The command as a program of its own; `shell` is what a shell does with its streams."""
    words = [sys.executable, "-m", "nnlib", *command]
    if shell:
        words = ["sh", "-c", f'"$@" {shell}', "sh", *words]
    given = {**os.environ, **environment}
    return subprocess.run(words, cwd=folder, env=given, capture_output=True)


ENCODINGS = [
    {"PYTHONIOENCODING": "cp1252"},
    {"PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "cp437"},
    {"PYTHONIOENCODING": "latin-1:strict"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"PYTHONUTF8": "1", "PYTHONWARNINGS": "error"},
]


SEVERAL = """
import sys
from nnlib.__main__ import main

words = sys.argv[1:]
while words:
    end = words.index("then")
    print("status", main(words[:end]))
    print("end", file=sys.stderr)
    words = words[end + 1 :]
"""


@pytest.mark.parametrize("environment", ENCODINGS, ids=str)
def test_every_image_gets_its_answer_in_every_encoding(folder, environment):
    """All commands in one program: its streams are what is tried, and it starts but once."""
    commands = [
        ["predict", "m.npz", *(f"a/{name}" for name in NAMES)],
        ["evaluate", "m.npz", "a"],
        ["train", "a", "--epochs", "1", "--out", "ä.npz"],
        ["evaluate", "m.npz", "ну.npz"],
    ]
    words = [word for command in commands for word in (*command, "then")]
    line = [sys.executable, "-c", SEVERAL, *words]
    given = {**os.environ, **environment}
    done = subprocess.run(line, cwd=folder, env=given, capture_output=True)
    out = [line for line in done.stdout.splitlines() if not line.startswith(b"status")]
    status = [line for line in done.stdout.splitlines() if line.startswith(b"status")]
    assert status == [b"status 0"] * 3 + [b"status 1"], done.stderr
    assert len(out) == 12 + 2 and b"Traceback" not in done.stderr
    said = [part.strip() for part in done.stderr.split(b"end")]
    assert said[0] == b"" and said[3].count(b"\n") == 0 and said[3].startswith(b"nnlib: ")


@pytest.mark.parametrize("environment", ENCODINGS[:1] + ENCODINGS[4:5], ids=str)
@pytest.mark.parametrize("command", [["--help"], ["train", "--help"], ["нет"]])
def test_help_in_every_encoding(folder, command, environment):
    done = run(folder, *command, **environment)
    assert done.returncode == (2 if command == ["нет"] else 0)
    assert b"usage" in done.stdout + done.stderr and b"Traceback" not in done.stderr


def test_help_is_ascii():
    assert parser().format_help().isascii()


@pytest.mark.skipif(os.name == "nt", reason="shells do it otherwise")
class TestStreams:
    """Streams that are closed, full or gone."""

    @pytest.mark.parametrize("shell", [">&-", "2>&-", ">&- 2>&-", "<&-", "| true", "2>&1 | true"])
    @pytest.mark.parametrize("command", ["predict m.npz a/кошка", "evaluate m.npz a"])
    def test_nobody_listens(self, folder, shell, command):
        done = run(folder, *command.split(), shell=shell)
        assert done.returncode == 0
        assert b"Error" not in done.stderr and b"ignored" not in done.stderr

    @pytest.mark.parametrize("shell", [">&-", "2>&-", ">&- 2>&-", "2>&1 | true", "2>/dev/full"])
    def test_the_model_is_saved_though_nobody_listens(self, folder, shell):
        (folder / "n.npz").unlink(missing_ok=True)
        done = run(folder, "train", "a", "--epochs", "50", "--out", "n.npz", shell=shell)
        assert done.returncode == 0 and b"Traceback" not in done.stderr
        assert load(folder / "n.npz").notes["classes"] == list(NAMES)

    @pytest.mark.parametrize("shell", ["2>&-", ">&- 2>&-", "2>/dev/full"])
    def test_a_refusal_that_nobody_reads_is_still_one(self, folder, shell):
        done = run(folder, "evaluate", "none.npz", shell=shell)
        assert (done.returncode, done.stdout) == (1, b"")

    @pytest.mark.parametrize("command", ["predict m.npz a/кошка", "evaluate m.npz a"])
    def test_an_answer_that_cannot_be_written_is_an_error(self, folder, command):
        done = run(folder, *command.split(), shell=">/dev/full")
        said = b"nnlib: the answer cannot be written: No space left on device.\n"
        assert done.returncode == 1 and done.stderr.endswith(said)

    def test_a_name_of_bytes_that_are_no_letters(self, folder):
        here = os.fsencode(folder / "bytes")
        os.makedirs(here, exist_ok=True)
        with open(os.path.join(here, b"a\xff.png"), "wb") as file:
            Image.new("RGB", (9, 9)).save(file, "PNG")
        for environment in ENCODINGS[:2] + [{"PYTHONIOENCODING": "utf-8:strict"}]:
            done = run(folder, "predict", "m.npz", "bytes", **environment)
            assert done.returncode == 0 and done.stdout.count(b"\n") == 1
            assert done.stdout.startswith(b"bytes/a\\udcff.png: ")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\nb", "a\\nb"),
        ("a\r\x1b[0m", "a\\r\\x1b[0m"),
        ("\u2028", "\\u2028"),
        ("été 👩‍🚒", "été 👩‍🚒"),
    ],
)
def test_one_line(text, line):
    assert one_line(text) == line


def test_say_and_a_patient_stream():
    stream = io.TextIOWrapper(io.BytesIO(), "cp1252")
    say("ä собака", stream)
    stream.flush()
    expected = "ä \\u0441\\u043e\\u0431\\u0430\\u043a\\u0430\n".encode("cp1252")
    assert stream.buffer.getvalue() == expected
    stream.close()
    patient = Patient(stream)  # a write to it would be an error
    assert patient.write("bar") == 3 and patient.flush() is None and patient.encoding == "cp1252"
