"""Nothing that is shown rests on colour alone, or needs eyes: palette, contrast, alt texts."""

import html
import itertools
import re

import numpy as np
import pytest

from course.book import HOME, Book
from course.book.stored import read_notebook
from course.figures import COLOURS
from course.lecture.pages import TEMPLATES

# Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color vision
# deficiency", IEEE TVCG 15(6), 2009: severity 1.0, on linear RGB.
BLIND = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
TO_XYZ = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
WHITE = np.sum(TO_XYZ, axis=1)
APART = 12.0  # in CIELAB; two are told apart from about 2.3 on
ALT = re.compile(r'<img alt="([^"]*)"')


def linear(colour):
    """A colour such as #0072B2 as linear RGB."""
    srgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    """Linear RGB as CIELAB."""
    t = (TO_XYZ @ np.clip(rgb, 0, 1)) / WHITE
    f = np.where(t > 0.008856, np.cbrt(t), 7.787 * t + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def nearest(colours, matrix):
    """The distance of the two colours that are hardest to tell apart."""
    seen = [lab(np.array(matrix) @ linear(colour)) for colour in colours]
    return min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2))


@pytest.mark.parametrize("kind", BLIND)
def test_the_palette_is_told_apart(kind):
    assert nearest(COLOURS, BLIND[kind]) > APART


def test_the_simulation_knows_a_pair_that_is_lost():
    lost = ["#B08000", "#70A000"]  # an ochre and a green
    assert nearest(lost, np.eye(3)) > 3 * nearest(lost, BLIND["deuteranopia"])
    assert nearest(lost, BLIND["deuteranopia"]) < APART


def contrast(one, other):
    """How far two colours are apart in lightness, by WCAG 2: 1 to 21."""
    low, high = sorted(0.05 + linear(c) @ [0.2126, 0.7152, 0.0722] for c in (one, other))
    return high / low


def test_the_letters_of_the_lecture_room_stand_out():
    deck = (TEMPLATES / "course_slides" / "deck.css").read_text("utf-8")
    known = dict(re.findall(r"--(\w+): (#\w{6});", deck))
    grounds = {known["paper"], known["code"], *re.findall(r"background: (#\w{6})", deck)}
    for name, ground in itertools.product(("ink", "quiet", "accent"), grounds):
        assert contrast(known[name], ground) >= 4.5, (name, ground)
    page = (TEMPLATES / "course_notes" / "handout.css").read_text("utf-8")
    letters = set(re.findall(r"[ {]color: (#\w{6})", page))
    grounds = set(re.findall(r"background: (#\w{6})", page))
    assert len(letters) >= 3 and len(grounds) >= 2
    for letter, ground in itertools.product(letters, grounds):
        assert contrast(letter, ground) >= 4.5, (letter, ground)


@pytest.mark.parametrize("chapter", Book(HOME).chapters, ids=lambda chapter: chapter.number)
def test_every_figure_says_in_sentences_what_it_shows(chapter):
    pictures = 0
    for cell in read_notebook(chapter.notebook)["cells"]:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            alts = [html.unescape(alt) for alt in ALT.findall(data.get("text/html", ""))]
            assert len(alts) >= ("image/png" in data)
            pictures += len(alts)
            for alt in alts:
                assert alt[-1] in ".!?", alt
                assert len(alt.split()) >= 6, alt
    if chapter.number < "10":
        assert pictures
