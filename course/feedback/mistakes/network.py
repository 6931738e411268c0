"""Wrong versions of the functions in nnlib.network."""

import numpy as np

from course.feedback.mistakes.registry import wrong
from nnlib.activations import ACTIVATIONS
from nnlib.network import Gradient, Layer, Pass


def _sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


G = {"sigmoid": _sigmoid, "tanh": np.tanh, "relu": lambda z: np.maximum(0, z)}
SLOPE = {
    "sigmoid": lambda A: A * (1 - A),
    "tanh": lambda A: 1 - A**2,
    "relu": lambda A: (A > 0).astype(float),
}

# --- layer_z


@wrong("network.layer_z", 7, "(27)", "b is lost.", "(27) adds the column of biases.")
def layer_without_b(W, b, A_prev):
    return W @ A_prev


@wrong("network.layer_z", 7, "(27)", "b is taken away instead of added.", "(27) has a plus.")
def layer_minus_b(W, b, A_prev):
    return W @ A_prev - b


@wrong(
    "network.layer_z",
    41,
    "(27)",
    "Wᵀ does not fit here: W is (n_l, n_{l-1}) already, one row for each unit.",
    "Write the shapes over the factors.",
)
def layer_transposed(W, b, A_prev):
    return W.T @ A_prev + b


@wrong(
    "network.layer_z",
    6,
    "(27)",
    "`*` is the product entry by entry; (27) is a matrix product.",
    "Each unit sums over all its inputs.",
)
def layer_entrywise(W, b, A_prev):
    return W * A_prev + b


@wrong(
    "network.layer_z",
    41,
    "(27)",
    "bᵀ is a row: it was added along the examples. The document prints it so (slip E7); b is a column, one number for each unit.",
    "Which axis of Z counts the units?",
)
def layer_b_as_row(W, b, A_prev):
    return W @ A_prev + b.T


@wrong(
    "network.layer_z",
    45,
    "(27)",
    "The result is transposed: examples became rows.",
    "Z is (n_l, m).",
)
def layer_result_transposed(W, b, A_prev):
    return (W @ A_prev + b).T


@wrong(
    "network.layer_z",
    41,
    "(27)",
    "All biases were added up: every unit got the same number.",
    "Each unit has its own b.",
)
def layer_b_summed(W, b, A_prev):
    return W @ A_prev + b.sum()


@wrong(
    "network.layer_z",
    44,
    "(27)",
    "The activation was applied already: Z is what goes into it.",
    "(27) ends before σ.",
)
def layer_with_activation(W, b, A_prev):
    return _sigmoid(W @ A_prev + b)


# --- initialize


def _start(sizes, hidden, rng, scale=None, spread=None, draw=None, transpose=False, bias=None):
    """A start with its joints open: the spread, the kind of random numbers, the shapes."""
    rng = np.random.default_rng(rng)
    if scale and spread is None:
        spread = lambda n_in, n_out, g: scale  # noqa: E731
    draw = draw or (lambda n_out, n_in: rng.standard_normal((n_out, n_in)))
    spread = spread or (lambda n_in, n_out, g: np.sqrt((2 if g == "relu" else 1) / n_in))
    layers = []
    for k, g in enumerate([hidden] * (len(sizes) - 2) + ["sigmoid"]):
        n_in, n_out = sizes[k], sizes[k + 1]
        W = spread(n_in, n_out, g) * draw(n_out, n_in)
        b = np.zeros((n_out, 1)) if bias is None else bias(rng, n_out)
        layers.append(Layer(W.T if transpose else W, b, g))
    return layers


@wrong(
    "network.initialize",
    38,
    "",
    "All weights are zero: every unit of a layer computes the same and gets the same gradient, for ever.",
    "What could make two equal rows differ later?",
)
def start_zeros(sizes, hidden="relu", rng=0, scale=None, dtype=np.float64):
    return _start(sizes, hidden, rng, scale, draw=lambda n_out, n_in: np.zeros((n_out, n_in)))


@wrong(
    "network.initialize",
    38,
    "",
    "All weights are the same number: equal rows stay equal for ever.",
    "The rows of W must differ.",
)
def start_constant(sizes, hidden="relu", rng=0, scale=None, dtype=np.float64):
    return _start(sizes, hidden, rng, scale, draw=lambda n_out, n_in: np.ones((n_out, n_in)))


@wrong(
    "network.initialize",
    39,
    "",
    "The spread is 0.01 whatever the width: in a deep network the signal fades, and the cost stays near log 2.",
    "How does the spread of z depend on the number of inputs?",
)
def start_hundredth(sizes, hidden="relu", rng=0, scale=None, dtype=np.float64):
    return _start(sizes, hidden, rng, spread=lambda n_in, n_out, g: 0.01)


