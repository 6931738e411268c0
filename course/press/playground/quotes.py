"""What the playground quotes: equations and prose of the chapters, lines and sentences of nnlib."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from course.book import AuthorError, Book, Cell
from course.book.markdown import headings
from course.book.modules import shown
from course.book.package import first_line
from course.book.plain import definitions_of, tree_of
from course.book.where import Found, every
from course.press.playground.mathml import mathml
from course.press.playground.subjects import SUBJECTS, Subject

MATH = re.compile(r"\$\$(.+?)\$\$|\\begin\{equation\*\}(.+?)\\end\{equation\*\}", re.DOTALL)
TAG = re.compile(r"\\tag\{[^}]*\}")
SPOKEN = {"unit", "len(costs)", "first", "last", "low", "high", "leaps", "what", "rate", "better"}
"""The names in nnlib's sentences about a run that diverged, for which the page has numbers."""


def subjects(book: Book) -> dict[str, dict[str, Any]]:
    """Every kind of number: title, text, equations, the lines of nnlib, and their chapter."""
    places = every(book)
    return {key: _subject(book, subject, places) for key, subject in SUBJECTS.items()}


def _subject(book: Book, subject: Subject, places: dict[str, Found]) -> dict[str, Any]:
    return {
        "title": subject.title,
        "text": subject.text,
        "equations": [equation(book, number) for number in subject.equations],
        **source(book, subject.name, subject.line),
        "page": page(places[subject.name]),
    }


def equation(book: Book, number: str) -> dict[str, str]:
    """A numbered equation as its chapter states it: number, MathML, chapter and section."""
    for chapter in book.chapters:
        section = ""
        for cell in chapter.cells:
            if cell.kind != "markdown":
                continue
            if cell.source.startswith(f'<a id="eq-{number}"></a>'):
                formula = MATH.search(cell.source)
                if formula is None:
                    raise cell.error(f"the playground finds no formula with the number {number}")
                latex = TAG.sub("", next(filter(None, formula.groups())))
                place = f"chapter {shown(chapter.number)}, “{section}”"
                return {"number": number, "mathml": mathml(latex), "page": place}
            for _, text, _ in headings(cell.source):
                section = text
    raise AuthorError(f"the playground quotes equation ({number}), which no chapter states")


def source(book: Book, name: str, begins: str) -> dict[str, Any]:
    """The lines of a function of nnlib as they stand in its file, and which of them is meant."""
    module, _, function = name.partition(".")
    file = f"nnlib/{module}.py"
    node = definitions_of(tree_of(book, module)).get(function)
    if node is None:
        raise AuthorError(f"the playground quotes {name}, which is not there", file)
    lines = (book.root / file).read_text(encoding="utf-8").splitlines()
    start, end = first_line(node), node.end_lineno or 0
    marked = [n for n in range(start, end + 1) if lines[n - 1].strip().startswith(begins)]
    if not marked:
        raise AuthorError(
            f"the playground looks in {name} for a line “{begins}…”", file, line=start
        )
    # the first one: where a line stands twice, as in the two passes backward, it is the same line
    return {"file": file, "first": start, "mark": marked[0], "lines": lines[start - 1 : end]}


def page(found: Found) -> str:
    """The chapter and section in which a function stands."""
    return found.lines[0].partition(": notebooks/")[0]


def sentences(book: Book) -> dict[str, list[str | list[str]]]:
    """The f-strings in which nnlib says that a run diverged, by the names that the page uses."""
    verdict = definitions_of(tree_of(book, "learning_rate"))["divergence"]
    kinds = (ast.Return, ast.Assign)
    said = [node for node in ast.walk(verdict) if isinstance(node, kinds)]
    said = [node for node in said if isinstance(node.value, ast.JoinedStr)]
    said.sort(key=lambda node: node.lineno)
    names = ("overflow", "rose", "leaps_part", "leaps")
    refusals = [
        node.exc.args[0]
        for node in ast.walk(tree_of(book, "rules_training"))
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)
    ]
    found: Sequence[ast.expr | None] = [*(node.value for node in said), *refusals]
    if len(said) != len(names) or len(refusals) != 1:
        raise AuthorError("the playground knows four sentences of divergence and one of Descends")
    return {
        name: list(_parts(string))
        for name, string in zip((*names, "refusal"), found, strict=True)
        if isinstance(string, ast.JoinedStr)
    }


def _parts(string: ast.JoinedStr) -> Iterator[str | list[str]]:
    """The texts of an f-string, and [expression, format] for what is put into it."""
    for part in string.values:
        if isinstance(part, ast.Constant):
            yield str(part.value)
        elif isinstance(part, ast.FormattedValue):
            said = ast.unparse(part.value)
            if said not in SPOKEN:
                raise AuthorError(f"the playground has no number for {{{said}}} of a sentence")
            yield [said, ast.unparse(part.format_spec)[2:-1] if part.format_spec else ""]


def hopeless(book: Book) -> str:
    """What the chapter says of runs that diverge, as HTML: the prose above the rule's code."""
    for chapter in book.chapters:
        if above := _above(chapter.cells, "def divergence("):
            return _prose(above)
    raise AuthorError("the playground finds no chapter that builds learning_rate.divergence")


def _above(cells: Sequence[Cell], definition: str) -> str:
    """The Markdown cell above the cell with a definition; an empty text if there is none."""
    before = ""
    for cell in cells:
        if cell.kind == "markdown":
            before = cell.source
        elif definition in cell.source:
            return before
    return ""


def _prose(markdown: str) -> str:
    """Markdown with formulas as HTML; its heading is left out, the panel has one."""
    reader = MarkdownIt().use(
        dollarmath_plugin,
        renderer=lambda latex, _: mathml(latex).replace(' display="block"', ""),
    )
    return str(reader.render(re.sub(r"^#+ .*$", "", markdown, flags=re.MULTILINE)))
