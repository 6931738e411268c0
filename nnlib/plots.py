# Plain: edited here.
"""Figures: each function returns a matplotlib Figure and shows nothing."""

import math
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import numpy as np

from nnlib.door import door
from nnlib.extras import missing
from nnlib.kinds import ActivationName, AnyNumbers, Array, Count
from nnlib.rule import InputError
from nnlib.rules_arrays import Given, Numbers
from nnlib.rules_plots import (
    AxesOfAFigure,
    Colours,
    Drawable,
    OneEach,
    Points,
    RunNames,
    Runs,
    SizeOfImage,
    TwoTexts,
    Upwards,
)
from nnlib.rules_settings import OneNumber

try:
    import matplotlib.pyplot as plt
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure, SubFigure
except ImportError:
    raise missing("nnlib.plots", "matplotlib") from None

Pictures = Annotated[np.ndarray, Colours()]
Titles = Annotated[Sequence[str], OneEach("images")]
Frames = Annotated[Sequence[bool], OneEach("images")]
Surface = Annotated[
    Callable[[float, float], float], Given("Takes two numbers, returns one.", OneNumber())
]
Grid = Annotated[Array, Numbers(), Upwards(), Drawable()]
Descent = Annotated[Array, Numbers(), Points()]
Names = Annotated[Sequence[str], TwoTexts()]
Costs = Annotated[list[Array], Runs()]
Labels = Annotated[list[str], RunNames("costs")]
Where = Annotated[Axes, AxesOfAFigure()]
DrawableNumbers = Annotated[AnyNumbers, Drawable()]
ImageShape = Annotated[tuple[int, ...], SizeOfImage("w")]


@door
def image_grid(
    images: Pictures,
    titles: Titles | None = None,
    columns: Count = 8,
    framed: Frames | None = None,
) -> Figure:
    """Draw photographs side by side: so many in a row, with a title and a thick frame if wanted."""
    m = len(images)
    columns = min(columns, m)
    rows = math.ceil(m / columns)
    height = 1.3 if titles is None else 1.6
    fig = Figure(figsize=(1.3 * columns, height * rows), layout="constrained")
    for ax in fig.subplots(rows, columns, squeeze=False).flat[m:]:
        ax.axis("off")
    for i, ax in enumerate(fig.axes[:m]):
        ax.imshow(images[i])
        ax.set(xticks=[], yticks=[])
        ax.set_title("" if titles is None else titles[i], fontsize=11)
        ax.spines[:].set(visible=framed is not None and bool(framed[i]), linewidth=5)
    return fig


def curve_and_slope(name: str, z: Array) -> tuple[Array, Array]:
    """The values of an activation function and of its slope.

    Before chapter 6 has built the table of slopes, the slope is measured along the curve.
    """
    from nnlib import activations  # late: the first chapters have no table yet

    table = getattr(activations, "ACTIVATIONS", None)
    if table is None:
        a = getattr(activations, name)(z)
        return a, np.gradient(a, z)
    function, derivative = table[name]
    a = function(z)
    return a, derivative(a)


@door
def activation_curve(name: ActivationName) -> Figure:
    """Draw an activation function and its slope; shade where the slope is almost gone.

    The slope is dashed; the shade stands where it is less than a twentieth of its largest value.
    """
    z = np.linspace(-6, 6, 1201)
    a, slope = curve_and_slope(name, z)
    top = min(a.max(), 2.5)
    fig = Figure(figsize=(8, 4), layout="constrained")
    ax = fig.subplots()
    shade: dict[str, Any] = {"facecolor": "0.9", "edgecolor": "0.75", "hatch": "//", "linewidth": 0}
    ax.fill_between(z, a.min(), top, where=slope < 0.05 * slope.max(), **shade)
    ax.axvline(0, color="0.6", linewidth=1, linestyle=":")
    for values, style, label in ((a, "-", name), (slope, "--", "its slope")):
        ax.plot(z, values, style, label=label)
        ax.text(6.2, min(values[-1], top), label, va="center")
    ax.set(xlabel="z", xlim=(-6, 6), ylim=(a.min() - 0.05, top + 0.05))
    return fig


@door
def cost_contours(
    cost: Surface,
    w_values: Grid,
    b_values: Grid,
    path: Descent | None = None,
    names: Names = ("w", "b"),
    ax: Where | None = None,
) -> Figure | SubFigure:
    """Map of a cost over two parameters, with the path of a descent; a square marks its start."""
    J = np.array([[cost(w, b) for w in w_values] for b in b_values])
    low, high = float(J.min()), float(J.max())
    if not 1e-9 * max(abs(low), abs(high)) < high - low < 1e100:
        raise InputError(f"cost cannot be drawn as a map; found {low:g} to {high:g} on the grid.")
    ax = plt.subplots(figsize=(7, 5))[1] if ax is None else ax
    levels = low + (high - low) * np.linspace(0.08, 1, 14) ** 2  # denser near the bottom
    ax.contourf(w_values, b_values, J, levels=[low, *levels], cmap="Blues", alpha=0.8)
    ax.contour(w_values, b_values, J, levels=levels, colors="0.45", linewidths=0.8)
    if path is not None:
        ax.plot(path[:, 0], path[:, 1], "o-", color="black", lw=1.5, ms=5)
        ax.plot(*path[0], "s", color="white", mec="black", ms=11)
    ax.set(xlabel=names[0], ylabel=names[1])
    ax.set(xlim=(min(w_values), max(w_values)), ylim=(min(b_values), max(b_values)))
    return ax.figure


@door
def learning_curve(
    costs: Costs, labels: Labels | None = None, ax: Where | None = None
) -> Figure | SubFigure:
    """Cost against the number of steps, for one run or several."""
    ax = plt.subplots(figsize=(8, 4.5))[1] if ax is None else ax
    shown: Sequence[str | None] = labels or [None] * len(costs)
    for run, name in zip(costs, shown, strict=True):
        ax.plot(range(len(run)), run, label=name)
    if any(shown):
        ax.legend()
    ax.locator_params(axis="x", integer=True)
    ax.set(xlabel="steps", ylabel="cost J")
    return ax.figure


@door
def weights_as_image(w: DrawableNumbers, shape: ImageShape) -> Figure:
    """The weights of one unit laid out like the image that they look at.

    One panel per channel, in the order of `images.flatten`, all on one scale that is symmetric
    around 0: dark is negative.
    """
    panels = w.reshape(*shape[:2], -1)
    channels = panels.shape[2]
    limit = float(np.abs(w).max()) or 1.0
    fig = Figure(figsize=(3.2 * channels + 1, 3.4), layout="constrained")
    axes = fig.subplots(1, channels, squeeze=False)[0]
    names = ("red", "green", "blue") if channels == 3 else [""] * channels
    for ax, name, k in zip(axes, names, range(channels), strict=True):
        drawn = ax.imshow(panels[:, :, k], cmap="cividis", vmin=-limit, vmax=limit)
        ax.set(title=name, xticks=[], yticks=[])
    fig.colorbar(drawn, ax=axes, label="weight")
    return fig
