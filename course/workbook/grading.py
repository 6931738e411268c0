"""Assignments for nbgrader: the same cells, marked in nbgrader's own way.

nbgrader keeps what stands between BEGIN SOLUTION and END SOLUTION for the instructor and gives the
student a placeholder; the cell below it holds the check, is locked, and earns one point.
"""

from __future__ import annotations

from pathlib import Path

from course.book import Book, Chapter
from course.feedback.exercises import Exercise
from course.workbook import blank
from course.workbook.make import WorkCell, as_file, unexecuted, work_cells

CONFIG = """\
# nbgrader reads this file in the folder where its commands are called.
c = get_config()  # noqa: F821
c.CourseDirectory.course_id = "nnlib"
c.ClearSolutions.code_stub = {"python": 'raise NotImplementedError("your turn")'}
"""


def write(book: Book, folder: Path) -> list[Path]:
    """Write `folder`/source/NN_name/NN_name.ipynb for every chapter with exercises, and nbgrader's
    configuration.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8", newline="\n")
    written = []
    for chapter in book.chapters:
        cells = work_cells(chapter)
        if any(cell.exercises for cell in cells):
            path = folder / "source" / chapter.name / f"{chapter.name}.ipynb"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(assignment(chapter, cells), encoding="utf-8", newline="\n")
            written.append(path)
    return written


def assignment(chapter: Chapter, cells: list[WorkCell]) -> str:
    """The instructor's version of a chapter's assignment."""
    entries = []
    for number, cell in enumerate(cells):
        source, marks = cell.source, None
        if cell.exercises:
            source = cell.original
            for exercise in cell.exercises:
                source = marked_solution(exercise, source)
            marks = _marks(f"write-{cell.exercises[0].name}", solution=True)
        elif cell.checks:
            name = cell.checks.function_name
            source = f'{name} = (report := check({name})).function\nassert report.state == "right", str(report)'
            marks = _marks(f"check-{cell.checks.name}", grade=True)
        metadata = {"nbgrader": marks} if marks else None
        entries.append(unexecuted(number, cell.kind, source, metadata))
    return as_file(entries)


def marked_solution(exercise: Exercise, source: str) -> str:
    """The cell with the reader's part between nbgrader's marks."""
    node = blank.definition(source, exercise.function_name)
    lines = source.split("\n")
    first, last = blank.work(node)
    indent = " " * node.body[0].col_offset
    return "\n".join(
        [
            *lines[:first],
            f"{indent}### BEGIN SOLUTION",
            *lines[first:last],
            f"{indent}### END SOLUTION",
            *lines[last:],
        ]
    )


def _marks(grade_id: str, solution: bool = False, grade: bool = False) -> dict:
    marks = {
        "schema_version": 3,
        "grade_id": grade_id.replace(".", "-"),
        "solution": solution,
        "grade": grade,
        "locked": grade,
        "task": False,
    }
    return {**marks, "points": 1} if grade else marks
