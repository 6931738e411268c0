"""Hand-traced numbers by seed: the running example with other numbers, graded by nnlib itself.

A wrong choice is what comes out of one mistake, computed as well. Nothing here is a typed answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from course.book import AuthorError
from course.quizzes.read import Choice, Question, unsound

if TYPE_CHECKING:
    import numpy as np

    Rng = np.random.Generator

TRIES = 100


def variant(chapter: str, seed: int) -> list[Question]:
    """The hand-traced questions of a chapter with the numbers of a seed.

    Raises
    ------
    AuthorError
        If the chapter has none.
    """
    import numpy as np

    if chapter not in VARIANTS:
        known = ", ".join(VARIANTS)
        raise AuthorError(f"chapter {chapter} has no variants; these have: {known}")
    made = []
    for number, write in enumerate(VARIANTS[chapter]):
        for attempt in range(TRIES):  # where two mistakes give one number, draw others
            rng = np.random.default_rng([seed, int(chapter), number, attempt])
            question = _shuffled(write(rng), rng)
            if not unsound(question):
                break
        else:
            raise AssertionError(f"{write.__name__} gives no question with seed {seed}")
        made.append(question)
    return made


def _shuffled(question: Question, rng: Rng) -> Question:
    order = rng.permutation(len(question.choices))
    return Question(question.ask, tuple(question.choices[k] for k in order))


def _integers(rng: Rng, low: int, high: int, *shape: int) -> np.ndarray:
    """Small integers without 0, as floats: for work with a pencil."""
    import numpy as np

    return rng.choice([k for k in range(low, high + 1) if k], size=shape).astype(np.float64)


def _column(x: np.ndarray) -> str:
    return "(" + ", ".join(_number(value) for value in x.ravel()) + ")"


def _number(value: float) -> str:
    return f"{value + 0.0:.4g}".replace("-", "−")


def _question(ask: str, right: float, why: str, *wrong: tuple[float, str]) -> Question:
    choices = [Choice(_number(right), why, right=True)]
    choices += [Choice(_number(value), reason) for value, reason in wrong]
    return Question(ask, tuple(choices))


def _unit(rng: Rng) -> tuple[np.ndarray, float, np.ndarray, int]:
    w, x = _integers(rng, -2, 2, 3, 1), _integers(rng, -3, 3, 3, 1)
    return w, float(_integers(rng, -2, 2)), x, int(rng.integers(2))


def evidence(rng: Rng) -> Question:
    """Equation (2)."""
    import numpy as np

    from nnlib.network import layer_z

    w, b, x, _ = _unit(rng)
    z = layer_z(w.T, np.array([[b]]), x).item()
    return _question(
        f"w = {_column(w)}, b = {_number(b)}, x = {_column(x)}. What is z?",
        z,
        "Each weight times its feature, added up, and the bias once.",
        (z - b, "The bias is forgotten."),
        (z - 2 * b, "The bias is subtracted."),
        ((w.sum() * x.sum()).item() + b, "The sums are multiplied, instead of each pair."),
    )


def output(rng: Rng) -> Question:
    """Equation (1)."""
    from nnlib.logistic import forward_one

    w, b, x, _ = _unit(rng)
    a = forward_one(w, b, x)
    return _question(
        f"w = {_column(w)}, b = {_number(b)}, x = {_column(x)}. What does the unit say? "
        "(A calculator helps.)",
        a,
        "σ of z, with the bias in z.",
        (forward_one(w, 0.0, x), "The bias is forgotten."),
        (forward_one(-w, -b, x), "The sign in the exponent is lost: that is σ(−z)."),
        (forward_one(w, -b, x), "The bias is subtracted."),
    )


def cost_of_two(rng: Rng) -> Question:
    """Equation (7)."""
    import numpy as np

    from nnlib.losses import cost, loss

    A = rng.choice([0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9], size=(1, 2), replace=False)
    Y = rng.permutation([[0, 1]], axis=1)
    J = cost(A, Y)
    return _question(
        f"The unit says {_column(A)}, the labels are {_column(Y)}. What is the cost?",
        J,
        "Each label picks its half of the loss; then the mean.",
        (loss(A, Y).sum().item(), "The sum is not divided by m = 2."),
        (cost(A, 1 - Y), "The labels are swapped."),
        (J / np.log(10), "The logarithm to base 10; the natural one is meant."),
    )


def derivative_by_weight(rng: Rng) -> Question:
    """Equations (12) to (14)."""
    from nnlib.logistic import forward_one, gradients_one

    w, b, x, y = _unit(rng)
    a = forward_one(w, b, x)
    dw = gradients_one(w, b, x, y)[0][1].item()
    return _question(
        f"w = {_column(w)}, b = {_number(b)}, x = {_column(x)}, label {y}; the unit says {a:.4f}. "
        "What is the derivative of the loss by the second weight?",
        dw,
        "The error a − y, times the feature that this weight looks at.",
        (-dw, "Label minus prediction: the sign is turned, and the step would go uphill."),
        (a - y, "The error alone: that is db. A weight is moved in proportion to its feature."),
        (dw * a * (1 - a), "An extra a(1 − a): with this loss it cancels."),
    )


def weight_after_a_step(rng: Rng) -> Question:
    """Equation (8)."""
    from nnlib.logistic import forward_one, gradients_one, step

    w, b, x, y = _unit(rng)
    dw, db = gradients_one(w, b, x, y)
    new = step(w, b, dw, db, 0.5)[0][0].item()
    return _question(
        f"w = {_column(w)}, b = {_number(b)}, x = {_column(x)}, label {y}; the unit says "
        f"{forward_one(w, b, x):.4f}. What is the first weight after one step with α = 0.5?",
        new,
        "The old weight minus α times its derivative.",
        ((w[0] + 0.5 * dw[0]).item(), "Plus: that is a step uphill."),
        ((w[0] - dw[0]).item(), "α is forgotten."),
        (
            (-0.5 * dw[0]).item(),
            "That is the change. The new weight is the old one and the change.",
        ),
    )


def mean_derivative(rng: Rng) -> Question:
    """Equation (25)."""
    import numpy as np

    from nnlib.logistic import forward, gradients

    w, b, _, _ = _unit(rng)
    X, Y = _integers(rng, -3, 3, 3, 2), np.array([[1, 0]])
    A = forward(w, b, X)
    dw = gradients(w, b, X, Y)[0][0].item()
    rows = ", ".join(f"x({i + 1}) = {_column(X[:, i])}" for i in range(2))
    return _question(
        f"{rows}, labels (1, 0); the unit says ({A[0, 0]:.4f}, {A[0, 1]:.4f}). What is the "
        "derivative of the cost by the first weight?",
        dw,
        "Each example's error times its first feature, and the mean over both.",
        (2 * dw, "The sum: the division by m = 2 is missing."),
        (-dw, "Label minus prediction."),
        (dw * 2 / 3, "Divided by the number of features; (25) takes the mean over the examples."),
    )


def layer_evidence(rng: Rng) -> Question:
    """Equation (27)."""
    from nnlib.network import layer_z

    W, b, x = _integers(rng, -2, 2, 2, 2), _integers(rng, -2, 2, 2, 1), _integers(rng, -3, 3, 2, 1)
    right = layer_z(W, b, x)[1].item()
    return _question(
        f"W has the rows {_column(W[0])} and {_column(W[1])}, b = {_column(b)}, x = {_column(x)}. "
        "What is z of the second unit?",
        right,
        "The second row of W times x, plus the second bias.",
        (layer_z(W.T, b, x)[1].item(), "That takes the second column of W: a unit is a row."),
        (layer_z(W, b, x)[0].item(), "That is the first unit."),
        (layer_z(W, b[::-1], x)[1].item(), "The bias of the other unit."),
    )


def derivative_behind_relu(rng: Rng) -> Question:
    """Equation (33)."""
    import numpy as np

    from nnlib.network import Layer, backward, forward

    W1, b1, x = (
        _integers(rng, -2, 2, 2, 2),
        _integers(rng, -1, 1, 2, 1),
        _integers(rng, -3, 3, 2, 1),
    )
    W2, b2, Y = _integers(rng, -2, 2, 1, 2), _integers(rng, -1, 1, 1, 1), np.array([[1]])
    layers = [Layer(W1, b1, "relu"), Layer(W2, b2, "sigmoid")]
    cache = forward(layers, x)
    db = backward(layers, cache, Y)[0].db[0].item()  # of one example: dz of the first hidden unit
    a, z = cache.A[-1].item(), cache.Z[1][0].item()
    passed = W2[0, 0] * (a - 1)
    return _question(
        f"A network 2-2-1 with ReLU: the first hidden unit has z = {_number(z)}, and W[2] = "
        f"{_column(W2)}. The network says {a:.4f}, the label is 1. What is dz of that unit?",
        db,
        "The error, times the weight that leads on from the unit, times the slope of ReLU.",
        (passed if z < 0 else 0.0, "ReLU passes the error on where z > 0, and nothing elsewhere."),
        (W2[0, 1] * (a - 1), "That takes the weight of the other unit."),
        (-passed, "Label minus prediction, and no look at ReLU."),
    )


VARIANTS: dict[str, tuple[Callable[[Rng], Question], ...]] = {
    "01": (evidence, output),
    "02": (cost_of_two,),
    "03": (derivative_by_weight, weight_after_a_step),
    "04": (mean_derivative,),
    "05": (layer_evidence,),
    "08": (derivative_behind_relu,),
}
"""The functions that write the questions of a chapter; each takes its numbers from the seed."""
