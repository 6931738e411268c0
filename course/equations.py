r"""The table of equations: where each is stated, coded and tested, and what the document got wrong.

Nothing in it is typed. A statement is the chapter's own display with its ``\tag``; a symbol of
nnlib is one whose docstring says "equation (25)" or whose code carries the comment ``# (25)``; a
test is one marked ``@pytest.mark.equation(25)``; an erratum is an entry of appendix A, whose
heading names the equations: "### E5 · (24), (25)".
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from course.book import Book, Cell
from course.errors import AuthorError
from course.prose import TAG, without_code

COUNT = 36
APPENDIX = "A"
APPENDIX_NOTEBOOK = "A_the_document_run.ipynb"

DISPLAY = re.compile(
    r"\$\$(?P<dollars>.*?)\$\$|\\begin\{(?P<kind>equation|align)\*\}(?P<body>.*?)\\end\{(?P=kind)\*\}",
    re.DOTALL,
)
NUMBERS = r"\(\d+\)(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s+to\s+)\(\d+\))*"
MENTION = re.compile(rf"\bequations?\s+({NUMBERS})")
COMMENT = re.compile(rf"#\s*({NUMBERS})")
ENTRY = re.compile(r"^###\s+([ENS]\d+)\s+·\s+(.*)$", re.MULTILINE)
NOTE = re.compile(r"^> \*\*In the document\*\*(?:.*\n?(?:>.*\n?)*)", re.MULTILINE)
ERRATUM = re.compile(r"\b[ENS]\d{1,2}\b")
EQUATION_LINK = re.compile(r"\]\(([\w.]*)#eq-([^)\s]+)\)")


@dataclass(frozen=True)
class Place:
    """Where something stands: a name to print, its file relative to the root, and the line."""

    name: str
    file: Path
    line: int

    def error(self, message: str) -> AuthorError:
        """An error at this place."""
        return AuthorError(message, self.file, line=self.line)


@dataclass
class Equation:
    """One number of the document and everything that bears it."""

    number: int
    statement: str = ""  # LaTeX, without the tag
    stated: list[Place] = field(default_factory=list)
    coded: list[Place] = field(default_factory=list)
    tested: list[Place] = field(default_factory=list)
    errata: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether it is stated once, coded and tested."""
        return len(self.stated) == 1 and bool(self.coded) and bool(self.tested)


@dataclass
class Table:
    """The equations (1) to `count`, and what is wrong with them."""

    equations: dict[int, Equation]
    problems: list[AuthorError]

    @property
    def summary(self) -> str:
        """The last line: "36 of 36 equations stated, coded and tested"."""
        done = sum(equation.complete for equation in self.equations.values())
        return f"{done} of {len(self.equations)} equations stated, coded and tested"


def table(book: Book, count: int = COUNT) -> Table:
    """Read chapters, package and tests, and put the table together.

    Parameters
    ----------
    book : Book
        The book; `nnlib` and `tests` are read below its root, and nothing is imported or run.
    count : int, optional
        How many equations there are.

    Returns
    -------
    Table
        One entry per number; `problems` names each equation that lacks a statement, a symbol or a
        test, each number that stands twice, and each reference that points nowhere.
    """
    made = Table({n: Equation(n) for n in range(1, count + 1)}, [])
    for number, statement, place in _statements(book, made.problems):
        equation = _find(made, number, place)
        if equation:
            if equation.stated:
                first = equation.stated[0]
                message = f"equation ({number}) stands already in {first.file}, line {first.line}"
                made.problems.append(place.error(message))
            equation.stated.append(place)
            equation.statement = equation.statement or statement
    for number, place in _symbols(book.root):
        _add(made, number, place, "coded")
    for number, place in _marked_tests(book.root, made.problems):
        _add(made, number, place, "tested")
    entries = _entries(book, made)
    made.problems += _dangling(book, made, entries)
    for equation in made.equations.values():
        equation.errata.sort(key=lambda row: (row[0], int(row[1:])))
        lacks = [what for what in ("stated", "coded", "tested") if not getattr(equation, what)]
        if lacks:
            message = f"equation ({equation.number}) is not {' and not '.join(lacks)}"
            made.problems.append(AuthorError(message))
    return made


