"""A Chromium without a window, asked over its DevTools protocol."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
"""The program, or None where there is none."""


INSIDE = ("file:", "data:", "blob:")
ERRORS = ("Network.loadingFailed", "Runtime.exceptionThrown")


class Page:
    """One page of a browser; what it tells without being asked is kept in `events`."""

    def __init__(self, socket: Any):
        self.socket = socket
        self.number = 0
        self.events: list[dict[str, Any]] = []

    def offline(self) -> None:
        """Cut it off from every network, and let it tell of requests and errors from here on."""
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")
        self.call(
            "Network.emulateNetworkConditions",
            offline=True,
            latency=0,
            downloadThroughput=-1,
            uploadThroughput=-1,
        )

    def complaints(self, says: str, inside: tuple[str, ...] = INSIDE) -> Iterator[str]:
        """Failed requests, requests that go elsewhere, and errors on the console, a line each.

        says : how the line of a request that goes elsewhere begins.
        inside : how an address begins that does not.
        """
        for event in self.events:
            method, told = event.get("method", ""), event.get("params", {})
            if method == "Network.requestWillBeSent":
                address = told["request"]["url"]
                if not address.startswith(inside):
                    yield f"{says} {address}"
            elif method in ERRORS:
                yield f"{method}: {json.dumps(told)[:200]}"
            elif method == "Runtime.consoleAPICalled" and told["type"] == "error":
                yield f"{method}: {json.dumps(told)[:200]}"
            elif method == "Log.entryAdded" and told["entry"]["level"] == "error":
                yield f"console: {told['entry']['text'][:200]}"

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Call a method of the protocol and return its result."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        self.socket.send(json.dumps(message))
        while (answer := json.loads(self.socket.recv())).get("id") != self.number:
            self.events.append(answer)
        assert "error" not in answer, answer
        return dict(answer["result"])

    def ask(self, script: str) -> Any:
        """The value of a piece of JavaScript in the page; a promise is waited for."""
        result = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def wait(self, script: str, seconds: float = 60) -> Any:
        """The first value of a piece of JavaScript that is true."""
        end = time.monotonic() + seconds
        pause = 0.02
        while time.monotonic() < end:
            if value := self.ask(script):
                return value
            time.sleep(pause)
            pause = min(2 * pause, 0.2)
        raise AssertionError(f"never true in {seconds} s: {script}")


@contextlib.contextmanager
def browser(
    folder: Path, starts: float = 60, answers: float = 120, options: Sequence[str] = ()
) -> Iterator[Page]:
    """A page of a browser of its own, which keeps its files in a folder.

    It has so many seconds to start, and for each answer.
    """
    import websocket

    command = [str(CHROMIUM), "--headless", f"--user-data-dir={folder}"]
    command += ["--remote-debugging-port=0", "--remote-allow-origins=*", "--no-first-run"]
    command += ["--window-size=1366,768", "--disable-background-networking"]
    command += options
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--no-sandbox")
    quiet = subprocess.DEVNULL
    with subprocess.Popen([*command, "about:blank"], stdout=quiet, stderr=quiet) as process:
        try:
            port = _port(folder / "DevToolsActivePort", starts)
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list") as answer:
                (page,) = [each for each in json.load(answer) if each["type"] == "page"]
            address = page["webSocketDebuggerUrl"]
            with contextlib.closing(
                websocket.create_connection(address, timeout=answers)
            ) as socket:
                made = Page(socket)
                made.call("Page.bringToFront")
                yield made
        finally:
            process.terminate()


def _port(file: Path, seconds: float) -> str:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if file.is_file() and (text := file.read_text()):
            return text.split()[0]
        time.sleep(0.1)
    raise AssertionError("the browser did not start")
