"""Wrong versions of the functions in nnlib.network, on the way back."""

from __future__ import annotations

from course.feedback.mistakes.section import Section
from nnlib.activations import ACTIVATIONS
from nnlib.kinds import Array
from nnlib.network import Cache, Gradient, Layer

backward = Section("network.backward", "(34)")


@backward.swap(".T / m", ".T", family=20)
def dw_sum() -> None:
    """dW is not divided by m.

    dW^[l] begins with 1/m.
    """


@backward.swap("keepdims=True) / m", "keepdims=True)", family=20)
def db_sum() -> None:
    """db is not divided by m.

    db^[l] begins with 1/m.
    """


@backward.swaps({".T / m": ".T", "keepdims=True) / m": "keepdims=True)"}, family=20)
def both_sums() -> None:
    """Neither dW nor db is divided by the number of examples, m: the columns of Y, not its rows.

    Both begin with 1/m.
    """


@backward.swap("W.T @ dZ", "W.T @ dZ / m", family=48)
def m_in_da() -> None:
    """1/m stands in dA as well: layer by layer the gradients become m times smaller.

    Only dW and db are averages.
    """


@backward.swap("cache.A[L] - Y", "(cache.A[L] - Y) / m", family=48)
def m_in_dz() -> None:
    """1/m stands in dZ^[L] as well: every gradient is m times too small.

    Column i of dZ belongs to the loss of example i.
    """


@backward.swap("cache.A[L] - Y", "Y - cache.A[L]", family=21, equation="(23)")
def output_sign() -> None:
    """The sign is turned: dZ^[L] = A^[L] - Y.

    If a is too large, which sign should dz have?
    """


@backward.swap("cache.A[L] - Y", "(cache.A[L] - Y) * cache.A[L] * (1 - cache.A[L])", family=53)
def output_slope_twice() -> None:
    """A - Y was sent through σ′ once more: it holds that factor already.

    σ′ exactly once.
    """


@backward.swap("cache.A[L] - Y", "-Y / cache.A[L] + (1 - Y) / (1 - cache.A[L])", family=53)
def output_da_for_dz() -> None:
    """dA^[L] was used as dZ^[L]: the factor σ′(Z^[L]) is missing.

    By what is dA multiplied in (34)?
    """


@backward.swap(
    "dZ = cache.A[L] - Y",
    "A = cache.A[L]\ndZ = (-Y / A - (1 - Y) / (1 - A)) * A * (1 - A)",
    family=52,
    equation="(10)",
)
def output_lost_bracket() -> None:
    """The second term of dA^[L] has the wrong sign: a bracket is lost, or a plus stands inside it
    where (10) has a minus.

    How far does the minus of (10) reach?
    """


@backward.swap(
    "dZ = cache.A[L] - Y",
    "A = cache.A[L]\ndZ = (-Y / A + (1 - Y) / (1 - A)) * A * (1 - A)",
    family=55,
    equation="(11)",
)
def output_through_da() -> None:
    """At a sure and right answer, A = 1, the fraction (1 - Y)/(1 - A) is 0/0. A - Y is the same
    quantity without the trouble.

    (11) and (12) are equal on paper. Which one divides?
    """


@backward.swap("dA * g_prime", "g_prime", family=36)
def slope_alone() -> None:
    """dA is missing: dZ^[l] was set to the slope g′(Z^[l]) alone.

    How many factors has dZ in (34), and how many has your line?
    """


@backward.swap("cache.A[l - 1].T", "(cache.A[0] if l == 1 else cache.Z[l - 1]).T", family=47)
def z_in_dw() -> None:
    """dW^[l] uses Z^[l-1]ᵀ, as (34) is printed, by mistake. The layer's input was A^[l-1].

    By what was W multiplied on the way forward?
    """


@backward.swap("cache.A[l - 1].T", "cache.A[l].T", family=47)
def output_in_dw() -> None:
    """dW^[l] uses A^[l], the output of the layer. It needs A^[l-1], its input.

    A gradient has the shape of its parameter.
    """


@backward.swap("dZ @ cache.A[l - 1].T", "cache.A[l - 1] @ dZ.T", family=47)
def dw_transposed() -> None:
    """dW is transposed: A dZᵀ instead of dZ Aᵀ.

    A gradient has the shape of its parameter.
    """


