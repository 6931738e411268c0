"""The table of bench/README.md, from the numbers that `python -m bench` wrote.

    python -m bench.table build/bench/training_1.json build/bench/training_2.json

One row of Markdown for each workload: nnlib's time of a further step in times of the best library
that is called step by step, of JAX's compiled loop and of the products alone; float32, float64.
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path
from typing import Any

STEP_BY_STEP = ("scikit-learn", "PyTorch eager", "JAX jit per step")
COLUMNS = {
    "best of scikit-learn, PyTorch, JAX per step": STEP_BY_STEP,
    "JAX, whole loop compiled": ("JAX whole loop",),
    "products alone": ("products alone",),
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.table")
    parser.add_argument("files", nargs="+", type=Path, help="what python -m bench wrote")
    parser.add_argument("--without", nargs="*", default=[], help="candidates to leave out")
    options = parser.parse_args()
    runs = [json.loads(path.read_text(encoding="utf-8")) for path in options.files]
    cores = [len(run["machine"]["cores"]) for run in runs]
    heads = [f"{name}, {n} core{'s' * (n > 1)}" for n in cores for name in COLUMNS]
    print("| workload | " + " | ".join(heads) + " |")
    print("|---" * (1 + len(heads)) + "|")
    names = dict.fromkeys(r["workload"]["name"] for run in runs for r in run["results"])
    for name in names:
        cells = [
            ", ".join(texts(run, name, set(wanted) - set(options.without)))
            for run in runs
            for wanted in COLUMNS.values()
        ]
        print(f"| {name} | " + " | ".join(cells) + " |")


def texts(run: dict[str, Any], name: str, wanted: set[str]) -> list[str]:
    """A ratio for each precision: nnlib's time in times of the fastest of some others."""
    found = []
    for result in run["results"]:
        if result["workload"]["name"] == name:
            candidates = result["candidates"]
            mine = candidates["nnlib"]["step"][0]
            ratios = [1 / candidates[n]["ratio"][0] for n in wanted & set(candidates)]
            measured = [r for r in ratios if not math.isnan(r) and r * 1e-8 < mine]
            found.append(short(max(measured)) if measured else "not measured")
    return found


def short(ratio: float) -> str:
    """Two digits behind the point, three where the first would be 0."""
    return f"{ratio:.3f}" if ratio < 0.095 else f"{ratio:.2f}" if ratio < 2.995 else f"{ratio:.1f}"


if __name__ == "__main__":
    main()
