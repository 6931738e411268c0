"""Every test, in one list: what `make test` runs, and `make lint` in part."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass

from course.book import Book


@dataclass(frozen=True)
class Step:
    """A part of the tests: what it is called and the ``python -m`` line that runs it."""

    name: str
    module: tuple[str, ...]
    needs_notebooks: bool = False


LINT = (
    Step("code is free of slips", ("ruff", "check", ".")),
    Step("code is formatted", ("ruff", "format", "--check", ".")),
    Step("nnlib is what the chapters build", ("course", "tangle", "--check")),
    Step("chapters keep the rules", ("course", "check")),
)
TESTS = Step("tests", ("pytest", "tests", "-q"))
NOTEBOOKS = Step(
    "every notebook gives its stored outputs",
    ("pytest", "--nbval", "-p", "no:hypothesispytest", "-q", "notebooks"),
    needs_notebooks=True,
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
EVERYTHING = (*LINT, TESTS, NOTEBOOKS)


def run(book: Book, steps: tuple[Step, ...]) -> int:
    """Run the steps one after the other, all of them, and sum up.

    Returns
    -------
    int
        0 if every step passed, else 1.
    """
    has_notebooks = any((book.root / "notebooks").glob("*.ipynb"))
    summary = []
    failed = 0
    for step in steps:
        if step.needs_notebooks and not has_notebooks:
            summary.append(f"  none    {step.name} (no notebooks yet)")
            continue
        print(f"\n== {step.name}: python -m {' '.join(step.module)}", flush=True)
        start = time.perf_counter()
        status = subprocess.call([sys.executable, "-m", *step.module], cwd=book.root)
        failed += status != 0
        word = "passed" if status == 0 else "FAILED"
        summary.append(f"  {word}  {step.name} ({time.perf_counter() - start:.1f} s)")
    print("\n== summary", *summary, sep="\n", flush=True)
    return 1 if failed else 0
