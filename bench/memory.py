"""Peak memory of training block by block, from a file of 1, 10 and 100 times the photographs.

    python bench/memory.py

Each run has a process of its own. Counted is what the program *holds*: the peak of what Python and
NumPy allocate (tracemalloc), and the peak of the process's anonymous memory where the system tells
it (Linux). Pages of the mapped file are not counted: the system drops them when it needs the room.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
import tracemalloc
from pathlib import Path

import numpy as np

TIMES = (1, 10, 100)
WAYS = ("blocks, full batch", "blocks, batches of 32", "all at once, full batch")


def main() -> None:
    """Print a table, and write it as JSON if asked to."""
    parser = argparse.ArgumentParser(description="Peak memory of training block by block.")
    parser.add_argument("--json", help="write what was measured here")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        way, times, folder = arguments.child
        print(json.dumps(measure(way, int(times), Path(folder))))
        return
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder))
        print(f"{'':26}{'photographs':>12}{'file, MB':>10}{'allocated, MB':>15}{'process, MB':>13}"
              f"{'s per epoch':>13}")  # fmt: skip
        for way in WAYS:
            for times in TIMES:
                if way.startswith("all at once") and times == max(TIMES):
                    continue
                command = [sys.executable, __file__, "--child", way, str(times), folder]
                done = subprocess.run(command, check=True, capture_output=True, text=True)
                row = json.loads(done.stdout)
                rows.append(row)
                process = f"{row['process']:13.1f}" if row["process"] else f"{'not known':>13}"
                print(f"{way:26}{row['m']:12,}{row['file']:10.0f}{row['allocated']:15.2f}{process}"
                      f"{row['seconds']:13.2f}")  # fmt: skip
            first = [row for row in rows if row["way"] == way]
            for what in ("allocated", "process"):
                if first[0][what]:
                    grown = first[-1][what] / first[0][what] - 1
                    print(f"{'':26}{what}: {100 * grown:+.1f} % from the first to the last")
    if arguments.json:
        Path(arguments.json).write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def write(folder: Path) -> None:
    """The photographs as often as is wanted, one behind the other, in float32; labels as bytes."""
    from nnlib.images import prepare
    from nnlib.photographs import load_trees

    data = prepare(load_trees())
    rows, labels = data.X_train.T.astype(np.float32), data.Y_train.T.astype(np.uint8)
    for times in TIMES:
        shape = (times * len(rows), rows.shape[1])
        X = np.lib.format.open_memmap(folder / f"X{times}.npy", "w+", np.float32, shape)
        Y = np.lib.format.open_memmap(folder / f"Y{times}.npy", "w+", np.uint8, (shape[0], 1))
        for start in range(0, shape[0], len(rows)):
            X[start : start + len(rows)], Y[start : start + len(rows)] = rows, labels
        X.flush()
        Y.flush()


def measure(way: str, times: int, folder: Path) -> dict[str, object]:
    """Train for two epochs, and look at the memory."""
    from nnlib import blocks, training
    from nnlib.network import initialize

    layers = initialize((768, 20, 1), rng=0, dtype=np.float32)
    mode = None if way.startswith("all at once") else "r"
    X = np.load(folder / f"X{times}.npy", mmap_mode=mode).T
    Y = np.load(folder / f"Y{times}.npy", mmap_mode=mode).T
    size = 32 if way.endswith("32") else None

    def run() -> None:
        if mode:
            blocks.train(layers, X, Y, 0.05, 2, block_size=512, batch_size=size)
        else:
            training.train(layers, X, Y, 0.05, 2)

    highest = Highest()
    begun = time.perf_counter()
    with highest:
        run()
    seconds = time.perf_counter() - begun
    tracemalloc.start()
    run()
    allocated = tracemalloc.get_traced_memory()[1]
    held = 0 if mode else X.nbytes + Y.nbytes
    file = X.nbytes + Y.nbytes
    return {"way": way, "m": X.shape[1], "file": file / 1e6, "allocated": (allocated + held) / 1e6,
            "process": highest.megabytes, "seconds": seconds / 2}  # fmt: skip


class Highest:
    """The largest anonymous memory of this process while the block runs, in MB; 0 if not told."""

    megabytes = 0.0

    def __enter__(self) -> Highest:
        self.running = Path("/proc/self/status").exists()
        self.thread = threading.Thread(target=self.watch)
        self.thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.running = False
        self.thread.join()

    def watch(self) -> None:
        """Ask every two milliseconds."""
        while self.running:
            status = Path("/proc/self/status").read_text(encoding="ascii")
            kilobytes = int(status.split("RssAnon:")[1].split()[0])
            self.megabytes = max(self.megabytes, 1024 * kilobytes / 1e6)
            time.sleep(0.002)


if __name__ == "__main__":
    main()
