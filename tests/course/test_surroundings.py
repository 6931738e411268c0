"""What the course starts and prints does not hang on the user's settings, letters or rights."""

import contextlib
import errno
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from reader import ReadersBook
from tiny import SIGMOID, code

from course.__main__ import main
from course.book import HOME
from course.press import tangle, weave
from course.surroundings import environment, own_settings, print_anything

STRANGERS = ("nnlib", "course", "numpy", "matplotlib", "IPython", "random")
OTHER_KERNEL = '{"argv": ["false"], "display_name": "Mine", "language": "python"}'


@pytest.fixture
def hostile(tmp_path):
    """The environment of somebody who has set everything differently, as another course may."""
    home = tmp_path / "hostile"
    files = {f"path/{name}.py": f"raise ImportError('another {name}')" for name in STRANGERS}
    startup = "import numpy as np; np.set_printoptions(precision=3); print('hello')"
    files["ipython/profile_default/startup/00.py"] = startup
    files["ipython/profile_default/ipython_kernel_config.py"] = (
        "c = get_config()\nc.InteractiveShellApp.exec_lines = ['print(1)', 'x = 1 / 0']\n"
    )
    files["startup.py"] = "import builtins; builtins.print = None"
    files["jupyter/kernels/python3/kernel.json"] = OTHER_KERNEL
    files["jupyter_data/kernels/python3/kernel.json"] = OTHER_KERNEL
    files[".config/matplotlib/matplotlibrc"] = "figure.dpi: 30\nfigure.figsize: 1, 1\n"
    for name, text in files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(HOME), str(home / "path")]),
        "IPYTHONDIR": str(home / "ipython"),
        "PYTHONSTARTUP": str(home / "startup.py"),
        "JUPYTER_PATH": str(home / "jupyter"),
        "JUPYTER_DATA_DIR": str(home / "jupyter_data"),
        "JUPYTER_PREFER_ENV_PATH": "0",
        "MATPLOTLIBRC": str(home / ".config" / "matplotlib"),
        "MPLBACKEND": "no_such_backend",
        "PYTEST_ADDOPTS": "--no-such-option",
        "PYTHONWARNINGS": "error",
        "PYTHONOPTIMIZE": "2",
        "PYTHONIOENCODING": "cp1252",
        "FORCE_COLOR": "1",
        "RUFF_OUTPUT_FORMAT": "json",
        "LC_ALL": "C",
    }


def course(*arguments, env, root=HOME):
    """A command of the course, as it is typed in a shell, with its bytes."""
    line = [sys.executable, "-m", "course", "--root", str(root), *arguments]
    return subprocess.run(line, cwd=HOME, env=env, capture_output=True)


CELLS = (
    code("import numpy as np\n\nprint(np.array([1 / 3]), 'σ')"),
    code("assert __debug__\nimport random\nimport nnlib.activations\n\nnnlib.activations.__name__"),
    code(
        "import matplotlib.pyplot as plt\n\nfrom course import show\n\nfig, ax = plt.subplots()\n"
        "ax.plot([1, 2])\nshow(fig, alt='A line.')"
    ),
)


def test_what_is_woven_does_not_hang_on_the_users_settings(maker, hostile):
    maker.chapter("01_one", "# One\n", code(SIGMOID), *CELLS)
    tangle.write(maker.book)
    weave.weave(maker.book, maker.book.chapter("1"))
    notebook = maker.notebook("01_one")
    woven = notebook.read_bytes()
    notebook.unlink()
    weave_tiny = (
        "import sys; import course.book.modules as m; from tiny import MODULES; "
        "m.MODULES = MODULES; from course.press import weave; from course.book import Book; "
        "book = Book(sys.argv[1]); weave.weave(book, book.chapter('1'))"
    )
    # the tests' folder stands first; numpy and IPython of this process are the real ones
    first = "from course.here_first import search_here_first as first; first(); "
    env = hostile | {"PYTHONPATH": f"{HOME}{os.pathsep}{hostile['PYTHONPATH']}"}
    add = f"import sys; sys.path.insert(0, {str(HOME / 'tests')!r}); "
    done = subprocess.run(
        [sys.executable, "-c", add + first + weave_tiny, str(maker.root)],
        cwd=HOME,
        env=env,
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert notebook.read_bytes() == woven


def test_the_tests_do_not_hang_on_the_users_settings(maker, hostile):
    """A step as `course test` runs it: pytest, a kernel of nbval, ruff."""
    maker.chapter("01_one", "# One\n", code(SIGMOID), *CELLS)
    tangle.write(maker.book)
    weave.weave(maker.book, maker.book.chapter("1"))
    (maker.root / "test_it.py").write_text("def test_it():\n    assert __debug__\n", "utf-8")
    run = (
        "from course.here_first import search_here_first as first; first()\nimport sys\n"
        "from course.tasks.testing import Step, run\nfrom course.book import Book\n"
        "pytest = ('pytest', '-q', '--nbval', 'notebooks', 'test_it.py')\n"
        "lint = ('ruff', 'check', '--isolated', 'test_it.py')\n"
        "sys.exit(run(Book(sys.argv[1]), (Step('tests', pytest), Step('form', lint))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", run, str(maker.root)], cwd=HOME, env=hostile, capture_output=True
    )
    said = done.stdout.decode("cp1252", "replace")
    assert done.returncode == 0, said + done.stderr.decode()
    assert "passed  tests" in said and "All checks passed" in said


