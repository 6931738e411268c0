"""Put the site together: its pages, what stands around each of them, and the files beside them."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

from course.book import Book, Chapter
from course.book.stored import mended_by_weaving, read_notebook
from course.rules import equation_table, equations
from course.site import links, mistakes, reference, render, search
from course.site.page import Page, sections
from course.vendor import MATHJAX, unpacked

HERE = Path(__file__).parent
TITLE = "A neural network from scratch, in NumPy"
GROUPS = (("", "The book"), ("nnlib", "The library"), ("mistakes", "Mistakes"), ("more", "More"))


def write(book: Book, folder: Path, extra: Sequence[tuple[str, str, Path]] = ()) -> list[Page]:
    """Write the whole site into a folder, which is emptied first.

    Parameters
    ----------
    book : Book
        The book; its chapters are woven.
    folder : Path
        Where the site goes.
    extra : sequence of (name, title, path)
        Pages that are made elsewhere and stand by themselves, such as the playground.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    made = list(pages(book))
    contents = [page for page in made if page.group != "" or page.name in _chapters(book)]
    outside = [(name, title) for name, title, _ in extra]
    order = [page for page in made if page.name in _chapters(book)]
    for page in made:
        path = folder / page.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_around(page, contents, order, outside), encoding="utf-8")
    for name, _, source in extra:
        shutil.copy(source, folder / name)
    _files(book, folder)
    (folder / "files" / "search.js").write_text(search.index(made), encoding="utf-8")
    return made


def _chapters(book: Book) -> dict[str, Chapter]:
    return {f"{chapter.name}.html": chapter for chapter in book.chapters}


def pages(book: Book) -> Iterator[Page]:
    """Every page of the site, without what stands around it."""
    table = equations.table(book)
    yield from front(book)
    for chapter in book.chapters:
        yield chapter_page(chapter)
    yield _equations(table)
    yield from _led(reference.pages(book))
    stated = {
        number: links.target(each.stated[0].name.replace("#", ".ipynb#"), "")
        for number, each in table.equations.items()
        if each.stated
    }
    yield from mistakes.pages(stated)
    yield _text(book, "data/README.md", "data.html", "The photographs and their card")
    yield _text(book, "docs/instructors.md", "instructors.html", "The instructor's guide")
    yield _text(book, "CONTRIBUTING.md", "contributing.html", "How the book is made")
    yield _licences(book)


def _led(found: Iterator[Page]) -> Iterator[Page]:
    yield from found


def front(book: Book) -> Iterator[Page]:
    """The first page, and the page on the ways to work: both from README."""
    text = (book.root / "README.md").read_text(encoding="utf-8")
    parts = re.split(r"(?m)^(?=## )", text)
    first = [part for part in parts if part.startswith(("# ", "## For whom", "## The map"))]
    rest = [part for part in parts if part not in first]
    body = links.led(render.markdown("".join(first)))
    body = re.sub(r'href="#((?!the-map|for-whom)[^"]*)"', r'href="start.html#\1"', body)
    body += (
        '<p class="ways"><a class="button" href="00_start_here.html">Read: begin with chapter 0</a> '
        '<a class="button" href="start.html">Work: on your own machine</a></p>'
    )
    yield Page("index.html", TITLE, body, "front", "A course that builds a neural network.")
    start = "# Start\n\n" + "".join(rest)
    yield Page("start.html", "Start: the ways to work", links.led(render.markdown(start)), "more")


def chapter_page(chapter: Chapter) -> Page:
    """A woven chapter as a page."""
    stored = read_notebook(chapter.notebook, mended_by_weaving(chapter.number))
    body = links.led(render.cells(stored["cells"]))
    body = PACKAGE.sub(_to_reference, body)
    first = next(cell["source"] for cell in stored["cells"] if cell["cell_type"] == "markdown")
    title = first.split("\n", 1)[0].lstrip("# ")
    about = " ".join(first.split("\n\n")[1].split()) if "\n\n" in first else ""
    return Page(f"{chapter.name}.html", title, body, "", re.sub(r"[*`$\[\]]|\(\S+\)", "", about))


