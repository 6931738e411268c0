# ruff: noqa: E501 (one row of the table, one line)
"""What a stranger may pass to the classifier or type on the command line, and what they are told.

Each row is the argument that is wrong, its value, and the whole sentence ("…" stands for what
differs from machine to machine). The error is nnlib's own, and nothing is changed.
"""

import numpy as np
import pytest
import scipy.sparse
from doors import OWN, frozen, says, trace

from nnlib import checkpoint, model, network, training
from nnlib.__main__ import main
from nnlib.classifier import NeuralNetworkClassifier
from nnlib.model_notes import ImageShape, notes_of

nan, inf = np.nan, np.inf
RNG = np.random.default_rng(0)
X = RNG.normal(size=(3, 5))
Y = np.array([[0.0, 1.0, 1.0, 0.0, 1.0]])
WORDS = ["b", "a", "a", "b", "a"]
PIXELS = RNG.integers(0, 256, (5, 4, 4, 3), np.uint8)
NET = network.initialize((3, 4, 1), rng=0)
FOUR, FIVE = network.initialize((48, 1), rng=0), network.initialize((5, 1), rng=0)
SPARSE = scipy.sparse.csr_array(np.eye(3))
MASKED = np.ma.masked_equal([[1.0, 2.0, 3.0]] * 3, 2.0)


def fit(X, y, **settings):
    """The classifier's way in."""
    return NeuralNetworkClassifier(**settings).fit(X, y)


FITTED = fit(X.T, WORDS, epochs=2)


def predict(X):
    """The classifier's way out."""
    return FITTED.predict(X)


GOOD = {fit: {"X": X.T, "y": WORDS, "epochs": 2}, predict: {"X": X.T}}

# fmt: off
TABLE = [
    (fit, "X", X.T[0], "X must have shape (m, n_x), one row per example; found shape (3,). Reshape your data with X.reshape(1, -1) if it is one example."),
    (fit, "X", SPARSE, "X is sparse; wanted a dense array: X.toarray() makes one."),
    (fit, "X", MASKED, "X is a masked array; X.filled(value) makes a plain one."),
    (fit, "X", X.T[:0], "X has 0 sample(s) and 3 feature(s) (shape=(0, 3)) while a minimum of 1 is required."),
    (fit, "X", X.T * nan, "X must be finite; found NaN or infinity."),
    (fit, "X", X.T * 1j, "X must hold real numbers; found dtype complex128: Complex data not supported."),
    (fit, "X", [["red", "green"]] * 5, "X must hold real numbers; found dtype <U5: convert it first."),
    (fit, "X", [["1", "2"]] * 5, "X must hold real numbers; found dtype <U1: convert it first."),
    (fit, "X", [[None, 1.0]] * 5, "X must be finite; found NaN or infinity."),
    (fit, "X", X.T * 1e200, "X holds numbers so large that their mean or spread overflows."),
    (fit, "y", None, "fit requires y to be passed, but the target y is None."),
    (fit, "y", ["a"] * 5, "y must hold labels of two kinds; found 1 class. Only binary classification is supported."),
    (fit, "y", ["a", "b", "c", "a", "b"], "y must hold labels of two kinds; found 3 classes. Only binary classification is supported."),
    (fit, "y", ["a", "b"], "y must have shape (5,), one label per row of X; found shape (2,)."),
    (fit, "y", [0.5, 1.5, 0.5, 0.5, 1.5], "y must hold labels of two kinds; found continuous numbers."),
    (fit, "y", np.array([None, "a", "a", None, "a"], dtype=object), "y must hold labels of one type: …."),
    (fit, "y", np.array([nan, "a", "a", nan, "a"], dtype=object), "y must hold labels; found NaN, which equals nothing."),
    (fit, "y", [0, "a", "a", 0, 0], "y must hold labels of one type: found words and others."),
    (fit, "y", [nan, 1.0, 1.0, nan, 1.0], "y must be finite; found NaN or infinity."),
    (fit, "y", [[0, 1], [1]], "y must be an array of numbers; found unequal rows."),
    (fit, "hidden_layer_sizes", (0,), "hidden_layer_sizes[0] must be at least 1; found 0."),
    (fit, "hidden_layer_sizes", "20", "hidden_layer_sizes must be a tuple of whole numbers; found str."),
    (fit, "hidden_layer_sizes", (10**12,), "W of layer 1 of shape (1000000000000, 3) would need 22,351 GiB; this machine has … GiB."),
    (fit, "activation", "swish", "activation must be one of sigmoid, tanh, relu; found 'swish'."),
    (fit, "learning_rate", -1, "learning_rate must be a finite number above 0; found -1."),
    (fit, "epochs", 0, "epochs must be at least 1; found 0."),
    (fit, "batch_size", 0, "batch_size must be at least 1; found 0."),
    (fit, "scaling", "robust", "scaling must be 'standard', 'mean' or None; found 'robust'."),
    (fit, "random_state", "lucky", "random_state must be a seed, 0 or larger, or a numpy.random.Generator; found 'lucky'."),
    (predict, "X", X.T[0], "X must have shape (m, n_x), one row per example; found shape (3,). Reshape your data with X.reshape(1, -1) if it is one example."),
    (predict, "X", X.T[:, :2], "X has 2 features, but NeuralNetworkClassifier is expecting 3 features as input."),
    (predict, "X", X.T.astype(str), "X must hold real numbers; found dtype <U32: convert it first."),
    (predict, "X", np.full((5, 3), inf), "X must be finite; found NaN or infinity."),
]

