"""What a number of the playground can be: in words, by its equations, by its line of nnlib.

The words stand here. Equations and lines are only named: `quotes` reads them from the chapters and
from nnlib, so they cannot drift.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """One kind of number: what it is, and where it comes from."""

    title: str
    text: str
    name: str  # of the function of nnlib
    line: str  # how the line of it begins that makes the number
    equations: tuple[str, ...] = ()


SUBJECTS = {
    "weight": Subject(
        "a weight",
        "How much this unit listens to one of its inputs. Training moves it against its "
        "derivative dw, by the learning rate times as much.",
        "network.update",
        "Layer(W - learning_rate * dW",
        ("35",),
    ),
    "bias": Subject(
        "a bias",
        "What this unit adds before it looks at any input. It begins at 0 and moves like a weight.",
        "network.update",
        "Layer(W - learning_rate * dW",
        ("36",),
    ),
    "dW": Subject(
        "the derivative of the cost by a weight",
        "How fast the cost grows when this weight grows: the mean over the training examples of "
        "dz of the unit times the input that the weight belongs to.",
        "network.backward",
        "dW = ",
        ("34",),
    ),
    "db": Subject(
        "the derivative of the cost by a bias",
        "How fast the cost grows when this bias grows: the mean of dz over the training examples.",
        "network.backward",
        "db = ",
        ("34",),
    ),
    "x": Subject(
        "a feature",
        "What the network is told about this example. All examples stand side by side as the "
        "columns of X, which is layer 0.",
        "network.forward",
        "A = [X]",
        ("16",),
    ),
    "y": Subject(
        "a label",
        "What is true of this example. The labels of all examples stand in one row.",
        "network.backward",
        "dZ = cache.A[L] - Y",
        ("22",),
    ),
    "z": Subject(
        "the evidence of a unit",
        "The inputs of this unit, each times its weight, added up, and the bias.",
        "network.forward",
        "Z_l = ",
        ("32",),
    ),
    "a_sigmoid": Subject(
        "the output of a unit with sigmoid",
        "The evidence, bent into the range from 0 to 1.",
        "activations.sigmoid",
        "a: Array = ",
        ("32", "3"),
    ),
    "a_tanh": Subject(
        "the output of a unit with tanh",
        "The evidence, bent into the range from −1 to 1.",
        "activations.tanh",
        "return np.tanh",
        ("32", "28"),
    ),
    "a_relu": Subject(
        "the output of a unit with ReLU",
        "The evidence where it is positive, and 0 elsewhere.",
        "activations.relu",
        "return np.maximum",
        ("32", "29"),
    ),
    "probability": Subject(
        "the probability of label 1",
        "The output of the last unit: what the network believes. Above one half it says label 1.",
        "network.predict_probability",
        "return forward",
        ("1",),
    ),
    "dz_out": Subject(
        "the derivative of an example's loss by the last evidence",
        "What the network says, minus what is true.",
        "network.backward",
        "dZ = cache.A[L] - Y",
        ("23",),
    ),
    "dz_hidden": Subject(
        "the derivative of an example's loss by the evidence of a hidden unit",
        "The blame that comes back from the next layer, each part times the weight it passes "
        "through, times the slope of the activation function at this unit.",
        "network.backward",
        "dZ = dA * g_prime",
        ("34",),
    ),
    "loss": Subject(
        "the loss of one example",
        "Near 0 when the network is right and sure; large when it is wrong and sure.",
        "losses.loss_from_z",
        "losses: Array = ",
        ("4",),
    ),
    "cost": Subject(
        "a cost",
        "The mean of the losses. Saying one half every time costs log 2, about 0.693.",
        "losses.cost_from_z",
        "return float(np.sum",
        ("30", "7"),
    ),
    "accuracy": Subject(
        "the share of right answers",
        "An answer is right if the probability lies on the side of the label: above one half for "
        "label 1, else for label 0.",
        "training.measure",
        "return cost_from_z",
    ),
    "rate": Subject(
        "the learning rate α",
        "How far each step goes. Too small, and nothing moves; too large, and the steps leap over "
        "the valley.",
        "network.update",
        "Layer(W - learning_rate * dW",
        ("35", "36"),
    ),
    "safe": Subject(
        "the rate 2/Λ",
        "With one layer, every step below this rate lowers the cost. With hidden layers nothing "
        "promises that, and it is only a first guess.",
        "learning_rate.safe_learning_rate",
        "return float(2 / largest)",
    ),
    "batch": Subject(
        "the size of a batch",
        "The examples are put into random order and cut into pieces; each piece makes one step.",
        "training.batches",
        "return [order",
    ),
    "epoch": Subject(
        "an epoch",
        "One pass over all training examples: forward, backward and a step for each batch.",
        "training.epoch",
        "layers = update",
        ("32", "34", "35", "36"),
    ),
    "start": Subject(
        "the start",
        "The seed sets the random weights; the same seed gives the same weights, here and in "
        "nnlib. It also sets the order of the batches. Without a scale of your own, the spread is "
        "√(2/n) for ReLU and 1/√n else, where n counts the inputs of the unit.",
        "network.initialize",
        "W = spread * ",
    ),
    "m": Subject(
        "the number of examples",
        "Each example is one column of X.",
        "losses.cost_from_z",
        "m = Y.shape[1]",
        ("16",),
    ),
    "overflow": Subject(
        "a run that diverged",
        "A number became too large for the machine, so the cost is no number any more.",
        "learning_rate.divergence",
        'return f"numbers overflow',
    ),
    "rose": Subject(
        "a run that diverged",
        "The cost rose above where it began, stayed there, and is worse than knowing nothing.",
        "learning_rate.divergence",
        'return f"the cost rose',
    ),
    "leaps": Subject(
        "a run that diverged",
        "The cost leaps to and fro, above what saying one half every time would cost.",
        "learning_rate.divergence",
        'return f"the cost was',
    ),
}
