"""Wrong versions of the functions in nnlib.logistic."""

import numpy as np

from course.feedback.mistakes.registry import wrong
from nnlib import logistic


def _sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


# --- forward_one


@wrong("logistic.forward_one", 7, "(2)", "b is lost: z is wᵀx + b.", "At x = 0, z should be b.")
def one_without_b(w, b, x):
    return _sigmoid(w.T @ x).item()


@wrong(
    "logistic.forward_one",
    7,
    "(2)",
    "b is taken away instead of added.",
    "At x = 0, z should be b.",
)
def one_minus_b(w, b, x):
    return _sigmoid(w.T @ x - b).item()


@wrong(
    "logistic.forward_one",
    6,
    "(2)",
    "w and x are columns of the same shape, and w @ x does not fit. (2) has wᵀ.",
    "Write the shapes over the two factors: the inner numbers must agree.",
)
def one_without_transpose(w, b, x):
    return _sigmoid(w @ x + b).item()


@wrong(
    "logistic.forward_one",
    6,
    "(2)",
    "`*` multiplies entry by entry, and the products were never added up.",
    "wᵀx is one number: products, then their sum.",
)
def one_products_not_summed(w, b, x):
    return _sigmoid(w * x + b)


@wrong(
    "logistic.forward_one",
    7,
    "(1)",
    "This is z. (1) sends it through σ.",
    "The output is a probability.",
)
def one_without_sigmoid(w, b, x):
    return (w.T @ x + b).item()


@wrong(
    "logistic.forward_one",
    8,
    "(1)",
    "σ fell the wrong way: its exponent is -z, and you used +z.",
    "A larger z must give a larger output.",
)
def one_sigmoid_of_minus_z(w, b, x):
    return _sigmoid(-(w.T @ x + b)).item()


@wrong(
    "logistic.forward_one",
    7,
    "(2)",
    "The bracket is lost: e^(-wᵀx) + b was computed; b belongs inside the exponent.",
    "Name z first, on a line of its own.",
)
def one_b_outside_exponent(w, b, x):
    return (1 / (1 + np.exp(-(w.T @ x)) + b)).item()


@wrong(
    "logistic.forward_one",
    32,
    "(1)",
    "This is the decision, 0 or 1. (1) gives the probability itself.",
    "The threshold comes later, in predict.",
)
def one_decision(w, b, x):
    return int(_sigmoid(w.T @ x + b).item() > 0.5)


@wrong(
    "logistic.forward_one", 17, "(1)", "The number sits in a (1, 1) array.", ".item() takes it out."
)
def one_in_a_box(w, b, x):
    return _sigmoid(w.T @ x + b)


@wrong(
    "logistic.forward_one",
    7,
    "(2)",
    "b was added to each product, so it is counted once for every feature.",
    "Sum first, then add b once.",
)
def one_b_for_each_feature(w, b, x):
    return _sigmoid(np.sum(w * x + b)).item()


@wrong(
    "logistic.forward_one",
    6,
    "(2)",
    "wᵀ * x is a table of all products, w with x: `*` never sums. (2) is a matrix product.",
    "Which operator is the matrix product?",
)
def one_table_of_products(w, b, x):
    return _sigmoid(w.T * x + b)


# --- gradients_one


def _one(w, b, x):
    return _sigmoid(w.T @ x + b).item()


@wrong(
    "logistic.gradients_one",
    21,
    "(12)",
    "The sign of dz is turned: y - a. (12) is the prediction minus the label.",
    "If a is too large, z should go down: dz is positive.",
)
def one_label_minus_prediction(w, b, x, y):
    dz = y - _one(w, b, x)
    return x * dz, dz


@wrong(
    "logistic.gradients_one",
    24,
    "(12)",
    "There is an extra factor a (1 - a): in (11) it cancels against the loss.",
    "Multiply (11) out and see what remains.",
)
def one_extra_slope(w, b, x, y):
    a = _one(w, b, x)
    dz = (a - y) * a * (1 - a)
    return x * dz, dz


