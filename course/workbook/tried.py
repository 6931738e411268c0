"""What the functions in one notebook do: each is tried anew, whatever its own check cells say.

Nothing of the notebook runs but its imports and its definitions. A function that is right stays for
those that call it, and for another one the course's own stands in, as in the workbook. The checks
in the notebook and what they printed count for nothing.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from course.book.loose import path_first
from course.book.package import package_path
from course.exercises import Exercise
from course.feedback import check
from course.feedback.mistakes.section import run_source
from course.workbook import grading, make
from course.workbook.reading import exercises_of, is_placeholder, is_taken

RIGHT, WRONG, UNTOUCHED, UNREAD = "right", "tried", "untouched", "unread"


class Tried(NamedTuple):
    """An exercise in a notebook.

    state : "right", "tried" (and not right), "untouched" or "unread".
    mistakes : the names of the known mistakes in it.
    note : "the course's own" where that was handed in as one's own, else empty.
    """

    exercise: str
    state: str
    mistakes: tuple[str, ...] = ()
    note: str = ""


class Statement(NamedTuple):
    """An import or a definition of a notebook; module is that of its cell's path, or empty."""

    name: str
    text: str
    node: ast.stmt
    module: str


def tried(number: str, sources: list[str]) -> list[Tried]:
    """Every exercise of a chapter, tried from the sources of a notebook's code cells."""
    cells = [path_first(source) for source in sources]
    found = [statement for cell in cells for statement in _statements(cell)]
    broken = {name for cell in cells if _is_broken(cell) for name in _names_in(cell)}
    exercises = exercises_of(number)
    spaces = {e.module_name: _space(e.module_name, found, exercises) for e in exercises}
    return [_try(exercise, found, broken, spaces) for exercise in exercises]


def _try(
    exercise: Exercise,
    found: list[Statement],
    broken: set[str],
    spaces: dict[str, dict[str, Any]],
) -> Tried:
    """One exercise; afterwards its name stands for what the others may call."""
    mine = _the_last(exercise, found)
    if mine is not None and is_taken(mine.node):
        return Tried(exercise.name, UNTOUCHED, note=OWN)
    if mine is None:
        if exercise.function_name in broken:
            return Tried(exercise.name, UNREAD)
        imported = any(exercise.function_name in _imported(statement.node) for statement in found)
        return Tried(exercise.name, UNTOUCHED, note=OWN if imported else "")
    space = spaces[exercise.module_name]
    try:
        run_source(mine.text, space, "a cell")
        function: Callable[..., Any] = space[exercise.function_name]
        report = check(function)
    except BaseException:  # decorators and defaults may do anything, and even leave
        space[exercise.function_name] = exercise.given
        return Tried(exercise.name, WRONG)
    for other in spaces.values():
        other[exercise.function_name] = report.function
    note = OWN if report.refusal and OWN in report.refusal else ""
    if report.state == "not written yet":
        begun = report.refusal is not None and not note
        return Tried(exercise.name, WRONG if begun else UNTOUCHED, note=note)
    names = tuple(mistake.name for mistake in report.mistakes)
    return Tried(exercise.name, RIGHT if report.state == "right" else WRONG, names)


OWN = "the course's own"


def _the_last(exercise: Exercise, found: list[Statement]) -> Statement | None:
    """The definition that counts: in a cell of the function's module, or else in any."""
    mine = [s for s in found if s.name == exercise.function_name]
    here = [s for s in mine if s.module == exercise.module_name][
        -1:
    ]  # a first version may be given
    written = [s for s in here if not is_placeholder(s.node)]
    elsewhere = [s for s in mine if s.module == "" and isinstance(s.node, ast.FunctionDef)]
    return next((group[-1] for group in (written, elsewhere, here) if group), None)


def _space(module: str, found: list[Statement], exercises: list[Exercise]) -> dict[str, Any]:
    """What a cell of a module sees: the course's module, and the notebook's imports and helpers."""
    space = dict(vars(importlib.import_module(f"nnlib.{module}")))
    space["__name__"] = "__main__"
    asked = {exercise.function_name for exercise in exercises}
    for statement in found:
        if statement.name in asked:
            continue
        try:
            run_source(statement.text, space, "a cell")
        except BaseException:  # what is missing then is told where it is used
            continue
    return space


# --- reading cells


def _statements(cell: str) -> list[Statement]:
    """The imports and definitions of a cell; of a value only where it is a function or a number."""
    module = (package_path(cell) or "").removeprefix("nnlib/").removesuffix(".py")
    try:
        nodes = ast.parse(cell).body
    except (SyntaxError, ValueError):
        return []
    lines = cell.split("\n")
    found = []
    for node in nodes:
        name = _name(node, bool(module))
        if name is not None:
            first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
            text = "\n".join(lines[first - 1 : node.end_lineno])
            if not isinstance(node, ast.FunctionDef | ast.ClassDef):
                text = ast.unparse(node)  # two statements may stand on one line
            found.append(Statement(name, text, node, module))
    return found


def _name(node: ast.stmt, in_module: bool) -> str | None:
    """The name of a statement that is read ("" of an import), or None."""
    match node:
        case ast.Import() | ast.ImportFrom():
            return ""
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            plain = isinstance(value, ast.Lambda | ast.Constant)
            return name if plain or in_module else None
    return None


def _imported(node: ast.stmt) -> list[str]:
    """The names that an import gives."""
    if not isinstance(node, ast.Import | ast.ImportFrom):
        return []
    return [alias.asname or alias.name.split(".")[0] for alias in node.names]


def _is_broken(cell: str) -> bool:
    try:
        ast.parse(cell)
    except (SyntaxError, ValueError):
        return True
    return False


def _names_in(cell: str) -> list[str]:
    return re.findall(r"^[ \t]*def (\w+)", cell, re.MULTILINE)


# --- the cells that check


def checks_are_whole(number: str, sources: list[str]) -> bool:
    """True if every check cell of a chapter is there as it was given, and `check` the course's."""
    given = {source.strip() for source in sources}
    forms = (make.CHECK, grading.CHECK)
    kept = all(
        any(form.format(name=e.function_name).strip() in given for form in forms)
        for e in exercises_of(number)
    )
    own = (s for source in sources for s in _statements(path_first(source)))
    return kept and not any(statement.name == "check" for statement in own)
