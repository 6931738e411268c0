"""Further wrong versions of the functions in nnlib.activations."""

from __future__ import annotations

from course.feedback.mistakes.section import Section

sigmoid = Section("activations.sigmoid", "(3)", pairs=False)
tanh = Section("activations.tanh", "(28)", pairs=False)
relu = Section("activations.relu", "(29)", pairs=False)
sigmoid_derivative = Section("activations.sigmoid_derivative", pairs=False)
tanh_derivative = Section("activations.tanh_derivative", pairs=False)
relu_derivative = Section("activations.relu_derivative", pairs=False)

SIGMOID = "np.where(z >= 0, 1, e) / (1 + e)"
TANH = "np.tanh(z)"
RELU = "np.maximum(0, z)"
SIGMOID_SLOPE = "A * (1 - A)"
TANH_SLOPE = "1 - A**2"
RELU_SLOPE = "(A > 0).astype(A.dtype)"


@sigmoid.swap(SIGMOID, "np.where(z >= 0, 1 + e, -e)", family=8)
def bracket_lost_and_mirrored() -> None:
    """The bracket of the denominator is lost: 1 / 1 + e is 1 + e. For negative z, 1 minus that was
    taken.

    What is divided by what, if no bracket is there?
    """


@sigmoid.swap(SIGMOID, "np.where(z >= 0, 1, e) / 1 + e", family=8)
def bracket_lost_in_both() -> None:
    """The bracket of the denominator is lost: divided by 1, and then e is added.

    What should σ(0) be, and what is yours?
    """


@sigmoid.swap(
    SIGMOID, "np.where(z >= 0, 1 / (1 + e), 1 - e / (1 + e))", family=9, twin="one_branch"
)
def mirrored_wrongly() -> None:
    """For negative z the value of |z| came out again, at least one half.

    What is σ(-2), if σ(2) is 0.88?
    """


@sigmoid.swap(SIGMOID, "np.where(z >= 0, 1 / (1 + e), 1 / (1 - e + (z == 0)))", family=8)
def minus_in_one_branch() -> None:
    """For negative z the sign in the denominator is wrong: 1 - e^z.

    Compare the two denominators.
    """


@sigmoid.swap(SIGMOID, "1 / (1 + np.exp(-np.clip(z, -10, 10)))", family=9)
def cut_off_at_ten() -> None:
    """z is cut off at -10 and 10: beyond them σ stays where it is, and not quite at 0 or 1.

    Is there a form of (3) that needs no cutting?
    """


@sigmoid.swap(SIGMOID, "np.where(z >= 0, 1, 2.0**z) / (1 + 2.0 ** -np.abs(z))", family=8)
def base_two() -> None:
    """The base is 2. (3) has e.

    Which function of NumPy takes e to a power?
    """


@sigmoid.swap(SIGMOID, "(1 + np.sign(z) * (1 - e) / (1 + e))", family=8)
def twice_sigmoid() -> None:
    """The values run from 0 to 2: the half is missing. σ runs from 0 to 1.

    What is σ(0)?
    """


@tanh.swap(TANH, "np.tanh(np.abs(z))", family=34)
def sign_lost() -> None:
    """The sign of z is lost: a negative z has a positive result.

    What is tanh(-1), if tanh(1) is 0.76?
    """


@tanh.swap(TANH, "np.arctan(z)", family=34)
def arctangent() -> None:
    """This is the arctangent, which runs from -π/2 to π/2. tanh runs from -1 to 1.

    Which function of NumPy has an h at its end?
    """


@tanh.swap(TANH, "np.sinh(z)", family=34)
def sinh() -> None:
    """This is sinh, which has no upper end: the denominator of (28) is missing, or it is 2.

    Between which two numbers does tanh lie?
    """


@tanh.swap(TANH, "np.sin(z) / np.cos(z)", family=34, twin="tangent")
def sine_by_cosine() -> None:
    """This is the tangent of geometry: sine by cosine. tanh is sinh by cosh.

    What does the h stand for?
    """


