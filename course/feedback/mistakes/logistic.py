"""Wrong versions of the functions in nnlib.logistic."""

from __future__ import annotations

from course.feedback.mistakes.section import Section

forward_one = Section("logistic.forward_one", "(2)")


@forward_one.swap(" + b", "", family=7)
def one_without_b() -> None:
    """b is lost: z is wᵀx + b.

    At x = 0, z should be b.
    """


@forward_one.swap("+ b", "- b", family=7)
def one_minus_b() -> None:
    """b is taken away instead of added.

    At x = 0, z should be b.
    """


@forward_one.swap("w.T", "w", family=6)
def one_without_transpose() -> None:
    """w and x are columns of the same shape, and w @ x does not fit. (2) has wᵀ.

    Write the shapes over the two factors: the inner numbers must agree.
    """


@forward_one.swaps({"w.T @ x": "w * x", ".item()": ""}, family=6)
def one_products_not_summed() -> None:
    """`*` multiplies entry by entry, and the products were never added up.

    wᵀx is one number: products, then their sum.
    """


@forward_one.swap("sigmoid(z)", "z", family=7, equation="(1)")
def one_without_sigmoid() -> None:
    """This is z. (1) sends it through σ.

    The output is a probability.
    """


@forward_one.swap("sigmoid(z)", "sigmoid(-z)", family=8, equation="(1)")
def one_sigmoid_of_minus_z() -> None:
    """σ fell the wrong way: its exponent is -z, and you used +z.

    A larger z must give a larger output.
    """


@forward_one.swaps({" + b": "", "sigmoid(z)": "(1 / (1 + np.exp(-z) + b))"}, family=7)
def one_b_outside_exponent() -> None:
    """The bracket is lost: e^(-wᵀx) + b was computed; b belongs inside the exponent.

    What belongs into the exponent: all of z, or a part of it?
    """


@forward_one.swap("sigmoid(z).item()", "int(sigmoid(z).item() > 0.5)", family=32, equation="(1)")
def one_decision() -> None:
    """This is the decision, 0 or 1. (1) gives the probability itself.

    The threshold comes later, in predict.
    """


@forward_one.swap(".item()", "", family=17, equation="(1)")
def one_in_a_box() -> None:
    """The number sits in a (1, 1) array.

    How does a number come out of an array that holds one?
    """


@forward_one.swap("w.T @ x + b", "np.sum(w * x + b)", family=7)
def one_b_for_each_feature() -> None:
    """b was added to each product, so it is counted once for every feature.

    How often does b stand in (2)?
    """


@forward_one.swaps({"w.T @ x": "w.T * x", ".item()": ""}, family=6)
def one_table_of_products() -> None:
    """wᵀ * x is a table of all products, w with x: `*` never sums. (2) is a matrix product.

    Which operator is the matrix product?
    """


gradients_one = Section("logistic.gradients_one", "(13)")


@gradients_one.swap("a - y", "y - a", family=21, equation="(12)")
def one_label_minus_prediction() -> None:
    """The sign of dz is turned: y - a. (12) is the prediction minus the label.

    If a is too large, z should go down: dz is positive.
    """


@gradients_one.swap("a - y", "(a - y) * a * (1 - a)", family=24, equation="(12)")
def one_extra_slope() -> None:
    """There is an extra factor a (1 - a): in (11) it cancels against the loss.

    Multiply (11) out and see what remains.
    """


@gradients_one.swap("x * dz", "dz * np.ones_like(w)", family=22)
def one_without_x() -> None:
    """dw is missing its factor x.

    How much does z change if w₁ grows by a little?
    """


@gradients_one.swap("x * dz", "w * dz", family=22)
def one_w_for_x() -> None:
    """dw was multiplied by w instead of x.

    z = w₁x₁ + …: its derivative by w₁ is the other factor.
    """


@gradients_one.swap("x * dz", "x.T * dz", family=22)
def one_row_gradient() -> None:
    """dw is a row; it must have the shape of w, a column.

    A gradient has the shape of its parameter.
    """


@gradients_one.swap("db = dz", "db = float(np.sum(x) * dz)", family=23, equation="(15)")
def one_db_times_x() -> None:
    """db was multiplied by the features; b stands alone in z, so its derivative is dz itself.

    How much does z change if b grows by a little?
    """


@gradients_one.swap("a - y", "-y / a + (1 - y) / (1 - a)", family=24, equation="(12)")
def one_only_first_factor() -> None:
    """This is dl/da of (10), not dl/dz: the factor da/dz = a - a² is missing.

    (11) has two factors.
    """


@gradients_one.swap("x * dz", "x * dz / x.shape[0]", family=12)
def one_divided_by_features() -> None:
    """dw was divided by the number of features. There is one example here, and nothing to
    average.

    (13) has no fraction.
    """


gradients_loop = Section("logistic.gradients_loop")


