"""Decks need no network, carry their source's stamp, and fit their frame."""

import json
import re

import pytest
from browser import CHROMIUM, browser
from tiny import INIT, SIGMOID, code

from course import vendor
from course.book import HOME, AuthorError, Book
from course.lecture import deck, pages
from course.lecture.notes import Clock, clocks, notes
from course.lecture.slide import QUIZ, Part, Slide
from course.press import weave
from course.vendor import MATHJAX, REVEAL, Package

TEXT = """\
# 1 · One

You meet the sigmoid.

## 1.1 The idea

It bends. Here it is:

+++

<a id="eq-3"></a>

$$ \\sigma(z) = \\frac{1}{1 + e^{-z}} \\tag{3} $$

**Predict, then run.** What is it at 0?
"""


@pytest.fixture
def woven(maker):
    """A woven book of one chapter."""
    maker.chapter("01_one", TEXT, code(INIT), code(SIGMOID), code("print(sigmoid(0.0))"))
    for chapter in maker.book.chapters:
        weave.weave(maker.book, chapter)
    return maker


@pytest.fixture
def brought(monkeypatch):
    """No program of others is fetched."""
    monkeypatch.setattr(pages, "bring", lambda lib: None)


def write(book, folder, minutes=None):
    """Write all decks of a book; the first page and its live notebook."""
    expected = {"activations.sigmoid": ["Its exponent has lost its sign."]}
    pages = list(
        deck.write(
            book,
            folder,
            book.chapters,
            lambda c: minutes or {},
            lambda name: expected.get(name, []),
        )
    )
    live = json.loads(pages[0].with_suffix(".ipynb").read_text("utf-8"))
    return pages[0].read_text("utf-8"), live


def test_a_deck_asks_nothing_of_the_network(woven, brought, tmp_path):
    page, _ = write(woven.book, tmp_path / "slides")
    assert re.findall(r'(?:src|href)="(?!lib/|data:|#)([^"]*)"', page) == []
    assert "http" not in re.sub(r"http://www\.w3\.org/\S*", "", page)


def test_its_notes_hold_what_is_said_and_the_mistake_to_expect(woven, brought, tmp_path):
    page, live = write(woven.book, tmp_path / "slides", {"": 1.0, "1.1 The idea": 4.0})
    told = "\n\n\n".join(
        cell["source"]
        for cell in live["cells"]
        if cell["metadata"].get("slideshow") == {"slide_type": "notes"}
    )
    for said in ("You meet the sigmoid.", "It bends.", "4 for this section", "**Ask**"):
        assert said in told
    assert "Its exponent has lost its sign." in told
    assert page.count('<aside class="notes">') == len(told.split("\n\n\n"))


def test_a_deck_that_is_older_than_its_chapter_is_named(woven, brought, tmp_path):
    folder = tmp_path / "slides"
    assert deck.stale(woven.book, folder) == []  # none is there, none is old
    write(woven.book, folder)
    assert deck.stale(woven.book, folder) == []
    notebook = woven.book.chapters[0].notebook
    notebook.write_text(notebook.read_text("utf-8").replace("It bends.", "It is bent."), "utf-8")
    assert deck.stale(woven.book, folder) == ["01_one"]


def test_the_decks_that_are_built_here_are_of_these_chapters():
    assert deck.stale(Book(HOME), HOME / "build" / "slides") == [], "run: make slides"


def test_notes_say_the_minutes_the_question_and_the_prose():
    slide = Slide("A", "1.1 A", (Part("text", "b"),), ("One.", "Two."), True, "**Predict** b")
    told = notes(slide, Clock(10, 4, 12), ["c is lost."])
    assert told.split("\n\n") == [
        "**Minutes.** 4 for this section; it begins at 10. 12 are gone when you leave this slide.",
        "**Ask**, and wait for an answer before you go on.",
        "**Expect.** c is lost.",
        "**Say.** One.",
        "Two.",
    ]


def test_the_minutes_of_a_section_are_shared_by_its_slides():
    one, two = (Slide("A", "1.1 A", (Part("text", "b", size),), opens=size < 5) for size in (2, 8))
    after = Slide("B", "1.2 B", (Part("text", "b", 3),), opens=True)
    quiz = Slide(QUIZ, "Exercises", (Part("text", "b", 3),))
    told = list(clocks([one, two, after, quiz], {"1.1 A": 6, "1.2 B": 4}))
    assert [(each.begins, each.leaves) for each in told[:3]] == [(0, 1.5), (0, 6), (6, 10)]
    assert told[3] is None and "on top of the chapter's" in notes(quiz, None, [])


def test_an_answer_may_be_skipped():
    answer = Slide("A", "1.1 A", (Part("text", "b", later=True),))
    assert "**Skip**" in notes(answer, None, [])
    assert "**Skip**" not in notes(Slide("A", "1.1 A", (Part("text", "b"),)), None, [])


def test_an_archive_with_another_checksum_is_refused_and_removed(tmp_path):
    archive = tmp_path / "a-1.tgz"
    archive.write_bytes(b"not what was published")
    with pytest.raises(AuthorError, match="has the checksum"):
        vendor.check(Package("a", "1", "AAAA"), archive)
    assert not archive.exists()


def test_without_npm_one_sentence_says_what_is_missing(tmp_path, monkeypatch):
    monkeypatch.setattr(vendor, "FOLDER", tmp_path / "vendor")
    monkeypatch.setattr(vendor.shutil, "which", lambda name: None)
    with pytest.raises(AuthorError, match="reveal.js 5.2.1 is needed, and npm"):
        vendor.unpacked(REVEAL)


def here():
    """Whether reveal.js and MathJax have been fetched."""
    return all((vendor.FOLDER / each.file).is_file() for each in (REVEAL, MATHJAX))


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
@pytest.mark.skipif(not here(), reason="reveal.js and MathJax are not in build/vendor: make slides")
def test_no_slide_of_a_real_chapter_is_taller_than_its_frame(tmp_path):
    book = Book(HOME)
    chapter = book.chapter("08")
    (page,) = deck.write(book, tmp_path / "slides", [chapter], lambda c: {}, lambda name: [])
    with browser(tmp_path / "profile") as tab:
        tab.call("Network.enable")
        tab.call("Network.emulateNetworkConditions", offline=True, latency=0,
                 downloadThroughput=-1, uploadThroughput=-1)  # fmt: skip
        tab.call("Page.navigate", url=page.as_uri())
        tab.wait("document.body && document.body.dataset.ready === 'yes'")
        scales = tab.ask(
            "[...document.querySelectorAll('[data-scale]')].map(e => +e.dataset.scale)"
        )
        assert len(scales) > 50 and min(scales) >= 0.85
        high = (  # as it stands in the end, whatever was measured before
            "document.body.classList.add('measuring'), [...document.querySelectorAll('section')]"
            ".filter(e => !e.querySelector('section'))"
            ".map(e => [e.scrollHeight, e.scrollWidth, ...[...e.querySelectorAll('pre, table,"
            " mjx-container[display=true]')].map(w => 112 + w.offsetWidth)])"
        )
        for height, *widths in tab.ask(high):
            assert height <= 720 and max(widths) <= 1281
        assert tab.ask("document.querySelector('[role=application]')") is None
        assert tab.ask("document.querySelectorAll('mjx-assistive-mml math').length") > 50
        assert tab.ask("document.querySelectorAll('mjx-merror').length") == 0
