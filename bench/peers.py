"""The candidates: each makes the same steps from the same start, and keeps the cost of each epoch.

A candidate is a function of a task that returns a run: a function from a number of epochs to the
layers at their end. It raises ImportError where its library is missing, and `Skip` where it has no
such steps.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from nnlib.engine import Engine
from nnlib.network import Layer
from nnlib.threads import short_way
from nnlib.training import batches, train

Run = Callable[[int], list[Layer]]
MOST_EPOCHS = 2**16


class Skip(Exception):
    """This candidate does not take these steps."""


class Task(NamedTuple):
    """What is to be trained."""

    layers: list[Layer]
    X: np.ndarray
    Y: np.ndarray
    rate: float
    size: int | None
    cores: int

    def orders(self, epochs: int) -> list[list[np.ndarray]]:
        """The mini-batches of each epoch, as nnlib draws them from seed 0."""
        rng = np.random.default_rng(0)
        return [batches(self.X.shape[1], self.size, rng) for _ in range(epochs)]

    @property
    def hidden(self) -> str:
        """The activation of the hidden layers."""
        return self.layers[0].activation if len(self.layers) > 1 else "relu"


def nnlib(task: Task) -> Run:
    """As a user calls it."""

    def run(epochs: int) -> list[Layer]:
        return train(task.layers, task.X, task.Y, task.rate, epochs, task.size)[0]

    return run


def nnlib_direct(task: Task) -> Run:
    """The engine with full batches where `train` would go on in the span of the data."""
    if task.size is not None or task.X.shape[0] <= task.X.shape[1]:
        raise Skip

    def run(epochs: int) -> list[Layer]:
        engine = Engine(task.layers, task.X, task.Y, task.rate, None, short_way())
        for done in range(0, epochs, engine.at_once):
            engine.full(min(engine.at_once, epochs - done))
        layers: list[Layer] = engine.stand()
        return layers

    return run


def products(task: Task) -> Run:
    """The products that cannot be avoided, alone, in the engine's own arrays: the limit."""
    engine = Engine(task.layers, task.X, task.Y, task.rate, task.size, short_way())
    engine.prepare()
    full, calls = task.size is None, []
    for room, X, _, S, Z, *_ in engine.work:
        (X, Z), B = (X, Z[0]) if full else (X.T, Z), S.shape[1]
        rooms = {id(A): A for *_, A in room.hidden} | {id(room.D): room.D}
        for array in [*rooms.values(), *(() if full else (X,))]:
            array[...] = 0.5
        calls += _products_of(engine, room, X, Z, B)

    def run(epochs: int) -> list[Layer]:
        for _ in range(epochs):
            for product, P, Q, out in calls:
                product(P, Q, out)
        return []

    return run


def _products_of(engine: Engine, room: Any, X: np.ndarray, Z: np.ndarray, examples: int) -> Any:
    """The products of one pass: function, two arguments, room for the result."""
    (enter, leave), product = engine.first_products(examples), engine.plan.product
    takes = [X, *(A_1 for *_, A_1 in room.hidden)]
    outs = [*(A for _, _, A, *_ in room.hidden), Z]
    for l, (parameters, A_prev, out) in enumerate(
        zip(engine.parameters, takes, outs, strict=True), start=1
    ):
        W = _weights(parameters)
        yield enter if l == 1 < engine.plan.column else product, W, A_prev, out
    D = room.D
    for _, A_prev_T, step, through, W_T, D_prev, *_ in room.back:
        yield product, D, A_prev_T, _weights(step)
        yield through, W_T, D, D_prev
        D = D_prev
    yield leave if engine.plan.column > 1 else product, D, X.T, _weights(room.first)


def _weights(parameters: Any) -> np.ndarray:
    """W, with b as one more column where it lies so."""
    return parameters[0] if isinstance(parameters, tuple) else parameters


