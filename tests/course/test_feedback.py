"""The feedback: every known mistake is detected and named, and nothing right is refused."""

import json
import time

import numpy as np
import pytest

from course import check
from course.feedback.check import SECONDS, _judge, find_exercise
from course.feedback.exercises import EXERCISES
from course.feedback.mistakes.registry import all_mistakes
from course.workbook import progress

MISTAKES = all_mistakes()
EXERCISE = {exercise.name: exercise for exercise in EXERCISES}


def judge(mistake, **options):
    """The report on a wrong version, tried as the answer to its exercise."""
    options = {"hint": False, "line": False, **options}
    return _judge(EXERCISE[mistake.exercise], mistake.function, **options)


# --- the library of mistakes


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: f"{m.exercise}-{m.name}")
def test_a_mistake_is_detected_and_named_as_itself(mistake):
    report = judge(mistake)
    assert report.state in ("raises", "wrong shape", "wrong values")
    assert report.mistake is not None, str(report)
    assert report.mistake.name in (mistake.name, mistake.twin)
    assert report.function is EXERCISE[mistake.exercise].reference


def test_there_are_at_least_110_mistakes_and_95_percent_are_named_as_themselves():
    named = sum(judge(mistake).mistake is mistake for mistake in MISTAKES)
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


# --- right answers


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_the_reference_is_right(exercise):
    report = _judge(exercise, lambda *args: exercise.reference(*args), False, False)
    assert report.state == "right", str(report)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_a_stub_is_not_written_yet(exercise):
    def stub(*args):
        raise NotImplementedError("your turn")

    report = _judge(exercise, stub, False, False)
    assert report.state == "not written yet"
    assert report.function is exercise.reference


def right_variants():
    """Other ways of being right: another formula, another precision, another container."""

    def sigmoid(z):
        return 0.5 * (1 + np.tanh(z / 2))

    def tanh(z):
        return 2 * (0.5 * (1 + np.tanh(z))) - 1

    def relu(z):
        return z * (z > 0)

    def tanh_derivative(A):
        return (1 - A) * (1 + A)

    def relu_derivative(A):
        return np.where(A > 0, 1, 0)

    def flatten(images):
        return np.stack([image.ravel() for image in images], axis=1)

    def scale(X):
        return X.astype(np.float32) / np.float32(255)

    def loss(a, y):
        tiny = 1e-16
        return np.where(y == 1, -np.log(np.maximum(a, tiny)), -np.log(np.maximum(1 - a, tiny)))

    def cost(A, Y):
        right = np.where(Y == 1, A, 1 - A)
        return np.mean(-np.log(right))

    def cost_from_z(Z, Y):
        return np.logaddexp(0, np.where(Y == 1, -Z, Z)).mean()

    def accuracy(predictions, Y):
        return 1 - np.abs(predictions - Y).mean()

    def forward_one(w, b, x):
        z = np.sum(w * x) + b
        return 1 / (1 + np.exp(-z))

    def gradients(w, b, X, Y):
        Z = np.dot(w.T, X) + b
        dZ = 1 / (1 + np.exp(-Z)) - Y
        return np.mean(X * dZ, axis=1, keepdims=True), dZ.mean()

    def gradients_in_float32(w, b, X, Y):
        w, X, Y = (array.astype(np.float32) for array in (w, X, Y))
        dZ = 1 / (1 + np.exp(-(w.T @ X + np.float32(b)))) - Y
        return X @ dZ.T / X.shape[1], dZ.mean()

    gradients_in_float32.__name__ = "gradients"

    def backward(layers, cache, Y):
        m, dZ, result = Y.shape[1], cache.A[-1] - Y, []
        slopes = {
            "relu": lambda A: A > 0,
            "tanh": lambda A: 1 - A**2,
            "sigmoid": lambda A: A - A**2,
        }
        for k in reversed(range(len(layers))):
            result.append((np.einsum("im,jm->ij", dZ, cache.A[k]) / m, dZ.mean(axis=1)[:, None]))
            if k:
                dZ = (layers[k].W.T @ dZ) * slopes[layers[k - 1].activation](cache.A[k])
        return result[::-1]

    def predict(w, b, X, threshold=0.5):
        return np.where(1 / (1 + np.exp(-(w.T @ X + b))) > threshold, 1.0, 0.0)

    return [value for value in locals().values() if callable(value)]


@pytest.mark.parametrize("function", right_variants(), ids=lambda f: f.__qualname__.split(".")[-1])
def test_a_right_variant_is_not_refused(function):
    report = check(function)
    assert report.state == "right", str(report)
    assert report.function is function


# --- every other way to be wrong


def test_a_function_that_writes_into_its_inputs_gets_its_own_answer():
    def gradients(w, b, X, Y):
        X *= 2
        return w, b

    report = check(gradients)
    assert "writes into one of its inputs" in str(report)


def test_inputs_are_protected_at_any_depth():
    def update(layers, gradients, learning_rate):
        layers[0].W[0, 0] = 0
        return layers

    assert "writes into one of its inputs" in str(check(update))


def test_a_function_that_reads_the_notebook_gets_its_own_answer():
    space = {"np": np, "X_train": np.ones((5, 3))}
    exec("def predict(w, b, X, threshold=0.5):\n    return (w.T @ X_train > threshold) * 1", space)
    report = check(space["predict"])
    assert report.state != "right"
    assert "reads X_train from the notebook" in str(report)


