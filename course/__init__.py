"""What makes the notebooks a course: weave, tangle, the rules, and the figures.

Chapters use two names, ``from course import show, use_style``; authors use the command line,
``python -m course``.
"""

from course.figures import show, use_style

__all__ = ["show", "use_style"]
