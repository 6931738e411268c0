"""The table of nnlib's modules: which are woven from the chapters, which are plain.

A woven module is written by ``python -m course tangle`` from the cells of the chapters. A plain one
is an ordinary file, edited where it stands, and *given* from a chapter on: that chapter and those
after it may use it. Each module says in its first line which it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

FIRST_LINE = re.compile(
    r"# Plain: edited here(?:; chapters? (?P<told>\w+(?:(?:, | and )\w+)*) tells? of it)?\."
)
WOVEN_LINE = re.compile(r"# Woven (from chapters? |before the first chapter ).*")


@dataclass(frozen=True)
class Modules:
    """The modules that nnlib may have.

    Parameters
    ----------
    woven : tuple of str
        Names of the modules that the chapters build.
    plain : dict
        Name of a plain module to the number of the chapter from which on it is given.
    """

    woven: tuple[str, ...]
    plain: dict[str, str] = field(default_factory=dict)

    def __contains__(self, name: object) -> bool:
        return name in self.woven or name in self.plain

    def given(self, through: str | None) -> list[str]:
        """The plain modules of the package as it stands after a chapter (None: after the last)."""
        return sorted(
            name for name, number in self.plain.items() if through is None or number <= through
        )


MODULES = Modules(
    woven=(
        "activations",
        "blocks",
        "engine",
        "gradient_check",
        "images",
        "learning_rate",
        "logistic",
        "losses",
        "network",
        "span",
        "training",
    ),
    plain={
        "__init__": "01",
        "door": "01",
        "hints": "01",
        "kinds": "01",
        "manual": "01",
        "extras": "01",
        "photographs": "01",
        "plots": "01",
        "quick": "01",
        "rule": "01",
        "rules_arrays": "01",
        "rules_choices": "01",
        "rules_images": "01",
        "rules_networks": "01",
        "rules_plots": "01",
        "rules_settings": "01",
        "rules_stored": "01",
        "rules_training": "01",
        "checkpoint": "08",
        "pieces": "13",
        "threads": "13",
        "generators": "08",
        "run": "08",
        "estimator_checks": "12",
        "archives": "08",
        "files": "08",
        "command_train": "12",
        "folder_source": "12",
        "folders": "12",
        "image_files": "12",
        "labelled": "12",
        "model": "11",
        "model_notes": "12",
        "outputs": "12",
        "sources": "12",
        "streams": "12",
        "twins": "12",
        "classifier": "12",
        "exchange": "12",
        "fitting": "12",
        "learner": "12",
        "__main__": "12",
        "cluster": "13",
    },
)
"""This course's table: the one place to change when a module comes, goes, or changes its kind."""


def woven_line(chapters: Sequence[str]) -> str:
    """The first line of a woven module; it names the chapters whose cells stand in it.

    With many chapters it takes two lines.
    """
    names = [shown(number) for number in chapters]
    if len(names) > 1:
        source = f"from chapters {', '.join(names[:-1])} and {names[-1]}"
    else:
        source = f"from chapter {names[0]}" if names else "before the first chapter"
    made, mind = (
        f"# Woven {source} by `python -m course tangle`:",
        "edit notebooks/text, not this file.",
    )
    return f"{made} {mind}" if len(made) + len(mind) < 100 else f"{made}\n# {mind}"


def shown(number: str) -> str:
    """A chapter's number as prose writes it: 3 for "03", A for "A"."""
    return str(int(number)) if number.isdigit() else number
