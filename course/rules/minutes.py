"""How long a chapter takes: counted from its text, printed on its first page, with a break.

The rates are for a reader of a second language who answers each prompt, reads each line of code and
compares each numbered equation with the text. What a chapter offers beyond its way is not counted:
folded answers count as the moment in which they are looked up, code that draws as a look at its
picture, exercises and optional sections not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass

from course.book import AuthorError, Book, Cell, Chapter
from course.book.markdown import DISPLAYS, headings, pieces

WORDS = 150  # a minute
LINES = 15  # of code, a minute
SECONDS = {"pictures": 20, "predictions": 30, "turns": 60, "answers": 15}
SECONDS |= {"numbered": 60, "displays": 20}

LONGEST = 60  # minutes
SHORT = 10  # a page of fewer minutes need not say so
SITTING = 30  # a chapter of more minutes has a break
HALF = (0.35, 0.65)  # of a chapter: where its break may stand

BESIDE = re.compile(r"\b(Exercises|Optional)\b")  # in the heading of a section that is not counted
FOLDED = re.compile(r"<details.*?</details>", re.DOTALL)
WORD = re.compile(r"\w[\w'’-]*")
DRAWS = re.compile(r"^\s*(?:show|explore|animate)\(", re.MULTILINE)
PRINTED = re.compile(r"\b([Aa]bout) (\d+) minutes\b")
BREAK = re.compile(r"\bA good place for a break\.")
AFTER = re.compile(r"good place for a break is after section ([\dA-Z]+\.\d+)")


@dataclass(frozen=True)
class Work:
    """What there is to do in a part of a chapter."""

    words: int = 0
    lines: int = 0
    pictures: int = 0
    predictions: int = 0
    turns: int = 0
    answers: int = 0
    numbered: int = 0
    displays: int = 0

    def __add__(self, other: Work) -> Work:
        return Work(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    @property
    def minutes(self) -> float:
        """How long it takes."""
        seconds: float = sum(getattr(self, name) * each for name, each in SECONDS.items())
        return self.words / WORDS + self.lines / LINES + seconds / 60


@dataclass(frozen=True)
class Part:
    """A piece of a chapter's way: from a heading or a break to the next one, or a cell of code."""

    cell: Cell
    line: int  # in the cell, from 0
    section: str  # its heading, "" on the first page
    text: str
    work: Work
    follows_break: bool = False


def parts(chapter: Chapter) -> Iterator[Part]:
    """A chapter's way, in reading order; what is not counted has no work."""
    section = ""
    aside = ""
    for cell in chapter.cells:
        if cell.kind == "code":
            cost = Work() if BESIDE.search(f"{section} {aside}") else _code(cell.source)
            yield Part(cell, 0, section, cell.source, cost)
            continue
        lines = cell.source.split("\n")
        found = list(headings(cell.source))
        titles = {line: text for level, text, line in found if level == "h2"}
        asides = {line: text for level, text, line in found if level in ("h2", "h3")}
        breaks = {number for number, line in enumerate(lines) if BREAK.search(line)}
        starts = sorted({0, *asides, *breaks})
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            section = titles.get(start, section)
            aside = asides.get(start, aside)  # a part of a section may be optional as well
            text = "\n".join(lines[start:end])
            cost = Work() if BESIDE.search(f"{section} {aside}") else _prose(text)
            yield Part(cell, start, section, text, cost, follows_break=start in breaks)


def _code(source: str) -> Work:
    if DRAWS.search(source):
        return Work(pictures=1)
    return Work(lines=sum(bool(line.strip()) for line in source.split("\n")))


def _prose(source: str) -> Work:
    seen = FOLDED.sub("", source)
    words = numbered = displays = 0
    for piece in pieces(seen):
        if piece.type == "text":
            words += len(WORD.findall(piece.content))
        elif piece.type == "code_inline":
            words += 1
        elif piece.type == "math_inline":
            words += 2
        elif piece.type in DISPLAYS:
            numbered += r"\tag" in piece.content
            displays += r"\tag" not in piece.content
    return Work(
        words=words,
        predictions=seen.count("**Predict"),
        turns=seen.count("**Your turn"),
        answers=len(FOLDED.findall(source)),
        numbered=numbered,
        displays=displays,
    )


def work(chapter: Chapter) -> Work:
    """All that there is to do in a chapter."""
    return sum((part.work for part in parts(chapter)), Work())


def by_section(chapter: Chapter) -> dict[str, float]:
    """The minutes of each section, by its heading."""
    found: dict[str, float] = {}
    for part in parts(chapter):
        found[part.section] = found.get(part.section, 0.0) + part.work.minutes
    return found


