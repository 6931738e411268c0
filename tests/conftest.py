"""Settings for all tests."""

import os

import matplotlib
from hypothesis import settings

matplotlib.use("Agg")

# The same examples at every run, and no limit of time: the machine may be slow, the result not.
settings.register_profile("course", derandomize=True, deadline=None, database=None)
settings.register_profile("snapshot", settings.get_profile("course"), max_examples=8)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "course"))


def pytest_collection_modifyitems(items):
    """What runs whole chapters comes first.

    Where the tests are spread over several processes, long work at the end would leave all but one
    of them waiting.
    """
    items.sort(key=lambda item: not _runs_chapters(item.nodeid))


def _runs_chapters(nodeid):
    return nodeid.startswith(("notebooks/", "tests/chapters/"))
