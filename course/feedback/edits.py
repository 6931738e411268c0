"""Change one token of a reference at random, and see what the check says of it.

A name that a check gives is judged on other numbers than those it was found on: the edit and the
known mistake must behave alike there too.
"""

from __future__ import annotations

import ast
import importlib
import io
import keyword
import random
import tokenize
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from course.exercises import EXERCISES, Exercise
from course.exercises.inputs import other_numbers
from course.feedback import calling
from course.feedback.attempt import Result, acting, compare, viewed
from course.feedback.diagnose import Diagnosis
from course.feedback.groups import Factor, agree, all_groups, factor, wrong_groups
from course.feedback.judge import judge
from course.feedback.likeness import alike
from course.feedback.mistakes import Mistake, mistakes_of
from course.feedback.mistakes.section import reference_of, run_source, source_of, together

FAMILIES = (
    ("+", "-", "*", "/", "@", "**", "//"),
    ("<", ">", "<=", ">=", "==", "!="),
    ("+=", "-=", "=", "*="),
    ("sum", "mean", "max", "min", "prod"),
    ("log", "log1p", "log10", "log2", "exp", "sqrt", "abs", "square"),
    ("zeros", "ones", "empty_like", "zeros_like", "ones_like"),
    ("vstack", "hstack"),
    ("maximum", "minimum", "add"),
    ("True", "False", "None"),
    ("standard_normal", "random", "normal"),
    ("astype", "reshape"),
    ("append", "extend"),
)


class Edit(NamedTuple):
    """A reference with one token exchanged: what stands where instead of what."""

    exercise: Exercise
    start: int
    old: str
    new: str

    def source(self) -> str:
        """The source of the edited function."""
        text = source_of(reference_of(self.exercise.name))
        return text[: self.start] + self.new + text[self.start + len(self.old) :]

    def __str__(self) -> str:
        text = source_of(reference_of(self.exercise.name))
        line = text[: self.start].count("\n")
        was = text.split("\n")[line].strip()
        return (
            f"{self.exercise.name}: {was!r} became {self.source().split(chr(10))[line].strip()!r}"
        )


class Judged(NamedTuple):
    """kind is "equivalent", "missed", "named", "wrongly named" or "unnamed"."""

    edit: Edit
    kind: str
    names: str


def sample(count: int, seed: int = 0) -> list[Edit]:
    """Random edits over all exercises, the same for the same seed."""
    every = [edit for exercise in EXERCISES for edit in edits_of(exercise)]
    return random.Random(seed).sample(every, min(count, len(every)))


def edits_of(exercise: Exercise) -> Iterator[Edit]:
    """Every edit of one token in the body of a reference that is still Python."""
    text = source_of(reference_of(exercise.name))
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    first = next(k for k, token in enumerate(tokens) if token.string == ":" and _ends(tokens, k))
    names = sorted({t.string for t in tokens[first:] if _is_variable(tokens, t)})
    notes = _annotations(text)
    for k, token in enumerate(tokens[first + 1 :], start=first + 1):
        if any(begin <= token.start < end for begin, end in notes):
            continue  # it is never run
        for new in alternatives(tokens, k, names):
            start = starts[token.start[0] - 1] + token.start[1]
            edit = Edit(exercise, start, token.string, new)
            if new and f"{new}.append({new})" in edit.source():
                continue  # NumPy would never come to an end with a list that holds itself
            try:
                compile(edit.source(), "<edit>", "exec")
            except SyntaxError:
                continue
            yield edit


