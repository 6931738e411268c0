# Plain: edited here; chapter 13 tells of it.
"""The sums of `nnlib.blocks` over several processes or machines, with Dask.

Each block is read by a task, each sum is a task, and the parameters of a step come by a task too:
whatever a worker takes with it when it dies, Dask computes again from its recipe. The sums are
added in one fixed order, so the result does not depend on who computed what.
"""

from __future__ import annotations

import math
import pickle
from functools import reduce
from os import PathLike
from typing import Any

import numpy as np

from nnlib.blocks import Part, blocks, part
from nnlib.extras import missing
from nnlib.hints import Kind
from nnlib.kinds import Array, Count, EpochCount, Examples, Labels, Rate
from nnlib.learning_rate import divergence
from nnlib.network import Gradient, Layer, Network, update
from nnlib.rule import Call, DivergenceError, InputError
from nnlib.run import History, Run


def local(workers: int = 2, **settings: Any) -> Any:
    """Start a cluster of processes on this machine, to try things on.

    Parameters
    ----------
    workers : int, optional
        How many processes.
    **settings
        What else `distributed.LocalCluster` takes.

    Returns
    -------
    distributed.Client
        Its `dashboard_link` is the address of the dashboard, which this machine alone can see;
        `shutdown` ends the cluster.

    Raises
    ------
    ImportError
        If distributed is not installed.
    """
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise missing("Training on a cluster", "distributed") from None
    settings = {"threads_per_worker": 1, "dashboard_address": "127.0.0.1:0"} | settings
    return Client(LocalCluster(n_workers=workers, **settings))


def place(client: Any, X: Any, Y: Any, block_size: int) -> list[Any]:
    """Spread the data over the workers, one task for each block.

    Parameters
    ----------
    client : distributed.Client
        Of any Dask cluster.
    X, Y : path or array
        Of shape (n_x, m) and (1, m): files of `np.save` that every worker can open, or, for data
        that are small, arrays in memory, which travel from here.
    block_size : int
        Examples in a block.

    Returns
    -------
    list of distributed.Future
        For the other functions of this module.
    """
    size = Kind(Count).take(block_size, "block_size", Call())
    seen = [np.load(a, mmap_mode="r") if isinstance(a, str | PathLike) else a for a in (X, Y)]
    call = Call()
    if seen[0] is X:
        X, Y = Kind(Examples).take(X, "X", call), Kind(Labels).take(Y, "Y", call)
        pairs = [(X[:, one], Y[:, one], slice(None)) for one in blocks(X.shape[1], size)]
    else:
        pairs = [(str(X), str(Y), one) for one in blocks(seen[0].shape[1], size)]
    return [client.submit(read, *pair, pure=False) for pair in pairs]


def read(X: Any, Y: Any, one: slice) -> tuple[Array, Array]:
    """Read the examples of one block and their labels, on the worker; they are checked once."""
    whole = (np.load(a, mmap_mode="r") if isinstance(a, str) else a for a in (X, Y))
    X_k, Y_k = (np.array(a[:, one], order="F") for a in whole)
    call = Call()
    return Kind(Examples).take(X_k, "X", call), Kind(Labels).take(Y_k, "Y", call)


def parameters(sent: bytes) -> list[Layer]:
    """The network of this step, unpacked on the worker."""
    layers: list[Layer] = pickle.loads(sent)
    return layers


def part_of(layers: list[Layer], block: tuple[Array, Array]) -> Part:
    """The sums over one block, equation (34) without its 1/m."""
    return part(layers, *block)


def total(parts: list[Part]) -> Part:
    """Several blocks as one."""
    return reduce(Part.plus, parts)


def sum_of(client: Any, layers: list[Layer], placed: list[Any]) -> Part:
    """The sums over all blocks: eight are added in one place, then eight of these, and so on."""
    sent = client.submit(parameters, pickle.dumps(layers), pure=False)
    parts = client.map(part_of, [sent] * len(placed), placed, pure=False)
    while len(parts) > 1:
        groups = [parts[start : start + 8] for start in range(0, len(parts), 8)]
        parts = client.map(total, groups, pure=False)
    whole: Part = parts[0].result()
    return whole


def gradients(client: Any, layers: list[Layer], placed: list[Any]) -> list[Gradient]:
    """Gradients of the cost for every layer, equation (34), summed over the cluster.

    Parameters
    ----------
    client : distributed.Client
        The cluster.
    layers : list of Layer
        The network.
    placed : list of distributed.Future
        What `place` returned.

    Returns
    -------
    list of Gradient
        Those of `network.backward` over all examples, up to rounding.
    """
    layers = Kind(Network).take(layers, "layers", Call())
    return sum_of(client, layers, placed).means()[0]


def step(client: Any, run: Run, placed: list[Any]) -> tuple[list[Layer], float, float]:
    """One step with all examples, equations (35) and (36); its cost and share of right answers."""
    try:
        slopes, cost, share = sum_of(client, run.layers, placed).means()
        return update(run.layers, slopes, run.learning_rate), cost, share
    except InputError:  # refused at the start: as it is; later it is the numbers that grew
        if run.epoch == 0:
            raise
        return run.layers, math.inf, 0.0


def train(
    client: Any,
    layers: list[Layer],
    placed: list[Any],
    learning_rate: float,
    epochs: int,
    progress: bool = False,
) -> tuple[list[Layer], History]:
    """Train with full batches, the gradients summed over the cluster; Ctrl-C ends it early.

    Parameters
    ----------
    client : distributed.Client
        The cluster; its dashboard shows each task.
    layers : list of Layer
        The network to start from.
    placed : list of distributed.Future
        What `place` returned.
    learning_rate : float
        The step α of (35) and (36).
    epochs : int
        Steps, since each of them sees all examples.
    progress : bool, optional
        Whether to show a progress bar here as well.

    Returns
    -------
    tuple
        The trained network, and its `History`.

    Raises
    ------
    DivergenceError
        If the numbers overflow, or the cost does not come down.
    """
    layers = Kind(Network).take(layers, "layers", Call())
    rate = Kind(Rate).take(learning_rate, "learning_rate", Call())
    nothing = np.empty((0, 0))  # the data lie with the workers
    run = Run(layers, nothing, nothing, rate, None, np.random.default_rng(0))
    with run, np.errstate(all="ignore"):  # what overflows ends the run, which says so
        for _ in run.to_do(Kind(EpochCount).take(epochs, "epochs", Call()), progress):
            run.keep(*step(client, run, placed))
    if run.diverged:
        what = divergence(run.history.costs)
        raise DivergenceError(f"learning_rate {rate:g} is too large: {what}; try {rate / 10:.2g}.")
    return run.layers, run.history
