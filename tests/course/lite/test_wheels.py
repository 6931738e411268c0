"""The wheels of the site: what a kernel in a page imports is in them, and works without threads."""

import subprocess
import sys
import textwrap
import zipfile

import pytest

from course.book import HOME
from course.lite import wheels

IN_A_PAGE = """
    import sys, threading, types
    sys.path.insert(0, {folder!r})
    sys.platform = "emscripten"
    told = []
    class Channel:
        def postMessage(self, said):
            told.append(said)
    sys.modules["js"] = types.SimpleNamespace(
        BroadcastChannel=types.SimpleNamespace(new=lambda name: Channel()))
    def refuse(self):
        raise RuntimeError("can't start new thread")
    threading.Thread.start = refuse

    import nnlib, course, numpy as np
    assert nnlib.__file__.startswith({folder!r}) and course.__file__.startswith({folder!r})
    from nnlib.photographs import load_trees
    assert load_trees(size=32).train_images.shape == (1526, 32, 32, 3)

    def sigmoid(z):
        return 1 / (1 + np.exp(z))
    report = course.check(sigmoid, hint=True, line=True)
    assert "falls from 1 to 0" in str(report), report
    assert told

    from course.feedback import calling
    assert calling.SECONDS == 6
    calling.SECONDS = 0.3
    def relu(z):
        while True:
            z = z + 0
    assert "was stopped" in str(course.check(relu))
    from course.quizzes import read
    assert read.questions("04")
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheels")
    return folder, wheels.build(HOME, folder / "made")


def test_the_course_and_nnlib_work_from_their_wheels_as_in_a_page(built):
    folder, made = built
    assert [path.name.split("-")[0] for path in made] == ["course", "nnlib"]
    site = folder / "site"
    for path in made:
        with zipfile.ZipFile(path) as opened:
            opened.extractall(site)
    code = textwrap.dedent(IN_A_PAGE.format(folder=str(site)))
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=folder, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr


def test_the_wheels_hold_the_photographs_and_no_leftovers(built):
    _, made = built
    names = [name for path in made for name in zipfile.ZipFile(path).namelist()]
    assert "nnlib/data/trees_32.npz" in names and "notebooks/quizzes/04.toml" in names
    assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc")]


def test_every_own_package_is_needed_or_asked_for():
    from course.lite import runtime

    entries = {each.name: {"depends": list(each.depends)} for each in wheels.OWN}
    outside = {need for each in wheels.OWN for need in each.depends} - set(entries)
    entries |= {name: {"depends": []} for name in outside}
    assert runtime.closure(entries, runtime.ASKED) == set(entries)


def test_of_two_versions_the_newer_is_taken(tmp_path):
    old, new = (tmp_path / f"a_b-{version}-py3-none-any.whl" for version in ("3.6.999", "3.10.1"))
    assert wheels.by_name([new, old]) == {"a-b": new}
