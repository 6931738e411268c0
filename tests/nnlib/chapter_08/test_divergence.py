"""The rule of divergence on real runs: none that is mild is stopped, none that is wild goes on."""

import numpy as np
import pytest

from nnlib.learning_rate import safe_learning_rate
from nnlib.network import initialize
from nnlib.rule import DivergenceError
from nnlib.training import train

NETWORKS = [((), "relu"), ((5,), "relu"), ((8,), "tanh"), ((8,), "sigmoid"), ((10, 5), "relu")]
MILD = {  # name: the share of 2/Λ, and the batch size
    "full batches": (0.3, None),
    "mini-batches": (1 / 70, 8),
    "one by one": (1 / 200, 1),
}


def data(kind, seed):
    """Examples, and labels that can be learnt, or in part, or not at all."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(4, 40))
    noise = {"easy": 0, "noisy": 1.5}.get(kind, 1e6)
    return X, (X[:1] + noise * rng.normal(size=(1, 40)) > 0).astype(float)


@pytest.mark.parametrize("how", MILD)
@pytest.mark.parametrize("kind", ["easy", "noisy", "coins"])
def test_no_mild_run_is_stopped_however_often_it_goes_on(kind, how):
    share, batch_size = MILD[how]
    for seed, (hidden, activation) in enumerate(NETWORKS):
        X, Y = data(kind, seed)
        layers, rng = initialize((4, *hidden, 1), activation, seed), np.random.default_rng(seed)
        for _ in range(3):
            rate = share * safe_learning_rate(X)
            layers, history = train(layers, X, Y, rate, 40, batch_size, rng)
            assert len(history.costs) == 40


@pytest.mark.parametrize("kind", ["noisy", "coins"])
@pytest.mark.parametrize("batch_size", [None, 8])
def test_one_unit_at_40_times_the_limit_is_stopped(kind, batch_size):
    for seed in range(10):
        X, Y = data(kind, seed)
        with pytest.raises(DivergenceError):
            train(initialize((4, 1)), X, Y, 40 * safe_learning_rate(X), 100, batch_size)
