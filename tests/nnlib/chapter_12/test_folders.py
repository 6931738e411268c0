"""Folders of images: what is taken, what is left, and which class is which is said."""

import os
import unicodedata

import numpy as np
import pytest
from PIL import Image

from nnlib.__main__ import main
from nnlib.folders import images_in, left_out

RNG = np.random.default_rng(1)


def picture(path, bright, number=None):
    """One picture of a dark or a bright class; equal numbers, equal pictures."""
    rng = RNG if number is None else np.random.default_rng(number)
    pixels = np.clip(rng.normal(70 + 110 * bright, 20, (12, 12, 3)), 0, 255).astype(np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path)


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with ten cats, which are dark, and ten dogs."""
    monkeypatch.chdir(tmp_path)
    fill(tmp_path / "a", ("cat", "dog"))
    return tmp_path


def fill(folder, names, count=10):
    for bright, name in enumerate(names):
        for i in range(count):
            picture(folder / name / f"{i}.png", bright)


def learn(capsys, folder="a", *more):
    """Train on a folder; the status, and the lines on stderr."""
    status = main(["train", folder, "--quiet", "--epochs", "30", "--out", "m.npz", *more])
    return status, capsys.readouterr().err.splitlines()


# --- what is left out ----------------------------------------------------------------------------


def rename(here, names, ending):
    for path in sorted((here / "a" / "dog").iterdir())[:names]:
        path.rename(path.with_suffix(ending))


def heic(here):
    rename(here, 4, ".HEIC")
    return "read 10 cat, 6 dog; left out 4: HEIC (dog/0.HEIC, dog/1.HEIC, dog/2.HEIC, …)"


def several_kinds(here):
    rename(here, 2, ".svg")
    (here / "a" / "cat" / "notes.txt").write_text("x")
    (here / "a" / "cat" / "album").mkdir()
    (here / "a" / "dog" / "LICENSE").write_text("x")
    kinds = "1 folder (cat/album), 1 TXT (cat/notes.txt), 2 SVG (dog/0.svg, dog/1.svg)"
    kinds += ", 1 without ending (dog/LICENSE)"
    return f"read 10 cat, 8 dog; left out 5: {kinds}"


def loose(here):
    picture(here / "a" / "which.png", 0)
    return "read 10 cat, 10 dog; left out 1: PNG (which.png)"


def broken_link(here):
    (here / "a" / "cat" / "gone.png").symlink_to("nowhere.png")
    (here / "a" / "cat" / "self.png").symlink_to("self.png")
    return "read 10 cat, 10 dog; left out 2: broken link (cat/gone.png, cat/self.png)"


def no_file(here):
    os.mkfifo(here / "a" / "cat" / "x.png")
    (here / "a" / "dog" / "all").symlink_to(here / "a")  # a circle
    return "read 10 cat, 10 dog; left out 2: 1 pipe (cat/x.png), 1 folder (dog/all)"


def odd_names(here):
    for name in ("new\nline.png", "red\x1b[31m.PNG", " .jpeg", "-o.png"):
        picture(here / "a" / "cat" / name, 0)
    (here / "a" / "dog" / "\u2028.txt").write_text("x")
    return "read 14 cat, 10 dog; left out 1: TXT (dog/\\u2028.txt)"


def folder_named_as_image(here):
    (here / "a" / "cat" / "x.png").mkdir()
    return "read 10 cat, 10 dog; left out 1: folder (cat/x.png)"


def capitals(here):
    rename(here, 3, ".PNG")
    return "read 10 cat, 10 dog"


def hidden(here):
    for name in (".ipynb_checkpoints", "__MACOSX", ".git", "@eaDir"):
        (here / "a" / name).mkdir()
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", "._0.png"):
        (here / "a" / "cat" / name).write_bytes(b"x")
    (here / "a" / "cat" / ".ipynb_checkpoints").mkdir()
    return "read 10 cat, 10 dog"


WAYS = (heic, several_kinds, loose, folder_named_as_image, capitals, hidden)
WAYS += (broken_link, no_file, odd_names) if os.name == "posix" else ()


@pytest.mark.parametrize("change", WAYS)
def test_what_is_taken_and_left_is_said(here, capsys, change):
    read, semicolon, left = change(here).partition(";")
    said = f"{read}, every fifth for the test{semicolon}{left}"
    assert learn(capsys) == (0, [f"a: {said}; label 1 is dog"])


def test_predict_says_what_it_leaves_out_beside_its_answers(here, capsys):
    learn(capsys)
    heic(here)
    assert main(["predict", "m.npz", "a/dog"]) == 0
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 6
    assert err == "a/dog: 6 images; left out 4: HEIC (0.HEIC, 1.HEIC, 2.HEIC, …)\n"


def test_left_out_in_words(tmp_path):
    assert left_out([], tmp_path) == ""
    assert images_in(tmp_path) == ([], [])


# --- folders that are refused, with what is there ------------------------------------------------


def all_heic(here):
    rename(here, 10, ".heic")
    left = "left out 10: HEIC (dog/0.heic, dog/1.heic, dog/2.heic, …)"
    return f"a/dog must hold 5 images or more; found 0; {left}."


def third(here):
    (here / "a" / "wolf").mkdir()
    return "a must hold two folders of images, one per class; found 3: cat, dog, wolf."


def wrapped(here):
    (here / "b").mkdir()
    (here / "a").rename(here / "b" / "pets")
    (here / "b").rename(here / "a")
    wanted = "a must hold two folders of images, one per class; found 1: pets."
    return f"{wanted} Name the folder in it: a/pets."


def unsorted(here):
    for path in (here / "a" / "cat", here / "a" / "dog"):
        path.rename(here / path.name)
    return "a must hold two folders of images, one per class; found 0."


def flat(here):
    for path in (here / "a").glob("*/*"):
        path.rename(here / "a" / f"{path.parent.name}_{path.name}")
    for name in ("cat", "dog"):
        (here / "a" / name).rmdir()
    wanted = "a must hold two folders of images, one per class"
    return f"{wanted}; found 0 folders, and 20 images."


def one_class(here):
    for path in (here / "a" / "dog").iterdir():
        path.rename(here / "a" / path.name)
    (here / "a" / "dog").rmdir()
    wanted = "a must hold two folders of images, one per class"
    return f"{wanted}; found 1: cat, and 10 images beside them."


def unreadable(here):
    for name in ("3.png", "7.png"):
        (here / "a" / "dog" / name).write_bytes(b"")
    return "a/dog/3.png is no image that can be read: it is empty. 1 more cannot be read either."


REFUSED = (all_heic, third, wrapped, unsorted, flat, one_class, unreadable)


@pytest.mark.parametrize("change", REFUSED)
def test_a_folder_that_cannot_be_used_is_refused_with_what_is_there(here, capsys, change):
    said = change(here)
    assert learn(capsys) == (1, [f"nnlib: {said}"])
    assert not (here / "m.npz").exists()


# --- train and test ------------------------------------------------------------------------------


@pytest.fixture
def parts(here):
    """Folders train and test, with eight and three of each class."""
    for part, count in (("train", 8), ("test", 3)):
        fill(here / "p" / part, ("cat", "dog"), count)
    return here


@pytest.mark.parametrize(
    ("train", "test"),
    [("train", "test"), ("Training", "Testing"), ("train", "val"), ("TRAIN", "validation")],
)
def test_a_folder_with_parts_is_understood(parts, capsys, train, test):
    (parts / "p" / "train").rename(parts / "p" / train)
    (parts / "p" / "test").rename(parts / "p" / test)
    assert learn(capsys, "p") == (
        0,
        [
            f"p/{train}: read 8 cat, 8 dog; label 1 is dog",
            f"p/{test}: read 3 cat, 3 dog",
        ],
    )
    assert main(["evaluate", "m.npz", "p"]) == 0
    assert capsys.readouterr().out.startswith("6 test images: ")
    assert main(["evaluate", "m.npz", "p", "--all"]) == 0
    assert capsys.readouterr().out.startswith("22 images: ")


def test_a_third_part_is_left_out_and_said(parts, capsys):
    fill(parts / "p" / "val", ("cat", "dog"), 2)
    status, lines = learn(capsys, "p")
    assert (status, lines[2:]) == (0, ["p: left out 1: folder (val)"])


def test_parts_with_other_classes(parts, capsys):
    (parts / "p" / "test" / "dog").rename(parts / "p" / "test" / "wolf")
    said = "p/test holds cat and wolf; train has cat and dog."
    assert learn(capsys, "p") == (1, [f"nnlib: {said}"])


def test_parts_with_an_empty_class(parts, capsys):
    for path in (parts / "p" / "test" / "dog").iterdir():
        path.rename(path.with_suffix(".heic"))
    left = "left out 3: HEIC (dog/0.heic, dog/1.heic, dog/2.heic)"
    said = f"p/test/dog must hold images; found 0; {left}."
    assert learn(capsys, "p") == (1, [f"nnlib: {said}"])


def test_parts_without_folders_of_classes(here, capsys):
    for part in ("train", "test"):
        picture(here / "q" / part / "0.png", 0)
    wanted = "q/train must hold two folders of images, one per class"
    said = f"{wanted}; found 0 folders, and 1 image."
    assert learn(capsys, "q") == (1, [f"nnlib: {said}"])


def test_nothing_to_learn_from(here, capsys):
    for part in ("test", "val"):
        fill(here / "q" / part, ("cat", "dog"), 2)
    assert learn(capsys, "q") == (1, ["nnlib: q holds test, but no folder train."])


def test_train_beside_another_is_a_class(here, capsys):
    fill(here / "q", ("bus", "train"))
    read = "read 10 bus, 10 train, every fifth for the test"
    assert learn(capsys, "q") == (0, [f"q: {read}; label 1 is train"])


# --- the same picture twice ----------------------------------------------------------------------


def in_both_classes(here):
    picture(here / "a" / "cat" / "x.png", 0, 5)
    picture(here / "a" / "dog" / "y.png", 0, 5)
    return "a", ["a: the same picture is in both classes: cat/x.png and dog/y.png"]


def in_both_parts(here):
    for i in (3, 4):  # every fifth is kept: the file 4.png
        picture(here / "a" / "cat" / f"{i}.png", 0, 5)
    return "a", ["a: the same picture is in train and test: cat/3.png and cat/4.png"]


def in_another_format(here):
    in_both_classes(here)
    with Image.open(here / "a" / "dog" / "y.png") as image:
        image.save(here / "a" / "dog" / "y.bmp")
    (here / "a" / "dog" / "y.png").unlink()
    return "a", ["a: the same picture is in both classes: cat/x.png and dog/y.bmp"]


def several(here):
    for i in range(3):
        picture(here / "a" / "cat" / f"x{i}.png", 0, 50 + i)
        picture(here / "a" / "dog" / f"y{i}.png", 0, 50 + i)
    both = "a: the same picture is in both classes: cat/x0.png and dog/y0.png, and 2 more"
    return "a", [both]


def in_two_folders(here):
    for part, count in (("train", 8), ("test", 3)):
        fill(here / "p" / part, ("cat", "dog"), count)
        picture(here / "p" / part / "dog" / "z.png", 1, 9)
    return "p", ["p: the same picture is in train and test: train/dog/z.png and test/dog/z.png"]


@pytest.mark.parametrize(
    "change", [in_both_classes, in_both_parts, in_another_format, several, in_two_folders]
)
def test_the_same_picture_where_it_should_not_be_is_said(here, capsys, change):
    folder, said = change(here)
    status, lines = learn(capsys, folder)
    assert status == 0 and [line for line in lines if "same picture" in line][:1] == said


# --- names ---------------------------------------------------------------------------------------


def test_names_beyond_ascii_and_in_two_spellings(here, capsys):
    composed, apart = unicodedata.normalize("NFC", "été"), unicodedata.normalize("NFD", "été")
    fill(here / "b", (composed, "кошка 🐕"))
    fill(here / "c", (apart, "кошка 🐕"))
    assert learn(capsys, "b")[0] == 0
    assert main(["evaluate", "m.npz", "c", "--all"]) == 0
    assert "accuracy 100.0%" in capsys.readouterr().out


@pytest.mark.skipif(os.name == "nt", reason="such names cannot be there")
def test_a_name_with_a_line_break_stays_in_its_line(here, capsys):
    learn(capsys)
    picture(here / "new" / "a\nb\x1b[2J.png", 0)
    assert main(["predict", "m.npz", "new"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("new/a\\nb\\x1b[2J.png: ") and out.count("\n") == 1
