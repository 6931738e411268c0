"""The command line of the course: ``python -m course COMMAND``."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from course.book import Book
from course.errors import AuthorError
from course.tools import HOME


def main(arguments: list[str] | None = None) -> int:
    """Run a command; an author's error becomes one line and exit status 1."""
    options = parser().parse_args(arguments)
    book = Book(options.root)
    try:
        return options.run(book, options) or 0
    except AuthorError as error:
        print(error, file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    top = argparse.ArgumentParser(prog="python -m course", description=__doc__)
    top.add_argument("--root", type=Path, default=HOME, help=argparse.SUPPRESS)
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name, run, text):
        made = commands.add_parser(name, help=text, description=text)
        made.set_defaults(run=run)
        return made

    tangle = command("tangle", run_tangle, "write nnlib from the chapters' package cells")
    tangle.add_argument("--check", action="store_true", help="compare instead of writing")
    tangle.add_argument("--through", metavar="NN", help="stop after this chapter")
    tangle.add_argument("--out", type=Path, metavar="DIR", help="write a snapshot DIR/nnlib")

    weave = command("weave", run_weave, "execute chapters and store them as notebooks")
    weave.add_argument("chapters", nargs="*", metavar="NN", help="these chapters only")
    return top


def run_tangle(book: Book, options: argparse.Namespace) -> int:
    """tangle: write, or check, or write a snapshot."""
    from course import tangle

    if options.check:
        if options.out or options.through:
            raise AuthorError("--check compares the whole package: no --out, no --through")
        tangle.check(book)
        print(f"nnlib is what the {len(book.chapters)} chapters build.")
        return 0
    if options.through and not options.out:
        raise AuthorError("--through writes a snapshot: say where with --out DIR")
    files = tangle.write(book, options.through, options.out)
    print(f"{len(files)} files in {files[0].parent}." if files else "No chapters, nothing to do.")
    return 0


def run_weave(book: Book, options: argparse.Namespace) -> int:
    """weave: tangle first, then the chapters one after the other."""
    from course import tangle, weave

    tangle.write(book)
    chosen = [book.chapter(number) for number in options.chapters] or book.chapters
    if not chosen:
        print("No chapters in notebooks/text, nothing to weave.")
    for chapter in chosen:
        start = time.perf_counter()
        print(f"{chapter.name} … ", end="", flush=True)
        try:
            weave.weave(book, chapter)
        except AuthorError:
            print("failed")
            raise
        print(f"{time.perf_counter() - start:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
