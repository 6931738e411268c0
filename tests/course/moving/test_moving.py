"""Figures that move: frames and live slider are one, and a page holds them without a kernel."""

import base64
import html
import io
import json
import re

import ipywidgets
import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

from course import animate, explore
from course.book import Book
from course.book.stored import read_notebook
from course.figures import TOLERANCE, bundle, use_style
from course.moving.frames import Moving
from course.moving.live import made
from course.rules.notebooks import _moves

LARGEST = 150 * 1024  # letters of one piece


def draw(rate, steps=1):
    fig, ax = plt.subplots()
    ax.plot([0, rate], [0, steps])
    return fig, f"A line to {rate} and {steps}."


@pytest.fixture(autouse=True)
def style():
    with matplotlib.rc_context():
        use_style()
        yield
    assert not plt.get_fignums()


def stored_of(picture):
    """The bytes of a picture on a page."""
    return base64.b64decode(re.search('base64,([^"]*)', picture)[1])


def read(png):
    """The pixels of a picture."""
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def moving(**changed):
    parts = {
        "draw": draw,
        "question": "Which?",
        "sliders": {"rate": [0.5, 2], "steps": [1, 3]},
        "finer": {"rate": [0.5, 1, 2]},
    }
    return Moving(**parts | changed)


def test_frames_and_live_slider_show_the_same_bytes_and_words():
    stored, live = moving(), made(moving(), ipywidgets)
    sliders = [each for each in live.children if isinstance(each, ipywidgets.SelectionSlider)]
    picture, said = live.children[-3:-1]
    assert [slider.description for slider in sliders] == ["rate", "steps"]
    page, seen = stored.page(), set()
    for values in stored.values():
        for slider, value in zip(sliders, values.values(), strict=True):
            slider.value = value
        assert page.count(picture.value) == 1
        assert said.value == f"<p>{stored.frame(**values).alt}</p>"
        seen.add(picture.value)
    assert len(seen) == page.count("<img ") == 4
    sliders[0].value = 1  # between the frames
    assert picture.value not in page and "A line to 1" in picture.value
    between = moving(sliders={"rate": [1], "steps": [3]}, finer={}).frame(rate=1, steps=3)
    pixels = [read(png) for png in (stored_of(picture.value), between.png)]
    assert np.abs(pixels[0] - pixels[1]).max() <= TOLERANCE


def test_a_live_animation_plays_and_does_not_start_by_itself():
    one = moving(sliders={"step": [0, 1, 2]}, finer={}, plays=True, draw=lambda step: draw(step))
    (play,) = [e for e in made(one, ipywidgets).children if isinstance(e, ipywidgets.Play)]
    assert (play.max, play.playing) == (2, False)


def test_what_is_stored_needs_no_kernel_and_begins_with_an_ordinary_figure():
    data, metadata = moving().bundle()
    first = moving().frame(rate=0.5, steps=1)
    assert data | {"text/html": ""} == bundle(first.png, first.alt) | {"text/html": ""}
    assert metadata["image/png"]["alt"] == first.alt
    page = data["text/html"]
    assert "<script" not in page and page == moving().page()
    assert page.index("<img ") < page.index("<details>") and page.count("<img ") == 4
    assert _moves(page, bundle(first.png, first.alt)["text/html"])
    for broken in (page.replace("A line to 2 and 3.", ""), page.replace("A line to 0.5", "One to")):
        assert not _moves(broken, bundle(first.png, first.alt)["text/html"])


def test_the_script_finds_each_frame_by_the_values_of_its_sliders():
    page = moving().page()
    sliders = json.loads(html.unescape(re.search('data-sliders="([^"]*)"', page)[1]))
    places = [html.unescape(at) for at in re.findall('data-at="([^"]*)"', page)]
    rate, steps = (slider["values"] for slider in sliders)
    assert places == [f'["{a}","{b}"]' for a in rate for b in steps]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"sliders": {"rate": range(9)}, "finer": {}}, "9 pictures; 8 are the most"),
        ({"sliders": {"rate": []}, "finer": {}}, "a slider with values"),
        ({"question": " "}, "needs a question"),
        ({"finer": {"rate": [1, 2]}}, "must hold every value"),
        ({"finer": {"other": [1]}}, "must hold every value"),
    ],
)
def test_what_makes_no_figure_is_refused(changed, message):
    with pytest.raises(ValueError, match=message):
        moving(**changed)


def test_words_are_a_sentence_and_an_animation_has_one_slider():
    with pytest.raises(ValueError, match="must be a sentence"):
        moving(draw=lambda **_: (plt.figure(), "a line")).frame(rate=2, steps=1)
    plt.close("all")
    with pytest.raises(ValueError, match="one slider; found 2"):
        animate(draw, "Which?", rate=[1], steps=[1])


def test_in_plain_python_both_ends_are_drawn(capsys):
    seen = []
    explore(lambda rate: (seen.append(rate), draw(rate))[1], "Which?", rate=[1, 2, 3])
    assert seen == [1, 3] and capsys.readouterr().out == ""


def test_every_chapter_of_mathematics_has_a_figure_that_moves_and_it_is_small():
    kinds = {}
    for chapter in Book().chapters:
        for cell in read_notebook(chapter.notebook)["cells"]:
            for output in cell.get("outputs", []):
                page = output.get("data", {}).get("text/html", "")
                if 'class="course-moving"' in page:
                    kinds.setdefault(chapter.number, []).append(page.split('data-kind="')[1][:4])
                    assert len(page) <= LARGEST, (chapter.name, len(page))
    assert sorted(kinds) == [f"{number:02}" for number in range(1, 10)]
    assert all(1 <= each.count("expl") <= 2 for each in kinds.values())
    assert [number for number, each in kinds.items() if "play" in each] == ["03", "08"]