@backward.swap("dZ @ cache", "dZ * cache", family=47)
def dw_entrywise() -> None:
    """dW uses `*`; it is a matrix product, dZ @ Aᵀ, that sums over the examples.

    Write the shapes over the factors.
    """


@backward.swap("axis=1", "axis=0", family=49)
def db_wrong_axis() -> None:
    """db was summed over the units (axis 0). The sum runs over the examples.

    b has one number for each unit.
    """


@backward.swap(", keepdims=True", "", family=49)
def db_flat() -> None:
    """db lost an axis: its shape is (n_l,). It must stay (n_l, 1).

    What keeps an axis when a sum is taken along it?
    """


@backward.swap("axis=1, keepdims=True", "", family=49)
def db_one_number() -> None:
    """db was summed over everything: one number for the whole layer.

    b has one number for each unit. Along which axis do the examples lie?
    """


@backward.swap("dZ.sum(axis=1, keepdims=True)", "dZ", family=50)
def db_not_summed() -> None:
    """db was not summed: it has one column for each example, and b - α db would grow to (n_l,
    m) without a word.

    Σ over the m columns.
    """


@backward.swap("W.T", "W", family=51)
def w_not_transposed() -> None:
    """dA^[l-1] uses W where (34) has Wᵀ.

    Write the shapes over the factors.
    """


@backward.swap("layers[l - 1].W.T", "dW.T", family=51)
def dw_for_w() -> None:
    """dA^[l-1] uses dWᵀ instead of Wᵀ.

    The way back goes over the same weights as the way forward.
    """


@backward.swap("dA * g_prime(cache.A[l - 1])", "dA", family=46)
def no_slope() -> None:
    """g′ is missing: dZ^[l] was set to dA^[l].

    By what is dA multiplied in (34)?
    """


@backward.swap("g_prime(cache.A[l - 1])", "cache.A[l - 1]", family=46)
def value_for_slope() -> None:
    """dA was multiplied by the activation A itself, not by its slope g′(Z).

    g′ is not g.
    """


@backward.swap("g_prime(cache.A[l - 1])", "cache.Z[l - 1]", family=46)
def z_for_slope() -> None:
    """dA was multiplied by Z: the prime of g′(Z) was read as a product.

    g′(Z) is the slope of g at Z.
    """


@backward.swap("dA * g", "dA @ g", family=46)
def matmul_for_star() -> None:
    """`@` stands where ⊙ is meant: dZ = dA ⊙ g′(Z) multiplies entry by entry.

    Write the shapes over the factors.
    """


@backward.swaps(
    {"_, g_prime =": "g, g_prime =", "g_prime(cache.A[l - 1])": "g_prime(g(cache.A[l - 1]))"},
    family=37,
)
def slope_of_a() -> None:
    """The slope is taken at A instead of Z: the activation was applied twice.

    Of what are your slope functions a function: of Z, or of A?
    """


@backward.swap("layers[l - 2].activation", '"relu"', family=35)
def relu_slope_everywhere() -> None:
    """Every hidden layer got the slope of ReLU. Each has its own g^[l]′.

    Which activation is named in the layer?
    """


@backward.swap("layers[l - 2].activation", '"sigmoid"', family=37)
def sigmoid_slope_everywhere() -> None:
    """Every hidden layer got the slope of the sigmoid. Each has its own g^[l]′.

    Which activation is named in the layer?
    """


@backward.swap("layers[l - 2].activation", '"tanh"', family=34)
def tanh_slope_everywhere() -> None:
    """Every hidden layer got the slope of tanh. Each has its own g^[l]′.

    Which activation is named in the layer?
    """


@backward.swap("layers[l - 2]", "layers[l - 1]", family=54)
def slope_of_next_layer() -> None:
    """The slope is that of the wrong layer: g of layer l was used for dZ^[l-1].

    dA^[l-1] meets g^[l-1]′.
    """


@backward.swap("insert(0, Gradient(dW, db))", "append(Gradient(dW, db))", family=54)
def reversed_order() -> None:
    """The gradients came back in reverse order: the first of the list belongs to layer 1.

    You walk from L to 1. Where does each result go?
    """


@backward.swap("range(L, 0, -1)", "range(L, 1, -1)", family=54)
def first_layer_missing() -> None:
    """The pass stops before layer 1: its gradient is missing.

    With which number does range(3, 0, -1) end?
    """


