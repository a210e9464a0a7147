"""How the rows of a screen are shared: the countdown first, then the words to act on, then the rest."""

from __future__ import annotations

from functools import lru_cache

from coach.text.clean import wrapped
from coach.tui.stage import font
from coach.values import frozen

MARGIN = 2
"""Free cells at each side of large letters: the edge of the panel, and a blank."""
LARGEST_SCALE = 40


@frozen
class Shares:
    """Scales of the countdown and of the headline (0 is plain text), and the rows the headline gets."""

    digits: int
    headline: int
    headline_rows: int


@lru_cache(maxsize=256)
def share_out(
    width: int, rows: int, wanted: int, shape: str, texts: tuple[str, ...], *, words_first: bool = False, unit: int = 1
) -> Shares:
    """Share `rows` between the countdown and the headline, which must fit each of `texts`.

    The countdown gets `wanted` rows, where it can, before the headline grows; with `words_first` it is the headline
    that must be in large letters. `shape` is the widest countdown to come. Scales are multiples of `unit`.
    """
    cells = width - 2 * MARGIN
    widest = max((k for k in range(unit, LARGEST_SCALE, unit) if font.width(shape, k) <= cells), default=0)
    scale = next((k for k in range(unit, widest + 1, unit) if font.height(k) >= wanted), widest)
    floor = 0 if words_first or not any(texts) else unit
    while scale > floor and _words(texts, cells, rows - _rows(scale), unit, large=words_first) is None:
        scale -= unit
    words = _words(texts, cells, rows - _rows(scale), unit, large=False)
    headline, taken = words or (0, max(0, rows - _rows(scale)))
    # What is left over goes to the countdown, as long as a blank row stays around it.
    while scale < widest and font.height(scale + unit) + taken + 2 <= rows:
        scale += unit
    return Shares(scale, headline, taken)


def _rows(scale: int) -> int:
    return font.height(scale) if scale else 1


def _words(texts: tuple[str, ...], cells: int, rows: int, unit: int, *, large: bool) -> tuple[int, int] | None:
    """Return (scale, rows) at which every text fits, the largest possible, or None."""
    if not any(texts):
        return 0, 0
    if all(map(font.can_draw, texts)):
        most = min(LARGEST_SCALE, rows // 2 + 1)
        for scale in range(most - most % unit, 0, -unit):
            lines = [font.large_lines(text, scale, cells) for text in texts if text]
            if all(lines) and (taken := max(font.height(scale, len(text_lines or ())) for text_lines in lines)) <= rows:
                return scale, taken
    taken = max(len(wrapped(text, cells)) for text in texts)
    return None if large or taken > rows else (0, taken)
