"""A folder, served on this machine alone: what a school's static host does."""

from __future__ import annotations

import contextlib
import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course.book import AuthorError


class Handler(http.server.SimpleHTTPRequestHandler):
    """Files with the kinds that a browser wants for WebAssembly and modules; it prints nothing."""

    extensions_map = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
        ".js": "text/javascript",
        ".wasm": "application/wasm",
        ".json": "application/json",
        ".ipynb": "application/json",
    }

    def end_headers(self) -> None:
        """As a host does from which other sites take files."""
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


def until_stopped(folder: Path) -> int:
    """Serve a folder until Ctrl-C."""
    if not (folder / "index.html").is_file():
        raise AuthorError(f"{folder} is not built yet")
    with served(folder) as address:
        print(f"Open {address} in a browser; Ctrl-C stops it.", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()
    return 0


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served."""
    handler = functools.partial(Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join()
