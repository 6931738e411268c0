"""Further wrong versions of the functions in nnlib.logistic."""

from __future__ import annotations

from course.feedback.mistakes.section import Section

forward_one = Section("logistic.forward_one", "(2)", pairs=False)
gradients_one = Section("logistic.gradients_one", "(13)", pairs=False)
gradients_loop = Section("logistic.gradients_loop", pairs=False)
step = Section("logistic.step", "(8), (9)", pairs=False)
forward = Section("logistic.forward", "(19)", pairs=False)
gradients = Section("logistic.gradients", "(25)", pairs=False)
train = Section("logistic.train", "(26)", pairs=False)
predict = Section("logistic.predict", pairs=False)

# --- one example


@forward_one.swaps({" + b": "", "sigmoid(z).item()": "sigmoid(z).item() + b"}, family=7)
def one_b_after_sigmoid() -> None:
    """b was added after σ. (2) adds it before: it belongs to z.

    Can your result be larger than 1?
    """


@forward_one.swap("w.T @ x + b", "np.mean(w * x) + b", family=6)
def one_mean_for_sum() -> None:
    """The products were averaged. wᵀx is their sum.

    What stands in (2): a mean, or a sum?
    """


@forward_one.swap("+ b", "* b", family=7)
def one_times_b() -> None:
    """wᵀx was multiplied by b. (2) adds b.

    At x = 0, z should be b.
    """


@forward_one.swap("w.T @ x", "w[:-1].T @ x[:-1]", family=30)
def one_last_feature_missing() -> None:
    """The last feature is left out of the sum.

    With which number does range(3) end?
    """


@forward_one.swap("w.T @ x", "w[1:].T @ x[1:]", family=30)
def one_first_feature_missing() -> None:
    """The first feature is left out of the sum.

    With which number do the rows of x begin?
    """


@forward_one.swap("w.T @ x", "w[-1] * x[-1]", family=30)
def one_last_feature_alone() -> None:
    """Only the product of the last feature is left: each turn of the loop wrote over the one
    before.

    What does += do that = does not?
    """


@forward_one.swap("w.T @ x", "w[0] * x[0]", family=30)
def one_first_feature_alone() -> None:
    """Only the product of the first feature is there.

    Over what does wᵀx sum?
    """


@forward_one.swap("w.T @ x", "np.sum(w) * np.sum(x)", family=6)
def one_sums_multiplied() -> None:
    """The sums were multiplied. wᵀx is the sum of the products: each weight meets its own feature.

    What comes first in wᵀx: multiplying, or adding?
    """


@forward_one.swap("w.T @ x", "np.sum(w + x)", family=6)
def one_sum_of_sums() -> None:
    """Weights and features were added. wᵀx multiplies each pair, and adds the products.

    What does a weight do with its feature?
    """


@forward_one.swap("sigmoid(z)", "sigmoid(sigmoid(z))", family=8, equation="(1)")
def one_sigmoid_twice() -> None:
    """σ was applied twice.

    Can your result be below one half?
    """


@gradients_one.swap("x * dz", "(x * dz).ravel()", family=22)
def one_dw_flat() -> None:
    """dw has one axis. It must be a column like w, of shape (n_x, 1).

    How many axes has w?
    """


@gradients_one.swap("x * dz", "float(np.sum(x) * dz)", family=22)
def one_dw_summed() -> None:
    """dw was summed over the features: every weight has its own derivative.

    How many numbers has w, and how many its gradient?
    """


@gradients_one.swap("x * dz", "x + dz", family=22)
def one_added() -> None:
    """x and dz were added. (13) multiplies them.

    What should dw be when dz is 0?
    """


@gradients_one.swap("x * dz", "x * a", family=22)
def one_a_for_dz() -> None:
    """dw was made from a instead of dz: the label does not come into it.

    What should dw be when the prediction is exact?
    """


@gradients_one.swap("db = dz", "db = a", family=23, equation="(15)")
def one_db_from_a() -> None:
    """db is a itself. (15) has dz.

    What should db be when the prediction is exact?
    """


@gradients_one.swap("db = dz", "db = dz * b", family=23, equation="(15)")
def one_db_times_b() -> None:
    """db was multiplied by b. z = wᵀx + b: its derivative by b is 1.

    How much does z change if b grows by a little?
    """


