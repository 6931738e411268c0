"""Take the body out of a function and leave what a reader needs to write it: signature, docstring,
the checks of its arguments.
"""

from __future__ import annotations

import ast
import random
import re

from course.errors import AuthorError
from course.feedback.exercises import Exercise

EQUATIONS = re.compile(r"#.*?((?:\(\d+\)(?:, )?)+)")


def stub(exercise: Exercise, source: str) -> str:
    """`source` (a cell that defines the function to write) with the part that the reader writes
    taken out.
    """
    node = definition(source, exercise.function_name)
    lines = source.split("\n")
    first, last = work(node)
    body = lines[first:last]
    indent = re.match(r" *", body[0]).group(0)
    if exercise.blank == "body":
        new = [f'{indent}raise NotImplementedError("{_task(exercise)}")']
    elif exercise.blank == "order":
        new = _shuffled(exercise, body, indent)
    elif exercise.blank == "bug":
        new = _with_bug(exercise, body, indent)
    else:
        new = _missing_lines(exercise, body)
    return "\n".join(lines[:first] + new + lines[last:])


def answer(exercise: Exercise, source: str) -> list[str]:
    """The lines of `source` that the stub takes out, as they stand there."""
    first, last = work(definition(source, exercise.function_name))
    body = source.split("\n")[first:last]
    if isinstance(exercise.blank, tuple):
        return [line for line in body if _numbers(line) & set(exercise.blank)]
    if exercise.blank == "bug":
        return [line for line in body if exercise.bug[0] in line]
    return body


def definition(source: str, name: str) -> ast.FunctionDef:
    """The node of the function `name` in a cell's source."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return node
    raise AuthorError(f"no function {name} in this cell")


def work(node: ast.FunctionDef) -> tuple[int, int]:
    """First line and line after the last (from 0) of what is taken out: the body without docstring
    and argument checks.
    """
    statements = list(node.body)
    if ast.get_docstring(node) is not None:
        statements.pop(0)
    while len(statements) > 1 and _is_check(statements[0]):
        statements.pop(0)
    return statements[0].lineno - 1, node.end_lineno


def _is_check(statement: ast.stmt) -> bool:
    """True for a line that only looks after the arguments: a check, a refusal, a conversion."""
    if isinstance(statement, ast.If):
        refuses = all(isinstance(inner, ast.Assign | ast.Raise) for inner in statement.body)
        return refuses and isinstance(statement.body[-1], ast.Raise) and not statement.orelse
    if not isinstance(statement, ast.Expr | ast.Assign):
        return False
    if isinstance(statement.value, ast.Call):
        function = ast.unparse(statement.value.func)
        return function.lstrip("_").startswith("check_") or function in ("np.asarray", "np.finfo")
    return ast.unparse(statement.value).endswith((".shape", ".shape[1]", ".shape[0]"))


def _task(exercise: Exercise) -> str:
    equation = f", {exercise.equation}" if exercise.equation else ""
    return f"your turn: write {exercise.function_name}{equation}"


def _numbers(line: str) -> set[int]:
    """The equation numbers in a line's comment."""
    match = EQUATIONS.search(line)
    return {int(number) for number in re.findall(r"\d+", match.group(1))} if match else set()


def _missing_lines(exercise: Exercise, body: list[str]) -> list[str]:
    """The body with a placeholder for each line that carries one of the exercise's numbers."""
    new, found = [], set()
    for line in body:
        mine = _numbers(line) & set(exercise.blank)
        if not mine:
            new.append(line)
            continue
        found |= mine
        indent = re.match(r" *", line).group(0)
        code, _, comment = line.strip().partition("  # ")
        left, is_assignment, _ = code.partition(" = ")
        names = left.split(": ")[0]  # without the annotation of `losses: Array = …`
        what = f"{names} = …" if is_assignment else "return …"
        new.append(f'{indent}raise NotImplementedError("your turn: {what} is line {comment}")')
    if found != set(exercise.blank):
        raise AuthorError(f"{exercise.name} has no line for {sorted(set(exercise.blank) - found)}")
    return new


def _shuffled(exercise: Exercise, body: list[str], indent: str) -> list[str]:
    """The body as comments in another order, the same at every run."""
    pieces = [line.strip() for line in body if line.strip()]
    mixed = list(pieces)
    random.Random(exercise.name).shuffle(mixed)
    if mixed == pieces:
        mixed.reverse()
    return [
        f"{indent}# The lines, in the wrong order and without their indentation:",
        *(f"{indent}#   {piece}" for piece in mixed),
        f'{indent}raise NotImplementedError("your turn: put the lines of {exercise.function_name} in order")',
    ]


def _with_bug(exercise: Exercise, body: list[str], indent: str) -> list[str]:
    """The body with one piece changed into a known mistake."""
    right, wrong = exercise.bug
    text = "\n".join(body)
    if text.count(right) != 1:
        raise AuthorError(
            f"{exercise.name}: {right!r} stands {text.count(right)} times in the body, wanted once"
        )
    return [
        f'{indent}raise NotImplementedError("your turn: one line below is wrong; mend it and delete this line")',
        *text.replace(right, wrong).split("\n"),
    ]
