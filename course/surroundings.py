"""What a program of the course finds around it: the course's own settings, not the user's.

A shell, a profile or a file in the home folder may name another nnlib, other print options, another
backend for figures, another folder to serve. Whatever the course starts (JupyterLab, kernels, the
tests) is started in an environment that is cleaned here; the user's own programs keep theirs.
"""

from __future__ import annotations

import codecs
import contextlib
import importlib.util
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]

LEFT_OUT = ("PYTHON", "PYTEST", "JUPYTER_CONFIG", "IPYTHON", "RUFF_", "MYPY")
"""How the names of variables begin that change what Python and the tools of the course do."""
LEFT_OUT_TOO = {"JUPYTER_PATH", "JUPYTER_NO_CONFIG", "MPLBACKEND"} | {
    "FORCE_COLOR",  # colours in the output of a tool would be read as a part of its words
    "CLICOLOR_FORCE",
    "PY_COLORS",
}
KEPT = {
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONPYCACHEPREFIX",
    "PYTHONUNBUFFERED",
    "PYTHONFAULTHANDLER",
    "PYTEST_DEBUG_TEMPROOT",
    "MYPY_CACHE_DIR",
}
"""Where files go and how soon output comes: that is the user's to say."""

KERNEL = """\
c = get_config()  # noqa: F821
c.HistoryManager.enabled = False
c.InteractiveShellApp.exec_lines = [
    "if '' not in __import__('sys').path: __import__('sys').path.insert(0, '')"  # of the notebook
]
c.InteractiveShellApp.exec_files = []
c.InteractiveShellApp.extensions = []
"""
"""The profile of a kernel: no line of the user's at its start, and no record of what was typed."""
SETTINGS = {
    # else it asks at the first start whether it may fetch news
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false"},
    # in seconds: else it asks at closing whether to save, though nothing was written but outputs
    "@jupyterlab/docmanager-extension:plugin": {"autosaveInterval": 3},
}
"""What differs from JupyterLab's own settings; a reader may change it there."""


def environment(root: Path, *first: Path) -> dict[str, str]:
    """The variables for a program that the course starts.

    Parameters
    ----------
    root : Path
        The folder that nnlib is imported from; `course` comes from where this module stands.
    *first : Path
        Folders that are searched before it.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in KEPT or not (name.startswith(LEFT_OUT) or name in LEFT_OUT_TOO)
    }
    path = dict.fromkeys(str(folder) for folder in (*first, root, HOME))
    return kept | _figures() | {
        "PYTHONPATH": os.pathsep.join(path),
        "PYTHONUTF8": "1",  # what it prints into a pipe is UTF-8 on every system
        "JUPYTER_PREFER_ENV_PATH": "1",  # the kernel of this Python, whatever is installed at home
        "OPENBLAS_NUM_THREADS": os.environ.get("OPENBLAS_NUM_THREADS", "1"),
    }  # fmt: skip


def _figures() -> dict[str, str]:
    """Matplotlib's own defaults instead of a matplotlibrc in the home folder."""
    found = importlib.util.find_spec("matplotlib")
    if found is None or not found.submodule_search_locations:
        return {}
    defaults = Path(found.submodule_search_locations[0]) / "mpl-data" / "matplotlibrc"
    return {"MATPLOTLIBRC": str(defaults)} if defaults.is_file() else {}


@contextlib.contextmanager
def own_settings(root: Path) -> Iterator[dict[str, str]]:
    """The variables for a program that starts kernels: with settings of IPython and Jupyter.

    They stand in a folder that lives as long as the program, so that a course which cannot be
    written to works as well.
    """
    import tempfile  # here: whatever it needs is then searched where it should be

    with tempfile.TemporaryDirectory(prefix="course_", ignore_cleanup_errors=True) as own:
        ipython, jupyter = os.path.join(own, "ipython"), os.path.join(own, "jupyter")
        _put(os.path.join(ipython, "profile_default", "ipython_kernel_config.py"), KERNEL)
        _put(
            os.path.join(jupyter, "labconfig", "default_setting_overrides.json"),
            json.dumps(SETTINGS),
        )
        data = os.path.join(own, "data")
        _put(os.path.join(data, "kernels", "python3", "kernel.json"), json.dumps(_kernel()))
        caches = {} if os.access(root, os.W_OK) else _caches(own)
        yield (
            environment(root)
            | caches
            | {
                "IPYTHONDIR": ipython,
                "JUPYTER_CONFIG_DIR": jupyter,
                "JUPYTER_PATH": data,
            }
        )


def _kernel() -> dict[str, object]:
    """The kernel of this Python. What lies beside a notebook, as types.py, is not in its way.

    That is what -P says: the folder of the notebook is searched once the kernel runs, and not
    before, when it takes what it needs itself.
    """
    place = os.path.join(sys.prefix, "share", "jupyter", "kernels", "python3", "kernel.json")
    kernel: dict[str, object] = {"display_name": "Python 3 (ipykernel)", "language": "python"}
    with contextlib.suppress(OSError, ValueError), open(place, encoding="utf-8") as file:
        kernel |= json.load(file)
    run = [sys.executable, "-P", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    return kernel | {"argv": run}


def _caches(own: str) -> dict[str, str]:
    """Where the tools keep what they found, if not in a course that cannot be written to."""
    return {
        "RUFF_CACHE_DIR": os.path.join(own, "ruff"),
        "MYPY_CACHE_DIR": os.path.join(own, "mypy"),
        "HYPOTHESIS_STORAGE_DIRECTORY": os.path.join(own, "hypothesis"),
        "PYTEST_ADDOPTS": "-p no:cacheprovider",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _put(path: str, text: str) -> None:
    os.makedirs(os.path.dirname(path))
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


PLAIN = {
    "−": "-", "–": "-", "—": "-", "‑": "-", "×": "x", "·": "*", "÷": "/", "√": "sqrt ",
    "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~", "→": "->", "←": "<-", "…": "...",
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "∂": "d", "∞": "infinity", "✓": "+",
    "α": "alpha", "β": "beta", "ε": "epsilon", "η": "eta", "θ": "theta", "λ": "lambda", "μ": "mu",
    "σ": "sigma", "Σ": "sum", "ŷ": "y_hat", "₁": "1", "₂": "2", "⁻": "-",
}  # fmt: skip
"""How a sign is written where it cannot be printed; any other as an escape, such as \\u017c."""


def print_anything() -> None:
    """Let nothing that is printed fail, whatever letters stdout and stderr can hold."""
    codecs.register_error("course_plain", _in_plain_letters)
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="course_plain")


def _in_plain_letters(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    wrong = error.object[error.start : error.end]
    written = (PLAIN.get(sign) or sign.encode("ascii", "backslashreplace").decode("ascii")
               for sign in wrong)  # fmt: skip
    return "".join(written), error.end