@gradients_one.swap("db = dz", "db = 0.0", family=23, equation="(15)")
def one_db_zero() -> None:
    """db is 0: b would never move.

    How much does z change if b grows by a little?
    """


@gradients_one.swap("dw = x * dz", "dw = -x * dz", family=21)
def one_dw_sign() -> None:
    """dw has the wrong sign.

    From which dz did each of your two lines start?
    """


@gradients_one.swap("db = dz", "db = -dz", family=21, equation="(15)")
def one_db_sign() -> None:
    """db has the wrong sign.

    From which dz did each of your two lines start?
    """


@gradients_one.swap("a - y", "a + y", family=21, equation="(12)")
def one_plus_label() -> None:
    """The label was added. (12) takes it away.

    What should dz be when the prediction is exact?
    """


@gradients_one.swap("a - y", "abs(a - y)", family=21, equation="(12)")
def one_distance() -> None:
    """The sign of dz is lost: this is the distance |a - y|.

    Which sign should dz have when the prediction is too small?
    """


@gradients_one.swap("a - y", "(a - y) ** 2", family=18, equation="(12)")
def one_squared() -> None:
    """This is the squared error where its place is that of a slope: (12) is a - y.

    Which sign should dz have when the prediction is too small?
    """


@gradients_one.swap("a - y", "a * (1 - a)", family=24, equation="(12)")
def one_slope_alone() -> None:
    """This is da/dz alone, the slope of σ. dz is the whole of (11): dl/da times da/dz.

    Where does the label come in?
    """


@gradients_one.swap("a - y", "round(a) - y", family=32, equation="(12)")
def one_rounded() -> None:
    """The probability was turned into a label before y was taken away.

    Does (12) know a threshold?
    """


@gradients_one.swap(
    "a - y", "-(y * np.log(a) + (1 - y) * np.log(1 - a))", family=18, equation="(12)"
)
def one_loss_for_slope() -> None:
    """This is the loss itself (4), where its derivative is asked for.

    What is the derivative of the loss by z, after everything has cancelled?
    """


# --- all examples, one by one


@gradients_loop.swap("Y[0, i]", "Y[0, 0]", family=30)
def loop_first_label() -> None:
    """Every example was held against the label of the first one.

    Which index changes from turn to turn, and where does it stand?
    """


@gradients_loop.swap("X[:, i : i + 1]", "X[:, :1]", family=30)
def loop_first_example() -> None:
    """Every turn of the loop took the features of the first example.

    Which index changes from turn to turn, and where does it stand?
    """


@gradients_loop.swap("dw / m, db / m", "dw / m / m, db / m / m", family=20, equation="(24), (25)")
def loop_averaged_twice() -> None:
    """The sums were divided by m twice.

    How often does 1/m stand in (24) and (25)?
    """


@gradients_loop.swap("dw += dw_i", "dw -= dw_i", family=21, equation="(25)")
def loop_dw_sign() -> None:
    """dw has the wrong sign.

    Which of your two sums adds, and which takes away?
    """


@gradients_loop.swap("db += db_i", "db -= db_i", family=21, equation="(24)")
def loop_db_sign() -> None:
    """db has the wrong sign.

    Which of your two sums adds, and which takes away?
    """


@gradients_loop.swaps({"dw += dw_i": "dw *= dw_i", "db += db_i": "db *= db_i"}, family=30)
def loop_multiplied() -> None:
    """The sums were multiplied up from 0, and stay 0.

    What does Σ do with its terms?
    """


@gradients_loop.swap("np.zeros((n_x, 1), X.dtype), 0.0", "np.ones((n_x, 1)), 1.0", family=30)
def loop_starts_at_one() -> None:
    """The sums begin at 1. A sum begins at 0.

    What should come out if every example gives 0?
    """


@gradients_loop.swap(
    "db += db_i", "db = db_i if i else db + db_i", family=30, twin="loop_db_overwritten"
)
def loop_db_last() -> None:
    """Only the last example is left in db.

    What keeps what is there already, and adds to it?
    """


@gradients_loop.swap("return dw / m, db / m", "return dw / m, 0.0", family=23, equation="(24)")
def loop_db_never_added() -> None:
    """db is 0: nothing was ever added to it.

    Which line adds up db?
    """


