"""Modules of JavaScript, laid one after the other into one script without imports."""

from __future__ import annotations

import re
from pathlib import Path

from course.book import AuthorError

IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.mjs";$', re.MULTILINE)
EXPORT = re.compile(r"^export ((?:async )?(?:const|function|class) (\w+))", re.MULTILINE)

LEFT = re.compile(r"^(?:import\b.*[{;]|export\b).*", re.MULTILINE)


def bundle(folder: Path, first: str) -> str:
    """One script: each module is a block of its own, and stands after those that it imports.

    Parameters
    ----------
    folder : Path
        Where the modules lie.
    first : str
        The name of the module that starts everything.

    Returns
    -------
    str

    Raises
    ------
    AuthorError
        If modules import each other in a circle, or if an import or an export is written in a form
        that is not known here.
    """
    order: list[str] = []
    _visit(folder, first, order, [])
    return "\n".join(_block(folder, name) for name in order)


def _block(folder: Path, name: str) -> str:
    """A module as a function that is called at once and returns what the module exports."""
    text = _read(folder, name)
    exports = ", ".join(found[1] for found in EXPORT.findall(text))
    text = IMPORT.sub(r"const \1 = \2_module;", EXPORT.sub(r"\1", text))
    if left := LEFT.search(text):
        raise AuthorError(f"the bundle cannot read “{left[0]}”", folder / f"{name}.mjs")
    return f"const {name}_module = (() => {{\n{text.strip()}\nreturn {{ {exports} }};\n}})();\n"


def _visit(folder: Path, name: str, order: list[str], above: list[str]) -> None:
    if name in above:
        circle = " → ".join([*above, name])
        raise AuthorError(f"modules import each other: {circle}", folder / f"{name}.mjs")
    if name in order:
        return
    for _, other in IMPORT.findall(_read(folder, name)):
        _visit(folder, other, order, [*above, name])
    order.append(name)


def _read(folder: Path, name: str) -> str:
    return (folder / f"{name}.mjs").read_text(encoding="utf-8")
