"""The page as it is built: complete in itself, and what it quotes is what stands in the course."""

import re
import shutil
import subprocess
from xml.etree import ElementTree

import pytest
from node import NODE, node

from course.book import HOME, AuthorError, Book
from course.press import playground
from course.press.playground import PAGE, quotes
from course.press.playground.bundle import bundle
from course.press.playground.mathml import mathml
from course.press.playground.subjects import SUBJECTS, Subject


@pytest.fixture(scope="module")
def book():
    return Book()


@pytest.fixture(scope="module")
def subjects(book):
    return quotes.subjects(book)


@pytest.fixture(scope="module")
def page(book):
    return playground.page(book)


def test_it_refers_to_nothing_outside(page):
    assert not re.findall(r"https?:|//\w+\.\w|@import|<link(?! rel=\"icon\" href=\"data:,\")", page)
    assert not re.findall(r"\b(?:src|href)=(?![\"']data:,)", page)
    assert not re.findall(r"\burl\(|\bfetch\(|XMLHttpRequest|\bimport\(|WebSocket", page)


def test_every_mark_is_filled_in(page):
    assert not re.findall(r"/\* [A-Z]+ \*/", page)
    assert page.count("<script") == page.count("</script>") == 2


def test_it_is_written_where_it_is_asked_for(tmp_path, monkeypatch):
    monkeypatch.setattr(playground, "facts", lambda book: {})
    file = playground.write(Book(), tmp_path / "new folder" / "page.html")
    assert file.read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize("key", SUBJECTS)
def test_the_quoted_lines_are_nnlibs(key, subjects):
    subject = subjects[key]
    lines = (HOME / subject["file"]).read_text(encoding="utf-8").splitlines()
    first, quoted = subject["first"], subject["lines"]
    assert lines[first - 1 : first - 1 + len(quoted)] == quoted
    assert SUBJECTS[key].line in lines[subject["mark"] - 1]
    assert f"def {SUBJECTS[key].name.split('.')[1]}(" in "\n".join(quoted)
    assert re.match(r"chapter \d+, “.+”$", subject["page"])


def test_a_line_carries_the_number_of_its_equation(subjects):
    """Where nnlib's line names an equation, it is one of those that the panel shows."""
    named = 0
    for key, subject in subjects.items():
        line = subject["lines"][subject["mark"] - subject["first"]]
        numbers = re.findall(r"\((\d+)\)", line.partition("#")[2])
        if not numbers or key == "y":  # of a label it quotes the line that uses it
            continue
        named += 1
        assert set(numbers) & set(SUBJECTS[key].equations), key
    assert named > 10


def test_an_equation_is_the_one_of_the_chapter(book, subjects):
    assert quotes.equation(book, "23")["page"].startswith("chapter 4, “")
    for subject in subjects.values():
        for equation in subject["equations"]:
            assert ElementTree.fromstring(equation["mathml"]).tag == "math"
            assert "\\" not in equation["mathml"] and "tag" not in equation["mathml"]


def test_what_is_gone_stops_the_build(book):
    places = quotes.every(book)
    gone = Subject("a", "b", "network.update", "W - alpha * dW")
    with pytest.raises(AuthorError, match="looks in network.update for a line"):
        quotes._subject(book, gone, places)
    with pytest.raises(AuthorError, match="network.upgrade, which is not there"):
        quotes.source(book, "network.upgrade", "x")
    with pytest.raises(AuthorError, match="equation \\(99\\), which no chapter states"):
        quotes.equation(book, "99")


def test_a_sentence_with_a_new_number_stops_the_build(tmp_path):
    (tmp_path / "nnlib").mkdir()
    for name in ("learning_rate", "rules_training"):
        shutil.copy(HOME / "nnlib" / f"{name}.py", tmp_path / "nnlib")
    file = tmp_path / "nnlib" / "learning_rate.py"
    text = file.read_text(encoding="utf-8")
    assert quotes.sentences(Book(tmp_path))["rose"][0] == "the cost rose from "
    file.write_text(text.replace("{low:.4g} and", "{lowest:.4g} and"), encoding="utf-8")
    with pytest.raises(AuthorError, match="no number for {lowest}"):
        quotes.sentences(Book(tmp_path))


