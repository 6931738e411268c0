"""Copies that can be written to, also of what cannot: the tests may run in a read-only checkout."""


def copy_tree(source, target, leave_out=("__pycache__",)):
    """Copy the files below a folder, without their rights."""
    for path in source.rglob("*"):
        place = path.relative_to(source)
        if path.is_file() and not set(leave_out) & set(place.parts):
            (target / place).parent.mkdir(parents=True, exist_ok=True)
            (target / place).write_bytes(path.read_bytes())