def _find(made: Table, number: int, place: Place) -> Equation | None:
    if number not in made.equations:
        message = f"there is no equation ({number}): they run from (1) to ({len(made.equations)})"
        made.problems.append(place.error(message))
    return made.equations.get(number)


def _add(made: Table, number: int, place: Place, what: str) -> None:
    equation = _find(made, number, place)
    if equation and all(place.name != other.name for other in getattr(equation, what)):
        getattr(equation, what).append(place)


def numbers(text: str) -> list[int]:
    """The numbers in a list such as "(1), (2) and (12) to (15)", ranges filled in."""
    found: list[int] = []
    for word, digits in re.findall(r"(to\s+)?\((\d+)\)", text):
        number = int(digits)
        found += range(found[-1] + 1, number + 1) if word and found else [number]
    return found


# --- the chapters --------------------------------------------------------------------------------


def _prose(book: Book) -> Iterator[tuple[Cell, str]]:
    for chapter in book.chapters:
        for cell in chapter.cells:
            if cell.kind == "markdown":
                yield cell, without_code(cell.source)


def _place(cell: Cell, text: str, position: int, name: str = "") -> Place:
    return Place(name, cell.file, cell.line + text.count("\n", 0, position))


def _statements(book: Book, problems: list[AuthorError]) -> Iterator[tuple[int, str, Place]]:
    for cell, text in _prose(book):
        for block in DISPLAY.finditer(text):
            body = block["dollars"] if block["dollars"] is not None else block["body"]
            tags = TAG.findall(body)
            rows = re.split(r"\\\\(?:\[[^]]*\])?", body) if len(tags) > 1 else [body]
            for row in rows:
                for tag in TAG.findall(row):
                    place = _place(cell, text, block.start(), f"{cell.file.stem}#eq-{tag}")
                    if not tag.isdigit():
                        message = f"the tag ({tag}) is not a number of the document"
                        problems.append(place.error(message))
                    else:
                        yield int(tag), _tidy(TAG.sub("", row)), place


def _tidy(latex: str) -> str:
    r"""A statement on one line: rows joined by ``\;;\;``, alignment signs dropped."""
    latex = re.sub(r"\\(begin|end)\{(aligned|split|gathered)\}", "", latex)
    matrices = r"(\\begin\{[bp]?matrix\}.*?\\end\{[bp]?matrix\})"
    parts = re.split(matrices, latex, flags=re.DOTALL)
    for index in range(0, len(parts), 2):  # outside matrices, where & and \\ only lay out
        part = re.sub(r"\\\\(?:\[[^]]*\])?", r" ;\\quad ", parts[index])
        parts[index] = part.replace("&", "")
    latex = " ".join("".join(parts).split())
    return latex.strip(" .,")


def _entries(book: Book, made: Table) -> set[str]:
    """The ids of appendix A; each is noted at the equations of its heading."""
    known: set[str] = set()
    for cell, text in _prose(book):
        if cell.chapter != APPENDIX:
            continue
        for match in ENTRY.finditer(text):
            row, where = match.groups()
            place = _place(cell, text, match.start(), row)
            if row in known:
                made.problems.append(place.error(f"entry {row} stands twice"))
            known.add(row)
            listed = re.fullmatch(NUMBERS, where.strip())
            for number in numbers(where) if listed else []:
                equation = _find(made, number, place)
                if equation:
                    equation.errata.append(row)
    return known


