"""The exercises: which functions a reader writes, in which chapter, and on which inputs each is
tried.

Inputs are chosen so that a wrong version cannot pass by luck: all sizes differ in one set and all
widths are equal in another, no bias is zero, signs are mixed, both labels occur, and what a forward
pass keeps is what the network computed.
"""

import importlib
import inspect
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np


class Case(NamedTuple):
    """One set of arguments, and what is special about it."""

    about: str
    args: tuple


class Exercise(NamedTuple):
    """A function to write.

    name : "module.function" in nnlib; the reference is the package's own function.
    chapter : the chapter in whose workbook it stands.
    equation : such as "(25)"; empty where none has a number.
    cases : function that builds the list of Case, the smallest first.
    parts : names of the entries of a returned tuple; an empty one leaves the names to what it
        holds.
    view : function (args, value) -> value to compare, for results that are right in many ways (a
        random start).
    rtol : relative tolerance, where the default does not fit.
    blank : how the workbook asks for it: "body" (all of it), "order" (lines to put in order), "bug"
        (a wrong version to mend),
        or a tuple that names the lines that are missing: by the number of an equation, or by how
        they begin.
    bug : for blank "bug": (right, wrong), a piece of the reference's source and what stands there
        instead.
    after : name of the function after whose cell the check stands, where the checked one needs it.
    """

    name: str
    chapter: str
    equation: str
    cases: Callable
    parts: tuple = ()
    view: Callable | None = None
    rtol: float | None = None
    blank: object = "body"
    bug: tuple | None = None
    after: str | None = None

    @property
    def function_name(self):
        return self.name.split(".")[1]

    @property
    def reference(self):
        module, function = self.name.split(".")
        return getattr(importlib.import_module(f"nnlib.{module}"), function)

    @property
    def parameters(self):
        return tuple(inspect.signature(self.reference).parameters)


# --- inputs


def _rng(seed):
    return np.random.default_rng(seed)


def _labels(m):
    """Both labels, not symmetric: 1 0 0 1 1 0 1 …"""
    return np.resize([1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0], m).reshape(1, m)


def _unit(n, m, seed):
    """Parameters of one unit, examples and labels: w, b, X, Y."""
    rng = _rng(seed)
    return rng.normal(size=(n, 1)), 0.7, rng.normal(size=(n, m)), _labels(m)


def _layers(sizes, seed, hidden="relu"):
    from nnlib.network import Layer

    rng = _rng(seed)
    L = len(sizes) - 1
    names = [hidden] * (L - 1) if isinstance(hidden, str) else list(hidden)
    return [
        Layer(
            rng.normal(size=(sizes[k + 1], sizes[k])) * 0.8,
            rng.normal(size=(sizes[k + 1], 1)) * 0.5,
            name,
        )
        for k, name in enumerate([*names, "sigmoid"])
    ]


def _network(sizes, m, seed, hidden="relu"):
    """Layers, examples and labels."""
    return _layers(sizes, seed, hidden), _rng(seed + 100).normal(size=(sizes[0], m)), _labels(m)


@cache
def _networks():
    """(about, layers, X, Y): the smallest first, then all sizes different, then equal widths."""
    return [
        ("a 2-2-1 network, 3 examples", *_network((2, 2, 1), 3, 1, "tanh")),
        ("a 5-4-3-1 network, 7 examples", *_network((5, 4, 3, 1), 7, 2, ("relu", "tanh"))),
        ("a 4-4-4-1 network, 7 examples", *_network((4, 4, 4, 1), 7, 3, ("tanh", "relu"))),
        (
            "a 4-3-2-1 network, sigmoid units",
            *_network((4, 3, 2, 1), 5, 4, "sigmoid"),
        ),
    ]


def _units():
    """(about, w, b, X, Y)"""
    return [
        ("2 features, 3 examples", *_unit(2, 3, 1)),
        ("5 features, 7 examples", *_unit(5, 7, 2)),
        (
            "4 features, 6 examples, another b",
            *(lambda w, b, X, Y: (w, -1.3, X, Y))(*_unit(4, 6, 3)),
        ),
    ]


def _unit_cases(*names):
    """Cases from the units, with the named arguments in order."""

    def cases():
        result = []
        for about, w, b, X, Y in _units():
            known = {"w": w, "b": b, "X": X, "Y": Y}
            result.append(Case(about, tuple(known[name] for name in names)))
        return result

    return cases


