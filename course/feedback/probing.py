"""What a function does not heed: change one of its inputs, and see whether its result changes.

However a loop is written that leaves out the last example, the last example makes no difference to
what it gives. The same is done to the reference: only what matters there can be missed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from course.exercises import Exercise
from course.feedback import calling
from course.feedback.attempt import Result, acting, compare, expected
from course.feedback.comparing import same
from course.feedback.groups import groups_of, values_of

EXAMPLES = {"X", "Y", "A", "Z", "A_prev", "predictions", "images", "cache", "a", "y"}
"""The arguments whose columns are examples (of `images` it is the first axis)."""
SECONDS = 1.0


class Change(NamedTuple):
    """One change of one argument: of the whole of it, or of one of its columns."""

    name: str
    column: int | None
    columns: int


Missed = dict[str, set[Change]]
"""For each group of parts of a result the changes of the input that do not move it."""


def unheeded(
    exercise: Exercise, function: Callable[..., Any], results: Sequence[Result]
) -> str | None:
    """What makes no difference to the function, though it should; None if nothing was found."""
    if exercise.act is not None:
        return None
    cases: list[tuple[Missed, Missed]] = []
    for k, result in enumerate(results):
        if result.outcome.kind != "value" or any(gap.kind == "parts" for gap in result.gaps):
            continue
        matters = _matters(exercise, k)
        if matters:
            missed = _missed(exercise, function, k, result)
            if missed is None:
                return None
            cases.append((matters, missed))
    return _worded(cases)


# --- changing


def _changes(exercise: Exercise, args: Sequence[Any]) -> Iterator[tuple[Change, list[list[Any]]]]:
    """Every change, with the arguments after it in two strengths."""
    for k, (name, value) in enumerate(zip(exercise.parameters, args, strict=False)):
        for field in _fields(value):
            both = [_with_other(value, field, strength) for strength in (0, 1)]
            yield Change(field, None, 0), [[*args[:k], new, *args[k + 1 :]] for new in both]
        count = _columns(name, value)
        if 0 < count < 3:
            continue  # of two columns the first is also all but the last
        for column in range(count) if count else [None]:
            altered = [_altered(name, value, column, strength) for strength in (0, 1)]
            if all(new is not None for new in altered):
                both = [[*args[:k], new, *args[k + 1 :]] for new in altered]
                yield Change(name, column, count), both


def _fields(value: Any) -> list[str]:
    """The names of the arrays in a list of records, such as W and b of layers."""
    if not isinstance(value, list) or not hasattr(value[0], "_fields"):
        return []
    return [f for f in value[0]._fields if isinstance(getattr(value[0], f), np.ndarray)]


def _with_other(records: list[Any], field: str, strength: int) -> list[Any]:
    """The records with other numbers in one field."""
    return [
        one._replace(**{field: _altered(field, getattr(one, field), None, strength)})
        for one in records
    ]


def _columns(name: str, value: Any) -> int:
    """How many examples an argument holds; 0 if it holds something else."""
    if name == "cache":
        return int(value.A[0].shape[1])
    if name in EXAMPLES and isinstance(value, np.ndarray) and value.ndim > 1:
        return int(value.shape[0 if value.ndim > 2 else 1])
    return 0


def _altered(name: str, value: Any, column: int | None, strength: int) -> Any:
    """An argument with other numbers in it, or None where that makes no sense."""
    if isinstance(value, float):
        return 1 - value if value in (0.0, 1.0) else value * (0.6, 0.3)[strength]
    if isinstance(value, np.ndarray) and value.dtype.kind in "iuf":
        where: Any = ... if column is None else (column if value.ndim > 2 else np.s_[:, column])
        new = value.copy()
        new[where] = _other(value, strength)[where]
        return new
    if name == "cache":
        return type(value)(
            *(
                [None if a is None else _altered("A", a, column, strength) for a in tables]
                for tables in value
            )
        )
    return None


def _other(value: np.ndarray, strength: int) -> np.ndarray:
    """Other numbers of the same kind: labels stay labels, probabilities stay probabilities."""
    if np.isin(value, (0, 1)).all():
        return 1 - value
    if value.dtype.kind in "iu":
        return 255 - value
    if value.min() >= 0 and value.max() <= 1:
        return 1 - value if strength else 0.5 * value + 0.3
    return -2 * value - 1 if strength else 0.5 * value + 0.3


# --- what is missed


def _missed(
    exercise: Exercise, function: Callable[..., Any], k: int, mine: Result
) -> Missed | None:
    """What does not move the function on a case, of what moves the reference; None if it stops."""
    matters = _matters(exercise, k)
    case, _ = expected(exercise)[k]
    changes = [(c, both) for c, both in _changes(exercise, case.args) if c in _all(matters)]
    inputs = [args for _, both in changes for args in both]
    outcomes = calling.call_all(acting(exercise, function), inputs, SECONDS).outcomes
    missed: Missed = {}
    for n, (change, _) in enumerate(changes):
        pair = outcomes[2 * n : 2 * n + 2]
        if any(outcome.kind != "value" for outcome in pair):
            return None
        for group in matters:
            if change in matters[group] and not _moves(exercise, k, mine, pair, group, any):
                missed.setdefault(group, set()).add(change)
    return missed


@cache
def _matters(exercise: Exercise, k: int) -> Missed:
    """What moves the reference on a case, in both strengths."""
    case, wanted = expected(exercise)[k]
    act = acting(exercise, exercise.reference)
    before = compare(exercise, case, calling.try_once(act, case.args), wanted, gaps=False)
    found: Missed = {}
    for change, both in _changes(exercise, case.args):
        pair = [calling.try_once(act, args) for args in both]
        if all(outcome.kind == "value" for outcome in pair):
            for group in groups_of(before):
                if _moves(exercise, k, before, pair, group, all):
                    found.setdefault(group, set()).add(change)
    return found


def _moves(
    exercise: Exercise,
    k: int,
    before: Result,
    pair: Sequence[calling.Outcome],
    group: str,
    how: Callable[[Iterator[bool]], bool],
) -> bool:
    """True if a group of parts is another one after `any` of the changes, or after `all`."""
    case, wanted = expected(exercise)[k]
    after = (compare(exercise, case, outcome, wanted, gaps=False) for outcome in pair)
    return how(
        not same(values_of(before, group), values_of(one, group), exercise.rtol) for one in after
    )


def _all(changes: Missed) -> set[Change]:
    return set().union(*changes.values())


# --- in words


SENTENCES = {
    "all": "`{name}` makes no difference to {to}. In which of your lines should it be used?",
    "all of them": "`{name}` make no difference to {to}. Where should they be used?",
    "first": "The first example makes no difference to {to}. Where do you begin to count?",
    "last": "The last example makes no difference to {to}. With which one do you end?",
    "only first": "Only the first example makes a difference to {to}. What becomes of the others?",
    "only last": "Only the last example makes a difference to {to}. What becomes of the others?",
}
OF_ONE = "Of `{name}`, {which} column makes {a} difference to {to}."


def _worded(cases: Sequence[tuple[Missed, Missed]]) -> str | None:
    """A sentence on what is missed in every case where it matters."""
    groups = list(dict.fromkeys(group for matters, _ in cases for group in matters))
    told = {group: found for group in groups if (found := _found(cases, group))}
    if not told:
        return None
    if len(set(told.values())) == 1:
        everywhere = len(told) == len(groups)
        to = "what comes back" if everywhere else " and ".join(told)
        return _sentence(*told[next(iter(told))], to)
    return " ".join(_sentence(*found, group) for group, found in list(told.items())[:2])


def _found(cases: Sequence[tuple[Missed, Missed]], group: str) -> tuple[str, str, bool] | None:
    """What is missed of which argument; True with it if that is so of all that hold examples."""
    names = {change.name for matters, _ in cases for change in matters.get(group, ())}
    kinds: dict[str, str] = {}
    for name in sorted(names):
        told = {
            _kind(_of(missed, group, name), next(iter(_of(matters, group, name))).columns)
            for matters, missed in cases
            if _of(matters, group, name)
        }
        if len(told) == 1 and (kind := told.pop()):
            kinds[name] = kind
    if wholes := [name for name in kinds if kinds[name] == "all"]:
        return "` and `".join(wholes), "all" if len(wholes) == 1 else "all of them", False
    of_all = names & EXAMPLES <= set(kinds) and len(set(kinds.values())) == 1
    return next(((name, kind, of_all) for name, kind in kinds.items()), None)


def _of(changes: Missed, group: str, name: str) -> set[Change]:
    return {change for change in changes.get(group, ()) if change.name == name}


def _kind(missed: set[Change], count: int) -> str | None:
    """Which columns are missed; None if none is, or if there is no pattern in it."""
    columns = {change.column for change in missed}
    if not missed:
        return None
    if None in columns or len(columns) == count:
        return "all"
    patterns = {
        "first": {0},
        "last": {count - 1},
        "only first": set(range(1, count)),
        "only last": set(range(count - 1)),
    }
    return next((kind for kind, which in patterns.items() if columns == which), None)


def _sentence(name: str, kind: str, of_all: bool, to: str) -> str:
    if kind.startswith("all") or of_all:
        return SENTENCES[kind].format(name=name, to=to)
    which, a = (f"the {kind}", "no") if " " not in kind else (kind.replace(" ", " the "), "a")
    return OF_ONE.format(name=name, which=which, a=a, to=to)
