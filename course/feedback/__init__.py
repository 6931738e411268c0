"""What a reader is told: what their function does, and which known mistake it is.

`check` is all that a notebook needs. The parts: `find` says which exercise a function answers,
`attempt` tries it on the exercise's cases (`calling` runs it safely, `comparing` finds the gap),
`judge` makes the report, `diagnose` names the mistake from the library in `mistakes`, `sentences`
says what can be said of any other, `report` words and draws the answer.
"""

from course.feedback.judge import check

__all__ = ["check"]
