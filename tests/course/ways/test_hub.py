"""docs/jupyterhub.md, walked: a hub on this machine, two people, the workbook, a check each."""

import importlib.util
import json
import re
import subprocess

import people
import pytest

from course.book import HOME, Book
from course.workbook import make

MISSING = [name for name in ("jupyterhub", "nbgitpuller") if not importlib.util.find_spec(name)]
MISSING += [] if people.proxy() else ["configurable-http-proxy"]
pytestmark = pytest.mark.skipif(
    bool(MISSING),
    reason=f"{', '.join(MISSING)} not installed; docs/jupyterhub.md says how",
)
NOTEBOOK = "workbook/my_01_logistic_regression.ipynb"
RIGHT = "def sigmoid(z):\n    return np.where(z >= 0, 1, np.exp(-abs(z))) / (1 + np.exp(-abs(z)))"
WRONG = "def sigmoid(z):\n    return np.where(z >= 0, np.exp(-abs(z)), 1) / (1 + np.exp(-abs(z)))"
BEGIN = "import os\nimport numpy as np\nfrom course import check"
CHECK = "print(check(sigmoid))"


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """The workbook of chapters 1 and 2, as a repository that people pull."""
    folder = tmp_path_factory.mktemp("repository") / "workbook"
    make.write(Book(HOME), folder)
    git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "The workbook")
    return folder


def git(folder, *words):
    """Git, as somebody whom it knows."""
    line = ["git", "-C", str(folder), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run([*line, *words], check=True, capture_output=True)


@pytest.fixture(scope="module")
def pair(tmp_path_factory, repository):
    """Two people at the hub, who have pulled the workbook."""
    hub = people.Hub(tmp_path_factory.mktemp("hub"), people.proxy())
    try:
        hub.wait()
        both = people.Person(hub, "anna"), people.Person(hub, "ben")
        for person in both:
            person.pull(repository)
        yield both
    finally:
        hub.stop()


def test_the_link_in_the_page_is_the_one_that_is_pulled():
    page = (HOME / "docs" / "jupyterhub.md").read_text(encoding="utf-8")
    link = re.search(r"https://HUB/hub/user-redirect/(git-pull\?\S+)", page)[1]
    assert f"urlpath=lab/tree/{NOTEBOOK}" in link
    assert "branch=main&targetpath=workbook" in link


def test_each_is_told_about_their_own_function(pair):
    anna, ben = pair
    assert anna.run(NOTEBOOK, BEGIN, RIGHT, CHECK).startswith("✓ sigmoid(z), equation (3)")
    said = ben.run(NOTEBOOK, BEGIN, WRONG, CHECK)
    assert said.startswith("✗ sigmoid(z), equation (3)") and "σ(-z)" in said
    for person, state in ((anna, "right"), (ben, "wrong values")):
        record = person.ask("GET", "api/contents/workbook/progress.json").json()["content"]
        states = json.loads(record) if isinstance(record, str) else record
        assert states["activations.sigmoid"]["state"] == state


def test_kernels_have_the_course_and_a_home_of_their_own(pair):
    where = "import nnlib\nprint(os.environ['HOME'], os.getcwd(), nnlib.__file__, threads)"
    threads = "threads = os.environ['OPENBLAS_NUM_THREADS']"  # as jupyterhub_config.py has it
    for person in pair:
        home, here, nnlib, count = person.run(NOTEBOOK, BEGIN, threads, where).split()
        assert count == "1"
        assert home.endswith(f"/home/{person.name}") and here == f"{home}/workbook"
        assert nnlib == str(HOME / "nnlib" / "__init__.py")


def test_progress_is_that_of_the_workbook_in_which_one_stands(pair):
    ask = "import subprocess, sys\nline = [sys.executable, '-m', 'course', 'progress']\n"
    ask += "print(subprocess.run(line, capture_output=True, text=True).stdout)"
    anna, ben = (person.run(NOTEBOOK, ask) for person in pair)
    assert anna.startswith("chapter 01  [.#") and ben.startswith("chapter 01  [.x")


def test_nobody_is_asked_about_news(pair):
    name = "@jupyterlab/apputils-extension:notification"
    for person in pair:
        told = person.ask("GET", f"lab/api/settings/{name}").json()
        assert told["schema"]["properties"]["fetchNews"]["default"] == "false"


def test_nobody_reaches_the_files_of_another(pair):
    for person, other in (pair, pair[::-1]):
        for path in (f"api/contents/{NOTEBOOK}", "api/contents/workbook", "api/sessions"):
            assert person.ask("GET", path).ok
            assert person.ask("GET", path, whose=other).status_code == 403, path
        at = f"{other.server}files/{NOTEBOOK}"
        answer = person.browser.get(at)  # with the cookies of the browser
        assert answer.status_code in (403, 404) and "cells" not in answer.text


def test_work_stays_when_the_workbook_is_pulled_again(pair, repository):
    anna, ben = pair
    anna.write(NOTEBOOK, lambda cells: [{**cells[0], "source": "# anna's"}, *cells[1:]])
    path = repository / NOTEBOOK.removeprefix("workbook/")
    text = path.read_text(encoding="utf-8")
    notebook = json.loads(text)
    for k in (0, -1):
        notebook["cells"][k]["source"] = ["mended by the teacher"]
    path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    git(repository, "commit", "--quiet", "-a", "-m", "mended")
    for person, first in ((anna, "# anna's"), (ben, "mended by the teacher")):
        person.pull(repository)
        cells = person.ask("GET", f"api/contents/{NOTEBOOK}").json()["content"]["cells"]
        assert cells[-1]["source"] == "mended by the teacher"
        assert cells[0]["source"] == first  # where both have written, what is hers stays
