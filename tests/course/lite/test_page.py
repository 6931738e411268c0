"""What the course adds to JupyterLite's page, as far as it runs without one: in Node."""

import json
import subprocess

import pytest
from node import NODE

from course.lite import contents
from course.lite.build import PAGE

CASES = {
    "own cell of the course": ({"yours": False, "sign": 0}, 999_000, "wait"),
    "young": ({"yours": True, "sign": 0}, 3_000, "wait"),
    "quiet": ({"yours": True, "sign": 0}, 5_000, "ask"),
    "quiet, and asked already": ({"yours": True, "sign": 0, "asked": True}, 5_000, "wait"),
    "too quiet": ({"yours": True, "sign": 0, "asked": True}, 9_100, "end"),
    "a sign of life": ({"yours": True, "sign": 8_000}, 9_100, "wait"),
    "kept": ({"yours": True, "sign": 0, "asked": True, "kept": True}, 99_000, "wait"),
    "nothing runs": (None, 99_000, "wait"),
}


def page(module, script, data=None):
    """What a script gives that has a module of the page, and `given`."""
    if NODE is None:
        pytest.skip("no Node on this machine: the page's scripts run in a browser alone")
    driver = f"""
        globalThis.document = {{}};
        const page = await import({(PAGE / "static" / module).as_uri()!r});
        const given = {json.dumps(data)};
        process.stdout.write(JSON.stringify((() => {{ {script} }})()));
    """
    line = [NODE, "--input-type=module", "-e", driver]
    done = subprocess.run(line, capture_output=True, text=True, encoding="utf-8", timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_watchdog_waits_asks_and_ends():
    script = "return given.map(([running, now]) => page.verdict(running, now));"
    data = [[running, now] for running, now, _ in CASES.values()]
    found = dict(zip(CASES, page("watchdog.mjs", script, data), strict=True))
    assert found == {name: wanted for name, (_, _, wanted) in CASES.items()}


def test_an_endless_loop_is_ended_within_ten_seconds():
    assert page("watchdog.mjs", "return page.ASK < page.END && page.END <= 9000;")


def test_a_cell_of_the_course_is_nobodys_and_a_check_tries_what_somebody_wrote():
    script = """
        const originals = new Set(['train()', 'report = check(relu)']);
        return given.map((source) => page.isYours(source, originals));
    """
    sources = ["train()", "train() ", "report = check(relu)", "# keep running\nmine()"]
    assert page("watchdog.mjs", script, sources) == [False, True, True, False]


def notebook(*sources, edition=None):
    cells = [{"id": contents.NOTE, "cell_type": "markdown", "source": "In your browser"}]
    cells += [{"id": str(n), "cell_type": "code", "source": text} for n, text in enumerate(sources)]
    edition = edition or contents.mark(cells[1:])
    return {"cells": cells, "metadata": {"course": {"edition": edition}}}


def test_the_page_computes_the_same_mark():
    made = notebook("a = 1\nb = 2", "σ(z) = ½", "")
    assert page("editions.mjs", "return page.mark(given);", made) == contents.mark(
        made["cells"][1:]
    )


def test_a_stored_copy_is_the_same_or_old_or_holds_work():
    site = notebook("a = 2")
    stored = {
        "same": [notebook("a = 2"), site],
        "same, and worked in": [notebook("a = 3", edition=contents.mark(site["cells"][1:])), site],
        "old": [notebook("a = 1"), site],
        "worked in": [notebook("a = mine", edition="12345678"), site],
        "not the site's": [notebook("a = 1"), None],
        "without a mark": [{"cells": [], "metadata": {}}, site],
    }
    script = "return given.map(([stored, site]) => page.state(stored, site));"
    found = dict(zip(stored, page("editions.mjs", script, list(stored.values())), strict=True))
    assert found == {
        "same": "same", "same, and worked in": "same", "old": "old", "worked in": "worked in",
        "not the site's": "same", "without a mark": "worked in",
    }  # fmt: skip


def test_the_new_edition_has_a_name_of_its_own():
    script = "return page.beside('notebooks/01_one.ipynb', 'abcdef12');"
    assert page("editions.mjs", script) == "notebooks/01_one (new, abcdef).ipynb"
