"""What the browser edition holds: every chapter, every copy to work in, and a word on each."""

import json
import re

import pytest

from course.book import HOME, AuthorError, Book
from course.lite import contents, differences

BOOK = Book(HOME)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("contents")
    return folder, contents.write(BOOK, folder)


def test_every_chapter_and_its_copy_to_work_in_are_there(written):
    folder, paths = written
    names = [path.relative_to(folder).as_posix() for path in paths]
    wanted = [f"notebooks/{chapter.name}.ipynb" for chapter in BOOK.chapters]
    wanted += [f"workbook/my_{chapter.name}.ipynb" for chapter in BOOK.chapters]
    assert names == wanted and len(names) == 30
    assert sorted(path for path in folder.rglob("*.*")) == sorted(paths)


def test_a_notebook_is_the_chapter_with_a_word_on_its_top(written):
    folder, paths = written
    for path in paths[: len(BOOK.chapters)]:
        made = json.loads(path.read_text(encoding="utf-8"))
        woven = json.loads((HOME / "notebooks" / path.name).read_text(encoding="utf-8"))
        note, *cells = made["cells"]
        assert note["id"] == contents.NOTE and "In your browser" in note["source"]
        assert len(cells) == len(woven["cells"])
        number = path.name.split("_")[0]
        smaller = len(differences.SMALLER.get(number, []))
        same = [one == other for one, other in zip(cells, woven["cells"], strict=True)]
        assert same.count(False) <= smaller
        assert ("Smaller here" in note["source"]) == bool(smaller)
        assert made["metadata"]["kernelspec"]["name"] == "python"


def test_each_notebook_knows_its_edition(written):
    folder, paths = written
    known = contents.editions(paths, folder)
    assert len(known) == len(paths) and all(re.fullmatch("[0-9a-f]{8}", e) for e in known.values())
    for path in paths:
        made = json.loads(path.read_text(encoding="utf-8"))
        assert made["metadata"]["course"]["edition"] == contents.mark(made["cells"][1:])


def test_a_changed_word_is_another_edition():
    cell = {"cell_type": "markdown", "source": ["One\n", "two"]}
    assert contents.mark([cell]) == contents.mark([{**cell, "source": "One\ntwo"}])
    assert contents.mark([cell]) != contents.mark([{**cell, "source": "One\nthree"}])


def test_a_piece_that_is_gone_from_its_chapter_stops_the_build(monkeypatch):
    cells = [{"cell_type": "code", "source": ["epochs = 300\n"], "metadata": {}}]
    monkeypatch.setitem(differences.SMALLER, "07", [("= 300", "= 30", "30 rounds of 300")])
    said = differences.shrunk("07", cells)
    assert cells[0]["source"] == "epochs = 30\n" and "30 rounds of 300" in said
    with pytest.raises(AuthorError, match="does not stand once"):
        differences.shrunk("07", cells)
    assert differences.is_smaller("07", "epochs = 30") and not differences.is_smaller("07", "x")


@pytest.mark.parametrize("table", [differences.OTHER_NUMBERS, differences.NOT_THERE])
def test_a_cell_of_the_tables_stands_in_its_chapter(table):
    for number, pieces in table.items():
        sources = [cell.source for cell in BOOK.chapter(number).code_cells()]
        for piece in pieces:
            assert sum(piece in source for source in sources) == 1, piece


def test_what_a_page_lacks_is_said_on_the_top():
    assert set(differences.NOT_THERE) <= set(differences.MISSING)