@backward.swap("W.T @ dZ", "W.T @ np.broadcast_to(cache.A[L] - Y, dZ.shape)", family=54)
def not_advanced() -> None:
    """dA was never advanced: each layer started again from the output's dZ.

    What changes at the end of each turn of the loop?
    """


@backward.swap("Gradient(dW, db))", "Gradient(db, dW))", family=56)
def pair_swapped() -> None:
    """In each pair the order is turned: Gradient(dW, db).

    Which of the two does a Gradient name first?
    """


@backward.swap("W.T @ dZ", "W.T @ (dZ if l == L else dA)", family=54)
def da_handed_back() -> None:
    """dA was handed back instead of dZ: on the way to the layer before, the slope of this layer
    is left out.

    By what is Wᵀ multiplied in the last line of (34)?
    """


@backward.swap("_, g_prime =", "g_prime, _ =", family=46)
def activation_for_slope() -> None:
    """dA was multiplied by g of A: ACTIVATIONS gives the function first and its slope second.

    Which of the two comes first in ACTIVATIONS?
    """


@backward.swap("layers[l - 1].W", "layers[l].W", family=54)
def weights_off_by_one() -> None:
    """dA^[l-1] uses the weights of the layer after: layer l is layers[l - 1], for lists count
    from 0.

    Which index has the last layer in the list?
    """


@backward.swap("g_prime(cache.A[l - 1])", "g_prime(cache.A[l])", family=54)
def slope_at_output() -> None:
    """The slope is taken at A^[l], the output of the layer above. dA^[l-1] meets the slope at
    A^[l-1].

    dA and A in one line have the same number.
    """


@backward.wrong(family=54)
def dz_advanced_too_early(layers: list[Layer], cache: Cache, Y: Array) -> list[Gradient]:
    """dZ was replaced before dW and db were made: they got the dZ of the layer before.

    Which lines need dZ^[l], and when is it gone?
    """
    L, m = len(layers), Y.shape[1]
    gradients: list[Gradient] = []
    dZ = cache.A[L] - Y
    for l in range(L, 0, -1):
        A_prev = cache.A[l - 1]
        if l > 1:
            _, g_prime = ACTIVATIONS[layers[l - 2].activation]
            dZ = (layers[l - 1].W.T @ dZ) * g_prime(A_prev)
        gradients.insert(0, Gradient(dZ @ A_prev.T / m, dZ.sum(axis=1, keepdims=True) / m))
    return gradients


@backward.swap("return gradients", "return [None, *gradients[1:]]", family=54)
def first_layer_never_reached() -> None:
    """The loop ends before layer 1: its place in the list is still None.

    With which number does your loop end?
    """


@backward.swap("len(layers)", "len(layers) - 1", family=42)
def one_layer_too_few() -> None:
    """L is one too small: len(layers) is the number of layers, since the input is not in the
    list.

    Which is the last A of the list?
    """


@backward.swap("return gradients", "return gradients, dZ", family=45)
def dz_as_well() -> None:
    """Two things came back, the gradients and dZ^[1]. Training asks for the gradients alone.

    Read the arrow in the signature: what stands after it?
    """


input_gradient = Section("network.input_gradient", "(34)")


@input_gradient.swap("cache.A[-1] - Y", "(cache.A[-1] - Y) / Y.shape[1]", family=48)
def m_moved_to_dz() -> None:
    """dA^[0] is divided by m. A column of it should be the derivative of the loss of one example.

    Only dW and db are averages.
    """


@input_gradient.swap("cache.A[-1] - Y", "Y - cache.A[-1]", family=21, equation="(23)")
def input_sign() -> None:
    """The sign is turned: dZ^[L] = A^[L] - Y.

    If a is too large, which sign should dz have?
    """


@input_gradient.swaps(
    {"range(len(layers), 1, -1)": "range(len(layers), 0, -1)", "layers[0].W.T @ dZ": "dZ"},
    family=54,
)
def one_layer_too_far() -> None:
    """The loop does not stop in time: after layer 1 there is no layer whose slope could be taken,
    and layers[-1] is the last one.

    The input is no layer. For which l are the lines of the loop needed?
    """


@input_gradient.swap("layers[0].W.T @ dZ", "dZ", family=54)
def dz_for_input_gradient() -> None:
    """dZ^[1] came back where dA^[0] is asked for: the last product with Wᵀ is missing.

    Which line of (34) leads from dZ^[l] to dA^[l-1]?
    """


