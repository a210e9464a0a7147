"""Dialogs over the session's picture: a pause, or the question whether to end.

Nothing is half hidden: large letters that it would cut are left out, and it moves below the countdown if there is room.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coach.text.clean import cell_len, wrapped
from coach.text.rows import Row, Span, blank
from coach.tui.stage.page import Cover

if TYPE_CHECKING:
    from coach.tui.stage.page import PlacedLetters, StagePicture
    from coach.tui.stage.scene import Scene

ROOMY = 17
"""From this height on there are rows for more than the words to act on."""
_FRAME = "\u256d\u2500\u256e\u2502\u2570\u256f"
_COARSE_FRAME = "+-+|++"
_MOST_CELLS = 64
"""The most cells that a dialog is wide."""


def with_dialog(picture: StagePicture, scene: Scene, width: int, height: int) -> StagePicture:
    """Return a picture with the dialog of its scene over it; the picture itself where there is none."""
    found = _dialog(scene, width, height)
    if found is None:
        return picture
    cover = _below_the_clock(picture, found, height)
    last = cover.row + len(cover.rows)
    cut = [one for one in picture.letters if _cuts(cover, one)]
    tails = {one.row + one.drawing.rows + tail for one in cut for tail in range(one.tail)}
    rows = tuple(
        blank(width) if y in tails else _cleared(row, cover) if cover.row <= y < last else row
        for y, row in enumerate(picture.rows)
    )
    letters = tuple(one for one in picture.letters if one not in cut)
    board = tuple(slot for slot in picture.board if slot.row + slot.rows <= cover.row or last <= slot.row)
    return replace(picture, rows=rows, letters=letters, board=board, cover=cover)


def _below_the_clock(picture: StagePicture, cover: Cover, height: int) -> Cover:
    """Return a dialog below the countdown, if it would hide it and there is room."""
    hidden = (one for one in picture.letters if one.ink == "tone" and _cuts(cover, one))
    below = max((one.row + one.drawing.rows for one in hidden), default=0) + 1
    return replace(cover, row=below) if cover.row < below < height - len(cover.rows) else cover


def _cuts(cover: Cover, letters: PlacedLetters) -> bool:
    """Return whether a dialog and letters share a row."""
    return letters.row < cover.row + len(cover.rows) and cover.row < letters.row + letters.drawing.rows


def _cleared(row: Row, cover: Cover) -> Row:
    """Return a row without the words that a dialog hides in part."""
    first, last = cover.column, cover.column + cell_len(cover.rows[0].text)
    found, at = [], 0
    for span in row.spans:
        end = at + span.cells
        hides = at < last and first < end and bool(span.text.strip())
        found.append(Span(" " * span.cells) if hides else span)
        at = end
    return Row(tuple(found))


def _dialog(scene: Scene, width: int, height: int) -> Cover | None:
    """Return the question, or what to know in a pause, in a frame."""
    if scene.question:
        return _framed(scene, wrapped(scene.question, min(_MOST_CELLS, width - 6)), "alert-text", (width, height))
    if scene.view.mode != "paused":
        return None
    room = min(_MOST_CELLS, width - 6)
    lines = [
        "PAUSED",
        *wrapped(scene.reason, room),
        *([""] if height >= ROOMY else []),
        *_pause_keys(scene, room),
    ]
    return _framed(scene, lines, "paused", (width, height))


def _pause_keys(scene: Scene, room: int) -> list[str]:
    """Return the keys of a pause in lines, each key beside what it does."""
    lines = [""]
    for words in scene.pause_keys.split("   "):
        joined = f"{lines[-1]}   {words}" if lines[-1] else words
        if cell_len(joined) <= room:
            lines[-1] = joined
        else:
            lines.append(words)
    return lines


def _framed(scene: Scene, lines: list[str], role: str, size: tuple[int, int]) -> Cover:
    corners = _COARSE_FRAME if scene.coarse else _FRAME
    wide = max(map(cell_len, lines)) + 4
    airy = size[1] >= ROOMY
    edge = corners[1] * (wide - 2)
    rows = [Row((Span(f"{corners[0]}{edge}{corners[2]}", role),))]
    for number, line in enumerate(["", *lines, ""] if airy else lines):
        before = (wide - 2 - cell_len(line)) // 2
        after = wide - 2 - cell_len(line) - before
        is_title = number == (1 if airy else 0)
        inner = Span(line, role if is_title else "cover")
        side = Span(corners[3], role)
        spans = (side, Span(" " * before, "cover"), inner, Span(" " * after, "cover"), side)
        rows.append(Row(tuple(span for span in spans if span.text)))
    rows.append(Row((Span(f"{corners[4]}{edge}{corners[5]}", role),)))
    return Cover((size[0] - wide) // 2, max(1, (size[1] - len(rows)) // 2), tuple(rows[: size[1] - 1]))
