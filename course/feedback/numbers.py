"""What can be said of wrong numbers alone: a factor, a difference, which cases are right."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from course.feedback.attempt import Result
from course.feedback.comparing import Gap
from course.feedback.groups import (
    NOTHING,
    Factor,
    all_groups,
    examples,
    factor,
    group_of,
    wrong_groups,
)
from course.feedback.words import enumerated, part_name


def about_numbers(wrong: Sequence[Result], results: Sequence[Result]) -> str:
    """The first of these sentences that fits."""
    return (
        about_nan(wrong)
        or about_ratio(wrong)
        or about_divisor(wrong)
        or about_difference(results)
        or about_rows(wrong)
        or about_cases(results)
    )


def about_nan(wrong: Sequence[Result]) -> str | None:
    """What to say if a number is none, or infinite, in every case that is wrong."""
    gaps = [gap for result in wrong for gap in result.gaps[:1]]
    if not gaps or any(_no_number(gap) or np.isfinite(gap.got).all() for gap in gaps):
        return None
    return (
        "nan or inf came out: somewhere 0 · log 0, 0/0 or a number that is too large was "
        "computed. For which entries of the input?"
    )


def about_factor(groups: Sequence[str], factor: Factor | None) -> str:
    """How groups of parts are wrong that are wrong in the same way."""
    named = ["every value" if group == "result" else part_name(group) for group in groups]
    group, is_, has = enumerated(named), *(("is", "has") if len(named) == 1 else ("are", "have"))
    if factor is None:
        return f"{group} {is_} wrong in another way."
    said = [f"{has} the wrong sign"] if factor.sign < 0 else []
    if factor.power:
        times = "m" if abs(factor.power) == 1 else f"m^{abs(factor.power)}"
        small, large = "divided by m once too often", "not divided by the number of examples"
        why = f": is something {small if factor.power < 0 else large}?"
        said.append(f"{is_} {times} times too {'small' if factor.power < 0 else 'large'}{why}")
    return f"{group} {' and '.join(said)}".rstrip(".") + ("" if factor.power else ".")


def about_factors(results: Sequence[Result]) -> str | None:
    """The wrong groups, if each differs by a sign or a power of m; and which are right."""
    wrong = [group for group in all_groups(results) if group in wrong_groups(results)]
    factors = {group: factor(results, group) for group in wrong}
    if not factors or any(found in (None, NOTHING) for found in factors.values()):
        return None
    if len(set(factors.values())) == 1:
        said = [about_factor(["every value"] if len(wrong) > 1 else wrong, factors[wrong[0]])]
    else:
        said = [about_factor([group], found) for group, found in factors.items()]
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


def about_divisor(wrong: Sequence[Result]) -> str | None:
    """What to say if a mean was divided by one number in every case, or by one near m."""
    counts, divisors = [], []
    for result in wrong:
        m = examples(result)
        ratios = {gap.ratio and round(gap.ratio, 9) for gap in result.gaps}
        ratio = ratios.pop() if len(ratios) == 1 else None
        if m is None or not ratio:
            return None
        counts.append(m)
        divisors.append(m / ratio)
    if len(set(counts)) < 2:
        return None
    if all(math.isclose(d, divisors[0], rel_tol=1e-6) for d in divisors):
        said = f"It is divided by {divisors[0]:.4g} in every case, however many examples there are"
        return f"{said}: {enumerated([str(m) for m in counts])} here."
    for off, words in ((-1, "m - 1"), (1, "m + 1")):
        if all(
            math.isclose(d, m + off, rel_tol=1e-6) for d, m in zip(divisors, counts, strict=True)
        ):
            return f"It is divided by {words} in every case. How many examples are there?"
    return None


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


def about_rows(wrong: Sequence[Result]) -> str | None:
    """What to say if it is always the same row, or column, that is wrong, or that is right."""
    groups = {group_of(gap.name) for result in wrong for gap in result.gaps}
    gaps = [gap for result in wrong for gap in result.gaps]
    if len(groups) != 1 or any(_no_number(gap) or np.ndim(gap.got) != 2 for gap in gaps):
        return None
    group = groups.pop()
    of = "what comes back" if group == "result" else part_name(group)
    for axis, what in enumerate(("row", "column")):
        told = {_which(gap, axis) for gap in gaps if gap.got.shape[axis] > 2}
        if len(told) == 1 and (which := told.pop()):
            return (
                f"{which.format(what=what, of=of)} Where does a loop begin, and where does it end?"
            )
    return None


def _which(gap: Gap, axis: int) -> str | None:
    near = np.isclose(gap.got, gap.expected, rtol=1e-6, atol=1e-9)
    right = [bool(line) for line in near.all(axis=1 - axis)]
    patterns = {
        "Only the first {what} of {of} is wrong.": [False] + [True] * (len(right) - 1),
        "Only the last {what} of {of} is wrong.": [True] * (len(right) - 1) + [False],
        "Only the first {what} of {of} is right.": [True] + [False] * (len(right) - 1),
        "Only the last {what} of {of} is right.": [False] * (len(right) - 1) + [True],
    }
    return next((said for said, pattern in patterns.items() if pattern == right), None)


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
