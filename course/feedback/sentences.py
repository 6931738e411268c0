"""What can be said of a mistake that the library does not know: true of every row, or not said."""

from __future__ import annotations

import dis
import inspect
import math
from collections.abc import Callable, Iterator, Sequence
from types import CodeType
from typing import Any

import numpy as np

from course.exercises import Exercise
from course.feedback import calling
from course.feedback.attempt import Result
from course.feedback.comparing import Gap
from course.feedback.errors import OVERFLOW, about_error
from course.feedback.groups import Factor, all_groups, factor, wrong_groups
from course.feedback.slopes import about_slopes
from course.feedback.words import as_written, part_name

DATA = (np.ndarray, np.number, int, float, list, dict)


def general_sentence(
    exercise: Exercise, function: Callable[..., Any], results: list[Result]
) -> str:
    """The sentence that helps most."""
    kinds = [result.outcome.kind for result in results]
    if "endless" in kinds:
        return _about_time(results)
    if "writes" in kinds:
        return (
            "It changes one of its inputs: by an assignment such as `X[...] =`, an operator such "
            "as `-=`, or a method such as append. The caller still needs it: make a new one, as in "
            "`w = w - …`."
        )
    if names := notebook_data(function):
        return f"It reads {enumerated(names)} from the notebook. Use only what is passed in."
    if "nothing" in kinds:
        return (
            "It returned None. Is the `return` line missing, or did you print the result instead?"
        )
    stopped = [result for result in results if result.outcome.error is not None]
    overflows = [r for r in stopped if isinstance(r.outcome.error, FloatingPointError)]
    if len(stopped) > len(overflows):
        sentence = about_error(next(r for r in stopped if r not in overflows))
        return " ".join(filter(None, [sentence, about_slopes(exercise, results)]))
    finite = [result for result in results if result.gaps]
    if overflows and not finite:
        return OVERFLOW
    return about_values(exercise, finite, [r for r in results if r not in overflows])


def about_values(exercise: Exercise, wrong: Sequence[Result], results: list[Result]) -> str:
    """What to say of results that are no error."""
    gaps = [gap for result in wrong for gap in result.gaps]
    for gap in gaps:
        if gap.kind in ("type", "parts"):
            return about_kind(gap)
    for gap in gaps:
        if gap.kind == "shape":
            return " ".join(filter(None, [about_shape(gap), about_parts(results)]))
    return (
        about_slopes(exercise, results)
        or about_factors(results)
        or about_ratio(wrong)
        or about_difference(results)
        or about_cases(results)
    )


# --- without looking at numbers


def notebook_data(function: Callable[..., Any]) -> list[str]:
    """Names of arrays, numbers, lists that come from the notebook instead of the arguments."""
    bare = inspect.unwrap(function)
    if not inspect.isfunction(bare):
        return []
    return sorted(
        name
        for name in set(_globals_read(bare.__code__))
        if isinstance(bare.__globals__.get(name), DATA) and not name.isupper()
    )


def _globals_read(code: CodeType) -> Iterator[str]:
    """The global names that code reads; `mean` in np.mean is an attribute, and none of them."""
    yield from (i.argval for i in dis.get_instructions(code) if i.opname == "LOAD_GLOBAL")
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _globals_read(inner)


def _about_time(results: list[Result]) -> str:
    goes_on = any(result.outcome.value == "goes on" for result in results)
    end = "cannot be stopped: restart the kernel before you go on" if goes_on else "was stopped"
    return (
        f"It was still running after {calling.SECONDS:.0f} seconds and {end}. "
        "Which condition should end its loop?"
    )


def about_kind(gap: Gap) -> str:
    """Something else came back than what is asked for."""
    gap = gap._replace(got=as_written(gap.got), expected=as_written(gap.expected))
    fields = getattr(gap.expected, "_fields", None)
    several = isinstance(gap.expected, tuple | list)
    if isinstance(gap.expected, str):
        wanted = "a name"
    elif fields:
        wanted = f"a {type(gap.expected).__name__} with {enumerated(fields)}"
    elif several:
        wanted = f"a {type(gap.expected).__name__} of {len(gap.expected)}"
    else:
        wanted = "one array" if np.ndim(gap.expected) else "one number"
    name = _place(gap)
    if isinstance(gap.got, tuple) and not several:
        return (
            f"{name}A tuple came back, and {wanted} is asked for. "
            "What stands after `return`, and is there a comma in it?"
        )
    if gap.got is None:
        return f"{name}None came back, and {wanted} is asked for."
    if _is_truth(gap.got):
        return f"{name}True and False came back, and numbers are asked for."
    if isinstance(gap.got, dict):
        return f"{name}A dictionary came back, and {wanted} is asked for."
    if fields and isinstance(gap.got, tuple) and len(gap.got) == len(fields):
        record = type(gap.expected).__name__
        return f"{name}A plain tuple came back, and {wanted} is asked for: {record}(…) makes one."
    if isinstance(gap.got, tuple | list) and several and len(gap.got) != len(gap.expected):
        return f"{name}{len(gap.got)} things came back, and {len(gap.expected)} are asked for."
    return f"{name}Something else came back than {wanted}. What stands after `return`?"


def _place(gap: Gap) -> str:
    """Which part it is, at the beginning of a sentence."""
    if gap.name == "result":
        return ""
    return f"In {part_name(gap.name)}: "


