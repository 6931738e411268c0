"""How it is measured: the same cores, in turns, as slopes; medians of ratios with their spread."""

from __future__ import annotations

import math
import os
import platform
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple


def pin(cores: int) -> list[int]:
    """Keep this process on so many cores, its BLAS too: to be called before NumPy is imported."""
    chosen = []
    if hasattr(os, "sched_setaffinity"):
        chosen = sorted(os.sched_getaffinity(0))[-cores:]
        os.sched_setaffinity(0, chosen)  # JAX takes all cores that it sees, whatever one asks
    for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[variable] = str(cores)
    os.environ.setdefault("XLA_FLAGS", f"--xla_cpu_multi_thread_eigen={str(cores > 1).lower()}")
    os.environ.setdefault("NUMBA_NUM_THREADS", str(cores))
    return chosen


def machine(cores: list[int]) -> dict[str, Any]:
    """What the numbers depend on: processor, BLAS and its kernel, threads, versions."""
    import numpy as np

    found: dict[str, Any] = {
        "processor": platform.processor() or platform.machine(),
        "cores": cores,
        "python": platform.python_version(),
        "numpy": np.__version__,
    }
    with suppress(OSError), open("/proc/cpuinfo", encoding="utf-8") as file:
        found["processor"] = next(
            line.partition(":")[2].strip() for line in file if line.startswith("model name")
        )
    with suppress(ImportError):
        from threadpoolctl import threadpool_info

        for pool in threadpool_info():
            if pool["user_api"] == "blas" and "numpy" in pool["filepath"]:
                found["blas"] = f"{pool['internal_api']} {pool['version']}"
                found["kernel"] = pool.get("architecture")
                found["threads"] = pool["num_threads"]
    for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
        if name in os.environ:
            found[name] = os.environ[name]
    for name in ("sklearn", "torch", "jax", "numba"):
        with suppress(ImportError):
            found[name] = __import__(name).__version__
    return found


SPIN = 0.2
"""Seconds for which threads of another library may go on spinning after its run."""

CLEARLY = 0.05
"""The long run must take so much longer than the short one, or its steps were not measured."""


class Times(NamedTuple):
    """What the rounds gave for one candidate, in seconds: a step, and what came before it.

    A round whose long run was not longer than its short one gives NaN: nothing was measured.
    """

    step: list[float]
    before: list[float]


def race(
    runs: dict[str, Callable[[int], object]],
    steps: int,
    rounds: int,
    seconds: float,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, Times]:
    """Time each candidate in turns, a short and a long run in each round.

    Before both comes a run that does not count: threads of the candidate before may still be
    spinning for a tenth of a second, and would make the first of the two runs longer.

    Parameters
    ----------
    runs : dict
        Name to a function that runs so many epochs from the start.
    steps : int
        Steps in an epoch.
    rounds : int
        How often each has its turn.
    seconds : float
        About how long the long run takes beyond the short one.
    clock : callable
        Wall time; `time.process_time` on a machine that is busy with other work.
    """

    def timed(run: Callable[[int], object], epochs: int) -> float:
        begun = clock()
        run(epochs)
        return clock() - begun

    lengths = {}
    for name, run in runs.items():
        short = 8 if steps == 1 else 1
        if timed(run, short) - timed(run, 1) > seconds and short > 1:
            short = 2
        more = 1
        while timed(run, short + more) - timed(run, short) < seconds and more < 2**14:
            more *= 2
        lengths[name] = short, more
        run(short + more)  # nothing is compiled any more after this
    times = {name: Times([], []) for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            short, more = lengths[name]
            begun = time.perf_counter()
            while time.perf_counter() - begun < SPIN:
                run(short)
            for _again in range(5):  # on a busy machine a long run may seem the shorter one
                first, second = timed(run, short), timed(run, short + more)
                if second > (1 + CLEARLY) * first:
                    break
            step = (second - first) / (more * steps)
            if not second > (1 + CLEARLY) * first:
                step = math.nan
            times[name].step.append(step)
            times[name].before.append(first - short * steps * step)
    return times


def middle(numbers: list[float]) -> tuple[float, float, float]:
    """Median, and the first and third quarter, of what was measured; NaN if that is under half."""
    import numpy as np

    measured = [number for number in numbers if not math.isnan(number)]
    if 2 * len(measured) < len(numbers):
        return math.nan, math.nan, math.nan
    low, mid, high = np.percentile(measured, [25, 50, 75])
    return float(mid), float(low), float(high)


def ratios(of: list[float], to: list[float]) -> tuple[float, float, float]:
    """Median and quarters of the ratios, round by round."""
    return middle([a / b for a, b in zip(of, to, strict=True)])