def _dangling(book: Book, made: Table, entries: set[str]) -> Iterator[AuthorError]:
    """Links to equations, and erratum ids in the notes, that lead nowhere."""
    stated = {place.name for equation in made.equations.values() for place in equation.stated}
    for cell, text in _prose(book):
        for match in EQUATION_LINK.finditer(text):
            file, number = match.groups()
            name = f"{Path(file).stem if file else cell.file.stem}#eq-{number}"
            if name not in stated:
                message = f"the link to {name} leads nowhere: that equation is not stated there"
                yield _place(cell, text, match.start()).error(message)
        for note in NOTE.finditer(text):
            for match in ERRATUM.finditer(note.group()):
                if match.group() not in entries:
                    message = f"{match.group()} leads nowhere: appendix A has no such entry"
                    yield _place(cell, text, note.start() + match.start()).error(message)


# --- the package ---------------------------------------------------------------------------------


def _symbols(root: Path) -> Iterator[tuple[int, Place]]:
    """Functions and classes of nnlib that name an equation in their docstring or at a line."""
    for path in sorted((root / "nnlib").glob("*.py")):
        source = path.read_text(encoding="utf-8")
        file = path.relative_to(root)
        comments = _comments(source)
        for name, node in _definitions(ast.parse(source), path.stem):
            docstring = ast.get_docstring(node) or ""
            for match in MENTION.finditer(docstring):
                for number in numbers(match.group(1)):
                    yield number, Place(name, file, node.lineno)
            for line, found in comments:
                if node.lineno <= line <= (node.end_lineno or node.lineno):
                    for number in found:
                        yield number, Place(name, file, line)


Definition = ast.FunctionDef | ast.ClassDef


