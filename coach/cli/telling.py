"""Telling problems: a line each in a pipe, on a terminal with the place they are at, and as data."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from coach.legible import cells
from coach.problems import CoachError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coach.problems import Problem

_TEXTS = f"{__name__}.texts"
_TAB = 4
_CUT = "…"


def remember(name: str, text: str) -> None:
    """Keep a text that lies in no file, by the name that problems have for it, so that its lines can be shown."""
    context = click.get_current_context(silent=True)
    if context is not None:
        context.meta.setdefault(_TEXTS, {})[name] = text


def tell(problems: Iterable[Problem]) -> None:
    """Say `problems` on stdout, where they are data; a terminal gets the line each is in, too."""
    if not shows_lines():
        for problem in problems:
            click.echo(problem)
        return
    import shutil  # noqa: PLC0415 - 4 ms that only a terminal has to pay

    context = click.get_current_context(silent=True)
    texts: dict[str, list[str]] = {
        name: _lines(text) for name, text in (context.meta.get(_TEXTS, {}) if context else {}).items()
    }
    width = shutil.get_terminal_size().columns
    for problem in problems:
        if problem.file not in texts:
            texts[problem.file] = _lines_of_file(problem.file)
        click.echo("\n".join([str(problem), *excerpt(problem, texts[problem.file], width)]))


def shows_lines() -> bool:
    """Return whether somebody looks at stdout, and not a program that reads a problem a line."""
    return sys.stdout.isatty()


def as_data(problems: Iterable[Problem]) -> str:
    """Return `problems` as JSON."""
    import json  # noqa: PLC0415 - only here

    rows = [
        {
            "file": each.file,
            "line": each.line,
            "column": each.column,
            "severity": each.severity,
            "message": each.message,
        }
        for each in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def excerpt(problem: Problem, lines: list[str], width: int) -> list[str]:
    """Return the line a problem is in and a caret under its column, `width` cells at most; [] when there is none."""
    if not 0 < problem.line <= len(lines):
        return []
    gutter = f"{problem.line:>5} | "
    shown, caret = window(lines[problem.line - 1], problem.column, max(20, width - len(gutter) - 1))
    return [f"{gutter}{shown}".rstrip(), f"{' ' * 5} | {' ' * caret}^"]


def window(line: str, column: int, width: int) -> tuple[str, int]:
    """Return as much of `line` around `column` as `width` cells show, and the cell that the column is at."""
    pieces = list(_pieces(line))
    at = min(max(column - 1, 0), len(pieces))
    first, last = 0, len(pieces)
    if sum(map(cells, pieces)) > width:
        room = width - 2 * len(_CUT)
        # As much to the right as a third of the room, the rest to the left, and what is left over to the right again.
        last = at + _reach(pieces, range(at, len(pieces)), room // 3)
        taken = sum(map(cells, pieces[at:last]))
        first = at - _reach(pieces, range(at - 1, -1, -1), room - taken)
        taken += sum(map(cells, pieces[first:at]))
        last += _reach(pieces, range(last, len(pieces)), room - taken)
    before = _CUT if first else ""
    after = _CUT if last < len(pieces) else ""
    caret = len(before) + sum(map(cells, pieces[first:at]))
    return f"{before}{''.join(pieces[first:last])}{after}", caret


def _reach(pieces: list[str], places: range, room: int) -> int:
    """Return how many of the pieces at `places`, one after the other, fit into `room` cells."""
    count = 0
    for place in places:
        room -= cells(pieces[place])
        if room < 0:
            break
        count += 1
    return count


def _pieces(line: str) -> Iterable[str]:
    """Yield each character as a terminal may show it: tabs as spaces, nothing that it would obey."""
    cell = 0
    for char in line:
        piece = " " * (_TAB - cell % _TAB) if char == "\t" else char if char.isprintable() else "?"
        cell += cells(piece)
        yield piece


def _lines_of_file(name: str) -> list[str]:
    from coach.routine.files import read_file  # noqa: PLC0415 - only where there is something to show

    try:
        return _lines(read_file(name).decode("utf-8", "replace"))
    except CoachError:
        return []


def _lines(text: str) -> list[str]:
    """Return the lines as the reader counts them."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
