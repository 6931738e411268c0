"""Links between notebooks and files become links between the pages of the site."""

from __future__ import annotations

import re

from course.site.render import slug

HREF = re.compile(r'(href|src)="([^"]*)"')
NOTEBOOK = re.compile(r"^(?:\.\./)*(?:notebooks/)?(\w+)\.ipynb(?:#(?:cell-id=)?(.*))?$")
FILES = {
    "README.md": "readme.html",
    "CHANGELOG.md": "changes.html",
    "docs/start.md": "start.html",
    "docs/jupyterhub.md": "jupyterhub.html",
    "jupyterhub.md": "jupyterhub.html",  # from its neighbour
    "data/README.md": "data.html",
    "CONTRIBUTING.md": "contributing.html",
    "docs/instructors.md": "instructors.html",
    "LICENSE": "licences.html",
    "LICENSE-prose": "licences.html",
}
"""Where the files that chapters and README link to stand on the site."""
PICTURES = re.compile(r"^(?:\.\./)*docs/(\w+\.png)$")


def led(body: str, up: str = "") -> str:
    """The body of a page with its links leading to pages."""
    return HREF.sub(lambda match: f'{match[1]}="{target(match[2], up)}"', body)


def target(link: str, up: str = "") -> str:
    """Where a link leads on the site."""
    if link.startswith("#"):
        return f"#{_anchor(link.removeprefix('#').removeprefix('cell-id='))}"
    if link.startswith(("http:", "https:", "data:", "mailto:")):
        return link
    if notebook := NOTEBOOK.match(link):
        anchor = f"#{_anchor(notebook[2])}" if notebook[2] else ""
        return f"{up}{notebook[1]}.html{anchor}"
    if picture := PICTURES.match(link):
        return f"{up}files/{picture[1]}"
    path, _, anchor = link.partition("#")
    known = FILES.get(re.sub(r"^(\.\./)+", "", path))
    return f"{up}{known}{'#' + _anchor(anchor) if anchor else ''}" if known else link


def _anchor(anchor: str) -> str:
    """Headings have their anchor in small letters; errata and equations as they are written."""
    return anchor if re.fullmatch(r"eq-\w+|[A-Z]\d+\w?", anchor) else slug(anchor)
