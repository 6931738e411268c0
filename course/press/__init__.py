"""What is made from the source.

`tangle` writes the package: `order` and `assemble` put a module together, `ruff` gives it its form.
`weave` executes a chapter: `outputs` looks at what comes back, `changed` says which chapters need
it. `notebooks` writes every notebook, `run` runs a chapter without a kernel, `handout` writes the
chapters without solutions, `playground` a page in which a network learns.
"""
