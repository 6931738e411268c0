"""The book as one EPUB: chapters, table of equations and reference, with MathML for formulas."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

from course.book import AuthorError
from course.site.front import TITLE
from course.site.mathml import translated
from course.site.page import Page
from course.site.shells import filled

STYLE = Path(__file__).parent / "assets" / "epub.css"
CONTAINER = """\
<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
MOMENT = "2000-01-01T00:00:00Z"
"""The time that stands in the file: the same pages make the same bytes."""
WHEN = (2000, 1, 1, 0, 0, 0)
LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
PICTURE = re.compile(r'(<img\b[^>]*?\bsrc=")(?:\.\./)*(files/[^"]*?)([\w-]+\.png)(")')


@dataclass(frozen=True)
class Part:
    """A document of the book."""

    file: str
    title: str
    body: str

    @property
    def math(self) -> bool:
        """Whether it holds MathML."""
        return "<math" in self.body


def write(pages: Sequence[Page], site: Path, path: Path) -> Path:
    """Write the EPUB of a site's pages: those of the contents, mistakes and lectures aside."""
    chosen = [page for page in pages if _chosen(page)]
    files = {page.name: file_of(page.name) for page in chosen}
    bodies = translated(_within(page, files) for page in chosen)
    parts = [
        Part(files[page.name], page.title, _well_formed(page.name, body))
        for page, body in zip(chosen, bodies, strict=True)
    ]
    pictures = sorted({(m[2], m[3]) for page in chosen for m in PICTURE.finditer(page.body)})
    texts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "book/package.opf": _package(parts, [name for _, name in pictures]),
        "book/nav.xhtml": filled("epub/nav", parts=parts),
        "book/book.css": STYLE.read_text(encoding="utf-8"),
    }
    texts |= {f"book/{part.file}": _document(part) for part in parts}
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as book:
        for name, text in texts.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            book.writestr(zipfile.ZipInfo(name, WHEN), text, how)
        for folder, name in pictures:
            info = zipfile.ZipInfo(f"book/pictures/{name}", WHEN)
            book.writestr(info, (site / folder / name).read_bytes())
    return path


def _chosen(page: Page) -> bool:
    chapter = not page.group and "/" not in page.name and not page.name.startswith("lecture_")
    reference = page.group in ("front", "nnlib")
    return chapter or reference or page.name in ("equations.html", "data.html", "licences.html")


def file_of(name: str) -> str:
    """The document that a page becomes."""
    return name.replace("/", "_").removesuffix(".html") + ".xhtml"


def _within(page: Page, files: dict[str, str]) -> str:
    """A body whose links stay in the book; one that leads to a page outside it becomes text."""

    def link(match: re.Match[str]) -> str:
        target, text = match[1], match[2]
        name, _, anchor = target.partition("#")
        if not name or re.match(r"[a-z]+:", target):
            return match[0]
        at = name.removeprefix("../") if page.up and name.startswith("../") else _beside(page, name)
        if at not in files:
            return f"<span>{text}</span>"
        return f'<a href="{files[at]}{"#" + anchor if anchor else ""}">{text}</a>'

    return PICTURE.sub(r"\1pictures/\3\4", LINK.sub(link, page.body))


def _beside(page: Page, name: str) -> str:
    folder, _, _ = page.name.rpartition("/")
    return f"{folder}/{name}" if folder else name


def _well_formed(name: str, body: str) -> str:
    """A body as XML."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(body, "html.parser")
    for each in soup.select("img[loading]"):
        del each["loading"]
    text = soup.decode(formatter="minimal")
    try:
        ElementTree.fromstring(f"<body>{text}</body>")
    except ElementTree.ParseError as error:
        raise AuthorError(f"the page {name} is no XML: {error}") from None
    return text


def _document(part: Part) -> str:
    return filled("epub/page", title=part.title, body=part.body)


def _package(parts: Sequence[Part], pictures: Sequence[str]) -> str:
    made = sha256("".join(part.body for part in parts).encode()).hexdigest()
    identifier = f"urn:sha256:{made}"
    return filled(
        "epub/package",
        identifier=identifier,
        title=TITLE,
        modified=MOMENT,
        parts=parts,
        pictures=pictures,
    )


def problems(path: Path) -> Iterator[str]:
    """What is wrong with the structure of an EPUB: its files, its XML, its links."""
    with zipfile.ZipFile(path) as book:
        names = set(book.namelist())
        if book.namelist()[0] != "mimetype" or book.getinfo("mimetype").compress_type:
            yield "mimetype does not stand first, uncompressed"
        documents = [name for name in names if name.endswith((".xhtml", ".opf", ".xml"))]
        trees = {name: ElementTree.fromstring(book.read(name)) for name in documents}
    ids = {name: [e.get("id") for e in tree.iter() if e.get("id")] for name, tree in trees.items()}
    for name, tree in trees.items():
        if len(ids[name]) != len(set(ids[name])):
            yield f"{name}: an id stands twice"
        for element in tree.iter():
            link = element.get("href") or element.get("src") or ""
            if not link or re.match(r"[a-z]+:", link):
                continue
            file, _, anchor = link.partition("#")
            target = f"book/{file}" if file else name
            if target not in names:
                yield f"{name}: {link} leads nowhere"
            elif anchor and anchor not in ids.get(target, ()):
                yield f"{name}: no {anchor} in {target}"
