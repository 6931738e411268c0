"""A chapter becomes slides: all of it, in its order, in pieces that one can read from the back."""

import ast
import re

import pytest

from course.book import HOME, Book
from course.book.folds import HIDE
from course.book.markdown import Block
from course.lecture.columns import broken
from course.lecture.cut import BESIDE, Knife, cut
from course.lecture.live import cells
from course.lecture.pieces import definitions
from course.lecture.slide import CODE_LINES, COLUMNS, moves, plain, sentences, shown_code, text_size

BOOK = Book(HOME)
CHAPTERS = [pytest.param(chapter, id=chapter.number) for chapter in BOOK.chapters]
FENCE = re.compile(r"^```\w*\n(.*?)^```", re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def slides():
    """The slides of a chapter, cut once."""
    made = {}
    return lambda chapter: made.setdefault(chapter.number, cut(chapter))


def kind(cell):
    """What a cell is in a lecture; without a type it stands below the one before it."""
    return cell["metadata"].get("slideshow", {}).get("slide_type", "")


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_cell_of_code_is_there_once_and_in_its_order(chapter, slides):
    shown = [
        part.source for slide in slides(chapter) for part in slide.parts if part.kind != "text"
    ]
    assert shown == [cell.source for cell in chapter.code_cells()]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_no_slide_shows_more_code_than_one_reads(chapter, slides):
    for slide in slides(chapter):
        for part in slide.parts:
            shown = [shown_code(part.source)] if part.kind == "code" else FENCE.findall(part.source)
            if part.kind in ("code", "text"):
                assert all(len(code.strip().split("\n")) <= 12 for code in shown), slide


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_what_is_not_shown_is_said(chapter, slides):
    found = " ".join(
        " ".join([slide.section, slide.title, *(part.source for part in slide.parts), *slide.notes])
        for slide in slides(chapter)
    )
    found = re.sub(r"\W+", "", found)
    section, title, lost = "", "", []
    for cell in chapter.cells:
        if cell.kind != "markdown":
            continue
        text = re.sub(r"<details.*?</details>", "", cell.source, flags=re.DOTALL)
        for block in re.split(r"\n\s*\n|\n(?=[-*] |\d+\. |#|> ?$)", text):
            if block.startswith("#"):
                section, title = ("" if block.startswith("###") else block) or section, block
            if BESIDE.search(section + title) or block.startswith(("<", "|", "```", "*Half")):
                continue
            for sentence in sentences(plain(block)):
                if re.sub(r"\W+", "", sentence) not in found:
                    lost.append(sentence)
    assert not lost


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_numbered_equation_is_shown(chapter, slides):
    wanted = re.findall(r"\\tag\{(\d+)\}", "\n".join(cell.source for cell in chapter.cells))
    shown = "\n".join(part.source for slide in slides(chapter) for part in slide.parts)
    assert set(wanted) <= set(re.findall(r"\\tag\{(\d+)\}", shown))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_question_comes_before_its_answer(chapter, slides):
    for slide in slides(chapter):
        if slide.ask:
            seen = [part for part in slide.parts if part.kind != "unseen"]
            assert seen[0].source.endswith(slide.ask)
            assert not any(part.kind in ("code", "output") for part in seen)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_no_slide_that_asks_for_a_prediction_shows_what_came_out(chapter, slides):
    asks = 0
    for slide in slides(chapter):
        shown = "\n".join(part.source for part in slide.parts if part.kind == "text")
        if re.search(r"(?<!\d\. )\*\*Predict", shown):  # but not in a list
            asks += bool(slide.ask)
            assert slide.ask, slide
            assert not any(part.kind in ("code", "output") for part in slide.parts), slide
            assert not any("```text" in part.source for part in slide.parts if not part.later)
    cells = [cell for cell in chapter.code_cells() if HIDE in cell.tags]
    assert asks or not cells


def test_a_question_inside_of_a_paragraph_is_put_before_its_answer():
    knife = Knife()
    knife.block(Block("paragraph", "Half the bytes travel. **Predict:** what is saved?"))
    knife.code("print(1)", [{"output_type": "stream", "name": "stdout", "text": "1\n"}])
    asked, answered = knife.finish()
    assert asked.parts[0].source.startswith("Half the bytes")
    assert asked.ask == "**Predict:** what is saved?"
    assert [part.kind for part in asked.parts] == ["text", "text"]
    assert [part.kind for part in answered.parts] == ["text", "output"]


def test_broken_code_means_the_same():
    changed = 0
    for chapter in BOOK.chapters[::2]:
        for cell in chapter.code_cells():
            made = broken(cell.source, COLUMNS[0])
            if made != cell.source:
                assert ast.dump(ast.parse(made)) == ast.dump(ast.parse(cell.source))
                changed += 1
    assert changed > 50


def test_a_long_line_is_broken_at_the_outermost_comma_and_never_inside_of_a_text():
    line = 'print(f"{a, b, c}, and {d}", [measured(w, b) for w in all_weights], last)  # why'
    assert broken(line, 60).split("\n") == [
        "# why",
        'print(f"{a, b, c}, and {d}",',
        "      [measured(w, b) for w in all_weights], last)",
    ]
    text = 'alt = "a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q"'
    assert broken(text, 40) == text


@pytest.mark.parametrize("chapter", CHAPTERS[1:10])
def test_each_figure_that_moves_is_in_the_lecture(chapter, slides):
    moving = [
        c.source for c in chapter.code_cells() if re.search(r"^(explore|animate)\(", c.source, re.M)
    ]
    shown = [
        p.source
        for s in slides(chapter)
        for p in s.parts
        if p.kind == "output" and moves(p.outputs)
    ]
    assert moving and shown == moving


def test_a_long_definition_is_cut_where_a_thought_ends():
    body = "\n".join(f"    x{n} = {n}" for n in range(8))
    code = f'# nnlib/a.py\nimport math\n\n\ndef f():\n    """A."""\n{body}\n\n    y = 1\n{body}\n'
    pieces = definitions(code)
    assert [len(piece.code.split("\n")) for piece in pieces] == [10, 9]
    assert pieces[0].code.startswith("def f") and pieces[1].code.startswith("    y = 1")
    assert [piece.inside for piece in pieces] == ["", "f"]


def test_a_notebook_for_jupyterlab_knows_what_each_cell_is(slides):
    made = cells(slides(BOOK.chapter("04")), [""] * len(slides(BOOK.chapter("04"))))
    kinds = {kind(cell) for cell in made}
    assert kinds == {"slide", "subslide", "", "fragment", "skip"}
    levels = [
        len(re.match("#+", cell["source"])[0])
        for cell in made
        if kind(cell) in ("slide", "subslide")
    ]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_live_an_answer_to_a_prediction_is_folded_until_its_cell_runs(slides):
    chapter = BOOK.chapter("04")
    made = cells(slides(chapter), [""] * len(slides(chapter)))
    wanted = {cell.source for cell in chapter.code_cells() if HIDE in cell.tags}
    folded = {cell["source"] for cell in made if cell["metadata"].get("collapsed")}
    seen = {cell["source"] for cell in made if kind(cell) != "skip"}
    assert len(folded) > 3 and folded == wanted & seen
    for cell in made:
        if cell["metadata"].get("collapsed"):
            keys = cell["metadata"]["jupyter"]
            long = len(cell["source"].split("\n")) > CODE_LINES
            assert keys["outputs_hidden"] and bool(keys.get("source_hidden")) == long


def test_a_formula_a_table_and_a_list_take_the_room_of_their_rows():
    assert text_size(r"$$ a \\ b $$") > text_size("$$ a $$") > text_size("a")
    assert text_size("| a |\n|---|\n| b |\n| c |") > text_size("| a |\n|---|\n| b |")
    assert text_size("- a\n- b") > text_size("- a")