@input_gradient.swap("layers[0].W.T", "layers[0].W", family=51)
def first_w_not_transposed() -> None:
    """dA^[0] uses W^[1] where (34) has its transpose.

    A column of dA^[0] has one number for each feature.
    """


@input_gradient.swap("dA * g_prime(cache.A[l - 1])", "dA", family=46)
def input_without_slope() -> None:
    """g′ is missing: dZ^[l] was set to dA^[l].

    By what is dA multiplied in (34)?
    """


@input_gradient.swap("layers[l - 2]", "layers[l - 1]", family=54)
def input_slope_of_next_layer() -> None:
    """The slope is that of the wrong layer: g of layer l was used for dZ^[l-1].

    dA^[l-1] meets g^[l-1]′.
    """


@input_gradient.swap(
    "cache.A[-1] - Y", "(cache.A[-1] - Y) * cache.A[-1] * (1 - cache.A[-1])", family=53
)
def input_slope_twice() -> None:
    """A - Y was sent through σ′ once more: it holds that factor already.

    σ′ exactly once.
    """


@backward.swap("dZ @ cache.A[l - 1].T / m", "dZ @ cache.A[l - 1].T / m / m", family=20)
def dw_averaged_twice() -> None:
    """dW is divided by m twice.

    How often does 1/m stand in (34)?
    """


@backward.swap("keepdims=True) / m", "keepdims=True) / m / m", family=20)
def db_averaged_twice() -> None:
    """db is divided by m twice.

    Which function of NumPy divides already?
    """


@backward.swap("Y.shape[1]", "cache.A[0].shape[0]", family=12)
def back_divided_by_features() -> None:
    """You divided by the number of features. m is the number of examples.

    Which entry of X.shape counts the examples?
    """


@backward.swap("cache.A[L] - Y", "2 * (cache.A[L] - Y)", family=18, equation="(23)")
def back_doubled() -> None:
    """There is a factor 2 in every gradient: it belongs to squared errors.

    Which cost is it whose derivative you need?
    """


@backward.swap(
    "cache.A[L] - Y",
    "2 * (cache.A[L] - Y) * cache.A[L] * (1 - cache.A[L])",
    family=18,
    equation="(23)",
)
def back_squared_error() -> None:
    """This is the gradient of the mean squared error. The cost is the mean of the cross-entropy.

    What is left of A (1 - A) at the output when the cost is (7)?
    """


@backward.swap("cache.A[L] - Y", "cache.A[L]", family=21, equation="(23)")
def back_without_labels() -> None:
    """The labels are missing: A^[L] was used as dZ^[L].

    What should the gradients be when every prediction is exact?
    """


@backward.swap("layers[l - 1].W.T", "layers[l - 2].W.T", family=54)
def weights_of_layer_before() -> None:
    """dA^[l-1] uses the weights of the layer before: layer l is layers[l - 1], for lists count from
    0.

    Through which weights did A^[l-1] go on the way forward?
    """


@backward.swap("    return gradients", "        return gradients", family=30)
def back_return_inside() -> None:
    """`return` stands inside the loop: only the top layer has a gradient.

    How far is the return indented?
    """


@backward.swap("dZ @ cache.A[l - 1].T", "dZ @ cache.A[l - 1]", family=47)
def a_not_transposed() -> None:
    """The transpose is missing in dW: dZ A does not fit.

    Write the shapes over the two factors: which inner numbers agree?
    """


@backward.swap("dZ @ cache.A[l - 1].T", "dZ.T @ cache.A[l - 1]", family=47)
def transpose_at_dz() -> None:
    """The transpose stands at the wrong factor of dW: dZᵀ A. (34) has dZ Aᵀ.

    Write the shapes over the two factors: which inner numbers agree?
    """


@backward.swap("dZ @ cache.A[l - 1].T", "cache.A[l - 1].T @ dZ", family=47)
def dw_factors_exchanged() -> None:
    """The factors of dW are exchanged. (34) begins with dZ.

    A gradient has the shape of its parameter. Which product has that of W?
    """


@backward.swap("layers[l - 1].W.T @ dZ", "dZ @ layers[l - 1].W", family=51)
def da_factors_exchanged() -> None:
    """The factors of dA are exchanged: dZ W. (34) begins with Wᵀ.

    Write the shapes over the two factors: which inner numbers agree?
    """


