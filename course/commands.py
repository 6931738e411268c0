"""What each command of ``python -m course`` does; it reads only the room that it needs."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

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


def run_workbook(book: Book, options: argparse.Namespace) -> int:
    """workbook: never over a person's work."""
    from course.workbook import make

    folder = book.root / "workbook"
    print("\n".join(make.write(book, folder, tuple(options.fresh))))
    print(make.what_to_open(book, folder))
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


def run_class(book: Book, options: argparse.Namespace) -> int:
    """class: what a folder of workbooks holds. Status 130 if it was stopped."""
    from course.workbook import class_table, classroom
    from course.workbook.handed_in import handed_in

    names, notebooks = handed_in(options.folder, {chapter.number for chapter in book.chapters})
    stopped = ""
    try:
        seen = classroom.look_at(book.root, notebooks, _so_far, options.seconds)
    except classroom.Interrupted as interrupted:
        seen, stopped = interrupted.seen, f"stopped: {len(interrupted.seen)} of {len(notebooks)} "
    print("\n".join(class_table.table(book, seen)))
    if options.names:
        print(f"\nWho wrote what stands in {class_table.write_names(names, seen, options.folder)}.")
    if stopped:
        print(f"{stopped}notebooks were tried", file=sys.stderr)
    return 130 if stopped else 0


def _so_far(done: int, count: int) -> None:
    """How far a long command is: one line that is written over, or a line now and then."""
    if sys.stderr.isatty():
        print(f"\r{done} of {count} notebooks", end="" if done < count else "\n", file=sys.stderr)
    elif done == count or done % 25 == 0:
        print(f"{done} of {count} notebooks", file=sys.stderr)


def run_nbgrader(book: Book, options: argparse.Namespace) -> int:
    """nbgrader: the instructor's source folder."""
    from course.workbook import grading

    written = grading.write(book, book.root / "build" / "nbgrader")
    print(f"{len(written)} assignments in build/nbgrader/source. There, for each of them:")
    print(f"  nbgrader generate_assignment {written[0].stem} --create")
    return 0


def run_handout(book: Book, options: argparse.Namespace) -> int:
    """handout: the woven chapters, solutions withheld."""
    from course.lecture import paper
    from course.press import handout

    folder = book.root / "build" / "handout"
    written = handout.write(book, folder)
    print(f"{len(written)} chapters without solutions, and all that they need, in build/handout.")
    if options.print:
        pages = list(paper.write(written, folder / "print"))
        print(f"{len(pages)} pages to print from a browser, in build/handout/print.")
    return 0


def run_slides(book: Book, options: argparse.Namespace) -> int:
    """slides: decks, what is said to them, and on request their PDF."""
    from course.feedback.expected import expected
    from course.lecture import deck, pdf
    from course.rules import minutes

    folder = book.root / "build" / "slides"
    if options.check:
        old = deck.stale(book, folder)
        for name in old:
            print(
                f"build/slides/{name}.html is older than its chapter: make slides", file=sys.stderr
            )
        return 1 if old else 0
    chapters = [book.chapter(number) for number in options.chapters] or book.chapters
    for page in deck.write(book, folder, chapters, minutes.by_section, expected):
        print(page.relative_to(book.root).as_posix(), end="", flush=True)
        print(f", {pdf.printed(page).name}" if options.pdf else "", flush=True)
    print(
        "Open a deck in a browser; S shows what the speaker says. The .ipynb beside it runs live."
    )
    return 0


def run_quiz(book: Book, options: argparse.Namespace) -> int:
    """quiz: a sheet of questions, with or without answers."""
    from course.quizzes import page, read, variants

    number = book.chapter(options.chapter).number
    seed = options.seed
    asked = read.questions(number) if seed is None else variants.variant(number, seed)
    print(f"Chapter {number}" + ("" if seed is None else f", sheet {seed}"), end="\n\n")
    print("\n\n".join(page.plain(q, n, options.answers) for n, q in enumerate(asked, start=1)))
    return 0


def run_guide(book: Book, options: argparse.Namespace) -> int:
    """guide: the instructor's pages."""
    from course.feedback.expected import expected
    from course.lecture import guide
    from course.rules import minutes

    written = list(guide.write(book, book.root / "build" / "guide", minutes.by_section, expected))
    print(f"{len(written)} pages; open build/guide/{written[0].name} in a browser.")


def run_playground(book: Book, options: argparse.Namespace) -> int:
    """playground: one page, which needs nothing beside it."""
    from course.press import playground

    written = playground.write(book, book.root / "build" / "playground.html")
    print(f"{written} is written. Open it in a browser: it needs no network and no kernel.")
    return 0


def run_box(book: Book, options: argparse.Namespace) -> int:
    """box: one folder for a USB stick. Status 1 if a wheel is missing for somebody."""
    from course.tasks import box

    folder = book.root / "build" / "box"
    missing = box.write(book, folder, options.targets)
    print(f"{box.size(folder) / 1e9:.2f} GB in build/box; begin with START.html in it.")
    for target, names in missing.items():
        print(f"{target}: no wheel of {', '.join(names)}", file=sys.stderr)
    return 1 if missing else 0


def run_lab(book: Book, options: argparse.Namespace) -> int:
    """lab: JupyterLab on the first chapter, until it is stopped."""
    from course.tasks import lab

    return lab.run(book, options.options)


def run_feedback(book: Book, options: argparse.Namespace) -> int:
    """feedback: what the checks make of versions that are known to be right or wrong."""
    from course.feedback import edits, measure

    lines = edits.report(options.edits) if options.edits else measure.report(book.root)
    for line in lines:
        print(line)
    return 0


def run_site(book: Book, options: argparse.Namespace) -> int:
    """site: the book as a web page."""
    from course.site import make

    folder = book.root / "build" / "site"
    site = make.make(book, folder, options.epub)
    wrong = make.checked(book, site) if options.check else []
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"{len(site.pages)} pages, {size / 1e6:.0f} MB; open build/site/index.html in a browser.")
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0
