"""The answer to a check: plain text anywhere, a coloured box in a notebook."""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course.exercises import Exercise
from course.feedback import inputs
from course.feedback.attempt import Result
from course.feedback.comparing import Gap
from course.feedback.diagnose import Diagnosis
from course.feedback.mistakes import Mistake
from course.feedback.words import as_written, part_name

MARKS = {
    "right": "✓",
    "not written yet": "…",
    "raises": "✗",
    "wrong shape": "✗",
    "wrong values": "✗",
}

STATES = {
    "raises": "it stops with an error",
    "wrong shape": "wrong shape, or another kind of result",
    "wrong values": "wrong values",
}


@dataclass
class Report:
    """What a check found. Printed, it is plain text; at the end of a cell it is drawn."""

    name: str
    exercise: Exercise | None
    state: str
    function: Callable[..., Any]
    results: list[Result] = field(default_factory=list)
    told: Diagnosis = field(default_factory=Diagnosis)
    hint: str | None = None
    line: str | None = None
    refusal: str | None = None
    note: str = ""
    besides: str = ""
    printed: str = ""
    borrowed: bool = False

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """The known mistakes: none, one, or two at once."""
        return self.told.mistakes

    @property
    def mistake(self) -> Mistake | None:
        """The known mistake, the first of two; or None."""
        return self.mistakes[0] if self.mistakes else None

    @property
    def title(self) -> str:
        """The call, and the equations that it stands for."""
        if self.exercise is None:
            return self.name
        call = f"{self.name}({', '.join(self.exercise.parameters)})"
        plural = "s" if self.exercise.equation.count("(") > 1 else ""
        equation = f", equation{plural} {self.exercise.equation}" if self.exercise.equation else ""
        return f"{call}{equation}"

    @property
    def headline(self) -> str:
        """The state, in words."""
        passed = sum(result.passed for result in self.results)
        if self.refusal:
            return self.refusal
        note = f"{self.note} " if self.note else ""
        if self.state == "right":
            return f"right: the {passed} checks here pass. {self.besides}".rstrip()
        if self.state == "not written yet":
            return (
                "not written yet. Until it is, the chapter goes on with the course's own version."
            )
        return f"{note}{STATES[self.state]}: {passed} of {len(self.results)} checks pass."

    @property
    def diagnosis(self) -> str | None:
        """The sentence that helps most, or None."""
        told = [_said(mistake) for mistake in self.mistakes]
        if len(told) > 1:
            told = ["Two things at once.", *(f"{k}. {text}" for k, text in enumerate(told, 1))]
        return " ".join(filter(None, [*told, self.told.sentence])) or None

    def rows(self) -> list[tuple[str, str, str]]:
        """(mark, case, what happened) for every case."""
        said: set[tuple[type, str | None]] = set()
        found = []
        for result in self.results:
            mark = "✓" if result.passed else "–" if result.outcome.kind == "untried" else "✗"
            found.append((mark, result.case.about, _story(result, said)))
        return found

    def inputs(self) -> str | None:
        """The arguments of the first case that failed, if they are small enough for paper."""
        if self.exercise is None or self.state in ("right", "not written yet"):
            return None
        failed = next((result for result in self.results if not result.passed), None)
        return failed and inputs.shown(self.exercise.parameters, failed.case)

    def closing(self) -> str | None:
        """What can be asked next."""
        if self.state == "right" or self.exercise is None or self.refusal:
            return None
        if self.hint or self.line:
            return None
        call = f"check({self.name}"
        return f"Stuck? {call}, hint=True) gives a hint, {call}, line=True) the line itself."

    def __str__(self) -> str:
        lines = [f"{MARKS[self.state]} {self.title}", f"  {self.headline}"]
        if self.state != "not written yet":
            lines += [f"  {mark} {about}: {story}" for mark, about, story in self.rows()]
        given = self.inputs()
        for label, text in (
            ("The first case that fails:\n", given and textwrap.indent(given, "    ")),
            ("Diagnosis: ", self.diagnosis),
            ("Hint: ", self.hint),
            ("The course writes:\n", self.line and textwrap.indent(self.line, "    ")),
            ("", self.closing()),
        ):
            if text:
                lines.append(f"  {label}{text}")
        if self.printed:
            lines.append(textwrap.indent(f"It printed:\n{shorten(self.printed)}", "  "))
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        colour = {"right": "#1b7f4d", "not written yet": "#6b7280"}.get(self.state, "#b4470f")
        title = f"<strong>{MARKS[self.state]} <code>{html.escape(self.title)}</code></strong>"
        parts = [f"{title}<br>{html.escape(self.headline)}"]
        if self.results and self.state != "not written yet":
            rows = "".join(
                f"<tr><td>{mark}</td>"
                f"<td style='text-align:left;white-space:nowrap'>{html.escape(about)}</td>"
                f"<td style='text-align:left'>{_marked(story)}</td></tr>"
                for mark, about, story in self.rows()
            )
            parts.append(f"<table style='margin:.4em 0'>{rows}</table>")
        if given := self.inputs():
            parts.append(
                "<div>The first case that fails:</div>"
                "<pre style='margin:.2em 0 .4em 1em;white-space:pre-wrap'>"
                f"{html.escape(given)}</pre>"
            )
        if self.diagnosis:
            parts.append(f"<p style='margin:.4em 0'><strong>{_marked(self.diagnosis)}</strong></p>")
        if self.hint:
            parts.append(f"<p style='margin:.4em 0'>Hint: {_marked(self.hint)}</p>")
        if self.line:
            parts.append(
                f"The course writes:<pre style='margin:.4em 0'>{html.escape(self.line)}</pre>"
            )
        if self.printed:
            parts.append(
                "<details><summary>What it printed</summary>"
                f"<pre style='margin:.4em 0'>{html.escape(self.printed)}</pre></details>"
            )
        if closing := self.closing():
            parts.append(f"<p style='margin:.4em 0;opacity:.75'>{html.escape(closing)}</p>")
        return (
            f"<div style='border-left:.4em solid {colour};padding:.4em .8em'>{''.join(parts)}</div>"
        )


