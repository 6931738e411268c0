"""What must hold: each rule is a function that yields one clear error per slip.

`check` runs them all. Nothing is executed: the text and the stored notebooks are read.
"""

from __future__ import annotations

from course.book import AuthorError, Book
from course.rules.anchors import check_equations
from course.rules.cells import check_cells, check_solutions
from course.rules.minutes import check_minutes
from course.rules.names import check_names
from course.rules.notebooks import check_executed, check_figures, check_notebooks, check_predictions
from course.rules.prose import check_links, check_markdown

RULES = (
    check_cells,
    check_names,
    check_markdown,
    check_equations,
    check_links,
    check_solutions,
    check_minutes,
    check_notebooks,
    check_predictions,
    check_executed,
    check_figures,
)


def check(book: Book) -> list[AuthorError]:
    """The errors of all rules; if cells cannot be read, only those."""
    errors = list(check_cells(book))
    if errors:
        return errors
    return [error for rule in RULES[1:] for error in rule(book)]
