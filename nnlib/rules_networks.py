# Plain: edited here; chapter 10 tells of it.
"""Rules for networks and what belongs to one: sizes, layers, caches, gradients."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from nnlib.rule import Call, InputError, Rule, hold
from nnlib.rules_arrays import as_array, as_numbers, in_precision
from nnlib.rules_choices import OneOf
from nnlib.rules_settings import Whole

Bad = Iterator[tuple[Any, str]]
RANGES = {"sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0), "relu": (0.0, np.inf)}


class Sizes(Rule):
    """The sizes (n_x, n_1, …, 1) of a network whose weights fit in memory."""

    form = "sequence of int"
    says = "(n_x, n_1, …, 1): the number of features, then the units of each layer."

    def take(self, value: Any, name: str, call: Call) -> list[int]:
        if not isinstance(value, list | tuple | np.ndarray | range | str):
            found = type(value).__name__
            raise InputError(f"{name} must be a list such as (768, 20, 1); found {found}.")
        sizes = list(np.ravel(value)) if isinstance(value, np.ndarray) else list(value)
        sizes = [Whole().take(n, f"{name}[{l}]", call) for l, n in enumerate(sizes)]
        if len(sizes) < 2 or sizes[-1] != 1:
            wanted = "the number of features … and 1 at the end"
            raise InputError(f"{name} must be {wanted}; found {sizes}.")
        for l in range(1, len(sizes)):
            hold((sizes[l], sizes[l - 1]), f"W of layer {l}")
        return sizes

    def good(self, value: Any, axes: dict[str, int]) -> tuple[int, ...]:
        return (axes["n_x"], 4, 1)

    def bad(self, good: Any) -> Bad:
        yield (), "{name} must be the number of features … and 1 at the end; found []."
        yield (3, 4), "{name} must be the number of features … and 1 at the end; found [3, 4]."
        yield 3, "{name} must be a list such as (768, 20, 1); found int."
        yield (3, -4, 1), "{name}[1] must be at least 1; found -4."
        yield (3, 2.5, 1), "{name}[1] must be a whole number; found float."
        yield (10**9, 10**9, 1), "W of layer 1 of shape (1000000000, 1000000000) would need …."


class HiddenNames(Rule):
    """The activation of all hidden layers, or one name for each of them."""

    says = "The activation of all hidden layers, or one name for each of them."

    def __init__(self, of: str, *names: str):
        self.of, self.one = of, OneOf(*names)
        self.form = f"{self.one.form}, or a list of these"

    def take(self, value: Any, name: str, call: Call) -> Any:
        if isinstance(value, str):
            return self.one.take(value, name, call)
        count = len(call.given[self.of]) - 2
        if not isinstance(value, list | tuple) or len(value) != count:
            found = len(value) if isinstance(value, list | tuple) else type(value).__name__
            wanted = f"one name, or {count}, one per hidden layer"
            raise InputError(f"{name} must be {wanted}; found {found}.")
        return [self.one.take(one, f"{name}[{l}]", call) for l, one in enumerate(value)]

    def good(self, value: Any, axes: dict[str, int]) -> str:
        return "tanh"

    def bad(self, good: Any) -> Bad:
        yield "gelu", f"{{name}} must be one of {', '.join(self.one.names)}; found 'gelu'."
        yield ["relu"] * 2, "{name} must be one name, or 1, one per hidden layer; found 2."
        yield None, "{name} must be one name, or 1, one per hidden layer; found NoneType."


class HoldsScale(Rule):
    """A precision in which weights of a given scale neither vanish nor overflow."""

    def __init__(self, of: str):
        self.of = of

    def take(self, value: np.dtype[Any], name: str, call: Call) -> np.dtype[Any]:
        scale, limits = call.given.get(self.of), np.finfo(value)
        if scale is not None and not float(limits.tiny) <= scale <= float(limits.max) / 16:
            unfit = f"{self.of} {scale:g} is too small or too large for weights"
            raise InputError(f"{unfit} in {value}.")
        return value


class Chain(Rule):
    """Layers of which each takes what the one before gives; the last is one sigmoid unit."""

    form = "list of Layer"
    says = (
        "A network: layer 1 first, neighbours fit, one precision, one sigmoid unit at the end. "
        "Its precision is that of the whole call."
    )

    def take(self, value: list[Any], name: str, call: Call) -> list[Any]:
        if not value:
            raise InputError(f"{name} must be a list of Layer; found an empty one.")
        dtype, before = value[0].W.dtype, None
        for l, (W, b, _) in enumerate(value):
            if before is not None and W.shape[1] != before.shape[0]:
                wanted = f"{before.shape[0]} columns, one per unit of {name}[{l - 1}]"
                raise InputError(f"{name}[{l}].W must have {wanted}; found shape {W.shape}.")
            before = W
            if not W.dtype == b.dtype == dtype:
                found = f"{dtype} first, and {W.dtype} and {b.dtype} in {name}[{l}]"
                raise InputError(f"{name} must have one dtype in all layers; found {found}.")
        units, activation = value[-1].W.shape[0], value[-1].activation
        if units != 1 or activation != "sigmoid":
            wanted = f"{name} must end with one unit with sigmoid"
            raise InputError(f"{wanted}; found {units} with {activation}.")
        n_x = value[0].W.shape[1]
        if call.size("n_x", n_x, name) != n_x:
            raise InputError(
                f"{name}[0].W must have {call.said('n_x')} columns; found shape {value[0].W.shape}."
            )
        call.network = [n_x, *(layer.W.shape[0] for layer in value)]
        call.precision = value[0].W.dtype
        return value

    def good(self, value: list[Any], axes: dict[str, int]) -> list[Any]:
        layer, rng, n_x = type(value[0]), np.random.default_rng(1), axes["n_x"]
        first = layer(rng.normal(size=(4, n_x)), np.zeros((4, 1)), "relu")
        return [first, layer(rng.normal(size=(1, 4)), np.zeros((1, 1)), "sigmoid")]

    def bad(self, good: list[Any]) -> Bad:
        first, last = good
        single = last._replace(W=last.W.astype("f4"), b=last.b.astype("f4"))
        yield [], "{name} must be a list of Layer; found an empty one."
        yield [first, first], "{name}[1].W must have 4 columns, one per unit of {name}[0]; found …."
        yield [first], "{name} must end with one unit with sigmoid; found 4 with relu."
        yield [first, single], "{name} must have one dtype in all layers; found …."


class OfLayers(Rule):
    """What `forward` kept for a network: one array of activations for each layer, and X."""

    form = "Cache"
    says = "What `forward` returned for these layers."

    def take(self, value: Any, name: str, call: Call) -> Any:
        sizes = call.network or []
        if not isinstance(value.A, list | tuple) or len(value.A) != len(sizes):
            raise InputError(f"{name} must be what forward returned for these layers.")
        A = []
        for l, (n_l, given) in enumerate(zip(sizes, value.A, strict=True)):
            said = f"{name}.A[{l}]"
            A_l = in_precision(as_numbers(given, said, call), said, call)
            m = call.size("m", A_l.shape[-1] if A_l.ndim else 1, name)
            if A_l.shape != (n_l, m):
                wanted = f"{said} must have shape {(n_l, m)} for these layers"
                raise InputError(f"{wanted}; found shape {A_l.shape}.")
            A.append(A_l)
        for l, layer in enumerate(call.given["layers"], start=1):
            low, high = RANGES[layer.activation]
            if A[l].min() < low or (high < np.inf and A[l].max() > high):
                wanted = f"must hold outputs of {layer.activation}"
                raise InputError(f"{name}.A[{l}] {wanted}, {low:g} to {high:g}.")
        same = all(taken is given for taken, given in zip(A, value.A, strict=True))
        return value if same else value._replace(A=A)

    def good(self, value: Any, axes: dict[str, int]) -> Any:
        n_x, m = axes["n_x"], axes["m"]
        X = np.random.default_rng(0).normal(size=(n_x, m))
        hidden, output = np.ones((4, 1)) + X[:1], np.full((1, m), 0.3)
        return type(value)([None, hidden, output], [X, np.maximum(hidden, 0), output])

    def bad(self, good: Any) -> Bad:
        X, hidden, output = good.A
        yield good._replace(A=[X, hidden]), "{name} must be what forward returned for these layers."
        yield good._replace(A=None), "{name} must be what forward returned for these layers."
        yield good._replace(A=[X[:2], hidden, output]), "{name}.A[0] must have shape …; found …."
        yield good._replace(A=[None, hidden, output]), "{name}.A[0] must hold real numbers; …."
        yield good._replace(A=[X, hidden, output * np.nan]), "{name}.A[2] must be finite; …."
        yield (
            good._replace(A=[X, hidden, output * 9]),
            "{name}.A[2] must hold outputs of sigmoid, 0 to 1.",
        )


def shape_of(value: Any, name: str) -> tuple[int, ...]:
    """The shape of what is an array, or becomes one."""
    return value.shape if type(value) is np.ndarray else as_array(value, name).shape


class LikeLayers(Rule):
    """Gradients of a network: dW like W and db like b, for each layer."""

    form = "list of Gradient"
    says = "One (dW, db) for each layer, in the shapes of W and b."

    def take(self, value: Any, name: str, call: Call) -> list[Any]:
        layers = call.given["layers"]
        if not isinstance(value, list | tuple) or len(value) != len(layers):
            wanted = f"one Gradient per layer, {len(layers)} here"
            raise InputError(f"{name} must be a list with {wanted}.")
        taken = []
        for l, (layer, gradient) in enumerate(zip(layers, value, strict=True)):
            if not isinstance(gradient, list | tuple) or len(gradient) != 2:
                raise InputError(f"{name}[{l}] must be a Gradient, dW and db.")
            found = [shape_of(part, f"{name}[{l}]") for part in gradient]
            if found != [layer.W.shape, layer.b.shape]:
                wanted = f"the shapes {layer.W.shape} and {layer.b.shape} of W and b"
                raise InputError(f"{name}[{l}] must have {wanted}; found {found}.")
            parts = []
            for d, part in zip(("dW", "db"), gradient, strict=True):
                said = f"{name}[{l}].{d}"
                parts.append(in_precision(as_numbers(part, said, call), said, call))
            taken.append(parts)
        return taken

    def good(self, value: list[Any], axes: dict[str, int]) -> list[Any]:
        gradient, n_x = type(value[0]), axes["n_x"]
        return [
            gradient(np.ones((4, n_x)), np.ones((4, 1))),
            gradient(np.ones((1, 4)), np.ones((1, 1))),
        ]

    def bad(self, good: list[Any]) -> Bad:
        first, last = good
        yield good[:1], "{name} must be a list with one Gradient per layer, 2 here."
        yield [first, None], "{name}[1] must be a Gradient, dW and db."
        yield [first._replace(dW=first.dW.T), last], "{name}[0] must have the shapes …; found …."
        yield [first._replace(dW=first.dW * np.nan), last], "{name}[0].dW must be finite; found …."


class ByName(Rule):
    """A dict from names to arrays; with `like`, the names and shapes of another one."""

    form = "dict of str to array"

    def __init__(self, like: str = ""):
        self.like = like
        self.says = f"The names of {like}, with arrays of the same shapes." if like else ""

    def take(self, value: Any, name: str, call: Call) -> dict[str, np.ndarray]:
        if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
            raise InputError(f"{name} must be a dict from names to arrays.")
        if not value:
            raise InputError(f"{name} must not be empty.")
        taken = {}
        for key, part in value.items():
            taken[key] = as_numbers(part, f"{name}[{key!r}]", call).view()
            taken[key].flags.writeable = False  # a function of the caller gets them
        other = call.given[self.like] if self.like else taken
        if set(taken) != set(other):
            found = f"found {sorted(taken)}, wanted {sorted(other)}"
            raise InputError(f"{name} must have the names of {self.like}; {found}.")
        for key, part in taken.items():
            if part.shape != other[key].shape:
                wanted = f"{name}[{key!r}] must have shape {other[key].shape}"
                raise InputError(f"{wanted}; found {part.shape}.")
        return taken

    def good(self, value: Any, axes: dict[str, int]) -> dict[str, np.ndarray]:
        return {"w": np.ones((axes["n_x"], 1)), "b": np.array(0.5)}

    def bad(self, good: dict[str, np.ndarray]) -> Bad:
        yield [good["w"]], "{name} must be a dict from names to arrays."
        yield {1: 2}, "{name} must be a dict from names to arrays."
        yield {**good, "w": None}, "{name}['w'] must hold real numbers; found dtype object."
        if self.like:
            yield {"b": good["b"]}, "{name} must have the names of …; found ['b'], wanted …."
            yield {**good, "w": good["w"].T}, "{name}['w'] must have shape …; found …."
