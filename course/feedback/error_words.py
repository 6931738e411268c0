"""What Python and NumPy say when something is of the wrong kind, in plain words.

Each row is a pattern that is searched in their message, and a sentence; {0} is its first group.
"""

from __future__ import annotations

TYPES = (
    (
        r"bitwise_xor|for \^",
        "`^` is no power in Python: it compares bits. How is a power written?",
    ),
    (
        r"(tuple|list) indices must be integers or slices, not str",
        "A {0} is asked by a name in quotes, as only a dictionary can be. The fields of a record "
        "are asked with a dot.",
    ),
    (
        r"Cannot interpret '\d+' as a data type",
        "A shape must be one thing, with brackets of its own: "
        "the second argument is the kind of number.",
    ),
    (
        r"'(tuple|list)' object cannot be interpreted as an integer",
        "A {0} stands where a whole number "
        "is asked for: this function takes the sizes one by one, or there is a bracket too many.",
    ),
    (
        r"'(tuple|list)' object is not callable",
        "A {0} is called like a function, with (…): it holds "
        "several things. Which of them should be called?",
    ),
    (
        r"'(numpy\.)?ndarray' object is not callable",
        "An array is called like a function, with (…): is "
        "a `*` missing, or are square brackets meant?",
    ),
    (r"not callable", "Something is called like a function, with (…), that is none."),
    (
        r"unsupported operand type\(s\) for (\S+?):? '([\w.]+)' and '([\w.]+)'",
        "A {1} and a {2} meet "
        "at `{0}`: numbers and arrays can be computed with, other things cannot.",
    ),
    (
        r"can't multiply sequence by non-int",
        "A list or tuple is multiplied by a number: that repeats a "
        "list, it does not compute. Arrays compute.",
    ),
    (
        r"can only concatenate (\w+) \(not \"([\w.]+)\"\)",
        "A {0} and a {1} meet at `+`: that puts lists "
        "together, it does not compute. Arrays compute.",
    ),
    (
        r"unexpected keyword argument '(\w+)'",
        "`{0}` is no argument of this function: is it misspelt?",
    ),
    (
        r"takes .*positional arguments? but (\d+) (?:was|were) given",
        "A function was given too many arguments.",
    ),
    (
        r"Cannot cast ufunc .* to dtype\('u?int",
        "Numbers with fractions were to be written into an array "
        "of whole numbers: make a new array instead of changing that one.",
    ),
)
VALUES = (
    (
        r"could not broadcast input array from shape (\([\d,]*\)) into shape (\([\d,]*\))",
        "An array of shape {0} was to be put into a place of shape {1}.",
    ),
    (
        r"input array dimensions .* must match exactly",
        "Arrays that are to be put side by side do not "
        "fit together: is it the right axis, and are all of them arrays of the same kind?",
    ),
    (
        r"setting an array element with a sequence",
        "Several numbers were to be put into the place of one.",
    ),
    (r"zero-size array", "An array is empty there: which of your lines leaves nothing in it?"),
    (r"need at least one array", "Nothing was kept that could be put together: the list is empty."),
)
