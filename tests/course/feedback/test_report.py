"""What the report says, and what it keeps to itself until it is asked."""

from course import check
from course.exercises import EXERCISES
from course.exercises.cases_network import Start
from course.feedback.judge import judge
from course.feedback.mistakes import all_mistakes
from course.feedback.words import LOOKED_AT

MISTAKES = all_mistakes()
EXERCISE = {exercise.name: exercise for exercise in EXERCISES}


def told(mistake, **options):
    """The report on a wrong version, tried as the answer to its exercise."""
    return judge(EXERCISE[mistake.exercise], mistake.function, **options)


def test_hint_and_line_come_only_on_request():
    mistake = next(m for m in MISTAKES if m.name == "dw_not_averaged")
    plain, hint, line = told(mistake), told(mistake, hint=True), told(mistake, line=True)
    assert mistake.hint not in str(plain) and mistake.hint in str(hint)
    assert "(25)" not in "".join(r for _, _, r in plain.rows())
    assert "# (25)" in str(line) and "# (25)" not in str(hint)


def test_every_exercise_has_a_worked_line_and_a_hint():
    for exercise in EXERCISES:

        def wrong(*args):
            return "nothing like it"

        report = judge(exercise, wrong, hint=True, line=True)
        assert report.hint and report.line, exercise.name


def test_the_report_names_shapes_entry_and_ratio():
    mistake = next(m for m in MISTAKES if m.name == "dw_not_averaged")
    text = str(told(mistake))
    assert "dw: [0, 0] is" in text and "(got = 7 · expected, everywhere)" in text
    mistake = next(m for m in MISTAKES if m.name == "row_gradient")
    assert "dw: shape (1, 5), expected (5, 1)" in str(told(mistake))


def test_all_cases_are_reported_not_only_the_first():
    mistake = next(m for m in MISTAKES if m.name == "cost_lost_bracket")
    marks = [mark for mark, _, _ in told(mistake).rows()]
    assert "✓" in marks and "✗" in marks


def test_html_escapes_what_comes_from_outside():
    def cost(A, Y):
        raise ValueError("<script>alert(1)</script>")

    assert "<script>" not in check(cost)._repr_html_()


def test_of_many_parts_the_wrong_and_the_right_ones_are_named():
    mistake = next(m for m in MISTAKES if m.name == "dw_for_w")
    _, _, story = told(mistake).rows()[2]
    assert story.startswith("dW[1]: [")
    assert story.endswith("; wrong as well: db[1], dW[2], db[2]; right: dW[3], db[3]")


def test_a_random_start_is_told_in_words():
    mistake = next(m for m in MISTAKES if m.name == "start_random_b")
    stories = [story for _, _, story in told(mistake).rows()]
    assert stories[0].startswith("b is zero in layer 1: no, expected yes; wrong as well: b is zero")
    for mistake in MISTAKES:
        if mistake.exercise == "network.initialize":
            assert "_" not in "".join(s for _, _, s in told(mistake).rows() if "line" not in s)
    assert LOOKED_AT.keys() | {"activation"} == set(Start._fields)


def test_several_layers_are_named_as_layers():
    def update(layers, gradients, learning_rate):
        return [tuple(layer) for layer in layers]

    _, _, story = check(update).rows()[1]
    assert story.startswith("layer 1: found a tuple of 3, expected Layer(W, b, activation); wrong")
    assert story.endswith("wrong as well: layer 2, layer 3")


def test_no_hint_tells_to_do_what_the_state_makes_no_sense_of():
    def relu(z):
        z[z < 0] = 0
        return z

    assert "line beside the first ✗" in check(relu, hint=True).hint


def test_an_error_is_told_once_with_the_line_of_the_reader():
    def forward(w, b, X):
        z = w @ X + b
        return z

    stories = [story for _, _, story in check(forward).rows()]
    assert stories[0].startswith("stops with ValueError: matmul")
    assert stories[0].endswith(", in the line `z = w @ X + b`")
    assert stories[1:] == ["stops with ValueError, too"] * 2


def test_the_first_case_that_fails_is_shown_if_it_is_small():
    def cost(A, Y):
        return 0.5

    assert "A = [[0.8]]\n    Y = [[1]]" in str(check(cost))
    assert "A = [[0.8]]" in check(cost)._repr_html_()


def test_what_is_printed_is_kept_short_and_folded():
    def cost(A, Y):
        for _ in range(1000):
            print("a line of mine")
        return 0.5

    report = check(cost)
    assert "a line of mine" in str(report) and len(str(report)) < 2000
    assert "<details><summary>What it printed" in report._repr_html_()


def test_parts_that_are_right_are_named():
    mistake = next(m for m in MISTAKES if m.name == "db_not_averaged")
    assert "dw is right." in str(told(mistake))
