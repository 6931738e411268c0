"""What an import brings: NumPy, the standard library, and nothing else but where it must."""

import pkgutil
import subprocess
import sys

import nnlib

MORE = {"classifier", "learner", "estimator_checks", "plots", "command_train", "outputs"}
"""scikit-learn's contract is kept by subclasses of its own classes; plots draw with matplotlib."""


def test_only_the_classifier_and_the_plots_bring_more_than_numpy():
    names = [one.name for one in pkgutil.iter_modules(nnlib.__path__) if one.name not in MORE]
    names = [name for name in names if not name.startswith("__")]
    assert {"network", "training", "engine", "span", "model", "logistic", "fitting"} <= set(names)
    code = "import importlib, sys\n"
    code += f"for name in {names}: importlib.import_module(f'nnlib.{{name}}')\n"
    code += "print(*sorted({m.partition('.')[0] for m in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    brought = set(done.stdout.split()) - set(sys.stdlib_module_names)
    strange = {name for name in brought if not name.startswith(("_", "cython", "nnlib", "numpy"))}
    assert strange == set()
