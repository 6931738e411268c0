"""Figures that a reader can see, read aloud, and get again byte for byte."""

from __future__ import annotations

import base64
import html
import io
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DPI = 110
PALETTE = 256
TOLERANCE = 12  # of 255: how far a palette may move one channel of one pixel

# Okabe and Ito's colours, which colour-blind readers tell apart; the line styles differ as well,
# so that nothing rests on colour alone.
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00"]
LINES = ["-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (8, 2))]


def use_style() -> None:
    """Set matplotlib to the look of the course: large type, few lines, no need for colour.

    Call it once in the setup cell of a chapter.
    """
    import matplotlib
    from cycler import cycler

    matplotlib.rcdefaults()  # whatever a matplotlibrc beside the notebook says
    matplotlib.rcParams.update(
        {
            "font.family": "DejaVu Sans",  # ships with matplotlib: the same on every machine
            "font.size": 14,
            "axes.titlesize": 15,
            "axes.labelsize": 14,
            "xtick.labelsize": 12,
            "ytick.labelsize": 12,
            "legend.fontsize": 12,
            "legend.frameon": False,
            "lines.linewidth": 2.5,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.prop_cycle": cycler(color=COLOURS) + cycler(linestyle=LINES),
            "figure.figsize": (8.0, 4.5),
            "figure.dpi": DPI,
            "figure.constrained_layout.use": True,
            "image.cmap": "cividis",
        }
    )


def show(fig: Figure, alt: str) -> None:
    """Show a figure with its alternative text, and close it.

    The picture is stored twice: as an ``<img alt="…">``, which carries the text into the page
    wherever HTML is shown, and as a plain PNG for what shows no HTML (a printed page, an editor
    that does not trust the folder). The text and the size of the picture stand beside them, so that
    a test that compares notebooks knows what it is. In plain Python, outside a notebook, the figure
    is only closed.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        The figure.
    alt : str
        What a person would see in it and learn from it, in one or two sentences.

    Raises
    ------
    ValueError
        If `alt` is empty.
    """
    import matplotlib.pyplot as plt

    if not isinstance(alt, str) or not alt.strip():
        raise ValueError("alt must say in words what the figure shows; it is empty")
    alt = " ".join(alt.split())
    if in_notebook():
        png = png_of(fig)
        width, height = png_size(png)
        metadata = {"image/png": {"alt": alt, "width": width, "height": height}}
        put(bundle(png, alt), metadata)
    plt.close(fig)


def put(data: dict[str, Any], metadata: dict[str, Any] | None = None) -> None:
    """Show something in a notebook, in each form that `data` holds."""
    from IPython.display import display

    display(data, raw=True, metadata=metadata or {})


def put_widget(widget: Any) -> None:
    """Show a widget, and no words where there is none: the page has its own beside it."""
    view = {"version_major": 2, "version_minor": 0, "model_id": widget.model_id}
    put({"application/vnd.jupyter.widget-view+json": view})


def bundle(png: bytes, alt: str) -> dict[str, str]:
    """A picture in each form in which `show` stores it."""
    code = base64.b64encode(png).decode("ascii")
    width, height = png_size(png)
    size = f'width="{width}" height="{height}" style="max-width: 100%; height: auto"'
    source = f"data:image/png;base64,{code}"
    return {
        "text/html": f'<img alt="{html.escape(alt)}" {size} src="{source}">',
        "image/png": code,
        "text/plain": f"Figure, {width} × {height} pixels: {alt}",
    }


def png_size(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG picture, read from its first bytes."""
    if png[:8] != b"\x89PNG\r\n\x1a\n" or png[12:16] != b"IHDR":
        raise ValueError("not a PNG picture")
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


def png_of(fig: Figure, small: bool = True) -> bytes:
    """The picture of a figure: the same figure gives the same bytes.

    Small is what is stored; what is only looked at, now, comes sooner.
    """
    buffer = io.BytesIO()
    pil = {"compress_level": 0 if small else 1}  # the small one is read again at once
    fig.savefig(buffer, format="png", dpi=DPI, metadata={"Software": None}, pil_kwargs=pil)
    return _smaller(buffer.getvalue()) if small else buffer.getvalue()


def _smaller(png: bytes) -> bytes:
    """The picture with a palette of 256 colours, a third of the bytes, where nobody sees it."""
    import numpy as np
    from PIL import Image

    full = Image.open(io.BytesIO(png)).convert("RGB")
    few = full.quantize(PALETTE, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    difference = np.asarray(full, np.int16) - np.asarray(few.convert("RGB"))
    picture = few if np.abs(difference).max() <= TOLERANCE else full
    buffer = io.BytesIO()
    picture.save(buffer, "png", optimize=True)
    return buffer.getvalue()


def in_notebook() -> bool:
    """Whether a kernel runs this, so that something can be shown."""
    shell = sys.modules.get("IPython")
    return shell is not None and shell.get_ipython() is not None
