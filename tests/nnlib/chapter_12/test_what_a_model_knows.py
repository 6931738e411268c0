"""What a model file knows of its images is compared with the images: classes, shape, layout."""

import numpy as np
import pytest
from PIL import Image

from nnlib.__main__ import main
from nnlib.model import Model, load, save
from nnlib.model_notes import ImageShape, notes_of
from nnlib.network import initialize

RNG = np.random.default_rng(0)


def stack(m, shape, side="left"):
    """Pictures of label 1 are bright on one side, those of label 0 on the other."""
    y = np.arange(m) % 2
    X = RNG.normal(100, 10, (m, *shape))
    half = shape[1] // 2 if side == "left" else 0
    X[y == 1, :, :half] += 100
    X[y == 0, :, half:] += 100
    return np.clip(X, 0, 255).astype(np.uint8), y


def npz(path, shape=(8, 8, 3), count=(40, 10), **more):
    """An npz file with two parts, or what is said instead."""
    parts = {}
    for part, m in zip(("train", "test"), count, strict=True):
        parts[f"X_{part}"], parts[f"y_{part}"] = stack(m, shape)
    np.savez(path, **{**parts, **more})
    return parts


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fill(folder, dark, bright, count=10):
    """A folder of dark and of bright pictures."""
    for level, name in ((70, dark), (180, bright)):
        (folder / name).mkdir(parents=True)
        for i in range(count):
            pixels = np.clip(RNG.normal(level, 20, (9, 9, 3)), 0, 255).astype(np.uint8)
            Image.fromarray(pixels).save(folder / name / f"{i}.png")


def learn(source, *more):
    command = ["train", str(source), "--quiet", "--epochs", "30", "--out", "m.npz"]
    assert main([*command, *more]) == 0


def answer(capsys, *command):
    """The status of a command, its stdout, and its last line on stderr."""
    capsys.readouterr()
    status = main([*map(str, command)])
    out, err = capsys.readouterr()
    return status, out, err.splitlines()[-1:]


# --- classes -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dark", "bright"),
    [("wolf", "dog"), ("cats", "dogs"), ("cat", "horse"), ("0", "1")],
)
def test_other_classes_are_refused_with_both_lists(here, capsys, dark, bright):
    fill(here / "a", "cat", "dog")
    fill(here / "b", dark, bright)
    learn("a")
    found = " and ".join(sorted([dark, bright]))
    said = f"nnlib: b holds {found}; the model tells cat and dog."
    assert answer(capsys, "evaluate", "m.npz", "b") == (1, "", [said])


@pytest.mark.parametrize("bright", ["dog", "Dog", "DOG"])
def test_the_same_classes_are_matched_by_name(here, capsys, bright):
    fill(here / "a", "cat", "dog")
    fill(here / "b", "cat", bright)  # "Dog" stands before "cat" in the order of the alphabet
    learn("a")
    status, out, _ = answer(capsys, "evaluate", "m.npz", "b", "--all")
    assert status == 0 and "accuracy 100.0%" in out


def test_the_shipped_photographs_are_no_cats(here, capsys):
    fill(here / "a", "cat", "dog")
    learn("a")
    said = "the shipped photographs: the classes are no tree and tree; the model tells cat and dog."
    assert answer(capsys, "evaluate", "m.npz") == (1, "", [f"nnlib: {said}"])


def test_numbers_are_no_names_of_folders(here, capsys):
    npz("p.npz", (16, 16, 3))
    fill(here / "a", "cat", "dog")
    learn("p.npz")
    said = "nnlib: a holds cat and dog; the model tells 0 and 1."
    assert answer(capsys, "evaluate", "m.npz", "a") == (1, "", [said])


