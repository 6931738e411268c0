"""Open pages in a browser and ask each what the rules ask: axe-core, and checks of our own."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from course.browser import Page as Tab
from course.browser import browser
from course.vendor import AXE, unpacked

SCRIPT = Path(__file__).parent / "assets" / "audit.js"
READY = "document.readyState === 'complete' && (document.body.dataset.ready === 'yes' || "
READY += "!(window.MathJax || document.querySelector('script[data-up]')))"
OPEN = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
THEME = "document.documentElement.dataset.theme = "
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
PHONE = {"width": 320, "height": 640, "deviceScaleFactor": 1, "mobile": False}
DESK = {"width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": False}
SHEET = re.compile(r'<link rel="stylesheet" href="([^"]*)"')


@dataclass
class Found:
    """What was found on one page; empty lists are good."""

    page: str
    own: dict[str, list[str]] = field(default_factory=dict)  # check → places
    violations: list[tuple[str, list[str]]] = field(default_factory=list)  # axe: rule, places
    undecided: list[tuple[str, list[str]]] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)  # rules of axe that had something to judge

    @property
    def wrong(self) -> list[str]:
        """Each thing that is wrong, as a line."""
        own = [f"{name}: {place}" for name, places in self.own.items() for place in places]
        axe = [f"axe {rule}: {place}" for rule, places in self.violations for place in places]
        return [f"{self.page}: {line}" for line in own + axe]


def audit(folder: Path, pages: Sequence[str]) -> Iterator[Found]:
    """Open each page of a folder, without a network, in both themes and on a phone."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile,
        browser(Path(profile)) as tab,
    ):
        tab.offline()
        scripts = (unpacked(AXE) / "axe.min.js", SCRIPT)
        source = "\n".join(path.read_text(encoding="utf-8") for path in scripts)
        for name in pages:
            yield _one(tab, folder, name, source)


def _one(tab: Tab, folder: Path, name: str, source: str) -> Found:
    tab.events.clear()
    tab.call("Emulation.setDeviceMetricsOverride", **DESK)
    tab.call("Page.navigate", url=(folder / name).absolute().as_uri())
    tab.wait(f"location.href.endsWith({json.dumps(name)}) && {READY}")
    found = Found(name)
    found.own["requests"] = [*tab.complaints("leaves the folder:")]
    tab.ask(f"{OPEN}; {THEME}'light'")
    tab.ask(f"{source};0")
    found.own |= tab.ask("AUDIT.run()")
    found.own["sheets"] += _turning(folder / name)
    light = tab.ask(f"AUDIT.axed({json.dumps(RULES)})")
    dark = tab.ask(f"{THEME}'dark'; AUDIT.axed({json.dumps(COLOURS)})")
    tab.call("Emulation.setDeviceMetricsOverride", **PHONE)
    found.own["reflow"] = tab.ask("AUDIT.reflow('at 320 px')")
    found.violations = light["violations"] + [(f"{r}, dark", p) for r, p in dark["violations"]]
    found.undecided = light["incomplete"] + [(f"{r}, dark", p) for r, p in dark["incomplete"]]
    found.passed = light["passes"]
    return found


def rules() -> dict[str, list[str]]:
    """The rules of axe-core, and the tags that say which criterion each is for."""
    source = (unpacked(AXE) / "axe.min.js").read_text(encoding="utf-8")
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile,
        browser(Path(profile)) as tab,
    ):
        tab.ask(f"{source};0")
        return dict(tab.ask("Object.fromEntries(axe.getRules().map((r) => [r.ruleId, r.tags]))"))


def _turning(page: Path) -> list[str]:
    """Style sheets of a page that ask how the screen is held.

    A browser keeps the rules of a file to itself where the page comes from the disk.
    """
    links = SHEET.findall(page.read_text(encoding="utf-8"))
    files = [page.parent / link for link in links if (page.parent / link).is_file()]
    return [
        file.name for file in files if "orientation:" in file.read_text("utf-8").replace(" ", "")
    ]
