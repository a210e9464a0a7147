"""Warn of figures that a routine or exercise file names and that do not exist.

Apart from the reader, which looks at one file alone: this check needs to know which figure files there are, and it also
runs on a file that the reader refuses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.problems import Problem, did_you_mean
from coach.syntax.parse import parse
from coach.syntax.report import Report, quoted
from coach.syntax.tree import Keys, Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from coach.syntax.tree import Node

_KEY = "figure"
_NONE = "none"


def unknown_figures(data: bytes, file: str, known: Collection[str]) -> tuple[Problem, ...]:
    """Return a warning for each exercise in a routine or exercise file that names no figure in `known`.

    Args:
        data: the bytes of the file, which may be broken.
        file: its name in messages.
        known: the ids of all figures.
    """
    if _KEY.encode() not in data:
        return ()
    return tuple(
        Problem(
            file,
            value.line,
            value.column,
            f"there is no figure {quoted(value.value)}{did_you_mean(value.value[:60], (*known, _NONE))}",
            severity="warning",
        )
        for value in _named(parse(data, Report(file)))
        if value.value.strip().casefold() not in {*known, _NONE}
    )


def _named(top: Node | None) -> Iterator[Text]:
    """Yield the values of `figure` in an exercise file, or in the private exercises of a routine."""
    if not isinstance(top, Keys):
        return
    for key, value in top.value:
        if key.value == _KEY and isinstance(value, Text) and value.value.strip():
            yield value
        elif key.value == "exercises" and isinstance(value, Keys):
            for _, exercise in value.value:
                yield from _named(exercise)
