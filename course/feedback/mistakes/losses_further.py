"""Further wrong versions of the functions in nnlib.losses."""

from __future__ import annotations

from course.feedback.mistakes.section import Section

loss = Section("losses.loss", "(4)", pairs=False)
cost = Section("losses.cost", "(7)", pairs=False)
cost_from_z = Section("losses.cost_from_z", "(7)", pairs=False)
accuracy = Section("losses.accuracy", pairs=False)

BOTH = "-(y * np.log(a) + (1 - y) * np.log1p(-a))"
SIGMA = "(0.5 * (1 + np.tanh(Z / 2)))"
CLIPPED = "np.clip(a, limits.tiny, 1 - limits.epsneg)"
CLIPPED_LABEL = CLIPPED.replace("(a,", "(y,")


@loss.swap("np.log1p(-a)", "(1 - np.log(a))", family=13)
def loss_one_minus_log() -> None:
    """The 1 - stands outside the logarithm: 1 - log a, where (4) has log(1 - a).

    Of which number should the second logarithm be taken?
    """


@loss.swap("np.log1p(-a)", "np.log1p(a)", family=13)
def loss_log_of_one_plus() -> None:
    """The second logarithm is that of 1 + a: a sign is lost. (4) has log(1 - a).

    If y = 0 and a grows, should the loss fall or rise?
    """


@loss.swap("np.log1p(-a)", "np.log(a)", family=13)
def loss_same_logarithm() -> None:
    """Both terms have log a, so the label makes no difference. The second one has log(1 - a).

    What should the loss be for y = 0 and a small a?
    """


@loss.swap(BOTH, "y * np.log(a) - (1 - y) * np.log1p(-a)", family=13)
def loss_minus_on_second_term() -> None:
    """The minus stands before the second term alone: the first comes out with the wrong sign.

    To how many terms does the minus of (4) belong?
    """


@loss.swap("(1 - y) * np.log1p(-a)", "np.log1p(-a)", family=14)
def loss_second_factor_missing() -> None:
    """The factor 1 - y is missing: the second term counts for every example.

    Which of the two terms should be 0 if y = 1?
    """


@loss.swap("y * np.log(a) +", "np.log(a) +", family=14)
def loss_first_factor_missing() -> None:
    """The factor y is missing: the first term counts for every example.

    Which of the two terms should be 0 if y = 0?
    """


@loss.swap("return losses", "return float(np.sum(losses))", family=17)
def loss_already_summed() -> None:
    """The losses were added up. (4) is the loss of each example: the result has the shape of a.

    Where does the Σ stand: in (4), or in (7)?
    """


@loss.swap("return losses", "return losses / losses.size", family=12)
def loss_each_divided() -> None:
    """Each loss is divided by the number of examples. (4) speaks of one example; 1/m comes in (7).

    With how many examples does (4) deal?
    """


@loss.swap("+ (1 - y)", "* (1 - y)", family=13)
def loss_terms_multiplied() -> None:
    """The two terms are multiplied. (4) adds them; one of them is 0 for each label.

    What is a product in which one factor is always 0?
    """


@loss.swap(BOTH, "-(y * a + (1 - y) * (1 - a))", family=18)
def loss_without_logarithms() -> None:
    """The logarithms are missing: this is minus the probability of the right label.

    What does a logarithm do to a product of probabilities?
    """


@loss.swap(BOTH, "((a > 0.5) != y) * 1.0", family=18)
def loss_zero_or_one() -> None:
    """This counts wrong answers, 0 or 1. (4) also says how sure the answer was.

    Should a = 0.6 and a = 0.9 cost the same?
    """


@loss.swap(BOTH, "-(a * np.log(y) + (1 - a) * np.log(1 - y))", family=14)
def loss_roles_exchanged() -> None:
    """a and y have changed places: the logarithm of a label 0 is infinite. (4) has log a.

    Of which of the two is the logarithm always a number?
    """


@loss.swap("np.log1p(-a))", "np.log1p(-a)) / 2", family=18)
def loss_halved() -> None:
    """The loss is halved: a ½ belongs to squared errors.

    Which factor stands before the bracket in (4)?
    """


