"""A deck on paper: Chromium prints it, a slide on each page, once its formulas are set."""

from __future__ import annotations

import base64
import tempfile
from pathlib import Path

from course.book import AuthorError
from course.browser import CHROMIUM, NAMES, browser

PATIENCE = 300  # seconds for one deck

READY = "document.body?.dataset.ready === 'yes' && !!document.querySelector('.pdf-page section')"
"""The slides are set, and each has been laid on a page of its own."""


def printed(deck: Path) -> Path:
    """Print a deck beside it.

    Raises
    ------
    AuthorError
        If there is no browser, or the deck is not ready in time.
    """
    if CHROMIUM is None:
        raise AuthorError(f"a PDF is printed by Chromium, and none is here: {', '.join(NAMES)}")
    paper = deck.with_suffix(".pdf")
    paper.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        try:
            with browser(Path(folder), starts=PATIENCE, answers=PATIENCE) as page:
                page.call("Page.navigate", url=f"{deck.absolute().as_uri()}?print-pdf")
                page.call("Page.bringToFront")
                page.wait(READY, PATIENCE)
                count = page.ask("document.querySelectorAll('.pdf-page').length")
                made = page.call(
                    "Page.printToPDF",
                    preferCSSPageSize=True,
                    printBackground=True,
                    pageRanges=f"1-{count}",  # none after it
                )
        except AssertionError as error:
            raise AuthorError(f"{deck.name} could not be printed: {error}") from None
        paper.write_bytes(base64.b64decode(made["data"]))
    return paper
