"""Wrong versions of the functions in nnlib.gradient_check."""

from __future__ import annotations

from course.feedback.mistakes.section import Section

numerical_gradient = Section("gradient_check.numerical_gradient")


@numerical_gradient.swaps(
    {
        "for index in": "up, down = P.copy(), P.copy()\nfor index in",
        "up, down = P.copy(), P.copy()": "pass",
    },
    family=30,
)
def copies_before_loop() -> None:
    """The two copies are made once, before the loop: every entry that was moved stays moved.

    Which line belongs inside the loop, so that each turn starts from P?
    """


@numerical_gradient.swap("    return", "        return", family=30)
def return_inside() -> None:
    """`return` stands inside the loop: all entries but the first are 0.

    How far is the return indented?
    """


@numerical_gradient.swap("(2 * eps)", "eps", family=20)
def without_the_two() -> None:
    """The 2 is missing: from `down` to `up` it is 2 eps.

    How far apart are the two places where f is taken?
    """


@numerical_gradient.swap("f(up) - f(down)", "f(down) - f(up)", family=27)
def wrong_way_round() -> None:
    """The difference is the wrong way round: every slope has the wrong sign.

    f at the upper place comes first.
    """


@numerical_gradient.swap(" / (2 * eps)", "", family=28)
def not_divided() -> None:
    """The difference was never divided by the distance: these are differences, not slopes.

    A slope is a rise divided by a run.
    """


@numerical_gradient.swap("(f(up) - f(down)) / (2 * eps)", "(f(up) - f(P)) / eps", family=28)
def one_sided() -> None:
    """This is the difference to one side, f(P + eps) - f(P). To both sides it is far more
    exact.

    Compare the two kinds of difference in the text above.
    """


@numerical_gradient.swap("G = np.zeros_like(P)", "G, eps = np.zeros_like(P), 1e-5", family=10)
def fixed_step() -> None:
    """The argument `eps` is not used: a fixed step is written into the code.

    What should happen with steps of 0.01?
    """


@numerical_gradient.swaps({"up[index]": "up", "down[index]": "down"}, family=31)
def all_at_once() -> None:
    """The entries of P were moved together, not one at a time: `up` is P + eps.

    A partial derivative moves one entry and holds the others.
    """


@numerical_gradient.swap("(2 * eps)", "2 * eps", family=28)
def bracket_of_two_eps() -> None:
    """The bracket is missing: divided by 2 and then multiplied with eps.

    Which of / and * does Python do first?
    """


@numerical_gradient.swap("down[index] -= eps", "down[index] += eps", family=27)
def both_up() -> None:
    """Both places are the same, so the difference is 0: either both were moved up, or they are one
    array and no two copies.

    On which sides of P should the two places be?
    """


@numerical_gradient.swap("f(down)", "f(P)", family=28)
def half_a_step() -> None:
    """Only one side was moved, and the difference divided by 2 eps: the slopes are half as large.

    How far apart are the two places where f is taken?
    """


@numerical_gradient.swap("down[index] -= eps", "pass", family=28, twin="half_a_step")
def down_not_moved() -> None:
    """The lower place was not moved: the difference spans one eps, and is divided by two.

    How far apart are the two places where f is taken?
    """


@numerical_gradient.swap(
    "G[index] = (f(up) - f(down)) / (2 * eps)", "G[...] = (f(up) - f(down)) / (2 * eps)", family=30
)
def last_slope_everywhere() -> None:
    """Every entry holds the slope of the last one: each turn wrote over the whole array.

    Which entry of G belongs to this turn?
    """
