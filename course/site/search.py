"""What can be searched: each section of each page, as a script that works from the disk too."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from course.site.page import Page, sections

EQUATION = re.compile(r'id="eq-(\d+)"')
LONGEST = 1200  # letters of a section that are kept


def index(pages: Iterable[Page]) -> str:
    """A script that sets ``window.COURSE``: rows of address, page, heading and text."""
    rows = []
    for page in pages:
        for section in sections(page):
            address = f"{page.name}#{section.anchor}"
            rows.append([address, page.title, section.title, section.text[:LONGEST]])
        for number in EQUATION.findall(page.body):
            rows.append([f"{page.name}#eq-{number}", page.title, f"Equation ({number})", ""])
    return "window.COURSE = " + json.dumps(rows, ensure_ascii=False, separators=(",", ":")) + ";\n"