@wrong(
    "logistic.gradients_one",
    22,
    "(13)",
    "dw is missing its factor x.",
    "How much does z change if w₁ grows by a little?",
)
def one_without_x(w, b, x, y):
    dz = _one(w, b, x) - y
    return dz * np.ones_like(w), dz


@wrong(
    "logistic.gradients_one",
    22,
    "(13)",
    "dw was multiplied by w instead of x.",
    "z = w₁x₁ + …: its derivative by w₁ is the other factor.",
)
def one_w_for_x(w, b, x, y):
    dz = _one(w, b, x) - y
    return w * dz, dz


@wrong(
    "logistic.gradients_one",
    22,
    "(13)",
    "dw is a row; it must have the shape of w, a column.",
    "A gradient has the shape of its parameter.",
)
def one_row_gradient(w, b, x, y):
    dz = _one(w, b, x) - y
    return x.T * dz, dz


@wrong(
    "logistic.gradients_one",
    23,
    "(15)",
    "db was multiplied by the features; b stands alone in z, so its derivative is dz itself.",
    "How much does z change if b grows by a little?",
)
def one_db_times_x(w, b, x, y):
    dz = _one(w, b, x) - y
    return x * dz, float(np.sum(x) * dz)


@wrong(
    "logistic.gradients_one",
    24,
    "(12)",
    "This is dl/da of (10), not dl/dz: the factor da/dz = a - a² is missing.",
    "(11) has two factors.",
)
def one_only_first_factor(w, b, x, y):
    a = _one(w, b, x)
    da = -y / a + (1 - y) / (1 - a)
    return x * da, da


@wrong(
    "logistic.gradients_one",
    12,
    "(13)",
    "dw was divided by the number of features. There is one example here, and nothing to average.",
    "(13) has no fraction.",
)
def one_divided_by_features(w, b, x, y):
    dz = _one(w, b, x) - y
    return x * dz / x.shape[0], dz


# --- gradients_loop


def _sums(w, b, X, Y):
    dw, db = logistic.gradients(w, b, X, Y)
    return dw * X.shape[1], db * X.shape[1]


@wrong(
    "logistic.gradients_loop",
    20,
    "(24), (25)",
    "The sums were never divided by m: both are m times too large. The document forgets it too: slip E5.",
    "The cost is a mean. So is its gradient.",
)
def loop_not_averaged(w, b, X, Y):
    return _sums(w, b, X, Y)


@wrong(
    "logistic.gradients_loop",
    20,
    "(25)",
    "dw was not divided by m; db was.",
    "Both are means over the examples.",
)
def loop_dw_not_averaged(w, b, X, Y):
    dw, db = _sums(w, b, X, Y)
    return dw, db / X.shape[1]


@wrong(
    "logistic.gradients_loop",
    20,
    "(24)",
    "db was not divided by m; dw was.",
    "Both are means over the examples.",
)
def loop_db_not_averaged(w, b, X, Y):
    dw, db = _sums(w, b, X, Y)
    return dw / X.shape[1], db


@wrong(
    "logistic.gradients_loop",
    30,
    "",
    "The sums are set to zero inside the loop: only the last example is left.",
    "Which line belongs before the loop?",
)
def loop_reset_inside(w, b, X, Y):
    m = X.shape[1]
    dw, db = logistic.gradients(w, b, X[:, -1:], Y[:, -1:])
    return dw / m, db / m


@wrong(
    "logistic.gradients_loop",
    30,
    "",
    "`return` stands inside the loop: it ends after the first example.",
    "How far is the return indented?",
)
def loop_return_inside(w, b, X, Y):
    m = X.shape[1]
    dw, db = logistic.gradients(w, b, X[:, :1], Y[:, :1])
    return dw / m, db / m


