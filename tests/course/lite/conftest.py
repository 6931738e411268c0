"""A browser edition of a tiny book, and one of the course with a runtime, where one is at hand."""

import os
from pathlib import Path

import pytest

from course.book import HOME, AuthorError, Book
from course.browser import CHROMIUM
from course.lite import build, runtime, tools, wheels
from course.vendor import PYODIDE, unpacked


@pytest.fixture(scope="session")
def brought():
    """JupyterLite's tools and the pure wheels: `make lite` brings them."""
    try:
        made = tools.tools(fetch=False)
        wheels.pure(fetch=False)
    except AuthorError as error:
        pytest.skip(f"the parts of the browser edition are not here: {error}")
    return made


@pytest.fixture(scope="session")
def official(brought):
    """The runtime of the public host; its lock comes with `make lite`."""
    try:
        unpacked(PYODIDE, fetch=False)
    except AuthorError as error:
        pytest.skip(f"the lock of Pyodide is not here: {error}")
    return runtime.public(brought)


@pytest.fixture(scope="session")
def runtime_folder():
    """A folder with Pyodide, its core, lock and packages."""
    named = os.environ.get("LITE_RUNTIME")
    if not named:
        pytest.skip("no runtime for the browser: LITE_RUNTIME names no folder with Pyodide")
    return Path(named)


@pytest.fixture(scope="session")
def site(brought, runtime_folder, tmp_path_factory):
    """The browser edition, with Python in it."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    return build.build(Book(HOME), tmp_path_factory.mktemp("lite") / "site", runtime_folder)
