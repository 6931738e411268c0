"""Arrays that do not fit each other: where they stand, and which shape each of them has."""

from __future__ import annotations

import numpy as np

from course.feedback.failing import Operation
from course.feedback.words import enumerated


def where(failing: Operation | None) -> str:
    """The line in which it stopped, as a sentence."""
    return f"Look at the line `{failing.line}`." if failing else "Read its last line."


def about_operands(failing: Operation | None) -> str | None:
    """Both operands with their shapes, and why they do not fit; None if they are no arrays."""
    if failing is None or len(failing.operands) != 2 or failing.kind in ("[]", "call", "truth"):
        return None
    if not all(isinstance(value, np.ndarray) for value in failing.operands):
        return None
    (one, other), (left, right) = failing.operands, failing.texts
    shapes = f"`{left}` has shape {one.shape} and `{right}` has shape {other.shape}"
    if failing.kind == "@":
        return (
            f"A matrix product does not fit: {shapes}. The inner numbers must agree. Which of the "
            "two should be another array, or be transposed; or is a product entry by entry meant?"
        )
    return (
        f"Two shapes do not fit entry by entry: {shapes}. Compared from the right, two numbers "
        "must be equal, or one of them 1."
    )


def about_call(failing: Operation | None) -> str | None:
    """The arrays that went into a call, with their shapes; None if it is no call of several."""
    if failing is None or failing.kind != "call":
        return None
    given = zip(failing.texts[1:], failing.operands[1:], strict=True)
    arrays = [(text, value) for text, value in given if isinstance(value, np.ndarray)]
    if not arrays or len(failing.operands) < 3:
        return None
    shapes = enumerated([f"`{text}` of shape {value.shape}" for text, value in arrays])
    return (
        f"What goes into `{failing.operands[0]}` does not fit together: it got {shapes}. "
        f"{where(failing)} Which of them is cut or turned another way than the others?"
    )
