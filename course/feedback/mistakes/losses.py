"""Wrong versions of the functions in nnlib.losses."""

import numpy as np

from course.feedback.mistakes.registry import wrong


def _inside(A):
    """Probabilities moved inside (0, 1), so that only the mistake at hand shows."""
    return np.clip(A, np.finfo(float).tiny, 1 - np.finfo(float).epsneg)


def _loss(A, Y):
    A = _inside(A)
    return -(Y * np.log(A) + (1 - Y) * np.log1p(-A))


def _loss_from_z(Z, Y):
    return np.maximum(Z, 0) - Y * Z + np.log1p(np.exp(-np.abs(Z)))


# --- loss


@wrong(
    "losses.loss",
    11,
    "(4)",
    "The minus in front is missing: the loss comes out negative. (4) has a minus before the bracket.",
    "log a is at most 0. What makes the loss positive?",
)
def loss_no_minus(a, y):
    return -_loss(a, y)


@wrong(
    "losses.loss",
    13,
    "(4)",
    "log 1 - a was read as log(1) - a, which is -a. (4) means log(1 - a): this is the document's slip E2.",
    "Where does the bracket of the second logarithm begin?",
)
def loss_log_bracket(a, y):
    a = _inside(a)
    return -(y * np.log(a) + (1 - y) * (np.log(1) - a))


@wrong(
    "losses.loss",
    13,
    "(4)",
    "The minus reaches only the first term: the second comes out with the wrong sign.",
    "Bracket both terms of (4), then put the minus before the bracket.",
)
def loss_minus_on_first_term(a, y):
    a = _inside(a)
    return -y * np.log(a) + (1 - y) * np.log(1 - a)


@wrong(
    "losses.loss",
    14,
    "(4)",
    "Only the term of y = 1 is there: an example with y = 0 costs nothing.",
    "(4) has a second term, for y = 0.",
)
def loss_first_term_only(a, y):
    return -y * np.log(_inside(a))


@wrong(
    "losses.loss",
    14,
    "(4)",
    "Only the term of y = 0 is there: an example with y = 1 costs nothing.",
    "(4) has a first term, for y = 1.",
)
def loss_second_term_only(a, y):
    return -(1 - y) * np.log1p(-_inside(a))


@wrong(
    "losses.loss",
    14,
    "(4)",
    "The labels are swapped: y belongs to log a, and 1 - y to log(1 - a).",
    "If y = 1, should a large a cost little or much?",
)
def loss_labels_swapped(a, y):
    return _loss(a, 1 - y)


@wrong(
    "losses.loss",
    18,
    "(4)",
    "This is the logarithm to base 10 (the ratio is 0.434). (4) means the natural logarithm.",
    "np.log is the natural one.",
)
def loss_log10(a, y):
    return _loss(a, y) / np.log(10)


@wrong(
    "losses.loss",
    18,
    "(4)",
    "This is the logarithm to base 2 (the ratio is 1.443). (4) means the natural logarithm.",
    "np.log is the natural one.",
)
def loss_log2(a, y):
    return _loss(a, y) / np.log(2)


@wrong(
    "losses.loss",
    18,
    "(4)",
    "This is the squared error (a - y)². The loss of chapter 2 comes from the likelihood of the label.",
    "(4) holds two logarithms.",
)
def loss_squared(a, y):
    return (a - y) ** 2


@wrong(
    "losses.loss",
    19,
    "(4)",
    "At a = 1 (or 0) this computes 0 times the logarithm of 0, which is not a number, although the answer is right there.",
    "Move an exact 0 or 1 a little inside before the logarithm.",
)
def loss_zero_log_zero(a, y):
    return -(y * np.log(a) + (1 - y) * np.log(1 - a))


@wrong(
    "losses.loss",
    17,
    "(4)",
    "This is one number. (4) is the loss of each example: the result has the shape of a.",
    "The mean comes later, in (7).",
)
def loss_already_averaged(a, y):
    return float(np.mean(_loss(a, y)))


# --- cost


@wrong(
    "losses.cost",
    11,
    "(7)",
    "The minus in front of (7) is missing: a cost below 0 is not possible here.",
    "log a is at most 0.",
)
def cost_no_minus(A, Y):
    return -float(np.mean(_loss(A, Y)))


@wrong(
    "losses.cost",
    12,
    "(7)",
    "The sum is not divided by m: the cost is m times too large.",
    "(7) is a mean. How many examples are there?",
)
def cost_not_averaged(A, Y):
    return float(np.sum(_loss(A, Y)))


