"""The measure: what people type is detected and named, and nothing right is refused."""

import collections

import pytest

from course.book import HOME, AuthorError
from course.feedback import edits, measure

VERSIONS = measure.read(HOME)
KNOWN = [v for v in VERSIONS if v.label not in (measure.RIGHT, measure.UNKNOWN)]
SINGLE = [v for v in KNOWN if len(v.mistakes) == 1]
DOUBLE = [v for v in VERSIONS if len(v.mistakes) == 2]
UNKNOWN = [v for v in VERSIONS if v.label == measure.UNKNOWN]
RIGHT = [v for v in VERSIONS if v.label == measure.RIGHT]


@pytest.mark.parametrize("version", RIGHT, ids=lambda v: v.place)
def test_what_is_right_is_accepted(version):
    told = measure.try_version(version)
    assert told.kind == "accepted", str(told.report)


@pytest.mark.parametrize("version", SINGLE + DOUBLE + UNKNOWN, ids=lambda v: v.place)
def test_what_is_wrong_is_detected_and_never_named_as_another(version):
    told = measure.try_version(version)
    assert told.kind in ("named", "half named", "unnamed"), str(told.report)


def test_at_least_95_of_100_are_named_and_of_two_at_once_both_in_half():
    single = collections.Counter(measure.try_version(v).kind for v in SINGLE)
    double = collections.Counter(measure.try_version(v).kind for v in DOUBLE)
    assert len(SINGLE) >= 150 and single["named"] >= 0.95 * len(SINGLE)
    assert len(DOUBLE) >= 40 and double["named"] >= 0.5 * len(DOUBLE)
    assert double["in silence"] == 0


def test_a_random_edit_is_detected_or_changes_nothing_and_is_not_named_wrongly():
    kinds = collections.Counter(edits.judged(edit).kind for edit in edits.sample(60, seed=3))
    assert kinds["missed"] == 0 and kinds["wrongly named"] == 0


def test_a_file_of_versions_is_held_to_its_form(tmp_path):
    folder = tmp_path / measure.FOLDER
    folder.mkdir(parents=True)
    page = "# Title\n\n## losses.cost: {}\n\n```python\ndef cost(A, Y):\n    return 0\n```\n"
    (folder / "one.md").write_text(page.format("no_such_mistake"), encoding="utf-8")
    with pytest.raises(AuthorError, match=r"one.md:3: losses.cost has no mistake no_such_mistake"):
        measure.read(tmp_path)
    (folder / "one.md").write_text(page.format("right") + "\n## losses.cost\n", encoding="utf-8")
    with pytest.raises(AuthorError, match="no heading, or a heading no version"):
        measure.read(tmp_path)