def courses(task: Task) -> Run:
    """NumPy as courses usually write it: a dict of parameters, new arrays, the cost of a step."""
    g = {
        "relu": lambda Z: np.maximum(0, Z),
        "tanh": np.tanh,
        "sigmoid": lambda Z: 1 / (1 + np.exp(-Z)),
    }
    slope = {
        "relu": lambda A: A > 0,
        "tanh": lambda A: 1 - np.power(A, 2),
        "sigmoid": lambda A: A * (1 - A),
    }
    names, L = [layer.activation for layer in task.layers], len(task.layers)

    def step(P: dict[str, Any], X: np.ndarray, Y: np.ndarray) -> float:
        m, A = X.shape[1], {0: X}
        for l in range(1, L + 1):
            A[l] = g[names[l - 1]](np.dot(P[f"W{l}"], A[l - 1]) + P[f"b{l}"])
        logs = Y * np.log(A[L]) + (1 - Y) * np.log(1 - A[L])
        dZ, grads = A[L] - Y, {}
        for l in range(L, 0, -1):
            grads[f"W{l}"] = np.dot(dZ, A[l - 1].T) / m
            grads[f"b{l}"] = np.sum(dZ, axis=1, keepdims=True) / m
            if l > 1:
                dZ = np.dot(P[f"W{l}"].T, dZ) * slope[names[l - 2]](A[l - 1])
        for name in grads:
            P[name] = P[name] - task.rate * grads[name]
        return float(-np.sum(logs) / m)

    def run(epochs: int) -> list[Layer]:
        P, costs = {}, []
        for l, layer in enumerate(task.layers, 1):
            P[f"W{l}"], P[f"b{l}"] = layer.W, layer.b
        for pieces in task.orders(epochs) if task.size else [[slice(None)]] * epochs:
            for piece in pieces:
                costs.append(step(P, task.X[:, piece], task.Y[:, piece]))
        return [Layer(P[f"W{l}"], P[f"b{l}"], names[l - 1]) for l in range(1, L + 1)]

    return run


def one_by_one(task: Task) -> Run:
    """The loop of chapter 3: one example after the other."""
    from nnlib.logistic import gradients_loop, step

    if len(task.layers) > 1 or task.X.shape[1] > 1000:
        raise Skip

    def run(epochs: int) -> list[Layer]:
        w, b = task.layers[0].W.T, task.layers[0].b.item()
        for _ in range(epochs):
            dw, db = gradients_loop(w, b, task.X, task.Y)
            w, b = step(w, b, dw, db, task.rate)
        return [Layer(w.T, np.full((1, 1), b, w.dtype), "sigmoid")]

    return run


def sklearn(task: Task) -> Run:
    """MLPClassifier.fit, with everything switched off that plain gradient descent does not have."""
    from sklearn.exceptions import ConvergenceWarning

    from nnlib.exchange import from_sklearn, to_sklearn

    rows, y = np.ascontiguousarray(task.X.T), task.Y.ravel().astype(int)
    m = len(rows)
    mlp = to_sklearn(task.layers)
    mlp.set_params(learning_rate_init=task.rate, batch_size=task.size or m, momentum=0.0)
    mlp.set_params(nesterovs_momentum=False, alpha=0.0, n_iter_no_change=10**9, tol=0.0)
    mlp.set_params(shuffle=task.size is not None, random_state=0, warm_start=True)
    start = [c.copy() for c in mlp.coefs_], [c.copy() for c in mlp.intercepts_]

    def run(epochs: int) -> list[Layer]:
        mlp.coefs_, mlp.intercepts_ = [c.copy() for c in start[0]], [c.copy() for c in start[1]]
        mlp.set_params(max_iter=epochs)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            mlp.fit(rows, y)
        found: list[Layer] = from_sklearn(mlp)
        return found

    return run


def sklearn_in_order(task: Task) -> Run:
    """MLPClassifier on the same mini-batches as the others: for the comparison, not the race."""
    from nnlib.exchange import from_sklearn, to_sklearn

    rows, y = np.ascontiguousarray(task.X.T), task.Y.ravel().astype(int)

    def run(epochs: int) -> list[Layer]:
        mlp = to_sklearn(task.layers).set_params(learning_rate_init=task.rate, alpha=0.0)
        mlp.set_params(momentum=0.0, nesterovs_momentum=False, shuffle=False)
        mlp.set_params(batch_size=task.size or len(rows))
        for pieces in task.orders(epochs) if task.size else [[np.arange(len(rows))]] * epochs:
            order = np.concatenate(pieces)
            mlp.partial_fit(rows[order], y[order])
        found: list[Layer] = from_sklearn(mlp)
        return found

    return run


