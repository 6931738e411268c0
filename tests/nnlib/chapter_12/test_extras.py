"""Packages that nnlib can do without: a sentence names the extra that brings each."""

import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest

from nnlib import exchange
from nnlib.extras import EXTRAS
from nnlib.network import initialize

NETWORK = initialize((3, 4, 1), rng=0)
HOME = Path(__file__).parents[3]
CASES = {
    "Pillow": ("PIL", "from nnlib.image_files import read_image; read_image(Path('a.png'), 8)"),
    "matplotlib": ("matplotlib", "import nnlib.plots"),
    "scikit-learn": (
        "sklearn",
        "from nnlib.exchange import to_sklearn; to_sklearn(initialize((3, 1)))",
    ),
}


@pytest.mark.parametrize("package", CASES)
def test_a_missing_package_is_one_sentence_with_its_extra(package):
    module, call = CASES[package]
    program = (
        f"import sys; sys.modules[{module!r}] = None; from pathlib import Path\n"
        f"from nnlib.network import initialize\n"
        f"try:\n    {call}\nexcept ImportError as error:\n    print(error)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    way = f'pip install "nnlib[{EXTRAS[package]}]"'
    assert done.stderr == ""
    assert done.stdout.endswith(f" needs the package {package}: install it ({way}).\n")


def test_the_extras_are_those_of_the_package():
    settings = HOME / "pyproject.toml"
    if not settings.exists():
        pytest.skip("a snapshot of the package alone")
    given = tomllib.loads(settings.read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    for package, extra in EXTRAS.items():
        assert any(line.lower().startswith(package.lower()) for line in given[extra])


@pytest.mark.parametrize("sizes", [(3, 1), (3, 4, 1), (3, 4, 5, 1)])
def test_to_sklearn_draws_nothing_from_the_generator_of_numpy(sizes):
    np.random.seed(3)
    before = np.random.get_state()[1].tobytes(), np.random.get_state()[2]
    mlp = exchange.to_sklearn(initialize(sizes, rng=0))
    assert (np.random.get_state()[1].tobytes(), np.random.get_state()[2]) == before
    assert mlp.random_state is None


def test_what_to_sklearn_gives_does_not_depend_on_the_generator():
    made = []
    for seed in (1, 2):
        np.random.seed(seed)
        made.append(vars(exchange.to_sklearn(NETWORK)))
    for name in made[0]:
        if name not in ("_label_binarizer", "_random_state"):
            assert repr(made[0][name]) == repr(made[1][name]), name
