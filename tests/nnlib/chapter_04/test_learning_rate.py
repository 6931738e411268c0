"""How one sees that a rate was too large, and which one to try."""

import numpy as np
import pytest

from nnlib.learning_rate import divergence, lower_rate, safe_learning_rate
from nnlib.logistic import train
from nnlib.rule import DivergenceError

X = np.random.default_rng(5).normal(size=(4, 23))


def test_falling_and_wavering_costs_are_let_through():
    fall = list(np.linspace(1, 0.1, 50))
    up_and_down = [1.0, *([1.5, 0.9] * 30)]
    peak = [1.0, *np.linspace(1, 9, 11), *np.linspace(9, 1, 30)]
    for costs in (fall, up_and_down, peak):
        for end in range(1, len(costs) + 1):
            assert divergence(costs[:end]) == ""


@pytest.mark.parametrize(
    ("costs", "stops_at", "words"),
    [
        (list(np.linspace(1, 2, 40)), 20, "the cost rose from 1 to 1.487 in 20 epochs"),
        ([1.0, 0.5, np.nan], 3, "numbers overflow in epoch 3"),
        ([np.inf], 1, "numbers overflow in epoch 1"),
        ([1.0] + [0.5] * 12 + [3.0] * 10, 23, "the cost rose from 1 to 3 in 23 epochs"),
        ([0.7] + [1.3, 0.6, 3.8] * 8, 20, "the cost was 0.7 and leaps between 0.6 and 3.8"),
    ],
)
def test_rising_costs_are_noticed(costs, stops_at, words):
    for end in range(1, stops_at):
        assert divergence(costs[:end]) == ""
    assert divergence(costs[:stops_at]).startswith(words)


def test_the_rate_to_try_is_lower_and_never_above_the_limit():
    limit = safe_learning_rate(X)
    assert lower_rate(X, 3 * limit) == limit
    assert lower_rate(X, 0.5 * limit) == pytest.approx(0.05 * limit)
    assert lower_rate(X, 3 * limit, layers=2) == pytest.approx(0.3 * limit)
    assert lower_rate(X, 1e9, layers=2) == limit


def test_a_run_that_overflows_is_told_so():
    Y = np.arange(23).reshape(1, 23) % 2.0
    with pytest.raises(DivergenceError, match=r"learning_rate 1e\+308 is too large: numbers over"):
        train(X, Y, 1e308, 5)
