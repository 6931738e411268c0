"""From cells and Markdown to HTML: one renderer for every page."""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from course.book.markdown import unboxed
from course.press.notebooks import notebook_of

TEMPLATES = Path(__file__).parent / "templates"
EMPTY_ANCHOR = re.compile(r'(?:<p>)?<a id="([\w-]+)"></a>(?:</p>)?')
PILCROW = re.compile(r'<a class="anchor-link" href="[^"]*">¶</a>')
EMPTY_HEAD = re.compile(r"<th[^>]*>\s*</th>")
PIECES = re.compile(r"(<pre\b.*?</pre>|<code\b.*?</code>|<[^>]*>)", re.DOTALL)
"""What is no text: tags, and code with what stands in it."""
TOUCHED = re.compile(
    r"\$\$.*?\$\$|\\begin\{(\w+\*?)\}.*?\\end\{\1\}"
    r"|(?P<before>\(?)\$[^$]+\$(?P<after>[).,;:?!]*)",
    re.DOTALL,
)
HEADING = re.compile(r'<h([1-6]) id="([^"]*)">')


@cache
def _exporter() -> Any:
    from nbconvert import HTMLExporter

    return HTMLExporter(template_name="course_body", extra_template_basedirs=[str(TEMPLATES)])


def cells(found: list[dict[str, Any]]) -> str:
    """The body of a notebook's cells."""
    import nbformat

    made = [_plain(cell, number) for number, cell in enumerate(found)]
    notebook = notebook_of(made)
    body, _ = _exporter().from_notebook_node(nbformat.from_dict(notebook))
    return finished(str(body))


def markdown(text: str) -> str:
    """The body of a text."""
    return cells([{"cell_type": "markdown", "metadata": {}, "source": text, "id": "text"}])


def finished(body: str) -> str:
    """Anchors that a keyboard does not stop at, headings to link to, no empty head of a column."""
    body = EMPTY_ANCHOR.sub(r'<span class="anchor" id="\1"></span>', body)
    pieces = PIECES.split(body)
    pieces[::2] = [TOUCHED.sub(_whole, text) for text in pieces[::2]]
    body = "".join(pieces)
    body = EMPTY_HEAD.sub("<td></td>", PILCROW.sub("", body))
    return HEADING.sub(lambda m: f'<h{m[1]} id="{slug(m[2])}">', body)


def _whole(match: re.Match[str]) -> str:
    """A formula with the bracket before it and the full stop after it, on one line."""
    if not (match["before"] or match["after"]):
        return match[0]
    return f'<span class="whole">{match[0]}</span>'


def slug(anchor: str) -> str:
    """A heading's anchor, as it stands in addresses: letters, digits, points and strokes."""
    return re.sub(r"[^\w.]+", "-", html.unescape(unquote(anchor)).lower()).strip("-")


def _plain(cell: dict[str, Any], number: int) -> dict[str, Any]:
    made = {**cell, "id": cell.get("id", f"cell-{number}")}
    if cell["cell_type"] == "markdown":
        made["source"] = unboxed(cell["source"])
    return made
