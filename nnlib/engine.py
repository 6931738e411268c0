# Woven from chapter 13 by `python -m course tangle`: edit notebooks/text, not this file.
"""The loop of chapter 8 at the limit: its room is made once, and every line works in place."""

import itertools
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, NamedTuple

import numpy as np

from nnlib.kinds import Array, Integers
from nnlib.network import Layer
from nnlib.pieces import Product, first_products, rows_of


def _relu(A: Array, zeros: Array) -> None:
    np.maximum(A, zeros, out=A)  # (29)


def _tanh(A: Array, _: Array) -> None:
    np.tanh(A, A)  # (28)


def _sigmoid(A: Array, _: Array) -> None:
    np.multiply(A, 0.5, A)
    np.tanh(A, A)
    np.multiply(A, 0.5, A)
    np.add(A, 0.5, A)  # (3), as ½ + ½ tanh(z/2)


def _times_relu_slope(D: Array, A: Array) -> None:
    slope = np.sign(A, A) if A.size < 4000 else A > 0  # 0 or 1; which is faster depends on the size
    np.multiply(D, slope, D)


def _times_tanh_slope(D: Array, A: Array) -> None:
    np.multiply(A, A, A)
    np.multiply(A, D, A)
    np.subtract(D, A, D)  # D (1 - A²)


def _times_sigmoid_slope(D: Array, A: Array) -> None:
    np.multiply(D, A, D)
    np.multiply(D, A, A)
    np.subtract(D, A, D)  # D A (1 - A)


IN_PLACE = {
    "relu": (_relu, _times_relu_slope),
    "tanh": (_tanh, _times_tanh_slope),
    "sigmoid": (_sigmoid, _times_sigmoid_slope),
}


class Room:
    """Room for one pass of a number of examples, forward and back."""

    def __init__(self, net: "Engine", examples: int, steps: Sequence[Any]) -> None:
        n, plan, dtype = net.sizes[1:], net.plan, net.theta.dtype
        D: list[Any] = [np.empty((k, examples), dtype, order=plan.A) for k in n]
        if net.spans:
            D[0] = steps[0][0]  # in the span of the data dZ[1] is the step of C
        self.half, self.D = np.array(0.5, dtype), D[-1]
        self.evidence, self.slopes = net.products(1, examples)
        self.last, self.first = net.parameters[-1], steps[0]
        self.hidden: list[Any] = []
        self.back: list[Any] = []
        for l, (activate, slope) in enumerate(net.in_place, start=1):  # the hidden layers
            A, A_1 = plan.room(l, n[l - 1], examples, dtype)
            # np.maximum takes two small arrays faster than an array and a number
            zeros = np.zeros(A.shape if A.size < 4000 else (1, 1), dtype)
            self.hidden.append((self.evidence, net.parameters[l - 1], A, zeros, activate, A_1))
            self.evidence, slopes = net.products(l + 1, examples)
            W = net.weights[l]
            outer = len(W) == 1 and plan.product is np.matmul  # W.T @ dZ of one row
            through = np.multiply if outer else plan.product
            self.back.insert(0, (slopes, A_1.T, steps[l], through, W.T, D[l - 1], A, slope))

    def gradients(self, X: Array, S: Array, Z: Array, rate: Array) -> None:
        """One pass, (32) to (34): Z gets the evidence of the output, the steps α dW and α db."""
        A_prev = X
        for evidence, parameters, A, zeros, activate, A_1 in self.hidden:
            evidence(parameters, A_prev, A)  # (32)
            activate(A, zeros)  # (32)
            A_prev = A_1
        self.evidence(self.last, A_prev, Z)  # (32)
        D = self.D
        np.multiply(Z, self.half, D)
        np.tanh(D, D)
        np.subtract(D, S, D)  # (23), twice A - Y
        np.multiply(D, rate, D)  # α/2m: all that follows is linear in it
        for slopes, A_prev_T, step, through, W_T, D_prev, A, slope in self.back:
            slopes(D, A_prev_T, step)  # (34): α dW and α db
            through(W_T, D, D_prev)  # (34)
            slope(D_prev, A)  # (34), now for layer l - 1
            D = D_prev
        self.slopes(D, X.T, self.first)  # (34)


SMALL = 2**22  # multiplications of a pass, weights times examples: below it a product is small


TINY = 2**16  # numbers in X: below it X may be copied


