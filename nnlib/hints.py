# Plain: edited here; chapter 10 tells of it.
"""Read an annotation as a kind: what it takes, how it reads in help, and examples of it."""

import re
import types
import typing
from collections.abc import Callable, Iterator
from typing import Any

from nnlib.rule import Call, InputError, Rule, describe

Taker = Callable[[Any, str, Call], Any]
AXES = {"n_x": 3, "m": 5, "n_l": 4, "n_prev": 3, "m_test": 5}
"""The sizes of the examples: all that differ in the mathematics differ here."""


class Kind:
    """One annotation, read: its rules, and the records or lists of records below them.

    Parameters
    ----------
    hint : object
        An annotation, with all that `typing.Annotated` holds.
    """

    def __init__(self, hint: Any):
        arms = [arm for arm in _arms(hint) if arm is not type(None)]
        self.held: bool
        self.optional = 0 < len(arms) < len(_arms(hint))
        self.hint = arms[0] if len(arms) == 1 else hint
        annotated = typing.get_origin(self.hint) is typing.Annotated
        self.base = typing.get_args(self.hint)[0] if annotated else self.hint
        self.rules: list[Rule] = []
        if annotated:
            self.rules = [one for one in typing.get_args(self.hint)[1:] if isinstance(one, Rule)]
        self.record = self.base if is_record(self.base) else None
        self.each: Kind | None = None
        if typing.get_origin(self.base) is list and is_record(typing.get_args(self.base)[0]):
            self.each = Kind(typing.get_args(self.base)[0])
        self.pair: list[Kind] = []
        if typing.get_origin(self.base) is tuple and Ellipsis not in typing.get_args(self.base):
            self.pair = [Kind(part) for part in typing.get_args(self.base)]
        self.fields: dict[str, Kind] = {}
        if self.record:
            known = typing.get_type_hints(self.record, include_extras=True)
            self.fields = {name: Kind(known[name]) for name in self.record._fields}
        self.held_fields = [(name, kind) for name, kind in self.fields.items() if kind.held]
        parts: list[Kind | None] = [self.each, *self.pair, *self.fields.values()]
        self.held = bool(self.rules or self.record or any(p and p.held for p in parts))
        self.inner: Taker | None = None
        if self.each or self.record or self.pair:
            record_or_pair = self._take_record if self.record else self._take_pair
            self.inner = self._take_list if self.each else record_or_pair

    def take(self, value: Any, name: str, call: Call) -> Any:
        """Return a value in usable form, or refuse it."""
        if value is None and self.optional:
            return None
        if self.inner:
            value = self.inner(value, name, call)
        for rule in self.rules:
            value = rule.take(value, name, call)
        return value

    def _take_list(self, value: Any, name: str, call: Call) -> Any:
        assert self.each is not None and self.each.record is not None
        kind = self.each.record
        if is_record(type(value)) or not isinstance(value, list | tuple):
            found = describe(value)
            raise InputError(f"{name} must be a list of {kind.__name__}; found {found}.")
        if not self.each.held_fields:
            return value  # its own rule looks at the parts
        taken = []
        for i, one in enumerate(value):
            taken.append(self.each.take(one, f"{name}[{i}]", call))  # each has its own n_l
        return taken

    def _take_record(self, value: Any, name: str, call: Call) -> Any:
        assert self.record is not None
        if not isinstance(value, self.record):
            found = describe(value)
            if found == self.record.__name__:
                found = f"another class of that name, of {type(value).__module__}"
            raise InputError(f"{name} must be a {self.record.__name__}; found {found}.")
        outer = call.own_axes()
        changed = {}
        for field, kind in self.held_fields:
            part = getattr(value, field)
            taken = kind.take(part, f"{name}.{field}", call)
            if taken is not part:
                changed[field] = taken
        if call.network and "n_x" in call.axes:  # a network in a record is that of the call
            outer.setdefault("n_x", call.axes["n_x"])
        call.axes = outer
        return value._replace(**changed) if changed else value

    def _take_pair(self, value: Any, name: str, call: Call) -> Any:
        if not isinstance(value, list | tuple) or len(value) != len(self.pair):
            raise InputError(f"{name} must be {self.wanted_pair}; found {describe(value)}.")
        outer = call.own_axes()
        if "n_x" in outer:  # the features are those of the call, the examples are others
            call.axes["n_x"] = outer["n_x"]
        taken = tuple(
            kind.take(part, f"{name}[{i}]", call)
            for i, (kind, part) in enumerate(zip(self.pair, value, strict=True))
        )
        call.axes = outer
        return taken

    @property
    def wanted_pair(self) -> str:
        """What stands in a refusal: "a pair, array of shape (n_x, m) and array of …"."""
        parts = (part.form.replace(", shape", " of shape") for part in self.pair)
        return f"a pair, {' and '.join(parts)}"

    @property
    def form(self) -> str:
        """What stands behind the name in help."""
        forms = [rule.form for rule in self.rules if rule.form]
        if forms:
            text = forms[-1]
        elif self.record:
            text = self.record.__name__
        elif self.pair:
            what = "a pair" if len(self.pair) == 2 else "a tuple"
            text = f"{what} ({', '.join(part.form for part in self.pair)})"
        else:
            text = _plain(self.base)
        return f"{text}, or None" if self.optional else text

    @property
    def says(self) -> str:
        """What help says of it."""
        return " ".join(rule.says for rule in self.rules if rule.says)

    def good(self, axes: dict[str, int] = AXES) -> Any:
        """A right value, made anew."""
        value: Any = None
        if self.record:
            value = self.record(*(kind.good(axes) for kind in self.fields.values()))
        elif self.each:
            value = [self.each.good(axes)]
        elif self.pair:
            value = tuple(part.good(axes) for part in self.pair)
        for rule in self.rules:
            value = rule.good(value, axes)
        return value

    def bad(self, axes: dict[str, int] = AXES) -> Iterator[tuple[Any, str]]:
        """Wrong values, each with its sentence."""
        if self.each and self.each.record:
            wrong = f"{{name}} must be a list of {self.each.record.__name__}; found …."
            yield from (({"1": 2}, wrong), (3, wrong))
        elif self.record:
            yield "tree", f"{{name}} must be a {self.record.__name__}; found 'tree'."
            for field, kind in self.fields.items():
                for value, sentence in kind.bad(axes):
                    changed = self.good(axes)._replace(**{field: value})
                    yield changed, sentence.replace("{name}", f"{{name}}.{field}")
        elif self.pair:
            yield 3, f"{{name}} must be {self.wanted_pair}; found 3."
            yield (1, 2, 3), f"{{name}} must be {self.wanted_pair}; found tuple."
        for rule in self.rules:
            for value, sentence in rule.bad(self.good(axes)):
                if value is not None or not self.optional:
                    yield value, sentence


def _arms(hint: Any) -> tuple[Any, ...]:
    """The parts of a union; the hint itself if it is none."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return typing.get_args(hint)
    return (hint,)


def is_record(hint: Any) -> bool:
    """True for a class made by `typing.NamedTuple`."""
    return isinstance(hint, type) and issubclass(hint, tuple) and hasattr(hint, "_fields")


def _plain(hint: Any) -> str:
    """A type without kinds, as help shows it."""
    if hint is type(None):
        return "None"
    if isinstance(hint, type) and typing.get_origin(hint) is None:
        return hint.__name__
    text = str(hint).replace("typing.", "").replace("nnlib.", "")
    return re.sub(r"numpy\.ndarray\[tuple\[[^]]*\], numpy\.dtype\[[^]]*\]\]", "array", text)
