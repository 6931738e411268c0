"""Write the workbook: one notebook for each chapter, with a check below each function to write."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path

from course.book import AuthorError, Book, Cell, Chapter
from course.book.package import package_path, take_apart
from course.book.solutions import DETAILS
from course.book.stored import read_notebook
from course.exercises import EXERCISES, Exercise, blank
from course.exercises.progress import read as read_progress
from course.exercises.progress import start_progress
from course.press.notebooks import NotebookCell
from course.press.notebooks import notebook_text as as_file

INTRODUCTION = """\
> **This is your copy.** Cells that ask for your work hold
> `raise NotImplementedError("your turn: …")`: write your lines in its place, run the cell, and run
> the check below it. The check says what your function does, and which mistake it is if it is one
> that others have made. `check(name, hint=True)` gives a hint. Until yours is right, the chapter
> goes on with the course's own version. `python -m course progress` shows how far you are.
"""
CHECK = """\
report = check({name})
{name} = report.function  # yours once it is right, the course's own until then
report"""


@dataclass(frozen=True)
class WorkCell:
    """A cell of the workbook.

    exercises : what the reader writes in it; `original` is then the cell of the chapter.
    checks : the exercise that is checked in it.
    """

    kind: str
    source: str
    exercises: tuple[Exercise, ...] = ()
    original: str | None = None
    checks: Exercise | None = None


def work_cells(chapter: Chapter, introduction: str = INTRODUCTION) -> list[WorkCell]:
    """The cells of a chapter as the reader gets them."""
    wanted = {e.name: e for e in EXERCISES if e.chapter == chapter.number}
    writes = {name: _place(chapter, e, e.function_name) for name, e in wanted.items()}
    checks = {name: _place(chapter, e, e.after or e.function_name) for name, e in wanted.items()}
    cells = (
        [WorkCell("markdown", introduction), WorkCell("code", "from course import check")]
        if wanted
        else []
    )
    for cell in chapter.cells:
        if cell.kind == "markdown":
            text = DETAILS.sub("", cell.source).strip()
            if text:
                cells.append(WorkCell("markdown", text))
            continue
        here = [wanted[name] for name, place in writes.items() if place is cell]
        source = cell.source
        for exercise in here:
            source = blank.stub(exercise, source)
        cells.append(WorkCell("code", source, tuple(here), cell.source if here else None))
        below = [wanted[name] for name, place in checks.items() if place is cell]
        cells += [WorkCell("code", CHECK.format(name=e.function_name), checks=e) for e in below]
    return cells


def _place(chapter: Chapter, exercise: Exercise, function: str) -> Cell:
    """The cell whose definition of a function of the exercise the chapter keeps: the last one."""
    found = None
    for cell in chapter.code_cells():
        if package_path(cell.source) == f"nnlib/{exercise.module_name}.py":
            if function in {d.name for d in take_apart(cell).definitions}:
                found = cell
    if found is None:
        raise chapter.cells[0].error(f"the exercise {exercise.name} is not built in this chapter")
    return found


def notebook_text(cells: list[WorkCell]) -> str:
    """The notebook's file; it remembers what it looked like when it was written."""
    written = fingerprint([cell.source for cell in cells])
    return as_file([NotebookCell(cell.kind, cell.source) for cell in cells], {"written": written})


def fingerprint(sources: list[str]) -> str:
    """A sum over the sources of a notebook's cells: it changes when a person has written."""
    return hashlib.sha256("\0".join(sources).encode()).hexdigest()


def holds_work(path: Path) -> bool:
    """True if a workbook notebook differs from what was written: then a person's work is in it."""
    try:
        notebook = read_notebook(path)
        written = notebook["metadata"]["course"]["written"]
    except (AuthorError, KeyError, TypeError):
        return True
    return bool(fingerprint([cell["source"] for cell in notebook["cells"]]) != written)


def write(book: Book, folder: Path, fresh: tuple[str, ...] = ()) -> list[str]:
    """Write every chapter into `folder` and return one sentence for each.

    A notebook that holds a person's work stays as it is, unless its chapter is named in `fresh`;
    even then a copy is kept beside it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    told = []
    wanted = {book.chapter(number).number for number in fresh}
    names = [chapter.name for chapter in book.chapters]
    for chapter in book.chapters:
        path = _place_of(folder, chapter)
        text = notebook_text([linked(cell, names) for cell in work_cells(chapter)])
        if (path.exists() or path.is_symlink()) and holds_work(path):
            if chapter.number not in wanted:
                anew = f"--fresh {chapter.number} starts it anew and keeps a copy"
                told.append(f"kept   {path.name}: it holds your work ({anew})")
                continue
            copy = _free_name(path)
            path.rename(copy)
            told.append(f"fresh  {path.name}: your work is now in {copy.name}")
        else:
            told.append(f"wrote  {path.name}")
        path.write_text(text, encoding="utf-8", newline="\n")
    start_progress(folder)
    return told


def name_of(chapter: Chapter) -> str:
    """The name of a chapter's copy: in JupyterLab its tab is told from the chapter's by it."""
    return f"my_{chapter.name}.ipynb"


def _place_of(folder: Path, chapter: Chapter) -> Path:
    """Where a chapter's copy lies: one with the chapter's own name, and work in it, stays so."""
    path, same = folder / name_of(chapter), folder / f"{chapter.name}.ipynb"
    if same.is_file() and not path.exists():
        if holds_work(same):
            return same
        same.rename(path)
    return path


def linked(cell: WorkCell, names: list[str]) -> WorkCell:
    """A cell whose links to other chapters lead to their copies."""
    if cell.kind != "markdown":
        return cell
    chapters = "|".join(map(re.escape, names))
    source = re.sub(rf"\]\((?=(?:{chapters})\.ipynb[#)])", "](my_", cell.source)
    return replace(cell, source=source)


def what_to_open(book: Book, folder: Path) -> str:
    """One sentence: the copy in which the next function is to be written."""
    states = read_progress(folder)
    left = (e.chapter for e in EXERCISES if states.get(e.name, {}).get("state") != "right")
    chapters = {chapter.number: chapter for chapter in book.chapters}
    number = next((n for n in left if n in chapters), None)
    if number is None:
        return (
            "Every function is written. `python -m course check-mine` runs nnlib's tests on them."
        )
    name = _place_of(folder, chapters[number]).name
    return f"Open {folder.name}/{name} in JupyterLab (`make lab` starts it) and write there."


def _free_name(path: Path) -> Path:
    number = 1
    while (copy := path.with_name(f"{path.stem}.kept{number}.ipynb")).exists():
        number += 1
    return copy
