"""Formulas of a page as MathML, made by the MathJax that sets the pages, under Node."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from course.book import AuthorError
from course.site.render import PIECES
from course.vendor import MATHJAX, unpacked

SCRIPT = Path(__file__).parent / "assets" / "mathml.js"
FORMULA = re.compile(
    r"\$\$(?P<block>.+?)\$\$|(?P<environment>\\begin\{(?P<name>\w+\*?)\}.+?\\end\{(?P=name)\})"
    r"|\$(?P<line>[^$]+?)\$",
    re.DOTALL,
)
SPACES = re.compile(r"\n\s*")


def formulas(body: str) -> list[tuple[str, bool]]:
    """The formulas of a body, in order: their TeX, and whether they stand by themselves."""
    return [_formula(match) for text in _texts(body) for match in FORMULA.finditer(text)]


def _texts(body: str) -> Iterable[str]:
    """What stands between the tags, code aside."""
    return PIECES.split(body)[::2]


def _formula(match: re.Match[str]) -> tuple[str, bool]:
    tex = match["block"] or match["environment"] or match["line"]
    return html.unescape(tex), match["line"] is None


def translated(bodies: Iterable[str]) -> list[str]:
    """Bodies with their formulas as MathML.

    Raises
    ------
    AuthorError
        If Node is not here, or a formula cannot be read.
    """
    bodies = list(bodies)
    wanted = list(dict.fromkeys(each for body in bodies for each in formulas(body)))
    made = dict(zip(wanted, _ask(wanted), strict=True))
    for (tex, _), mathml in made.items():
        if "<merror" in mathml or "data-mjx-error" in mathml:
            raise AuthorError(f"no MathML of the formula {tex}")
    return [_replaced(body, made) for body in bodies]


def _replaced(body: str, made: dict[tuple[str, bool], str]) -> str:
    pieces = PIECES.split(body)
    pieces[::2] = [FORMULA.sub(lambda m: made[_formula(m)], text) for text in pieces[::2]]
    return "".join(pieces)


def _ask(wanted: list[tuple[str, bool]]) -> list[str]:
    node = shutil.which("node")
    if not node:
        raise AuthorError("formulas become MathML by Node.js, and it is not here: install it")
    main = unpacked(MATHJAX) / "es5" / "node-main.js"
    asked = [node, str(SCRIPT), str(main)]
    run = subprocess.run(asked, input=json.dumps(wanted), capture_output=True, encoding="utf-8")
    if run.returncode:
        raise AuthorError(f"MathJax does not run: {run.stderr.strip()[-300:]}")
    return [SPACES.sub("", each) for each in json.loads(run.stdout)]
