"""A page for each mistake that the checker names: what it says, what to think of, what differs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from course.feedback.mistakes import Mistake, all_mistakes
from course.site.page import Page
from course.site.shells import filled

NUMBER = re.compile(r"\((\d+)\)")


def pages(stated: Mapping[int, str]) -> Iterator[Page]:
    """The pages, after one that lists them; `stated` says on which page each equation stands."""
    by_exercise: dict[str, list[Mistake]] = {}
    for mistake in all_mistakes():
        by_exercise.setdefault(mistake.exercise, []).append(mistake)
    yield _contents(by_exercise)
    for mistakes in by_exercise.values():
        for mistake in mistakes:
            yield _page(mistake, stated)


def _file(mistake: Mistake) -> str:
    return f"{mistake.exercise}.{mistake.name}.html"


def _contents(by_exercise: Mapping[str, Sequence[Mistake]]) -> Page:
    rows = {
        exercise: [{"file": _file(each), "first": first(each.says)} for each in mistakes]
        for exercise, mistakes in by_exercise.items()
    }
    body = filled("mistakes", exercises=rows, total=sum(map(len, rows.values())))
    return Page("mistakes/index.html", "Mistakes, by name", body, "more")


def _page(mistake: Mistake, stated: Mapping[int, str]) -> Page:
    module, function = mistake.exercise.split(".")[:2]
    numbers = [int(number) for number in NUMBER.findall(mistake.equation)]
    says = first(mistake.says)
    body = filled(
        "mistake",
        mistake=mistake,
        first=says,
        module=module,
        function=function,
        equations=[(number, stated[number]) for number in numbers if number in stated],
    )
    title = f"{mistake.exercise}: {says.replace('`', '')}"
    return Page(f"mistakes/{_file(mistake)}", title, body, "", says.replace("`", ""))


def first(text: str) -> str:
    """The first sentence of what a check says."""
    return re.split(r"(?<=[.:])\s", text, maxsplit=1)[0].rstrip(":")