@gradients_loop.swap("dw / m, db / m", "dw, db", family=20, equation="(24), (25)")
def loop_not_averaged() -> None:
    """The sums were never divided by m: both are m times too large. The document forgets it,
    too.

    The cost is a mean. So is its gradient.
    """


@gradients_loop.swap("dw / m", "dw", family=20, equation="(25)")
def loop_dw_not_averaged() -> None:
    """dw was not divided by m.

    Both are means over the examples.
    """


@gradients_loop.swap("db / m", "db", family=20, equation="(24)")
def loop_db_not_averaged() -> None:
    """db was not divided by m.

    Both are means over the examples.
    """


@gradients_loop.swap("dw_i, db_i =", "dw, db = np.zeros((n_x, 1)), 0.0\ndw_i, db_i =", family=30)
def loop_reset_inside() -> None:
    """Only the last example is left: each turn of the loop sets the sums back to zero, or writes
    over them.

    Which line belongs before the loop?
    """


@gradients_loop.swap("    return", "        return", family=30)
def loop_return_inside() -> None:
    """`return` stands inside the loop: it ends after the first example.

    How far is the return indented?
    """


@gradients_loop.swap("range(m)", "range(m - 1)", family=30)
def loop_last_left_out() -> None:
    """The loop leaves out the last example.

    With which number does range(3) end?
    """


@gradients_loop.swap("dw / m, db / m", "dw / n_x, db / n_x", family=12, equation="(25)")
def loop_divided_by_features() -> None:
    """The sums were divided by the number of features, X.shape[0], instead of the number of
    examples.

    Examples are columns.
    """


@gradients_loop.swap("dw / m, db / m", "-dw / m, -db / m", family=21, equation="(12)")
def loop_sign() -> None:
    """The sign is turned: label minus prediction.

    If a prediction is too large, should dz be positive or negative?
    """


@gradients_loop.swaps(
    {"db += db_i": "db += db_i\ndw, db = dw / m, db / m", "dw / m, db / m": "dw, db"},
    family=30,
)
def loop_divided_inside() -> None:
    """The division by m stands inside the loop, so early examples were divided many times.

    How often should each example be divided by m?
    """


step = Section("logistic.step", "(8), (9)")


@step.swaps(
    {"w - learning_rate": "w + learning_rate", "b - learning_rate": "b + learning_rate"}, family=27
)
def uphill() -> None:
    """The step goes uphill: (8) takes α dw away.

    The gradient points to where the cost grows.
    """


@step.swaps({"learning_rate * dw": "dw", "learning_rate * db": "db"}, family=28)
def without_rate() -> None:
    """The learning rate is not used: the step is the whole gradient.

    (8) has an α.
    """


@step.swap("b - learning_rate * db", "b", family=56, equation="(9)")
def b_forgotten() -> None:
    """b stays as it was.

    Two parameters, two updates.
    """


@step.swap("w - learning_rate * dw", "w", family=56, equation="(8)")
def w_forgotten() -> None:
    """w stays as it was.

    Two parameters, two updates.
    """


@step.swap("learning_rate * dw", "learning_rate * db", family=56, equation="(8)")
def db_for_dw() -> None:
    """w was moved by db instead of dw.

    Each parameter has its own gradient.
    """


@step.swaps(
    {"learning_rate * dw": "dw / learning_rate", "learning_rate * db": "db / learning_rate"},
    family=28,
)
def divided_by_rate() -> None:
    """You divided by the learning rate: a smaller rate would take a larger step.

    (8) multiplies.
    """


@step.swap("w = w -", "w -=", family=31, equation="(8)")
def changes_the_caller() -> None:
    """This changes the array of the caller, who still needs the old w.

    Which of `w -= …` and `w = w - …` makes a new array?
    """


@step.swaps(
    {"w - learning_rate": "-learning_rate", "b - learning_rate": "-learning_rate"}, family=26
)
def only_the_step() -> None:
    """This returns the steps alone, not the parameters after the step.

    (8) begins with w.
    """


forward = Section("logistic.forward", "(19)")


@forward.swap(" + b", "", family=7)
def without_b() -> None:
    """b is lost.

    (19) adds it to every column.
    """


@forward.swap("+ b", "- b", family=7)
def minus_b() -> None:
    """b is taken away instead of added.

    (19) has a plus.
    """


@forward.swap("w.T", "w", family=6)
def without_transpose() -> None:
    """w @ X does not fit: (n_x, 1) times (n_x, m). (19) has wᵀ.

    Write the shapes over the factors: the inner numbers must agree.
    """


@forward.swap("w.T @ X", "w * X", family=6)
def products_not_summed() -> None:
    """`*` multiplied every feature by its weight, and the products were never added up: the
    shape is that of X.

    wᵀX sums over the features.
    """


@forward.swap("sigmoid(Z)", "Z", family=7, equation="(21)")
def without_sigmoid() -> None:
    """This is Z. (21) sends it through σ.

    Outputs are probabilities.
    """