def _cut_off(limit: str) -> None:
    def named() -> None: ...

    named.__name__ = f"loss_cut_off_at_{limit.replace('.', '_').replace('-', '_')}"
    named.__doc__ = (
        f"Probabilities are cut off at {limit} from 0 and 1: whoever is sure and right still "
        "pays, and whoever is sure and wrong pays too little.\n\n"
        "How near to 0 and 1 may a float come before its logarithm is infinite?"
    )
    loss.swap(CLIPPED, f"np.clip(a, {limit}, 1 - {limit})", family=19)(named)


for one in ("0.1", "0.05", "0.01", "0.001", "1e-4", "1e-5", "1e-6"):
    _cut_off(one)


def _with_epsilon(small: str) -> None:
    def named() -> None: ...

    named.__name__ = f"loss_with_{small.replace('.', '_').replace('-', '_')}"
    named.__doc__ = (
        f"{small} was added inside the logarithms: that changes every loss, and not only those of "
        "an exact 0 or 1.\n\nWhich values of a need help at all?"
    )
    loss.swap(BOTH, f"-(y * np.log(a + {small}) + (1 - y) * np.log(1 - a + {small}))", family=19)(
        named
    )


for one in ("0.1", "0.01", "0.001", "1e-4", "1e-5", "1e-6"):
    _with_epsilon(one)


@cost.swap("float(np.sum(loss(A, Y)) / m)", "np.sum(loss(A, Y), axis=0) / m", family=17)
def cost_wrong_axis() -> None:
    """The sum runs over axis 0, where there is one row: nothing is added up, and m numbers come
    back.

    Along which axis do the examples lie?
    """


@cost.swap("/ m", "* m", family=12)
def cost_times_m() -> None:
    """The sum is multiplied by m, where (7) divides.

    What makes a mean of a sum?
    """


@cost.swap("np.sum(loss(A, Y)) / m", "np.max(loss(A, Y))", family=12)
def cost_largest() -> None:
    """This is the largest of the losses; (7) is their mean.

    How do the other examples count?
    """


@cost.swap("np.sum(loss(A, Y)) / m", "loss(np.mean(A), np.mean(Y))", family=12)
def cost_of_means() -> None:
    """The mean was taken first, and the loss of the means then. (7) is the mean of the losses.

    What comes first in (7): the loss, or the Σ?
    """


@cost_from_z.swap("loss_from_z(Z, Y)", "np.maximum(Z, 0) - Y * Z + np.log1p(np.exp(-Z))", family=13)
def exponent_without_abs() -> None:
    """The exponent is -z instead of -|z|: beside max(z, 0) the logarithm is right for positive z
    only.

    What should remain of the logarithm for a very negative z?
    """


@cost_from_z.swap("loss_from_z(Z, Y)", "np.log(1 + np.exp(-Z)) + (1 - Y) * Z", family=19)
def softplus_overflows_below() -> None:
    """log(1 + e^-z) as it stands overflows for very negative z: e^1000 is too large for a float.

    Which exponent is never positive, whatever the sign of z?
    """


@cost_from_z.swap(
    "loss_from_z(Z, Y)", "np.minimum(Z, 0) - Y * Z + np.log1p(np.exp(-np.abs(Z)))", family=13
)
def minimum_for_maximum() -> None:
    """min(z, 0) stands where max(z, 0) is meant.

    What is log(1 + e^z), about, for a large z?
    """


@cost_from_z.swap(
    "loss_from_z(Z, Y)", "np.abs(Z) - Y * Z + np.log1p(np.exp(-np.abs(Z)))", family=13
)
def abs_for_maximum() -> None:
    """For negative z this is too large by |z|: |z| stands where max(z, 0) is meant, or the exponent
    is -z where it should be -|z|.

    What is log(1 + e^z), about, for a very negative z?
    """


@cost_from_z.swap("loss_from_z(Z, Y)", "np.maximum(Z, 0) - Y * Z - np.abs(Z)", family=13)
def without_one_plus() -> None:
    """The 1 + in the logarithm is missing: log(e^-|z|) is -|z| again.

    What is log(1 + e^0)?
    """


