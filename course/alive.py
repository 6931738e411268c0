"""A sign of life, for the page of the browser edition: it ends a kernel that gives none."""

from __future__ import annotations

import importlib
import sys
from typing import Any

IN_A_PAGE = sys.platform == "emscripten"
"""Whether Python runs in a web page: no threads, no signals, no other programs."""
NAME = "course-alive"
_channel: list[Any] = []


def sign() -> None:
    """Tell the page that this kernel is at work; anywhere else nothing happens."""
    if not IN_A_PAGE:
        return
    if not _channel:
        _channel.append(importlib.import_module("js").BroadcastChannel.new(NAME))
    _channel[0].postMessage("alive")
