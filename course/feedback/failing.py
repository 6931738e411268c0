"""The operation that an error stopped: which one it was, and what it was given.

Two people whose code stops with the same words have often made different mistakes. What tells them
apart is the operation and its operands: `np.dot(dZ, A)` and `dA @ g` may complain alike.
"""

from __future__ import annotations

import ast
import itertools
import linecache
import math
import os
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, FrameType, TracebackType
from typing import Any, NamedTuple

import numpy as np

import nnlib
from course.feedback.comparing import constant_ratio, same

OPERATORS: dict[type[ast.operator], str] = {
    ast.MatMult: "@",
    ast.Mult: "*",
    ast.Add: "+",
    ast.Sub: "-",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Pow: "**",
}
FUNCTIONS = {
    np.dot: "@",
    np.matmul: "@",
    np.multiply: "*",
    np.add: "+",
    np.subtract: "-",
    np.divide: "/",
    np.power: "**",
}
LIBRARIES = tuple(str(Path(str(module.__file__)).parent) for module in (nnlib, np))
CHECKER = tuple(str(Path(__file__).parent.parent / room) for room in ("feedback", "exercises"))
FAMILIES = ({"log", "log1p", "log2", "log10"}, {"exp", "expm1", "exp2"})
CHANGING = {"pop", "append", "insert", "remove", "extend", "reverse", "sort", "next", "input"}


class Operation(NamedTuple):
    """What failed, in the line of the person who wrote it.

    kind : "@", "*", "+" and so on, "[]", "call", "truth" or "out" (what a call writes into); empty
        if it is not known.
    operands : what it was given; those of a call begin with the name of the function.
    texts : how the operands are written.
    line : the whole line.
    """

    kind: str
    operands: tuple[Any, ...]
    texts: tuple[str, ...]
    line: str


def failing_operation(error: BaseException) -> Operation | None:
    """The operation in the last line of the reader's own that an error went through, or None."""
    own = _own(error.__traceback__)
    if own is None:
        return None
    frame, instruction = own
    code = frame.f_code
    line, end_line, column, end_column = _position(code, instruction)
    if line is None:
        return None
    text = linecache.getline(code.co_filename, line).strip()
    unknown = Operation("", (), (), text)
    if not text or end_line is None or column is None or end_column is None:
        return unknown
    lines = [linecache.getline(code.co_filename, k) for k in range(line, end_line + 1)]
    try:
        piece = _cut(lines, column, end_column)
        return _read(piece, frame, text) or unknown
    except Exception:  # what cannot be looked at a second time stays unknown
        return unknown


def _own(trace: TracebackType | None) -> tuple[FrameType, int] | None:
    """The last frame that belongs neither to the checker nor to nnlib or NumPy."""
    found = None
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        known = not file.startswith(LIBRARIES) and os.path.dirname(file) not in CHECKER
        if known and linecache.getline(file, trace.tb_lineno).strip():  # compiled code has no text
            found = trace.tb_frame, trace.tb_lasti
        trace = trace.tb_next
    return found


