"""The library of mistakes: named wrong versions of the functions that readers write.

Each file holds those of a module, in a section for each function:

    gradients = Section("logistic.gradients", "(25)")

    @gradients.swap("X @ dZ.T / m", "X @ dZ.T", family=20)
    def dw_not_averaged() -> None:
        \"\"\"dw is not divided by m: it is m times too large.

        (25) begins with 1/m.
        \"\"\"

What the person did is exchanged in the reference's own source; the docstring holds the diagnosis
and the hint, `family` is the row of the table of mistakes. A version that shares nothing with the
reference is written out, below `@gradients.wrong(family=…)`. The tests then hold that each is
detected, and named as itself.
"""

from __future__ import annotations

import importlib

from course.feedback.mistakes.section import MISTAKES, Mistake, Section

MODULES = (
    "images",
    "images_further",
    "activations",
    "activations_further",
    "losses",
    "losses_further",
    "gradient_check",
    "gradient_check_further",
    "logistic",
    "logistic_further",
    "learning_rate",
    "learning_rate_further",
    "network",
    "network_back",
    "network_slopes",
    "network_update",
    "network_further",
    "training",
    "training_further",
    "blocks",
    "blocks_further",
)

__all__ = ["Mistake", "Section", "all_mistakes", "mistakes_of"]


def mistakes_of(exercise: str) -> list[Mistake]:
    """All wrong versions of one exercise; their file is read when it is first asked for."""
    for module in MODULES:
        if module.startswith(exercise.split(".")[0]):
            importlib.import_module(f"course.feedback.mistakes.{module}")
    return [mistake for mistake in MISTAKES if mistake.exercise == exercise]


def all_mistakes() -> list[Mistake]:
    """Every registered wrong version."""
    for module in MODULES:
        importlib.import_module(f"course.feedback.mistakes.{module}")
    return list(MISTAKES)
