"""Read the questions of a chapter, and say in one sentence what is wrong with a file of them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from course.book import HOME, AuthorError

FOLDER = HOME / "notebooks" / "quizzes"
LETTERS = "abcdef"


@dataclass(frozen=True)
class Choice:
    """What can be answered, whether it is right, and why it is or is not."""

    says: str
    why: str
    right: bool = False


@dataclass(frozen=True)
class Question:
    """A question with its choices, in the order in which they are shown."""

    ask: str
    choices: tuple[Choice, ...]

    @property
    def right(self) -> str:
        """The letter of the right choice."""
        return LETTERS[[each.right for each in self.choices].index(True)]


def questions(chapter: str, folder: Path = FOLDER) -> list[Question]:
    """The questions of a chapter.

    Raises
    ------
    AuthorError
        If the file cannot be read, or a question in it is not sound.
    """
    file = folder / f"{chapter}.toml"
    name = f"{folder.parent.name}/{folder.name}/{file.name}"
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
        made = [
            Question(each["ask"], tuple(Choice(**choice) for choice in each["choices"]))
            for each in found["question"]
        ]
    except OSError as error:
        raise AuthorError(f"cannot be opened ({error.strerror})", file=name) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AuthorError(f"is not TOML: {error}", file=name) from None
    except (KeyError, TypeError) as error:
        message = f"a question has `ask` and `choices`, a choice `says`, `why`, `right`: {error}"
        raise AuthorError(message, file=name) from None
    for number, question in enumerate(made, start=1):
        if wrong := unsound(question):
            raise AuthorError(f"question {number} {wrong}", file=name)
    return made


def unsound(question: Question) -> str:
    """What is wrong with a question, or nothing."""
    says = [" ".join(choice.says.split()).lower() for choice in question.choices]
    if not question.ask.strip():
        return "asks nothing"
    if not 3 <= len(says) <= len(LETTERS):
        return f"has {len(says)} choices; 3 to {len(LETTERS)} are wanted"
    if sum(choice.right for choice in question.choices) != 1:
        return "needs one choice with `right = true`"
    if len(set(says)) < len(says):
        return "has a choice twice"
    for letter, choice in zip(LETTERS, question.choices, strict=False):
        if not choice.says.strip() or not choice.why.strip().endswith((".", "?", "!")):
            return f"does not say in a sentence why {letter} is right or wrong"
    return ""