@cost_from_z.swap(
    "loss_from_z(Z, Y)", "np.maximum(Z, 0) - Y * Z - np.log1p(np.exp(-np.abs(Z)))", family=13
)
def logarithm_taken_away() -> None:
    """The logarithm is taken away instead of added.

    Is log(1 + e^z) larger or smaller than max(z, 0)?
    """


@cost_from_z.swap("loss_from_z(Z, Y)", "loss_from_z(Z, Y) - np.maximum(Z, 0) + Z", family=13)
def z_for_maximum() -> None:
    """z stands where max(z, 0) is meant: right for positive z only.

    What is log(1 + e^z), about, for a very negative z?
    """


@cost_from_z.swap("loss_from_z(Z, Y)", "loss_from_z(Z, Y) + Y * Z - Y", family=14)
def label_for_product() -> None:
    """y alone was taken away; it is y times z.

    Which two numbers are multiplied in softplus(z) - y z?
    """


@cost_from_z.swap("/ m", "/ (2 * m)", family=12)
def z_cost_halved() -> None:
    """The mean is halved: a ½ belongs to squared errors.

    Compare the factor in front of (7).
    """


@cost_from_z.swap(
    "float(np.sum(loss_from_z(Z, Y)) / m)",
    "np.sum(loss_from_z(Z, Y), keepdims=True) / m",
    family=17,
)
def z_cost_in_a_box() -> None:
    """The number sits in a (1, 1) array. A cost is one number.

    How does a number come out of an array that holds one?
    """


@cost_from_z.swap(
    "float(np.sum(loss_from_z(Z, Y)) / m)", "np.sum(loss_from_z(Z, Y), axis=1) / m", family=17
)
def z_cost_flat() -> None:
    """The number sits in an array of shape (1,): `axis` leaves the other axis there.

    What does a sum do without an axis?
    """


@cost_from_z.swap("loss_from_z(Z, Y)", f"({SIGMA} - Y) ** 2", family=18)
def z_squared_error() -> None:
    """This is the mean squared error of σ(z); (7) is the mean of the cross-entropy.

    Which loss belongs to (7)?
    """


@cost_from_z.swap("loss_from_z(Z, Y)", "loss_from_z(Z, Y) / np.log(10)", family=18)
def z_cost_log10() -> None:
    """This is the logarithm to base 10 (the ratio is 0.434).

    Which of NumPy's logarithms belongs to e?
    """


@cost_from_z.swap("loss_from_z(Z, Y)", "loss_from_z(Z, Y) / np.log(2)", family=18)
def z_cost_log2() -> None:
    """This is the logarithm to base 2 (the ratio is 1.443).

    Which of NumPy's logarithms belongs to e?
    """


@cost_from_z.swap("loss_from_z(Z, Y)", f"loss({SIGMA}, Y)", family=19)
def through_the_probability() -> None:
    """σ(z) was computed first, and rounds to exactly 0 or 1 for large |z|: how wrong a very sure
    answer is can no longer be told from it.

    At z = 1000 and y = 0, what is the cost, and what does σ(1000) still know of it?
    """


def _through_cut_off(limit: str) -> None:
    def named() -> None: ...

    named.__name__ = f"through_sigmoid_cut_off_at_{limit.replace('-', '_')}"
    named.__doc__ = (
        f"σ(z) was computed first and cut off at {limit} from 0 and 1: for large |z| the cost "
        "no longer grows with z.\n\nAt z = 1000 and y = 0, what is the cost?"
    )
    cost_from_z.swap(
        "loss_from_z(Z, Y)", f"loss(np.clip({SIGMA}, {limit}, 1 - {limit}), Y)", family=19
    )(named)


for one in ("1e-15", "1e-12", "1e-10", "1e-9", "1e-8", "1e-7", "1e-6", "1e-5"):
    _through_cut_off(one)

HITS = "np.sum(predictions * Y)"
MEAN = "np.mean(predictions == Y)"


@accuracy.swap(MEAN, f"{HITS} / np.sum(predictions)", family=33)
def precision() -> None:
    """This is the share of the predicted ones that are right (the precision). The accuracy counts
    every example.

    How do the examples count that were predicted as 0?
    """


