"""One broken chapter for each slip of an author: one clear line, with file, cell and line.

`HERE` stands at the start of the line that the message must name; it is removed before the run.
"""

import pytest
from tiny import INIT, SIGMOID, code

from course import rules
from course.__main__ import main

HERE = "@@"

PACKAGE = {
    "magic": (
        f'# nnlib/losses.py\n"""Losses."""\n\n{HERE}%timeit 1\n',
        "a magic or shell line in a package cell: %timeit 1",
    ),
    "shell": (
        f'# nnlib/losses.py\n"""Losses."""\n\n{HERE}!ls\n',
        "a magic or shell line in a package cell: !ls",
    ),
    "assigned magic": (
        f'# nnlib/losses.py\n"""Losses."""\n\n{HERE}FILES = !ls\n',
        "a magic or shell line in a package cell: FILES = !ls",
    ),
    "cell magic": (
        f'# nnlib/losses.py\n{HERE}%%time\n"""Losses."""\n',
        "a magic or shell line in a package cell: %%time",
    ),
    "call": (
        f'# nnlib/losses.py\n"""Losses."""\n\n{HERE}print("hello")\n',
        "a statement that runs on import: print('hello')",
    ),
    "loop": (
        f'# nnlib/losses.py\n"""Losses."""\n\n{HERE}for i in range(3):\n    pass\n',
        "a statement that runs on import: for i in range(3):",
    ),
    "variable": (
        f'# nnlib/losses.py\n"""Losses."""\n\n{HERE}result = 1\n',
        "result = … runs on import (a constant is written in CAPITALS)",
    ),
    "unknown module": (
        f'{HERE}# nnlib/loses.py\n"""Losses."""\n',
        "unknown module nnlib/loses.py",
    ),
    "unknown folder": (
        f'{HERE}# nlib/losses.py\n"""Losses."""\n',
        "unknown module nlib/losses.py",
    ),
    "statement in a class": (
        f'# nnlib/losses.py\n"""Losses."""\n\n\nclass A:\n    x = 1\n{HERE}    print(x)\n',
        "a statement that runs on import: print(x); a class holds fields and methods only",
    ),
    "imports itself": (
        f'# nnlib/losses.py\n"""Losses."""\n\n{HERE}from nnlib.losses import loss\n',
        "nnlib.losses imports itself",
    ),
    "relative import": (
        f'# nnlib/losses.py\n"""Losses."""\n\n{HERE}from .activations import sigmoid\n',
        "a relative import does not run in a notebook",
    ),
    "imports course": (
        f'# nnlib/losses.py\n"""Losses."""\n\n{HERE}from course import show\n',
        "nnlib never imports course",
    ),
    "defined twice": (
        f'# nnlib/losses.py\n"""Losses."""\n\nA = 1\n{HERE}A = 2\n',
        "A is defined twice in this cell",
    ),
    "syntax": (
        f'# nnlib/losses.py\n"""Losses."""\n\n\n{HERE}def loss(:\n    pass\n',
        "not valid Python",
    ),
}

TANGLE = {
    "not formatted": (
        f'# nnlib/losses.py\n"""Losses."""\n\n{HERE}A = [1,2]\n',
        "ruff format would write 'A = [1, 2]' where this cell has 'A = [1,2]'",
    ),
    "no docstring": (
        f"{HERE}# nnlib/losses.py\nA = 1\n",
        "nnlib/losses.py has no docstring",
    ),
    "a blank line": (
        f'# nnlib/losses.py\n"""Losses."""\n\n{HERE}def f():\n    return 1\n',
        "ruff format would write a blank line where this cell has 'def f():'",
    ),
    "circle": (
        f'{HERE}# nnlib/losses.py\n"""Losses."""\n\nA = B\nB = A\n',
        "A needs B needs A: no order of them can be imported",
    ),
}

