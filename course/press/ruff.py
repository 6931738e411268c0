"""The form that ruff gives to code, in files and in the package cells of the chapters."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from course.book import HOME, AuthorError, Book, Cell
from course.book.package import package_path, take_apart
from course.surroundings import environment


def ruff(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run ruff with the settings of this repository on files in any folder.

    Parameters
    ----------
    *arguments : str
        The arguments after ``ruff``.
    cwd : Path
        The folder to run in.

    Returns
    -------
    subprocess.CompletedProcess
        With `stdout` and `stderr` as text; the caller judges the exit status.
    """
    command = [sys.executable, "-m", "ruff", *arguments, "--quiet", "--no-cache"]
    command += ["--config", str(HOME / "pyproject.toml")]
    return subprocess.run(
        command, cwd=cwd, env=environment(HOME), capture_output=True, text=True, encoding="utf-8"
    )


def check_format(book: Book) -> None:
    """Refuse a package cell that `ruff format` would change, and say which line."""
    for cell, formatted in formatted_cells(book):
        lines, wanted = cell.source.split("\n"), formatted.split("\n")
        for number, line in enumerate(lines):
            if number >= len(wanted) or line != wanted[number]:
                better = wanted[number] if number < len(wanted) else ""
                message = (
                    f"ruff format would write {_quoted(better)} where this cell has "
                    f"{_quoted(line)}; "
                    "`python -m course format` mends it"
                )
                raise cell.error(message, line=number)
        if len(wanted) > len(lines):
            raise cell.error("ruff format would add lines; `python -m course format` mends it")


def _quoted(line: str) -> str:
    return repr(line) if line else "a blank line"


def formatted_cells(book: Book) -> list[tuple[Cell, str]]:
    """Each package cell with its source as `ruff format` writes it (one call of ruff for all)."""
    cells = [cell for cell in book.code_cells() if package_path(cell.source)]
    for cell in cells:
        take_apart(cell, book.modules)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for number, cell in enumerate(cells):
            path = folder / f"cell_{number}.py"
            path.write_text(cell.source + "\n", encoding="utf-8", newline="\n")
        done = ruff("format", ".", cwd=folder)
        if cells and done.returncode:
            raise AuthorError(f"ruff format failed: {done.stderr.strip()}")
        texts = [(folder / f"cell_{n}.py").read_text(encoding="utf-8") for n in range(len(cells))]
    return [(cell, text.rstrip("\n")) for cell, text in zip(cells, texts, strict=True)]


def format_text(book: Book) -> list[Cell]:
    """Bring the package cells in the chapters' text into the form of ruff; return the changed."""
    changed = [(cell, text) for cell, text in formatted_cells(book) if text != cell.source]
    for cell, text in reversed(changed):  # from the end, so that line numbers stay true
        path = book.root / cell.file
        lines = path.read_text(encoding="utf-8").split("\n")
        first = cell.line - 1
        lines[first : first + len(cell.source.split("\n"))] = text.split("\n")
        path.write_bytes("\n".join(lines).encode())
    return [cell for cell, _ in changed]
