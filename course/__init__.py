"""What makes the notebooks a course: weave, tangle, the rules, the figures, and feedback.

Chapters use ``from course import show, use_style``, and `explore`, `animate` and `quiz` from there;
the workbook uses ``from course import check`` as well; authors use the command line,
``python -m course``. Its rooms import one way: `book` reads the source; `press`, `rules` and
`exercises` stand on it; `feedback` on these, and `workbook` on all.
"""

from __future__ import annotations

import sys

if sys.argv[:1] == ["-m"]:  # `python -m course`, and nothing is imported yet
    from course.here_first import search_here_first

    search_here_first()

from collections.abc import Callable  # noqa: E402
from typing import TYPE_CHECKING, Any  # noqa: E402

from course.figures import show, use_style  # noqa: E402
from course.moving import animate, explore  # noqa: E402
from course.quizzes import quiz  # noqa: E402

if TYPE_CHECKING:
    from course.feedback.report import Report

__all__ = ["animate", "check", "explore", "quiz", "show", "use_style"]


def check(function: Callable[..., Any], hint: bool = False, line: bool = False) -> Report:
    """Try a function that you wrote and say what it does; see `course.feedback.check`."""
    from course import alive, feedback  # NumPy and nnlib are read only when something is checked

    alive.sign()  # in a page that took a while
    report: Report = feedback.check(function, hint, line)
    return report
