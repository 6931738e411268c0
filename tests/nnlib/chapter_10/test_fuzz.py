"""5,000 random calls over every public function: a finite result or one of nnlib's own errors.

A person who writes bad inputs thinks of strings and negative numbers. Hypothesis thinks of nothing:
it fills each argument with something right or something strange, in every mixture. Whatever comes,
a call must

- return, and then every float in the result is finite, or
- raise one of nnlib's errors: `InputError` and its kin, `DataFileError`, `ModelFileError`,

without a warning, and leave what it was given as it was. (The same 5,000 calls at every run: the
profile of the tests is derandomized.)
"""

import contextlib
import datetime
import decimal
import fractions
import importlib
import inspect
import io
import itertools
import pkgutil
import warnings
from collections import Counter
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest
import scipy.sparse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sklearn.neural_network import MLPClassifier

import nnlib
from nnlib import activations, gradient_check, images, logistic, losses, network, plots, training
from nnlib import persistence as files
from nnlib import validation as checks
from nnlib.__main__ import main
from nnlib.classifier import NeuralNetworkClassifier
from nnlib.images import DataFileError, Photographs
from nnlib.network import Gradient, Layer, Pass
from nnlib.persistence import Model, ModelFileError
from nnlib.rule import InputError
from nnlib.training import Checkpoint, History

CALLS = 5000
OWN = (InputError, DataFileError, ModelFileError)
DOCUMENTED = "A column-vector y was passed"  # the one warning, wanted by scikit-learn's checks

RNG = np.random.default_rng(0)
X = RNG.normal(size=(3, 5))
Y = np.array([[0.0, 1.0, 1.0, 0.0, 1.0]])
PIXELS = RNG.integers(0, 256, (5, 4, 4, 3), np.uint8)
NETWORK = network.initialize((3, 4, 1), rng=0)
ROUNDED = network.initialize((3, 2, 2, 1), ["tanh", "sigmoid"], rng=1, dtype=np.float32)
FITTED = NeuralNetworkClassifier((2,), epochs=2).fit(X.T, ["b", "a", "a", "b", "a"])
RUNS = []
training.train(NETWORK, X, Y, 0.1, 2, 2, after_epoch=RUNS.append)
CURVE = [0.7, 0.5, 0.4]

# --- strange values: made anew for each call, so that no call can change those of the next --------


def _endless():
    loop = []
    loop.append(loop)
    return loop