COMMANDS = [
    ("train nowhere", "nowhere cannot be opened: No such file or directory."),
    ("train text.npz", "text.npz is not an npz file."),
    ("train small.npz", "small.npz is no npz file with X_train, y_train, X_test, y_test: X_train is missing."),
    ("train twos.npz", "twos.npz: photographs.train_labels must hold only 0 and 1; found 2."),
    ("train words.npz", "words.npz: photographs.train_images must hold numbers; found dtype <U1."),
    ("train one", "one must hold two folders of images, one per class; found 1: class."),
    ("train few", "few/a must hold 5 images or more; found 0."),
    ("train --size 5", "size must be 16 or 32; found 5."),
    ("train --size 0", "--size must be at least 1; found 0."),
    ("train --epochs -1", "epochs must be at least 0; found -1."),
    ("train --learning-rate nan", "learning_rate must be a finite number above 0; found nan."),
    ("train --learning-rate 1e9 --quiet", "learning_rate 1e+09 is too large: numbers overflow in epoch …; try 0.95."),
    ("train --batch-size 0", "batch_size must be at least 1; found 0."),
    ("train --hidden -2", "--hidden must be at least 1; found -2."),
    ("train --hidden 1000000000000", "W of layer 1 of shape (1000000000000, 768) would need 5,722,045 GiB; this machine has … GiB."),
    ("train --seed -3", "--seed must be at least 0; found -3."),
    ("train --out nowhere/model.npz", "--out nowhere/model.npz is no file in a folder that exists."),
    ("train --plot nowhere/curve.png", "--plot nowhere/curve.png is no file in a folder that exists."),
    ("train --plot curve.mp3", "--plot curve.mp3 must end with one of …."),
    ("train --checkpoint run.npz --every 0", "every must be at least 1; found 0."),
    ("train --checkpoint small.npz --resume", "small.npz holds a model; wanted a checkpoint."),
    ("evaluate small.npz", "the model takes images of 4 × 4 pixels; say which images to look at: an npz, or a folder with two folders."),
    ("evaluate wide.npz", "wide.npz takes 5 numbers; images of 1 × 2 pixels in colours do not have so many."),
    ("evaluate silent.npz", "silent.npz does not say which images its 48 numbers are; say it, as in --size 4."),
    ("evaluate silent.npz --size 0", "--size must be at least 1; found 0."),
    ("evaluate small.npz --size 8", "--size is 8 × 8; small.npz takes images of 4 × 4 pixels in colours."),
    ("evaluate silent.npz --size 8", "silent.npz takes 48 numbers; images of 8 × 8 pixels in grey do not have so many."),
    ("predict small.npz few/a", "few/a holds no images."),
    ("evaluate none.npz", "none.npz cannot be opened: No such file or directory."),
    ("evaluate run.npz", "run.npz holds a checkpoint; wanted a model."),
    ("evaluate model.npz photos.npz", "photos.npz: the images are 4 × 4 pixels in colours; the model takes 1 × 1 pixels in colours."),
    ("evaluate model.npz one", "one must hold two folders of images, one per class; found 1: class."),
    ("predict model.npz none.png", "none.png is no image that can be read: No such file or directory."),
    ("predict model.npz text.npz", "text.npz is no image that can be read: its content is of no known kind."),
    ("predict text.npz none.png", "text.npz is not an npz file."),
]
# fmt: on


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with models, a checkpoint, photographs, and files that are none of these."""
    here = tmp_path_factory.mktemp("table")
    for name, net, sides in (
        ("model", NET, (1, 1)),
        ("small", FOUR, (4, 4)),
        ("wide", FIVE, (1, 2)),
    ):
        notes = notes_of(ImageShape(*sides, 3), ["0", "1"])
        model.save(here / f"{name}.npz", model.Model(net, notes=notes))
    model.save(here / "silent.npz", model.Model(FOUR))
    keep = checkpoint.saver(here / "run.npz", 1)
    training.train(NET, X, Y, 0.1, 2, 2, after_epoch=keep)
    (here / "text.npz").write_text("no numbers")
    np.savez(here / "photos.npz", X_train=PIXELS, y_train=Y[0], X_test=PIXELS, y_test=Y[0])
    np.savez(here / "twos.npz", X_train=PIXELS, y_train=Y[0] + 1, X_test=PIXELS, y_test=Y[0])
    np.savez(here / "words.npz", X_train=["a"], y_train=Y[0], X_test=PIXELS, y_test=Y[0])
    (here / "one" / "class").mkdir(parents=True)
    (here / "few" / "a").mkdir(parents=True)
    (here / "few" / "b").mkdir()
    return here


def name_of(row):
    """A name for a row: which of the function's rows it is."""
    return f"{row[0].__name__}-{row[1]}"


