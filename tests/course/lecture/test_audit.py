"""The check of the decks names each thing that can be wrong, and nothing where nothing is."""

import pytest
from browser import CHROMIUM
from tiny import INIT, SIGMOID, code

from course import vendor
from course.lecture import audit, deck
from course.press import weave
from course.vendor import AXE, MATHJAX, REVEAL

TEXT = "# 1 · One\n\nIt bends:\n\n$$ a = b $$\n\n## 1.1 Two\n\n**Predict, then run.** What is it?\n"
BREAKS = {  # what is replaced in the page, by what, and what is said of it
    "high": ("<p>It bends:", '<p style="height: 900px">It bends:', "px high"),
    "network": (
        "</main>",
        '<img alt="" src="https://example.org/a.png"></main>',
        "asks the network",
    ),
    "console": ("</main>", "<script>console.error('no')</script></main>", "consoleAPICalled"),
    "formula": ("a = b", "a^b^c", "formula: "),
    "braces": ("a = b", r"\frac{a", "not set"),
    "unset": ("It bends", r"It \begin{x} bends", "not set"),
    "small": ("</head>", "<style>.reveal pre { font-size: 15px; }</style></head>", "code of 15 px"),
    "wide": ("It bends:", '<table style="min-width: 1400px"><td>a</table>', "px wide"),
    "reading": ('removeAttribute("role")', 'setAttribute("role", "application")', "reading mode"),
    "axe": ("It bends:", '<img src="data:,">', "axe image-alt"),
}


def here():
    """Whether what a deck needs has been fetched."""
    return all((vendor.FOLDER / each.file).is_file() for each in (REVEAL, MATHJAX, AXE))


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What the check says of a sound deck and of each broken one."""
    if CHROMIUM is None or not here():
        pytest.skip("no Chromium, or nothing in build/vendor: make slides")
    from tiny import TinyBook

    made = TinyBook(tmp_path_factory.mktemp("decks") / "book")
    made.chapter("01_one", TEXT, code(INIT), code(SIGMOID), code("print(sigmoid(0.0))"))
    for chapter in made.book.chapters:
        weave.weave(made.book, chapter)
    folder = made.book.root / "slides"
    (page,) = deck.write(made.book, folder, made.book.chapters, lambda c: {}, lambda name: [])
    whole = page.read_text("utf-8")
    pages = [page, page.with_name("01_one_handout.html")]
    for name, (old, new, _) in BREAKS.items():
        assert old in whole, name
        pages.append(page.with_name(f"{name}.html"))
        pages[-1].write_text(whole.replace(old, new), "utf-8")
    return {path.stem: lines for path, lines in audit.audit(pages)}


def test_a_sound_deck_and_its_handout_pass(found):
    assert found["01_one"] == found["01_one_handout"] == []


@pytest.mark.parametrize("name", BREAKS)
def test_what_is_broken_is_named(name, found):
    assert any(BREAKS[name][2] in line for line in found[name]), found[name]
