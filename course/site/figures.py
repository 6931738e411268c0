"""The pictures of a page: taken out of its text into files, and those that can be turned dark."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from dataclasses import dataclass
from functools import cache

INLINE = re.compile(r'<img\b([^>]*?)\bsrc="data:image/png;base64,([^"]+)"([^>]*?)\s*/?>')
BRIGHTNESS = re.compile(r"\b(dark|light|bright|black|white|pale|grey)(er|est)?\b", re.IGNORECASE)
FEW = 0.97  # of the area in 32 colours: lines and boxes, not photographs and not surfaces
COLOURS = 32


@dataclass(frozen=True)
class Picture:
    """A picture: its file, its size, and whether it is drawn with a few colours on white."""

    name: str
    content: bytes
    width: int
    height: int
    drawn: bool


def taken_out(body: str) -> tuple[str, dict[str, bytes]]:
    """A body whose pictures are files in ``files/figures``, and these files.

    A drawing on white gets the class "drawing": in the dark theme the page turns its lightness
    over and keeps its hues. One whose description speaks of light and dark stays as it is.
    """
    found: dict[str, bytes] = {}

    def out(match: re.Match[str]) -> str:
        shown = picture(match[2])
        found[f"{shown.name}.png"] = shown.content
        around = re.sub(r'\s+class="[^"]*"', "", match[1] + match[3]).strip()
        turned = shown.drawn and not BRIGHTNESS.search(around)
        kind = "drawing" if turned else "picture"
        return (
            f'<img class="{kind}" src="files/figures/{shown.name}.png" width="{shown.width}" '
            f'height="{shown.height}" loading="lazy" {around}>'
        )

    return INLINE.sub(out, body), found


@cache
def picture(encoded: str) -> Picture:
    """What is known of an encoded picture."""
    from PIL import Image

    content = base64.b64decode(encoded)
    name = hashlib.sha256(content).hexdigest()[:16]
    with Image.open(io.BytesIO(content)) as opened:
        image = opened.convert("RGB")
    counts = sorted((count for count, _ in image.getcolors(1 << 24) or ()), reverse=True)
    area = image.width * image.height
    drawn = sum(counts[:COLOURS]) >= FEW * area and image.getpixel((0, 0)) == (255, 255, 255)
    return Picture(name, content, image.width, image.height, drawn)