ORDINARY = {
    "magic in any cell": (f"x = 1\n{HERE}%matplotlib inline\n", "a magic or shell line in a cell"),
    "import too early": (
        f"{HERE}from nnlib.losses import loss\n",
        "nnlib.losses.loss is used befo",
    ),
    "module too early": (f"{HERE}import nnlib.losses\n", "nnlib.losses is used before"),
    "module from nnlib": (f"{HERE}from nnlib import losses\n", "nnlib.losses is used before"),
    "name of a module": (
        f"from nnlib import activations\n\n{HERE}activations.relu(1)\n",
        "nnlib.activations.relu is used before a chapter builds it",
    ),
    "name by an alias": (
        f"import nnlib.activations as g\n{HERE}g.relu(1)\n",
        "nnlib.activations.relu is used before a chapter builds it",
    ),
    "name by the path": (
        f"import nnlib.activations\n{HERE}nnlib.activations.relu(1)\n",
        "nnlib.activations.relu is used before a chapter builds it",
    ),
    "name in a default": (
        f"import nnlib.activations as g\n\n\n{HERE}def f(g=g.relu):\n    return g\n",
        "nnlib.activations.relu is used before a chapter builds it",
    ),
    "name in a decorator": (
        f"import nnlib.activations as g\n\n\n{HERE}@g.relu\ndef f(g):\n    return g\n",
        "nnlib.activations.relu is used before a chapter builds it",
    ),
    "name beside a lambda's argument": (
        "import nnlib.activations as g\n\n\ndef f():\n    h = lambda g: g\n"
        f"{HERE}    return g.relu(h)\n",
        "nnlib.activations.relu is used before a chapter builds it",
    ),
    "name that takes its own place": (
        f"import nnlib.activations as g\n{HERE}for g in g.relu(1):\n    pass\n",
        "nnlib.activations.relu is used before a chapter builds it",
    ),
    "name after a comprehension": (
        f"import nnlib.activations as g\nx = [g.real for g in (1, 2)]\n{HERE}g.relu(1)\n",
        "nnlib.activations.relu is used before a chapter builds it",
    ),
    "path in the second line": (
        f'# Here:\n{HERE}# nnlib/losses.py\n"""Losses."""\n',
        "'# nnlib/losses.py' puts nothing into the package",
    ),
    "path and more": (
        f"{HERE}# nnlib/losses.py (again)\nA = 1\n",
        "'# nnlib/losses.py (again)' puts nothing into the package",
    ),
    "path of Windows": (f"{HERE}# nnlib\\losses.py\nA = 1\n", r"'# nnlib\\losses.py' puts nothing"),
    "empty": (f"{HERE}\n", "an empty code cell"),
}

