"""The stored outputs of the chapters show the results that the text beside them claims.

A chapter prints its measurements and draws its conclusion in prose. Here the conclusion is held
against the printed numbers, so that a chapter which is woven again after a change of the data or
the code cannot go on saying what is no longer so.
"""

import re
from functools import cache

import pytest

from course.book import HOME
from course.book.stored import read_notebook

NUMBER = r"[+-]?\d+(?:\.\d+)?"
ALWAYS = pytest.mark.parametrize("name", ["logistic regression", "20"])


@cache
def printed(chapter):
    """Every line that the cells of a chapter have printed."""
    (path,) = (HOME / "notebooks").glob(f"{chapter}_*.ipynb")
    cells = read_notebook(path)["cells"]
    return [
        line
        for cell in cells
        for output in cell.get("outputs", [])
        for line in output.get("text", "").splitlines()
    ]


def numbers(chapter, beginning, holding=""):
    """The numbers in the one printed line that begins so, after its beginning."""
    lines = [line for line in printed(chapter) if re.match(beginning, line) and holding in line]
    assert len(lines) == 1, f"chapter {chapter}: {len(lines)} lines begin with {beginning!r}"
    return [float(found) for found in re.findall(NUMBER, re.sub(beginning, "", lines[0]))]


def accuracies(name):
    """Mean, spread, lowest and highest test accuracy of five starts, section 9.4."""
    return numbers("09", rf"{name} +training .* test", holding="from")


@pytest.mark.parametrize("rate", ["0.1", "0.3"])
def test_held_back_folds_put_a_hidden_layer_8_to_10_points_ahead(rate):
    (ahead,) = numbers("09", rf"rate {rate}: 20 units are")
    assert 8 < ahead < 10


def test_the_worst_hidden_layer_beats_the_best_logistic_regression():
    mean, _, worst, _ = accuracies("20")
    logistic_mean, _, _, best = accuracies("logistic regression")
    assert worst > best + 5
    assert mean >= 87
    assert 8 <= mean - logistic_mean <= 14


def test_the_gap_to_logistic_regression_is_no_chance():
    gap, error = numbers("09", "logistic regression +(?=-.*standard error of the gap)")
    assert gap < -4 * error


@pytest.mark.parametrize("name", ["20-7-5", "32-16-8"])
def test_depth_cannot_be_told_from_chance(name):
    gap, error = numbers("09", f"{name} +(?=.*standard error of the gap)")
    assert abs(gap) < 2 * error


def test_logistic_regression_gains_on_every_fold():
    gains = numbers("09", "gain of 20 units over logistic regression, per fold:")
    assert len(gains) == 4
    assert min(gains) > 5


def test_eight_blocks_show_only_the_lead_of_the_network_over_one_unit():
    (contrast,) = numbers("09", "one unit on contrast ")
    middle, *_ = numbers("09", "one unit on brightness and .*²")
    mean, *_ = accuracies("logistic regression")
    assert middle < mean < contrast
    rivals = ("brightness and .*² against brightness", "contrast +against logistic regression")
    for pair in (*rivals, "20 +against contrast"):
        ahead, error = numbers("09", pair)
        assert ahead < 2.36 * error, pair
    ahead, error = numbers("09", "20 +against logistic regression")
    assert ahead > 2.36 * error


def test_mistakes_become_fewer_and_surer():
    early = numbers("09", "after 8 epochs +mistakes")
    late = numbers("09", "after 40 epochs +mistakes")
    assert len(early) == len(late) == 10
    assert all(more > fewer for more, fewer in zip(early[:5], late[:5], strict=True))
    assert all(2 * few < many for few, many in zip(early[5:], late[5:], strict=True))


def test_true_labels_make_smoother_weights_than_shuffled_ones():
    (learnt,) = numbers("09", "what was learnt:")
    shuffled = [re.findall(NUMBER, line) for line in printed("09") if "labels shuffled" in line]
    assert len(shuffled) == 3
    assert learnt > 2 * max(float(line[0]) for line in shuffled)


