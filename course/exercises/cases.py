"""The inputs on which the functions of one unit are tried, the smallest first."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from course.exercises.exercise import Case
from course.exercises.inputs import labels, random, units
from nnlib.kinds import Array

# --- images


def image_cases() -> list[Case]:
    """Small pictures of three sizes; none is square and no two numbers of pixels agree."""
    rng = random(0)
    shapes = [(2, 1, 2, 3), (3, 2, 4, 3), (5, 4, 4, 3)]
    return [
        Case(
            f"{s[0]} images of {s[1]} x {s[2]} pixels",
            (rng.integers(0, 256, size=s, dtype=np.uint8),),
        )
        for s in shapes
    ]


def scale_cases() -> list[Case]:
    """Both ends of the scale, and images without them."""
    rng = random(0)
    return [
        Case("pixels 0, 51 and 255", (np.array([[0, 51, 255]], dtype=np.uint8),)),
        Case("12 features, 5 dark images", (rng.integers(7, 180, size=(12, 5), dtype=np.uint8),)),
    ]


# --- activations and losses


def z_cases() -> list[Case]:
    """z of both signs, and so large that e^z overflows."""
    rng = random(0)
    return [
        Case("z = 0", (np.array([[0.0]]),)),
        Case("z from -2 to 2", (np.array([[-2.0, -0.5, 0.0, 1.0, 2.0]]),)),
        Case("a 4 x 7 array of z", (2 * rng.normal(size=(4, 7)),)),
        Case("z = 1000", (np.array([[1000.0]]),)),
        Case("z = -1000", (np.array([[-1000.0]]),)),
    ]


def sigmoid_cases() -> list[Case]:
    """Those, and a z that is cut off by whoever cuts too early; exp is no trouble there."""
    return [*z_cases(), Case("z = -22", (np.array([[-22.0]]),))]


def value_cases(function: Callable[[Array], Array]) -> Callable[[], list[Case]]:
    """A really is g(Z) for the activation g: signs mixed, units that are off included."""

    def cases() -> list[Case]:
        Z = np.concatenate([random(5).normal(size=(4, 6)), [[-1.5, -0.1, 0.3, 2.0, -3.0, 0.8]]])
        return [
            Case("one row of A", (function(Z[4:5]),)),
            Case("a 5 x 6 array of A", (function(Z),)),
            Case("a 4 x 4 array of A", (function(Z[:4, :4]),)),
        ]

    return cases


def relu_value_cases() -> list[Case]:
    """Those of ReLU, and a unit that is off for every example."""
    off = Case("one row of A, all 0", (np.zeros((1, 3)),))
    return [*value_cases(lambda Z: np.maximum(0, Z))(), off]


def probability_cases() -> list[Case]:
    """Each label alone, and both together."""
    A = random(0).uniform(0.05, 0.95, size=(1, 7))
    return [
        Case("one example with y = 1", (np.array([[0.8]]), np.array([[1.0]]))),
        Case("one example with y = 0", (np.array([[0.8]]), np.array([[0.0]]))),
        Case("7 examples", (A, labels(7))),
        Case("7 examples, all labels 1", (A, np.ones((1, 7)))),
        Case("4 examples, all labels 0", (A[:, :4], np.zeros((1, 4)))),
    ]


def loss_cases() -> list[Case]:
    """Those of the cost, and a probability that has been rounded to 1."""
    exact = (np.array([[1.0, 0.25]]), np.array([[1.0, 0.0]]))
    return [*probability_cases(), Case("a right answer that is exactly 1", exact, tells=False)]


def rounded_to_one() -> tuple[Case, str]:
    """The last of these, which the cost need not know."""
    return loss_cases()[-1], (
        "One thing besides: where A holds an exact 1 (σ can round to it), what comes back here is "
        "not the cost. It need not be yet: chapter 2 comes to that in `loss`."
    )


def logit_cases() -> list[Case]:
    """Each label, and z so large that e^z overflows."""
    Z = 2 * random(0).normal(size=(1, 7))
    large, small = np.array([[1000.0, 1000.0]]), np.array([[-1000.0, -1000.0]])
    both = np.array([[1.0, 0.0]])
    return [
        Case("one example with y = 1", (np.array([[1.5]]), np.array([[1.0]]))),
        Case("one example with y = 0", (np.array([[1.5]]), np.array([[0.0]]))),
        Case("7 examples", (Z, labels(7))),
        Case("4 examples, all labels 0", (Z[:, :4], np.zeros((1, 4)))),
        Case("z = 1000, with each label", (large, both)),
        Case("z = -1000, with each label", (small, both)),
    ]


def accuracy_cases() -> list[Case]:
    """Predictions with mistakes of both kinds."""
    return [
        Case("3 of 4 right", (np.array([[1, 0, 1, 0]]), np.array([[1.0, 0.0, 1.0, 1.0]]))),
        Case("4 of 7 right", (np.array([[1, 1, 1, 0, 1, 0, 0]]), labels(7))),
        Case("every prediction 0", (np.zeros((1, 7), int), labels(7))),
    ]


# --- one unit


def unit_cases(*names: str) -> Callable[[], list[Case]]:
    """Cases from the units, with the named arguments in order."""

    def cases() -> list[Case]:
        return [Case(one.about, tuple(getattr(one, name) for name in names)) for one in units()]

    return cases


def one_example_cases(*names: str) -> Callable[[], list[Case]]:
    """Cases from the first two examples of each unit, with the named arguments in order."""

    def cases() -> list[Case]:
        result = []
        for about, w, b, X, Y in units():
            for i in (0, 1):
                known = {"w": w, "b": b, "x": X[:, i : i + 1], "y": float(Y[0, i])}
                features = about.split(",")[0]
                text = f"{features}, one example with y = {Y[0, i]:.0f}"
                result.append(Case(text, tuple(known[name] for name in names)))
        return result

    return cases


def step_cases() -> list[Case]:
    """Two learning rates at the same place."""
    w, dw = random(9).normal(size=(2, 3, 1)).round(1)
    return [
        Case("3 weights, learning rate 0.1", (w, 0.5, dw, -0.3, 0.1)),
        Case("3 weights, learning rate 0.2", (w, 0.5, dw, -0.3, 0.2)),
    ]


def train_cases() -> list[Case]:
    """A single step, several, and from another start than zero."""
    settings = [(0.5, 1), (0.3, 4), (0.8, 3)]
    result = [
        Case(
            f"{one.about}, {steps} step{'s' * (steps > 1)} at rate {rate}",
            (one.X, one.Y, rate, steps),
        )
        for one, (rate, steps) in zip(units(), settings, strict=True)
    ]
    about, w, b, X, Y = units()[1]
    return [*result, Case(f"{about}, from a given w and b", (X, Y, 0.2, 2, w, b))]


def predict_cases() -> list[Case]:
    """More examples than features, with and without a threshold, and right at it."""
    result = []
    for _, w, b, _, _ in units():
        X = random(9).normal(size=(w.shape[0], 12))
        about = f"{w.shape[0]} features, 12 examples"
        result.append(Case(about, (w, b, X)))
        result.append(Case(f"{about}, threshold 0.8", (w, b, X, 0.8)))
    even = (np.zeros((2, 1)), 0.0, np.ones((2, 3)))
    about = "w = 0 and b = 0: every probability is exactly 0.5"
    return [*result, Case(about, even, tells=False)]


def rate_cases() -> list[Case]:
    """More examples than features, and more features than examples."""
    X = random(8).normal(size=(9, 4))
    wide = Case("more features than examples", (X,), tells=False)  # some eigenvalues are 0 there
    return [*unit_cases("X")(), wide]


# --- gradients by differences


def _squares(P: Array) -> float:
    """A number that depends on every entry of P, and on each in another way."""
    return float(np.sum((1 + np.arange(P.size)) * P.ravel() ** 2) + P.ravel()[0] * P.ravel()[-1])


def _cubes(P: Array) -> float:
    return float(np.sum(P**3) + np.prod(P))


def central_cases() -> list[Case]:
    """Functions whose slopes are known, and another step."""
    rng = random(11)
    return [
        Case("the square of one number", (_squares, np.array([[1.5]]))),
        Case("a function of a 2 x 1 array", (_squares, np.array([[0.3], [-0.8]]))),
        Case("another one, of a 2 x 3 array", (_cubes, rng.normal(size=(2, 3)))),
        Case("the same with steps of 0.01", (_cubes, rng.normal(size=(2, 3)), 0.01)),
    ]
