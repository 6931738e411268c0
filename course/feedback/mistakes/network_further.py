"""Further wrong versions of the functions in nnlib.network."""

from __future__ import annotations

from collections.abc import Callable

from course.feedback.mistakes.section import Function, Section

layer_z = Section("network.layer_z", "(27)", pairs=False)
initialize = Section("network.initialize", pairs=False)
forward = Section("network.forward", "(32)", pairs=False)
backward = Section("network.backward", "(34)", pairs=False)
input_gradient = Section("network.input_gradient", "(34)", pairs=False)
update = Section("network.update", "(35), (36)", pairs=False)

SPREAD = 'scale or np.sqrt((2 if activation == "relu" else 1) / n_in)'
DRAWN = "rng.standard_normal((n_out, n_in))"
CHOICE = "g, _ = ACTIVATIONS[activation]"
DW = "dZ @ cache.A[l - 1].T / m"
DB = "dZ.sum(axis=1, keepdims=True) / m"


# --- one layer


@layer_z.swap("+ b", "+ b.ravel()", family=50)
def layer_b_flat() -> None:
    """b was made flat: an array with one axis is added along the examples, and not along the units.

    Which shape has b, and which axis of Z counts the units?
    """


@layer_z.swap("+ b", "+ W.shape[1] * b", family=7)
def layer_b_for_each_input() -> None:
    """b was added inside the sum: it is counted once for every input.

    How often does b stand in (27)?
    """


@layer_z.swap("+ b", "+ b[0, 0]", family=41)
def layer_first_b() -> None:
    """Every unit got the b of the first one.

    Each unit has its own b. Which row is it in?
    """


@layer_z.swap("+ b", "+ b.mean()", family=41)
def layer_b_averaged() -> None:
    """The biases were averaged: every unit got the same number.

    Each unit has its own b. Which row is it in?
    """


@layer_z.swap("+ b", "* b", family=7)
def layer_times_b() -> None:
    """The product was multiplied by b. (27) adds b.

    At A = 0, Z should be b.
    """


@layer_z.swap("W @ A_prev + b", "np.tanh(W @ A_prev + b)", family=44)
def layer_with_tanh() -> None:
    """tanh was applied already: Z is what goes into it.

    Where does (27) end?
    """


@layer_z.swap("W @ A_prev", "W @ A_prev / W.shape[1]", family=12)
def layer_averaged() -> None:
    """The products were averaged over the inputs. (27) sums them.

    What does a matrix product do with its products?
    """


@layer_z.swap("W @ A_prev", "W[:, :-1] @ A_prev[:-1]", family=30)
def layer_last_input_missing() -> None:
    """The last input is left out of the sum.

    With which number does range(3) end?
    """


# --- the start


@initialize.swap(SPREAD, 'scale or np.sqrt(2 if activation == "relu" else 1 / n_in)', family=40)
def start_bracket_lost() -> None:
    """A bracket is lost: n_in divides the 1 alone, and for ReLU the spread is √2 whatever the
    width.

    What does Python do first: the division, or `if … else`?
    """


@initialize.swap(SPREAD, "scale or np.sqrt(2 / (n_in + n_out))", family=40)
def start_glorot() -> None:
    """This is Glorot's rule, √(2/(n_in + n_out)). Here the spread goes with the inputs alone.

    Over what does W A_prev sum?
    """


@initialize.swap(
    SPREAD, "scale or 0.01 * np.sqrt((2 if activation == 'relu' else 1) / n_in)", family=39
)
def start_hundredth_of_the_spread() -> None:
    """The spread is right, and then a hundredth of it was taken: the signal fades from layer to
    layer.

    Which factors stand before the random numbers?
    """


@initialize.swap(
    SPREAD, "scale or np.sqrt((2 if activation == 'relu' else 1) / (n_in * n_out))", family=40
)
def start_product_of_widths() -> None:
    """The spread goes with inputs times outputs. Here it goes with the inputs alone.

    Over what does W A_prev sum?
    """


@initialize.swap(
    SPREAD, "scale or np.sqrt((2 if activation == 'relu' else 1) / sizes[0])", family=40
)
def start_first_width() -> None:
    """The spread of every layer goes with the features, sizes[0]. Each layer has its own inputs.

    How many numbers come into layer 2?
    """


@initialize.swap("spread * rng", "1 / spread * rng", family=40)
def start_divided_by_spread() -> None:
    """The random numbers were divided by the spread instead of multiplied.

    Should the weights be larger or smaller if a layer has more inputs?
    """