@ALWAYS
def test_a_leak_is_learnt(name):
    same, none, reverse = numbers("09", f"{name} +100 %")
    assert same > 85
    assert none < 60
    assert reverse < 20


def test_half_a_turn_costs_more_than_chance():
    _, worst, _, _ = numbers("09", "as it is")
    _, _, best, _ = numbers("09", "half a turn")
    assert worst > best + 5


def test_windows_with_a_tree_are_brighter_on_the_left():
    brighter, error = numbers("09", "with a tree +left half")
    without, _ = numbers("09", "without +left half")
    assert brighter > 5 > without
    assert brighter > 4 * error


def test_one_unit_overlooks_the_trees_of_the_second_photo():
    _, found, trees, _ = numbers("09", "logistic regression +photo 2:(?!.*darker)")
    _, by_20, same_trees, _ = numbers("09", "20 +photo 2:(?!.*darker)")
    assert trees == same_trees
    assert found < trees / 2 < 0.8 * trees < by_20


def test_held_back_folds_chose_the_steps_of_chapter_4():
    steps, *_ = numbers("09", "mean held-back cost: lowest after")
    assert steps == 600


def test_untrained_networks_scatter_more_than_a_coin():
    networks, _, coin = numbers("07", "standard deviation")
    assert networks > 3 * coin


def test_small_batches_are_ahead_from_every_start():
    *_, slowest = numbers("08", "batches of 32: 48 .* from")
    fastest, _ = numbers("08", "full batch: 1 .* from")
    assert slowest < fastest


def test_a_large_start_learns_by_heart():
    training, training_error, test, test_error = numbers("08", "1 compared with 1/√n:")
    assert training > 2 * training_error
    assert test < -2 * test_error


def test_centred_photographs_saturate_no_draw_and_scaled_ones_few():
    mean, _, worst = numbers("01", "0 to 1 +saturated:")
    assert mean < 0.05 and worst > 0.2
    assert max(numbers("01", "centred +saturated:")) == 0


def test_the_band_beats_one_trained_unit_by_block_and_no_winner_is_named_against_three_features():
    two, three = [re.findall(NUMBER, line) for line in printed("05") if line.startswith("by block")]
    limit = 2.36  # Student's t, seven degrees of freedom, 5 %
    assert float(two[1]) > limit * float(two[2])
    assert abs(float(three[1])) < limit * float(three[2])


def test_the_vectorized_steps_of_chapter_4_are_those_made_by_hand_in_chapter_3():
    by_hand = numbers("03", " +new: w = ", holding="0.94 and 0.09")[:4]
    assert numbers("04", "w = ", holding="b = ") == by_hand


def test_units_die_where_the_mean_is_left_in_and_the_pixels_are_large():
    for way, dead in (("prepared", 0), ("not scaled", 0), ("neither", 20)):
        _, after, units = numbers("06", f"{way} +dead at the start")
        assert (after, units) == (dead, 20)
    start, after, _ = numbers("06", "mean not subtracted +dead at the start")
    assert start == after < 10


def test_a_rate_that_is_too_bold_switches_a_layer_off_on_every_fold_and_a_third_of_it_on_none():
    said = {line[5:8]: line[10:] for line in printed("09") if line.endswith(" has learnt")}
    assert said["1.0"] == "every fold has learnt" and said["3.0"] == "no fold has learnt"
    assert said["1.5"] == "not every fold has learnt"
    assert numbers("09", "units of the last hidden layer that are on")[-5:] == [0, 0, 0, 0, 0.7]


def test_brightness_is_a_part_of_what_one_unit_overlooks():
    more, error = numbers("09", "one unit, photo 2 made darker: says tree +more often by")
    assert more > 4 * error
    right, chance = numbers("09", "one unit, photo 2 made darker: is right +more often by")
    assert abs(right) < 2 * chance
