"""What a stranger may pass, and the sentence that they get: derived from the kinds.

Each row is a function, the argument that is wrong, its value, and the whole sentence ("…" stands
for what differs from machine to machine). All other arguments are right. A row looks at three
things: the error is one of nnlib's own, the sentence is this one, and nothing was changed.

`doors.ROWS` are made from the kinds' own wrong examples, `doors.MISFITS` from the axes that two
arguments share. What no kind can know stands below: overflows, functions of the caller, files.
"""

import os
import warnings
from collections import Counter

import numpy as np
import pytest
import scipy.sparse
from doors import (
    ARROWS,
    DOORED,
    KINDS,
    MISFITS,
    ROWS,
    Row,
    failures,
    frozen,
    prepare_folder,
    right_arguments,
    rules_in,
    run_on_good_data,
)

from nnlib import network, rule
from nnlib.network import Gradient
from nnlib.photographs import Photographs

nan = np.nan
RNG = np.random.default_rng(0)
X = RNG.normal(size=(3, 5))
ONE = X[:, :1]
Y = np.array([[0.0, 1.0, 1.0, 0.0, 1.0]])
PIXELS = RNG.integers(0, 256, (5, 4, 4, 3), np.uint8)
PHOTOS = Photographs(PIXELS, Y[0], PIXELS[:2], Y[0, :2])
NET = network.initialize((3, 4, 1), rng=0)
FIRST, LAST = NET
CACHE = network.forward(NET, X)
SLOPES = network.backward(NET, CACHE, Y)
RUN = run_on_good_data()
SPARSE = scipy.sparse.csr_array(np.eye(3))

