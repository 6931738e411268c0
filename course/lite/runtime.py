"""Where Python for the browser comes from, each of its files held to a checksum.

Pyodide is a core (an interpreter and its library) and packages; its lock names every package with
the SHA-256 of its file, and the page refuses a file that has another one. By default both come from
Pyodide's own public host, when the page is opened. From a folder they are copied into the site, and
then no network is needed.
"""

from __future__ import annotations

import hashlib
import json
import runpy
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.book import AuthorError
from course.lite.tools import Tools
from course.lite.wheels import OWN
from course.vendor import PYODIDE, unpacked

Entry = dict[str, Any]
LOCK = "pyodide-lock.json"
PLACE = Path("static") / "pyodide"
"""Where the runtime lies in the site."""
CORES = {
    "314.0.6": {
        "pyodide.mjs": "69e3f6ccec3e14b465df60be577ca62f536251406b9a00cce019eac5252a2495",
        "pyodide.asm.mjs": "2ac5eba365ec12839c75c03b39b3be1dd63b798852cc460b014b52238be042f7",
        "pyodide.asm.wasm": "3a0a00dfeaa348ac20f9ef09904233d32d33f644339662d4af368f8a2010f37a",
        "python_stdlib.zip": "80c5be6babfe03297069703410c3c29404dcf2525d2b128746bae5536f94831f",
    },
    "0.27.7": {
        "pyodide.mjs": "04c052c815abb0bf2981fa38c2dfa58e3120ee5288c956df2b2a15e301782c5f",
        "pyodide.asm.js": "6b4c90de5b7172873f04f21884d0e9d2274e305fe32116558fe3e4fbe3618d51",
        "pyodide.asm.wasm": "a50dd1843f805a0b7c45b61037ee0d7b26dfe85efe0e18ef95a34ad24e401f5f",
        "python_stdlib.zip": "16611534726e5d8ac2bd8f926410b2dcb8d6f49aa24913463533b457a2115c16",
    },
}
"""The SHA-256 of the files of a core: those of the package that Pyodide publishes at npm."""
BEFORE = ("micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython")
STARTS = (*BEFORE, "numpy", "matplotlib", "nnlib", "course")
"""What a kernel loads when it starts."""
ASKED = (*STARTS, "scikit-learn", "ssl", "sqlite3")
"""What a runtime of one's own brings along, with all that this needs, as far as its lock has it."""


@dataclass(frozen=True)
class Runtime:
    """Python for the browser.

    lock : the lock of the runtime.
    core : the files of its core in its folder; empty where the page takes it from the public host.
    folder : where the packages lie; None for the public host.
    """

    version: str
    lock: Mapping[str, Any]
    host: str | None = None
    folder: Path | None = None

    @property
    def core(self) -> Iterable[str]:
        """The names of the files of its core."""
        return CORES[self.version]


def public(tools: Tools) -> Runtime:
    """The runtime of the public host that the kernel takes by itself."""
    known = runpy.run_path(str(tools.folder / "jupyterlite_pyodide_kernel" / "constants.py"))
    version = known["PYODIDE_VERSION"]
    if version != PYODIDE.version:
        message = f"the kernel wants Pyodide {version}, course/vendor.py has {PYODIDE.version}"
        raise AuthorError(message)
    lock = json.loads((unpacked(PYODIDE) / LOCK).read_text(encoding="utf-8"))
    return Runtime(version, lock, host=known["PYODIDE_CDN_URL"])


def local(folder: Path) -> Runtime:
    """The runtime in a folder: core, lock, packages.

    Raises
    ------
    AuthorError
        If it is not one, or if a file of its core is not one that Pyodide published.
    """
    if not (folder / LOCK).is_file():
        raise AuthorError(f"{folder} holds no {LOCK}: it is no runtime of Pyodide")
    lock = json.loads((folder / LOCK).read_text(encoding="utf-8"))
    engine = folder / "pyodide.asm.wasm"
    found = sha256(engine) if engine.is_file() else ""
    for version, core in CORES.items():
        if core[engine.name] == found:
            for name, wanted in core.items():
                held(folder / name, wanted)
            return Runtime(version, lock, folder=folder)
    known = ", ".join(CORES)
    raise AuthorError(f"{engine} is of no Pyodide whose files are known here ({known})")


def held(path: Path, wanted: str) -> Path:
    """A file that is the one that was published.

    Raises
    ------
    AuthorError
        If it is missing, or another one.
    """
    if not path.is_file():
        raise AuthorError(f"{path} is missing")
    found = sha256(path)
    if found != wanted:
        raise AuthorError(f"{path} has the checksum {found[:12]}…, not {wanted[:12]}…")
    return path


def sha256(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def place(runtime: Runtime, own: Mapping[str, Path], site: Path) -> dict[str, Any]:
    """Write the lock of the site, and what of the runtime belongs into it; the kernel's settings.

    Parameters
    ----------
    runtime : Runtime
        Where Python comes from.
    own : mapping
        The wheels that the site brings, by name; they lie in its folder ``pypi``.
    site : Path
        The folder of the site.
    """
    folder = site / PLACE
    folder.mkdir(parents=True, exist_ok=True)
    theirs = {name: dict(entry) for name, entry in runtime.lock["packages"].items()}
    packages = theirs | {
        each.name: _entry(each.name, each.imports, each.depends, own[each.name])
        for each in OWN
        if each.name in ("nnlib", "course") or each.name not in theirs
    }
    if runtime.folder:
        packages = {name: packages[name] for name in sorted(closure(packages, ASKED))}
        for name in runtime.core:
            shutil.copy(runtime.folder / name, folder / name)
    for name, entry in packages.items():
        if name not in theirs or entry["file_name"].startswith("../"):
            continue
        if runtime.folder:
            file = held(runtime.folder / entry["file_name"], entry["sha256"])
            shutil.copy(file, folder / file.name)
        else:
            entry["file_name"] = f"{runtime.host}/{entry['file_name']}"
    lock = folder / LOCK
    lock.write_text(json.dumps({**runtime.lock, "packages": packages}), encoding="utf-8")
    settings: dict[str, Any] = {
        "disablePyPIFallback": runtime.folder is not None,
        "loadPyodideOptions": {
            "lockFileURL": f"./{PLACE.as_posix()}/{LOCK}?sha256={sha256(lock)}",
            "packages": [name for name in STARTS if name in packages],
        },
    }
    if runtime.folder:
        settings["pyodideUrl"] = f"./{PLACE.as_posix()}/pyodide.mjs"
    return settings


def closure(packages: Mapping[str, Entry], wanted: Iterable[str]) -> set[str]:
    """These packages and all that they need, as far as they are there.

    Raises
    ------
    AuthorError
        If one of them needs one that is not there.
    """
    found: set[str] = set()
    left = [name for name in wanted if name in packages]
    while left:
        name = left.pop()
        if name in found:
            continue
        found.add(name)
        for each in packages[name]["depends"]:
            each = each.replace("_", "-")  # the keys of a lock are written so
            if each not in packages:
                raise AuthorError(f"{LOCK}: {name} needs {each}, which is not in it")
            left.append(each)
    return found


def _entry(name: str, imports: tuple[str, ...], depends: tuple[str, ...], wheel: Path) -> Entry:
    """How the lock names a wheel that the site brings."""
    return {
        "name": name,
        "version": wheel.name.split("-")[1],
        "file_name": f"../../pypi/{wheel.name}",
        "sha256": sha256(wheel),
        "imports": list(imports),
        "depends": list(depends),
        "install_dir": "site",
        "package_type": "package",
        "unvendored_tests": False,
    }