@wrong(
    "logistic.gradients_loop",
    30,
    "",
    "The loop leaves out the last example.",
    "range(m) already ends at m - 1.",
)
def loop_last_left_out(w, b, X, Y):
    m = X.shape[1]
    dw, db = _sums(w, b, X[:, :-1], Y[:, :-1])
    return dw / m, db / m


@wrong(
    "logistic.gradients_loop",
    12,
    "(25)",
    "The sums were divided by the number of features, X.shape[0], instead of the number of examples.",
    "Examples are columns.",
)
def loop_divided_by_features(w, b, X, Y):
    dw, db = _sums(w, b, X, Y)
    return dw / X.shape[0], db / X.shape[0]


@wrong(
    "logistic.gradients_loop",
    21,
    "(12)",
    "The sign is turned: label minus prediction.",
    "(12) is a - y.",
)
def loop_sign(w, b, X, Y):
    dw, db = logistic.gradients(w, b, X, Y)
    return -dw, -db


@wrong(
    "logistic.gradients_loop",
    30,
    "",
    "The division by m stands inside the loop, so early examples were divided many times.",
    "Divide once, after the loop.",
)
def loop_divided_inside(w, b, X, Y):
    m = X.shape[1]
    dw, db = np.zeros_like(w), 0.0
    for i in range(m):
        dw_i, db_i = logistic.gradients(w, b, X[:, i : i + 1], Y[:, i : i + 1])
        dw, db = (dw + dw_i) / m, (db + db_i) / m
    return dw, db


# --- step


@wrong(
    "logistic.step",
    27,
    "(8), (9)",
    "The step goes uphill: (8) takes α dw away.",
    "The gradient points to where the cost grows.",
)
def uphill(w, b, dw, db, learning_rate):
    return w + learning_rate * dw, b + learning_rate * db


@wrong(
    "logistic.step",
    28,
    "(8), (9)",
    "The learning rate is not used: the step is the whole gradient.",
    "(8) has an α.",
)
def without_rate(w, b, dw, db, learning_rate):
    return w - dw, b - db


@wrong("logistic.step", 56, "(9)", "b stays as it was.", "Two parameters, two updates.")
def b_forgotten(w, b, dw, db, learning_rate):
    return w - learning_rate * dw, b


@wrong("logistic.step", 56, "(8)", "w stays as it was.", "Two parameters, two updates.")
def w_forgotten(w, b, dw, db, learning_rate):
    return w, b - learning_rate * db


@wrong(
    "logistic.step",
    56,
    "(8)",
    "w was moved by db instead of dw.",
    "Each parameter has its own gradient.",
)
def db_for_dw(w, b, dw, db, learning_rate):
    return w - learning_rate * db, b - learning_rate * db


@wrong(
    "logistic.step",
    28,
    "(8), (9)",
    "You divided by the learning rate: a smaller rate would take a larger step.",
    "(8) multiplies.",
)
def divided_by_rate(w, b, dw, db, learning_rate):
    return w - dw / learning_rate, b - db / learning_rate


@wrong(
    "logistic.step",
    31,
    "(8)",
    "`-=` changes the array of the caller, who still needs the old w.",
    "w = w - … makes a new array.",
)
def changes_the_caller(w, b, dw, db, learning_rate):
    w -= learning_rate * dw
    return w, b - learning_rate * db


@wrong(
    "logistic.step",
    26,
    "(8), (9)",
    "This returns the steps alone, not the parameters after the step.",
    "(8) begins with w.",
)
def only_the_step(w, b, dw, db, learning_rate):
    return -learning_rate * dw, -learning_rate * db


# --- forward


@wrong("logistic.forward", 7, "(19)", "b is lost.", "(19) adds it to every column.")
def without_b(w, b, X):
    return _sigmoid(w.T @ X)


@wrong("logistic.forward", 7, "(19)", "b is taken away instead of added.", "(19) has a plus.")
def minus_b(w, b, X):
    return _sigmoid(w.T @ X - b)