@forward.swap("sigmoid(Z)", "sigmoid(-Z)", family=8, equation="(21)")
def sigmoid_of_minus_z() -> None:
    """σ has the wrong sign in its exponent.

    A larger z must give a larger a.
    """


@forward.swaps({" + b": "", "sigmoid(Z)": "1 / (1 + np.exp(-Z) + b)"}, family=7)
def b_outside_exponent() -> None:
    """The bracket is lost: b was added outside the exponent.

    What belongs into the exponent: all of Z, or a part of it?
    """


@forward.swap("w.T @ X", "X.T @ w", family=2)
def as_a_column() -> None:
    """The result is a column, (m, 1). Examples are columns here, so A is a row, (1, m).

    Which of the two factors comes first in (19)?
    """


@forward.swap("sigmoid(Z)", "sigmoid(Z)[0]", family=17, equation="(21)")
def flat() -> None:
    """The result has one axis only, (m,). A has shape (1, m).

    A flat array meets a (1, m) array badly later.
    """


@forward.swap("w.T @", "w.T *", family=6)
def star_for_product() -> None:
    """wᵀ * X does not fit: `*` multiplies entry by entry. (19) is a matrix product.

    Which operator is the matrix product?
    """


@forward.swap("sigmoid(Z)", "np.round(sigmoid(Z))", family=32, equation="(21)")
def rounded() -> None:
    """The probabilities were rounded to 0 and 1. (21) gives them as they are.

    The threshold comes later, in predict.
    """


gradients = Section("logistic.gradients", "(25)")


@gradients.swaps(
    {"dZ.T / m": "dZ.T", "np.sum(dZ) / m": "np.sum(dZ)"}, family=20, equation="(24), (25)"
)
def not_averaged() -> None:
    """Neither sum is divided by m: both gradients are m times too large.

    Both (24) and (25) begin with 1/m.
    """


@gradients.swap("dZ.T / m", "dZ.T", family=20)
def dw_not_averaged() -> None:
    """dw is not divided by m: it is m times too large.

    (25) begins with 1/m.
    """


@gradients.swap("np.sum(dZ) / m", "np.sum(dZ)", family=20, equation="(24)")
def db_not_averaged() -> None:
    """db is not divided by m: it is m times too large.

    (24) begins with 1/m.
    """


@gradients.swap("X.shape[1]", "X.shape[0]", family=12, equation="(24), (25)")
def divided_by_features() -> None:
    """You divided by X.shape[0], the number of features. m is the number of columns.

    X is (n_x, m).
    """


@gradients.swap("X.shape[1]", "7", family=10, equation="(24), (25)")
def fixed_m() -> None:
    """The number 7 is written into the code: it is right for 7 examples only.

    From which argument can m be read?
    """


@gradients.swap("A - Y", "Y - A", family=21, equation="(23)")
def label_minus_prediction() -> None:
    """The sign is turned: Y - A. (23) is A - Y.

    If a is too large, which sign should dz have?
    """


@gradients.swap("X @ dZ.T", "X * dZ", family=22)
def entrywise() -> None:
    """`X * dZ` multiplies entry by entry, and nothing is summed over the examples: the shape is
    that of X.

    A gradient has the shape of its parameter, (n_x, 1).
    """


@gradients.swap("X @ dZ.T", "dZ @ X.T", family=22)
def row_gradient() -> None:
    """dw is a row: dZ Xᵀ. (25) is X dZᵀ, a column like w.

    A gradient has the shape of its parameter.
    """


@gradients.swap("float(np.sum(dZ) / m)", "dZ / m", family=23, equation="(24)")
def db_not_summed() -> None:
    """db was never summed: there is one number for each example. (24) has a Σ.

    b is one number, and so is db.
    """


@gradients.swaps(
    {
        "    db = float(np.sum(dZ) / m)  # (24)\n": "",
        "return dw, db": "return dw, float(np.sum(dw) / m)",
    },
    family=23,
    equation="(24)",
)
def db_from_dw() -> None:
    """db was made from dw. It is the mean of dZ.

    What does b get multiplied by in z?
    """


@gradients.swap("np.sum", "np.mean", family=23, equation="(24)")
def db_averaged_twice() -> None:
    """db is divided by m twice.

    What does a mean do besides adding up?
    """


@gradients.swap("A - Y", "(A - Y) * A * (1 - A)", family=24, equation="(23)")
def extra_slope() -> None:
    """There is an extra factor A (1 - A): with this loss it cancels, see (11) and (12).

    What is left of A (1 - A) in (12)?
    """


@gradients.swap("forward(w, b, X)", "forward(w, 0, X)", family=7, equation="(19)")
def forward_without_b() -> None:
    """The forward part lost b: dZ was computed at another point.

    Of what is A the σ?
    """


@gradients.swap("forward(w, b, X)", "w.T @ X + b", family=7, equation="(21)")
def forward_without_sigmoid() -> None:
    """The forward part has no σ: Z - Y was used instead of A - Y.

    (21) comes before (23).
    """


