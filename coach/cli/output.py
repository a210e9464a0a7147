"""The output of commands: problems as lines or as data, and standard streams that take any text.

A terminal gets cleaned text; a pipe gets data unchanged.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coach.problems import CoachError
from coach.text.clean import cell_len, legible

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from coach.problems import Problem

_TEXTS = f"{__name__}.texts"
_TAB = 4
_CUT = "…"


def remember(name: str, text: str) -> None:
    """Remember a text that is in no file under its name in problems, so that its lines can be shown."""
    context = click.get_current_context(silent=True)
    if context is not None:
        context.meta.setdefault(_TEXTS, {})[name] = text


def show_problems(problems: Iterable[Problem], *, err: bool = False) -> None:
    """Print `problems` on stdout or stderr; on a terminal, each with its line of the file."""
    if not (sys.stderr.isatty() if err else shows_lines()):
        for problem in problems:
            click.echo(problem, err=err)
        return
    import shutil  # 4 ms that only a terminal has to pay

    context = click.get_current_context(silent=True)
    texts: dict[str, list[str]] = {
        name: _lines(text) for name, text in (context.meta.get(_TEXTS, {}) if context else {}).items()
    }
    width = shutil.get_terminal_size().columns
    for problem in problems:
        if problem.file not in texts:
            texts[problem.file] = _lines_of_file(problem.file)
        click.echo("\n".join([str(problem), *excerpt(problem, texts[problem.file], width)]), err=err)


def shows_lines() -> bool:
    """Return whether stdout is a terminal, and not a program that expects one problem per line."""
    return sys.stdout.isatty()


def as_data(problems: Iterable[Problem]) -> str:
    """Return `problems` as JSON."""
    import json

    rows = [
        {
            "file": problem.file,
            "line": problem.line,
            "column": problem.column,
            "severity": problem.severity,
            "message": problem.message,
        }
        for problem in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def excerpt(problem: Problem, lines: list[str], width: int) -> list[str]:
    """Return a problem's line and a caret under its column, at most `width` cells wide; [] if it has no line."""
    if not 0 < problem.line <= len(lines):
        return []
    gutter = f"{problem.line:>5} | "
    shown, caret = window(lines[problem.line - 1], problem.column, max(20, width - len(gutter) - 1))
    return [f"{gutter}{shown}".rstrip(), f"{' ' * 5} | {' ' * caret}^"]


def window(line: str, column: int, width: int) -> tuple[str, int]:
    """Return the part of `line` around `column` that fits into `width` cells, and the cell of the column in it."""
    pieces = list(_pieces(line))
    at = min(max(column - 1, 0), len(pieces))
    first, last = 0, len(pieces)
    if sum(map(cell_len, pieces)) > width:
        room = width - 2 * len(_CUT)
        # A third of the room to the right, the rest to the left, and what remains to the right again.
        last = at + _reach(pieces, range(at, len(pieces)), room // 3)
        taken = sum(map(cell_len, pieces[at:last]))
        first = at - _reach(pieces, range(at - 1, -1, -1), room - taken)
        taken += sum(map(cell_len, pieces[first:at]))
        last += _reach(pieces, range(last, len(pieces)), room - taken)
    before = _CUT if first else ""
    after = _CUT if last < len(pieces) else ""
    caret = len(before) + sum(map(cell_len, pieces[first:at]))
    return f"{before}{''.join(pieces[first:last])}{after}", caret


def _reach(pieces: list[str], places: range, room: int) -> int:
    """Return how many of the pieces at `places`, in this order, fit into `room` cells."""
    count = 0
    for place in places:
        room -= cell_len(pieces[place])
        if room < 0:
            break
        count += 1
    return count


def _pieces(line: str) -> Iterable[str]:
    """Yield each character as a terminal shows it: tabs as spaces, control characters as "?"."""
    cell = 0
    for char in line:
        piece = " " * (_TAB - cell % _TAB) if char == "\t" else char if char.isprintable() else "?"
        cell += cell_len(piece)
        yield piece


def _lines_of_file(name: str) -> list[str]:
    from coach.routine.library.files import read_file  # only where there is something to show

    try:
        return _lines(read_file(name).decode("utf-8", "replace"))
    except CoachError:
        return []


def _lines(text: str) -> list[str]:
    """Return the lines as the YAML reader counts them."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


BELL = "\a"


class Legible:
    """A stream that cleans what it writes for a terminal, and otherwise behaves like the stream it wraps."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write `text`, and return its length. A bell by itself is coach's own sound, and passes."""
        self._stream.write(text if text == BELL else legible(text))
        return len(text)

    def writelines(self, texts: Iterable[str]) -> None:
        """Write `texts`, one after the other."""
        for text in texts:
            self.write(text)

    def draw(self, text: str) -> None:
        """Write `text` unchanged: a picture with coach's colours. Words from files in it must already be clean."""
        self._stream.write(text)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any attribute of the stream
        return getattr(self._stream, name)


def draw_picture(text: str) -> None:
    """Write a picture with its colours to stdout. Words from files in it must already be clean."""
    getattr(sys.stdout, "draw", sys.stdout.write)(text)


def make_ready() -> None:
    """Make the standard streams accept any text, and replace a closed one with an empty one.

    Messages are always cleaned. Data are cleaned only for a terminal: a program that reads them wants them unchanged.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open until the process ends
        elif mode == "w" and isinstance(stream, io.TextIOWrapper):
            # A character that the encoding does not have is shown as an escape and does not end the program.
            stream.reconfigure(errors="backslashreplace")
            if name == "stderr" or stream.isatty():
                setattr(sys, name, Legible(stream))