@wrong(
    "logistic.forward",
    6,
    "(19)",
    "w @ X does not fit: (n_x, 1) times (n_x, m). (19) has wᵀ.",
    "Write the shapes over the factors: the inner numbers must agree.",
)
def without_transpose(w, b, X):
    return _sigmoid(w @ X + b)


@wrong(
    "logistic.forward",
    6,
    "(19)",
    "`*` multiplied every feature by its weight, and the products were never added up: the shape is that of X.",
    "wᵀX sums over the features.",
)
def products_not_summed(w, b, X):
    return _sigmoid(w * X + b)


@wrong(
    "logistic.forward",
    7,
    "(21)",
    "This is Z. (21) sends it through σ.",
    "Outputs are probabilities.",
)
def without_sigmoid(w, b, X):
    return w.T @ X + b


@wrong(
    "logistic.forward",
    8,
    "(21)",
    "σ has the wrong sign in its exponent.",
    "A larger z must give a larger a.",
)
def sigmoid_of_minus_z(w, b, X):
    return _sigmoid(-(w.T @ X + b))


@wrong(
    "logistic.forward",
    7,
    "(19)",
    "The bracket is lost: b was added outside the exponent.",
    "Name Z first, on a line of its own.",
)
def b_outside_exponent(w, b, X):
    return 1 / (1 + np.exp(-(w.T @ X)) + b)


@wrong(
    "logistic.forward",
    2,
    "(19)",
    "The result is a column, (m, 1). Examples are columns here, so A is a row, (1, m).",
    "Which of the two factors comes first in (19)?",
)
def as_a_column(w, b, X):
    return _sigmoid(X.T @ w + b)


@wrong(
    "logistic.forward",
    17,
    "(21)",
    "The result has one axis only, (m,). A has shape (1, m).",
    "A flat array meets a (1, m) array badly later.",
)
def flat(w, b, X):
    return _sigmoid(w.T @ X + b)[0]


@wrong(
    "logistic.forward",
    6,
    "(19)",
    "wᵀ * X does not fit: `*` multiplies entry by entry. (19) is a matrix product.",
    "Which operator is the matrix product?",
)
def star_for_product(w, b, X):
    return _sigmoid(w.T * X + b)


@wrong(
    "logistic.forward",
    32,
    "(21)",
    "The probabilities were rounded to 0 and 1. (21) gives them as they are.",
    "The threshold comes later, in predict.",
)
def rounded(w, b, X):
    return np.round(_sigmoid(w.T @ X + b))


# --- gradients


def _dZ(w, b, X, Y):
    return _sigmoid(w.T @ X + b) - Y


@wrong(
    "logistic.gradients",
    20,
    "(24), (25)",
    "Neither sum is divided by m: both gradients are m times too large.",
    "Both (24) and (25) begin with 1/m.",
)
def not_averaged(w, b, X, Y):
    dZ = _dZ(w, b, X, Y)
    return X @ dZ.T, float(np.sum(dZ))


@wrong(
    "logistic.gradients",
    20,
    "(25)",
    "dw is not divided by m: it is m times too large.",
    "(25) begins with 1/m.",
)
def dw_not_averaged(w, b, X, Y):
    dZ = _dZ(w, b, X, Y)
    return X @ dZ.T, float(np.mean(dZ))


@wrong(
    "logistic.gradients",
    20,
    "(24)",
    "db is not divided by m: it is m times too large.",
    "(24) begins with 1/m.",
)
def db_not_averaged(w, b, X, Y):
    dZ = _dZ(w, b, X, Y)
    return X @ dZ.T / X.shape[1], float(np.sum(dZ))


@wrong(
    "logistic.gradients",
    12,
    "(24), (25)",
    "You divided by X.shape[0], the number of features. m is the number of columns.",
    "X is (n_x, m).",
)
def divided_by_features(w, b, X, Y):
    dZ = _dZ(w, b, X, Y)
    return X @ dZ.T / X.shape[0], float(np.sum(dZ) / X.shape[0])


