"""What makes the notebooks a course: weave, tangle, the rules, the figures, and feedback.

Chapters use ``from course import show, use_style``, the workbook also ``from course import check``;
authors use the command line, ``python -m course``.
"""

from course.figures import show, use_style

__all__ = ["check", "show", "use_style"]


def check(function, hint=False, line=False):
    """Try a function that you wrote and say what it does; see `course.feedback.check`."""
    from course import feedback  # NumPy and nnlib are read only when something is checked

    return feedback.check(function, hint, line)
