"""README says what is true: its code prints what stands below it, and every name in it exists."""

import contextlib
import importlib
import io
import re

import pytest

from course.__main__ import parser
from course.book import HOME, Book
from course.rules import equations

README = (HOME / "README.md").read_text(encoding="utf-8")
MAKEFILE = (HOME / "Makefile").read_text(encoding="utf-8")
PAGES = [HOME / "CONTRIBUTING.md", *sorted(HOME.glob("*/*.md"))]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def test_the_code_prints_what_stands_below_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    space, blocks = {}, FENCE.findall(README)
    assert [kind for kind, _ in blocks] == ["python", "text"] * (len(blocks) // 2)
    for (_, code), (_, wanted) in zip(blocks[::2], blocks[1::2], strict=True):
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(code, space)
        assert printed.getvalue() == wanted
    assert blocks


def rows(heading):
    """The cells of the table rows below a heading."""
    section = README.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    every = section.splitlines()
    lines = [
        line
        for line, under in zip(every, [*every[1:], ""], strict=True)
        if line.startswith("| ") and not under.startswith("|---")  # not the head of a table
    ]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize("row", rows("nnlib on one page"), ids=lambda row: row[0].strip("`"))
def test_every_name_of_nnlib_exists(row):
    module = importlib.import_module(f"nnlib.{row[0].strip('`')}")
    names = re.findall(r"`(\w+)`", row[1])
    assert names and not [name for name in names if not hasattr(module, name)]


def test_every_public_function_of_nnlib_is_named():
    """Those behind the door: what else stands in a module is there for the module itself."""
    for module, names in rows("nnlib on one page"):
        imported = importlib.import_module(f"nnlib.{module.strip('`')}")
        public = {
            name
            for name, value in vars(imported).items()
            if getattr(value, "__module__", "") == imported.__name__
            and hasattr(value, "__wrapped__")
        }
        assert public - set(re.findall(r"`(\w+)`", names)) <= {
            "read_checked", "halve", "epoch",
        }, module  # fmt: skip


def test_the_map_names_every_chapter():
    linked = re.findall(r"\(notebooks/(\w+)\.ipynb\)", "".join(row[0] for row in rows("The map")))
    assert linked == [chapter.name for chapter in Book().chapters]


def test_the_last_line_of_the_table_of_equations():
    assert f"\n    {equations.table(Book()).summary}\n" in README


def test_every_link_leads_to_a_file_or_a_heading():
    headings = {
        re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).replace(" ", "-")
        for line in README.splitlines()
        if line.startswith("#")
    }
    links = re.findall(r"\]\(([^)\s]+)\)", README)
    assert len(links) > 15
    for link in links:
        file, _, fragment = link.partition("#")
        assert (HOME / file).exists() if file else fragment in headings, link


def test_every_picture_has_words():
    assert [alt for alt in re.findall(r"!\[([^]]*)\]", README) if len(alt) > 40]
    assert not re.findall(r"!\[\s*\]", README)


def test_every_table_is_whole():
    """Rows after an empty line are no table: a page would show their bars."""
    for page in (README, *(p.read_text(encoding="utf-8") for p in PAGES)):
        parts = [part for part in re.split(r"\n\n+", page) if part.lstrip().startswith("|")]
        assert [part for part in parts if not re.search(r"^\|[ :|-]+\|$", part, re.MULTILINE)] == []


def test_every_command_exists():
    targets = set(re.findall(r"^([\w-]+):", MAKEFILE, re.MULTILINE))
    commands = set(parser()._subparsers._group_actions[0].choices)
    named = set(re.findall(r"(?:^    |`)make ([a-z-]+)", README, re.MULTILINE))
    assert len(named) > 4 and named <= targets, named - targets
    assert named <= commands, "each `make NAME` is `python -m course NAME`"
    assert set(re.findall(r"-m course ([a-z-]+)", README)) <= commands
