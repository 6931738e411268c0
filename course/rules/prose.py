"""Rules of the prose: links that lead somewhere, and Markdown that reads alike everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from course.book import AuthorError, Book
from course.book.markdown import DISPLAYS, Piece, anchors, links, pieces

MARKDOWN = re.compile(r"\]\(|\\tag\{|\\begin\{|\}`")
LABEL = re.compile(r" *\([\w:-]+\) *$")
CELL = "cell-id="
"""How a fragment begins that names a cell. JupyterLab finds a cell of another notebook at the first
click, an anchor in it only once it is drawn."""


def check_markdown(book: Book) -> Iterator[AuthorError]:
    """No MyST beyond the cells, no equation that renders differently from place to place.

    And no picture without words.
    """
    for cell in book.markdown_cells():
        every = pieces(cell.source)
        for piece, following in zip(every, [*every[1:], Piece("end", 0)], strict=True):
            for message in (*_myst(piece, following), *_equation(piece), *_picture(piece)):
                yield cell.error(message, line=piece.line)
            if piece.type == "html_text" and (found := MARKDOWN.search(piece.content)):
                line = piece.line + piece.content.count("\n", 0, found.start())
                message = "Markdown inside HTML is not read: put a blank line between them"
                yield cell.error(message, line=line)


def _myst(piece: Piece, following: Piece) -> Iterator[str]:
    """What JupyterLab and a code host would print as it stands."""
    found = None
    match piece.type:
        case "fence" if piece.info.lstrip().startswith("{"):
            found = "a MyST directive", f"```{piece.info.strip()}"
        case "colon_fence":
            found = "a MyST directive", f":::{piece.info.strip()}"
        case "myst_role":
            found = "a MyST role", f"{{{piece.info}}}`{piece.content}`"
        case "myst_target":
            found = "a MyST label", f"({piece.content})="
        case "myst_line_comment":
            found = "a MyST comment", f"%{piece.content}"
        case "math_block_label":
            found = "a MyST equation label", f"({piece.info})"
        case "math_inline_double" if following.type == "text" and LABEL.match(following.content):
            found = "a MyST equation label", following.content.strip()
    if found:
        what, text = found
        yield f"{what}, {text!r}: chapters use plain Markdown"


def _equation(piece: Piece) -> Iterator[str]:
    r"""Displays that do not look the same everywhere."""
    if piece.type in DISPLAYS[:-1] and r"\tag" in piece.content and r"\\" in piece.content:
        yield r"$$ with both \\ and \tag renders wrongly: use equation* and aligned"
    numbered = piece.type in (*DISPLAYS, "math_inline", "text")
    if numbered and r"\begin{align}" in piece.content:
        yield "align without a star numbers by itself: use equation* and aligned"


def _picture(piece: Piece) -> Iterator[str]:
    silent = piece.type == "image" and not piece.content.strip()
    if piece.type == "tag" and piece.content == "img":
        silent = not re.search(r"\w", piece.attributes.get("alt", ""))
    if silent:
        yield "a picture without alt text: ![what it shows](…)"


def check_links(book: Book) -> Iterator[AuthorError]:
    """Every link inside the repository leads to a file, and every fragment to an anchor."""
    notebooks = {f"{chapter.name}.ipynb": chapter for chapter in book.chapters}
    known = {
        name: {
            anchor: line == 0
            for cell in chapter.cells
            if cell.kind == "markdown"
            for anchor, line in anchors(cell.source)
        }
        for name, chapter in notebooks.items()
    }
    for cell in book.markdown_cells():
        for target, line in links(cell.source):
            if re.match(r"[a-z][a-z0-9+.-]*:", target):
                continue  # an address elsewhere
            file, _, fragment = target.partition("#")
            name = file or f"{cell.file.stem}.ipynb"
            if name in notebooks:
                if message := _astray(file, fragment, known[name]):
                    yield cell.error(f"the link {target} {message}", line=line)
            elif not _inside(book, name) or name.endswith(".ipynb"):
                yield cell.error(f"the link {target} leads nowhere: no such file", line=line)


def _astray(file: str, fragment: str, known: dict[str, bool]) -> str | None:
    """Where a link to a chapter leads wrongly; known anchors say whether they begin a cell."""
    anchor = fragment.removeprefix(CELL)
    if not anchor:
        return None
    if anchor not in known:
        return f'leads nowhere: no <a id="{anchor}"></a> there'
    if not file:
        return None if anchor == fragment else f"leads nowhere: within a chapter write #{anchor}"
    if anchor == fragment:
        return f"lands at the top of the chapter: write {file}#{CELL}{anchor}"
    return None if known[anchor] else f"leads nowhere: the anchor {anchor} begins no cell there"


def _inside(book: Book, name: str) -> bool:
    """Whether a relative link leads to a file or folder of the repository."""
    path = (book.root / "notebooks" / name).resolve()
    return not name.startswith("/") and path.is_relative_to(book.root) and path.exists()