def _one_example_cases(*names):
    def cases():
        result = []
        for about, w, b, X, Y in _units():
            for i in (0, 1):
                known = {"w": w, "b": b, "x": X[:, i : i + 1], "y": float(Y[0, i])}
                result.append(
                    Case(
                        f"{about.split(',')[0]}, one example with y = {Y[0, i]:.0f}",
                        tuple(known[name] for name in names),
                    )
                )
        return result

    return cases


def _image_cases():
    """Small pictures of three sizes; none is square and no two numbers of pixels agree."""
    rng = _rng(0)
    shapes = [(2, 1, 2, 3), (3, 2, 4, 3), (5, 4, 4, 3)]
    return [
        Case(
            f"{s[0]} images of {s[1]} x {s[2]} pixels",
            (rng.integers(0, 256, size=s, dtype=np.uint8),),
        )
        for s in shapes
    ]


def _scale_cases():
    rng = _rng(0)
    return [
        Case("pixels 0, 51 and 255", (np.array([[0, 51, 255]], dtype=np.uint8),)),
        Case("12 features, 5 dark images", (rng.integers(7, 180, size=(12, 5), dtype=np.uint8),)),
    ]


def _z_cases():
    rng = _rng(0)
    return [
        Case("z = 0", (np.array([[0.0]]),)),
        Case("z from -2 to 2", (np.array([[-2.0, -0.5, 0.0, 1.0, 2.0]]),)),
        Case("a 4 x 7 array of z", (2 * rng.normal(size=(4, 7)),)),
        Case("z = 1000 and z = -1000", (np.array([[-1000.0, 1000.0]]),)),
    ]


def _activation_value_cases(function):
    """A really is g(Z) for the activation g: signs mixed, units that are off included."""

    def cases():
        rng = _rng(5)
        Z = np.concatenate([rng.normal(size=(4, 6)), [[-1.5, -0.1, 0.3, 2.0, -3.0, 0.8]]])
        return [
            Case("one row of A", (function(Z[4:5]),)),
            Case("a 5 x 6 array of A", (function(Z),)),
            Case("a 4 x 4 array of A", (function(Z[:4, :4]),)),
        ]

    return cases


def _probability_cases():
    rng = _rng(0)
    A = rng.uniform(0.05, 0.95, size=(1, 7))
    return [
        Case("one example with y = 1", (np.array([[0.8]]), np.array([[1.0]]))),
        Case("one example with y = 0", (np.array([[0.8]]), np.array([[0.0]]))),
        Case("7 examples", (A, _labels(7))),
        Case("7 examples, all labels 1", (A, np.ones((1, 7)))),
        Case("4 examples, all labels 0", (A[:, :4], np.zeros((1, 4)))),
    ]


def _loss_cases():
    """Those of the cost, and a probability that has been rounded to 1."""
    exact = (np.array([[1.0, 0.25]]), np.array([[1.0, 0.0]]))
    return [*_probability_cases(), Case("a right answer that is exactly 1", exact)]


def _logit_cases():
    rng = _rng(0)
    Z = 2 * rng.normal(size=(1, 7))
    return [
        Case("one example with y = 1", (np.array([[1.5]]), np.array([[1.0]]))),
        Case("one example with y = 0", (np.array([[1.5]]), np.array([[0.0]]))),
        Case("7 examples", (Z, _labels(7))),
        Case("4 examples, all labels 0", (Z[:, :4], np.zeros((1, 4)))),
        Case(
            "z = 1000 and z = -1000",
            (np.array([[1000.0, -1000.0, 1000.0]]), np.array([[1.0, 0.0, 0.0]])),
        ),
    ]


def _accuracy_cases():
    return [
        Case("3 of 4 right", (np.array([[1, 0, 1, 0]]), np.array([[1.0, 0.0, 1.0, 1.0]]))),
        Case("4 of 7 right", (np.array([[1, 1, 1, 0, 1, 0, 0]]), _labels(7))),
        Case("every prediction 0", (np.zeros((1, 7), int), _labels(7))),
    ]


def _step_cases():
    rng = _rng(0)
    w, dw = rng.normal(size=(2, 3, 1))
    return [
        Case("3 weights, learning rate 0.1", (w, 0.5, dw, -0.3, 0.1)),
        Case("3 weights, learning rate 0.2", (w, 0.5, dw, -0.3, 0.2)),
    ]


