"""The table of equations: complete for this course, and strict about a broken one."""

import pytest

from course.__main__ import main
from course.book import HEADER, Book
from course.book.numbers import numbers
from course.rules.equation_table import markdown, plain
from course.rules.equations import COUNT, table
from course.rules.latex import readable

CHAPTER = r"""
<a id="eq-1"></a>

$$ \hat{y} = \sigma(z) \tag{1} $$

+++

<a id="eq-2"></a>

\begin{equation*}\begin{aligned}
z &= w^\mathsf{T} x \\ a &= \sigma(z)
\end{aligned}\tag{2}\end{equation*}

> **In the document** a sign is lost (E1). See [(1)](#eq-1).
"""
APPENDIX = """
### E1 · (1), (2)

See [(2)](01_first.ipynb#eq-2).
"""
PACKAGE = '''
def forward(x):
    """Outputs, equations (1) and (2)."""
    return x
'''
TESTS = """
import pytest


@pytest.mark.equation(1)
@pytest.mark.equation(2)
def test_forward():
    assert True
"""
FIRST = "notebooks/text/01_first.md"
LAST = "notebooks/text/A_the_document_run.md"
UNIT = "nnlib/unit.py"
TEST = "tests/test_unit.py"


@pytest.fixture
def tiny(tmp_path):
    """A book of two equations with nothing wrong; the function changes one file and reads it."""
    files = {FIRST: HEADER + CHAPTER, LAST: HEADER + APPENDIX, UNIT: PACKAGE, TEST: TESTS}

    def read(file=None, old="", new=""):
        for name, text in files.items():
            if name == file:
                assert old in text
                text = text.replace(old, new) if old else text + new
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return table(Book(tmp_path), count=2)

    return read


def test_every_equation_of_the_course_is_stated_coded_and_tested():
    made = table(Book())
    assert not made.problems, "\n".join(map(str, made.problems))
    assert made.summary == f"{COUNT} of {COUNT} equations stated, coded and tested"


def test_a_complete_book_has_no_problems(tiny):
    made = tiny()
    assert made.problems == []
    assert made.summary == "2 of 2 equations stated, coded and tested"
    second = made.equations[2]
    assert [place.name for place in second.stated] == ["01_first#eq-2"]
    assert [place.name for place in second.coded] == ["unit.forward"]
    assert [place.name for place in second.tested] == ["test_unit::test_forward"]
    assert second.errata == ["E1"]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        # one of the three is missing
        (FIRST, r" \tag{1}", "", "(1) is not stated"),
        (UNIT, "equations (1) and (2)", "equation (1)", "(2) is not coded"),
        (TEST, "@pytest.mark.equation(2)\n", "", "(2) is not tested"),
        (TEST, "def test_forward", "def forward", "is marked with an equation but is no test"),
        # a number stands twice
        (FIRST, "", "\n$$ a = b \\tag{2} $$\n", "(2) stands already in"),
        (LAST, "", "\n### E1 · (2)\n", "E1 stands twice"),
        # a reference points nowhere
        (UNIT, "and (2)", "to (3)", "there is no equation (3)"),
        (UNIT, "return x", "return x  # (7)", "there is no equation (7)"),
        (TEST, "equation(2)", "equation(9)", "there is no equation (9)"),
        (TEST, "equation(2)", "equation(n)", "takes the number itself"),
        (TEST, "equation(2)", "equation()", "takes the number itself"),
        (FIRST, r"\tag{2}", r"\tag{2a}", "(2a) is not a number"),
        (FIRST, "(#eq-1)", "(#eq-5)", "01_first#eq-5 leads nowhere"),
        (FIRST, "(E1)", "(E2)", "E2 leads nowhere"),
        (LAST, "(1), (2)", "(4)", "there is no equation (4)"),
        (LAST, "01_first", "02_next", "02_next#eq-2 leads nowhere"),
    ],
)
def test_a_broken_book_is_refused(tiny, file, old, new, message):
    assert any(message in str(error) for error in tiny(file, old, new).problems)


def test_an_incomplete_equation_is_not_counted(tiny):
    made = tiny(TEST, "@pytest.mark.equation(2)\n", "")
    assert made.summary == "1 of 2 equations stated, coded and tested"


