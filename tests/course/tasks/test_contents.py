"""A chapter that is read and run in JupyterLab leaves its file as it is."""

import asyncio
import copy
import json
import platform
import subprocess
import sys

import pytest
from tiny import code

from course.press import weave
from course.tasks.contents import Chapters

OUTPUT = {"output_type": "stream", "name": "stdout", "text": "1\n"}


@pytest.fixture
def served(maker):
    """A book with a woven chapter, as JupyterLab's server sees it."""
    maker.chapter("01_one", "# One\n", code("print(1)"), code("x = 2"))
    chapter = maker.book.chapter("1")
    text = weave.chapter_text(chapter, [[OUTPUT], []], {"package": "abc"})
    chapter.notebook.write_text(text, encoding="utf-8")
    return maker, Chapters(root_dir=str(maker.root))


def get(manager, path="notebooks/01_one.ipynb", **options):
    return asyncio.run(manager.get(path, **options))


def save(manager, model, path="notebooks/01_one.ipynb"):
    return asyncio.run(manager.save(copy.deepcopy(model), path))


def test_a_notebook_names_the_version_that_the_kernel_will_name(served):
    _, manager = served
    language = get(manager)["content"]["metadata"]["language_info"]
    assert language["version"] == platform.python_version()
    assert get(manager, content=False)["content"] is None


def test_what_is_told_of_the_language_is_what_a_kernel_tells(served):
    """Else the page would be marked as unsaved as soon as it is open."""
    ask = "import json; from ipykernel.ipkernel import IPythonKernel as K; "
    ask += "print(json.dumps(K().language_info))"
    told = subprocess.run([sys.executable, "-c", ask], capture_output=True, check=True).stdout
    _, manager = served
    assert get(manager)["content"]["metadata"]["language_info"] == json.loads(told)


def run_again(content):
    content["cells"][1]["outputs"][0]["text"] = "0.1 s"
    content["cells"][2]["execution_count"] = 17


def fold(content):
    content["cells"][1]["metadata"]["jupyter"] = {"outputs_hidden": True}


def run_the_last(content):
    content["cells"].append({**content["cells"][2], "id": "new", "source": ""})


def nothing(content):
    pass


@pytest.mark.parametrize("act", [nothing, run_again, fold, run_the_last])
def test_what_is_read_run_or_folded_is_not_written(act, served):
    maker, manager = served
    path = maker.notebook("01_one")
    before, time = path.read_bytes(), path.stat().st_mtime_ns
    model = get(manager)
    act(model["content"])
    saved = save(manager, model)
    assert path.read_bytes() == before and path.stat().st_mtime_ns == time
    assert saved["last_modified"] == model["last_modified"] and saved["content"] is None


def write(content):
    content["cells"][2]["source"] = "x = 3"


def tag(content):
    content["cells"][2]["metadata"]["tags"] = ["mine"]


def empty(content):
    content["cells"][1]["source"] = ""


def note(content):
    content["cells"].append({**content["cells"][0], "id": "mine", "source": "A note."})


@pytest.mark.parametrize("act", [write, tag, note, empty])
def test_what_a_reader_writes_is_saved_without_the_version(act, served):
    maker, manager = served
    before = maker.notebook("01_one").read_text(encoding="utf-8")
    model = get(manager)
    act(model["content"])
    run_again(model["content"])
    save(manager, model)
    after = maker.notebook("01_one").read_text(encoding="utf-8")
    assert after != before and "0.1 s" in after
    assert platform.python_version() not in after


def test_only_what_has_changed_differs(served):
    maker, manager = served
    before = maker.notebook("01_one").read_text(encoding="utf-8").splitlines()
    model = get(manager)
    write(model["content"])
    save(manager, model)
    after = maker.notebook("01_one").read_text(encoding="utf-8").splitlines()
    assert len(before) == len(after)
    assert [line.strip() for line in after if line not in before] == ['"x = 3"']


def test_other_notebooks_are_saved_as_ever(served):
    maker, manager = served
    maker.notebook("mine").write_bytes(maker.notebook("01_one").read_bytes())
    model = get(manager, "notebooks/mine.ipynb")
    run_again(model["content"])
    save(manager, model, "notebooks/mine.ipynb")
    assert "0.1 s" in maker.notebook("mine").read_text(encoding="utf-8")
    save(manager, {"type": "file", "format": "text", "content": "a"}, "notebooks/note.txt")
    assert (maker.root / "notebooks" / "note.txt").read_text() == "a"