@gradients.swap("dZ.T", "dZ", family=22)
def without_dz_transpose() -> None:
    """X @ dZ does not fit: (n_x, m) times (1, m). (25) has dZᵀ.

    Write the shapes over the factors.
    """


@gradients.swap("return dw, db", "return db, dw", family=56, equation="(24), (25)")
def wrong_order() -> None:
    """The two results are in the wrong order: dw comes first.

    In which order are they named in the task?
    """


@gradients.swap("X @ dZ.T / m", "(X * dZ).mean(axis=1)", family=22)
def dw_flat() -> None:
    """dw lost an axis: its shape is (n_x,). It must be a column like w, (n_x, 1).

    Which shape has w, and how many axes are that?
    """


@gradients.swap("X @ dZ.T / m", "float(np.mean(X @ dZ.T))", family=22)
def dw_one_number() -> None:
    """All of dw became one number: every weight has its own derivative.

    1/m in front of (25) is a division, not a mean over the features.
    """


@gradients.swap("return dw, db", "return dw", family=56, equation="(24)")
def only_dw() -> None:
    """Only dw came back. Two things are asked for: dw and db.

    What stands after the arrow in the first line?
    """


@gradients.swaps(
    {"X @ dZ.T": "X[:, -1:] * dZ[0, -1]", "np.sum(dZ)": "dZ[0, -1]"},
    family=30,
    equation="(24), (25)",
)
def overwritten() -> None:
    """Only the last example is left: each turn of the loop wrote over the one before, or set the
    sums back to zero.

    What does += do that = does not?
    """


train = Section("logistic.train", "(26)")


@train.swaps(
    {
        "for _ in": "dw, db = gradients(w, b, X, Y)\nfor _ in",
        "dw = X @ dZ.T / m": "pass",
        "db = float(np.sum(dZ) / m)": "pass",
    },
    family=25,
)
def gradient_once() -> None:
    """The gradient is taken once, before the loop: every step goes the same way, and soon past
    the goal.

    Which of the seven lines of (26) must be run again in every step?
    """


@train.swaps(
    {"w = w - learning_rate * dw": "pass", "b = b - learning_rate * db": "pass"}, family=26
)
def not_kept() -> None:
    """The new parameters are not kept: the cost stays the same in every step.

    Who holds the result of w - α dw?
    """


@train.swaps(
    {"w - learning_rate": "w + learning_rate", "b - learning_rate": "b + learning_rate"}, family=27
)
def train_uphill() -> None:
    """The steps go uphill: the cost rises at once.

    In which direction does the cost fall: along the gradient, or against it?
    """


@train.swaps({"learning_rate * dw": "dw", "learning_rate * db": "db"}, family=28)
def train_without_rate() -> None:
    """The learning rate is not used.

    (26) has an α in its last two lines.
    """


@train.swap("b = b - learning_rate * db", "pass", family=56)
def train_b_forgotten() -> None:
    """b is never updated.

    (26) has seven lines; which one is missing?
    """


@train.swap("    return", "        return", family=30)
def train_return_inside() -> None:
    """`return` stands inside the loop: training ends after one step.

    How far is the return indented?
    """


@train.swap("Z = w.T", "w, b = np.zeros((n_x, 1)), 0.0\nZ = w.T", family=30)
def restarts_inside() -> None:
    """w and b are set back to zero inside the loop: every step is the first one.

    The start belongs before the loop.
    """


@train.swap("range(steps)", "range(1, steps)", family=30)
def one_step_less() -> None:
    """There is one step too few.

    How many turns has a loop over range(3)?
    """


@train.swaps({"dZ.T / m": "dZ.T", "np.sum(dZ) / m": "np.sum(dZ)"}, family=12, equation="(24), (25)")
def train_not_averaged() -> None:
    """The gradients are not divided by m: each step is m times too long.

    Both begin with 1/m.
    """


@train.swap("np.zeros((n_x, 1), X.dtype)", "np.zeros(n_x)", family=5)
def flat_start() -> None:
    """w has shape (n_x,) at the start. After one update broadcasting makes a square matrix of
    it, without an error.

    Which shape has w in (26)?
    """


@train.swap("cost_from_z(Z, Y)", "cost_from_z(w.T @ X + b, Y)", family=26)
def cost_after_update() -> None:
    """The costs were kept after each update; the course keeps the cost of each pass, before its
    update.

    Where in the loop does costs.append stand?
    """


@train.swap("costs.append(cost_from_z(Z, Y))", "costs = [cost_from_z(Z, Y)]", family=30)
def last_cost_alone() -> None:
    """Only the last cost is left: there should be one for each step. Either the list is made
    anew inside the loop, or the cost is appended after it.

    Which lines run once, and which in every step?
    """