def minutes(chapter: Chapter) -> int:
    """What the first page prints: the minutes, rounded to 5."""
    return 5 * round(work(chapter).minutes / 5)


def printed(
    chapter: Chapter, words: re.Pattern[str] = PRINTED
) -> tuple[Part, re.Match[str]] | None:
    """Where the first page, all above the first section, says "about NN minutes"."""
    for part in parts(chapter):
        if part.section:
            break
        if part.cell.kind == "markdown" and (match := words.search(part.text)):
            return part, match
    return None


def _error(part: Part, match: re.Match[str], message: str) -> AuthorError:
    """An error at the words that were found on a first page."""
    return part.cell.error(message, line=part.line + part.text.count("\n", 0, match.start()))


def check_minutes(book: Book) -> Iterator[AuthorError]:
    """The first page prints how long a chapter takes, an hour at most, with a break at the half."""
    for chapter in book.chapters:
        true, said = minutes(chapter), printed(chapter)
        if said and int(said[1][2]) != true:
            message = f"the first page prints {said[1][2]} minutes, and it takes {true}; "
            yield _error(*said, message + "`python -m course minutes --write` mends it")
        elif not said and true >= SHORT:
            message = f'the first page does not say "about {true} minutes"'
            yield AuthorError(message, file=chapter.file)
        if (takes := round(work(chapter).minutes, 1)) > LONGEST:
            message = f"the chapter takes {takes} minutes; {LONGEST} are the most"
            yield AuthorError(message, file=chapter.file)
        if true > SITTING:
            yield from _break(chapter)


def _break(chapter: Chapter) -> Iterator[AuthorError]:
    """A break is marked near the half, and the first page names the section before it."""
    marks = [(at, part, section) for at, part, section in way(chapter) if part.follows_break]
    if len(marks) != 1:
        message = f'"A good place for a break." stands {len(marks)} times, wanted once, near '
        yield AuthorError(message + f"the half: after {half(chapter)}", file=chapter.file)
        return
    ((at, mark, section),) = marks
    if not HALF[0] <= at <= HALF[1]:
        message = f"the break stands after {100 * at:.0f} % of the chapter; the half is after "
        yield mark.cell.error(message + half(chapter), line=mark.line)
    named = printed(chapter, AFTER)
    if named and named[1][1] != section.split()[0]:
        message = f"the break is marked in section {section.split()[0]}, not {named[1][1]}"
        yield _error(*named, message)


def way(chapter: Chapter) -> Iterator[tuple[float, Part, str]]:
    """How far one has come (0 to 1) where each part begins, and in which section one stood."""
    total, done, section = work(chapter).minutes or 1, 0.0, ""
    for part in parts(chapter):
        yield done / total, part, section
        done += part.work.minutes
        section = part.section


def half(chapter: Chapter) -> str:
    """The section whose end is nearest to the half."""
    ends = [(abs(at - 0.5), before) for at, part, before in way(chapter) if part.section != before]
    return min(ends)[1] if ends else chapter.name


def corrected(chapter: Chapter) -> str | None:
    """The text of a chapter with its true minutes printed; None if it prints none, or these."""
    said = printed(chapter)
    if said is None or int(said[1][2]) == minutes(chapter):
        return None
    text = (chapter.root / chapter.file).read_text(encoding="utf-8")
    return PRINTED.sub(lambda match: f"{match[1]} {minutes(chapter)} minutes", text, count=1)


def table(book: Book) -> str:
    """Each chapter's minutes and what they are made of, for a terminal."""
    head = f"{'chapter':28}{'takes':>6}{'prints':>7}  {'words':>5} {'code':>5} {'figures':>7} "
    lines = [head + f"{'prompts':>7} {'equations':>9}  break at, half after"]
    for chapter in book.chapters:
        all_of, said = work(chapter), printed(chapter)
        prompts = all_of.predictions + all_of.turns + all_of.answers
        equations = all_of.numbered + all_of.displays
        breaks = [f"{100 * at:.0f} %" for at, part, _ in way(chapter) if part.follows_break]
        lines.append(
            f"{chapter.name:28}{all_of.minutes:6.1f}{said[1][2] if said else '–':>7}  "
            f"{all_of.words:5} {all_of.lines:5} {all_of.pictures:7} {prompts:7} {equations:9}  "
            f"{', '.join(breaks) or '–':>6}   {half(chapter)}"
        )
    return "\n".join(lines)
