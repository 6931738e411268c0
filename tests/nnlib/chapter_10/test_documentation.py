"""Help on what stands behind the door: composed from the kinds, and readable as Python wants it."""

import contextlib
import copy
import doctest
import inspect
import io
import pickle
import pydoc
import re

import pytest
from doors import ARROWS, DOORED, KINDS

from nnlib import photographs
from nnlib.rules_arrays import Shape


def section(text, title):
    """A section of a docstring in numpydoc's form; empty if there is none."""
    found = re.search(rf"^{title}\n-{{{len(title)}}}\n(.*?)(?:\n\n|\Z)", text, re.M | re.S)
    return found[1] if found else ""


def numbers(text):
    """The numbers of equations in a text: (3), and (4) to (6)."""
    told = {int(number) for number in re.findall(r"\((\d+)\)", text)}
    for first, last in re.findall(r"\((\d+)\) to \((\d+)\)", text):
        told |= {*range(int(first), int(last) + 1)}
    return told


@pytest.mark.parametrize("name", DOORED)
def test_the_docstring_begins_with_a_sentence(name):
    first = DOORED[name].__doc__.split("\n\n")[0]
    assert first.endswith((".", ".)")) and len(first) <= 220


@pytest.mark.parametrize("name", DOORED)
def test_each_parameter_is_there_with_its_shape(name):
    told = section(DOORED[name].__doc__, "Parameters")
    heads = dict(re.findall(r"^(\w+) : (.*)$", told, re.M))
    assert list(heads) == list(KINDS[name])
    for argument, kind in KINDS[name].items():
        for rule in kind.rules:
            if isinstance(rule, Shape):
                assert f"array, shape {rule.text}" in heads[argument]
    for argument, parameter in inspect.signature(DOORED[name]).parameters.items():
        given = parameter.default is not inspect.Parameter.empty
        assert given == (", default " in heads[argument])


@pytest.mark.parametrize("name", DOORED)
def test_what_comes_back_and_what_is_raised(name):
    text = DOORED[name].__doc__
    returned = section(text, "Returns")
    assert returned
    shapes = [rule.text for rule in ARROWS[name].rules if isinstance(rule, Shape)]
    assert all(shape in returned for shape in shapes)
    if any(kind.held for kind in KINDS[name].values()):
        assert section(text, "Raises").startswith("InputError\n    If ")
    diverges = any(rule.at_arrow for rule in ARROWS[name].rules)
    assert diverges == ("DivergenceError\n" in section(text, "Raises"))


@pytest.mark.parametrize("name", DOORED)
def test_the_equations_of_the_code_are_told(name):
    source = inspect.getsource(DOORED[name])
    coded = numbers(" ".join(re.findall(r"#(.*)", source)))
    assert not coded or coded & numbers(DOORED[name].__doc__)


@pytest.mark.parametrize("name", DOORED)
def test_the_signature_is_readable(name):
    shown = str(inspect.signature(DOORED[name]))
    assert "Annotated" not in shown and "dtype[" not in shown and "nnlib." not in shown
    assert list(inspect.signature(DOORED[name]).parameters) == list(KINDS[name])


@pytest.mark.parametrize("name", DOORED)
def test_help_shows_all_of_it(name):
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        pydoc.Helper(output=printed).help(DOORED[name])
    for title in ("Parameters", "Returns") if KINDS[name] else ("Returns",):
        assert f"{title}\n" in printed.getvalue()
    assert name.split(".")[1] in printed.getvalue()


@pytest.mark.parametrize("name", DOORED)
def test_a_function_can_be_sent_copied_and_read(name):
    function = DOORED[name]
    assert pickle.loads(pickle.dumps(function)) is function
    assert copy.deepcopy(function) is function
    source = inspect.getsource(function)
    assert source.startswith("@door\ndef ") and f"def {function.__name__}(" in source
    assert inspect.getmodule(function).__name__ == function.__module__


def test_an_example_in_a_docstring_is_found_and_run():
    found = {test.name: len(test.examples) for test in doctest.DocTestFinder().find(photographs)}
    assert found["nnlib.photographs.halve"] == 2
    assert doctest.testmod(photographs) == (0, 2)
    assert "Examples\n--------\n>>> " in photographs.halve.__doc__


def test_numbers_of_equations_are_read():
    assert numbers("equations (2) and (4) to (6); 3 and (n)") == {2, 4, 5, 6}
