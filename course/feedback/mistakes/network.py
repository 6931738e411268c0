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
    """bᵀ is a row: it was added along the examples. The document prints it so, by mistake; b is a
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

SPREAD = 'scale or np.sqrt((2 if activation == "relu" else 1) / n_in)'
CHOICE = "g, _ = ACTIVATIONS[activation]"
TOP = "W is layers[-1].W"


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


@initialize.swap(SPREAD, "0.01", family=39)
def start_hundredth() -> None:
    """The spread is 0.01 whatever the width: in a deep network the signal fades, and the cost
    stays near log 2.

    How does the spread of z depend on the number of inputs?
    """


@initialize.swap(SPREAD, "1.0", family=39)
def start_ones_spread() -> None:
    """The spread is 1 whatever the width: z is too large, and the units saturate.

    How does the spread of z depend on the number of inputs?
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

    How many axes has W, and how many has your b?
    """


@initialize.swap("np.zeros(", "np.ones(", family=38)
def start_random_b() -> None:
    """b does not start at 0. Only the rows of W must differ.

    What would be lost with b = 0?
    """


@initialize.swap("scale or ", "", family=28)
def start_scale_ignored() -> None:
    """The argument `scale` is not used: if it is given, it is the spread of every layer.

    What should happen when the caller passes a scale?
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
    """X is fed to every layer. (32) is printed so, by mistake; a layer takes A^[l-1], the
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

    Which of the two comes first in ACTIVATIONS?
    """


@forward.swap("    return", "        return", family=45)
def pass_return_inside() -> None:
    """`return` stands inside the loop: the pass ends after layer 1.

    How far is the return indented?
    """


@forward.swap("Cache(Z, A)", "A[-1]", family=45)
def only_the_output() -> None:
    """Only the last A came back. Backward will need every Z and A.

    What will the way back need from here?
    """


@forward.swap("in layers:", "in layers[:-1]:", family=45)
def last_layer_missing() -> None:
    """The last layer is missing.

    How many layers are there?
    """


