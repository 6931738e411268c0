# Plain: edited here; chapter 12 tells of it.
"""What the commands print: one line each, whatever a name holds and whatever the streams can."""

import os
import sys
import unicodedata
from contextlib import suppress
from typing import Any, TextIO

LOST = "the answer cannot be written"
BREAKS = ("Cc", "Zl", "Zp")  # control characters; line and paragraph separators


def one_line(text: str) -> str:
    """The text with everything written out that would break its line."""
    return "".join(
        c.encode("unicode_escape").decode() if unicodedata.category(c) in BREAKS else c
        for c in text
    )


def say(text: str, stream: TextIO | None = None) -> None:
    """Print one line; letters that the stream does not know are written as codes."""
    stream = sys.stdout if stream is None else stream
    if stream is None:  # it was closed before the program began
        return
    line = one_line(text) + "\n"
    try:
        try:
            stream.write(line)
        except UnicodeEncodeError:
            coding = stream.encoding
            stream.write(line.encode(coding, "backslashreplace").decode(coding))
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OSError(f"{LOST}: {error.strerror}.") from None


def remark(text: str) -> None:
    """Say something beside the answer, on stderr; if nobody listens, that is no error."""
    if sys.stderr is not None:
        with suppress(OSError, ValueError):
            say(text, sys.stderr)
            sys.stderr.flush()


def settle() -> str:
    """Empty the streams before the end; return what could not be written, or nothing.

    What cannot be written now could not be written at the very end either.
    """
    failed = ""
    for stream in (sys.stderr, sys.stdout):
        try:
            if stream is not None:
                stream.flush()
        except BrokenPipeError:  # whoever read it has gone, as after `| head -3`
            to_nowhere(stream)
        except (OSError, ValueError) as error:
            to_nowhere(stream)
            if stream is sys.stdout:
                failed = getattr(error, "strerror", None) or str(error)
    return failed


def to_nowhere(stream: Any) -> None:
    """Let everything that is still to be written vanish."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


class Patient:
    """A stream for a progress bar: a run goes on when nobody looks at its bar any more."""

    def __init__(self, stream: Any):
        self.stream = stream

    def write(self, text: str) -> int:
        """Write, if somebody listens."""
        with suppress(OSError, ValueError):
            self.stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Flush, if somebody listens."""
        with suppress(OSError, ValueError):
            self.stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)
