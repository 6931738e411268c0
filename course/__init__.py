"""What makes the notebooks a course: weave, tangle, the rules, the figures, and feedback.

Chapters use ``from course import show, use_style``, the workbook also ``from course import check``;
authors use the command line, ``python -m course``.
"""

from course.feedback import check
from course.figures import show, use_style

__all__ = ["check", "show", "use_style"]