def test_an_equation_stated_twice_is_not_counted(tiny):
    made = tiny(FIRST, "", "\n$$ a = b \\tag{2} $$\n")
    assert made.summary == "1 of 2 equations stated, coded and tested"


MARKED = "@pytest.mark.equation(1)\n@pytest.mark.equation(2)\ndef test_forward():\n    assert True"


@pytest.mark.parametrize(
    "new",
    [
        "pytestmark = pytest.mark.equation(2)\n\n\n"
        "@pytest.mark.equation(1)\ndef test_forward():\n    assert True",
        "@pytest.mark.equation(1, 2)\ndef test_forward():\n    assert True",
        "@pytest.mark.parametrize('n', [pytest.param(1, marks=pytest.mark.equation(2))])\n"
        "@pytest.mark.equation(1)\ndef test_forward(n):\n    assert n",
    ],
)
def test_marks_are_found_wherever_pytest_finds_them(tiny, new):
    assert tiny(TEST, MARKED, new).problems == []


def test_a_mark_on_a_class_counts_for_its_tests(tiny):
    new = (
        "@pytest.mark.equation(2)\nclass TestUnit:\n    @pytest.mark.equation(1)\n"
        "    def test_forward(self):\n        assert True"
    )
    made = tiny(TEST, MARKED, new)
    assert made.problems == []
    assert made.equations[2].tested[0].name == "test_unit::TestUnit::test_forward"


def test_a_comment_at_a_line_of_code_counts(tiny):
    docstring = 'x):\n    """Outputs, equations (1) and (2)."""'
    made = tiny(UNIT, docstring, "x):  # (1), (2)")
    assert made.problems == []
    assert [place.name for place in made.equations[1].coded] == ["unit.forward"]


def test_code_in_prose_states_nothing(tiny):
    assert tiny(FIRST, "", "\n```\n$$ a = b \\tag{2} $$\n```\n").problems == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(25)", [25]),
        ("(8) and (9)", [8, 9]),
        ("(33), (34)", [33, 34]),
        ("(12) to (15)", [12, 13, 14, 15]),
        ("(1), (2) and (12) to (14)", [1, 2, 12, 13, 14]),
    ],
)
def test_numbers_of_a_list(text, expected):
    assert numbers(text) == expected


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\hat{y} = \sigma(z)", "ŷ = σ(z)"),
        (r"dw = \frac{1}{m} X \, dZ^\mathsf{T}", "dw = 1/m X dZᵀ"),
        (r"Z^{[l]} = W^{[l]} A^{[l-1]}", "Z[l] = W[l] A[l-1]"),
        (r"\begin{bmatrix} x_1 & 2 \\ x_3 & 4 \end{bmatrix}", "[ x_1 2; x_3 4 ]"),
    ],
)
def test_statements_are_readable(latex, text):
    assert readable(latex) == text


@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_the_plain_table_fits_the_terminal(tiny, width):
    text = plain(tiny(), width)
    lines = text.split("\n")
    assert max(map(len, lines)) <= width
    assert lines[0].endswith("Errata") and "Stated in" in lines[0] and "01#eq-2" in text
    assert "(2)" in text and "E1" in text
    assert text.endswith("2 of 2 equations stated, coded and tested")


def test_the_markdown_table_has_links_and_one_row_for_each_equation(tiny):
    rows = [line for line in markdown(tiny()).split("\n") if line.startswith("| (")]
    assert len(rows) == 2
    assert "[01](notebooks/01_first.ipynb#eq-1)" in rows[0]
    assert r"$\hat{y} = \sigma(z)$" in rows[0]
    assert "[E1](notebooks/A_the_document_run.ipynb#E1)" in rows[0]
    assert rows[0].count("|") == rows[1].count("|")


def test_the_command_prints_the_table_and_fails_when_it_is_not_complete(tiny, tmp_path, capsys):
    tiny()
    assert main(["--root", str(tmp_path), "equations"]) == 1  # (3) to (36) are missing
    printed = capsys.readouterr()
    assert printed.out.strip().endswith(f"2 of {COUNT} equations stated, coded and tested")
    assert "equation (3) is not stated and not coded and not tested" in printed.err
    main(["--root", str(tmp_path), "equations", "--markdown"])
    assert capsys.readouterr().out.startswith("| | Statement |")