@train.swaps(
    {
        "for _ in": "Z = w.T @ X + b\ndw, db = gradients(w, b, X, Y)\nfor _ in",
        "Z = w.T @ X + b": "pass",
        "dw = X @ dZ.T / m": "pass",
        "db = float(np.sum(dZ) / m)": "pass",
    },
    family=25,
)
def pass_once() -> None:
    """Z, A and the gradients are computed once, before the loop: the cost stays the same in
    every step, and every step goes the same way.

    Which of the seven lines of (26) must be run again in every step?
    """


predict = Section("logistic.predict")


@predict.swap("(forward(w, b, X) > threshold).astype(int)", "forward(w, b, X)", family=32)
def probabilities() -> None:
    """These are the probabilities. A prediction is a label, 0 or 1.

    Which question makes 0 or 1 of a probability?
    """


@predict.swap(".astype(int)", "", family=32)
def truth_values() -> None:
    """These are True and False; labels are the numbers 1 and 0.

    How does an array of True and False become one of numbers?
    """


@predict.swap("astype(int)", "astype(int)[0]", family=32)
def flat_labels() -> None:
    """The labels have one axis, (m,). Predictions have the shape of Y, (1, m).

    How many axes has Y, and how many has yours?
    """


@predict.swap("> threshold", "< threshold", family=32)
def below_threshold() -> None:
    """The comparison is the wrong way round: 1 means that the probability is above the
    threshold.

    Which way does > point?
    """


@predict.swap("> threshold", "> 0.5", family=32)
def fixed_threshold() -> None:
    """The argument `threshold` is not used: 0.5 is written into the code.

    What should happen at threshold 0.8?
    """


@predict.swap("forward(w, b, X)", "w.T @ X + b", family=32)
def threshold_on_z() -> None:
    """z was compared with the threshold. The threshold is a probability: compare A.

    σ first, then the comparison.
    """


@predict.swap("forward(w, b, X)", "forward(w, 0, X)", family=7, equation="(19)")
def predict_without_b() -> None:
    """b is lost.

    Of what is A the σ?
    """


@forward_one.swap("sigmoid(z)", "np.tanh(z)", family=44, equation="(1)")
def one_tanh() -> None:
    """This is tanh of z, which runs from -1 to 1. (1) has σ.

    Can a probability be negative?
    """


@forward_one.swap("sigmoid(z)", "np.maximum(0, z)", family=44, equation="(1)")
def one_relu() -> None:
    """This is max(0, z), which can be larger than 1. (1) has σ.

    Can a probability be 3?
    """


@gradients_one.swap("return dw, db", "return db, dw", family=56, equation="(13), (15)")
def one_wrong_order() -> None:
    """The two results are in the wrong order: dw comes first.

    In which order are they named in the task?
    """


@gradients_one.swap("return dw, db", "return dw", family=56, equation="(15)")
def one_only_dw() -> None:
    """Only dw came back. Two things are asked for: dw and db.

    What stands after the arrow in the first line?
    """


@gradients_one.swap("a - y", "2 * (a - y)", family=18, equation="(12)")
def one_doubled() -> None:
    """There is a factor 2: it belongs to squared errors.

    Which loss is it whose derivative you need?
    """


@gradients_one.swap("a - y", "2 * (a - y) * a * (1 - a)", family=18, equation="(12)")
def one_squared_error() -> None:
    """This is the gradient of the squared error (a - y)². The loss is the cross-entropy (4).

    What is left of a (1 - a) when (10) is multiplied with it?
    """


@gradients_one.swap("db = dz", "db = np.array([[dz]])", family=23, equation="(15)")
def one_db_in_a_box() -> None:
    """db sits in a table of shape (1, 1). b is one number, and so is db.

    What takes a number out of an array?
    """


@gradients_one.swap("a - y", "a", family=21, equation="(12)")
def one_without_label() -> None:
    """The label is missing: dz is a alone.

    What should dz be when the prediction is exact?
    """


@gradients_one.swap("db = dz", "db = 1.0", family=23, equation="(15)")
def one_db_of_one() -> None:
    """db is 1. That is how much z changes with b; the loss changes dz times as much.

    Which rule joins dl/dz and dz/db?
    """


@gradients_loop.swap("range(m)", "range(1, m)", family=30)
def loop_first_left_out() -> None:
    """The loop leaves out the first example.

    With which number do the columns of X begin?
    """


@gradients_loop.swap("range(m)", "range(n_x)", family=30)
def loop_over_features() -> None:
    """The loop runs over the features, n_x of them. It should run over the examples.

    What does one turn of the loop take out of X?
    """


@gradients_loop.swap(
    "return dw / m, db / m", "return db / m, dw / m", family=56, equation="(24), (25)"
)
def loop_wrong_order() -> None:
    """The two results are in the wrong order: dw comes first.

    In which order are they named in the task?
    """


