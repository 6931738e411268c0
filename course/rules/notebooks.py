"""Rules of the stored notebooks: what the text weaves, run in order, with words for figures."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import Any

from course.book import AuthorError, Book, Chapter
from course.book.folds import fold_of, predictions
from course.book.stored import mended_by_weaving, read_notebook
from course.figures import bundle

FOLD = ("collapsed", "jupyter")
"""Where a notebook says what is folded."""


def check_notebooks(book: Book) -> Iterator[AuthorError]:
    """Each text has its notebook, cell for cell; each notebook has its text."""
    names = {chapter.notebook.name for chapter in book.chapters}
    for path in sorted((book.root / "notebooks").glob("*.ipynb")):
        if path.name not in names:
            message = "no text in notebooks/text weaves this notebook"
            yield AuthorError(message, file=path.relative_to(book.root))
    for chapter in book.chapters:
        if not chapter.notebook.is_file():
            yield AuthorError(f"not woven yet; {_mend(chapter)}", file=chapter.file)
        elif error := _difference(chapter):
            yield error


def _mend(chapter: Chapter) -> str:
    return mended_by_weaving(chapter.number)


def _difference(chapter: Chapter) -> AuthorError | None:
    """The first cell in which text and notebook differ."""
    try:
        stored = read_notebook(chapter.notebook, _mend(chapter))["cells"]
    except AuthorError as error:
        return error
    message = f"text and notebook differ here; {_mend(chapter)}"
    for cell, other in zip(chapter.cells, stored, strict=False):
        tags = tuple(other["metadata"].get("tags", ()))
        if (cell.kind, cell.source, cell.tags) != (other["cell_type"], other["source"], tags):
            return cell.error(message)
        fold = {key: other["metadata"][key] for key in FOLD if key in other["metadata"]}
        if fold != fold_of(cell.tags):
            return cell.error(message)
    if len(stored) != len(chapter.cells):
        message = f"the text has {len(chapter.cells)} cells, the notebook {len(stored)}; "
        return AuthorError(message + _mend(chapter), file=chapter.file)
    return None


def _stored_code(book: Book) -> Iterator[tuple[Chapter, int, dict[str, Any]]]:
    """Chapter, cell number and stored cell of every code cell of the woven chapters."""
    for chapter in book.chapters:
        if not chapter.notebook.is_file():
            continue
        try:
            stored = read_notebook(chapter.notebook)["cells"]
        except AuthorError:
            continue  # `check_notebooks` says so
        for number, cell in enumerate(stored, start=1):
            if cell["cell_type"] == "code":
                yield chapter, number, cell


def _in_notebook(chapter: Chapter, number: int, message: str) -> AuthorError:
    """An error at a cell of a notebook, with the line of the text where that cell stands."""
    line = chapter.cells[number - 1].line if number <= len(chapter.cells) else None
    return AuthorError(message, chapter.file, number, line)


def check_executed(book: Book) -> Iterator[AuthorError]:
    """Every code cell of a stored notebook has been executed, in order, without a gap."""
    expected: dict[str, int] = {}
    for chapter, number, cell in _stored_code(book):
        count = expected[chapter.name] = expected.get(chapter.name, 0) + 1
        if cell["execution_count"] is None:
            message = f"this cell of the notebook was never executed; {_mend(chapter)}"
            yield _in_notebook(chapter, number, message)
        elif cell["execution_count"] != count:
            message = f"executed as [{cell['execution_count']}], wanted [{count}]; {_mend(chapter)}"
            yield _in_notebook(chapter, number, message)


def check_predictions(book: Book) -> Iterator[AuthorError]:
    """A prediction that is to be run has cells that answer it, and they show something."""
    shown = {
        (chapter.name, number): bool(cell["outputs"])
        for chapter, number, cell in _stored_code(book)
    }
    for chapter in book.chapters:
        for prompt, answers in predictions(chapter.cells):
            if prompt.run and not answers:
                message = (
                    f"no cell answers “{prompt.words}” before the next heading or folded answer"
                )
                yield prompt.cell.error(message, line=prompt.line)
            elif answers and not any(shown.get((chapter.name, a.number), True) for a in answers):
                yield answers[0].error("the cell answers a prediction and shows nothing")


def _moves(page: str, first: str) -> bool:
    """Whether these are the frames of a figure that moves: this first, and each with its words."""
    pictures = re.findall(r"<img [^>]*>", page)
    alts = [re.match(r'<img alt="([^"]+[.!?])" ', picture) for picture in pictures]
    return (
        page.startswith('<figure class="course-moving"') and pictures[:1] == [first] and all(alts)
    )


def check_figures(book: Book) -> Iterator[AuthorError]:
    """Every stored picture came from `show`: in each form, with one alt text and its true size."""
    for chapter, number, cell in _stored_code(book):
        for output in cell["outputs"]:
            data, metadata = output.get("data", {}), output.get("metadata", {})
            for kind in data:
                if not kind.startswith("image/"):
                    continue
                alt = metadata.get(kind, {}).get("alt", "")
                if not alt.strip():
                    message = 'a figure without alt text: show(fig, alt="…")'
                    yield _in_notebook(chapter, number, message)
                elif kind == "image/png":
                    wanted = bundle(base64.b64decode(data[kind]), alt)
                    if _moves(data.get("text/html", ""), wanted["text/html"]):
                        wanted |= {"text/html": data["text/html"]}
                    if wanted != data | {kind: data[kind].strip()}:
                        message = f"the picture is not what its text says; {_mend(chapter)}"
                        yield _in_notebook(chapter, number, message)
