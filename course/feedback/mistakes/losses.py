"""Wrong versions of the functions in nnlib.losses."""

from __future__ import annotations

import numpy as np

from course.feedback.mistakes.section import Section
from nnlib.activations import sigmoid
from nnlib.kinds import Array

loss = Section("losses.loss", "(4)")


@loss.swap("= -(y", "= (y", family=11)
def loss_no_minus() -> None:
    """The minus in front is missing: the loss comes out negative. (4) has a minus before the
    bracket.

    log a is at most 0. What makes the loss positive?
    """


@loss.swap("np.log1p(-a)", "(np.log(1) - a)", family=13)
def loss_log_bracket() -> None:
    """log 1 - a was read as log(1) - a, which is -a. (4) means log(1 - a): the document
    prints it without the bracket.

    Where does the bracket of the second logarithm begin?
    """


@loss.swap(
    "-(y * np.log(a) + (1 - y) * np.log1p(-a))",
    "-y * np.log(a) + (1 - y) * np.log1p(-a)",
    family=13,
)
def loss_minus_on_first_term() -> None:
    """The minus reaches only the first term: the second comes out with the wrong sign.

    How far does the minus of (4) reach?
    """


@loss.swap(" + (1 - y) * np.log1p(-a)", "", family=14)
def loss_first_term_only() -> None:
    """Only the term of y = 1 is there: an example with y = 0 costs nothing.

    (4) has a second term, for y = 0.
    """


@loss.swap("y * np.log(a) + ", "", family=14)
def loss_second_term_only() -> None:
    """Only the term of y = 0 is there: an example with y = 1 costs nothing.

    (4) has a first term, for y = 1.
    """


@loss.swap("y * np.log(a) + (1 - y)", "(1 - y) * np.log(a) + y", family=14)
def loss_labels_swapped() -> None:
    """The labels are swapped: y belongs to log a, and 1 - y to log(1 - a).

    If y = 1, should a large a cost little or much?
    """


@loss.swaps({"np.log(a)": "np.log10(a)", "np.log1p(-a)": "np.log10(1 - a)"}, family=18)
def loss_log10() -> None:
    """This is the logarithm to base 10 (the ratio is 0.434). (4) means the natural logarithm.

    Which of NumPy's logarithms belongs to e?
    """


@loss.swaps({"np.log(a)": "np.log2(a)", "np.log1p(-a)": "np.log2(1 - a)"}, family=18)
def loss_log2() -> None:
    """This is the logarithm to base 2 (the ratio is 1.443). (4) means the natural logarithm.

    Which of NumPy's logarithms belongs to e?
    """


@loss.swap("-(y * np.log(a) + (1 - y) * np.log1p(-a))", "(a - y) ** 2", family=18)
def loss_squared() -> None:
    """This is the squared error (a - y)². The loss of chapter 2 comes from the likelihood of
    the label.

    (4) holds two logarithms.
    """


@loss.swaps(
    {"a = np.clip(a, limits.tiny, 1 - limits.epsneg)": "pass", "np.log1p(-a)": "np.log(1 - a)"},
    family=19,
)
def loss_zero_log_zero() -> None:
    """At a = 1 (or 0) this computes 0 times the logarithm of 0, which is not a number, although
    the answer is right there.

    What could be done with an exact 0 or 1 before the logarithm?
    """


@loss.swap("return losses", "return float(np.mean(losses))", family=17)
def loss_already_averaged() -> None:
    """This is one number. (4) is the loss of each example: the result has the shape of a.

    The mean comes later, in (7).
    """


cost = Section("losses.cost", "(7)")


@cost.swap("return float", "return -float", family=11)
def cost_no_minus() -> None:
    """The minus in front of (7) is missing: a cost below 0 is not possible here.

    log a is at most 0.
    """


@cost.swap(" / m", "", family=12)
def cost_not_averaged() -> None:
    """The sum is not divided by the number of examples, the columns of Y: the cost is m times too
    large.

    (7) is a mean. How many examples are there?
    """


@cost.swap("Y.shape[1]", "A.shape[0]", family=12, twin="cost_not_averaged")
def cost_m_from_rows() -> None:
    """m was taken from the rows: A.shape[0] is 1 here, and len(A) as well. Examples are
    columns.

    Which entry of A.shape counts the examples?
    """


@cost.swap("np.sum", "np.mean", family=12)
def cost_averaged_twice() -> None:
    """The sum is divided by m twice: the cost is m times too small.

    What does a mean do besides adding up?
    """


@cost.swap("/ m", "/ (2 * m)", family=12)
def cost_halved() -> None:
    """The mean is halved: the ½ belongs to squared errors, (7) has 1/m alone.

    Compare the factor in front of (7).
    """


