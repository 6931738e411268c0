"""The rooms of the reader import one way: feedback knows nothing of the workbook."""

import ast

import pytest

from course.book import HOME

ROOMS = {"exercises": (), "feedback": ("exercises",), "workbook": ("exercises", "feedback")}


@pytest.mark.parametrize("room", ROOMS)
def test_imports_run_one_way(room):
    """exercises <- feedback <- workbook; what authors use may be read by the workbook alone."""
    others = set(ROOMS) - {room, *ROOMS[room]}
    for path in sorted((HOME / "course" / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.ImportFrom):
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            read = {name.split(".")[1] for name in names if name.startswith("course.")}
            assert not read & others, path
