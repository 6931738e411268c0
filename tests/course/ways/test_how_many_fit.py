"""docs/jupyterhub.md computes how many students fit: its numbers follow from each other."""

import re

import pytest

from course.book import HOME, Book

PAGE = (HOME / "docs" / "jupyterhub.md").read_text(encoding="utf-8")
MEASURED = {
    row[0]: tuple(map(int, row[1:]))
    for row in re.findall(r"^\| (\w\w?) \| (\d+) \| (\d+) \| (\d+) \|$", PAGE, re.MULTILINE)
}
FIT = re.findall(r"^\| (\d+) \| (\d+) \| (\d+) \|$", PAGE, re.MULTILINE)
SUMS = re.findall(r"(\d+) \+ (\d+) \+ (\d+) = (\d+), so count \*\*(\d+) MB\*\*", PAGE)


def test_every_chapter_was_measured_and_own_is_a_part_of_all():
    assert list(MEASURED) == [chapter.number for chapter in Book().chapters]
    assert all(own <= every for own, every, _ in MEASURED.values())


@pytest.mark.parametrize(("line", "last"), [(0, "12"), (1, "13")])
def test_a_student_is_the_server_and_the_two_heaviest_kernels(line, last):
    lab, *kernels, total, counted = map(int, SUMS[line])
    assert lab == int(re.search(r"JupyterLab takes (\d+) MB", PAGE)[1])
    owns = [own for number, (own, _, _) in MEASURED.items() if number <= last]
    assert kernels == sorted(owns)[-1:-3:-1]
    assert lab + sum(kernels) == total <= counted < total + 50


def test_what_fits_is_what_the_formula_gives():
    spare = float(re.search(r"\(N − ([\d.]+)\) · 1000 / (\d+) students, or / (\d+)", PAGE)[1])
    assert f"Leave {spare} GB" in PAGE and len(FIT) >= 4
    for memory, *students in FIT:
        for counted, number in zip((SUMS[0][4], SUMS[1][4]), students, strict=True):
            assert int(number) == int((int(memory) - spare) * 1000 / int(counted)), memory


def test_the_chapter_that_computes_most():
    most = max(MEASURED, key=lambda number: MEASURED[number][2])
    seconds = MEASURED[most][2]
    assert most == "09" and f"the ninth: {seconds} seconds in an hour" in PAGE
    people, one, wait = map(int, re.search(r"(\d+) · (\d+) = (\d+) seconds at most", PAGE).groups())
    assert one == seconds and people * one == wait