PROSE = {
    "directive": (f"Text.\n\n{HERE}```{{note}}\nText.\n```\n", "a MyST directive"),
    "colon directive": (f"Text.\n\n{HERE}:::{{note}}\nText.\n:::\n", "a MyST directive"),
    "directive in a quote": (
        f"> Text.\n>\n{HERE}> ```{{note}}\n> Text.\n> ```\n",
        "a MyST directive",
    ),
    "label in a line": (f"Text\n{HERE}and $$ a $$ (eq)\nmore.\n", "a MyST equation label"),
    "comment in a paragraph": (f"Text\n{HERE}% a comment\nmore.\n", "a MyST comment"),
    "role": (f"Text\n{HERE}and {{math}}`x` here.\n", "a MyST role"),
    "label": (f"Text.\n\n{HERE}(here)=\n", "a MyST label"),
    "comment": (f"Text.\n\n{HERE}% a comment\n", "a MyST comment"),
    "equation label": (f"Text.\n\n{HERE}$$ a $$ (eq)\n", "a MyST equation label"),
    "two lines and a tag": (
        f'<a id="eq-3"></a>\n\n{HERE}$$ a \\\\ b \\tag{{3}} $$\n',
        r"$$ with both \\ and \tag renders wrongly",
    ),
    "unstarred align": (f"{HERE}\\begin{{align}} a \\end{{align}}\n", "align without a star"),
    "tag without anchor": (f"Text.\n\n{HERE}$$ a \\tag{{3}} $$\n", "equation (3) has no <a id="),
    "tag below another anchor": (
        f'<a id="eq-4"></a>\n\n{HERE}$$ a \\tag{{3}} $$\n',
        'equation (3) has no <a id="eq-3"></a>',
    ),
    "anchor without tag": (
        f'{HERE}<a id="eq-3"></a>\n\n$$ a $$\n',
        "the anchor eq-3 has no equation",
    ),
    "equation twice": (
        '<a id="eq-3"></a>\n\n$$ a \\tag{3} $$\n\n<a id="eq-3"></a>\n\n'
        f"{HERE}$$ b \\tag{{3}} $$\n",
        "equation (3) stands already in 02_two.md, cell 1",
    ),
    "link to no equation": (f"Text,\n{HERE}see [(9)](#eq-9).\n", "the link #eq-9 leads nowhere"),
    "link to no chapter": (
        f"Text,\n{HERE}see [(9)](09_nine.ipynb#eq-9).\n",
        "the link 09_nine.ipynb#eq-9 leads nowhere: no such file",
    ),
    "link to no equation of a chapter": (
        f"Text,\n{HERE}see [(9)](01_one.ipynb#cell-id=eq-9).\n",
        "the link 01_one.ipynb#cell-id=eq-9 leads nowhere: no <a id",
    ),
    "link to an equation of another chapter": (
        f"Text,\n{HERE}see [(4)](01_one.ipynb#eq-4).\n",
        "the link 01_one.ipynb#eq-4 lands at the top of the chapter: write "
        "01_one.ipynb#cell-id=eq-4",
    ),
    "link to an anchor within a cell": (
        f"Text,\n{HERE}see [it](01_one.ipynb#cell-id=inside).\n",
        "the link 01_one.ipynb#cell-id=inside leads nowhere: the anchor inside begins no cell",
    ),
    "link to a cell of the same chapter": (
        f'<a id="here"></a>\n\n{HERE}See [it](#cell-id=here).\n',
        "the link #cell-id=here leads nowhere: within a chapter write #here",
    ),
    "equation in the middle of a cell": (
        f'Text.\n\n{HERE}<a id="eq-3"></a>\n\n$$ a \\tag{{3}} $$\n',
        "the anchor eq-3 begins no cell",
    ),
    "link with a title": (f'Text,\n{HERE}see [it](none.md "a title").\n', "the link none.md leads"),
    "link by reference": (f"See [it].\n\n{HERE}[it]: none.md\n", "the link none.md leads nowhere"),
    "link out of the repository": (f"Text,\n{HERE}see [it](/).\n", "the link / leads nowhere"),
    "picture without words": (f"Text\n\n{HERE}![](text)\n", "a picture without alt text"),
    "tag without words": (f'Text\n\n{HERE}<img src="text">\n', "a picture without alt text"),
    "link right under HTML": (
        f"<details>\n<summary>A</summary>\n{HERE}See [it](none.md).\n\n</details>\n",
        "Markdown inside HTML is not read",
    ),
    "equation right under HTML": (
        f"<details><summary>A</summary>\n\nB\n\n</details>\n{HERE}$$ a \\tag{{3}} $$\n",
        "Markdown inside HTML is not read",
    ),
    "solution in another fence": (
        f"<details><summary>Solution</summary>\n\n{HERE}```py\nx = 1\n```\n\n</details>\n",
        "a solution that is not run",
    ),
    "solution further in": (
        "<details><summary>Solution</summary>\n\n- a\n\n"
        f"{HERE}  ```python\n  x = 1\n  ```\n\n</details>\n",
        "a solution that is not run",
    ),
    "solution without an end": (
        f"<details><summary>Solution</summary>\n\n{HERE}```python\nx = 1\n\n</details>\n",
        "a solution that is not run",
    ),
    "prediction without an answer": (
        f"Text.\n\n{HERE}**Predict, then run.** How much?\n\n## More\n",
        "no cell answers “Predict, then run.” before the next heading or folded answer",
    ),
    "solution in two cells": (
        f"{HERE}<details><summary>Solution</summary>\n\nText.\n\n+++\n\n</details>\n",
        "a solution stands in one cell",
    ),
    "solution that is open": (
        f"{HERE}<details open><summary>Solution</summary>\n\nText.\n\n</details>\n",
        "a solution stands in one cell",
    ),
    "name in a solution": (
        "<details><summary>Solution</summary>\n\n```python\nx = 1\n"
        f"{HERE}from nnlib.losses import loss\n```\n\n</details>\n",
        "nnlib.losses.loss is used before a chapter builds it",
    ),
}


def fails(tiny, block, says, command, capsys, cell=1):
    """Write a second chapter with a slip and assert what the command says about it."""
    path = tiny.chapter("02_two", block)
    text = path.read_text(encoding="utf-8")
    line = text[: text.index(HERE)].count("\n") + 1
    path.write_bytes(text.replace(HERE, "").encode())
    assert main(["--root", str(tiny.root), *command]) == 1
    said = capsys.readouterr().err.splitlines()
    place = f"notebooks/text/02_two.md, cell {cell}, line {line}: "
    hits = [sentence for sentence in said if sentence.startswith(place + says)]
    assert len(hits) == 1, said
    assert not any("Traceback" in sentence for sentence in said)


@pytest.mark.parametrize("command", [["check"], ["tangle"], ["weave"]], ids=" ".join)
@pytest.mark.parametrize("slip", PACKAGE)
def test_slip_in_a_package_cell(slip, command, tiny, capsys):
    source, says = PACKAGE[slip]
    fails(tiny, code(source), says, command, capsys)


@pytest.mark.parametrize("slip", TANGLE)
def test_slip_that_tangling_finds(slip, tiny, capsys):
    source, says = TANGLE[slip]
    fails(tiny, code(source), says, ["tangle"], capsys)


@pytest.mark.parametrize("slip", ORDINARY)
def test_slip_in_an_ordinary_cell(slip, tiny, capsys):
    source, says = ORDINARY[slip]
    if slip == "empty":
        source = f"{HERE}"
    fails(tiny, code(source), says, ["check"], capsys)


@pytest.mark.parametrize("slip", PROSE)
def test_slip_in_the_prose(slip, tiny, capsys):
    fails(tiny, *PROSE[slip], ["check"], capsys)