@initialize.swap("spread * rng", "spread**2 * rng", family=40)
def start_variance_for_spread() -> None:
    """The variance stands where the spread is meant: also a `scale` that is given is squared.

    Which of the two is the root of the other?
    """


@initialize.swap(DRAWN, "(rng.random((n_out, n_in)) - 0.5)", family=40)
def start_uniform_half() -> None:
    """The numbers are spread evenly from -½ to ½. They should be normal, with the spread 1.

    Which method of the generator draws normal numbers?
    """


@initialize.swap(DRAWN, "rng.uniform(-(3**0.5), 3**0.5, (n_out, n_in))", family=40)
def start_uniform_same_spread() -> None:
    """The spread is right, but the numbers are spread evenly between two ends. They should be
    normal: many small ones, a few large.

    Which method of the generator draws normal numbers?
    """


@initialize.swap(
    "spread * rng.standard_normal(",
    "rng.uniform(-spread, spread, ",
    family=40,
    twin="start_uniform_centred",
)
def start_uniform_between_spreads() -> None:
    """The numbers are spread evenly from minus the spread to the spread. They should be normal.

    Which method of the generator draws normal numbers?
    """


@initialize.swap(
    "spread * rng.standard_normal(", "np.sqrt(6 / (n_in + n_out)) * rng.uniform(-1, 1, ", family=40
)
def start_glorot_uniform() -> None:
    """This is Glorot's rule with evenly spread numbers. Here they are normal, and their spread goes
    with the inputs alone.

    Which method of the generator draws normal numbers?
    """


@initialize.swap(DRAWN, "np.abs(rng.standard_normal((n_out, n_in)))", family=40)
def start_positive() -> None:
    """Every weight is positive: the signs of the normal numbers are lost.

    What should the mean of the weights be?
    """


@initialize.swap(DRAWN, "rng.normal(1, 1, (n_out, n_in))", family=40)
def start_around_one() -> None:
    """The weights lie around 1. They should lie around 0.

    Which mean have standard normal numbers?
    """


@initialize.swap("np.zeros((n_out, 1), dtype)", "np.zeros((1, n_out), dtype)", family=41)
def start_b_as_row() -> None:
    """b is a row. It must be a column, (n_l, 1): one number for each unit.

    Which axis of Z counts the units?
    """


@initialize.swap("np.zeros((n_out, 1), dtype)", "np.zeros((n_in, 1), dtype)", family=41)
def start_b_of_inputs() -> None:
    """b has one number for each input. It must have one for each unit, (n_l, 1).

    To which of the two is b added?
    """


@initialize.swap("np.zeros((n_out, 1), dtype)", "0.0", family=41)
def start_b_number() -> None:
    """b is one number. It must be a column, (n_l, 1): each unit gets its own.

    How many numbers will db hold?
    """


@initialize.swap(
    '[*hidden, "sigmoid"]', "[*hidden, hidden[-1]]", family=44, twin="start_output_hidden"
)
def start_output_like_hidden() -> None:
    """The output layer has the activation of the hidden ones, and their spread. For a probability
    it must be a sigmoid.

    Between which two numbers does a probability lie?
    """


@initialize.swap('[*hidden, "sigmoid"]', '[*hidden, "tanh"]', family=44)
def start_output_tanh() -> None:
    """The output layer is called tanh. For a probability it must be a sigmoid.

    Between which two numbers does a probability lie?
    """


@initialize.swap('[*hidden, "sigmoid"]', '[*hidden, "relu"]', family=44)
def start_output_relu() -> None:
    """The output layer is called relu. For a probability it must be a sigmoid.

    Between which two numbers does a probability lie?
    """


@initialize.swap('[*hidden, "sigmoid"]', '["sigmoid", *hidden]', family=44)
def start_sigmoid_first() -> None:
    """The sigmoid went to the first layer. It belongs to the last one.

    Which layer gives the probability?
    """


@initialize.swap('[*hidden, "sigmoid"]', '[*(["tanh"] * len(hidden)), "sigmoid"]', family=44)
def start_hidden_always_tanh() -> None:
    """The argument `hidden` is not used: every hidden layer is called tanh.

    What should the layers be called when the caller asks for relu?
    """


@initialize.swap(
    "zip(sizes[:-1], sizes[1:],", "zip([sizes[0]] * len(sizes[1:]), sizes[1:],", family=41
)
def start_inputs_everywhere() -> None:
    """Every layer was made for the features, sizes[0]. A layer takes the outputs of the one before.

    How many numbers come into layer 2?
    """


