"""Hatchling's hook for ``pip install -e .``: a folder of any name is found in every locale.

An editable install is a file that names this folder. Python 3.11 and 3.12 read it in the encoding
of the locale, so that a folder ``Kürs`` is not found, or Python does not even start. Where the
folder's name is not ASCII, the file gets a line of code in plain letters that means the same.
"""

from __future__ import annotations

import base64
import hashlib
import os
import zipfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Editable(BuildHookInterface):  # type: ignore[type-arg]
    """Looks at the wheel of an editable install after it is written."""

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Put the line of code in the place of the folder's name."""
        if version == "editable" and not self.root.isascii():
            in_plain_letters(Path(artifact_path))


def line_of_code(folder: str) -> str:
    """What Python runs at its start to find a folder, in plain letters."""
    return f"import os, sys; sys.path.append(os.fsdecode({os.fsencode(folder)!r}))"


def in_plain_letters(wheel: Path) -> None:
    """Write the wheel anew, with lines of code in its .pth files, and their sums in the record."""
    with zipfile.ZipFile(wheel) as archive:
        files = [(entry, archive.read(entry)) for entry in archive.infolist()]
    sums = {}
    for k, (entry, content) in enumerate(files):
        if entry.filename.endswith(".pth"):
            folders = content.decode("utf-8").splitlines()
            content = "\n".join(map(line_of_code, folders)).encode("ascii")
            files[k] = (entry, content)
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=")
            sums[entry.filename] = f"{entry.filename},sha256={digest.decode()},{len(content)}"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in files:
            if entry.filename.endswith(".dist-info/RECORD"):
                lines = content.decode("utf-8").splitlines()
                lines = [sums.get(line.split(",")[0], line) for line in lines]
                content = ("\n".join(lines) + "\n").encode()
            archive.writestr(entry, content)