@forward.swap("Cache(Z, A)", "Cache(A, Z)", family=45)
def z_and_a_swapped() -> None:
    """Z and A are swapped.

    Which of the two goes into the activation, and which comes out?
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


@layer_z.swap("W @ A_prev", "A_prev @ W", family=41)
def layer_factors_exchanged() -> None:
    """The factors are exchanged: A W. (27) begins with W.

    Write the shapes over the two factors: which inner numbers agree?
    """


@layer_z.swap("W @ A_prev", "A_prev.T @ W.T", family=45)
def layer_other_way_round() -> None:
    """The product is that of the transposed factors in the other order: examples would be rows, and
    b does not fit.

    In this course, is an example a row or a column?
    """


@layer_z.swap("W @ A_prev", "W @ A_prev.T", family=41)
def layer_a_transposed() -> None:
    """A was transposed: its columns are examples already.

    Write the shapes over the two factors: which inner numbers agree?
    """


@layer_z.swap("W @ A_prev + b", "W @ (A_prev + b)", family=7)
def layer_b_before_product() -> None:
    """b was added to the inputs, before the product.

    How many numbers has b: one for each input, or for each unit?
    """


@layer_z.swap("W @ A_prev + b", "np.maximum(0, W @ A_prev + b)", family=44)
def layer_with_relu() -> None:
    """ReLU was applied already: Z is what goes into it.

    Where does (27) end?
    """


@initialize.swap("np.random.default_rng(rng)", "np.random.default_rng(0)", family=10)
def start_rng_ignored() -> None:
    """The argument `rng` is not used: every seed gives the same numbers.

    What should be different when the caller passes another seed?
    """


@initialize.swap("np.random.default_rng(rng)", "np.random.default_rng()", family=10)
def start_unseeded() -> None:
    """The argument `rng` is not used: the same seed gives other numbers each time.

    What should be the same when the caller passes the same seed?
    """


@initialize.swap("spread = ", "rng = np.random.default_rng(int(sizes[0]))\nspread = ", family=30)
def start_seeds_itself() -> None:
    """It seeds its random numbers itself, inside the loop: every layer gets the same ones, whatever
    `rng` is.

    How often should the generator be made, and from what?
    """


@initialize.swaps(
    {
        "rng = np.random.default_rng(rng)": "seed = rng",
        "spread = ": "rng = np.random.default_rng(seed)\nspread = ",
    },
    family=30,
)
def start_seeded_inside() -> None:
    """The generator is made anew for each layer, with the same seed: every layer gets the same
    numbers.

    Which line belongs before the loop?
    """


@initialize.swap("standard_normal((n_out, n_in))", "uniform(-1, 1, (n_out, n_in))", family=40)
def start_uniform_centred() -> None:
    """The numbers are spread evenly between two ends. They should be normal: many small ones, a few
    large.

    Which method of the generator draws normal numbers?
    """


@initialize.swap('[*hidden, "sigmoid"]', '[*(["relu"] * len(hidden)), "sigmoid"]', family=44)
def start_hidden_ignored() -> None:
    """The argument `hidden` is not used: every hidden layer got relu.

    What should the layers be called when the caller asks for tanh?
    """


@initialize.swap('[*hidden, "sigmoid"]', '[*(["sigmoid"] * len(hidden)), "sigmoid"]', family=44)
def start_sigmoid_everywhere() -> None:
    """Every layer is called sigmoid; the hidden ones should have the activation that the caller
    names.

    What is the argument `hidden` for?
    """


@initialize.swap(SPREAD, "scale or 0.01", family=39)
def start_hundredth_unless_scale() -> None:
    """Without `scale` the spread is 0.01 whatever the width: in a deep network the signal fades.

    How does the spread of z depend on the number of inputs?
    """


@initialize.swap(SPREAD, "scale or 1.0", family=39)
def start_one_unless_scale() -> None:
    """Without `scale` the spread is 1 whatever the width: z is too large, and the units saturate.

    How does the spread of z depend on the number of inputs?
    """


@initialize.swap(SPREAD, "scale or 0.1", family=39)
def start_tenth_unless_scale() -> None:
    """Without `scale` the spread is 0.1 whatever the width.

    How does the spread of z depend on the number of inputs?
    """


@initialize.swap("/ n_in", "* n_in", family=40)
def start_times_n() -> None:
    """The spread grows with the number of inputs; it should shrink.

    The more numbers add up in z, the larger it is. What makes up for that?
    """


@initialize.swap("/ n_in", "/ (n_in + n_out)", family=40)
def start_both_widths() -> None:
    """The spread goes with inputs and outputs together (the rule of Glorot). Here it goes with the
    inputs alone.

    Over what does W A_prev sum?
    """


@initialize.swap(
    "standard_normal((n_out, n_in))", "standard_normal((1, n_in)).repeat(n_out, axis=0)", family=38
)
def start_equal_rows() -> None:
    """All rows of W are the same: every unit of a layer computes the same and gets the same
    gradient.

    What could make two equal rows differ later?
    """


@initialize.swap("return layers", "return tuple(layer.W for layer in layers)", family=45)
def start_only_weights() -> None:
    """Only the weights came back. Each layer is a Layer, with W, b and the name of its activation.

    What are the three fields of a Layer?
    """


@forward.swap(
    CHOICE,
    f"g = (lambda z: z) if {TOP} else ACTIVATIONS[activation][0]",
    family=44,
)
def output_without_activation() -> None:
    """The output layer has no activation: its A is Z. It should be a probability.

    Between which two numbers does a probability lie?
    """


@forward.swap(
    CHOICE,
    f"g = ACTIVATIONS[activation][0] if {TOP} else (lambda z: z)",
    family=44,
)
def hidden_without_activation() -> None:
    """The hidden layers have no activation; only the output has its own. Without them, layers in a
    row do no more than one.

    What comes between Z and A of a hidden layer?
    """


@forward.swap(CHOICE, "g, _ = ACTIVATIONS[layers[0].activation]", family=44)
def first_activation_everywhere() -> None:
    """Every layer, the output as well, got the activation of the first one. Each has its own g^[l].

    Which activation is named in the last layer?
    """


@forward.swap(
    CHOICE,
    f'g, _ = ACTIVATIONS["sigmoid" if {TOP} else "relu"]',
    family=44,
)
def hidden_always_relu() -> None:
    """Every hidden layer got ReLU. Each has its own g^[l].

    Where is it written which activation a layer has?
    """


@forward.swap(
    CHOICE,
    f'g, _ = ACTIVATIONS["sigmoid" if {TOP} else "tanh"]',
    family=44,
)
def hidden_always_tanh() -> None:
    """Every hidden layer got tanh. Each has its own g^[l].

    Where is it written which activation a layer has?
    """


@forward.swap("Cache(Z, A)", "Cache(Z[:-1], A)", family=45)
def last_z_missing() -> None:
    """The last Z is missing from the list.

    How many entries has Z for L layers, the None at its front counted?
    """


@forward.swap("Cache(Z, A)", "Cache(Z, A[:-1])", family=45)
def last_a_missing() -> None:
    """The last A is missing from the list: it holds the predictions.

    How many entries has A for L layers, X counted?
    """


@forward.swap("Cache(Z, A)", "Cache([Z_l], [A[-1]])", family=45)
def only_last_of_each() -> None:
    """Only the last Z and A came back. The way back needs those of every layer.

    Where should each layer put its own?
    """


@forward.swap("+ b", "- b", family=7)
def pass_minus_b() -> None:
    """b is taken away instead of added.

    Which sign has b in (32)?
    """


@forward.swap("+ b", "+ b.T", family=41)
def pass_b_as_row() -> None:
    """b was turned into a row: it was added along the examples.

    Which axis of Z counts the units?
    """


@forward.swap("W @ A[-1]", "A[-1] @ W", family=41)
def pass_factors_exchanged() -> None:
    """The factors are exchanged: A W. (32) begins with W.

    Write the shapes over the two factors: which inner numbers agree?
    """


@forward.swap("Z.append(Z_l)", "Z.append(W @ A[-1])", family=45)
def z_without_b_kept() -> None:
    """The Z that was kept lacks b.

    What went into the activation?
    """


@forward.swap("in layers:", "in layers[::-1]:", family=45)
def layers_backwards() -> None:
    """The layers were gone through from the last to the first.

    Which layer takes X?
    """
