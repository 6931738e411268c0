"""Wrong versions of the functions in nnlib.activations."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from course.feedback.mistakes.section import Section
from nnlib.kinds import Array

sigmoid = Section("activations.sigmoid", "(3)")


@sigmoid.swap("z >= 0, 1, e", "z >= 0, e, 1", family=8)
def plus_z() -> None:
    """This is σ(-z), the same as 1 - σ(z): it falls from 1 to 0 as z grows. (3) has e to the
    power of minus z.

    What should σ(1) be: above or below ½?
    """


@sigmoid.wrong(family=8)
def lost_bracket(z: Array) -> Array:
    """The bracket is lost: 1 / 1 + e^(-z) is 1 + e^(-z). (3) divides by the whole sum 1 +
    e^(-z).

    σ(0) is ½. What do you get there?
    """
    return 1 / 1 + np.exp(-z)


@sigmoid.swap("np.where(z >= 0, 1, e)", "1", family=9)
def one_branch() -> None:
    """Both signs of z got the same branch: for a negative z the numerator is e^z, not 1.

    Multiply numerator and denominator of (3) by e^z. What becomes of the 1 above the line?
    """


@sigmoid.wrong(family=9)
def math_exp(z: Any) -> Any:
    """math.exp takes one number; z is an array.

    Which module works on every entry of an array?
    """
    return 1 / (1 + math.exp(-z))


@sigmoid.wrong(family=9)
def overflows(z: Array) -> Array:
    """The formula is right, but e^(-z) overflows for very negative z: at z = -1000 it asks for
    e^1000.

    For negative z multiply numerator and denominator of (3) by e^z. Which exponent remains?
    """
    return 1 / (1 + np.exp(-z))


@sigmoid.wrong(family=9)
def both_branches_computed(z: Array) -> Array:
    """Both formulas are right where they are used, but each is computed for every z: np.where
    chooses afterwards, and by then one of them has overflowed.

    Which exponent is never positive, whatever the sign of z?
    """
    return np.where(z < 0, np.exp(z) / (1 + np.exp(z)), 1 / (1 + np.exp(-z)))


@sigmoid.wrong(family=9)
def overflows_above(z: Array) -> Array:
    """The formula is right, but e^z overflows for very large z: at z = 1000 it asks for e^1000.

    (3) has e to the power of -z. For which z is that one dangerous, and what helps there?
    """
    a: Array = np.exp(z) / (1 + np.exp(z))
    return a


@sigmoid.wrong(family=9)
def clipped_too_early(z: Array) -> Array:
    """z is cut off before it is used, and so tightly that σ is wrong where it should be close
    to 0 or 1.

    Is there a form of (3) that needs no cutting?
    """
    return 1 / (1 + np.exp(-np.clip(z, -5, 5)))


@sigmoid.swap("np.where(z >= 0, 1, e) / (1 + e)", "e / (1 + e) ** 2", family=8)
def its_derivative() -> None:
    """This is the derivative of σ, not σ itself.

    (3) has no product in it.
    """


@sigmoid.swap("np.where(z >= 0, 1, e) / (1 + e)", "np.tanh(z)", family=8)
def tanh_instead() -> None:
    """This is tanh, which runs from -1 to 1. σ runs from 0 to 1.

    A probability cannot be negative.
    """


@sigmoid.wrong(family=8)
def minus_in_denominator(z: Array) -> Array:
    """The sign of 1 in the denominator is wrong: 1 - e^(-z) is 0 at z = 0.

    Compare the denominator with (3).
    """
    return 1 / (1 - np.exp(-z))


@sigmoid.wrong(family=8)
def tanh_of_all_of_z(z: Array) -> Array:
    """This is (1 + tanh z) / 2. It has the right form, and rises twice as steeply as (3).

    Which tanh is 1 at the same speed as σ: that of z, or of a part of it?
    """
    return (1 + np.tanh(z)) / 2


tanh = Section("activations.tanh", "(28)")


@tanh.swap("np.tanh(z)", "1 / np.tanh(z)", family=34)
def upside_down() -> None:
    """The fraction is upside down: the sum of the two powers stands above their difference.

    What should tanh(0) be, and what is below the line there?
    """


@tanh.swap("np.tanh(z)", "sigmoid(z)", family=34)
def sigmoid_instead() -> None:
    """This is the sigmoid: it runs from 0 to 1, and tanh runs from -1 to 1.

    What is tanh(0)?
    """


@tanh.swap("np.tanh(z)", "np.tanh(z / 2)", family=34)
def shifted_only() -> None:
    """A sigmoid that is only shifted: 2σ(z) - 1. It must be squeezed as well: tanh z = 2σ(2z) -
    1.

    Compare the slopes at 0.
    """


@tanh.swap("np.tanh(z)", "(np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))", family=34)
def printed_formula() -> None:
    """The formula of (28) as printed overflows: e^1000 is too large for a float.

    Is there a form of (28) whose exponents are never positive, or a function that has it?
    """


@tanh.swap("np.tanh(z)", "(np.exp(z) + np.exp(-z)) / (np.exp(z) - np.exp(-z))", family=34)
def signs_swapped() -> None:
    """The signs in (28) are swapped: minus belongs in the numerator, plus in the denominator.

    tanh(0) must be 0. What is your denominator there?
    """


relu = Section("activations.relu", "(29)")


@relu.swap("np.maximum(0, z)", "np.abs(z)", family=35)
def absolute_value() -> None:
    """This is |z|: negative numbers became positive. (29) turns them into 0.

    What is the larger one of 0 and -3?
    """


@relu.swap("maximum", "minimum", family=35)
def minimum() -> None:
    """This is min(0, z): it keeps the negative half. (29) keeps the positive one.

    max or min?
    """


@relu.swap("np.maximum(0, z)", "(z > 0).astype(float)", family=35)
def step_function() -> None:
    """This is the step function, the derivative of (29): a positive z must stay what it is.

    What is ReLU(2)?
    """


@relu.swap("np.maximum(0, z)", "np.max(z)", family=35)
def one_maximum() -> None:
    """np.max(z) is the largest entry of the whole array: one number. (29) compares each entry
    with 0.

    Which function compares two things entry by entry?
    """


@relu.swap("np.maximum(0, z)", "np.max(z, 0)", family=35)
def maximum_along_axis() -> None:
    """np.max(z, 0) takes the largest entry along axis 0: the 0 is read as an axis.

    Which function compares two things entry by entry?
    """


@relu.swap("np.maximum(0, z)", "np.where(z > 0, z, 0.01 * z)", family=35)
def leaky() -> None:
    """Negative numbers keep a little of themselves: that is the leaky ReLU, another function.

    In (29) a negative z gives exactly 0.
    """


@relu.swap("np.maximum(0, z)", "z if z > 0 else 0", family=35)
def if_on_array() -> None:
    """`if z > 0` asks one question of a whole array, and NumPy refuses to answer it.

    Use a function that works on every entry.
    """


sigmoid_derivative = Section("activations.sigmoid_derivative")


@sigmoid_derivative.swap("A * (1 - A)", "sigmoid(A) * (1 - sigmoid(A))", family=37)
def sigmoid_twice() -> None:
    """The slope was taken at A as if A were Z, so σ is applied once more: A is already σ(Z).

    You have A, the value of the function, not z. Which formula needs A alone?
    """


@sigmoid_derivative.swap("A * (1 - A)", "1 - A**2", family=37)
def tanh_formula() -> None:
    """This is the derivative of tanh, 1 - A². The derivative of the sigmoid is another product.

    Its largest value is ¼, at A = ½.
    """


@sigmoid_derivative.swap("1 - A", "A - 1", family=37)
def negative() -> None:
    """The sign is wrong: the sigmoid rises everywhere, its derivative is positive.

    Which of the two is larger, A or A²?
    """


@sigmoid_derivative.swap("A * (1 - A)", "1 - A", family=37)
def one_factor() -> None:
    """One factor is missing: this is 1 - A.

    The derivative must be small at both ends, near A = 0 too.
    """


@sigmoid_derivative.swap("A * ", "A @ ", family=46)
def matrix_product() -> None:
    """`@` is the matrix product; here each entry is multiplied by its own partner.

    Which operator multiplies entry by entry?
    """


tanh_derivative = Section("activations.tanh_derivative")


@tanh_derivative.swap("A**2", "A", family=34)
def no_square() -> None:
    """The square is missing: 1 - A is not 1 - A².

    tanh′ must be the same for A and -A.
    """


@tanh_derivative.swap("A**2", "np.tanh(A) ** 2", family=34)
def tanh_twice() -> None:
    """The slope was taken at A as if A were Z, so tanh is applied once more: A is already tanh(Z).

    You have A, the value of the function, not z. Which formula needs A alone?
    """


@tanh_derivative.swap("1 - A**2", "A * (1 - A)", family=34)
def sigmoid_formula() -> None:
    """This is the derivative of the sigmoid, A (1 - A).

    tanh′(0) is 1, and A = 0 there.
    """


@tanh_derivative.swap("A**2", "A @ A", family=34)
def matrix_square() -> None:
    """`A @ A` is the matrix product; the square is taken entry by entry.

    Which sign multiplies each entry with itself?
    """


@tanh_derivative.swap("1 - A**2", "A**2 - 1", family=34)
def turned_around() -> None:
    """The sign is turned: A² - 1 is negative, but tanh rises everywhere.

    Which of the two is larger, 1 or A²?
    """


@tanh_derivative.swap("A**2", "np.arctanh(A) ** 2", family=34)
def square_of_z() -> None:
    """This looks like 1 - Z²: you went back to Z first. The square is that of A = tanh(Z).

    You have A, the value of the function, not z. Which formula needs A alone?
    """


relu_derivative = Section("activations.relu_derivative")


@relu_derivative.swap("A > 0", "A >= 0", family=35)
def always_on() -> None:
    """At A = 0 the slope is 1 here, so no unit is ever off: A is never negative, and A >= 0 is true
    for every A that ReLU can give.

    A unit that is off has A = 0 exactly. Should 0 count as on?
    """


@relu_derivative.swap("(A > 0).astype(A.dtype)", "np.maximum(0, A)", family=35)
def value_for_slope() -> None:
    """This gives back A itself. The slope of ReLU where it is on is 1, however large A is.

    A slope is a comparison turned into 0 and 1.
    """


@relu_derivative.swap("A > 0", "A <= 0", family=35)
def swapped() -> None:
    """On and off are swapped: the slope is 1 where A > 0.

    Which way does > point?
    """


@relu_derivative.swap("(A > 0).astype(A.dtype)", "np.heaviside(A, 0.5)", family=35)
def half_at_zero() -> None:
    """At A = 0 this says ½. The course takes the usual convention there: 0.

    Does a unit that is off count as on?
    """


@relu_derivative.swap(".astype(A.dtype)", "", family=32)
def truth_values() -> None:
    """The result holds True and False. A derivative is a number: turn them into 1 and 0.

    How does an array of True and False become one of numbers?
    """


@relu_derivative.swap("(A > 0).astype(A.dtype)", "np.where(A > 0, 1.0, -1.0)", family=35)
def minus_one_when_off() -> None:
    """The slope where ReLU is off is 0, not -1.

    np.sign has three values; how many has ReLU′?
    """


@sigmoid.swap("np.where(z >= 0, 1, e) / (1 + e)", "np.maximum(0, z)", family=8)
def relu_for_sigmoid() -> None:
    """This is max(0, z), which can be larger than 1. σ runs from 0 to 1.

    Can a probability be 3?
    """


@sigmoid.swap("np.where(z >= 0, 1, e) / (1 + e)", "np.exp(-np.logaddexp(0, -z)) * 2 - 1", family=8)
def stretched() -> None:
    """The values run from -1 to 1: this is 2σ(z) - 1. σ runs from 0 to 1.

    What is σ(0)?
    """


@sigmoid.swap("a: Array = np.where(z >= 0, 1, e) / (1 + e)", "a = (z >= 0) * 1.0", family=32)
def step_for_sigmoid() -> None:
    """These are decisions, 0 or 1. σ rises smoothly from one to the other.

    What is σ(0)?
    """


@tanh.swap("np.tanh(z)", "np.tan(z)", family=34)
def tangent() -> None:
    """This is the tangent of geometry, not the hyperbolic one.

    Which letter is missing?
    """


@tanh.swap("np.tanh(z)", "1 - np.tanh(z) ** 2", family=34)
def slope_of_tanh() -> None:
    """This is the derivative of tanh, not tanh itself.

    What is tanh(0)?
    """


@tanh.swap("np.tanh(z)", "-np.tanh(z)", family=34)
def tanh_falls() -> None:
    """The sign is turned: this falls from 1 to -1 as z grows.

    Compare the signs in the numerator with (28).
    """


@relu.swap("np.maximum(0, z)", "np.where(z > 0, 0, z)", family=35, twin="minimum")
def relu_swapped() -> None:
    """The two branches are swapped: this keeps the negative half.

    What should ReLU(2) be?
    """


@relu.swap("np.maximum(0, z)", "np.clip(z, 0, 1)", family=35)
def clipped_at_one() -> None:
    """Large z are cut off at 1. ReLU has no upper end.

    What is ReLU(2)?
    """


@relu.swap("np.maximum(0, z)", "np.maximum(1, z)", family=35)
def one_for_zero() -> None:
    """Everything below 1 became 1. (29) has a 0 there.

    What is ReLU(-3)?
    """


@relu.swap("np.maximum(0, z)", "np.log1p(np.exp(-np.abs(z))) + np.maximum(0, z)", family=35)
def softplus() -> None:
    """This is softplus, a smooth relative: log(1 + e^z). ReLU has a corner.

    What is ReLU(0)?
    """


@sigmoid_derivative.swap("A * (1 - A)", "A", family=37)
def sigmoid_value_for_slope() -> None:
    """This is A itself, the value. The slope is another function of it.

    How steep is σ near A = 1?
    """


@sigmoid_derivative.swap("A * (1 - A)", "A * 1 - A", family=37)
def slope_lost_bracket() -> None:
    """The bracket is lost: A times 1, minus A, is 0.

    What has to be computed first?
    """


@sigmoid_derivative.swap("1 - A", "1 + A", family=37)
def plus_for_minus() -> None:
    """There is a plus where the slope has a minus: A (1 + A).

    How steep is σ near A = 1?
    """


@sigmoid_derivative.swap("A * (1 - A)", "A * (1 - A) ** 2", family=37)
def one_square_too_many() -> None:
    """There is a square too many.

    What is the slope at A = ½?
    """


@tanh_derivative.swap("1 - A**2", "1 + A**2", family=34)
def plus_square() -> None:
    """There is a plus where the slope has a minus: 1 + A².

    How steep is tanh near A = 1?
    """


@tanh_derivative.swap("1 - A**2", "(1 - A) ** 2", family=34)
def square_outside() -> None:
    """The square stands outside the bracket: (1 - A)² is not 1 - A².

    Should the slope be the same for A and -A?
    """


@tanh_derivative.swap("1 - A**2", "A", family=34)
def tanh_value_for_slope() -> None:
    """This is A itself, the value. The slope is another function of it.

    How steep is tanh at A = 0?
    """


@tanh_derivative.swap("1 - A**2", "1 - 2 * A", family=34)
def doubled_for_squared() -> None:
    """2A stands where A² is meant.

    What does ** do that * does not?
    """


@tanh_derivative.swap("1 - A**2", "np.ones_like(A)", family=34)
def slope_one() -> None:
    """The slope is 1 everywhere. tanh is flat at both ends.

    How steep is tanh near A = 1?
    """


@relu_derivative.swap("(A > 0).astype(A.dtype)", "np.ones_like(A)", family=35, twin="always_on")
def ones() -> None:
    """The slope is 1 everywhere, so no unit is ever off.

    Which A has a unit that is off?
    """


@relu_derivative.swap("(A > 0).astype(A.dtype)", "np.where(A > 0, 1.0, 0.01)", family=35)
def leaky_slope() -> None:
    """Units that are off have the slope 0.01: that is the leaky ReLU, another function.

    How steep is ReLU left of 0?
    """


@relu_derivative.swap("A > 0", "A > 1", family=35)
def above_one() -> None:
    """The comparison is with 1. A unit is on as soon as A is above 0.

    From where on does ReLU rise?
    """
