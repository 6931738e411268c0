"""Further wrong versions of the functions in nnlib.gradient_check."""

from __future__ import annotations

from course.feedback.mistakes.section import Section

numerical_gradient = Section("gradient_check.numerical_gradient", pairs=False)

SLOPE = "(f(up) - f(down)) / (2 * eps)"
LINE = f"G[index] = {SLOPE}"


@numerical_gradient.swap(LINE, f"{LINE}\nP = down", family=30)
def left_below() -> None:
    """The entry was not put back after its turn: it stays lowered, and all later slopes are those
    of another place.

    What should P be at the beginning of each turn?
    """


@numerical_gradient.swap(LINE, f"{LINE}\nP = up", family=30)
def left_above() -> None:
    """The entry was not put back after its turn: it stays raised, and all later slopes are those of
    another place.

    What should P be at the beginning of each turn?
    """


@numerical_gradient.swaps({"up[index]": "up[index[0]]", "down[index]": "down[index[0]]"}, family=31)
def rows_at_once() -> None:
    """A whole row was moved at once: `P[i]` is all of row i. A partial derivative moves one entry.

    How many indices has one entry of an array with two axes?
    """


@numerical_gradient.swaps(
    {"up[index]": "up[:, index[-1]]", "down[index]": "down[:, index[-1]]"}, family=31
)
def columns_at_once() -> None:
    """A whole column was moved at once. A partial derivative moves one entry.

    How many indices has one entry of an array with two axes?
    """


@numerical_gradient.swap("return G", "return G.ravel()", family=17)
def slopes_in_a_row() -> None:
    """The slopes came back in a row, with one axis. They should have the shape of P.

    Beside which entry of P does each slope belong?
    """


@numerical_gradient.swap("return G", "return G.T", family=22)
def slopes_transposed() -> None:
    """The table of slopes is transposed. It should have the shape of P.

    Beside which entry of P does each slope belong?
    """


@numerical_gradient.swap("return G", "return float(G.sum())", family=17)
def slopes_added() -> None:
    """One number came back. Each entry of P has a slope of its own.

    Which shape should the result have?
    """


@numerical_gradient.swap("f(up) - f(down)", "f(up) + f(down)", family=27)
def values_added() -> None:
    """The two values were added. A slope comes from their difference.

    What is the rise between the two places?
    """


@numerical_gradient.swap(SLOPE, "(f(P) - f(down)) / eps", family=28)
def one_sided_below() -> None:
    """This is the difference to one side, f(P) - f(P - eps). To both sides it is far more exact.

    Compare the two kinds of difference in the text above.
    """


@numerical_gradient.swap("(2 * eps)", "2", family=28)
def divided_by_two_alone() -> None:
    """The difference was divided by 2 alone; the distance is 2 eps.

    A slope is a rise divided by a run. How long is the run?
    """


@numerical_gradient.swap("(2 * eps)", "eps**2", family=28)
def divided_by_square() -> None:
    """The difference was divided by eps². The distance is 2 eps.

    A slope is a rise divided by a run. How long is the run?
    """


@numerical_gradient.swap("(2 * eps)", "(4 * eps)", family=28)
def divided_by_four_eps() -> None:
    """Half of each slope came out: the distance between the two places is 2 eps.

    How far apart are the two places where f is taken?
    """


@numerical_gradient.swap(" / (2 * eps)", " * (2 * eps)", family=28)
def multiplied_by_run() -> None:
    """The difference was multiplied by the distance. A slope is a rise divided by a run.

    Should the slope grow or shrink if the run is longer?
    """


@numerical_gradient.swap(SLOPE, "f(up) - f(down) / (2 * eps)", family=28)
def bracket_of_the_difference() -> None:
    """The bracket around the difference is missing: only f(down) was divided.

    Which of / and - does Python do first?
    """


@numerical_gradient.swap("down[index] -= eps", "down[index] -= 2 * eps", family=28)
def further_down_than_up() -> None:
    """The lower place is twice as far away as the upper one.

    How far apart are the two places where f is taken?
    """


@numerical_gradient.swaps(
    {"up[index] += eps": "up[index] *= 1 + eps", "down[index] -= eps": "down[index] *= 1 - eps"},
    family=28,
)
def moved_in_proportion() -> None:
    """The entry was multiplied by 1 ± eps. It moves by eps, whatever its size.

    How far apart are the two places if the entry is 10?
    """


@numerical_gradient.swap(LINE, f"{LINE}\nG[index] = abs(G[index])", family=27)
def sign_of_slopes_lost() -> None:
    """The signs of the slopes are lost.

    Which sign has a slope where f falls?
    """


@numerical_gradient.swap("return G", "return np.round(G, 2)", family=17)
def slopes_rounded() -> None:
    """The slopes were rounded.

    How many digits does a comparison of two gradients need?
    """


@numerical_gradient.swap("G = np.zeros_like(P)", "G, eps = np.zeros_like(P), 0.1", family=10)
def fixed_step_of_a_tenth() -> None:
    """The argument `eps` is not used: a fixed step of 0.1 is written into the code.

    What should happen with steps of 0.01?
    """


@numerical_gradient.swap("G = np.zeros_like(P)", "G, eps = np.zeros_like(P), 0.01", family=10)
def fixed_step_of_a_hundredth() -> None:
    """The argument `eps` is not used: a fixed step of 0.01 is written into the code.

    What should happen with steps of 1e-5?
    """
