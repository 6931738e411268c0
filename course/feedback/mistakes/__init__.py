"""The library of mistakes: named wrong versions of the functions that readers write.

To add one, write the wrong version under a decorator, in the file of its module:

    @wrong("gradients", 20, "(25)", "dw is the sum over the examples, not their mean: it is m times too large.", "Which of (24) and (25) has 1/m in front?")
    def dw_without_mean(w, b, X, Y):
        dw, db = reference.gradients(w, b, X, Y)
        return dw * X.shape[1], db

The tests then hold that it is detected, and named as itself.
"""

from course.feedback.mistakes.registry import MISTAKES, Mistake, mistakes_of, wrong

__all__ = ["MISTAKES", "Mistake", "mistakes_of", "wrong"]
