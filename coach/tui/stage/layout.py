"""The session's screen as rows: what is shown at which size, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.text.clean import cell_len, safe, wrapped
from coach.text.rows import Row, Span, blank, centred, coarse, edged, fit, split
from coach.tui.stage import font
from coach.tui.stage.scene import counters
from coach.tui.stage.sizing import LARGEST_SCALE, MARGIN, share_out
from coach.tui.stage.strip import dots, strip_row
from coach.tui.stage.track import track_pieces
from coach.values import frozen

if TYPE_CHECKING:
    from coach.tui.stage.scene import Scene

ROOMY = 17
TALL = 28
LOFTY = 36


def above(scene: Scene, width: int, height: int) -> list[Row]:
    """Return the band, the title, the block and the badges."""
    rows = _band(scene, width, height)
    block = safe(scene.view.block)
    lines = wrapped(scene.title, width - 2)
    if len(lines) > 1:
        rows += [split((Span(line, "strong"),), (), width) for line in lines[: 2 if height >= ROOMY else 1]]
        if height < ROOMY:
            rows[-1] = split((Span(fit(scene.title, width - 2), "strong"),), (), width)
        if height >= TALL and block:
            rows.append(split((Span(fit(block, width - 2), "dim"),), (), width))
    else:
        room = width - cell_len(scene.title) - 5
        right = (Span(fit(block, room), "dim"),) if block and fit(block, room) else ()
        rows.append(split((Span(scene.title, "strong"),), right, width))
        if block and not right and height >= ROOMY:
            rows.append(split((Span(fit(block, width - 2), "dim"),), (), width))
    if scene.badges:
        rows.append(split((Span(fit(" | ".join(scene.badges), width - 2), "alert-text"),), (), width))
    return rows


def _band(scene: Scene, width: int, height: int) -> list[Row]:
    """Return the band: kind and counters in one row, or in large letters where there is space."""
    band = f"{scene.tone}-band"
    room = width - cell_len(scene.word) - 5
    counter = next((count for count in counters(scene.view) if count and cell_len(count) <= room), "")
    right = (Span(counter, band),) if counter else ()
    if height < LOFTY or scene.coarse or not font.can_draw(scene.word):
        return [split((Span(scene.word, band),), right, width, band)]
    scale = max((size for size in (1, 2) if font.height(size) * 8 <= height), default=1)
    large = font.draw(scene.word, scale)
    if len(large[0]) + 2 > width:
        return [split((Span(scene.word, band),), right, width, band)]
    rows = [split((Span(line, band),), (), width, band) for line in large]
    room = width - len(large[0]) - 5
    words = next((count for count in counters(scene.view) if count and cell_len(count) <= room), "")
    if words and font.can_draw(words) and len(large[0]) + font.width(words, scale) + 5 <= width:
        pairs = zip(large, font.draw(words, scale), strict=True)
        return [split((Span(left, band),), (Span(right, band),), width, band) for left, right in pairs]
    middle = len(rows) // 2
    if words:
        rows[middle] = split((Span(large[middle], band),), (Span(words, band),), width, band)
        return rows
    return [*rows, split((Span(counter, band),), (), width, band)] if counter else rows


def below(scene: Scene, width: int, height: int) -> list[Row]:
    """Return the phases, the bars, what to do, what comes next, and the remaining time."""
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
        words = Span(fit(talk or ahead, width - len(left) - 5), "prompt" if talk else "text")
        return [*rows, split((words,), (Span(left, "strong"),), width)]
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
    spans = (Span("reps  ", "dim"), *marks)
    cells = sum(span.cells for span in spans)
    before = (width - cells) // 2
    return Row((Span(" " * before), *spans, Span(" " * (width - cells - before))))


def _talk(talk: str, ahead: str, width: int) -> Row:
    """Return what to do and what comes next, both if they fit."""
    if not talk:
        return split((Span(fit(ahead, width - 2)),), (), width)
    return split((Span(fit(talk, width - 2), "prompt"),), (Span(ahead),) if ahead else (), width)


def _bar(progress: int, tone: str, width: int) -> Row:
    cells = width - 4
    full = cells * progress // 1000
    spans = (Span("  "), Span("=" * full, f"{tone}-fill"), Span("." * (cells - full), "track"), Span("  "))
    return Row(tuple(span for span in spans if span.text))


def _session_row(scene: Scene, left: str, width: int) -> Row:
    view = scene.view
    cells = width - cell_len(left) - 6
    if scene.track is None or cells < 8:
        return split((), (Span(left, "strong"),), width)
    track = track_pieces(scene.track, view.index, view.progress, cells)
    return Row((Span("  "), *track, Span("  "), Span(left, "strong"), Span("  ")))


_GAP = 2
SCALES = (4, 3, 2, 1)


def numbered_phase(scene: Scene, width: int, rows: int, wanted: int, unit: int) -> tuple[int, list[Row]] | None:
    """Return the scale of the countdown and the rows of the phase, or None if they do not fit.

    The countdown keeps its `wanted` rows; scales are multiples of `unit`. All phases get the same room, so that
    nothing moves from one to the next.
    """
    view = scene.view
    if view.phase is None or not view.strip or view.mode == "paused" or not font.can_draw(scene.shape):
        return None
    widest = max(
        (k for k in range(unit, LARGEST_SCALE, unit) if font.width(scene.shape, k) <= width - 2 * MARGIN), default=0
    )
    for scale in (size for size in SCALES if size % unit == 0):
        number = font.width("0" * len(str(len(view.strip))), scale)
        cells = width - 2 * MARGIN - number - _GAP
        lines = max(len(wrapped(safe(cue), cells)) for cue in view.strip) if cells > 0 else rows
        taken = max(font.height(scale), lines)
        digits = max((k for k in range(unit, widest + 1, unit) if font.height(k) + taken + 1 <= rows), default=0)
        if lines <= font.height(scale) and digits and (font.height(digits) >= wanted or digits == widest):
            longest = max((line for cue in view.strip for line in wrapped(safe(cue), cells)), key=len, default="")
            return digits, _rows(scene, scale, cells, len(longest), width)
    return None


def _rows(scene: Scene, scale: int, cells: int, longest: int, width: int) -> list[Row]:
    large = font.draw(f"{scene.view.phase}", scale)
    lines = wrapped(safe(scene.view.cue), cells)
    first = (len(large) - len(lines)) // 2
    before = max(MARGIN, (width - font.width("0", scale) - _GAP - longest) // 2)
    found = []
    for y, ink in enumerate(large):
        words = Span(lines[y - first] if 0 <= y - first < len(lines) else "", "cue")
        after = max(0, width - before - len(ink) - _GAP - words.cells)
        spans = (Span(" " * before), Span(ink, "cue"), Span(" " * _GAP), words, Span(" " * after))
        found.append(Row(tuple(span for span in spans if span.text)))
    return found


SMALLEST = (40, 11)
"""The smallest width and height with a picture. Smaller screens get plain text."""


COARSE_UNIT = 2
"""At even scales letters are made of whole cells alone."""


WITH_FIGURE = (70, 19)
"""The smallest width and height with a figure beside the countdown."""
_FIGURE_SHARE = 45
"""How much of the width a figure gets, in per cent."""
_WIDEST_FIGURE = 56


@frozen
class Slot:
    """The place of a figure: its first column and row, and its size, in cells."""

    column: int
    row: int
    columns: int
    rows: int


@frozen
class StagePicture:
    """What the stage shows: its rows, and where the figure goes over them."""

    rows: tuple[Row, ...]
    figure: Slot | None = None


def arrange(scene: Scene, width: int, height: int) -> StagePicture:
    """Return exactly `height` rows of `width` cells, and the place of the figure."""
    if width < SMALLEST[0] or height < SMALLEST[1]:
        rows = _essentials(scene, width)
        return StagePicture(tuple([*rows, *[blank(width)] * height][:height]))
    top, bottom = above(scene, width, height), below(scene, width, height)
    free = height - len(top) - len(bottom)
    figure = None
    if scene.has_figure and width >= WITH_FIGURE[0] and height >= WITH_FIGURE[1]:
        columns = min(width * _FIGURE_SHARE // 100, _WIDEST_FIGURE)
        figure = Slot(2, len(top) + 1, columns - 2, free - 2)
        beside = _middle(scene, width - columns, free, height)
        middle = [Row((Span(" " * columns), *row.spans)) for row in beside]
    else:
        middle = _middle(scene, width, free, height)
    rows = [edged(row, f"{scene.tone}-band") for row in (*top, *middle, *bottom)]
    if scene.question:
        rows = _with_question(rows, scene.question, width)
    return StagePicture(tuple(rows), figure)


def _middle(scene: Scene, width: int, rows: int, height: int) -> list[Row]:
    """Return the countdown and the headline, with what is left over as space around them."""
    wanted = -(-(height + 1) // 3)
    texts = scene.headlines
    aside = [centred(line, width, "strong") for line in wrapped(scene.aside, width - 4)]
    if height < ROOMY - 3 or len(aside) > 2:
        aside = []
    rows -= len(aside)
    paused = scene.view.mode == "paused"
    unit = COARSE_UNIT if scene.coarse else 1
    shares = share_out(width, rows, wanted, scene.shape, texts, words_first=paused or scene.own_pace, unit=unit)
    if shares.headline == 0 and texts == (safe(scene.view.title),) == (scene.title,):
        # A title that could only be repeated in the same size says nothing new.
        shares = share_out(width, rows, wanted, scene.shape, ("",), unit=unit)
        words: list[Row] = []
    else:
        words = _headline(scene.headline, shares.headline, shares.headline_rows, width)
    scale = shares.digits
    if shares.headline == 0 and (found := numbered_phase(scene, width, rows, wanted, unit)):
        scale, words = found
    digits = _digits(scene.view.digits, scale, scene.tone, width)
    if scene.coarse:
        digits, words = [coarse(row) for row in digits], [coarse(row) for row in words]
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
    return Row((Span(" " * before), Span(line, role), Span(" " * (width - len(line) - before))))


def _headline(text: str, scale: int, rows: int, width: int) -> list[Row]:
    """Return `text` in exactly `rows` rows, so that nothing moves when the next phase has fewer words."""
    cells = width - 2 * MARGIN
    found: list[Row] = []
    if scale:
        lines = font.large_lines(text, scale, cells) or ()
        gap = font.pitch(scale) - font.height(scale)
        for number, line in enumerate(lines):
            found += [blank(width)] * (gap if number else 0)
            found += [_centred_large(row, width, "cue") for row in font.draw(line, scale)]
    else:
        lines = tuple(wrapped(text, cells))
        if len(lines) > rows > 0:
            lines = (*lines[: rows - 1], fit(" ".join(lines[rows - 1 :]), cells))
        found = [centred(line, width, "cue") for line in lines[:rows]]
    return [*found, *[blank(width)] * (rows - len(found))]


def _with_question(rows: list[Row], question: str, width: int) -> list[Row]:
    """Lay the question over the last rows: nothing else moves, and nothing else is hidden."""
    lines = wrapped(question, width - 2)
    bar = [centred(line, width, "alert", "alert") for line in lines]
    if len(rows) >= ROOMY:
        bar = [blank(width, "alert"), *bar, blank(width, "alert")]
    return [*rows[: -len(bar)], *bar]


def _essentials(scene: Scene, width: int) -> list[Row]:
    """Return plain lines for a window too small for a picture, the most important first."""
    view = scene.view
    count = next((count for count in counters(view) if count and len(count) <= width), "")
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
    lines = [Span(fit(line, width), role) for text, role in texts for line in wrapped(text, max(1, width))]
    return [Row((span, Span(" " * (width - span.cells)))) for span in lines]
