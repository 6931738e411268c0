"""What a reader is told: what their function does, and which known mistake it is.

`check` is all that a notebook needs. The parts: `find` says which exercise a function answers,
`own_work` whether it is the course's in another dress. `attempt` tries it on the exercise's cases
(`calling` runs it safely, `failing` looks at what an error stopped, `comparing` finds the gap),
`judge` makes the report. `diagnose` names the mistake from the library in `mistakes` (`naming`, by
what is computed: `likeness`; `groups`, part by part; `pairs`, two at once) or says what can be said
of any other: `sentences` asks `errors`, `places` (a right thing in the wrong place), `shapes`,
`slopes`, `probing` (which inputs make no difference) and `numbers`. `report` words and draws the
answer, with the `inputs` that failed. `measure` and `edits` hold all of it against versions that
are known to be right or wrong.
"""

from course.feedback.judge import check

__all__ = ["check"]
