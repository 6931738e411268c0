"""Try one notebook in a process of its own: `python -m course.workbook.one_notebook NN PATH`.

It prints one line of JSON. The notebook's code meets a limit of memory, cannot read what is typed,
and what it prints is thrown away.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

MEMORY = 3 * 2**30
"""Bytes of memory that a notebook may ask for; a system that knows no such limit has none."""


def limit_memory() -> None:
    """Set the limit, where there is one to set."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):
        pass


def answer(number: str, path: Path) -> dict[str, Any]:
    """What is known of a notebook: its exercises, or why it cannot be read."""
    from course.book import AuthorError
    from course.book.stored import read_notebook, stored_code
    from course.workbook.tried import checks_are_whole, tried

    try:
        sources = [source for source, _ in stored_code(read_notebook(path, ""))]
    except AuthorError as error:
        return {"unread": error.message.split(";")[0]}
    found = [one._asdict() for one in tried(number, sources)]
    return {"tried": found, "whole": checks_are_whole(number, sources)}


def main() -> None:
    """Answer on the stream that was stdout, and leave at once: a thread may still be busy."""
    number, path = sys.argv[1:]
    limit_memory()
    told = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    text = json.dumps(answer(number, Path(path)))
    with open(told, "w", encoding="utf-8") as stream:
        stream.write(text + "\n")
    os._exit(0)


if __name__ == "__main__":
    main()
