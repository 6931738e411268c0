"""Check the whole site: each page once in a browser, and again only when it has changed."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from queue import SimpleQueue
from threading import Event

from course.site import audit
from course.site.conformance import NAME
from course.vendor import AXE

BESIDE = ("files/book.css", "files/book.js", "files/moving.js", "files/quiz.js")
BROWSERS = min(4, os.cpu_count() or 1)
MAIN = re.compile(r"<main\b.*</main>", re.DOTALL)
TEMPLATE = Path(__file__).parent / "templates" / "page.html.j2"


def names(folder: Path) -> list[str]:
    """The pages of a folder, those at its root first; without the one computed from them."""
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
    return sorted(found - {NAME}, key=lambda name: (name.count("/"), name))


def checked(
    folder: Path, store: Path, wanted: Sequence[str] = (), tell: Callable[[str], None] = print
) -> list[audit.Found]:
    """What is found on each page; a page that is as it was when it was last opened is not opened.

    Parameters
    ----------
    folder : Path
        The site.
    store : Path
        The file in which the results are kept.
    wanted : sequence of str, optional
        These pages alone.
    tell : callable, optional
        Is told a line for each page that is opened.
    """
    kept = json.loads(store.read_text(encoding="utf-8")) if store.is_file() else {}
    pages = list(wanted) or names(folder)
    digests = {name: _digest(folder, name) for name in pages}
    new = [name for name in pages if kept.get(name, {}).get("digest") != digests[name]]
    for number, found in enumerate(_opened(folder, new), start=1):
        kept[found.page] = {"digest": digests[found.page], "found": asdict(found)}
        store.parent.mkdir(parents=True, exist_ok=True)
        store.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        tell(f"{number} of {len(new)}: {found.page}")
        for line in found.wrong:
            tell(f"  {line}")
    return [audit.Found(**kept[name]["found"]) for name in pages]


def known(folder: Path, store: Path) -> tuple[list[audit.Found], int]:
    """What is known without opening a page, and how many pages nothing is known of."""
    kept = json.loads(store.read_text(encoding="utf-8")) if store.is_file() else {}
    pages = names(folder)
    same = [name for name in pages if kept.get(name, {}).get("digest") == _digest(folder, name)]
    return [audit.Found(**kept[name]["found"]) for name in same], len(pages) - len(same)


def _opened(folder: Path, pages: Sequence[str]) -> Iterator[audit.Found]:
    """What is found on each page, in whatever order: a browser for each core opens its share."""
    shares = [pages[k::BROWSERS] for k in range(min(BROWSERS, len(pages)))]
    found: SimpleQueue[audit.Found | BaseException] = SimpleQueue()
    stop = Event()

    def open_all(share: Sequence[str]) -> None:
        try:
            for one in audit.audit(folder, share):
                found.put(one)
                if stop.is_set():
                    return
        except BaseException as error:  # told where the pages are waited for
            found.put(error)

    with ThreadPoolExecutor(max(1, len(shares))) as pool:
        for share in shares:
            pool.submit(open_all, share)
        try:
            for _ in pages:
                one = found.get()
                if isinstance(one, BaseException):
                    raise one
                yield one
        finally:
            stop.set()


def _digest(folder: Path, name: str) -> str:
    """Of what a page shows: its own part, and the files that all pages use."""
    text = (folder / name).read_text(encoding="utf-8")
    main = MAIN.search(text) if name != "index.html" else None
    made = hashlib.sha256((main[0] if main else text).encode())
    beside = [folder / file for file in BESIDE]
    for path in (*beside, TEMPLATE, audit.SCRIPT):
        made.update(path.read_bytes() if path.is_file() else b"")
    made.update(f"{AXE.version} {audit.RULES} {audit.COLOURS}".encode())
    return made.hexdigest()
