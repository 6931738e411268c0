"""A wrong slope inside somebody's own way back: which networks and which layers fail tells it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from typing import Any

from course.exercises import Exercise
from course.feedback.attempt import Result

NAMES = ("relu", "tanh", "sigmoid")


def about_slopes(exercise: Exercise, results: Sequence[Result]) -> str | None:
    """Which activation's slope is wrong, if the cases that fail say so."""
    if exercise.name not in ("network.backward", "network.input_gradient"):
        return None
    if _only_deeper_fail(results):  # then it may be what is handed on from layer to layer
        return None
    for count in (1, 2, 3):
        for names in combinations(NAMES, count):
            if all(_fits(result, names) for result in results):
                return _said(names)
    return None


def _only_deeper_fail(results: Sequence[Result]) -> bool:
    """True if networks with a hidden layer pass, and every one that fails has more layers."""
    depths = [(len(result.case.args[0]), result.passed) for result in results]
    failed = [depth for depth, passed in depths if not passed]
    passed = [depth for depth, passed in depths if passed]
    return bool(failed) and 2 <= max(passed, default=0) < min(failed)


def _fits(result: Result, names: Sequence[str]) -> bool:
    """True if a case fails as it would with wrong slopes of these activations, and only so."""
    layers = result.case.args[0]
    below = [l for l, layer in enumerate(layers[:-1], start=1) if _activation_of(layer) in names]
    if result.outcome.kind == "raises":
        return bool(below)
    if result.outcome.kind != "value" or any(gap.kind != "values" for gap in result.gaps):
        return False
    wrong = {int(found[1]) for gap in result.gaps if (found := re.search(r"\[(\d+)\]", gap.name))}
    if not any("[" in part.name for part in result.parts):  # one array for the whole network
        return bool(result.gaps) == bool(below)
    return wrong == set(range(1, max(below, default=0) + 1))


def _activation_of(layer: Any) -> str:
    return str(layer[2])


def _said(names: Sequence[str]) -> str:
    if len(names) == 3:
        return (
            "The top layer is right in every network, and every layer below it is wrong. Look at "
            "the lines that lead from dZ of one layer to dZ of the layer before."
        )
    listed = " or ".join(names)
    return (
        f"Only networks with {listed} in a hidden layer are wrong, and only from such a layer "
        f"down: look at the slope of {listed}."
    )