STRANGE = [
    lambda: None,
    lambda: True,
    lambda: 0,
    lambda: -1,
    lambda: 2.5,
    lambda: 7,
    lambda: np.nan,
    lambda: np.inf,
    lambda: -np.inf,
    lambda: 1e308,
    lambda: -1e308,
    lambda: 5e-324,
    lambda: 10**30,
    lambda: 10**400,
    lambda: -(10**400),
    lambda: 10**5000,
    lambda: -(10**5000),
    lambda: "tree",
    lambda: "",
    lambda: "\0",
    lambda: b"tree",
    lambda: 1j,
    lambda: fractions.Fraction(1, 3),
    lambda: decimal.Decimal("0.1"),
    lambda: datetime.date(2024, 2, 29),
    lambda: [],
    lambda: [[]],
    lambda: [[1, 2], [3]],
    lambda: [[1.0, None], [2.0, 3.0]],
    lambda: _endless(),
    lambda: {},
    lambda: {"w": 1.0},
    lambda: {1: 2},
    lambda: {1, 2},
    lambda: object(),
    lambda: lambda *given, **named: None,
    lambda: range(3),
    lambda: Ellipsis,
    lambda: slice(None),
    lambda: Path("nowhere.npz"),
    lambda: np.bool_(True),
    lambda: np.int8(-128),
    lambda: np.uint64(2**64 - 1),
    lambda: np.float16(np.inf),
    lambda: np.longdouble(2) ** 5000,
    lambda: np.longdouble(2) ** -5000,
    lambda: np.datetime64("2024-02-29"),
    lambda: np.ma.masked_equal([[1.0, 2.0, 3.0]], 2.0),
    lambda: np.array(None),
    lambda: np.array([{}, 1], dtype=object),
    lambda: np.zeros(3, dtype=[("a", float), ("b", int)]),
    lambda: np.broadcast_to(1.0, (10**6, 10**6)),
    lambda: np.zeros((0, 3)),
    lambda: scipy.sparse.csr_array(np.eye(3)),
    lambda: Layer(np.ones((1, 3)), np.ones((1, 1)), "sigmoid"),
    lambda: Pass([None, None], [None, None]),
    lambda: Gradient("dW", None),
    lambda: Model([], None, None, None),
    lambda: History([1.0], [], [], []),
    lambda: Checkpoint(NETWORK, History([], [], [], []), {"bit_generator": "seed"}, {}),
    lambda: RUNS[0]._replace(rng_state={}),
    lambda: Photographs(1, 2, 3, 4),
]
SHAPES = [(), (1,), (3,), (5,), (1, 1), (3, 1), (1, 3), (1, 5), (3, 5), (5, 3), (4, 3), (0, 5)]
SHAPES += [(2, 3, 5), (1, 2, 2, 3), (5, 4, 4, 3), (2, 4, 4, 2)]
DTYPES = ["f8", "f4", "f2", "g", "i8", "i1", "u1", "u8", "?", "c16", "O", "U3", "M8[D]"]
FILLS = [0, 1, 0.5, -1, 2, 100, 1e-300, 1e30, 1e200, 1.7e308, np.nan, np.inf, -np.inf]


