"""`lab` and `test`: what is run, with what, and what comes back."""

import json
import sys

import pytest
from tiny import TinyBook

from course import lab, testing
from course.book import Book
from course.testing import Step


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


def test_settings_join_those_that_are_there(tmp_path):
    path = lab.install_settings(tmp_path)
    assert json.loads(path.read_text()) == lab.SETTINGS
    path.write_text('{"mine": {"a": 1}}')
    lab.install_settings(tmp_path)
    assert json.loads(path.read_text()) == {"mine": {"a": 1}, **lab.SETTINGS}


PASSES = Step("good", ("compileall", "-q", "notebooks"))
FAILS = Step("bad", ("no_such_module",))
NEEDS = Step("later", ("no_such_module",), needs_notebooks=True)


@pytest.mark.parametrize(
    ("steps", "status", "summary"),
    [
        ((PASSES, NEEDS), 0, ["passed  good", "none    later (no notebooks yet)"]),
        ((FAILS, PASSES), 1, ["FAILED  bad", "passed  good"]),
    ],
)
def test_every_step_runs_and_is_summed_up(steps, status, summary, maker: TinyBook, capfd):
    assert testing.run(maker.book, steps) == status
    out = capfd.readouterr().out.split("== summary")[1]
    assert all(line in out for line in summary)


def test_the_whole_run_holds_every_check():
    modules = [" ".join(step.module) for step in testing.EVERYTHING]
    assert [line.split()[0] for line in modules] == [
        "ruff", "ruff", "mypy", "course", "course", "pytest", "pytest",
    ]  # fmt: skip
    assert "--nbval" in modules[-1] and "--nbval-lax" not in modules[-1]