# fmt: off
MORE = [
    Row("activations.relu", "z", SPARSE, "z is sparse; wanted a dense array: z.toarray() makes one."),
    Row("activations.relu", "z", np.zeros((0, 5)), "z must not be empty; found shape (0, 5)."),
    Row("losses.loss", "a", Y[0], "a and y must have the same shape; found (5,) and (3, 5)."),
    Row("losses.loss_from_z", "z", Y.T, "z and y must have the same shape; found (5, 1) and (3, 5)."),
    Row("losses.cost_from_z", "Z", np.full((1, 5), 1.7e308), "The numbers in Z are so large that the result overflows."),
    Row("losses.accuracy", "predictions", Y * 0.7, "predictions must hold only the labels 0 and 1; found 0.7."),
    Row("losses.accuracy", "predictions", Y[:, :3], "Y must have shape (1, m) with m = 3, as in predictions, one label per example; found shape (1, 5)."),
    Row("logistic.forward_one", "w", np.full((3, 1), 1.7e308), "The numbers in w are so large that the result overflows.", {"x": ONE * 9}),
    Row("logistic.gradients_one", "y", [[0, 1], [1]], "y must be an array of numbers; found unequal rows."),
    Row("logistic.step", "dw", np.full((3, 1), 1.7e308), "The numbers in dw are so large that the result overflows.", {"learning_rate": 2}),
    Row("logistic.train", "X", X * 1e160, "learning_rate 0.1 is too large: numbers overflow in step 2; try 0.01."),
    Row("logistic.forward", "X", np.full((3, 5), 1.7e308), "The numbers in X are so large that the result overflows.", {"w": ONE * 99}),
    Row("logistic.forward", "b", X, "b must be one number; found shape (3, 5)."),
    Row("logistic.gradients", "X", np.full((3, 5), 1.7e308), "The numbers in X are so large that the result overflows."),
    Row("logistic.train", "X", X.T, "Y must have shape (1, m) with m = 3, as in X, one label per example; found shape (1, 5)."),
    Row("learning_rate.safe_learning_rate", "X", X * 1e200, "The numbers in X are so large that the result overflows."),
    Row("gradient_check.numerical_gradient", "f", lambda P: P, "the result of f must be one number; found shape (3, 5)."),
    Row("gradient_check.numerical_gradient", "f", lambda P: nan, "the result of f must be finite; found NaN or infinity."),
    Row("gradient_check.relative_difference", "H", X.T, "G and H must have the same shape; found (3, 5) and (5, 3)."),
    Row("network.layer_z", "A_prev", np.full((3, 5), 1.7e308), "The numbers in A_prev are so large that the result overflows."),
    Row("network.forward", "layers", [FIRST.W, LAST.W], "layers[0] must be a Layer; found ndarray."),
    Row("network.forward", "layers", [FIRST._replace(b=LAST.b), LAST], "layers[0].b must have shape (n_l, 1) with n_l = 4, as in layers[0].W, one bias per unit; found shape (1, 1)."),
    Row("network.forward", "layers", [FIRST._replace(W=FIRST.W * nan), LAST], "layers[0].W must be finite; found NaN or infinity."),
    Row("network.forward", "layers", [FIRST._replace(activation="gelu"), LAST], "layers[0].activation must be one of sigmoid, tanh, relu; found 'gelu'."),
    Row("network.forward", "layers", [FIRST._replace(activation=np.array(["relu"])), LAST], "layers[0].activation must be one of sigmoid, tanh, relu; found ndarray."),
    Row("network.forward", "layers", [FIRST._replace(W=np.full((4, 3), 1.7e308)), LAST], "The numbers in layers are so large that the result overflows."),
    Row("network.initialize", "sizes", (10**30, 1), "sizes[0] must be a whole number of at most 64 bits; found a larger one."),
    Row("network.initialize", "scale", 1e308, "scale 1e+308 is too small or too large for weights in float64."),
    Row("network.backward", "cache", None, "cache must be a Cache; found NoneType."),
    Row("network.backward", "cache", CACHE.A, "cache must be a Cache; found list."),
    Row("network.update", "gradients", [Gradient(np.full((4, 3), 1.7e308), SLOPES[0].db), SLOPES[1]], "The numbers in gradients are so large that the result overflows.", {"learning_rate": 2}),
    Row("training.batches", "m", 10**15, "the order of the examples, of shape (1000000000000000,) would need 7,450,580 GiB; this machine has … GiB."),
    Row("training.batches", "batch_size", 6, "batch_size must be at most 5, all examples; found 6.", {"m": 5}),
    Row("training.train", "X", X[:, :4], "Y must have shape (1, m) with m = 4, as in X, one label per example; found shape (1, 5)."),
    Row("training.train", "learning_rate", 1e300, "learning_rate 1e+300 is too large: numbers overflow in epoch 2; try 3.6."),
    Row("training.train", "batch_size", 6, "batch_size must be at most 5, all examples; found 6."),
    Row("training.train", "test", X, "test must be a pair, array of shape (n_x, m) and array of shape (1, m); found ndarray."),
    Row("training.train", "test", (X, Y[:, :2]), "test[1] must have shape (1, m) with m = 5, as in test[0], one label per example; found shape (1, 2)."),
    Row("training.resume", "checkpoint", NET, "checkpoint must be a Checkpoint; found list."),
    Row("training.resume", "checkpoint", RUN._replace(history=None), "checkpoint.history must be a History; found NoneType."),
    Row("photographs.load_trees", "folder", "nowhere", "nowhere/trees_32.npz is missing: SHA-256 expected …, found no file. To restore it, type `git checkout -- data/trees_32.npz` in your clone of the course, or install nnlib again."),
    Row("photographs.load_features", "folder", "nowhere", "nowhere/trees_2d.csv is missing: SHA-256 expected …, found no file. To restore it, type `git checkout -- data/trees_2d.csv` in your clone of the course, or install nnlib again."),
    Row("images.prepare", "photographs", PIXELS, "photographs must be a Photographs; found ndarray."),
    Row("images.prepare", "photographs", PHOTOS._replace(train_labels=Y[0, 1:]), "photographs.train_labels must hold one label for each image, m = 5, as in photographs.train_images; found 4."),
    Row("images.prepare", "photographs", PHOTOS._replace(test_images=PIXELS[:2, :2]), "photographs.test_images must have height = 4, as in photographs.train_images; found shape (2, 2, 4, 3)."),
    Row("plots.cost_contours", "cost", lambda w, b: 1.0, "cost cannot be drawn as a map; found 1 to 1 on the grid."),
    Row("plots.cost_contours", "cost", lambda w, b: nan, "the result of cost must be finite; found NaN or infinity."),
    Row("training.train", "layers", RUN, "layers must be a list of Layer; found Checkpoint."),
    Row("training.resume", "X", X[:2], "X must have shape (n_x, m) with n_x = 3, as in checkpoint.layers, one column per example; found shape (2, 5)."),
    Row("training.resume", "X", X + 1e-9, "X and Y must be those that the checkpoint's run was begun with."),
    Row("training.resume", "epochs", 0, "epochs must be at least 1, done already; found 0."),
]
# fmt: on