@gradients_loop.swap("dw += dw_i", "dw = dw_i", family=30, equation="(25)")
def loop_dw_overwritten() -> None:
    """In dw only the last example is left: each turn overwrote the one before.

    What keeps what is there already, and adds to it?
    """


@gradients_loop.swap("db += db_i", "db = db_i", family=30, equation="(24)")
def loop_db_overwritten() -> None:
    """In db only the last example is left: each turn overwrote the one before.

    What keeps what is there already, and adds to it?
    """


@step.swap("w - learning_rate", "w + learning_rate", family=27, equation="(8)")
def w_uphill() -> None:
    """w goes uphill: its gradient was added.

    Compare your two lines sign by sign.
    """


@step.swap("b - learning_rate", "b + learning_rate", family=27, equation="(9)")
def b_uphill() -> None:
    """b goes uphill: its gradient was added.

    Compare your two lines sign by sign.
    """


@step.swaps({"w - learning_rate * dw": "w", "b - learning_rate * db": "b"}, family=26)
def step_not_kept() -> None:
    """The old w and b came back: the new ones were computed and not kept.

    Which names does your last line return?
    """


@step.swap("learning_rate * dw", "dw", family=28, equation="(8)")
def w_without_rate() -> None:
    """w was moved by its whole gradient: the learning rate is missing in that line.

    What should change if the rate is halved?
    """


@step.swap("learning_rate * db", "db", family=28, equation="(9)")
def b_without_rate() -> None:
    """b was moved by its whole gradient: the learning rate is missing in that line.

    What should change if the rate is halved?
    """


@step.swaps({"learning_rate * dw": "0.01 * dw", "learning_rate * db": "0.01 * db"}, family=10)
def step_rate_of_a_hundredth() -> None:
    """A learning rate of 0.01 is written into the code; it must come from the arguments.

    What should change if the argument is doubled?
    """


@step.swaps({"learning_rate * dw": "0.1 * dw", "learning_rate * db": "0.1 * db"}, family=10)
def step_rate_of_a_tenth() -> None:
    """A learning rate of 0.1 is written into the code: it is right for that rate alone.

    What should change if the argument is doubled?
    """


@step.swap("return w, b", "return b, w", family=56)
def step_wrong_order() -> None:
    """The two results are in the wrong order: w comes first.

    In which order are they named in the task?
    """


@step.swap("return w, b", "return w", family=56)
def step_only_w() -> None:
    """Only w came back. Two things are asked for: w and b.

    What stands after the arrow in the first line?
    """


@step.swap("learning_rate * db", "learning_rate * dw", family=56, equation="(9)")
def dw_for_db() -> None:
    """b was moved by dw instead of db: it became a column.

    Each parameter has its own gradient. Which is that of b?
    """


@forward.swap("sigmoid(Z)", "np.tanh(Z)", family=44, equation="(21)")
def with_tanh() -> None:
    """This is tanh of Z, which runs from -1 to 1. (21) has σ.

    Can a probability be negative?
    """


@forward.swap("sigmoid(Z)", "np.maximum(0, Z)", family=44, equation="(21)")
def with_relu() -> None:
    """This is max(0, Z), which can be larger than 1. (21) has σ.

    Can a probability be 3?
    """


@forward.swap("w.T @ X", "w @ X.T", family=6)
def transpose_at_x() -> None:
    """The transpose stands at the wrong factor: w Xᵀ. (19) is wᵀX.

    Write the shapes over the two factors: which inner numbers agree?
    """


@forward.swap("w.T @ X", "X @ w", family=6)
def factors_exchanged() -> None:
    """The factors are exchanged: X w. (19) is wᵀX.

    Write the shapes over the two factors: which inner numbers agree?
    """


@forward.swap("w.T @ X", "X @ w.T", family=6)
def factors_exchanged_transposed() -> None:
    """The factors are exchanged: X wᵀ. (19) is wᵀX.

    Write the shapes over the two factors: which inner numbers agree?
    """


@forward.swap("w.T @ X", "w.T @ X.T", family=6)
def x_transposed() -> None:
    """X was transposed: its columns are examples already.

    Write the shapes over the two factors: which inner numbers agree?
    """


@forward.swap("w.T @ X + b", "np.sum(w * X + b, axis=0, keepdims=True)", family=7)
def b_for_each_feature() -> None:
    """b was added to each product, so it is counted once for every feature.

    How often does b stand in (19), and before or after the sum?
    """


@forward.swap("sigmoid(Z)", "sigmoid(sigmoid(Z))", family=8, equation="(21)")
def sigmoid_twice() -> None:
    """σ was applied twice.

    Can your result be below one half?
    """


@gradients.swap(
    "float(np.sum(dZ) / m)", "np.sum(dZ, axis=1, keepdims=True) / m", family=23, equation="(24)"
)
def db_in_a_box() -> None:
    """db sits in a table of shape (1, 1). b is one number, and so is db.

    What does keepdims keep?
    """


