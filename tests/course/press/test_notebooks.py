"""One writer of notebooks for all who write one."""

import json

import nbformat
import pytest

from course.book import HOME
from course.book.stored import read_notebook
from course.press.notebooks import NotebookCell, notebook_text

OUTPUT = {"output_type": "stream", "name": "stdout", "text": "one\ntwo\n"}
PICTURE = {
    "output_type": "display_data",
    "data": {"text/plain": "a\nb", "image/png": "AAAA\n"},
    "metadata": {},
}
CELLS = [
    NotebookCell("markdown", "# One\n\nσ"),
    NotebookCell("code", "x = 1", {"tags": ["nbval-ignore-output"]}, [OUTPUT, PICTURE]),
    NotebookCell("code", "x = 1"),
    NotebookCell("code", "x", {}, []),
]


def test_what_is_written_is_valid_and_is_read_back(tmp_path):
    path = tmp_path / "one.ipynb"
    path.write_text(notebook_text(CELLS), encoding="utf-8")
    nbformat.validate(nbformat.read(path, as_version=4))
    cells = read_notebook(path)["cells"]
    assert [cell["source"] for cell in cells] == [cell.source for cell in CELLS]
    assert cells[1]["outputs"] == [OUTPUT, PICTURE]
    assert cells[1]["metadata"] == CELLS[1].metadata


def test_cells_that_were_run_are_counted_and_others_are_not():
    cells = json.loads(notebook_text(CELLS))["cells"]
    assert "execution_count" not in cells[0]
    assert [cell["execution_count"] for cell in cells[1:]] == [1, None, 2]


def test_the_same_cells_give_the_same_text_and_every_id_is_another():
    text = notebook_text(CELLS)
    assert text == notebook_text(CELLS) and text.endswith("}\n") and "σ" in text
    ids = [cell["id"] for cell in json.loads(text)["cells"]]
    assert len(set(ids)) == len(CELLS)
    assert ids[1:] == [cell["id"] for cell in json.loads(notebook_text(CELLS[1:]))["cells"]]


def test_a_cell_that_begins_with_an_anchor_has_its_id():
    """JupyterLab finds ``#cell-id=eq-3`` before anything is drawn."""
    anchor = '<a id="eq-3"></a>\n\n$$ a \\tag{3} $$'
    cells = [
        NotebookCell("markdown", f"{anchor}\n\nText."),
        NotebookCell("markdown", f"{anchor}\n\nMore text."),
        NotebookCell("markdown", f"Text.\n\n{anchor}"),
        NotebookCell("code", f"'''{anchor}'''"),
    ]
    ids = [cell["id"] for cell in json.loads(notebook_text(cells))["cells"]]
    assert ids[0] == "eq-3" and len(set(ids)) == 4
    assert not [name for name in ids[1:] if name.startswith("eq")]


def test_jupyter_would_write_the_same_bytes(tmp_path):
    """So a chapter that is saved unchanged is unchanged for git."""
    text = notebook_text(CELLS)
    nbformat.write(nbformat.reads(text, as_version=4), tmp_path / "one.ipynb")
    assert (tmp_path / "one.ipynb").read_text(encoding="utf-8") == text


@pytest.mark.parametrize("course", [None, {"written": "abc"}])
def test_what_the_course_remembers_stands_in_the_metadata(course):
    metadata = json.loads(notebook_text(CELLS, course))["metadata"]
    assert metadata.get("course") == course


def test_nobody_else_writes_a_notebook():
    """Only the writer knows the format's number."""
    writers = [
        path.relative_to(HOME).as_posix()
        for path in (HOME / "course").rglob("*.py")
        if "nbformat_minor" in path.read_text(encoding="utf-8")
    ]
    assert writers == ["course/press/notebooks.py"]
