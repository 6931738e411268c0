"""The playground's mathematics under Node, held to nnlib: same start, same data, 1,000 steps.

The rates are moderate. A run whose cost jumps up and down magnifies the last digit: with the rate
0.3 the two layers of tanh below end 4e-5 apart in nnlib itself when one weight begins 1e-16
elsewhere.
"""

import contextlib
import io
import json
import math
import re

import numpy as np
import pytest
from node import node

from course.book import Book
from course.press.playground import quotes, trees, ziggurat
from nnlib.learning_rate import safe_learning_rate
from nnlib.network import Layer, initialize
from nnlib.rule import DivergenceError
from nnlib.training import train

EDGES = ziggurat.edges()
STEPS = 1000
CLOSE = {"rtol": 0, "atol": 1e-9}

RUN = """
const { Run, fromRows } = await load("run");
const { Generator } = await load("random");
return given.runs.map((one) => {
  const test = one.test && [fromRows(one.test[0]), one.test[1]];
  const run = new Run({ ...one, X: fromRows(one.X), test }, given.edges);
  const weights = () => run.layers.map(({ W, b }) => [[...W.data], [...b]]);
  const start = weights();
  for (let i = 0; i < one.epochs; i++) run.step();
  const end = weights();
  run.goTo(Math.floor(one.epochs / 3));
  while (run.epoch < one.epochs) run.step();
  return { start, end, again: weights(), history: run.history };
});
"""


def data(seed=3, m=60, test=25):
    """Two interlocked arms, training and test."""
    rng = np.random.default_rng(seed)
    along = rng.uniform(0, 1, m + test)
    Y = (np.arange(m + test) % 2)[None, :].astype(float)
    angle = 5 * along + np.pi * Y[0]
    X = along * np.array([np.cos(angle), np.sin(angle)]) + 0.05 * rng.standard_normal((2, m + test))
    return X[:, :m], Y[:, :m], X[:, m:], Y[:, m:]


