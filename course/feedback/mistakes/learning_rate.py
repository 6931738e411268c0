"""Wrong versions of the functions in nnlib.learning_rate."""

from __future__ import annotations

from course.feedback.mistakes.section import Section

safe_learning_rate = Section("learning_rate.safe_learning_rate")


@safe_learning_rate.swap("np.vstack([X, np.ones((1, m))])", "X", family=29)
def no_row_of_ones() -> None:
    """The row of ones is missing: b has a share in the curvature too.

    b is a weight whose feature is always 1.
    """


@safe_learning_rate.swap("(4 * m)", "m", family=29)
def no_quarter() -> None:
    """The factor ¼ is missing: the slope a (1 - a) is at most ¼.

    What is the largest value of a (1 - a)?
    """


@safe_learning_rate.swap("2 / largest", "largest", family=29)
def lambda_itself() -> None:
    """This is Λ. The rate is 2/Λ: the steeper the bowl, the shorter the step.

    What should happen to the rate if all pixels are made larger?
    """


@safe_learning_rate.swap("2 / largest", "1 / largest", family=29)
def one_over_lambda() -> None:
    """This is 1/Λ, half of the rate asked for.

    The border stands at 2/Λ.
    """


@safe_learning_rate.swap("(4 * m)", "4", family=29)
def curvature_not_averaged() -> None:
    """The division by m is missing: the cost is a mean, and so is its curvature.

    Λ has 4m in its denominator.
    """


@safe_learning_rate.swap("[-1]", "[0]", family=29)
def smallest_eigenvalue() -> None:
    """This uses the smallest eigenvalue. The steepest direction limits the step: Λ is the
    largest.

    eigvalsh sorts upwards. Which end do you need?
    """
