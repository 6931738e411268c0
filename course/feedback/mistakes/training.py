"""Wrong versions of the functions in nnlib.training."""

from __future__ import annotations

from course.feedback.mistakes.section import Section

epoch = Section("training.epoch", "(35), (36)")

MEASURED = "measure(np.hstack(evidence), np.hstack(labels))"
BACK = "gradients = backward(layers, cache, Y_piece)"


@epoch.swap("layers = update(", "_ = update(", family=26)
def layers_not_kept() -> None:
    """The new layers are not kept: nothing is learned.

    Who holds the result of update?
    """


@epoch.swaps(
    {
        "labels: list[Any] = []": "labels, first = [], []",
        BACK: "first = gradients = first or backward(layers, cache, Y_piece)",
    },
    family=25,
    equation="(34)",
)
def gradients_once() -> None:
    """The gradients are those of the first piece in every turn.

    Which lines must be run again for each piece?
    """


@epoch.swap("    return layers", "        return layers", family=30, equation="")
def epoch_return_inside() -> None:
    """`return` stands inside the loop: the epoch ends after its first piece.

    How far is the return indented?
    """


@epoch.swap(
    "for piece in pieces:",
    "for piece in pieces:\n    evidence, labels = [], []",
    family=30,
    equation="",
)
def lists_reset_inside() -> None:
    """Cost and share are those of the last piece: what the other pieces gave is lost.

    Which lines belong before the loop, and what does each turn add?
    """


@epoch.swap(
    f"return layers, *{MEASURED}",
    f"cost, share = {MEASURED}\nm = Y.shape[1]\nreturn layers, cost * m, share * m",
    family=12,
    equation="(7)",
)
def epoch_not_averaged() -> None:
    """The sums are not divided by m: cost and share are m times too large.

    Both are means over all examples of the epoch.
    """


@epoch.swap(
    f"*{MEASURED}",
    "*np.mean([measure(z, y) for z, y in zip(evidence, labels)], axis=0)",
    family=12,
    equation="(7)",
)
def pieces_not_weighed() -> None:
    """Every piece counts alike, also a short one. Each should count as many times as it has
    examples.

    A piece of one example and a piece of three: which should count more?
    """


@epoch.swaps({"layers = update(": "moved = update(", "return layers,": "return moved,"}, family=26)
def epoch_keeps_the_last_step() -> None:
    """Every piece goes through the layers of the start, and the step of the last piece alone is
    kept.

    With which layers should the second piece be passed forward?
    """


@epoch.swap("cache.Z[-1])", "forward(layers, X_piece).Z[-1])", family=45, equation="(32)")
def measured_after_step() -> None:
    """Cost and share were measured after the step, with the new layers; the course measures the
    pass before it.

    The pass is made already. Which layers made it?
    """


@epoch.swap(MEASURED, "measure(forward(layers, X).Z[-1], Y)", family=45, equation="(32)")
def measured_at_the_end() -> None:
    """Cost and share were measured once, after the last piece, on all examples; the course keeps
    what each pass gave before its step.

    What does every turn of the loop have in its cache already?
    """


@epoch.swap("gradients, learning_rate)", "gradients, -learning_rate)", family=27)
def epoch_uphill() -> None:
    """The steps go uphill: the gradient is added.

    In which direction does the cost fall: along the gradient, or against it?
    """


@epoch.swaps(
    {
        "X_piece, Y_piece = X[:, piece], Y[:, piece]": "X_piece, Y_piece = X, Y",
        "labels.append(Y_piece)": "labels.append(Y)",
    },
    family=10,
    equation="(32)",
)
def whole_for_piece() -> None:
    """Every turn takes all examples instead of its own piece.

    What are X_piece and Y_piece for?
    """


@epoch.swap("gradients, learning_rate)", "gradients, 1.0)", family=28)
def epoch_without_rate() -> None:
    """The learning rate is not used: each step is the whole gradient.

    What should change in the new layers if the rate is halved?
    """


@epoch.swap("gradients, learning_rate)", "gradients, learning_rate / Y_piece.shape[1])", family=12)
def epoch_averaged_again() -> None:
    """The step was divided by the number of examples once more; the gradients are means already.

    Where in the way back does 1/m stand?
    """


@epoch.swap("gradients, learning_rate)", "gradients, 0.1)", family=10)
def epoch_fixed_rate() -> None:
    """A learning rate of 0.1 is written into the code; it must come from the arguments.

    What should change in the new layers if the rate is halved?
    """


@epoch.swaps(
    {
        "evidence: list[Any] = []": "evidence, start = [], layers",
        "forward(layers, X_piece)": "forward(start, X_piece)",
    },
    family=25,
    equation="(32)",
)
def stale_pass() -> None:
    """Every piece went through the layers of the start; after the first step there are new ones.

    Which layers made this pass, and which should have?
    """


@epoch.swap(
    f"return layers, *{MEASURED}",
    (
        "    cost, share = measure(cache.Z[-1], Y_piece)\n"
        "    part = Y_piece.shape[1] / Y.shape[1]\n"
        "    return layers, cost * part, share * part"
    ),
    family=30,
    equation="",
)
def sums_returned_inside() -> None:
    """`return` stands inside the loop: the epoch ends after its first piece, and the sums of that
    piece were divided by m already.

    How far is the return indented?
    """
