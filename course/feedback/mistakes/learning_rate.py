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
    """A quarter of the rate came out: the factor ¼ of Λ is missing, or ½ stands where 2/Λ has its
    2.

    What is the largest value of a (1 - a)?
    """


@safe_learning_rate.swap("2 / largest", "largest", family=29)
def lambda_itself() -> None:
    """This is Λ. The rate is 2/Λ: the steeper the bowl, the shorter the step.

    What should happen to the rate if all pixels are made larger?
    """


@safe_learning_rate.swap("2 / largest", "1 / largest", family=29)
def one_over_lambda() -> None:
    """Half of the rate came out: 1/Λ for 2/Λ, or a Λ with ½ in the place of its ¼.

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


@safe_learning_rate.swap(
    "largest = np.linalg.eigvalsh(smaller)[-1]",
    "largest = np.sqrt(np.linalg.eigvalsh(smaller)[-1])",
    family=29,
)
def not_squared() -> None:
    """The largest singular value of X̃ was used as it is. Λ has its square, the largest eigenvalue
    of X̃ X̃ᵀ.

    How do singular values and eigenvalues belong together?
    """


@safe_learning_rate.swap("(4 * m)", "(4 * n_x)", family=12)
def divided_by_features() -> None:
    """You divided by the number of features. The mean runs over the examples.

    Which entry of X.shape counts the examples?
    """


@safe_learning_rate.swap("np.linalg.eigvalsh(smaller)[-1]", "np.trace(smaller)", family=29)
def trace() -> None:
    """The sum of all eigenvalues was taken. The steepest direction alone limits the step.

    Which of the eigenvalues is Λ?
    """


@safe_learning_rate.swap("2 / largest", "largest / 2", family=29)
def upside_down() -> None:
    """The fraction is upside down: this is Λ/2. The steeper the bowl, the shorter the step.

    What should happen to the rate if all pixels are made larger?
    """


@safe_learning_rate.swap("np.ones((1, m))", "np.zeros((1, m))", family=29, twin="no_row_of_ones")
def row_of_zeros() -> None:
    """The added row holds zeros: then b has no share in the curvature.

    b is a weight. What is its feature, for every example?
    """
