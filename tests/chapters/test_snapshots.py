"""The package as it stands after each chapter: imports, passes its tests, and runs the chapter."""

import os
import subprocess
import sys

import pytest

from course import tangle
from course.book import Book
from course.tools import HOME

BOOK = Book()
CHAPTERS = [chapter.number for chapter in BOOK.chapters]
each_chapter = pytest.mark.parametrize("number", CHAPTERS)
PREVIEW = "00"

IMPORT_ALL = """
import importlib, pathlib, sys
import nnlib
folder = pathlib.Path(sys.argv[1]).resolve() / "nnlib"
assert pathlib.Path(nnlib.__file__).resolve().parent == folder, nnlib.__file__
modules = sorted(path.stem for path in folder.glob("*.py"))
for name in modules:
    if name != "__main__":
        importlib.import_module(f"nnlib.{name}")
print(*modules)
"""


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory):
    """A function from a chapter's number to the folder that holds its snapshot."""
    made = {}

    def make(number):
        if number not in made:
            made[number] = tmp_path_factory.mktemp(f"snapshot_{number}")
            tangle.write(BOOK, through=number, out=made[number])
        return made[number]

    return make


def python(*arguments, package):
    """Run Python with a snapshot first on the path; -P keeps the repository's own nnlib off it."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(package),
        "COURSE_PACKAGE": str(package),
        "HYPOTHESIS_PROFILE": "snapshot",
    }
    return subprocess.run(
        [sys.executable, "-P", *arguments],
        cwd=HOME,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


@each_chapter
def test_snapshot_imports(number, snapshot):
    package = snapshot(number)
    done = python("-W", "error", "-c", IMPORT_ALL, str(package), package=package)
    assert done.returncode == 0, done.stderr
    built = {f"{name}.py" for name in done.stdout.split()}
    assert built == set(tangle.render(BOOK, number)) - {"py.typed"}


@each_chapter
def test_snapshot_passes_the_tests_of_its_chapters(number, snapshot):
    if tangle.render(BOOK, number) == tangle.render(BOOK):
        tangle.check(BOOK)  # the finished package: tests/nnlib runs on it in full
        return
    names = [f"chapter_{chapter.number}" for chapter in BOOK.through(number)]
    folders = [f"tests/nnlib/{name}" for name in names if (HOME / "tests/nnlib" / name).is_dir()]
    if not folders:
        pytest.skip("no tests up to this chapter")
    options = ("-q", "-p", "no:cacheprovider")
    done = python("-m", "pytest", *options, *folders, package=snapshot(number))
    assert done.returncode == 0, done.stdout + done.stderr


@each_chapter
def test_snapshot_keeps_what_its_annotations_say(number, snapshot, tmp_path_factory):
    folder = snapshot(number)
    files = [f"nnlib/{path.name}" for path in sorted((folder / "nnlib").glob("*.py"))]
    cache = tmp_path_factory.getbasetemp() / "mypy"
    options = ("--config-file", str(HOME / "pyproject.toml"), "--cache-dir", str(cache))
    command = [sys.executable, "-P", "-m", "mypy", *options, *files]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


@each_chapter
def test_chapter_and_its_solutions_run_on_its_snapshot(number, snapshot):
    package = HOME if number == PREVIEW else snapshot(number)
    options = ("run", number, "--solutions", "--package", str(package))
    done = python("-m", "course", *options, package=package)
    assert done.returncode == 0, done.stdout + done.stderr