@gradients.swap("float(np.sum(dZ) / m)", "np.sum(dZ, axis=1) / m", family=23, equation="(24)")
def db_flat() -> None:
    """db is an array with one entry, of shape (1,). b is one number, and so is db.

    What is left when both axes are summed?
    """


@gradients.swap("float(np.sum(dZ) / m)", "np.sum(dZ, axis=0) / m", family=23, equation="(24)")
def db_wrong_axis() -> None:
    """The sum for db runs over axis 0, where there is one row: nothing is added up.

    Along which axis do the examples lie?
    """


@gradients.swap("np.sum(dZ)", "-np.sum(dZ)", family=21, equation="(24)")
def db_sign() -> None:
    """db has the wrong sign.

    From which dZ did each of your two lines start?
    """


@gradients.swap("X @ dZ.T / m", "-X @ dZ.T / m", family=21)
def dw_sign() -> None:
    """dw has the wrong sign.

    From which dZ did each of your two lines start?
    """


@gradients.swap("X @ dZ.T / m", "X @ dZ.T / m / m", family=20)
def dw_averaged_twice() -> None:
    """dw is divided by m twice.

    How often does 1/m stand in (25)?
    """


@gradients.swap("dZ = A - Y", "dZ = (A - Y) / m", family=48, equation="(23)")
def both_averaged_twice() -> None:
    """dw and db are divided by m twice: a mean or 1/m stands where dZ is made, and again below.

    Column i of dZ belongs to one example. Is there anything to average yet?
    """


@gradients.swap("dZ = A - Y", "dZ = 2 * (A - Y)", family=18, equation="(23)")
def doubled() -> None:
    """There is a factor 2: it belongs to squared errors.

    Which cost is it whose derivative you need?
    """


@gradients.swap("dZ = A - Y", "dZ = 2 * (A - Y) * A * (1 - A)", family=18, equation="(23)")
def squared_error_gradient() -> None:
    """This is the gradient of the mean squared error. The cost (7) is the mean of the cross-
    entropy.

    What is left of A (1 - A) when the cost is (7)?
    """


@gradients.swap("dZ = A - Y", "dZ = A", family=21, equation="(23)")
def without_labels() -> None:
    """The labels are missing: A was used as dZ.

    What should the gradients be when every prediction is exact?
    """


@gradients.swap("dZ = A - Y", "dZ = np.round(A) - Y", family=32, equation="(23)")
def predictions_for_a() -> None:
    """The probabilities were turned into labels before Y was taken away.

    Does (23) know a threshold?
    """


@gradients.swap("X @ dZ.T", "X @ A.T", family=22)
def a_for_dz_in_dw() -> None:
    """dw was made from A instead of dZ: the labels do not come into it.

    Which of your names holds A - Y?
    """


@gradients.swap("X.shape[1]", "X.size", family=12, equation="(24), (25)")
def divided_by_all() -> None:
    """You divided by X.size, the number of all entries. m is the number of examples.

    What does one column of X stand for?
    """


@gradients.swap("X @ dZ.T / m", "X @ dZ.T / X.shape[0]", family=12)
def dw_divided_by_features() -> None:
    """dw is divided by the number of features instead of m.

    What is m, and is it the same in both lines?
    """


@gradients.swap("np.sum(dZ) / m", "np.sum(dZ) / X.shape[0]", family=12, equation="(24)")
def db_divided_by_features() -> None:
    """db is divided by the number of features instead of m.

    What is m, and is it the same in both lines?
    """


@gradients.swap("X @ dZ.T / m", "(X @ dZ.T / m).T", family=22, twin="row_gradient")
def dw_turned() -> None:
    """dw came out as a row. It must be a column, like w.

    A gradient has the shape of its parameter. Which shape has w?
    """


@gradients.swap("X @ dZ.T", "X.T @ dZ", family=22)
def transpose_at_x_in_dw() -> None:
    """The transpose stands at the wrong factor: Xᵀ dZ. (25) is X dZᵀ.

    Write the shapes over the two factors: which inner numbers agree?
    """


@gradients.swap("X @ dZ.T", "X.T @ dZ.T", family=22)
def both_transposed() -> None:
    """Both factors were transposed. (25) is X dZᵀ.

    Write the shapes over the two factors: which inner numbers agree?
    """


@gradients.swap("X @ dZ.T", "dZ @ X", family=22)
def dw_factors_exchanged() -> None:
    """The factors are exchanged: dZ X does not fit.

    Write the shapes over the two factors: which inner numbers agree?
    """


@gradients.swap("X @ dZ.T", "X * dZ.T", family=22)
def star_and_transpose() -> None:
    """`*` multiplies entry by entry, and with dZᵀ the shapes do not fit. (25) is a matrix product.

    Which operator sums over the examples?
    """


@gradients.swap("X @ dZ.T", "dZ.T @ X", family=22)
def outer() -> None:
    """dZᵀ X does not fit. (25) begins with X.

    Write the shapes over the two factors: which inner numbers agree?
    """


