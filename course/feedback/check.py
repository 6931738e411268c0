"""Check a reader's function: find its exercise, try it, compare, and name the mistake."""

import ast
import difflib
import inspect
import math
import re
import textwrap
from functools import cache

import numpy as np

from course.feedback import calling, comparing, exercises
from course.feedback.mistakes import mistakes_of
from course.feedback.report import CaseResult, Report
from course.workbook import blank, progress  # as modules: they read the exercises themselves

SECONDS = 3.0


def check(function, hint=False, line=False):
    """Try `function` on the inputs of its exercise and say what it does.

    The exercise is found by the function itself: its name, and its parameters where two exercises
    share a name.

    Parameters
    ----------
    function : callable
        What you wrote, for example ``sigmoid``.
    hint : bool
        Also give the hint that belongs to the mistake.
    line : bool
        Also show the line of the equation as the course writes it.

    Returns
    -------
    Report
        Shown by itself at the end of a notebook cell. ``report.state`` is one of "not written yet",
        "raises", "wrong shape", "wrong values" and "right"; ``report.function`` is your function if
        it is right, and the course's own if not, so that a chapter can go on.
    """
    exercise, refusal = find_exercise(function)
    if exercise is None:
        return Report(
            getattr(function, "__name__", str(function)),
            None,
            "not written yet",
            function,
            refusal=refusal,
        )
    reference = exercise.reference
    if function is reference:
        text = "This is the course's own function. Run the cell with yours again, then this one."
        return Report(exercise.function_name, exercise, "right", reference, refusal=text)
    report = _judge(exercise, function, hint, line)
    progress.record(exercise.name, report.state)
    return report


def find_exercise(function):
    """The exercise that `function` is an answer to, or None and a sentence that says why there is
    none.
    """
    if not callable(function) or not hasattr(function, "__name__"):
        return (
            None,
            f"check takes a function, such as check(sigmoid); found {type(function).__name__}.",
        )
    same_name = [e for e in exercises.EXERCISES if e.function_name == function.__name__]
    inner = [e for e in exercises.EXERCISES if e.function_name == f"_{function.__name__}"]
    if inner and tuple(inspect.signature(function).parameters)[:1] == inner[0].parameters[:1]:
        return (
            None,
            f"{function.__name__} checks its arguments and leaves the mathematics to "
            f"_{function.__name__}: that one is yours to write. Try check(_{function.__name__}).",
        )
    if not same_name:
        names = sorted({e.function_name for e in exercises.EXERCISES})
        close = difflib.get_close_matches(function.__name__, names, n=1)
        guess = f" Did you mean {close[0]}?" if close else ""
        return (
            None,
            f"There is no exercise named {function.__name__}.{guess} The exercises are: "
            f"{', '.join(names)}.",
        )
    parameters = tuple(inspect.signature(function).parameters)
    for exercise in same_name:
        if parameters == exercise.parameters:
            return exercise, None
    matching = [e for e in same_name if parameters[:1] == e.parameters[:1]]
    swapped = any(sorted(parameters) == sorted(e.parameters) for e in same_name)
    if not swapped and (len(same_name) == 1 or len(matching) == 1):
        exercise = (matching or same_name)[0]
        if len(parameters) >= _required(exercise):
            return exercise, None
    wanted = " or ".join(f"{e.function_name}({', '.join(e.parameters)})" for e in same_name)
    found = f"{function.__name__}({', '.join(parameters)})"
    return None, f"The parameters are part of the exercise: {wanted}. Found {found}."


def _required(exercise):
    """How many arguments the cases of the exercise pass."""
    return max(len(case.args) for case in _cases(exercise.name))


@cache
def _exercise(name):
    return next(e for e in exercises.EXERCISES if e.name == name)


@cache
def _cases(name):
    return _exercise(name).cases()


@cache
def _expected(name):
    """What the reference gives on each case, viewed as the exercise asks."""
    exercise = _exercise(name)
    return [
        _view(exercise, case, exercise.reference(*calling.protect(list(case.args))))
        for case in _cases(name)
    ]


def _view(exercise, case, value):
    """The value that is compared: the result itself, or what the exercise looks at in it; None if
    it cannot be looked at.
    """
    if exercise.view is None:
        return value
    try:
        return exercise.view(case.args, value)
    except Exception:
        return value


@cache
def _known_outcomes(name):
    """(mistake, its results) for every known wrong version of an exercise."""
    return [(mistake, _results(_exercise(name), mistake.function)) for mistake in mistakes_of(name)]


def _results(exercise, function):
    """What `function` does on every case, compared with the reference."""
    cases = _cases(exercise.name)
    outcomes = calling.call_all(function, [case.args for case in cases], SECONDS)
    results = []
    for case, outcome, expected in zip(cases, outcomes, _expected(exercise.name), strict=True):
        parts, gaps = [], []
        if outcome.kind == "value":
            parts = comparing.name_parts(
                expected, _view(exercise, case, outcome.value), exercise.parts
            )
            gaps = [gap for gap in (comparing.gap(part, exercise.rtol) for part in parts) if gap]
        results.append(CaseResult(case, outcome, parts, gaps))
    return results


