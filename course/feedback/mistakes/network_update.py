"""Wrong versions of the step in nnlib.network."""

from __future__ import annotations

from course.feedback.mistakes.section import Section
from nnlib.network import Gradient, Layer

update = Section("network.update", "(35), (36)")


@update.swaps(
    {"W - learning_rate": "W + learning_rate", "b - learning_rate": "b + learning_rate"}, family=27
)
def update_uphill() -> None:
    """The step goes uphill: take α dW away.

    The gradient points to where the cost grows.
    """


@update.swaps({"learning_rate * dW": "dW", "learning_rate * db": "db"}, family=28)
def update_without_rate() -> None:
    """The learning rate is not used.

    (35) has an α.
    """


@update.swap("b - learning_rate * db", "b", family=56, equation="(36)")
def update_b_forgotten() -> None:
    """b stays as it was in every layer.

    (36) is the second half of the step.
    """


@update.swap("W - learning_rate * dW", "W", family=56, equation="(35)")
def update_w_forgotten() -> None:
    """W stays as it was in every layer.

    (35) is the first half of the step.
    """


@update.swap("learning_rate * dW", "learning_rate * db", family=56, equation="(35)")
def update_w_with_db() -> None:
    """W was moved by db instead of dW.

    Each parameter has its own gradient.
    """


@update.swap("    ]", "    ][:-1] + [layers[-1]]", family=56)
def update_last_skipped() -> None:
    """The last layer was skipped.

    Layers 1 to L.
    """


@update.swaps({"return [": "return [layers[0]] + [", "    ]": "    ][1:]"}, family=56)
def update_first_skipped() -> None:
    """The first layer was skipped.

    Layers 1 to L.
    """


@update.swap("zip(layers, gradients,", "zip(layers[:-1], gradients[:-1],", family=56)
def update_last_lost() -> None:
    """The last layer is gone from the list.

    range(L) or zip: how many turns?
    """


@update.wrong(family=31)
def update_in_place(
    layers: list[Layer], gradients: list[Gradient], learning_rate: float
) -> list[Layer]:
    """This changes the arrays of the caller, who still needs the old layers.

    Which of `W -= …` and `W = W - …` makes a new array?
    """
    for layer, g in zip(layers, gradients, strict=True):
        layer.W[...] -= learning_rate * g.dW
    return layers


@update.swaps({"W - learning_rate * dW": "W", "b - learning_rate * db": "b"}, family=26)
def update_not_kept() -> None:
    """The old layers came back: the new W and b were computed and not kept.

    Where do the new W and b go?
    """


@update.swap("zip(layers, gradients,", "zip(layers, gradients[::-1],", family=54)
def update_reversed() -> None:
    """The gradients were used in reverse order.

    The first Gradient belongs to layer 1.
    """


@update.swap("zip(layers, gradients,", "zip(layers[:1], gradients[:1],", family=30)
def update_return_inside() -> None:
    """`return` stands inside the loop: only layer 1 comes back.

    How far is the return indented?
    """


@update.swap("W - learning_rate", "W + learning_rate", family=27, equation="(35)")
def update_w_uphill() -> None:
    """W goes uphill: its gradient was added.

    Compare your two lines sign by sign.
    """


@update.swap("b - learning_rate", "b + learning_rate", family=27, equation="(36)")
def update_b_uphill() -> None:
    """b goes uphill: its gradient was added.

    Compare your two lines sign by sign.
    """


@update.swap("learning_rate * dW", "dW", family=28, equation="(35)")
def update_w_without_rate() -> None:
    """W was moved by its whole gradient: the learning rate is missing in that line.

    What should change if the rate is halved?
    """


@update.swap("learning_rate * db", "db", family=28, equation="(36)")
def update_b_without_rate() -> None:
    """b was moved by its whole gradient: the learning rate is missing in that line.

    What should change if the rate is halved?
    """


@update.swaps({"learning_rate * dW": "0.1 * dW", "learning_rate * db": "0.1 * db"}, family=10)
def update_rate_of_a_tenth() -> None:
    """A learning rate of 0.1 is written into the code: it is right for that rate alone.

    What should change if the argument is doubled?
    """


@update.swaps({"learning_rate * dW": "0.01 * dW", "learning_rate * db": "0.01 * db"}, family=10)
def update_rate_of_a_hundredth() -> None:
    """A learning rate of 0.01 is written into the code; it must come from the arguments.

    What should change if the argument is doubled?
    """


@update.swaps(
    {"learning_rate * dW": "dW / learning_rate", "learning_rate * db": "db / learning_rate"},
    family=28,
)
def update_divided_by_rate() -> None:
    """You divided by the learning rate: a smaller rate would take a larger step.

    What should a rate of 0 do?
    """


@update.swap("learning_rate * db", "learning_rate * dW", family=56, equation="(36)")
def update_b_with_dw() -> None:
    """b was moved by dW instead of db: it grew to the shape of W.

    Each parameter has its own gradient. Which is that of b?
    """


@update.swaps(
    {"W - learning_rate": "-learning_rate", "b - learning_rate": "-learning_rate"}, family=26
)
def update_only_the_step() -> None:
    """These are the steps alone, not the parameters after the step.

    What stands before the minus in (35)?
    """


@update.swap("learning_rate * db, activation)", 'learning_rate * db, "relu")', family=44)
def update_activation_lost() -> None:
    """The names of the activations were lost: every layer is called relu now.

    A layer has three fields. Which of them stays as it is?
    """


@update.swap("zip(layers, gradients,", "zip(layers, [gradients[0]] * len(layers),", family=54)
def update_first_gradient() -> None:
    """Every layer was moved by the gradient of layer 1.

    Which gradient belongs to which layer?
    """


@update.wrong(family=31)
def update_list_in_place(
    layers: list[Layer], gradients: list[Gradient], learning_rate: float
) -> list[Layer]:
    """This changes the list of the caller, who still needs the old layers.

    Where could the new layers be kept, so that the old ones stay?
    """
    for k, (layer, g) in enumerate(zip(layers, gradients, strict=True)):
        layers[k] = layer._replace(W=layer.W - learning_rate * g.dW)
    return layers
