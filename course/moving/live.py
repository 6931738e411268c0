"""The live slider: a picture that a kernel draws anew, and words that a screen reader hears."""

from __future__ import annotations

import html
from typing import Any

from course.figures import bundle, put_widget
from course.moving.frames import Moving, words

# ipywidgets gives its sliders no name and its texts no role; this gives them both, in the page.
NAMES = """
const name = () => {
  const live = element.closest('.course-live');
  if (!live) return false;
  const state = live.querySelector('.course-state .widget-html-content');
  const sliders = [...live.querySelectorAll('.widget-slider')];
  if (!state || !sliders.length || !live.querySelector('.noUi-handle')) return false;
  state.setAttribute('role', 'status');
  state.setAttribute('aria-live', 'polite');
  for (const slider of sliders) {
    const handle = slider.querySelector('.noUi-handle');
    const value = slider.querySelector('.widget-readout');
    handle.setAttribute('aria-label', slider.querySelector('.widget-label').textContent);
    const say = () => {
      if (handle.getAttribute('aria-valuetext') !== value.textContent) {
        handle.setAttribute('aria-valuetext', value.textContent);
      }
    };
    new MutationObserver(say).observe(value, {childList: true, characterData: true, subtree: true});
    new MutationObserver(say).observe(handle, {attributeFilter: ['aria-valuetext']});
    say();
  }
  return true;
};
let tries = 0;
const wait = () => { if (!name() && tries++ < 50) setTimeout(wait, 100); };
wait();
"""


def show(moving: Moving) -> None:
    """Show the slider, if the kernel has ipywidgets."""
    try:
        import ipywidgets as widgets
    except ImportError:  # an editor without them shows the frames
        return
    put_widget(made(moving, widgets))


def made(moving: Moving, widgets: Any) -> Any:
    """The sliders, the picture and its words, bound to each other."""
    picture = widgets.HTML()
    said = widgets.HTML()
    said.add_class("course-state")
    sliders = {
        name: widgets.SelectionSlider(
            options=[(str(each), each) for each in moving.finer.get(name, values)],
            value=values[0],
            description=words(name),
            style={"description_width": "initial"},
            layout={"width": "28em", "max_width": "100%"},
        )
        for name, values in moving.sliders.items()
    }

    def redraw(change: object = None) -> None:
        frame = moving.frame(**{name: slider.value for name, slider in sliders.items()})
        picture.value = bundle(frame.png, frame.alt)["text/html"]
        said.value = f"<p>{html.escape(frame.alt)}</p>"

    for slider in sliders.values():
        slider.observe(redraw, names="value")
    redraw()
    asked = widgets.HTML(f"<p><strong>{html.escape(moving.question)}</strong></p>")
    names = widgets.Output()
    names.outputs = (
        {"output_type": "display_data", "data": {"application/javascript": NAMES}, "metadata": {}},
    )
    above = [_player(moving, sliders, widgets)] if moving.plays else []
    box = widgets.VBox([asked, *above, *sliders.values(), picture, said, names])
    box.add_class("course-live")
    return box


def _player(moving: Moving, sliders: dict[str, Any], widgets: Any) -> Any:
    """Buttons that play an animation and stop it; it stands still until it is started."""
    ((_, slider),) = sliders.items()
    play = widgets.Play(min=0, max=len(slider.options) - 1, interval=1000, show_repeat=False)
    widgets.jslink((play, "value"), (slider, "index"))
    return play