def _judge(exercise, function, hint, line):
    results = _results(exercise, function)
    state = _state(function, results)
    mistake = sentence = None
    if state in ("raises", "wrong shape", "wrong values"):
        globals_read = notebook_data(function)
        mistake = _name_mistake(exercise, results)
        sentence = None if mistake else _general_sentence(results, globals_read, exercise)
    return Report(
        exercise.function_name,
        exercise,
        state,
        function if state == "right" else exercise.reference,
        results=results,
        mistake=mistake,
        sentence=sentence,
        hint=_hint(exercise, mistake) if hint and state != "right" else None,
        line=_worked_line(exercise) if line and state != "right" else None,
    )


def _state(function, results):
    """One of the five states, from the worst thing that happened."""
    kinds = {result.outcome.kind for result in results}
    if "unwritten" in kinds or (kinds == {"nothing"} and is_empty(function)):
        return "not written yet"
    if kinds & {"raises", "endless", "writes"}:
        return "raises"
    gaps = [gap for result in results for gap in result.gaps]
    if "nothing" in kinds or any(gap.kind != "values" for gap in gaps):
        return "wrong shape"
    return "wrong values" if gaps else "right"


def is_empty(function):
    """True if the body is nothing but a docstring, `...` or `pass`."""
    try:
        body = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0].body
    except (OSError, TypeError, SyntaxError, IndexError, AttributeError):
        return False
    return all(
        isinstance(node, ast.Pass)
        or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        for node in body
    )


def notebook_data(function):
    """Names of data (arrays, numbers, lists) that the function reads from the notebook instead of
    from its arguments.
    """
    try:
        names = inspect.getclosurevars(function).globals
    except TypeError:
        return []
    return sorted(
        n
        for n, value in names.items()
        if isinstance(value, np.ndarray | np.number | int | float | list | dict) and not n.isupper()
    )


def _name_mistake(exercise, results):
    """The known wrong version that behaves like these results on every case, or None.

    If none does, cases that ended in an overflow are left out: to be written without care for very
    large numbers is another mistake, which hides the first.
    """
    known = _known_outcomes(exercise.name)
    everywhere = range(len(results))
    usual = [k for k in everywhere if not isinstance(results[k].outcome.error, FloatingPointError)]
    for cases in (everywhere, usual if any(results[k].gaps for k in usual) else ()):
        for mistake, theirs in known:
            if cases and all(_same(results[k], theirs[k], exercise) for k in cases):
                return mistake
    return None


def _same(mine, known, exercise):
    """True if two results are the same mistake: equal values, or the same complaint."""
    if mine.outcome.kind != known.outcome.kind:
        return False
    if mine.outcome.kind == "raises":
        return _complaint(mine.outcome.error) == _complaint(known.outcome.error)
    if len(mine.parts) != len(known.parts):
        return False
    return all(_equal(a.got, b.got, exercise) for a, b in zip(mine.parts, known.parts, strict=True))


def _complaint(error):
    """Type and text of an error: NumPy's messages hold the shapes, which tell mistakes apart.

    np.dot and @ word the same complaint differently: of both, the two sizes that differ are kept.
    """
    text = str(error)
    sizes = re.search(r"size (\d+) is different from (\d+)", text) or re.search(
        r"not aligned: (\d+) \(dim \d\) != (\d+)", text
    )
    return type(error), tuple(sorted(sizes.groups())) if sizes else text


def _equal(got, known, exercise):
    """True if two results agree within rounding, whatever they are made of."""
    if isinstance(got, tuple | list) or isinstance(known, tuple | list):
        alike = (
            isinstance(got, tuple | list)
            and isinstance(known, tuple | list)
            and len(got) == len(known)
        )
        return alike and all(_equal(g, k, exercise) for g, k in zip(got, known, strict=True))
    if not isinstance(got, np.ndarray | np.number | np.bool_ | int | float):
        return type(got) is type(known) and (got == known or not isinstance(got, str))
    got, known = np.asarray(got), np.asarray(known)
    if (
        got.shape != known.shape
        or "O" in (got.dtype.kind, known.dtype.kind)
        or (got.dtype.kind == "b") != (known.dtype.kind == "b")
    ):
        return False
    rtol = comparing.tolerance(got) if exercise.rtol is None else exercise.rtol
    scale = np.max(np.abs(known), initial=0) or 1
    return bool(np.allclose(got, known, rtol=rtol, atol=rtol * scale, equal_nan=True))


RATIOS = {
    "sign": "Every value has the wrong sign.",
    "m": "Every value is m times too large: was something not divided by the number of examples?",
    "1/m": "Every value is m times too small: was something divided by m twice?",
}


