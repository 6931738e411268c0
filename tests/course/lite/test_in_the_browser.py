"""The browser edition in Chromium, with every host but this machine out of reach.

It needs a runtime: LITE_RUNTIME names a folder with Pyodide.
"""

import json
import os
import shutil
import time

import pytest

from course.book import HOME, Book
from course.lite import contents, runtime
from course.lite.alike import SAME, text_of
from course.lite.serve import served
from course.lite.tab import IDLE, PANEL, opened
from course.lite.trial import judged

LOOP = "mine = 1\nwhile True:\n    mine = mine + 1"
TOASTS = "[...document.querySelectorAll('.Toastify__toast')].map(each => each.innerText).join()"


@pytest.fixture(scope="module")
def tab(site):
    """The edition, open at the copy of chapter 06 to work in."""
    with opened(site) as made:
        made.open("workbook/my_06_activation_functions.ipynb")
        yield made


def outputs(tab, place):
    return tab.page.ask(f"{PANEL}.content.widgets[{place}].model.outputs.toJSON()")


def start(tab, place):
    """Run a cell, and do not wait for it."""
    run = f"{PANEL}.content.activeCellIndex = {place}; jupyterapp.commands.execute("
    tab.page.ask(run + "'notebook:run-cell'); 0")


def stopped(tab, place, seconds):
    get = f"{PANEL}.content.widgets[{place}].model.outputs.toJSON()"
    tab.page.wait(f"{get}.some(each => each.ename === 'Stopped')", seconds)


def test_a_chapter_says_in_the_page_what_is_stored(site):
    """The rest of the chapters: `python -m course lite --check`."""
    chapter = Book(HOME).chapter("05")
    notebook = json.loads(chapter.notebook.read_text(encoding="utf-8"))
    stored = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    with opened(site) as tab:
        tab.open(f"notebooks/{chapter.name}.ipynb")
        for place, cell in zip(tab.cells(), stored[:8], strict=False):
            ran = tab.run(place)
            assert judged("05", cell, ran) == SAME, text_of(ran.outputs)
        assert tab.wrong() == []


def test_a_check_names_a_mistake_and_ends_a_loop(tab):
    place = tab.cells()[-1]
    body = "import numpy as np\nfrom course import check\ndef relu(z):\n    "
    tab.write(place, body + "return np.minimum(0, z)\ncheck(relu, hint=True)")
    assert "keeps the negative half" in text_of(tab.run(place).outputs)
    tab.write(place, body + "while True:\n        z = z + 0\ncheck(relu)")
    ran = tab.run(place)
    assert "still running after 6 seconds and was stopped" in text_of(ran.outputs)
    assert ran.seconds < 10
    tab.write(place, body + "return np.maximum(0, z)\ncheck(relu)")
    assert "right: the 5 checks here pass" in text_of(tab.run(place).outputs)


def test_an_endless_loop_is_ended_within_ten_seconds_and_the_work_is_kept(tab):
    place, before = tab.cells()[-1], tab.cells()[-2]
    tab.write(before, "# my work")
    tab.write(place, LOOP)
    start(tab, place)
    begun = time.monotonic()
    tab.page.wait(f"{TOASTS}.includes('Keep running')", 8)
    stopped(tab, place, 15)
    assert time.monotonic() - begun <= 10
    assert tab.source(place) == LOOP and tab.source(before) == "# my work"
    tab.page.wait(IDLE, 240)
    tab.write(place, "print(6 * 7)")
    assert text_of(tab.run(place).outputs).strip() == "42"


def test_a_cell_that_is_kept_goes_on_and_the_stop_button_ends_it(tab):
    place = tab.cells()[-1]
    tab.write(place, LOOP)
    start(tab, place)
    keep = "[...document.querySelectorAll('.Toastify__toast button')].find("
    keep += "each => each.innerText === 'Keep running')"
    tab.page.wait(f"{keep} !== undefined", 8)
    tab.page.ask(f"{keep}.click()")
    time.sleep(8)
    assert outputs(tab, place) == []
    tab.page.ask("jupyterapp.commands.execute('notebook:interrupt-kernel'); 0")
    stopped(tab, place, 5)
    tab.page.wait(IDLE, 240)


