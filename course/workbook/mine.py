"""A package of the reader's own: the filled workbook, tangled, under nnlib's own tests."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from functools import cached_property
from pathlib import Path
from typing import Any

from course.book import Book, Cell, Chapter
from course.book.chapters import CHAPTER_NAME
from course.book.package import package_path, take_apart
from course.book.stored import read_notebook
from course.exercises import EXERCISES
from course.feedback import check
from course.press import tangle
from course.press.ruff import ruff
from course.surroundings import environment

UNWRITTEN = '"your turn'


class Workbook(Book):
    """The workbook's notebooks, read as the chapters of a book."""

    def __init__(self, root: Path, folder: Path):
        super().__init__(root)
        self.folder = folder

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """One chapter for each notebook that has the name of one."""
        found = []
        for path in sorted(self.folder.glob("*.ipynb")):
            if match := CHAPTER_NAME.fullmatch(f"{path.stem}.md"):
                chapter, file = match.group(1), Path(self.folder.name) / path.name
                cells = [
                    (cell["cell_type"], cell["source"]) for cell in read_notebook(path)["cells"]
                ]
                read = (
                    Cell(chapter, file, number, 1, kind, source)
                    for number, (kind, source) in enumerate(in_form(cells), start=1)
                )
                found.append(Chapter(chapter, self.root, file, tuple(read)))
        return tuple(found)

    def up_to(self, number: str) -> Workbook:
        """The workbook without later chapters: what is begun there may be no Python yet."""
        part = Workbook(self.root, self.folder)
        part.chapters = tuple(chapter for chapter in self.chapters if chapter.number <= number)
        return part


def in_form(cells: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The cells (kind, source) with package cells as ruff would write them.

    A person may write in any style; the package is tangled from one. What is no Python stays.
    """
    with tempfile.TemporaryDirectory() as scratch:
        paths = [Path(scratch) / f"cell_{k}.py" for k in range(len(cells))]
        for path, (kind, source) in zip(paths, cells, strict=True):
            if kind == "code" and package_path(source):
                path.write_text(source + "\n", encoding="utf-8", newline="\n")
        ruff("format", ".", cwd=Path(scratch))
        return [
            (kind, (path.read_text(encoding="utf-8") if path.is_file() else source).rstrip())
            for path, (kind, source) in zip(paths, cells, strict=True)
        ]


def unwritten(workbook: Workbook, number: str) -> list[str]:
    """Names of the exercises of a chapter that still hold their placeholder."""
    chapter = next((c for c in workbook.chapters if c.number == number), None)
    if chapter is None:
        return [e.function_name for e in EXERCISES if e.chapter == number]
    left = []
    for exercise in EXERCISES:
        if exercise.chapter != number:
            continue
        texts = [
            definition.text
            for cell in chapter.code_cells()
            if package_path(cell.source) == f"nnlib/{exercise.module_name}.py"
            for definition in take_apart(cell).definitions
            if definition.name == exercise.function_name
        ]
        if not texts or UNWRITTEN in texts[-1]:
            left.append(exercise.function_name)
    return left


def check_mine(workbook: Workbook, out: Path) -> int:
    """Test the reader's package chapter by chapter; 0 if every chapter that is written passes.

    It ends where they have come to, or with the first chapter that fails.
    A chapter's tests run on the package as it stands after that chapter, in `out`/nnlib: what the
    reader wrote, and beside it the plain modules that are given by then.

    Raises
    ------
    AuthorError
        If a package cell is not valid Python, or holds something that would run on import; the
        sentence names notebook and cell.
    """
    for number in tested_chapters(workbook):
        if left := unwritten(workbook, number):
            print(f"chapter {number}: still to write: {', '.join(left)}. The tests stop here.")
            break
        if number not in {chapter.number for chapter in workbook.chapters}:
            print(f"chapter {number}: its notebook is not in the workbook. The tests stop here.")
            break
        tangle.write(workbook.up_to(number), number, out)
        said = feedback(number, out / "nnlib")
        done = run_tests(workbook, number, out)
        lines = done.stdout.strip().splitlines() or done.stderr.strip().splitlines()
        last = lines[-1].strip("= ") if lines else ""
        print(f"chapter {number}: {'passes' if done.returncode == 0 else 'FAILS '}  {last}")
        for line in said:
            print(f"  {line}")
        if done.returncode:
            report = out / f"chapter_{number}.txt"
            report.write_text(done.stdout + done.stderr, encoding="utf-8")
            for line in [line for line in lines if line.startswith(("FAILED", "ERROR"))][:5]:
                print(f"  {line}")
            print(f"  All that the tests said is in {_shown(report, workbook.root)}.")
            print("  Later chapters stand on this one; their tests run when it passes.")
            return 1
    return 0


def tested_chapters(workbook: Workbook) -> list[str]:
    """Numbers of the chapters that build something which is tested."""
    tests = workbook.root / "tests" / "nnlib"
    return sorted(path.name.removeprefix("chapter_") for path in tests.glob("chapter_*"))


def feedback(number: str, package: Path) -> list[str]:
    """What `check` says about the reader's functions of a chapter that are not right.

    Each module of theirs is read here beside the course's own package, which it is compared with.
    """
    said = []
    for exercise in EXERCISES:
        if exercise.chapter != number:
            continue
        path = package / f"{exercise.module_name}.py"
        space: dict[str, Any] = {"__name__": f"nnlib.{exercise.module_name}"}
        exec(compile(path.read_text(encoding="utf-8"), str(path), "exec", dont_inherit=True), space)
        report = check(space[exercise.function_name])
        if report.state != "right":
            said.append(
                f"{exercise.function_name}: {report.headline} {report.diagnosis or ''}".rstrip()
            )
    return said


def run_tests(workbook: Workbook, number: str, out: Path) -> subprocess.CompletedProcess[str]:
    """Run the tests of one chapter on the package in `out`."""
    own = {"COURSE_PACKAGE": str(out), "HYPOTHESIS_PROFILE": "snapshot"}
    tests = workbook.root / "tests" / "nnlib" / f"chapter_{number}"
    options = ("-q", "--no-header", "--tb=short", "-p", "no:cacheprovider")
    return subprocess.run(
        [sys.executable, "-P", "-m", "pytest", *options, str(tests)],
        cwd=workbook.root,
        env=environment(workbook.root, out) | own,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",  # a test may write bytes of its own
    )


def _shown(path: Path, root: Path) -> str:
    """A path as a reader should see it."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
