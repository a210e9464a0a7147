"""The history's lines as rows of the screen: which colour a role has there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.tui.stage.rows import Piece, Row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coach.history.lines import Line

# The glyph of a level tells it without its colour.
_ROLES = {"level0": "dim", "level1": "text", "level2": "rest", "level3": "work", "level4": "work"}


def rows_of(lines: Iterable[Line]) -> list[Row]:
    """Return `lines` as rows."""
    return [Row(tuple(Piece(each.text, _ROLES.get(each.role, each.role)) for each in line.spans)) for line in lines]