@tanh.swap(TANH, "np.tanh(2 * z)", family=34)
def too_steep() -> None:
    """This is tanh(2z): it rises twice as steeply as (28).

    Which exponents stand in (28)?
    """


@tanh.swap(TANH, "(1 + np.tanh(z)) / 2", family=34)
def squeezed_into_a_probability() -> None:
    """The values run from 0 to 1. tanh runs from -1 to 1.

    What is tanh(0)?
    """


@tanh.swap(TANH, "(np.exp(2 * z) - 1) / (np.exp(2 * z) + 1)", family=34)
def overflows_above() -> None:
    """The formula is right, but e^(2z) overflows for very large z.

    Which exponent is never positive, whatever the sign of z?
    """


@tanh.swap(TANH, "(1 - np.exp(-2 * z)) / (1 + np.exp(-2 * z))", family=34)
def overflows_below() -> None:
    """The formula is right, but e^(-2z) overflows for very negative z.

    Which exponent is never positive, whatever the sign of z?
    """


@tanh.swap(TANH, "np.clip(z, -1, 1)", family=34)
def clipped_line() -> None:
    """This is z, cut off at -1 and 1. tanh bends long before.

    What is tanh(1)?
    """


@tanh.swap(TANH, "np.exp(z) - np.exp(-z) / np.exp(z) + np.exp(-z)", family=34)
def brackets_lost() -> None:
    """The brackets around numerator and denominator are lost: only one quotient was taken.

    Which of / and - does Python do first?
    """


@relu.swap(RELU, "np.maximum(0, -z)", family=35)
def of_minus_z() -> None:
    """The sign of z is turned: this is ReLU(-z).

    What should ReLU(2) be?
    """


@relu.swap(RELU, "np.where(z > 0, z, np.exp(np.minimum(z, 0)) - 1)", family=35)
def elu() -> None:
    """Below 0 there is e^z - 1: that is the ELU, another function.

    In (29) a negative z gives exactly 0.
    """


@relu.swap(RELU, "np.clip(z, 0, 6)", family=35)
def clipped_at_six() -> None:
    """Large z are cut off at 6. ReLU has no upper end.

    What is ReLU(1000)?
    """


@relu.swap(RELU, "z[z > 0]", family=35)
def positives_only() -> None:
    """Only the positive entries came back, in a row: the negative ones are left out, and the shape
    is lost.

    What should stand in the place of a negative z?
    """


@relu.swap(RELU, "np.where(z > 0, z, 0.1 * z)", family=35)
def leaky_by_a_tenth() -> None:
    """A tenth of a negative z is kept: that is a leaky ReLU, another function.

    In (29) a negative z gives exactly 0.
    """


@relu.swap(RELU, "np.where(z > 0, z, 0.2 * z)", family=35)
def leaky_by_a_fifth() -> None:
    """A fifth of a negative z is kept: that is a leaky ReLU, another function.

    In (29) a negative z gives exactly 0.
    """


@relu.swap(RELU, "np.where(z > 0, z, 1)", family=35)
def one_where_off() -> None:
    """A negative z gave 1. In (29) it gives 0.

    What is the larger one of 0 and -3?
    """


@relu.swap(RELU, "np.maximum(0, z) ** 2", family=35)
def squared() -> None:
    """The positive half is squared. A positive z must stay what it is.

    What is ReLU(2)?
    """


@relu.swap(RELU, "np.where(z > 1, z, 0)", family=35)
def off_below_one() -> None:
    """z between 0 and 1 became 0 as well. The border of (29) is 0.

    What is ReLU(0.5)?
    """


@sigmoid_derivative.swap(SIGMOID_SLOPE, "1 - 2 * A", family=37)
def derivative_of_the_slope() -> None:
    """This is 1 - 2A, the derivative of A - A². The slope is A - A² itself.

    Was something differentiated once more?
    """