@accuracy.swap(MEAN, f"{HITS} / np.sum(Y)", family=33)
def recall() -> None:
    """This is the share of the ones that were found (the recall). The accuracy counts every
    example.

    How do the examples with y = 0 count?
    """


@accuracy.swap(MEAN, "np.mean((1 - predictions) * (1 - Y))", family=33)
def zeros_only() -> None:
    """Only the zeros that were recognised are counted: a 1 that is recognised is right as well.

    In which two ways can a prediction be right?
    """


@accuracy.swap(MEAN, "np.sum(predictions != Y)", family=33)
def count_of_mistakes() -> None:
    """This counts the mistakes; the accuracy is the share of right answers.

    What should come out if everything is right?
    """


@accuracy.swap(MEAN, "100 * np.mean(predictions != Y)", family=33)
def percent_of_mistakes() -> None:
    """These are the mistakes in per cent; the accuracy is the share of right answers.

    What should come out if everything is right?
    """


@accuracy.swap(MEAN, "np.mean(Y)", family=33)
def share_of_labels() -> None:
    """This is the share of labels that are 1; the predictions do not come into it.

    When is a prediction right?
    """


@accuracy.swap(MEAN, "np.any(predictions == Y)", family=33)
def any_right() -> None:
    """This asks whether any prediction is right. The accuracy is the share of those that are.

    If 3 of 4 are right, what should come out?
    """


@accuracy.swap(MEAN, "np.mean(predictions - Y)", family=33)
def differences_averaged() -> None:
    """The differences were averaged: mistakes of the two kinds cancel.

    What is the difference if a prediction is right, and what if it is wrong?
    """


@accuracy.swap(MEAN, "1 - np.mean(predictions - Y)", family=33)
def one_minus_differences() -> None:
    """1 minus the mean difference: mistakes of the two kinds cancel in it.

    Which sign has each of the two kinds of mistakes?
    """


@cost_from_z.swap(
    "return float(np.sum(loss_from_z(Z, Y)) / m)",
    "A = 1 / (1 + np.exp(-Z))\nreturn float(-np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m)",
    family=19,
)
def through_a_sigmoid_that_overflows() -> None:
    """σ(z) was computed first: it overflows for very negative z, and rounds to exactly 1 for large
    ones, where the logarithm of 1 - σ(z) is infinite.

    At z = 1000 and y = 0, what is the cost, and what does σ(1000) still know of it?
    """


@cost_from_z.swap(
    "return float(np.sum(loss_from_z(Z, Y)) / m)",
    "A = np.exp(Z) / (1 + np.exp(Z))\n"
    "return float(-np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m)",
    family=19,
)
def through_a_quotient_that_overflows() -> None:
    """σ(z) was computed first, as e^z / (1 + e^z), which overflows for large z; and for very
    negative ones it is exactly 0, with an infinite logarithm.

    At z = 1000 and y = 0, what is the cost, and what does σ(1000) still know of it?
    """


@loss.swap(
    BOTH, f"-(a * np.log({CLIPPED_LABEL}) + (1 - a) * np.log1p(-{CLIPPED_LABEL}))", family=14
)
def loss_roles_exchanged_and_clipped() -> None:
    """a and y have changed places: the logarithm was taken of the label. (4) has log a.

    Of which of the two does (4) take the logarithm?
    """


@cost.swap("loss(A, Y)", "loss(Y, A)", family=14)
def cost_roles_exchanged() -> None:
    """A and Y have changed places: the logarithm was taken of the labels. (4) has log a.

    In which order does `loss` take the prediction and the label?
    """


@cost_from_z.swap("loss_from_z(Z, Y)", "loss(Z, Y)", family=19)
def z_for_a_clipped() -> None:
    """z was treated as if it were a probability, and cut off where it is none: z can be any number,
    and a = σ(z) is the probability.

    What does `loss` make of a negative z?
    """


@cost_from_z.swap("loss_from_z(Z, Y)", "loss_from_z(Y, Z)", family=14)
def z_roles_exchanged() -> None:
    """Z and Y have changed places: the labels were used as z.

    Which of the two goes into the exponent?
    """
