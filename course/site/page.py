"""A page of the site: its name, title and body, and what a reader can search it for."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

HEADING = re.compile(r'<h([1-6]) id="([^"]*)"[^>]*>(.*?)</h\1>', re.DOTALL)
TAGS = re.compile(r"<[^>]+>")
FORMULA = re.compile(r"\$[^$]+\$|\\begin\{")
CODE = re.compile(r"<(pre|code)\b.*?</\1>", re.DOTALL)


@dataclass(frozen=True)
class Page:
    """A page, without what stands around each of them."""

    name: str  # its file, below the root of the site
    title: str
    body: str = field(repr=False)
    group: str = ""  # the part of the table of contents that it stands in
    about: str = ""  # one sentence, for a search engine and for the list of results
    pictures: Mapping[str, bytes] = field(repr=False, default_factory=dict)

    @property
    def math(self) -> bool:
        """Whether it has formulas to set."""
        return bool(FORMULA.search(TAGS.sub("", CODE.sub("", self.body))))

    @property
    def up(self) -> str:
        """The way from here to the root: "" or "../"."""
        return "../" * self.name.count("/")


@dataclass(frozen=True)
class Section:
    """What stands below a heading of a page."""

    level: int
    anchor: str
    title: str
    text: str = field(repr=False, default="")


def sections(page: Page) -> list[Section]:
    """The sections of a page, with their plain text."""
    found = list(HEADING.finditer(page.body))
    ends = [match.start() for match in found[1:]] + [len(page.body)]
    return [
        Section(int(m[1]), m[2], plain(m[3]), plain(page.body[m.end() : end]))
        for m, end in zip(found, ends, strict=True)
    ]


def plain(text: str) -> str:
    """The text of a piece of HTML."""
    text = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", text, flags=re.DOTALL)
    return " ".join(html.unescape(TAGS.sub(" ", text)).replace("¶", " ").split())