def _definitions(tree: ast.Module, module: str) -> Iterator[tuple[str, Definition]]:
    """Functions, and classes with their methods; a nested function belongs to the outer one."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield f"{module}.{node.name}", node
        elif isinstance(node, ast.ClassDef):
            methods = [inner for inner in node.body if isinstance(inner, ast.FunctionDef)]
            yield f"{module}.{node.name}", _without(node, methods)
            for method in methods:
                yield f"{module}.{node.name}.{method.name}", method


def _without(node: ast.ClassDef, methods: list[ast.FunctionDef]) -> ast.ClassDef:
    """The head of a class, up to its first method, so that a comment counts once."""
    head = ast.copy_location(
        ast.ClassDef(node.name, node.bases, node.keywords, node.body, []), node
    )
    if methods:
        head.end_lineno = min(method.lineno for method in methods) - 1
    return head


def _comments(source: str) -> list[tuple[int, list[int]]]:
    found = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        match = COMMENT.match(token.string) if token.type == tokenize.COMMENT else None
        if match:
            found.append((token.start[0], numbers(match.group(1))))
    return found


# --- the tests -----------------------------------------------------------------------------------


def _marked_tests(root: Path, problems: list[AuthorError]) -> Iterator[tuple[int, Place]]:
    """Tests with the mark, read without importing them."""
    for path in sorted((root / "tests").rglob("test_*.py")):
        file = path.relative_to(root)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        whole = [
            mark
            for node in tree.body
            if isinstance(node, ast.Assign) and _is_name(node.targets[0], "pytestmark")
            for mark in _marks(node.value)
        ]
        yield from _tests(tree.body, file, whole, path.stem, problems)


def _tests(
    body: list[ast.stmt],
    file: Path,
    outer: list[ast.Call],
    prefix: str,
    problems: list[AuthorError],
) -> Iterator[tuple[int, Place]]:
    for node in body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef):
            continue
        own = [mark for decorator in node.decorator_list for mark in _marks(decorator)]
        name = f"{prefix}::{node.name}"
        place = Place(name, file, node.lineno)
        is_test = node.name.startswith("test" if isinstance(node, ast.FunctionDef) else "Test")
        if own and not is_test:
            problems.append(place.error(f"{node.name} is marked with an equation but is no test"))
        if isinstance(node, ast.ClassDef):
            yield from _tests(node.body, file, [*outer, *own], name, problems)
            continue
        for mark in [*outer, *own] if is_test else []:
            for argument in mark.args or [None]:
                value = argument.value if isinstance(argument, ast.Constant) else None
                if type(value) is int:
                    yield value, place
                else:
                    message = "pytest.mark.equation takes the number itself, such as equation(25)"
                    problems.append(Place(name, file, mark.lineno).error(message))


def _marks(node: ast.AST) -> list[ast.Call]:
    """The calls of pytest.mark.equation in a decorator (a `marks=` of a parameter included)."""
    return [
        inner
        for inner in ast.walk(node)
        if isinstance(inner, ast.Call)
        and isinstance(inner.func, ast.Attribute)
        and inner.func.attr == "equation"
        and ast.unparse(inner.func.value) == "pytest.mark"
    ]


def _is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


# --- print ---------------------------------------------------------------------------------------

HEAD = ("", "Statement", "Stated in", "In nnlib", "Tested by", "Errata")
NARROW = {0: 4, 2: len("Stated in"), 5: len("Errata")}  # columns, and how wide they are
SHARES = {1: 0.42, 3: 0.25, 4: 0.33}  # of the width that those leave


def plain(made: Table, width: int = 100) -> str:
    """The table for a terminal of a given width; long cells are wrapped."""
    free = max(width, 60) - sum(NARROW.values()) - 2 * (len(HEAD) - 1)
    widths = [NARROW.get(n) or int(free * SHARES[n]) for n in range(len(HEAD))]
    rule = "─" * (sum(widths) + 2 * (len(widths) - 1))
    lines = [*_wrapped(HEAD, widths), rule]
    for equation in made.equations.values():
        lines += _wrapped(
            (
                f"({equation.number})",
                readable(equation.statement) or "—",
                " ".join(map(_chapter_and_anchor, equation.stated)) or "—",
                ", ".join(place.name for place in equation.coded) or "—",
                _first_of([place.name for place in equation.tested]),
                ", ".join(equation.errata),
            ),
            widths,
        )
    return "\n".join([*lines, rule, made.summary])


def _chapter_and_anchor(place: Place) -> str:
    """As short as it can be: "04#eq-16"."""
    stem, anchor = place.name.split("#")
    return f"{stem.split('_')[0]}#{anchor}"


def _first_of(names: list[str]) -> str:
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return (names[0] + more) if names else "—"


def _wrapped(row: tuple[str, ...], widths: list[int]) -> list[str]:
    cells = []
    for text, width in zip(row, widths, strict=True):
        breakable = re.sub(r"(::|_|\.|#)(?=\w)", "\\1\u200b", text)
        cells.append(_fill(breakable, width))
    height = max(map(len, cells))
    lines = []
    for number in range(height):
        parts = [cell[number] if number < len(cell) else "" for cell in cells]
        padded = [part.ljust(width) for part, width in zip(parts, widths, strict=True)]
        lines.append("  ".join(padded).rstrip())
    return lines


def _fill(text: str, width: int) -> list[str]:
    """Lines of at most `width` characters, broken at spaces or at a zero-width space."""
    lines, line = [], ""
    for piece in re.findall(r"[^ \u200b]+[ \u200b]?| ", text):
        shown, space = piece.rstrip(" \u200b"), " " if piece.endswith(" ") else ""
        if line and len(line) + len(shown) > width:
            lines.append(line.rstrip())
            line = ""
        line += shown + space
        while len(line.rstrip()) > width:
            lines.append(line[:width])
            line = line[width:]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def markdown(made: Table, folder: str = "notebooks") -> str:
    """The table in Markdown, with links that hold from the root of the repository."""
    lines = [
        "| | Statement | Stated in | In `nnlib` | Tested by | Errata |",
        "|---|---|---|---|---|---|",
    ]
    for equation in made.equations.values():
        links = []
        for place in equation.stated:
            stem, anchor = place.name.split("#")
            links.append(f"[{stem.split('_')[0]}]({folder}/{stem}.ipynb#{anchor})")
        names = [f"`{place.name}`" for place in equation.coded]
        tests = [f"`{place.name.split('::')[-1]}`" for place in equation.tested]
        errata = [f"[{row}]({folder}/{APPENDIX_NOTEBOOK}#{row})" for row in equation.errata]
        cells = (
            f"({equation.number})",
            f"${_cell(equation.statement)}$" if equation.statement else "—",
            " ".join(links) or "—",
            ", ".join(names) or "—",
            _first_of(tests),
            ", ".join(errata),
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join([*lines, "", made.summary])


def _cell(latex: str) -> str:
    return latex.replace("|", r"\vert ")


SIGNS = {
    r"\sigma": "σ", r"\alpha": "α", r"\partial": "∂", r"\infty": "∞", r"\odot": "⊙", r"\cdot": "·",
    r"\dots": "…", r"\ldots": "…", r"\cdots": "…", r"\vdots": "⋮", r"\sum": "Σ", r"\log": "log",
    r"\lim": "lim", r"\max": "max", r"\tanh": "tanh", r"\to": "→", r"\quad": " ", r"\qquad": " ",
    r"\leftarrow": "←", r"\gets": "←", r"\mathcal": "", r"\mathrm": "", r"\operatorname": "",
    r"\text": "", r"\mathsf": "", r"\mathbb": "", r"\bigl": "", r"\bigr": "", r"\Bigl": "",
    r"\Bigr": "", r"\big": "", r"\left": "", r"\right": "", r"\times": "×", r"\in": "∈",
    r"\textstyle": "", r"\displaystyle": "",
    r"\ell": "ℓ", r"\mid": "|", r"\vert": "|", r"\prime": "′", r"\le": "≤", r"\ge": "≥",
    r"\begin{bmatrix}": "[", r"\end{bmatrix}": "]", r"\begin{pmatrix}": "(", r"\end{pmatrix}": ")",
}  # fmt: skip


def readable(latex: str) -> str:
    """A LaTeX statement as one line of plain text, near enough to recognize it by."""
    text = re.sub(r"\\hat\s*\{?y\}?", "ŷ", latex)
    group = r"\{((?:[^{}]|\{[^{}]*\})*)\}"
    while (shorter := re.sub(rf"\\[dt]?frac\s*{group}\s*{group}", _fraction, text)) != text:
        text = shorter
    text = re.sub(r"\\[dt]?frac\s*(\w)\s*(\w)", r"\1/\2", text)
    text = re.sub(r"\\(?:mathsf|top|intercal)\s*\{?T\}?", "ᵀ", text)
    for sign in sorted(SIGNS, key=len, reverse=True):
        end = r"(?![A-Za-z])" if sign[-1].isalpha() else ""
        text = re.sub(re.escape(sign) + end, SIGNS[sign], text)
    text = re.sub(r"\s*\\\\", "; ", text)  # the next row of a matrix
    text = re.sub(r"\\[,;:! ]|[&]|~", " ", text)
    text = re.sub(r"\^\s*\{?ᵀ\}?", "ᵀ", text)
    text = re.sub(r"_\{i\s*=\s*1\}\^\{?m\}?", "ᵢ", text)
    text = re.sub(r"\^\{([\[(][^{}]*[\])])\}", r"\1", text)  # z^{[1]} and z^{(i)}
    text = text.replace("{", "").replace("}", "").replace("\\", "")
    return " ".join(text.split())


def _fraction(match: re.Match[str]) -> str:
    above, below = (part.strip() for part in match.groups())
    above = f"({above})" if re.search(r"[ +]|(?<=.)-", above) else above
    below = f"({below})" if re.search(r"[ +-]", below) else below
    return f"{above}/{below}"
