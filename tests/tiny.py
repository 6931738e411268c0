"""Tiny made-up books, for the tests of the machinery."""

from pathlib import Path

from course.book import HEADER, Book
from course.book.modules import Modules

MODULES = Modules(woven=("__init__", "__main__", "activations", "losses", "unit"))
"""The table of the tiny books, so that they do not hang on the table of the course."""

INIT = '''\
# nnlib/__init__.py
"""A tiny package."""
'''
SIGMOID = '''\
# nnlib/activations.py
"""Activation functions."""

import numpy as np


def sigmoid(z):
    """Logistic sigmoid."""
    return 1 / (1 + np.exp(-z))
'''


def code(source, tags=""):
    """A code cell."""
    option = f":tags: [{tags}]\n\n" if tags else ""
    return f"```{{code-cell}} ipython3\n{option}{source.rstrip()}\n```\n"


class TinyBook:
    """Writes chapters below a root folder."""

    def __init__(self, root: Path, modules: Modules = MODULES):
        self.root = root
        self.modules = modules
        self.text = root / "notebooks" / "text"
        self.text.mkdir(parents=True)

    def chapter(self, name, *blocks):
        """Write a chapter from blocks of text and return its path."""
        path = self.text / f"{name}.md"
        path.write_bytes((HEADER + "\n" + "\n".join(blocks)).encode())
        return path

    @property
    def book(self):
        """The book as it stands on the disk now."""
        return Book(self.root, self.modules)

    def plain(self, name, text):
        """Write a plain module and return its path."""
        path = self.root / "nnlib" / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def notebook(self, name):
        """The path of a woven chapter."""
        return self.root / "notebooks" / f"{name}.ipynb"

    def module(self, name):
        """The text of a tangled module."""
        return (self.root / "nnlib" / f"{name}.py").read_text(encoding="utf-8")
