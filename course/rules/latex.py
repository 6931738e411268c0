"""LaTeX on one line, for a table and for a terminal."""

from __future__ import annotations

import re


def tidy(latex: str) -> str:
    r"""A statement on one line: rows joined by ``\;;\;``, alignment signs dropped."""
    latex = re.sub(r"\\(begin|end)\{(aligned|split|gathered)\}", "", latex)
    matrices = r"(\\begin\{[bp]?matrix\}.*?\\end\{[bp]?matrix\})"
    parts = re.split(matrices, latex, flags=re.DOTALL)
    for index in range(0, len(parts), 2):  # outside matrices, where & and \\ only lay out
        part = re.sub(r"\\\\(?:\[[^]]*\])?", r" ;\\quad ", parts[index])
        parts[index] = part.replace("&", "")
    latex = " ".join("".join(parts).split())
    return latex.strip(" .,")


SIGNS = {
    r"\sigma": "σ", r"\alpha": "α", r"\partial": "∂", r"\infty": "∞", r"\odot": "⊙", r"\cdot": "·",
    r"\dots": "…", r"\ldots": "…", r"\cdots": "…", r"\vdots": "⋮", r"\sum": "Σ", r"\log": "log",
    r"\lim": "lim", r"\max": "max", r"\tanh": "tanh", r"\to": "→", r"\quad": " ", r"\qquad": " ",
    r"\leftarrow": "←", r"\gets": "←", r"\mathcal": "", r"\mathrm": "", r"\operatorname": "",
    r"\text": "", r"\mathsf": "", r"\mathbb": "", r"\bigl": "", r"\bigr": "", r"\Bigl": "",
    r"\Bigr": "", r"\big": "", r"\left": "", r"\right": "", r"\times": "×", r"\in": "∈",
    r"\textstyle": "", r"\displaystyle": "",
    r"\ell": "ℓ", r"\mid": "|", r"\vert": "|", r"\prime": "′", r"\le": "≤", r"\ge": "≥",
    r"\begin{bmatrix}": "[", r"\end{bmatrix}": "]", r"\begin{pmatrix}": "(", r"\end{pmatrix}": ")",
}  # fmt: skip


def readable(latex: str) -> str:
    """A LaTeX statement as one line of plain text, near enough to recognize it by."""
    text = re.sub(r"\\hat\s*\{?y\}?", "ŷ", latex)
    group = r"\{((?:[^{}]|\{[^{}]*\})*)\}"
    while (shorter := re.sub(rf"\\[dt]?frac\s*{group}\s*{group}", _fraction, text)) != text:
        text = shorter
    text = re.sub(r"\\[dt]?frac\s*(\w)\s*(\w)", r"\1/\2", text)
    text = re.sub(r"\\(?:mathsf|top|intercal)\s*\{?T\}?", "ᵀ", text)
    for sign in sorted(SIGNS, key=len, reverse=True):
        end = r"(?![A-Za-z])" if sign[-1].isalpha() else ""
        text = re.sub(re.escape(sign) + end, SIGNS[sign], text)
    text = re.sub(r"\s*\\\\", "; ", text)  # the next row of a matrix
    text = re.sub(r"\\[,;:! ]|[&]|~", " ", text)
    text = re.sub(r"\^\s*\{?ᵀ\}?", "ᵀ", text)
    text = re.sub(r"_\{i\s*=\s*1\}\^\{?m\}?", "ᵢ", text)
    text = re.sub(r"\^\{([\[(][^{}]*[\])])\}", r"\1", text)  # z^{[1]} and z^{(i)}
    text = text.replace("{", "").replace("}", "").replace("\\", "")
    return " ".join(text.split())


def _fraction(match: re.Match[str]) -> str:
    above, below = (part.strip() for part in match.groups())
    above = f"({above})" if re.search(r"[ +]|(?<=.)-", above) else above
    below = f"({below})" if re.search(r"[ +-]", below) else below
    return f"{above}/{below}"
