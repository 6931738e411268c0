"""Imports run one way through the rooms of the course, and nnlib stands alone."""

import ast

import pytest

from course.book import HOME

BELOW = {
    "figures": set(),
    "here_first": set(),
    "moving": {"figures"},
    "surroundings": set(),
    "browser": set(),
    "alive": set(),
    "book": set(),
    "quizzes": {"book", "figures"},
    "vendor": {"book"},
    "press": {"book", "surroundings"},
    "rules": {"book", "figures"},
    "tasks": {"book", "surroundings"},
    "exercises": {"book"},
    "feedback": {"alive", "book", "press", "rules", "exercises"},
    "lecture": {"book", "browser", "press", "vendor", "moving", "quizzes"},
    "site": {
        "book",
        "browser",
        "press",
        "rules",
        "exercises",
        "feedback",
        "lecture",
        "moving",
        "quizzes",
        "vendor",
    },
    "workbook": {"book", "press", "rules", "exercises", "feedback", "surroundings"},
    "lite": {"book", "browser", "surroundings", "tasks", "vendor", "workbook"},
}
"""Each room, and the rooms that it may import; the command line may import all."""
TOP = {"__init__", "__main__", "commands"}
NOT_YET = set()
"""Imports that run the wrong way: to be taken out of here as soon as they are gone."""


def imported(path):
    """The dotted names that a file imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def edges():
    """(room, imported room, file) for every import of the course by itself."""
    for path in sorted((HOME / "course").rglob("*.py")):
        room = path.relative_to(HOME / "course").parts[0].removesuffix(".py")
        for name in imported(path):
            parts = name.split(".")
            if parts[0] == "course":
                yield room, parts[1] if len(parts) > 1 else "__init__", path.name


def test_every_room_is_known():
    rooms = {path.stem for path in (HOME / "course").iterdir() if path.name != "__pycache__"}
    assert rooms <= set(BELOW) | TOP


def test_imports_run_one_way():
    wrong = {
        (room, other, file)
        for room, other, file in edges()
        if room not in TOP and other != room and other not in BELOW[room]
    }
    assert {(room, other) for room, other, _ in wrong} == NOT_YET, wrong


def test_the_table_of_rooms_has_no_circle():
    done = set()
    for room, below in BELOW.items():  # they stand in an order in which each needs earlier ones
        assert below <= done
        done.add(room)


@pytest.mark.parametrize("path", sorted((HOME / "nnlib").glob("*.py")), ids=lambda path: path.stem)
def test_nnlib_never_imports_the_course(path):
    assert not [name for name in imported(path) if name.split(".")[0] == "course"]


@pytest.mark.parametrize(
    "room", ["book", "press", "rules", "site", "tasks", "moving", "quizzes", "lite"]
)
def test_files_stay_small(room):
    long = {
        path.name: length
        for path in (HOME / "course" / room).glob("*.py")
        if (length := len(path.read_text(encoding="utf-8").splitlines())) > 250
    }
    assert not long
