"""Figures that move: with a slider in a live kernel, as frames on paper and on a page.

One function draws, `draw(**values)`, and gives a figure with its alt text. What it draws for a few
values of each slider is stored as one piece of HTML that needs no kernel and no script; a page that
brings `moving.js` makes a slider of it, and a live kernel shows a slider of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from course.figures import in_notebook, put

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Draw = Callable[..., "tuple[Figure, str]"]


def explore(
    draw: Draw,
    question: str,
    finer: dict[str, Sequence[Any]] | None = None,
    **sliders: Sequence[Any],
) -> None:
    """Show a figure that the reader moves.

    Parameters
    ----------
    draw : callable
        ``draw(**values)`` gives a figure and its alt text for one value of each slider.
    question : str
        What the reader should guess before moving anything.
    finer : dict, optional
        For a slider of this name more values than the page shows, in a live kernel.
    **sliders : sequence
        The values of each slider, the first of which is where it starts; 8 pictures at most.

    Raises
    ------
    ValueError
        If the values make more pictures than a page should hold, or none.
    """
    _present(draw, question, sliders, finer or {}, plays=False)


def animate(draw: Draw, question: str, **slider: Sequence[Any]) -> None:
    """Show a figure that plays: the values of one slider, one after the other.

    It stands still until the reader starts it, and can be stopped and stepped.

    Parameters
    ----------
    draw, question
        As for `explore`.
    **slider : sequence
        The values of the one slider, in order; 12 at most.

    Raises
    ------
    ValueError
        If there is not exactly one slider, or more values than a page should hold.
    """
    if len(slider) != 1:
        raise ValueError(f"an animation has one slider; found {len(slider)}")
    _present(draw, question, slider, {}, plays=True)


def _present(
    draw: Draw,
    question: str,
    sliders: dict[str, Sequence[Any]],
    finer: dict[str, Sequence[Any]],
    plays: bool,
) -> None:
    from course.moving.frames import Moving

    moving = Moving(draw, question, sliders, finer, plays)
    if not in_notebook():  # in plain Python: can it be drawn at both ends?
        moving.try_ends()
        return
    from course.moving import live

    live.show(moving)
    put(*moving.bundle())