@gradients_loop.swap("return dw / m, db / m", "return 0 * dw, db / m", family=22, equation="(25)")
def loop_dw_never_added() -> None:
    """dw is 0: nothing was ever added to it.

    Which line adds up dw?
    """


@gradients_loop.swap(
    "return dw / m, db / m", "return (dw / m).T, db / m", family=22, equation="(25)"
)
def loop_row() -> None:
    """dw is a row. It must be a column like w.

    A gradient has the shape of its parameter.
    """


@gradients_loop.swap(
    "return dw / m, db / m", "return (dw / m).ravel(), db / m", family=22, equation="(25)"
)
def loop_dw_flat() -> None:
    """dw has one axis. It must be a column like w, of shape (n_x, 1).

    How many axes has w?
    """


@gradients_loop.swap(
    "return dw / m, db / m", "return dw / m, np.array([[db / m]])", family=23, equation="(24)"
)
def loop_db_in_a_box() -> None:
    """db sits in a table of shape (1, 1). b is one number, and so is db.

    What takes a number out of an array?
    """


@gradients_loop.swap("return dw / m, db / m", "return dw / m", family=56, equation="(24)")
def loop_only_dw() -> None:
    """Only dw came back. Two things are asked for: dw and db.

    What stands after the arrow in the first line?
    """


@gradients_loop.swap(
    "dw_i, db_i = gradients_one(w, b, X[:, i : i + 1], Y[0, i].item())",
    "dw_i, db_i = gradients_one(w, b, X[:, i : i + 1], Y[0, i].item())\nw, b = w - dw_i, b - db_i",
    family=25,
)
def loop_moves_on_the_way() -> None:
    """w and b are moved inside the loop, so each example is seen from another place.

    At which w and b should all the gradients be taken?
    """


# --- a step


@step.swaps(
    {
        "w - learning_rate * dw": "(w - dw) * learning_rate",
        "b - learning_rate * db": "(b - db) * learning_rate",
    },
    family=28,
)
def rate_times_all() -> None:
    """The learning rate multiplies w and b as well: a bracket is too wide.

    What should a rate of 0 leave of w?
    """


@step.swaps(
    {
        "w - learning_rate * dw": "w - learning_rate - dw",
        "b - learning_rate * db": "b - learning_rate - db",
    },
    family=28,
)
def rate_taken_away() -> None:
    """The learning rate was taken away. (8) multiplies the gradient by it.

    What should happen to the step if the rate is doubled?
    """


@step.swaps(
    {
        "w - learning_rate * dw": "dw - learning_rate * w",
        "b - learning_rate * db": "db - learning_rate * b",
    },
    family=56,
)
def roles_exchanged() -> None:
    """Parameter and gradient have changed places.

    From which of the two does the step set out?
    """


@step.swaps(
    {
        "learning_rate * dw": "learning_rate * dw * w",
        "learning_rate * db": "learning_rate * db * b",
    },
    family=28,
)
def step_times_parameter() -> None:
    """The step was multiplied by the parameter as well.

    What should a parameter that is 0 do?
    """


@step.swaps(
    {"learning_rate * dw": "learning_rate * w", "learning_rate * db": "learning_rate * b"},
    family=56,
)
def parameter_for_gradient() -> None:
    """The step was made from w and b themselves; the gradients do not come into it.

    Along what does (8) go?
    """


@step.swaps(
    {"learning_rate * dw": "learning_rate**2 * dw", "learning_rate * db": "learning_rate**2 * db"},
    family=28,
)
def rate_squared() -> None:
    """The learning rate is multiplied in twice.

    What should happen to the step if the rate is doubled?
    """


@step.swaps(
    {
        "learning_rate * dw": "learning_rate * np.sign(dw)",
        "learning_rate * db": "learning_rate * np.sign(db)",
    },
    family=28,
)
def only_the_sign() -> None:
    """Only the sign of the gradient was used; its size does not come into it.

    What should happen to the step if the gradient is doubled?
    """


@step.swap("learning_rate * db", "learning_rate * np.sum(dw)", family=56, equation="(9)")
def sum_of_dw_for_db() -> None:
    """b was moved by the sum of dw instead of db.

    Each parameter has its own gradient. Which is that of b?
    """


