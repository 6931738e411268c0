"""`lab` and `test`: what is run, with what, and what comes back."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tiny import TinyBook, code

from course.__main__ import main, parser
from course.book import HOME, Book
from course.press import weave
from course.surroundings import SETTINGS
from course.tasks import lab, testing
from course.tasks.testing import Step


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
@pytest.mark.parametrize(
    ("variables", "display"),
    [({}, False), ({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "w"}, 1)],
)
def test_without_a_display_no_browser_is_opened(variables, display, monkeypatch, tmp_path, capsys):
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    line = lab.command(Book(tmp_path), [])
    assert ("--no-browser" in line) is not bool(display)
    assert ("open the address" in capsys.readouterr().out) is not bool(display)


@pytest.mark.parametrize("user", [0, 1000])
def test_root_needs_leave(user, monkeypatch, tmp_path):
    monkeypatch.setattr("os.geteuid", lambda: user, raising=False)
    assert ("--allow-root" in lab.command(Book(tmp_path), [])) is (user == 0)


def test_it_opens_on_the_first_chapter_and_passes_options_on(maker):
    maker.notebook("00_start_here").write_text("{}")
    line = lab.command(maker.book, ["--port=9999"])
    assert "--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb" in line
    assert line[-1] == "--port=9999"


@pytest.fixture
def lab_environment(maker, monkeypatch):
    """A function that starts the lab and returns the environment that JupyterLab would get."""

    def start(look=lambda env: None):
        seen = {}

        def call(line, cwd, env):
            seen.update(line=line, cwd=cwd, env=env)
            look(env)
            return 0, False

        monkeypatch.setattr(lab, "call", call)
        assert lab.run(maker.book, ["--show-config-json"]) == 0
        return seen["line"], seen["env"]

    return start


JUPYTER_CONFIGS = {
    "another folder": "c.ServerApp.root_dir = '/usr'",
    "another folder to begin in": "c.ServerApp.preferred_dir = '/usr'",
    "another page": "c.LabApp.default_url = '/tree'; c.ServerApp.default_url = '/tree'",
    "another folder for files": "c.FileContentsManager.root_dir = '/usr'",
    "other kernels": "c.KernelSpecManager.allowed_kernelspecs = {'r'}",
    "a slip": "c.ServerApp.root_dir = '/usr'; c.(",
}


@pytest.mark.parametrize("which", JUPYTER_CONFIGS)
def test_the_lab_serves_the_course_whatever_the_users_settings_say(
    which, lab_environment, maker, monkeypatch, tmp_path
):
    maker.notebook("00_start_here").write_text("{}")
    home = tmp_path / "home"
    home.mkdir()
    for name in ("jupyter_server_config.py", "jupyter_lab_config.py"):
        (home / name).write_text(f"c = get_config()\n{JUPYTER_CONFIGS[which]}\n", encoding="utf-8")
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(home))
    shown = []

    def look(env):
        done = subprocess.run(
            [*lab.command(maker.book, []), "--show-config-json"],
            cwd=tmp_path,
            env=env,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        shown.append(done.stdout[done.stdout.index("{") :])

    _, env = lab_environment(look)
    config = json.loads(shown[0])
    assert config["ServerApp"]["root_dir"] == str(maker.root)
    assert config["LabApp"]["default_url"] == "/lab/tree/notebooks/00_start_here.ipynb"
    assert "/usr" not in shown[0] and "KernelSpecManager" not in config
    assert env["JUPYTERLAB_SETTINGS_DIR"] == str(home / "lab" / "user-settings")


def test_the_lab_asks_for_no_news_and_leaves_no_file(lab_environment, monkeypatch):
    folders = []

    def look(env):
        folders.append(Path(env["JUPYTER_CONFIG_DIR"]))
        path = folders[0] / "labconfig" / "default_setting_overrides.json"
        assert json.loads(path.read_text(encoding="utf-8")) == SETTINGS

    before = sorted(Path(sys.prefix).rglob("overrides.json"))
    lab_environment(look)
    assert not folders[0].exists()
    assert sorted(Path(sys.prefix).rglob("overrides.json")) == before


PASSES = Step("good", ("compileall", "-q", "notebooks"))
FAILS = Step("bad", ("no_such_module",))


@pytest.mark.parametrize(
    ("steps", "status", "summary"),
    [
        ((PASSES,), 0, ["passed  good"]),
        ((FAILS, PASSES), 1, ["FAILED  bad", "passed  good"]),
    ],
)
def test_every_step_runs_and_is_summed_up(steps, status, summary, maker: TinyBook, capfd):
    assert testing.run(maker.book, steps) == status
    out = capfd.readouterr().out.split("== summary")[1]
    assert all(line in out for line in summary)


WAITS = """\
import signal
import time

