"""Whether two outputs of a cell say the same, digits of another machine aside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

NUMBER = re.compile(r"(?<![\w.])[-−]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?")
SIZE = re.compile(r"^Figure, \d+ × \d+ pixels: ")
FONTS = "Matplotlib is building the font cache"
SAME, DIGIT, WORDS, OTHER = "same", "last digit", "words alone", "other"


def text_of(outputs: Iterable[Mapping[str, Any]]) -> str:
    """What outputs say, as text: what is printed, the words of figures, the names of errors."""
    said = []
    for output in outputs:
        kind = output["output_type"]
        if kind == "stream":
            text = _joined(output["text"])
            said.append("" if output["name"] == "stderr" and text.startswith(FONTS) else text)
        elif kind == "error":
            name = output["ename"].removeprefix("<class '").removesuffix("'>").split(".")[-1]
            said.append(f"\n{name}\n")
        elif "text/plain" in output["data"]:
            said.append("\n" + SIZE.sub("Figure: ", _joined(output["data"]["text/plain"])) + "\n")
    return "".join(said)


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def alike(stored: str, found: str, numbers: bool = True) -> str:
    """How near two texts are; their numbers may be left out.

    Returns
    -------
    str
        `SAME`; `DIGIT` if the words and the whole numbers are the same, and each other number
        differs by at most one unit of the last digit that is printed; `WORDS` if only those were
        compared; else `OTHER`.
    """
    if stored.split() == found.split():
        return SAME
    if NUMBER.sub("#", stored).split() != NUMBER.sub("#", found).split():
        return OTHER
    if not numbers:
        return WORDS
    pairs = zip(NUMBER.findall(stored), NUMBER.findall(found), strict=True)
    return DIGIT if all(_near(one, other) for one, other in pairs) else OTHER


def _near(one: str, other: str) -> bool:
    """Whether two printed numbers differ by at most one unit of the last digit of the coarser."""
    a, b = (float(text.replace(",", "").replace("−", "-")) for text in (one, other))
    return abs(a - b) <= 1.01 * max(_unit(one), _unit(other)) if a != b else True


def _unit(text: str) -> float:
    digits, _, power = text.partition("e")
    places = len(digits.partition(".")[2])
    return 10.0 ** (int(power or 0) - places) if places or power else 0.0
