# Plain: edited here; chapter 12 tells of it.
"""Packages that nnlib can use and does not need: what is said where one of them is missing."""

EXTRAS = {
    "matplotlib": "plots",
    "tqdm": "progress",
    "scikit-learn": "sklearn",
    "Pillow": "images",
    "distributed": "dask",
}
"""The package, and the extra of nnlib that brings it."""


def missing(what: str, package: str, also: str = "") -> ImportError:
    """Make the error for a package that is not installed; its sentence names the extra.

    Parameters
    ----------
    what : str
        What cannot be done without the package: "reading images".
    package : str
        Its name, as one installs it.
    also : str
        What else helps: "or leave progress out".

    Returns
    -------
    ImportError
    """
    extra = EXTRAS.get(package)
    way = f'pip install "nnlib[{extra}]"' if extra else f"pip install {package}"
    return ImportError(f"{what} needs the package {package}: install it ({way}){also}.")
