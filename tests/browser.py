"""A Chromium without a window, asked over its DevTools protocol."""

import contextlib
import json
import os
import shutil
import subprocess
import time
import urllib.request

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
"""The program, or None where there is none."""


class Page:
    """One page of a browser."""

    def __init__(self, socket):
        self.socket = socket
        self.number = 0

    def call(self, method, **parameters):
        """Call a method of the protocol and return its result."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        self.socket.send(json.dumps(message))
        while (answer := json.loads(self.socket.recv())).get("id") != self.number:
            pass  # an event, which nobody waits for
        assert "error" not in answer, answer
        return answer["result"]

    def ask(self, script):
        """The value of a piece of JavaScript in the page."""
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def wait(self, script, seconds=60):
        """The first value of a piece of JavaScript that is true."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if value := self.ask(script):
                return value
            time.sleep(0.2)
        raise AssertionError(f"never true in {seconds} s: {script}")


@contextlib.contextmanager
def browser(folder):
    """A page of a browser of its own, which keeps its files in a folder."""
    import websocket

    command = [CHROMIUM, "--headless", f"--user-data-dir={folder}", "--remote-debugging-port=0"]
    command += ["--remote-allow-origins=*", "--no-first-run", "--window-size=1366,768"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--no-sandbox")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([*command, "about:blank"], **quiet) as process:
        try:
            port = _port(folder / "DevToolsActivePort")
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list") as answer:
                (page,) = [each for each in json.load(answer) if each["type"] == "page"]
            socket = websocket.create_connection(page["webSocketDebuggerUrl"], timeout=60)
            with contextlib.closing(socket):
                page = Page(socket)
                page.call("Page.bringToFront")
                yield page
        finally:
            process.terminate()


def _port(file):
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if file.is_file() and (text := file.read_text()):
            return text.split()[0]
        time.sleep(0.1)
    raise AssertionError("the browser did not start")
