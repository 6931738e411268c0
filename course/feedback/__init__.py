"""Feedback on a reader's function: what was called, what came back, and which known mistake it is.

`check` is all that a notebook needs. The parts: `exercises` says what can be written and on which
inputs it is tried, `mistakes` is the library of named wrong versions, `calling` runs a function
safely, `comparing` finds the gap, `report` words and draws the answer.
"""

from course.feedback.check import check

__all__ = ["check"]
