"""Further wrong versions of the functions in nnlib.learning_rate."""

from __future__ import annotations

from course.feedback.mistakes.section import Section

safe_learning_rate = Section("learning_rate.safe_learning_rate", pairs=False)

LARGEST = "np.linalg.eigvalsh(smaller)[-1]"
TILDE = "np.vstack([X, np.ones((1, m))])"


@safe_learning_rate.swap(TILDE, "np.hstack([X, np.ones((n_x, 1))])", family=29)
def column_of_ones() -> None:
    """The ones were put beside X, as one example more. They belong below it, as one feature more.

    b is a weight. In which row would its feature stand?
    """


@safe_learning_rate.swaps(
    {TILDE: "np.hstack([X, np.ones((n_x, 1))])", "(4 * m)": "(4 * (m + 1))"}, family=29
)
def column_of_ones_counted() -> None:
    """The ones were put beside X, and counted as one example more. They belong below it, as one
    feature more.

    b is a weight. In which row would its feature stand?
    """


@safe_learning_rate.swap("(4 * m)", "(2 * m)", family=29, twin="one_over_lambda")
def a_half_for_a_quarter() -> None:
    """A factor ½ stands where ¼ is meant: the slope a (1 - a) is at most ¼.

    What is the largest value of a (1 - a)?
    """


@safe_learning_rate.swap("/ (4 * m)", "* 4 / m", family=29)
def times_four() -> None:
    """Λ was multiplied by 4. It is divided by 4, for the slope a (1 - a) is at most ¼.

    Which factor stands before X̃ X̃ᵀ?
    """


@safe_learning_rate.swap(" / (4 * m)", "", family=29)
def neither_four_nor_m() -> None:
    """The division by 4m is missing.

    Which factor stands before X̃ X̃ᵀ?
    """


@safe_learning_rate.swap("(4 * m)", "4 * m", family=29)
def bracket_of_four_m() -> None:
    """The bracket is missing: divided by 4, and then multiplied by m.

    Which of / and * does Python do first?
    """


@safe_learning_rate.swap("(4 * m)", "(4 * X.size)", family=12)
def divided_by_all_entries() -> None:
    """You divided by X.size, the number of all entries. The mean runs over the examples.

    What does one column of X stand for?
    """


@safe_learning_rate.swap("(4 * m)", "(4 * (m - 1))", family=12)
def divided_by_one_less() -> None:
    """You divided by m - 1, as for a variance. The cost is a mean over m examples.

    Which m stands in Λ?
    """


@safe_learning_rate.swap("2 / largest", "4 / largest", family=29)
def four_over_lambda() -> None:
    """This is twice the rate asked for.

    The border stands at 2/Λ.
    """


@safe_learning_rate.swap("2 / largest", "0.5 / largest", family=29, twin="no_quarter")
def half_over_lambda() -> None:
    """This is a quarter of the rate asked for.

    The border stands at 2/Λ.
    """


@safe_learning_rate.swap("2 / largest", "2 * largest", family=29)
def times_lambda() -> None:
    """You multiplied by Λ: the steeper the bowl, the shorter the step should be.

    What should happen to the rate if all pixels are made larger?
    """


@safe_learning_rate.swap("2 / largest", "2 / np.sqrt(largest)", family=29)
def root_of_lambda() -> None:
    """A root was taken of Λ.

    Is Λ an eigenvalue, or a singular value?
    """


@safe_learning_rate.swap(LARGEST, f"{LARGEST} ** 2", family=29)
def squared() -> None:
    """The largest eigenvalue was squared. Λ has it as it is.

    What is an eigenvalue of X̃ X̃ᵀ, in singular values of X̃?
    """


@safe_learning_rate.swap(LARGEST, "np.linalg.eigvalsh(smaller)[-2]", family=29)
def second_eigenvalue() -> None:
    """The second largest eigenvalue was taken.

    Which place in a list has the last entry?
    """


@safe_learning_rate.swap(LARGEST, "np.linalg.eigvalsh(smaller).mean()", family=29)
def mean_eigenvalue() -> None:
    """The mean of the eigenvalues was taken. The steepest direction alone limits the step.

    Which of the eigenvalues is Λ?
    """


@safe_learning_rate.swap(LARGEST, "smaller.max()", family=29)
def largest_entry() -> None:
    """The largest entry of the table was taken, not its largest eigenvalue.

    Which function of NumPy gives eigenvalues?
    """


@safe_learning_rate.swap(LARGEST, "np.linalg.norm(smaller)", family=29)
def length_of_the_table() -> None:
    """This is the norm of all entries, not the largest eigenvalue: all eigenvalues count in it.

    Which of the eigenvalues is Λ?
    """


@safe_learning_rate.swap(LARGEST, "np.linalg.norm(X_tilde)", family=29)
def length_of_x() -> None:
    """This is the norm of all entries of X̃. Λ has the largest eigenvalue of X̃ X̃ᵀ.

    Which of the eigenvalues is Λ?
    """


@safe_learning_rate.swap(
    TILDE, "np.vstack([X - X.mean(axis=1, keepdims=True), np.ones((1, m))])", family=29
)
def centred() -> None:
    """X was centred first. Training runs on X as it is.

    Which X goes into the first line of (26)?
    """


@safe_learning_rate.swap(TILDE, "np.hstack([X, np.ones((m, 1))])", family=29)
def column_of_m_ones() -> None:
    """The ones were put beside X, as a column of m numbers. They belong below it, as a row.

    b is a weight. In which row would its feature stand?
    """


@safe_learning_rate.swap(TILDE, "np.vstack([X, np.ones((m, 1))])", family=29)
def column_below() -> None:
    """The ones are a column, and were put below X. A row of m ones belongs there.

    How many columns has X?
    """


@safe_learning_rate.swap(TILDE, "np.vstack([X, np.ones((1, n_x))])", family=29)
def row_of_features() -> None:
    """The row of ones is as long as a column of X. It needs one for each example.

    How many columns has X?
    """
