"""Each file of the runtime is held to its checksum, and the lock of the site names each wheel."""

import hashlib
import json
import re

import pytest

from course.book import HOME, AuthorError
from course.lite import runtime, tools, wheels

CORE = {name: name.encode() for name in runtime.CORES["0.27.7"]}
WHEELS = ("numpy-1-py3-none-any.whl", "open_blas-1-py3-none-any.whl")


def digest(content):
    return hashlib.sha256(content).hexdigest()


def entry(name, content=b"x", depends=()):
    return {
        "name": name, "version": "1", "file_name": f"{name}-1-py3-none-any.whl",
        "sha256": digest(content), "imports": [name], "depends": list(depends),
    }  # fmt: skip


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A runtime of made-up files."""
    monkeypatch.setitem(runtime.CORES, "0.27.7", {n: digest(c) for n, c in CORE.items()})
    home = tmp_path / "runtime"
    home.mkdir()
    for name, content in CORE.items():
        (home / name).write_bytes(content)
    packages = {"numpy": entry("numpy", depends=["open_blas"]), "open-blas": entry("open_blas")}
    packages |= {"pandas": entry("pandas")} | {
        name: entry(name) for name in (*runtime.BEFORE, "matplotlib", "pillow", "traitlets")
    }
    for each in packages.values():
        (home / each["file_name"]).write_bytes(b"x")
    (home / runtime.LOCK).write_text(json.dumps({"info": {"abi": "1"}, "packages": packages}))
    return home


@pytest.fixture
def own(tmp_path):
    """Made-up wheels of the site."""
    made = {}
    for each in wheels.OWN:
        made[each.name] = tmp_path / f"{each.name.replace('-', '_')}-2-py3-none-any.whl"
        made[each.name].write_bytes(each.name.encode())
    return made


def test_a_runtime_is_copied_with_what_the_course_needs(folder, own, tmp_path):
    site = tmp_path / "site"
    settings = runtime.place(runtime.local(folder), own, site)
    put = {path.name for path in (site / runtime.PLACE).iterdir()}
    assert set(CORE) | {runtime.LOCK, *WHEELS} <= put
    assert not any("pandas" in name for name in put)
    lock = json.loads((site / runtime.PLACE / runtime.LOCK).read_text())
    assert lock["info"] == {"abi": "1"}
    nnlib = lock["packages"]["nnlib"]
    assert nnlib["file_name"] == "../../pypi/nnlib-2-py3-none-any.whl"
    assert nnlib["sha256"] == digest(b"nnlib") and nnlib["imports"] == ["nnlib"]
    assert lock["packages"]["comm"]["version"] == "1"  # what the runtime has, it has
    assert settings["pyodideUrl"] == "./static/pyodide/pyodide.mjs"
    assert settings["disablePyPIFallback"] is True


@pytest.mark.parametrize("name", [*CORE, *WHEELS])
def test_a_changed_file_is_refused(name, folder, own, tmp_path):
    (folder / name).write_bytes(b"changed")
    with pytest.raises(AuthorError, match="checksum|no Pyodide whose files"):
        runtime.place(runtime.local(folder), own, tmp_path / "site")


@pytest.mark.parametrize("name", [runtime.LOCK, *CORE, "numpy-1-py3-none-any.whl"])
def test_a_missing_file_is_said(name, folder, own, tmp_path):
    (folder / name).unlink()
    with pytest.raises(AuthorError, match="missing|no Pyodide whose files|holds no"):
        runtime.place(runtime.local(folder), own, tmp_path / "site")


def test_a_package_that_needs_what_is_not_there_is_said(folder, own, tmp_path):
    lock = json.loads((folder / runtime.LOCK).read_text())
    del lock["packages"]["open-blas"]
    (folder / runtime.LOCK).write_text(json.dumps(lock))
    with pytest.raises(AuthorError, match="numpy needs open-blas"):
        runtime.place(runtime.local(folder), own, tmp_path / "site")


def test_the_public_host_serves_the_packages_and_the_site_its_own(own, tmp_path):
    lock = {"info": {}, "packages": {"numpy": entry("numpy")}}
    host = "https://host.example/v1/full"
    settings = runtime.place(runtime.Runtime("314.0.6", lock, host=host), own, tmp_path / "site")
    made = json.loads((tmp_path / "site" / runtime.PLACE / runtime.LOCK).read_text())["packages"]
    assert made["numpy"]["file_name"] == f"{host}/numpy-1-py3-none-any.whl"
    assert made["numpy"]["sha256"] == digest(b"x")
    assert made["course"]["file_name"].startswith("../../pypi/course-")
    assert "pyodideUrl" not in settings


def test_the_kernel_and_the_lock_are_of_one_pyodide(official):
    assert official.version in runtime.CORES
    packages = official.lock["packages"]
    assert {"numpy", "matplotlib", "pillow", "ipython", "micropip"} <= set(packages)
    assert all(re.fullmatch("[0-9a-f]{64}", each["sha256"]) for each in packages.values())


def test_the_lock_of_the_tools_has_a_hash_for_each_and_agrees_with_the_other():
    text = tools.LOCK.read_text(encoding="utf-8")
    pins = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in pin for pin in pins) and "://" not in text
    main = (HOME / "requirements.txt").read_text(encoding="utf-8")
    for pin in pins:
        name, version = re.match(r"([\w.-]+)==([\w.]+)", pin).groups()
        there = re.search(rf"^{re.escape(name)}==([\w.]+)", main, re.MULTILINE)
        assert there is None or there[1] == version, name
    for line in (HOME / "requirements-lite.in").read_text(encoding="utf-8").splitlines():
        assert line.startswith(("#", "jupyterlite-")) and (line[0] == "#" or line in text)


def test_lines_of_a_lock(tmp_path):
    lock = tmp_path / "lock.txt"
    lock.write_text("a==1 \\\n    --hash=sha256:11\n    # via b\nb==2 \\\n    --hash=sha256:22\n")
    assert tools.pinned(["b"], lock) == "b==2 \\\n    --hash=sha256:22\n"
    with pytest.raises(AuthorError, match="does not pin c"):
        tools.pinned(["b", "c"], lock)