def test_import_above_the_cell_that_builds_it(tiny, capsys):
    early = code(f"{HERE}from nnlib.losses import loss\n")
    build = code('# nnlib/losses.py\n"""Losses."""\n\n\ndef loss(a):\n    return a\n')
    fails(tiny, f"{early}\n{build}", "nnlib.losses.loss is used before", ["check"], capsys)


@pytest.mark.parametrize(
    ("tags", "says"),
    [
        (b"[nbval-skip]", "cell 1, line 15: unknown tag nbval-skip: wanted one of nbval-ignore-o"),
        (b"raises-exception", "tags stand in brackets, :tags: [raises-exception]"),
        (b"[raises-exception", "line 12: the options of this cell cannot be read: Invalid YAML"),
        ("[raises-exception] é".encode("latin-1"), "line 13: not UTF-8"),
    ],
)
def test_header_of_a_cell(tags, says, tiny, capsys):
    path = tiny.chapter("02_two", code("x = 1", "TAGS"))
    path.write_bytes(path.read_bytes().replace(b"[TAGS]", tags))
    assert main(["--root", str(tiny.root), "check"]) == 1
    (said,) = capsys.readouterr().err.splitlines()
    assert said.startswith("notebooks/text/02_two.md") and says in said


def test_a_file_with_the_line_ends_of_windows_reads_the_same(tiny):
    path = tiny.chapter(
        "02_two", "# Two\n", code(SIGMOID), code("x = 1\ny = 2", "raises-exception")
    )
    wanted = tiny.book.chapter("2").cells
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert tiny.book.chapter("2").cells == wanted


def test_header(tiny, capsys):
    path = tiny.chapter("02_two", "Text.\n")
    text = path.read_text(encoding="utf-8")
    path.write_bytes(text.replace("name: python3", "name: mine").encode())
    assert main(["--root", str(tiny.root), "check"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("notebooks/text/02_two.md, line 9: the header has '  name: mine'")


def test_name_and_number_of_the_file(tiny, capsys):
    wrong = tiny.chapter("two", "Text.\n")
    assert main(["--root", str(tiny.root), "check"]) == 1
    assert "two.md: a chapter is named NN_name.md" in capsys.readouterr().err
    wrong.unlink()
    tiny.chapter("01_two", "Text.\n")
    assert main(["--root", str(tiny.root), "check"]) == 1
    assert "01_two.md: 01_one.md has the number 01 as well" in capsys.readouterr().err


def test_the_preview_may_use_everything(tiny, capsys):
    tiny.chapter("00_start", code("from nnlib.activations import sigmoid"))
    main(["--root", str(tiny.root), "check"])
    assert "used before" not in capsys.readouterr().err


GOOD = (
    "from nnlib.activations import sigmoid\nimport nnlib\nfrom nnlib import activations as g\n"
    "g.sigmoid(0.0)\nnnlib.activations.sigmoid(0.0).real\nnnlib.__file__\n"
    "g = [1]\ng.append(2)\n\n\ndef f(nnlib):\n    return nnlib.anything\n\n\n"
    "from nnlib import activations as g\nx = [g.real for g in (1, 2)]\nimport numpy as g\n"
    "g.pi\nfrom nnlib import activations as g\nfrom numpy import ma as g\ng.array\n"
    "from nnlib import activations as g\n\n\ndef g():\n    pass\n\n\ng.anything = 1\n"
)
CLASS = code(
    '# nnlib/losses.py\n"""Losses."""\n\nfrom dataclasses import dataclass\n\n\n@dataclass\n'
    'class A:\n    """A."""\n\n    x: int = 1\n    y = 2\n\n    class B:\n        pass\n\n'
    "    async def f(self):\n        return self.x\n"
)
PLAIN = (
    '> **In the document**\n\n+++\n\n<a id="eq-3"></a>\n\n$$ a \\tag{3} $$\n\n+++\n\n'
    '<a id="eq-26"></a>\n\n\\begin{equation*}\\begin{aligned}\na \\\\\nb\n'
    "\\end{aligned}\\tag{26}\\end{equation*}\n\nSee [(3)](#eq-3), [one](01_one.ipynb), "
    "[(4)](01_one.ipynb#cell-id=eq-4) and "
    '[there](https://example.org/#x), [here](text "words"). ![Words](text)\n\n'
    "A tag is written `\\tag{3}`.\n\n```python\n% not prose\n```\n"
)


def test_what_is_right_passes(tiny, capsys):
    tiny.chapter("02_two", PLAIN, code(GOOD), code(SIGMOID), code(INIT), CLASS)
    assert len(rules.RULES) == 11
    for rule in rules.RULES[:7]:
        assert [str(error) for error in rule(tiny.book)] == []
