"""What one student needs: the memory and the seconds of a kernel that runs a chapter.

    python -m bench.students          # every chapter, one after the other: some minutes
    python -m bench.students 04 09    # these

Printed are rows for docs/jupyterhub.md. Memory is the peak, over the kernel and what it starts:
"own" is what no other process shares (USS), "all" counts shared pages too (RSS). It is looked at
50 times a second, so a peak that is shorter may be missed.
"""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass, field

import nbformat
import psutil
from nbclient import NotebookClient

from course.book import Book
from course.surroundings import own_settings


@dataclass
class Watch:
    """The peaks of a process and those that it starts, looked at until it ends."""

    process: psutil.Process
    own: int = 0
    all: int = 0
    seconds: dict[int, float] = field(default_factory=dict)
    over: threading.Event = field(default_factory=threading.Event)

    def look(self) -> None:
        """Add up what all of them have now."""
        own = every = 0
        for each in [self.process, *self.process.children(recursive=True)]:
            try:
                memory, times = each.memory_full_info(), each.cpu_times()
            except psutil.Error:
                continue
            own, every = own + memory.uss, every + memory.rss
            self.seconds[each.pid] = times.user + times.system
        self.own, self.all = max(self.own, own), max(self.all, every)

    def watch(self) -> None:
        """Look again and again."""
        while not self.over.wait(0.02):
            try:
                self.look()
            except psutil.Error:
                return


def measured(path, env) -> Watch:
    """Run a notebook as JupyterLab would, cell by cell, and watch its kernel."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, timeout=600, resources={"metadata": {"path": str(path.parent)}}
    )
    with client.setup_kernel(env=env):
        watch = Watch(psutil.Process(client.km.provisioner.process.pid))
        thread = threading.Thread(target=watch.watch)
        thread.start()
        for number, cell in enumerate(notebook.cells):
            client.execute_cell(cell, number)
        watch.look()
        watch.over.set()
        thread.join()
    return watch


def main(wanted: list[str]) -> None:
    """Measure the chapters and print a row for each."""
    book = Book()
    print("| chapter | own memory, MB | all memory, MB | CPU seconds |")
    print("|---|--:|--:|--:|")
    with own_settings(book.root) as env:
        for chapter in [book.chapter(number) for number in wanted] or book.chapters:
            begun = time.perf_counter()
            watch = measured(chapter.notebook, env)
            took = time.perf_counter() - begun
            seconds = sum(watch.seconds.values())
            row = (chapter.number, watch.own / 1e6, watch.all / 1e6, seconds)
            print("| {} | {:.0f} | {:.0f} | {:.0f} |".format(*row), flush=True)
            print(f"  {chapter.number}: {took:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
