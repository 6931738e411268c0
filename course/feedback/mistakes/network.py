"""Wrong versions of the functions in nnlib.network, on the way forward."""

from __future__ import annotations

from course.feedback.mistakes.section import Section

layer_z = Section("network.layer_z", "(27)")


@layer_z.swap(" + b", "", family=7)
def layer_without_b() -> None:
    """b is lost.

    (27) adds the column of biases.
    """


@layer_z.swap("+ b", "- b", family=7)
def layer_minus_b() -> None:
    """b is taken away instead of added.

    (27) has a plus.
    """


@layer_z.swap("W @", "W.T @", family=41)
def layer_transposed() -> None:
    """Wᵀ does not fit here: W is (n_l, n_{l-1}) already, one row for each unit.

    Write the shapes over the factors.
    """


@layer_z.swap("W @", "W *", family=6)
def layer_entrywise() -> None:
    """`*` is the product entry by entry; (27) is a matrix product.

    Each unit sums over all its inputs.
    """


@layer_z.swap("+ b", "+ b.T", family=41)
def layer_b_as_row() -> None:
    """bᵀ is a row: it was added along the examples. The document prints it so (slip E7); b is a
    column, one number for each unit.

    Which axis of Z counts the units?
    """


@layer_z.swap("W @ A_prev + b", "(W @ A_prev + b).T", family=45)
def layer_result_transposed() -> None:
    """The result is transposed: examples became rows.

    Z is (n_l, m).
    """


@layer_z.swap("+ b", "+ b.sum()", family=41)
def layer_b_summed() -> None:
    """All biases were added up: every unit got the same number.

    Each unit has its own b.
    """


@layer_z.swap("W @ A_prev + b", 'ACTIVATIONS["sigmoid"][0](W @ A_prev + b)', family=44)
def layer_with_activation() -> None:
    """The activation was applied already: Z is what goes into it.

    (27) ends before σ.
    """


initialize = Section("network.initialize")


@initialize.swap("rng.standard_normal(", "np.zeros(", family=38)
def start_zeros() -> None:
    """All weights are zero: every unit of a layer computes the same and gets the same gradient,
    for ever.

    What could make two equal rows differ later?
    """


@initialize.swap("rng.standard_normal(", "np.ones(", family=38)
def start_constant() -> None:
    """All weights are the same number: equal rows stay equal for ever.

    The rows of W must differ.
    """


@initialize.swap('scale or np.sqrt((2 if activation == "relu" else 1) / n_in)', "0.01", family=39)
def start_hundredth() -> None:
    """The spread is 0.01 whatever the width: in a deep network the signal fades, and the cost
    stays near log 2.

    How does the spread of z depend on the number of inputs?
    """


@initialize.swap('scale or np.sqrt((2 if activation == "relu" else 1) / n_in)', "1.0", family=39)
def start_ones_spread() -> None:
    """The spread is 1 whatever the width: z is too large, and the units saturate.

    Divide by the root of the number of inputs.
    """


@initialize.swap("/ n_in", "/ n_out", family=40)
def start_fan_out() -> None:
    """The spread goes with the number of outputs, n_l. It is the inputs, n_{l-1}, that add up
    in z.

    Over what does W A_prev sum?
    """


@initialize.swap("standard_normal", "random", family=40)
def start_uniform() -> None:
    """Every weight is positive: numbers from 0 to 1 instead of normal ones around 0.

    standard_normal is centred, random is not.
    """


@initialize.swap("np.sqrt(", "(", family=40)
def start_no_root() -> None:
    """The root is missing: the spread is 1/n_in instead of 1/√n_in (for ReLU 2/n_in instead of
    √(2/n_in)).

    The variances add up, not the spreads.
    """


@initialize.swap('2 if activation == "relu" else 1', '1 if activation == "relu" else 2', family=40)
def start_two_swapped() -> None:
    """The 2 for ReLU and the 1 for the others are swapped.

    ReLU switches half of its units off. What makes up for it?
    """


@initialize.swap("W.astype", "W.T.astype", family=41)
def start_transposed() -> None:
    """W is transposed: its rows must be the units, W[l] is (n_l, n_{l-1}).

    How many units has the layer, and how many inputs?
    """


@initialize.swap("np.zeros((n_out, 1), dtype)", "np.zeros(n_out)", family=41)
def start_flat_b() -> None:
    """b has shape (n_l,). It must be a column, (n_l, 1), or broadcasting adds it along the
    examples.

    Keep two axes.
    """


@initialize.swap("np.zeros(", "np.ones(", family=38)
def start_random_b() -> None:
    """b is random. Only the rows of W must differ; b starts at 0.

    What would be lost with b = 0?
    """


@initialize.swap("scale or ", "", family=28)
def start_scale_ignored() -> None:
    """The argument `scale` is not used: if it is given, it is the spread of every layer.

    `scale or …` takes the scale if there is one, else what follows.
    """


@initialize.swap('(2 if activation == "relu" else 1)', "2", family=40)
def start_two_everywhere() -> None:
    """The 2 of ReLU was used for every layer, also for those with another activation.

    The 2 makes up for the half that ReLU switches off. Does tanh switch anything off?
    """


