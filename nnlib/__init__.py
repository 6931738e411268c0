# Plain: edited here.
"""A small neural-network library for binary classification, built chapter by chapter."""

__version__ = "1.0.0"