signal.signal(signal.SIGINT, lambda *_: exit(7))
print("ready", flush=True)
time.sleep(60)
"""


def listen():
    """Let a new program hear Ctrl-C, also where the tests run in the background and ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT for one process there")
def test_ctrl_c_goes_to_the_program_and_ends_the_run(maker, tmp_path):
    """As in a terminal: both get the signal. No step follows, nothing is left, no traceback."""
    (maker.root / "waits.py").write_text(WAITS, encoding="utf-8")
    run = (
        "import sys\nfrom course.tasks.testing import Step, run\nfrom course.book import Book\n"
        "sys.exit(run(Book(sys.argv[1]), (Step('one', ('waits',)), Step('two', ('this',)))))"
    )
    started = subprocess.Popen(
        [sys.executable, "-c", run, str(maker.root)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=HOME,
        start_new_session=True,
        preexec_fn=listen,
    )
    while "ready" not in started.stdout.readline():
        assert started.poll() is None
    os.killpg(started.pid, signal.SIGINT)
    out, _ = started.communicate(timeout=30)
    assert started.returncode == 130
    assert "stopped  one" in out and "  two" not in out and "Traceback" not in out
    with pytest.raises(ProcessLookupError):
        os.killpg(started.pid, 0)


def test_ctrl_c_leaves_a_good_status_of_the_lab(monkeypatch, tmp_path):
    for answer, status in (((7, True), 0), ((7, False), 7), ((0, False), 0)):
        monkeypatch.setattr(lab, "call", lambda line, cwd, env, answer=answer: answer)
        assert lab.run(Book(tmp_path), []) == status


def test_ctrl_c_in_a_command_leaves_no_traceback(monkeypatch, maker, capsys):
    def interrupted(book, options):
        raise KeyboardInterrupt

    monkeypatch.setattr("course.commands.run_check", interrupted)
    assert main(["--root", str(maker.root), "check"]) == 130
    assert capsys.readouterr().err == "stopped\n"


def test_the_help_of_every_command_is_a_sentence():
    text = " ".join(parser().format_help().split())
    assert "95 % are wanted" in text and "{" not in text


def test_the_whole_run_holds_every_check():
    modules = [" ".join(step.module) for step in testing.EVERYTHING]
    assert [line.split()[0] for line in modules] == [
        "ruff", "ruff", "mypy", "course", "course", "pytest",
    ]  # fmt: skip
    assert modules[-1].endswith(" tests notebooks")
    assert "--nbval" in modules[-1] and "--nbval-lax" not in modules[-1]


def test_a_notebook_and_a_file_of_tests_stay_in_one_process(maker):
    """Else a cell would meet a kernel that has not run the cells above it."""
    cells = [code(source) for source in ("x = 1", "x += 1", "x += 1", "assert x == 3")]
    maker.chapter("01_one", *cells)
    chapter = maker.book.chapter("1")
    chapter.notebook.write_text(weave.chapter_text(chapter, [[]] * len(cells)), encoding="utf-8")
    (maker.root / "tests").mkdir()
    tests = "".join(f"def test_{n}():\n    pass\n" for n in range(len(cells)))
    (maker.root / "tests" / "test_one.py").write_text(tests, encoding="utf-8")
    line = [sys.executable, "-m", *testing.TESTS.module, "-vv", "-n", "2"]
    line += [
        "-c",
        str(HOME / "pyproject.toml"),
        "--rootdir",
        ".",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:hypothesispytest",
    ]
    done = subprocess.run(line, cwd=maker.root, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    for file in ("tests/test_one", "notebooks/01_one"):
        where = re.findall(rf"^\[(gw\d)\].* PASSED {file}\b", done.stdout, re.MULTILINE)
        assert len(where) == len(cells) and len(set(where)) == 1, done.stdout
