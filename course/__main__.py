"""The command line of the course: ``python -m course COMMAND``."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

from course import commands as do
from course.book import HOME, AuthorError, Book
from course.surroundings import print_anything

READ_ONLY = "to write there, copy the course into a folder of your own"


def main(arguments: list[str] | None = None) -> int:
    """Run a command; an author's error becomes one line and exit status 1, Ctrl-C status 130."""
    # Products in one thread: the same digits on every machine, and no waiting on a busy one.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    print_anything()
    options = parser().parse_args(arguments)
    book = Book(options.root)
    try:
        status = options.run(book, options) or 0
        if sys.stdout:
            sys.stdout.flush()
        return status
    except AuthorError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:  # who reads has read enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:  # a folder in the place of a file, a full disk, a link to itself
        denied = error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
        said = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        print(f"{said}; {READ_ONLY}" if denied else said, file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    top = argparse.ArgumentParser(prog="python -m course", description=__doc__)
    top.add_argument("--root", type=Path, default=HOME, help=argparse.SUPPRESS)
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(
        name: str, run: Callable[[Book, argparse.Namespace], int], text: str
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text.replace("%", "%%"), description=text)
        made.set_defaults(run=run)
        return made

    tangle = command("tangle", do.run_tangle, "write nnlib from the chapters' package cells")
    tangle.add_argument("--check", action="store_true", help="compare instead of writing")
    tangle.add_argument("--through", metavar="NN", help="stop after this chapter")
    tangle.add_argument("--out", type=Path, metavar="DIR", help="write a snapshot DIR/nnlib")

    weave = command(
        "weave", do.run_weave, "execute the chapters that have changed and store them as notebooks"
    )
    weave.add_argument("chapters", nargs="*", metavar="NN", help="these chapters, changed or not")
    weave.add_argument("--all", action="store_true", help="every chapter, changed or not")

    compare = command("compare", do.run_compare, "run a chapter and compare with what is stored")
    compare.add_argument("chapters", nargs="+", metavar="NN")

    command("check", do.run_check, "check the rules of the chapters; nothing is executed")
    where = command("where", do.run_where, "where a name of nnlib stands: its page, or its file")
    where.add_argument("name", metavar="NAME", help="such as sigmoid, or losses.cost")
    command("format", do.run_format, "bring code and package cells into the form of ruff")
    command("lint", do.run_lint, "ruff, mypy, tangle --check and check: what needs no execution")

    run = command("run", do.run_run, "run a chapter as plain Python, without a kernel")
    run.add_argument("chapter", metavar="NN")
    run.add_argument("--solutions", action="store_true", help="run the folded solutions as well")
    run.add_argument("--package", type=Path, metavar="DIR", help="import nnlib from DIR")

    equations = command("equations", do.run_equations, "where equations are stated, coded, tested")
    equations.add_argument("--markdown", action="store_true", help="a table with links, for README")

    minutes = command("minutes", do.run_minutes, "how long each chapter takes, and what it prints")
    minutes.add_argument("--write", action="store_true", help="print it on the first pages")

    command("test", do.run_test, "run every test: package, course, every notebook")
    command("coverage", do.run_coverage, "which branches of nnlib its tests reach; 95 % are wanted")

    matrix = command(
        "matrix", do.run_matrix, "test nnlib with the oldest and the newest NumPy and matplotlib"
    )
    matrix.add_argument(
        "which",
        nargs="*",
        choices=["oldest", "newest", []],
        default=[],
        metavar="WHICH",
        help="oldest, newest; both if nothing is given",
    )

    release = command(
        "release",
        do.run_release,
        "build what a version consists of, and try it as a stranger would",
    )
    release.add_argument("--tested", action="store_true", help="the tests were run on this tree")
    release.add_argument("--tag", action="store_true", help="set the tag too; nothing is pushed")

    workbook = command("workbook", do.run_workbook, "write your copy of the chapters, to fill in")
    workbook.add_argument(
        "--fresh", action="append", default=[], metavar="NN", help="start chapter NN anew"
    )

    command("progress", do.run_progress, "what is written in the workbook, and what is next")
    command("check-mine", do.run_check_mine, "run nnlib's tests on the package in your workbook")
    a_class = command(
        "class",
        do.run_class,
        "a table of what a class has written: a folder with a workbook for each person, or "
        "nbgrader's; it runs their functions on this machine and names nobody",
    )
    a_class.add_argument("folder", type=Path, metavar="DIR")
    a_class.add_argument(
        "--names", action="store_true", help="also write DIR/class.csv, with who wrote what"
    )
    a_class.add_argument(
        "--seconds", type=float, default=120, metavar="N", help="how long one notebook may take"
    )
    command("nbgrader", do.run_nbgrader, "write the workbook as assignments for nbgrader")
    handout = command(
        "handout",
        do.run_handout,
        "write a folder that runs by itself, for a class: the chapters, executed, without their "
        "solutions and without the answers to predictions; functions that the workbook asks for "
        "are explained there, so hand it out after the work",
    )
    handout.add_argument("--print", action="store_true", help="and pages that a browser prints")

    slides = command(
        "slides", do.run_slides, "cut the chapters into slides, with what is said to them"
    )
    slides.add_argument("chapters", nargs="*", metavar="NN", help="these chapters alone")
    slides.add_argument("--pdf", action="store_true", help="print each deck, a slide on a page")
    slides.add_argument("--check", action="store_true", help="open each deck: what is wrong?")

    box = command("box", do.run_box, "write the course and its wheels for a USB stick")
    box.add_argument(
        "--for",
        dest="targets",
        action="append",
        default=[],
        metavar="WHOM",
        help="only these: linux-3.11, windows, macos-arm64-3.13, 3.12, … (as often as you like)",
    )

    command("guide", do.run_guide, "write the instructor's guide: a page for each lecture")
    command(
        "playground",
        do.run_playground,
        "write one page in which a network learns before your eyes, with the numbers of nnlib",
    )

    site = command("site", do.run_site, "build the book as a web page: static files, none executed")
    site.add_argument("--epub", action="store_true", help="and as an EPUB, build/site/book.epub")
    site.add_argument("--check", action="store_true", help="open every page in a browser as well")

    lite = command(
        "lite",
        do.run_lite,
        "build the browser edition: JupyterLite with every chapter and the workbook; the variable "
        "LITE_RUNTIME names a folder with Pyodide, else the page takes it from its public host",
    )
    lite.add_argument("--serve", action="store_true", help="serve what is built, on this machine")
    lite.add_argument(
        "--check",
        nargs="*",
        metavar="NN",
        help="run chapters of what is built in Chromium, without a network, and compare (00 to 09)",
    )

    quiz = command("quiz", do.run_quiz, "print the questions of a chapter, for a class")
    quiz.add_argument("chapter", metavar="NN")
    quiz.add_argument("--seed", type=int, metavar="N", help="hand-traced, with own numbers")
    quiz.add_argument("--answers", action="store_true", help="each choice with its reason")

    feedback = command(
        "feedback", do.run_feedback, "measure the checks on versions that are known to be wrong"
    )
    which = feedback.add_mutually_exclusive_group(required=True)
    which.add_argument("--report", action="store_true", help="as people type them")
    which.add_argument("--edits", type=int, metavar="N", help="N random edits of one token")

    lab = command("lab", do.run_lab, "open the course in JupyterLab")
    lab.add_argument("options", nargs="*", help="for JupyterLab, after --")
    return top


if __name__ == "__main__":
    sys.exit(main())