def _annotations(text: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Where the kinds of local variables stand, as in `costs: list[float] = []`."""
    nodes = (n.annotation for n in ast.walk(ast.parse(text)) if isinstance(n, ast.AnnAssign))
    return [((n.lineno, n.col_offset), (n.end_lineno or 0, n.end_col_offset or 0)) for n in nodes]


def _ends(tokens: Sequence[tokenize.TokenInfo], k: int) -> bool:
    """True at the colon that ends the first line of the function."""
    return tokens[k + 1].type == tokenize.NEWLINE or tokens[k + 1].type == tokenize.COMMENT


def _is_variable(tokens: Sequence[tokenize.TokenInfo], token: tokenize.TokenInfo) -> bool:
    k = tokens.index(token)
    plain = token.type == tokenize.NAME and not keyword.iskeyword(token.string)
    return plain and tokens[k - 1].string != "." and tokens[k + 1].string not in ("(", ".")


def alternatives(
    tokens: Sequence[tokenize.TokenInfo], k: int, names: Sequence[str]
) -> Iterator[str]:
    """What could stand in the place of a token."""
    token = tokens[k]
    for family in FAMILIES:
        if token.string in family:
            yield from (other for other in family if other != token.string)
    if token.type == tokenize.NUMBER and token.string.isdigit():
        yield from (str(int(token.string) + by) for by in (1, -1) if int(token.string) + by >= 0)
    if token.type == tokenize.OP and token.string == "-":
        yield ""
    if token.string in names and _is_variable(tokens, token):
        yield from (other for other in names if other != token.string)


def judged(edit: Edit) -> Judged:
    """What the check says of an edit, and whether that is right on other numbers."""
    exercise = edit.exercise
    module = importlib.import_module(f"nnlib.{exercise.module_name}")
    function = run_source(edit.source(), dict(vars(module)), "an edit")[exercise.function_name]
    report = judge(exercise, function)
    mine = on_other_numbers(exercise, function)
    if report.state == "right":
        same = all(result.passed for result in mine)
        return Judged(edit, "equivalent" if same else "missed", "")
    if not report.mistakes:
        return Judged(edit, "unnamed", report.diagnosis or "")
    names = " + ".join(mistake.name for mistake in report.mistakes)
    told = report.told
    return Judged(edit, "named" if holds(exercise, mine, told) else "wrongly named", names)


def holds(exercise: Exercise, mine: Sequence[Result], told: Diagnosis) -> bool:
    """True if the named mistakes do on other numbers what the edit does there."""
    if told.more:  # there must be a second mistake that makes it whole
        mistake = told.mistakes[0]
        others = (together(mistake, other) for other in mistakes_of(exercise.name))
        return any(_alike(exercise, mine, function) for function in others if function)
    if told.only:
        theirs = on_other_numbers(exercise, told.mistakes[0].function)
        return agree(mine, theirs, told.only, exercise.rtol)
    if told.left:  # named for some parts, or up to a factor
        left = dict(told.left)
        return all(_part_holds(exercise, mine, mistake, left) for mistake in told.mistakes)
    one, *second = told.mistakes
    function = together(one, second[0]) if second else one.function
    assert function is not None  # it was made when it was named
    return _alike(exercise, mine, function)


def _alike(exercise: Exercise, mine: Sequence[Result], function: Callable[..., Any]) -> bool:
    """True if a function does on other numbers what the edit does there."""
    theirs = on_other_numbers(exercise, function)
    return all(
        alike(a, b, exercise.rtol) or isinstance(a.outcome.error, FloatingPointError)
        for a, b in zip(mine, theirs, strict=True)
        if a.case.tells
    )


def _part_holds(
    exercise: Exercise,
    mine: Sequence[Result],
    mistake: Mistake,
    left: dict[str, Factor | None],
) -> bool:
    """True if a known mistake is alike in its groups of parts, up to the factors that were told."""
    theirs = on_other_numbers(exercise, mistake.function)
    groups = [group for group in all_groups(mine) if group in wrong_groups(theirs)]
    return all(
        factor(mine, group, theirs) == left[group]
        if left.get(group)
        else agree(mine, theirs, group, exercise.rtol)
        for group in groups
    )


def on_other_numbers(exercise: Exercise, function: Any) -> list[Result]:
    """What a function does on the cases of an exercise, drawn anew."""
    with other_numbers(1):
        cases = exercise.cases()
        results = []
        for case in cases:
            wanted = calling.call(acting(exercise, exercise.reference), case.args)
            outcome = calling.try_once(acting(exercise, function), case.args)
            results.append(compare(exercise, case, outcome, viewed(exercise, case, wanted)))
    return results


def report(count: int, seed: int = 0) -> Iterator[str]:
    """The figures over random edits, and those edits that were not detected or named wrongly."""
    found = [judged(edit) for edit in sample(count, seed)]
    kinds = ("named", "wrongly named", "unnamed", "equivalent", "missed")
    numbers = {kind: sum(one.kind == kind for one in found) for kind in kinds}
    yield f"{len(found)} edits of one token: {', '.join(f'{n} {k}' for k, n in numbers.items())}"
    for one in found:
        if one.kind in ("wrongly named", "equivalent", "missed"):
            yield f"  {one.kind}: {one.edit}  {one.names}".rstrip()
