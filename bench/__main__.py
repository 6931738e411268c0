"""Time training beside peers and the limit: `python -m bench`, or `make bench`.

Never part of the tests: times depend on the machine and on what else it does.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from pathlib import Path
from typing import Any

from bench.measuring import machine, middle, pin, race, ratios

TOLERANCE = {"float64": 1e-9, "float32": 2e-4}
"""How far the parameters of two libraries may lie apart after the same steps: rounding only."""


def main() -> None:
    """Run what was asked for, print the tables, write JSON and a picture."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.split("\n")[0])
    parser.add_argument("--cores", type=int, default=1, help="pin everything to so many cores (1)")
    parser.add_argument("--rounds", type=int, default=7, help="turns of each candidate (7)")
    parser.add_argument("--seconds", type=float, default=0.1, help="length of a turn (0.1)")
    parser.add_argument("--dtype", choices=["float32", "float64"], help="one precision (both)")
    parser.add_argument("--only", default="", help="workloads whose name holds this text")
    parser.add_argument("--without", nargs="*", default=[], help="candidates to leave out")
    parser.add_argument("--other-activations", action="store_true", help="tanh and sigmoid, too")
    parser.add_argument("--cpu-time", action="store_true", help="time of the processor, not wall")
    parser.add_argument(
        "--out", type=Path, default=Path("build/bench"), help="folder (build/bench)"
    )
    options = parser.parse_args()
    if options.rounds < 1 or options.cores < 1:
        parser.error("--rounds and --cores must be at least 1")
    about = machine(pin(options.cores))
    print(*(f"{name}: {value}" for name, value in about.items()), sep="\n")
    results = []
    from bench.workloads import OTHER_ACTIVATIONS, WORKLOADS

    chosen = [*WORKLOADS, *(OTHER_ACTIVATIONS if options.other_activations else ())]
    for workload in chosen:
        if options.only not in workload.name:
            continue
        for dtype in [options.dtype] if options.dtype else ["float32", "float64"]:
            result = one(workload, dtype, options)
            results.append(result)
            show(result)
            options.out.mkdir(parents=True, exist_ok=True)
            path = options.out / f"training_{options.cores}.json"
            path.write_text(json.dumps({"machine": about, "results": results}, indent=1))
    if results:
        summary(results)
        draw(results, options.out / f"training_{options.cores}.png", about)


def one(workload: Any, dtype: str, options: argparse.Namespace) -> dict[str, Any]:
    """Compare the parameters of all candidates, then time them."""
    import numpy as np

    from bench.peers import CANDIDATES, Skip, Task, sklearn_in_order
    from bench.workloads import problem

    start, X, Y = problem(workload, dtype)
    task = Task(start, X, Y, workload.rate, workload.batch_size, options.cores)
    runs, left_out = {}, {}
    for name, candidate in CANDIDATES.items():
        if name in options.without:
            continue
        try:
            runs[name] = candidate(task)
        except ImportError as error:
            left_out[name] = f"not installed ({error.name})"
        except Skip:
            pass
    epochs = 12 if workload.batch_size is None else 2
    wanted = runs["nnlib"](epochs)
    for name, run in runs.items():
        if name in ("nnlib", "products alone"):
            continue
        if name == "scikit-learn":  # its own fit shuffles by another generator
            run = sklearn_in_order(task)
        for one_layer, other in zip(wanted, run(epochs), strict=True):
            for ours, theirs in zip(one_layer[:2], other[:2], strict=True):
                away = float(np.abs(ours - theirs).max())
                if theirs.dtype != dtype or not away < TOLERANCE[dtype]:
                    found = f"{name} ends {away:.1e} away, in {theirs.dtype}"
                    raise SystemExit(f"{workload.name}, {dtype}: {found}: no race")
    clock = time.process_time if options.cpu_time else time.perf_counter
    times = race(runs, workload.steps_per_epoch, options.rounds, options.seconds, clock)
    mine = times["nnlib"]
    candidates = {
        name: {
            "step": middle(t.step),
            "before": middle(t.before),
            "ratio": ratios(t.step, mine.step),
            "rounds": t._asdict(),
        }
        for name, t in times.items()
    }
    return {
        "workload": workload._asdict(),
        "dtype": dtype,
        "candidates": candidates,
        "left out": left_out,
    }


def show(result: dict[str, Any]) -> None:
    """Print one table: time of a step, its ratio to nnlib's, the middle half, what came before."""
    print(f"\n{result['workload']['name']}, {result['dtype']}")
    print(f"{'':20}{'µs a step':>12}{'of nnlib':>10}{'middle half':>14}{'before, ms':>12}")
    for name, c in result["candidates"].items():
        mid, low, high = c["ratio"]
        if math.isnan(mid):
            print(f"{name:20}not measured: in most rounds the long run took no longer")
            continue
        print(
            f"{name:20}{1e6 * c['step'][0]:12.1f}{mid:10.2f}{low:8.2f}–{high:.2f}"
            f"{1e3 * c['before'][0]:13.2f}"
        )
    for name, why in result["left out"].items():
        print(f"{name:20}{why}")


def summary(results: list[dict[str, Any]]) -> None:
    """A line for each workload: nnlib beside the best peer, the compiled loop and the products."""
    from bench.peers import PEERS

    print(f"\n{'nnlib, times the time of':42}{'best peer':>11}{'JAX loop':>10}{'products':>10}")
    for result in results:
        candidates = result["candidates"]
        text = ""
        for names in (PEERS, ("JAX whole loop",), ("products alone",)):
            ratios = [1 / candidates[name]["ratio"][0] for name in names if name in candidates]
            measured = [ratio for ratio in ratios if not math.isnan(ratio)]
            text += f"{max(measured):10.2f}" if measured else f"{'–':>10}"
        print(f"{result['workload']['name'] + ', ' + result['dtype']:43}{text}")


def draw(results: list[dict[str, Any]], path: Path, about: dict[str, Any]) -> None:
    """The ratios as a picture, if matplotlib is there."""
    try:
        import matplotlib

        matplotlib.use("Agg")
        import matplotlib.pyplot as plt
    except ImportError:
        print("no picture: matplotlib is not installed")
        return
    names = list(dict.fromkeys(name for r in results for name in r["candidates"]))
    marks = dict(zip(names, "os^vDP*Xdh", strict=False))
    figure, axes = plt.subplots(figsize=(10, 2 + 0.32 * len(results)), layout="constrained")
    for name in names:
        places = [k for k, r in enumerate(results) if name in r["candidates"]]
        values = [results[k]["candidates"][name]["ratio"] for k in places]
        mid = [v[0] for v in values]
        spread = [[v[0] - v[1] for v in values], [v[2] - v[0] for v in values]]
        axes.errorbar(mid, places, xerr=spread, fmt=marks[name], label=name, markersize=6)
    axes.set_xscale("log")
    axes.set_yticks(
        range(len(results)), [f"{r['workload']['name']}, {r['dtype']}" for r in results]
    )
    axes.invert_yaxis()
    axes.grid(alpha=0.3)
    axes.set_xlabel("time of a further step, in times of nnlib's (left of 1: faster than nnlib)")
    cores = f"{len(about['cores'])} core" + "s" * (len(about["cores"]) > 1)
    axes.set_title(f"{about['processor']}, {about.get('kernel', '')} kernel, {cores}")
    figure.legend(ncols=5, loc="outside lower center", frameon=False)
    figure.savefig(path, dpi=110)
    print(f"picture and numbers: {path.parent}")


if __name__ == "__main__":
    main()
