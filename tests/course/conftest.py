"""A book in a temporary folder."""

import pytest
from tiny import INIT, MODULES, SIGMOID, TinyBook, code

ONE = """\
# One

Text. <a id="inside"></a>

+++

<a id="eq-4"></a>

$$ a \\tag{4} $$
"""


@pytest.fixture
def maker(tmp_path, monkeypatch):
    """An empty book, in a folder of a hard name; the command line knows its table."""
    monkeypatch.setattr("course.book.modules.MODULES", MODULES)
    return TinyBook(tmp_path / "Kürs 1")


@pytest.fixture
def tiny(maker):
    """A book of one good chapter that builds two modules."""
    maker.chapter("01_one", ONE, code(INIT), code(SIGMOID), code("sigmoid(0.0)"))
    return maker
