"""Figures with alt text, the same bytes every time."""

import subprocess
import sys

import matplotlib
import matplotlib.pyplot as plt
import pytest

from course import show, use_style
from course.figures import COLOURS, LINES, png_of, png_size


def draw():
    with matplotlib.rc_context():
        use_style()
        fig, ax = plt.subplots()
        ax.plot([1, 3, 2], label="a line")
        ax.legend()
        picture = png_of(fig)
    plt.close(fig)
    return picture


def test_the_same_figure_gives_the_same_bytes_and_no_name_of_a_program():
    assert draw() == draw()
    assert b"Software" not in draw()
    assert png_size(draw()) == (880, 495)


def test_settings_of_the_readers_own_change_no_figure():
    """As a matplotlibrc beside the notebook has them; it is read before all others."""
    plain = draw()
    with matplotlib.rc_context({"axes.grid": True, "savefig.bbox": "tight", "axes.linewidth": 5}):
        assert draw() == plain


@pytest.mark.parametrize("alt", ["", "  \n", None])
def test_a_figure_needs_words(alt):
    fig = plt.figure()
    with pytest.raises(ValueError, match="alt must say in words"):
        show(fig, alt)
    plt.close(fig)


def test_only_a_png_has_a_size():
    with pytest.raises(ValueError, match="not a PNG"):
        png_size(b"GIF89a")


def test_lines_differ_without_colour():
    assert len(set(map(str, LINES))) == len(set(COLOURS)) == len(LINES)


def test_importing_the_helpers_is_light():
    heavy = ("matplotlib", "numpy", "IPython", "nbformat", "jupytext", "nnlib")
    code = "import sys, course; print(*[n for n in sys.argv[1:] if n in sys.modules])"
    command = [sys.executable, "-c", code, *heavy]
    assert subprocess.run(command, capture_output=True, text=True).stdout.strip() == ""
