"""The command line of the course: ``python -m course COMMAND``."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from course.book import Book
from course.errors import AuthorError
from course.tools import HOME


def main(arguments: list[str] | None = None) -> int:
    """Run a command; an author's error becomes one line and exit status 1, Ctrl-C status 130."""
    # Products in one thread: the same digits on every machine, and no waiting on a busy one.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    options = parser().parse_args(arguments)
    book = Book(options.root)
    try:
        return options.run(book, options) or 0
    except AuthorError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130


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

    command("check", run_check, "check the rules of the chapters; nothing is executed")
    command("format", run_format, "bring code and package cells into the form of ruff")
    command("lint", run_lint, "ruff, mypy, tangle --check and check: what needs no execution")

    run = command("run", run_run, "run a chapter as plain Python, without a kernel")
    run.add_argument("chapter", metavar="NN")
    run.add_argument("--solutions", action="store_true", help="run the folded solutions as well")
    run.add_argument("--package", type=Path, metavar="DIR", help="import nnlib from DIR")

    equations = command("equations", run_equations, "where each equation is stated, coded, tested")
    equations.add_argument("--markdown", action="store_true", help="a table with links, for README")

    command("test", run_test, "run every test: package, course, every notebook")
    command("coverage", run_coverage, "which branches of nnlib its tests reach; 95 % are wanted")

    matrix = command(
        "matrix", run_matrix, "test nnlib with the oldest and the newest NumPy and matplotlib"
    )
    matrix.add_argument(
        "which",
        nargs="*",
        choices=["oldest", "newest", []],
        default=[],
        metavar="WHICH",
        help="oldest, newest; both if nothing is given",
    )

    workbook = command("workbook", run_workbook, "write your own copy of the chapters, to fill in")
    workbook.add_argument(
        "--fresh", action="append", default=[], metavar="NN", help="start chapter NN anew"
    )

    command("progress", run_progress, "what is written in the workbook, and what is next")
    command("check-mine", run_check_mine, "run nnlib's tests on the package in your workbook")
    command("nbgrader", run_nbgrader, "write the workbook as assignments for nbgrader")
    command(
        "handout",
        run_handout,
        "write the chapters, executed, without the solutions of their exercises, for a class; "
        "functions that the workbook asks for are explained there, so hand them out after the work",
    )

    lab = command("lab", run_lab, "open the course in JupyterLab")
    lab.add_argument("options", nargs="*", help="for JupyterLab, after --")
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


def run_check(book: Book, options: argparse.Namespace) -> int:
    """check: print every error of the rules."""
    from course import rules

    errors = rules.check(book)
    for error in errors:
        print(error, file=sys.stderr)
    if not errors:
        print(f"{len(book.chapters)} chapters keep the {len(rules.RULES)} rules.")
    return 1 if errors else 0


def run_format(book: Book, options: argparse.Namespace) -> int:
    """format: the repository's code, then the package cells in the chapters."""
    from course import tangle, tools

    tools.ruff("check", "--select=I", "--fix", ".", cwd=book.root)
    tools.ruff("format", ".", cwd=book.root)
    for cell in tangle.format_text(book):
        print(f"{cell.file.as_posix()}, cell {cell.number}, line {cell.line}: formatted")
    return 0


def run_lint(book: Book, options: argparse.Namespace) -> int:
    """lint: every check that executes nothing."""
    from course import testing

    return testing.run(book, testing.LINT)


def run_run(book: Book, options: argparse.Namespace) -> int:
    """run: one chapter in this process."""
    from course import run

    if options.package:
        run.use_package(options.package)
    chapter = book.chapter(options.chapter)
    run.run_chapter(book, chapter, options.solutions)
    print(f"{chapter.name} runs.")
    return 0


def run_equations(book: Book, options: argparse.Namespace) -> int:
    """equations: the table; its last line counts. Status 1 if an equation lacks something."""
    import shutil

    from course import equations

    made = equations.table(book)
    if options.markdown:
        print(equations.markdown(made))
    else:
        print(equations.plain(made, shutil.get_terminal_size((100, 24)).columns))
    for error in made.problems:
        print(error, file=sys.stderr)
    return 1 if made.problems else 0


def run_test(book: Book, options: argparse.Namespace) -> int:
    """test: all there is."""
    from course import testing

    return testing.run(book, testing.EVERYTHING)


def run_coverage(book: Book, options: argparse.Namespace) -> int:
    """coverage: tests/nnlib, and what they do not reach."""
    from course import testing

    return testing.run(book, (testing.COVERAGE,))


def run_matrix(book: Book, options: argparse.Namespace) -> int:
    """matrix: needs a package index."""
    from course import matrix

    return matrix.run(book.root, tuple(options.which) or matrix.BOTH)


def run_workbook(book: Book, options: argparse.Namespace) -> int:
    """workbook: never over a person's work."""
    from course.workbook import make

    print("\n".join(make.write(book, book.root / "workbook", tuple(options.fresh))))
    return 0


def run_progress(book: Book, options: argparse.Namespace) -> int:
    """progress: a bar for each chapter."""
    from course.exercises import progress

    print(progress.summary(written_workbook(book)))
    return 0


def written_workbook(book: Book) -> Path:
    """The folder of the workbook."""
    folder = book.root / "workbook"
    if not any(folder.glob("*.ipynb")):
        raise AuthorError("there is no workbook yet; `python -m course workbook` writes it")
    return folder


def run_check_mine(book: Book, options: argparse.Namespace) -> int:
    """check-mine: tangle the workbook and test the result."""
    from course.workbook import mine

    workbook = mine.Workbook(book.root, written_workbook(book))
    return mine.check_mine(workbook, book.root / "build" / "mine")


def run_nbgrader(book: Book, options: argparse.Namespace) -> int:
    """nbgrader: the instructor's source folder."""
    from course.workbook import grading

    written = grading.write(book, book.root / "build" / "nbgrader")
    print(f"{len(written)} assignments in build/nbgrader/source. There, for each of them:")
    print(f"  nbgrader generate_assignment {written[0].stem} --create")
    return 0


def run_handout(book: Book, options: argparse.Namespace) -> int:
    """handout: the woven chapters, solutions withheld."""
    from course.workbook import handout

    written = handout.write(book, book.root / "build" / "handout")
    print(f"{len(written)} chapters without solutions in build/handout/notebooks.")
    return 0


def run_lab(book: Book, options: argparse.Namespace) -> int:
    """lab: JupyterLab on the first chapter, until it is stopped."""
    from course import lab

    return lab.run(book, options.options)


if __name__ == "__main__":
    sys.exit(main())
