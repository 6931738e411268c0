"""What an exercise is: a function of nnlib to write, and the inputs that it is tried on."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from typing import Any, NamedTuple


class Case(NamedTuple):
    """One set of arguments, and what is special about it.

    tells : False where rounding decides what a wrong version gives, so that no mistake is told
        from another by it.
    """

    about: str
    args: tuple[Any, ...]
    tells: bool = True


class Exercise(NamedTuple):
    """A function to write.

    name : "module.function" in nnlib.
    chapter : the chapter in whose workbook it stands.
    equation : such as "(25)"; empty where none has a number.
    cases : function that builds the list of Case, the smallest first.
    parts : names of the entries of a returned tuple; an empty one leaves the names to what it
        holds.
    view : function (args, value) -> value to compare, for results that are right in many ways (a
        random start).
    act : function (function, *args) -> value that tries the function, where one call does not show
        enough (a random start is drawn three times).
    rtol : relative tolerance, where the default does not fit.
    blank : how the workbook asks for it: "body" (all of it), "order" (lines to put in order), "bug"
        (a wrong version to mend),
        or a tuple that names the lines that are missing: by the number of an equation, or by how
        they begin.
    bug : for blank "bug": (right, wrong), a piece of the reference's source and what stands there
        instead.
    beyond : function that gives (case, sentence): one more input, on which a right answer may
        differ; who differs there is told the sentence, and is right all the same.
    after : name of the function after whose cell the check stands, where the checked one needs it.
    """

    name: str
    chapter: str
    equation: str
    cases: Callable[[], list[Case]]
    parts: tuple[str, ...] = ()
    view: Callable[[tuple[Any, ...], Any], Any] | None = None
    act: Callable[..., Any] | None = None
    rtol: float | None = None
    blank: str | tuple[int | str, ...] = "body"
    bug: tuple[str, str] | None = None
    beyond: Callable[[], tuple[Case, str]] | None = None
    after: str | None = None

    @property
    def module_name(self) -> str:
        """The module of nnlib that holds the function."""
        return self.name.split(".")[0]

    @property
    def function_name(self) -> str:
        """The name that the reader gives it."""
        return self.name.split(".")[1]

    @property
    def given(self) -> Callable[..., Any]:
        """The course's own function, behind its door: what a chapter goes on with."""
        module = importlib.import_module(f"nnlib.{self.module_name}")
        function: Callable[..., Any] = getattr(module, self.function_name)
        return function

    @property
    def reference(self) -> Callable[..., Any]:
        """The bare function behind that door: what answers are compared with."""
        reference: Callable[..., Any] = inspect.unwrap(self.given)
        return reference

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of its parameters, which are part of the exercise."""
        return tuple(inspect.signature(self.reference).parameters)