@cost.swap("loss(A, Y)", "-Y * np.log(A) + (1 - Y) * np.log(1 - A)", family=13)
def cost_lost_bracket() -> None:
    """The bracket is lost, so the second term has the wrong sign: right if all labels are 1,
    wrong as soon as one is 0.

    How far does the minus of (4) reach?
    """


@cost.swap("loss(A, Y)", "-(Y * np.log(A) + (1 - Y * np.log(1 - A)))", family=13)
def cost_as_printed() -> None:
    """This is (7) as it is printed, with (1 - y log(1 - a)): the bracket must close after 1 -
    y.

    For y = 0 and a near 0 the answer is right and sure. What should the loss be there?
    """


@cost.swap("loss(A, Y)", "-Y * np.log(A)", family=14)
def cost_first_term_only() -> None:
    """Only the term of y = 1 is summed: examples with y = 0 cost nothing.

    (7) has a second term.
    """


@cost.swap("loss(A, Y)", "-(1 - Y) * np.log(1 - A)", family=14)
def cost_second_term_only() -> None:
    """Only the term of y = 0 is summed: examples with y = 1 cost nothing.

    (7) has a first term.
    """


@cost.swap("loss(A, Y)", "loss(A, 1 - Y)", family=14)
def cost_labels_swapped() -> None:
    """The labels are swapped: y belongs to log a, and 1 - y to log(1 - a).

    If all labels are 1, which a should be cheap?
    """


@cost.swap("loss(A, Y)", "-(Y * np.log(A).T + (1 - Y) * np.log(1 - A).T)", family=15)
def cost_outer_product() -> None:
    """A `.T` makes a table of m times m products: every label meets every prediction.

    `*` works entry by entry; both factors keep the shape (1, m).
    """


@cost.swap("loss(A, Y)", "-(Y @ np.log(A) + (1 - Y) @ np.log(1 - A))", family=16)
def cost_dot_without_transpose() -> None:
    """A matrix product of two rows: (1, m) and (1, m) do not fit. Read the two shapes in the
    message.

    What should the product of the two rows be: one number, or m of them?
    """


@cost.swap("float(np.sum(loss(A, Y)) / m)", "loss(A, Y) / m", family=17)
def cost_not_summed() -> None:
    """The sum is missing: these are the m losses, each divided by m. (7) is one number.

    What does Σ do with the m losses?
    """


@cost.swap("float(np.sum(loss(A, Y)) / m)", "np.sum(loss(A, Y), axis=1) / m", family=17)
def cost_with_an_axis() -> None:
    """The number sits in an array of shape (1,): `axis` leaves the other axis there. A cost is one
    number.

    What does a sum do without an axis?
    """


@cost.swap("float(np.sum(loss(A, Y)) / m)", "np.sum(loss(A, Y), keepdims=True) / m", family=17)
def cost_in_a_box() -> None:
    """The number sits in a (1, 1) array. A cost is one number.

    How does a number come out of an array that holds one?
    """


@cost.swap("loss(A, Y)", "loss(A, Y) / np.log(10)", family=18)
def cost_log10() -> None:
    """This is the logarithm to base 10 (the ratio is 0.434).

    Which of NumPy's logarithms belongs to e?
    """


@cost.swap("loss(A, Y)", "loss(A, Y) / np.log(2)", family=18)
def cost_log2() -> None:
    """This is the logarithm to base 2 (the ratio is 1.443).

    Which of NumPy's logarithms belongs to e?
    """


@cost.swap("loss(A, Y)", "(A - Y) ** 2", family=18)
def cost_squared_error() -> None:
    """This is the mean squared error; (7) is the mean of the cross-entropy (4).

    There are logarithms in (7).
    """


cost_from_z = Section("losses.cost_from_z", "(7)")


@cost_from_z.wrong(family=19)
def through_sigmoid(Z: Array, Y: Array) -> float:
    """σ(z) is rounded to exactly 1 for z above 37, and the logarithm of 1 - σ(z) = 0 is
    infinite.

    At z = 1000, what does σ round to, and what is the logarithm of 1 minus that?
    """
    A = sigmoid(Z)
    return float(-np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A)))


@cost_from_z.swap("loss_from_z(Z, Y)", "np.log(1 + np.exp(Z)) - Y * Z", family=19)
def softplus_overflows() -> None:
    """log(1 + e^z) as it stands overflows: e^1000 is too large for a float.

    log(1 + e^z) = max(z, 0) + log(1 + e^(-|z|)). Which exponent is safe?
    """