def newer(site, path):
    """Make the site's notebook another edition; what puts the old one back."""
    file, known = site / "files" / path, site / "static" / "editions.json"
    before = file.read_bytes(), known.read_bytes()
    notebook = json.loads(before[0])
    notebook["cells"][1]["source"] = ["# A NEWER EDITION"]
    edition = contents.mark(notebook["cells"][1:])
    notebook["metadata"]["course"]["edition"] = edition
    file.write_text(json.dumps(notebook), encoding="utf-8")
    known.write_text(json.dumps({**json.loads(before[1]), path: edition}), encoding="utf-8")
    return lambda: (file.write_bytes(before[0]), known.write_bytes(before[1]))


@pytest.mark.parametrize("works", [False, True], ids=["read", "worked in"])
def test_a_stored_copy_does_not_hide_a_new_edition(works, site):
    path = "notebooks/02_loss_and_cost.ipynb"
    first = f"({PANEL}?.content?.widgets?.[1]?.model.sharedModel.getSource() ?? '')"
    with opened(site) as tab:
        tab.open(path, kernel=False)
        if works:
            tab.write(tab.cells()[0], "# my work")
        tab.page.ask("jupyterapp.commands.execute('docmanager:save')")
        back = newer(site, path)
        try:
            tab.page.call("Page.navigate", url="about:blank")
            tab.open(path, kernel=False)
            if works:
                tab.page.wait(f"{TOASTS}.includes('There is a newer edition')", 30)
                assert "NEWER" not in tab.page.ask(first)
                assert tab.source(tab.cells()[0]) == "# my work"
                button = "[...document.querySelectorAll('.Toastify__toast button')].find("
                tab.page.ask(button + "each => each.innerText.startsWith('Open the new')).click()")
                tab.page.wait(f"{PANEL}?.context?.path.includes('(new, ')", 30)
            tab.page.wait(f"{first}.includes('NEWER')", 30)
        finally:
            back()


def test_the_runtime_may_come_from_another_host(site, tmp_path):
    """As by default, save that this host has the wheels of the course as well.

    An older Pyodide looks for them beside its core, one from 0.28 on beside the lock of the site.
    """
    copy = tmp_path / "site"
    shutil.copytree(site, copy, copy_function=os.link)
    host = tmp_path / "host"
    (copy / runtime.PLACE).rename(host)
    shutil.copytree(copy / "pypi", host / "pypi")
    with served(host) as address:
        lock = json.loads((host / runtime.LOCK).read_text(encoding="utf-8"))
        for each in lock["packages"].values():
            if not each["file_name"].startswith("../"):
                each["file_name"] = address + each["file_name"]
        (copy / runtime.PLACE).mkdir()
        (copy / runtime.PLACE / runtime.LOCK).write_text(json.dumps(lock), encoding="utf-8")
        config = copy / "jupyter-lite.json"
        said = config.read_text(encoding="utf-8")
        config.unlink()  # it is a link
        mine = f'"pyodideUrl": "./{runtime.PLACE.as_posix()}/'
        assert said.count(mine) == 1
        config.write_text(said.replace(mine, f'"pyodideUrl": "{address}'), encoding="utf-8")
        with opened(copy) as tab:
            tab.open("notebooks/00_start_here.ipynb")
            place = tab.cells()[0]
            tab.write(place, "import nnlib, course, numpy\nprint(nnlib.__name__)")
            assert text_of(tab.run(place).outputs).strip() == "nnlib"


def test_a_folded_answer_does_not_show_its_words(site):
    with opened(site) as tab:
        tab.open("notebooks/02_loss_and_cost.ipynb", kernel=False)
        text = "document.querySelector('.jp-OutputPlaceholder .jp-PlaceholderText')"
        tab.page.wait(f"{text} !== null", 30)
        assert tab.page.ask(f"getComputedStyle({text}).visibility") == "hidden"


def test_who_names_no_notebook_begins_with_the_first_chapter(site):
    with opened(site) as tab:
        tab.page.call("Page.navigate", url=f"{tab.address}lab/index.html")
        tab.page.wait(f"window.jupyterapp && {PANEL}?.context?.path.includes('00_start_here')", 60)