RUNS = {
    "one unit": ([], 0.5, None, 0, None),
    "sigmoid": ([(5, "sigmoid")], 0.8, None, 1, None),
    "tanh, two layers": ([(8, "tanh"), (8, "tanh")], 0.1, None, 2, None),
    "relu, batches of 16": ([(6, "relu")], 0.1, 16, 3, None),
    "tanh, batches of 1": ([(4, "tanh")], 0.02, 1, 4, None),
    "four layers, mixed, a scale": (
        [(7, "relu"), (5, "tanh"), (4, "sigmoid"), (3, "tanh")], 0.1, 32, 4294967295, 0.6,
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def both():
    """For each run: what nnlib and what the playground make of it."""
    X, Y, X_test, Y_test = data()
    asked, wanted = [], []
    for hidden, rate, batch, seed, scale in RUNS.values():
        sizes, names = [2, *(units for units, _ in hidden), 1], [name for _, name in hidden]
        start = initialize(sizes, hidden=names, rng=seed, scale=scale)
        epochs = math.ceil(STEPS / (math.ceil(X.shape[1] / batch) if batch else 1))
        wanted.append((start, train(start, X, Y, rate, epochs, batch, seed, (X_test, Y_test))))
        settings = dict(hidden=hidden, rate=rate, batch=batch or 0, seed=seed, scale=scale or 0)
        test = [X_test.tolist(), Y_test[0].tolist()]
        asked.append(
            {**settings, "X": X.tolist(), "Y": Y[0].tolist(), "test": test, "epochs": epochs}
        )
    made = node(RUN, {"runs": asked, "edges": EDGES})
    return dict(zip(RUNS, zip(wanted, made, strict=True), strict=True))


def same(layers, weights, exactly=False):
    """Whether layers of nnlib and lists of the playground hold the same numbers."""
    assert len(layers) == len(weights)
    for layer, (W, b) in zip(layers, weights, strict=True):
        for wanted, found in ((layer.W.ravel(), W), (layer.b.ravel(), b)):
            np.testing.assert_allclose(found, wanted, rtol=0, atol=0 if exactly else 1e-9)


@pytest.mark.parametrize("name", RUNS)
def test_the_start_is_nnlibs_to_the_last_bit(both, name):
    (start, _), made = both[name]
    same(start, made["start"], exactly=True)


@pytest.mark.parametrize("name", RUNS)
def test_a_thousand_steps_end_at_the_same_weights(both, name):
    (_, (layers, _)), made = both[name]
    same(layers, made["end"])


@pytest.mark.parametrize("name", RUNS)
def test_the_history_is_that_of_nnlib(both, name):
    (_, (_, history)), made = both[name]
    found = made["history"]
    np.testing.assert_allclose(found["costs"], history.costs, **CLOSE)
    np.testing.assert_allclose(found["testCosts"], history.test_costs, **CLOSE)
    assert found["accuracies"] == history.accuracies
    assert found["testAccuracies"] == history.test_accuracies


@pytest.mark.parametrize("name", RUNS)
def test_a_run_that_went_back_arrives_at_the_same_numbers(both, name):
    _, made = both[name]
    assert made["again"] == made["end"]


def test_the_generator_is_numpys():
    """Enough normal numbers to meet the tail and the wedges of the ziggurat."""
    script = """
    const { Generator } = await load("random");
    return given.seeds.map((seed) => {
      const rng = new Generator(seed, given.edges);
      const normal = Array.from({ length: 9000 }, () => rng.normal());
      return [normal, rng.permutation(7), rng.permutation(250), rng.uniform()];
    });
    """
    seeds = [0, 1, 12345, 2**32 - 1]
    for seed, made in zip(seeds, node(script, {"seeds": seeds, "edges": EDGES}), strict=True):
        rng = np.random.default_rng(seed)
        wanted = [rng.standard_normal(9000).tolist(), rng.permutation(7).tolist()]
        assert made == [*wanted, rng.permutation(250).tolist(), rng.random()]


def test_the_edges_are_those_of_equal_areas():
    """Asked of NumPy, and held to the definition of the ziggurat."""
    x = np.array(EDGES)
    f = np.exp(-(x**2) / 2)
    areas = x[2:] * (f[1:-1] - f[2:])  # layer i between the heights of i - 1 and i
    np.testing.assert_allclose(areas, 0.00492867323399, rtol=1e-9)


DIVERGING = {
    "overflow": ([(4, "relu")], 1e200),
    "rose": ([], 40.0),
    "leaps": ([(8, "relu"), (8, "relu")], 30.0),
}


@pytest.mark.parametrize("hidden, rate", DIVERGING.values(), ids=DIVERGING)
def test_a_run_that_diverges_is_refused_in_the_same_words(hidden, rate):
    rng = np.random.default_rng(0)
    X, Y = 4 * rng.standard_normal((2, 40)), rng.integers(0, 2, (1, 40)).astype(float)
    layers = initialize([2, *(u for u, _ in hidden), 1], hidden=[name for _, name in hidden])
    with pytest.raises(DivergenceError) as refused:
        train(layers, X, Y, rate, 1000)
    script = """
    const { Run, fromRows } = await load("run");
    const { lowerRate, sentence } = await load("divergence");
    const run = new Run({ ...given, X: fromRows(given.X) }, given.edges);
    while (!run.diverged && run.epoch < 1000) run.step();
    const at = run.epoch;
    run.step();
    run.step();
    const better = lowerRate(run.X, run.rate, run.layers.length);
    return [sentence(run.diverged.found, given.words, run.rate, better), at, run.epoch];
    """
    given = {"X": X.tolist(), "Y": Y[0].tolist(), "hidden": hidden, "rate": rate, "batch": 0}
    given |= {"seed": 0, "scale": 0, "edges": EDGES, "words": quotes.sentences(Book())}
    said, at, after = node(script, given)
    assert said == str(refused.value)
    assert at == after  # it has ended


def test_the_sentences_of_all_three_kinds_are_met():
    assert set(DIVERGING) == {"overflow", "rose", "leaps"}


def test_the_rate_to_try_is_that_of_nnlib():
    X = np.vstack([data()[0], data()[0] ** 2, [[0.5] * 60]])
    script = """
    const { safeLearningRate } = await load("divergence");
    const { fromRows } = await load("run");
    return safeLearningRate(fromRows(given));
    """
    assert node(script, X.tolist()) == pytest.approx(safe_learning_rate(X), rel=1e-12)


STATES = [
    "data=spiral&count=80&noise=0.2&features=x1,x2,sin1&hidden=8tanh,8tanh&rate=0.1&batch=32&epoch=300",
    "data=xor&features=x1x2&hidden=&rate=0.5&test=0&epoch=200&seed=7",
    "data=gauss&features=x1,x2,x1x1,x2x2,sin2&hidden=3relu,2sigmoid&scale=0.5&rate=0.1&epoch=150",
    "data=trees_contrast&hidden=4tanh&rate=0.5&batch=128&epoch=20",
    "data=circles&epoch=0",
    "data=drawn&points=0.1_0.2_0~1.5_-1_1~-0.33_2_1~0.5_0.5_0~1_1_1&epoch=40",
    "data=circles&hidden=4relu&rate=1000000&epoch=100",
]  # fmt: skip


@pytest.fixture(scope="module")
def programs():
    """For each state: the program that the page gives, and the weights that it has."""
    script = """
    const { read } = await load("address");
    const { examples, parted } = await load("data");
    const { program, weights } = await load("code");
    const { Run } = await load("run");
    return given.states.map((text) => {
      const { state, wrong } = read(text);
      if (wrong.length) throw new Error(wrong.join());
      const [training, testing] = parted(state, given);
      const labels = (points) => points.map((point) => point[2]);
      const X = examples(training, state.features);
      const test = testing.length ? [examples(testing, state.features), labels(testing)] : null;
      const batch = Math.min(state.batch, training.length);
      const run = new Run({ ...state, X, Y: labels(training), test, batch }, given.edges);
      while (run.epoch < state.epoch && !run.diverged) run.step();
      return [program(state, training, testing, run), weights(state, run), run.history];
    });
    """
    facts = {"trees_green": trees.points(1), "trees_contrast": trees.points(2)}
    return dict(
        zip(STATES, node(script, {"states": STATES, "edges": EDGES, "trees": facts}), strict=True)
    )


@pytest.mark.parametrize("state", STATES[:-1])
def test_the_code_that_is_given_makes_the_same_run(programs, state):
    program, weights, history = programs[state]
    space = {}
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(program, space)
    found = [
        [np.ravel(layer["W"]), np.ravel(layer["b"])] for layer in json.loads(weights)["layers"]
    ]
    same(space["layers"], found)
    np.testing.assert_allclose(history["costs"], space["history"].costs, **CLOSE)
    np.testing.assert_allclose(history["testCosts"], space["history"].test_costs, **CLOSE)
    assert "W[1]" in printed.getvalue()


def test_the_code_of_a_run_that_diverged_is_refused_by_nnlib(programs):
    program, _, _ = programs[STATES[-1]]
    with pytest.raises(DivergenceError, match="learning_rate 1e\\+06 is too large"):
        exec(program, {})


def test_the_lines_that_read_the_weights_make_a_file_that_nnlib_loads(
    programs, tmp_path, monkeypatch
):
    from nnlib.model import load

    _, weights, _ = programs[STATES[0]]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "weights.json").write_text(weights, encoding="utf-8")
    exec(node('return (await load("code")).READ_WEIGHTS'), {})
    layers = load("network.npz").layers
    assert [layer.W.shape for layer in layers] == [(8, 3), (8, 8), (1, 8)]
    assert isinstance(layers[0], Layer)


def test_numbers_are_written_as_python_writes_them():
    numbers = [0.1, 1e-5, 123456.0, 1234567.0, 40.0, 1e200, 0.00012345, 2.5, 100.0, 9.9999]
    script = """
    const { significant } = await load("numbers");
    return given.map((one) => [2, 4, 6].map((digits) => significant(one, digits)));
    """
    wanted = [[f"{one:.2g}", f"{one:.4g}", f"{one:g}"] for one in numbers]
    assert node(script, numbers) == wanted


def test_every_line_of_a_quoted_equation_has_its_comment():
    """A comment `(34)` in the copy stands for the same equation as in nnlib."""
    from course.press.playground import PAGE

    text = (PAGE / "mathematics.mjs").read_text(encoding="utf-8")
    assert {"(3)", "(4)", "(7)", "(23)", "(28)", "(29)", "(32)", "(34)", "(35)", "(36)"} <= set(
        re.findall(r"// .*?(\(\d+\))", text)
    )