@sigmoid_derivative.swap(SIGMOID_SLOPE, "2 * A * (1 - A)", family=37)
def slope_doubled() -> None:
    """There is a factor 2 too many.

    What is the slope at A = ½?
    """


@sigmoid_derivative.swap(SIGMOID_SLOPE, "1 / (A * (1 - A))", family=37)
def upside_down() -> None:
    """This is 1 / (A (1 - A)): one divided by the slope.

    How steep is σ where it is nearly flat?
    """


@sigmoid_derivative.swap(SIGMOID_SLOPE, "A**2 * (1 - A)", family=37)
def a_squared() -> None:
    """The first factor is squared.

    What is the slope at A = ½?
    """


@sigmoid_derivative.swap(SIGMOID_SLOPE, "A**2", family=37)
def only_the_square() -> None:
    """This is A². The slope is A minus that.

    How steep is σ near A = 1?
    """


@sigmoid_derivative.swap(SIGMOID_SLOPE, "A * (1 - A**2)", family=37)
def square_in_the_bracket() -> None:
    """There is a square in the bracket: 1 - A². That belongs to tanh.

    What is the slope at A = ½?
    """


@sigmoid_derivative.swap(
    SIGMOID_SLOPE, "np.log(A / (1 - A)) * (1 - np.log(A / (1 - A)))", family=37
)
def product_of_z() -> None:
    """This is z (1 - z): you went back to z first. The product is that of A.

    You have A, the value of the function. Which formula needs A alone?
    """


@sigmoid_derivative.swap(SIGMOID_SLOPE, "(A > 0) * 1.0", family=37)
def slope_of_relu() -> None:
    """This is the slope of ReLU, 0 or 1. That of σ is at most ¼.

    Which function made A?
    """


@tanh_derivative.swap(TANH_SLOPE, "1 - A @ A.T", family=34)
def product_with_itself() -> None:
    """A was multiplied with its transpose as a matrix: the result has one entry for each pair of
    rows. The square is taken entry by entry.

    Which shape should the result have?
    """


@tanh_derivative.swap(TANH_SLOPE, "1 - A.T @ A", family=34)
def transposed_product() -> None:
    """The square became a matrix product Aᵀ A: one entry for each pair of columns. The square is
    taken entry by entry.

    Which shape should the result have?
    """


@tanh_derivative.swap(TANH_SLOPE, "1 / (1 - A**2)", family=34)
def slope_upside_down() -> None:
    """This is 1 / (1 - A²): one divided by the slope.

    How steep is tanh where it is nearly flat?
    """


@tanh_derivative.swap(TANH_SLOPE, "1 / (1 + A**2)", family=34)
def slope_of_arctangent() -> None:
    """This is 1 / (1 + A²), the derivative of the arctangent.

    Is there a quotient in the derivative of tanh?
    """


@tanh_derivative.swap(TANH_SLOPE, "-2 * A", family=34)
def differentiated_again() -> None:
    """This is -2A, the derivative of 1 - A². The slope is 1 - A² itself.

    Was something differentiated once more?
    """


@tanh_derivative.swap(TANH_SLOPE, "np.sqrt(1 - A**2)", family=34)
def root_of_the_slope() -> None:
    """A root is taken that is not in the slope.

    What is the slope at A = 0.6?
    """


@tanh_derivative.swap(TANH_SLOPE, "1 - np.abs(A)", family=34)
def distance_for_square() -> None:
    """|A| stands where A² is meant.

    What is the slope at A = ½?
    """


@tanh_derivative.swap(TANH_SLOPE, "A**2", family=34)
def square_alone() -> None:
    """This is A². The slope is 1 minus that.

    How steep is tanh at A = 0?
    """


@tanh_derivative.swap(TANH_SLOPE, "A * (1 - A**2)", family=34)
def times_a() -> None:
    """There is a factor A too many.

    How steep is tanh at A = 0?
    """


@tanh_derivative.swap(TANH_SLOPE, "1 - A**3", family=34)
def cube() -> None:
    """There is a third power where the square is meant.

    Should the slope be the same for A and -A?
    """


