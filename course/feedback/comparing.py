"""Compare what came back with what was expected, part by part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np


class Part(NamedTuple):
    """One named part of a result: an array or number, with what was expected for it."""

    name: str
    got: Any
    expected: Any


class Gap(NamedTuple):
    """How one part differs: kind is "parts", "type", "shape" or "values"."""

    name: str
    kind: str
    got: Any
    expected: Any
    where: tuple[int, ...] | None = None
    ratio: float | None = None


def name_parts(expected: Any, got: Any, names: Sequence[str]) -> list[Part]:
    """Pair the parts of a result with the expected ones, following the structure of `expected`.

    names : tuple of str, the names of a plain tuple's entries.
    """
    return list(_pair(expected, got, names, ""))


def _pair(expected: Any, got: Any, names: Sequence[str], prefix: str) -> Iterator[Part]:
    if isinstance(expected, tuple | list):
        record = getattr(expected, "_fields", None)
        fields = record or (names if isinstance(expected, tuple) else None)
        alike = isinstance(got, tuple | list) and len(got) == len(expected)
        if not alike or (record and getattr(got, "_fields", None) != record):
            yield Part(prefix or "result", got, expected)
            return
        for k, (e, g) in enumerate(zip(expected, got, strict=True)):
            if fields:  # of a record; inside a list the layer follows, as in dW[2]
                label = fields[k] + prefix
            else:
                label = f"{prefix}[{k}]" if prefix else f"[{k + 1}]"  # layers count from 1
            yield from _pair(e, g, names, label)
    elif expected is not None or got is not None:
        yield Part(prefix or "result", got, expected)


def tolerance(got: Any) -> float:
    """Relative tolerance by precision: rounding in float32 is not a mistake."""
    return 2e-3 if getattr(got, "dtype", None) == np.float32 else 1e-6


def gap(part: Part, rtol: float | None = None) -> Gap | None:
    """The Gap between got and expected, or None if they agree."""
    name, got, expected = part
    if expected is None:
        return Gap(name, "type", got, None)
    if isinstance(expected, str):
        if not isinstance(got, str):
            return Gap(name, "type", got, expected)
        return None if got == expected else Gap(name, "values", got, expected)
    if isinstance(expected, tuple | list):
        return Gap(name, "parts", got, expected)
    expected = np.asarray(expected)
    try:
        array = np.asarray(got)
    except ValueError:
        return Gap(name, "type", got, expected)
    if array.dtype.kind not in "biuf" or (array.dtype.kind == "b") != (expected.dtype.kind == "b"):
        return Gap(name, "type", got, expected)
    if array.shape != expected.shape:
        if isinstance(got, tuple | list):  # several things where one is asked for
            return Gap(name, "type", got, expected)
        return Gap(name, "shape", array, expected)
    rtol = tolerance(array) if rtol is None else rtol
    scale = np.max(np.abs(expected), initial=0) or 1
    atol = max(rtol * scale, 6e-8 if array.dtype == np.float32 else 0)  # what rounding leaves of 1
    near = np.isclose(array, expected, rtol=rtol, atol=atol, equal_nan=True)
    if near.all():
        return None
    where = tuple(int(k) for k in np.argwhere(~near)[0])
    return Gap(name, "values", array, expected, where, constant_ratio(array, expected))


def constant_ratio(got: np.ndarray, expected: np.ndarray) -> float | None:
    """The number r with got = r · expected everywhere, or None; 0 if every entry is zero."""
    solid = np.abs(expected) > 1e-12 * np.max(np.abs(expected), initial=0)
    if not solid.any() or np.any(np.abs(got[~solid]) > 1e-9):
        return None
    ratios = got[solid] / expected[solid]
    return float(ratios[0]) if np.allclose(ratios, ratios[0], rtol=1e-5, atol=1e-9) else None


def same(got: Any, known: Any, rtol: float | None = None) -> bool:
    """True if two results agree within rounding, whatever they are made of."""
    if isinstance(got, tuple | list) or isinstance(known, tuple | list):
        return (
            isinstance(got, tuple | list)
            and isinstance(known, tuple | list)
            and len(got) == len(known)
            and all(same(g, k, rtol) for g, k in zip(got, known, strict=True))
        )
    if not isinstance(got, np.ndarray | np.number | np.bool_ | int | float):
        return type(got) is type(known) and (got == known or not isinstance(got, str))
    got, known = np.asarray(got), np.asarray(known)
    if (
        got.shape != known.shape
        or got.dtype.kind not in "biuf"
        or known.dtype.kind not in "biuf"
        or (got.dtype.kind == "b") != (known.dtype.kind == "b")
    ):
        return False
    rtol = tolerance(got) if rtol is None else rtol
    size = np.abs(known)
    atol = max(
        rtol * (size.max(initial=0) or 1), 1e-12
    )  # what rounding leaves of a 0 tells nothing
    if got.dtype.kind == "f" and np.isfinite(got).all():  # most are, and this is fast
        return bool(np.isfinite(size).all() and (np.abs(got - known) <= atol + rtol * size).all())
    return bool(np.allclose(got, known, rtol=rtol, atol=atol, equal_nan=True))