@step.swap("learning_rate * dw", "learning_rate * dw.mean()", family=56, equation="(8)")
def mean_of_dw() -> None:
    """Every weight was moved by the mean of dw. Each has a derivative of its own.

    How many numbers has dw?
    """


@step.swap("learning_rate * dw", "learning_rate * dw.T", family=56, equation="(8)")
def dw_transposed() -> None:
    """dw was transposed: w grew to a square table.

    Which shapes have w and dw?
    """


# --- all examples at once


@forward.swaps({" + b": "", "sigmoid(Z)": "sigmoid(Z) + b"}, family=7)
def b_after_sigmoid() -> None:
    """b was added after σ. (19) adds it before: it belongs to Z.

    Can your result be larger than 1?
    """


@forward.swap("w.T @ X + b", "np.mean(w * X, axis=0, keepdims=True) + b", family=6)
def mean_for_sum() -> None:
    """The products were averaged over the features. wᵀX sums them.

    What stands in (17): a mean, or a sum?
    """


@forward.swap("w.T @ X", "np.sum(w * X, axis=1, keepdims=True)", family=6)
def summed_over_examples() -> None:
    """The sum runs over the examples, and wᵀX sums over the features.

    How many numbers should come out: one for each example, or for each feature?
    """


@forward.swap("w.T @ X + b", "np.sum(w * X) + b", family=6)
def summed_over_all() -> None:
    """The sum runs over features and examples: one number is left.

    How many examples are there, and how many outputs?
    """


@forward.swap("+ b", "* b", family=7)
def times_b() -> None:
    """wᵀX was multiplied by b. (19) adds b.

    At X = 0, Z should be b.
    """


@forward.swap("sigmoid(Z)", "float(sigmoid(Z)[0, 0])", family=30, equation="(21)")
def first_output_alone() -> None:
    """One number came back, the output of the first example.

    How many columns has A?
    """


@forward.swap("sigmoid(Z)", "1 - sigmoid(Z) ** 2", family=44, equation="(21)")
def slope_of_tanh_for_sigmoid() -> None:
    """This is a slope, 1 - A². (21) has σ itself.

    Which function stands in (21)?
    """


@forward.swap("sigmoid(Z)", "sigmoid(Z) * (1 - sigmoid(Z))", family=44, equation="(21)")
def slope_for_sigmoid() -> None:
    """This is the slope of σ. (21) has σ itself.

    What should come out where Z is 0?
    """


@gradients.swap("A - Y", "A + Y", family=21, equation="(23)")
def plus_labels() -> None:
    """The labels were added. (23) takes them away.

    What should dZ be when every prediction is exact?
    """


@gradients.swap("dZ = A - Y", "dZ = np.abs(A - Y)", family=21, equation="(23)")
def distances() -> None:
    """The signs of dZ are lost: these are the distances |A - Y|.

    Which sign should dz have when a prediction is too small?
    """


@gradients.swap("dZ = A - Y", "dZ = (A - Y) ** 2", family=18, equation="(23)")
def squares() -> None:
    """These are squared errors where (23) has A - Y.

    Which sign should dz have when a prediction is too small?
    """


@gradients.swap("dZ = A - Y", "dZ = -Y / A + (1 - Y) / (1 - A)", family=24, equation="(23)")
def only_first_factor() -> None:
    """This is dA, the derivative by A. The factor A (1 - A) that leads to dZ is missing.

    What is left when (10) is multiplied by the slope of σ?
    """


@gradients.swap("dZ = A - Y", "dZ = A * (1 - A)", family=24, equation="(23)")
def slope_alone() -> None:
    """This is the slope of σ alone. The labels do not come into it.

    What should dZ be when every prediction is exact?
    """


@gradients.swap(
    "dZ = A - Y", "dZ = -(Y * np.log(A) + (1 - Y) * np.log(1 - A))", family=18, equation="(23)"
)
def loss_for_slope() -> None:
    """These are the losses themselves, where their derivatives are asked for.

    Which sign should dz have when a prediction is too large?
    """