@initialize.swap("return layers", "return layers[::-1]", family=42)
def start_layers_backwards() -> None:
    """The layers are in reverse order.

    Which layer takes X?
    """


@initialize.swap("(W.astype(dtype)", "(W", family=10)
def start_dtype_ignored() -> None:
    """The argument `dtype` is not used for W: the weights are always float64.

    What kind of number should W hold when the caller asks for float32?
    """


@initialize.swaps({"(W.astype(dtype)": "(W", "(n_out, 1), dtype)": "(n_out, 1))"}, family=10)
def start_dtype_never_used() -> None:
    """The argument `dtype` is not used: W and b are always float64.

    What kind of number should they hold when the caller asks for float32?
    """


@initialize.swap("(n_out, 1), dtype)", "(n_out, 1))", family=10)
def start_dtype_of_b_ignored() -> None:
    """The argument `dtype` is not used for b: it is always float64.

    What kind of number should b hold when the caller asks for float32?
    """


# --- forward


@forward.swap(CHOICE, "g, _ = ACTIVATIONS[layers[len(A) % len(layers)].activation]", family=44)
def activation_of_next_layer() -> None:
    """Each layer got the activation of the next one.

    Where is it written which activation a layer has?
    """


@forward.swap(CHOICE, "g, _ = ACTIVATIONS[layers[len(A) - 2].activation]", family=44)
def activation_of_layer_before() -> None:
    """Each layer got the activation of the one before.

    Where is it written which activation a layer has?
    """


@forward.swap("Cache(Z, A)", "Cache(Z, [*A[:1], *Z[1:]])", family=45)
def z_kept_twice() -> None:
    """The Z's were kept in both lists. A is what comes out of the activation.

    Two lists, two names.
    """


@forward.swap("Cache(Z, A)", "Cache([X, *Z[1:]], A)", family=45)
def x_for_none() -> None:
    """Z[0] should be None: the input has an A, but no Z.

    What went through no layer yet?
    """


@forward.swap("Z_l = W @ A[-1] + b", "Z_l = W @ A[-1] + layers[0].b", family=54)
def first_b_everywhere() -> None:
    """Every layer got the b of layer 1. Each has its own.

    Which of your names changes from layer to layer?
    """


@forward.swap("return Cache(Z, A)", "return Z, A", family=45)
def plain_pair() -> None:
    """A plain pair came back. A Cache has its two lists by name, Z and A.

    What is the pair called in the signature?
    """


@forward.swap("return Cache(Z, A)", "return Cache(Z[::-1], A[::-1])", family=45)
def lists_backwards() -> None:
    """Both lists are in reverse order: A[0] should be X.

    At which end does a new entry go in?
    """


@forward.swap("A.append(g(Z_l))", "A.append(g(g(Z_l)))", family=44)
def activation_twice() -> None:
    """The activation was applied twice.

    How often does g stand in (32)?
    """


@forward.swap(CHOICE, 'g, _ = ACTIVATIONS["tanh" if layers[-1].W is W else activation]', family=44)
def output_tanh() -> None:
    """The output layer got tanh. It has the activation that is named in it.

    Between which two numbers does a probability lie?
    """


@forward.swap(CHOICE, 'g, _ = ACTIVATIONS["relu" if layers[-1].W is W else activation]', family=44)
def output_relu() -> None:
    """The output layer got ReLU. It has the activation that is named in it.

    Between which two numbers does a probability lie?
    """


# --- backward


def both(old: str, new: str, *, family: int) -> Callable[[Function], Function]:
    """Register a substitution in `backward`, and as input_… in `input_gradient`."""

    def register(named: Function) -> Function:
        backward.swap(old, new, family=family)(named)
        named.__name__ = f"input_{named.__name__}"
        input_gradient.swap(old, new, family=family)(named)
        return named

    return register


@both("g_prime(cache.A[l - 1])", "g_prime(cache.Z[l - 1])", family=37)
def slope_at_z() -> None:
    """The slopes were taken at Z. In this course they are functions of A: 1 - A² for tanh,
    A (1 - A) for the sigmoid.

    Of what are your slope functions a function: of Z, or of A?
    """


@both("layers[l - 2].activation", "layers[max(l - 3, 0)].activation", family=54)
def slope_of_layer_before() -> None:
    """The slope is that of the wrong layer: one further down than A^[l-1].

    dA^[l-1] meets g^[l-1]′. Which layer of the list is that?
    """


