"""Where a page differs from a machine of one's own: what is smaller, what is missing, what varies.

The first two are said on top of the notebook, so that a reader knows; the others are for trials.
"""

from __future__ import annotations

from typing import Any

from course.book import AuthorError

SLOW = "Cells that train many networks take one to two minutes in a page; they are not stopped."
SMALLER: dict[str, list[tuple[str, str, str]]] = {
    "08": [
        (
            "        for seed in range(5)\n    ]\n    ends[name] = 100",
            "        for seed in range(2)  # five in the book\n    ]\n    ends[name] = 100",
            "section 8.11 trains each of its deep networks from two starts instead of five",
        ),
        (
            "error = gap.std(axis=0, ddof=1) / np.sqrt(5)",
            "error = gap.std(axis=0, ddof=1) / np.sqrt(2)",
            "",
        ),
    ],
}
"""By chapter: a piece of its code, what stands in its place in the browser, and what that means."""
MISSING: dict[str, str] = {
    "01": "NumPy does not notice in a page when a number becomes too large: the warning about an "
    "overflow does not come, and a check takes a sigmoid that overflows for right.",
    "06": SLOW,
    "09": f"{SLOW} Where a learning rate is large, a run may end a little elsewhere here.",
    "10": "A page has one thread and small arrays: the cell with two threads in section 10.3, and "
    "the one in 10.5 that tries every bad value, end with an error. Read the stored output first.",
    "11": "A page can start no other program: the two cells of section 11.2 that end one while it "
    "saves stop with an error. Read their stored output first.",
    "12": "A page can start no other program: the cells of section 12.6 that use a command line "
    "stop with an error, and PyTorch is not there. Read their stored output first. Folds that "
    "scikit-learn shuffles are others here, and its judge may ask other questions.",
    "13": "This chapter measures a machine, and a page is none: its times and ratios are others "
    "here; there is one core, no compiler, no other machine. Read it, and run it on your own.",
}
"""By chapter: what a page cannot do, or does slowly."""
NOT_THERE: dict[str, list[str]] = {
    "10": ["def bad_call_meanwhile(", "def try_everything_bad("],
    "11": ["SAVES_FOR_EVER = ", "sum(killed_while_saving('np.savez("],
    "12": [
        'terminal("python -m nnlib train photos --epochs 40',
        'terminal("python -m nnlib predict new/000.png new")',
    ],
}
"""By chapter: pieces of cells that need what a page lacks, and end with an error there."""
OTHER_WORDS: dict[str, list[tuple[str, str]]] = {
    "01": [("RuntimeWarning: overflow encountered in exp", "")],
    "03": [("int64", "int32")],  # whole numbers have 32 bits in a page
    "09": [("rate 1.5: not every fold has learnt", "rate 1.5: every fold has learnt")],  # one fold
    "08": [
        (
            "The numbers in learning_rate are so large that the result overflows.",
            "learning_rate 1e+300 is too large: numbers overflow in epoch 2; try 2.8.",
        )
    ],
}
"""By chapter: words that are stored, and what a page says instead."""
OTHER_NUMBERS: dict[str, list[str]] = {
    # 300 long steps on numerical slopes, and what follows from them: rounding grows to a digit
    # that is printed. The words are compared.
    "07": ["numerical_gradient(J, p)", "half way {J("],
    # One of twelve networks, at a large learning rate, ends 0.4 points elsewhere.
    "09": ['print("learning rate".ljust(22)', "last_cost = np.array([[held_back_cost"],
    # Pyodide has another scikit-learn, which shuffles by numbers of 32 bits and asks other things.
    "12": ["pipeline = make_pipeline(StandardScaler(), SmallClassifier()", "def judged(estimator)"],
}
"""By chapter: pieces of cells whose numbers rest on how each product was rounded."""


def shrunk(number: str, cells: list[dict[str, Any]]) -> str:
    """Make the cells of a chapter smaller, in place; a sentence that says so, or nothing.

    Raises
    ------
    AuthorError
        If a piece stands in no cell or in several: the chapter has changed.
    """
    said = []
    for old, new, means in SMALLER.get(number, []):
        found = [
            cell for cell in cells if cell["cell_type"] == "code" and old in "".join(cell["source"])
        ]
        if len(found) != 1 or "".join(found[0]["source"]).count(old) != 1:
            raise AuthorError(f"chapter {number}: `{old}` does not stand once in its code")
        found[0]["source"] = "".join(found[0]["source"]).replace(old, new)
        said.append(means)
    return f"Smaller here than in the book: {'; '.join(filter(None, said))}." if said else ""


def is_smaller(number: str, source: str) -> bool:
    """Whether a cell of the browser edition was made smaller: then it may say something else."""
    return any(new in source for _, new, _ in SMALLER.get(number, []))


def said_there(number: str, text: str) -> str:
    """What is stored, in the words of a page."""
    for old, new in OTHER_WORDS.get(number, []):
        text = text.replace(old, new)
    return text


def fails(number: str, source: str) -> bool:
    """Whether a cell ends with an error, since it needs what a page lacks."""
    return any(piece in source for piece in NOT_THERE.get(number, []))


def varies(number: str, source: str) -> bool:
    """Whether the numbers of a cell are not compared."""
    return any(piece in source for piece in OTHER_NUMBERS.get(number, []))
