"""nnlib's reference: a page for each module, from its docstrings and the kinds in its signatures."""

from __future__ import annotations

import html
import importlib
import inspect
import re
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from course.book import Book
from course.book.built import build
from course.book.plain import told_in
from course.site.page import Page

SECTION = re.compile(r"^(\w[\w ]*)\n-+\n", re.MULTILINE)
NAMES = re.compile(r"`+([^`]+)`+")


def pages(book: Book) -> Iterator[Page]:
    """The pages of the modules that a reader calls, and one that lists them."""
    rows, built = [], _pages_of(book)
    for name in sorted([*book.modules.woven, *PLAIN]):
        module = importlib.import_module(f"nnlib.{name}")
        made = module_page(name, module, built)
        woven = "woven" if name in book.modules.woven else "plain"
        rows.append((name, woven, _first(module), made))
    table = "".join(
        f'<tr><td><a href="{name}.html"><code>nnlib.{name}</code></a></td><td>{kind}</td>'
        f"<td>{html.escape(first)}</td></tr>"
        for name, kind, first, _ in rows
    )
    intro = (
        '<h1 id="nnlib" tabindex="-1">nnlib, module by module</h1><p>Woven modules are mathematics: every line of '
        "them stands in a chapter, letter for letter. Plain ones are what a library needs around it.</p>"
        '<div class="scroll" tabindex="0" role="region" aria-label="The modules"><table><thead><tr><th>module</th>'
        f"<th>kind</th><th>what it is</th></tr></thead><tbody>{table}</tbody></table></div>"
    )
    yield Page("nnlib/index.html", "nnlib, module by module", intro, "nnlib")
    for _, _, _, made in rows:
        yield made


PLAIN = ("photographs", "plots", "checkpoint", "model", "exchange", "classifier", "door", "rule")
"""The plain modules that a reader calls."""


def module_page(name: str, module: ModuleType, built: Mapping[str, str]) -> Page:
    """The page of one module."""
    parts = [
        f'<h1 id="module" tabindex="-1"><code>nnlib.{name}</code></h1>',
        _text(inspect.getdoc(module) or ""),
    ]
    for label, value in public(module):
        parts.append(_entry(name, label, value, built))
    return Page(f"nnlib/{name}.html", f"nnlib.{name}", "\n".join(parts), "nnlib", _first(module))


def public(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """The functions and classes that a module defines and does not keep to itself."""
    found = [
        (label, value)
        for label, value in vars(module).items()
        if not label.startswith("_")
        and (inspect.isfunction(value) or inspect.isclass(value))
        and getattr(value, "__module__", "") == module.__name__
    ]
    return iter(found)


def _entry(module: str, label: str, value: Any, built: Mapping[str, str]) -> str:
    try:
        signature = str(_bare(inspect.signature(value)))
    except (TypeError, ValueError):
        signature = "(…)"
    parts = [
        f'<section class="entry"><h2 id="{label.lower()}" tabindex="-1"><code>{label}</code></h2>',
        f'<div class="scroll" tabindex="0" role="region" aria-label="How {label} is called">'
        f"<pre>{html.escape(label + signature)}</pre></div>",
        _docstring(inspect.getdoc(value) or ""),
    ]
    parts.append(_built(f"{module}.{label}", built))
    if inspect.isclass(value):
        for name, method in vars(value).items():
            if not name.startswith("_") and inspect.isfunction(method) and method.__doc__:
                parts.append(f"<h3><code>{label}.{name}</code></h3>")
                parts.append(_docstring(inspect.getdoc(method) or ""))
    return "\n".join([*parts, "</section>"])


def _bare(signature: inspect.Signature) -> inspect.Signature:
    """The names and defaults; the kinds stand in the docstring, in words."""
    bare = [p.replace(annotation=p.empty) for p in signature.parameters.values()]
    return signature.replace(parameters=bare, return_annotation=signature.empty)


def _pages_of(book: Book) -> dict[str, str]:
    """The page on which each function is built; for a plain module, the page that tells of it."""
    names = {chapter.number: chapter.name for chapter in book.chapters}
    found = {}
    for module in build(book).values():
        for definition in module.definitions.values():
            found[f"{module.name}.{definition.name}"] = names[definition.cell.chapter]
    for name in PLAIN:
        told = [names[number] for number in told_in(book, name) if number in names]
        found |= {name: told[0]} if told else {}
    return found


def _built(name: str, built: Mapping[str, str]) -> str:
    """A sentence that leads to the page on which a function is built."""
    page = built.get(name) or built.get(name.split(".")[0])
    if not page:
        return ""
    words = "Built in" if name in built else "Told in"
    return f'<p class="built">{words} <a href="../{page}.html">{page.replace("_", " ")}</a>.</p>'


def _first(module: ModuleType) -> str:
    return (inspect.getdoc(module) or "").split("\n", 1)[0]


def _text(text: str) -> str:
    return "".join(f"<p>{_inline(block)}</p>" for block in text.split("\n\n") if block.strip())


def _inline(text: str) -> str:
    return NAMES.sub(r"<code>\1</code>", html.escape(" ".join(text.split()), quote=False))


def _docstring(text: str) -> str:
    """A numpydoc text: its sentence, then lists of parameters, results and errors."""
    pieces = SECTION.split(text)
    parts = [_text(pieces[0])]
    for head, body in zip(pieces[1::2], pieces[2::2], strict=True):
        parts.append(f"<h3>{head}</h3>")
        parts.append(_examples(body) if head == "Examples" else _list(body))
    return "\n".join(parts)


def _examples(body: str) -> str:
    return f'<div class="scroll" tabindex="0" role="region" aria-label="Example"><pre>{html.escape(body.strip())}</pre></div>'


def _list(body: str) -> str:
    rows, term, said = [], "", []
    for line in [*body.strip("\n").split("\n"), ""]:
        if line.startswith(" ") or not line.strip():
            said.append(line.strip())
            continue
        if term:
            rows.append(
                f"<dt><code>{html.escape(term)}</code></dt><dd>{_inline(' '.join(said))}</dd>"
            )
        term, said = line.strip(), []
    if term:
        rows.append(f"<dt><code>{html.escape(term)}</code></dt><dd>{_inline(' '.join(said))}</dd>")
    return f"<dl>{''.join(rows)}</dl>"
