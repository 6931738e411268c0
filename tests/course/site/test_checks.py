"""The checks of the site find what is wrong: each is shown something broken."""

import shutil
import zipfile

import pytest

from course.book import AuthorError
from course.browser import CHROMIUM, browser
from course.site import audit, build, check, conformance, dead, epub, mathml, render, search
from course.site.audit import Found
from course.site.conformance import Family
from course.site.page import Page
from course.site.wcag import CRITERIA
from course.vendor import AXE, FOLDER, MATHJAX

GOOD = """<!DOCTYPE html><html lang="en"><head><title>Good</title></head><body>
<a href="#main">Skip</a><header>Book</header>
<nav aria-label="Contents"><a href="b.html">b</a></nav>
<main id="main"><h1>Title</h1><p>Text.</p></main></body></html>"""
BAD = """<!DOCTYPE html><html><head><title> </title>
<link rel="stylesheet" href="bad.css"></head><body><main id="y">
<h1>Title</h1><h3>Low</h3><p style="color:#bbb;background:#fff">Pale.</p><p>$x$</p>
<img src="data:,"><input><div style="width: 3000px">wide</div>
<script src="https://example.org/x.js"></script><script>console.error("no")</script>
<a href="#x" style="outline: none">x</a></main></body></html>"""
TAGS = {"color-contrast": ["cat.color", "wcag2aa", "wcag143"], "list": ["wcag2a", "wcag131"]}


def there(package):
    """Whether a package of others is at hand without a network."""
    return (FOLDER / package.file.removesuffix(".tgz")).is_dir()


def test_dead_links_and_what_comes_from_afar(tmp_path):
    (tmp_path / "a.html").write_text('<p id="p"></p><a href="b.html#q">b</a><a href="c.html">c</a>')
    (tmp_path / "b.html").write_text('<i id="r"></i><i id="r"></i><img src="https://x.org/a.png">')
    assert list(dead.problems(tmp_path)) == [
        "a.html: no q in b.html",
        "a.html: c.html leads nowhere",
        "b.html: the id r stands twice",
        "b.html: loads https://x.org/a.png",
    ]


@pytest.mark.skipif(not (CHROMIUM and there(AXE)), reason="no Chromium, or axe-core not fetched")
def test_a_browser_finds_each_fault_once_and_a_good_page_has_none(tmp_path):
    (tmp_path / "a.html").write_text(GOOD)
    (tmp_path / "b.html").write_text(BAD)
    (tmp_path / "bad.css").write_text("@media (orientation: portrait) { p { margin: 0 } }")
    told = []
    good, bad = check.checked(tmp_path, tmp_path / "kept.json", tell=told.append)
    assert good.wrong == [] and "document-title" in good.passed
    wanted = {"requests", "language", "title", "alternatives", "headings", "landmarks", "skip"}
    wanted |= {"sheets", "mathematics", "fields", "focus", "text200", "spacing", "reflow"}
    assert {name for name, places in bad.own.items() if places} == wanted
    assert any("leaves the folder" in each for each in bad.own["requests"])
    assert any("consoleAPICalled" in each for each in bad.own["requests"])
    rules = {rule for rule, _ in bad.violations}
    assert {"color-contrast", "color-contrast, dark", "image-alt", "label"} <= rules

    (tmp_path / "a.html").write_text(GOOD.replace("Text.", "Another text."))
    told.clear()
    check.checked(tmp_path, tmp_path / "kept.json", tell=told.append)
    assert told == ["1 of 1: a.html"]  # what has not changed is not opened again


def test_browsers_share_the_pages_and_none_fails_in_silence(tmp_path, monkeypatch):
    def audited(folder, pages):
        for name in pages:
            if name == "3.html":
                raise RuntimeError("the browser is gone")
            yield Found(name)

    monkeypatch.setattr(audit, "audit", audited)
    monkeypatch.setattr(check, "BROWSERS", 3)
    for k in range(7):
        (tmp_path / f"{k}.html").write_text(GOOD)
    fine = [f"{k}.html" for k in (0, 1, 2, 4, 5, 6)]
    store = tmp_path / "kept.json"
    assert [one.page for one in check.checked(tmp_path, store, fine, print)] == fine
    with pytest.raises(RuntimeError, match="the browser is gone"):
        check.checked(tmp_path, store, tell=print)


