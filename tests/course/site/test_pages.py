"""Pages of the site: chapters, reference and mistakes lead to each other, and nothing is lost."""

import base64
import io
import re

import pytest
from PIL import Image, ImageDraw

from course.book import HOME, Book
from course.feedback.mistakes import all_mistakes
from course.site import chapter, docstrings, figures, front, links, mistakes, reference, render
from course.site.build import Contents, around
from course.site.page import Page, sections
from nnlib import __version__

BOOK = Book(HOME)
TITLES = {each.name: chapter.title(each) for each in BOOK.chapters}


@pytest.fixture(scope="module")
def losses():
    """The page of chapter 2."""
    return chapter.page(BOOK.chapter("02"), {"losses.loss", "losses.cost"})


@pytest.fixture(scope="module")
def modules():
    """The pages of the reference."""
    return {page.title: page for page in reference.pages(BOOK, TITLES)}


def test_a_chapter_has_one_title_and_its_sections(losses):
    assert losses.title == "2 · Loss and cost"
    assert [each.level for each in sections(losses)].count(1) == 1
    assert losses.math and losses.about.startswith("Chapter 1") or losses.about


def test_its_equations_and_package_cells_can_be_linked_to(losses):
    for anchor in ("eq-4", "eq-7", "nnlib.losses.loss", "nnlib.losses.cost"):
        assert losses.body.count(f'id="{anchor}"') == 1, anchor
    assert '<a href="nnlib/losses.html#cost"><code>cost</code></a>' in losses.body
    assert "nnlib/losses.html#accuracy" not in losses.body  # the reference was not said to have it


def test_its_pictures_are_files_with_words(losses):
    shown = re.findall(r"<img\b[^>]*>", losses.body)
    assert len(shown) == len(losses.pictures) >= 5
    assert all(re.search(r'alt="[^"]{20,}"', each) and "loading" in each for each in shown)
    assert "data:image" not in losses.body


def test_every_woven_function_leads_to_the_cell_that_builds_it(modules):
    found = {}
    for page in modules.values():
        for name, anchor in re.findall(r'href="\.\./(\w+)\.html#(nnlib\.[\w.]+)"', page.body):
            found[anchor] = name
    assert found["nnlib.logistic.gradients"] == "04_vectorization"
    text = {each.name: each.notebook.read_text(encoding="utf-8") for each in BOOK.chapters}
    for anchor, name in found.items():
        assert re.search(rf"\b(def|class) {anchor.split('.')[-1]}\b", text[name]), anchor


def test_the_reference_says_the_kinds_in_words(modules):
    body = modules["nnlib.logistic"].body
    assert "<dt><code>X : array, shape (n_x, m)</code></dt>" in body
    assert "One column per example" in body
    assert "Annotated" not in body


def test_a_docstring_is_taken_apart():
    text = "One sentence.\n\nParameters\n----------\nx : number\n    What it is,\n    and more.\n"
    first, second = docstrings.parts(text, "f")
    assert first.blocks == ["One sentence."] and second.anchor == "f-parameters"
    assert second.terms == [("x : number", "What it is, and more.")]


def test_every_mistake_has_a_page_and_a_link_to_it():
    first, *others = mistakes.pages({25: "04_vectorization.html#eq-25"})
    assert len(others) == len(all_mistakes())
    assert set(re.findall(r'<li><a href="([^"]*)"', first.body)) == {
        page.name.removeprefix("mistakes/") for page in others
    }
    assert any('href="../04_vectorization.html#eq-25">(25)</a>' in page.body for page in others)


def test_the_first_page_leads_to_a_chapter_and_to_the_ways_to_work():
    index, start, readme = front.pages(BOOK)
    assert 'href="00_start_here.html"' in index.body and 'href="start.html"' in index.body
    assert "tree" in index.body and "make lab" in readme.body
    assert 'href="readme.html#two-commands"' in start.body
    assert 'href="jupyterhub.html"' in start.body and 'id="read"' in start.body
    for page in (index, start, readme):
        assert not re.search(r'href="[^"]*\.(ipynb|md)\b', page.body)


@pytest.mark.parametrize(
    "link, wanted",
    [
        ("04_vectorization.ipynb#eq-25", "04_vectorization.html#eq-25"),
        ("../notebooks/A_the_document_run.ipynb#E7", "A_the_document_run.html#E7"),
        ("notebooks/00_start_here.ipynb", "00_start_here.html"),
        ("#cell-id=eq-4", "#eq-4"),
        ("#4.2-One-product", "#4.2-one-product"),
        ("../data/README.md", "data.html"),
        ("jupyterhub.md#how-many-fit", "jupyterhub.html#how-many-fit"),
        ("docs/photographs.png", "files/photographs.png"),
        ("https://example.org/a.ipynb", "https://example.org/a.ipynb"),
    ],
)
def test_links_lead_to_pages(link, wanted):
    assert links.target(link) == wanted


def picture(draw, alt="A line."):
    """An output with a picture, as the exporter writes it."""
    image = Image.new("RGB", (60, 40), "white")
    draw(image)
    file = io.BytesIO()
    image.save(file, "PNG")
    data = base64.b64encode(file.getvalue()).decode()
    return f'<img alt="{alt}" class="" src="data:image/png;base64,{data}"/>'


def line(image):
    """A drawing."""
    ImageDraw.Draw(image).line((5, 5, 50, 30), fill="#0072b2")


def noise(image):
    """A photograph."""
    image.paste(Image.effect_noise((50, 30), 80).convert("RGB"), (5, 5))


@pytest.mark.parametrize(
    "draw, alt, kind",
    [
        (line, "A line.", "drawing"),
        (line, "The dark line falls.", "picture"),
        (noise, "A photograph.", "picture"),
    ],
)
def test_a_drawing_is_turned_dark_and_a_photograph_is_not(draw, alt, kind):
    body, found = figures.taken_out(picture(draw, alt))
    assert f'class="{kind}"' in body and 'width="60" height="40"' in body and len(found) == 1


def test_what_stands_around_a_page():
    page = Page("nnlib/x.html", "A < B", "<h1>A</h1><table></table>", "nnlib")
    text = around(page, Contents([("The library", [page])], [], []))
    assert '<html lang="en">' in text and "<title>A &lt; B · " in text
    assert '<main id="main"' in text and 'href="../files/book.css"' in text
    assert '<a href="../nnlib/x.html" aria-current="page">' in text
    assert '<div class="scroll" role="group" aria-label="Table"><table>' in text
    assert "tex-svg.js" not in text  # there is no formula
    assert f"Version {__version__}." in text


def test_a_formula_stays_with_its_full_stop():
    made = render.markdown("So ($x$) is $y$, and $z$ is\n\n$$ a . $$\n\n`$b$.`")
    assert made.count('class="whole"') == 2
    assert '<span class="whole">($x$)</span>' in made and '<span class="whole">$y$,</span>' in made
