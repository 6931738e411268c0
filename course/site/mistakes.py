"""A page for each mistake that the checker names: what it says, what to think of, what differs."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence

from course.feedback.mistakes import Mistake, all_mistakes
from course.site.page import Page

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
    total = sum(map(len, by_exercise.values()))
    parts = [
        '<h1 id="mistakes" tabindex="-1">Mistakes, by name</h1>',
        f"<p>The checks of the workbook know {total} wrong versions of {len(by_exercise)} functions. "
        "Each has a page: what the check says, and the thought that helps.</p>",
    ]
    for exercise, mistakes in by_exercise.items():
        rows = "".join(
            f'<li><a href="{_file(m)}">{_inline(_first(m.says))}</a></li>' for m in mistakes
        )
        parts.append(
            f'<h2 id="{exercise.lower()}" tabindex="-1"><code>{exercise}</code></h2><ul>{rows}</ul>'
        )
    return Page("mistakes/index.html", "Mistakes, by name", "\n".join(parts), "mistakes")


def _page(mistake: Mistake, stated: Mapping[int, str]) -> Page:
    first = _first(mistake.says)
    module, function = mistake.exercise.split(".")[:2]
    parts = [
        f'<h1 id="mistake" tabindex="-1">{_inline(first)}</h1>',
        f'<p>In <a href="../nnlib/{module}.html#{function.lower()}"><code>{mistake.exercise}</code></a>'
        f"{_equations(mistake.equation, stated)}.</p>",
        '<h2 id="says" tabindex="-1">What the check says</h2>',
        f"<blockquote>{_inline(mistake.says)}</blockquote>",
    ]
    if mistake.hint:
        parts.append('<h2 id="thought" tabindex="-1">A thought that helps</h2>')
        parts.append(f"<details><summary>Show it</summary><p>{_inline(mistake.hint)}</p></details>")
    if mistake.changes:
        rows = "".join(
            f"<tr><td><code>{html.escape(new) or '<em>nothing</em>'}</code></td><td><code>{html.escape(old)}</code></td></tr>"
            for old, new in mistake.changes.items()
        )
        parts.append('<h2 id="differs" tabindex="-1">What differs</h2>')
        parts.append(
            "<details><summary>Show the two versions</summary><table><thead><tr>"
            f"<th>here stood</th><th>and it is</th></tr></thead><tbody>{rows}</tbody></table></details>"
        )
    parts.append('<p><a href="index.html">All mistakes</a></p>')
    body = "\n".join(parts)
    return Page(f"mistakes/{_file(mistake)}", plain_title(first), body, "", first)


def plain_title(text: str) -> str:
    """A title without marks of code."""
    return text.replace("`", "")


def _first(text: str) -> str:
    return re.split(r"(?<=[.:])\s", text, maxsplit=1)[0]


def _equations(numbers: str, stated: Mapping[int, str]) -> str:
    links = [
        f'<a href="../{stated[number]}">({number})</a>'
        for number in map(int, NUMBER.findall(numbers))
        if number in stated
    ]
    return f", equation {' to '.join(links)}" if links else ""


def _inline(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text, quote=False))
