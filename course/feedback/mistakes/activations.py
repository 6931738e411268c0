"""Wrong versions of the functions in nnlib.activations."""

import math

import numpy as np

from course.feedback.mistakes.registry import wrong

Z_IS_NOT_HERE = "You have A, the value of the function, not z. Which formula needs A alone?"


@wrong(
    "activations.sigmoid",
    8,
    "(3)",
    "The exponent has the wrong sign: this falls from 1 to 0 as z grows. (3) has e to the power of minus z.",
    "What should σ(1) be: above or below ½?",
)
def plus_z(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, e, 1) / (1 + e)


@wrong(
    "activations.sigmoid",
    8,
    "(3)",
    "The bracket is lost: 1 / 1 + e^(-z) is 1 + e^(-z). (3) divides by the whole sum 1 + e^(-z).",
    "σ(0) is ½. What do you get there?",
)
def lost_bracket(z):
    return 1 / 1 + np.exp(-z)


@wrong(
    "activations.sigmoid",
    9,
    "(3)",
    "Both signs of z got the same branch: for a negative z the numerator is e^z, not 1.",
    "Multiply numerator and denominator of (3) by e^z. What becomes of the 1 above the line?",
)
def one_branch(z):
    return 1 / (1 + np.exp(-np.abs(z)))


@wrong(
    "activations.sigmoid",
    9,
    "(3)",
    "math.exp takes one number; z is an array.",
    "NumPy has an exp of its own, which works on every entry.",
)
def math_exp(z):
    return 1 / (1 + math.exp(-z))


@wrong(
    "activations.sigmoid",
    9,
    "(3)",
    "The formula is right, but e^(-z) overflows for very negative z: at z = -1000 it asks for e^1000.",
    "For negative z multiply numerator and denominator of (3) by e^z. Which exponent remains?",
)
def overflows(z):
    return 1 / (1 + np.exp(-z))


@wrong(
    "activations.sigmoid",
    9,
    "(3)",
    "z is cut off before it is used, and so tightly that σ is wrong where it should be close to 0 or 1.",
    "Is there a form of (3) that needs no cutting?",
)
def clipped_too_early(z):
    return 1 / (1 + np.exp(-np.clip(z, -5, 5)))


@wrong(
    "activations.sigmoid",
    8,
    "(3)",
    "This is the derivative of σ, not σ itself.",
    "(3) has no product in it.",
)
def its_derivative(z):
    e = np.exp(-np.abs(z))
    return e / (1 + e) ** 2


@wrong(
    "activations.sigmoid",
    8,
    "(3)",
    "This is tanh, which runs from -1 to 1. σ runs from 0 to 1.",
    "A probability cannot be negative.",
)
def tanh_instead(z):
    return np.tanh(z)


@wrong(
    "activations.sigmoid",
    8,
    "(3)",
    "The sign of 1 in the denominator is wrong: 1 - e^(-z) is 0 at z = 0.",
    "Compare the denominator with (3).",
)
def minus_in_denominator(z):
    return 1 / (1 - np.exp(-z))


@wrong(
    "activations.tanh",
    34,
    "(28)",
    "This is the sigmoid: it runs from 0 to 1, and tanh runs from -1 to 1.",
    "What is tanh(0)?",
)
def sigmoid_instead(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


@wrong(
    "activations.tanh",
    34,
    "(28)",
    "A sigmoid that is only shifted: 2σ(z) - 1. It must be squeezed as well: tanh z = 2σ(2z) - 1.",
    "Compare the slopes at 0.",
)
def shifted_only(z):
    return np.tanh(z / 2)


@wrong(
    "activations.tanh",
    34,
    "(28)",
    "The formula of (28) as printed overflows: e^1000 is too large for a float.",
    "NumPy has this function, written with care.",
)
def printed_formula(z):
    return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))


@wrong(
    "activations.tanh",
    34,
    "(28)",
    "The signs in (28) are swapped: minus belongs in the numerator, plus in the denominator.",
    "tanh(0) must be 0. What is your denominator there?",
)
def signs_swapped(z):
    return (np.exp(z) + np.exp(-z)) / (np.exp(z) - np.exp(-z))


@wrong(
    "activations.relu",
    35,
    "(29)",
    "This is |z|: negative numbers became positive. (29) turns them into 0.",
    "What is the larger one of 0 and -3?",
)
def absolute_value(z):
    return np.abs(z)


@wrong(
    "activations.relu",
    35,
    "(29)",
    "This is min(0, z): it keeps the negative half. (29) keeps the positive one.",
    "max or min?",
)
def minimum(z):
    return np.minimum(0, z)


@wrong(
    "activations.relu",
    35,
    "(29)",
    "This is the step function, the derivative of (29): a positive z must stay what it is.",
    "What is ReLU(2)?",
)
def step_function(z):
    return (np.asarray(z) > 0).astype(float)


@wrong(
    "activations.relu",
    35,
    "(29)",
    "np.max(z) is the largest entry of the whole array: one number. (29) compares each entry with 0.",
    "One letter group longer: np.maximum takes two arguments.",
)
def one_maximum(z):
    return np.max(z)


