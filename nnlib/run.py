# Plain: edited here; chapter 11 tells of it.
"""A training run: where it stands, how it ends, and how it goes on."""

import math
import zlib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from importlib import import_module
from types import TracebackType
from typing import Any, NamedTuple, Self

import numpy as np

from nnlib.generators import generator
from nnlib.kinds import Array
from nnlib.learning_rate import HIGH, PATIENCE, divergence
from nnlib.network import Layer, Network
from nnlib.rule import INSIDE, Call, InputError
from nnlib.rules_arrays import finite
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
        A run in the span of the data (chapter 13) adds where it began and what was added since; one
        that reads its data in blocks, how many examples a block has.
    """

    layers: Network
    history: History
    rng_state: Mapping[str, Any]
    settings: dict[str, Any]

    def run(
        self, X: Array, Y: Array, epochs: int, test: object = None, in_blocks: bool = False
    ) -> "Run":
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
        in_blocks : bool
            True for a run that reads its data in blocks.

        Returns
        -------
        Run

        Raises
        ------
        InputError
            If the data are others, `epochs` is no whole number, more epochs are done already, there
            were test examples and now there are none, or the other way round, or the run is of the
            other kind.
        """
        epochs = Whole(0).take(epochs, "epochs", Call())
        rate, batch_size = self.settings["learning_rate"], self.settings["batch_size"]
        block_size = self.settings.get("block_size")
        if in_blocks != (block_size is not None):
            begun = "training" if in_blocks else "blocks"
            raise InputError(f"checkpoint: the run was begun by {begun}.train; use {begun}.resume.")
        run = Run(self.layers, X, Y, rate, batch_size, generator(self.rng_state), block_size)
        if run.fingerprint() != self.settings["data"]:
            raise InputError("X and Y must be those that the checkpoint's run was begun with.")
        if batch_size is not None and batch_size > X.shape[1] and not in_blocks:
            raise InputError(f"batch_size must be at most {X.shape[1]}; found {batch_size}.")
        if epochs < len(self.history.costs):
            done = len(self.history.costs)
            raise InputError(f"epochs must be at least {done}, done already; found {epochs}.")
        if self.history.costs and bool(self.history.test_costs) != (test is not None):
            begun = "with" if self.history.test_costs else "without"
            raise InputError(f"test: the run was begun {begun} test examples, and must go on so.")
        if "span" in self.settings:
            run.stand = run.stand._replace(network=self._in_span(X))
        run.begun(self.history)
        return run

    def _in_span(self, X: Array) -> Any:
        """Where a run in the span of the data stands; chapter 13 tells of it."""
        W, C = self.settings["span"]["W"], self.settings["span"]["C"]
        if C.shape[1] != X.shape[1]:
            raise InputError("settings['span'] must have one column for each example.")
        inner = [self.layers[0]._replace(W=C), *self.layers[1:]]
        return import_module("nnlib.span").InSpan(W, X, inner)


class Stand(NamedTuple):
    """Where a run stands after a whole epoch.

    Attributes
    ----------
    network : list of Layer, or an object that forms one
        The second has a method ``layers``, and its ``inner`` layers are what the run goes on from.
    epoch : int
        How many epochs are done.
    rng_state : mapping
        State of the random generator that draws the mini-batches.
    """

    network: Any
    epoch: int
    rng_state: Mapping[str, Any]


