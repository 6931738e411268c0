"""The package as it stands after a chapter, and Python on it."""

import os
import subprocess
import sys

import pytest

from course.book import HOME, Book
from course.press import tangle


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    """A function from a chapter's number to the folder that holds its snapshot."""
    made = {}

    def make(number):
        if number not in made:
            made[number] = tmp_path_factory.mktemp(f"snapshot_{number}")
            tangle.write(Book(), through=number, out=made[number])
        return made[number]

    return make


@pytest.fixture(scope="session")
def python():
    """A function that runs Python with a snapshot first on the path."""

    def run(*arguments, package):
        environment = {
            **os.environ,
            "PYTHONPATH": str(package),
            "COURSE_PACKAGE": str(package),
            "HYPOTHESIS_PROFILE": "snapshot",
        }
        return subprocess.run(
            [sys.executable, "-P", *arguments],  # -P keeps the repository's own nnlib off the path
            cwd=HOME,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )

    return run
