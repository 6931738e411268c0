"""The playground: one page, which trains a small network as nnlib does and says how.

Its own text, style and code lie in `page`. What it quotes of the course is put in when it is
built (`quotes`), and so are the photographs' features (`trees`) and NumPy's table for normal
numbers (`ziggurat`).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from course.book import Book
from course.press.playground import quotes, trees, ziggurat
from course.press.playground.bundle import bundle

PAGE = Path(__file__).parent / "page"


def facts(book: Book) -> dict[str, Any]:
    """Everything that the page's code is told about the course."""
    return {
        "edges": ziggurat.edges(),
        "trees": {"trees_green": trees.points(1), "trees_contrast": trees.points(2)},
        "subjects": quotes.subjects(book),
        "sentences": quotes.sentences(book),
        "hopeless": quotes.hopeless(book),
    }


def page(book: Book) -> str:
    """The whole page, with nothing that stands elsewhere."""
    text = (PAGE / "index.html").read_text(encoding="utf-8")
    data = json.dumps(facts(book), ensure_ascii=False, separators=(",", ":"))
    parts = {
        "STYLE": (PAGE / "style.css").read_text(encoding="utf-8"),
        "FACTS": data.replace("</", "<\\/"),
        "SCRIPT": bundle(PAGE, "main").replace("</script", "<\\/script"),
    }
    for name, part in parts.items():
        text = text.replace(f"/* {name} */", part)
    return text


def write(book: Book, path: Path) -> Path:
    """Write the page.

    Parameters
    ----------
    book : Book
        The book.
    path : Path
        The file; its folder is made if need be.

    Returns
    -------
    Path
        The file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(book), encoding="utf-8", newline="\n")
    return path