def test_the_kernel_of_the_lab_finds_the_courses_own(hostile, monkeypatch, tmp_path):
    """What a cell in `notebooks` would import and print, and which kernel there is."""
    for name in hostile:
        monkeypatch.setenv(name, hostile[name])
    code = "import nnlib.images, course, sys, numpy; print(nnlib.images.__file__); "
    code += "print(course.__file__)"
    spec = "import jupyter_client.kernelspec as k\n"
    spec += "print(*k.get_kernel_spec('python3').argv[1:4], sep=chr(10))"
    with own_settings(HOME) as env:
        for text, wanted in ((code, [HOME / "nnlib" / "images.py", HOME / "course/__init__.py"]),
                             (spec, ["-P", "-m", "ipykernel_launcher"])):  # fmt: skip
            line = [sys.executable, "-c", text]
            done = subprocess.run(line, cwd=HOME / "notebooks", env=env, capture_output=True)
            assert done.stdout.decode().splitlines() == [str(part) for part in wanted], done.stderr


CLIENT = """
import sys
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

cell = new_code_cell(sys.argv[2])
place = {"metadata": {"path": sys.argv[1]}}
NotebookClient(new_notebook(cells=[cell]), kernel_name="python3", resources=place).execute()
print(cell.outputs[-1]["data"]["text/plain"])
"""


def test_a_kernel_starts_whatever_lies_beside_the_notebook(tmp_path):
    """A types.py of the reader's own ends any other kernel before its first cell."""
    for name in ("types", "random", "string", "queue", "logging", "copy", "platform"):
        (tmp_path / f"{name}.py").write_text("raise RuntimeError('a module of the reader')")
    (tmp_path / "mine.py").write_text("x = 3")  # this one is wanted
    (tmp_path / "matplotlibrc").write_text("axes.grid: True\nfigure.dpi: 30\n")
    cell = "import matplotlib, mine, nnlib.training\nfrom course import use_style\nuse_style()\n"
    cell += "matplotlib.rcParams['axes.grid'], matplotlib.rcParams['figure.dpi'], mine.x"
    with own_settings(HOME) as env:
        line = [sys.executable, "-c", CLIENT, str(tmp_path), cell]
        done = subprocess.run(line, cwd=HOME, env=env, capture_output=True, text=True)
    assert done.stdout == "(False, 110.0, 3)\n", done.stderr


