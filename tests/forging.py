"""Damaged and forged models and checkpoints: what a disk, a friend or an enemy makes of real files.

``python tests/forging.py NUMBER SEED`` makes so many, loads each one and uses what loads.
It prints how many were refused, and in how many MiB; anything but one sentence ends it.
"""

import copy
import io
import json
import random
import sys
import tempfile
import warnings
from pathlib import Path

import numpy as np

from nnlib import files
from nnlib.checkpoint import load_checkpoint, saver
from nnlib.model import Model, load, probability, save
from nnlib.network import initialize
from nnlib.rule import InputError
from nnlib.training import resume, train

RNG = np.random.default_rng(5)
X = RNG.normal(size=(4, 23))
Y = (X[:1] * X[1:2] > 0).astype(float)
BITS = ["PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"]
STRANGE = [
    None,
    True,
    0,
    1,
    -1,
    3,
    624,
    625,
    2**31,
    2**32,
    2**63,
    2**64,
    2**128,
    -(2**127),
    10**400,
]
STRANGE += [0.5, -0.0, 1e308, float("inf"), float("nan"), "", "PCG64", "default_rng", "relu", "\0"]
STRANGE += [[], [1], [0] * 4, [[0.5]], {}, {"state": 1}, [0] * 624, "x" * 10_000]
ARRAYS = [
    lambda a: a.astype(np.float32),
    lambda a: a.astype(str),
    lambda a: a.astype(complex),
    lambda a: a.astype(bool),
    lambda a: a * np.nan,
    lambda a: a * 1e308 * 1e308,
    lambda a: a[np.newaxis],
    lambda a: a.ravel(),
    lambda a: a[:0],
    lambda a: np.concatenate([a, a]),
    lambda a: a.T,
    lambda a: np.array("text"),
    lambda a: np.zeros((0, 0, 7)),
    lambda a: np.zeros(3, dtype="M8[D]"),
    lambda a: np.zeros(2, dtype=[("a", float), ("b", int)]),
]


def go_on(path):
    """Use a checkpoint."""
    checkpoint = load_checkpoint(path)
    resume(checkpoint, X, Y, len(checkpoint.history.costs) + 1, after_epoch=saver(path))


def judge(path):
    """Use a model."""
    model = load(path)
    assert np.isfinite(probability(model, np.abs(X) / 9)).all()
    save(path, model)


def real_files(folder):
    """Each a use and the bytes of a file: a checkpoint of each generator, and two models."""
    path, notes = folder / "model.npz", {"classes": ["cat", "dog"], "height": 2, "width": 2}
    notes |= {"channels": 1, "layout": "height, width, channels"}
    for i, dtype in enumerate([np.float64, np.float32]):
        layers = initialize((4, 5, 1), rng=2, dtype=dtype)
        save(path, Model(layers, np.zeros((4, 1)), notes=notes if i else None))
        yield judge, path.read_bytes()
    for i, name in enumerate(BITS):
        rng = np.random.Generator(getattr(np.random, name)(3))
        start = initialize((4, 5, 1), rng=2, dtype=[np.float64, np.float32][i % 2])
        test = (X, Y) if i % 2 else None
        path = folder / f"{name}.npz"
        train(start, X, Y, 0.1, 3, 5, rng, test, after_epoch=saver(path, 1))
        yield go_on, path.read_bytes()


def damaged(content, dice):
    """Bytes that are changed, lost, doubled, or put in."""
    content = bytearray(content)
    for _ in range(dice.choice([1, 1, 2, 10, 200])):
        at = dice.randrange(len(content))
        match dice.randrange(5):
            case 0:
                content[at] ^= 1 << dice.randrange(8)
            case 1:
                content[at] = dice.randrange(256)
            case 2:
                del content[at : at + dice.choice([1, 4, 1000])]
            case 3:
                content[at:at] = content[at : at + dice.choice([1, 4, 1000])]
            case 4:
                content[at:at] = bytes([dice.choice([0, 255])]) * dice.choice([1, 4, 100])
        if not content:
            break
    return bytes(content)


def forged(content, dice):
    """A file whose checksum fits, and whose header or arrays are someone's own work."""
    with np.load(io.BytesIO(content)) as opened:
        parts = {name: opened[name] for name in opened.files}
    del parts["checksum"]
    header = json.loads(parts["header"].item())
    for _ in range(dice.choice([1, 1, 1, 2, 4])):
        if dice.random() < 0.7:
            change(header, dice)
        else:
            name = dice.choice([name for name in parts if name != "header"])
            with warnings.catch_warnings(), np.errstate(all="ignore"):
                warnings.simplefilter("ignore")
                try:
                    changed = dice.choice(ARRAYS)(parts[name])
                except (ValueError, TypeError, IndexError):
                    continue
            if dice.random() < 0.1:
                del parts[name]
            else:
                parts[dice.choice([name, name, name, "W3", "b9"])] = changed
    parts["header"] = np.array(json.dumps(header))
    buffer = io.BytesIO()
    np.savez(buffer, **parts, checksum=np.array(files.digest(parts)))
    return buffer.getvalue()


def change(tree, dice):
    """Put something strange at a random place of a tree of dicts and lists, or take it away."""
    keys = list(tree) if isinstance(tree, dict) else list(range(len(tree)))
    if not keys:
        return
    key = dice.choice(keys)
    if isinstance(tree[key], dict | list) and dice.random() < 0.8:
        change(tree[key], dice)
    elif dice.random() < 0.1:
        del tree[key]
    else:
        tree[key] = copy.deepcopy(dice.choice(STRANGE))


def main(number, seed):
    """Load so many; the result of each is a run that goes on, or one sentence."""
    dice, refused = random.Random(seed), 0
    with tempfile.TemporaryDirectory() as folder:
        path, real = Path(folder) / "run.npz", list(real_files(Path(folder)))
        for _ in range(number):
            make = forged if dice.random() < 0.7 else damaged
            use, content = dice.choice(real)
            path.write_bytes(make(content, dice))
            try:
                use(path)
            except (files.ModelFileError, InputError) as error:
                refused += 1
                assert len(str(error).splitlines()) == 1, error
    print(f"{refused} of {number} refused, {most_memory()} MiB")


def most_memory():
    """How many MiB this program ever held; 0 where the system does not say.

    (`resource.getrusage` also counts what the process held that started this one.)
    """
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)


if __name__ == "__main__":
    warnings.simplefilter("error")
    main(int(sys.argv[1]), int(sys.argv[2]))