@wrong(
    "losses.cost",
    12,
    "(7)",
    "m was taken from the rows: A.shape[0] is 1 here, and len(A) as well. Examples are columns.",
    "Which entry of A.shape counts the examples?",
    twin="cost_not_averaged",
)
def cost_m_from_rows(A, Y):
    return float(np.sum(_loss(A, Y)) / A.shape[0])


@wrong(
    "losses.cost",
    12,
    "(7)",
    "The sum is divided by m twice: the cost is m times too small.",
    "np.mean divides already.",
)
def cost_averaged_twice(A, Y):
    return float(np.mean(_loss(A, Y)) / A.shape[1])


@wrong(
    "losses.cost",
    12,
    "(7)",
    "The mean is halved: the ½ belongs to squared errors, (7) has 1/m alone.",
    "Compare the factor in front of (7).",
)
def cost_halved(A, Y):
    return float(np.mean(_loss(A, Y)) / 2)


@wrong(
    "losses.cost",
    13,
    "(7)",
    "The bracket is lost, so the second term has the wrong sign: right if all labels are 1, wrong as soon as one is 0.",
    "Bracket both terms, then put the minus before the bracket.",
)
def cost_lost_bracket(A, Y):
    A = _inside(A)
    return float(np.mean(-Y * np.log(A) + (1 - Y) * np.log(1 - A)))


@wrong(
    "losses.cost",
    13,
    "(7)",
    "This is (7) as it is printed, with (1 - y log(1 - a)): the bracket must close after 1 - y. That is the document's slip E3.",
    "For y = 0 the second term should be log(1 - a).",
)
def cost_as_printed(A, Y):
    A = _inside(A)
    return float(-np.mean(Y * np.log(A) + (1 - Y * np.log(1 - A))))


@wrong(
    "losses.cost",
    14,
    "(7)",
    "Only the term of y = 1 is summed: examples with y = 0 cost nothing.",
    "(7) has a second term.",
)
def cost_first_term_only(A, Y):
    return float(np.mean(-Y * np.log(_inside(A))))


@wrong(
    "losses.cost",
    14,
    "(7)",
    "Only the term of y = 0 is summed: examples with y = 1 cost nothing.",
    "(7) has a first term.",
)
def cost_second_term_only(A, Y):
    return float(np.mean(-(1 - Y) * np.log1p(-_inside(A))))


@wrong(
    "losses.cost",
    14,
    "(7)",
    "The labels are swapped: y belongs to log a, and 1 - y to log(1 - a).",
    "If all labels are 1, which a should be cheap?",
)
def cost_labels_swapped(A, Y):
    return float(np.mean(_loss(A, 1 - Y)))


@wrong(
    "losses.cost",
    15,
    "(7)",
    "A `.T` makes `*` an outer product: every label meets every prediction.",
    "`*` works entry by entry; both factors keep the shape (1, m).",
)
def cost_outer_product(A, Y):
    A, m = _inside(A), A.shape[1]
    return float(-np.sum(Y * np.log(A).T + (1 - Y) * np.log(1 - A).T) / m)


@wrong(
    "losses.cost",
    16,
    "(7)",
    "A matrix product of two rows: (1, m) and (1, m) do not fit. Read the two shapes in the message.",
    "Either `*` and a sum, or `@` with the second factor transposed.",
)
def cost_dot_without_transpose(A, Y):
    A, m = _inside(A), A.shape[1]
    return (
        float(-(Y @ np.log(A) + (1 - Y) @ np.log(1 - A)) / m)
        if m > 1
        else float(_loss(A, Y).item())
    )


@wrong(
    "losses.cost",
    17,
    "(7)",
    "The sum is missing: these are the m losses, each divided by m. (7) is one number.",
    "Σ is np.sum.",
)
def cost_not_summed(A, Y):
    return _loss(A, Y) / A.shape[1]


@wrong(
    "losses.cost",
    17,
    "(7)",
    "The number sits in a (1, 1) array. A cost is one number.",
    "float(…) or .item() takes it out.",
)
def cost_in_a_box(A, Y):
    return np.mean(_loss(A, Y)).reshape(1, 1)


@wrong(
    "losses.cost",
    18,
    "(7)",
    "This is the logarithm to base 10 (the ratio is 0.434).",
    "np.log is the natural logarithm.",
)
def cost_log10(A, Y):
    return float(np.mean(_loss(A, Y)) / np.log(10))


@wrong(
    "losses.cost",
    18,
    "(7)",
    "This is the logarithm to base 2 (the ratio is 1.443).",
    "np.log is the natural logarithm.",
)
def cost_log2(A, Y):
    return float(np.mean(_loss(A, Y)) / np.log(2))


@wrong(
    "losses.cost",
    18,
    "(7)",
    "This is the mean squared error; (7) is the mean of the cross-entropy (4).",
    "There are logarithms in (7).",
)
def cost_squared_error(A, Y):
    return float(np.mean((A - Y) ** 2))


