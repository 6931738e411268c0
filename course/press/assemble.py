"""Put the cells of a module together: first line, docstring, imports, definitions.

Nothing is rewritten on the way: every definition of a woven module stands letter for letter in a
chapter.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from course.book import AuthorError, Book
from course.book.built import Module, build
from course.book.modules import woven_line
from course.press.order import in_order
from course.press.ruff import check_format, ruff


def render(book: Book, through: str | None = None) -> dict[str, str]:
    """The woven modules after a chapter: file name (``losses.py``) to text.

    Raises
    ------
    AuthorError
        If a cell cannot be part of a package, or is not in the form that ruff gives it.
    """
    if not book.through(through):
        return {}
    if book.judged:
        check_format(book)
    return texts(book, build(book, through), through)


def texts(book: Book, modules: dict[str, Module], through: str | None = None) -> dict[str, str]:
    """The text of each module; that of a reader is not compared with what they wrote."""
    files = {f"{module.name}.py": module_text(module, book.judged) for module in modules.values()}
    if "__init__" not in book.modules.given(book.chapter(through).number if through else None):
        nothing = f'{woven_line(())}\n"""The package before its first chapter."""\n'
        files.setdefault("__init__.py", nothing)
    files = _formed(files, book.judged)
    for module in modules.values() if book.judged else ():
        _compare_definitions(module, files[f"{module.name}.py"])
    return dict(sorted(files.items()))


def module_text(module: Module, judged: bool = True) -> str:
    """The module's text before ruff has sorted the imports and set the blank lines."""
    if module.docstring is None and judged:
        assert module.first_cell is not None
        message = f"nnlib/{module.name}.py has no docstring: its first cell opens with one"
        raise module.first_cell.error(message)
    parts = [f"{woven_line(module.chapters)}\n{module.docstring or ''}"]
    if module.imports:
        parts.append("\n".join(module.imports))
    parts += [definition.text for definition in in_order(module)]
    return "\n\n\n".join(parts) + "\n"


def _formed(files: dict[str, str], judged: bool) -> dict[str, str]:
    """The files with imports sorted, those that nothing needs removed, and blank lines set.

    An import that nothing needs could lead in a circle. What ruff cannot form is refused where the
    form is judged; a reader's stays as it is.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
        sort_imports = ruff("check", "--select=I,F401", "--fix", "--exit-zero", ".", cwd=folder)
        formatted = ruff("format", ".", cwd=folder)
        if judged and (sort_imports.returncode or formatted.returncode):
            raise AuthorError(f"ruff failed: {sort_imports.stderr}{formatted.stderr}".strip())
        return {name: (folder / name).read_text(encoding="utf-8") for name in files}


def _compare_definitions(module: Module, text: str) -> None:
    for definition in module.definitions.values():
        if f"\n{definition.text.strip()}\n" not in text:
            message = (
                f"ruff writes {definition.name} differently in nnlib/{module.name}.py: mind the "
                "blank lines between definitions and comments"
            )
            raise definition.cell.error(message)