@wrong(
    "network.initialize",
    39,
    "",
    "The spread is 1 whatever the width: z is too large, and the units saturate.",
    "Divide by the root of the number of inputs.",
)
def start_ones_spread(sizes, hidden="relu", rng=0, scale=None, dtype=np.float64):
    return _start(sizes, hidden, rng, spread=lambda n_in, n_out, g: 1.0)


@wrong(
    "network.initialize",
    40,
    "",
    "The spread goes with the number of outputs, n_l. It is the inputs, n_{l-1}, that add up in z.",
    "Over what does W A_prev sum?",
)
def start_fan_out(sizes, hidden="relu", rng=0, scale=None, dtype=np.float64):
    return _start(
        sizes,
        hidden,
        rng,
        spread=lambda n_in, n_out, g: scale or np.sqrt((2 if g == "relu" else 1) / n_out),
    )


@wrong(
    "network.initialize",
    40,
    "",
    "Every weight is positive: numbers from 0 to 1 instead of normal ones around 0.",
    "standard_normal is centred, random is not.",
)
def start_uniform(sizes, hidden="relu", rng=0, scale=None, dtype=np.float64):
    generator = np.random.default_rng(rng)
    return _start(
        sizes, hidden, rng, scale, draw=lambda n_out, n_in: generator.random((n_out, n_in))
    )


@wrong(
    "network.initialize",
    40,
    "",
    "The root is missing: the spread is 1/n_in instead of 1/√n_in (for ReLU 2/n_in instead of √(2/n_in)).",
    "The variances add up, not the spreads.",
)
def start_no_root(sizes, hidden="relu", rng=0, scale=None, dtype=np.float64):
    return _start(
        sizes, hidden, rng, spread=lambda n_in, n_out, g: scale or (2 if g == "relu" else 1) / n_in
    )


@wrong(
    "network.initialize",
    40,
    "",
    "The 2 for ReLU and the 1 for the others are swapped.",
    "ReLU switches half of its units off. What makes up for it?",
)
def start_two_swapped(sizes, hidden="relu", rng=0, scale=None, dtype=np.float64):
    return _start(
        sizes,
        hidden,
        rng,
        spread=lambda n_in, n_out, g: scale or np.sqrt((1 if g == "relu" else 2) / n_in),
    )


@wrong(
    "network.initialize",
    41,
    "",
    "W is transposed: its rows must be the units, W[l] is (n_l, n_{l-1}).",
    "How many units has the layer, and how many inputs?",
)
def start_transposed(sizes, hidden="relu", rng=0, scale=None, dtype=np.float64):
    return _start(sizes, hidden, rng, scale, transpose=True)


@wrong(
    "network.initialize",
    41,
    "",
    "b has shape (n_l,). It must be a column, (n_l, 1), or broadcasting adds it along the examples.",
    "Keep two axes.",
)
def start_flat_b(sizes, hidden="relu", rng=0, scale=None, dtype=np.float64):
    return _start(sizes, hidden, rng, scale, bias=lambda rng, n_out: np.zeros(n_out))


@wrong(
    "network.initialize",
    38,
    "",
    "b is random. Only the rows of W must differ; b starts at 0.",
    "What would be lost with b = 0?",
)
def start_random_b(sizes, hidden="relu", rng=0, scale=None, dtype=np.float64):
    return _start(sizes, hidden, rng, scale, bias=lambda rng, n_out: np.ones((n_out, 1)))


@wrong(
    "network.initialize",
    28,
    "",
    "The argument `scale` is not used: if it is given, it is the spread of every layer.",
    "`scale or …` takes the scale if there is one, else what follows.",
)
def start_scale_ignored(sizes, hidden="relu", rng=0, scale=None, dtype=np.float64):
    return _start(sizes, hidden, rng)


@wrong(
    "network.initialize",
    40,
    "",
    "The 2 of ReLU was used for every layer, also for those with another activation.",
    "The 2 makes up for the half that ReLU switches off. Does tanh switch anything off?",
)
def start_two_everywhere(sizes, hidden="relu", rng=0, scale=None, dtype=np.float64):
    return _start(sizes, hidden, rng, spread=lambda n_in, n_out, g: scale or np.sqrt(2 / n_in))


@wrong(
    "network.initialize",
    40,
    "",
    "1/√n_in was used for every layer. After ReLU it must be √(2/n_in).",
    "ReLU switches half of its units off. What makes up for it?",
)
def start_without_two(sizes, hidden="relu", rng=0, scale=None, dtype=np.float64):
    return _start(sizes, hidden, rng, spread=lambda n_in, n_out, g: scale or np.sqrt(1 / n_in))


