"""The order of a module's definitions: what is used stands above its user.

Apart from that they stand as the reader met them. Functions that call each other have no such
order: among those only what runs on import counts.
"""

from __future__ import annotations

import ast
import symtable
from collections.abc import Iterator

from course.book.built import Module
from course.book.package import Definition, runs_at_once


def in_order(module: Module) -> list[Definition]:
    """The definitions from top to bottom.

    Raises
    ------
    AuthorError
        If two definitions need each other on import.
    """
    names = list(module.definitions)
    uses = {name: _uses(module, name) for name in names}
    early = {name: needed_on_import(module, name) for name in names}
    placed: list[str] = []
    for circle in _circles(names, {name: uses[name] | early[name] for name in names}):
        inside = sorted(circle, key=names.index)
        placed += _by_import(module, inside, early)
    return [module.definitions[name] for name in placed]


def _uses(module: Module, name: str) -> set[str]:
    """The names of the module that a definition uses anywhere, in the bodies of functions too."""
    definition = module.definitions[name]
    table = symtable.symtable(definition.text, definition.name, "exec")
    found = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_referenced()}
    for scope in _scopes_inside(table):
        found |= {symbol.get_name() for symbol in scope.get_symbols() if symbol.is_global()}
    return (found & set(module.definitions)) - {name}


def _scopes_inside(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    for child in table.get_children():
        yield child
        yield from _scopes_inside(child)


def _circles(names: list[str], uses: dict[str, set[str]]) -> Iterator[set[str]]:
    """Groups of names that use each other, each group below all that it uses (Tarjan's way).

    A name that is in no circle is a group of its own.
    """
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    waiting: list[str] = []

    def visit(name: str) -> Iterator[set[str]]:
        number[name] = lowest[name] = len(number)
        waiting.append(name)
        for used in names:
            if used in uses[name]:
                if used not in number:
                    yield from visit(used)
                if used in waiting:
                    lowest[name] = min(lowest[name], lowest[used])
        if lowest[name] == number[name]:
            start = waiting.index(name)
            circle = set(waiting[start:])
            del waiting[start:]
            yield circle

    for name in names:
        if name not in number:
            yield from visit(name)


def _by_import(module: Module, names: list[str], early: dict[str, set[str]]) -> list[str]:
    """Some names in the order in which they were met, save for what must be there on import."""
    placed: list[str] = []
    unfinished: list[str] = []

    def place(name: str) -> None:
        if name in placed:
            return
        if name in unfinished:
            circle = " needs ".join(unfinished[unfinished.index(name) :])
            message = f"{circle} needs {name}: no order of them can be imported"
            raise module.definitions[name].cell.error(message)
        unfinished.append(name)
        for other in names:
            if other in early[name]:
                place(other)
        unfinished.pop()
        placed.append(name)

    for name in names:
        place(name)
    return placed


def needed_on_import(module: Module, name: str) -> set[str]:
    """Names of the module that must exist before a definition's statement can run.

    Those are the names it uses at once, and what the functions that it calls at once use in turn.
    """
    node = module.definitions[name].node
    found: set[str] = set()
    followed: set[str] = set()
    waiting = runs_at_once(node)
    while waiting:
        part = waiting.pop()
        for inner in ast.walk(part):
            if not isinstance(inner, ast.Name) or inner.id not in module.definitions:
                continue
            found.add(inner.id)
            if inner.id not in followed and _is_called(inner, part, node):
                followed.add(inner.id)
                waiting += getattr(module.definitions[inner.id].node, "body", [])
    return found - {name}


def _is_called(name: ast.Name, part: ast.AST, node: ast.stmt) -> bool:
    calls = (inner.func for inner in ast.walk(part) if isinstance(inner, ast.Call))
    return name in calls or name in getattr(node, "decorator_list", [])
