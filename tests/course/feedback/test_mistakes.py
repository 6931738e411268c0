"""The library of mistakes: every one is detected and named as itself."""

import inspect

import pytest

from course import check
from course.book import AuthorError
from course.exercises import EXERCISES
from course.feedback.judge import judge
from course.feedback.mistakes import Section, all_mistakes
from course.feedback.mistakes.section import run_source, substituted
from nnlib import logistic, network

MISTAKES = all_mistakes()
EXERCISE = {exercise.name: exercise for exercise in EXERCISES}


REPORTS = {}


def told(mistake):
    """The report on a wrong version, tried once as the answer to its exercise."""
    key = mistake.exercise, mistake.name
    if key not in REPORTS:
        REPORTS[key] = judge(EXERCISE[mistake.exercise], mistake.function)
    return REPORTS[key]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: f"{m.exercise}-{m.name}")
def test_a_mistake_is_detected_and_named_as_itself(mistake):
    report = told(mistake)
    assert report.state in ("raises", "wrong shape", "wrong values")
    assert report.mistake is not None, str(report)
    assert report.mistake.name in (mistake.name, mistake.twin)
    assert report.function is EXERCISE[mistake.exercise].given


def test_there_are_at_least_110_mistakes_and_95_percent_are_named_as_themselves():
    named = sum(told(mistake).mistake is mistake for mistake in MISTAKES)
    assert len(MISTAKES) >= 110
    assert named >= 0.95 * len(MISTAKES)


def test_all_families_of_mistakes_have_a_version():
    assert {mistake.family for mistake in MISTAKES} == set(range(1, 57))


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: f"{m.exercise}-{m.name}")
def test_a_mistake_has_a_diagnosis_and_a_hint_of_its_own(mistake):
    assert mistake.says.endswith((".", "?")) and mistake.hint.endswith((".", "?"))
    others = [m for m in MISTAKES if m is not mistake and m.exercise == mistake.exercise]
    assert all(mistake.says != other.says for other in others)
    assert all(mistake.name != other.name for other in others)


def test_twins_name_an_existing_mistake():
    for mistake in MISTAKES:
        siblings = {m.name for m in MISTAKES if m.exercise == mistake.exercise}
        assert mistake.twin is None or mistake.twin in siblings - {mistake.name}


def test_every_exercise_has_mistakes_and_cases():
    for exercise in EXERCISES:
        assert sum(m.exercise == exercise.name for m in MISTAKES) >= 4, exercise.name
        assert len(exercise.cases()) >= 2, exercise.name


# --- as they are written down


def test_a_substitution_stands_where_it_is_meant():
    with pytest.raises(AuthorError, match="'zed' stands 0 times"):
        substituted("logistic.forward", {"zed": "z"})
    with pytest.raises(AuthorError, match="'dZ' stands 3 times"):
        substituted("logistic.gradients", {"dZ": "Z"})
    with pytest.raises(AuthorError, match="stands 2 times in it, not 3"):
        substituted("logistic.gradients", {"/ m": ""}, nth=3)
    w, b, X, Y = EXERCISE["logistic.gradients"].cases()[1].args
    right = inspect.unwrap(logistic.gradients)(w, b, X, Y)
    first, second = (substituted("logistic.gradients", {" / m": ""}, nth=k) for k in (1, 2))
    assert first(w, b, X, Y)[1] == pytest.approx(7 * right[1])
    assert second(w, b, X, Y)[0] == pytest.approx(7 * right[0])


def test_a_substitution_leaves_the_module_as_it_was():
    before = dict(vars(logistic))
    substituted("logistic.forward", {"w.T": "w"})
    assert dict(vars(logistic)) == before


def test_a_mistake_has_a_diagnosis_and_a_hint_in_its_docstring():
    def without_hint() -> None:
        """Only the diagnosis."""

    with pytest.raises(AuthorError, match="without_hint has no docstring of diagnosis and hint"):
        Section("logistic.forward").swap("w.T", "w", family=6)(without_hint)