def _said(mistake: Mistake) -> str:
    """The diagnosis, with the equation that it breaks."""
    if not mistake.equation or mistake.equation in mistake.says:
        return mistake.says
    return f"{mistake.says} See {mistake.equation}."


def _marked(text: str) -> str:
    """Text for HTML, with `code` set as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text))


WORDS = {
    "nothing": "returned None",
    "endless": "did not end",
    "untried": "not tried",
    "unwritten": "not written yet",
}


def shorten(text: str) -> str:
    """The first lines of what was printed."""
    lines = text.splitlines()
    left = f"\n… and {len(lines) - 5} lines more" if len(lines) > 5 else ""
    return "\n".join(line[:200] for line in lines[:5]) + left


def _story(result: Result, said: set[tuple[type, str | None]]) -> str:
    """One sentence on one case. `said` remembers the errors that have been told in full."""
    kind, error = result.outcome.kind, result.outcome.error
    if kind in WORDS:
        return WORDS[kind]
    if error is not None:
        what = "changes one of its inputs" if kind == "writes" else _error(error)
        place = result.outcome.failing.line if result.outcome.failing else None
        if (type(error), place) in said:
            return what if kind == "writes" else f"stops with {type(error).__name__}, too"
        said.add((type(error), place))
        return f"{what}, in the line `{place}`" if place else what
    if not result.gaps:
        return "as expected"
    told = "; ".join(_describe(gap) for gap in result.gaps[: 1 if len(result.gaps) > 2 else 2])
    if len(result.gaps) > 2:
        told += f"; wrong as well: {', '.join(part_name(gap.name) for gap in result.gaps[1:])}"
        wrong = {gap.name for gap in result.gaps}
        right = [p.name for p in result.parts if p.name not in wrong and _is_numbers(p.expected)]
        told += f"; right: {', '.join(right)}" if right and not any("_" in r for r in right) else ""
    return told


def _error(error: BaseException) -> str:
    return f"stops with {type(error).__name__}: {error}".removesuffix(": ")


def _is_numbers(value: Any) -> bool:
    return isinstance(value, np.ndarray | np.number | int | float)


def _describe(gap: Gap) -> str:
    """How one part differs, in words."""
    name = "" if gap.name == "result" else f"{part_name(gap.name)}: "
    if gap.kind == "shape":
        got, expected = _shape(gap.got), _shape(gap.expected)
        if np.ndim(gap.got):
            expected = expected.removeprefix("shape ")
        return f"{name}{got}, expected {expected}"
    if gap.kind in ("type", "parts"):
        return f"{name}found {_kind(gap.got)}, expected {_kind(gap.expected)}"
    if isinstance(gap.expected, str):
        return f"{name}found {gap.got!r}, expected {gap.expected!r}"
    if np.asarray(gap.expected).dtype.kind == "b":
        return f"{name}{_yes(gap.got)}, expected {_yes(gap.expected)}"
    return f"{name}{_numbers(gap)}"


def _yes(truth: Any) -> str:
    """A truth value in words; of an array as it is."""
    return str(truth) if np.size(truth) > 1 else "yes" if np.all(truth) else "no"


def _numbers(gap: Gap) -> str:
    """The first entry that differs, and the ratio if it is the same everywhere."""
    where = f"[{', '.join(map(str, gap.where))}]" if gap.where else ""
    got, expected = np.asarray(gap.got)[gap.where], np.asarray(gap.expected)[gap.where]
    ratio = (
        f" (got = {gap.ratio:.4g} · expected, everywhere)"
        if gap.ratio is not None and np.size(gap.expected) > 1
        else ""
    )
    if gap.ratio and np.size(gap.expected) == 1 and _is_simple(gap.ratio):
        ratio = f" (got / expected = {gap.ratio:.4g})"
    digits = next((d for d in (5, 9, 17) if f"{got:.{d}g}" != f"{expected:.{d}g}"), 5)
    is_ = f"{where} is " if where else ""
    return f"{is_}{got:.{digits}g}, expected {expected:.{digits}g}{ratio}"


def _is_simple(ratio: float) -> bool:
    """True for a ratio that says something: a whole number up to 12, or one over it."""
    sizes = (abs(ratio), 1 / abs(ratio))
    return any(round(size) in range(1, 13) and abs(size - round(size)) < 1e-6 for size in sizes)


def _shape(array: Any) -> str:
    """The shape of a result, in words."""
    return "a single number" if np.ndim(array) == 0 else f"shape {np.shape(array)}"


def _kind(value: Any) -> str:
    """What a result is, in words."""
    value = as_written(value)
    if isinstance(value, np.ndarray) and value.ndim == 0:
        return "a single number"
    if isinstance(value, np.ndarray):
        return f"an array of {value.dtype} of shape {value.shape}"
    if hasattr(value, "_fields"):
        return f"{type(value).__name__}({', '.join(value._fields)})"
    if isinstance(value, tuple | list):
        return f"a {type(value).__name__} of {len(value)}"
    return type(value).__name__
