"""A package of the reader's own: the filled workbook, tangled, under nnlib's own tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from course.exercises import EXERCISES
from course.feedback import check
from course.press import tangle
from course.surroundings import environment
from course.workbook.reading import Workbook, exercises_of, out_of_place, unwritten

__all__ = ["Workbook", "check_mine", "unwritten"]


def check_mine(workbook: Workbook, out: Path) -> int:
    """Test the reader's package chapter by chapter; 0 if every chapter that is written passes.

    A chapter of which nothing is written yet is skipped and counted, and it ends with the first
    chapter that fails. A chapter's tests run on the package as it stands after that chapter, in
    `out`/nnlib: what the reader wrote, the course's own version of what they did not, and beside it
    the plain modules that are given by then.

    Raises
    ------
    AuthorError
        If a notebook cannot be read, or a package cell is not valid Python; the sentence names
        notebook and cell.
    """
    waiting: dict[str, list[str]] = {}
    for number in tested_chapters(workbook):
        wanted = exercises_of(number)
        left = unwritten(workbook, number)
        for sentence in out_of_place(workbook, number, left):
            print(f"chapter {number}: {sentence}")
        if left:
            waiting[number] = left
        if len(left) == len(wanted) and (wanted or waiting):
            if wanted:
                print(f"chapter {number}: still to write: {', '.join(left)}; skipped")
            continue  # a chapter that asks for nothing is tested when all before it is written
        if not tests_pass(workbook, number, left, out):
            return 1
    if waiting:
        number, names = next(iter(waiting.items()))
        count = sum(map(len, waiting.values()))
        where = f"chapter{'s' * (len(waiting) > 1)} {', '.join(waiting)}"
        print(
            f"still to write: {count} of {len(EXERCISES)} functions, in {where}; "
            f"next: {names[0]} in chapter {number}"
        )
    return 0


def tests_pass(workbook: Workbook, number: str, left: list[str], out: Path) -> bool:
    """Run the tests of one chapter and say what they found."""
    tangle.write(workbook.standing(number), number, out, workbook.package(number))
    said = feedback(number, out / "nnlib", left)
    done = run_tests(workbook, number, out)
    lines = done.stdout.strip().splitlines() or done.stderr.strip().splitlines()
    last = lines[-1].strip("= ") if lines else ""
    print(f"chapter {number}: {'passes' if done.returncode == 0 else 'FAILS '}  {last}")
    if left:
        print(f"  still to write: {', '.join(left)}; the course's own stood in")
    for line in said:
        print(f"  {line}")
    if done.returncode:
        report = out / f"chapter_{number}.txt"
        report.write_text(done.stdout + done.stderr, encoding="utf-8")
        for line in [line for line in lines if line.startswith(("FAILED", "ERROR"))][:5]:
            print(f"  {line}")
        print(f"  All that the tests said is in {_shown(report, workbook.root)}.")
        print("  Later chapters stand on this one; their tests run when it passes.")
    return done.returncode == 0


def tested_chapters(workbook: Workbook) -> list[str]:
    """Numbers of the chapters that build something which is tested."""
    tests = workbook.root / "tests" / "nnlib"
    numbers = {path.name.removeprefix("chapter_") for path in tests.glob("chapter_*")}
    return sorted(numbers & {chapter.number for chapter in workbook.course.chapters})


def feedback(number: str, package: Path, left: list[str]) -> list[str]:
    """What `check` says about the reader's functions of a chapter that are not right.

    Each module of theirs is read here beside the course's own package, which it is compared with.
    """
    said = []
    for exercise in exercises_of(number):
        if exercise.function_name in left:
            continue
        path = package / f"{exercise.module_name}.py"
        space: dict[str, Any] = {"__name__": f"nnlib.{exercise.module_name}"}
        text = path.read_text(encoding="utf-8")
        try:
            exec(compile(text, str(path), "exec", dont_inherit=True), space)
        except Exception as error:  # noqa: BLE001 - a reader's own lines may raise anything
            what = f"{type(error).__name__}: {error}"
            said.append(f"{path.name} cannot be imported by itself: {what}")
            continue
        report = check(space[exercise.function_name])
        if report.state != "right":
            said.append(
                f"{exercise.function_name}: {report.headline} {report.diagnosis or ''}".rstrip()
            )
    return said


def run_tests(workbook: Workbook, number: str, out: Path) -> subprocess.CompletedProcess[str]:
    """Run the tests of one chapter on the package in `out`, without nbval: it is slow to read."""
    own = {"COURSE_PACKAGE": str(out), "HYPOTHESIS_PROFILE": "snapshot"}
    tests = workbook.root / "tests" / "nnlib" / f"chapter_{number}"
    options = ("-q", "--no-header", "--tb=short", "-p", "no:cacheprovider", "-p", "no:nbval")
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
