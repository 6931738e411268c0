"""A figure that moves, as frames: each picture once, with its alt text and where it belongs."""

from __future__ import annotations

import html
import itertools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course.figures import bundle, png_of, png_size

SCRIPT = Path(__file__).parent / "moving.js"
"""What makes a slider of the frames, on a page that brings it."""
MOST = {False: 8, True: 12}  # pictures on a page: to explore, to play
FORMS: dict[Any, Any] = {
    "figure.figsize": (7.0, 3.7),  # unless `draw` says so itself
    # Axes that stand still from frame to frame; and to look for their place is half of a redraw.
    "figure.constrained_layout.use": False,
    "figure.subplot.left": 0.11,
    "figure.subplot.right": 0.97,
    "figure.subplot.bottom": 0.18,
    "figure.subplot.top": 0.9,
}

Values = dict[str, Any]

# Hidden where the live one stands above it. Both are in the same cell of JupyterLab.
STYLE = """<style>
.jp-OutputArea:has(.course-live) .course-moving { display: none; }
.course-moving { margin: 0; }
.course-moving summary { cursor: pointer; }
</style>"""


@dataclass
class Frame:
    """One picture and what it says."""

    png: bytes
    alt: str


@dataclass
class Moving:
    """What is drawn, for which values, and what is asked."""

    draw: Callable[..., tuple[Any, str]]
    question: str
    sliders: Mapping[str, Sequence[Any]]
    finer: Mapping[str, Sequence[Any]]
    plays: bool = False
    drawn: dict[tuple[Any, ...], Frame] = field(default_factory=dict)

    def __post_init__(self) -> None:
        number = len(list(self.values()))
        if not self.question.strip() or not self.sliders or not number:
            raise ValueError("a figure that moves needs a question, and a slider with values")
        if number > MOST[self.plays]:
            message = f"{number} pictures; {MOST[self.plays]} are the most that a page should hold"
            raise ValueError(message)
        for name, values in self.finer.items():
            missing = set(self.sliders.get(name, ())) - set(values)
            if name not in self.sliders or missing:
                raise ValueError(f"finer[{name!r}] must hold every value of that slider")

    def values(self) -> Iterator[Values]:
        """The values of every picture on the page; the first one is where it starts."""
        for each in itertools.product(*self.sliders.values()):
            yield dict(zip(self.sliders, each, strict=True))

    def frame(self, **values: Any) -> Frame:
        """The picture for these values: drawn once, the same in a live slider and on the page."""
        key = tuple(values[name] for name in self.sliders)
        if key not in self.drawn:
            stored = all(values[name] in self.sliders[name] for name in self.sliders)
            self.drawn[key] = Frame(*self._drawn(values, stored))
        return self.drawn[key]

    def _drawn(self, values: Values, stored: bool = True) -> tuple[bytes, str]:
        import matplotlib.pyplot as plt

        with plt.rc_context(FORMS):
            fig, alt = self.draw(**values)
            alt = " ".join(alt.split())
            if not alt.endswith("."):
                raise ValueError(f"the alt text must be a sentence; found {alt!r}")
            try:
                return png_of(fig, small=stored), alt  # between the frames: at once
            finally:
                plt.close(fig)

    def try_ends(self) -> None:
        """Draw the first picture and the last, and show neither."""
        every = list(self.values())
        for values in (every[0], every[-1]):
            self._drawn(values)

    def bundle(self) -> tuple[dict[str, str], dict[str, Any]]:
        """What is stored: the frames as HTML, and the first of them for what shows no HTML."""
        first = self.frame(**next(self.values()))
        data = bundle(first.png, first.alt)
        width, height = png_size(first.png)
        metadata = {"image/png": {"alt": first.alt, "width": width, "height": height}}
        return data | {"text/html": self.page()}, metadata

    def page(self) -> str:
        """The frames as one piece of HTML, which `moving.js` turns into a slider."""
        first, *others = self.values()
        sliders = [
            {"name": words(name), "values": [str(each) for each in values]}
            for name, values in self.sliders.items()
        ]
        kind = "play" if self.plays else "explore"
        number = "1 more picture" if len(others) == 1 else f"{len(others)} more pictures"
        lines = [
            f'<figure class="course-moving" data-kind="{kind}" '
            f'data-sliders="{html.escape(_json(sliders))}">',
            STYLE,
            self._picture(first),
            f"<figcaption><strong>{state(first)}.</strong> {html.escape(self.question)}"
            "</figcaption>",
            f"<details><summary>{number}: {kinds(self.sliders)}</summary>",
            *(self._picture(each, caption=True) for each in others),
            "</details>",
            "</figure>",
        ]
        return "\n".join(lines)

    def _picture(self, values: Values, caption: bool = False) -> str:
        frame = self.frame(**values)
        where = html.escape(_json([str(each) for each in values.values()]))
        above = f"<p><strong>{state(values)}</strong></p>\n" if caption else ""
        picture = bundle(frame.png, frame.alt)["text/html"]
        return f'<div class="course-frame" data-at="{where}">{above}{picture}</div>'


def _json(value: Any) -> str:
    """As JSON.stringify writes it: `moving.js` compares the texts."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def words(name: str) -> str:
    """The name of a slider as a person reads it."""
    return name.replace("_", " ")


def state(values: Values) -> str:
    """Where the sliders stand, in words."""
    said = ", ".join(f"{words(name)} {value}" for name, value in values.items())
    return html.escape(said)


def kinds(sliders: Mapping[str, Sequence[Any]]) -> str:
    """What is moved, and through which values."""
    said = [f"{words(name)} {', '.join(map(str, values))}" for name, values in sliders.items()]
    return html.escape("; ".join(said))