def _logistic_train_cases():
    result = []
    for (about, _, _, X, Y), (rate, steps) in zip(
        _units(), [(0.5, 1), (0.3, 4), (0.8, 3)], strict=True
    ):
        result.append(Case(f"{about}, {steps} steps at {rate}", (X, Y, rate, steps)))
    return result


def _predict_cases():
    result = []
    for about, w, b, _, _ in _units():
        X = _rng(9).normal(size=(w.shape[0], 12))
        about = f"{w.shape[0]} features, 12 examples"
        result.append(Case(about, (w, b, X)))
        result.append(Case(f"{about}, threshold 0.8", (w, b, X, 0.8)))
    return result


def _rate_cases():
    return [Case(about, (X,)) for about, _, _, X, _ in _units()] + [
        Case("more features than examples", (_rng(8).normal(size=(9, 4)),))
    ]


def _layer_z_cases():
    result = []
    for n_out, n_in, m in [(2, 3, 1), (4, 3, 7), (4, 4, 4)]:
        rng = _rng(n_out + n_in + m)
        result.append(
            Case(
                f"{n_out} units, {n_in} inputs, {m} example{'s' if m > 1 else ''}",
                (
                    rng.normal(size=(n_out, n_in)),
                    rng.normal(size=(n_out, 1)),
                    rng.normal(size=(n_in, m)),
                ),
            )
        )
    return result


def _initialize_cases():
    return [
        Case("sizes (120, 100, 80, 1), relu", ((120, 100, 80, 1), "relu", 0)),
        Case("sizes (90, 90, 90, 1), tanh", ((90, 90, 90, 1), "tanh", 1)),
        Case("sizes (30, 1200, 1), relu, scale 0.05", ((30, 1200, 1), "relu", 2, 0.05)),
    ]


class Start(NamedTuple):
    """What can be compared in two random starts of a layer: everything but the numbers drawn."""

    is_a_layer: bool
    W_shape: object
    b_shape: object
    b_size: float
    spread: float  # of W, times the root of the number of inputs
    centred: bool
    rows_differ: bool
    gaussian: bool
    activation: str


def _starts(args, layers):
    """What must be true of any right start, layer by layer."""
    from nnlib.network import Layer

    sizes, starts = args[0], []
    for fan_in, layer in zip(sizes, layers, strict=False):
        W, b, activation = layer
        W, b = np.asarray(W, dtype=float), np.asarray(b, dtype=float)
        large = W.size >= 1000  # only then do the numbers say well how they were drawn
        spread = float(W.std() * np.sqrt(fan_in))
        if not large and abs(spread - 1) < 0.3:  # the output unit: as near to 1 as chance allows
            spread = 1.0
        starts.append(
            Start(
                getattr(layer, "_fields", None) == Layer._fields,
                np.array(W.shape),
                np.array(b.shape),
                b_size=float(np.abs(b).max()),
                spread=spread,
                centred=bool(abs(W.mean()) <= 0.2 * W.std()) or not large,
                rows_differ=len({row.tobytes() for row in W}) == len(W),
                gaussian=bool(np.abs(W).max() > 2.5 * W.std()) or not large,
                activation=activation,
            )
        )
    return starts


def _forward_cases():
    return [Case(about, (layers, X)) for about, layers, X, _ in _networks()]


def _backward_cases():
    from nnlib.network import forward

    cases = [Case(about, (layers, forward(layers, X).A, Y)) for about, layers, X, Y in _networks()]
    layers, X = _layers((2, 1), 6), np.array([[1.0, 0.5], [0.2, -0.3]])
    layers[0] = layers[0]._replace(b=np.array([[60.0]]))
    return [
        *cases,
        Case(
            "a sure and right answer: A is exactly 1",
            (layers, forward(layers, X).A, np.array([[1.0, 1.0]])),
        ),
    ]


def _update_cases():
    from nnlib.network import backward, forward

    return [
        Case(
            f"{about}, learning rate {rate}",
            (layers, backward(layers, forward(layers, X), Y), rate),
        )
        for (about, layers, X, Y), rate in zip(_networks(), (0.1, 0.2, 0.5, 0.1), strict=True)
    ]


def _epoch_cases():
    """Full batches and mini-batches; the last piece is shorter than the others."""
    small, large, square, _ = _networks()
    order = np.array([4, 0, 6, 2, 5, 1, 3])
    return [
        Case(f"{small[0]}, all at once", (*small[1:], [slice(None)], 0.1)),
        Case(f"{large[0]}, in pieces of 3, 3 and 1", (*large[1:], np.split(order, [3, 6]), 0.5)),
        Case(f"{square[0]}, in pieces of 5 and 2", (*square[1:], np.split(order, [5]), 0.2)),
    ]