@wrong(
    "logistic.gradients",
    10,
    "(24), (25)",
    "The number 7 is written into the code: it is right for 7 examples only.",
    "m must come from the arguments: X.shape[1].",
)
def fixed_m(w, b, X, Y):
    dZ = _dZ(w, b, X, Y)
    return X @ dZ.T / 7, float(np.sum(dZ) / 7)


@wrong(
    "logistic.gradients",
    21,
    "(23)",
    "The sign is turned: Y - A. (23) is A - Y.",
    "Prediction minus label.",
)
def label_minus_prediction(w, b, X, Y):
    dZ = -_dZ(w, b, X, Y)
    return X @ dZ.T / X.shape[1], float(np.mean(dZ))


@wrong(
    "logistic.gradients",
    22,
    "(25)",
    "`X * dZ` multiplies entry by entry, and nothing is summed over the examples: the shape is that of X.",
    "A gradient has the shape of its parameter, (n_x, 1).",
)
def entrywise(w, b, X, Y):
    dZ = _dZ(w, b, X, Y)
    return X * dZ / X.shape[1], float(np.mean(dZ))


@wrong(
    "logistic.gradients",
    22,
    "(25)",
    "dw is a row: dZ Xᵀ. (25) is X dZᵀ, a column like w.",
    "A gradient has the shape of its parameter.",
)
def row_gradient(w, b, X, Y):
    dZ = _dZ(w, b, X, Y)
    return dZ @ X.T / X.shape[1], float(np.mean(dZ))


@wrong(
    "logistic.gradients",
    23,
    "(24)",
    "db was never summed: there is one number for each example. (24) has a Σ.",
    "b is one number, and so is db.",
)
def db_not_summed(w, b, X, Y):
    dZ = _dZ(w, b, X, Y)
    return X @ dZ.T / X.shape[1], dZ / X.shape[1]


@wrong("logistic.gradients", 23, "(24)", "db is divided by m twice.", "np.mean divides already.")
def db_averaged_twice(w, b, X, Y):
    dZ = _dZ(w, b, X, Y)
    return X @ dZ.T / X.shape[1], float(np.mean(dZ) / X.shape[1])


@wrong(
    "logistic.gradients",
    24,
    "(23)",
    "There is an extra factor A (1 - A): with this loss it cancels, see (11) and (12).",
    "dZ is A - Y and nothing more.",
)
def extra_slope(w, b, X, Y):
    A = _sigmoid(w.T @ X + b)
    dZ = (A - Y) * A * (1 - A)
    return X @ dZ.T / X.shape[1], float(np.mean(dZ))


@wrong(
    "logistic.gradients",
    7,
    "(19)",
    "The forward part lost b: dZ was computed at another point.",
    "A is σ(wᵀX + b).",
)
def forward_without_b(w, b, X, Y):
    dZ = _dZ(w, 0, X, Y)
    return X @ dZ.T / X.shape[1], float(np.mean(dZ))


@wrong(
    "logistic.gradients",
    7,
    "(21)",
    "The forward part has no σ: Z - Y was used instead of A - Y.",
    "(21) comes before (23).",
)
def forward_without_sigmoid(w, b, X, Y):
    dZ = w.T @ X + b - Y
    return X @ dZ.T / X.shape[1], float(np.mean(dZ))


@wrong(
    "logistic.gradients",
    22,
    "(25)",
    "X @ dZ does not fit: (n_x, m) times (1, m). (25) has dZᵀ.",
    "Write the shapes over the factors.",
)
def without_dz_transpose(w, b, X, Y):
    dZ = _dZ(w, b, X, Y)
    return X @ dZ / X.shape[1], float(np.mean(dZ))


