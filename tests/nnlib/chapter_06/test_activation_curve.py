"""The picture of an activation function shows that function."""

import numpy as np
import pytest

from nnlib.activations import ACTIVATIONS
from nnlib.plots import activation_curve
from nnlib.rule import InputError


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_curve_and_slope_are_drawn_and_told_apart_without_colour(name):
    function, derivative = ACTIVATIONS[name]
    (ax,) = activation_curve(name).axes
    lines = {line.get_label(): line for line in ax.get_lines()}
    curve, slope = lines[name], lines["its slope"]
    z = curve.get_xdata()
    np.testing.assert_array_equal(curve.get_ydata(), function(z))
    np.testing.assert_array_equal(slope.get_ydata(), derivative(function(z)))
    assert curve.get_linestyle() != slope.get_linestyle()


def test_only_the_left_of_relu_is_shaded():
    (ax,) = activation_curve("relu").axes
    (shade,) = ax.collections
    box = shade.get_datalim(ax.transData)
    assert box.x0 == -6
    assert box.x1 == pytest.approx(0, abs=0.01)


def test_an_unknown_name_is_refused():
    with pytest.raises(
        InputError, match=r"^name must be one of sigmoid, tanh, relu; found 'step'\.$"
    ):
        activation_curve("step")
