"""The class's table: what a folder of workbooks holds, without a name of a person in it.

Each notebook is tried in a process of its own, with limits of time and memory (`one_notebook`); one
that breaks is one line. What people wrote runs on this machine, with the rights of whoever calls.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from course.surroundings import environment
from course.workbook.handed_in import HandedIn
from course.workbook.tried import Tried

SECONDS = 120.0
"""How long one notebook may take."""


class Seen(NamedTuple):
    """What is known of one notebook.

    unread : why it could not be read, without a name of a file; empty if it could.
    whole : False if a check cell is missing or another one, or `check` is not the course's.
    """

    notebook: HandedIn
    tried: tuple[Tried, ...] = ()
    unread: str = ""
    whole: bool = True


class Interrupted(Exception):
    """Ctrl-C was pressed; `seen` holds what was tried until then."""

    def __init__(self, seen: list[Seen]) -> None:
        super().__init__("stopped")
        self.seen = seen


def look_at(
    root: Path,
    notebooks: Sequence[HandedIn],
    told: Callable[[int, int], None],
    seconds: float = SECONDS,
) -> list[Seen]:
    """Try every notebook; `told` hears how many are done, and of how many.

    Raises
    ------
    Interrupted
        If Ctrl-C is pressed: what still runs is ended.
    """
    running = Running()
    found: dict[int, Seen] = {}
    pool = ThreadPoolExecutor(max_workers=max(1, min(4, os.cpu_count() or 1)))
    waiting = {
        pool.submit(running.look, root, notebook, seconds): k
        for k, notebook in enumerate(notebooks)
    }
    try:
        for future in as_completed(waiting):
            found[waiting[future]] = future.result()
            told(len(found), len(notebooks))
    except KeyboardInterrupt:
        running.end()
        pool.shutdown(wait=True, cancel_futures=True)
        raise Interrupted([found[k] for k in sorted(found)]) from None
    pool.shutdown()
    return [found[k] for k in sorted(found)]


class Running:
    """The processes that run now, so that they can be ended."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.processes: set[subprocess.Popen[str]] = set()
        self.ended = False

    def end(self) -> None:
        """End them all, and start no more."""
        with self.lock:
            self.ended = True
            for process in self.processes:
                process.kill()

    def look(self, root: Path, notebook: HandedIn, seconds: float) -> Seen:
        """Try one notebook."""
        if notebook.chapter is None:
            return Seen(notebook, unread="its name does not begin with the number of a chapter")
        with tempfile.TemporaryDirectory(prefix="course_", ignore_cleanup_errors=True) as folder:
            command = [sys.executable, "-P", "-m", "course.workbook.one_notebook"]
            with self._started(
                [*command, notebook.chapter, str(notebook.path.resolve())], root, folder
            ) as process:
                if process is None:
                    return Seen(notebook, unread="not tried")
                try:
                    said, _ = process.communicate(timeout=seconds)
                except subprocess.TimeoutExpired:
                    return Seen(notebook, unread=f"it was still busy after {seconds:.0f} seconds")
        return _read(notebook, said)

    @contextmanager
    def _started(
        self, command: list[str], root: Path, folder: str
    ) -> Iterator[subprocess.Popen[str] | None]:
        """A process that is ended when the block is left; None if no more are to be started."""
        with self.lock:
            if self.ended:
                yield None
                return
            process = subprocess.Popen(
                command,
                cwd=folder,
                env=environment(root),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                errors="replace",
            )
            self.processes.add(process)
        try:
            yield process
        finally:
            process.kill()
            process.wait()
            if process.stdout:
                process.stdout.close()
            with self.lock:
                self.processes.discard(process)


def _read(notebook: HandedIn, said: str) -> Seen:
    """What a process said of its notebook."""
    try:
        answer = json.loads(said.strip().splitlines()[-1])
        if "unread" in answer:
            return Seen(notebook, unread=answer["unread"])
        tried = (Tried(**{**one, "mistakes": tuple(one["mistakes"])}) for one in answer["tried"])
        return Seen(notebook, tuple(tried), whole=answer["whole"])
    except (ValueError, IndexError, KeyError, TypeError):
        return Seen(notebook, unread="it ended the process that tried it")