@wrong(
    "logistic.gradients",
    56,
    "(24), (25)",
    "The two results are in the wrong order: dw comes first.",
    "Read the last line of the docstring.",
)
def wrong_order(w, b, X, Y):
    dZ = _dZ(w, b, X, Y)
    return float(np.mean(dZ)), X @ dZ.T / X.shape[1]


@wrong(
    "logistic.gradients",
    22,
    "(25)",
    "dw lost an axis: its shape is (n_x,). It must be a column like w, (n_x, 1).",
    "The matrix product of (25) keeps both axes; a mean does so with keepdims=True.",
)
def dw_flat(w, b, X, Y):
    dZ = _dZ(w, b, X, Y)
    return (X * dZ).mean(axis=1), float(np.mean(dZ))


@wrong(
    "logistic.gradients",
    22,
    "(25)",
    "All of dw became one number: every weight has its own derivative.",
    "1/m in front of (25) is a division, not a mean over the features.",
)
def dw_one_number(w, b, X, Y):
    dZ = _dZ(w, b, X, Y)
    return float(np.mean(X @ dZ.T)), float(np.mean(dZ))


@wrong(
    "logistic.gradients",
    56,
    "(24)",
    "Only dw came back. Two things are asked for: dw and db.",
    "Read the section Returns of the docstring.",
)
def only_dw(w, b, X, Y):
    return X @ _dZ(w, b, X, Y).T / X.shape[1]


@wrong(
    "logistic.gradients",
    30,
    "(24), (25)",
    "Each turn of the loop overwrote the one before: only the last example is left.",
    "What does += do that = does not?",
)
def overwritten(w, b, X, Y):
    dZ, m = _dZ(w, b, X, Y), X.shape[1]
    return X[:, -1:] * dZ[0, -1] / m, dZ[0, -1] / m


# --- train


def _train(X, Y, learning_rate, steps, w=None, b=0.0, move=None, keep_first=False, fresh=True):
    """The loop of (26) with its joints open: `move` may replace the update, `fresh` recomputes the gradient in every turn."""
    w = np.zeros((X.shape[0], 1)) if w is None else w
    costs, first = [], None
    for _ in range(steps):
        Z = w.T @ X + b
        costs.append(float(np.mean(np.maximum(Z, 0) - Y * Z + np.log1p(np.exp(-np.abs(Z))))))
        dZ = _sigmoid(Z) - Y
        dw, db = X @ dZ.T / X.shape[1], float(np.mean(dZ))
        if not fresh:
            first = first or (dw, db)
            dw, db = first
        w, b = (
            (w - learning_rate * dw, b - learning_rate * db)
            if move is None
            else move(w, b, dw, db, learning_rate)
        )
    return logistic.Fit(w, b, costs)


@wrong(
    "logistic.train",
    25,
    "(26)",
    "The gradient is taken once, before the loop: every step goes the same way, and soon past the goal.",
    "Which of the seven lines of (26) must be run again in every step?",
)
def gradient_once(X, Y, learning_rate, steps, w=None, b=0.0):
    return _train(X, Y, learning_rate, steps, w, b, fresh=False)


@wrong(
    "logistic.train",
    26,
    "(26)",
    "The new parameters are not kept: the cost stays the same in every step.",
    "Who holds the result of w - α dw?",
)
def not_kept(X, Y, learning_rate, steps, w=None, b=0.0):
    return _train(X, Y, learning_rate, steps, w, b, move=lambda w, b, dw, db, rate: (w, b))


@wrong("logistic.train", 27, "(26)", "The steps go uphill: the cost rises at once.", "w - α dw.")
def train_uphill(X, Y, learning_rate, steps, w=None, b=0.0):
    return _train(
        X,
        Y,
        learning_rate,
        steps,
        w,
        b,
        move=lambda w, b, dw, db, rate: (w + rate * dw, b + rate * db),
    )


@wrong(
    "logistic.train",
    28,
    "(26)",
    "The learning rate is not used.",
    "(26) has an α in its last two lines.",
)
def train_without_rate(X, Y, learning_rate, steps, w=None, b=0.0):
    return _train(
        X, Y, learning_rate, steps, w, b, move=lambda w, b, dw, db, rate: (w - dw, b - db)
    )


