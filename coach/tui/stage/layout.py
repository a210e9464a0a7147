"""The session's screen as rows: what is shown at which size, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.tui.safe import fit, safe, wrap
from coach.tui.stage import font
from coach.tui.stage.plan import MARGIN, plan
from coach.tui.stage.rows import Piece, Row, blank, centred, split
from coach.tui.stage.scene import Scene, counters
from coach.tui.stage.strip import strip_row

if TYPE_CHECKING:
    from coach.session.view import View

SMALLEST = (40, 11)
"""Width and height from which on there is a picture; below it is plain text."""
ROOMY = 17
TALL = 28


def arrange(scene: Scene, width: int, height: int) -> tuple[Row, ...]:
    """Return exactly `height` rows of `width` cells."""
    if width < SMALLEST[0] or height < SMALLEST[1]:
        rows = _essentials(scene, width)
        return tuple([*rows, *[blank(width)] * height][:height])
    above, below = _above(scene, width, height), _below(scene, width, height)
    middle = _middle(scene, width, height - len(above) - len(below), height)
    rows = [*above, *middle, *below]
    if scene.question:
        rows = _with_question(rows, scene.question, width)
    return tuple(rows)


def _above(scene: Scene, width: int, height: int) -> list[Row]:
    view = scene.view
    band = "alert" if scene.flash else f"{scene.tone}-band"
    room = width - len(scene.word) - 5
    counter = next((each for each in counters(view) if each and len(each) <= room), "")
    rows = [split((Piece(scene.word, band),), (Piece(counter, band),) if counter else (), width, band)]
    block = safe(view.block)
    lines = wrap(scene.title, width - 2)
    if len(lines) > 1:
        rows += [split((Piece(each, "strong"),), (), width) for each in lines[: 2 if height >= ROOMY else 1]]
        if height < ROOMY:
            rows[-1] = split((Piece(fit(scene.title, width - 2), "strong"),), (), width)
        if height >= TALL and block:
            rows.append(split((Piece(fit(block, width - 2), "dim"),), (), width))
    else:
        room = width - len(scene.title) - 5
        right = (Piece(fit(block, room), "dim"),) if block and fit(block, room) else ()
        rows.append(split((Piece(scene.title, "strong"),), right, width))
        if block and not right and height >= ROOMY:
            rows.append(split((Piece(fit(block, width - 2), "dim"),), (), width))
    if scene.badges:
        rows.append(split((Piece(fit(" | ".join(scene.badges), width - 2), "alert-text"),), (), width))
    return rows


def _below(scene: Scene, width: int, height: int) -> list[Row]:
    view = scene.view
    rows = [strip_row(view.strip, view.phase, width)] if view.strip else []
    spare = height - len(rows)
    if spare >= ROOMY:
        rows = [blank(width), *rows, blank(width)] if height >= TALL else rows
        rows.append(_bar(view.progress, f"{scene.tone}", width))
    talk = scene.notice or view.prompt
    ahead = "" if view.kind in ("prepare", "rest") and not view.cue else safe(f"Next: {view.next_up}")
    left = f"{view.remaining} left"
    if height >= TALL:
        rows += [centred(talk, width, "prompt") if talk else blank(width), _talk("", ahead, width)]
    elif spare >= ROOMY - 3:
        rows.append(_talk(talk, ahead, width))
    else:
        words = Piece(fit(talk or ahead, width - len(left) - 5), "prompt" if talk else "text")
        return [*rows, split((words,), (Piece(left, "strong"),), width)]
    rows.append(_session_bar(view, left, width))
    return rows


def _talk(talk: str, ahead: str, width: int) -> Row:
    """Return what to do and what comes next, both where there is room."""
    if not talk:
        return split((Piece(fit(ahead, width - 2)),), (), width)
    return split((Piece(fit(talk, width - 2), "prompt"),), (Piece(ahead),) if ahead else (), width)


def _bar(progress: int, role: str, width: int) -> Row:
    cells = width - 2
    full = cells * progress // 1000
    return Row((Piece(" "), Piece("\u2588" * full, role), Piece("\u2591" * (cells - full), "track"), Piece(" ")))


def _session_bar(view: View, left: str, width: int) -> Row:
    cells = width - len(left) - 4
    full = cells * view.session_progress // 1000
    bar = (Piece("\u2584" * full, "session"), Piece("_" * (cells - full), "track"))
    return Row((Piece(" "), *bar, Piece("  "), Piece(left, "strong"), Piece(" ")))


def _middle(scene: Scene, width: int, rows: int, height: int) -> list[Row]:
    """Return the countdown and the headline, with what is left over as space around them."""
    wanted = -(-(height + 1) // 3)
    texts = scene.headlines
    paused = scene.view.mode == "paused"
    shares = plan(width, rows, wanted, scene.shape, texts, words_first=paused)
    if shares.headline == 0 and texts == (safe(scene.view.title),) == (scene.title,):
        # A title that could only be repeated in the same size says nothing new.
        shares = plan(width, rows, wanted, scene.shape, ("",))
        words: list[Row] = []
    else:
        words = _headline(scene.headline, shares.headline, shares.headline_rows, width)
    digits = _digits(scene.view.digits, shares.digits, scene.tone, width)
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
        *[blank(width)] * bottom,
    ]


def _digits(digits: str, scale: int, tone: str, width: int) -> list[Row]:
    if not scale:
        return [centred(digits, width, tone)]
    return [centred_large(line, width, tone) for line in font.draw(digits, scale)]


def centred_large(line: str, width: int, role: str) -> Row:
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
            found += [centred_large(each, width, "cue") for each in font.draw(line, scale)]
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
        (scene.notice or view.prompt, "prompt"),
        (" | ".join(scene.badges), "alert-text"),
        (f"{view.remaining} left", "text"),
    ]
    lines = [(line, role) for text, role in texts for line in wrap(text, max(1, width))]
    return [
        Row((Piece(fit(line, width), role), Piece(" " * (width - Piece(fit(line, width)).cells))))
        for line, role in lines
    ]
