"""A question as HTML: native radio buttons in a fieldset, each choice with its folded reason."""

from __future__ import annotations

import html
import re
from pathlib import Path

from course.figures import put_widget
from course.quizzes.read import LETTERS, Question

SCRIPT = Path(__file__).parent / "quiz.js"
IN_A_CELL = """
const inside = element.closest('.jp-OutputArea');
const cell = inside?.parentElement.closest('.jp-OutputArea') ?? document;
for (const wait of [0, 300, 1500, 4000]) setTimeout(() => courseQuizzes(cell), wait);
"""
CODE = re.compile(r"`([^`]+)`")


def bundle(question: Question, number: int, name: str) -> dict[str, str]:
    """A question in each form in which it is stored."""
    return {
        "text/html": fieldset(question, number, f"{name}-{number}"),
        "text/plain": plain(question, number),
    }


def fieldset(question: Question, number: int, name: str) -> str:
    """A question that is answered on a page; `quiz.js` says at once whether it is right."""
    lines = [
        '<fieldset class="course-quiz">',
        f"<legend><strong>{number}.</strong> {_text(question.ask)}</legend>",
    ]
    for letter, choice in zip(LETTERS, question.choices, strict=False):
        verdict = "Right." if choice.right else "No."
        lines.append(
            '<div class="course-choice"><label>'
            f'<input type="radio" name="{name}" value="{letter}"> {letter}) '
            f"{_text(choice.says)}</label>\n"
            f"<details><summary>Is it {letter}?</summary><p><strong>{verdict}</strong> "
            f"{_text(choice.why)}</p></details></div>"
        )
    lines.append('<p class="course-verdict" role="status"></p>')
    return "\n".join([*lines, "</fieldset>"])


def plain(question: Question, number: int, answers: bool = False) -> str:
    """A question for a terminal or a sheet of paper, with or without its answers."""
    lines = [f"{number}. {question.ask}"]
    for letter, choice in zip(LETTERS, question.choices, strict=False):
        lines.append(f"   {letter}) {choice.says}")
        if answers:
            lines.append(f"      {'Right.' if choice.right else 'No.'} {choice.why}")
    return "\n".join(lines).replace("`", "")


def wire() -> None:
    """In a live kernel: let the page answer at once, as the script does on a page of the book."""
    try:
        import ipywidgets as widgets
    except ImportError:  # the folded reasons are there without it
        return
    runs = widgets.Output()
    code = SCRIPT.read_text(encoding="utf-8")
    code += IN_A_CELL
    data = {"application/javascript": code}
    runs.outputs = ({"output_type": "display_data", "data": data, "metadata": {}},)
    put_widget(runs)


def _text(text: str) -> str:
    return CODE.sub(r"<code>\1</code>", html.escape(text, quote=False))