@wrong(
    "losses.cost_from_z",
    19,
    "(7)",
    "σ(z) is rounded to exactly 1 for z above 37, and the logarithm of 1 - σ(z) = 0 is infinite.",
    "Write log(1 + e^z) without σ.",
)
def through_sigmoid(Z, Y):
    e = np.exp(-np.abs(Z))
    A = np.where(Z >= 0, 1, e) / (1 + e)
    return float(-np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A)))


@wrong(
    "losses.cost_from_z",
    19,
    "(7)",
    "log(1 + e^z) as it stands overflows: e^1000 is too large for a float.",
    "log(1 + e^z) = max(z, 0) + log(1 + e^(-|z|)). Which exponent is safe?",
)
def softplus_overflows(Z, Y):
    return float(np.mean(np.log(1 + np.exp(Z)) - Y * Z))


@wrong(
    "losses.cost_from_z",
    14,
    "(7)",
    "The term - y z is missing: this is the cost with every label 0.",
    "(4) in terms of z is softplus(z) - y z.",
)
def without_labels(Z, Y):
    return float(np.mean(_loss_from_z(Z, 0 * Y)))


@wrong(
    "losses.cost_from_z",
    14,
    "(7)",
    "The sign of y z is wrong: it must be taken away.",
    "For y = 1, should a large z cost little or much?",
)
def labels_added(Z, Y):
    return float(np.mean(_loss_from_z(Z, 0 * Y) + Y * Z))


@wrong("losses.cost_from_z", 12, "(7)", "The sum is not divided by m.", "(7) is a mean.")
def z_cost_not_averaged(Z, Y):
    return float(np.sum(_loss_from_z(Z, Y)))


@wrong(
    "losses.cost_from_z",
    13,
    "(7)",
    "The exponent is |z| instead of -|z|, which overflows for large z.",
    "e to a negative power is at most 1.",
)
def positive_exponent(Z, Y):
    return float(np.mean(np.maximum(Z, 0) - Y * Z + np.log1p(np.exp(np.abs(Z)))))


@wrong(
    "losses.cost_from_z",
    17,
    "(7)",
    "These are the losses of the examples. The cost is their mean, one number.",
    "np.mean makes one number of them.",
)
def z_losses_not_averaged(Z, Y):
    return _loss_from_z(Z, Y)


@wrong(
    "losses.cost_from_z",
    19,
    "(7)",
    "z was treated as if it were a probability. z can be any number; a = σ(z) is the probability.",
    "What is log z for a negative z?",
)
def z_for_a(Z, Y):
    return float(np.mean(-(Y * np.log(Z) + (1 - Y) * np.log(1 - Z))))


# --- accuracy


@wrong(
    "losses.accuracy",
    33,
    "",
    "A row was compared with a column: == made a table of m times m comparisons, every prediction with every label.",
    "Give both the shape (1, m) before you compare.",
)
def row_against_column(predictions, Y):
    return float(np.mean(predictions.T == Y))


@wrong(
    "losses.accuracy",
    33,
    "",
    "This is the share of mistakes, 1 minus the accuracy.",
    "== counts the right ones, != the wrong ones.",
)
def share_of_mistakes(predictions, Y):
    return float(np.mean(predictions != Y))


@wrong(
    "losses.accuracy",
    33,
    "",
    "This counts the right answers; the accuracy is their share.",
    "Divide by the number of examples.",
)
def count_of_right(predictions, Y):
    return float(np.sum(predictions == Y))


@wrong(
    "losses.accuracy",
    33,
    "",
    "This is a percentage. The course gives a share from 0 to 1.",
    "Leave the factor 100 to the place where it is printed.",
)
def percent(predictions, Y):
    return 100 * float(np.mean(predictions == Y))


@wrong(
    "losses.accuracy",
    33,
    "",
    "Only the hits on y = 1 are counted: an example with y = 0 that is recognised is right as well.",
    "Two ways of being right: 1 for 1, and 0 for 0.",
)
def hits_only(predictions, Y):
    return float(np.mean(predictions * Y))


@wrong(
    "losses.accuracy",
    33,
    "",
    "The count was divided by len(Y), which is the number of rows, 1. Examples are columns.",
    "Y.shape has two entries. Which one is m?",
    twin="count_of_right",
)
def divided_by_rows(predictions, Y):
    return float(np.sum(predictions == Y) / len(Y))


@wrong(
    "losses.accuracy",
    17,
    "",
    "These are the comparisons themselves, True and False. The accuracy is their mean.",
    "The mean of True and False is the share of True.",
)
def comparisons(predictions, Y):
    return predictions == Y
