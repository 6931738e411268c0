"""The conformance page: each rule of WCAG 2.2, what was checked for it, where, and what was found.

Nothing on it is typed: it is computed from what the audit of the built pages has found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from course.site.audit import Found
from course.site.page import Page
from course.site.shells import filled
from course.site.wcag import CRITERIA

NAME = "conformance.html"
TITLE = "Accessibility: what was checked"
TAG = re.compile(r"wcag(\d)(\d)(\d+)")
OWN = {
    "alternatives": ("each picture has a text alternative", ("1.1.1",)),
    "mathematics": ("each formula is set, and has its MathML", ("1.1.1", "1.3.1")),
    "media": (
        "there is no sound, no video, no frame",
        ("1.2.1", "1.2.2", "1.2.3", "1.2.4", "1.2.5", "1.4.2"),
    ),
    "headings": ("one first heading, and no level is left out", ("1.3.1", "2.4.6")),
    "landmarks": ("header, contents and text are marked as such", ("1.3.1", "2.4.1")),
    "skip": ("the first link leads over the contents to the text", ("2.4.1",)),
    "language": ("the page says its language", ("3.1.1",)),
    "title": ("the page has a title", ("2.4.2",)),
    "movement": ("nothing moves, blinks or reloads", ("2.2.1", "2.2.2", "2.3.1")),
    "sheets": ("no style depends on how the screen is held", ("1.3.4",)),
    "fields": ("each field has a label", ("3.3.2",)),
    "focus": (
        "each link, button and field takes the focus, shows it, and is not under the bar",
        ("2.1.1", "2.4.7", "2.4.11"),
    ),
    "text200": ("at twice the size of text, nothing runs out of the page", ("1.4.4",)),
    "spacing": ("with more space in the text, nothing runs out of the page", ("1.4.12",)),
    "reflow": ("on 320 px, nothing runs out of the page", ("1.4.10",)),
}
"""The audit's own checks: in words, and the criteria that they are for."""


@dataclass(frozen=True)
class Family:
    """Pages of one kind, and what was found on them; `why` says why there is nothing."""

    name: str
    found: Sequence[Found] = ()
    checks: Iterable[str] = tuple(OWN)
    why: str = ""

    @property
    def wrong(self) -> list[str]:
        """Each fault, as a line."""
        return [line for found in self.found for line in self._of(found).wrong]

    @property
    def opened(self) -> int:
        """How many pages were opened."""
        return len(self.found)

    def _of(self, found: Found) -> Found:
        kept = {name: places for name, places in found.own.items() if name in self.checks}
        return Found(found.page, kept, found.violations)


@dataclass
class Row:
    """A criterion: what was checked for it, and with what result."""

    number: str
    level: str
    name: str
    checks: list[str] = field(default_factory=list)
    results: list[str] = field(default_factory=list)


def page(families: Sequence[Family], tags: Mapping[str, Sequence[str]]) -> Page:
    """The page.

    Parameters
    ----------
    families : sequence of Family
        The pages that were checked, and those that were not.
    tags : mapping of str to sequence of str
        The rules of axe-core, and the tags that say which criterion each is for.
    """
    rows = [_row(number, families, tags) for number in CRITERIA]
    done = [row for row in rows if row.checks]
    body = filled(
        "conformance",
        title=TITLE,
        families=families,
        done=done,
        left=[row for row in rows if not row.checks],
        wrong=[line for family in families for line in family.wrong],
        total=len(CRITERIA),
    )
    return Page(NAME, TITLE, body, "more", "Each rule of WCAG 2.2 AA, and what was found.")


def criteria(rule: str, tags: Mapping[str, Sequence[str]]) -> set[str]:
    """The criteria that a rule of axe-core is for."""
    matches = [TAG.fullmatch(tag) for tag in tags.get(rule.split(",")[0], ())]
    return {".".join(match.groups()) for match in matches if match}


def _row(number: str, families: Sequence[Family], tags: Mapping[str, Sequence[str]]) -> Row:
    level, name = CRITERIA[number]
    row = Row(number, level, name)
    own = [check for check, (_, numbers) in OWN.items() if number in numbers]
    row.checks += [OWN[check][0] for check in own]
    judged = {rule for family in families for each in family.found for rule in each.passed}
    judged |= {rule for family in families for each in family.found for rule, _ in each.violations}
    rules = {rule for rule in judged if number in criteria(rule, tags)}
    row.checks += sorted(f"axe-core: {rule}" for rule in rules)
    for family in families:
        mine = [check for check in own if check in family.checks]
        if family.found and (mine or rules):
            row.results.append(f"{family.name}: {_result(family, number, mine, tags)}")
    return row


def _result(
    family: Family, number: str, own: Sequence[str], tags: Mapping[str, Sequence[str]]
) -> str:
    wrong = undecided = 0
    for found in family.found:
        places = sum(len(found.own.get(check, ())) for check in own)
        for rule, at in found.violations:
            places += len(at) * (number in criteria(rule, tags))
        wrong += bool(places)
        undecided += any(number in criteria(rule, tags) for rule, _ in found.undecided)
    pages = len(family.found)
    said = f"no fault on {pages} pages" if not wrong else f"faults on {wrong} of {pages} pages"
    if undecided:
        said += f"; on {undecided} of them the program leaves a place for a person to judge"
    return said