def _position(
    code: CodeType, instruction: int
) -> tuple[int | None, int | None, int | None, int | None]:
    """Where an instruction stands in the source: lines from 1, columns in bytes from 0."""
    return next(itertools.islice(code.co_positions(), instruction // 2, None))


def _cut(lines: list[str], column: int, end_column: int) -> str:
    """The piece of source between two columns."""
    pieces = [line.encode() for line in lines]
    pieces[-1] = pieces[-1][:end_column]
    pieces[0] = pieces[0][column:]
    return b"".join(pieces).decode()


def _read(piece: str, frame: FrameType, line: str) -> Operation | None:
    """The operation that a piece of source is, its operands looked at once more."""
    node: ast.AST = ast.parse(f"({piece})" if "\n" in piece else piece.strip()).body[0]
    node = node.value if isinstance(node, ast.Expr) else node
    calls = [n.func for n in ast.walk(node) if isinstance(n, ast.Call)]
    names = {f.attr if isinstance(f, ast.Attribute) else getattr(f, "id", "") for f in calls}
    if names & CHANGING:
        return None
    kind, parts = _parts(node, frame)
    if kind is None:
        return None
    values = tuple(_value(part, frame) for part in parts)
    texts = tuple(ast.unparse(part) for part in parts)
    if kind.startswith("call "):
        values, texts = (kind[5:], *values), (kind[5:], *texts)
    return Operation(kind.split()[0], values, texts, line)


def _parts(node: ast.AST, frame: FrameType) -> tuple[str | None, list[ast.expr]]:
    """Kind and operands of a piece of source."""
    if isinstance(node, ast.BinOp):
        return OPERATORS.get(type(node.op)), [node.left, node.right]
    if isinstance(node, ast.AugAssign):
        return OPERATORS.get(type(node.op)), [node.target, node.value]
    if isinstance(node, ast.Subscript):
        return "[]", [node.value, node.slice]
    if isinstance(node, ast.Compare):
        return "truth", [node]
    if isinstance(node, ast.Name):
        return "truth", [node]
    if isinstance(node, ast.Call) and (out := [k.value for k in node.keywords if k.arg == "out"]):
        return "out", out
    if isinstance(node, ast.Call) and not node.keywords:
        if isinstance(node.func, ast.Attribute) and node.func.attr == "dot":
            owner = _value(node.func.value, frame)
            if isinstance(owner, np.ndarray):
                return "@", [node.func.value, *node.args]
        function = _value(node.func, frame)
        if function in FUNCTIONS and len(node.args) == 2:
            return FUNCTIONS[function], list(node.args)
        return f"call {getattr(function, '__name__', '')}", list(node.args)
    return None, []


def _value(node: ast.expr, frame: FrameType) -> Any:
    loaded = ast.fix_missing_locations(
        ast.Expression(ast.parse(ast.unparse(node), mode="eval").body)
    )
    return eval(compile(loaded, "<operand>", "eval"), frame.f_globals, frame.f_locals)


def alike(one: Operation | None, other: Operation | None) -> bool:
    """True if two errors stopped the same operation, with the same operands up to a factor."""
    if one is None or other is None or not one.kind or one.kind != other.kind:
        return False
    if _same(one.operands, other.operands):
        return True
    return one.kind in "*+" and _same(one.operands, other.operands[::-1])


def _same(mine: Sequence[Any], theirs: Sequence[Any]) -> bool:
    if len(mine) != len(theirs):
        return False
    return all(same(a, b) or _proportional(a, b) for a, b in zip(mine, theirs, strict=True))


def _proportional(one: Any, other: Any) -> bool:
    """True for a table of numbers and a multiple of it, such as X and X / m."""
    tables = all(isinstance(a, np.ndarray) and a.dtype.kind in "iuf" for a in (one, other))
    return tables and one.shape == other.shape and bool(constant_ratio(one, other))


def alike_in_kind(one: Operation | None, other: Operation | None) -> bool:
    """True unless it is known that two errors stopped different operations or functions."""
    if one is None or other is None or not one.kind or not other.kind:
        return True
    if one.kind == "call" == other.kind:
        names = [str(operation.operands[0]) for operation in (one, other)]
        return names[0] == names[1] or any({*names} <= family for family in FAMILIES)
    return one.kind == other.kind


def same_target(one: Operation | None, other: Operation | None) -> bool:
    """True if two operations were to change the same input: the same array, or the same list."""
    if one is None or other is None or not one.operands or not other.operands:
        return False
    return same(one.operands[0], other.operands[0])


def is_function_of_math(operation: Operation) -> bool:
    """True for a call such as math.exp, which takes one number."""
    return operation.kind == "call" and hasattr(math, str(operation.operands[0]))
