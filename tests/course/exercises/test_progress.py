"""What is done is remembered, beside the workbook and nowhere else."""

import json

import numpy as np
import pytest

from course import check
from course.__main__ import main
from course.exercises import progress


def test_progress_is_kept_beside_the_workbook_only(tmp_path, monkeypatch):
    def relu(z):
        return np.abs(z)

    monkeypatch.chdir(tmp_path)
    check(relu)
    assert list(tmp_path.iterdir()) == []
    progress.start_progress(tmp_path)
    check(relu)
    entry = json.loads((tmp_path / progress.FILE).read_text())["activations.relu"]
    assert entry == {"state": "wrong values", "tries": 1}

    def relu(z):  # noqa: F811
        return np.maximum(0, z)

    check(relu)
    assert progress.read(tmp_path)["activations.relu"] == {"state": "right", "tries": 2}
    text = progress.summary(tmp_path)
    assert "chapter 06" in text and "1 of 5" in text and "next: flatten in chapter 01" in text


def test_tried_and_wrong_is_told_from_untouched(tmp_path):
    progress.start_progress(tmp_path)
    progress.record("activations.relu", "wrong values", tmp_path)
    progress.record("activations.tanh", "right", tmp_path)
    text = progress.summary(tmp_path)
    assert "chapter 06  [.#.x.]" in text and "tried, not right yet: relu" in text


DAMAGED = {
    "broken": b"{broken",
    "a merge": b'<<<<<<< HEAD\n{}\n=======\n{"a": {}}\n>>>>>>> theirs\n',
    "another encoding": '{"\u00fc": {}}'.encode("utf-16"),
    "empty": b"",
}


@pytest.mark.parametrize("content", [b"[]", b'{"activations.relu": 3, "images.flatten": {}}', b"3"])
def test_what_is_no_record_counts_as_not_there(content, tmp_path):
    (tmp_path / progress.FILE).write_bytes(content)
    assert "next: flatten in chapter 01" in progress.summary(tmp_path)
    progress.record("activations.relu", "right", tmp_path)
    assert progress.read(tmp_path)["activations.relu"] == {"state": "right", "tries": 1}


@pytest.mark.parametrize("what", DAMAGED)
def test_a_damaged_record_does_not_stop_a_check(what, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / progress.FILE).write_bytes(DAMAGED[what])
    assert f"/{progress.FILE} cannot be read, and counts as empty" in progress.summary(tmp_path)

    def relu(z):
        return np.maximum(0, z)

    assert check(relu).state == "right"
    assert progress.read(tmp_path)["activations.relu"]["state"] == "right"
    assert (tmp_path / "progress.damaged").read_bytes() == DAMAGED[what]  # nothing is lost
    assert "cannot be read" not in progress.summary(tmp_path)


def test_the_workbook_in_which_one_stands_comes_first(tmp_path, monkeypatch, capsys):
    """On a hub it lies in its owner's home, and the course elsewhere."""
    mine = tmp_path / "home" / "workbook"
    mine.mkdir(parents=True)
    progress.start_progress(mine)
    progress.record("activations.sigmoid", "right", mine)
    monkeypatch.chdir(mine)
    assert main(["--root", str(tmp_path), "progress"]) == 0
    assert capsys.readouterr().out.startswith("chapter 01  [.#")
    monkeypatch.chdir(tmp_path)
    assert main(["--root", str(tmp_path), "progress"]) == 1
    assert "there is no workbook yet" in capsys.readouterr().err
