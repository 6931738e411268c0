# Plain: edited here; chapter 11 tells of it.
"""A training run: where it stands, how it ends, and how it goes on."""

import math
import zlib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from types import TracebackType
from typing import Any, NamedTuple, Self

import numpy as np

from nnlib.generators import generator
from nnlib.kinds import Array
from nnlib.learning_rate import divergence
from nnlib.network import Layer, Network
from nnlib.rule import Call, InputError
from nnlib.rules_settings import Whole


class History(NamedTuple):
    """What training recorded, one number per epoch, and whether it was stopped early.

    Attributes
    ----------
    costs, accuracies : list of float
        Cost and share of right answers on the training examples, measured in the passes of the
        epoch, so each batch before its step.
    test_costs, test_accuracies : list of float
        The same on the test examples, after the last step of the epoch; empty without test data.
    interrupted : bool
        True if Ctrl-C or the stop button ended the run.
    """

    costs: list[float]
    accuracies: list[float]
    test_costs: list[float]
    test_accuracies: list[float]
    interrupted: bool = False

    def copy(self, epochs: int | None = None) -> "History":
        """The same numbers in lists of their own, up to an epoch."""
        parts = (self.costs, self.accuracies, self.test_costs, self.test_accuracies)
        costs, accuracies, test_costs, test_accuracies = (list(part[:epochs]) for part in parts)
        return History(costs, accuracies, test_costs, test_accuracies, self.interrupted)


class Checkpoint(NamedTuple):
    """A training run between two epochs: all that it needs to go on as if it had never stopped.

    Attributes
    ----------
    layers : list of Layer
        The network at that moment.
    history : History
        What was recorded until then.
    rng_state : dict
        State of the random generator that draws the mini-batches.
    settings : dict
        Learning rate, batch size and a fingerprint of the data: a run goes on with the same ones.
    """

    layers: Network
    history: History
    rng_state: Mapping[str, Any]
    settings: dict[str, Any]

    def run(self, X: Array, Y: Array, epochs: int, test: object = None) -> "Run":
        """The run that goes on from here, on the same data.

        Parameters
        ----------
        X : array, shape (n_x, m)
            The examples that the run was begun with.
        Y : array, shape (1, m)
            Their labels.
        epochs : int
            How many epochs there will be in all.
        test : tuple, optional
            The test examples, if the run was begun with some.

        Returns
        -------
        Run

        Raises
        ------
        InputError
            If the data are others, `epochs` is no whole number, more epochs are done already, or
            there were test examples and now there are none, or the other way round.
        """
        epochs = Whole(0).take(epochs, "epochs", Call())
        rate, batch_size = self.settings["learning_rate"], self.settings["batch_size"]
        run = Run(self.layers, X, Y, rate, batch_size, generator(self.rng_state))
        if run.fingerprint() != self.settings["data"]:
            raise InputError("X and Y must be those that the checkpoint's run was begun with.")
        if batch_size is not None and batch_size > X.shape[1]:
            raise InputError(f"batch_size must be at most {X.shape[1]}; found {batch_size}.")
        if epochs < len(self.history.costs):
            done = len(self.history.costs)
            raise InputError(f"epochs must be at least {done}, done already; found {epochs}.")
        if self.history.costs and bool(self.history.test_costs) != (test is not None):
            begun = "with" if self.history.test_costs else "without"
            raise InputError(f"test: the run was begun {begun} test examples, and must go on so.")
        run.begun(self.history)
        return run


class Run:
    """A training run under way: the one object that grows from epoch to epoch.

    What it hands out are copies, so that no function that is called after an epoch can break it.

    Attributes
    ----------
    layers : list of Layer
        The network after the last whole epoch.
    history : History
        What was recorded until then.
    epoch : int
        How many epochs are done.
    diverged : bool
        True once the cost is no number or climbs: the run has ended then.
    """

    def __init__(
        self,
        layers: list[Layer],
        X: Array,
        Y: Array,
        learning_rate: float,
        batch_size: int | None,
        rng: np.random.Generator,
    ):
        self.X, self.Y = X, Y
        self.learning_rate, self.batch_size, self.rng = learning_rate, batch_size, rng
        self.recorded = History([], [], [], [])
        self.diverged = False
        self.stand = (layers, 0, rng.bit_generator.state)

    def begun(self, history: History) -> None:
        """Count the epochs of a history as done."""
        self.recorded = history.copy()._replace(interrupted=False)
        self.stand = (self.stand[0], len(history.costs), self.stand[2])

    @property
    def layers(self) -> list[Layer]:
        """The network after the last whole epoch."""
        return list(self.stand[0])

    @property
    def history(self) -> History:
        """What was recorded, up to the last whole epoch."""
        return self.recorded.copy(self.epoch)

    @property
    def epoch(self) -> int:
        """How many epochs are done."""
        return self.stand[1]

    def to_do(self, epochs: int, progress: bool) -> Iterator[int]:
        """The numbers of the epochs to come, behind a progress bar if one is wanted."""
        numbers = range(self.epoch, epochs)
        for number in bar(numbers) if progress else numbers:
            if self.diverged:
                return
            yield number

    def keep(self, layers: list[Layer], *measured: float) -> None:
        """Take down one epoch: cost and accuracy, and those on the test examples."""
        healthy = all(np.isfinite(W).all() and np.isfinite(b).all() for W, b, _ in layers)
        cost, *others = measured if healthy else (math.inf, *measured[1:])
        for numbers, number in zip(self.recorded[:4], (cost, *others), strict=False):
            numbers.append(number)
        self.diverged = bool(divergence(self.recorded.costs))
        self.stand = (layers, self.epoch + 1, self.rng.bit_generator.state)  # in one step

    def checkpoint(self) -> Checkpoint:
        """A copy of where the run stands now.

        Returns
        -------
        Checkpoint
        """
        layers, done, rng_state = self.stand
        history = self.recorded.copy(done)
        settings = {
            "learning_rate": self.learning_rate,
            "batch_size": self.batch_size,
            "data": self.fingerprint(),
        }
        return Checkpoint(list(layers), history, deepcopy(rng_state), settings)

    def fingerprint(self) -> int:
        """A number that changes when any byte of the data does; computed once in a run."""
        if not hasattr(self, "_fingerprint"):
            total = 0
            for array in (self.X, self.Y):
                total = zlib.crc32(np.ascontiguousarray(array).tobytes(), total)
            self._fingerprint = total
        return self._fingerprint

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        """Ctrl-C, or the stop button, ends the run after its last whole epoch."""
        if kind is not KeyboardInterrupt:
            return False
        _, done, rng_state = self.stand
        self.rng.bit_generator.state = rng_state
        for part in self.recorded[:4]:
            del part[done:]
        self.recorded = self.recorded._replace(interrupted=True)
        return True


def bar(epochs: range) -> Iterator[int]:
    """The numbers of the epochs behind a progress bar."""
    try:
        from tqdm.auto import tqdm
    except ImportError:
        message = "progress=True needs the package tqdm: install it, or leave progress out."
        raise ImportError(message) from None
    return iter(
        tqdm(epochs, desc="training", unit="epoch", initial=epochs.start, total=epochs.stop)
    )
