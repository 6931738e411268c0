"""The browser edition in a Chromium, with every host but this machine out of reach."""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course.browser import Page, browser
from course.lite.serve import served

OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
PANEL = "jupyterapp.shell.currentWidget"
IDLE = f"window.jupyterapp && {PANEL}?.sessionContext?.session?.kernel?.status === 'idle'"
RUN = """(async (index) => {
  const panel = jupyterapp.shell.currentWidget;
  const cell = panel.content.widgets[index];
  panel.content.activeCellIndex = index;
  const start = performance.now();
  await jupyterapp.commands.execute('notebook:run-cell');
  const seconds = (performance.now() - start) / 1000;
  return { seconds, outputs: cell.model.outputs.toJSON(), count: cell.model.executionCount };
})"""
CELLS = f"""{PANEL}.content.widgets.map(
  (cell, index) => cell.model.type === 'code' ? index : -1).filter((index) => index >= 0)"""
LOOKS_FOR = ("/api/resolvePath?", "/api/contents/lib/")
"""JupyterLab asks where the files of a traceback are; they are in no folder of the site."""


@dataclass
class Ran:
    """What a cell did: its outputs as a notebook stores them, and how long it took."""

    source: str
    outputs: list[dict[str, Any]] = field(default_factory=list)
    seconds: float = 0.0


class Tab:
    """The page of the edition."""

    def __init__(self, page: Page, address: str):
        self.page = page
        self.address = address

    def open(self, notebook: str, seconds: float = 240, kernel: bool = True) -> None:
        """Open a notebook and wait until it is shown, and until its kernel is ready."""
        self.page.call("Page.navigate", url=f"{self.address}lab/index.html?path={notebook}")
        named = json.dumps(notebook)
        self.page.wait(f"window.jupyterapp && {PANEL}?.context?.path === {named}", seconds)
        self.page.wait(f"{PANEL}?.content?.widgets?.length > 1", seconds)
        if kernel:
            self.page.wait(IDLE, seconds)

    def cells(self) -> list[int]:
        """The places of the code cells."""
        return [int(index) for index in self.page.ask(CELLS)]

    def source(self, index: int) -> str:
        """What a cell says."""
        get = f"{PANEL}.content.widgets[{index}].model.sharedModel.getSource()"
        return str(self.page.ask(get))

    def write(self, index: int, source: str) -> None:
        """Write into a cell, as a person does."""
        put = f"{PANEL}.content.widgets[{index}].model.sharedModel.setSource"
        self.page.ask(f"{put}({json.dumps(source)}); 0")

    def run(self, index: int) -> Ran:
        """Run a cell to its end."""
        said = self.page.ask(f"{RUN}({index})")
        return Ran(self.source(index), said["outputs"], said["seconds"])

    def wrong(self) -> list[str]:
        """Errors on the console, failed requests, and requests to another machine, so far."""
        found = []
        for event in self.page.events:
            method, told = event.get("method", ""), event.get("params", {})
            if method == "Network.requestWillBeSent":
                asked = told["request"]["url"]
                if asked.startswith("http") and not asked.startswith(self.address):
                    found.append(f"asks another host: {asked}")
            elif method == "Network.responseReceived" and told["response"]["status"] >= 400:
                found.append(f"{told['response']['status']}: {told['response']['url']}")
            elif method == "Runtime.exceptionThrown":
                found.append(f"exception: {json.dumps(told)[:300]}")
            elif method == "Runtime.consoleAPICalled" and told["type"] == "error":
                found.append(f"console: {json.dumps(told['args'])[:300]}")
            elif method == "Log.entryAdded" and told["entry"]["level"] == "error":
                found.append(f"log: {told['entry']['text'][:200]} {told['entry'].get('url', '')}")
        return [line for line in found if not any(each in line for each in LOOKS_FOR)]


@contextlib.contextmanager
def opened(site: Path, answers: float = 900) -> Iterator[Tab]:
    """The edition in a folder, served and open in a Chromium; a cell may take `answers` seconds."""
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        address = stack.enter_context(served(site))
        page = stack.enter_context(browser(home, answers=answers, options=[OFFLINE]))
        for domain in ("Page", "Network", "Runtime", "Log"):
            page.call(f"{domain}.enable")
        yield Tab(page, address)