@gradients.swap("X @ dZ.T / m", "X.sum(axis=1, keepdims=True) * dZ.sum() / m", family=22)
def summed_apart() -> None:
    """X and dZ were summed apart, and the sums multiplied. (25) multiplies first: each example's
    features with its own dz.

    What comes first in (25): multiplying, or adding?
    """


@gradients.swap("X @ dZ.T / m", "X.mean(axis=1, keepdims=True) * dZ.mean()", family=22)
def means_multiplied() -> None:
    """The means of X and of dZ were multiplied. (25) is the mean of the products.

    What comes first in (25): multiplying, or averaging?
    """


@gradients.swap("X @ dZ.T / m", "w * dZ.sum() / m", family=22)
def w_for_x() -> None:
    """dw was made with w instead of X.

    z = w₁x₁ + …: what is its derivative by w₁?
    """


@gradients.swap("X @ dZ.T / m", "np.ones_like(w) * dZ.sum() / m", family=22)
def without_x() -> None:
    """dw is missing its factor X.

    How much does z change if w₁ grows by a little?
    """


@gradients.swap("X @ dZ.T / m", "X[:, :1] * dZ[0, 0]", family=30)
def dw_first_alone() -> None:
    """dw is that of the first example alone.

    How do the other examples come in?
    """


@gradients.swap("X @ dZ.T / m", "X[:, -1:] * dZ[0, -1] / m", family=30)
def dw_overwritten() -> None:
    """In dw only the last example is left: each turn wrote over the one before.

    What does += do that = does not?
    """


@gradients.swap("np.sum(dZ) / m", "dZ[0, -1] / m", family=30, equation="(24)")
def db_overwritten() -> None:
    """In db only the last example is left: each turn wrote over the one before.

    What does += do that = does not?
    """


@gradients.swap("np.sum(dZ)", "np.sum(A)", family=23, equation="(24)")
def db_from_a() -> None:
    """db was made from A instead of dZ: the labels do not come into it.

    Which of your names holds A - Y?
    """


@gradients.swap("np.sum(dZ)", "np.sum(Y)", family=23, equation="(24)")
def db_from_y() -> None:
    """db was made from Y instead of dZ.

    Which of your names holds A - Y?
    """


@gradients.swap("np.sum(dZ)", "np.sum(np.abs(dZ))", family=23, equation="(24)")
def db_from_distances() -> None:
    """The signs of dZ are lost in db: distances were added up.

    May a dz that is too large and one that is too small cancel?
    """


@gradients.swap("np.sum(dZ) / m", "np.max(dZ)", family=23, equation="(24)")
def db_largest() -> None:
    """db is the largest entry of dZ. (24) is their mean.

    What does Σ do?
    """


@gradients.swap("X @ dZ.T", "X @ Y.T", family=22)
def y_for_dz_in_dw() -> None:
    """dw was made from Y instead of dZ: the predictions do not come into it.

    Which of your names holds A - Y?
    """


@gradients.swap("X @ dZ.T", "-X @ Y.T", family=22)
def bracket_in_dw() -> None:
    """In dw the outputs are missing: X times minus Yᵀ is left of X (A - Y)ᵀ.

    Which two terms does the bracket hold?
    """


@gradients.swap("X @ dZ.T / m", "(X @ A.T - Y.sum()) / m", family=22)
def bracket_lost_in_dw() -> None:
    """The bracket is lost in dw: X Aᵀ minus Y, where (25) has X (A - Y)ᵀ.

    To which terms does X belong?
    """


# --- training


@train.swaps(
    {"costs: list[float] = []": "costs, start = [], (w, b)", "Z = w.T": "w, b = start\nZ = w.T"},
    family=26,
)
def every_step_from_the_start() -> None:
    """Every step begins at the start again, so at the end there is one step alone: the new w and b
    do not come back into the loop.

    Which w and b does the second turn of the loop begin with, and where do they come from?
    """


@train.swaps(
    {
        "w = w - learning_rate * dw": "w = w - dw / learning_rate",
        "b = b - learning_rate * db": "b = b - db / learning_rate",
    },
    family=28,
)
def train_divided_by_rate() -> None:
    """You divided by the learning rate: a smaller rate takes a larger step.

    What does (26) do with α?
    """


