"""Every page of the site, without what stands around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from course.book import Book
from course.feedback.expected import expected
from course.lecture import plan
from course.lecture.cut import cut
from course.rules import equations as rules
from course.rules import minutes
from course.site import chapter, equations, front, links, mistakes, reference, render
from course.site.page import HEADING, Page


def every(book: Book) -> Iterator[Page]:
    """Every page, in the order of the contents."""
    titles = {each.name: chapter.title(each) for each in book.chapters}
    modules = list(reference.pages(book, titles))
    known = _names(modules)
    yield from front.pages(book)
    for each in book.chapters:
        yield chapter.page(each, known)
    yield from modules
    table = rules.table(book)
    yield from equations.pages(book, table, titles, known)
    yield from mistakes.pages(equations.stated(table))
    yield from _guide(book)
    yield from _texts(book)


def _names(modules: Iterable[Page]) -> set[str]:
    """The names that the reference has, as ``losses.cost``."""
    return {
        f"{page.title.removeprefix('nnlib.')}.{match[2]}"
        for page in modules
        for match in HEADING.finditer(page.body)
        if match[1] == "2"
    }


def _guide(book: Book) -> Iterator[Page]:
    """The instructor's guide: what is written, and a page computed for each lecture."""
    source = book.root / "docs" / "instructors.md"
    if not source.is_file():
        return
    text = source.read_text(encoding="utf-8") + "\n## A page for each lecture\n\n"
    text += "Computed from its chapter: aims, timetable, questions, formulas, mistakes.\n\n"
    lectures = [(f"lecture_{each.name}.html", each) for each in book.chapters]
    text += "\n".join(f"- [{chapter.title(each)}]({name})" for name, each in lectures)
    yield _text("instructors.html", "The instructor's guide", text, "more")
    for name, each in lectures:
        made = plan.page(each, cut(each), minutes.by_section(each), expected)
        title = made.split("\n", 1)[0].lstrip("# ")
        yield _text(name, title, made)


def _texts(book: Book) -> Iterator[Page]:
    """The texts of the repository that stand on the site as they are."""
    for source, name, title in (
        ("data/README.md", "data.html", "The photographs and their card"),
        ("docs/jupyterhub.md", "jupyterhub.html", "A JupyterHub for a class"),
        ("CHANGELOG.md", "changes.html", "Changes"),
        ("CONTRIBUTING.md", "contributing.html", "How the book is made"),
    ):
        if (book.root / source).is_file():
            text = (book.root / source).read_text(encoding="utf-8")
            yield _text(name, title, text, "more")
    licences = [name for name in ("LICENSE", "LICENSE-prose") if (book.root / name).is_file()]
    text = "# Licences\n\n" + "".join(
        f"## {name}\n\n```text\n{(book.root / name).read_text(encoding='utf-8')}\n```\n\n"
        for name in licences
    )
    yield _text("licences.html", "Licences", text, "more")


def _text(name: str, title: str, text: str, group: str = "") -> Page:
    return Page(name, title, links.led(render.markdown(text)), group)
