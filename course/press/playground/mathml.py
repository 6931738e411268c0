"""LaTeX of the chapters' equations as MathML, which a browser typesets without any library.

It knows the commands that the quoted equations use, and refuses any other: an equation that changes
in its chapter is either drawn rightly or stops the build.
"""

from __future__ import annotations

import re
from html import escape

from course.book import AuthorError

TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|[{}^_&]|\d+(?:\.\d+)?|\S|\s+")
LETTERS = {"sigma": "σ", "alpha": "α", "ell": "ℓ", "infty": "∞", "partial": "∂", "Lambda": "Λ"}
SIGNS = {
    "odot": "⊙", "cdot": "·", "cdots": "⋯", "dots": "…", "to": "→", "vert": "|", "prime": "′",
    "approx": "≈", "ne": "≠", "le": "≤", "ge": "≥",
}  # fmt: skip
FUNCTIONS = ("log", "tanh", "max", "lim")
SPACES = {",": "0.17em", ";": "0.28em", "quad": "1em", "qquad": "2em", " ": "0.25em"}
BIG = ("bigl", "bigr", "Bigl", "Bigr")
ABOVE = ("lim", "sum")
FENCES = {"bmatrix": ("[", "]"), "aligned": ("", "")}


class Parser:
    """Reads the tokens of one formula from left to right."""

    def __init__(self, latex: str):
        self.latex = latex
        self.tokens = [token for token in TOKEN.findall(latex) if not token.isspace()]
        self.at = 0

    def error(self, what: str) -> AuthorError:
        """What the author of an equation, or of this file, has to mend."""
        return AuthorError(f"the playground cannot typeset {what} in {self.latex.strip()}")

    def peek(self) -> str:
        """The next token, or an empty text."""
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        """The next token, which is then read."""
        token = self.peek()
        if not token:
            raise self.error("what ends too early")
        self.at += 1
        return token

    def row(self, *ends: str) -> str:
        """Everything up to one of the ends, which is not read."""
        parts = []
        while self.peek() not in (*ends, ""):
            parts.append(self.scripted())
        return f"<mrow>{''.join(parts)}</mrow>"

    def argument(self) -> str:
        """A group in braces, or one token."""
        token = self.peek()
        if token[:1].isdigit() and len(token) > 1:  # TeX takes the first digit alone
            self.tokens[self.at] = token[1:]
            return f"<mn>{token[0]}</mn>"
        if token != "{":
            return self.atom()
        self.take()
        inner = self.row("}")
        self.take()
        return inner

    def words(self) -> str:
        """The plain letters in braces, or one letter: of mathsf, operatorname, begin."""
        if self.peek() != "{":
            return self.take()
        self.take()
        text = ""
        while (token := self.take()) != "}":
            text += token
        return text

    def scripted(self) -> str:
        """An atom with what stands below and above it."""
        above = self.peek().lstrip("\\") in ABOVE
        base, scripts = self.atom(), {}
        while self.peek() in ("^", "_"):
            sign = self.take()
            scripts[sign] = self.argument()
        if not scripts:
            return base
        names = {"_": "munder", "^": "mover", "_^": "munderover"}
        if not above:
            names = {"_": "msub", "^": "msup", "_^": "msubsup"}
        which = "".join(sign for sign in "_^" if sign in scripts)
        inside = "".join(scripts[sign] for sign in which)
        return f"<{names[which]}>{base}{inside}</{names[which]}>"

    def atom(self) -> str:
        """One symbol, group or command."""
        token = self.take()
        if token == "{":
            self.at -= 1
            return self.argument()
        if token.startswith("\\"):
            return self.command(token[1:])
        if token[0].isdigit():
            return f"<mn>{token}</mn>"
        if token.isalpha():
            return f"<mi>{token}</mi>"
        if token in "^_&}":
            raise self.error(token)
        fixed = ' stretchy="false"' if token in "()[]|" else ""
        return f"<mo{fixed}>{escape(token.replace('-', '−'))}</mo>"

    def command(self, name: str) -> str:
        """What a backslash begins."""
        if name in LETTERS:
            return f"<mi>{LETTERS[name]}</mi>"
        if name in SIGNS:
            return f"<mo>{SIGNS[name]}</mo>"
        if name in FUNCTIONS:
            return f"<mi>{name}</mi><mspace width='0.12em'/>" if name != "lim" else "<mo>lim</mo>"
        if name in SPACES:
            return f"<mspace width='{SPACES[name]}'/>"
        if name in ("frac", "tfrac"):
            return f"<mfrac>{self.argument()}{self.argument()}</mfrac>"
        if name == "sum":
            return "<mo>∑</mo>"
        if name == "textstyle":
            return "<mspace width='0'/>"
        if name == "hat":
            return f"<mover accent='true'>{self.argument()}<mo>^</mo></mover>"
        if name in ("mathsf", "operatorname"):
            return f"<mi mathvariant='normal'>{escape(self.words())}</mi>"
        if name in BIG:
            return f"<mo stretchy='false'>{escape(self.take())}</mo>"
        if name == "left":
            opening = self.take()
            inner = self.row("\\right")
            self.take()
            return f"<mrow><mo>{opening}</mo>{inner}<mo>{self.take()}</mo></mrow>"
        if name == "begin":
            return self.table(self.words())
        raise self.error(f"\\{name}")

    def table(self, kind: str) -> str:
        """The rows of a matrix or of aligned lines."""
        if kind not in FENCES:
            raise self.error(f"\\begin{{{kind}}}")
        rows: list[list[str]] = [[]]
        while True:
            rows[-1].append(self.row("&", "\\\\", "\\end"))
            sign = self.take()
            if sign == "\\\\":
                rows.append([])
            elif sign == "\\end":
                self.words()
                break
        lines = (
            "".join(f"<mtd>{cell}</mtd>" for cell in row)
            for row in rows
            if row != ["<mrow></mrow>"]
        )
        inside = "".join(f"<mtr>{line}</mtr>" for line in lines)
        opening, closing = (f"<mo>{fence}</mo>" if fence else "" for fence in FENCES[kind])
        table = f"<mtable class='{kind}' displaystyle='true'>{inside}</mtable>"
        return f"<mrow>{opening}{table}{closing}</mrow>"


def mathml(latex: str) -> str:
    """A formula, set on a line of its own.

    Parameters
    ----------
    latex : str
        Without the dollars around it and without its number.

    Returns
    -------
    str
        An element ``math``.

    Raises
    ------
    AuthorError
        If a command is not known here.
    """
    parser = Parser(latex)
    inner = parser.row()
    if parser.peek():
        raise parser.error(parser.peek())
    return f'<math display="block">{inner}</math>'