def test_a_file_that_names_its_classes(here, capsys):
    parts = npz("p.npz", classes=np.array(["left", "right"]))
    learn("p.npz")
    assert load("m.npz").notes["classes"] == ["left", "right"]
    turned = {name: 1 - part if name[0] == "y" else part for name, part in parts.items()}
    np.savez("turned.npz", **turned, classes=np.array(["right", "left"]))
    status, out, said = answer(capsys, "evaluate", "m.npz", "turned.npz")
    assert (status, said) == (0, ["turned.npz: label 1 is right, as in the model"])
    assert "accuracy 100.0%" in out
    np.savez("other.npz", **turned, classes=np.array(["up", "down"]))
    refused = "other.npz: the classes are up and down; the model tells left and right."
    assert answer(capsys, "evaluate", "m.npz", "other.npz") == (1, "", [f"nnlib: {refused}"])
    for wrong in (np.array(["a"]), np.array(["a", "a"]), np.array([1, 2])):
        np.savez("wrong.npz", **turned, classes=wrong)
        refused = "nnlib: wrong.npz: classes must hold two names, of labels 0 and 1."
        assert answer(capsys, "evaluate", "m.npz", "wrong.npz") == (1, "", [refused])


def test_labels_without_names_are_taken_as_they_are_and_that_is_said(here, capsys):
    fill(here / "a", "cat", "dog")
    learn("a", "--size", "8")
    npz("p.npz")
    status, _, said = answer(capsys, "evaluate", "m.npz", "p.npz")
    assert (status, said) == (0, ["p.npz: label 1 is taken as dog"])


# --- shape and layout ----------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(36, 64, 3), (64, 36, 3), (12, 27, 3), (10, 10, 1), (12, 4, 1)])
def test_predict_says_what_evaluate_says_for_every_shape(here, capsys, shape):
    parts = npz("p.npz", shape)
    learn("p.npz")
    assert load("m.npz").notes == notes_of(ImageShape(*shape), ["0", "1"])
    assert "accuracy 100.0%" in answer(capsys, "evaluate", "m.npz", "p.npz")[1]
    for k in (0, 1):
        image = parts["X_test"][k]
        Image.fromarray(image[:, :, 0] if shape[2] == 1 else image).save(f"class{k}.png")
    _, out, _ = answer(capsys, "predict", "m.npz", "class0.png", "class1.png")
    assert [line.split()[1] for line in out.splitlines()] == ["0", "1"]


@pytest.mark.parametrize("shape", [(48, 48, 3), (64, 36, 3), (18, 128, 3), (96, 72, 1)])
def test_as_many_numbers_in_another_shape_are_refused(here, capsys, shape):
    npz("p.npz", (36, 64, 3))
    npz("q.npz", shape)
    learn("p.npz")
    found = ImageShape(*shape)
    said = f"nnlib: q.npz: the images are {found}; the model takes 36 × 64 pixels in colours."
    assert answer(capsys, "evaluate", "m.npz", "q.npz") == (1, "", [said])


@pytest.mark.parametrize("command", ["train", "evaluate"])
def test_colours_that_stand_first_are_refused(here, capsys, command):
    npz("m0.npz", (3, 8, 3))
    learn("m0.npz")
    npz("p.npz", (3, 8, 8))
    said = (
        f"nnlib: p.npz: X_{'train' if command == 'train' else 'test'} must have shape "
        f"(m, height, width, channels); found shape ({40 if command == 'train' else 10}, 3, 8, 8): "
        f"np.moveaxis(X_{'train' if command == 'train' else 'test'}, 1, -1) puts the colours last."
    )
    rest = ["p.npz", "--out", "n.npz"] if command == "train" else ["m.npz", "p.npz"]
    assert answer(capsys, command, *rest) == (1, "", [said])


BAD_NOTES = [
    ({"height": 4, "width": 4}, "notes a shape of its images that is none."),
    ({"height": -4, "width": -4, "channels": 3}, "notes a shape of its images that is none."),
    ({"height": "4", "width": 4, "channels": 3}, "notes a shape of its images that is none."),
    (
        {"height": 8, "width": 8, "channels": 3, "layout": "height, width, channels"},
        "takes 48 numb",
    ),
    (
        {"height": 4, "width": 4, "channels": 3, "layout": "channels, height, width"},
        "takes images laid out 'channels, height, width'; here it is height, width, channels.",
    ),
    ({"size": 5}, "takes 48 numbers; images of 5 × 5 pixels in colours do not have so many."),
]