def test_the_chapters_words_on_hopeless_runs(book):
    words = quotes.hopeless(book)
    assert "hopeless" in words and "<math>" in words and "$" not in words and "##" not in words


def test_every_number_that_is_shown_can_be_explained(page):
    asked = set(re.findall(r'data-subject="(\w+)"', (PAGE / "index.html").read_text("utf-8")))
    for name in ("tables", "network", "main"):
        text = (PAGE / f"{name}.mjs").read_text(encoding="utf-8")
        asked |= set(re.findall(r'asked\("(\w+)"', text))
        asked |= set(re.findall(r'"(dz_hidden|dW|db|weight|bias|probability)"', text))
    names = node('return Object.keys((await load("values")).NUMBERS);')
    assert len(asked) > 15 and asked <= set(SUBJECTS)
    for key in SUBJECTS:
        if key not in ("overflow", "rose", "leaps"):  # a sentence, not a number
            assert key.split("_")[0] in names or key in names


@pytest.mark.parametrize(
    "latex, wanted",
    [
        (r"\frac1m x", "<mfrac><mn>1</mn><mi>m</mi></mfrac>"),
        (r"\tfrac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
        (r"a_i^{2}", "<msubsup><mi>a</mi><mi>i</mi><mrow><mn>2</mn></mrow></msubsup>"),
        (r"\sum_{i}^m", "<munderover><mo>∑</mo><mrow><mi>i</mi></mrow><mi>m</mi></munderover>"),
        (r"x < 1 - y", "<mi>x</mi><mo>&lt;</mo><mn>1</mn><mo>−</mo><mi>y</mi>"),
    ],
)
def test_mathml(latex, wanted):
    assert wanted in mathml(latex)


@pytest.mark.parametrize(
    "latex", [r"\unknown x", r"\frac{1}", "a }", r"\begin{cases} a \end{cases}"]
)
def test_what_cannot_be_typeset_is_said(latex):
    with pytest.raises(AuthorError, match="cannot typeset"):
        mathml(latex)


def modules(folder, **texts):
    for name, text in texts.items():
        (folder / f"{name}.mjs").write_text(text, encoding="utf-8")
    return folder


def test_a_bundle_holds_each_module_once_and_in_order(tmp_path):
    first = 'import { b } from "./b.mjs";\nimport { c } from "./c.mjs";\nconsole.log(b, c);\n'
    second = 'import { c } from "./c.mjs";\nexport const b = c + 1;\n'
    script = bundle(modules(tmp_path, a=first, b=second, c="export const c = 1;\n"), "a")
    assert [script.index(f"const {name}_module") for name in "cba"] == sorted(
        script.index(f"const {name}_module") for name in "cba"
    )
    assert "import" not in script and "export" not in script


def test_a_circle_or_another_form_of_import_is_refused(tmp_path):
    circle = modules(
        tmp_path,
        a='import { b } from "./b.mjs";\nexport const a = 1;\n',
        b='import { a } from "./a.mjs";\nexport const b = 1;\n',
    )
    with pytest.raises(AuthorError, match="import each other: a → b → a"):
        bundle(circle, "a")
    with pytest.raises(AuthorError, match="cannot read"):
        bundle(modules(tmp_path, c='import c from "elsewhere";\n'), "c")


REFUSED = {
    "": "Nothing is pasted: each line is x1, x2, label.",
    "1,2,a\n3,4": "Line 2 must have three values, x1, x2, label; found 2 values.",
    "1,2,a\n\n3": "Line 3 must have three values, x1, x2, label; found 1 value.",
    "1,2,a\n3,x,b": "Line 2: x2 must be a finite number; found “x”.",
    "1,2,a\n,4,b": "Line 2: x1 must be a finite number; found “”.",
    "1,2,a\nnan,4,b": "Line 2: x1 must be a finite number; found “nan”.",
    "1,2,a\n3,-inf,b": "Line 2: x2 must be a finite number; found “-inf”.",
    "1,2,a\n3,1e9,b": "Line 2: x2 must lie between −1,000,000 and 1,000,000; found 1e9.",
    "1,2,a\n3,4,a": "The labels must be of two kinds, such as 0 and 1; found 1: “a”.",
    "1,2,a\n3,4,b\n5,6,c": "The labels must be of two kinds, such as 0 and 1; "
    "found 3: “a”, “b”, “c”.",
    "0,0,1\n" * 2001: "At most 2000 lines; found 2001.",
}  # fmt: skip
TAKEN = {
    "1,2,0\n3,4,1": [[1, 2, 0], [3, 4, 1]],
    "u;v;w\n1,5;2;ja\n-3;4,25;nein": [[1.5, 2, 0], [-3, 4.25, 1]],
    "x1\tx2\tlabel\n1\t2\t-1\n3\t4\t+1": [[1, 2, 0], [3, 4, 1]],
    '1 2 "10"\r\n3 4 "9"\r\n': [[1, 2, 1], [3, 4, 0]],
    "1.23456,2,no\n1e1,4,yes": [[1.2346, 2, 0], [10, 4, 1]],
}


@pytest.fixture(scope="module")
def tables():
    script = """
    const { Refused, readTable } = await load("pasted");
    return given.map((text) => {
      try {
        return readTable(text, false).points;
      } catch (error) {
        if (error instanceof Refused) return error.message;
        throw error;
      }
    });
    """
    texts = [*REFUSED, *TAKEN]
    return dict(zip(texts, node(script, texts), strict=True))


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:20] or "nothing")
def test_a_wrong_table_is_refused_with_its_line(tables, text):
    assert tables[text] == REFUSED[text]


