# Plain: edited here; chapter 10 tells of it.
"""The rule at the arrow of a function that trains: a run that diverged is refused, and why.

What is wrong with a run, and which rate to try, is said in `nnlib.learning_rate`. That module
stands on the door and is built later than this, so it is imported when it is needed.
"""

import math
from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np

from nnlib.rule import Call, DivergenceError, InputError, Rule
from nnlib.rules_stored import on_disk


class Descends(Rule):
    """A run whose numbers stay finite and whose cost does not climb for long."""

    says = "If the run diverges: the message says how, and names a learning rate to try."
    at_arrow = True

    def take(self, value: Any, name: str, call: Call) -> Any:
        if call.network:  # (layers, history)
            costs, unit = value[1].costs, "epoch"
        else:  # a Fit of one unit is judged by its numbers alone: its costs are there to be seen
            costs, unit = finite_then_infinite(value), "step"
        if not costs:
            return value
        what = import_module("nnlib.learning_rate").divergence(costs, unit)
        if what and (math.isfinite(costs[0]) or start_is_finite(call)):
            rate, better = rate_of(call), rate_to_try(call)
            raise DivergenceError(f"learning_rate {rate:g} is too large: {what}; try {better:.2g}.")
        return value


def finite_then_infinite(fit: Any) -> list[float]:
    """The finite costs of a Fit and one infinite one, if a number overflowed; else nothing."""
    overflowed = not (np.isfinite(fit.w).all() and np.isfinite([fit.b, *fit.costs]).all())
    finite = next((i for i, J in enumerate(fit.costs) if not math.isfinite(J)), len(fit.costs))
    return [*fit.costs[:finite], math.inf] if overflowed else []


def start_is_finite(call: Call) -> bool:
    """True if the network gave finite numbers before the first step: then the rate is to blame."""
    if not call.network:
        return False
    network = import_module("nnlib.network")
    layers = call.given.get("layers") or call.given["checkpoint"].layers
    return bool(np.isfinite(network.forward(layers, examples(call)).Z[-1]).all())


def examples(call: Call) -> np.ndarray:
    """The examples of the run; of those in a file the first ones, as many as fit in memory."""
    X: np.ndarray = call.given["X"]
    return np.array(X[:, : max(1, 2**20 // len(X))]) if on_disk(X) else X


def rate_of(call: Call) -> float:
    """The learning rate of the run: an argument, or that of the checkpoint it goes on from."""
    given = call.given if "learning_rate" in call.given else call.given["checkpoint"].settings
    rate: float = given["learning_rate"]
    return rate


def rate_to_try(call: Call) -> float:
    """2/Λ or a tenth of the old rate; a tenth where the features are so large that Λ overflows."""
    advise: Callable[..., float] = import_module("nnlib.learning_rate").lower_rate
    try:
        return advise(examples(call), rate_of(call), len(call.network or [0, 1]) - 1)
    except (InputError, np.linalg.LinAlgError):
        return rate_of(call) / 10
