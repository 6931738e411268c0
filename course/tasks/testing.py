"""Every test, in one list: what `make test` runs, and `make lint` in part."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass

from course.book import HOME, Book
from course.surroundings import own_settings
from course.tasks.tools import call


def processes() -> int:
    """How many processes the tests are spread over: one for each core, 8 at most."""
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), 8)
    return min(os.cpu_count() or 1, 8)


@dataclass(frozen=True)
class Step:
    """A part of the tests: what it is called and the ``python -m`` line that runs it."""

    name: str
    module: tuple[str, ...]


LINT = (
    Step("code is free of slips", ("ruff", "check", ".")),
    Step("code is formatted", ("ruff", "format", "--check", ".")),
    Step("nnlib and course keep what their annotations say", ("mypy",)),
    Step("nnlib is what the chapters build", ("course", "tangle", "--check")),
    Step("chapters keep the rules", ("course", "check")),
)
NBVAL = ("--nbval", "--nbval-sanitize-with", str(HOME / "tests" / "nbval.cfg"))
TESTS = Step(
    "tests, and every notebook against its stored outputs",
    # spread by file; a notebook is one, since its cells share a kernel
    ("pytest", "-q", *NBVAL, "-n", str(processes()), "--dist", "loadfile")
    + ("--no-loadscope-reorder", "tests", "notebooks"),
)
COVERAGE = Step(
    "the tests reach 95 % of nnlib's branches",
    (
        "pytest",
        "tests/nnlib",
        "-q",
        "--cov=nnlib",
        "--cov-branch",
        "--cov-report=term-missing:skip-covered",
        "--cov-fail-under=95",
    ),
)
EVERYTHING = (*LINT, TESTS)


def run(book: Book, steps: tuple[Step, ...]) -> int:
    """Run the steps one after the other, all of them, and sum up; Ctrl-C ends it.

    Returns
    -------
    int
        0 if every step passed, 1 if one failed, 130 after Ctrl-C.
    """
    summary = []
    failed, stopped = 0, False
    for step in steps:
        print(f"\n== {step.name}: python -m {' '.join(step.module)}", flush=True)
        start = time.perf_counter()
        with own_settings(book.root) as env:
            status, stopped = call([sys.executable, "-m", *step.module], cwd=book.root, env=env)
        failed += status != 0
        word = "stopped" if stopped else "FAILED" if status else "passed"
        summary.append(f"  {word}  {step.name} ({time.perf_counter() - start:.1f} s)")
        if stopped:
            break
    print("\n== summary", *summary, sep="\n", flush=True)
    return 130 if stopped else 1 if failed else 0
