# Woven from chapters 1, 3, 4 and 6 by `python -m course tangle`:
# edit notebooks/text, not this file.
"""Figures: each function returns a matplotlib Figure and shows nothing."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure
from numpy.typing import ArrayLike

from nnlib.activations import ACTIVATIONS
from nnlib.images import check_images
from nnlib.validation import Array, InputError, as_array, check_count, check_numbers, describe


def _check_colours(images: ArrayLike) -> np.ndarray:
    """Return photographs that can be drawn: uint8, or floats from 0 to 1; red, green, blue."""
    images = check_images(images)
    drawable = images.dtype == np.uint8 or (images.min() >= 0 and images.max() <= 1)
    if images.shape[3] != 3 or not drawable:
        found = f"found dtype {images.dtype}, shape {images.shape}"
        raise InputError(
            f"images must hold 3 colours, uint8 or floats from 0 to 1; {found}, "
            f"values from {float(images.min()):g} to {float(images.max()):g}."
        )
    return images if images.dtype == np.uint8 else images.astype(np.float64)


def _check_one_each(values: Sequence[str] | Sequence[bool] | None, m: int, name: str) -> None:
    """Refuse a list that does not hold one entry for each of m photographs."""
    if values is not None and as_array(values, name).shape != (m,):
        raise InputError(f"{name} must hold one entry for each of the {m} photographs.")


def image_grid(
    images: ArrayLike,
    titles: Sequence[str] | None = None,
    columns: int = 8,
    framed: Sequence[bool] | None = None,
) -> Figure:
    """Draw photographs side by side.

    Parameters
    ----------
    images : array_like, shape (m, height, width, 3)
        uint8 from 0 to 255, or floats from 0 to 1.
    titles : sequence of m str, optional
        A line above each photograph.
    columns : int, optional
        Photographs per row.
    framed : sequence of m bool, optional
        Which photographs get a thick frame.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    InputError
        If `images` has another shape or holds no colours, there is not one title and one frame
        for each photograph, or `columns` is no whole number above 0.
    """
    images = _check_colours(images)
    m = len(images)
    _check_one_each(titles, m, "titles")
    _check_one_each(framed, m, "framed")
    if isinstance(columns, bool) or not isinstance(columns, (int, np.integer)) or columns < 1:
        raise InputError(f"columns must be a whole number above 0; found {describe(columns)}.")
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


CURVES = ACTIVATIONS


def activation_curve(name: str) -> Figure:
    """Draw an activation function and its slope; shade where the slope is almost gone.

    Parameters
    ----------
    name : str
        A key of ``activations.ACTIVATIONS``: ``"sigmoid"``, ``"tanh"`` or ``"relu"``.

    Returns
    -------
    matplotlib.figure.Figure
        The function, its slope (dashed), and a shade where the slope is less than a twentieth
        of its largest value.

    Raises
    ------
    InputError
        If there is no activation function of that name.
    """
    if not isinstance(name, str) or name not in CURVES:
        raise InputError(f"name must be one of {', '.join(CURVES)}; found {describe(name)}.")
    function, derivative = CURVES[name]
    z = np.linspace(-6, 6, 1201)
    a = function(z)
    slope = derivative(a)
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


def _check_grid(values: ArrayLike, name: str) -> Array:
    """Return the values along one axis of a grid: two or more, each larger than the one before."""
    values = check_numbers(values, name)
    if values.ndim != 1 or len(values) < 2 or (values[1:] <= values[:-1]).any():
        raise InputError(f"{name} must be a row of 2 or more numbers that go upwards.")
    if not float(np.abs(values).max()) < 1e100:
        raise InputError(f"{name} must lie between -1e100 and 1e100, or it cannot be drawn.")
    return values


def _axes(ax: Axes | None, size: tuple[float, float]) -> Axes:
    """Return the axes to draw in: those that are given, or those of a new figure."""
    if ax is None:
        return plt.subplots(figsize=size)[1]
    if not isinstance(ax, Axes):
        raise InputError(f"ax must be an Axes of matplotlib; found {type(ax).__name__}.")
    return ax


def cost_contours(
    cost: Callable[[float, float], float],
    w_values: Sequence[float] | Array,
    b_values: Sequence[float] | Array,
    path: ArrayLike | None = None,
    names: tuple[str, str] = ("w", "b"),
    ax: Axes | None = None,
) -> Figure | SubFigure:
    """Map of a cost over two parameters, with the path of a descent.

    Parameters
    ----------
    cost : callable
        Takes two numbers, returns one.
    w_values, b_values : array_like
        Where to evaluate it: the grid along each axis, shapes (k,) and (n,).
    path : array_like, optional
        Points to join, shape (steps + 1, 2); the first is marked as the start.
    names : tuple of str
        Labels of the axes.
    ax : matplotlib.axes.Axes, optional
        Draw here; a new figure if it is not given.

    Returns
    -------
    matplotlib.figure.Figure
        The one that `ax` belongs to; a SubFigure if that is part of a larger figure.

    Raises
    ------
    InputError
        If the grid does not go upwards, `cost` gives no finite numbers or the same one everywhere,
        or another argument cannot be used.
    """
    w_values, b_values = _check_grid(w_values, "w_values"), _check_grid(b_values, "b_values")
    if not callable(cost):
        raise InputError(f"cost must be a function; found {type(cost).__name__}.")
    if not isinstance(names, tuple | list) or len(names) != 2:
        raise InputError("names must be a pair of texts, one for each axis.")
    J = check_numbers([[cost(w, b) for w in w_values] for b in b_values], "the result of cost")
    if J.shape != (len(b_values), len(w_values)):
        raise InputError(f"the result of cost must be one number; found shape {J.shape[2:]}.")
    low, high = float(J.min()), float(J.max())
    if not 1e-9 * max(abs(low), abs(high)) < high - low < 1e100:
        raise InputError(f"cost cannot be drawn as a map; found {low:g} to {high:g} on the grid.")
    if path is not None:
        path = check_numbers(path, "path")
        if path.ndim != 2 or path.shape[1] != 2:
            raise InputError(f"path must have shape (steps + 1, 2); found shape {path.shape}.")
    ax = _axes(ax, (7, 5))
    levels = low + (high - low) * np.linspace(0.08, 1, 14) ** 2  # denser near the bottom
    ax.contourf(w_values, b_values, J, levels=[low, *levels], cmap="Blues", alpha=0.8)
    ax.contour(w_values, b_values, J, levels=levels, colors="0.45", linewidths=0.8)
    if path is not None:
        ax.plot(path[:, 0], path[:, 1], "o-", color="black", lw=1.5, ms=5)
        ax.plot(*path[0], "s", color="white", mec="black", ms=11)
    ax.set(xlabel=names[0], ylabel=names[1])
    ax.set(xlim=(min(w_values), max(w_values)), ylim=(min(b_values), max(b_values)))
    return ax.figure


def _check_runs(costs: object) -> list[Array]:
    """Return the costs of one run, or of several, as a list of runs."""
    costs = list(costs) if isinstance(costs, np.ndarray) and costs.ndim else costs
    if not isinstance(costs, list | tuple) or not costs:
        raise InputError("costs must be a list of numbers, or a list of such lists.")
    several = isinstance(costs[0], list | tuple) or getattr(costs[0], "ndim", 0) > 0
    rows = costs if several else [costs]
    runs = [check_numbers(row, f"costs of run {i}") for i, row in enumerate(rows, start=1)]
    if any(run.ndim != 1 or not float(np.abs(run).max()) < 1e100 for run in runs):
        raise InputError("costs of each run must be a row of numbers up to 1e100.")
    return runs


def learning_curve(
    costs: Sequence[float] | Sequence[Sequence[float]],
    labels: str | Sequence[str] | None = None,
    ax: Axes | None = None,
) -> Figure | SubFigure:
    """Cost against the number of steps, for one run or several.

    Parameters
    ----------
    costs : sequence of float, or sequence of such sequences
        The cost before each step of one run; or one sequence per run.
    labels : str or sequence of str, optional
        One name per run.
    ax : matplotlib.axes.Axes, optional
        Draw here; a new figure if it is not given.

    Returns
    -------
    matplotlib.figure.Figure
        The one that `ax` belongs to; a SubFigure if that is part of a larger figure.

    Raises
    ------
    InputError
        If `costs` are no finite numbers, or there is not one label for each run.
    """
    runs = _check_runs(costs)
    names = [labels] if isinstance(labels, str) else labels
    texts = isinstance(names, list | tuple) and all(isinstance(name, str) for name in names)
    if names is not None and not (texts and len(names) == len(runs)):
        raise InputError(f"labels must hold one name for each of the {len(runs)} runs.")
    ax = _axes(ax, (8, 4.5))
    shown: Sequence[str | None] = names or [None] * len(runs)
    for run, name in zip(runs, shown, strict=True):
        ax.plot(range(len(run)), run, label=name)
    if any(shown):
        ax.legend()
    ax.locator_params(axis="x", integer=True)
    ax.set(xlabel="steps", ylabel="cost J")
    return ax.figure


def weights_as_image(w: ArrayLike, shape: Sequence[int]) -> Figure:
    """The weights of one unit laid out like the image that they look at.

    Parameters
    ----------
    w : array_like, shape (n_x, 1)
        Weights, in the order of `images.flatten`.
    shape : tuple of int
        Height, width and number of channels of the images; without channels for grey images.

    Returns
    -------
    matplotlib.figure.Figure
        One panel per channel, all on one scale that is symmetric around 0: dark is negative.

    Raises
    ------
    InputError
        If `w` does not have as many entries as `shape` has pixels times channels.
    """
    w = check_numbers(w, "w")
    row = isinstance(shape, tuple | list) or (isinstance(shape, np.ndarray) and shape.ndim == 1)
    given = shape if row else (shape,)
    size = tuple(check_count(n, "each entry of shape") for n in given)
    if len(size) not in (2, 3) or w.size != math.prod(size):
        raise InputError(
            f"shape must be (height, width) or (height, width, channels) with {w.size} entries, "
            f"as many as w has; found {size}."
        )
    panels = w.reshape(*size[:2], -1)
    channels = panels.shape[2]
    limit = float(np.abs(w).max()) or 1.0
    if not limit < 1e100:
        raise InputError(f"w must lie between -1e100 and 1e100 to be drawn; found {limit:g}.")
    fig = Figure(figsize=(3.2 * channels + 1, 3.4), layout="constrained")
    axes = fig.subplots(1, channels, squeeze=False)[0]
    names = ("red", "green", "blue") if channels == 3 else [""] * channels
    for ax, name, k in zip(axes, names, range(channels), strict=True):
        drawn = ax.imshow(panels[:, :, k], cmap="cividis", vmin=-limit, vmax=limit)
        ax.set(title=name, xticks=[], yticks=[])
    fig.colorbar(drawn, ax=axes, label="weight")
    return fig