@both("dA * g_prime(cache.A[l - 1])", "dA / g_prime(cache.A[l - 1])", family=46)
def divided_by_slope() -> None:
    """dA was divided by the slope. (34) multiplies.

    What should become of dA where a unit is flat?
    """


@both("dA * g_prime(cache.A[l - 1])", "dA * g_prime(cache.A[l - 1]) ** 2", family=46)
def slope_squared() -> None:
    """The slope was multiplied in twice.

    How often does g′ stand in (34)?
    """


@backward.swap("cache.A[L] - Y", "cache.Z[L] - Y", family=21, equation="(23)")
def back_z_for_a() -> None:
    """Z^[L] was used as the prediction: the last activation is missing in dZ^[L].

    Between which two numbers does a prediction lie?
    """


@backward.swap("cache.A[L] - Y", "cache.A[L] + Y", family=21, equation="(23)")
def back_plus_labels() -> None:
    """The labels were added. (23) takes them away.

    What should dZ^[L] be when every prediction is exact?
    """


@backward.swap("cache.A[L] - Y", "(cache.A[L] - Y) ** 2", family=18, equation="(23)")
def back_squares() -> None:
    """These are squared errors where (23) has A - Y.

    Which sign should dz have when a prediction is too small?
    """


@backward.swap("cache.A[L] - Y", "np.round(cache.A[L]) - Y", family=32, equation="(23)")
def back_rounded() -> None:
    """The probabilities were turned into labels before Y was taken away.

    Does (23) know a threshold?
    """


@backward.swap("cache.A[L] - Y", "np.abs(cache.A[L] - Y)", family=21, equation="(23)")
def back_distances() -> None:
    """The signs of dZ^[L] are lost: these are the distances |A - Y|.

    Which sign should dz have when a prediction is too small?
    """


@backward.swaps(
    {DW: "dZ @ cache.A[l - 1].T / dZ.shape[0]", DB: "dZ.sum(axis=1, keepdims=True) / dZ.shape[0]"},
    family=12,
)
def back_divided_by_units() -> None:
    """You divided by the number of units of the layer. m is the number of examples.

    Which entry of dZ.shape counts the examples?
    """


@backward.swaps(
    {
        DW: "dZ @ cache.A[l - 1].T / cache.A[l - 1].shape[0]",
        DB: "dZ.sum(axis=1, keepdims=True) / cache.A[l - 1].shape[0]",
    },
    family=12,
)
def back_divided_by_inputs() -> None:
    """You divided by the number of inputs of the layer, the rows of A_prev. m is the number of
    examples.

    Which entry of A_prev.shape counts the examples?
    """


@backward.swap(DB, "dZ.mean(axis=1, keepdims=True) / m", family=49, twin="db_averaged_twice")
def db_mean_divided() -> None:
    """db is a mean that was divided by m once more.

    Which function of NumPy divides already?
    """


@backward.swap(DB, "dZ.mean(axis=0, keepdims=True)", family=49)
def db_mean_over_units() -> None:
    """db is a mean over the units (axis 0). It runs over the examples.

    b has one number for each unit.
    """


@backward.swap(DB, "dZ.mean(axis=1)", family=49, twin="db_flat")
def db_mean_flat() -> None:
    """db lost an axis: its shape is (n_l,). It must stay a column.

    What keeps an axis when a mean is taken along it?
    """


@backward.swap(DB, "dW.sum(axis=1, keepdims=True) / m", family=23)
def back_db_from_dw() -> None:
    """db was made from dW. It is the mean of dZ over the examples.

    What is b multiplied by in Z?
    """


@backward.swap(DB, "cache.A[l].sum(axis=1, keepdims=True) / m", family=23)
def back_db_from_a() -> None:
    """db was made from A^[l] instead of dZ^[l].

    What does (34) sum for db?
    """


@backward.swap(DB, "np.zeros_like(layers[l - 1].b)", family=23)
def back_db_zero() -> None:
    """db is 0 in every layer: b would never move.

    How much does Z change if b grows by a little?
    """


@backward.swap("dZ @ cache.A[l - 1].T", "cache.A[l] @ cache.A[l - 1].T", family=47)
def a_for_dz_in_dw() -> None:
    """dW was made from A^[l] instead of dZ^[l].

    Which of the two factors in (34) carries the error?
    """


