"""The session's screen as rows: what is shown at which size, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.tui.safe import fit, safe, wrap
from coach.tui.stage import font
from coach.tui.stage.around import ROOMY, above, below
from coach.tui.stage.numbered import numbered
from coach.tui.stage.plan import MARGIN, plan
from coach.tui.stage.rows import Piece, Row, blank, centred, coarse, edged
from coach.tui.stage.scene import counters

if TYPE_CHECKING:
    from coach.tui.stage.scene import Scene

SMALLEST = (40, 11)
"""Width and height from which on there is a picture; below it is plain text."""


COARSE_UNIT = 2
"""At even scales letters are made of whole cells alone."""


def arrange(scene: Scene, width: int, height: int) -> tuple[Row, ...]:
    """Return exactly `height` rows of `width` cells."""
    if width < SMALLEST[0] or height < SMALLEST[1]:
        rows = _essentials(scene, width)
        return tuple([*rows, *[blank(width)] * height][:height])
    top, bottom = above(scene, width, height), below(scene, width, height)
    middle = _middle(scene, width, height - len(top) - len(bottom), height)
    rows = [edged(each, f"{scene.tone}-band") for each in (*top, *middle, *bottom)]
    if scene.question:
        rows = _with_question(rows, scene.question, width)
    return tuple(rows)


def _middle(scene: Scene, width: int, rows: int, height: int) -> list[Row]:
    """Return the countdown and the headline, with what is left over as space around them."""
    wanted = -(-(height + 1) // 3)
    texts = scene.headlines
    aside = [centred(each, width, "strong") for each in wrap(scene.aside, width - 4)]
    if height < ROOMY - 3 or len(aside) > 2:
        aside = []
    rows -= len(aside)
    paused = scene.view.mode == "paused"
    unit = COARSE_UNIT if scene.coarse else 1
    shares = plan(width, rows, wanted, scene.shape, texts, words_first=paused or scene.own_pace, unit=unit)
    if shares.headline == 0 and texts == (safe(scene.view.title),) == (scene.title,):
        # A title that could only be repeated in the same size says nothing new.
        shares = plan(width, rows, wanted, scene.shape, ("",), unit=unit)
        words: list[Row] = []
    else:
        words = _headline(scene.headline, shares.headline, shares.headline_rows, width)
    scale = shares.digits
    if shares.headline == 0 and (found := numbered(scene, width, rows, wanted, unit)):
        scale, words = found
    digits = _digits(scene.view.digits, scale, scene.tone, width)
    if scene.coarse:
        digits, words = [coarse(each) for each in digits], [coarse(each) for each in words]
    spare = rows - len(digits) - len(words)
    # The first blank row parts the countdown from the words, so that large letters do not grow together.
    between = max(spare // 3, min(1, spare)) if words else 0
    top = (spare - between) // 2
    bottom = spare - top - between
    return [
        *[blank(width)] * top,
        *digits,
        *[blank(width)] * between,
        *words,
        *aside,
        *[blank(width)] * bottom,
    ]


def _digits(digits: str, scale: int, tone: str, width: int) -> list[Row]:
    if not scale:
        return [centred(digits, width, tone)]
    return [_centred_large(line, width, tone) for line in font.draw(digits, scale)]


def _centred_large(line: str, width: int, role: str) -> Row:
    """Return a row of large letters in the middle of a row; its own spaces stay."""
    before = (width - len(line)) // 2
    return Row((Piece(" " * before), Piece(line, role), Piece(" " * (width - len(line) - before))))


def _headline(text: str, scale: int, rows: int, width: int) -> list[Row]:
    """Return `text` in exactly `rows` rows, so that nothing moves when the next phase has fewer words."""
    cells = width - 2 * MARGIN
    found: list[Row] = []
    if scale:
        lines = font.wrapped(text, scale, cells) or ()
        gap = font.pitch(scale) - font.height(scale)
        for number, line in enumerate(lines):
            found += [blank(width)] * (gap if number else 0)
            found += [_centred_large(each, width, "cue") for each in font.draw(line, scale)]
    else:
        lines = tuple(wrap(text, cells))
        if len(lines) > rows > 0:
            lines = (*lines[: rows - 1], fit(" ".join(lines[rows - 1 :]), cells))
        found = [centred(each, width, "cue") for each in lines[:rows]]
    return [*found, *[blank(width)] * (rows - len(found))]


def _with_question(rows: list[Row], question: str, width: int) -> list[Row]:
    """Lay the question over the last rows: nothing else moves, and nothing else is hidden."""
    lines = wrap(question, width - 2)
    bar = [centred(each, width, "alert", "alert") for each in lines]
    if len(rows) >= ROOMY:
        bar = [blank(width, "alert"), *bar, blank(width, "alert")]
    return [*rows[: -len(bar)], *bar]


def _essentials(scene: Scene, width: int) -> list[Row]:
    """Return plain lines for a window too small for a picture, the most important first."""
    view = scene.view
    count = next((each for each in counters(view) if each and len(each) <= width), "")
    texts = [
        (scene.question, "alert"),
        (f"{scene.word} {view.digits}", scene.tone),
        (scene.headline if scene.headline != "PAUSED" else "", "strong"),
        (scene.title if scene.headline != scene.title else "", "text"),
        (count, "text"),
        (scene.notice or scene.prompt, "prompt"),
        (" | ".join(scene.badges), "alert-text"),
        (f"{view.remaining} left", "text"),
    ]
    lines = [Piece(fit(line, width), role) for text, role in texts for line in wrap(text, max(1, width))]
    return [Row((each, Piece(" " * (width - each.cells)))) for each in lines]
