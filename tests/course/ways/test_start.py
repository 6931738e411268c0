"""The page Start: each way in says what it costs, and whether the tests walk it."""

import re

import pytest

from course.__main__ import parser
from course.book import HOME

START = (HOME / "docs" / "start.md").read_text(encoding="utf-8")
SAID = ["Begin", "Costs", "You can", "You cannot", "For how many", "Tests"]
WAYS = dict(re.findall(r"^## ([^\n]+)\n\n(.*?)(?=^## |\Z)", START, re.DOTALL | re.MULTILINE))
TEXTS = ["docs/start.md", "docs/jupyterhub.md", "CHANGELOG.md", "CONTRIBUTING.md"]


def slug(heading):
    """The anchor of a heading, as code hosts make it."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("way", WAYS)
def test_each_way_says_the_same_things_in_the_same_order(way):
    assert re.findall(r"^- \*\*([^*]+):\*\*", WAYS[way], re.MULTILINE) == SAID


@pytest.mark.parametrize("way", WAYS)
def test_each_way_says_whether_the_tests_walk_it(way):
    label = re.search(r"^- \*\*Tests:\*\* (.+?)[.,:;]", WAYS[way], re.MULTILINE)[1]
    assert label in ("run", "in part", "not run")


def test_the_table_leads_to_every_way():
    table = START.split("\n## ")[0]
    assert re.findall(r"^\| \[([^]]+)\]", table, re.MULTILINE) == list(WAYS)
    assert re.findall(r"^\| \[[^]]+\]\(#([^)]+)\)", table, re.MULTILINE) == list(map(slug, WAYS))


@pytest.mark.parametrize("name", TEXTS)
def test_links_lead_somewhere(name):
    """To files, and to headings in them."""
    text = (HOME / name).read_text(encoding="utf-8")
    text = re.sub(r"^    .*|`[^`]*`", "", text, flags=re.MULTILINE)  # code has no links
    links = re.findall(r"\]\(([^)\s:]+)\)", text)
    assert links
    for link in links:
        file, _, anchor = link.partition("#")
        path = (HOME / name).parent / file if file else HOME / name
        assert path.exists(), link
        if anchor:
            headings = re.findall(r"^#+ (.+)", path.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in map(slug, headings), link


@pytest.mark.parametrize("name", TEXTS)
def test_commands_and_files_that_are_named_exist(name):
    text = (HOME / name).read_text(encoding="utf-8")
    targets = re.findall(
        r"^([\w-]+):", (HOME / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )
    commands = parser()._subparsers._group_actions[0].choices
    assert set(re.findall(r"`(?:\w+=\S+ )?make ([a-z-]+)", text)) <= set(targets)
    assert set(re.findall(r"-m course ([a-z-]+)", text)) <= set(commands)
    for path in re.findall(r"\b(?:tests|hub|bench)/[\w/]+\.py\b", text):
        assert (HOME / path).is_file(), path