def network_of(stand: Any) -> list[Layer]:
    """The network where a run stands; some runs form it only when somebody asks."""
    layers: list[Layer] = stand.layers() if hasattr(stand, "layers") else list(stand)
    return layers


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
    careful : bool
        True where the arguments are so large that the door watches every result for an overflow.
    slow : bool
        True once a number overflowed within several epochs: from there on they go one by one.
    """

    def __init__(
        self,
        layers: list[Layer],
        X: Array,
        Y: Array,
        learning_rate: float,
        batch_size: int | None,
        rng: np.random.Generator,
        block_size: int | None = None,
    ):
        self.X, self.Y = X, Y
        self.learning_rate, self.batch_size, self.rng = learning_rate, batch_size, rng
        self.block_size = block_size
        self.recorded = History([], [], [], [])
        self.diverged = self.stopped = self.slow = False
        self.careful = isinstance(INSIDE.get(), Call)
        self.stand = Stand(layers, 0, rng.bit_generator.state)

    def begun(self, history: History) -> None:
        """Count the epochs of a history as done."""
        self.recorded = history.copy()._replace(interrupted=False)
        self.stand = self.stand._replace(epoch=len(history.costs))

    @property
    def layers(self) -> list[Layer]:
        """The network after the last whole epoch."""
        return network_of(self.stand.network)

    @property
    def history(self) -> History:
        """What was recorded, up to the last whole epoch."""
        return self.recorded.copy(self.epoch)

    @property
    def epoch(self) -> int:
        """How many epochs are done."""
        return self.stand.epoch

    def stop(self) -> None:
        """End the run after this epoch, as early stopping does."""
        self.stopped = True

    def to_do(self, epochs: int, progress: bool) -> Iterator[int]:
        """How many epochs are left, again and again until none is; behind a bar if one is wanted.

        Whoever asks does one of them or several, and hands them to `keep`.
        """
        shown = bar(self.epoch, epochs) if progress else None
        try:
            while self.epoch < epochs and not (self.diverged or self.stopped):
                done = self.epoch
                yield epochs - done
                if shown is not None:
                    shown.update(self.epoch - done)
        finally:
            if shown is not None:
                shown.close()

    def keep(self, network: Any, *measured: float | list[float]) -> bool:
        """Take down an epoch or several: cost and accuracy, and those on the test examples.

        Parameters
        ----------
        network : list of Layer, or an object that forms one
            Where the run stands after them.
        *measured : float or list of float
            Costs and accuracies, then those on the test examples if there are some.

        Returns
        -------
        bool
            False if a number overflowed somewhere within several epochs: they are not taken down,
            and have to be done again, one by one.
        """
        columns = [one if isinstance(one, list) else [one] for one in measured]
        count, layers = len(columns[0]), getattr(network, "inner", network)
        healthy = all(finite(W) and finite(b) for W, b, _ in layers)
        if count > 1 and not (healthy and all(map(math.isfinite, columns[0]))):
            self.slow = True
            return False
        if not healthy:
            columns[0] = [math.inf]
        for numbers, column in zip(self.recorded[:4], columns, strict=False):
            numbers.extend(column)
        done = self.epoch + count
        if wrong := self._first_divergence(done - count, done):
            self.diverged, done = True, wrong
        self.stand = Stand(network, done, self.rng.bit_generator.state)  # in one step
        return True

    def _first_divergence(self, before: int, done: int) -> int:
        """After which of the epochs just taken down the run has diverged; 0 if after none."""
        costs, window = self.recorded.costs, 2 * PATIENCE
        if all(cost < HIGH for cost in costs[max(0, before - window) :]):
            return 0
        for epoch in range(before + 1, done + 1):  # the rule looks at the first and the last costs
            if divergence([costs[0], *costs[max(1, epoch - window) : epoch]]):
                return epoch
        return 0

    def checkpoint(self) -> Checkpoint:
        """A copy of where the run stands now.

        Returns
        -------
        Checkpoint
        """
        network, done, rng_state = self.stand
        history = self.recorded.copy(done)
        settings = {
            "learning_rate": self.learning_rate,
            "batch_size": self.batch_size,
            "data": self.fingerprint(),
        }
        if self.block_size is not None:
            settings["block_size"] = self.block_size
        if hasattr(network, "kept"):
            settings |= network.kept()
        return Checkpoint(network_of(network), history, deepcopy(rng_state), settings)

    def fingerprint(self) -> int:
        """A number that changes when any byte of the data does; computed once in a run."""
        if not hasattr(self, "_fingerprint"):
            total = 0
            for piece in self._pieces():
                total = zlib.crc32(np.ascontiguousarray(piece).data, total)
            self._fingerprint = total
        return self._fingerprint

    def _pieces(self) -> Iterator[Array]:
        """The data, or one block of examples after the other."""
        if self.block_size is None:
            yield from (self.X, self.Y)
            return
        for start in range(0, self.X.shape[1], self.block_size):
            stop = start + self.block_size
            yield from (self.X[:, start:stop].T, self.Y[:, start:stop].T)

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


def bar(done: int, epochs: int) -> Any:
    """A progress bar over the epochs."""
    try:
        from tqdm.auto import tqdm
    except ImportError:
        message = "progress=True needs the package tqdm: install it, or leave progress out."
        raise ImportError(message) from None
    return tqdm(desc="training", unit="epoch", initial=done, total=epochs)
