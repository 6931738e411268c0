"""The tests of the package, which run on a snapshot of it as well."""

import os
from pathlib import Path

WANTED = os.environ.get("COURSE_PACKAGE")
"""Set when the tests run on a snapshot: the folder that nnlib must come from."""

if WANTED:
    import nnlib

    found = Path(nnlib.__file__).resolve()
    assert found.is_relative_to(Path(WANTED).resolve()), f"{found} is not the one in {WANTED}"
