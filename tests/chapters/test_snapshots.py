"""The package as it stands after each chapter: it imports, passes its tests, and is typed."""

import subprocess
import sys

import pytest

from course.book import HOME, Book
from course.book.built import builders
from course.press import tangle
from course.press.assemble import render

BOOK = Book()
BUILDERS = builders(BOOK)
each_chapter_that_builds = pytest.mark.parametrize("number", BUILDERS)

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


@each_chapter_that_builds
def test_snapshot_imports(number, snapshot, python):
    package = snapshot(number)
    done = python("-W", "error", "-c", IMPORT_ALL, str(package), package=package)
    assert done.returncode == 0, done.stderr
    built = {f"{name}.py" for name in done.stdout.split()}
    assert built == set(render(BOOK, number)) | {
        f"{name}.py" for name in BOOK.modules.given(number)
    }


@each_chapter_that_builds
def test_snapshot_passes_the_tests_of_its_chapters(number, snapshot, python):
    if number == BUILDERS[-1]:
        tangle.check(BOOK)  # the finished package: tests/nnlib runs on it in full
        return
    names = [f"chapter_{chapter.number}" for chapter in BOOK.through(number)]
    folders = [f"tests/nnlib/{name}" for name in names if (HOME / "tests/nnlib" / name).is_dir()]
    assert folders, "a chapter that builds something has tests"
    options = ("-q", "-p", "no:cacheprovider", "-p", "no:nbval")  # it is slow to read
    done = python("-m", "pytest", *options, *folders, package=snapshot(number))
    assert done.returncode == 0, done.stdout + done.stderr


@each_chapter_that_builds
def test_snapshot_keeps_what_its_annotations_say(number, snapshot):
    folder = snapshot(number)
    files = [f"nnlib/{path.name}" for path in sorted((folder / "nnlib").glob("*.py"))]
    options = ("--config-file", str(HOME / "pyproject.toml"))
    options += ("--cache-dir", str(HOME / ".mypy_cache"))  # it knows NumPy already
    command = [sys.executable, "-P", "-m", "mypy", *options, *files]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
