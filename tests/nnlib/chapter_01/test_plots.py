"""The figures of chapter 1 hold what they are to show."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from nnlib.plots import activation_curve, image_grid
from nnlib.rule import InputError


def test_a_grid_shows_each_photograph_with_its_title():
    photos = np.random.default_rng(0).integers(0, 256, (5, 4, 4, 3), dtype=np.uint8)
    fig = image_grid(photos, list("abcde"), columns=3, framed=[False, True, False, False, False])
    assert isinstance(fig, Figure)
    shown = [ax for ax in fig.axes if ax.images]
    assert [ax.get_title() for ax in shown] == list("abcde")
    for ax, photo in zip(shown, photos, strict=True):
        assert np.array_equal(ax.images[0].get_array(), photo)
    assert [ax.spines["top"].get_visible() for ax in shown] == [False, True, False, False, False]
    assert not fig.axes[5].axison  # the empty place in the second row


def test_fewer_photographs_than_columns():
    assert len(image_grid(np.zeros((2, 4, 4, 3))).axes) == 2


def test_a_grid_needs_photographs():
    with pytest.raises(InputError, match="^images must have shape"):
        image_grid(np.zeros((4, 4, 3)))


def test_the_curve_of_the_sigmoid_with_its_slope():
    (ax,) = activation_curve("sigmoid").axes
    curve, slope = ax.lines[-2:]
    z, a = curve.get_data()
    assert a[np.argmin(np.abs(z))] == 0.5
    assert np.allclose(slope.get_ydata()[1:-1], (a * (1 - a))[1:-1], atol=1e-4)
    assert curve.get_linestyle() != slope.get_linestyle()
    assert {text.get_text() for text in ax.texts} >= {"sigmoid"}


@pytest.mark.parametrize("name", ["Sigmoid", "", None, 3])
def test_a_curve_that_is_not_there(name):
    with pytest.raises(InputError, match="^name must be one of sigmoid.*; found"):
        activation_curve(name)
