"""Quizzes: every file is sound, what is shown is a native form, and nnlib grades the variants."""

import re
from collections import Counter

import numpy as np
import pytest

from course.__main__ import main
from course.book import AuthorError, Book
from course.book.stored import read_notebook
from course.quizzes import page, quiz, read, variants
from course.quizzes.read import Choice, Question

CHAPTERS = [chapter.number for chapter in Book().chapters]
LEAST = {f"{number:02}": 4 for number in range(1, 10)}
EMPTY_WORDS = re.compile(r"\b(simply|obviously|clearly|just|trivial\w*)\b", re.IGNORECASE)


def sound(**changed):
    parts = {
        "ask": "Which?",
        "choices": [
            Choice("one", "It is.", right=True),
            Choice("two", "It is not."),
            Choice("three", "It is not."),
        ],
    } | changed
    return Question(parts["ask"], tuple(parts["choices"]))


@pytest.mark.parametrize("number", CHAPTERS)
def test_every_chapter_has_sound_questions_and_shows_them(number):
    questions = read.questions(number)
    assert len(questions) >= LEAST.get(number, 2)
    assert len({question.ask for question in questions}) == len(questions)
    words = "\n".join(page.plain(each, 1, answers=True) for each in questions)
    assert not EMPTY_WORDS.search(words)
    assert len(questions) < 4 or len({question.right for question in questions}) > 1
    stored = read_notebook(Book().chapter(number).notebook)
    (cell,) = [c for c in stored["cells"] if c["source"] == f'quiz("{number}")']
    shown = [output["data"]["text/html"] for output in cell["outputs"]]
    assert shown == [
        page.fieldset(each, n, f"quiz-{number}-{n}") for n, each in enumerate(questions, start=1)
    ]


def test_the_right_answer_stands_anywhere():
    places = Counter(each.right for number in CHAPTERS for each in read.questions(number))
    assert all(places[letter] >= 0.15 * places.total() for letter in "abc"), places


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (sound(), ""),
        (sound(ask=" "), "asks nothing"),
        (sound(choices=sound().choices[:2]), "has 2 choices"),
        (sound(choices=[*sound().choices[1:], Choice("four", "No.")]), "needs one choice"),
        (sound(choices=[*sound().choices, Choice("four", "Yes.", True)]), "needs one choice"),
        (sound(choices=[*sound().choices, Choice(" Two", "No.")]), "has a choice twice"),
        (sound(choices=[*sound().choices, Choice("four", "")]), "why d is right or wrong"),
    ],
)
def test_what_is_not_sound_is_named(question, message):
    found = read.unsound(question)
    assert message in found and bool(message) == bool(found)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[question]\n", "is not TOML"),
        ("[[question]]\nask = 'a'\n", "has `ask` and `choices`"),
        ("[[question]]\nask = 'a'\nchoices = [{says = 'b', because = 'c'}]\n", "`says`, `why`"),
        ("[[question]]\nask = 'a'\nchoices = [{says = 'b', why = 'C.'}]\n", "question 1 has 1"),
    ],
)
def test_a_file_that_a_teacher_broke_is_answered_in_a_sentence(tmp_path, text, message):
    (tmp_path / "03.toml").write_text(text)
    with pytest.raises(AuthorError, match=message):
        read.questions("03", tmp_path)
    with pytest.raises(AuthorError, match="cannot be opened"):
        read.questions("04", tmp_path)


def test_a_question_is_a_fieldset_of_native_radio_buttons():
    shown = page.fieldset(sound(ask="`w` < 2?"), 3, "quiz-x-3")
    assert shown.count('<input type="radio" name="quiz-x-3"') == shown.count("<label>") == 3
    assert "<legend><strong>3.</strong> <code>w</code> &lt; 2?</legend>" in shown
    assert shown.count("<details>") == 3 and 'role="status"' in shown
    assert shown.count("<strong>Right.</strong>") == 1


def numbers(text):
    """The columns of a question, and its other numbers after an equals sign or "says"."""
    text = text.replace("−", "-")
    columns = [
        np.array([float(n) for n in found.split(",")])
        for found in re.findall(r"\((-?[\d.]+(?:, -?[\d.]+)+)\)", text)
    ]
    single = [
        float(n) for n in re.findall(r"(?:(?<== )|(?<=says )|(?<=label ))-?\d+(?:\.\d+)?", text)
    ]
    return columns, single


def sigma(z):
    return 1 / (1 + np.exp(-z))


def by_hand_01(columns, single):
    (w, x), b = columns, single[0]
    return [w @ x + b, sigma(w @ x + b)]


def by_hand_02(columns, single):
    A, Y = columns
    return [-np.mean(np.log(np.where(Y == 1, A, 1 - A)))]


def by_hand_03(columns, single):
    (w, x), (b, y, *_) = columns, single
    dz = sigma(w @ x + b) - y
    return [dz * x[1], w[0] - 0.5 * dz * x[0]]


def by_hand_04(columns, single):
    x1, x2, Y, A = columns
    return [((A - Y) @ [x1[0], x2[0]]) / 2]


def by_hand_05(columns, single):
    _, row, b, x = columns
    return [row @ x + b[1]]


def by_hand_08(columns, single):
    z, a = single[0], single[1]
    return [columns[0][0] * (a - 1) * (z > 0)]


@pytest.mark.parametrize("chapter", variants.VARIANTS)
def test_a_variant_is_graded_as_a_pencil_does(chapter):
    pencil = globals()[f"by_hand_{chapter}"]
    for seed in range(25):
        made = variants.variant(chapter, seed)
        assert made == variants.variant(chapter, seed)
        for place, question in enumerate(made):
            assert not read.unsound(question)
            says = {each.right: float(each.says.replace("−", "-")) for each in question.choices}
            wanted = pencil(*numbers(question.ask))[place]
            assert says[True] == pytest.approx(wanted, rel=2e-3, abs=3e-4), (seed, question.ask)
    assert len({variants.variant(chapter, seed)[0].ask for seed in range(25)}) > 20


def test_a_chapter_without_variants_says_which_have_them():
    with pytest.raises(AuthorError, match="these have: 01, 02"):
        variants.variant("06", 1)


def test_a_sheet_and_its_answers_are_printed(capsys):
    assert main(["quiz", "03", "--seed", "7"]) == 0
    sheet = capsys.readouterr().out
    assert main(["quiz", "03", "--seed", "7", "--answers"]) == 0
    answers = capsys.readouterr().out
    assert sheet.startswith("Chapter 03, sheet 7\n") and "Right." not in sheet
    assert [
        line for line in answers.splitlines() if line in sheet.splitlines()
    ] == sheet.splitlines()
    assert answers.count("Right.") == len(variants.variant("03", 7))


def test_in_plain_python_nothing_is_shown(capsys):
    quiz("03")
    quiz("03", seed=1)
    assert capsys.readouterr().out == ""