@cost_from_z.swap("loss_from_z(Z, Y)", "loss_from_z(Z, 0 * Y)", family=14)
def without_labels() -> None:
    """The term - y z is missing: this is the cost with every label 0.

    Where does y stand in (4), and where in your line?
    """


@cost_from_z.swap("loss_from_z(Z, Y)", "loss_from_z(-Z, -Y)", family=14)
def half_of_the_other_form() -> None:
    """Two forms of the loss are mixed: log(1 + e^-z) goes with + (1 - y) z, and log(1 + e^z) with
    - y z.

    What is the loss of a very sure and right answer with y = 1, for z = 10?
    """


@cost_from_z.swap("loss_from_z(Z, Y)", "loss_from_z(Z, -Y)", family=14)
def labels_added() -> None:
    """The sign of y z is wrong: it must be taken away.

    For y = 1, should a large z cost little or much?
    """


@cost_from_z.swap(" / m", "", family=12)
def z_cost_not_averaged() -> None:
    """The sum is not divided by the number of examples, the columns of Z: the cost is m times too
    large.

    (7) is a mean.
    """


@cost_from_z.swap(
    "loss_from_z(Z, Y)", "np.maximum(Z, 0) - Y * Z + np.log1p(np.exp(np.abs(Z)))", family=13
)
def positive_exponent() -> None:
    """The exponent is |z| instead of -|z|, which overflows for large z.

    e to a negative power is at most 1.
    """


@cost_from_z.swap("float(np.sum(loss_from_z(Z, Y)) / m)", "loss_from_z(Z, Y)", family=17)
def z_losses_not_averaged() -> None:
    """These are the losses of the examples. The cost is their mean, one number.

    How do many losses become one cost?
    """


@cost_from_z.swap("loss_from_z(Z, Y)", "-(Y * np.log(Z) + (1 - Y) * np.log(1 - Z))", family=19)
def z_for_a() -> None:
    """z was treated as if it were a probability. z can be any number; a = σ(z) is the
    probability.

    What is log z for a negative z?
    """


accuracy = Section("losses.accuracy")


@accuracy.swap("predictions ==", "predictions.T ==", family=33)
def row_against_column() -> None:
    """A row was compared with a column: == made a table of m times m comparisons, every
    prediction with every label.

    Which shape has each of the two that you compare?
    """


@accuracy.swap("==", "!=", family=33)
def share_of_mistakes() -> None:
    """This is the share of mistakes, 1 minus the accuracy.

    == counts the right ones, != the wrong ones.
    """


@accuracy.swap("mean", "sum", family=33)
def count_of_right() -> None:
    """This counts the right answers; the accuracy is their share.

    What is the largest value that a share can have?
    """


@accuracy.swap("return float", "return 100 * float", family=33)
def percent() -> None:
    """This is a percentage. The course gives a share from 0 to 1.

    Which factor makes a percentage of a share?
    """


@accuracy.swap("==", "*", family=33)
def hits_only() -> None:
    """Only the hits on y = 1 are counted: an example with y = 0 that is recognised is right as
    well.

    Two ways of being right: 1 for 1, and 0 for 0.
    """


@accuracy.swap(
    "np.mean(predictions == Y)",
    "np.sum(predictions == Y) / len(Y)",
    family=33,
    twin="count_of_right",
)
def divided_by_rows() -> None:
    """The count was divided by len(Y), which is the number of rows, 1. Examples are columns.

    Y.shape has two entries. Which one is m?
    """


@accuracy.swap("float(np.mean(predictions == Y))", "predictions == Y", family=17)
def comparisons() -> None:
    """These are the comparisons themselves, True and False. The accuracy is their mean.

    The mean of True and False is the share of True.
    """


@loss.swap("-(y * np.log(a) + (1 - y) * np.log1p(-a))", "(a - y) ** 2 / 2", family=18)
def loss_half_squared() -> None:
    """This is half the squared error. The loss of chapter 2 comes from the likelihood of the label.

    Which function turns a product of likelihoods into a sum?
    """


@loss.swap("-(y * np.log(a) + (1 - y) * np.log1p(-a))", "np.abs(a - y)", family=18)
def loss_distance() -> None:
    """This is the distance between a and y. (4) costs far more when a sure answer is wrong.

    What should the loss be near a = 0 if y = 1?
    """


@loss.swap("(1 - y) * np.log1p(-a)", "(1 - y * np.log1p(-a))", family=13)
def loss_as_printed() -> None:
    """The bracket closes too late: 1 - y times the logarithm, instead of (1 - y) times it.

    For y = 0, which logarithm should be left?
    """


