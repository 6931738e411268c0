"""Gradients, checked along random directions."""

import numpy as np
import pytest

from nnlib.gradient_check import check_gradients
from nnlib.losses import cost_from_z
from nnlib.network import Layer, backward, forward, initialize
from nnlib.rule import InputError


def network():
    """A cost of named parameters, where it is taken, and its gradient there."""
    layers = initialize((40, 9, 1), "tanh", rng=1)
    rng = np.random.default_rng(2)
    X, Y = rng.standard_normal((40, 7)), np.array([[1, 0, 0, 1, 1, 0, 1]])
    calls = []

    def cost(p):
        calls.append(p)
        made = [Layer(p["W1"], p["b1"], "tanh"), Layer(p["W2"], p["b2"], "sigmoid")]
        return cost_from_z(forward(made, X).Z[-1], Y)

    slopes = backward(layers, forward(layers, X), Y)
    (W1, b1, _), (W2, b2, _) = layers
    (dW1, db1), (dW2, db2) = slopes
    at, by = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
    return cost, at, by, calls


@pytest.mark.parametrize("directions", [1, 10])
def test_a_right_gradient_passes_with_two_costs_for_each_direction(directions):
    cost, at, by, calls = network()
    found = check_gradients(cost, at, by, directions=directions)
    assert list(found) == ["W1", "b1", "W2", "b2"] and max(found.values()) < 1e-8
    assert len(calls) <= 2 * (2 * directions * len(at)) < 2 * sum(P.size for P in at.values())


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("directions", [1, 3])
def test_a_single_wrong_entry_is_found_in_its_array_alone(directions, seed):
    cost, at, by, _ = network()
    wrong = by["W1"].copy()
    wrong[seed % 9, 2 * seed] *= 1.01
    found = check_gradients(cost, at, {**by, "W1": wrong}, directions=directions, rng=seed)
    assert found.pop("W1") > 1e-7 and max(found.values()) < 1e-7


def test_the_same_seed_feels_along_the_same_directions():
    cost, at, by, _ = network()
    given = cost, at, {**by, "W1": 2 * by["W1"]}
    first, again, other = (check_gradients(*given, directions=3, rng=seed) for seed in (0, 0, 1))
    assert first == again and first["b2"] != other["b2"]
    assert first["W1"] == pytest.approx(1 / 3, rel=1e-6)


def test_plain_numbers_can_be_checked_along_directions():
    found = check_gradients(lambda p: p["b"] ** 2, {"b": 3}, {"b": 6}, directions=2)
    assert found["b"] < 1e-9


@pytest.mark.parametrize("directions", [0, -1, 2.5, "ten"])
def test_directions_is_a_count(directions):
    with pytest.raises(InputError, match="directions must be"):
        check_gradients(lambda p: float(p["w"].sum()), {"w": [1.0]}, {"w": [1.0]}, 1e-5, directions)
