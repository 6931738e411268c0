# Plain: edited here; chapter 11 tells of it.
"""A training run: where it stands, how it ends, and how it is kept in a file and gone on with."""

import math
import zlib
from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import Annotated, Any, NamedTuple, Self

import numpy as np

from nnlib import files
from nnlib.door import door
from nnlib.hints import Kind
from nnlib.kinds import Array, Count, File
from nnlib.learning_rate import divergence
from nnlib.network import Layer, Network
from nnlib.rule import Call, InputError, Rule

BIT_GENERATORS = ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64")
SETTINGS = {"learning_rate", "batch_size", "data"}


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


class SoundCheckpoint(Rule):
    """A checkpoint whose parts fit together."""

    says = "A run between two epochs, as `Run.checkpoint` makes it."

    def take(self, value: Any, name: str, call: Call) -> Any:
        _, history, rng_state, settings = value
        four = isinstance(history, History) and all(isinstance(part, list) for part in history[:4])
        if not four:
            raise InputError("history must be a History of four lists.")
        numbers = [number for part in history[:4] for number in part]
        if not all(isinstance(n, int | float) and math.isfinite(n) for n in numbers):
            raise InputError("history must hold finite numbers.")
        lengths = [len(part) for part in history[:4]]
        epochs = lengths[0]
        if lengths not in ([epochs] * 4, [epochs, epochs, 0, 0]):
            raise InputError(f"history must have one number per epoch; found {lengths}.")
        generator(rng_state)
        if not isinstance(settings, dict) or set(settings) != SETTINGS:
            raise InputError("settings must be a dict of learning_rate, batch_size and data.")
        return value

    def good(self, value: Any, axes: dict[str, int]) -> Any:
        state = np.random.default_rng(0).bit_generator.state
        settings = {"learning_rate": 0.1, "batch_size": 2, "data": 0}
        return value._replace(
            history=History([0.7], [0.6], [], []), rng_state=state, settings=settings
        )

    def bad(self, good: Any) -> Iterator[tuple[Any, str]]:
        short = History([1.0], [], [], [])
        none = good.history._replace(costs=None)
        yield good._replace(history=none), "history must be a History of four lists."
        nan = good.history._replace(costs=[math.nan])
        yield good._replace(history=nan), "history must hold finite numbers."
        yield good._replace(history=short), "history must have one number per epoch; found …."
        unknown = {"bit_generator": "seed"}
        yield good._replace(rng_state=unknown), "rng_state must be the state of a NumPy generator."
        yield good._replace(settings={}), "settings must be a dict of learning_rate, …."


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
            If the data are others, more epochs are done already, or there were test examples and
            now there are none, or the other way round.
        """
        rate, batch_size = self.settings["learning_rate"], self.settings["batch_size"]
        run = Run(self.layers, X, Y, rate, batch_size, generator(self.rng_state))
        if run.fingerprint() != self.settings["data"]:
            raise InputError("X and Y must be those that the checkpoint's run was begun with.")
        if epochs < len(self.history.costs):
            done = len(self.history.costs)
            raise InputError(f"epochs must be at least {done}, done already; found {epochs}.")
        if self.history.costs and bool(self.history.test_costs) != (test is not None):
            begun = "with" if self.history.test_costs else "without"
            raise InputError(f"test: the run was begun {begun} test examples, and must go on so.")
        run.history = self.history._replace(interrupted=False).copy()
        run.epoch = len(self.history.costs)
        return run


CheckpointToKeep = Annotated[Checkpoint, SoundCheckpoint()]
CheckpointToResume = CheckpointToKeep


class Run:
    """A training run under way: the one object that grows from epoch to epoch.

    Attributes
    ----------
    layers : list of Layer
        The network after the last whole epoch.
    history : History
        Its lists grow in place.
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
        self.history = History([], [], [], [])
        self.diverged = False
        self.stand = (layers, 0, rng.bit_generator.state)

    @property
    def layers(self) -> list[Layer]:
        """The network after the last whole epoch."""
        return self.stand[0]

    @property
    def epoch(self) -> int:
        """How many epochs are done."""
        return self.stand[1]

    @epoch.setter
    def epoch(self, done: int) -> None:
        self.stand = (self.stand[0], done, self.stand[2])

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
        for numbers, number in zip(self.history[:4], (cost, *others), strict=False):
            numbers.append(number)
        self.diverged = bool(divergence(self.history.costs))
        self.stand = (layers, self.epoch + 1, self.rng.bit_generator.state)  # in one step

    def checkpoint(self) -> Checkpoint:
        """A copy of where the run stands now.

        Returns
        -------
        Checkpoint
        """
        layers, done, rng_state = self.stand
        history = self.history.copy(done)
        settings = {
            "learning_rate": self.learning_rate,
            "batch_size": self.batch_size,
            "data": self.fingerprint(),
        }
        return Checkpoint(layers, history, rng_state, settings)

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
        for part in self.history[:4]:
            del part[done:]
        self.history = self.history._replace(interrupted=True)
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


def generator(state: Mapping[str, Any]) -> np.random.Generator:
    """A random generator that goes on exactly where the saved state stood."""
    try:
        if state["bit_generator"] not in BIT_GENERATORS:  # a file must not choose what is called
            raise ValueError
        bits = getattr(np.random, state["bit_generator"])()
        bits.state = state
    except (KeyError, TypeError, ValueError, OverflowError):
        raise InputError("rng_state must be the state of a NumPy generator.") from None
    return np.random.Generator(bits)


@door
def save_checkpoint(path: File, checkpoint: CheckpointToKeep) -> None:
    """Save a training run that is under way; an older file is replaced in one step."""
    layers, history, rng_state, settings = checkpoint
    header = {
        "kind": "checkpoint",
        "activations": [layer.activation for layer in layers],
        "rng_state": rng_state,
        "settings": settings,
    }
    lists = history._asdict()
    lists.pop("interrupted")
    numbers = {name: np.array(values, dtype=np.float64) for name, values in lists.items()}
    files.write(path, header, {**layer_arrays(layers), **numbers})


@door
def load_checkpoint(path: File) -> Checkpoint:
    """Load a run that `save_checkpoint` saved; `training.resume` goes on with it."""
    header, arrays = files.read(path, "checkpoint")
    try:
        lists = {n: arrays[n].tolist() for n in History._fields if n != "interrupted"}
        layers, history = layers_from(header, arrays), History(**lists)
        made = Checkpoint(layers, history, header["rng_state"], header["settings"])
        checkpoint: Checkpoint = Kind(CheckpointToKeep).take(made, "checkpoint", Call())
    except (InputError, KeyError, TypeError) as error:
        raise files.ModelFileError(f"{path} holds parts that do not fit: {error}") from None
    return checkpoint


@door
def saver(path: File, every: Count = 10) -> Callable[[Run], None]:
    """Make a function for `after_epoch` that saves the run after every so many epochs."""

    def after_epoch(run: Run) -> None:
        if run.epoch % every == 0:
            save_checkpoint(path, run.checkpoint())

    return after_epoch


def layer_arrays(layers: list[Layer]) -> dict[str, Array]:
    """The parameters of a network by name: W1, b1, W2, b2, and so on."""
    arrays = {}
    for l, layer in enumerate(layers, start=1):
        arrays[f"W{l}"], arrays[f"b{l}"] = layer.W, layer.b
    return arrays


def layers_from(header: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> list[Layer]:
    """The layers that `layer_arrays` took apart."""
    names = enumerate(header["activations"], start=1)
    return [Layer(arrays[f"W{l}"], arrays[f"b{l}"], name) for l, name in names]
