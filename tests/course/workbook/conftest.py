"""A workbook of two chapters, cut from the modules of nnlib."""

import pytest
from reader import ReadersBook


@pytest.fixture
def reader(tmp_path):
    """A new workbook in a folder of a hard name; nothing is written yet."""
    return ReadersBook(tmp_path / "Kürs 1")