@pytest.mark.skipif(
    not (CHROMIUM and there(AXE) and there(MATHJAX)),
    reason="no Chromium, or axe-core or MathJax not fetched",
)
def test_a_page_of_the_site_has_no_fault_and_is_searched(maker, tmp_path):
    text = "# One\n\nA formula ($x$):\n\n$$ a \\tag{4} $$\n\n| | b |\n|---|---|\n| c | $d$ |\n"
    page = Page("a.html", "One", render.markdown(text))
    contents = build.Contents([("The book", [page])], [page], [])
    files = tmp_path / "files"
    files.mkdir()
    build.bring(maker.book, files)
    (files / "search.js").write_text(search.index([page]), encoding="utf-8")
    build.Site(tmp_path, [page], contents).put(page)
    (tmp_path / "index.html").write_text("")
    (found,) = audit.audit(tmp_path, ["a.html"])
    assert found.wrong == []

    (tmp_path / "profile").mkdir()
    with browser(tmp_path / "profile") as tab:
        tab.call("Page.navigate", url=(tmp_path / "a.html").as_uri())
        tab.wait("document.body?.dataset.ready === 'yes'")
        assert tab.ask("document.querySelectorAll('mjx-assistive-mml math').length") == 3
        tab.ask("search.value = 'formula'; search.dispatchEvent(new Event('input')); 0")
        assert tab.wait("results.querySelector('a')?.getAttribute('href')") == "a.html#one"
        before = tab.ask("getComputedStyle(document.body).backgroundColor")
        tab.ask("theme.click()")
        assert tab.ask("getComputedStyle(document.body).backgroundColor") != before


def test_the_page_on_accessibility_is_computed():
    fault = Found("b.html", {"reflow": ["wide"]}, [("color-contrast, dark", ["<p>"])], [], ["list"])
    good = Found("a.html", {"reflow": []}, [], [("color-contrast", ["<a>"])], ["color-contrast"])
    body = conformance.page([Family("book", [good, fault]), Family("decks", why="none")], TAGS).body
    contrast = body[body.index('id="criterion-1.4.3"') : body.index('id="criterion-1.4.4"')]
    assert "axe-core: color-contrast" in contrast and "faults on 1 of 2 pages" in contrast
    assert "leaves a place for a person" in contrast
    assert "b.html: reflow: wide" in body and "No fault." not in body
    assert "2.5.2 Pointer Cancellation (A): not done" in body
    for number, (level, name) in CRITERIA.items():
        assert body.count(f">{number} {name} ({level})") == 1
    clean = conformance.page([Family("book", [good])], TAGS).body
    assert "No fault." in clean and "screen reader yet" in clean


def test_all_criteria_of_levels_a_and_aa_are_known():
    assert len(CRITERIA) == 55
    assert sum(level == "AA" for level, _ in CRITERIA.values()) == 24


NODE = pytest.mark.skipif(
    not (shutil.which("node") and there(MATHJAX)), reason="no Node.js, or MathJax not fetched"
)


@NODE
def test_formulas_become_mathml_and_code_stays():
    body = "<p>$a &lt; b$ and $$ c \\tag{25} $$</p><code>$d$</code>"
    assert mathml.formulas(body) == [("a < b", False), (" c \\tag{25} ", True)]
    (made,) = mathml.translated([body])
    assert made.count("<math") == 2 and "<code>$d$</code>" in made and "(25)" in made
    with pytest.raises(AuthorError, match="no MathML"):
        mathml.translated([r"<p>$\nothing{x}$</p>"])


def test_an_epub_that_is_broken_is_found(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.epub", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr("book/a.xhtml", '<p><i id="i"/><a href="#j"/><a href="c.xhtml"/></p>')
    assert list(epub.problems(tmp_path / "a.epub")) == [
        "mimetype does not stand first, uncompressed",
        "book/a.xhtml: no j in book/a.xhtml",
        "book/a.xhtml: c.xhtml leads nowhere",
    ]