@backward.swap(
    "gradients.insert(0, Gradient(dW, db))",
    "gradients.insert(0, Gradient(dW, db))\ngradients[0] = gradients[-1]",
    family=54,
)
def top_gradient_everywhere() -> None:
    """Every layer got the gradient of the top layer.

    Which of your names changes from layer to layer?
    """


# --- the gradient at the input


@input_gradient.swap("range(len(layers), 1, -1)", "range(len(layers), 0, -1)", family=54)
def one_layer_too_far_and_on() -> None:
    """The loop goes down to layer 1, and then its Wᵀ comes once more: layers[-1], whose slope was
    taken there, is the last layer.

    For which l are the lines of the loop needed?
    """


@input_gradient.swap("range(len(layers), 1, -1)", "range(len(layers), 2, -1)", family=54)
def one_layer_too_early() -> None:
    """The loop stops one layer too early.

    With which number does range(3, 1, -1) end?
    """


@input_gradient.swap(
    "layers[0].W.T @ dZ", "(layers[0].W.T @ dZ).sum(axis=1, keepdims=True)", family=49
)
def input_summed() -> None:
    """The columns were added up. Each example should keep its own.

    How many columns has dA^[0]?
    """


@input_gradient.swap("layers[0].W.T @ dZ", "layers[-1].W.T @ dZ", family=54)
def last_w_for_first() -> None:
    """The last product was made with the W of the top layer. It needs that of layer 1.

    Which index has layer 1 in the list?
    """


@input_gradient.swap("layers[l - 1].W.T", "layers[l - 2].W.T", family=54)
def input_weights_of_layer_before() -> None:
    """dA^[l-1] uses the weights of the layer before: layer l is layers[l - 1], for lists count from
    0.

    Through which weights did A^[l-1] go on the way forward?
    """


@input_gradient.swap("_, g_prime =", "g_prime, _ =", family=46)
def input_activation_for_slope() -> None:
    """dA was multiplied by g of A: ACTIVATIONS gives the function first and its slope second.

    Which of the two comes first in ACTIVATIONS?
    """


@input_gradient.swap("dA * g_prime", "dA @ g_prime", family=46)
def input_matmul_for_star() -> None:
    """`@` stands where ⊙ is meant: dZ = dA ⊙ g′(Z) multiplies entry by entry.

    Write the shapes over the factors.
    """


@input_gradient.swap("cache.A[-1] - Y", "2 * (cache.A[-1] - Y)", family=18, equation="(23)")
def input_doubled() -> None:
    """There is a factor 2: it belongs to squared errors.

    Which loss is it whose derivative you need?
    """


@input_gradient.swap("cache.A[-1] - Y", "-Y / cache.A[-1] + (1 - Y) / (1 - cache.A[-1])", family=53)
def input_da_for_dz() -> None:
    """dA^[L] was used as dZ^[L]: the factor σ′(Z^[L]) is missing.

    By what is dA multiplied in (34)?
    """


@input_gradient.swap("layers[0].W.T @ dZ", "(layers[0].W.T @ dZ) * cache.A[0]", family=46)
def times_x() -> None:
    """dA^[0] was multiplied by X. Nothing comes after the product with Wᵀ: the input has no
    activation.

    What is the last line of (34) for l = 1?
    """


@input_gradient.swap("dA * g_prime(cache.A[l - 1])", "g_prime(cache.A[l - 1])", family=36)
def input_slope_alone() -> None:
    """dA is missing: dZ^[l] was set to the slope alone.

    How many factors has dZ in (34)?
    """


@input_gradient.swap(
    "layers[l - 1].W.T @ dZ",
    "layers[l - 1].W.T @ np.broadcast_to(cache.A[-1] - Y, dZ.shape)",
    family=54,
)
def input_not_advanced() -> None:
    """dA was never advanced: each layer started again from the output's dZ.

    What changes at the end of each turn of the loop?
    """


# --- the step


@update.swap("zip(layers, gradients,", "zip(layers, [*gradients[1:], *gradients[:1]],", family=54)
def update_next_gradient() -> None:
    """Each layer was moved by the gradient of the next one.

    The first Gradient belongs to layer 1.
    """


@update.swap("zip(layers, gradients,", "zip(layers, [*gradients[-1:], *gradients[:-1]],", family=54)
def update_gradient_before() -> None:
    """Each layer was moved by the gradient of the one before; the first by that of the last.

    Which index has the gradient of layer 1?
    """


