"""Pages of HTML: notebooks of Markdown and outputs, in the templates of the lecture room."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from course.lecture.live import HIDDEN
from course.lecture.slide import shown_code
from course.moving import frames as moving
from course.press.notebooks import notebook_of
from course.quizzes import page as quiz_page
from course.vendor import MATHJAX, REVEAL, unpacked

TEMPLATES = Path(__file__).parent / "templates"
NO_HEAD = re.compile(r"<th((?: style=\"[^\"]*\")?)></th>")  # the head of a column that has no name

SCRIPTS = (moving.SCRIPT, quiz_page.SCRIPT)
"""What makes figures move and quizzes answer on a page without a kernel."""
FRAME = {"width": 1280, "height": 720}


def notebook(cells: list[dict[str, Any]], title: str) -> dict[str, Any]:
    """A notebook of these cells."""
    for number, cell in enumerate(cells):
        cell["id"] = f"slide-{number}"
    return notebook_of(cells, title=title)


def html(made: dict[str, Any], template: str, stamp: str) -> str:
    """A notebook as a page of one of the templates: "slides" or "notes"."""
    import nbformat
    from nbconvert import HTMLExporter, SlidesExporter
    from traitlets.config import Config

    hidden = {"remove_input_tags": {HIDDEN}, "enabled": True}
    exporter = (SlidesExporter if template == "slides" else HTMLExporter)(
        config=Config({"TagRemovePreprocessor": hidden}),
        template_name=f"course_{template}",
        extra_template_basedirs=[str(TEMPLATES)],
    )
    for cell in made["cells"]:
        if cell["cell_type"] == "code":
            cell["source"] = shown_code(cell["source"])
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    known = {"scripts": scripts, "stamp": stamp, "title": made["metadata"]["title"], **FRAME}
    page, _ = exporter.from_notebook_node(nbformat.from_dict(made), {"course": known})
    return NO_HEAD.sub(r"<td\1></td>", str(page))


def bring(lib: Path) -> None:
    """Put reveal.js and MathJax beside the pages."""
    reveal, mathjax = unpacked(REVEAL), unpacked(MATHJAX)
    lib.mkdir(parents=True, exist_ok=True)
    for name in ("dist/reveal.css", "dist/reveal.js", "dist/reset.css", "plugin/notes/notes.js"):
        shutil.copy(reveal / name, lib / Path(name).name)
    shutil.copy(reveal / "LICENSE", lib / "LICENSE-reveal.js")
    shutil.copy(mathjax / "es5" / "tex-svg.js", lib / "tex-svg.js")
    shutil.copy(mathjax / "LICENSE", lib / "LICENSE-mathjax")