@wrong(
    "logistic.train",
    56,
    "(26)",
    "b is never updated.",
    "(26) has seven lines; which one is missing?",
)
def train_b_forgotten(X, Y, learning_rate, steps, w=None, b=0.0):
    return _train(
        X, Y, learning_rate, steps, w, b, move=lambda w, b, dw, db, rate: (w - rate * dw, b)
    )


@wrong(
    "logistic.train",
    30,
    "(26)",
    "`return` stands inside the loop: training ends after one step.",
    "How far is the return indented?",
)
def train_return_inside(X, Y, learning_rate, steps, w=None, b=0.0):
    return _train(X, Y, learning_rate, 1, w, b)


@wrong(
    "logistic.train",
    30,
    "(26)",
    "w and b are set back to zero inside the loop: every step is the first one.",
    "The start belongs before the loop.",
)
def restarts_inside(X, Y, learning_rate, steps, w=None, b=0.0):
    once = _train(X, Y, learning_rate, 1, w, b)
    return logistic.Fit(once.w, once.b, once.costs * steps)


@wrong(
    "logistic.train", 30, "(26)", "There is one step too few.", "range(steps) has `steps` turns."
)
def one_step_less(X, Y, learning_rate, steps, w=None, b=0.0):
    return _train(X, Y, learning_rate, steps - 1, w, b)


@wrong(
    "logistic.train",
    12,
    "(24), (25)",
    "The gradients are not divided by m: each step is m times too long.",
    "Both begin with 1/m.",
)
def train_not_averaged(X, Y, learning_rate, steps, w=None, b=0.0):
    return _train(X, Y, learning_rate * X.shape[1], steps, w, b)


@wrong(
    "logistic.train",
    5,
    "(26)",
    "w has shape (n_x,) at the start. After one update broadcasting makes a square matrix of it, without an error.",
    "w is a column, (n_x, 1), from the first line on.",
)
def flat_start(X, Y, learning_rate, steps, w=None, b=0.0):
    return _train(X, Y, learning_rate, steps, np.zeros(X.shape[0]) if w is None else w, b)


@wrong(
    "logistic.train",
    26,
    "(26)",
    "The costs were kept after each update; the course keeps the cost of each pass, before its update.",
    "Where in the loop does costs.append stand?",
)
def cost_after_update(X, Y, learning_rate, steps, w=None, b=0.0):
    more = _train(X, Y, learning_rate, steps + 1, w, b)
    fit = _train(X, Y, learning_rate, steps, w, b)
    return logistic.Fit(fit.w, fit.b, more.costs[1:])


@wrong(
    "logistic.train",
    30,
    "(26)",
    "Only the last cost is left: there should be one for each step. Either the list is made anew inside the loop, or the cost is appended after it.",
    "Which lines run once, and which in every step?",
)
def last_cost_alone(X, Y, learning_rate, steps, w=None, b=0.0):
    fit = _train(X, Y, learning_rate, steps, w, b)
    return logistic.Fit(fit.w, fit.b, fit.costs[-1:])


@wrong(
    "logistic.train",
    25,
    "(26)",
    "Z, A and the gradients are computed once, before the loop: the cost stays the same in every step, and every step goes the same way.",
    "Which of the seven lines of (26) must be run again in every step?",
)
def pass_once(X, Y, learning_rate, steps, w=None, b=0.0):
    fit = _train(X, Y, learning_rate, steps, w, b, fresh=False)
    return logistic.Fit(fit.w, fit.b, fit.costs[:1] * steps)


# --- predict and safe_learning_rate


@wrong(
    "logistic.predict",
    32,
    "",
    "These are the probabilities. A prediction is a label, 0 or 1.",
    "Compare with the threshold.",
)
def probabilities(w, b, X, threshold=0.5):
    return _sigmoid(w.T @ X + b)


