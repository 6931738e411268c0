# Plain: edited here; chapter 12 tells of it.
"""The same network in other libraries: to and from scikit-learn and PyTorch."""

from collections.abc import Iterator
from typing import Annotated, Any

import numpy as np

from nnlib.door import door
from nnlib.extras import missing
from nnlib.hints import Kind
from nnlib.network import Layer, Network
from nnlib.rule import Call, InputError, Rule

SKLEARN_NAMES = {"sigmoid": "logistic", "tanh": "tanh", "relu": "relu"}
TORCH_NAMES = {"sigmoid": "Sigmoid", "tanh": "Tanh", "relu": "ReLU"}
Bad = Iterator[tuple[Any, str]]


class OneHiddenActivation(Rule):
    """Hidden layers that share one activation function, as scikit-learn has it."""

    form = "list of Layer"
    says = "All hidden layers have the same activation."

    def take(self, value: list[Layer], name: str, call: Call) -> list[Layer]:
        hidden = sorted({layer.activation for layer in value[:-1]})
        if len(hidden) > 1:
            found = " and ".join(hidden)
            raise InputError(f"{name} must share one hidden activation here; found {found}.")
        return value

    def bad(self, good: list[Layer]) -> Bad:
        first, last = good
        square = Layer(np.eye(4), np.zeros((4, 1)), "tanh")
        wrong = "{name} must share one hidden activation here; found relu and tanh."
        yield [first, square, last], wrong


class TwoClassMLP(Rule):
    """A fitted MLPClassifier for two classes, with an activation that nnlib has."""

    form = "sklearn.neural_network.MLPClassifier"
    says = "Fitted, for two classes; label 1 stands for the second class."

    def take(self, value: Any, name: str, call: Call) -> Any:
        binary = getattr(value, "out_activation_", None) == "logistic"
        if not binary or getattr(value, "n_outputs_", 0) != 1:
            wanted = "a fitted MLPClassifier for two classes"
            raise InputError(f"{name} must be {wanted}; found {type(value).__name__}.")
        known = SKLEARN_NAMES.values()
        if value.activation not in known:
            wanted = f"one of the activations {', '.join(known)}"
            raise InputError(f"{name} must have {wanted}; found {value.activation}.")
        return value

    def bad(self, good: Any) -> Bad:
        for value, found in ((None, "NoneType"), (3, "int"), ([], "list")):
            yield value, f"{{name}} must be a fitted MLPClassifier for two classes; found {found}."


class InTurns(Rule):
    """A torch.nn.Sequential of Linear and activation, in turns."""

    form = "torch.nn.Sequential"
    says = "Each Linear has a bias; the activations are Sigmoid, Tanh or ReLU; a Sigmoid ends it."
    wanted = "a Sequential of Linear (with bias) and Sigmoid, Tanh or ReLU, in turns"

    def take(self, value: Any, name: str, call: Call) -> list[Any]:
        parts = list(value) if isinstance(value, list) or hasattr(value, "parameters") else []
        kinds = [type(part).__name__ for part in parts]
        known = set(TORCH_NAMES.values())
        in_turns = kinds[::2] == ["Linear"] * len(kinds[1::2]) and set(kinds[1::2]) <= known
        if not parts or not in_turns or any(part.bias is None for part in parts[::2]):
            found = ", ".join(kinds[:9]) or type(value).__name__
            raise InputError(f"{name} must be {self.wanted}; found {found}.")
        return parts

    def bad(self, good: Any) -> Bad:
        for value, found in ((None, "NoneType"), ([], "list"), ("Sequential", "str")):
            yield value, f"{{name}} must be {self.wanted}; found {found}."
        yield [1, 2], f"{{name}} must be {self.wanted}; found int, int."


ForSklearn = Annotated[Network, OneHiddenActivation()]
MLP = Annotated[Any, TwoClassMLP()]
Sequential = Annotated[Any, InTurns()]


def network(layers: list[Layer]) -> list[Layer]:
    """Layers that came from elsewhere, after every check that a network passes."""
    checked: list[Layer] = Kind(Network).take(layers, "layers", Call())
    return checked


@door
def to_sklearn(layers: ForSklearn) -> Any:
    """Build a fitted scikit-learn MLPClassifier that is the same network, for the classes 0 and 1.

    An `ImportError` says so if scikit-learn is not installed.
    """
    try:
        from sklearn.neural_network import MLPClassifier
    except ImportError:
        raise missing("to_sklearn", "scikit-learn") from None
    sizes = tuple(layer.W.shape[0] for layer in layers[:-1])
    name = SKLEARN_NAMES[layers[0].activation] if sizes else "relu"
    mlp = MLPClassifier(sizes, activation=name, solver="sgd", random_state=0)
    two = np.zeros((2, layers[0].W.shape[1]), layers[0].W.dtype)
    mlp.partial_fit(two, [0, 1], classes=[0, 1])  # makes all that a fitted one has
    mlp.random_state = None  # as it is without that 0, which kept NumPy's own generator still
    del mlp._optimizer  # the next step makes a fresh one, with the settings of that time
    mlp.coefs_ = [layer.W.T.copy() for layer in layers]
    mlp.intercepts_ = [layer.b.ravel().copy() for layer in layers]
    return mlp


@door
def from_sklearn(mlp: MLP) -> Network:
    """Take the network out of a fitted scikit-learn MLPClassifier for two classes."""
    names = {theirs: ours for ours, theirs in SKLEARN_NAMES.items()}
    activations = [names[mlp.activation]] * (len(mlp.coefs_) - 1) + ["sigmoid"]
    triples = zip(mlp.coefs_, mlp.intercepts_, activations, strict=True)
    return network([Layer(W.T.copy(), b.reshape(-1, 1).copy(), g) for W, b, g in triples])


@door
def to_torch(layers: Network) -> Any:
    """Build a torch.nn.Sequential that is the same network: from (m, n_x) to (m, 1).

    An `ImportError` says so if PyTorch is not installed.
    """
    try:
        import torch
    except ImportError:
        raise missing("to_torch", "torch") from None
    parts: list[Any] = []
    for W, b, activation in layers:
        linear = torch.nn.Linear(W.shape[1], W.shape[0], dtype=getattr(torch, W.dtype.name))
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(W.copy()))
            linear.bias.copy_(torch.from_numpy(b.ravel()))
        parts += [linear, getattr(torch.nn, TORCH_NAMES[activation])()]
    return torch.nn.Sequential(*parts)


@door
def from_torch(module: Sequential) -> Network:
    """Take the network out of a torch.nn.Sequential of Linear and activation, in turns."""
    names = {theirs: ours for ours, theirs in TORCH_NAMES.items()}
    layers = []
    for linear, activation in zip(module[::2], module[1::2], strict=True):
        W = linear.weight.detach().cpu().numpy().copy()
        b = linear.bias.detach().cpu().numpy().reshape(-1, 1).copy()
        layers.append(Layer(W, b, names[type(activation).__name__]))
    return network(layers)
