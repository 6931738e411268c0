"""Prose, read: the pieces of a Markdown cell, each with its line.

markdown-it does the reading, as it does for JupyterLab and for the pages of the book, so what a
rule calls a link, a formula or a piece of code is what a reader sees as one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

TAG = re.compile(r"\\tag\{([^}]*)\}")
BOXED = re.compile(r"\\begin\{equation\*\}(.*?)\\end\{equation\*\}", re.DOTALL)
DISPLAYS = ("math_block", "math_block_label", "math_inline_double", "amsmath")


@dataclass(frozen=True)
class Piece:
    """A piece of prose: the type of its token in markdown-it, its line (from 0) and its content.

    A tag of HTML is a piece of type "tag" with its name as content, text between tags in a block of
    HTML one of type "html_text", the definition of a link one of type "reference".
    """

    type: str
    line: int
    content: str = ""
    info: str = ""
    attributes: dict[str, str] = field(default_factory=dict)


@cache
def pieces(source: str) -> tuple[Piece, ...]:
    """Everything in a Markdown cell, in reading order; what stands inside a piece follows it."""
    env: dict[str, Any] = {}
    found: list[Piece] = []
    for token in _reader().parse(source, env):
        start = token.map[0] if token.map else 0
        found += _read(token, start)
        for child in token.children or []:
            at = child.meta.get("at", len(token.content))
            found += _read(child, start + token.content.count("\n", 0, at))
    for reference in [*env.get("references", {}).values(), *env.get("duplicate_refs", [])]:
        target = {"href": str(reference["href"])}
        found.append(Piece("reference", reference["map"][0], attributes=target))
    return tuple(found)


def _read(token: Token, line: int) -> Iterator[Piece]:
    attributes = {name: str(value) for name, value in token.attrs.items()}
    if "label" in token.meta:  # a link by reference leads where its definition says
        attributes["label"] = str(token.meta["label"])
    info = token.info or (token.tag if token.type == "heading_open" else "")
    if token.type == "myst_role":
        info = str(token.meta["name"])
    if token.type == "amsmath":
        info = f"{token.meta['environment']}{token.meta['numbered']}"
    yield Piece(token.type, line, token.content, info, attributes)
    if token.type in ("html_block", "html_inline"):
        yield from _Tags.of(token.content, line)


class _Tags(HTMLParser):
    """The opening tags in a piece of HTML, and the text between them."""

    def __init__(self, line: int):
        super().__init__()
        self.line = line
        self.found: list[Piece] = []

    @classmethod
    def of(cls, html: str, line: int) -> list[Piece]:
        """The tags, each on its line."""
        parser = cls(line)
        parser.feed(html)
        parser.close()
        return parser.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag with its attributes."""
        attributes = {name: value or "" for name, value in attrs}
        self.found.append(Piece("tag", self._here(), tag, attributes=attributes))

    def handle_data(self, data: str) -> None:
        """Keep the text between tags."""
        self.found.append(Piece("html_text", self._here(), data))

    def _here(self) -> int:
        return self.line + self.getpos()[0] - 1


@cache
def _reader() -> MarkdownIt:
    """Plain Markdown with tables and mathematics; what MyST adds is read to be refused."""
    reader = MarkdownIt("commonmark", {"store_labels": True}).enable("table")
    reader.use(dollarmath_plugin, allow_labels=True, double_inline=True).use(amsmath_plugin)
    reader.use(colon_fence_plugin).use(myst_block_plugin).use(myst_role_plugin)
    ruler = reader.inline.ruler
    for name, rule in zip(ruler.get_active_rules(), ruler.getRules(""), strict=True):
        ruler.at(name, _noting_place(rule))
    return reader


def _noting_place(
    rule: Callable[[StateInline, bool], bool],
) -> Callable[[StateInline, bool], bool]:
    """The rule, which also notes at which character of its paragraph it found something."""

    def noting(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        found = rule(state, silent)
        for token in state.tokens[before:]:
            token.meta.setdefault("at", start)
        return found

    return noting


def unboxed(source: str) -> str:
    """The text with each ``equation*`` between dollars: what nbconvert reads as one formula."""
    return BOXED.sub(r"$$\1$$", source)


def links(source: str) -> Iterator[tuple[str, int]]:
    """Where links and pictures lead, and their lines; a definition counts, not its uses."""
    for piece in pieces(source):
        for name in ("href", "src"):
            if name in piece.attributes and "label" not in piece.attributes:
                yield unquote(piece.attributes[name]), piece.line


def anchors(source: str) -> Iterator[tuple[str, int]]:
    """The ids of ``<a id="…"></a>``, and their lines."""
    for piece in pieces(source):
        if piece.type == "tag" and piece.content == "a" and "id" in piece.attributes:
            yield piece.attributes["id"], piece.line


def tags(source: str) -> Iterator[tuple[str, int, int]]:
    r"""What each ``\tag`` holds, its line, and the line on which its paragraph begins."""
    for piece in pieces(source):
        if piece.type in (*DISPLAYS, "math_inline", "text"):
            for match in TAG.finditer(piece.content):
                line = piece.line + piece.content.count("\n", 0, match.start())
                yield match.group(1), line, piece.line


def headings(source: str) -> Iterator[tuple[str, str, int]]:
    """Level ("h2"), text and line of every heading."""
    level = ""
    for piece in pieces(source):
        if piece.type == "heading_open":
            level = piece.info
        elif piece.type == "inline" and level:
            yield level, piece.content, piece.line
            level = ""


@dataclass(frozen=True)
class Block:
    """A block of a Markdown cell: a paragraph, a list, a table, a formula, something folded."""

    kind: str  # the token's type in markdown-it without "_open", or "display", "details"
    text: str  # as it is written
    level: str = ""  # of a heading: "h2"


def blocks(source: str) -> Iterator[Block]:
    """The blocks of a cell, in reading order; what is folded is one block."""
    lines = source.split("\n")
    tokens = [
        token
        for token in _reader().parse(source, {})
        if token.level == 0 and token.map and token.nesting >= 0
    ]
    folded: list[int] = []  # where the open <details> begins
    for token in tokens:
        start, end = token.map or (0, 0)
        if token.type == "amsmath":  # its last line is not counted
            end = next(n for n in range(start, len(lines)) if r"\end{" in lines[n]) + 1
            end = max(end, (token.map or (0, 0))[1] + 1)
        text = "\n".join(lines[start:end]).strip()
        if token.type == "html_block" and text.startswith("<details") and not folded:
            folded.append(start)
        if folded:
            if "</details>" in text:
                yield Block("details", "\n".join(lines[folded.pop() : end]).strip())
            continue
        kind = token.type.removesuffix("_open")
        formula = text.startswith("$$") and text.endswith("$$") and text.count("$$") == 2
        if kind in DISPLAYS or formula:
            kind = "display"
        yield Block(kind, text, token.tag if kind == "heading" else "")
