"""How one sees that a rate was too large, and which one to try."""

import numpy as np
import pytest

from nnlib.learning_rate import (
    divergence,
    lower_rate,
    quick_learning_rate,
    safe_learning_rate,
)
from nnlib.logistic import train
from nnlib.rule import DivergenceError, InputError

X = np.random.default_rng(5).normal(size=(4, 23))
LOG2 = np.log(2)
ULP = np.nextafter(0.5, 1)


@pytest.mark.parametrize(
    "costs",
    [
        list(np.linspace(1, 0.1, 50)),  # falls
        [1.0, *([1.2, 0.5] * 30)],  # wavers
        [1.0, *np.linspace(1, 9, 11), *np.linspace(9, 1, 30)],  # a peak, and down again
        [0.5] + [ULP] * 30,  # one rounding higher than the first
        [0.52388, *([0.52391, 0.52393, 0.5239] * 20)],  # a trained network goes on, and wavers
        [1e-9, *([1e-3, 2e-9, 0.3] * 20)],  # nearly perfect, now and then one example is wrong
        [0.5, *([0.8] * 40)],  # it went up, but nobody knows less than nothing
        [5.0, *([4.99, 4.995] * 30)],  # a bad start, and a tiny rate
        [5.0] + [5 + 1e-7] * 40,  # a bad start in float32: no step can be seen
        list(np.linspace(20, 3, 100)),  # a bad start, and a slow way down
    ],
)
def test_costs_that_fall_or_waver_are_let_through(costs):
    for end in range(1, len(costs) + 1):
        assert divergence(costs[:end]) == ""


@pytest.mark.parametrize(
    ("costs", "stops_at", "words"),
    [
        (list(np.linspace(1, 2, 40)), 20, "the cost rose from 1 to 1.487 in 20 epochs"),
        ([1.0, 0.5, np.nan], 3, "numbers overflow in epoch 3"),
        ([np.inf], 1, "numbers overflow in epoch 1"),
        ([0.7] * 19 + [10**400], 20, "numbers overflow in epoch 20"),  # more than a float holds
        ([1.0] + [0.5] * 12 + [3.0] * 10, 25, "the cost rose from 1 to 3 in 25 epochs"),
        ([0.7] + [1.3, 0.6, 3.8] * 8, 20, "the cost was 0.7 and leaps between 0.6 and 3.8"),
        ([14.0] + [7.0, 12.0, 9.0] * 8, 20, "the cost was 14 and leaps between 7 and 12 after 20"),
        ([0.01] * 30 + [LOG2 * 2] * 20, 47, "the cost rose from 0.01 to 1.386 in 47 epochs"),
    ],
)
def test_costs_that_stay_high_are_noticed(costs, stops_at, words):
    costs = costs + costs[-1:] * (stops_at - len(costs))
    for end in range(1, stops_at):
        assert divergence(costs[:end]) == "", end
    assert divergence(costs[:stops_at]).startswith(words)


def test_the_rate_to_try_is_lower_and_never_above_the_limit():
    limit = safe_learning_rate(X)
    advised = lower_rate(X, 3 * limit)
    assert 0.9 * limit < advised <= limit and float(f"{advised:.2g}") == advised
    assert lower_rate(X, 0.5 * limit) == pytest.approx(0.05 * limit)
    assert lower_rate(X, 3 * limit, layers=2) == pytest.approx(0.3 * limit)
    assert lower_rate(X, 1e9, layers=2) == advised


def test_the_rate_to_try_is_never_rounded_up():
    rng = np.random.default_rng(1)
    for _ in range(200):
        some = rng.normal(size=(3, 9)) * 10 ** rng.uniform(-3, 3)
        advised = lower_rate(some, 1e12)
        assert advised <= safe_learning_rate(some) < advised * 1.1001
        assert float(f"{advised:.2g}") == advised  # so the message says the very number


@pytest.mark.parametrize("alike", [0, 1, 30])
def test_the_quick_rate_lies_between_one_and_two_over_lambda(alike):
    """Features that are independent, a little alike, or nearly one: the hardest case first."""
    for seed in range(30):
        rng = np.random.default_rng(seed)
        some = rng.normal(size=(60, 90)) + alike * rng.normal(size=(1, 90))
        limit = safe_learning_rate(some)
        assert limit / 2 * (1 - 1e-12) < quick_learning_rate(some) <= limit * (1 + 1e-12)


def test_for_large_data_the_advice_comes_without_eigenvalues(monkeypatch):
    large = np.random.default_rng(0).normal(size=(1001, 1100))
    limit = safe_learning_rate(large)
    monkeypatch.setattr(np.linalg, "eigvalsh", None)
    advised = lower_rate(large, 1e9)
    assert 0.45 * limit < advised <= limit
    with pytest.raises(InputError, match="The numbers in X are so large"):
        lower_rate(large * 1e200, 0.1)


def test_a_run_that_overflows_is_told_so():
    Y = np.arange(23).reshape(1, 23) % 2.0
    with pytest.raises(DivergenceError, match=r"learning_rate 1e\+308 is too large: numbers over"):
        train(X, Y, 1e308, 5)
