"""The class in a box: for whom, which lines of the lock, what lies in it."""

import re

import pytest
from tiny import TinyBook

from course.book import HOME, AuthorError
from course.tasks import box

LOCK = (HOME / "requirements.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("wanted", "count"),
    [([], 20), (["linux-3.11"], 2), (["windows"], 4), (["macos-arm64-3.13"], 1), (["3.14"], 5),
     (["linux", "linux-3.11"], 8)],
)  # fmt: skip
def test_a_name_chooses_laptops(wanted, count):
    assert len(box.chosen(wanted)) == count


def test_a_name_that_means_none_is_refused():
    with pytest.raises(AuthorError, match="--for linux-2.7 means none of linux-x86_64-3.11"):
        box.chosen(["linux-2.7"])


def lines(name):
    """The pins of a target."""
    (target,) = box.chosen([name])
    return box.needed(LOCK, target)


def test_each_system_gets_its_own_lines_of_the_lock():
    windows, mac = lines("windows-3.12")[box.FIRST], lines("macos-arm64-3.12")[box.FIRST]
    assert {"pywinpty", "colorama"} <= set(windows) and not {"appnope", "pexpect"} & set(windows)
    assert {"appnope", "pexpect"} <= set(mac) and not {"pywinpty", "colorama"} & set(mac)
    assert lines("linux-x86_64-3.11")[box.FIRST]["numpy"] != windows["numpy"]
    for pin in windows.values():
        assert re.match(r"[\w.-]+(\[[\w,-]+\])?==\S+ \\\n    --hash=sha256:", pin), pin
        assert ";" not in pin


LOCKED = """\
one==1.0 ; python_full_version < '3.11.5' \\
    --hash=sha256:aa
    # via two
one==2.0 ; python_full_version >= '3.11.5' \\
    --hash=sha256:bb
two==1.0 \\
    --hash=sha256:cc
"""


def test_early_and_late_releases_of_a_python_are_both_served():
    """Else who has 3.11.4 or 3.11.7 stands there without a wheel, and without a network."""
    old, new = (box.chosen([name])[0] for name in ("linux-x86_64-3.11", "linux-x86_64-3.12"))
    found = box.needed(LOCKED, old)
    assert found[box.FIRST]["one"].startswith("one==1.0") and "two" in found[box.FIRST]
    assert list(found[box.LAST]) == ["one"] and found[box.LAST]["one"].startswith("one==2.0")
    assert set(box.needed(LOCKED, new)) == {box.FIRST}


def test_pip_is_asked_for_wheels_of_that_laptop_alone(tmp_path):
    (target,) = box.chosen(["windows-3.13"])
    line = " ".join(target.command("99", tmp_path / "r.txt", tmp_path))
    for part in ("--only-binary=:all:", "--no-deps", "--require-hashes", "--platform win_amd64",
                 "--python-version 3.13.99"):  # fmt: skip
        assert part in line
    assert "manylinux" not in line and "macosx" not in line


def test_a_box_holds_the_course_what_was_built_and_says_what_is_missing(tmp_path, monkeypatch):
    made = TinyBook(tmp_path / "course")
    made.chapter("01_one", "# 1 · One")
    root = tmp_path / "course"
    (root / "requirements.txt").write_text(LOCKED, encoding="utf-8")
    for name in (".venv", "build/slides", "workbook"):
        (root / name).mkdir(parents=True)
    (root / "build" / "slides" / "04_vectorization.html").write_text("deck", encoding="utf-8")
    monkeypatch.setattr(box, "fetch", lambda target, release, pins, wheels: ["two"])
    missing = box.write(made.book, tmp_path / "box", ["linux-aarch64-3.14"])
    assert [(str(target), names) for target, names in missing.items()] == [
        ("linux-aarch64-3.14", ["two"])
    ]
    inside = tmp_path / "box"
    assert (inside / "course" / "notebooks" / "text" / "01_one.md").is_file()
    assert not any((inside / "course" / name).exists() for name in (".venv", "build", "workbook"))
    assert (inside / "slides" / "04_vectorization.html").is_file()
    start = (inside / "START.html").read_text(encoding="utf-8")
    assert "linux-aarch64-3.14: two" in start and "--no-index --find-links ../wheels" in start
    assert ".venv\\Scripts\\python" in start and 'href="slides/04' in start


class Done:
    """What pip answers."""

    def __init__(self, said):
        self.returncode, self.stderr = bool(said), said


def test_what_has_no_wheel_is_named_and_the_rest_is_fetched(tmp_path, monkeypatch):
    answers = [Done("ERROR: No matching distribution found for one==1.0\n"), Done("")]
    monkeypatch.setattr(box.subprocess, "run", lambda *a, **k: answers.pop(0))
    (target,) = box.chosen(["windows-3.13"])
    assert box.fetch(target, "0", {"one": "one==1.0", "two": "two==1.0"}, tmp_path / "w") == ["one"]


def test_without_an_index_one_sentence_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(box.subprocess, "run", lambda *a, **k: Done("warning\nERROR: no index\n"))
    (target,) = box.chosen(["windows-3.13"])
    with pytest.raises(AuthorError, match="no wheels for windows-amd64-3.13: ERROR: no index"):
        box.fetch(target, "0", {"one": "one==1.0"}, tmp_path / "w")