@wrong(
    "network.initialize",
    42,
    "",
    "One layer is missing: sizes counts the input as well, so there are len(sizes) - 1 layers.",
    "The input is layer 0.",
)
def start_one_layer_less(sizes, hidden="relu", rng=0, scale=None, dtype=np.float64):
    return _start(sizes, hidden, rng, scale)[:-1]


@wrong(
    "network.initialize",
    44,
    "",
    "The output layer has the hidden activation. For a probability it must be a sigmoid.",
    "0 ≤ ŷ ≤ 1.",
)
def start_output_hidden(sizes, hidden="relu", rng=0, scale=None, dtype=np.float64):
    *rest, last = _start(sizes, hidden, rng, scale)
    return [*rest, last._replace(activation=hidden)]


# --- forward


def _pass(layers, X, z=lambda W, b, A: W @ A + b, names=None, feed=None):
    """The pass with its joints open: how z is formed, which activation is used, and what is fed to the next layer."""
    Z, A = [None], [X]
    names = names or [layer.activation for layer in layers]
    for (W, b, _), name in zip(layers, names, strict=True):
        A_prev = A[-1] if feed is None else feed(Z, A)
        Z.append(z(W, b, A_prev))
        A.append(G[name](Z[-1]))
    return Pass(Z, A)


@wrong(
    "network._forward",
    43,
    "(32)",
    "X is fed to every layer. That is (32) as printed (slip E12); a layer takes A^[l-1], the output of the one before.",
    "What goes into layer 2?",
)
def x_everywhere(layers, X):
    return _pass(layers, X, feed=lambda Z, A: X)


@wrong(
    "network._forward",
    43,
    "(32)",
    "Z of the layer before is fed to the next one; it takes A, after the activation.",
    "What would several layers be without activations?",
)
def z_for_a(layers, X):
    return _pass(layers, X, feed=lambda Z, A: X if Z[-1] is None else Z[-1])


@wrong("network._forward", 7, "(32)", "b is lost.", "(32) adds b^[l].")
def pass_without_b(layers, X):
    return _pass(layers, X, z=lambda W, b, A: W @ A)


@wrong(
    "network._forward",
    44,
    "(32)",
    "Every layer got the sigmoid. Each has its own g^[l].",
    "Which activation is named in the layer?",
)
def sigmoid_everywhere(layers, X):
    return _pass(layers, X, names=["sigmoid"] * len(layers))


@wrong(
    "network._forward",
    44,
    "(32)",
    "Every layer got ReLU. Each has its own g^[l]; the last one is a sigmoid.",
    "Which activation is named in the layer?",
)
def relu_everywhere(layers, X):
    return _pass(layers, X, names=["relu"] * len(layers))


@wrong(
    "network._forward",
    44,
    "(32)",
    "Every layer got tanh. Each has its own g^[l]; the last one is a sigmoid.",
    "Which activation is named in the layer?",
)
def tanh_everywhere(layers, X):
    return _pass(layers, X, names=["tanh"] * len(layers))


@wrong(
    "network._forward",
    44,
    "(32)",
    "The activations are in reverse order: the sigmoid belongs to the output layer.",
    "Which layer comes first in the list?",
)
def activations_reversed(layers, X):
    return _pass(layers, X, names=[layer.activation for layer in layers][::-1])


@wrong(
    "network._forward",
    45,
    "(32)",
    "A[0] is missing: the list must begin with X, so that A[l] belongs to layer l.",
    "The input is layer 0.",
)
def without_a0(layers, X):
    Z, A = _pass(layers, X)
    return Pass(Z, A[1:])


@wrong(
    "network._forward",
    44,
    "(32)",
    "g is missing: A^[l] was set to Z^[l]. Without it, layers in a row do no more than one.",
    "(32) has two lines.",
)
def without_activation(layers, X):
    Z, A = [None], [X]
    for W, b, _ in layers:
        Z.append(W @ A[-1] + b)
        A.append(Z[-1])
    return Pass(Z, A)


@wrong(
    "network._forward",
    44,
    "(32)",
    "g was applied to A^[l-1], the input of the layer. It takes Z^[l].",
    "What is the second line of (32) made from?",
)
def activation_of_input(layers, X):
    Z, A = [None], [X]
    for W, b, name in layers:
        Z.append(W @ A[-1] + b)
        A.append(G[name](A[-1]))
    return Pass(Z, A)


@wrong(
    "network._forward",
    44,
    "(32)",
    "g was given Z, the whole list. It takes the entry of this layer.",
    "How is the last entry of a list written?",
)
def activation_of_the_list(layers, X):
    Z, A = [None], [X]
    for W, b, name in layers:
        Z.append(W @ A[-1] + b)
        A.append(ACTIVATIONS[name][0](Z))
    return Pass(Z, A)


@wrong(
    "network._forward",
    6,
    "(32)",
    "`*` multiplies entry by entry; (32) is a matrix product.",
    "Each unit sums over all its inputs.",
)
def pass_entrywise(layers, X):
    return _pass(layers, X, z=lambda W, b, A: W * A + b)


@wrong(
    "network._forward",
    45,
    "(32)",
    "Z begins with layer 1. It must begin with None, so that Z[l] belongs to layer l.",
    "The input has an A, but no Z.",
)
def without_z0(layers, X):
    Z, A = _pass(layers, X)
    return Pass(Z[1:], A)


@wrong(
    "network._forward",
    44,
    "(32)",
    "The slope g′ was used where (32) has g: ACTIVATIONS gives the function first and its slope second.",
    "`g, _ = ACTIVATIONS[…]` leaves out the second of the two.",
)
def slope_for_activation(layers, X):
    Z, A = [None], [X]
    for W, b, name in layers:
        Z.append(W @ A[-1] + b)
        A.append(ACTIVATIONS[name][1](Z[-1]))
    return Pass(Z, A)


@wrong(
    "network._forward",
    45,
    "(32)",
    "`return` stands inside the loop: the pass ends after layer 1.",
    "How far is the return indented?",
)
def pass_return_inside(layers, X):
    return _pass(layers[:1], X)


@wrong(
    "network._forward",
    45,
    "(32)",
    "Only the last A came back. Backward will need every Z and A.",
    "A Pass keeps two lists.",
)
def only_the_output(layers, X):
    return _pass(layers, X).A[-1]


@wrong("network._forward", 45, "(32)", "The last layer is missing.", "How many layers are there?")
def last_layer_missing(layers, X):
    return _pass(layers[:-1], X)


@wrong(
    "network._forward",
    45,
    "(32)",
    "Z and A are swapped.",
    "Pass(Z, A): first what goes into the activation.",
)
def z_and_a_swapped(layers, X):
    Z, A = _pass(layers, X)
    return Pass(A, Z)


@wrong(
    "network._forward",
    45,
    "(32)",
    "The A's were kept in both lists. Z is what goes into the activation.",
    "Two lists, two names.",
)
def a_kept_twice(layers, X):
    Z, A = _pass(layers, X)
    return Pass([None, *A[1:]], A)


@wrong(
    "network._forward",
    41,
    "(32)",
    "Wᵀ does not fit: each row of W is a unit.",
    "Write the shapes over the factors.",
)
def pass_transposed(layers, X):
    return _pass(layers, X, z=lambda W, b, A: W.T @ A + b)


# --- backward


def _way_back(layers, A, Y, dZ_L=None, dW=None, db=None, dA=None, dZ=None):
    """The pass of (34) with its joints open: each of its lines may be replaced."""
    m = Y.shape[1]
    Z = [None] + [layer.W @ A_prev + layer.b for layer, A_prev in zip(layers, A, strict=False)]
    L = len(layers)
    grads = [None] * L
    D = A[L] - Y if dZ_L is None else dZ_L(A[L], Y)
    for k in range(L, 0, -1):
        grads[k - 1] = Gradient(
            D @ A[k - 1].T / m if dW is None else dW(D, A, Z, k, m),
            D.sum(axis=1, keepdims=True) / m if db is None else db(D, m),
        )
        if k > 1:
            E = layers[k - 1].W.T @ D if dA is None else dA(layers, grads, D, k, m)
            g = layers[k - 2].activation
            D = E * SLOPE[g](A[k - 1]) if dZ is None else dZ(E, A, Z, g, k)
    return grads, D


@wrong("network._backward", 20, "(34)", "dW is not divided by m.", "dW^[l] begins with 1/m.")
def dw_sum(layers, A, Y):
    return _way_back(layers, A, Y, dW=lambda D, A, Z, k, m: D @ A[k - 1].T)


@wrong("network._backward", 20, "(34)", "db is not divided by m.", "db^[l] begins with 1/m.")
def db_sum(layers, A, Y):
    return _way_back(layers, A, Y, db=lambda D, m: D.sum(axis=1, keepdims=True))


@wrong(
    "network._backward", 20, "(34)", "Neither dW nor db is divided by m.", "Both begin with 1/m."
)
def both_sums(layers, A, Y):
    return _way_back(
        layers,
        A,
        Y,
        dW=lambda D, A, Z, k, m: D @ A[k - 1].T,
        db=lambda D, m: D.sum(axis=1, keepdims=True),
    )


@wrong(
    "network._backward",
    48,
    "(34)",
    "1/m stands in dA as well: layer by layer the gradients become m times smaller.",
    "Only dW and db are averages.",
)
def m_in_da(layers, A, Y):
    return _way_back(layers, A, Y, dA=lambda layers, grads, D, k, m: layers[k - 1].W.T @ D / m)


@wrong(
    "network._backward",
    48,
    "(34)",
    "1/m stands in dZ^[L] as well: every gradient is m times too small.",
    "Column i of dZ belongs to the loss of example i.",
)
def m_in_dz(layers, A, Y):
    return _way_back(layers, A, Y, dZ_L=lambda A, Y: (A - Y) / Y.shape[1])


@wrong(
    "network._backward",
    21,
    "(23)",
    "The sign is turned: dZ^[L] = A^[L] - Y.",
    "Prediction minus label.",
)
def output_sign(layers, A, Y):
    return _way_back(layers, A, Y, dZ_L=lambda A, Y: Y - A)


@wrong(
    "network._backward",
    53,
    "(34)",
    "A - Y was sent through σ′ once more: it holds that factor already.",
    "σ′ exactly once.",
)
def output_slope_twice(layers, A, Y):
    return _way_back(layers, A, Y, dZ_L=lambda A, Y: (A - Y) * A * (1 - A))


@wrong(
    "network._backward",
    53,
    "(34)",
    "dA^[L] was used as dZ^[L]: the factor σ′(Z^[L]) is missing.",
    "dZ = dA ⊙ g′(Z).",
)
def output_da_for_dz(layers, A, Y):
    return _way_back(layers, A, Y, dZ_L=lambda A, Y: -Y / A + (1 - Y) / (1 - A))


@wrong(
    "network._backward",
    52,
    "(10)",
    "The bracket of dA^[L] is lost: the minus reaches only the first term, and the second came out with the wrong sign.",
    "-(Y/A - (1 - Y)/(1 - A)).",
)
def output_lost_bracket(layers, A, Y):
    return _way_back(layers, A, Y, dZ_L=lambda A, Y: (-Y / A - (1 - Y) / (1 - A)) * A * (1 - A))


@wrong(
    "network._backward",
    55,
    "(11)",
    "At a sure and right answer, A = 1, the fraction (1 - Y)/(1 - A) is 0/0. A - Y is the same quantity without the trouble.",
    "(11) and (12) are equal on paper. Which one divides?",
)
def output_through_da(layers, A, Y):
    return _way_back(layers, A, Y, dZ_L=lambda A, Y: (-Y / A + (1 - Y) / (1 - A)) * A * (1 - A))


@wrong(
    "network._backward",
    36,
    "(34)",
    "dA is missing: dZ^[l] was set to the slope g′(Z^[l]) alone.",
    "dZ = dA ⊙ g′(Z) has two factors.",
)
def slope_alone(layers, A, Y):
    return _way_back(layers, A, Y, dZ=lambda E, A, Z, g, k: SLOPE[g](A[k - 1]))


@wrong(
    "network._backward",
    47,
    "(34)",
    "dW^[l] uses Z^[l-1]ᵀ, as (34) is printed (slip E15). The layer's input was A^[l-1].",
    "By what was W multiplied on the way forward?",
)
def z_in_dw(layers, A, Y):
    return _way_back(
        layers, A, Y, dW=lambda D, A, Z, k, m: D @ (A[0] if k == 1 else Z[k - 1]).T / m
    )


@wrong(
    "network._backward",
    47,
    "(34)",
    "dW^[l] uses A^[l], the output of the layer. It needs A^[l-1], its input.",
    "A gradient has the shape of its parameter.",
)
def output_in_dw(layers, A, Y):
    return _way_back(layers, A, Y, dW=lambda D, A, Z, k, m: D @ A[k].T / m)


@wrong(
    "network._backward",
    47,
    "(34)",
    "dW is transposed: A dZᵀ instead of dZ Aᵀ.",
    "A gradient has the shape of its parameter.",
)
def dw_transposed(layers, A, Y):
    return _way_back(layers, A, Y, dW=lambda D, A, Z, k, m: A[k - 1] @ D.T / m)


@wrong(
    "network._backward",
    47,
    "(34)",
    "dW uses `*`; it is a matrix product, dZ @ Aᵀ, that sums over the examples.",
    "Write the shapes over the factors.",
)
def dw_entrywise(layers, A, Y):
    return _way_back(layers, A, Y, dW=lambda D, A, Z, k, m: D * A[k - 1].T / m)


@wrong(
    "network._backward",
    49,
    "(34)",
    "db was summed over the units (axis 0). The sum runs over the examples, axis 1 (slip E16).",
    "b has one number for each unit.",
)
def db_wrong_axis(layers, A, Y):
    return _way_back(layers, A, Y, db=lambda D, m: D.sum(axis=0, keepdims=True) / m)


@wrong(
    "network._backward",
    49,
    "(34)",
    "db lost an axis: its shape is (n_l,). It must stay (n_l, 1).",
    "keepdims=True.",
)
def db_flat(layers, A, Y):
    return _way_back(layers, A, Y, db=lambda D, m: D.sum(axis=1) / m)


@wrong(
    "network._backward",
    49,
    "(34)",
    "db was summed over everything: one number for the whole layer.",
    "The sum runs over the examples alone, axis=1.",
)
def db_one_number(layers, A, Y):
    return _way_back(layers, A, Y, db=lambda D, m: D.sum() / m)


@wrong(
    "network._backward",
    50,
    "(34)",
    "db was not summed: it has one column for each example, and b - α db would grow to (n_l, m) without a word.",
    "Σ over the m columns.",
)
def db_not_summed(layers, A, Y):
    return _way_back(layers, A, Y, db=lambda D, m: D / m)


@wrong(
    "network._backward",
    51,
    "(34)",
    "dA^[l-1] uses W where (34) has Wᵀ.",
    "Write the shapes over the factors.",
)
def w_not_transposed(layers, A, Y):
    return _way_back(layers, A, Y, dA=lambda layers, grads, D, k, m: layers[k - 1].W @ D)


@wrong(
    "network._backward",
    51,
    "(34)",
    "dA^[l-1] uses dWᵀ instead of Wᵀ.",
    "The way back goes over the same weights as the way forward.",
)
def dw_for_w(layers, A, Y):
    return _way_back(layers, A, Y, dA=lambda layers, grads, D, k, m: grads[k - 1].dW.T @ D)


@wrong(
    "network._backward", 46, "(34)", "g′ is missing: dZ^[l] was set to dA^[l].", "dZ = dA ⊙ g′(Z)."
)
def no_slope(layers, A, Y):
    return _way_back(layers, A, Y, dZ=lambda E, A, Z, g, k: E)


@wrong(
    "network._backward",
    46,
    "(34)",
    "dA was multiplied by the activation A itself, not by its slope g′(Z).",
    "g′ is not g.",
)
def value_for_slope(layers, A, Y):
    return _way_back(layers, A, Y, dZ=lambda E, A, Z, g, k: E * A[k - 1])


@wrong(
    "network._backward",
    46,
    "(34)",
    "dA was multiplied by Z: the prime of g′(Z) was read as a product.",
    "g′(Z) is the slope of g at Z.",
)
def z_for_slope(layers, A, Y):
    return _way_back(layers, A, Y, dZ=lambda E, A, Z, g, k: E * Z[k - 1])


@wrong(
    "network._backward",
    46,
    "(34)",
    "`@` stands where ⊙ is meant: dZ = dA ⊙ g′(Z) multiplies entry by entry.",
    "Write the shapes over the factors.",
)
def matmul_for_star(layers, A, Y):
    return _way_back(layers, A, Y, dZ=lambda E, A, Z, g, k: E @ SLOPE[g](A[k - 1]))


@wrong(
    "network._backward",
    37,
    "(34)",
    "The slope is taken at A instead of Z: the activation was applied twice.",
    "Your derivative functions take A itself.",
)
def slope_of_a(layers, A, Y):
    return _way_back(layers, A, Y, dZ=lambda E, A, Z, g, k: E * SLOPE[g](G[g](A[k - 1])))


@wrong(
    "network._backward",
    35,
    "(34)",
    "Every hidden layer got the slope of ReLU. Each has its own g^[l]′.",
    "Which activation is named in the layer?",
)
def relu_slope_everywhere(layers, A, Y):
    return _way_back(layers, A, Y, dZ=lambda E, A, Z, g, k: E * (A[k - 1] > 0))


@wrong(
    "network._backward",
    37,
    "(34)",
    "Every hidden layer got the slope of the sigmoid. Each has its own g^[l]′.",
    "Which activation is named in the layer?",
)
def sigmoid_slope_everywhere(layers, A, Y):
    return _way_back(layers, A, Y, dZ=lambda E, A, Z, g, k: E * A[k - 1] * (1 - A[k - 1]))


@wrong(
    "network._backward",
    34,
    "(34)",
    "Every hidden layer got the slope of tanh. Each has its own g^[l]′.",
    "Which activation is named in the layer?",
)
def tanh_slope_everywhere(layers, A, Y):
    return _way_back(layers, A, Y, dZ=lambda E, A, Z, g, k: E * (1 - A[k - 1] ** 2))


@wrong(
    "network._backward",
    54,
    "(34)",
    "The slope is that of the wrong layer: g of layer l was used for dZ^[l-1].",
    "dA^[l-1] meets g^[l-1]′.",
)
def slope_of_next_layer(layers, A, Y):
    return _way_back(
        layers,
        A,
        Y,
        dZ=lambda E, A, Z, g, k: E * ACTIVATIONS[layers[k - 1].activation][1](A[k - 1]),
    )


@wrong(
    "network._backward",
    54,
    "(34)",
    "The gradients came back in reverse order: the first of the list belongs to layer 1.",
    "You walk from L to 1. Where does each result go?",
)
def reversed_order(layers, A, Y):
    gradients, dZ = _way_back(layers, A, Y)
    return gradients[::-1], dZ


@wrong(
    "network._backward",
    54,
    "(34)",
    "The pass stops before layer 1: its gradient is missing.",
    "range(L, 0, -1) ends with 1.",
)
def first_layer_missing(layers, A, Y):
    gradients, dZ = _way_back(layers, A, Y)
    return gradients[1:], dZ


@wrong(
    "network._backward",
    54,
    "(34)",
    "dA was never advanced: each layer started again from the output's dZ.",
    "What changes at the end of each turn of the loop?",
)
def not_advanced(layers, A, Y):
    start = A[-1] - Y
    return _way_back(
        layers,
        A,
        Y,
        dA=lambda layers, grads, D, k, m: layers[k - 1].W.T @ np.broadcast_to(start, D.shape),
    )


@wrong(
    "network._backward",
    56,
    "(34)",
    "In each pair the order is turned: Gradient(dW, db).",
    "dW first.",
)
def pair_swapped(layers, A, Y):
    gradients, dZ = _way_back(layers, A, Y)
    return [Gradient(g.db, g.dW) for g in gradients], dZ


@wrong(
    "network._backward",
    54,
    "(34)",
    "dA was handed back instead of dZ: on the way to the layer before, the slope of this layer is left out.",
    "By what is Wᵀ multiplied in the last line of (34)?",
)
def da_handed_back(layers, A, Y):
    L = len(layers)
    kept = {}

    def dA(layers, grads, D, k, m):
        kept["dA"] = layers[k - 1].W.T @ (D if k == L else kept["dA"])
        return kept["dA"]

    return _way_back(layers, A, Y, dA=dA)


@wrong(
    "network._backward",
    46,
    "(34)",
    "dA was multiplied by g of A: ACTIVATIONS gives the function first and its slope second.",
    "`_, g_prime = ACTIVATIONS[…]` leaves out the first of the two.",
)
def activation_for_slope(layers, A, Y):
    return _way_back(layers, A, Y, dZ=lambda E, A, Z, g, k: E * G[g](A[k - 1]))


@wrong(
    "network._backward",
    54,
    "(34)",
    "dA^[l-1] uses the weights of the layer after: layer l is layers[l - 1], for lists count from 0.",
    "Which index has the last layer in the list?",
)
def weights_off_by_one(layers, A, Y):
    return _way_back(layers, A, Y, dA=lambda layers, grads, D, k, m: layers[k].W.T @ D)


@wrong(
    "network._backward",
    54,
    "(34)",
    "The slope is taken at A^[l], the output of the layer above. dA^[l-1] meets the slope at A^[l-1].",
    "dA and A in one line have the same number.",
)
def slope_at_output(layers, A, Y):
    return _way_back(layers, A, Y, dZ=lambda E, A, Z, g, k: E * ACTIVATIONS[g][1](A[k]))


@wrong(
    "network._backward",
    54,
    "(34)",
    "dZ was replaced before dW and db were made: they got the dZ of the layer before.",
    "Which lines need dZ^[l], and when is it gone?",
)
def dz_advanced_too_early(layers, A, Y):
    m, L = Y.shape[1], len(layers)
    gradients, dZ = [None] * L, A[L] - Y
    for k in range(L, 0, -1):
        if k > 1:
            g = layers[k - 2].activation
            dZ = (layers[k - 1].W.T @ dZ) * SLOPE[g](A[k - 1])
        gradients[k - 1] = Gradient(dZ @ A[k - 1].T / m, dZ.sum(axis=1, keepdims=True) / m)
    return gradients, dZ


@wrong(
    "network._backward",
    54,
    "(34)",
    "The loop ends before layer 1: its place in the list is still None.",
    "range(L, 0, -1) ends with 1; where does yours end?",
)
def first_layer_never_reached(layers, A, Y):
    gradients, dZ = _way_back(layers, A, Y)
    return [None, *gradients[1:]], dZ


@wrong(
    "network._backward",
    42,
    "(34)",
    "L is one too small: len(layers) is the number of layers, since the input is not in the list.",
    "Which is the last A of the list?",
)
def one_layer_too_few(layers, A, Y):
    return _way_back(layers[:-1], A[:-1], Y)


@wrong(
    "network._backward",
    48,
    "(34)",
    "1/m stands in dZ^[L], instead of in dW and db. The gradients come out right, but dZ^[1] is m times too small: a column of it should be the derivative of the loss of one example.",
    "Only dW and db are averages.",
)
def m_moved_to_dz(layers, A, Y):
    gradients, dZ = _way_back(layers, A, Y)
    return gradients, dZ / Y.shape[1]


@wrong(
    "network._backward",
    54,
    "(34)",
    "The loop does not stop in time: after layer 1 there is no layer whose slope could be taken, and layers[-1] is the last one.",
    "The input is no layer. For which l are the last two lines needed?",
)
def one_layer_too_far(layers, A, Y):
    gradients, dZ = _way_back(layers, A, Y)
    _, g_prime = ACTIVATIONS[layers[-1].activation]
    return gradients, layers[0].W.T @ dZ * g_prime(A[0])


@wrong(
    "network._backward",
    54,
    "(34)",
    "dA^[0] came back where dZ^[1] is asked for: the last product with Wᵀ is one too many.",
    "Which of the two does training have no use for?",
)
def input_gradient_for_dz(layers, A, Y):
    gradients, dZ = _way_back(layers, A, Y)
    return gradients, layers[0].W.T @ dZ


@wrong(
    "network._backward",
    45,
    "(34)",
    "dZ^[1] is missing: two things come back, the gradients and dZ of layer 1.",
    "Read the docstring: what stands after the colon?",
)
def gradients_alone(layers, A, Y):
    return _way_back(layers, A, Y)[0]


# --- update


def _step(layers, gradients, rate, W=None, b=None):
    return [
        Layer(
            layer.W - rate * g.dW if W is None else W(layer, g),
            layer.b - rate * g.db if b is None else b(layer, g),
            layer.activation,
        )
        for layer, g in zip(layers, gradients, strict=True)
    ]


@wrong(
    "network._update",
    27,
    "(35), (36)",
    "The step goes uphill: take α dW away.",
    "The gradient points to where the cost grows.",
)
def update_uphill(layers, gradients, alpha):
    return _step(layers, gradients, -alpha)


@wrong("network._update", 28, "(35), (36)", "The learning rate is not used.", "(35) has an α.")
def update_without_rate(layers, gradients, alpha):
    return _step(layers, gradients, 1.0)


@wrong(
    "network._update",
    56,
    "(36)",
    "b stays as it was in every layer.",
    "(36) is the second half of the step.",
)
def update_b_forgotten(layers, gradients, alpha):
    return _step(layers, gradients, alpha, b=lambda layer, g: layer.b)


@wrong(
    "network._update",
    56,
    "(35)",
    "W stays as it was in every layer.",
    "(35) is the first half of the step.",
)
def update_w_forgotten(layers, gradients, alpha):
    return _step(layers, gradients, alpha, W=lambda layer, g: layer.W)


@wrong(
    "network._update",
    56,
    "(35)",
    "W was moved by db instead of dW.",
    "Each parameter has its own gradient.",
)
def update_w_with_db(layers, gradients, alpha):
    return _step(layers, gradients, alpha, W=lambda layer, g: layer.W - alpha * g.db)


@wrong("network._update", 56, "(35), (36)", "The last layer was skipped.", "Layers 1 to L.")
def update_last_skipped(layers, gradients, alpha):
    return [*_step(layers, gradients, alpha)[:-1], layers[-1]]


@wrong("network._update", 56, "(35), (36)", "The first layer was skipped.", "Layers 1 to L.")
def update_first_skipped(layers, gradients, alpha):
    return [layers[0], *_step(layers, gradients, alpha)[1:]]


@wrong(
    "network._update",
    56,
    "(35), (36)",
    "The last layer is gone from the list.",
    "range(L) or zip: how many turns?",
)
def update_last_lost(layers, gradients, alpha):
    return _step(layers, gradients, alpha)[:-1]


@wrong(
    "network._update",
    31,
    "(35), (36)",
    "`-=` changes the arrays of the caller, who still needs the old layers.",
    "W - α dW makes a new array.",
)
def update_in_place(layers, gradients, alpha):
    for layer, g in zip(layers, gradients, strict=True):
        layer.W[...] -= alpha * g.dW
    return layers


@wrong(
    "network._update",
    26,
    "(35), (36)",
    "The old layers came back: the new W and b were computed and not kept.",
    "A Layer cannot be changed; make a new one.",
)
def update_not_kept(layers, gradients, alpha):
    return list(layers)


@wrong(
    "network._update",
    54,
    "(35), (36)",
    "The gradients were used in reverse order.",
    "The first Gradient belongs to layer 1.",
)
def update_reversed(layers, gradients, alpha):
    return _step(layers, gradients[::-1], alpha)


@wrong(
    "network._update",
    30,
    "(35), (36)",
    "`return` stands inside the loop: only layer 1 comes back.",
    "How far is the return indented?",
)
def update_return_inside(layers, gradients, alpha):
    return _step(layers, gradients, alpha)[:1]