@wrong(
    "logistic.predict",
    32,
    "",
    "These are True and False; labels are the numbers 1 and 0.",
    ".astype(int) makes numbers of them.",
)
def truth_values(w, b, X, threshold=0.5):
    return _sigmoid(w.T @ X + b) > threshold


@wrong(
    "logistic.predict",
    32,
    "",
    "The labels have one axis, (m,). Predictions have the shape of Y, (1, m).",
    "Keep both axes.",
)
def flat_labels(w, b, X, threshold=0.5):
    return (_sigmoid(w.T @ X + b) > threshold).astype(int)[0]


@wrong(
    "logistic.predict",
    32,
    "",
    "The comparison is the wrong way round: 1 means that the probability is above the threshold.",
    "Which way does > point?",
)
def below_threshold(w, b, X, threshold=0.5):
    return (_sigmoid(w.T @ X + b) < threshold).astype(int)


@wrong(
    "logistic.predict",
    32,
    "",
    "The argument `threshold` is not used: 0.5 is written into the code.",
    "What should happen at threshold 0.8?",
)
def fixed_threshold(w, b, X, threshold=0.5):
    return (_sigmoid(w.T @ X + b) > 0.5).astype(int)


@wrong(
    "logistic.predict",
    32,
    "",
    "z was compared with the threshold. The threshold is a probability: compare A.",
    "σ first, then the comparison.",
)
def threshold_on_z(w, b, X, threshold=0.5):
    return (w.T @ X + b > threshold).astype(int)


@wrong("logistic.predict", 7, "(19)", "b is lost.", "A is σ(wᵀX + b).")
def predict_without_b(w, b, X, threshold=0.5):
    return (_sigmoid(w.T @ X) > threshold).astype(int)


def _curvature(X, bias=True):
    m = X.shape[1]
    X_tilde = np.vstack([X, np.ones((1, m))]) if bias else X
    return np.linalg.norm(X_tilde, 2) ** 2 / (4 * m)


@wrong(
    "logistic.safe_learning_rate",
    29,
    "",
    "The row of ones is missing: b has a share in the curvature too.",
    "b is a weight whose feature is always 1.",
)
def no_row_of_ones(X):
    return float(2 / _curvature(X, bias=False))


@wrong(
    "logistic.safe_learning_rate",
    29,
    "",
    "The factor ¼ is missing: the slope a (1 - a) is at most ¼.",
    "What is the largest value of a (1 - a)?",
)
def no_quarter(X):
    return float(2 / (4 * _curvature(X)))


@wrong(
    "logistic.safe_learning_rate",
    29,
    "",
    "This is Λ. The rate is 2/Λ: the steeper the bowl, the shorter the step.",
    "What should happen to the rate if all pixels are made larger?",
)
def lambda_itself(X):
    return float(_curvature(X))


@wrong(
    "logistic.safe_learning_rate",
    29,
    "",
    "This is 1/Λ, half of the rate asked for.",
    "The border stands at 2/Λ.",
)
def one_over_lambda(X):
    return float(1 / _curvature(X))


@wrong(
    "logistic.safe_learning_rate",
    29,
    "",
    "The division by m is missing: the cost is a mean, and so is its curvature.",
    "Λ has 4m in its denominator.",
)
def curvature_not_averaged(X):
    return float(2 / (_curvature(X) * X.shape[1]))


@wrong(
    "logistic.safe_learning_rate",
    29,
    "",
    "This uses the smallest eigenvalue. The steepest direction limits the step: Λ is the largest.",
    "eigvalsh sorts upwards. Which end do you need?",
)
def smallest_eigenvalue(X):
    m = X.shape[1]
    X_tilde = np.vstack([X, np.ones((1, m))])
    return float(2 / (np.linalg.eigvalsh(X_tilde @ X_tilde.T)[0] / (4 * m)))