@wrong(
    "activations.relu",
    35,
    "(29)",
    "np.max(z, 0) takes the largest entry along axis 0: the 0 is read as an axis.",
    "np.maximum takes two arguments and compares entry by entry.",
)
def maximum_along_axis(z):
    return np.max(z, 0)


@wrong(
    "activations.relu",
    35,
    "(29)",
    "Negative numbers keep a little of themselves: that is the leaky ReLU, another function.",
    "In (29) a negative z gives exactly 0.",
)
def leaky(z):
    return np.where(np.asarray(z) > 0, z, 0.01 * np.asarray(z))


@wrong(
    "activations.relu",
    35,
    "(29)",
    "`if z > 0` asks one question of a whole array, and NumPy refuses to answer it.",
    "Use a function that works on every entry.",
)
def if_on_array(z):
    return z if z > 0 else 0


@wrong(
    "activations.sigmoid_derivative",
    37,
    "",
    "σ was applied once more: A is already σ(Z), so its derivative is a formula in A itself.",
    Z_IS_NOT_HERE,
)
def sigmoid_twice(A):
    S = 1 / (1 + np.exp(-A))
    return S * (1 - S)


@wrong(
    "activations.sigmoid_derivative",
    37,
    "",
    "This is the derivative of tanh, 1 - A². The derivative of the sigmoid is another product.",
    "Its largest value is ¼, at A = ½.",
)
def tanh_formula(A):
    return 1 - A**2


@wrong(
    "activations.sigmoid_derivative",
    37,
    "",
    "The sign is wrong: the sigmoid rises everywhere, its derivative is positive.",
    "a - a², and not the other way round.",
)
def negative(A):
    return A * (A - 1)


@wrong(
    "activations.sigmoid_derivative",
    37,
    "",
    "One factor is missing: this is 1 - A.",
    "The derivative must be small at both ends, near A = 0 too.",
)
def one_factor(A):
    return 1 - A


@wrong(
    "activations.sigmoid_derivative",
    46,
    "",
    "`@` is the matrix product; here each entry is multiplied by its own partner.",
    "Which operator multiplies entry by entry?",
)
def matrix_product(A):
    return A @ (1 - A)


@wrong(
    "activations.tanh_derivative",
    34,
    "",
    "The square is missing: 1 - A is not 1 - A².",
    "tanh′ must be the same for A and -A.",
)
def no_square(A):
    return 1 - A


@wrong(
    "activations.tanh_derivative",
    34,
    "",
    "tanh was applied once more: A is already tanh(Z).",
    Z_IS_NOT_HERE,
)
def tanh_twice(A):
    return 1 - np.tanh(A) ** 2


@wrong(
    "activations.tanh_derivative",
    34,
    "",
    "This is the derivative of the sigmoid, A (1 - A).",
    "tanh′(0) is 1, and A = 0 there.",
)
def sigmoid_formula(A):
    return A * (1 - A)


@wrong(
    "activations.tanh_derivative",
    34,
    "",
    "`A @ A` is the matrix product; the square is taken entry by entry.",
    "A**2 or A * A.",
)
def matrix_square(A):
    return 1 - A @ A


@wrong(
    "activations.tanh_derivative",
    34,
    "",
    "The sign is turned: A² - 1 is negative, but tanh rises everywhere.",
    "Which of the two is larger, 1 or A²?",
)
def turned_around(A):
    return A**2 - 1


@wrong(
    "activations.tanh_derivative",
    34,
    "",
    "This looks like 1 - Z²: you went back to Z first. The square is that of A = tanh(Z).",
    Z_IS_NOT_HERE,
)
def square_of_z(A):
    return 1 - np.arctanh(A) ** 2


@wrong(
    "activations.relu_derivative",
    35,
    "",
    "A >= 0 is true for every A that ReLU can give, so no unit is ever off.",
    "A unit that is off has A = 0 exactly. Should 0 count as on?",
)
def always_on(A):
    return (A >= 0).astype(float)


@wrong(
    "activations.relu_derivative",
    35,
    "",
    "This gives back A itself. The slope of ReLU where it is on is 1, however large A is.",
    "A slope is a comparison turned into 0 and 1.",
)
def value_for_slope(A):
    return np.maximum(0, A)


@wrong(
    "activations.relu_derivative",
    35,
    "",
    "On and off are swapped: the slope is 1 where A > 0.",
    "Which way does > point?",
)
def swapped(A):
    return (A <= 0).astype(float)


@wrong(
    "activations.relu_derivative",
    35,
    "",
    "At A = 0 this says ½. The course takes the usual convention there: 0.",
    "Compare with > alone.",
)
def half_at_zero(A):
    return np.heaviside(A, 0.5)


@wrong(
    "activations.relu_derivative",
    32,
    "",
    "The result holds True and False. A derivative is a number: turn them into 1 and 0.",
    ".astype(A.dtype) makes numbers of them.",
)
def truth_values(A):
    return A > 0


@wrong(
    "activations.relu_derivative",
    35,
    "",
    "The slope where ReLU is off is 0, not -1.",
    "np.sign has three values; how many has ReLU′?",
)
def minus_one_when_off(A):
    return np.where(A > 0, 1.0, -1.0)