def pytorch(task: Task) -> Run:
    """PyTorch, eager: torch.nn.Sequential, torch.optim.SGD, the loss from the evidence."""
    import torch

    from nnlib.exchange import from_torch, to_torch

    torch.set_num_threads(task.cores)
    rows, target = (
        torch.from_numpy(np.ascontiguousarray(task.X.T)),
        torch.from_numpy(task.Y.T.copy()),
    )

    def run(epochs: int) -> list[Layer]:
        module = to_torch(task.layers)
        evidence = module[:-1]
        descent = torch.optim.SGD(module.parameters(), lr=task.rate)
        measure, costs = torch.nn.BCEWithLogitsLoss(), []
        for pieces in task.orders(epochs) if task.size else [[None]] * epochs:
            for piece in pieces:
                if piece is None:
                    X, Y = rows, target
                else:
                    chosen = torch.from_numpy(piece)
                    X, Y = rows.index_select(0, chosen), target.index_select(0, chosen)
                descent.zero_grad()
                loss = measure(evidence(X), Y)
                loss.backward()
                descent.step()
                costs.append(loss.detach())
        found: list[Layer] = from_torch(module)
        return found

    return run


def _jax(task: Task) -> tuple[Any, ...]:
    """What both ways of JAX share: the step, the start, and the data on its device."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    g = {"relu": lambda z: jnp.maximum(z, 0), "tanh": jnp.tanh, "sigmoid": jax.nn.sigmoid}
    g_l, rate = g[task.hidden], task.rate

    def cost(P: Any, X: Any, Y: Any) -> Any:
        A = X
        for W, b in P[:-1]:
            A = g_l(W @ A + b)
        z = P[-1][0] @ A + P[-1][1]
        return jnp.mean(jnp.logaddexp(0, z) - Y * z)

    def step(P: Any, X: Any, Y: Any) -> Any:
        J, G = jax.value_and_grad(cost)(P, X, Y)
        return jax.tree.map(lambda p, dp: p - rate * dp, P, G), J

    P = [(jnp.asarray(W), jnp.asarray(b)) for W, b, _ in task.layers]
    return jax, jnp, step, P


def _from_jax(task: Task, P: Any) -> list[Layer]:
    names = [layer.activation for layer in task.layers]
    return [Layer(np.asarray(W), np.asarray(b), g) for (W, b), g in zip(P, names, strict=True)]


def jax_steps(task: Task) -> Run:
    """JAX, each step compiled (jit) and called from Python."""
    jax, jnp, step, start = _jax(task)
    if task.size is None:
        X, Y = jnp.asarray(np.ascontiguousarray(task.X)), jnp.asarray(task.Y)
        one = jax.jit(lambda P, X, Y: step(P, X, Y))
    else:
        X, Y = jnp.asarray(np.ascontiguousarray(task.X.T)), jnp.asarray(task.Y)
        one = jax.jit(lambda P, X, Y, piece: step(P, X[piece].T, Y[:, piece]))

    def run(epochs: int) -> list[Layer]:
        P, costs = start, []
        for pieces in task.orders(epochs) if task.size else [[None]] * epochs:
            for piece in pieces:
                P, J = one(P, X, Y) if piece is None else one(P, X, Y, piece)
                costs.append(J)
        return _from_jax(task, P)

    return run


def jax_loop(task: Task) -> Run:
    """JAX, the whole loop compiled (fori_loop, scan), the costs kept."""
    jax, jnp, step, start = _jax(task)
    if task.size is None:
        X, Y = jnp.asarray(np.ascontiguousarray(task.X)), jnp.asarray(task.Y)

        def body(k: Any, state: Any) -> Any:
            P, costs = state
            P, J = step(P, X, Y)
            return P, costs.at[k].set(J)

        def loop(P: Any, epochs: Any) -> Any:
            return jax.lax.fori_loop(0, epochs, body, (P, jnp.zeros(MOST_EPOCHS, X.dtype)))

        compiled = jax.jit(loop)

        def run(epochs: int) -> list[Layer]:
            P, costs = compiled(start, epochs)
            costs.block_until_ready()
            return _from_jax(task, P)

        return run
    rows, Y = jnp.asarray(np.ascontiguousarray(task.X.T)), jnp.asarray(task.Y)
    full = task.X.shape[1] // task.size

    def epoch(P: Any, order: Any) -> Any:
        def one(P: Any, piece: Any) -> Any:
            return step(P, rows[piece].T, Y[:, piece])

        P, costs = jax.lax.scan(one, P, order[: full * task.size].reshape(full, task.size))
        if len(order) > full * task.size:  # the last piece is shorter
            P, J = one(P, order[full * task.size :])
            costs = jnp.append(costs, J)
        return P, costs

    whole = jax.jit(lambda P, orders: jax.lax.scan(epoch, P, orders))

    def run_batches(epochs: int) -> list[Layer]:
        orders = np.array([np.concatenate(pieces) for pieces in task.orders(epochs)])
        P, costs = whole(start, orders)
        costs.block_until_ready()
        return _from_jax(task, P)

    return run_batches


def numba(task: Task) -> Run:
    """Numba: the loops of one hidden layer written out and compiled; for tiny networks alone."""
    from numba import njit

    if len(task.layers) != 2 or task.X.size > 10_000 or task.hidden != "tanh" or task.size:
        raise Skip

    @njit(fastmath=True)
    def loop(W1, b1, w2, b2, X, y, rate, epochs):  # type: ignore[no-untyped-def]
        (n, n_x), m = W1.shape, X.shape[1]
        a, dW1, db1, dw2 = (
            np.empty(n, X.dtype),
            np.empty_like(W1),
            np.empty_like(b1),
            np.empty_like(w2),
        )
        costs = np.empty(epochs)
        for epoch in range(epochs):
            dW1[:], db1[:], dw2[:], db2, J = 0, 0, 0, 0.0, 0.0
            for i in range(m):
                z = b2
                for j in range(n):
                    s = b1[j]
                    for k in range(n_x):
                        s += W1[j, k] * X[k, i]
                    a[j] = np.tanh(s)
                    z += w2[j] * a[j]
                J += max(z, 0) - y[i] * z + np.log1p(np.exp(-abs(z)))
                d = 1 / (1 + np.exp(-z)) - y[i]
                db2 += d
                for j in range(n):
                    dw2[j] += d * a[j]
                    dz = d * w2[j] * (1 - a[j] * a[j])
                    db1[j] += dz
                    for k in range(n_x):
                        dW1[j, k] += dz * X[k, i]
            costs[epoch] = J / m
            W1 -= rate / m * dW1
            b1 -= rate / m * db1
            w2 -= rate / m * dw2
            b2 -= rate / m * db2
        return W1, b1, w2, b2, costs

    def run(epochs: int) -> list[Layer]:
        (W1, b1, name), (W2, b2, _) = task.layers
        dtype = W1.dtype.type
        given = W1.copy(), b1.ravel().copy(), W2.ravel().copy(), dtype(b2.item())
        W1, b1, w2, b2, _ = loop(*given, task.X, task.Y.ravel(), dtype(task.rate), epochs)
        column = np.full((1, 1), b2, dtype)
        return [Layer(W1, b1.reshape(-1, 1), name), Layer(w2[np.newaxis], column, "sigmoid")]

    return run


CANDIDATES: dict[str, Callable[[Task], Run]] = {
    "nnlib": nnlib,
    "nnlib, direct": nnlib_direct,
    "products alone": products,
    "scikit-learn": sklearn,
    "PyTorch eager": pytorch,
    "JAX jit per step": jax_steps,
    "JAX whole loop": jax_loop,
    "numba": numba,
    "NumPy as courses": courses,
    "loop of chapter 3": one_by_one,
}
PEERS = ("scikit-learn", "PyTorch eager", "JAX jit per step")
"""What people would use instead, called step by step; a compiled whole loop is told apart."""
