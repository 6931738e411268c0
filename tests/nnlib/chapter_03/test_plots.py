"""The map and the curve draw what they are given."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

from nnlib.plots import cost_contours, learning_curve


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def bowl(w, b):
    return w**2 + 2 * b**2


def test_the_map_shows_the_path_and_its_start():
    path = [(1.0, 1.0), (0.5, 0.2), (0.1, 0.0)]
    fig = cost_contours(bowl, np.linspace(-2, 2, 9), np.linspace(-1, 1, 5), path, names=("u", "v"))
    assert isinstance(fig, Figure)
    (ax,) = fig.axes
    line, start = ax.lines
    np.testing.assert_array_equal(line.get_xydata(), path)
    np.testing.assert_array_equal(start.get_xydata(), path[:1])
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("u", "v")
    assert (ax.get_xlim(), ax.get_ylim()) == ((-2, 2), (-1, 1))


def test_the_map_puts_w_on_the_horizontal_axis():
    asked = []
    cost_contours(lambda w, b: asked.append((w, b)) or w + 10 * b, [0.0, 1.0, 2.0], [5.0, 6.0])
    assert asked == [(w, b) for b in (5.0, 6.0) for w in (0.0, 1.0, 2.0)]


def test_the_map_draws_into_given_axes():
    fig, (_, right) = plt.subplots(1, 2)
    assert cost_contours(bowl, [-1, 0, 1], [-1, 0, 1], ax=right) is fig
    assert right.collections and not right.lines


def test_one_curve():
    (ax,) = learning_curve([3.0, 2.0, 1.5]).axes
    (line,) = ax.lines
    np.testing.assert_array_equal(line.get_xydata(), [[0, 3.0], [1, 2.0], [2, 1.5]])
    assert ax.get_legend() is None
    assert ax.get_xlabel() == "steps" and ax.get_ylabel() == "cost J"


def test_several_curves_of_different_lengths_with_names():
    fig, given = plt.subplots()
    assert learning_curve([[3, 2], [5, 4, 3]], ["slow", "fast"], ax=given) is fig
    assert [len(line.get_xdata()) for line in given.lines] == [2, 3]
    assert [text.get_text() for text in given.get_legend().get_texts()] == ["slow", "fast"]


def test_one_curve_with_a_name():
    (ax,) = learning_curve([3.0, 2.0], "training").axes
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["training"]


def test_every_curve_needs_a_name_if_one_has():
    with pytest.raises(ValueError):
        learning_curve([[3, 2], [5, 4]], ["only one"])
