"""The browser edition: JupyterLite with every chapter, the workbook, and Python in the page.

`tools` brings JupyterLite's build tools, `wheels` packs nnlib and the course, `runtime` says where
Python for the browser comes from and holds each of its files to its checksum, `contents` copies the
notebooks, `build` puts all of it together. `page` is what the course adds to JupyterLite's page: it
ends what never ends, and says when a stored copy is older than the site. `serve`, `tab` and `trial`
open the edition in a browser and run chapters in it.
"""
