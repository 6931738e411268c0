# Woven from chapter 1 by `python -m course tangle`: edit notebooks/text, not this file.
"""A small neural-network library for binary classification, built chapter by chapter."""

__version__ = "0.1.0"
