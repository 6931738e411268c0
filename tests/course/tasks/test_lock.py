"""The lock holds what pip asks for, so that a set-up does not depend on what is newest today."""

import re
import subprocess
import sys
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from course.book import HOME

LOCK = (HOME / "requirements.txt").read_text(encoding="utf-8")
PINNED = {
    canonicalize_name(name): set(filter(None, extras.split(",")))
    for name, extras in re.findall(r"^([\w.-]+)(?:\[([\w,-]+)\])?==", LOCK, re.MULTILINE)
}


def asked_for():
    """What the installed packages of the lock need, beyond what only some of their extras need."""
    for name in PINNED:
        try:
            lines = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue  # for another system
        for extra in ("", *PINNED[name]):
            for line in lines:
                need = Requirement(line)
                if need.marker is None or need.marker.evaluate({"extra": extra}):
                    yield name, need


def test_every_extra_that_a_package_needs_is_locked():
    """Else pip 23 takes the newest release, which the lock has no hash for, and refuses it."""
    needs = list(asked_for())
    assert sum(bool(need.extras) for _, need in needs) >= 2
    for name, need in needs:
        assert canonicalize_name(need.name) in PINNED, f"{name} needs {need}"
        assert need.extras <= PINNED[canonicalize_name(need.name)], f"{name} needs {need}"


def test_every_line_has_a_hash_and_no_host():
    pins = re.split(r"^(?=[\w.-]+(?:\[[\w,-]+\])?==)", LOCK, flags=re.MULTILINE)[1:]
    assert {canonicalize_name(re.match(r"[\w.-]+", pin).group()) for pin in pins} == set(PINNED)
    assert all("--hash=sha256:" in pin for pin in pins)
    assert "://" not in LOCK


def test_the_command_that_is_written_down_is_the_one_of_make():
    options = [
        set(re.findall(r"--[\w-]+", line.replace("\\\n", " ")))
        for file in ("Makefile", "CONTRIBUTING.md")
        for line in re.findall(
            r"uv pip compile (?:.*\\\n)*.*", (HOME / file).read_text(encoding="utf-8")
        )
    ]
    assert len(options) == 2
    assert options[0] - {"--quiet"} == options[1] >= {"--no-strip-extras", "--generate-hashes"}


@pytest.mark.parametrize("name", ["Makefile", "README.md", "CONTRIBUTING.md"])
def test_the_lock_is_installed_as_it_is(name):
    """Without --no-deps pip looks for newer versions of what a package with extras needs."""
    lines = [
        line
        for line in (HOME / name).read_text(encoding="utf-8").splitlines()
        if "-r requirements.txt" in line
    ]
    assert lines and all("--no-deps --require-hashes" in line for line in lines)


def test_the_lock_names_every_package():
    line = [sys.executable, "-m", "pip", "check"]
    done = subprocess.run(line, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout
