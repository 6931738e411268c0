"""What is wrong with a folder of pages by itself: dead links and anchors, ids that stand twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
LOADING = ("img", "script", "link", "iframe", "source", "video", "audio", "object", "embed")


class _Reader(HTMLParser):
    """The ids of a page, where its links lead, and what it loads."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take one tag."""
        found = dict(attrs)
        if name := found.get("id"):
            self.ids[name] += 1
        if link := found.get("href") or found.get("src") or found.get("data"):
            self.links.append(link)
            if tag in LOADING:
                self.loaded.append(link)


def problems(folder: Path) -> Iterator[str]:
    """Each dead link or anchor, each id that stands twice, each file that is loaded from afar."""
    read = {path: _read(path) for path in sorted(folder.resolve().rglob("*.html"))}
    for path, page in read.items():
        name = path.relative_to(folder.resolve()).as_posix()
        yield from (f"{name}: the id {each} stands twice" for each, n in page.ids.items() if n > 1)
        for link in page.loaded:
            if link.startswith("//") or (SCHEME.match(link) and not link.startswith("data:")):
                yield f"{name}: loads {link}"
        for link in page.links:
            if link.startswith("//") or SCHEME.match(link):
                continue
            file, _, anchor = link.partition("#")
            target = (path.parent / unquote(file)).resolve() if file else path
            if not target.exists():
                yield f"{name}: {link} leads nowhere"
            elif anchor and target in read and not read[target].ids[unquote(anchor)]:
                yield f"{name}: no {anchor} in {target.name}"


def _read(path: Path) -> _Reader:
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    return reader
