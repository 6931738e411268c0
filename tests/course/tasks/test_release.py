"""A release: versions that agree, a clean tree, what is built and how a stranger finds it."""

import re
import shutil
import subprocess
import sys
import zipfile

import pytest

from course.book import HOME, AuthorError, Book
from course.tasks import release, stranger, versions


def test_the_version_is_the_same_in_all_places():
    from nnlib import __version__

    assert versions.one(HOME) == __version__


@pytest.fixture
def tree(tmp_path):
    """The files that have a version, in a folder that git knows, clean."""
    root = tmp_path / "course"
    for name in versions.PLACES:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(HOME / name, root / name)
    git(root, "init", "--quiet")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "one")
    return root


def git(root, *words):
    """Git, as somebody whom it knows."""
    line = ["git", "-C", str(root), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    done = subprocess.run([*line, *words], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def change(path, old, new):
    """Put something else into a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("name", versions.PLACES)
def test_another_version_in_one_place_is_refused(name, tree):
    form = re.search(versions.PLACES[name], (tree / name).read_text(encoding="utf-8"))
    change(tree / name, form[0], form[0].replace(form[1], "9.8.7"))
    with pytest.raises(AuthorError, match=rf"have to agree: .*9\.8\.7 in {name}"):
        versions.one(tree)


def test_another_day_is_refused(tree):
    change(tree / "CITATION.cff", 'date-released: "2', 'date-released: "3')
    with pytest.raises(AuthorError, match="have to agree: 2.* in CHANGELOG.md, 3"):
        versions.one(tree)


def test_a_place_without_a_version_is_named(tree):
    (tree / "CHANGELOG.md").write_text("# Changes\n", encoding="utf-8")
    with pytest.raises(AuthorError, match="CHANGELOG.md: nothing in it"):
        versions.one(tree)


def test_a_tree_with_changes_is_refused(tree):
    assert release.clean(tree) == git(tree, "rev-parse", "HEAD")
    (tree / "new.txt").write_text("", encoding="utf-8")
    change(tree / "README.md", "course", "curse")
    with pytest.raises(AuthorError, match="not clean: README.md, new.txt; commit first"):
        release.clean(tree)


def test_a_tag_is_set_once(tree):
    first = release.clean(tree)
    assert release.untagged(tree, "v1.2.3", first) is False
    git(tree, "tag", "-a", "v1.2.3", "-m", "one")
    assert release.untagged(tree, "v1.2.3", first) is True
    git(tree, "commit", "--quiet", "--allow-empty", "-m", "two")
    with pytest.raises(AuthorError, match=f"v1.2.3 is the tag of {first[:12]} already"):
        release.untagged(tree, "v1.2.3", release.clean(tree))


def test_tests_that_fail_end_it(tree, monkeypatch):
    monkeypatch.setattr(release.testing, "run", lambda book, steps: 1)
    with pytest.raises(AuthorError, match="not green: no release"):
        release.run(Book(tree), tree.parent / "out")


@pytest.mark.parametrize("tag", [False, True])
def test_it_sets_a_tag_only_when_told_to(tag, tree, monkeypatch, capsys):
    monkeypatch.setattr(release, "build", lambda root, folder: (HOME, HOME))
    for name in ("same", "whole"):
        monkeypatch.setattr(release, name, lambda *a: None)
    monkeypatch.setattr(release, "tried", lambda *a: "numpy")
    monkeypatch.setattr(release, "sums", lambda folder: "")
    version = versions.one(tree)
    git(tree, "config", "user.name", "a")
    git(tree, "config", "user.email", "a@example.org")
    assert release.run(Book(tree), tree.parent / "out", tested=True, tag=tag) == 0
    assert git(tree, "tag") == (f"v{version}" if tag else "")
    said = capsys.readouterr().out
    assert (f'git tag -a v{version} -m "Version' in said) is not tag
    assert f"git push ADDRESS v{version}" in said


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The wheel and the source archive of this tree."""
    return release.build(HOME, tmp_path_factory.mktemp("release") / "out")


def test_the_source_archive_builds_the_same_wheel(built):
    release.same(*built)


def test_a_source_archive_that_lacks_a_file_is_refused(built, tmp_path):
    wheel, source = built
    shutil.unpack_archive(source, tmp_path, filter="data")
    (inside,) = tmp_path.iterdir()
    (inside / "nnlib" / "span.py").unlink()
    made = shutil.make_archive(str(tmp_path / "less"), "gztar", tmp_path, inside.name)
    with pytest.raises(AuthorError, match="less.tar.gz builds another wheel"):
        release.same(wheel, tmp_path / made)


def test_the_wheel_holds_the_library_and_the_photographs_alone(built):
    with zipfile.ZipFile(built[0]) as wheel:
        names = wheel.namelist()
    assert {name.split("/")[0] for name in names} == {
        "nnlib", f"nnlib-{versions.one(HOME)}.dist-info",
    }  # fmt: skip
    assert "nnlib/data/trees_32.npz" in names and "nnlib/__main__.py" in names


def test_a_stranger_with_numpy_alone_gets_the_page_of_the_library(built):
    said = release.tried(HOME, built[0], versions.one(HOME))
    assert re.fullmatch(rf"nnlib {re.escape(versions.one(HOME))}, numpy \d[\w.]+", said)


@pytest.fixture
def place(tmp_path):
    """An environment that is this Python: for what a stranger's page is told."""

    class This(stranger.Stranger):
        python = sys.executable

    return This(tmp_path)


PAGE = "# A\n\n## nnlib on one page\n\n```python\n{}\n```\n\n```text\n1\n```\n\n## B\n"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("print(1)", None),
        ("print(2)", "prints '2.n', not '1.n'"),
        ("import nothing_like_it", "No module named 'nothing_like_it'"),
    ],
)
def test_the_page_has_to_print_what_it_says(code, said, place):
    if said is None:
        place.page(PAGE.format(code))
        return
    with pytest.raises(AuthorError, match=said):
        place.page(PAGE.format(code))


def test_a_readme_without_the_page_is_refused(place):
    with pytest.raises(AuthorError, match="no code on its page"):
        place.page("# A\n\n```python\nprint(1)\n```\n\n```text\n1\n```\n")


def test_the_sums_are_those_that_sha256sum_reads(tmp_path):
    (tmp_path / "b").write_bytes(b"")
    (tmp_path / "a").write_bytes(b"abc")
    text = release.sums(tmp_path)
    assert text == (tmp_path / release.SUMS).read_text(encoding="utf-8") == release.sums(tmp_path)
    assert text.startswith("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a\n")
    assert text.endswith("  b\n") and len(text.splitlines()) == 2