@train.swap("w = w - learning_rate * dw", "pass", family=56)
def train_w_forgotten() -> None:
    """w is never updated.

    How many parameters has the unit, and how many lines move them?
    """


@train.swap("range(steps)", "range(steps + 1)", family=30)
def one_step_more() -> None:
    """There is one step too many.

    How many turns has a loop over range(3)?
    """


@train.swap(" if w is None else w", "", family=30)
def train_start_ignored() -> None:
    """The w that was passed in is not used: training starts at zero whatever the caller asks for.

    What should happen when w is given?
    """


@train.swap("costs: list[float] = []", "costs, b = [], 0.0", family=30)
def train_b_start_ignored() -> None:
    """The b that was passed in is not used: training starts with b = 0 whatever the caller asks
    for.

    What should happen when b is given?
    """


@train.swaps(
    {" if w is None else w": "", "costs: list[float] = []": "costs, b = [], 0.0"}, family=30
)
def train_both_starts_ignored() -> None:
    """The w and b that were passed in are not used: training starts at zero whatever the caller
    asks for.

    What should happen when they are given?
    """


@train.swaps({"learning_rate * dw": "0.1 * dw", "learning_rate * db": "0.1 * db"}, family=10)
def train_rate_of_a_tenth() -> None:
    """A learning rate of 0.1 is written into the code; it must come from the arguments.

    What should change if the argument is doubled?
    """


@train.swaps({"learning_rate * dw": "0.01 * dw", "learning_rate * db": "0.01 * db"}, family=10)
def train_rate_of_a_hundredth() -> None:
    """A learning rate of 0.01 is written into the code; it must come from the arguments.

    What should change if the argument is doubled?
    """


@train.swap("dZ.T / m", "dZ.T", family=20, equation="(25)")
def train_dw_not_averaged() -> None:
    """dw is not divided by m.

    Which of the lines of (26) have 1/m?
    """


@train.swap("np.sum(dZ) / m", "np.sum(dZ)", family=20, equation="(24)")
def train_db_not_averaged() -> None:
    """db is not divided by m.

    Which of the lines of (26) have 1/m?
    """


@train.swap("A = sigmoid(Z)", "A = Z", family=7, equation="(21)")
def train_without_sigmoid() -> None:
    """σ is missing: Z was used as A.

    What comes between Z and A?
    """


@train.swap("w.T @ X + b", "w.T @ X", family=7, equation="(19)")
def train_without_b() -> None:
    """b is left out of Z, though it is updated.

    What is the first line of (26)?
    """


@train.swap("np.zeros((n_x, 1), X.dtype)", "np.ones((n_x, 1))", family=38)
def starts_at_one() -> None:
    """Training starts with every weight 1. The course starts at zero.

    What is the first cost, and what is it if every answer is one half?
    """


@train.swap("cost_from_z(Z, Y)", "cost_from_z(Z, Y) * m", family=12, equation="(7)")
def costs_not_averaged() -> None:
    """The costs are not divided by m.

    (7) is a mean. Over what?
    """


@train.swap("cost_from_z(Z, Y)", "-cost_from_z(Z, Y)", family=11, equation="(7)")
def costs_negative() -> None:
    """The costs have the wrong sign.

    Can a cost be below 0?
    """


@train.swap(
    "db = float(np.sum(dZ) / m)",
    "w = w - learning_rate * dw\ndb = float(np.mean(sigmoid(w.T @ X + b) - Y))\ndw = 0 * dw",
    family=25,
)
def moved_before_used() -> None:
    """w was moved before db was computed: db belongs to another place than dw.

    At which w and b should both gradients be taken?
    """


@train.swap("w = w - learning_rate * dw", "w = -learning_rate * dw", family=26)
def w_replaced() -> None:
    """Each step replaces w by the step alone: what was learned before is lost.

    What stands before the minus in (8)?
    """


@train.swap("Fit(w, b, costs)", "Fit(w, b, costs[::-1])", family=45)
def costs_reversed() -> None:
    """The costs stand in reverse order: the first should be that of the start.

    Where does each new cost go: to the end, or to the front?
    """


@train.swap("Fit(w, b, costs)", "Fit(w, b, costs[1:])", family=45)
def first_cost_missing() -> None:
    """The first cost is missing: there should be one for each step, taken before it.

    What is the cost before anything is learned?
    """


@predict.swap(
    "(forward(w, b, X) > threshold).astype(int)",
    "np.where(forward(w, b, X) > threshold, 1, -1)",
    family=32,
)
def minus_one_for_zero() -> None:
    """The labels are 1 and -1. In this course they are 1 and 0.

    Which two values has Y?
    """


@predict.swap("forward(w, b, X) > threshold", "forward(w, b, X) > 0", family=32)
def every_one() -> None:
    """The threshold is 0, and every probability is above it: every label is 1.

    With what should a probability be compared?
    """
