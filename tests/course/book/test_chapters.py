"""Reading the chapters."""

from tiny import code


def test_cells_know_where_they_stand(maker):
    path = maker.chapter(
        "01_one", "# One\n\n+++\n\nTwo.\n", code("x = 1", "nbval-ignore-output"), code("y = 2")
    )
    cells = maker.book.chapter("1").cells
    lines = path.read_text(encoding="utf-8").split("\n")
    assert [cell.kind for cell in cells] == ["markdown", "markdown", "code", "code"]
    assert [lines[cell.line - 1] for cell in cells] == ["# One", "Two.", "x = 1", "y = 2"]
    assert [cell.number for cell in cells] == [1, 2, 3, 4]
    assert cells[2].timed and not cells[3].timed


def test_numbers_come_before_letters(maker):
    for name in ("A_appendix", "10_ten", "02_two"):
        maker.chapter(name, "Text.\n")
    book = maker.book
    assert [chapter.number for chapter in book.chapters] == ["02", "10", "A"]
    assert [chapter.number for chapter in book.through("10")] == ["02", "10"]
    assert book.chapter("a").name == "A_appendix"


def test_an_empty_book_is_fine(maker):
    assert maker.book.chapters == ()
