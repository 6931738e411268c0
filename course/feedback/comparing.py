"""Compare what came back with what was expected, part by part."""

from typing import NamedTuple

import numpy as np

MISSING = object()


class Part(NamedTuple):
    """One named part of a result: an array or number, with what was expected for it."""

    name: str
    got: object
    expected: object


class Gap(NamedTuple):
    """How one part differs: kind is "parts", "type", "shape" or "values"."""

    name: str
    kind: str
    got: object
    expected: object
    where: tuple | None = None
    ratio: float | None = None


def name_parts(expected, got, names):
    """Pair the parts of a result with the expected ones, following the structure of `expected`.

    names : tuple of str, the names of a plain tuple's entries.
    """
    return list(_pair(expected, got, names, ""))


def _pair(expected, got, names, prefix):
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
    elif expected is not None:
        yield Part(prefix or "result", got, expected)


def tolerance(got):
    """Relative tolerance by precision: rounding in float32 is not a mistake."""
    return 2e-3 if getattr(got, "dtype", None) == np.float32 else 1e-6


def gap(part, rtol=None):
    """The Gap between got and expected, or None if they agree."""
    name, got, expected = part
    if isinstance(expected, str):
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
        return Gap(name, "shape", array, expected)
    rtol = tolerance(array) if rtol is None else rtol
    scale = np.max(np.abs(expected), initial=0) or 1
    near = np.isclose(array, expected, rtol=rtol, atol=rtol * scale, equal_nan=True)
    if near.all():
        return None
    where = tuple(int(k) for k in np.argwhere(~near)[0])
    return Gap(name, "values", array, expected, where, constant_ratio(array, expected))


def constant_ratio(got, expected):
    """The number r with got = r · expected everywhere, or None. Zero counts if every entry is
    zero.
    """
    solid = np.abs(expected) > 1e-12 * np.max(np.abs(expected), initial=0)
    if not solid.any() or np.any(np.abs(got[~solid]) > 1e-9):
        return None
    ratios = got[solid] / expected[solid]
    return float(ratios[0]) if np.allclose(ratios, ratios[0], rtol=1e-5, atol=1e-9) else None
