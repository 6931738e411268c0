"""The table of exercises, in the order of the chapters.

In each chapter the help fades: worked in the text, then one line missing or one line wrong, then
lines to put in order, then the whole.
"""

from __future__ import annotations

import numpy as np

from course.exercises import cases, cases_network
from course.exercises.exercise import Exercise
from nnlib.activations import sigmoid

EXERCISES = (
    Exercise("images.flatten", "01", "", cases.image_cases),
    Exercise("activations.sigmoid", "01", "(3)", cases.sigmoid_cases),
    Exercise("logistic.forward_one", "01", "(1), (2)", cases.one_example_cases("w", "b", "x")),
    Exercise(
        "images.scale",
        "01",
        "",
        cases.scale_cases,
        blank="bug",
        bug=("X / 255", "X // 255"),
    ),
    Exercise("losses.cost", "02", "(7)", cases.probability_cases, beyond=cases.rounded_to_one),
    Exercise("losses.loss", "02", "(4)", cases.loss_cases, blank=(4,)),
    Exercise("losses.cost_from_z", "02", "(7)", cases.logit_cases),
    Exercise(
        "losses.accuracy",
        "02",
        "",
        cases.accuracy_cases,
        blank="bug",
        bug=("predictions == Y", "predictions.T == Y"),
    ),
    Exercise(
        "logistic.step",
        "03",
        "(8), (9)",
        cases.step_cases,
        ("w", "b"),
        blank="bug",
        bug=("w - learning_rate * dw", "w + learning_rate * dw"),
    ),
    Exercise(
        "logistic.gradients_one",
        "03",
        "(12) to (15)",
        cases.one_example_cases("w", "b", "x", "y"),
        ("dw", "db"),
        blank=(12, 13),
    ),
    Exercise("gradient_check.numerical_gradient", "03", "", cases.central_cases, blank="order"),
    Exercise(
        "logistic.gradients_loop",
        "03",
        "(13) to (15)",
        cases.unit_cases("w", "b", "X", "Y"),
        ("dw", "db"),
    ),
    Exercise(
        "logistic.forward", "04", "(19), (21)", cases.unit_cases("w", "b", "X"), blank=(19, 21)
    ),
    Exercise(
        "logistic.gradients",
        "04",
        "(23) to (25)",
        cases.unit_cases("w", "b", "X", "Y"),
        ("dw", "db"),
    ),
    Exercise("logistic.train", "04", "(26)", cases.train_cases, blank="order"),
    Exercise("learning_rate.safe_learning_rate", "04", "", cases.rate_cases),
    Exercise("logistic.predict", "04", "", cases.predict_cases),
    Exercise("network.layer_z", "05", "(27)", cases_network.layer_z_cases, blank=(27,)),
    Exercise("activations.sigmoid_derivative", "06", "", cases.value_cases(sigmoid)),
    Exercise("activations.tanh", "06", "(28)", cases.z_cases),
    Exercise("activations.tanh_derivative", "06", "", cases.value_cases(np.tanh)),
    Exercise("activations.relu", "06", "(29)", cases.z_cases),
    Exercise(
        "activations.relu_derivative",
        "06",
        "",
        cases.relu_value_cases,
        blank="bug",
        bug=("A > 0", "A >= 0"),
    ),
    Exercise("network.forward", "07", "(32)", cases_network.forward_cases, blank=(32,)),
    Exercise(
        "network.initialize",
        "07",
        "",
        cases_network.initialize_cases,
        view=cases_network.starts,
        act=cases_network.start_three_times,
        rtol=0.05,
        blank=("spread =", "W ="),
    ),
    Exercise("network.backward", "08", "(34)", cases_network.backward_cases),
    Exercise("network.input_gradient", "08", "(34)", cases_network.backward_cases),
    Exercise("network.update", "08", "(35), (36)", cases_network.update_cases),
    Exercise(
        "training.epoch", "08", "", cases_network.epoch_cases, ("", "cost", "share"), blank="order"
    ),
    Exercise(
        "blocks.gradients_of_blocks",
        "13",
        "(34)",
        cases_network.blocks_cases,
        blank=("parts =", "gradients, _, _ ="),
    ),
)
