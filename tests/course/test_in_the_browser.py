"""What a reader of JupyterLab, or of an exported page, really gets: asked of the page itself."""

import contextlib
import os
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from html.parser import HTMLParser

import pytest
from browser import CHROMIUM, browser
from tiny import TinyBook, code

from course.book import HOME
from course.press import weave
from course.tasks import lab

ALT = 'A line that rises: "1 < 2 & 3".'
FIGURE = f"""\
import matplotlib.pyplot as plt

from course import show

fig, ax = plt.subplots()
ax.plot([1, 2, 3])
show(fig, alt={ALT!r})
"""
LONG = "+++\n\nText.\n\nMore text, $a = b$.\n\n" * 40
ANCHOR = '+++\n\n<a id="eq-4"></a>\n\n$$ a = b \\tag{4} $$\n\n'
LINK = "# One\n\nSee [there](02_two.ipynb#cell-id=eq-4).\n"
GUESS = "**Predict, then run.** How much?\n"
ANSWERS = "print('forty' + '-two')", "print('forty' + '-three')"
DRAWS = "print('drawn')  # long code"


@pytest.fixture(scope="module")
def woven(tmp_path_factory):
    """Two woven chapters: one with a figure and a link, one with an equation far down."""
    made = TinyBook(tmp_path_factory.mktemp("lab") / "a book")
    guesses = [block for answer in ANSWERS for block in (GUESS, code(answer))]
    made.chapter(
        "01_one", LINK, code(FIGURE), *guesses, "Prose ends it.\n", code(DRAWS, "hide-input")
    )
    made.chapter("02_two", f"# Two\n\n{LONG}{ANCHOR}{LONG}", code("1 + 1"))
    for chapter in made.book.chapters:
        weave.weave(made.book, chapter)
    return made


class Pictures(HTMLParser):
    """The alt text of each picture of a page."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag == "img":
            self.found.append(dict(attributes).get("alt"))


@pytest.mark.parametrize("template", ["lab", "classic", "basic"])
def test_an_exported_page_carries_the_words_of_a_figure(template, woven):
    from nbconvert import HTMLExporter

    page, _ = HTMLExporter(template_name=template).from_filename(str(woven.notebook("01_one")))
    assert Pictures(page).found == [ALT]
    assert "No description has been provided" not in page


@contextlib.contextmanager
def jupyterlab(book, folder):
    """The address of a JupyterLab that is started as `python -m course lab` does."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {f"JUPYTER{name}_DIR": str(folder / name) for name in ("_CONFIG", "_DATA", "_RUNTIME")}
    own |= {f"JUPYTERLAB_{name}_DIR": str(folder / name) for name in ("SETTINGS", "WORKSPACES")}
    own |= {"PYTHONPATH": str(HOME)}
    options = [f"--ServerApp.port={port}", "--IdentityProvider.token=secret", "--no-browser"]
    address = f"http://127.0.0.1:{port}"
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(
            lab.command(book, options),
            cwd=book.root,
            env={**os.environ, **own},
            stdout=log,
            stderr=log,
        ) as process,
    ):
        try:
            _answers(f"{address}/api?token=secret", process)
            yield address
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:  # a kernel that is still starting holds it up
                process.kill()


def _answers(address, process):
    for _ in range(300):
        assert process.poll() is None, "JupyterLab has ended"
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            with urllib.request.urlopen(address):
                return
        time.sleep(0.2)
    raise AssertionError("JupyterLab does not answer")


@pytest.fixture(scope="module")
def page(woven, tmp_path_factory):
    """The first chapter, open in JupyterLab in a real browser."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    folder = tmp_path_factory.mktemp("settings")
    with jupyterlab(woven.book, folder) as address, browser(folder / "browser") as page:
        chapter = "/lab/tree/notebooks/01_one.ipynb?token=secret&reset"
        page.call("Page.navigate", url=address + chapter)
        page.wait("document.querySelector('.jp-Notebook .jp-OutputArea-output img') !== null")
        yield page


def test_the_words_of_a_figure_are_in_the_page(page):
    pictures = "[...document.querySelectorAll('.jp-OutputArea-output img')]"
    assert page.ask(f"{pictures}.map(each => each.alt)") == [ALT]
    assert page.wait(f"{pictures}.every(each => each.complete && each.naturalWidth > 400)")


def test_a_chapter_that_was_opened_is_not_marked_as_changed(page):
    idle = "document.querySelector('.jp-Notebook-ExecutionIndicator[data-status=idle]') !== null"
    assert page.wait(idle)  # the kernel has told its version
    time.sleep(1)
    tabs = "[...document.querySelectorAll('.lm-DockPanel-tabBar .lm-TabBar-tab')]"
    (tab,) = page.ask(f"{tabs}.map(each => each.className)")
    assert "jp-mod-dirty" not in tab


def test_the_answer_to_a_prediction_is_not_in_sight_until_it_is_run_or_asked_for(page):
    seen = "document.querySelector('.jp-Notebook').innerText"
    page.wait("document.querySelectorAll('.jp-OutputPlaceholder').length === 2")
    assert "forty-" not in page.ask(seen) and "Predict, then run." in page.ask(seen)
    page.ask("document.querySelector('.jp-OutputPlaceholder .jp-Placeholder-content').click()")
    page.wait(f"{seen}.includes('forty-two')")
    assert "forty-three" not in page.ask(seen)
    editor = "document.querySelectorAll('.jp-CodeCell')[2].querySelector('.cm-content')"
    page.ask(f"{editor}.scrollIntoView({{block: 'center'}})")
    place = f"{editor}.getBoundingClientRect()"
    point = {"x": page.ask(f"{place}.x") + 5, "y": page.ask(f"{place}.y") + 5, "clickCount": 1}
    for event in ("mousePressed", "mouseReleased"):
        page.call("Input.dispatchMouseEvent", type=event, button="left", **point)
    enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "modifiers": 8}
    for event in ("keyDown", "keyUp"):
        page.call("Input.dispatchKeyEvent", type=event, **enter)
    page.wait(f"{seen}.includes('forty-three')")


def test_code_that_only_draws_is_folded_and_its_output_is_not(page):
    seen = page.ask("[...document.querySelectorAll('.jp-CodeCell')].at(-1).innerText")
    assert "drawn" in seen
    assert page.ask("document.querySelectorAll('.jp-InputPlaceholder').length") == 1


def test_the_style_of_the_course_is_in_the_page(page):
    style = "getComputedStyle(document.querySelector('.jp-Notebook .jp-Cell')).scrollMarginTop"
    assert re.fullmatch(r"[1-9]\d*px", page.ask(style))


def test_a_link_to_an_equation_of_another_chapter_lands_at_the_first_click(page):
    page.ask("document.querySelector('.jp-RenderedMarkdown a[href*=\"02_two\"]').click()")
    equation = "document.querySelector('.jp-RenderedMarkdown [data-jupyter-id=\"eq-4\"]')"
    place = f"{equation}?.getBoundingClientRect().top"
    toolbar = "document.querySelector('.jp-NotebookPanel-toolbar').getBoundingClientRect().bottom"
    assert page.wait(f"(top => top >= {toolbar} && top < 400)({place})")
    assert "02_two" in page.ask("document.title")
