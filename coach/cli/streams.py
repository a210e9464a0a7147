"""The standard streams, made fit for any text: whatever a command says, a terminal is only given what it shows."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.legible import legible

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

BELL = "\a"


class Legible:
    """A stream that writes text as a terminal may have it; in all else it is the stream it stands for."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write `text`, and return its length. A bell alone is ours, not a file's."""
        self._stream.write(text if text == BELL else legible(text))
        return len(text)

    def writelines(self, texts: Iterable[str]) -> None:
        """Write `texts`, one after the other."""
        for each in texts:
            self.write(each)

    def draw(self, text: str) -> None:
        """Write `text` as it is: a picture with colours of our own; what a file says in it must be legible already."""
        self._stream.write(text)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the stream has
        return getattr(self._stream, name)


def draw(text: str) -> None:
    """Write a picture to stdout, colours and all; what a file says in it must be legible already."""
    getattr(sys.stdout, "draw", sys.stdout.write)(text)


def make_ready() -> None:
    """Make the standard streams fit for any text, and be there: a closed one is as good as empty.

    Talk is always made legible, data only for a terminal: a program that reads them wants them as they are.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open to the end
        elif mode == "w" and isinstance(stream, io.TextIOWrapper):
            # What a terminal's or pipe's encoding does not have is shown as an escape instead of ending the program.
            stream.reconfigure(errors="backslashreplace")
            if name == "stderr" or stream.isatty():
                setattr(sys, name, Legible(stream))
