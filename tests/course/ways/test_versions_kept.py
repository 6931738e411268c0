"""README's way from one version to the next keeps a reader's work."""

import re
import subprocess

import pytest

from course.book import HOME

README = (HOME / "README.md").read_text(encoding="utf-8")


def git(folder, *words):
    """Git, as somebody whom it knows."""
    line = ["git", "-C", str(folder), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    done = subprocess.run([*line, *words], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def published(tmp_path):
    """A course with two versions, and a newest state after them."""
    course = tmp_path / "published"
    (course / "notebooks").mkdir(parents=True)
    (course / ".gitignore").write_bytes((HOME / ".gitignore").read_bytes())
    git(tmp_path, "init", "--quiet", "--initial-branch", "main", str(course))
    for version in ("v1.0.0", "v1.1.0", "newest"):
        (course / "notebooks" / "01_one.ipynb").write_text(version, encoding="utf-8")
        git(course, "add", ".")
        git(course, "commit", "--quiet", "-m", version)
        if version != "newest":
            git(course, "tag", "-a", version, "-m", version)
    return course


def lines(taken):
    """What README says to type, for who took a tag and for who did not."""
    text = README.split("**Versions.**")[1].split("\n## ")[0]
    first = re.search(r"`git (clone --branch v[\d.]+) ADDRESS course`", text)[1]
    stash, pull, lab = re.findall(r"^    (.+?)\s+#", text, re.MULTILINE)
    assert (stash, pull, lab) == ("git stash", "git pull", "make lab")
    fetch, checkout = re.search(r"(git fetch --tags), then (git checkout) v…", text).groups()
    if taken:
        return first, [stash, fetch, f"{checkout} v1.1.0"]
    return first.split()[0], [stash, pull]


@pytest.mark.parametrize(("taken", "now"), [(True, "v1.1.0"), (False, "newest")])
def test_the_work_stays(taken, now, published, tmp_path):
    clone, then = lines(taken)
    if not taken:
        git(published, "checkout", "--quiet", "v1.0.0", "-B", "main")
    mine = tmp_path / "mine"
    git(tmp_path, *clone.split(), "--quiet", str(published), str(mine))
    chapter = mine / "notebooks" / "01_one.ipynb"
    assert chapter.read_text(encoding="utf-8") == "v1.0.0"
    chapter.write_text("written into it", encoding="utf-8")
    kept = [mine / "notebooks" / "01_one-mine.ipynb", mine / "workbook" / "my_01_one.ipynb"]
    for path in kept:
        path.parent.mkdir(exist_ok=True)
        path.write_text("my work", encoding="utf-8")
    if not taken:
        git(published, "checkout", "--quiet", "-B", "main", "v1.1.0")
        chapter_there = published / "notebooks" / "01_one.ipynb"
        chapter_there.write_text("newest", encoding="utf-8")
        git(published, "commit", "--quiet", "-a", "-m", "newest")
    for line in then:
        git(mine, *line.split()[1:])
    assert chapter.read_text(encoding="utf-8") == now
    assert [path.read_text(encoding="utf-8") for path in kept] == ["my work", "my work"]
    assert "written into it" in git(mine, "stash", "show", "-p")