@pytest.fixture(scope="module", autouse=True)
def folder(tmp_path_factory):
    """A folder with the files that functions look for; what is written lands there."""
    here, back = prepare_folder(tmp_path_factory.mktemp("table")), os.getcwd()
    os.chdir(here)
    yield here
    os.chdir(back)


@pytest.mark.parametrize("name", DOORED)
def test_right_arguments_are_taken(folder, name):
    """Else a row could be refused for another reason than the one it stands for."""
    if name == "exchange.to_torch":
        pytest.importorskip("torch")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        DOORED[name](**frozen(right_arguments(name)))
    for made in folder.glob("new.npz"):
        made.unlink()


@pytest.mark.parametrize("name", DOORED)
def test_a_wrong_argument_gets_its_sentence_and_nothing_is_changed(folder, name):
    before = sorted(folder.rglob("*"))
    assert not [*failures(row for row in ROWS if row.name == name)]
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("row", MISFITS, ids=lambda row: f"{row.name}-{row.argument}")
def test_two_arguments_that_do_not_fit_each_other(row):
    assert not [*failures([row])]


@pytest.mark.parametrize("row", MORE, ids=lambda row: f"{row.name}-{row.argument}")
def test_what_no_kind_can_know(folder, row):
    before = sorted(folder.rglob("*"))
    assert not [*failures([row])]
    assert sorted(folder.rglob("*")) == before


# --- the tables see what is missing ---------------------------------------------------------------

ALL = [*ROWS, *MISFITS, *MORE]
RULES = set().union(
    *(rules_in(kind) for kinds in [*KINDS.values(), ARROWS] for kind in kinds.values())
)
RULES = {kind for kind in RULES if "take" in vars(kind)}


def concern(kind):
    """The rows that a rule has a say in; none that would take the memory of the whole machine."""
    for row in [*ROWS, *MISFITS]:
        if (
            kind in rules_in(KINDS[row.name][row.argument])
            and getattr(row.value, "size", 0) < 10**6
        ):
            yield row
    for row in MORE:  # about several arguments, or about the result
        if any(kind in rules_in(one) for one in [*KINDS[row.name].values(), ARROWS[row.name]]):
            yield row


@pytest.mark.parametrize("kind", sorted(RULES, key=lambda kind: kind.__name__))
def test_a_rule_that_is_left_out_is_seen(folder, monkeypatch, kind):
    monkeypatch.setattr(kind, "take", lambda self, value, name, call: value)
    assert next(failures(concern(kind)), None)


def test_the_table_is_large_and_covers_every_function():
    rows = Counter(row.name for row in ALL)
    takes_nothing = {name for name in KINDS if not any(kind.held for kind in KINDS[name].values())}
    assert len(ALL) >= 1000
    assert set(rows) | takes_nothing == set(DOORED)


def test_a_system_that_does_not_say_how_much_memory_it_has(monkeypatch):
    def refuse(_):
        raise ValueError("unrecognized configuration name")

    monkeypatch.setattr(os, "sysconf", refuse, raising=False)
    assert rule.memory.__wrapped__() == 16 * 2**30
