"""What stands above and below the countdown: the band that says what kind of moment this is, and what lies ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.tui.safe import cell_len, fit, safe, wrap
from coach.tui.stage import font
from coach.tui.stage.rows import Piece, Row, blank, centred, split
from coach.tui.stage.scene import counters
from coach.tui.stage.strip import dots, strip_row
from coach.tui.stage.track import track_pieces

if TYPE_CHECKING:
    from coach.tui.stage.scene import Scene

ROOMY = 17
TALL = 28
LOFTY = 36


def above(scene: Scene, width: int, height: int) -> list[Row]:
    """Return the band, the title, the block and the badges."""
    rows = _band(scene, width, height)
    block = safe(scene.view.block)
    lines = wrap(scene.title, width - 2)
    if len(lines) > 1:
        rows += [split((Piece(each, "strong"),), (), width) for each in lines[: 2 if height >= ROOMY else 1]]
        if height < ROOMY:
            rows[-1] = split((Piece(fit(scene.title, width - 2), "strong"),), (), width)
        if height >= TALL and block:
            rows.append(split((Piece(fit(block, width - 2), "dim"),), (), width))
    else:
        room = width - cell_len(scene.title) - 5
        right = (Piece(fit(block, room), "dim"),) if block and fit(block, room) else ()
        rows.append(split((Piece(scene.title, "strong"),), right, width))
        if block and not right and height >= ROOMY:
            rows.append(split((Piece(fit(block, width - 2), "dim"),), (), width))
    if scene.badges:
        rows.append(split((Piece(fit(" | ".join(scene.badges), width - 2), "alert-text"),), (), width))
    return rows


def _band(scene: Scene, width: int, height: int) -> list[Row]:
    """Return the band: kind and counters in one row, or in large letters where there is much room."""
    band = f"{scene.tone}-band"
    room = width - cell_len(scene.word) - 5
    counter = next((each for each in counters(scene.view) if each and cell_len(each) <= room), "")
    right = (Piece(counter, band),) if counter else ()
    if height < LOFTY or scene.coarse or not font.can_draw(scene.word):
        return [split((Piece(scene.word, band),), right, width, band)]
    scale = max((each for each in (1, 2) if font.height(each) * 8 <= height), default=1)
    large = font.draw(scene.word, scale)
    if len(large[0]) + 2 > width:
        return [split((Piece(scene.word, band),), right, width, band)]
    rows = [split((Piece(each, band),), (), width, band) for each in large]
    words = next((each for each in counters(scene.view) if each and len(large[0]) + cell_len(each) + 5 <= width), "")
    if words and font.can_draw(words) and len(large[0]) + font.width(words, scale) + 5 <= width:
        pairs = zip(large, font.draw(words, scale), strict=True)
        return [split((Piece(left, band),), (Piece(each, band),), width, band) for left, each in pairs]
    middle = len(rows) // 2
    if words:
        rows[middle] = split((Piece(large[middle], band),), (Piece(words, band),), width, band)
        return rows
    return [*rows, split((Piece(counter, band),), (), width, band)] if counter else rows


def below(scene: Scene, width: int, height: int) -> list[Row]:
    """Return the phases, the bars, what to do, what comes next, and the time that is left."""
    view = scene.view
    strip = strip_row(view.strip, view.phase, width, view.phase_fill, scene.tone)
    rows = [strip] if view.strip else []
    spare = height - len(rows)
    if spare >= ROOMY and (reps := _reps(scene, width)):
        rows.append(reps)
    if spare >= ROOMY:
        rows = [blank(width), *rows, blank(width)] if height >= TALL else rows
        timed = not view.counts_up or view.progress
        rows.append(_bar(view.progress, scene.tone, width) if timed else blank(width))
    talk = scene.notice or scene.prompt
    ahead = "" if scene.headline.startswith("Next:") else safe(f"Next: {view.next_up}")
    left = f"{view.remaining} left"
    if height >= TALL:
        rows += [centred(talk, width, "prompt") if talk else blank(width), _talk("", ahead, width)]
    elif spare >= ROOMY - 3:
        rows.append(_talk(talk, ahead, width))
    else:
        words = Piece(fit(talk or ahead, width - len(left) - 5), "prompt" if talk else "text")
        return [*rows, split((words,), (Piece(left, "strong"),), width)]
    rows.append(_session_row(scene, left, width))
    return rows


def _reps(scene: Scene, width: int) -> Row | None:
    """Return a mark for each rep, in the middle of a row."""
    view = scene.view
    if view.rep is None or view.reps is None or not 1 <= view.rep <= view.reps or view.reps == 1:
        return None
    marks = dots(view.rep, view.reps, width - 8)
    if not marks:
        return None
    pieces = (Piece("reps  ", "dim"), *marks)
    cells = sum(each.cells for each in pieces)
    before = (width - cells) // 2
    return Row((Piece(" " * before), *pieces, Piece(" " * (width - cells - before))))


def _talk(talk: str, ahead: str, width: int) -> Row:
    """Return what to do and what comes next, both where there is room."""
    if not talk:
        return split((Piece(fit(ahead, width - 2)),), (), width)
    return split((Piece(fit(talk, width - 2), "prompt"),), (Piece(ahead),) if ahead else (), width)


def _bar(progress: int, tone: str, width: int) -> Row:
    cells = width - 4
    full = cells * progress // 1000
    pieces = (Piece("  "), Piece("=" * full, f"{tone}-fill"), Piece("." * (cells - full), "track"), Piece("  "))
    return Row(tuple(each for each in pieces if each.text))


def _session_row(scene: Scene, left: str, width: int) -> Row:
    view = scene.view
    cells = width - cell_len(left) - 6
    if scene.track is None or cells < 8:
        return split((), (Piece(left, "strong"),), width)
    track = track_pieces(scene.track, view.index, view.progress, cells)
    return Row((Piece("  "), *track, Piece("  "), Piece(left, "strong"), Piece("  ")))
