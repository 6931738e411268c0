"""Take the body out of a function and leave what a reader needs to write it.

That is the signature with its kinds, the docstring, and the door above them.
"""

from __future__ import annotations

import ast
import random

from course.book import AuthorError
from course.book.numbers import in_comment
from course.exercises.exercise import Exercise


def stub(exercise: Exercise, source: str) -> str:
    """`source`, a cell that defines the function to write, without what the reader writes."""
    lines = source.split("\n")
    first, last = body_lines(definition(source, exercise.function_name))
    body = lines[first:last]
    indent = _indent(body[0])
    ask = f'{indent}raise NotImplementedError("your turn: '
    if exercise.blank == "body":
        new = [f'{ask}{_task(exercise)}")']
    elif exercise.blank == "order":
        lines_in_order = f"put the lines of {exercise.function_name} in order"
        new = [*given(exercise, body, indent), f'{ask}{lines_in_order}")']
    elif exercise.blank == "bug":
        which = "the wrong line" if len(body) > 1 else "the line"
        mend = f"mend {which} below and delete this one"
        new = [f'{ask}{mend}")', *_with_bug(exercise, body)]
    else:
        new = _missing_lines(exercise, body)
    return "\n".join(lines[:first] + new + lines[last:])


def answer(exercise: Exercise, source: str) -> list[str]:
    """The lines of `source` that the stub takes out, as they stand there."""
    first, last = body_lines(definition(source, exercise.function_name))
    body = source.split("\n")[first:last]
    if isinstance(exercise.blank, tuple):
        return [line for line in body if is_missing(exercise, line)]
    if exercise.bug is not None:
        return [line for line in body if exercise.bug[0] in line]
    return body


def definition(source: str, name: str) -> ast.FunctionDef:
    """The node of the function `name` in a cell's source."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return node
    raise AuthorError(f"no function {name} in this cell")


def body_lines(node: ast.FunctionDef) -> tuple[int, int]:
    """First line and line after the last (from 0) of a function's body, its docstring left out."""
    statements = node.body[1:] if ast.get_docstring(node) is not None else node.body
    first, last = statements[0].lineno - 1, node.end_lineno
    assert last is not None  # ast.parse knows the end of everything
    return first, last


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _task(exercise: Exercise) -> str:
    equation = f", {exercise.equation}" if exercise.equation else ""
    return f"write {exercise.function_name}{equation}"


def _numbers(line: str) -> set[int]:
    """The equation numbers in a line's comment."""
    return set(in_comment(line))


def is_missing(exercise: Exercise, line: str) -> set[int | str]:
    """What in `exercise.blank` names this line: numbers of equations, or how the line begins."""
    numbers = _numbers(line)
    return {
        name
        for name in exercise.blank
        if (line.lstrip().startswith(name) if isinstance(name, str) else name in numbers)
    }


def _missing_lines(exercise: Exercise, body: list[str]) -> list[str]:
    """The body with a placeholder for each line that the exercise names."""
    new: list[str] = []
    found: set[int | str] = set()
    for line in body:
        mine = is_missing(exercise, line)
        if not mine:
            new.append(line)
            continue
        found |= mine
        code, _, comment = line.strip().partition("  # ")
        what = _beginning(code)
        equation = f" is line {comment}" if _numbers(line) else ""
        new.append(f'{_indent(line)}raise NotImplementedError("your turn: {what}{equation}")')
    if found != set(exercise.blank):
        left_over = ", ".join(str(name) for name in exercise.blank if name not in found)
        raise AuthorError(f"{exercise.name} has no line for {left_over}")
    return new


def _beginning(code: str) -> str:
    """What a placeholder shows of a line: where its result goes."""
    if code.startswith("return"):
        return "return …"
    left, is_assignment, _ = code.partition(" = ")
    names = left.split(": ")[0]  # without the annotation of `losses: Array = …`
    return f"{names} = …" if is_assignment else f"{code.partition('(')[0]}(…)"


def given(exercise: Exercise, body: list[str], indent: str) -> list[str]:
    """What the reader gets to start from, as comments.

    For an ordering problem it is the lines, for a bug hunt the wrong version, else nothing.
    """
    if exercise.blank == "order":
        pieces = [line.strip() for line in body if line.strip()]
        mixed = list(pieces)
        random.Random(exercise.name).shuffle(mixed)
        if mixed == pieces:
            mixed.reverse()
        told = "The lines, in the wrong order and without their indentation:"
        return [f"{indent}# {told}", *(f"{indent}#   {piece}" for piece in mixed)]
    if exercise.blank == "bug":
        wrong = [line.removeprefix(indent) for line in _with_bug(exercise, body)]
        told = "One of these lines is wrong:" if len(body) > 1 else "This line is wrong:"
        return [f"{indent}# {told}", *(f"{indent}#   {line}" for line in wrong)]
    return []


def _with_bug(exercise: Exercise, body: list[str]) -> list[str]:
    """The body with one piece changed into a known mistake."""
    if exercise.bug is None:
        raise AuthorError(f"{exercise.name} asks for a bug hunt, and no bug is given")
    right, wrong = exercise.bug
    text = "\n".join(body)
    if text.count(right) != 1:
        raise AuthorError(
            f"{exercise.name}: {right!r} stands {text.count(right)} times in the body, wanted once"
        )
    return text.replace(right, wrong).split("\n")