class Plan(NamedTuple):
    """How a network lies in memory while it learns."""

    W: Any  # order of the weights
    A: Any  # order of the activations
    product: Callable[..., Any]
    column: float = np.inf  # layers from this one on have b as one more column of W

    def room(self, l: int, n: int, m: int, dtype: Any) -> tuple[Array, Array]:
        """Room for A[l], and what layer l + 1 takes: A[l] itself, or A[l] above a row of ones."""
        if l + 1 < self.column:
            A = np.empty((n, m), dtype, self.A)
            return A, A
        A_1 = np.ones((n + 1, m), dtype)
        return A_1[:-1], A_1


def _plan(shape: tuple[int, ...], weights: int, X: Array, size: int | None, piece: int) -> Plan:
    """Small: rows and ndarray.dot. Large: float32 wants W in columns, and A as X lies."""
    examples = size or X.shape[1]
    as_X_lies = "C" if X.flags.c_contiguous and size is None else "F"
    if weights * examples <= SMALL or rows_of(shape[0], shape[1] * examples, piece):
        return Plan("C", "C", np.ndarray.dot, 1 if size is None and X.size <= TINY else 2)
    if size is None and shape[0] >= 8 and 32 * shape[0] * shape[1] <= piece:
        return Plan("F", "F", np.matmul)
    return {4: Plan("F", as_X_lies, np.matmul), 8: Plan("C", "C", np.matmul)}[X.itemsize]


def _views(vector: Array, sizes: Sequence[int], plan: Plan) -> list[Any]:
    """The parameters of every layer, W and b or both in one, as views of one long vector."""
    views: list[Any] = []
    for l, (n_prev, n) in enumerate(itertools.pairwise(sizes), start=1):
        now, vector = np.split(vector, [n * (n_prev + 1)])
        if l < plan.column:
            W, b = np.split(now, [n * n_prev])
            views.append((W.reshape((n, n_prev), order=plan.W), b.reshape((n, 1))))
        else:
            views.append(now.reshape((n, n_prev + 1)))
    return views


def _apart(parameters: Any) -> tuple[Array, Array]:
    """W and b."""
    W, b = parameters if type(parameters) is tuple else (parameters[:, :-1], parameters[:, -1:])
    return W, b


def _bias_apart(forward: Product, back: Product, sums: Product, ones: Array) -> tuple[Any, Any]:
    """W A + b, and dW with db, where b is no column of W."""

    def evidence(parameters: Any, A_prev: Array, Z: Array) -> None:
        W, b = parameters
        forward(W, A_prev, Z)  # (32)
        np.add(Z, b, Z)  # (32)

    def slopes(dZ: Array, A_prev_T: Array, step: Any) -> None:
        dW, db = step
        back(dZ, A_prev_T, dW)  # (34)
        sums(dZ, ones, db)  # (34)

    return evidence, slopes


Measured = tuple[list[float], list[float]]