@cost.swap(
    "np.sum(loss(A, Y)) / m",
    "np.sum(-Y * np.log(A)) / m - np.sum((1 - Y) * np.log(1 - A))",
    family=12,
)
def cost_first_term_averaged() -> None:
    """Only the first term is divided by m; the sum of the second is not.

    To which of your brackets does the division reach?
    """


@cost.swap(
    "np.sum(loss(A, Y)) / m",
    "-np.sum(Y * np.log(A)) - np.sum((1 - Y) * np.log(1 - A)) / m",
    family=12,
)
def cost_second_term_averaged() -> None:
    """Only the second term is divided by m; the sum of the first is not.

    To which of your brackets does the division reach?
    """


@cost.swap("loss(A, Y)", "(A - Y) ** 2 / 2", family=18)
def cost_half_squared() -> None:
    """This is half the mean squared error; (7) is the mean of the cross-entropy (4).

    Which function of a stands in (7)?
    """


@cost.swap("loss(A, Y)", "np.abs(A - Y)", family=18)
def cost_distance() -> None:
    """This is the mean distance between prediction and label; (7) is the mean of the cross-entropy
    (4).

    Which function of a stands in (7)?
    """


@cost.swap(
    "loss(A, Y)", "-(Y * np.log(A) - (1 - Y) * np.log(1 - A))", family=13, twin="cost_lost_bracket"
)
def cost_minus_between() -> None:
    """The sign between the two terms is wrong, so the second term lowers the cost.

    What is the cost of one example with y = 0? Is it positive?
    """


@cost.swap("np.sum(loss(A, Y)) / m", "loss(A, Y)[0, 0]", family=30)
def cost_first_example() -> None:
    """This is the loss of the first example alone; (7) is the mean over all of them.

    What happens to the other examples?
    """


@cost.swap("np.sum(loss(A, Y)) / m", "loss(A, Y)[0, -1] / m", family=30)
def cost_overwritten() -> None:
    """Only the last example is left, divided by m: each turn of the loop wrote over the one
    before, or set the sum back to zero.

    What keeps what is there already, and adds to it?
    """


@cost.swap("np.sum(loss(A, Y)) / m", "loss(A, Y)[0, 0] / m", family=30)
def cost_return_inside() -> None:
    """Only the first example is counted: the loop ends after its first turn.

    How far is the return indented?
    """


@cost_from_z.swap("return float", "return -float", family=11)
def z_cost_no_minus() -> None:
    """The whole cost has the wrong sign: a cost below 0 is not possible here.

    Can softplus(z) - y z be negative for y = 0?
    """


@cost_from_z.swap("np.sum", "np.mean", family=12)
def z_cost_averaged_twice() -> None:
    """The sum is divided by m twice: the cost is m times too small.

    Which function of NumPy divides already?
    """


@cost_from_z.swap("loss_from_z(Z, Y)", "np.log1p(np.exp(-np.abs(Z))) - Y * Z", family=13)
def without_maximum() -> None:
    """The term max(z, 0) is missing: log(1 + e^(-|z|)) alone is small for large z as well.

    What is log(1 + e^z) for a large z, about?
    """


@cost_from_z.swap("loss_from_z(Z, Y)", "loss_from_z(Z, 1 - Y)", family=14)
def z_labels_swapped() -> None:
    """The labels are swapped: this is the cost with 1 - y in the place of y.

    For y = 1, should a large z cost little or much?
    """


@cost_from_z.swap("loss_from_z(Z, Y)", "loss_from_z(-Z, 0 * Y)", family=14)
def every_label_one() -> None:
    """This is the cost with every label 1: examples with y = 0 are treated like the others.

    Where does y stand in your line?
    """


@cost_from_z.swap("loss_from_z(Z, Y)", "np.maximum(Z, 0) - Y * Z", family=13)
def without_logarithm() -> None:
    """The logarithm is missing: max(z, 0) - y z is the loss only where z is very large or very
    small.

    What is the loss at z = 0?
    """


@accuracy.swap("predictions == Y", "predictions", family=33)
def share_of_ones() -> None:
    """This is the share of predictions that are 1; the labels do not come into it.

    When is a prediction right?
    """


@accuracy.swap("np.mean(predictions == Y)", "np.all(predictions == Y)", family=33)
def all_right() -> None:
    """This asks whether every prediction is right. The accuracy is the share of those that are.

    If 3 of 4 are right, what should come out?
    """


@accuracy.swap("predictions == Y", "np.abs(predictions - Y)", family=33, twin="share_of_mistakes")
def distance_for_equality() -> None:
    """The distances between predictions and labels were averaged: that counts the mistakes.

    What is the distance of a right prediction?
    """