@pytest.mark.parametrize("row", TABLE, ids=name_of)
def test_a_bad_argument_gets_its_sentence_and_nothing_is_changed(row):
    function, argument, value, sentence = row
    given = frozen({**GOOD[function], argument: value})
    before = trace(given)
    with pytest.raises(OWN) as caught:
        function(**given)
    assert says(sentence, caught.value), str(caught.value)
    assert trace(given) == before


@pytest.mark.parametrize("function", GOOD, ids=lambda function: function.__name__)
def test_the_other_arguments_are_right(function):
    """Else a row could be refused for another reason than the one it stands for."""
    function(**GOOD[function])


@pytest.mark.parametrize(("command", "sentence"), COMMANDS, ids=lambda part: str(part)[:50])
def test_a_bad_command_gets_its_sentence_and_status_1(
    folder, monkeypatch, capsys, command, sentence
):
    monkeypatch.chdir(folder)
    before = sorted(folder.rglob("*"))
    assert main(command.split()) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert says(f"nnlib: {sentence}\n", printed.err), printed.err
    assert sorted(folder.rglob("*")) == before


def test_a_run_on_other_images_is_refused_after_what_was_read_is_said(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    before = sorted(folder.rglob("*"))
    assert main("train photos.npz --checkpoint run.npz --resume --epochs 5".split()) == 1
    *read, refused = capsys.readouterr().err.splitlines()
    assert read == [
        "photos.npz: read 5 train, 5 test",
        "photos.npz: the same picture is in train and test: X_train[0] and X_test[0], and 4 more",
    ]
    assert refused.startswith("nnlib: X must have shape (n_x, m) with n_x = 3, as in checkpoint.")
    assert sorted(folder.rglob("*")) == before
