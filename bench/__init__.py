"""Timings of nnlib beside its limit and its peers: `python -m bench`; never part of the tests."""