@pytest.mark.parametrize(("notes", "sentence"), BAD_NOTES)
def test_notes_that_cannot_be_true(here, capsys, notes, sentence):
    save("m.npz", Model(initialize((48, 1)), notes=notes))
    status, out, (said,) = answer(capsys, "predict", "m.npz", "a.png")
    assert (status, out) == (1, "") and said.startswith(f"nnlib: m.npz {sentence}")


def test_a_model_that_says_nothing_is_not_guessed(here, capsys):
    save("m.npz", Model(initialize((36 * 64 * 3, 1))))
    Image.new("RGB", (64, 36)).save("a.png")
    said = "nnlib: m.npz does not say which images its 6912 numbers are; say it, as in --size 48."
    assert answer(capsys, "predict", "m.npz", "a.png") == (1, "", [said])
    assert answer(capsys, "predict", "m.npz", "a.png", "--size", "36x64")[0] == 0
    save("s.npz", Model(initialize((48, 1)), notes={"size": 4}))
    assert answer(capsys, "predict", "s.npz", "a.png")[0] == 0


# --- a whole folder or file ----------------------------------------------------------------------


def test_all_judges_every_image_of_a_folder(here, capsys):
    fill(here / "a", "cat", "dog")
    fill(here / "held", "cat", "dog", 3)
    learn("a")
    status, out, said = answer(capsys, "evaluate", "m.npz", "a")
    assert (status, out[:14]) == (0, "4 test images:")
    fifth = "read 2 cat, 2 dog, every fifth as in train (--all reads every one)"
    assert said == [f"a: {fifth}; label 1 is dog"]
    status, out, said = answer(capsys, "evaluate", "m.npz", "held", "--all")
    assert (status, out[:9], said) == (0, "6 images:", ["held: read 3 cat, 3 dog; label 1 is dog"])
    status, out, said = answer(capsys, "evaluate", "m.npz", "held")
    assert said == ["nnlib: held/cat must hold 5 images or more; found 3 (--all reads fewer too)."]


def test_all_judges_every_image_of_a_file(here, capsys):
    npz("p.npz")
    learn("p.npz")
    assert answer(capsys, "evaluate", "m.npz", "p.npz")[1].startswith("10 test images: ")
    assert answer(capsys, "evaluate", "m.npz", "p.npz", "--all")[1].startswith("50 images: ")
    X, y = stack(7, (8, 8, 3))
    np.savez("held.npz", X=X, y=y)
    np.savez("test.npz", X_test=X, y_test=y)
    assert answer(capsys, "evaluate", "m.npz", "held.npz")[1].startswith("7 images: ")
    assert answer(capsys, "evaluate", "m.npz", "test.npz")[1].startswith("7 test images: ")
    assert answer(capsys, "evaluate", "m.npz", "test.npz", "--all")[1].startswith("7 images: ")
    np.savez("none.npz", X=X)
    said = "nnlib: none.npz is no npz file with X_test, y_test: X_test is missing."
    assert answer(capsys, "evaluate", "m.npz", "none.npz", "--all") == (1, "", [said])
    np.savez("fewer.npz", X_test=X, y_test=y[:-1])
    said = "nnlib: fewer.npz: there are 7 images and 6 labels."
    assert answer(capsys, "evaluate", "m.npz", "fewer.npz") == (1, "", [said])


def test_all_judges_all_shipped_photographs(here, capsys):
    assert main(["train", "--quiet", "--epochs", "2"]) == 0
    assert answer(capsys, "evaluate", "model.npz", "--all")[1].startswith("1932 images: ")
