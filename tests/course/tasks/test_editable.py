"""An editable install is found in a folder of any name, also by a Python in the C locale."""

import os
import subprocess
import sys
import zipfile

import pytest
from copying import copy_tree

from course.book import HOME

FOLDERS = ("Kürs 1", "курс", '課程\'s "1"', "plain")
BUILD = "import hatchling.build as b, sys; print(b.build_editable(sys.argv[1]))"


@pytest.fixture(scope="module", params=FOLDERS)
def installed(request, tmp_path_factory):
    """The folder of a course, and one that holds what pip would unpack."""
    root = tmp_path_factory.mktemp("editable") / request.param
    (root / "nnlib").mkdir(parents=True)
    (root / "nnlib" / "__init__.py").write_text('__version__ = "1.2.3"\n', encoding="utf-8")
    copy_tree(HOME / "course", root / "course")
    for name in ("pyproject.toml", "README.md", "LICENSE", "LICENSE-prose"):
        (root / name).write_bytes((HOME / name).read_bytes())
    site = root.parent / "site"
    subprocess.run([sys.executable, "-c", BUILD, str(site)], cwd=root, check=True)
    with zipfile.ZipFile(next(site.glob("*.whl"))) as wheel:
        assert wheel.testzip() is None
        wheel.extractall(site)
    return root, site


@pytest.mark.parametrize(
    "letters", [{}, {"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}]
)
def test_it_is_found(installed, letters):
    root, site = installed
    run = "import os, site, sys; site.addsitedir(sys.argv[1]); import nnlib; "
    run += "sys.stdout.buffer.write(os.fsencode(nnlib.__file__))"
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")} | letters
    line = [sys.executable, "-S", "-P", "-c", run, str(site)]
    done = subprocess.run(line, cwd=site, env=env, capture_output=True)
    assert done.stdout == os.fsencode(root / "nnlib" / "__init__.py"), done.stderr


def test_what_it_unpacks_is_in_its_record(installed):
    _, site = installed
    record = next(site.glob("*.dist-info/RECORD")).read_text(encoding="utf-8")
    (pth,) = site.glob("*.pth")
    assert pth.read_bytes().isascii()
    assert f"{pth.name},sha256=" in record and f",{pth.stat().st_size}\n" in record
