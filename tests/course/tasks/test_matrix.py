"""What the matrix would install; the installing itself needs a package index."""

import re
import tomllib

import pytest

from course.__main__ import parser
from course.book import HOME
from course.tasks import matrix

PYPROJECT = """
[project]
dependencies = ["numpy>=7.5"]

[project.optional-dependencies]
plots = ["matplotlib>=8.1"]
sklearn = ["scikit-learn>=9.2"]
progress = ["tqdm"]
images = ["pillow>=6.3"]
"""


def test_the_bounds_come_from_pyproject_alone(tmp_path):
    file = tmp_path / "pyproject.toml"
    file.write_text(PYPROJECT)
    assert matrix.requirements(file, "oldest") == [
        "numpy==7.5",
        "matplotlib==8.1",
        "scikit-learn==9.2",
        "tqdm",
        "pillow==6.3",
    ]
    assert matrix.requirements(file, "newest") == [
        "numpy",
        "matplotlib",
        "scikit-learn",
        "tqdm",
        "pillow",
    ]


def test_the_oldest_are_what_nnlib_promises():
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    promised = project["dependencies"] + sum((extras[name] for name in matrix.EXTRAS), [])
    others = {"nbgrader", "bench"}  # for the course, not for nnlib
    others |= {"dask", "threads"}  # tried as the lock has them: their oldest need older NumPys
    assert set(extras) - set(matrix.EXTRAS) == others
    bounds = dict(
        re.fullmatch(r"([\w-]+)>=([\d.]+)", text).groups() for text in promised if ">" in text
    )
    assert set(bounds) == {"numpy", "matplotlib", "scikit-learn", "pillow"}
    oldest = matrix.requirements(HOME / "pyproject.toml", "oldest")
    assert {f"{name}=={bound}" for name, bound in bounds.items()} <= set(oldest)


def test_requirements_in_promises_no_less():
    """The course's own environment must not quietly hold something older."""
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = (HOME / "requirements.in").read_text(encoding="utf-8").split()
    assert set(project["dependencies"] + project["optional-dependencies"]["plots"]) <= set(lines)


@pytest.mark.parametrize("words", [[], ["oldest"], ["newest", "oldest"]])
def test_the_command_line_chooses(words):
    assert parser().parse_args(["matrix", *words]).which == words


def test_another_name_is_refused(capsys):
    with pytest.raises(SystemExit):
        parser().parse_args(["matrix", "future"])
    assert "future" in capsys.readouterr().err
