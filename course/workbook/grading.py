"""Assignments for nbgrader: the same cells, marked in nbgrader's own way.

nbgrader keeps what stands between BEGIN SOLUTION and END SOLUTION for the instructor and gives the
student a placeholder; the cell below it holds the check, is locked, and earns one point.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from course.book import Book
from course.exercises import Exercise, blank
from course.press.notebooks import NotebookCell, notebook_text
from course.workbook.make import WorkCell, work_cells

CONFIG = """\
# nbgrader reads this file in the folder where its commands are called.
c = get_config()  # noqa: F821
c.CourseDirectory.course_id = "nnlib"
c.ClearSolutions.code_stub = {"python": 'raise NotImplementedError("your turn")'}
c.Execute.timeout = 600  # seconds for one cell; chapters train networks
"""
INTRODUCTION = """\
> **This is an assignment.** Cells that ask for your work hold
> `raise NotImplementedError("your turn")`: write your lines in its place, run the cell, and run the
> check below it. The check says what your function does, and which mistake it is if it is one that
> others have made; each one that says *right* earns a point. `check(name, hint=True)` in a cell of
> your own gives a hint. Until yours is right, the chapter goes on with the course's own version.
"""
CHECK = """\
from course import check  # the course's, whatever a cell above may have named so

report = check({name})
{name} = report.function  # yours once it is right, the course's own until then
display(report)
assert report.state == "right", report.headline"""
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"


def write(book: Book, folder: Path) -> list[Path]:
    """Write an assignment for every chapter with exercises, in source/NN_name, and the settings."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8", newline="\n")
    written = []
    for chapter in book.chapters:
        cells = work_cells(chapter, INTRODUCTION)
        if any(cell.exercises for cell in cells):
            path = folder / "source" / chapter.name / f"{chapter.name}.ipynb"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(assignment(cells), encoding="utf-8", newline="\n")
            written.append(path)
    return written


def assignment(cells: list[WorkCell]) -> str:
    """The instructor's version of a chapter's assignment."""
    entries = []
    for cell in cells:
        source, marks = cell.source, None
        if cell.original is not None:
            source = cell.original
            for exercise in cell.exercises:
                source = marked_solution(exercise, source)
            marks = _marks(f"write-{cell.exercises[0].name}", solution=True)
        elif cell.checks:
            source = CHECK.format(name=cell.checks.function_name)
            marks = _marks(f"check-{cell.checks.name}", grade=True)
        entries.append(NotebookCell(cell.kind, source, {"nbgrader": marks} if marks else {}))
    return notebook_text(entries)


def marked_solution(exercise: Exercise, source: str) -> str:
    """The cell with the reader's part between nbgrader's marks.

    Above it stands, as a comment, what the workbook gives: the lines in disorder, or the version
    with a mistake in it.
    """
    node = blank.definition(source, exercise.function_name)
    lines = source.split("\n")
    first, last = blank.body_lines(node)
    indent = " " * node.body[0].col_offset
    if isinstance(exercise.blank, tuple):
        new = []
        for line in lines[first:last]:
            if blank.is_missing(exercise, line):
                inner = " " * (len(line) - len(line.lstrip()))
                new += [f"{inner}{BEGIN}", line, f"{inner}{END}"]
            else:
                new.append(line)
    else:
        given = blank.given(exercise, lines[first:last], indent)
        new = [*given, f"{indent}{BEGIN}", *lines[first:last], f"{indent}{END}"]
    return "\n".join([*lines[:first], *new, *lines[last:]])


def _marks(grade_id: str, solution: bool = False, grade: bool = False) -> dict[str, Any]:
    marks: dict[str, Any] = {
        "schema_version": 3,
        "grade_id": grade_id.replace(".", "-"),
        "solution": solution,
        "grade": grade,
        "locked": grade,
        "task": False,
    }
    return {**marks, "points": 1} if grade else marks