def _general_sentence(results, globals_read, exercise):
    """What can be said of a mistake that the library does not know."""
    kinds = [result.outcome.kind for result in results]
    if "endless" in kinds:
        stopped = all(r.outcome.value != "goes on" for r in results if r.outcome.kind == "endless")
        end = "was stopped" if stopped else "cannot be stopped: restart the kernel before you go on"
        return (
            f"It was still running after {SECONDS:.0f} seconds and {end}. "
            "Which condition should end its loop?"
        )
    if "writes" in kinds:
        return (
            "It writes into one of its inputs, by an assignment such as `X[...] =` or an operator "
            "such as `-=`. The caller still needs it: make a new array, as in `w = w - …`."
        )
    if globals_read:
        names = " and ".join(globals_read)
        return f"It reads {names} from the notebook. Use only what is passed in as arguments."
    if "nothing" in kinds:
        return (
            "It returned None. Is the `return` line missing, or did you print the result instead?"
        )
    for result in results:
        if result.outcome.kind == "raises":
            return _about_error(result.outcome.error)
    for result in results:
        for gap in result.gaps:
            m = next(
                (
                    a.shape[1]
                    for a in reversed(result.case.args)
                    if isinstance(a, np.ndarray) and a.ndim == 2
                ),
                None,
            )
            if gap.kind == "shape":
                return _about_shape(np.shape(gap.got), np.shape(gap.expected))
            if gap.ratio is None or m in (None, 1):
                continue
            for name, value in {"sign": -1.0, "m": float(m), "1/m": 1 / m}.items():
                if math.isclose(gap.ratio, value, rel_tol=1e-4):
                    return RATIOS[name]
    return _about_ratio(results) or _about_difference(results)


def _about_shape(got, expected):
    """What can be said of a wrong shape alone."""
    if len(got) == 2 and got == expected[::-1]:
        return "Rows and columns are exchanged."
    if not expected:
        return "One number is asked for, and an array came back: is a sum or a mean missing?"
    if not got:
        return "One number came back, and an array is asked for: is a sum taken over too much?"
    if len(got) < len(expected):
        return f"An axis is lost: the result should have {len(expected)} of them."
    if got[0] == expected[0]:
        return "The rows are right in number, the columns are not. Columns are examples."
    return None


def _about_ratio(results):
    """What to say if every wrong number is the same multiple of what it should be."""
    ratios = [gap.ratio for result in results for gap in result.gaps]
    if len(ratios) < 2 or None in ratios or ratios[0] == 0:
        return None
    if not np.allclose(ratios, ratios[0], rtol=1e-4):
        return None
    return f"What is wrong is always {ratios[0]:.4g} times what it should be."


def _about_difference(results):
    """What to say if every number of every result is off by the same amount."""
    differences = []
    for result in results:
        if any(gap.kind != "values" or isinstance(gap.expected, str) for gap in result.gaps):
            return None
        for gap in result.gaps:
            differences.append(np.ravel(np.subtract(gap.got, gap.expected, dtype=float)))
    if len(differences) < 2 or not all(result.gaps for result in results):
        return None
    off = np.concatenate(differences)
    if not np.allclose(off, off[0], rtol=1e-6):
        return None
    return f"Every value is {abs(off[0]):.4g} too {'large' if off[0] > 0 else 'small'}."


def _about_error(error):
    """What an error means that stops many beginners, and where to look; None for any other."""
    text = str(error)
    if isinstance(error, RecursionError):
        return "It calls itself, without an end. Which function did you mean to call?"
    if isinstance(error, UnboundLocalError):
        return "A name is used before the line that gives it a value. Which line comes first?"
    if isinstance(error, NameError):
        return (
            "A name is used that nothing has given a value: is it misspelt, or is a line missing?"
        )
    if "NoneType" in text:
        return (
            "Something in it is None: a function without a `return`, or an entry of a list that "
            "was never filled in."
        )
    if "matmul" in text or "not aligned" in text:
        return (
            "The shapes of a matrix product do not fit. Write the shapes over the two factors: the "
            "inner numbers must agree."
        )
    if "could not be broadcast" in text:
        return (
            "Two shapes do not fit entry by entry. Write each shape beside its name, and compare "
            "them from the right: two numbers must be equal, or one of them 1."
        )
    if "truth value of an array" in text:
        return (
            "`if` asks one question of a whole array. Use a function that answers for every entry, "
            "such as np.where or np.maximum."
        )
    if isinstance(error, FloatingPointError):
        return (
            "A number became too large, or a logarithm or a quotient met 0. In a notebook that is "
            "a warning and then inf or nan; here it is an error."
        )
    return None


def _hint(exercise, mistake):
    if mistake:
        return mistake.hint
    first = (
        f"Put the numbers of {exercise.equation} beside your lines, one by one"
        if exercise.equation
        else "Read the docstring once more"
    )
    return f"{first}, and try your function on the smallest case above with pencil and paper."


def _worked_line(exercise):
    """The course's own lines: of a long function the numbered ones, else all that is asked for."""
    source = textwrap.dedent(inspect.getsource(exercise.reference))
    lines = [text for text in blank.answer(exercise, source) if text.strip()]
    if isinstance(exercise.blank, tuple):
        return "\n".join(text.strip() for text in lines)
    numbered = [text for text in lines if "# (" in text]
    if len(lines) > 6 and numbered and exercise.blank == "body":
        return "\n".join(text.strip() for text in numbered)
    return textwrap.dedent("\n".join(lines))
