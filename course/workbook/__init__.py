"""The reader's own copy of the chapters: functions to write, a check below each, and what became of
them.

`blank` empties the functions, `make` writes the notebooks, `mine` turns a filled workbook into a
package and tests it, `progress` remembers what is done, `grading` writes the assignments for
nbgrader.
"""