@initialize.swap('(2 if activation == "relu" else 1)', "1", family=40)
def start_without_two() -> None:
    """1/√n_in was used for every layer. After ReLU it must be √(2/n_in).

    ReLU switches half of its units off. What makes up for it?
    """


@initialize.swap("return layers", "return layers[:-1]", family=42)
def start_one_layer_less() -> None:
    """One layer is missing: sizes counts the input as well, so there are len(sizes) - 1 layers.

    The input is layer 0.
    """


@initialize.swap(
    "return layers", "return [*layers[:-1], layers[-1]._replace(activation=hidden[-1])]", family=44
)
def start_output_hidden() -> None:
    """The output layer has the hidden activation. For a probability it must be a sigmoid.

    0 ≤ ŷ ≤ 1.
    """


forward = Section("network.forward", "(32)")


@forward.swap("A[-1]", "X", family=43)
def x_everywhere() -> None:
    """X is fed to every layer. That is (32) as printed (slip E12); a layer takes A^[l-1], the
    output of the one before.

    What goes into layer 2?
    """


@forward.swap("A[-1]", "(X if Z[-1] is None else Z[-1])", family=43)
def z_for_a() -> None:
    """Z of the layer before is fed to the next one; it takes A, after the activation.

    What would several layers be without activations?
    """


@forward.swap(" + b", "", family=7)
def pass_without_b() -> None:
    """b is lost.

    (32) adds b^[l].
    """


@forward.swap("ACTIVATIONS[activation]", 'ACTIVATIONS["sigmoid"]', family=44)
def sigmoid_everywhere() -> None:
    """Every layer got the sigmoid. Each has its own g^[l].

    Which activation is named in the layer?
    """


@forward.swap("ACTIVATIONS[activation]", 'ACTIVATIONS["relu"]', family=44)
def relu_everywhere() -> None:
    """Every layer got ReLU. Each has its own g^[l]; the last one is a sigmoid.

    Which activation is named in the layer?
    """


@forward.swap("ACTIVATIONS[activation]", 'ACTIVATIONS["tanh"]', family=44)
def tanh_everywhere() -> None:
    """Every layer got tanh. Each has its own g^[l]; the last one is a sigmoid.

    Which activation is named in the layer?
    """


@forward.swap("ACTIVATIONS[activation]", "ACTIVATIONS[layers[-len(A)].activation]", family=44)
def activations_reversed() -> None:
    """The activations are in reverse order: the sigmoid belongs to the output layer.

    Which layer comes first in the list?
    """


@forward.swap("Cache(Z, A)", "Cache(Z, A[1:])", family=45)
def without_a0() -> None:
    """A[0] is missing: the list must begin with X, so that A[l] belongs to layer l.

    The input is layer 0.
    """


@forward.swap("g(Z_l)", "Z_l", family=44)
def without_activation() -> None:
    """g is missing: A^[l] was set to Z^[l]. Without it, layers in a row do no more than one.

    (32) has two lines.
    """


@forward.swap("g(Z_l)", "g(A[-1])", family=44)
def activation_of_input() -> None:
    """g was applied to A^[l-1], the input of the layer. It takes Z^[l].

    What is the second line of (32) made from?
    """


@forward.swap("g(Z_l)", "g(Z)", family=44)
def activation_of_the_list() -> None:
    """g was given Z, the whole list. It takes the entry of this layer.

    How is the last entry of a list written?
    """


@forward.swap("W @", "W *", family=6)
def pass_entrywise() -> None:
    """`*` multiplies entry by entry; (32) is a matrix product.

    Each unit sums over all its inputs.
    """


@forward.swap("Cache(Z, A)", "Cache(Z[1:], A)", family=45)
def without_z0() -> None:
    """Z begins with layer 1. It must begin with None, so that Z[l] belongs to layer l.

    The input has an A, but no Z.
    """


@forward.swap("g, _ =", "_, g =", family=44)
def slope_for_activation() -> None:
    """The slope g′ was used where (32) has g: ACTIVATIONS gives the function first and its
    slope second.

    `g, _ = ACTIVATIONS[…]` leaves out the second of the two.
    """


@forward.swap("    return", "        return", family=45)
def pass_return_inside() -> None:
    """`return` stands inside the loop: the pass ends after layer 1.

    How far is the return indented?
    """


@forward.swap("Cache(Z, A)", "A[-1]", family=45)
def only_the_output() -> None:
    """Only the last A came back. Backward will need every Z and A.

    A Pass keeps two lists.
    """


@forward.swap("in layers:", "in layers[:-1]:", family=45)
def last_layer_missing() -> None:
    """The last layer is missing.

    How many layers are there?
    """


@forward.swap("Cache(Z, A)", "Cache(A, Z)", family=45)
def z_and_a_swapped() -> None:
    """Z and A are swapped.

    Pass(Z, A): first what goes into the activation.
    """


@forward.swap("Z.append(Z_l)", "Z.append(g(Z_l))", family=45)
def a_kept_twice() -> None:
    """The A's were kept in both lists. Z is what goes into the activation.

    Two lists, two names.
    """


@forward.swap("W @", "W.T @", family=41)
def pass_transposed() -> None:
    """Wᵀ does not fit: each row of W is a unit.

    Write the shapes over the factors.
    """
