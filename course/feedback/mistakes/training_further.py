"""Further wrong versions of the functions in nnlib.training."""

from __future__ import annotations

from course.feedback.mistakes.section import Section

epoch = Section("training.epoch", "(35), (36)", pairs=False)

MEASURED = "measure(np.hstack(evidence), np.hstack(labels))"
BACK = "gradients = backward(layers, cache, Y_piece)"
CUT = "X_piece, Y_piece = X[:, piece], Y[:, piece]"


@epoch.swaps(
    {
        CUT: "X_piece, Y_piece = X, Y",
        "cache.Z[-1])": "cache.Z[-1][:, piece])",
        "labels.append(Y_piece)": "labels.append(Y[:, piece])",
    },
    family=10,
    equation="(32)",
)
def whole_step_pieces_measured() -> None:
    """Every step was taken with all examples instead of its own piece.

    What are X_piece and Y_piece for?
    """


@epoch.swap(BACK, "gradients = backward(layers, cache, Y)", family=10, equation="(34)")
def all_labels_for_piece() -> None:
    """The labels of all examples went into the way back, and the cache is that of a piece.

    How many columns has the last A of this cache, and how many has Y?
    """


@epoch.swap("np.hstack(labels)", "Y", family=45, equation="")
def labels_in_old_order() -> None:
    """The evidence was compared with Y in its old order: the pieces come in another one.

    Which label belongs to the first column that was kept?
    """


@epoch.swap("cache.Z[-1])", "cache.A[-1])", family=45, equation="(32)")
def outputs_for_evidence() -> None:
    """The outputs A were measured. `measure` takes the evidence Z.

    What is done to Z inside measure?
    """


@epoch.swap("in pieces:", "in pieces[: max(1, len(pieces) - 1)]:", family=30, equation="")
def last_piece_missing() -> None:
    """The last piece is left out.

    How many turns should the loop have?
    """


@epoch.swap("in pieces:", "in pieces[min(1, len(pieces) - 1) :]:", family=30, equation="")
def first_piece_missing() -> None:
    """The first piece is left out.

    How many turns should the loop have?
    """


@epoch.swap("in pieces:", "in pieces[::-1]:", family=30, equation="")
def pieces_backwards() -> None:
    """The pieces were gone through from the last to the first.

    In which order should the steps be taken?
    """


@epoch.swap("gradients, learning_rate)", "gradients, learning_rate / len(pieces))", family=28)
def rate_divided_by_pieces() -> None:
    """The learning rate was divided by the number of pieces. Each piece takes a whole step.

    Which factor stands before the gradient in (35)?
    """


@epoch.swap(
    "gradients, learning_rate)",
    "gradients, learning_rate * Y_piece.shape[1] / Y.shape[1])",
    family=12,
)
def step_weighed_by_piece() -> None:
    """Each step was weighed by the length of its piece. The gradient is a mean already, and each
    piece takes a whole step.

    Which factor stands before the gradient in (35)?
    """


@epoch.swap("gradients, learning_rate)", "gradients, learning_rate * Y_piece.shape[1])", family=12)
def step_of_sums() -> None:
    """The step was made m times too large: it is that of a sum over the piece, not of a mean.

    Where in the way back does 1/m stand?
    """


@epoch.swap(
    f"*{MEASURED}",
    "*np.sum([measure(z, y) for z, y in zip(evidence, labels)], axis=0)",
    family=12,
    equation="(7)",
)
def pieces_added() -> None:
    """Cost and share of the pieces were added up. Both are means over all examples.

    What is the largest value that a share can have?
    """


@epoch.swap(f"*{MEASURED}", "*measure(evidence[0], labels[0])", family=30, equation="")
def first_piece_measured() -> None:
    """Cost and share are those of the first piece.

    What becomes of the other pieces?
    """


@epoch.swap(
    "layers = update(layers, gradients, learning_rate)",
    "layers = update(layers, gradients, learning_rate)\n"
    "layers = update(layers, gradients, learning_rate)",
    family=30,
)
def two_steps() -> None:
    """Each piece took its step twice.

    How often does update stand in your loop?
    """


@epoch.swap(
    BACK,
    "moved = update(layers, backward(layers, cache, Y_piece), learning_rate)\n"
    "gradients = backward(layers, forward(moved, X_piece), Y_piece)",
    family=25,
    equation="(34)",
)
def back_through_new_pass() -> None:
    """The way back used a pass that was made after a step.

    Which layers made the cache, and which went into backward?
    """


@epoch.swap("cache.Z[-1])", "cache.Z[1])", family=45, equation="(32)")
def first_z_measured() -> None:
    """The Z of layer 1 was measured. The evidence is that of the last layer.

    Which layer gives the probability?
    """


@epoch.swap(f"return layers, *{MEASURED}", f"return layers, {MEASURED}", family=45, equation="")
def pair_in_the_result() -> None:
    """Cost and share came back as a pair inside the result. Three things are asked for: layers,
    cost and share.

    What does a * before a pair do?
    """


@epoch.swap(f"return layers, *{MEASURED}", f"return layers, {MEASURED}[0]", family=45, equation="")
def share_missing() -> None:
    """The share is missing. Three things are asked for: layers, cost and share.

    What does measure give?
    """


@epoch.swap(
    f"return layers, *{MEASURED}",
    f"cost, share = {MEASURED}\nreturn layers, cost, 1 - share",
    family=33,
    equation="",
)
def share_of_wrong_answers() -> None:
    """This is the share of wrong answers, 1 minus the one that is asked for.

    What does measure count?
    """


@epoch.swap(
    f"return layers, *{MEASURED}",
    f"cost, share = {MEASURED}\nreturn layers, cost, 100 * share",
    family=33,
    equation="",
)
def share_in_per_cent() -> None:
    """The share is in per cent. In this course it goes from 0 to 1.

    What is the largest value that a share can have?
    """
