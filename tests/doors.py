"""What stands behind nnlib's door: every public function, with right and wrong arguments.

Nothing is listed here by hand: the functions are found, and their kinds say what is right and what
is wrong, with the sentence that a wrong argument gets. Only what a kind cannot make stands in
`CUSTOM`: functions of the caller, files that are there, a run on the same data.
"""

import copy
import importlib
import inspect
import pkgutil
import re
import typing
import warnings
from typing import Any, NamedTuple

import matplotlib.pyplot as plt
import numpy as np

import nnlib
from nnlib.files import ModelFileError
from nnlib.hints import AXES, Kind
from nnlib.photographs import DataFileError
from nnlib.rule import InputError
from nnlib.rules_arrays import Shape


def doored():
    """Every public function behind the door, by its name: "logistic.forward"."""
    found = {}
    for info in pkgutil.iter_modules(nnlib.__path__):
        if info.name == "__main__":
            continue
        module = importlib.import_module(f"nnlib.{info.name}")
        for name, thing in vars(module).items():
            if inspect.isfunction(thing) and thing.__module__ == module.__name__:
                if hasattr(thing, "__wrapped__") and not name.startswith("_"):
                    found[f"{info.name}.{name}"] = thing
    return found


DOORED = doored()


def kinds(function):
    """The kind of each parameter, by name."""
    bare = function.__wrapped__
    hints = typing.get_type_hints(bare, include_extras=True)
    return {name: Kind(hints[name]) for name in inspect.signature(bare).parameters}


def arrow(function):
    """The kind of the result."""
    hints = typing.get_type_hints(function.__wrapped__, include_extras=True)
    return Kind(hints["return"])


KINDS = {name: kinds(function) for name, function in DOORED.items()}
ARROWS = {name: arrow(function) for name, function in DOORED.items()}


def rules_in(kind):
    """The classes of all rules in a kind, however deep."""
    parts = [kind.each, *kind.pair, *kind.fields.values()]
    found = {type(rule) for rule in kind.rules}
    return found.union(*(rules_in(part) for part in parts if part))


# --- right arguments ------------------------------------------------------------------------------


def bounded(P):
    """A function to take the gradient of; it overflows nowhere."""
    return float(np.sum(np.tanh(P)))


def bounded_in_w(parameters):
    """The same, of a dict."""
    return bounded(parameters["w"])


def bowl(w, b):
    """A surface to draw."""
    return float(np.tanh(w)) ** 2 + float(np.tanh(b)) ** 2


def endless():
    """A list that holds itself."""
    loop = []
    loop.append(loop)
    return loop


def ignore(run):
    """A listener."""


def run_on_good_data():
    """A checkpoint of a run on the examples that the kinds make."""
    from nnlib.training import train

    kept, right = [], KINDS["training.train"]
    given = {name: right[name].good() for name in ("layers", "X", "Y", "learning_rate", "test")}
    train(**given, epochs=1, batch_size=2, after_epoch=lambda run: kept.append(run.checkpoint()))
    return kept[0]


def run_in_blocks_on_good_data():
    """The same, of a run that reads its data in blocks."""
    from nnlib.blocks import train

    kept, right = [], KINDS["blocks.train"]
    given = {name: right[name].good() for name in ("layers", "X", "Y", "learning_rate")}
    train(**given, epochs=1, batch_size=2, after_epoch=lambda run: kept.append(run.checkpoint()))
    return kept[0]


def mlp():
    """A classifier of scikit-learn."""
    from nnlib.exchange import to_sklearn

    return to_sklearn(KINDS["exchange.to_sklearn"]["layers"].good())


class Linear:
    """Stands in for torch.nn.Linear."""

    def __init__(self, n_prev=3, bias=True):
        self.weight = Tensor(np.ones((1, n_prev)))
        self.bias = Tensor(np.ones(1)) if bias else None


class Sigmoid:
    """Stands in for torch.nn.Sigmoid."""


class Tensor:
    """Stands in for a torch.Tensor."""

    def __init__(self, value):
        self.value = value

    def detach(self):
        return self

    cpu = detach

    def numpy(self):
        return self.value


CUSTOM = {
    ("gradient_check.numerical_gradient", "f"): lambda: bounded,
    ("gradient_check.check_gradients", "f"): lambda: bounded_in_w,
    ("plots.cost_contours", "cost"): lambda: bowl,
    ("training.train", "after_epoch"): lambda: ignore,
    ("training.resume", "after_epoch"): lambda: ignore,
    ("training.resume", "checkpoint"): run_on_good_data,
    ("blocks.resume", "checkpoint"): run_in_blocks_on_good_data,
    ("training.epoch", "pieces"): lambda: [slice(None)],
    ("photographs.load_trees", "folder"): lambda: None,
    ("photographs.load_features", "folder"): lambda: None,
    ("photographs.read_checked", "folder"): lambda: None,
    ("checkpoint.load_checkpoint", "path"): lambda: "run.npz",
    ("model.load", "path"): lambda: "model.npz",
    ("exchange.from_sklearn", "mlp"): mlp,
    ("exchange.from_torch", "module"): lambda: [Linear(), Sigmoid()],
}


