"""The files for Binder and the dev container say what README says; neither is started here."""

import json
import os
import re
import subprocess
import sys

import pytest

from course.book import HOME
from course.surroundings import SETTINGS

README = (HOME / "README.md").read_text(encoding="utf-8")
MAKEFILE = (HOME / "Makefile").read_text(encoding="utf-8")
POST_BUILD = HOME / ".binder" / "postBuild"
QUIET = {"--quiet", "--disable-pip-version-check", "--no-cache-dir"}
FILES = ["README.md", "CONTRIBUTING.md", "Makefile", ".binder/postBuild"]


def installs(text):
    """What pip is told, line by line, without what changes its talk alone."""
    lines = re.findall(r"-m pip install (.+)", text.replace("\\\n", " "))
    told = [[word for word in line.split() if word not in QUIET] for line in lines]
    return [line for line in told if "-r" in line or "-e" in line]


@pytest.mark.parametrize("name", FILES)
def test_every_set_up_is_the_one_of_the_readme(name):
    wanted = installs(README)
    assert wanted == [
        ["--no-deps", "--require-hashes", "-r", "requirements.txt"],
        ["--no-deps", "--no-build-isolation", "-e", "."],
    ]
    assert installs((HOME / name).read_text(encoding="utf-8")) == wanted


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script; Binder runs Linux")
def test_what_binder_runs_is_a_program_and_stops_at_an_error():
    assert os.access(POST_BUILD, os.X_OK)
    first, *rest = POST_BUILD.read_text(encoding="utf-8").splitlines()
    assert first == "#!/usr/bin/env bash" and "set -eu" in rest
    subprocess.run(["bash", "-n", str(POST_BUILD)], check=True)


def test_binder_takes_a_python_that_the_course_supports():
    python = (HOME / ".binder" / "runtime.txt").read_text(encoding="utf-8")
    version = re.fullmatch(r"python-(3\.\d+)\n", python)[1]
    wanted = (HOME / "pyproject.toml").read_text(encoding="utf-8")
    least = re.search(r'requires-python = ">=(3\.\d+)"', wanted)[1]
    assert int(version.split(".")[1]) >= int(least.split(".")[1])
    # what lies in .binder alone counts there: a list of packages would be installed with what it
    # needs by pip's own choice, and not by the lock
    assert {path.name for path in (HOME / ".binder").iterdir()} == {"postBuild", "runtime.txt"}


@pytest.fixture
def container():
    """The description of the dev container; strict, since not every reader takes comments."""
    return json.loads((HOME / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))


def test_the_dev_container_has_only_what_its_specification_knows(container):
    assert set(container) == {
        "name", "image", "postCreateCommand", "forwardPorts", "portsAttributes", "customizations",
    }  # fmt: skip
    assert re.fullmatch(r"python:3\.1[1-9]", container["image"])
    assert set(container["customizations"]) == {"vscode"}
    assert set(container["customizations"]["vscode"]) == {"extensions", "settings"}


def test_the_dev_container_names_what_is_there(container):
    program, target = container["postCreateCommand"].split()
    assert program == "make" and f"\n{target}: $(STAMP)\n" in MAKEFILE
    python = container["customizations"]["vscode"]["settings"]["python.defaultInterpreterPath"]
    ours = re.search(r"^VENV_PYTHON := (\S+/bin/\S+)$", MAKEFILE, re.MULTILINE)[1]
    assert python == "${containerWorkspaceFolder}/" + ours
    from jupyter_server.serverapp import DEFAULT_JUPYTER_SERVER_PORT  # where `make lab` listens

    assert container["forwardPorts"] == [DEFAULT_JUPYTER_SERVER_PORT]
    assert list(container["portsAttributes"]) == [str(DEFAULT_JUPYTER_SERVER_PORT)]


def test_jupyterlab_on_the_hub_is_set_as_the_course_sets_it():
    path = HOME / "hub" / "jupyter" / "labconfig" / "default_setting_overrides.json"
    assert json.loads(path.read_text(encoding="utf-8")) == SETTINGS
    config = (HOME / "hub" / "jupyterhub_config.py").read_text(encoding="utf-8")
    assert '"JUPYTER_CONFIG_PATH": str(Path(__file__).resolve().with_name("jupyter"))' in config


HOST = re.compile(r"://([\w.-]+)")
KNOWN = {"HUB", "127.0.0.1", "mybinder.org", "jupyterhub.readthedocs.io"}
SERVED = [".binder", ".devcontainer", "hub", "docs", "CHANGELOG.md", "CITATION.cff", "README.md",
          "CONTRIBUTING.md", "Makefile", "pyproject.toml", "requirements.in"]  # fmt: skip


def test_no_file_names_a_host_but_these():
    """People have package registries of their own: whose host it is, is theirs to say."""
    places = [HOME / name for name in SERVED]
    paths = [path for place in places for path in [place, *place.rglob("*")] if path.is_file()]
    texts = [path.read_text(encoding="utf-8") for path in paths if path.suffix != ".png"]
    found = {host for text in texts for host in HOST.findall(text)}
    assert len(texts) > 10 and found <= KNOWN, found - KNOWN
