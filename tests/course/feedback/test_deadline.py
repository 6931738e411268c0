"""How an endless loop is ended where there are no threads, as in a web page."""

import glob
import os
import shutil
import subprocess
import sys
import textwrap
import time

import numpy as np
import pytest

from course import check
from course.book import HOME
from course.feedback import calling, deadline

LOOPS = {
    "a loop": "while True: pass",
    "a loop in a line of calls": "while True:\n    len([1])",
    "a loop that swallows exceptions": """
        while True:
            try:
                x = 1
            except Exception:
                pass
    """,
    "a generator that goes on": "all(x < 1 for x in iter(int, 1))",
    "functions that call each other": """
        def more(n):
            return more(n - 1) + more(n - 1) if n else 0
        more(60)
    """,
}
SWALLOW = {
    "a loop that swallows everything": """
        def work():
            raise ValueError
        while True:
            try:
                work()
            except:
                pass
    """,
    "a loop whose finally goes on": """
        while True:
            try:
                x = 1
            finally:
                continue
    """,
}
FILE = HOME / "course" / "feedback" / "deadline.py"
NEWER = next(
    (
        python
        for name in ("python3.14", "python3.13", "python3.12")
        for python in filter(
            None,
            [shutil.which(name), *glob.glob(os.path.expanduser(f"~/.pyenv/versions/*/bin/{name}"))],
        )
        if subprocess.run([python, "-c", "import sys"], capture_output=True).returncode == 0
    ),
    None,
)


def ended(body):
    """How long a function runs that never ends by itself, with a limit of 0.1 s."""
    space = {}
    exec("def f():\n" + textwrap.indent(textwrap.dedent(body).strip(), "    "), space)
    start = time.monotonic()
    with pytest.raises(SystemExit):
        deadline.limited(space["f"], start + 0.1)()
    return time.monotonic() - start


@pytest.mark.parametrize("name", LOOPS)
def test_an_endless_loop_is_ended(name):
    before = sys.gettrace()
    assert 0.1 <= ended(LOOPS[name]) < 3
    assert sys.gettrace() is before


def test_a_function_that_ends_in_time_is_not_disturbed():
    def add(a, b):
        return a + b

    assert deadline.limited(add, time.monotonic() + 5)(1, 2) == 3


def test_the_clock_of_a_newer_python_ends_every_loop():
    """The way that pages take: Python tells of jumps and calls, and swallowing does not help."""
    if NEWER is None:
        pytest.skip("no Python 3.12 or newer on this machine")
    code = f"""
import importlib.util, sys, time
spec = importlib.util.spec_from_file_location("deadline", {str(FILE)!r})
deadline = importlib.util.module_from_spec(spec)
spec.loader.exec_module(deadline)
assert deadline.MONITORING
for name, body in {LOOPS | SWALLOW!r}.items():
    import textwrap
    space = {{}}
    exec("def f():\\n" + textwrap.indent(textwrap.dedent(body).strip(), "    "), space)
    start = time.monotonic()
    try:
        deadline.limited(space["f"], start + 0.1)()
    except SystemExit:
        assert time.monotonic() - start < 3, name
    else:
        raise AssertionError(name)
assert deadline.limited(lambda a: a + 1, time.monotonic() + 5)(1) == 2
assert sys.monitoring.get_tool(deadline.TOOL) is None
"""
    done = subprocess.run(
        [NEWER, "-W", "ignore", "-c", code], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture
def page(monkeypatch):
    """Where Python has no threads."""
    monkeypatch.setattr(calling, "THREADS", False)
    monkeypatch.setattr(calling.threading, "Thread", None)


def test_a_check_without_threads_says_what_one_with_them_says(page, monkeypatch):
    monkeypatch.setattr(calling, "SECONDS", 0.3)

    def relu(z):
        while True:
            z = z + 0

    report = check(relu)
    assert report.state == "raises" and "seconds and was stopped" in str(report)
    assert [story for _, _, story in report.rows()] == ["did not end", *["not tried"] * 4]

    def relu(z):
        return np.maximum(z, 0)

    assert check(relu).state == "right"


def test_a_check_without_threads_names_a_mistake_and_keeps_what_is_printed(page):
    def sigmoid(z):
        print("here")
        return 1 / (1 + np.exp(z))

    report = check(sigmoid)
    assert "falls from 1 to 0" in str(report) and report.printed.startswith("here")


def test_a_borrowed_function_is_seen_without_threads(page):
    def relu(z):
        from nnlib.activations import relu as theirs

        return theirs(z)

    report = check(relu)
    assert report.state == "not written yet" and "course's own" in str(report)
