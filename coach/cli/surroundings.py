"""What the terminal can do, as far as it tells."""

from __future__ import annotations

import codecs
import os
import shutil
import sys
from typing import TYPE_CHECKING

from coach.cli.play import has_terminal
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping


@frozen
class Terminal:
    """A terminal, or what stands in its place."""

    is_terminal: bool
    """Whether there are keys to read and a screen to draw on; without them sessions run as lines of text."""
    columns: int | None
    rows: int | None
    kind: str
    colours: int
    """How many it shows, 0 when it shows none."""
    no_color: bool
    """Whether the person wants none."""
    encoding: str
    unicode: bool
    """Whether every character can be written to it."""


def terminal() -> Terminal:
    """Return the terminal of this process."""
    size = shutil.get_terminal_size() if sys.stdout.isatty() else None
    return described(os.environ, is_terminal=has_terminal(), size=size, encoding=sys.stdout.encoding or "ascii")


def described(
    environment: Mapping[str, str], *, is_terminal: bool, size: tuple[int, int] | None, encoding: str
) -> Terminal:
    """Return what `environment` and the rest tell of a terminal."""
    columns, rows = size or (None, None)
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        name = encoding
    return Terminal(
        is_terminal=is_terminal,
        columns=columns,
        rows=rows,
        kind=environment.get("TERM", ""),
        colours=_colours(environment),
        no_color=bool(environment.get("NO_COLOR")),
        encoding=name,
        unicode=name.startswith("utf"),
    )


def _colours(environment: Mapping[str, str]) -> int:
    term = environment.get("TERM", "")
    if environment.get("COLORTERM", "").casefold() in {"truecolor", "24bit"} or term.endswith("-direct"):
        return 16_777_216
    if "256" in term:
        return 256
    return 0 if term in {"", "dumb"} else 16
