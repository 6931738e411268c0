"""Commands that call other programs: the tests, the matrix of versions, JupyterLab."""