@train.swap(
    "costs.append(cost_from_z(Z, Y))",
    "costs.append(float(np.mean((A - Y) ** 2)))",
    family=18,
    equation="(7)",
)
def costs_squared() -> None:
    """The costs are mean squared errors. (7) is the mean of the cross-entropy.

    Which loss belongs to (7)?
    """


@train.swap("np.zeros((n_x, 1), X.dtype)", "np.full((n_x, 1), 0.01)", family=38)
def starts_at_a_hundredth() -> None:
    """Training starts with every weight 0.01. The course starts at zero.

    What is the first cost, and what is it if every answer is one half?
    """


@train.swap("X @ dZ.T / m", "X @ dZ.T / m / m", family=20, equation="(25)")
def train_dw_averaged_twice() -> None:
    """dw is divided by m twice.

    How often does 1/m stand in (25)?
    """


@train.swap("return Fit(w, b, costs)", "return Fit(w, b, costs[-1])", family=45)
def train_one_cost() -> None:
    """One cost came back, the last one. A list is asked for, with one for each step.

    What can be seen from the costs of all steps?
    """


@train.swap("return Fit(w, b, costs)", "return Fit(w.T, b, costs)", family=45)
def train_w_turned() -> None:
    """w came back as a row. It is a column, (n_x, 1).

    Which shape had it at the start?
    """


@train.swap(
    "costs.append(cost_from_z(Z, Y))",
    "costs.append(cost_from_z(Z, Y))\nlearning_rate = learning_rate / 2",
    family=28,
)
def rate_halved_each_step() -> None:
    """The learning rate is changed inside the loop. In (26) it is the same in every step.

    Which name on the left of an = should not be there?
    """


@train.swap("Fit(w, b, costs)", "Fit(w, b, costs[::100])", family=45)
def costs_thinned() -> None:
    """Most costs are missing: they were kept now and then, such as every hundredth. There should be
    one for each step.

    How many entries has the list after 4 steps?
    """


@train.swap("Fit(w, b, costs)", "Fit(w, b, costs[::2])", family=45)
def every_other_cost() -> None:
    """Only every other cost was kept. There should be one for each step.

    How many entries has the list after 4 steps?
    """


@train.swap("Fit(w, b, costs)", "Fit(w, b, [*costs, cost_from_z(w.T @ X + b, Y)])", family=45)
def last_cost_added() -> None:
    """There is one cost more than there are steps: that after the last step. The course keeps those
    before each step.

    How many entries has the list after 4 steps?
    """


# --- predicting


@predict.swap("> threshold", ">= threshold", family=32)
def one_at_the_threshold() -> None:
    """A probability that equals the threshold became 1. Here 1 means above it.

    What should come out for a = 0.5 at threshold 0.5?
    """


@predict.swap(
    "(forward(w, b, X) > threshold).astype(int)",
    "np.where(forward(w, b, X) > threshold, forward(w, b, X), 0)",
    family=32,
)
def probability_kept_above() -> None:
    """Above the threshold the probability itself came back. A prediction is a label, 0 or 1.

    Which two values has Y?
    """


@predict.swap("astype(int)", "astype(int).T", family=32)
def labels_in_a_column() -> None:
    """The labels are a column. Predictions have the shape of Y, (1, m).

    In this course, is an example a row or a column?
    """


@predict.swap(
    "(forward(w, b, X) > threshold).astype(int)",
    "int(np.sum(forward(w, b, X) > threshold))",
    family=32,
)
def number_of_ones() -> None:
    """This is the number of ones. Each example has its own label.

    How many columns has X, and how many labels should there be?
    """


@predict.swap(
    "forward(w, b, X) > threshold", "forward(w, b, X) > forward(w, b, X).mean()", family=32
)
def above_the_mean() -> None:
    """The probabilities were compared with their mean. The threshold is an argument.

    What should happen at threshold 0.8?
    """


@predict.swap("> threshold", "> 1 - threshold", family=32)
def one_minus_threshold() -> None:
    """The comparison is with 1 minus the threshold.

    Should there be more ones or fewer if the threshold rises?
    """


@predict.swap("forward(w, b, X) > threshold", "forward(w, b, X) < 0", family=32)
def every_zero() -> None:
    """Every label is 0, whatever the probability.

    What is compared with the threshold?
    """


