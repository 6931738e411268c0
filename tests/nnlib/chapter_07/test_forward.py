"""Forward propagation: the network of chapter 07."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlib.activations import ACTIVATIONS, relu, sigmoid, tanh
from nnlib.hints import Kind
from nnlib.losses import cost, cost_from_z, loss
from nnlib.network import Cache, Layer, Network, forward, initialize, predict, predict_probability
from nnlib.rule import Call, InputError


def network(seed=0, sizes=(5, 4, 3, 1), names=("relu", "tanh", "sigmoid"), dtype=np.float64):
    rng = np.random.default_rng(seed)
    return [
        Layer(
            rng.standard_normal((n_out, n_in)).astype(dtype),
            rng.standard_normal((n_out, 1)).astype(dtype),
            name,
        )
        for n_in, n_out, name in zip(sizes[:-1], sizes[1:], names, strict=True)
    ]


def examples(n_x=5, m=7, seed=1):
    return np.random.default_rng(seed).standard_normal((n_x, m))


def take(layers):
    """What the kind of a network makes of layers."""
    return Kind(Network).take(layers, "layers", Call())


def freeze(*arrays):
    for array in arrays:
        array.flags.writeable = False


# --- forward --------------------------------------------------------------------------------------


@pytest.mark.equation(31)
def test_two_layers_traced_by_hand():
    layers = [
        Layer(np.array([[1.0, -1.0], [1.0, 0.5]]), np.array([[0.0], [-1.0]]), "relu"),
        Layer(np.array([[1.0, -1.0]]), np.array([[0.5]]), "sigmoid"),
    ]
    cache = forward(layers, [[2.0, 1.0], [1.0, 2.0]])
    np.testing.assert_array_equal(cache.Z[1], [[1, -1], [1.5, 1]])
    np.testing.assert_array_equal(cache.A[1], [[1, 0], [1.5, 1]])
    np.testing.assert_array_equal(cache.Z[2], [[0, -0.5]])
    np.testing.assert_allclose(cache.A[2], [[0.5, 1 / (1 + np.exp(0.5))]], rtol=1e-15)


@pytest.mark.equation(32)
def test_three_layers_written_out():
    (W1, b1, _), (W2, b2, _), (W3, b3, _) = layers = network()
    X = examples()
    cache = forward(layers, X)
    A1 = relu(W1 @ X + b1)
    A2 = tanh(W2 @ A1 + b2)
    A3 = sigmoid(W3 @ A2 + b3)
    assert isinstance(cache, Cache) and cache.Z[0] is None
    for found, wanted in zip(cache.A, (X, A1, A2, A3), strict=True):
        np.testing.assert_allclose(found, wanted, rtol=0, atol=1e-15)
    for l in (1, 2, 3):
        g, _ = ACTIVATIONS[layers[l - 1].activation]
        np.testing.assert_array_equal(g(cache.Z[l]), cache.A[l])


@pytest.mark.equation(32)
@settings(derandomize=True, deadline=None, max_examples=50)
@given(data=st.data(), seed=st.integers(0, 10**6))
def test_all_examples_at_once_is_one_after_the_other(data, seed):
    hidden = data.draw(st.lists(st.integers(1, 40), max_size=5))
    names = data.draw(
        st.lists(st.sampled_from(sorted(ACTIVATIONS)), min_size=len(hidden), max_size=len(hidden))
    )
    n_x, m = data.draw(st.integers(1, 40)), data.draw(st.integers(1, 100))
    layers = network(seed, (n_x, *hidden, 1), (*names, "sigmoid"))
    X = examples(n_x, m, seed)
    together = forward(layers, X)
    assert [A.shape for A in together.A] == [(n, m) for n in (n_x, *hidden, 1)]
    i = data.draw(st.integers(0, m - 1))
    alone = forward(layers, X[:, i : i + 1])
    for whole, one in zip(together.A, alone.A, strict=True):
        np.testing.assert_allclose(whole[:, i : i + 1], one, rtol=1e-9, atol=1e-12)


@pytest.mark.equation(32)
def test_a_layer_reads_the_layer_before_it_and_not_x():
    layers = network(sizes=(4, 4, 4, 1))  # square: the printed W X would run
    X = examples(4)
    np.testing.assert_allclose(
        forward(layers, X).Z[2],
        layers[1].W @ forward(layers, X).A[1] + layers[1].b,
        atol=1e-14,
    )
    printed = layers[1].W @ X + layers[1].b
    assert np.abs(forward(layers, X).Z[2] - printed).max() > 0.1


def test_without_hidden_layers_it_is_logistic_regression():
    (layer,) = layers = network(sizes=(5, 1), names=("sigmoid",))
    X = examples()
    np.testing.assert_allclose(predict_probability(layers, X), sigmoid(layer.W @ X + layer.b))


def test_forward_writes_to_nothing():
    layers, X = network(), examples()
    freeze(X, *(array for layer in layers for array in layer[:2]))
    forward(layers, X)
    predict(layers, X)


@pytest.mark.parametrize("given_dtype", [np.float32, np.float64])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_network_decides_the_precision(dtype, given_dtype):
    cache = forward(network(dtype=dtype), examples().astype(given_dtype))
    assert {a.dtype for a in [*cache.A, *cache.Z[1:]]} == {np.dtype(dtype)}


# --- the cost -------------------------------------------------------------------------------------


@pytest.mark.equation(30)
def test_the_cost_is_the_mean_of_the_losses_of_the_last_layer():
    cache, Y = forward(network(), examples()), np.array([[1, 0, 0, 1, 1, 0, 1]])
    by_definition = np.mean(loss(cache.A[-1], Y.astype(float)))
    assert cost(cache.A[-1], Y) == pytest.approx(by_definition, rel=1e-14)
    assert cost_from_z(cache.Z[-1], Y) == pytest.approx(by_definition, rel=1e-14)


@pytest.mark.equation(30)
def test_zero_weights_cost_log_2_at_any_depth():
    Y = np.array([[1, 0, 0, 1, 1, 0, 1]])
    for L in (1, 2, 6):
        layers = network(sizes=(5,) * L + (1,), names=("tanh",) * (L - 1) + ("sigmoid",))
        zeros = [Layer(0 * W, 0 * b, name) for W, b, name in layers]
        assert cost_from_z(forward(zeros, examples()).Z[-1], Y) == pytest.approx(np.log(2))


@pytest.mark.equation(30)
def test_the_order_of_hidden_units_does_not_matter_so_the_cost_is_not_convex():
    X, Y = examples(2, 40), (examples(1, 40, seed=3) > 0).astype(int)
    first, second = network(4, (2, 3, 1), ("tanh", "sigmoid"))
    costs, points = [], []
    for order in itertools.permutations(range(3)):
        order = list(order)
        points.append(
            [
                first._replace(W=first.W[order], b=first.b[order]),
                second._replace(W=second.W[:, order]),
            ]
        )
        costs.append(cost_from_z(forward(points[-1], X).Z[-1], Y))
    np.testing.assert_allclose(costs, costs[0], rtol=1e-13)
    assert not np.allclose(points[0][0].W, points[1][0].W)


# --- predict --------------------------------------------------------------------------------------


def test_predict_is_1_above_the_threshold_alone():
    layers = [Layer(np.ones((1, 1)), np.zeros((1, 1)), "sigmoid")]
    X = np.array([[-3.0, 0.0, 3.0]])  # probabilities 0.047, 0.5 exactly, 0.953
    labels = predict(layers, X)
    np.testing.assert_array_equal(labels, [[0, 0, 1]])
    assert labels.dtype.kind == "i" and labels.shape == (1, 3)
    np.testing.assert_array_equal(predict(layers, X, threshold=0.04), [[1, 1, 1]])
    np.testing.assert_array_equal(predict(layers, X, threshold=1), [[0, 0, 0]])


@pytest.mark.parametrize("threshold", [-0.1, 1.1, np.nan, "half", None])
def test_predict_refuses_a_threshold_that_is_no_probability(threshold):
    with pytest.raises(InputError, match="threshold"):
        predict(network(), examples(), threshold)


# --- initialize -----------------------------------------------------------------------------------


def test_initialize_shapes_names_and_zero_biases():
    layers = initialize((6, 5, 4, 1), hidden=("tanh", "relu"))
    assert [layer.W.shape for layer in layers] == [(5, 6), (4, 5), (1, 4)]
    assert [layer.activation for layer in layers] == ["tanh", "relu", "sigmoid"]
    for layer in layers:
        assert layer.b.shape == (layer.W.shape[0], 1) and not layer.b.any()
    assert take(layers)


@pytest.mark.parametrize(
    ("hidden", "factor"), [("relu", np.sqrt(2)), ("tanh", 1.0), ("sigmoid", 1.0)]
)
def test_initialize_spreads_by_fan_in(hidden, factor):
    first, second, last = initialize((400, 300, 200, 1), hidden)
    assert first.W.std() == pytest.approx(factor / np.sqrt(400), rel=0.02)
    assert second.W.std() == pytest.approx(factor / np.sqrt(300), rel=0.02)
    assert last.W.std() == pytest.approx(1 / np.sqrt(200), rel=0.2)
    assert abs(first.W.mean()) < 5 * first.W.std() / np.sqrt(first.W.size)


def test_initialize_scale_holds_for_all_layers():
    for layer in initialize((300, 300, 1), scale=0.01):
        assert layer.W.std() == pytest.approx(0.01, rel=0.2)


def test_the_signal_keeps_its_size_in_a_deep_network():
    X = examples(200, 100)
    for hidden in ("relu", "tanh"):
        A = forward(initialize((200,) * 11 + (1,), hidden), 0.3 * X).A
        size = [np.sqrt(np.mean(a**2)) for a in A[:-1]]
        assert 0.4 < size[10] / size[1] < 1.6
    dead = forward(initialize((200,) * 11 + (1,), "tanh", scale=0.01), X)
    assert np.ptp(dead.A[-1]) < 1e-6  # all examples get one answer


def test_rows_differ_so_that_units_can_learn_different_things():
    W = initialize((3, 50, 1))[0].W
    assert len(np.unique(W, axis=0)) == 50


def test_the_same_seed_gives_the_same_network():
    for p, q in zip(initialize((5, 4, 1), rng=3), initialize((5, 4, 1), rng=3), strict=True):
        np.testing.assert_array_equal(p.W, q.W)
    generator = np.random.default_rng(3)
    drawn, next_one = initialize((5, 4, 1), rng=generator), initialize((5, 4, 1), rng=generator)
    np.testing.assert_array_equal(drawn[0].W, initialize((5, 4, 1), rng=3)[0].W)
    assert not np.array_equal(drawn[0].W, next_one[0].W)
    assert not np.array_equal(initialize((5, 4, 1), rng=4)[0].W, drawn[0].W)


def test_float32_is_the_same_start_rounded():
    pairs = zip(initialize((5, 4, 1)), initialize((5, 4, 1), dtype=np.float32), strict=True)
    for p, q in pairs:
        assert q.W.dtype == q.b.dtype == np.float32 and p.W.dtype == p.b.dtype == np.float64
        np.testing.assert_array_equal(p.W.astype(np.float32), q.W)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"sizes": 5}, "sizes must be a list"),
        ({"sizes": (5,)}, "sizes must be the number of features"),
        ({"sizes": ()}, "sizes must be the number of features"),
        ({"sizes": (5, 4)}, "1 at the end"),
        ({"sizes": (5, 0, 1)}, r"sizes\[1\] must be at least 1; found 0"),
        ({"sizes": (5, 2.5, 1)}, r"sizes\[1\] must be a whole number"),
        ({"sizes": "ab1"}, r"sizes\[0\] must be a whole number"),
        ({"hidden": "swish"}, "hidden must be one of .*relu.* found 'swish'"),
        ({"hidden": ("relu",)}, "hidden must be one name, or 2"),
        ({"hidden": None}, "hidden must be one name, or 2.*NoneType"),
        ({"hidden": ("relu", "swish")}, r"hidden\[1\] must be one of"),
        ({"hidden": ("relu", ["tanh"])}, r"hidden\[1\] must be one of"),
        ({"scale": 0}, "scale must be a .*number above 0"),
        ({"scale": "big"}, "scale must be a number above 0; found str"),
        ({"rng": None}, "rng must be a seed"),
        ({"rng": -1}, "rng must be a seed, 0 or larger.*found -1"),
        ({"rng": True}, "rng must be a seed"),
        ({"dtype": np.float16}, "dtype must be float32 or float64; found float16"),
        ({"dtype": int}, "dtype must be float32 or float64"),
        ({"dtype": None}, "dtype must be float32 or float64"),
        ({"dtype": "nonsense"}, "dtype must be float32 or float64; found .nonsense."),
    ],
)
def test_initialize_refuses(arguments, words):
    with pytest.raises(InputError, match=words) as caught:
        initialize(**{"sizes": (5, 4, 3, 1), **arguments})
    assert "\n" not in str(caught.value)


def test_a_generator_is_drawn_from_and_a_precision_has_a_name():
    generator = np.random.default_rng(7)
    initialize((5, 4, 1), rng=generator)
    assert generator.random() != np.random.default_rng(7).random()
    assert initialize((5, 4, 1), rng=np.int64(7), dtype="float32")[0].W.dtype == np.float32


# --- what a network is ----------------------------------------------------------------------------


def test_a_network_stays_as_it_is_and_lists_become_numbers():
    layers = network()
    for found, wanted in zip(take(tuple(layers)), layers, strict=True):
        assert found.W is wanted.W and found.b is wanted.b
    (layer,) = take([Layer([[1, 2]], [[0]], "sigmoid")])
    assert layer.W.dtype == layer.b.dtype == np.float64


a, b, c = network()


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        (None, "layers must be a list of Layer; found NoneType"),
        ([], "layers must be a list of Layer; found an empty one"),
        (a, "layers must be a list of Layer; found Layer"),
        ([a, b, (c.W, c.b, "sigmoid")], r"layers\[2\] must be a Layer; found tuple"),
        (
            [a, c],
            r"layers\[1\].W must have 4 columns, one per unit of layers\[0\]",
        ),
        ([a, b], "layers must end with one unit with sigmoid; found 3 with tanh"),
        ([a, b, c._replace(activation="tanh")], "one unit with sigmoid; found 1 with tanh"),
        ([a._replace(activation="swish"), b, c], r"layers\[0\].activation must be one of"),
        ([a._replace(activation=None), b, c], r"layers\[0\].activation must be one of"),
        (
            [a, b._replace(b=b.b.ravel()), c],
            r"layers\[1\].b must have .* n_l = 3, as in layers",
        ),
        ([a, b._replace(W=b.W.ravel()), c], r"layers\[1\].W must have shape"),
        ([a, b._replace(W=b.W * np.nan), c], r"layers\[1\].W must be finite"),
        (
            [a._replace(W=a.W.astype(np.float32)), b, c],
            "layers must have one dtype .* found float32 first",
        ),
        (
            [a, *network(dtype=np.float32)[1:]],
            "layers must have one dtype .* found float64 first",
        ),
    ],
)
def test_what_is_no_network_is_refused(layers, words):
    for function in (take, lambda layers: forward(layers, examples())):
        with pytest.raises(InputError, match=words) as caught:
            function(layers)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("X", "words"),
    [
        (np.zeros((4, 7)), "X must have shape .* n_x = 5, as in layers"),
        (np.zeros(5), "X must have shape"),
        (np.full((5, 2), np.inf), "X must be finite"),
        (np.zeros((5, 2), np.uint8), "scale"),
    ],
)
def test_forward_refuses_examples_that_do_not_fit(X, words):
    for function in (forward, predict, predict_probability):
        with pytest.raises(InputError, match=words):
            function(network(), X)
