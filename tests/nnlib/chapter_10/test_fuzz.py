"""5,000 random calls over every function behind the door.

Whatever comes, a call must

- return, and then every float in the result is finite, or
- raise one of nnlib's errors: `InputError` and its kin, `DataFileError`, `ModelFileError`,

without a warning, and leave what it was given as it was. (The same 5,000 calls at every run: the
profile of the tests is derandomized.) What is right for an argument, and what is wrong, comes from
its kind; what is strange, from one list for all.
"""

from collections import Counter

import numpy as np
import pytest
from doors import (
    CUSTOM,
    DOORED,
    KINDS,
    Row,
    outcome,
    prepare_folder,
    right_argument,
    right_arguments,
    rows_of,
)
from fuzzing import assert_finite, call_often, right, right_only, trace, variants

from nnlib.network import Layer

CALLS = 5000
SLOW = {"photographs.load_trees", "photographs.load_features", "exchange.to_sklearn"}
SLOW |= {name for name in DOORED if name.startswith("plots.")}
LEFT_OUT = {"exchange.to_torch"}  # needs PyTorch; what it takes is a network, as `forward` does

NEARLY = {  # what a kind cannot know: functions of the caller, and files
    ("gradient_check.numerical_gradient", "f"): [
        lambda: lambda P: np.asarray(P),
        lambda: lambda P: np.nan,
        lambda: lambda P: "high",
    ],
    ("gradient_check.check_gradients", "f"): [
        lambda: lambda p: p,
    ],
    ("plots.cost_contours", "cost"): [
        lambda: lambda w, b: np.float32(w) - b,
        lambda: lambda w, b: 1.0,
        lambda: lambda w, b: [w, b],
    ],
    ("checkpoint.load_checkpoint", "path"): [lambda: "text.npz", lambda: "none/x", lambda: "."],
    ("model.load", "path"): [lambda: "text.npz", lambda: "run.npz", lambda: "."],
    ("model.save", "path"): [lambda: "none/new.npz", lambda: "."],
    ("checkpoint.save_checkpoint", "path"): [lambda: "none/new.npz", lambda: "."],
    ("photographs.load_trees", "folder"): [lambda: "nowhere", lambda: "."],
    ("photographs.load_features", "folder"): [lambda: "nowhere"],
    ("training.epoch", "pieces"): [lambda: [slice(0, 2), slice(2, 5)]],
}
UNHELD = {"training.epoch": {"pieces"}}  # only training calls it: the pieces are its own


def strategy(name, argument):
    """What one argument is filled with; None if it is left to its default."""
    make = right_argument(name, argument)
    if make is None:
        return None
    nearly = NEARLY.get((name, argument), [])
    if argument in UNHELD.get(name, ()):
        return right_only(make, *nearly)
    wrong = [lambda value=row.value: value for row in rows_of(name, argument)]
    kept = [make] * 6 if (name, argument) in CUSTOM else variants(make)
    return right(*kept, *kept, *nearly, *wrong[::4])


def strategies(name):
    """What the arguments of a function are filled with."""
    made = {argument: strategy(name, argument) for argument in KINDS[name]}
    return {argument: one for argument, one in made.items() if one is not None}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where the calls may write, and a file named "tree" disturbs nobody."""
    prepare_folder(tmp_path)
    (tmp_path / "text.npz").write_text("no numbers")
    monkeypatch.chdir(tmp_path)


def test_what_the_fuzz_looks_at():
    """The two judges can say no."""
    X = np.ones((2, 3))
    for bad in (np.nan, [0.0, {"a": (np.float32(np.inf),)}], np.array([1.0, np.nan]), 1 + 0j * X):
        with pytest.raises(AssertionError):
            assert_finite(bad)
    assert_finite([X, None, {"a": 1.0}])
    layer = Layer(X.copy(), [0.0], "relu")
    before = trace([layer])
    layer.W[0, 0] += 1e-12
    assert trace([layer]) != before


def test_five_thousand_random_calls(folder):
    counts = Counter()
    names = [name for name in DOORED if name not in LEFT_OUT]
    fast = [name for name in names if name not in SLOW]
    for name in names:
        calls = -(-CALLS // len(fast)) if name in fast else 30
        call_often(DOORED[name], strategies(name), calls, counts)
    assert counts["calls"] >= CALLS
    assert counts["results"] > CALLS / 5 and counts["refusals"] > CALLS / 5, counts
    never = {name for name in names if not counts[DOORED[name]]}
    assert not never, f"always refused: {never}"


def huge_numbers(value):
    """Whole numbers that no float can hold, wherever an argument takes a number or numbers."""
    for huge in (10**400, -(10**400), 10**5000):  # the last has more digits than Python prints
        yield from (
            huge,
            [huge] * 20,
            [0.5] * 19 + [huge],
            [[huge] * 5] * 3,
            {"w": huge},
            (huge, 1),
        )
        for field in getattr(value, "_fields", ()):
            yield value._replace(**{field: huge})


def test_whole_numbers_that_no_float_can_hold_are_a_sentence_everywhere(folder):
    wrong = []
    for name in DOORED.keys() - LEFT_OUT:
        for argument, value in right_arguments(name).items():
            for huge in huge_numbers(value):
                said = outcome(Row(name, argument, huge, ""))
                if said.split(":")[0].endswith(("Error", "Warning")) or "\n" in said:
                    wrong.append(f"{name}, {argument}: {said}")
    assert wrong == []