@train.swap("w - learning_rate", "w + learning_rate", family=27, equation="(8)")
def train_w_uphill() -> None:
    """w goes uphill: its gradient was added, or has the wrong sign.

    Compare the lines of w and b sign by sign.
    """


@train.swap("b - learning_rate", "b + learning_rate", family=27, equation="(9)")
def train_b_uphill() -> None:
    """b goes uphill: its gradient was added, or has the wrong sign.

    Compare the lines of w and b sign by sign.
    """


@train.swaps(
    {
        "np.zeros((n_x, 1), X.dtype)": "np.zeros(n_x)",
        "Z = w.T @ X + b": "Z = (w.T @ X + b).reshape(1, -1)",
    },
    family=5,
)
def flat_start_reshaped() -> None:
    """w has shape (n_x,) at the start. The first step makes a square table of it, without an error.

    Which shape has w in (26)?
    """


@gradients_loop.swap("X[:, i : i + 1]", "X[i].reshape(-1, 1)", family=2)
def loop_rows() -> None:
    """X[i] is a row: one feature of all examples. Example i is a column.

    Which index of X counts the examples, the first or the second?
    """


@gradients_loop.swap(
    "dw_i, db_i = gradients_one(w, b, X[:, i : i + 1], Y[0, i].item())",
    "x = X[i].reshape(-1, 1)\ndb_i = forward_one(w, b, x) - Y[0, i].item()\ndw_i = x * db_i",
    family=2,
    twin="loop_rows",
)
def loop_rows_into_forward() -> None:
    """X[i] is a row, one feature of all examples, and went into the unit as if it were an example.

    Which index of X counts the examples, the first or the second?
    """


@gradients_loop.swap(
    "dw, db = np.zeros((n_x, 1), X.dtype), 0.0", "dw = db = np.zeros((n_x, 1))", family=31
)
def loop_one_array_two_names() -> None:
    """`dw = db = …` makes one array with two names: both sums are added up in the same place.

    How many arrays are there, and how many numbers should db hold?
    """


@gradients_loop.swap("return dw / m, db / m", "dw[-1] = 0\nreturn dw / m, db / m", family=30)
def loop_last_feature_left_out() -> None:
    """The last weight gets no gradient: the loop over the features ends one too early.

    With which number does range(3) end?
    """


@gradients_loop.swap("return dw / m, db / m", "dw[0] = 0\nreturn dw / m, db / m", family=30)
def loop_first_feature_left_out() -> None:
    """The first weight gets no gradient: the loop over the features begins one too late.

    With which number do the rows of X begin?
    """


@forward.swap("w.T @ X + b", "np.zeros((1, X.shape[1])) + np.sum(w * X) + b", family=6)
def one_sum_for_all() -> None:
    """The sum runs over the examples as well: all of them get one and the same output.

    Over which axis of X does wᵀX sum?
    """


@gradients.swap("X @ dZ.T / m", "float(np.sum(X @ dZ.T) / m)", family=22)
def dw_added_to_one_number() -> None:
    """All of dw was added up to one number: every weight has its own derivative. The matrix product
    has summed over the examples already.

    How many numbers has w, and how many its gradient?
    """


@gradients.swap("X @ dZ.T / m", "np.full_like(w, np.sum(X @ dZ.T) / m)", family=22)
def dw_all_equal() -> None:
    """Every entry of dw is the sum of all of them: a sum runs over the features as well.

    Over what does (25) sum?
    """


@gradients_loop.swap("dw += dw_i", "dw = dw + dw_i.ravel()", family=22)
def loop_flat_example() -> None:
    """dw is a square table: a column meets an array with one axis at `+`, and every entry is paired
    with every other. X[:, i] has one axis, X[:, i:i+1] is a column.

    What is the shape of one column of X, as you cut it out?
    """


@gradients_loop.swaps(
    {"np.zeros((n_x, 1), X.dtype)": "np.zeros(n_x, X.dtype)", "dw += dw_i": "dw = dw + dw_i"},
    family=22,
)
def loop_flat_sums() -> None:
    """dw starts with one axis, and what is added to it is a column: NumPy pairs every entry of one
    with every entry of the other.

    What shape has w, and what shape has your dw before the loop?
    """
