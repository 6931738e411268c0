"""Put the site together: its pages, what stands around each of them, and the files beside them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from course.book import Book
from course.moving import frames
from course.quizzes import page as quiz_page
from course.site import pages, search
from course.site.front import TITLE
from course.site.page import Page, sections
from course.site.shells import filled
from course.vendor import MATHJAX, unpacked
from nnlib import __version__

HERE = Path(__file__).parent
GROUPS = (("", "The book"), ("nnlib", "The library"), ("more", "More"))
TABLE = re.compile(r"(<table\b.*?</table>)", re.DOTALL)
SCROLLING = r'<div class="scroll" role="group" aria-label="Table">\1</div>'


@dataclass(frozen=True)
class Extra:
    """A file that stands by itself, such as the playground, and where it comes from.

    One without a source is put there later.
    """

    name: str
    title: str
    source: Path | None = None


@dataclass(frozen=True)
class Contents:
    """The table of contents, and the order in which one turns the pages."""

    groups: Sequence[tuple[str, Sequence[Page]]]
    chapters: Sequence[Page]
    extra: Sequence[Extra]

    def neighbour(self, page: Page, step: int) -> Page | None:
        """The chapter before or after one."""
        if page not in self.chapters:
            return None
        place = self.chapters.index(page) + step
        return self.chapters[place] if 0 <= place < len(self.chapters) else None


@dataclass(frozen=True)
class Site:
    """A site that is written: its pages, and where each of them can be written anew."""

    folder: Path
    pages: Sequence[Page]
    contents: Contents

    def put(self, page: Page) -> None:
        """Write one page."""
        path = self.folder / page.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(around(page, self.contents), encoding="utf-8")
        for name, content in page.pictures.items():
            (self.folder / "files" / "figures" / name).write_bytes(content)


def write(book: Book, folder: Path, extra: Sequence[Extra] = (), more: Sequence[Page] = ()) -> Site:
    """Write the whole site into a folder, which is emptied first.

    Parameters
    ----------
    book : Book
        The book; its chapters are woven.
    folder : Path
        Where the site goes.
    extra : sequence of Extra
        Pages that are made elsewhere, whole.
    more : sequence of Page
        Pages that are not made from the book.
    """
    shutil.rmtree(folder, ignore_errors=True)
    files = folder / "files"
    (files / "figures").mkdir(parents=True)
    made = [*pages.every(book), *more]
    site = Site(folder, made, _contents(book, made, extra))
    for page in made:
        site.put(page)
    for each in extra:
        if each.source:
            shutil.copy(each.source, folder / each.name)
    bring(book, files)
    (files / "search.js").write_text(search.index(made), encoding="utf-8")
    return site


def _contents(book: Book, made: Sequence[Page], extra: Sequence[Extra]) -> Contents:
    names = {f"{chapter.name}.html" for chapter in book.chapters}
    chapters = [page for page in made if page.name in names]
    groups = [
        (label, chapters if not group else [page for page in made if page.group == group])
        for group, label in GROUPS
    ]
    return Contents(groups, chapters, extra)


def around(page: Page, contents: Contents) -> str:
    """A page, whole: its head, the contents, its body, the chapters before and after it."""
    here = sections(page) if page in contents.chapters else []
    return filled(
        "page",
        page=page,
        site=TITLE,
        version=__version__,
        contents=contents,
        here=[each for each in here if each.level == 2],
        before=contents.neighbour(page, -1),
        after=contents.neighbour(page, 1),
        body=TABLE.sub(SCROLLING, page.body),
    )


def bring(book: Book, files: Path) -> None:
    """The files that pages use: style, script, formulas, pictures."""
    for name in ("book.css", "book.js"):
        shutil.copy(HERE / "assets" / name, files / name)
    for script in (frames.SCRIPT, quiz_page.SCRIPT):  # sliders that move, quizzes that answer
        shutil.copy(script, files / script.name)
    mathjax = unpacked(MATHJAX)
    shutil.copy(mathjax / "es5" / "tex-svg.js", files / "tex-svg.js")
    shutil.copy(mathjax / "LICENSE", files / "LICENSE-mathjax")
    for picture in sorted((book.root / "docs").glob("*.png")):
        shutil.copy(picture, files / picture.name)
