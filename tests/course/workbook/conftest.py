"""A workbook of two chapters, cut from the modules of nnlib."""

import pytest
from reader import ReadersBook


@pytest.fixture
def reader(tmp_path):
    """A new workbook in a folder named with a space and a letter beyond ASCII."""
    return ReadersBook(tmp_path / "Kürs 1")