@tanh_derivative.swap(TANH_SLOPE, "(A > 0) * 1.0", family=34)
def relu_slope_for_tanh() -> None:
    """This is the slope of ReLU, 0 or 1. tanh has one that falls smoothly to both sides.

    Which function made A?
    """


@relu_derivative.swap(RELU_SLOPE, "A / A", family=35)
def divided_by_itself() -> None:
    """A was divided by itself: that is 0/0 where a unit is off.

    Which question has the answer 1 where A is above 0, and 0 elsewhere?
    """


@relu_derivative.swap(RELU_SLOPE, "np.zeros_like(A)", family=35)
def always_off() -> None:
    """The slope is 0 everywhere: A is never below 0, so a comparison with < is never true.

    Where is a unit on?
    """


@relu_derivative.swap(RELU_SLOPE, "np.minimum(A, 1)", family=35)
def clipped_for_slope() -> None:
    """Between 0 and 1 this gives back A itself. The slope of a unit that is on is 1, however small
    A is.

    What is the slope at A = 0.3?
    """


@relu_derivative.swap(RELU_SLOPE, "A * (1 - A)", family=35)
def sigmoid_slope() -> None:
    """This is the slope of the sigmoid, A (1 - A).

    Which function made A?
    """


@relu_derivative.swap(RELU_SLOPE, "1 - A**2", family=35)
def tanh_slope() -> None:
    """This is the slope of tanh, 1 - A².

    Which function made A?
    """


@relu_derivative.swap(RELU_SLOPE, "np.where(A > 0, 1.0, 0.1)", family=35)
def slope_of_a_tenth() -> None:
    """Units that are off have the slope 0.1: that is a leaky ReLU, another function.

    How steep is ReLU left of 0?
    """


@relu_derivative.swap(RELU_SLOPE, "(A > 0.5) * 1.0", family=35)
def above_a_half() -> None:
    """The comparison is with 0.5. A unit is on as soon as A is above 0.

    From where on does ReLU rise?
    """


@relu_derivative.swap(RELU_SLOPE, "np.where(A > 0, 1.0, A + 1)", family=35, twin="always_on")
def slope_one_where_off() -> None:
    """The slope where a unit is off is 0, not 1.

    How steep is ReLU left of 0?
    """


@relu_derivative.swap(RELU_SLOPE, "2 * (A > 0)", family=35)
def slope_of_two() -> None:
    """The slope of a unit that is on is 1, not 2.

    By how much does ReLU grow if z grows by 1?
    """


@sigmoid.swap(SIGMOID, "np.exp(z)", family=8)
def without_one() -> None:
    """This is e^z: the 1 + in the denominator is missing, for 1 / e^(-z) is e^z.

    What should σ(0) be?
    """


@sigmoid.swap(SIGMOID, "1 + np.exp(-z)", family=8, twin="lost_bracket")
def only_the_denominator() -> None:
    """This is 1 + e^(-z), the denominator of (3) alone.

    What stands above the line in (3)?
    """


@sigmoid_derivative.swap(SIGMOID_SLOPE, "A @ (1 - A).T", family=46)
def product_of_rows() -> None:
    """A was multiplied with (1 - A)ᵀ as a matrix: the result has one entry for each pair of rows.
    Each entry should be multiplied by its own partner.

    Which shape should the result have?
    """


@sigmoid_derivative.swap(SIGMOID_SLOPE, "A.T @ (1 - A)", family=46)
def product_of_columns() -> None:
    """Aᵀ was multiplied with 1 - A as a matrix: the result has one entry for each pair of columns.
    Each entry should be multiplied by its own partner.

    Which shape should the result have?
    """


@relu.swap(RELU, "z + np.abs(z)", family=35)
def without_the_half() -> None:
    """Positive z are doubled: z + |z| needs a half.

    What is ReLU(2)?
    """