class Engine:
    """A network that learns in place."""

    spans, ways, until = False, 1, np.inf

    def __init__(
        self,
        layers: Sequence[Layer],
        X: Array,
        Y: Array,
        rate: float,
        size: int | None,
        piece: int = 0,
    ) -> None:
        m, weights = X.shape[1], sum(layer.W.size for layer in layers)
        self.X = X = X if X.flags.forc else np.ascontiguousarray(X)
        self.rate, self.size = rate, size
        self.sizes = [len(X), *(len(layer.b) for layer in layers)]
        self.names = [layer.activation for layer in layers]
        self.in_place = [IN_PLACE[name] for name in self.names[:-1]]
        self.piece = piece
        self.plan = _plan(layers[0].W.shape, weights, X, size, piece)
        if self.spans:
            self.plan = self.plan._replace(column=max(2, self.plan.column))
        if self.plan.column == 1:
            self.X = np.vstack([X, np.ones((1, m), X.dtype)])
        self.theta = np.empty(weights + sum(self.sizes[1:]), X.dtype)
        self.step = np.empty_like(self.theta)
        self.parameters = _views(self.theta, self.sizes, self.plan)
        self.weights = [W for W, _ in map(_apart, self.parameters)]
        self.put(layers)
        self.at_once = max(1, min(256, 2**15 // m)) if size is None else 1
        self.Z, self.T, self.losses = np.empty((3, self.at_once, m), X.dtype)
        self.S = 2 * Y - 1
        self.S_now = self.S if size is None else self.S.copy()  # in the order of an epoch
        self.rows = X.T if X.flags.f_contiguous else np.empty((0, len(X)), X.dtype)
        self.work: list[tuple[Any, ...]] = []

    def prepare(self) -> None:
        """Make the room: for each size of a mini-batch, or for each thread's share of all."""
        m = self.X.shape[1]
        self.helper: Any = ThreadPoolExecutor(1) if self.ways > 1 else None
        rooms: dict[int, tuple[Room, Array, Array]] = {}
        for start in range(0, m, self.size or -(-m // self.ways)):
            piece = slice(start, start + (self.size or -(-m // self.ways)))
            S, Z = self.S_now[:, piece], [self.Z[k : k + 1, piece] for k in range(self.at_once)]
            B = S.shape[1]
            if self.size is None:
                steps = [self.step, np.empty_like(self.step)][start > 0]
                room = Room(self, B, _views(steps, self.sizes, self.plan))
                rate = np.array(self.rate / (2 * m), self.X.dtype)  # α/2m
                self.work.append((room, self.X[:, piece], rate, S, Z, steps))
                continue
            if B not in rooms:
                batch = np.empty((B, len(self.X)), self.X.dtype)
                rate = np.array(self.rate / (2 * B), self.X.dtype)  # α/2m of the batch
                rooms[B] = Room(self, B, _views(self.step, self.sizes, self.plan)), batch, rate
            self.work.append((*rooms[B], S, Z[0]))

    def first_products(self, examples: int) -> tuple[Product, Product]:
        """W1 @ X and dZ1 @ X.T for so many examples."""
        return first_products(self.weights[0], self.plan, examples, self.piece)

    def products(self, l: int, examples: int) -> tuple[Any, Any]:
        """W A + b of layer l, and dW with db, for so many examples."""
        if l >= self.plan.column:
            return self.plan.product, self.plan.product
        forward = back = product = self.plan.product
        if l == 1:
            forward, back = self.first_products(examples)
        return _bias_apart(forward, back, product, np.ones((examples, 1), self.theta.dtype))

    def full(self, epochs: int) -> Measured:
        """Some epochs of one step each; costs and shares of right answers before each step."""
        if not self.work:
            self.prepare()
        (room, X, rate, S, Z, _), *others = self.work
        for k in range(epochs):
            started = others and [
                (self.helper.submit(copy_context().run, r.gradients, X_r, S_r, Z_r[k], rate), step)
                for r, X_r, _, S_r, Z_r, step in others
            ]
            room.gradients(X, S, Z[k], rate)  # (32), (34)
            for one, step in started:
                one.result()
                np.add(self.step, step, self.step)  # (34) is a sum over the examples
            np.subtract(self.theta, self.step, self.theta)  # (35), (36)
        return self.judge(self.Z[:epochs])

    def one_epoch(self, pieces: Sequence[Integers]) -> Measured:
        """A step for each mini-batch; cost and share of right answers on the way."""
        if not self.work:
            self.prepare()
        self.S.take(np.concatenate(pieces), 1, self.S_now, "clip")
        known, rows = len(self.rows) > 0, self.rows
        if not known:
            rows = np.empty(self.X.T.shape, self.X.dtype)
        for piece, (room, batch, rate, S, Z) in zip(pieces, self.work, strict=True):
            if known:
                rows.take(piece, 0, batch, "clip")
            else:
                batch[...] = self.X.T[piece]
                rows[piece] = batch
            room.gradients(batch.T, S, Z, rate)  # (32), (34)
            np.subtract(self.theta, self.step, self.theta)  # (35), (36)
        self.rows = rows
        return self.judge(self.Z)

    def judge(self, Z: Array) -> Measured:
        """Cost (7) and share of right answers, for each row of evidence."""
        S, m, T, losses = self.S_now, Z.shape[1], self.T[: len(Z)], self.losses[: len(Z)]
        np.abs(Z, T)
        np.subtract(T, np.multiply(S, Z, losses), losses)
        np.multiply(losses, 0.5, losses)  # max(0, z) - y z, as ½ (|z| - s z)
        np.exp(np.negative(T, T), T)
        np.add(losses, np.log1p(T, T), losses)  # (4)
        hits = np.count_nonzero((Z > 0) == (S > 0), axis=1)
        return (losses.sum(axis=1) / m).tolist(), (hits / m).tolist()  # (7)

    def put(self, stand: Any) -> None:
        """Begin with the parameters of these layers."""
        for (W, b), layer in zip(map(_apart, self.parameters), stand, strict=True):
            W[...], b[...] = layer.W, layer.b

    def stand(self) -> Any:
        """The network as it stands now: a copy."""
        pairs = zip(map(_apart, self.parameters), self.names, strict=True)
        return [Layer(W.copy("K"), b.copy(), name) for (W, b), name in pairs]
