"""Decks and hand-outs in Chromium, without a network: each slide is measured, axe judges it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from course.browser import INSIDE, Page, browser
from course.lecture.pages import FRAME
from course.vendor import AXE, unpacked

PATIENCE = 180  # seconds for one page
SCRIPT = Path(__file__).parent / "templates" / "audit.js"


def audit(pages: Iterable[Path]) -> Iterator[tuple[Path, list[str]]]:
    """For each page what is wrong with it, a line for each; nothing is good."""
    scripts = (unpacked(AXE) / "axe.min.js", SCRIPT)
    source = "\n".join(path.read_text(encoding="utf-8") for path in scripts)
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile,
        browser(Path(profile), PATIENCE, PATIENCE) as tab,
    ):
        tab.offline()
        tab.call("Emulation.setDeviceMetricsOverride", deviceScaleFactor=1, mobile=False, **FRAME)
        for page in pages:
            tab.events.clear()
            tab.call("Page.navigate", url=page.absolute().as_uri())
            here = f"location.href.endsWith({json.dumps(page.name)})"
            tab.wait(f"{here} && document.body?.dataset.ready === 'yes'", PATIENCE)
            tab.ask(f"{source};0")
            found = [
                *tab.ask("AUDIT.page()"),
                *_slides(tab),
                *tab.complaints("asks the network for", (*INSIDE, "about:")),
            ]
            yield page, [f"{page.name}: {line}" for line in found]


def _slides(tab: Page) -> Iterator[str]:
    for number in range(int(tab.ask("AUDIT.count()"))):
        for line in tab.ask(f"AUDIT.slide({number})"):
            yield f"slide {number + 1}: {line}"
