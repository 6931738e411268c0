# Plain: edited here; chapter 10 tells of it.
"""Help: a sentence on the page becomes a full docstring, composed from the kinds."""

import inspect
import textwrap
from collections.abc import Callable
from typing import Any

from nnlib.hints import Kind


def compose(
    function: Callable[..., Any],
    signature: inspect.Signature,
    kinds: dict[str, Kind],
    arrow: Kind,
) -> str:
    """The docstring of a function: its own text, then Parameters, Returns and Raises.

    Parameters
    ----------
    function : callable
        Its docstring is a sentence, or more.
    signature : inspect.Signature
        Its parameters, with their defaults.
    kinds : dict of str to Kind
        The kind of each parameter.
    arrow : Kind
        The kind of the result.

    Returns
    -------
    str
        In the form of numpydoc.
    """
    own = inspect.cleandoc(function.__doc__ or "")
    text, _, examples = own.partition("\n\nExamples\n")
    parts = [text]
    if kinds:
        entries = [_entry(name, signature.parameters[name], kind) for name, kind in kinds.items()]
        parts.append("Parameters\n----------\n" + "\n".join(entries))
    parts.append("Returns\n-------\n" + _named(arrow.form, arrow.says if arrow.pair else ""))
    if any(kind.held for kind in kinds.values()):
        parts.append("Raises\n------\n" + _raises(arrow))
    if examples:
        parts.append(f"Examples\n{examples}")
    return "\n\n".join(parts) + "\n"


def _entry(name: str, parameter: inspect.Parameter, kind: Kind) -> str:
    """One parameter: name, form, default, and what its rules say."""
    default = ""
    if parameter.default is not inspect.Parameter.empty:
        shown = getattr(parameter.default, "__name__", repr(parameter.default))
        default = f", default {shown}"
    return _named(f"{name} : {kind.form}{default}", kind.says)


def _named(head: str, says: str) -> str:
    """A head and the indented sentences below it."""
    return f"{head}\n{textwrap.indent(textwrap.fill(says, 92), '    ')}" if says else head


def _raises(arrow: Kind) -> str:
    """What is raised, and when."""
    text = "InputError\n    If an argument is not what is said above, or the result overflows."
    diverges = [rule.says for rule in arrow.rules if rule.at_arrow]
    if diverges:
        text += "\nDivergenceError\n    " + " ".join(diverges)
    return text