def right_argument(name, argument):
    """A maker of right values for an argument; None if it is left to its default."""
    kind = KINDS[name][argument]
    if (name, argument) in CUSTOM:
        return CUSTOM[name, argument]
    default = inspect.signature(DOORED[name]).parameters[argument].default
    if kind.held or default is inspect.Parameter.empty:
        return lambda: kind.good()
    return None


def right_arguments(name):
    """Right arguments for a function, made anew."""
    makers = {argument: right_argument(name, argument) for argument in KINDS[name]}
    return {argument: make() for argument, make in makers.items() if make}


def prepare_folder(folder):
    """Put the files into a folder that functions look for there."""
    if "checkpoint.save_checkpoint" in DOORED:
        save = DOORED["checkpoint.save_checkpoint"]
        save(folder / "run.npz", right_arguments("checkpoint.save_checkpoint")["checkpoint"])
    if "model.save" in DOORED:
        DOORED["model.save"](folder / "model.npz", right_arguments("model.save")["model"])
    return folder


# --- wrong arguments ------------------------------------------------------------------------------


class Row(NamedTuple):
    """One wrong argument among right ones, and the sentence that it gets."""

    name: str
    argument: str
    value: Any
    sentence: str
    others: dict[str, Any] = {}


def rows_of(name, argument):
    """What the kind of one argument refuses."""
    kind = KINDS[name][argument]
    for value, sentence in kind.bad(AXES) if kind.held else ():
        yield Row(name, argument, value, sentence.replace("{name}", argument))


def misfits(name):
    """Arguments that are right alone, and one larger than an argument before them says."""
    fixed, right = {}, right_arguments(name)
    for argument, kind in KINDS[name].items():
        for rule in kind.rules:
            if type(rule).__name__ == "Chain":
                fixed["n_x"] = argument
            if type(rule).__name__ == "OfLayers":
                fixed["m"] = argument
            for i, axis in enumerate(rule.axes) if isinstance(rule, Shape) else ():
                if fixed.setdefault(axis, argument) != argument and isinstance(axis, str):
                    value = right[argument]
                    larger = np.concatenate([value, value.take([0], axis=i)], axis=i)
                    known = f"{axis} = {value.shape[i]}, as in {fixed[axis]}"
                    sentence = (
                        f"{argument} must have shape {rule.text} with …{known}…; found shape …."
                    )
                    yield Row(name, argument, larger, sentence)


MISFITS = [row for name in KINDS for row in misfits(name)]
ROWS = [row for name in KINDS for argument in KINDS[name] for row in rows_of(name, argument)]


def says(sentence, error):
    """True if an error says a sentence; "…" stands for anything in one line."""
    pattern = re.escape(sentence).replace("…", "[^\n]*")
    return re.fullmatch(pattern, str(error)) is not None


# --- is an argument still what it was? ------------------------------------------------------------


def frozen(value, depth=0):
    """The value, with every array in it read-only."""
    if isinstance(value, np.ndarray):
        value.flags.writeable = False
    elif isinstance(value, list | tuple) and depth < 9:
        for part in value:
            frozen(part, depth + 1)
    elif isinstance(value, dict):
        for part in value.values():
            frozen(part, depth + 1)
    return value


def trace(value, depth=0):
    """Something that changes when `value` does."""
    if isinstance(value, np.ndarray):
        if value.dtype == object or value.size > 10**6:
            return value.shape, value.dtype.str
        return value.shape, value.dtype.str, value.tobytes()
    if isinstance(value, np.random.Generator):
        return copy.deepcopy(value.bit_generator.state)
    if depth < 9 and isinstance(value, list | tuple):
        return type(value), [trace(part, depth + 1) for part in value]
    if depth < 9 and isinstance(value, dict):
        return [(trace(key), trace(part, depth + 1)) for key, part in value.items()]
    return type(value), id(value)


# --- one call -------------------------------------------------------------------------------------

OWN = (InputError, DataFileError, ModelFileError)


def outcome(row):
    """What a call with a wrong argument says; nothing else may come, and nothing be changed."""
    given = frozen({**right_arguments(row.name), **row.others, row.argument: row.value})
    before = trace(given)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            DOORED[row.name](**given)
        except OWN as error:
            said = str(error)
        except Exception as error:
            said = f"{type(error).__name__}: {error}"
        else:
            said = "accepted"
    plt.close("all")
    return said if trace(given) == before else f"changed its arguments, and: {said}"


def failures(rows):
    """The rows whose call does not get its sentence, one text each."""
    for row in rows:
        said = outcome(row)
        if not says(row.sentence, said):
            yield f"{row.name}, {row.argument}: wanted: {row.sentence}\nfound: {said}"
