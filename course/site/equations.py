"""The table of equations as a page, and the tests that prove them on another."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping

from course.book import Book
from course.rules import equations as rules
from course.rules.traces import Place
from course.site import links, render
from course.site.page import Page
from course.site.shells import filled

APPENDIX = "A_the_document_run.html"
ABOUT = "Each test that is marked with an equation, in full. `make test` runs them with all others."


def stated(table: rules.Table) -> Mapping[int, str]:
    """The page and anchor that states each equation."""
    return {
        number: links.target(each.stated[0].name.replace("#", ".ipynb#"))
        for number, each in table.equations.items()
        if each.stated
    }


def pages(
    book: Book, table: rules.Table, titles: Mapping[str, str], known: set[str]
) -> Iterator[Page]:
    """The page of the table, and that of the tests.

    Parameters
    ----------
    book : Book
        The book.
    table : Table
        Its equations.
    titles : mapping of str to str
        The titles of the chapters, by name.
    known : set of str
        The names that the reference has.
    """
    rows = [_row(each, titles, known) for each in table.equations.values()]
    body = filled("equations", rows=rows, summary=table.summary, appendix=APPENDIX)
    yield Page("equations.html", "The table of equations", body, "more")
    yield _tests(book, table)


def _row(each: rules.Equation, titles: Mapping[str, str], known: set[str]) -> dict[str, object]:
    return {
        "number": each.number,
        "statement": each.statement,
        "stated": [_page(place, titles) for place in each.stated],
        "coded": [_code(place.name, known) for place in each.coded],
        "tested": [(place.name.split("::")[-1], anchor(place)) for place in each.tested],
        "errata": each.errata,
    }


def _page(place: Place, titles: Mapping[str, str]) -> tuple[str, str]:
    stem, name = place.name.split("#")
    return titles[stem], f"{stem}.html#{name}"


def _code(name: str, known: set[str]) -> tuple[str, str]:
    module, _, function = name.partition(".")
    found = ".".join([module, *function.split(".")[:1]])
    return name, f"nnlib/{module}.html#{function.split('.')[0]}" if found in known else ""


def anchor(place: Place) -> str:
    """Where a test stands on its page: its file and its name."""
    file, name = place.name.split("::", 1)
    return re.sub(r"\W+", "-", f"{file.rsplit('/', 1)[-1].removesuffix('.py')}-{name}").lower()


def _tests(book: Book, table: rules.Table) -> Page:
    parts = ["# The tests of the equations", ABOUT]
    numbers: dict[str, list[int]] = {}
    places = {}
    for each in table.equations.values():
        for place in each.tested:
            numbers.setdefault(place.name, []).append(each.number)
            places[place.name] = place
    for name, place in places.items():
        proved = ", ".join(f"({number})" for number in numbers[name])
        parts += [
            f'<a id="{anchor(place)}"></a>\n\n## `{name.split("::")[-1]}`',
            f"Proves {proved}; in `{place.file}`.",
            f"```python\n{_source(book, place)}\n```",
        ]
    body = render.markdown("\n\n".join(parts))
    return Page("tests.html", "The tests of the equations", body)


def _source(book: Book, place: Place) -> str:
    """The text of the test that stands at a place, with its marks."""
    text = (book.root / str(place.file)).read_text(encoding="utf-8")
    name = place.name.split("::")[-1]
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
            first = min([node.lineno, *(mark.lineno for mark in node.decorator_list)])
            return "\n".join(text.split("\n")[first - 1 : node.end_lineno])
    return ""
