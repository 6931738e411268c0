"""python -m nnlib: what it prints, what it writes, and how it exits."""

import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
from PIL import Image

from nnlib import __version__
from nnlib.__main__ import main, parser
from nnlib.checkpoint import load_checkpoint
from nnlib.model import load
from nnlib.model_notes import ImageShape, notes_of
from nnlib.photographs import load_trees


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    """A folder with two folders of six photographs each, and one file that is no picture."""
    folder, large = tmp_path_factory.mktemp("pictures"), load_trees(32)
    for label, name in enumerate(["bare", "trees"]):
        (folder / name).mkdir()
        for number in np.flatnonzero(large.train_labels == label)[:6]:
            Image.fromarray(large.train_images[number]).save(folder / name / f"{number:04d}.png")
    (folder / "bare" / "notes.txt").write_text("no picture")
    return folder


def test_train_evaluate_predict_on_the_shipped_photographs(here, pictures, capsys):
    assert main(["train", "--epochs", "30", "--plot", "curve.png"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("30 epochs: cost 0.") and out.endswith("Saved in model.npz.\n")
    assert "30/30" in err  # the progress bar
    with Image.open("curve.png") as picture:
        assert min(picture.size) > 300
    assert load("model.npz").notes == notes_of(ImageShape(16, 16, 3), ["no tree", "tree"])

    assert main(["evaluate", "model.npz"]) == 0
    evaluated = capsys.readouterr().out
    assert evaluated.startswith("406 test images: cost 0.")
    share = evaluated.split("accuracy ")[1].removesuffix(".\n")
    assert f"{share} on the test images" in out
    assert main(["predict", "model.npz", str(pictures / "trees")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 6
    for line in lines:
        says, probability = line.split(": ")[1].split(" (tree with probability ")
        assert says == ("tree" if float(probability[:-1]) > 0.5 else "no tree")


def test_a_folder_with_two_folders(here, pictures, capsys):
    command = ["train", str(pictures), "--size", "8", "--hidden", "4", "3", "--epochs", "9"]
    assert main([*command, "--quiet", "--out", "own.npz"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("9 epochs: ")
    said = "read 6 bare, 6 trees, every fifth for the test; left out 1: TXT (bare/notes.txt)"
    assert err == f"{pictures}: {said}; label 1 is trees\n"
    model = load("own.npz")
    assert model.notes == notes_of(ImageShape(8, 8, 3), ["bare", "trees"])
    assert [layer.W.shape for layer in model.layers] == [(4, 192), (3, 4), (1, 3)]
    assert main(["evaluate", "own.npz", str(pictures)]) == 0
    assert capsys.readouterr().out.startswith("2 test images: ")


def test_an_npz(here, capsys):
    p = load_trees()
    np.savez(
        "own.npz",
        X_train=p.train_images[::50],
        y_train=p.train_labels[::50],
        X_test=p.test_images[::50],
        y_test=p.test_labels[::50],
    )
    assert main(["train", "own.npz", "--epochs", "3", "--quiet", "--out", "m.npz"]) == 0
    assert main(["evaluate", "m.npz", "own.npz"]) == 0
    assert "9 test images: " in capsys.readouterr().out


def test_resume_gives_the_same_file(here):
    command = ["train", "--batch-size", "64", "--quiet", "--checkpoint", "run.npz", "--every", "2"]
    assert main([*command, "--epochs", "4", "--out", "a.npz"]) == 0
    assert len(load_checkpoint("run.npz").history.costs) == 4
    assert main([*command, "--epochs", "6", "--out", "b.npz", "--resume"]) == 0
    assert main([*command, "--epochs", "6", "--out", "c.npz"]) == 0
    content = [(here / f"{name}.npz").read_bytes() for name in "abc"]
    assert content[1] == content[2] != content[0]


@pytest.fixture(scope="module")
def a_run(tmp_path_factory):
    """A folder with a run that stands after three epochs."""
    folder = tmp_path_factory.mktemp("run")
    command = ["train", "--epochs", "3", "--quiet", "--out", str(folder / "a.npz"), "--every", "1"]
    command += ["--checkpoint", str(folder / "run.npz"), "--hidden", "4", "3", "--seed", "7"]
    assert main([*command, "--batch-size", "300", "--learning-rate", "0.05"]) == 0
    return folder


@pytest.mark.parametrize(
    "settings",
    [
        "",
        "--seed 7",
        "--learning-rate 0.05 --batch-size 300 --hidden 4 3 --activation relu --seed 7",
    ],
)
def test_a_run_goes_on_with_its_own_settings(a_run, here, settings):
    checkpoint = str(a_run / "run.npz")
    command = ["train", "--epochs", "4", "--quiet", "--checkpoint", checkpoint, "--every", "99"]
    assert main([*command, "--resume", *settings.split()]) == 0
    assert [layer.W.shape[0] for layer in load("model.npz").layers] == [4, 3, 1]


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ("--learning-rate 0.1", "--learning-rate is 0.1; the run in run.npz has 0.05."),
        ("--batch-size 32", "--batch-size is 32; the run in run.npz has 300."),
        ("--hidden 20", "--hidden is 20; the run in run.npz has 4 3."),
        ("--activation tanh", "--activation is tanh; the run in run.npz has relu."),
        ("--seed 0", "--seed is 0; the run in run.npz was begun with another one."),
        ("--size 32", "X must have shape (n_x, m) with n_x = 768, as in checkpoint.layers, "),
        ("--epochs 2", "epochs must be at least 3, done already; found 2."),
    ],
)
def test_a_run_does_not_go_on_with_other_settings(a_run, monkeypatch, capsys, settings, sentence):
    monkeypatch.chdir(a_run)
    before = sorted(os.listdir())
    command = "train --epochs 4 --quiet --checkpoint run.npz --resume --out b.npz"
    assert main([*command.split(), *settings.split()]) == 1
    assert capsys.readouterr().err.startswith(f"nnlib: {sentence}")
    assert sorted(os.listdir()) == before


@pytest.mark.skipif(os.name == "nt", reason="signals are sent in another way")
def test_ctrl_c_saves_what_was_learnt(here):
    command = [sys.executable, "-m", "nnlib", "train", "--epochs", "1000000", "--quiet"]
    command += ["--checkpoint", "run.npz", "--every", "1"]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # else tests that run in
    )  # the background, where Ctrl-C is ignored, hand that on
    end = time.monotonic() + 60
    while not (here / "run.npz").exists() and time.monotonic() < end:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, "")
    assert out.startswith("Interrupted after ") and out.endswith("Saved in model.npz.\n")
    assert load("model.npz").notes["height"] == 16


def test_ctrl_c_before_anything_was_learnt(here, monkeypatch):
    def press(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("nnlib.sources.load_trees", press)
    assert main(["train"]) == 130
    assert os.listdir() == []


def test_no_epochs_is_a_model_too(here, capsys):
    assert main(["train", "--epochs", "0", "--quiet"]) == 0
    assert capsys.readouterr().out == "0 epochs. Saved in model.npz.\n"


BAD = {
    "no such source": (
        ["train", "nowhere"],
        "nowhere cannot be opened: No such file or directory.",
    ),
    "source without arrays": (["train", "m.npz"], "m.npz is no npz file with X_train"),
    "one folder": (
        ["train", "one"],
        "one must hold two folders of images, one per class; found 1: a.",
    ),
    "few images": (["train", "few"], "few/a must hold 5 images or more; found 0."),
    "bad picture": (["predict", "m.npz", "bad.png"], "bad.png is no image that can be read: "),
    "no picture": (["predict", "m.npz", "none.png"], "none.png is no image that can be read: "),
    "no model": (["evaluate", "none.npz"], "none.npz cannot be opened: No such file"),
    "bad model": (["predict", "bad.png", "bad.png"], "bad.png is not an npz file."),
    "other size": (
        ["evaluate", "m.npz", "other.npz"],
        "other.npz: the images are 4 × 4 pixels in colours; the model takes 16 × 16 pixels in",
    ),
    "rate": (["train", "--learning-rate", "-1"], "learning_rate must be "),
    "rate too large": (["train", "--learning-rate", "1e9", "--quiet"], "is too large: "),
    "epochs": (["train", "--epochs", "-1"], "epochs must be at least 0; found -1."),
    "hidden": (["train", "--hidden", "0"], "--hidden must be at least 1; found 0."),
    "too many units": (["train", "--hidden", str(10**12)], " GiB; this machine has "),
    "size": (["train", "--size", "5"], "size must be "),
    "seed": (["train", "--seed", "-3"], "--seed must be at least 0; found -3."),
    "every": (["train", "--checkpoint", "r.npz", "--every", "0"], "every must be at least 1"),
    "resume nothing": (["train", "--checkpoint", "r.npz", "--resume"], "r.npz cannot be opened"),
    "resume a model": (["train", "--checkpoint", "m.npz", "--resume"], "m.npz holds a model"),
    "folder for a file": (
        ["train", "--epochs", "1", "--quiet", "--out", "one"],
        "--out one is no file",
    ),
}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bad")
    for name in ("one/a", "few/a", "few/b"):
        (folder / name).mkdir(parents=True)
    (folder / "bad.png").write_bytes(b"no picture")
    assert main(["train", "--epochs", "0", "--quiet", "--out", str(folder / "m.npz")]) == 0
    small, y = np.zeros((2, 4, 4, 3), np.uint8), np.array([0, 1])
    np.savez(folder / "other.npz", X_train=small, y_train=y, X_test=small, y_test=y)
    return folder


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_line_and_status_1(prepared, monkeypatch, capsys, name):
    arguments, sentence = BAD[name]
    monkeypatch.chdir(prepared)
    before = sorted(os.listdir())
    assert main(arguments) == 1
    out, err = capsys.readouterr()
    assert out == "" and err.startswith("nnlib: ") and err.count("\n") == 1
    assert sentence in err
    assert sorted(os.listdir()) == before


@pytest.mark.parametrize(
    "arguments",
    [[], ["learn"], ["train", "--epochs", "many"], ["train", "--resume"], ["predict", "m.npz"]],
)
def test_a_command_that_was_typed_wrongly_exits_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: python -m nnlib" in capsys.readouterr().err


def test_without_pillow_it_says_so(here, monkeypatch, capsys):
    assert main(["train", "--epochs", "0", "--quiet"]) == 0
    monkeypatch.setitem(sys.modules, "PIL", None)
    assert main(["predict", "model.npz", "a.png"]) == 1
    said = 'reading images needs the package Pillow: install it (pip install "nnlib[images]").'
    assert capsys.readouterr().err == f"nnlib: {said}\n"


def test_version_as_a_program():
    done = subprocess.run(
        [sys.executable, "-m", "nnlib", "--version"], capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, f"nnlib {__version__}\n")


@pytest.mark.skipif(os.name == "nt", reason="pipes end in another way")
def test_a_reader_that_has_gone_is_no_error(here, pictures):
    assert main(["train", "--epochs", "0", "--quiet"]) == 0
    command = [sys.executable, "-m", "nnlib", "predict", "model.npz", str(pictures / "trees")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    process.stdout.close()
    assert (process.stderr.read(), process.wait()) == ("", 0)
    process.stderr.close()


def test_without_tqdm_there_is_no_bar_and_without_matplotlib_no_plot(here, monkeypatch, capsys):
    monkeypatch.setattr("nnlib.command_train.find_spec", lambda name: None)
    assert main(["train", "--epochs", "1"]) == 0
    assert capsys.readouterr().err == ""
    monkeypatch.setitem(sys.modules, "matplotlib.backend_bases", None)
    assert main(["train", "--epochs", "1", "--plot", "curve.png"]) == 1
    said = '--plot needs the package matplotlib: install it (pip install "nnlib[plots]").'
    assert capsys.readouterr().err == f"nnlib: {said}\n"


def test_too_little_memory_is_one_line(here, monkeypatch, capsys):
    def fail(*_):
        raise MemoryError

    monkeypatch.setattr("nnlib.sources.load_trees", fail)
    assert main(["train"]) == 1
    assert capsys.readouterr().err == "nnlib: there is not enough memory for this.\n"


def test_every_option_has_a_help_text():
    commands = next(a for a in parser()._actions if a.choices and hasattr(a.choices, "values"))
    assert list(commands.choices) == ["train", "evaluate", "predict"]
    for command, options in commands.choices.items():
        for action in options._actions:
            assert action.help, f"{command} {action.dest}"
