"""Every public function says what it takes and what it returns, in names that exist."""

import importlib
import inspect
import pkgutil
import typing

import pytest

import nnlib

MODULES = [f"nnlib.{module.name}" for module in pkgutil.iter_modules(nnlib.__path__)]


def public_functions():
    """Every public function and method that is defined in a module of nnlib."""
    for name in MODULES:
        module = importlib.import_module(name)
        for owner in (module, *(c for c in vars(module).values() if inspect.isclass(c))):
            if owner is not module and owner.__module__ != name:
                continue
            for attribute, value in vars(owner).items():
                own = inspect.isfunction(value) and value.__module__ == name
                if own and (attribute == "__init__" or not attribute.startswith("_")):
                    yield pytest.param(value, id=f"{name}.{value.__qualname__}")


def missing(function):
    """The parameters without an annotation, and "return" if that has none."""
    signature = inspect.signature(inspect.unwrap(function))
    parameters = [p for p in signature.parameters.values() if p.name != "self"]
    names = [p.name for p in parameters if p.annotation is p.empty]
    returns = signature.return_annotation is not signature.empty
    return names + ["return"] * (not returns and function.__name__ != "__init__")


@pytest.mark.parametrize("function", [*public_functions()])
def test_public_function_is_annotated(function):
    assert missing(function) == []
    typing.get_type_hints(function, include_extras=True)  # each name in it can be looked up


def test_missing_annotations_are_seen():
    def half(X, n: int = 1):
        return X

    assert missing(half) == ["X", "return"]


def test_the_functions_are_found():
    found = {parameter.id for parameter in public_functions()}
    assert {"nnlib.photographs.load_trees", "nnlib.logistic.forward_one"} <= found
    assert "nnlib.logistic.sigmoid" not in found  # imported there, defined elsewhere
