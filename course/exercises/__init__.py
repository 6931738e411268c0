"""What a reader writes: the table of exercises, and on which inputs each is tried.

`table` lists the exercises in the order of the chapters; `cases` and `cases_network` build their
inputs, from the parts in `inputs`; `blank` takes the body out of a function; `progress` remembers
what is done.
"""

from course.exercises.exercise import Case, Exercise
from course.exercises.table import EXERCISES

__all__ = ["EXERCISES", "Case", "Exercise"]