@backward.swap("layers[l - 1].W.T @ dZ", "dZ @ layers[l - 1].W.T", family=51)
def da_factors_exchanged_transposed() -> None:
    """The factors of dA are exchanged: dZ Wᵀ. (34) begins with Wᵀ.

    Write the shapes over the two factors: which inner numbers agree?
    """


@backward.swap("layers[l - 1].W.T @ dZ", "layers[l - 1].W.T * dZ", family=51)
def da_entrywise() -> None:
    """dA uses `*` where (34) has a matrix product with Wᵀ.

    Over what should the product sum?
    """


@backward.swap("dZ @ cache.A[l - 1].T", "-dZ @ cache.A[l - 1].T", family=21)
def dw_sign() -> None:
    """dW has the wrong sign in every layer.

    From which dZ did each of your two lines start?
    """


@backward.swap("dZ.sum(", "-dZ.sum(", family=21)
def db_sign() -> None:
    """db has the wrong sign in every layer.

    From which dZ did each of your two lines start?
    """


@backward.swap("dZ.sum(axis=1, keepdims=True) / m", "np.mean(dZ)", family=49)
def db_mean_of_all() -> None:
    """db is the mean over everything: one number for the whole layer.

    b has one number for each unit. Over what should the mean be taken?
    """


@backward.swap("dZ.sum(axis=1, keepdims=True) / m", "dZ.sum(keepdims=True) / m", family=49)
def db_summed_over_all() -> None:
    """db was summed over units and examples, so every unit of a layer gets the same.

    b has one number for each unit. Over what should the sum run?
    """


@backward.swap("dA * g_prime(cache.A[l - 1])", "dA + g_prime(cache.A[l - 1])", family=46)
def slope_added() -> None:
    """dA and the slope were added. They have to be multiplied, entry by entry.

    Which sign is ⊙?
    """


@backward.swap("Gradient(dW, db))", "(dW, db))", family=45)
def pairs_without_names() -> None:
    """Each pair came back as a plain tuple. A Gradient has its two fields by name, dW and db.

    What is a pair of dW and db called in the signature?
    """


@backward.swap("return gradients", "return gradients[:-1]", family=54)
def top_layer_missing() -> None:
    """The gradient of the top layer is missing.

    With which number does the way back begin?
    """


@backward.swap("dZ @ cache.A[l - 1].T", "dZ @ cache.A[0].T", family=47)
def x_in_dw() -> None:
    """dW^[l] uses X for every layer. It needs A^[l-1], the input of its own layer.

    By what was W^[l] multiplied on the way forward?
    """


@input_gradient.swap("cache.A[-1] - Y", "cache.A[-1]", family=21, equation="(23)")
def input_without_labels() -> None:
    """The labels are missing: A^[L] was used as dZ^[L].

    What should come out when every prediction is exact?
    """


@input_gradient.swap("dA * g_prime(cache.A[l - 1])", "dA * cache.A[l - 1]", family=46)
def input_value_for_slope() -> None:
    """dA was multiplied by the activation A itself, not by its slope.

    Is g′ the same as g?
    """


@input_gradient.swap("dA * g_prime(cache.A[l - 1])", "dA * g_prime(cache.A[l])", family=54)
def input_slope_at_output() -> None:
    """The slope is taken at A^[l], the output of the layer above. dA^[l-1] meets the slope at
    A^[l-1].

    Which number have dA and A in one line?
    """


@input_gradient.swap(
    "return layers[0].W.T @ dZ",
    "return (layers[0].W.T @ dZ).mean(axis=1, keepdims=True)",
    family=49,
)
def input_averaged() -> None:
    """The columns were averaged. Each example should keep its own.

    How many columns has dA^[0]?
    """


@input_gradient.swap("return layers[0].W.T @ dZ", "return (layers[0].W.T @ dZ).T", family=45)
def input_transposed() -> None:
    """The result is transposed: examples became rows.

    How many rows has X?
    """


@input_gradient.swap("layers[l - 1].W.T", "layers[l - 1].W", family=51)
def inner_w_not_transposed() -> None:
    """dA uses W where (34) has its transpose.

    Write the shapes over the two factors: which inner numbers agree?
    """


@input_gradient.swap("return layers[0].W.T @ dZ", "return dZ @ cache.A[0].T", family=47)
def dw_for_da() -> None:
    """This is dW^[1] (not averaged). dA^[0] is asked for, the way on to the features.

    Which of the two products of (34) goes on downwards?
    """
