"""A phase whose words are too long for large letters: its number large, and the words beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.tui.safe import safe, wrap
from coach.tui.stage import font
from coach.tui.stage.plan import LARGEST, MARGIN
from coach.tui.stage.rows import Piece, Row

if TYPE_CHECKING:
    from coach.tui.stage.scene import Scene

GAP = 2
SCALES = (4, 3, 2, 1)


def numbered(scene: Scene, width: int, rows: int, wanted: int, unit: int) -> tuple[int, list[Row]] | None:
    """Return the scale of the countdown and the rows of the phase, or None where there is no room for both.

    The countdown keeps its `wanted` rows; scales are multiples of `unit`. All phases get the same room, so that
    nothing moves from one to the next.
    """
    view = scene.view
    if view.phase is None or not view.strip or view.mode == "paused" or not font.can_draw(scene.shape):
        return None
    widest = max((k for k in range(unit, LARGEST, unit) if font.width(scene.shape, k) <= width - 2 * MARGIN), default=0)
    for scale in (each for each in SCALES if each % unit == 0):
        number = font.width("0" * len(str(len(view.strip))), scale)
        cells = width - 2 * MARGIN - number - GAP
        lines = max(len(wrap(safe(cue), cells)) for cue in view.strip) if cells > 0 else rows
        taken = max(font.height(scale), lines)
        digits = max((k for k in range(unit, widest + 1, unit) if font.height(k) + taken + 1 <= rows), default=0)
        if lines <= font.height(scale) and digits and (font.height(digits) >= wanted or digits == widest):
            longest = max((line for cue in view.strip for line in wrap(safe(cue), cells)), key=len, default="")
            return digits, _rows(scene, scale, cells, len(longest), width)
    return None


def _rows(scene: Scene, scale: int, cells: int, longest: int, width: int) -> list[Row]:
    large = font.draw(f"{scene.view.phase}", scale)
    lines = wrap(safe(scene.view.cue), cells)
    first = (len(large) - len(lines)) // 2
    before = max(MARGIN, (width - font.width("0", scale) - GAP - longest) // 2)
    found = []
    for y, ink in enumerate(large):
        words = Piece(lines[y - first] if 0 <= y - first < len(lines) else "", "cue")
        after = max(0, width - before - len(ink) - GAP - words.cells)
        pieces = (Piece(" " * before), Piece(ink, "cue"), Piece(" " * GAP), words, Piece(" " * after))
        found.append(Row(tuple(each for each in pieces if each.text)))
    return found
