"""When two outputs count as the same: the judge of the trials."""

import pytest

from course.lite.alike import DIGIT, FONTS, OTHER, SAME, WORDS, alike, text_of

JUDGED = [
    ("cost 0.502", "cost  0.502\n", SAME),
    ("cost 0.502", "cost 0.503", DIGIT),
    ("cost 0.502", "cost 0.504", OTHER),
    ("cost 0.502", "price 0.502", OTHER),
    ("406 photographs", "405 photographs", OTHER),  # what is counted is exact
    ("1,526.5 of them", "1,526.6 of them", DIGIT),
    ("1.2e-09", "1.3e-09", DIGIT),
    ("1.2e-09", "1.2e-08", OTHER),
    ("a −1.5", "a 1.5", OTHER),
    ("[0.1 0.2]", "[0.1 0.2 0.3]", OTHER),
    ("W1 is 3 x 4", "W2 is 3 x 4", OTHER),
    ("", "Traceback", OTHER),
]


@pytest.mark.parametrize("stored, found, wanted", JUDGED)
def test_the_judge(stored, found, wanted):
    assert alike(stored, found) == wanted


def test_words_alone_may_be_asked_for():
    assert alike("cost 0.502", "cost 0.9", numbers=False) == WORDS
    assert alike("cost 0.502", "price 0.9", numbers=False) == OTHER


def test_what_outputs_say():
    outputs = [
        {
            "output_type": "stream",
            "name": "stderr",
            "text": f"{FONTS}; wait.",
        },
        {"output_type": "stream", "name": "stdout", "text": ["a\n", "b\n"]},
        {"output_type": "display_data", "data": {"text/plain": "Figure, 88 × 44 pixels: A line."}},
        {"output_type": "error", "ename": "<class 'nnlib.rule.InputError'>", "evalue": ""},
    ]
    assert text_of(outputs).split("\n") == ["a", "b", "", "Figure: A line.", "", "InputError", ""]
    assert text_of([{"output_type": "error", "ename": "InputError"}]).strip() == "InputError"
