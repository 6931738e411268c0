"""Mistakes that one exercise inherits from another: people write inside what the reference calls.

The reference of `gradients_loop` calls `gradients_one`, and that calls `forward_one`; whoever
writes their lines out makes their mistakes there. Where the reference has such lines itself, it
stands here once more as it would be with calls.
"""

from __future__ import annotations

import importlib
from functools import cache
from types import FunctionType
from typing import Any

from course.feedback.mistakes import Mistake, mistakes_of
from course.feedback.mistakes.section import Function, reference_of, run_source

TRAIN = """
def train(X, Y, learning_rate, steps, w=None, b=0.0):
    w = np.zeros((X.shape[0], 1), X.dtype) if w is None else w
    costs = []
    for _ in range(steps):
        costs.append(cost_from_z(w.T @ X + b, Y))
        dw, db = gradients(w, b, X, Y)
        w, b = step(w, b, dw, db, learning_rate)
    return Fit(w, b, costs)
"""
FORWARD = """
def forward(layers, X):
    Z, A = [None], [X]
    for W, b, activation in layers:
        Z.append(layer_z(W, b, A[-1]))
        A.append(ACTIVATIONS[activation][0](Z[-1]))
    return Cache(Z, A)
"""
WITH_CALLS = {"logistic.train": TRAIN, "network.forward": FORWARD}
INNER = {
    "losses.cost": (("losses.loss", ""),),
    "logistic.gradients_one": (("logistic.forward_one", "Where a is computed: "),),
    "logistic.gradients_loop": (("logistic.gradients_one", ""),),
    "logistic.gradients": (("logistic.forward", "Where A is computed: "),),
    "logistic.predict": (("logistic.forward", "Where A is computed: "),),
    "logistic.train": (
        ("logistic.gradients", ""),
        ("logistic.step", ""),
        ("losses.cost_from_z", "In the costs: "),
    ),
    "network.forward": (("network.layer_z", ""),),
    "training.epoch": (("network.update", ""),),
}
"""For each exercise those whose work is part of it, and how what is said of them begins here."""


@cache
def inherited(exercise: str) -> list[Mistake]:
    """The wrong versions of an exercise that come from what is part of it."""
    found = []
    for inner, begins in INNER.get(exercise, ()):
        for mistake in [*mistakes_of(inner), *inherited(inner)]:
            found.append(
                mistake._replace(
                    exercise=exercise,
                    says=begins + mistake.says,
                    written=_with(exercise, inner, mistake.function),
                    changes=None,
                    nth=None,
                )
            )
    return found


def _with(exercise: str, inner: str, wrong: Function) -> Function:
    """The reference of an exercise, calling a wrong version of what is part of it."""
    base = _with_calls(exercise)
    space: dict[str, Any] = {**base.__globals__, inner.split(".")[1]: wrong}
    return FunctionType(base.__code__, space, base.__name__, base.__defaults__)


@cache
def _with_calls(exercise: str) -> Any:
    if exercise not in WITH_CALLS:
        return reference_of(exercise)
    module_name, function_name = exercise.split(".")
    space = dict(vars(importlib.import_module(f"nnlib.{module_name}")))
    return run_source(WITH_CALLS[exercise], space, f"the parts of {function_name}")[function_name]