def _is_truth(value: Any) -> bool:
    return isinstance(value, bool | np.bool_) or (
        isinstance(value, np.ndarray) and value.dtype.kind == "b"
    )


def about_shape(gap: Gap) -> str:
    """What can be said of a wrong shape alone."""
    got, expected = np.shape(gap.got), np.shape(gap.expected)
    name = _place(gap)
    if len(got) == 2 and got == expected[::-1]:
        return f"{name}Rows and columns are exchanged."
    if not expected and np.size(gap.got) == 1:
        return f"{name}The number sits in an array of shape {got}. One number is asked for."
    if not expected:
        return f"{name}One number is asked for, and an array came back: is a sum or mean missing?"
    if not got:
        return f"{name}One number came back, and an array is asked for: is a sum over too much?"
    if len(got) < len(expected):
        return f"{name}An axis is lost: the result should have {len(expected)} of them."
    if len(got) > len(expected):
        return f"{name}There is an axis too many: the result should have {len(expected)} of them."
    axis = next(k for k, (a, b) in enumerate(zip(got, expected, strict=True)) if a != b)
    what = ("rows", "columns")[axis] if len(got) == 2 else f"entries along axis {axis}"
    return (
        f"{name}The number of {what} is {got[axis]}, and should be {expected[axis]}. Which of your "
        "lines decides it?"
    )


# --- from the numbers


def about_factor(group: str, factor: Factor | None) -> str:
    """How a group of parts is wrong."""
    group = "every value" if group == "result" else part_name(group)
    if factor is None:
        return f"{group} is wrong in another way."
    said = ["has the wrong sign"] if factor.sign < 0 else []
    if factor.power:
        times = "m" if abs(factor.power) == 1 else f"m^{abs(factor.power)}"
        small, large = "divided by m once too often", "not divided by the number of examples"
        why = f": is something {small if factor.power < 0 else large}?"
        said.append(f"is {times} times too {'small' if factor.power < 0 else 'large'}{why}")
    return f"{group} {' and '.join(said)}".rstrip(".") + ("" if factor.power else ".")


def about_factors(results: Sequence[Result]) -> str | None:
    """The wrong groups, if each differs by a sign or a power of m; and which are right."""
    wrong = [group for group in all_groups(results) if group in wrong_groups(results)]
    factors = {group: factor(results, group) for group in wrong}
    if not factors or any(found is None for found in factors.values()):
        return None
    if len(set(factors.values())) == 1:
        said = [about_factor("every value" if len(wrong) > 1 else wrong[0], factors[wrong[0]])]
    else:
        said = [about_factor(group, found) for group, found in factors.items()]
    text = " ".join([*said, about_parts(results) or ""]).strip()
    return text[:1].upper() + text[1:] if text.startswith("every") else text


def about_parts(results: Sequence[Result]) -> str | None:
    """Which parts are right, where some are."""
    wrong, groups = wrong_groups(results), all_groups(results)
    right = [group for group in groups if group not in wrong]
    if not right or not wrong or len(groups) > 4:
        return None
    no = [group for group in groups if group in wrong]
    verb = ("is" if len(right) == 1 else "are", "is" if len(no) == 1 else "are")
    return f"{enumerated(right)} {verb[0]} right, {enumerated(no)} {verb[1]} not."


def about_ratio(results: Sequence[Result]) -> str | None:
    """What to say if every wrong number is the same multiple of what it should be."""
    ratios = [gap.ratio for result in results for gap in result.gaps]
    if len(ratios) < 2 or not ratios[0]:
        return None
    if not all(r is not None and math.isclose(r, ratios[0], rel_tol=1e-4) for r in ratios):
        return None
    said = f"What is wrong is always {ratios[0]:.4g} times what it should be."
    return " ".join(filter(None, [said, about_parts(results)]))


def about_difference(results: Sequence[Result]) -> str | None:
    """What to say if every number of every result is off by the same amount."""
    differences = []
    for result in results:
        if any(_no_number(gap) for gap in result.gaps):
            return None
        for gap in result.gaps:
            differences.append(np.ravel(np.subtract(gap.got, gap.expected, dtype=float)))
    if len(differences) < 2 or not all(result.gaps for result in results):
        return None
    off = np.concatenate(differences)
    if not np.allclose(off, off[0], rtol=1e-6):
        return None
    parts = about_parts(results)
    what = "What is wrong is everywhere" if parts else "Every value is"
    said = f"{what} {abs(off[0]):.4g} too {'large' if off[0] > 0 else 'small'}."
    return " ".join(filter(None, [said, parts]))


def _no_number(gap: Gap) -> bool:
    kinds = (np.asarray(value).dtype.kind for value in (gap.got, gap.expected))
    return gap.kind != "values" or any(kind not in "iuf" for kind in kinds)


def about_cases(results: Sequence[Result]) -> str:
    """When nothing else is known: which parts and which cases are right."""
    said = [about_parts(results)]
    right = [r.case.about for r in results if r.passed]
    wrong = [r.case.about for r in results if not r.passed]
    if right and wrong:
        said.append(f"It is right for: {'; '.join(right)}. It is wrong for: {'; '.join(wrong)}.")
        said.append("What is different there?")
    else:
        said.append(
            "The check does not know this mistake; perhaps there is more than one. Take the first "
            "case, and follow your lines with it one by one, on paper."
        )
    return " ".join(filter(None, said))


def enumerated(names: Sequence[str]) -> str:
    """Names in a sentence: a, b and c."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