def _squares(P):
    """A number that depends on every entry of P, and on each in another way."""
    return float(np.sum((1 + np.arange(P.size)) * P.ravel() ** 2) + P.ravel()[0] * P.ravel()[-1])


def _cubes(P):
    return float(np.sum(P**3) + np.prod(P))


def _central_cases():
    rng = _rng(11)
    return [
        Case("the square of one number", (_squares, np.array([[1.5]]))),
        Case("a function of a 2 x 1 array", (_squares, np.array([[0.3], [-0.8]]))),
        Case("another one, of a 2 x 3 array", (_cubes, rng.normal(size=(2, 3)))),
        Case("the same with steps of 0.01", (_cubes, rng.normal(size=(2, 3)), 0.01)),
    ]


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


# --- the table, in the order of the chapters: worked in the text, then one line missing or one line
# wrong, then lines to put in order, then the whole

EXERCISES = [
    Exercise("images.flatten", "01", "", _image_cases),
    Exercise(
        "images.scale",
        "01",
        "",
        _scale_cases,
        blank="bug",
        bug=("X / 255", "X // 255"),
    ),
    Exercise("activations.sigmoid", "01", "(3)", _z_cases),
    Exercise("logistic.forward_one", "01", "(1), (2)", _one_example_cases("w", "b", "x")),
    Exercise("losses.cost", "02", "(7)", _probability_cases),
    Exercise("losses.loss", "02", "(4)", _loss_cases, blank=(4,)),
    Exercise("losses.cost_from_z", "02", "(7)", _logit_cases),
    Exercise(
        "losses.accuracy",
        "02",
        "",
        _accuracy_cases,
        blank="bug",
        bug=("predictions == Y", "predictions.T == Y"),
    ),
    Exercise(
        "logistic.step",
        "03",
        "(8), (9)",
        _step_cases,
        ("w", "b"),
        blank="bug",
        bug=("w - alpha * dw", "w + alpha * dw"),
    ),
    Exercise(
        "logistic.gradients_one",
        "03",
        "(12) to (15)",
        _one_example_cases("w", "b", "x", "y"),
        ("dw", "db"),
        blank=(12, 13),
    ),
    Exercise("gradient_check.numerical_gradient", "03", "", _central_cases, blank="order"),
    Exercise(
        "logistic.gradients_loop",
        "03",
        "(13) to (15)",
        _unit_cases("w", "b", "X", "Y"),
        ("dw", "db"),
    ),
    Exercise("logistic.forward", "04", "(19), (21)", _unit_cases("w", "b", "X"), blank=(19, 21)),
    Exercise(
        "logistic.gradients", "04", "(23) to (25)", _unit_cases("w", "b", "X", "Y"), ("dw", "db")
    ),
    Exercise("logistic.train", "04", "(26)", _logistic_train_cases, blank="order"),
    Exercise("logistic.safe_learning_rate", "04", "", _rate_cases),
    Exercise("logistic.predict", "04", "", _predict_cases),
    Exercise("network.layer_z", "05", "(27)", _layer_z_cases, blank=(27,)),
    Exercise("activations.sigmoid_derivative", "06", "", _activation_value_cases(_sigmoid)),
    Exercise("activations.tanh", "06", "(28)", _z_cases),
    Exercise("activations.tanh_derivative", "06", "", _activation_value_cases(np.tanh)),
    Exercise("activations.relu", "06", "(29)", _z_cases),
    Exercise(
        "activations.relu_derivative",
        "06",
        "",
        _activation_value_cases(lambda Z: np.maximum(0, Z)),
        blank="bug",
        bug=("A > 0", "A >= 0"),
    ),
    Exercise("network._forward", "07", "(32)", _forward_cases, blank=(32,)),
    Exercise(
        "network.initialize",
        "07",
        "",
        _initialize_cases,
        view=_starts,
        rtol=0.05,
        blank=("spread =", "W ="),
        after="_check_hidden",
    ),
    Exercise("network._backward", "08", "(34)", _backward_cases, ("", "dZ[1]")),
    Exercise("network._update", "08", "(35), (36)", _update_cases),
    Exercise("training._epoch", "08", "", _epoch_cases, ("", "cost", "share"), blank="order"),
]
