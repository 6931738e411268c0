"""The names of the parts of a result, in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from course.exercises.cases_network import Drawn, Start
from nnlib.network import Layer

LOOKED_AT = {
    "a_Layer": "a Layer",
    "shape_of_W": "shape of W",
    "shape_of_b": "shape of b",
    "b_is_zero": "b is zero",
    "spread_of_W": "spread of W · √inputs",
    "centred": "W has mean 0",
    "rows_differ": "the rows of W differ",
    "normal_numbers": "W holds normal numbers",
    "same_seed_same_W": "the same seed gives the same W",
    "other_seed_other_W": "another seed gives another W",
    "dtype_of_W": "W is of the dtype that was asked for",
    "dtype_of_b": "b is of the dtype that was asked for",
    "other_layer_other_W": "W is not that of the layer before",
}
"""What is looked at in a random start, in words."""


def part_name(name: str) -> str:
    """The name of a part as a reader knows it: dW[2], layer 2, b is zero in layer 2."""
    found = re.fullmatch(r"(.*?)(?:\[(\d+)\])?", name, re.DOTALL)
    what, layer = found.groups() if found else (name, None)
    if what == "":
        return f"layer {layer}"
    if "_" not in what and what not in LOOKED_AT:
        return name
    told = LOOKED_AT.get(what, what.replace("_", " "))
    return f"{told} in layer {layer}" if layer else told


def as_written(value: Any) -> Any:
    """What a reader wrote or should have written, where something else is compared."""
    if isinstance(value, Drawn):
        return value.layers
    return Layer(value.shape_of_W, value.shape_of_b, "") if isinstance(value, Start) else value


def enumerated(names: Sequence[str]) -> str:
    """Names in a sentence: a, b and c."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
