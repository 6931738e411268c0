"""The first page of the class in a box."""

START = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Start here: the course without a network</title>
<style>
body {{ font-family: "Segoe UI", "DejaVu Sans", sans-serif; max-width: 46em; margin: 2em auto;
  padding: 0 1em; line-height: 1.5; color: #1b1f24; background: #ffffff; }}
h1, h2 {{ color: #0b5394; line-height: 1.2; }}
pre {{ background: #f4f6f8; padding: 0.8em; white-space: pre-wrap; overflow-wrap: anywhere; }}
</style>
</head>
<body>
<main>
<h1>The course, without a network</h1>
<p>You need Python 3.11 or newer on this laptop; everything else is in this folder. Copy the folder
to the disk first: a stick is slow, and may not be there tomorrow. Then open a terminal in the
copy.</p>
<h2>Linux and macOS</h2>
<pre tabindex="0">cd course
python3 -m venv .venv
.venv/bin/python -m pip install --no-index --find-links ../wheels --no-deps --require-hashes \
-r requirements.txt
.venv/bin/python -m pip install --no-index --no-deps --no-build-isolation -e .
.venv/bin/python -m course lab</pre>
<h2>Windows</h2>
<pre tabindex="0">cd course
py -m venv .venv
.venv\\Scripts\\python -m pip install --no-index --find-links ../wheels --no-deps --require-hashes \
-r requirements.txt
.venv\\Scripts\\python -m pip install --no-index --no-deps --no-build-isolation -e .
.venv\\Scripts\\python -m course lab</pre>
<p>A browser opens on chapter 0. From then on, the last line alone starts the course.</p>
{shown}
<h2>For whom this box was made</h2>
<p>Version {version}, for {targets}.</p>
{lacks}
</main>
</body>
</html>
"""