def test_what_is_the_users_to_say_stays(monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("HTTPS_PROXY", "http://here")
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    env = environment(HOME / "a", HOME / "b")
    assert env["PYTHONDONTWRITEBYTECODE"] == "1" and env["HTTPS_PROXY"] == "http://here"
    assert env["PYTHONPATH"].split(os.pathsep) == [str(HOME / "b"), str(HOME / "a"), str(HOME)]
    assert os.environ["PYTHONPATH"] == "/elsewhere"


# --- whatever is printed can be printed

LETTERS = {
    "Windows": {"PYTHONIOENCODING": "cp1252"},
    "a console of Windows": {"PYTHONIOENCODING": "cp437"},
    "ASCII": {"PYTHONIOENCODING": "ascii"},
    "the C locale, as it is": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}


@pytest.mark.parametrize("letters", LETTERS)
def test_commands_print_in_every_encoding(letters, maker):
    env = {**os.environ, **LETTERS[letters]}
    maker.chapter("01_one", "# “Eins” ≥ σ ж\n", code("x = 'ж' ≥ “1”"))
    for arguments, root, status in (
        (("where", "sigmoid"), HOME, 0),
        (("where", "ж"), HOME, 1),
        (("check",), maker.root, 1),
    ):
        done = course(*arguments, env=env, root=root)
        assert done.returncode == status, (arguments, done.stderr)
        assert b"Traceback" not in done.stderr and done.stdout + done.stderr


def test_what_has_no_letter_is_written_so_that_it_can_be_read(monkeypatch):
    for encoding, wanted in (
        ("ascii", '"1 - 2" >= sigma... \\u0436 \\xfc \\udcff'),
        ("cp1252", "“1 - 2” >= sigma… \\u0436 ü \\udcff"),
        ("utf-8", "“1 − 2” ≥ σ… ж ü \\udcff"),
    ):
        stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        with contextlib.redirect_stdout(stream):
            print_anything()
            print("“1 − 2” ≥ σ… ж ü \udcff", end="", flush=True)
        assert stream.buffer.getvalue().decode(encoding) == wanted


@pytest.mark.parametrize("closed", ["stdout", "stderr"])
def test_a_closed_stream_is_no_reason_to_fail(closed, maker):
    number = {"stdout": 1, "stderr": 2}[closed]
    line = f'"{sys.executable}" -m course where sigmoid {number}>&-'
    done = subprocess.run(line, shell=True, cwd=HOME, capture_output=True)
    assert done.returncode == 0 and b"Traceback" not in done.stderr


def test_who_reads_may_stop_reading():
    line = [sys.executable, "-m", "course", "equations"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(line, cwd=HOME, **pipes) as started:
        started.stdout.close()
        assert started.stderr.read() == b""
    assert started.returncode == 0


# --- the commands themselves: no warning, in a folder of any name, and where nothing can be written


@pytest.fixture
def readers(tmp_path):
    return ReadersBook(tmp_path / "Kürs 1")


def test_the_commands_give_no_warning_and_find_their_own(readers, hostile):
    """Every command of a reader, among all those settings, in a folder Kürs 1."""
    readers.fill("05")
    env = hostile | {"PYTHONOPTIMIZE": ""}  # else all of NumPy would be compiled for it
    folder = readers.root / "tests" / "nnlib" / "chapter_05"
    folder.mkdir(parents=True)
    (folder / "test_it.py").write_text(
        "from nnlib.network import layer_z\n\ndef test_σ():\n    print('σ')\n    assert layer_z\n",
        encoding="utf-8",
    )
    for arguments, said in (
        (("workbook",), "kept   my_05_part.ipynb"),
        (("progress",), "next: flatten in chapter 01"),
        (("check-mine",), "chapter 05: passes  1 passed"),
        (("tangle", "--through", "5", "--out", str(readers.root / "ö")), "files in"),
    ):
        done = course(*arguments, env=env, root=readers.root)
        assert said in done.stdout.decode("cp1252") and not done.stderr, done.stderr.decode()


def test_old_copies_of_pythons_own_modules_are_not_found(hostile, tmp_path):
    """As people have them who once put a package for an old Python into PYTHONPATH."""
    for name in ("typing", "enum", "json", "dataclasses", "re", "argparse", "pathlib", "ast"):
        (tmp_path / f"{name}.py").write_text("raise ImportError('an old one')")
    path = hostile["PYTHONPATH"] + os.pathsep + str(tmp_path)
    done = course("where", "--help", env=hostile | {"PYTHONPATH": path, "PYTHONOPTIMIZE": ""})
    assert (done.returncode, done.stderr) == (0, b"") and b"NAME" in done.stdout


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.EACCES, "workbook: Permission denied; to write there, copy the course into a fol"),
        (errno.EROFS, "workbook: Read-only file system; to write there, copy the course into a"),
        (errno.ENOSPC, "workbook: No space left on device\n"),
        (errno.ENAMETOOLONG, "workbook: File name too long\n"),
    ],
)
def test_where_nothing_can_be_written_a_sentence_says_so(
    number, sentence, readers, monkeypatch, capsys
):
    def denied(self, *arguments, **options):
        raise OSError(number, os.strerror(number), str(self))

    monkeypatch.setattr(Path, "mkdir", denied)
    assert main(["--root", str(readers.root), "workbook"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and sentence in said


def test_the_tools_keep_nothing_in_a_course_that_cannot_be_written_to(monkeypatch, tmp_path):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with own_settings(tmp_path) as env:
        own = Path(env["IPYTHONDIR"]).parent
        for name in ("RUFF_CACHE_DIR", "MYPY_CACHE_DIR", "HYPOTHESIS_STORAGE_DIRECTORY"):
            assert Path(env[name]).parent == own
        assert env["PYTEST_ADDOPTS"] == "-p no:cacheprovider"
    assert not own.exists() and not list(tmp_path.iterdir())
