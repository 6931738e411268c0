"""The reader's own copy of the chapters: functions to write, and a check below each.

`make` writes the notebooks, `mine` turns a filled workbook into a package and tests it, `grading`
writes the assignments for nbgrader. `classroom` tries the notebooks of a class (`handed_in` finds
them, `one_notebook` and `tried` look at one), and `class_table` counts.
"""