@pytest.mark.parametrize("text", TAKEN, ids=lambda text: text[:12])
def test_a_right_table_is_taken(tables, text):
    assert tables[text] == TAKEN[text]


def test_columns_are_standardised():
    script = 'return (await load("pasted")).readTable("1,5,a\\n3,5,b", true).points;'
    assert node(script) == [[-1, 0, 0], [1, 0, 1]]


def test_an_address_says_all_of_the_state():
    state = {
        "data": "drawn", "count": 30, "noise": 0.25, "test": 0, "draw": 9,
        "features": ["x2", "sin1"], "hidden": [[8, "relu"], [1, "sigmoid"]],
        "rate": 1e-5, "batch": 8, "seed": 4294967295, "scale": 0.5, "epoch": 12,
        "points": [[0.1, -2, 1], [3, 1e-4, 0]],
    }  # fmt: skip
    script = """
    const { DEFAULTS, read, written } = await load("address");
    return [read(`#${written(given)}`), written(DEFAULTS), Object.keys(DEFAULTS)];
    """
    back, nothing, parts = node(script, state)
    assert back == {"state": state, "wrong": []}
    assert nothing == "" and set(parts) == set(state)


def test_a_wrong_part_of_an_address_is_named_and_the_rest_is_used():
    wrong = {
        "data": "moons", "count": "5000", "noise": "x", "features": "x1,x9", "hidden": "9tanh",
        "rate": "0", "batch": "7", "seed": "1.5", "scale": "-1", "epoch": "", "points": "1_2_3",
        "colour": "red", "__proto__": "1",
    }  # fmt: skip
    text = "&".join(f"{name}={value}" for name, value in wrong.items())
    script = """
    const { DEFAULTS, read } = await load("address");
    const found = read(given);
    return [found.wrong, found.state.test, { ...found.state, test: DEFAULTS.test }, DEFAULTS];
    """
    named, test, state, defaults = node(script, f"#test=40&{text}")
    assert sorted(named) == sorted(wrong) and test == 40 and state == defaults


def test_the_script_can_be_read(tmp_path):
    if NODE is None:
        pytest.skip("no Node on this machine: the script is not parsed")
    file = tmp_path / "script.mjs"
    file.write_text(bundle(PAGE, "main"), encoding="utf-8")
    done = subprocess.run([NODE, "--check", file], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("file", sorted(PAGE.glob("*.mjs")), ids=lambda file: file.stem)
def test_modules_are_short_and_say_what_they_are_for(file):
    lines = file.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 250 and max(map(len, lines)) <= 100
    assert lines[0].startswith("// ") and lines[0].rstrip().endswith((".", ","))
