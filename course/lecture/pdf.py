"""A deck on paper: Chromium prints it, a slide on each page, once its formulas are set."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course.book import AuthorError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 300  # seconds for one deck

READY = "document.body?.dataset.ready === 'yes' && !!document.querySelector('.pdf-page section')"
"""The slides are set, and each has been laid on a page of its own."""


def browser() -> str | None:
    """The browser that prints, if there is one."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def printed(deck: Path) -> Path:
    """Print a deck beside it.

    Raises
    ------
    AuthorError
        If there is no browser, or the deck is not ready in time.
    """
    program = browser()
    if program is None:
        raise AuthorError(f"a PDF is printed by Chromium, and none is here: {', '.join(BROWSERS)}")
    paper = deck.with_suffix(".pdf")
    paper.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        with _page(program, Path(folder)) as call:
            call("Page.navigate", url=f"{deck.absolute().as_uri()}?print-pdf")
            call("Page.bringToFront")
            ready = {"expression": READY}
            end = time.monotonic() + PATIENCE
            while call("Runtime.evaluate", **ready)["result"].get("value") is not True:
                if time.monotonic() > end:
                    raise AuthorError(f"{deck.name} was not ready to be printed in {PATIENCE} s")
                time.sleep(0.2)
            count = {"expression": "document.querySelectorAll('.pdf-page').length"}
            pages = f"1-{call('Runtime.evaluate', **count)['result']['value']}"  # none after it
            made = call(
                "Page.printToPDF", preferCSSPageSize=True, printBackground=True, pageRanges=pages
            )
            paper.write_bytes(base64.b64decode(made["data"]))
    return paper


@contextlib.contextmanager
def _page(program: str, profile: Path) -> Iterator[Any]:
    """A page of a browser without a window: a function that calls its DevTools protocol."""
    import websocket

    command = [program, "--headless", "--disable-gpu", f"--user-data-dir={profile}"]
    command += ["--no-first-run", "--disable-background-networking", "--disable-sync"]
    command += ["--remote-debugging-port=0", "--remote-allow-origins=*", "--window-size=1280,720"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--no-sandbox")  # a browser refuses to lock root in
    quiet = subprocess.DEVNULL
    with subprocess.Popen([*command, "about:blank"], stdout=quiet, stderr=quiet) as process:
        try:
            listed = f"http://127.0.0.1:{_port(profile / 'DevToolsActivePort')}/json/list"
            with urllib.request.urlopen(listed) as answer:
                pages = [each for each in json.load(answer) if each["type"] == "page"]
            socket = websocket.create_connection(pages[0]["webSocketDebuggerUrl"], timeout=PATIENCE)
            with contextlib.closing(socket):

                def call(method: str, **parameters: Any) -> dict[str, Any]:
                    socket.send(json.dumps({"id": 1, "method": method, "params": parameters}))
                    while (got := json.loads(socket.recv())).get("id") != 1:
                        pass  # an event, which nobody waits for
                    result: dict[str, Any] = got["result"]
                    return result

                yield call
        finally:
            process.terminate()


def _port(file: Path) -> str:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if file.is_file() and (text := file.read_text(encoding="utf-8")):
            return text.split()[0]
        time.sleep(0.1)
    raise AuthorError("Chromium did not start")
