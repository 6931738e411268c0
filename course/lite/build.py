"""Put the browser edition together: JupyterLite, the notebooks, the wheels, the runtime."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from course.book import Book
from course.lite import contents, runtime, wheels
from course.lite.tools import KERNEL, Tools, tools
from course.surroundings import SETTINGS
from course.tasks.lab import STYLE

PAGE = Path(__file__).parent / "page"
TITLE = "A neural network from scratch"
WIDGETS = Path("share") / "jupyter" / "labextensions" / "@jupyter-widgets" / "jupyterlab-manager"
WITHOUT = [
    # Files go through memory: else each import would ask the page, over a worker that some hosts
    # do not allow and that outlives a new version of the site.
    "@jupyterlite/apputils-extension:service-worker-manager",
]


def build(book: Book, folder: Path, runtime_folder: Path | None = None) -> Path:
    """Write the edition into a folder, which is emptied first.

    Parameters
    ----------
    book : Book
        The book; its chapters are woven.
    folder : Path
        Where it goes.
    runtime_folder : Path, optional
        A folder with Pyodide; by default the page takes it from the public host.
    """
    brought = tools()
    source = runtime.public(brought) if runtime_folder is None else runtime.local(runtime_folder)
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as scratch:
        stage = Path(scratch)
        written = contents.write(book, stage / "contents")
        editions = contents.editions(written, stage / "contents")
        made = wheels.build(book.root, stage / "wheels")
        own = wheels.by_name([*brought.wheels, *wheels.pure(), *made])
        extensions = stage / "labextensions"
        shutil.copytree(Path(sys.prefix) / WIDGETS, extensions / Path(*WIDGETS.parts[-2:]))
        shutil.copytree(PAGE, extensions / "course-lite", ignore=wheels.JUNK)
        shutil.copy(STYLE / "custom.css", extensions / "course-lite" / "static")
        _configure(stage, brought, list(own.values()))
        brought.run("build", "--lite-dir", str(stage), "--output-dir", str(folder), cwd=stage)
        settings = runtime.place(source, own, folder)
    _settle(folder, settings)
    _write(folder / "static" / "editions.json", editions)
    shutil.copy(folder / "lab" / "favicon.ico", folder)  # a browser asks for it there
    return folder


def _configure(stage: Path, brought: Tools, own: list[Path]) -> None:
    """The files that tell JupyterLite's build what to take."""
    config = {
        "LiteBuildConfig": {
            "apps": ["lab"],
            "contents": ["contents"],
            "cache_dir": str(stage / "cache"),
            "ignore_sys_prefix": True,
            "no_sourcemaps": True,
            "no_unused_shared_packages": True,
        },
        "FederatedExtensionAddon": {
            "extra_labextensions_path": [str(brought.extensions), str(stage / "labextensions")]
        },
        "PipliteAddon": {"piplite_urls": [str(path) for path in own]},
    }
    _write(stage / "jupyter_lite_config.json", config)
    _write(stage / "overrides.json", SETTINGS)
    page = {"appName": TITLE, "disabledExtensions": WITHOUT, "exposeAppInBrowser": True}
    _write(
        stage / "jupyter-lite.json",
        {"jupyter-lite-schema-version": 0, "jupyter-config-data": page},
    )


def _settle(folder: Path, settings: dict[str, Any]) -> None:
    """Tell the kernel where the runtime and its lock are."""
    path = folder / "jupyter-lite.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    plugins = config["jupyter-config-data"].setdefault("litePluginSettings", {})
    plugins.setdefault(f"{KERNEL}:kernel", {}).update(settings)
    _write(path, config)


def _write(path: Path, what: dict[str, Any]) -> None:
    path.write_text(json.dumps(what, indent=1), encoding="utf-8")
