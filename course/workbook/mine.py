"""A package of the reader's own: the filled workbook, tangled, under nnlib's own tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cached_property
from pathlib import Path

from course import tangle
from course.book import CHAPTER_NAME, Book, Cell, Chapter
from course.feedback.exercises import EXERCISES
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


def write_package(workbook: Workbook, out: Path) -> Path:
    """Tangle the workbook into `out`/nnlib and return that folder.

    Raises
    ------
    AuthorError
        If a package cell is not valid Python, or holds something that would run on import; the
        sentence names notebook and cell.
    """
    folder = out / "nnlib"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for module in tangle.build(workbook).values():
        (folder / f"{module.name}.py").write_text(
            tangle.module_text(module), encoding="utf-8", newline="\n"
        )
    shutil.copytree(workbook.root / "data", folder / "data")
    return folder


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
    """Test the reader's package chapter by chapter, as far as they have come; 0 if every chapter
    that is written passes.
    """
    folder = write_package(workbook, out)
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(out), str(workbook.root)]),
        "NNLIB_UNDER_TEST": str(folder),
    }
    failed = 0
    for number in sorted({e.chapter for e in EXERCISES}):
        left = unwritten(workbook, number)
        if left:
            print(f"chapter {number}: still to write: {', '.join(left)}. The tests stop here.")
            break
        tests = workbook.root / "tests" / "nnlib" / f"chapter_{number}"
        command = [
            sys.executable,
            "-P",
            "-m",
            "pytest",
            "-q",
            "--no-header",
            "--tb=line",
            "-p",
            "no:cacheprovider",
            str(tests),
        ]
        done = subprocess.run(
            command, cwd=workbook.root, env=environment, capture_output=True, text=True
        )
        last = done.stdout.strip().splitlines()[-1:] or done.stderr.strip().splitlines()[-1:]
        print(
            f"chapter {number}: {'passes' if done.returncode == 0 else 'FAILS '}  {last[0].strip('= ') if last else ''}"
        )
        if done.returncode:
            failed += 1
            print(done.stdout[-4000:])
    return 1 if failed else 0
