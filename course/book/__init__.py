"""The source, read: chapters and their cells, and the one error that an author meets.

`chapters` reads the text, `markdown` its prose, `package` the cells that belong to nnlib, `built`
what they have made of it up to a chapter, `modules` holds the table of nnlib's modules, `numbers`
reads the numbers of equations, `solutions` what is folded away, `stored` a woven notebook, and
`where` finds a name of nnlib again.
"""

from course.book.chapters import HEADER, HOME, Book, Cell, Chapter
from course.book.errors import AuthorError

__all__ = ["HEADER", "HOME", "AuthorError", "Book", "Cell", "Chapter"]
