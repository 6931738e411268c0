"""The pieces of prose, each on its line."""

import pytest

from course.book.markdown import anchors, headings, links, pieces, tags
from course.book.numbers import in_comment, in_docstring


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\nb [c](d.md) e", [("d.md", 1)]),
        ('[a\nb](c "t") and ![d](<e f>)', [("c", 0), ("e f", 1)]),
        ("See [it] and [it].\n\n[it]: x.md", [("x.md", 2)]),
        ("[unused]: x.md\n\nText.", [("x.md", 0)]),
        ("> - [a](b)\n>   [c](d)", [("b", 0), ("d", 1)]),
        ("| a |\n|---|\n| [b](c) |", [("c", 2)]),
        ("<details>\n<a href='x'>y</a>\n\n[a](b)\n\n</details>", [("x", 1), ("b", 3)]),
        ('Text\n<img src="x.png" alt="y">', [("x.png", 1)]),
        ("[σ](σ.md#ä)", [("σ.md#ä", 0)]),
        ("`[a](b)` ``[a](b)``\n\n```\n[a](b)\n```\n\n    [a](b)", []),
        ("$[a](b)$ and\n\n$$\n[a](b)\n$$", []),
        ("`a\nb` [c](d)", [("d", 1)]),
        ("$a\nb$ **x\ny** [c](d)", [("d", 2)]),
        ("<!-- [a](b) -->", []),
    ],
)
def test_links(text, found):
    assert list(links(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$$ a \\tag{1} $$", [("1", 0, 0)]),
        ("Text.\n\n$$\na\n\\tag{2}\n$$", [("2", 4, 2)]),
        ("> $$ a \\tag{1} $$", [("1", 0, 0)]),
        ("Text\n$$ a \\tag{1} $$ more", [("1", 1, 1)]),
        ("\\begin{equation*}\na\\tag{26}\n\\end{equation*}", [("26", 1, 0)]),
        ("- x\n\n  \\begin{align*}\n  a \\tag{26a}\n  \\end{align*}", [("26a", 3, 2)]),
        ("in words \\tag{3}", [("3", 0, 0)]),
        ("`\\tag{3}`\n\n```\n$$ a \\tag{3} $$\n```", []),
    ],
)
def test_tags(text, found):
    assert list(tags(text)) == found


def test_anchors_and_headings():
    text = '# One\n\n<a id="eq-1"></a>\n\nText <a id="x"></a>\n\nTwo\n---\n\n'
    text += '```\n# no\n```\n<b id="y">'
    assert list(anchors(text)) == [("eq-1", 2), ("x", 4)]
    assert list(headings(text)) == [("h1", "One", 0), ("h2", "Two", 6)]


def test_a_cell_is_read_once():
    assert pieces("# One") is pieces("# One")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("dw = X @ dZ.T / m  # (25)", [25]),
        ("dZ = A - Y  # (23) at the output", [23]),
        ("a  # (35), (36)", [35, 36]),
        ("a  # (12) to (14) and (16)", [12, 13, 14, 16]),
        ("a  # (1, m)", []),
        ("a  # as in (25)", []),
        ("f(25)", []),
    ],
)
def test_numbers_in_a_comment(line, found):
    assert in_comment(line) == found


def test_numbers_in_a_docstring():
    assert in_docstring("Derivatives, equations (23) to (25); not (7).") == [23, 24, 25]
