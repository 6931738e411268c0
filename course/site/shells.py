"""The templates of the site."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape

TEMPLATES = Path(__file__).parent / "templates"
NAMES = re.compile(r"`+([^`]+)`+")


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["inline"] = inline
    return made


def filled(template: str, **known: Any) -> str:
    """A template with what it asks for."""
    return str(_environment().get_template(f"{template}.html.j2").render(**known))


def inline(text: str) -> Markup:
    """A line of text as HTML: what stands between backticks is code."""
    return Markup(NAMES.sub(r"<code>\1</code>", str(escape(" ".join(text.split())))))
