"""Node, which runs the playground's mathematics without a browser."""

import json
import shutil
import subprocess

import pytest

from course.press.playground import PAGE

NODE = shutil.which("node")

DRIVER = """
import { readFileSync } from "node:fs";
const modules = process.argv[1];
const load = async (name) => import(`${modules}/${name}.mjs`);
const given = JSON.parse(readFileSync(0, "utf-8"));
const run = new Function("load", "given", `return (async () => { ${given.script} })()`);
process.stdout.write(JSON.stringify(await run(load, given.data) ?? null));
"""


def node(script, data=None):
    """What a piece of JavaScript returns; it has `load("name")` for a module, and `given`."""
    if NODE is None:
        pytest.skip("no Node on this machine: the playground's numbers are not compared")
    done = subprocess.run(
        [NODE, "--input-type=module", "-e", DRIVER, PAGE.as_uri()],
        input=json.dumps({"script": script, "data": data}),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
