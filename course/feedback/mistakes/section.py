"""A section of the library: the wrong versions of one exercise, and how they are written down."""

from __future__ import annotations

import ast
import importlib
import inspect
import itertools
import linecache
import re
import textwrap
import warnings
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from course.book import AuthorError

Function = Callable[..., Any]
Place = tuple[int, str, str]
MISTAKES: list[Mistake] = []
COUNTER = itertools.count(1)


class Mistake(NamedTuple):
    """A wrong version of a function, and what to say to the person who wrote it.

    exercise : name of the exercise, such as "losses.cost".
    name : what the mistake is called; no other of its exercise has the same.
    family : row of the table of mistakes, 1 to 56.
    equation : the equation that it breaks, such as "(7)"; empty where none has a number.
    says : the diagnosis, in the terms of the equation.
    hint : the next thought to have, not the answer.
    written : the wrong version, where it is written out; else None.
    twin : name of another wrong version of the same exercise that computes the same, or None.
    changes : what stands where in the reference's source; None if the version is written out.
    pairs : whether it is also looked for together with another one.
    """

    exercise: str
    name: str
    family: int
    equation: str
    says: str
    hint: str
    written: Function | None
    twin: str | None = None
    changes: dict[str, str] | None = None
    nth: int | None = None
    pairs: bool = True

    @property
    def places(self) -> tuple[Place, ...]:
        """The changes with the place where each begins, see `places_of`."""
        return places_of(self.exercise, tuple((self.changes or {}).items()), self.nth)

    @property
    def function(self) -> Function:
        """The wrong version; it is made when it is first asked for."""
        return self.written or exchanged(self.exercise, self.places, self.name)


class Section:
    """The wrong versions of one exercise.

    Each is a function whose docstring has two paragraphs: the diagnosis, and the hint. It is either
    written out (`wrong`), or made from the reference's own source by a substitution (`swap`), and
    then the function below the decorator has a docstring alone.

    Parameters
    ----------
    exercise : str
        Its name, such as "losses.cost".
    equation : str
        The equation that is broken, where a mistake names no other.
    pairs : bool
        Whether its mistakes are also tried two at a time; that takes the time of all pairs.
    """

    def __init__(self, exercise: str, equation: str = "", pairs: bool = True) -> None:
        self.exercise = exercise
        self.equation = equation
        self.pairs = pairs

    def wrong(
        self, *, family: int, equation: str | None = None, twin: str | None = None
    ) -> Callable[[Function], Function]:
        """Register the decorated function as a wrong version."""

        def register(function: Function) -> Function:
            self._keep(function, function, None, family, equation, twin)
            return function

        return register

    def swap(
        self,
        old: str,
        new: str,
        *,
        family: int,
        equation: str | None = None,
        twin: str | None = None,
        nth: int | None = None,
    ) -> Callable[[Function], Function]:
        """Register the reference with `new` in the place of `old`, which stands there once.

        nth : which of several it is, from 1.
        """
        return self._swaps({old: new}, family, equation, twin, nth)

    def swaps(
        self,
        changes: dict[str, str],
        *,
        family: int,
        equation: str | None = None,
        twin: str | None = None,
    ) -> Callable[[Function], Function]:
        """Register the reference with several pieces exchanged at once."""
        return self._swaps(changes, family, equation, twin, None)

    def _swaps(
        self,
        changes: dict[str, str],
        family: int,
        equation: str | None,
        twin: str | None,
        nth: int | None,
    ) -> Callable[[Function], Function]:
        def register(named: Function) -> Function:
            self._keep(named, None, changes, family, equation, twin, nth)
            return named

        return register

    def _keep(
        self,
        named: Function,
        written: Function | None,
        changes: dict[str, str] | None,
        family: int,
        equation: str | None,
        twin: str | None,
        nth: int | None = None,
    ) -> None:
        name = named.__name__
        paragraphs = (inspect.getdoc(named) or "").split("\n\n")
        if len(paragraphs) != 2:
            raise AuthorError(f"{self.exercise}: {name} has no docstring of diagnosis and hint")
        says, hint = (" ".join(paragraph.split()) for paragraph in paragraphs)
        broken = self.equation if equation is None else equation
        kept = (self.exercise, name, family, broken, says, hint, written, twin, changes, nth)
        MISTAKES.append(Mistake(*kept, pairs=self.pairs))