@relu.swap(RELU, "np.maximum(0, z) / 2", family=35)
def halved() -> None:
    """Positive z are halved. A positive z must stay what it is.

    What is ReLU(2)?
    """


@sigmoid.swap(SIGMOID, "np.where(z >= 0, 1 / 1 + e, e / (1 + e))", family=8)
def bracket_lost_above() -> None:
    """For positive z the bracket of the denominator is lost: 1 / 1 + e is 1 + e.

    What is σ(0), and what do you get there?
    """


@sigmoid.swap(SIGMOID, "np.where(z >= 0, 1 / (1 + e), e / 1 + e)", family=8)
def bracket_lost_below() -> None:
    """For negative z the bracket of the denominator is lost: e / 1 + e is twice e.

    Which of / and + does Python do first?
    """


@sigmoid.swap(SIGMOID, "1 / (1 + np.exp(-np.clip(z, -20, 20)))", family=9)
def cut_off_at_twenty() -> None:
    """z is cut off at -20 and 20: beyond them σ stays where it is, and not quite at 0 or 1.

    Is there a form of (3) that needs no cutting?
    """


@sigmoid.swap(SIGMOID, "1 / (1 + np.exp(-np.clip(z, -15, 15)))", family=9)
def cut_off_at_fifteen() -> None:
    """z is cut off at -15 and 15: beyond them σ stays where it is, and not quite at 0 or 1.

    Is there a form of (3) that needs no cutting?
    """


@tanh.swap(TANH, "np.sign(z)", family=34)
def sign_alone() -> None:
    """Only the sign of z is left: -1, 0 or 1. In (28) numerator and denominator are not alike: one
    has a minus and the other a plus.

    What is tanh(0.1), roughly?
    """


@tanh.swap(TANH, "np.ones_like(z)", family=34)
def one_everywhere() -> None:
    """This is 1 for every z: numerator and denominator are alike. In (28) one has a minus and the
    other a plus.

    tanh(0) must be 0. Which of the two is 0 there?
    """


@tanh.swap(TANH, "(np.exp(z) + np.exp(-z)) / (np.exp(z) + np.exp(-z))", family=34)
def plus_in_both() -> None:
    """Numerator and denominator are alike, so 1 comes out wherever nothing overflows. In (28) one
    has a minus and the other a plus.

    tanh(0) must be 0. Which of the two is 0 there?
    """


@relu.swap(RELU, "np.full_like(z, np.maximum(0, np.max(z)))", family=35)
def one_maximum_everywhere() -> None:
    """Every entry became the largest one of the whole array: np.max gives one number. (29) compares
    each entry with 0.

    Which function compares two things entry by entry?
    """


@relu.swap(RELU, "np.maximum(0, np.max(z))", family=35)
def one_maximum_above_zero() -> None:
    """One number came back: the largest entry of the whole array, or 0. (29) compares each entry
    with 0.

    Which function compares two things entry by entry?
    """


@relu.swap(RELU, "max(0, z)", family=35)
def maximum_of_python() -> None:
    """Python's own max asks one question of the whole array: is it larger than 0? NumPy refuses to
    answer that.

    Which function of NumPy compares two things entry by entry?
    """


@relu.swap(RELU, "max(z, 0)", family=35)
def maximum_of_python_with_z_first() -> None:
    """Python's own max asks one question of the whole array: is 0 larger than it? NumPy refuses to
    answer that.

    Which function of NumPy compares two things entry by entry?
    """


@relu_derivative.swap(RELU_SLOPE, "np.full(A.shape, float((A > 0).any()))", family=35)
def on_if_any_is() -> None:
    """The whole array got one slope: 1 as soon as any of its entries is above 0. Each entry has its
    own.

    Which question should be asked of every entry?
    """


@sigmoid.swap("np.exp(-np.abs(z))", "__import__('math').exp(-np.abs(z))", family=9)
def math_exp_of_minus_abs() -> None:
    """math.exp takes one number; -|z| is an array, as z is.

    Which module has an exp for every entry of an array?
    """
