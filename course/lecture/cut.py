"""Cut: a woven chapter becomes slides. What is not shown is what the speaker says.

Shown are the headings, each formula with the sentence that leads to it, figures, lists and tables,
the questions with their answers after them, and code of at most a dozen lines. The rest of the
prose becomes the notes of the slide that follows it. Nothing is written for the slides alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from course.book import Chapter
from course.book.folds import HIDE
from course.book.markdown import Block, blocks
from course.book.package import package_path
from course.book.stored import mended_by_weaving, read_notebook, tags_of
from course.lecture import lead, orphans
from course.lecture import slide as size
from course.lecture.pieces import FULL, definitions, fenced, groups, long_output
from course.lecture.slide import CODE_LINES, QUIZ, ROOM, Part, Slide, plain, sentences, unfolded

ASKS = re.compile(
    r"\*\*(Predict|Quick question|Quiz|Recall|Your turn|Put (it|them)|Order|Trace it|By hand"
    r"|Before you|Bug hunt|Solve|Think first|Check yourself|Plant a bug|\d+\.\*\*)"
)
BESIDE = re.compile(r"\b(Exercises|Optional)\b")
CHOICE = re.compile(r"\(?[a-f]\)")
CHOICES = re.compile(r"\s+(?=\([b-f]\) )")
ANY_CHOICE = re.compile(r"\s+(?=\([a-f]\) )")
SHORT = re.compile(r"Why\b.{0,22}\Z")  # a question about what stands before it
NUMBERED = re.compile(r"\*\*\d+\.\*\*")
BESIDE_PICTURE = 3.0  # lines that are printed below a picture and leave it large enough
INSIDE = re.compile(r"(?<=\s)\*\*Predict\b")  # a question at the end of a paragraph


def cut(chapter: Chapter) -> list[Slide]:
    """The slides of a chapter, from its woven notebook."""
    stored = read_notebook(chapter.notebook, mended_by_weaving(chapter.number))
    knife = Knife()
    for cell in stored["cells"]:
        if cell["cell_type"] == "code":
            knife.predicted = HIDE in tags_of(cell)
            knife.code(cell["source"], cell.get("outputs", []))
        else:
            for block in blocks(cell["source"]):
                knife.block(block)
    return knife.finish()


@dataclass
class Knife:
    """Where the cut stands: the slides so far, what waits to be shown, what was not shown."""

    slides: list[Slide] = field(default_factory=list)
    chapter: str = ""
    section: str = ""
    title: str = ""
    opens: bool = False
    waiting: list[Part] = field(default_factory=list)  # parts of the slide that is being made
    said: list[str] = field(default_factory=list)  # prose since the last slide
    led: int = 0  # how much of it stood before the last lead that is shown
    heard: list[str] = field(default_factory=list)  # all prose so far
    lead: str = ""  # the last sentence of the prose: it may lead to what comes
    ask: str = ""
    asked: str = ""  # the same, with what stands before it
    question: str = ""  # of the slide before: it stands above its answer once more
    predicted: bool = False  # whether the cell of code answers a prediction
    answers: list[Part] = field(default_factory=list)  # to the choices of a quiz
    beside: list[str] = field(default_factory=list)  # prose since a heading that is optional
    exercises: list[str] = field(default_factory=list)
    next: str = ""  # where the road leads from here

    # --- the blocks of a Markdown cell

    def block(self, block: Block) -> None:
        """Take one block of prose."""
        text = fenced(block) if block.kind == "code_block" else plain(block.text)
        if not text or text.startswith("<"):
            if block.kind == "details":
                self._details(block.text)
            return
        self._judge()
        if block.kind == "heading":
            self._heading(text.lstrip("# "), block.level)
        elif BESIDE.search(self.section) or BESIDE.search(self.title):
            self._beside(text)
        elif block.kind == "paragraph":
            self._paragraph(text)
        elif block.kind == "display":
            self._show(text, alone=False)
        else:
            self._show(text, led=block.kind != "blockquote")

    def _heading(self, text: str, level: str) -> None:
        self._close()
        self.beside = []
        if level == "h1":
            self.chapter = self.section = self.title = text
        elif level == "h2":
            self._outline()
            self.section = self.title = text
        else:
            self.title = text
            return
        self.opens = True

    def _paragraph(self, text: str) -> None:
        if ASKS.match(text):
            self._asks(text)
        elif asks := INSIDE.search(text):
            self._asks(text[asks.start() :], text[: asks.start()].strip())
        elif self.ask and CHOICE.match(text):
            listed = "\n".join(f"- {each}" for each in CHOICES.split(text))
            self._add(Part("text", listed, size.text_size(listed)))
        elif text.startswith("**") and text.endswith("**") and len(text) < lead.LETTERS:
            self._close()  # a heading of what follows
            self.lead = text
        elif text.startswith("**"):
            self._close(keep=True)
            self._show(text, led=False)
        else:
            self.said.append(text)
            self.heard.append(text)
            aside = text.startswith("*") and text.endswith("*")  # where one may rest
            self.lead = "" if aside else lead.lead(self.said[self.led :])

    def _asks(self, text: str, before: str = "") -> None:
        """Put a question, with what stands before it in its paragraph, or the end of that."""
        self._close()
        self.lead, self.ask = "", text
        if before:
            self.said.append(before)
            self.heard.append(before)
            short = len(size.visible(before)) <= lead.TOGETHER
            text = f"{before if short else lead.lead([before])} {text}".strip()
        self.asked = text
        self._add(Part("text", text, size.text_size(text)))

    def _details(self, text: str) -> None:
        title, inside = unfolded(text)
        if BESIDE.search(self.section) or BESIDE.search(self.title):
            return
        inside = plain(inside)
        if "```" in inside and inside.count("\n") > CODE_LINES:
            self.said.append(f"{title}: {inside}")
            return
        if CHOICE.match(title) and self.ask:
            self._add(Part("text", f"- {title}", size.text_size(title)))
            answer = f"**{title[: title.index(')') + 1]}** {inside}"
            self.answers.append(Part("text", answer, size.text_size(answer), later=True))
            return
        self._judge()
        self._answer(title, inside)

    def _judge(self) -> None:
        """After its choices have been shown, a quiz is answered, choice by choice."""
        if self.answers:
            answers, self.answers = self.answers, []
            self._close()
            self._add(Part("text", self.question or "**Answers.**", 1.4))
            for part in answers:
                self._add(part)
            self._close()

    def _answer(self, title: str, inside: str) -> None:
        if title.endswith("?") and not SHORT.match(title) or ANY_CHOICE.search(title):
            self._asks(self._opening() + _bold(title))
            title = ""
        for number, group in enumerate(groups(inside)):
            total = sum(part.size for part in group)
            if self.waiting and total + self._size() > ROOM or number:
                self._close()
            if not self.ask or title not in ("", "Answer", "Answers"):
                head = (title or "Answer") + "." * (title[-1:] not in ".?!")
                self._add(Part("text", f"**{head}**", 1.4, later=bool(self.waiting)))
            for part in group:
                self._add(Part("text", part.source, part.size, later=True))
        self._close()

    def _opening(self) -> str:
        """Words such as "Two questions before we start", to stand above the first of them."""
        seen = [part for part in self.waiting if part.kind != "unseen"]
        if not self.ask or "?" in self.ask or len(seen) != 1:
            return ""
        self.waiting.remove(seen[0])
        return f"{self.ask}\n\n"

    def _beside(self, text: str) -> None:
        """What the lecture leaves to the reader, save a figure that moves; exercises are named."""
        self.beside.append(text)
        if NUMBERED.match(text) and "Exercises" in self.section:
            self.exercises.append(sentences(NUMBERED.sub("", text).strip())[0])
        elif text.startswith("**Next"):
            self.next = text

    def _show(self, text: str, alone: bool = True, led: bool = True) -> None:
        """Show a list, a table, a formula; the sentence that leads to it goes with it."""
        if not led:
            self._unled()
        leading = [Part("text", self.lead, size.text_size(self.lead))] if self.lead else []
        part = Part("text", text, size.text_size(text))
        total = sum(each.size for each in [*leading, part])
        heads = part.size > FULL and self._size() < orphans.FEW  # it stands above the first piece
        if total + self._size() > ROOM * (0.85 if alone and not self.ask else 1) and not heads:
            self._close()
        if total > ROOM and not alone:
            leading = []
            self._unled()
        for each in leading:
            self._add(each)
            self.led = len(self.said)
        pieces = groups(text, self._size()) if part.size > FULL else [[part]]
        for number, group in enumerate(pieces):
            if number:
                self._close()
            for each in group:
                self._add(each)
        self.lead = ""

    # --- cells of code

    def code(self, source: str, outputs: list[dict[str, Any]]) -> None:
        """Take one cell of code."""
        self._judge()
        beside = BESIDE.search(self.section) or BESIDE.search(self.title)
        lines = size.shown_code(source).count("\n") + 1
        if beside and size.moves(outputs):
            self.said, self.lead = [*self.said, *self.beside], ""
            self._picture(source, outputs)
        elif asked := size.quizzes(outputs):
            self._quiz(source, outputs, asked)
        elif beside or _is_setup(source) or self._says_nothing(source, outputs):
            self._add(Part("unseen", source, 0, outputs))
        elif pieces := long_output(outputs):
            self._long(source, outputs, pieces)
        elif size.pictures(outputs):
            self._picture(source, outputs)
        elif package_path(source):
            self._package(source, outputs)
        elif lines <= CODE_LINES and not _raises(outputs):
            self._run(source, outputs)
        elif outputs and not _raises(outputs):
            self._output(source, outputs)
        else:
            self._failing(source, outputs)

    def _says_nothing(self, source: str, outputs: list[dict[str, Any]]) -> bool:
        """Whether a cell, shown without a word to it, is a riddle: set-up, or tidying."""
        if self.ask or self.lead or package_path(source) or size.pictures(outputs):
            return False
        long = source.count("\n") >= CODE_LINES and source.startswith(("import ", "from "))
        return long or source.count("\n") < 2 and not outputs

    def _leading(self, follows: float = 0.0) -> None:
        """Put the sentence that leads to what follows on the slide, if there is room for both."""
        part = Part("text", self.lead, size.text_size(self.lead))
        if self.lead and self._size() + part.size + follows <= 1.12 * ROOM:
            self._add(part)
            self.led, self.lead = len(self.said), ""
        self._unled()

    def _unled(self) -> None:
        """What would have led is said, if it was not said before."""
        heard = " ".join(" ".join(self.heard).split())
        if self.lead and self.lead != self.question:
            if not all(each in heard for each in sentences(self.lead)):
                self.said.append(self.lead)
        self.lead = ""

    def _turn(self) -> None:
        """Leave the slide with the question; what comes answers it, with the question above."""
        self._close(keep=True)
        self.lead = self.lead or self.question

    def _quiz(self, source: str, outputs: list[dict[str, Any]], asked: list[str]) -> None:
        """A slide for each question; who listens answers before the reasons are seen."""
        self._close()
        for question in asked:
            self.title = QUIZ
            self.question = question  # nothing joins it
            self._add(Part("text", question, ROOM))
            self._close()
        self._add(Part("unseen", source, 0, outputs))

    def _picture(self, source: str, outputs: list[dict[str, Any]]) -> None:
        if self.ask:
            self._turn()
        elif self._size() > 3.5 or any(p.kind != "unseen" for p in self.waiting):
            self._close(keep=True)
        if size.moves(outputs) and self.lead == self.question:
            self.lead = ""  # the figure brings its own
        self._leading()
        printed = [each for each in outputs if each["output_type"] == "stream"]
        if few := size.output_size(printed) < BESIDE_PICTURE:
            printed = []
        rest = [each for each in outputs if each not in printed]
        others = size.pictures(rest)[1:]
        first = [each for each in rest if each not in others]
        self._add(Part("output", source, ROOM - self._size(), first))
        self._close()
        for picture in others:
            self._add(Part("text", size.html_of(picture), ROOM))
            self._close()
        for piece in [] if few else long_output(printed) or [_printed(printed)]:
            text = f"```text\n{piece}\n```"
            self._add(Part("text", text, size.text_size(text)))
            self._close()

    def _package(self, source: str, outputs: list[dict[str, Any]]) -> None:
        self._close(keep=True)
        pieces = definitions(source)
        self._leading(size.code_size(pieces[0].code) if pieces else 0)
        for number, piece in enumerate(pieces):
            part = Part("text", f"```python\n{piece.code}\n```", size.code_size(piece.code))
            if number and part.size + self._size() > ROOM:
                self._close()
            if piece.inside and not self._size():
                self._add(Part("text", f"`{piece.inside}`, continued:", 1.4))
            self._add(part)
        self._add(Part("unseen", source, 0, outputs))
        self._close()

    def _run(self, source: str, outputs: list[dict[str, Any]]) -> None:
        code, result = size.code_size(source), size.output_size(outputs)
        if self.ask and outputs and self._size() + code <= ROOM:  # one predicts from the code
            self._add(Part("text", f"```python\n{size.shown_code(source)}\n```", code))
            self._turn()
            self._leading(result)
            self._add(Part("output", source, result, outputs))
            self._close()
            return
        if self.ask:
            self._turn()
        elif self._size() + code + result > ROOM:
            self._close(keep=True)
        if code + result <= 1.12 * ROOM:
            self._leading(code + result)
            self._add(Part("code", source, code + result, outputs))
        else:
            self._leading(code)
            self._add(Part("text", f"```python\n{size.shown_code(source)}\n```", code))
            self._close()
            self._add(Part("output", source, result, outputs))

    def _long(self, source: str, outputs: list[dict[str, Any]], pieces: list[str]) -> None:
        """Show the code, and then on slides of their own the pieces of what it prints."""
        code = size.code_size(source)
        if size.shown_code(source).count("\n") < CODE_LINES:
            if self._size() + code > ROOM:
                self._close(keep=True)
            self._leading(code)
            self._add(Part("text", f"```python\n{size.shown_code(source)}\n```", code))
        if self.ask:
            self._turn()
        else:
            self._close(keep=True)
        self._add(Part("unseen", source, 0, outputs))
        for piece in pieces:
            self._leading()
            text = f"```text\n{piece}\n```"
            self._add(Part("text", text, size.text_size(text)))
            self._close()

    def _failing(self, source: str, outputs: list[dict[str, Any]]) -> None:
        """Show code that fails, and the last line of what Python says to it."""
        code = size.code_size(source)
        if outputs and size.shown_code(source).count("\n") < CODE_LINES:
            if self._size() + code > ROOM:
                self._close(keep=True)
            self._leading(code)
            self._add(Part("text", f"```python\n{size.shown_code(source)}\n```", code))
        if outputs and self.ask:
            self._turn()
        self._add(Part("unseen", source, 0, outputs))
        for text in _last_lines(outputs):
            self._show(f"```text\n{text}\n```")

    def _output(self, source: str, outputs: list[dict[str, Any]]) -> None:
        result = size.output_size(outputs)
        asked = self.ask
        if lead.speaks_of_code(self.lead):
            self._unled()  # it leads to code that is too long for a slide
        if asked:
            self._turn()
        elif self._size() + result > ROOM:
            self._close(keep=True)
        self._leading(result)
        self._add(Part("output", source, result, outputs))
        if asked:
            self._close()

    # --- slides

    def _size(self) -> float:
        return sum(part.size for part in self.waiting)

    def _add(self, part: Part) -> None:
        if part.kind in ("code", "output"):
            part = replace(part, predicted=self.predicted)
        self.waiting.append(part)

    def _close(self, keep: bool = False) -> None:
        """End the slide that is being made, if there is something on it."""
        if not any(part.kind != "unseen" for part in self.waiting):
            return
        kept = self.lead if keep else ""
        parts, said = tuple(self.waiting), tuple(self.said)
        whole = bool(self.question)  # it answers
        made = Slide(self.title, self.section, parts, said, self.opens, self.ask, whole)
        self.slides.append(made)
        self.question = self.ask and (lead.question(self.ask) or lead.question(self.asked))
        self.led = 0
        self.waiting, self.said, self.lead, self.ask, self.opens = [], [], kept, "", False

    def _outline(self) -> None:
        """A section of prose alone is shown by the first sentence of each paragraph."""
        if not (self.opens and self.said):
            return
        prose = [text for text in self.said if not text.startswith("*")]
        if prose and not BESIDE.search(self.section):
            text = "\n".join(f"- {_opening(each)}" for each in prose[:5])
            if len(prose) == 1 and size.text_size(prose[0]) < ROOM / 2:
                text = prose[0]
            self._add(Part("text", text, size.text_size(text)))
            self._close()

    def finish(self) -> list[Slide]:
        """The slides, the last of which names the exercises."""
        self._judge()
        self._close()
        self._outline()
        if self.exercises:
            self.section = self.title = "Exercises"
            self.opens = True
            text = "\n".join(f"{n}. {each}" for n, each in enumerate(self.exercises, start=1))
            for group in groups(text):
                for part in group:
                    self._add(part)
                self._close()
        if self.next:
            self.section = self.title = "Next"
            self.opens = True
            self._add(Part("text", self.next, size.text_size(self.next)))
            self._close()
        if self.waiting and self.slides:  # cells that nothing shows
            last = self.slides.pop()
            self.slides.append(replace(last, parts=(*last.parts, *self.waiting)))
        return orphans.joined(self.slides)


def _opening(text: str) -> str:
    """The first sentence of a paragraph, and the second if that one is a word or two."""
    first, *rest = sentences(text)
    return " ".join([first, *rest[:1]]) if len(first) < 25 else first


def _bold(question: str) -> str:
    """A question in bold, and below it its choices, if it has some."""
    first, *choices = ANY_CHOICE.split(question)
    return f"**{first}**" + "\n" * bool(choices) + "".join(f"\n- {each}" for each in choices)


def _is_setup(source: str) -> bool:
    """Whether a cell imports, and at most sets something."""
    lines = [line for line in source.split("\n") if line.strip()]
    return all(re.match(r"(import |from |use_style|\)|    \w+,$)", line) for line in lines)


def _printed(outputs: list[dict[str, Any]]) -> str:
    return "".join(output["text"] for output in outputs).rstrip("\n")


def _raises(outputs: list[dict[str, Any]]) -> bool:
    return any(output["output_type"] == "error" for output in outputs)


def _last_lines(outputs: list[dict[str, Any]]) -> Iterator[str]:
    for output in outputs:
        if output["output_type"] == "error":
            yield f"{output['ename']}: {output['evalue']}"
