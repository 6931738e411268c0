"""Measure the checks: on versions of the exercises that the library was not made from.

They stand in tests/course/feedback/spellings, each below a heading that says what it is:

    ## losses.cost: cost_no_minus
    ## losses.cost: cost_no_minus + cost_not_averaged
    ## losses.cost: right
    ## losses.cost: unknown

A version that two names fit has both, with "or" between them; an unknown one must get no name.
"""

from __future__ import annotations

import importlib
import math
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from course.book import AuthorError
from course.exercises import EXERCISES, Exercise
from course.feedback.judge import judge
from course.feedback.mistakes import mistakes_of
from course.feedback.mistakes.inherited import inherited
from course.feedback.mistakes.section import run_source
from course.feedback.report import Report
from nnlib import activations

FOLDER = Path("tests/course/feedback/spellings")
VERSION = re.compile(r"^## ([\w.]+): ([^\n]+)\n+```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RIGHT, UNKNOWN = "right", "unknown"
BY_NAME = {exercise.name: exercise for exercise in EXERCISES}


class Version(NamedTuple):
    """One version of an exercise as somebody types it, and what it is."""

    exercise: Exercise
    label: str
    code: str
    place: str

    @property
    def mistakes(self) -> list[set[str]]:
        """For each mistake in it the names that fit."""
        return [set(names.split(" or ")) for names in self.label.split(" + ")]


class Told(NamedTuple):
    """What a check says of a version.

    kind is "accepted", "unnamed", "in silence", "named", "half named" (one of two) or "another".
    """

    version: Version
    report: Report
    kind: str


def read(root: Path, *files: str) -> list[Version]:
    """The versions in some files of the folder, or in all of them."""
    paths = [root / FOLDER / f for f in files] or sorted((root / FOLDER).glob("*.md"))
    return [version for path in paths for version in _read(path)]


def _read(path: Path) -> Iterator[Version]:
    text = path.read_text(encoding="utf-8")
    found = list(VERSION.finditer(text))
    if len(found) != text.count("\n## "):
        raise AuthorError(f"{path.name}: a version has no heading, or a heading no version")
    for match in found:
        name, label, code = match.groups()
        if name not in BY_NAME:
            raise AuthorError(f"{path.name}: there is no exercise {name}")
        known = {m.name for m in (*mistakes_of(name), *inherited(name))} | {RIGHT, UNKNOWN}
        line = text[: match.start()].count("\n") + 1
        version = Version(BY_NAME[name], label.strip(), code, f"{path.name}:{line}")
        for names in version.mistakes:
            if wrong := names - known:
                raise AuthorError(f"{version.place}: {name} has no mistake {', '.join(wrong)}")
        yield version


def try_version(version: Version) -> Told:
    """Run a version as a cell of its chapter, and check it."""
    module = importlib.import_module(f"nnlib.{version.exercise.module_name}")
    space: dict[str, Any] = {**vars(activations), **vars(module), "math": math}
    space["__name__"] = "__main__"
    run_source(version.code, space, "a cell")
    report = judge(version.exercise, space[version.exercise.function_name])
    return Told(version, report, kind_of(version, report))


def kind_of(version: Version, report: Report) -> str:
    """How what is told fits what the version is."""
    if report.state == "right":
        return "accepted"
    named = {_first(version.exercise.name, mistake.name) for mistake in report.mistakes}
    wanted = [{_first(version.exercise.name, name) for name in names} for names in version.mistakes]
    if not named:
        return "unnamed" if report.diagnosis else "in silence"
    if named - set().union(*wanted):
        return "another"
    return "named" if all(named & names for names in wanted) else "half named"


@cache
def _twins(exercise: str) -> dict[str, str]:
    return {m.name: m.twin for m in mistakes_of(exercise) if m.twin}


def _first(exercise: str, name: str) -> str:
    """Of mistakes that compute the same, the first."""
    return _twins(exercise).get(name, name)


def report(root: Path) -> Iterator[str]:
    """The figures, and every version for which they are not as wished."""
    told = [try_version(version) for version in read(root)]
    right = [t for t in told if t.version.label == RIGHT]
    unknown = [t for t in told if t.version.label == UNKNOWN]
    apart = (RIGHT, UNKNOWN)
    single = [t for t in told if t.version.label not in apart and len(t.version.mistakes) == 1]
    double = [t for t in told if len(t.version.mistakes) == 2]
    yield f"{len(single)} wrong versions: {counts(single)}"
    yield f"{len(double)} with two mistakes: {counts(double)}"
    yield f"{len(unknown)} wrong versions that are no known mistake: {counts(unknown)}"
    yield f"{len(right)} right versions: {counts(right)}"
    wished = {RIGHT: "accepted", UNKNOWN: "unnamed"}
    for t in told:
        if t.kind != wished.get(t.version.label, "named"):
            names = " + ".join(m.name for m in t.report.mistakes) or t.report.diagnosis
            about = f"{t.version.exercise.name}: {t.version.label}"
            yield f"  {t.version.place}  {about}: {t.kind}: {names}"


def counts(told: Iterable[Told]) -> str:
    """How many there are of each kind."""
    kinds = [t.kind for t in told]
    order = ("accepted", "named", "half named", "another", "unnamed", "in silence")
    detected = len(kinds) - kinds.count("accepted")
    parts = [f"{kinds.count(kind)} {kind}" for kind in order if kind in kinds]
    return f"{detected} detected; {', '.join(parts)}"