def substituted(exercise: str, changes: dict[str, str], nth: int | None = None) -> Function:
    """The reference of an exercise with pieces of its body exchanged, in its module's namespace."""
    return exchanged(exercise, places_of(exercise, tuple(changes.items()), nth))


@cache
def places_of(
    exercise: str, changes: tuple[tuple[str, str], ...], nth: int | None = None
) -> tuple[Place, ...]:
    """Where each old piece begins in the reference's source, with what stands there instead."""
    text = source_of(reference_of(exercise))
    return tuple((_place(text, old, nth, exercise), old, new) for old, new in changes)


@cache
def exchanged(exercise: str, places: tuple[Place, ...], name: str = "") -> Function:
    """The reference with other pieces at some places."""
    function = _made(exercise, _with(source_of(reference_of(exercise)), places))
    function.__name__ = name or function.__name__
    return function


def together(one: Mistake, other: Mistake) -> Function | None:
    """Two mistakes at once; None if they cannot be made together.

    Where they touch each other, the one is made in what the other has left.
    """
    if not one.places or not other.places:
        return None
    return _together(one.exercise, one.places, other.places)


@cache
def _together(exercise: str, one: tuple[Place, ...], other: tuple[Place, ...]) -> Function | None:
    text = source_of(reference_of(exercise))
    try:
        if not _touch(one, other):
            return _made(exercise, _with(text, one + other))
        for first, second in ((one, other), (other, one)):
            changed = _with(text, first)
            if all(changed.count(old) == 1 for _, old, _ in second):
                places = tuple((changed.index(old), old, new) for _, old, new in second)
                return _made(exercise, _with(changed, places))
    except SyntaxError:  # each is Python, and both together are not
        pass
    return None


def _with(text: str, places: tuple[Place, ...]) -> str:
    """A text with other pieces at some places.

    Where a new piece has several lines, the others are indented like the one that it stands in.
    """
    for start, old, new in sorted(places, reverse=True):
        line = text[:start].rpartition("\n")[2]
        indent = line[: len(line) - len(line.lstrip())]
        text = text[:start] + new.replace("\n", f"\n{indent}") + text[start + len(old) :]
    return text


def _touch(one: tuple[Place, ...], other: tuple[Place, ...]) -> bool:
    return any(
        start < there + len(old) and there < start + len(mine)
        for start, mine, _ in one
        for there, old, _ in other
    )


def _made(exercise: str, text: str) -> Function:
    """The function of a source text, in the module of its exercise."""
    module_name, function_name = exercise.split(".")
    space = dict(vars(importlib.import_module(f"nnlib.{module_name}")))
    with warnings.catch_warnings():
        warnings.simplefilter("error", SyntaxWarning)  # two pieces that do not belong together
        function: Function = run_source(text, space, f"a wrong {function_name}")[function_name]
    return function


def run_source(text: str, space: dict[str, Any], about: str) -> dict[str, Any]:
    """Run source text in a namespace.

    The text is kept for tracebacks, as a notebook keeps that of its cells.
    """
    file = f"<{about} {next(COUNTER)}>"
    linecache.cache[file] = (len(text), None, text.splitlines(True), file)
    exec(compile(text, file, "exec", dont_inherit=True), space)
    return space


@cache
def reference_of(exercise: str) -> Function:
    """The bare function of nnlib behind the name of an exercise."""
    module_name, function_name = exercise.split(".")
    module = importlib.import_module(f"nnlib.{module_name}")
    function: Function = inspect.unwrap(getattr(module, function_name))
    return function


def _place(text: str, old: str, nth: int | None, exercise: str) -> int:
    """Where a piece begins; it must stand there once, unless it is said which one is meant."""
    starts = [found.start() for found in re.finditer(f"(?={re.escape(old)})", text)]
    if nth is None and len(starts) != 1:
        raise AuthorError(f"{exercise}: {old!r} stands {len(starts)} times in it, wanted once")
    if nth is not None and not 1 <= nth <= len(starts):
        raise AuthorError(f"{exercise}: {old!r} stands {len(starts)} times in it, not {nth}")
    return starts[(nth or 1) - 1]


@cache
def source_of(function: Function) -> str:
    """Signature and body of a function: no decorator and no docstring."""
    text = textwrap.dedent(inspect.getsource(function))
    node = ast.parse(text).body[0]
    assert isinstance(node, ast.FunctionDef)
    lines = text.split("\n")
    first = node.body[0]
    if ast.get_docstring(node) is not None:
        del lines[first.lineno - 1 : first.end_lineno]
    return "\n".join(lines[node.lineno - 1 :])