def array(shape, dtype, fill, other):
    """An array that holds one number twice or more, and another one."""
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = np.full(shape, fill, dtype="f8")
        made.ravel()[: made.size // 2] = other
        made = made.astype("i8").astype(dtype) if dtype == "M8[D]" else made.astype(dtype)
    made.flags.writeable = False  # whoever writes into it is found at once
    return made


arrays = st.builds(
    array,
    st.sampled_from(SHAPES),
    st.sampled_from(DTYPES),
    st.sampled_from(FILLS),
    st.sampled_from(FILLS),
)
strange = st.sampled_from(STRANGE).map(lambda make: make())


def right(*makers):
    """A right value (or one that nearly is) nine times of ten, else anything."""
    good = (st.sampled_from(makers).map(lambda make: make()) for _ in range(18))
    return st.one_of(*good, strange, arrays)  # one_of counts the same strategy once


# --- what each argument should be ----------------------------------------------------------------

matrix = right(
    lambda: X,
    lambda: X.astype(np.float32),
    lambda: X.tolist(),
    lambda: X * 1e200,
    lambda: X[:, ::-1] > 0,
    lambda: np.asfortranarray(X * 1e-300),
    lambda: X[:, :1],
)
rows = right(
    lambda: X.T, lambda: X.T.tolist(), lambda: X.T.astype(object), lambda: X.T * np.float32(1e30)
)
column = right(lambda: X[:, :1], lambda: [[1], [2], [3]], lambda: X[:, :1] * 1e300)
labels = right(
    lambda: Y, lambda: Y.astype(int), lambda: Y.tolist(), lambda: Y == 1, lambda: Y[:, :1]
)
words = right(
    lambda: ["b", "a", "a", "b", "a"],
    lambda: [True, False, True, False, False],
    lambda: np.array([3, 9, 3, 3, 9]),
    lambda: [["b"], ["a"], ["a"], ["b"], ["a"]],
    lambda: ["a"] * 5,
    lambda: [1, "a", "a", 1, "a"],
)
probabilities = right(lambda: Y * 0.5 + 0.2, lambda: Y, lambda: [[0.1, 0.2, 1, 0, 0.5]])
number = right(lambda: 0.3, lambda: 0, lambda: -2.5, lambda: np.float32(1), lambda: 1e308)
one_label = right(lambda: 1, lambda: 0.0, lambda: [1], lambda: True)
rate = right(lambda: 0.1, lambda: 1, lambda: 20.0, lambda: 1e300, lambda: 1e-300)
count = right(lambda: 0, lambda: 1, lambda: 3, lambda: np.int32(2))
seed = right(lambda: 0, lambda: 2**70, lambda: np.random.default_rng(3))
threshold = right(lambda: 0.5, lambda: 0, lambda: np.float32(1))
choice = right(lambda: "relu", lambda: "tanh", lambda: "sigmoid", lambda: ["tanh"])
net = right(
    lambda: NETWORK,
    lambda: tuple(ROUNDED),
    lambda: network.initialize((3, 1), rng=2),
    lambda: [Layer(np.full((1, 3), 1e308), np.zeros((1, 1)), "sigmoid")],
    lambda: [NETWORK[1]],
    lambda: NETWORK[:1],
    lambda: [Layer([[1, 2, 3]], [[0]], "sigmoid")],
    lambda: [Layer(np.ones((1, 3)), np.ones(1), "sigmoid")],
    lambda: [NETWORK[0]._replace(activation=np.array(["relu"])), NETWORK[1]],
)
CACHE = network.forward(NETWORK, X)
cache = right(
    lambda: CACHE,
    lambda: network.forward(ROUNDED, X),
    lambda: CACHE._replace(A=CACHE.A[:2]),
    lambda: CACHE._replace(A=[CACHE.A[0], CACHE.A[1], np.full((1, 5), np.nan)]),
    lambda: CACHE._replace(A=[CACHE.A[0] * 1e307, CACHE.A[1] * 1e300, CACHE.A[2]]),
)
GRADIENTS = network.backward(NETWORK, CACHE, Y)
slopes = right(
    lambda: GRADIENTS,
    lambda: tuple(GRADIENTS),
    lambda: [Gradient(g.dW * 1e308, g.db) for g in GRADIENTS],
    lambda: [Gradient(g.dW * np.nan, g.db) for g in GRADIENTS],
    lambda: [Gradient(g.dW.tolist(), g.db.tolist()) for g in GRADIENTS],
    lambda: GRADIENTS[:1],
)
function = right(
    lambda: lambda P: float(np.sum(np.tanh(P))),
    lambda: lambda P: np.asarray(P),
    lambda: lambda P: np.nan,
    lambda: lambda P: "high",
)
surface = right(
    lambda: lambda w, b: w**2 + b,
    lambda: lambda w, b: np.float32(w) - b,
    lambda: lambda w, b: 1.0,
    lambda: lambda w, b: [w, b],
)
parameters = right(lambda: {"w": X[:, :1], "b": 0.5}, lambda: {"w": [1.0]})
model = right(
    lambda: Model(NETWORK),
    lambda: Model(NETWORK, X[:, :1], np.ones((3, 1)), {"classes": ["a", "b"]}),
    lambda: Model(NETWORK, None, np.full((3, 1), 1e-300)),
    lambda: Model(NETWORK, notes={"f": print}),
    lambda: Model(NETWORK, notes=[1]),
)
photos = right(lambda: PIXELS, lambda: PIXELS / 255, lambda: PIXELS.tolist(), lambda: PIXELS[:1])
sets = right(
    lambda: Photographs(PIXELS, Y[0], PIXELS[:2], Y[0, :2]),
    lambda: Photographs(PIXELS, Y[0, 1:], PIXELS[:2], Y[0, :2]),
    lambda: Photographs(PIXELS, Y[0], PIXELS[:2, :2], Y[0, :2]),
)
pair = right(lambda: None, lambda: (X, Y), lambda: [X, Y[:, 1:]])
grid = right(
    lambda: np.linspace(-1, 1, 4),
    lambda: [0, 1],
    lambda: [0.5, 2, 7],
    lambda: (1, 0),
    lambda: [0, 1e300],
)
nothing = right(lambda: None)
checkpoint = right(
    lambda: RUNS[1],
    lambda: RUNS[0]._replace(settings={}),
    lambda: RUNS[0]._replace(history=History([np.nan], [], [], [])),
    lambda: RUNS[0]._replace(layers=[]),
)
size = right(lambda: 16, lambda: 5)


MLP = files.to_sklearn(NETWORK)


def fit(X, y, **settings):
    """Fit a classifier and ask it everything."""
    made = NeuralNetworkClassifier(**settings).fit(X, y)
    answers = made.predict(X), made.predict_proba(X), made.decision_function(X), made.score(X, y)
    return made.layers_, made.mean_, made.spread_, made.history_, *answers


def ask(X, y, sample_weight):
    """Ask a fitted classifier about anything."""
    return FITTED.predict(X), FITTED.predict_proba(X), FITTED.score(X, y, sample_weight)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the calls may write; a model, a run and some photographs are there already."""
    here = tmp_path_factory.mktemp("fuzz")
    files.save(here / "model.npz", Model(NETWORK))
    files.save_checkpoint(here / "run.npz", RUNS[0])
    (here / "text.npz").write_text("no numbers")
    small = PIXELS[:, :2, :2]
    np.savez(here / "photos.npz", X_train=small, y_train=Y[0], X_test=small, y_test=Y[0])
    return here


FOLDER = "@folder/"
path = right(
    lambda: FOLDER + "model.npz",
    lambda: FOLDER + "run.npz",
    lambda: FOLDER + "text.npz",
    lambda: FOLDER + "none/there.npz",
    lambda: FOLDER,
)
new_path = right(lambda: FOLDER + "new.npz", lambda: FOLDER + "none/new.npz", lambda: FOLDER)
command = st.one_of(
    st.tuples(
        st.just("train"),
        st.sampled_from(["photos.npz"] * 4 + ["text.npz", "none"]).map(FOLDER.__add__),
        st.just("--quiet"),
        st.sampled_from(["--epochs=2"] * 4 + ["--epochs=-1", "--epochs=x", f"--epochs={10**30}"]),
        st.sampled_from(["--learning-rate=0.1"] * 4 + ["--learning-rate=nan"]),
        st.sampled_from(["--batch-size=2", "--hidden=3", "--batch-size=0", f"--hidden={10**12}"]),
        st.sampled_from(["new.npz"] * 4 + ["none/new.npz", ""]).map(f"--out={FOLDER}".__add__),
    ),
    st.tuples(
        st.sampled_from(["evaluate", "predict"]),
        st.sampled_from(["model.npz", "new.npz", "run.npz", "none"]).map(FOLDER.__add__),
        st.sampled_from(["photos.npz", "text.npz", "none.png"]).map(FOLDER.__add__),
    ),
    st.lists(st.sampled_from(["train", "evaluate", "--seed", "-1", "\0", "--help"]), max_size=3),
).map(list)


def run(arguments):
    """The command line: its exit status is 0, 1 or 2, and it is quiet about everything else."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            status = main(arguments)
        except SystemExit as left:
            status = left.code
    assert status in (0, 1, 2)
    if status:
        raise InputError("refused")
    return status


TEXT = st.just("value")
TARGETS = [
    (activations.sigmoid, {"z": matrix}),
    (activations.tanh, {"z": matrix}),
    (activations.relu, {"z": matrix}),
    (activations.sigmoid_derivative, {"A": probabilities}),
    (activations.tanh_derivative, {"A": probabilities}),
    (activations.relu_derivative, {"A": matrix}),
    (losses.loss, {"a": probabilities, "y": labels}),
    (losses.loss_from_z, {"z": probabilities, "y": labels}),
    (losses.cost, {"A": probabilities, "Y": labels}),
    (losses.cost_from_z, {"Z": probabilities, "Y": labels}),
    (losses.accuracy, {"predictions": labels, "Y": labels}),
    (logistic.forward_one, {"w": column, "b": number, "x": column}),
    (logistic.gradients_one, {"w": column, "b": number, "x": column, "y": one_label}),
    (
        logistic.step,
        {"w": column, "b": number, "dw": column, "db": number, "learning_rate": rate},
    ),
    (logistic.forward, {"w": column, "b": number, "X": matrix}),
    (logistic.predict, {"w": column, "b": number, "X": matrix, "threshold": threshold}),
    (logistic.gradients, {"w": column, "b": number, "X": matrix, "Y": labels}),
    (logistic.gradients_loop, {"w": column, "b": number, "X": matrix, "Y": labels}),
    (
        logistic.train,
        {
            "X": matrix,
            "Y": labels,
            "learning_rate": rate,
            "steps": count,
            "w": nothing,
            "b": number,
        },
    ),
    (logistic.safe_learning_rate, {"X": matrix}),
    (logistic.safer_rate, {"X": matrix, "learning_rate": rate, "layers": count}),
    (gradient_check.numerical_gradient, {"f": function, "P": column, "eps": rate}),
    (gradient_check.relative_difference, {"G": matrix, "H": matrix}),
    (
        gradient_check.check_gradients,
        {
            "f": right(lambda: lambda p: float(np.sum(np.tanh(p["w"])))),
            "parameters": parameters,
            "gradients": parameters,
        },
    ),
    (network.layer_z, {"W": right(lambda: np.eye(3)), "b": column, "A_prev": matrix}),
    (network.check_layers, {"layers": net}),
    (network.forward, {"layers": net, "X": matrix}),
    (
        network.initialize,
        {
            "sizes": right(lambda: (3, 4, 1), lambda: [3, 1], lambda: (10**12, 1), lambda: "31"),
            "hidden": choice,
            "rng": seed,
            "scale": nothing,
            "dtype": right(lambda: np.float32, lambda: "f8", lambda: "f2"),
        },
    ),
    (network.initialize, {"sizes": st.just((3, 2, 1)), "scale": rate, "dtype": st.just("f4")}),
    (network.predict_probability, {"layers": net, "X": matrix}),
    (network.predict, {"layers": net, "X": matrix, "threshold": threshold}),
    (network.backward, {"layers": net, "cache": cache, "Y": labels}),
    (network.input_gradient, {"layers": net, "cache": cache, "Y": labels}),
    (network.update, {"layers": net, "gradients": slopes, "learning_rate": rate}),
    (training.batches, {"m": count, "batch_size": count, "rng": seed}),
    (
        training.train,
        {
            "layers": st.one_of(net, checkpoint),
            "X": matrix,
            "Y": labels,
            "learning_rate": rate,
            "epochs": count,
            "batch_size": nothing,
            "rng": seed,
            "test": pair,
        },
    ),
    (
        training.train,
        {
            "layers": st.just(NETWORK),
            "X": matrix,
            "Y": labels,
            "learning_rate": rate,
            "epochs": count,
            "batch_size": count,
            "after_epoch": nothing,
        },
    ),
    (training.check_checkpoint, {"checkpoint": checkpoint}),
    (images.load_features, {"folder": right(lambda: FOLDER, lambda: "nowhere")}),
    (images.read_checked, {"name": right(lambda: "trees_2d.csv"), "folder": nothing}),
    (images.check_images, {"images": photos}),
    (images.flatten, {"images": photos}),
    (images.halve, {"images": photos}),
    (images.scale, {"X": right(lambda: PIXELS, lambda: PIXELS / 255)}),
    (images.mean_image, {"X": matrix}),
    (images.label_row, {"labels": right(lambda: Y[0], lambda: [0, 1], lambda: [0, np.nan])}),
    (images.prepare, {"photographs": sets}),
    (files.save, {"path": new_path, "model": model}),
    (files.load, {"path": path}),
    (files.probability, {"model": model, "X": matrix}),
    (files.save_checkpoint, {"path": new_path, "checkpoint": checkpoint}),
    (files.load_checkpoint, {"path": path}),
    (files.saver, {"path": new_path, "every": count}),
    (files.from_sklearn, {"mlp": right(lambda: MLP, lambda: MLPClassifier())}),
    (files.from_torch, {"module": right(lambda: [], lambda: [1, 2])}),
    (fit, {"X": rows, "y": words, "epochs": count, "batch_size": nothing, "random_state": seed}),
    (
        fit,
        {
            "X": rows,
            "y": words,
            "hidden_layer_sizes": right(lambda: (2,), lambda: (), lambda: 3),
            "activation": choice,
            "learning_rate": rate,
            "epochs": st.just(2),
            "batch_size": count,
            "scaling": right(lambda: "standard", lambda: "mean", lambda: None),
        },
    ),
    (ask, {"X": rows, "y": words, "sample_weight": right(lambda: None, lambda: [1, 2, 0, 1, 1])}),
    (checks.describe, {"value": st.one_of(number, words)}),
    (checks.as_array, {"value": matrix, "name": TEXT}),
    (checks.as_float, {"value": st.one_of(number, rate).filter(lambda v: isinstance(v, int))}),
    (checks.check_numbers, {"value": matrix, "name": TEXT}),
    (checks.check_examples, {"X": matrix}),
    (checks.check_unit, {"w": column, "b": number}),
    (checks.check_labels, {"Y": labels}),
    (checks.check_positive, {"value": rate, "name": TEXT}),
    (checks.check_count, {"value": count, "name": TEXT}),
    (checks.check_probability, {"value": threshold, "name": TEXT}),
    (checks.check_layer, {"W": right(lambda: X), "b": column}),
    (
        checks.check_outputs,
        {"A": probabilities, "low": st.just(0), "high": st.just(1), "function": TEXT},
    ),
    (checks.check_rng, {"rng": seed}),
    (checks.check_dtype, {"dtype": right(lambda: "f4", lambda: float, lambda: "O")}),
    (checks.check_gradient, {"dP": matrix, "P": st.just(X), "alpha": st.just(0.1), "name": TEXT}),
]
SLOW = [
    (images.load_trees, {"size": size, "folder": right(lambda: FOLDER, lambda: "nowhere")}),
    (files.to_sklearn, {"layers": net}),
    (
        plots.image_grid,
        {
            "images": photos,
            "titles": right(lambda: None, lambda: ["t"] * 5),
            "columns": right(lambda: 2, lambda: 9),
            "framed": right(lambda: None, lambda: Y[0] > 0),
        },
    ),
    (plots.activation_curve, {"name": choice}),
    (
        plots.cost_contours,
        {
            "cost": surface,
            "w_values": grid,
            "b_values": grid,
            "path": right(lambda: None, lambda: X[:2].T),
            "names": right(lambda: ("w", "b"), lambda: ["w"]),
            "ax": nothing,
        },
    ),
    (
        plots.learning_curve,
        {
            "costs": right(lambda: CURVE, lambda: [CURVE, CURVE[:2]], lambda: [CURVE, "x"]),
            "labels": right(lambda: None, lambda: "one", lambda: ["one", "two"]),
            "ax": nothing,
        },
    ),
    (plots.weights_as_image, {"w": column, "shape": right(lambda: (1, 3), lambda: (1, 1, 3))}),
    (run, {"arguments": command}),
]
INFINITE = {checks.as_array, checks.as_float}  # documented: the callers look at the numbers
LEFT_OUT = {
    "check_memory, check_overflow, check_precision, check_falling": "get what was checked before",
    "data_folder": "takes no argument",
    "to_torch": "needs PyTorch; its first line is check_layers",
}


def test_no_public_function_is_left_out():
    """Whoever adds a function to nnlib adds it here: or says why not."""
    known = {target.__name__ for target, _ in TARGETS + SLOW}
    known |= set(itertools.chain(*(names.split(", ") for names in LEFT_OUT)))
    for info in pkgutil.iter_modules(nnlib.__path__):
        module = importlib.import_module(f"nnlib.{info.name}")
        if info.name == "__main__":
            continue  # what stands in it is reached through `main`
        for name, thing in vars(module).items():
            if inspect.isfunction(thing) and thing.__module__ == module.__name__:
                assert name.startswith("_") or name in known, f"{module.__name__}.{name}"


# --- what is looked at ---------------------------------------------------------------------------


def trace(value, depth=0):
    """Something that changes when `value` does."""
    if isinstance(value, np.ndarray):
        if value.dtype == object or value.size > 10**6:
            return value.shape, value.dtype.str
        return value.shape, value.dtype.str, value.tobytes()
    if depth < 9 and isinstance(value, list | tuple):
        return type(value), [trace(part, depth + 1) for part in value]
    if depth < 9 and isinstance(value, dict):
        return [(trace(key), trace(part, depth + 1)) for key, part in value.items()]
    return type(value), id(value)


def assert_finite(value):
    """Every float in a result, however deep, is a finite number."""
    if isinstance(value, float | np.floating | np.ndarray):
        value = np.asarray(value)
        assert value.dtype.kind in "biufUO", value.dtype
        assert value.dtype.kind != "f" or np.isfinite(value).all(), value
    elif isinstance(value, list | tuple):
        for part in value:
            assert_finite(part)
    elif isinstance(value, dict):
        for part in value.values():
            assert_finite(part)


def test_what_the_fuzz_looks_at():
    """The two judges can say no."""
    for bad in (np.nan, [0.0, {"a": (np.float32(np.inf),)}], np.array([1.0, np.nan]), 1 + 0j * X):
        with pytest.raises(AssertionError):
            assert_finite(bad)
    assert_finite(Model(NETWORK, X, None, {"a": 1.0}))
    layer = Layer(X.copy(), [0.0], "relu")
    before = trace([layer])
    layer.W[0, 0] += 1e-12
    assert trace([layer]) != before


def in_folder(value, folder):
    """The value with the folder's name in place of its sign."""
    if isinstance(value, list):
        return [in_folder(part, folder) for part in value] if value != [value] else value
    return value.replace(FOLDER, f"{folder}/") if isinstance(value, str) else value


def judge(target, arguments, folder, counts):
    """One call: a finite result or one of nnlib's errors, no warning, nothing changed."""
    arguments = {
        name: in_folder(value, folder) if isinstance(value, str) or target is run else value
        for name, value in arguments.items()
    }
    before = trace(arguments)
    counts["calls"] += 1
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", message=DOCUMENTED)
        try:
            result = target(**arguments)
        except OWN as error:
            counts["refusals"] += 1
            assert str(error) and "\n\n" not in str(error)
        else:
            counts["results"] += 1
            counts[target] += 1
            if target not in INFINITE:
                assert_finite(result)
    assert trace(arguments) == before
    plt.close("all")


def call_often(target, arguments, calls, folder, counts):
    """Let hypothesis fill the arguments of one function, again and again."""

    @settings(max_examples=calls, deadline=None, suppress_health_check=list(HealthCheck))
    @given(arguments=st.fixed_dictionaries(arguments))
    def one_call(arguments):
        judge(target, arguments, folder, counts)

    one_call()


def test_five_thousand_random_calls(folder, monkeypatch):
    monkeypatch.chdir(folder)  # where a file named "tree" disturbs nobody
    counts = Counter()
    for target, arguments in SLOW:
        call_often(target, arguments, 30, folder, counts)
    for target, arguments in TARGETS:
        call_often(target, arguments, CALLS // len(TARGETS), folder, counts)
    assert counts["calls"] >= CALLS
    assert counts["results"] > CALLS / 4 and counts["refusals"] > CALLS / 4, counts
    never = {target.__name__ for target, _ in TARGETS + SLOW if not counts[target]}
    always = {"load_trees", "load_features", "from_torch"}  # no such data, no such modules here
    assert not never - always, f"always refused: {never}"
