"""nnlib's reference: a page for each module, from docstrings and kinds."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from course.book import Book
from course.book.built import build
from course.book.plain import told_in
from course.site.docstrings import blocks, parts
from course.site.page import Page
from course.site.shells import filled

PLAIN = ("photographs", "plots", "checkpoint", "model", "exchange", "classifier", "door", "rule")
"""The plain modules that a reader calls."""


def pages(book: Book, titles: Mapping[str, str]) -> Iterator[Page]:
    """A page that lists the modules, and a page for each of them.

    Parameters
    ----------
    book : Book
        The book, which says where each function is built.
    titles : mapping of str to str
        The titles of the chapters, by name.
    """
    woven = [name for name in book.modules.woven if not name.startswith("__")]
    built = _places(book)
    made, rows = [], []
    for name in sorted([*woven, *PLAIN]):
        module = importlib.import_module(f"nnlib.{name}")
        made.append(_page(name, module, built, titles))
        rows.append((name, "woven" if name in woven else "plain", _first(module)))
    listed = filled("modules", modules=rows)
    yield Page("nnlib/index.html", "nnlib, module by module", listed, "nnlib")
    yield from made


def _page(
    name: str, module: ModuleType, built: Mapping[str, tuple[str, str]], titles: Mapping[str, str]
) -> Page:
    about = blocks(inspect.getdoc(module) or "")
    entries = [_entry(name, label, value, built, titles) for label, value in public(module)]
    body = filled("module", name=name, about=about, entries=entries)
    return Page(f"nnlib/{name}.html", f"nnlib.{name}", body, "nnlib", _first(module))


def _first(module: ModuleType) -> str:
    return (inspect.getdoc(module) or "").split("\n", 1)[0]


def public(module: ModuleType) -> list[tuple[str, Any]]:
    """The functions and classes that a module defines and does not keep to itself."""
    return [
        (label, value)
        for label, value in vars(module).items()
        if not label.startswith("_")
        and (inspect.isfunction(value) or inspect.isclass(value))
        and getattr(value, "__module__", "") == module.__name__
    ]


def _entry(
    module: str,
    label: str,
    value: Any,
    built: Mapping[str, tuple[str, str]],
    titles: Mapping[str, str],
) -> dict[str, Any]:
    name = f"{module}.{label}"
    page, anchor = built.get(name) or built.get(module, ("", ""))
    return {
        "name": label,
        "call": label + _signature(value),
        "parts": list(parts(inspect.getdoc(value) or "", label)),
        "methods": list(_methods(label, value)) if inspect.isclass(value) else [],
        "words": "Built in" if name in built else "Its idea is told in",
        "pages": [(page, titles[page], anchor)] if page in titles else [],
    }


def _methods(label: str, value: type) -> Iterator[dict[str, Any]]:
    for name, method in vars(value).items():
        if not name.startswith("_") and inspect.isfunction(method) and method.__doc__:
            said = inspect.getdoc(method) or ""
            yield {"name": name, "parts": list(parts(said, f"{label}.{name}"))}


def _signature(value: Any) -> str:
    """The names and defaults; the kinds stand in the docstring, in words."""
    try:
        signature = inspect.signature(value)
    except (TypeError, ValueError):
        return "(…)"
    bare = [p.replace(annotation=p.empty) for p in signature.parameters.values()]
    return str(signature.replace(parameters=bare, return_annotation=signature.empty))


def _places(book: Book) -> dict[str, tuple[str, str]]:
    """The page and anchor where each function is built; for a plain module, the page that tells."""
    names = {chapter.number: chapter.name for chapter in book.chapters}
    found = {}
    for module in build(book).values():
        for definition in module.definitions.values():
            name = f"{module.name}.{definition.name}"
            found[name] = (names[definition.cell.chapter], f"#nnlib.{name}")
    for name in PLAIN:
        if told := [number for number in told_in(book, name) if number in names]:
            found[name] = (names[told[0]], "")
    return found
