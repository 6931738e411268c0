"""What the commands for authors do: make the chapters, hold their rules, test, measure."""

from __future__ import annotations

import argparse
import sys
import time

from course.book import AuthorError, Book


def run_tangle(book: Book, options: argparse.Namespace) -> int:
    """tangle: write, or check, or write a snapshot."""
    from course.press import tangle

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
    from course.press import changed, tangle, weave
    from course.rules.names import early_names

    if options.all and options.chapters:
        raise AuthorError("--all weaves every chapter: no numbers with it")
    tangle.write(book)
    named = [book.chapter(number) for number in options.chapters]
    if not book.chapters:
        print("No chapters in notebooks/text, nothing to weave.")
    woven = 0
    for chapter in named or book.chapters:
        what = "code" if named or options.all else changed.changed(book, chapter)
        if what is None:
            continue
        if early := early_names(book, chapter):
            raise early[0]
        woven += 1
        start = time.perf_counter()
        print(f"{chapter.name} … ", end="", flush=True)
        if what == "prose":
            weave.rewrite(book, chapter)
            print("prose alone has changed, the outputs stay")
            continue
        try:
            weave.weave(book, chapter)
        except AuthorError:
            print("failed")
            raise
        print(f"{time.perf_counter() - start:.1f} s")
    if book.chapters and not woven:
        print("Nothing has changed since the chapters were woven; --all weaves them anew.")
    return 0


def run_compare(book: Book, options: argparse.Namespace) -> int:
    """compare: what is stored, and what a new run gives. Status 1 if a cell differs."""
    from course.press import compare

    status = 0
    for chapter in [book.chapter(number) for number in options.chapters]:
        different = list(compare.compare(book, chapter))
        for cell, lines in different:
            status = 1
            print(cell.error("the stored output is not that of a new run"), file=sys.stderr)
            print(*(f"  {line}" for line in lines), sep="\n", file=sys.stderr)
        cells = len(chapter.code_cells())
        print(f"{chapter.name} was run: {cells} code cells, {len(different)} differ.")
    return status


def run_where(book: Book, options: argparse.Namespace) -> int:
    """where: every place that a name can mean."""
    from course.book.where import where

    print("\n".join(map(str, where(book, options.name))))
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
    from course.press.ruff import format_text, ruff

    ruff("check", "--select=I", "--fix", ".", cwd=book.root)
    ruff("format", ".", cwd=book.root)
    for cell in format_text(book):
        print(f"{cell.file.as_posix()}, cell {cell.number}, line {cell.line}: formatted")
    return 0


def run_lint(book: Book, options: argparse.Namespace) -> int:
    """lint: every check that executes nothing."""
    from course.tasks import testing

    return testing.run(book, testing.LINT)


def run_run(book: Book, options: argparse.Namespace) -> int:
    """run: one chapter in this process."""
    from course.press import run

    if options.package:
        run.use_package(options.package)
    chapter = book.chapter(options.chapter)
    run.run_chapter(book, chapter, options.solutions)
    print(f"{chapter.name} runs.")
    return 0


def run_equations(book: Book, options: argparse.Namespace) -> int:
    """equations: the table; its last line counts. Status 1 if an equation lacks something."""
    import shutil

    from course.rules import equation_table, equations

    made = equations.table(book)
    if options.markdown:
        print(equation_table.markdown(made))
    else:
        print(equation_table.plain(made, shutil.get_terminal_size((100, 24)).columns))
    for error in made.problems:
        print(error, file=sys.stderr)
    return 1 if made.problems else 0


def run_minutes(book: Book, options: argparse.Namespace) -> int:
    """minutes: the table; with --write the first pages print what it says."""
    from course.rules import minutes

    if options.write:
        for chapter in book.chapters:
            if text := minutes.corrected(chapter):
                (book.root / chapter.file).write_bytes(text.encode())
                print(f"{chapter.name}: about {minutes.minutes(chapter)} minutes")
        book = Book(book.root, book.modules)
    print(minutes.table(book))
    return 0


def run_test(book: Book, options: argparse.Namespace) -> int:
    """test: all there is."""
    from course.tasks import testing

    return testing.run(book, testing.EVERYTHING)


def run_coverage(book: Book, options: argparse.Namespace) -> int:
    """coverage: tests/nnlib, and what they do not reach."""
    from course.tasks import testing

    return testing.run(book, (testing.COVERAGE,))


def run_matrix(book: Book, options: argparse.Namespace) -> int:
    """matrix: needs a package index."""
    from course.tasks import matrix

    return matrix.run(book.root, tuple(options.which) or matrix.BOTH)


def run_feedback(book: Book, options: argparse.Namespace) -> int:
    """feedback: what the checks make of versions that are known to be right or wrong."""
    from course.feedback import edits, measure

    lines = edits.report(options.edits) if options.edits else measure.report(book.root)
    for line in lines:
        print(line)
    return 0


def run_release(book: Book, options: argparse.Namespace) -> int:
    """release: build, try, name; a tag only when it is asked for."""
    from course.tasks import release

    return release.run(book, book.root / "build" / "release", options.tested, options.tag)