PACKAGE = re.compile(
    r'(<div class="input">\s*<div class="highlight[^"]*"><pre><span></span><span class="c1"># nnlib/(\w+)\.py</span>)'
)


def _to_reference(match: re.Match[str]) -> str:
    return f'<p class="kept">kept in <a href="nnlib/{match[2]}.html">nnlib.{match[2]}</a></p>{match[1]}'


def _equations(table: equations.Table) -> Page:
    text = "# The table of equations\n\nWhere each equation of the document is stated, coded and tested; "
    text += "computed from the chapters, the package and the tests.\n\n" + equation_table.markdown(
        table
    )
    body = links.led(render.markdown(text))
    body = re.sub(r"<code>(\w+)\.(\w+)((?:\.\w+)?)</code>", _code_link, body)
    return Page("equations.html", "The table of equations", body, "more")


def _code_link(match: re.Match[str]) -> str:
    module, name = match[1], match[2]
    known = {*reference.PLAIN, *_woven()}
    if module not in known:
        return match[0]
    return f'<a href="nnlib/{module}.html#{name.lower()}">{match[0]}</a>'


@cache
def _woven() -> tuple[str, ...]:
    from course.book.modules import MODULES

    return MODULES.woven


def _text(book: Book, source: str, name: str, title: str) -> Page:
    text = (book.root / source).read_text(encoding="utf-8")
    return Page(name, title, links.led(render.markdown(text)), "more")


def _licences(book: Book) -> Page:
    text = "# Licences\n\n" + "".join(
        f"## {name}\n\n```text\n{(book.root / name).read_text(encoding='utf-8')}\n```\n\n"
        for name in ("LICENSE", "LICENSE-prose")
    )
    return Page("licences.html", "Licences", render.markdown(text), "more")


# --- what stands around a page


def _around(
    page: Page, contents: Sequence[Page], order: Sequence[Page], outside: Sequence[tuple[str, str]]
) -> str:
    return _shell()(
        page=page,
        site=TITLE,
        groups=[
            (label, [each for each in contents if each.group == group]) for group, label in GROUPS
        ],
        outside=outside,
        here=[each for each in sections(page) if each.level == 2] if page in order else [],
        before=_neighbour(page, order, -1),
        after=_neighbour(page, order, 1),
        body=_scrolling(page.body),
    )


def _neighbour(page: Page, order: Sequence[Page], step: int) -> Page | None:
    if page not in order:
        return None
    place = order.index(page) + step
    return order[place] if 0 <= place < len(order) else None


TABLE = re.compile(r"(<table\b.*?</table>)", re.DOTALL)


def _scrolling(body: str) -> str:
    """Tables that are wider than a phone scroll, and a keyboard reaches them."""
    if 'class="scroll"' in body:
        return body
    return TABLE.sub(
        r'<div class="scroll" tabindex="0" role="region" aria-label="Table">\1</div>', body
    )


@cache
def _shell() -> Callable[..., str]:
    import jinja2

    loader = jinja2.FileSystemLoader(HERE / "templates")
    environment = jinja2.Environment(loader=loader, autoescape=True)
    environment.globals["escape"] = html.escape
    return environment.get_template("page.html.j2").render


def _files(book: Book, folder: Path) -> None:
    """The files that pages use: style, script, formulas, pictures."""
    files = folder / "files"
    files.mkdir()
    for name in ("book.css", "book.js"):
        shutil.copy(HERE / "assets" / name, files / name)
    shutil.copy(unpacked(MATHJAX) / "es5" / "tex-svg.js", files / "tex-svg.js")
    for picture in sorted((book.root / "docs").glob("*.png")):
        shutil.copy(picture, files / picture.name)
