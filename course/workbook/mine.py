"""A package of the reader's own: the filled workbook, tangled, under nnlib's own tests."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cached_property
from pathlib import Path
from typing import Any

from course import tangle
from course.book import CHAPTER_NAME, Book, Cell, Chapter
from course.exercises import EXERCISES
from course.feedback import check
from course.weave import read_notebook

UNWRITTEN = 'NotImplementedError("your turn'


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
                file = Path(self.folder.name) / path.name
                cells = tuple(
                    Cell(
                        match.group(1), file, number, 1, cell["cell_type"], cell["source"].rstrip()
                    )
                    for number, cell in enumerate(read_notebook(path)["cells"], start=1)
                )
                found.append(Chapter(match.group(1), self.root, file, cells))
        return tuple(found)


def unwritten(workbook: Workbook, number: str) -> list[str]:
    """Names of the exercises of a chapter that still hold their placeholder."""
    chapter = next((c for c in workbook.chapters if c.number == number), None)
    if chapter is None:
        return [e.function_name for e in EXERCISES if e.chapter == number]
    left = []
    for exercise in EXERCISES:
        if exercise.chapter != number:
            continue
        module, function = exercise.name.split(".")[0], exercise.function_name
        texts = [
            definition.text
            for cell in chapter.code_cells()
            if tangle.package_path(cell.source) == f"nnlib/{module}.py"
            for definition in tangle.take_apart(cell).definitions
            if definition.name == function
        ]
        if not texts or UNWRITTEN in texts[-1]:
            left.append(exercise.function_name)
    return left


def check_mine(workbook: Workbook, out: Path) -> int:
    """Test the reader's package chapter by chapter, as far as they have come or up to the first
    chapter that fails; 0 if every chapter that is written passes.

    A chapter's tests run on the package as it stands after that chapter, in `out`/nnlib.

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
        tangle.write(workbook, number, out)
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
        module, function = exercise.name.split(".")
        path = package / f"{module}.py"
        space: dict[str, Any] = {"__name__": f"nnlib.{module}"}
        exec(compile(path.read_text(encoding="utf-8"), str(path), "exec", dont_inherit=True), space)
        report = check(space[function])
        if report.state != "right":
            said.append(f"{function}: {report.headline} {report.diagnosis or ''}".rstrip())
    return said


def run_tests(workbook: Workbook, number: str, out: Path) -> subprocess.CompletedProcess[str]:
    """Run the tests of one chapter on the package in `out`."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(out), str(workbook.root)]),
        "COURSE_PACKAGE": str(out),
        "HYPOTHESIS_PROFILE": "snapshot",
    }
    tests = workbook.root / "tests" / "nnlib" / f"chapter_{number}"
    options = ("-q", "--no-header", "--tb=short", "-p", "no:cacheprovider")
    return subprocess.run(
        [sys.executable, "-P", "-m", "pytest", *options, str(tests)],
        cwd=workbook.root,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def _shown(path: Path, root: Path) -> str:
    """A path as a reader should see it."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
