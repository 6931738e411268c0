"""Where wrong versions are registered, and how they are found."""

import importlib
from collections.abc import Callable
from typing import NamedTuple

MODULES = (
    "images",
    "activations",
    "losses",
    "gradient_check",
    "logistic",
    "network",
    "training",
)
MISTAKES = []


class Mistake(NamedTuple):
    """A wrong version of a function, and what to say to the person who wrote it.

    exercise : name of the exercise, such as "losses.cost".
    family : row of the table of mistakes, 1 to 56.
    equation : the equation that it breaks, such as "(7)"; empty where none has a number.
    says : the diagnosis, in the terms of the equation.
    hint : the next thought to have, not the answer.
    function : the wrong version.
    twin : name of another wrong version of the same exercise that computes the same, or None.
    """

    exercise: str
    family: int
    equation: str
    says: str
    hint: str
    function: Callable
    twin: str | None = None

    @property
    def name(self):
        return self.function.__name__


def wrong(exercise, family, equation, says, hint, twin=None):
    """Register the decorated function as a wrong version of `exercise`."""

    def register(function):
        MISTAKES.append(Mistake(exercise, family, equation, says, hint, function, twin))
        return function

    return register


def mistakes_of(exercise):
    """All wrong versions of one exercise; their file is read when it is first asked for."""
    importlib.import_module(f"course.feedback.mistakes.{exercise.split('.')[0]}")
    return [mistake for mistake in MISTAKES if mistake.exercise == exercise]


def all_mistakes():
    """Every registered wrong version."""
    for module in MODULES:
        importlib.import_module(f"course.feedback.mistakes.{module}")
    return list(MISTAKES)
