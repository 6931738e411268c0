"""The class's table as text: counts by exercise, mistakes by how often, questions to ask next."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from course.book import Book
from course.book.recall import Question, questions
from course.exercises import EXERCISES, Exercise
from course.feedback.mistakes import Mistake, mistakes_of
from course.workbook.classroom import Seen
from course.workbook.tried import OWN, RIGHT, UNREAD, UNTOUCHED, WRONG

STATES = (RIGHT, WRONG, UNTOUCHED, UNREAD)
BY_NAME = {exercise.name: exercise for exercise in EXERCISES}
FILE = "class.csv"
MOST = 15
"""How many mistakes are listed."""
ASKED = 4
"""How many questions are proposed."""
NEARER = 0.9
"""What a question counts for each chapter that it stands further on."""


def table(book: Book, seen: Sequence[Seen]) -> list[str]:
    """The lines of the table; none of them names a person or a file."""
    persons = len({one.notebook.person for one in seen})
    lines = [f"{_many(persons, 'workbook')}, {_many(len(seen), 'notebook')}"]
    lines += _unread(seen)
    lines += _exercises(seen)
    lines += _mistakes(seen)
    lines += _notes(seen)
    if asked := to_ask(book, seen):
        lines += ["", "To ask next, from the recall questions of the chapters:"]
        lines += [f"  chapter {question.chapter}: {plain(question.asks)}" for question in asked]
    return lines


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"


def _unread(seen: Sequence[Seen]) -> Iterator[str]:
    """One line for each notebook that could not be read."""
    for one in seen:
        if one.unread:
            where = (
                f"of chapter {one.notebook.chapter}" if one.notebook.chapter else "of no chapter"
            )
            yield f"  a notebook {where} could not be read: {one.unread}"


def _exercises(seen: Sequence[Seen]) -> Iterator[str]:
    counts: Counter[tuple[str, str]] = Counter()
    for one in seen:
        counts.update((t.exercise, t.state) for t in one.tried)
        if one.unread and one.notebook.chapter:
            mine = (e.name for e in EXERCISES if e.chapter == one.notebook.chapter)
            counts.update((name, UNREAD) for name in mine)
    handed = [e for e in EXERCISES if any(counts[e.name, state] for state in STATES)]
    if not handed:
        return
    width = max(len(e.function_name) for e in handed)
    yield ""
    yield f"chapter  {'exercise':<{width}}  right  tried, wrong  untouched  could not be read"
    for exercise in handed:
        numbers = [counts[exercise.name, state] for state in STATES]
        right, wrong, untouched, unread = (str(number or "·") for number in numbers)
        yield (
            f"{exercise.chapter:<7}  {exercise.function_name:<{width}}  {right:>5}  {wrong:>12}  "
            f"{untouched:>9}  {unread:>17}"
        )


def counted(seen: Sequence[Seen]) -> list[tuple[Mistake, int]]:
    """The named mistakes with how often each was made, the most frequent first."""
    known = {(m.exercise, m.name): m for e in EXERCISES for m in mistakes_of(e.name)}
    counts = Counter((t.exercise, name) for one in seen for t in one.tried for name in t.mistakes)
    return [(known[key], count) for key, count in counts.most_common() if key in known]


def _mistakes(seen: Sequence[Seen]) -> Iterator[str]:
    found = counted(seen)
    unnamed = sum(t.state == WRONG and not t.mistakes for one in seen for t in one.tried)
    if not found and not unnamed:
        return
    yield ""
    yield "Mistakes, the most frequent first:"
    for mistake, count in found[:MOST]:
        exercise = BY_NAME[mistake.exercise]
        where = f"chapter {exercise.chapter}, {exercise.function_name}"
        yield f"  {count:>3} ×  {where}: {plain(mistake.says)}"
    if left := found[MOST:]:
        yield f"  {sum(count for _, count in left):>3} ×  {_many(len(left), 'other known mistake')}"
    if unnamed:
        yield f"  {unnamed:>3} ×  wrong in a way that has no name"


def _notes(seen: Sequence[Seen]) -> Iterator[str]:
    own = sum(t.note == OWN for one in seen for t in one.tried)
    changed = sum(not one.whole for one in seen)
    if own or changed:
        yield ""
    if own:
        yield (
            f"{own} ×  the course's own function was handed in, imported or called: that is "
            "nobody's work and counts as not written."
        )
    if changed:
        yield (
            f"In {_many(changed, 'notebook')} a check cell was changed or removed, or `check` was "
            "given another meaning. Nothing above rests on it: every function was tried anew here."
        )


# --- what to ask


def to_ask(book: Book, seen: Sequence[Seen]) -> list[Question]:
    """The recall questions that fit the mistakes of the class best, at most one for each mistake.

    A question fits a mistake if it stands in a later chapter and both speak of the same things; a
    rare word counts more than one that every question has.
    """
    asked = [question for chapter in book.chapters for question in questions(chapter)]
    if not asked:
        return []
    words = {question: _words(f"{question.asks} {question.answer}") for question in asked}
    common = Counter(word for found in words.values() for word in found)
    weight = {word: math.log(len(asked) / count) for word, count in common.items()}
    numbers = [chapter.number for chapter in book.chapters]
    scores: Counter[Question] = Counter()
    for mistake, count in counted(seen):
        exercise = BY_NAME[mistake.exercise]
        about = _words(f"{mistake.says} {mistake.hint} {exercise.function_name}")
        fits = {
            question: sum(weight[word] for word in about & words[question])
            * NEARER ** numbers.index(question.chapter)
            for question in asked
            if question.chapter > exercise.chapter
        }
        best = max(fits, key=lambda q: fits[q], default=None)
        if best is not None and fits[best] > 0:
            scores[best] += count
    chosen = [question for question, _ in scores.most_common(ASKED)]
    return chosen or _next_ones(asked, seen)


def _next_ones(asked: Sequence[Question], seen: Sequence[Seen]) -> list[Question]:
    """The questions of the chapter after the last one that was handed in."""
    last = max((one.notebook.chapter for one in seen if one.notebook.chapter), default=None)
    later = [question for question in asked if last and question.chapter > last]
    return [question for question in later if question.chapter == later[0].chapter][:ASKED]


SMALL = set(
    "the a an of to in is and or it what which why how do does for by that this with on be are one "
    "its from not no if at as you was has have would stands than into each every".split()
)


def _words(text: str) -> set[str]:
    """The words and symbols of a text, without those that say nothing of its matter."""
    found = {word.lower().rstrip("s") for word in re.findall(r"[A-Za-zσα½]+", plain(text))}
    return found - SMALL


def plain(text: str) -> str:
    """A sentence of a chapter as plain text."""
    text = re.sub(r"<[^>]+>", "", text)
    text = text.replace(r"^\mathsf{T}", "ᵀ").replace(r"\sigma", "σ").replace(r"\hat{y}", "ŷ")
    text = re.sub(r"\\(?:tfrac|frac)12", "½", text)
    text = re.sub(r"\^\{(\[[^\]]+\])\}", r"\1", text)
    text = re.sub(r"\\[,;! ]", " ", text).replace(r"\log", "log")
    return re.sub(r"[$`*]", "", text).strip()


# --- for the teacher alone


def write_names(names: Sequence[str], seen: Sequence[Seen], folder: Path) -> Path:
    """A line for each person and exercise, in the folder that the names come from."""
    path = folder / FILE
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["name", "chapter", "exercise", "state", "mistakes", "remark"])
        for one in seen:
            who = _harmless(names[one.notebook.person])
            if one.unread:
                writer.writerow([who, one.notebook.chapter or "", "", UNREAD, "", one.unread])
            for t in one.tried:
                exercise: Exercise = BY_NAME[t.exercise]
                row = [who, exercise.chapter, exercise.function_name, t.state]
                writer.writerow([*row, "; ".join(t.mistakes), t.note])
    return path


def _harmless(text: str) -> str:
    """A name that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
