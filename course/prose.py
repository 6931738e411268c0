"""Rules of the prose: equations, links, and Markdown that reads alike everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from course.book import Book, Cell
from course.errors import AuthorError

ANCHOR = re.compile(r'<a id="([^"]+)"></a>')
TAG = re.compile(r"\\tag\{([^}]*)\}")
LINK = re.compile(
    r"\]\(([^()\s<>]+)(?:\s+\"[^\"]*\")?\)|\]\(<([^>]+)>(?:\s+\"[^\"]*\")?\)"
    r"|^[ >]*\[[^]\n]+\]:\s*<?([^\s>]+)|href=\"([^\"]+)\"|src=\"([^\"]+)\"",
    re.MULTILINE,
)
PICTURE = re.compile(r"!\[\s*\][(\[]|<img\b(?![^>]*\balt=\"[^\"]*\w)")
CODE = re.compile(
    r"^[ >]*(?P<fence>```+|~~~+).*?(?:^[ >]*(?P=fence)[ ]*$|\Z)"
    r"|(?P<tick>`+)[^\n]*?(?P=tick)",
    re.DOTALL | re.MULTILINE,
)
DOLLARS = re.compile(r"\$\$.*?\$\$", re.DOTALL)
INLINE = re.compile(r"\$[^$\n]+\$")
MYST = (
    (re.compile(r"^[ >]*(?:```+|~~~+|:::+)\s*\{[^}\n]+\}", re.MULTILINE), "a MyST directive"),
    (re.compile(r"\{[A-Za-z][\w:-]*\}`[^`\n]+`"), "a MyST role"),
    (re.compile(r"^\([\w:-]+\)=\s*$", re.MULTILINE), "a MyST label"),
    (re.compile(r"\$\$[ ]*\([\w:-]+\)[ ]*$", re.MULTILINE), "a MyST equation label"),
    (re.compile(r"^%", re.MULTILINE), "a MyST comment"),
)


def without_code(text: str) -> str:
    """The prose with every code fence and code span blanked, line for line."""
    return CODE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)


def _markdown(book: Book) -> Iterator[Cell]:
    for chapter in book.chapters:
        for cell in chapter.cells:
            if cell.kind == "markdown":
                yield cell


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position)


def check_markdown(book: Book) -> Iterator[AuthorError]:
    """No MyST beyond the cells, no equation that renders differently from place to place.

    And no picture without words.
    """
    for cell in _markdown(book):
        for pattern, what in MYST:
            text = cell.source if what in ("a MyST directive", "a MyST role") else None
            for match in pattern.finditer(text or without_code(cell.source)):
                message = f"{what}, {match.group().strip()!r}: chapters use plain Markdown"
                yield cell.error(message, line=_line(cell.source, match.start()))
        prose = without_code(cell.source)
        for match in DOLLARS.finditer(prose):
            if r"\tag" in match.group() and "\\\\" in match.group():
                message = r"$$ with both \\ and \tag renders wrongly: use equation* and aligned"
                yield cell.error(message, line=_line(prose, match.start()))
        for match in PICTURE.finditer(prose):
            message = "a picture without alt text: ![what it shows](…)"
            yield cell.error(message, line=_line(prose, match.start()))
        for match in re.finditer(r"\\begin\{align\}", prose):
            message = "align without a star numbers by itself: use equation* and aligned"
            yield cell.error(message, line=_line(prose, match.start()))


def check_equations(book: Book) -> Iterator[AuthorError]:
    """Each number stands once, with its anchor on the line before; no anchor without its tag."""
    seen: dict[str, Cell] = {}
    for cell in _markdown(book):
        lines = without_code(cell.source).split("\n")
        anchored: set[int] = set()
        for number, line in enumerate(lines):
            for tag in TAG.findall(line):
                if tag in seen:
                    first = seen[tag]
                    message = f"equation ({tag}) stands already in {first.file.name}, "
                    yield cell.error(f"{message}cell {first.number}", line=number)
                seen[tag] = cell
                above = _line_above_paragraph(lines, number)
                if above is None or lines[above].strip() != f'<a id="eq-{tag}"></a>':
                    message = f'equation ({tag}) has no <a id="eq-{tag}"></a> on the line before it'
                    yield cell.error(message, line=number)
                else:
                    anchored.add(above)
        for number, line in enumerate(lines):
            for anchor in ANCHOR.findall(line):
                if anchor.startswith("eq-") and number not in anchored:
                    message = f"the anchor {anchor} has no equation with that tag below it"
                    yield cell.error(message, line=number)


def _line_above_paragraph(lines: list[str], number: int) -> int | None:
    """The last line with text above the paragraph that holds a line."""
    while number > 0 and lines[number - 1].strip() and not ANCHOR.search(lines[number - 1]):
        number -= 1
    number -= 1
    while number >= 0 and not lines[number].strip():
        number -= 1
    return number if number >= 0 else None


def check_links(book: Book) -> Iterator[AuthorError]:
    """Every link inside the repository leads to a file, and every fragment to an anchor."""
    notebooks = {f"{chapter.name}.ipynb": chapter for chapter in book.chapters}
    anchors = {
        name: {
            anchor
            for cell in chapter.cells
            if cell.kind == "markdown"
            for anchor in ANCHOR.findall(without_code(cell.source))
        }
        for name, chapter in notebooks.items()
    }
    for cell in _markdown(book):
        prose = INLINE.sub(lambda match: " " * len(match.group()), without_code(cell.source))
        for match in LINK.finditer(prose):
            target = next(group for group in match.groups() if group)
            if re.match(r"[a-z][a-z0-9+.-]*:", target):
                continue  # an address elsewhere
            file, _, fragment = target.partition("#")
            name = file or f"{cell.file.stem}.ipynb"
            line = _line(prose, match.start())
            if name in notebooks:
                if fragment and fragment not in anchors[name]:
                    message = f'the link {target} leads nowhere: no <a id="{fragment}"></a> there'
                    yield cell.error(message, line=line)
            elif not _inside(book, name) or name.endswith(".ipynb"):
                yield cell.error(f"the link {target} leads nowhere: no such file", line=line)


def _inside(book: Book, name: str) -> bool:
    """Whether a relative link leads to a file or folder of the repository."""
    path = (book.root / "notebooks" / name).resolve()
    return not name.startswith("/") and path.is_relative_to(book.root) and path.exists()
