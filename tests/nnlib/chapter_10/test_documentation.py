"""Every public name says what it takes, gives and refuses, with shapes, and where it comes from.

The docstrings follow numpydoc. Its own checker needs Sphinx, so a parser of the few rules that
count stands here.
"""

import ast
import functools
import importlib
import inspect
import pkgutil
import re
import textwrap

import pytest

import nnlib
from nnlib.__main__ import parser

ERRORS = ("InputError", "DataFileError", "ModelFileError", "DivergenceError", "NotFittedError")
COMMAND_LINE = "nnlib.__main__"  # documented by its --help, see the last test
MODULES = [importlib.import_module(f"nnlib.{m.name}") for m in pkgutil.iter_modules(nnlib.__path__)]


def public(module):
    """The public functions and classes of a module, and the public methods of its classes."""
    for name, thing in vars(module).items():
        if name.startswith("_") or getattr(thing, "__module__", "") != module.__name__:
            continue
        if inspect.isfunction(thing) or inspect.isclass(thing):
            yield f"{module.__name__}.{name}", thing
        if inspect.isclass(thing) and not issubclass(thing, tuple | Exception):
            for method, function in vars(thing).items():
                if inspect.isfunction(function) and not method.startswith("_"):
                    yield f"{module.__name__}.{name}.{method}", function


NAMES = dict(pair for module in MODULES for pair in public(module))
FUNCTIONS = {
    name: thing
    for name, thing in NAMES.items()
    if inspect.isfunction(thing) and not name.startswith(COMMAND_LINE)
}


def sections(text):
    """The parts of a docstring by their titles; what stands before the first is under ""."""
    parts, title = {"": []}, ""
    lines = inspect.cleandoc(text or "").split("\n")
    for line, under in zip(lines, [*lines[1:], ""], strict=True):
        if re.fullmatch(r"-{3,}", under) and line and len(under) == len(line):
            title = line
            parts[title] = []
        elif not re.fullmatch(r"-{3,}", line):
            parts[title].append(line)
    return {title: "\n".join(lines).strip("\n") for title, lines in parts.items()}


def entries(section):
    """The entries of a section: the text of each by its head, what stands left of the colon."""
    found, head = {}, None
    for line in section.split("\n"):
        if line and not line.startswith(" "):
            head = line.split(" : ")[0]
            found[head] = line
        elif head:
            found[head] += "\n" + line
    return found


@functools.cache
def tree(function):
    """The syntax tree of a function."""
    return ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]


def calls(function):
    """The functions of nnlib that a function calls by name."""
    for node in ast.walk(tree(function)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            called = function.__globals__.get(node.func.id)
            if inspect.isfunction(called) and called.__module__.startswith("nnlib"):
                yield called


@functools.cache
def refuses(function):
    """True if a function raises one of nnlib's errors, or calls another one that does."""
    raised = [
        ast.unparse(n.exc) for n in ast.walk(tree(function)) if isinstance(n, ast.Raise) and n.exc
    ]
    return any(text.startswith(ERRORS) for text in raised) or any(
        refuses(called) for called in calls(function) if called is not function
    )


def lacks(function):
    """What is missing in the docstring of a function."""
    parts = sections(function.__doc__)
    body = tree(function)
    first = parts[""].split("\n\n")[0]
    if not first.endswith((".", ".)")) or len(first) > 220:
        yield "a first sentence with a full stop"
    wanted = [n for n in inspect.signature(function).parameters if n != "self"]
    written = entries(parts.get("Parameters", ""))
    named = [name.strip("* ") for head in written for name in head.split(",")]
    if sorted(named) != sorted(name.strip("*") for name in wanted):
        yield f"the parameters {wanted}; found {named}"
    returns = [n for n in ast.walk(body) if isinstance(n, ast.Return) and n.value is not None]
    inner = [
        n
        for f in ast.walk(body)
        if isinstance(f, ast.FunctionDef) and f is not body
        for n in ast.walk(f)
    ]
    if any(r not in inner for r in returns) != ("Returns" in parts):
        yield "a section Returns exactly if it returns something"
    given = {**written, **entries(parts.get("Returns", ""))}
    for head, text in given.items():
        if re.search(r"array|ndarray", text.split("\n")[0]) and "shape" not in text.lower():
            yield f"the shape of {head}"
    if refuses(function) and not any(error in parts.get("Raises", "") for error in ERRORS):
        yield "what it raises"
    source = inspect.getsource(function).split('"""')[-1]
    numbers = set(re.findall(r"\((\d+)\)", " ".join(re.findall(r"#(.*)", source))))
    if numbers and not re.search(r"equation|\(\d+\)", function.__doc__):
        yield f"the equation {sorted(numbers)}"


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_has_a_docstring(name):
    text = inspect.getdoc(NAMES[name]) if inspect.isclass(NAMES[name]) else NAMES[name].__doc__
    assert text and text.split("\n\n")[0].endswith((".", ".)"))
    if inspect.isclass(NAMES[name]) and hasattr(NAMES[name], "_fields"):
        for field in NAMES[name]._fields:
            assert re.search(rf"\b{field}\b", text + inspect.getsource(NAMES[name]))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_docstring_tells_what_a_stranger_needs(name):
    assert list(lacks(FUNCTIONS[name])) == []


def test_every_module_says_what_it_is():
    for module in MODULES:
        assert module.__doc__


def right(X, k=1):
    """Scale X, equation (3).

    Parameters
    ----------
    X : array_like, shape (n_x, m)
    k : float

    Returns
    -------
    ndarray, shape (n_x, m)

    Raises
    ------
    InputError
        If k is 0.
    """
    if k == 0:
        raise InputError("k must not be 0")  # noqa: F821
    return X * k  # (3)


@pytest.mark.parametrize(
    ("old", "new", "missing"),
    [
        ("equation (3).", "equation (3)", "a first sentence"),
        ("k : float", "", "the parameters"),
        ("k : float", "j : float", "the parameters"),
        (", shape (n_x, m)\n    k", "\n    k", "the shape of X"),
        ("Returns", "Gives", "a section Returns"),
        ("InputError\n        If", "It\n        If", "what it raises"),
        ("equation (3)", "somehow", "the equation"),
    ],
)
def test_the_rules_can_say_no(monkeypatch, old, new, missing):
    assert list(lacks(right)) == []
    assert old in right.__doc__
    monkeypatch.setattr(right, "__doc__", right.__doc__.replace(old, new))
    assert any(missing in what for what in lacks(right))


def test_every_option_of_the_command_line_has_a_help_text():
    commands = next(a for a in parser()._actions if a.choices and hasattr(a.choices, "values"))
    for command, options in commands.choices.items():
        for action in options._actions:
            assert action.help, f"{command} {action.dest}"
