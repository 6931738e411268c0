"""The picture of a unit's weights."""

import numpy as np
import pytest

from nnlib.images import flatten
from nnlib.plots import weights_as_image
from nnlib.rule import InputError


def drawn_panels(fig):
    return [ax.images[0] for ax in fig.axes if ax.images]


def test_each_weight_stands_where_its_pixel_stands():
    pixels = np.arange(4 * 5 * 3).reshape(1, 4, 5, 3)
    panels = drawn_panels(weights_as_image(flatten(pixels) - 30.0, (4, 5, 3)))
    assert len(panels) == 3
    for channel, panel in enumerate(panels):
        np.testing.assert_array_equal(panel.get_array(), pixels[0, :, :, channel] - 30.0)


def test_all_panels_share_a_scale_with_zero_in_the_middle():
    w = np.linspace(-1, 3, 12).reshape(12, 1)
    assert {panel.get_clim() for panel in drawn_panels(weights_as_image(w, (2, 2, 3)))} == {(-3, 3)}


def test_grey_images_and_zero_weights():
    (panel,) = drawn_panels(weights_as_image(np.zeros((6, 1)), (2, 3)))
    assert panel.get_clim() == (-1, 1)
    assert panel.get_array().shape == (2, 3)


@pytest.mark.parametrize("shape", [(2, 2), (12,), 12, (1, 2, 2, 3)])
def test_a_shape_that_does_not_fit_is_refused(shape):
    with pytest.raises(InputError, match=r"shape must be .* with 12 entries.*found \("):
        weights_as_image(np.zeros((12, 1)), shape)


def test_weights_that_are_no_numbers_are_refused():
    with pytest.raises(InputError, match="w must be finite"):
        weights_as_image([[np.nan]], (1, 1))
