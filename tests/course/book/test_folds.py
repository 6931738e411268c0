"""The output of the cell that answers a prediction is folded, and no other."""

import pytest
from tiny import INIT, TinyBook, code

ASKED = "**Predict, then run.** How much?\n"


def hidden(tmp_path, *blocks):
    """Numbers of the folded cells of a chapter."""
    tiny = TinyBook(tmp_path / "book")
    tiny.chapter("01_one", *blocks)
    return [cell.number for cell in tiny.book.chapter("1").cells if cell.hidden]


@pytest.mark.parametrize(
    "prompt",
    [
        ASKED,
        "Text. **Predict:** how much?\n",
        "**Predict** both.\n",
        f"- a\n- b\n\n{ASKED}",
        f"{ASKED}\n+++\n\nMore text.\n",
        f"## A\n\n{ASKED}",
        f"<details><summary>Answer</summary>\n\nYes.\n</details>\n\n{ASKED}",
        f"**Predict.** This?\n\n{ASKED}",
    ],
)
def test_the_next_cell_answers(tmp_path, prompt):
    """And neither the cell above nor the one below."""
    cells = code("print(0)"), prompt, code("print(1)"), "Text.\n", code("print(2)")
    assert hidden(tmp_path, *cells) == [4 if "+++" in prompt else 3]


def test_cells_without_prose_between_them_answer_together(tmp_path):
    cells = ASKED, code("x = 1"), code("print(x)"), "Text.\n", code("print(2)"), ASKED, code("x")
    assert hidden(tmp_path, *cells) == [2, 3, 7]


def test_a_package_cell_shows_nothing_and_is_passed(tmp_path):
    assert hidden(tmp_path, ASKED, code(INIT), code("print(1)")) == [3]


@pytest.mark.parametrize(
    "prose",
    [
        "Predict, then run.\n",
        "1. **Predict.** Where it says so.\n",
        "`**Predict**`\n",
        f"{ASKED}\n## A heading\n",
        f"{ASKED}\n+++\n\n### A heading\n",
        f"{ASKED}\n<details><summary>Answer</summary>\n\nYes.\n</details>\n",
        "**Prompts** to predict.\n",
    ],
)
def test_no_cell_answers(tmp_path, prose):
    assert hidden(tmp_path, prose, code("print(1)")) == []


def test_the_tags_of_the_author_stay(tmp_path):
    tiny = TinyBook(tmp_path / "book")
    tiny.chapter("01_one", ASKED, code("print(1)", "nbval-ignore-output"))
    assert tiny.book.chapter("1").cells[1].tags == ("nbval-ignore-output", "hide-output")
