"""What ``python -m course`` does before all else; it imports what Python has imported already.

A folder in PYTHONPATH may hold another nnlib, and another `random`, `typing` or `enum`, too: a
file of somebody's own, or an old copy for an old Python.
"""

import os
import sys

HOME = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))


def search_here_first() -> None:
    """Let what PYTHONPATH names come last in this process, where the course's own come first."""
    named = [entry for entry in os.environ.get("PYTHONPATH", "").split(os.pathsep) if entry]
    strangers = {os.path.abspath(entry) for entry in named} - {HOME, os.getcwd()}
    later = [entry for entry in sys.path if entry and os.path.abspath(entry) in strangers]
    sys.path[:] = [entry for entry in sys.path if entry not in later] + later