def test_an_endless_loop_is_ended_and_the_next_check_works():
    def relu(z):
        while True:
            z = z + 0

    start = time.perf_counter()
    report = check(relu)
    assert time.perf_counter() - start < SECONDS + 1
    assert report.state == "raises" and "still running" in str(report)

    def relu(z):  # noqa: F811
        return np.maximum(z, 0)

    assert check(relu).state == "right"


def test_a_loop_that_swallows_exceptions_is_ended_too():
    def tanh(z):
        while True:
            try:
                z = z + 0
            except Exception:
                pass

    assert "still running" in str(check(tanh))


def test_returning_nothing_gets_its_own_answer():
    def cost(A, Y):
        print(np.mean(A))

    report = check(cost)
    assert report.state == "wrong shape" and "returned None" in str(report)


def test_an_empty_body_is_not_written_yet():
    def cost(A, Y):
        """Mean loss."""
        ...

    assert check(cost).state == "not written yet"


def test_an_exception_is_reported_without_a_traceback():
    def cost(A, Y):
        raise KeyError("W1")

    report = check(cost)
    assert report.state == "raises" and "KeyError: 'W1'" in str(report)
    assert "Traceback" not in str(report)


@pytest.mark.parametrize(
    "value", [3, "text", None, object(), [1, [2]], {"dw": 1}, (1,), np.array(["a"]), float("nan")]
)
def test_any_result_gets_an_answer(value):
    def gradients(w, b, X, Y):
        return value

    report = check(gradients)
    assert report.state in ("wrong shape", "wrong values")
    assert str(report) and report._repr_html_()


@pytest.mark.parametrize(("power", "words"), [(0, "wrong sign"), (-1, "m times too small")])
def test_an_unknown_mistake_with_a_constant_ratio_is_described(power, words):
    def cost_from_z(Z, Y):
        factor = -1.0 if power == 0 else 1 / Y.shape[1]
        return factor * float(np.mean(np.logaddexp(0, Z) - Y * Z))

    report = check(cost_from_z)
    assert report.mistake is None
    assert words in str(report)


def test_what_is_not_an_exercise_gets_a_sentence():
    assert "takes a function" in str(check(3))
    assert "no exercise named len" in str(check(len))


def test_two_exercises_of_one_name_are_told_apart_by_their_parameters():
    def forward(w, b, X):
        return None

    def network_forward(layers, X):
        return None

    network_forward.__name__ = "forward"
    assert find_exercise(forward)[0].name == "logistic.forward"
    assert find_exercise(network_forward)[0].name == "network.forward"

    def other(a, b, c, d, e):
        return None

    other.__name__ = "forward"
    exercise, sentence = find_exercise(other)
    assert exercise is None and "forward(w, b, X) or forward(layers, X)" in sentence


# --- what the report says


def test_hint_and_line_come_only_on_request():
    mistake = next(m for m in MISTAKES if m.name == "dw_not_averaged")
    plain, hint, line = judge(mistake), judge(mistake, hint=True), judge(mistake, line=True)
    assert mistake.hint not in str(plain) and mistake.hint in str(hint)
    assert "(25)" not in "".join(r for _, _, r in plain.rows())
    assert "# (25)" in str(line) and "# (25)" not in str(hint)


def test_every_exercise_has_a_worked_line_and_a_hint():
    for exercise in EXERCISES:

        def wrong(*args):
            return "nothing like it"

        report = _judge(exercise, wrong, True, True)
        assert report.hint and report.line, exercise.name


def test_the_report_names_shapes_entry_and_ratio():
    mistake = next(m for m in MISTAKES if m.name == "dw_not_averaged")
    text = str(judge(mistake))
    assert "dw: [0, 0] is" in text and "(got = 7 · expected, everywhere)" in text
    mistake = next(m for m in MISTAKES if m.name == "row_gradient")
    assert "dw: shape (1, 5), expected (5, 1)" in str(judge(mistake))


def test_all_cases_are_reported_not_only_the_first():
    mistake = next(m for m in MISTAKES if m.name == "cost_lost_bracket")
    marks = [mark for mark, _, _ in judge(mistake).rows()]
    assert "✓" in marks and "✗" in marks


def test_html_escapes_what_comes_from_outside():
    def cost(A, Y):
        raise ValueError("<script>alert(1)</script>")

    assert "<script>" not in check(cost)._repr_html_()


# --- time


def test_checks_are_fast():
    def gradients(w, b, X, Y):
        return 0 * w, 0.0

    check(gradients)
    start = time.perf_counter()
    for _ in range(5):
        check(gradients)
    assert (time.perf_counter() - start) / 5 < 0.1


# --- progress


def test_progress_is_kept_beside_the_workbook_only(tmp_path, monkeypatch):
    def relu(z):
        return np.abs(z)

    monkeypatch.chdir(tmp_path)
    check(relu)
    assert list(tmp_path.iterdir()) == []
    progress.start_progress(tmp_path)
    check(relu)
    entry = json.loads((tmp_path / progress.FILE).read_text())["activations.relu"]
    assert entry == {"state": "wrong values", "tries": 1}

    def relu(z):  # noqa: F811
        return np.maximum(0, z)

    check(relu)
    assert progress.read(tmp_path)["activations.relu"] == {"state": "right", "tries": 2}
    text = progress.summary(tmp_path)
    assert "chapter 06" in text and "1 of 5" in text and "next: flatten in chapter 01" in text


def test_a_damaged_record_does_not_stop_a_check(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / progress.FILE).write_text("{broken")

    def relu(z):
        return np.maximum(0, z)

    assert check(relu).state == "right"
    assert progress.read(tmp_path)["activations.relu"]["state"] == "right"
