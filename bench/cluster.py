"""Training over Dask on this machine: seconds and bytes per step, with one worker and with two.

    python bench/cluster.py

Needs the extra dask. Bytes are all that client, scheduler and workers write to their connections
during a step, heartbeats and messages about tasks included.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from pathlib import Path

for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")  # one core for each worker: before NumPy is imported

import numpy as np  # noqa: E402

from nnlib import cluster  # noqa: E402
from nnlib.images import prepare  # noqa: E402
from nnlib.network import backward, forward, initialize, update  # noqa: E402
from nnlib.photographs import load_trees  # noqa: E402

TIMES = (1, 10, 50)
STEPS = 10


def main() -> None:
    """Print a table, and write it as JSON if asked to."""
    parser = argparse.ArgumentParser(description="Training over Dask, on this machine.")
    parser.add_argument("--json", help="write what was measured here")
    parser.add_argument("--rounds", type=int, default=5, help=f"runs of {STEPS} steps each (5)")
    parser.add_argument("--times", type=int, nargs="*", default=TIMES,
                        help="how many times the photographs (1 10 50)")  # fmt: skip
    arguments = parser.parse_args()
    data = prepare(load_trees())
    layers = initialize((768, 20, 1), rng=0)
    size = sum(W.nbytes + b.nbytes for W, b, _ in layers)
    print(f"768-20-1 in float64: {size / 1e3:.0f} kB of parameters; {os.cpu_count()} cores")
    print(f"{'photographs':>12}{'':>12}{'ms per step':>13}{'middle half':>16}{'kB per step':>13}"
          f"{'predicted':>11}")  # fmt: skip
    rows = []
    for times in arguments.times:
        X = np.tile(data.X_train.T, (times, 1)).T  # each photograph in one place
        Y = np.tile(data.Y_train, times)
        rows.append(alone(layers, X, Y, arguments.rounds))
        with tempfile.TemporaryDirectory() as folder:
            files = [Path(folder) / "X.npy", Path(folder) / "Y.npy"]
            np.save(files[0], X)
            np.save(files[1], Y)
            rows += [spread(layers, *files, X.shape[1], n, arguments.rounds) for n in (1, 2)]
    if arguments.json:
        Path(arguments.json).write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def alone(layers, X, Y, rounds):
    """The same steps in this process."""

    def run():
        now = layers
        for _ in range(STEPS):
            now = update(now, backward(now, forward(now, X), Y), 0.01)

    return shown(X.shape[1], "alone", timed(run, rounds), None, None)


def spread(layers, X, Y, m, workers, rounds):
    """Over a cluster of processes, with one block for each worker."""
    client = cluster.local(workers, silence_logs=50)
    try:
        placed = cluster.place(client, X, Y, -(-m // workers))
        count_bytes()
        client.run(count_bytes)

        def run():
            cluster.train(client, layers, placed, 0.01, STEPS)

        run()
        before = written() + sum(client.run(written).values())
        run()
        sent = (written() + sum(client.run(written).values()) - before) / STEPS
        return shown(m, f"{workers} worker{'s' * (workers > 1)}", timed(run, rounds), sent,
                     predicted(layers, workers))  # fmt: skip
    finally:
        client.shutdown()


def predicted(layers, workers):
    """Bytes that must travel: parameters out, sums in, and the whole sum back to the client.

    They go through the scheduler to one worker, from it to the others; each of these sends its sums
    back, and the whole comes through the scheduler to the client.
    """
    size = sum(W.nbytes + b.nbytes for W, b, _ in layers)
    return size * (2 + 2 * (workers - 1) + 2)


def timed(run, rounds):
    """Seconds per step of each round."""
    seconds = []
    for _ in range(rounds):
        begun = time.perf_counter()
        run()
        seconds.append((time.perf_counter() - begun) / STEPS)
    return seconds


def shown(m, what, seconds, sent, expected):
    """Print a row, and keep it."""
    low, middle, high = 1000 * np.percentile(seconds, [25, 50, 75])
    middle_half = f"{low:.1f} to {high:.1f}"
    tail = "" if sent is None else f"{sent / 1e3:13.0f}{expected / 1e3:11.0f}"
    print(f"{m:12,}{what:>12}{middle:13.1f}{middle_half:>16}{tail}", flush=True)
    return {"m": m, "way": what, "ms": middle, "low": low, "high": high, "bytes": sent}


def count_bytes():
    """Count in this process what is written to a connection."""
    from distributed.comm import tcp

    if hasattr(tcp, "written"):
        return
    tcp.written = 0
    write = tcp.TCP.write

    async def counted(self, *args, **kwargs):
        sent = await write(self, *args, **kwargs)
        tcp.written += sent
        return sent

    tcp.TCP.write = counted


def written():
    """Bytes written by this process since it began to count."""
    from distributed.comm import tcp

    return getattr(tcp, "written", 0)


if __name__ == "__main__":
    main()