@update.swap("    ]", "    ][::-1]", family=54)
def update_layers_reversed() -> None:
    """The layers came back in reverse order.

    Which layer takes X?
    """


@update.swaps(
    {
        "W - learning_rate * dW": "dW - learning_rate * W",
        "b - learning_rate * db": "db - learning_rate * b",
    },
    family=56,
)
def update_roles_exchanged() -> None:
    """Parameters and gradients have changed places.

    From which of the two does the step set out?
    """


@update.swaps(
    {
        "W - learning_rate * dW": "(W - dW) * learning_rate",
        "b - learning_rate * db": "(b - db) * learning_rate",
    },
    family=28,
)
def update_rate_times_all() -> None:
    """The learning rate multiplies W and b as well: a bracket is too wide.

    What should a rate of 0 leave of W?
    """


@update.swaps(
    {
        "W - learning_rate * dW": "W - learning_rate - dW",
        "b - learning_rate * db": "b - learning_rate - db",
    },
    family=28,
)
def update_rate_taken_away() -> None:
    """The learning rate was taken away. (35) multiplies the gradient by it.

    What should happen to the step if the rate is doubled?
    """


@update.swaps(
    {
        "learning_rate * dW": "learning_rate / len(layers) * dW",
        "learning_rate * db": "learning_rate / len(layers) * db",
    },
    family=28,
)
def update_divided_by_layers() -> None:
    """The step was divided by the number of layers.

    Which factors stand in (35)?
    """


@update.swaps(
    {"learning_rate * dW": "learning_rate * W", "learning_rate * db": "learning_rate * b"},
    family=56,
)
def update_parameter_for_gradient() -> None:
    """The step was made from W and b themselves; the gradients do not come into it.

    Along what does (35) go?
    """


@update.swap("learning_rate * dW", "learning_rate * dW.T", family=56, equation="(35)")
def update_dw_transposed() -> None:
    """dW was transposed. It has the shape of W already.

    A gradient has the shape of its parameter.
    """


@update.swap("learning_rate * db, activation)", 'learning_rate * db, "sigmoid")', family=44)
def update_all_sigmoid() -> None:
    """The names of the activations were lost: every layer is called sigmoid now.

    A layer has three fields. Which of them stays as it is?
    """


@update.swap("learning_rate * db, activation)", "learning_rate * db, None)", family=44)
def update_activation_none() -> None:
    """The names of the activations were lost: None stands there now.

    A layer has three fields. Which of them stays as it is?
    """


@update.swap(
    "learning_rate * db, activation)", "learning_rate * db, layers[0].activation)", family=44
)
def update_first_activation() -> None:
    """Every layer got the name of the first layer's activation.

    A layer has three fields. Which of them stays as it is?
    """


@update.swap("zip(layers, gradients,", "zip([layers[0]] * len(layers), gradients,", family=54)
def update_first_layer_everywhere() -> None:
    """Every step set out from layer 1.

    Which of your names changes from layer to layer?
    """


@update.swap("zip(layers, gradients,", "zip(layers[1:], gradients[1:],", family=56)
def update_first_lost() -> None:
    """The first layer is gone from the list.

    With which number does the list of layers begin?
    """


@backward.swap(
    "layers[l - 1].W.T @ dZ", "layers[l - 1].W.T @ (cache.A[L] - Y)", family=54, twin="not_advanced"
)
def output_error_again() -> None:
    """The error of the output went through every Wᵀ again, where (34) has the dZ of the layer
    after.

    Which dZ does the second turn of the loop need, and which does it take?
    """


@input_gradient.swap(
    "layers[l - 1].W.T @ dZ",
    "layers[l - 1].W.T @ (cache.A[-1] - Y)",
    family=54,
    twin="input_not_advanced",
)
def input_output_error_again() -> None:
    """The error of the output went through every Wᵀ again, where (34) has the dZ of the layer
    after.

    Which dZ does the second turn of the loop need, and which does it take?
    """


@update.swap("learning_rate * db", "learning_rate * np.mean(dW, axis=1, keepdims=True)", family=56)
def update_b_with_mean_of_dw() -> None:
    """b was moved by the mean of the rows of dW: db is not used.

    Each parameter has its own gradient. Which is that of b?
    """


@update.swap("learning_rate * db", "learning_rate * np.sum(dW, axis=1, keepdims=True)", family=56)
def update_b_with_sum_of_dw() -> None:
    """b was moved by the sum of the rows of dW: db is not used.

    Each parameter has its own gradient. Which is that of b?
    """
