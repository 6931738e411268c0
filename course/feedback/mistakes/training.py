"""Wrong versions of the functions in nnlib.training."""

from __future__ import annotations

from course.feedback.mistakes.section import Section

epoch = Section("training.epoch", "(35), (36)")


@epoch.swap("layers = update(", "_ = update(", family=26)
def layers_not_kept() -> None:
    """The new layers are not kept: nothing is learned.

    Who holds the result of update?
    """


@epoch.swaps(
    {
        "total_cost, right = 0.0, 0.0": "total_cost, right, gradients = 0.0, 0.0, None",
        "backward(layers": "gradients or backward(layers",
    },
    family=25,
    equation="(34)",
)
def gradients_once() -> None:
    """The gradients are those of the first piece in every turn.

    Which lines must be run again for each piece?
    """


@epoch.swaps(
    {"    m = Y.shape[1]": "        m = Y.shape[1]", "    return layers": "        return layers"},
    family=30,
    equation="",
)
def epoch_return_inside() -> None:
    """`return` stands inside the loop: the epoch ends after its first piece.

    How far is the return indented?
    """


@epoch.swap(
    "for piece in pieces:",
    "for piece in pieces:\n    total_cost, right = 0.0, 0.0",
    family=30,
    equation="",
)
def sums_reset_inside() -> None:
    """The sums are set to zero inside the loop: only the last piece is counted.

    Which line belongs before the loop?
    """


@epoch.swap("total_cost / m, right / m", "total_cost, right", family=12, equation="(7)")
def epoch_not_averaged() -> None:
    """The sums are not divided by m: cost and share are m times too large.

    Both are means over all examples of the epoch.
    """


@epoch.swaps(
    {
        "cost * Y_piece.shape[1]": "cost",
        "share * Y_piece.shape[1]": "share",
        "m = Y.shape[1]": "m = len(pieces)",
    },
    family=12,
    equation="(7)",
)
def pieces_not_weighed() -> None:
    """Every piece counts alike, also a short one. Each should count as many times as it has
    examples.

    What is Y_piece.shape[1] good for?
    """


@epoch.swaps(
    {
        "cost, share =": (
            "layers = update(layers, backward(layers, cache, Y_piece), learning_rate)\n"
            "cache = forward(layers, X_piece)\n"
            "cost, share ="
        ),
        "gradients = backward(layers, cache, Y_piece)": "pass",
        "layers = update(layers, gradients, learning_rate)": "pass",
    },
    family=45,
    equation="(32)",
)
def measured_after_step() -> None:
    """Cost and share were measured after the step, with the new layers; the course measures the
    pass before it.

    The pass is there already. Which layers made it?
    """


@epoch.swap("gradients, learning_rate)", "gradients, -learning_rate)", family=27)
def epoch_uphill() -> None:
    """The steps go uphill.

    (35) has a minus.
    """


@epoch.swaps(
    {
        "forward(layers, X_piece)": "forward(layers, X)",
        "measure(cache, Y_piece)": "measure(cache, Y)",
        "backward(layers, cache, Y_piece)": "backward(layers, cache, Y)",
    },
    family=10,
    equation="(32)",
)
def whole_for_piece() -> None:
    """Every turn takes all examples instead of its own piece.

    What are X_piece and Y_piece for?
    """