def test_most_mistakes_are_substitutions():
    assert sum(mistake.changes is not None for mistake in MISTAKES) > 0.9 * len(MISTAKES)


# --- as a reader types them


AS_TYPED = {
    "lost_bracket": "def sigmoid(z):\n    return 1 / 1 + np.exp(-z)",
    "plus_z": "def sigmoid(z):\n    return 1 / (1 + np.exp(z))",
    "both_branches_computed": """
def sigmoid(z):
    return np.where(z < 0, np.exp(z) / (1 + np.exp(z)), 1 / (1 + np.exp(-z)))""",
    "without_transpose": "def forward(w, b, X):\n    return 1 / (1 + np.exp(-(np.dot(w, X) + b)))",
    "star_for_product": "def forward(w, b, X):\n    return 1 / (1 + np.exp(-(w.T * X + b)))",
    "divided_by_features": """
def gradients(w, b, X, Y):
    m = len(X)
    dZ = sigmoid(w.T @ X + b) - Y
    return np.dot(X, dZ.T) / m, np.sum(dZ) / m""",
    "overwritten": """
def gradients(w, b, X, Y):
    A = sigmoid(w.T @ X + b)
    for i in range(X.shape[1]):
        dw = X[:, i:i+1] * (A[0, i] - Y[0, i])
        db = A[0, i] - Y[0, i]
    return dw / X.shape[1], db / X.shape[1]""",
    "slope_of_next_layer": """
def backward(layers, cache, Y):
    m, L, A = Y.shape[1], len(layers), cache.A
    gradients = [None] * L
    dZ = A[L] - Y
    for l in range(L, 0, -1):
        gradients[l - 1] = Gradient(dZ @ A[l - 1].T / m, dZ.sum(axis=1, keepdims=True) / m)
        if l > 1:
            dA = layers[l - 1].W.T @ dZ
            _, g_prime = ACTIVATIONS[layers[l - 1].activation]
            dZ = dA * g_prime(A[l - 1])
    return gradients""",
    "dz_advanced_too_early": """
def backward(layers, cache, Y):
    m, L, A = Y.shape[1], len(layers), cache.A
    gradients = [None] * L
    dZ = A[L] - Y
    for l in range(L, 0, -1):
        if l > 1:
            dA = layers[l - 1].W.T @ dZ
            _, g_prime = ACTIVATIONS[layers[l - 2].activation]
            dZ = dA * g_prime(A[l - 1])
        gradients[l - 1] = Gradient(dZ @ A[l - 1].T / m, dZ.sum(axis=1, keepdims=True) / m)
    return gradients""",
    "sums_returned_inside": """
def epoch(layers, X, Y, pieces, learning_rate):
    total_cost, right = 0.0, 0
    for piece in pieces:
        X_piece, Y_piece = X[:, piece], Y[:, piece]
        cache = forward(layers, X_piece)
        cost, share = measure(cache.Z[-1], Y_piece)
        total_cost += cost * Y_piece.shape[1]
        right += share * Y_piece.shape[1]
        gradients = backward(layers, cache, Y_piece)
        layers = update(layers, gradients, learning_rate)
        m = Y.shape[1]
        return layers, total_cost / m, right / m""",
    "x_everywhere": """
def forward(layers, X):
    Z, A = [None], [X]
    for W, b, activation in layers:
        g, _ = ACTIVATIONS[activation]
        Z.append(W @ X + b)
        A.append(g(Z[-1]))
    return Cache(Z, A)""",
}


@pytest.mark.parametrize(("name", "code"), AS_TYPED.items(), ids=AS_TYPED)
def test_a_mistake_is_named_as_a_reader_types_it(name, code):
    from nnlib import activations, training

    space = {**vars(training), **vars(network), **vars(activations)}
    run_source(code, space, "a cell")  # a notebook keeps the text of its cells
    report = check(space[code.split("def ")[1].split("(")[0]])
    assert report.mistake and report.mistake.name == name, str(report)
