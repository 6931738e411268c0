"""Backward propagation: gradients against differences, against autograd, and against slips."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nnlib.activations import ACTIVATIONS
from nnlib.gradient_check import numerical_gradient, relative_difference
from nnlib.losses import cost_from_z, loss_from_z
from nnlib.network import Cache, Gradient, Layer, backward, forward, input_gradient, update
from nnlib.rule import InputError


def make(seed, sizes, names, m, dtype=np.float64):
    """A network whose signals stay of size one, with biases, and random examples and labels."""
    rng = np.random.default_rng(seed)
    layers = [
        Layer(
            (1.5 * rng.standard_normal((n_out, n_in)) / np.sqrt(n_in)).astype(dtype),
            (0.5 * rng.standard_normal((n_out, 1))).astype(dtype),
            name,
        )
        for n_in, n_out, name in zip(sizes[:-1], sizes[1:], names, strict=True)
    ]
    X = rng.standard_normal((sizes[0], m)).astype(dtype)
    return layers, X, rng.integers(0, 2, (1, m))


def gradients_of(layers, X, Y):
    return backward(layers, forward(layers, X), Y)


def cost_of(layers, X, Y):
    return cost_from_z(forward(layers, X).Z[-1], Y)


def with_array(layers, l, part, array):
    """The network with one array of layer l (from 0) replaced; part is "W" or "b"."""
    return [layer._replace(**{part: array}) if k == l else layer for k, layer in enumerate(layers)]


@st.composite
def networks(draw):
    """Any network with 1 to 6 layers, widths 1 to 40, 1 to 100 examples, mixed activations."""
    hidden = draw(st.lists(st.integers(1, 40), max_size=5))
    names = [draw(st.sampled_from(sorted(ACTIVATIONS))) for _ in hidden]
    sizes = (draw(st.integers(1, 40)), *hidden, 1)
    return make(draw(st.integers(0, 10**6)), sizes, (*names, "sigmoid"), draw(st.integers(1, 100)))


def relu_pattern(layers, X):
    """Which ReLU units are on, for every example: the cost has a kink where this changes."""
    cache = forward(layers, X)
    on = [
        (Z > 0).ravel()
        for Z, layer in zip(cache.Z[1:], layers, strict=True)
        if layer.activation == "relu"
    ]
    return np.concatenate(on) if on else np.zeros(0, bool)


# A central difference is meant for a smooth function, and ReLU has a kink. Each difference below
# therefore looks at the pattern of units that are on at both of its ends, and draws another
# direction or a smaller step until the two agree: then no kink lies between them.


def slope(layers, X, Y, l, part, rng):
    """A direction of size 1 for one array, and the central difference of the cost along it."""
    array = getattr(layers[l], part)
    for eps in (1e-5,) * 4 + (1e-6,) * 4 + (1e-7,) * 4:
        direction = rng.standard_normal(array.shape)
        direction /= np.linalg.norm(direction)
        up = with_array(layers, l, part, array + eps * direction)
        down = with_array(layers, l, part, array - eps * direction)
        if np.array_equal(relu_pattern(up, X), relu_pattern(down, X)):
            difference = (cost_of(up, X, Y) - cost_of(down, X, Y)) / (2 * eps)
            return direction, difference, 1e-15 / eps
    return None


@pytest.mark.equation(34)
@settings(derandomize=True, deadline=None, max_examples=120)
@given(case=networks())
def test_gradients_of_random_networks_equal_central_differences(case):
    layers, X, Y = case
    rng = np.random.default_rng(0)
    checked = 0
    for l, gradient in enumerate(gradients_of(layers, X, Y)):
        for part, G in zip(("W", "b"), gradient, strict=True):
            found = slope(layers, X, Y, l, part, rng)
            if found is not None:
                direction, difference, rounding = found
                error = abs(difference - np.sum(G * direction))
                assert error <= 1e-7 * np.linalg.norm(G) + rounding
                checked += 1
    assume(checked)


FIXTURES = [
    make(12, (5, 4, 3, 1), ("relu", "tanh", "sigmoid"), 7),
    make(13, (4, 4, 4, 1), ("tanh", "relu", "sigmoid"), 7),
    make(14, (3, 6, 5, 4, 3, 2, 1), ("tanh", "sigmoid", "relu", "tanh", "relu", "sigmoid"), 9),
    make(15, (5, 1), ("sigmoid",), 1),
]


@pytest.mark.equation(34)
@pytest.mark.parametrize("case", FIXTURES)
def test_every_entry_equals_its_central_difference(case):
    layers, X, Y = case
    kinks = [
        Z for Z, p in zip(forward(layers, X).Z[1:], layers, strict=True) if p.activation == "relu"
    ]
    assert min((np.abs(Z).min() for Z in kinks), default=1) > 1e-3  # far from every kink
    for l, gradient in enumerate(gradients_of(layers, X, Y)):
        for part, G in zip(("W", "b"), gradient, strict=True):
            numerical = numerical_gradient(
                lambda P, l=l, part=part: cost_of(with_array(layers, l, part, P), X, Y),
                getattr(layers[l], part),
            )
            assert G.shape == numerical.shape
            assert relative_difference(G, numerical) < 1e-8


@pytest.mark.equation(33)
@pytest.mark.equation(34)
@settings(derandomize=True, deadline=None, max_examples=60)
@given(case=networks())
def test_gradients_of_random_networks_equal_autograd(case):
    torch = pytest.importorskip("torch")
    layers, X, Y = case
    functions = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu}
    tensors = [[torch.tensor(P, requires_grad=True) for P in layer[:2]] for layer in layers]
    A = X_tensor = torch.tensor(X, requires_grad=True)
    for (W, b), layer in zip(tensors, layers, strict=True):
        Z = W @ A + b
        A = functions[layer.activation](Z)
    loss = torch.nn.functional.binary_cross_entropy_with_logits
    loss(Z, torch.tensor(Y, dtype=torch.float64)).backward()
    for (dW, db), (W, b) in zip(gradients_of(layers, X, Y), tensors, strict=True):
        for ours, theirs in ((dW, W.grad.numpy()), (db, b.grad.numpy())):
            assert np.linalg.norm(ours - theirs) <= 1e-10 * np.linalg.norm(theirs) + 1e-16
    ours = input_gradient(layers, forward(layers, X), Y) / X.shape[1]
    theirs = X_tensor.grad.numpy()
    assert np.linalg.norm(ours - theirs) <= 1e-10 * np.linalg.norm(theirs) + 1e-16


@pytest.mark.equation(33)
def test_one_example_traced_by_hand():
    layers = [
        Layer(np.array([[1.0, -1.0], [1.0, 0.5]]), np.array([[0.0], [-1.0]]), "relu"),
        Layer(np.array([[1.0, -1.0]]), np.array([[0.5]]), "sigmoid"),
    ]
    first, second = gradients_of(layers, [[2.0], [1.0]], [[1]])
    np.testing.assert_array_equal(second.dW, [[-0.5, -0.75]])
    np.testing.assert_array_equal(second.db, [[-0.5]])
    np.testing.assert_array_equal(first.dW, [[-1, -0.5], [1, 0.5]])
    np.testing.assert_array_equal(first.db, [[-0.5], [0.5]])


@pytest.mark.equation(33)
@settings(derandomize=True, deadline=None, max_examples=40)
@given(case=networks())
def test_the_gradient_is_the_mean_of_the_gradients_of_the_examples(case):
    layers, X, Y = case
    m = X.shape[1]
    singles = [gradients_of(layers, X[:, i : i + 1], Y[:, i : i + 1]) for i in range(m)]
    for l, gradient in enumerate(gradients_of(layers, X, Y)):
        for part in (0, 1):
            mean = sum(single[l][part] for single in singles) / m
            np.testing.assert_allclose(gradient[part], mean, rtol=1e-9, atol=1e-13)


@pytest.mark.equation(34)
@settings(derandomize=True, deadline=None, max_examples=40)
@given(case=networks(), seed=st.integers(0, 1000))
def test_permuting_doubling_and_splitting_the_batch_change_nothing(case, seed):
    layers, X, Y = case
    m = X.shape[1]
    order = np.random.default_rng(seed).permutation(m)
    cut = seed % m
    pieces = [piece for piece in (slice(0, cut), slice(cut, m)) if Y[:, piece].size]
    parts = [(gradients_of(layers, X[:, p], Y[:, p]), Y[:, p].size / m) for p in pieces]
    permuted = gradients_of(layers, X[:, order], Y[:, order])
    doubled = gradients_of(layers, np.hstack([X, X]), np.hstack([Y, Y]))
    for l, gradient in enumerate(gradients_of(layers, X, Y)):
        for k in (0, 1):
            split = sum(share * part[l][k] for part, share in parts)
            for other in (permuted[l][k], doubled[l][k], split):
                np.testing.assert_allclose(other, gradient[k], rtol=1e-9, atol=1e-13)


@pytest.mark.equation(34)
def test_the_printed_dw_with_z_for_a_is_wrong_from_layer_2_on():
    layers, X, Y = FIXTURES[0]
    cache = forward(layers, X)
    dZ = cache.A[3] - Y
    for l in (3, 2):
        numerical = numerical_gradient(
            lambda P, l=l: cost_of(with_array(layers, l - 1, "W", P), X, Y), layers[l - 1].W
        )
        m = X.shape[1]
        assert relative_difference(dZ @ cache.A[l - 1].T / m, numerical) < 1e-8
        assert relative_difference(dZ @ cache.Z[l - 1].T / m, numerical) > 0.05
        slope_of = ACTIVATIONS[layers[l - 2].activation][1]
        dZ = (layers[l - 1].W.T @ dZ) * slope_of(cache.A[l - 1])


@pytest.mark.equation(34)
def test_input_gradient_column_i_is_the_derivative_of_the_loss_of_example_i():
    layers, X, Y = FIXTURES[0]
    dX = input_gradient(layers, forward(layers, X), Y)
    assert dX.shape == X.shape
    for i in range(X.shape[1]):
        y = Y[:, i : i + 1]
        numerical = numerical_gradient(
            lambda x, y=y: loss_from_z(forward(layers, x).Z[-1], y).item(), X[:, i : i + 1]
        )
        assert relative_difference(dX[:, i : i + 1], numerical) < 1e-8


def test_units_with_equal_weights_get_equal_gradients():
    row = np.array([[0.4, -0.7, 0.2]])
    layers = [
        Layer(np.tile(row, (5, 1)), np.full((5, 1), 0.1), "tanh"),
        Layer(np.full((1, 5), 0.3), np.zeros((1, 1)), "sigmoid"),
    ]
    _, X, Y = make(3, (3, 1), ("sigmoid",), 20)
    dW, db = gradients_of(layers, X, Y)[0]
    assert np.abs(dW).max() > 1e-3
    np.testing.assert_allclose(dW, np.tile(dW[:1], (5, 1)), rtol=1e-12)
    np.testing.assert_allclose(db, np.tile(db[:1], (5, 1)), rtol=1e-12)


def test_a_unit_that_is_off_for_every_example_gets_no_gradient():
    layers, X, Y = make(2, (3, 4, 1), ("relu", "sigmoid"), 10)
    layers[0].b[2] = -100
    dW, db = gradients_of(layers, X, Y)[0]
    assert not dW[2].any() and not db[2].any()
    assert dW[[0, 1, 3]].any()


def test_saturated_outputs_give_finite_gradients():
    layers, X, Y = make(4, (3, 4, 1), ("tanh", "sigmoid"), 10)
    layers[-1] = layers[-1]._replace(W=1e6 * layers[-1].W)
    assert all(np.isfinite(part).all() for g in gradients_of(layers, X, Y) for part in g)


# --- update ---------------------------------------------------------------------------------------


@pytest.mark.equation(35)
@pytest.mark.equation(36)
def test_update_moves_every_array_of_every_layer():
    layers, X, Y = FIXTURES[0]
    gradients = gradients_of(layers, X, Y)
    for new, old, (dW, db) in zip(update(layers, gradients, 0.25), layers, gradients, strict=True):
        np.testing.assert_array_equal(new.W, old.W - 0.25 * dW)
        np.testing.assert_array_equal(new.b, old.b - 0.25 * db)
        assert new.activation == old.activation


@pytest.mark.equation(35)
@pytest.mark.equation(36)
@settings(derandomize=True, deadline=None, max_examples=40)
@given(case=networks())
def test_a_small_step_goes_down(case):
    layers, X, Y = case
    gradients = gradients_of(layers, X, Y)
    if sum(np.sum(part**2) for gradient in gradients for part in gradient) > 1e-8:
        assert cost_of(update(layers, gradients, 1e-4), X, Y) < cost_of(layers, X, Y)


# --- what is promised about every function --------------------------------------------------------


def test_nothing_is_written_to():
    layers, X, Y = make(5, (5, 4, 3, 1), ("relu", "tanh", "sigmoid"), 7)
    cache = forward(layers, X)
    gradients = backward(layers, cache, Y)
    arrays = [X, Y, *cache.A, *cache.Z[1:]]
    arrays += [part for pair in (*layers, *gradients) for part in pair[:2]]
    for array in arrays:
        array.flags.writeable = False
    input_gradient(layers, cache, Y)
    update(layers, backward(layers, cache, Y), 0.1)


def test_float32_throughout():
    layers, X, Y = make(6, (5, 4, 3, 1), ("relu", "tanh", "sigmoid"), 7, np.float32)
    gradients = gradients_of(layers, X, Y)
    new = update(layers, gradients, 0.1)
    arrays = [part for pair in (*gradients, *new) for part in pair[:2]]
    arrays.append(input_gradient(layers, forward(layers, X), Y))
    assert {array.dtype for array in arrays} == {np.dtype(np.float32)}
    double = make(6, (5, 4, 3, 1), ("relu", "tanh", "sigmoid"), 7)
    for small, large in zip(gradients, gradients_of(*double), strict=True):
        assert relative_difference(small.dW, large.dW) < 1e-5


def test_gradients_are_named():
    gradient = gradients_of(*FIXTURES[0])[0]
    assert isinstance(gradient, Gradient) and gradient.dW is gradient[0]


layers, X, Y = FIXTURES[0]
cache = forward(layers, X)


@pytest.mark.parametrize("function", [backward, input_gradient])
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"layers": []}, "layers must be a list"),
        ({"cache": X}, "cache must be a Cache; found ndarray"),
        ({"cache": (cache.Z, cache.A)}, "cache must be a Cache; found tuple"),
        ({"cache": Cache(cache.Z[:-1], cache.A[:-1])}, "cache must be what forward returned"),
        (
            {"cache": Cache(cache.Z, [cache.A[0], cache.A[1][:3], *cache.A[2:]])},
            r"cache.A\[1\] must have shape \(4, 7\) for these layers; found shape \(3, 7\)",
        ),
        ({"Y": Y[:, :6]}, "Y must have .* m = 7, as in cache"),
        ({"Y": Y.ravel()}, r"Y must have shape \(1, m\)"),
        ({"Y": 2 * Y}, "Y must hold only the labels 0 and 1; found 2"),
    ],
)
def test_backward_refuses(function, arguments, words):
    with pytest.raises(InputError, match=words) as caught:
        function(**{"layers": layers, "cache": cache, "Y": Y, **arguments})
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"learning_rate": 0}, "learning_rate must be a .*number above 0"),
        ({"learning_rate": -1}, "learning_rate must be a .*number above 0"),
        ({"learning_rate": np.inf}, "learning_rate must be a .*number above 0"),
        ({"learning_rate": "fast"}, "learning_rate must be a .*number above 0"),
        ({"gradients": None}, "gradients must be a list of Gradient; found NoneType"),
        ({"gradients": []}, "gradients must be a list with one Gradient per layer, 3 here"),
        ({"layers": layers[0]}, "layers must be a list"),
    ],
)
def test_update_refuses(change, words):
    gradients = backward(layers, cache, Y)
    with pytest.raises(InputError, match=words):
        update(**{"layers": layers, "gradients": gradients, "learning_rate": 0.1, **change})


def test_update_refuses_a_bias_gradient_that_would_grow_the_bias():
    gradients = backward(layers, cache, Y)
    gradients[1] = Gradient(gradients[1].dW, np.ones((3, 7)))
    with pytest.raises(InputError, match=r"gradients\[1\] must have the shapes \(3, 4\)"):
        update(layers, gradients, 0.1)
