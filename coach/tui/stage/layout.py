"""The session's screen: what is shown at which size, and where."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from coach.text.clean import cell_len, safe, wrapped
from coach.text.rows import Row, Span, blank, fit, split
from coach.tui.stage.dialog import ROOMY, with_dialog
from coach.tui.stage.lettering import Drawing, plain_lines, set_lines
from coach.tui.stage.page import PlacedLetters, Slot, StagePage, StagePicture
from coach.tui.stage.scene import counters
from coach.tui.stage.sizing import LEAST_NUMBER_ROWS, LEGIBLE, NUMBER_GAP, lead_and_tail, share_out, sizes_of
from coach.tui.stage.strip import phase_names, phase_numbers, phase_role, rep_marks, share_bar
from coach.tui.stage.track import track_pieces

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coach.tui.stage.scene import Scene, StageWords
    from coach.tui.stage.sizing import SizedPart

SMALLEST = (40, 11)
"""The smallest width and height with a picture. Smaller screens get plain text."""
TALL = 26
WITH_FIGURE = (70, 19)
"""The smallest width and height with a figure beside the countdown."""
WITH_STORYBOARD = (110, 35)
"""The smallest width and height with a small figure for each phase."""
MARGIN = 2
"""Free cells at each side."""
_NARROW = 1
"""The same beside words below a figure: these may fill the width, and a cell more often makes a size fit."""
_FIGURE_SHARE = 46
"""How much of the width a figure gets at most, in per cent."""
_FIGURE_SHAPE = 2.6
"""How many times as wide as high a figure's place is at most, in cells."""
_LOW_SHAPE = 3.4
"""The same where the words stand below it."""
_LEAST_FIGURE_ROWS = 6
"""The least rows of a figure with words below it."""
_SMALL = (12, 18)
"""The least and the most columns of a picture in the storyboard."""
_SMALL_ROWS = 7
_CAPTION_ROWS = 3
_TITLE_ROWS = 2
_LEAST_NEXT = 24
"""The least cells in which what comes next is named."""
_ROWS_WITH_EDGE = 12
"""From this number of rows on one is free between the band and the countdown."""


def arrange(scene: Scene, width: int, height: int) -> StagePicture:
    """Return exactly `height` rows of `width` cells, and what is drawn over them."""
    if width < SMALLEST[0] or height < SMALLEST[1]:
        rows = _essentials(scene, width)
        return StagePicture(tuple([*rows, *[blank(width)] * height][:height]))
    page = StagePage(width, height)
    letters: list[PlacedLetters] = []
    first = _above(page, scene)
    board: list[Slot] = []
    last = height - _below(page, scene, board)
    figure = _between(page, scene, letters, first, last)
    picture = StagePicture(page.rows(), tuple(letters), figure, tuple(board))
    return with_dialog(picture, scene, width, height)


# From the top.


def _above(page: StagePage, scene: Scene) -> int:
    """Put the band, the name where the band has no room for it, the block and the badges; return how many rows."""
    width = page.width
    band = f"{scene.tone}-band{scene.shade}"
    word = (Span(scene.word, band), Span("  ", band))
    taken = cell_len(scene.word) + 2
    choices = [count for count in counters(scene.view) if count]
    named = next(
        (count for count in (*choices, "") if taken + cell_len(scene.title) + cell_len(count) + 5 <= width), None
    )
    if named is None or (choices and not named):
        count = next((count for count in choices if taken + cell_len(count) + 3 <= width), "")
        page.put(0, 0, split(word, (Span(count, band),) if count else (), width, band).spans)
        lines = wrapped(scene.title, width - 2)
        if len(lines) > _TITLE_ROWS:
            lines = [*lines[: _TITLE_ROWS - 1], fit(" ".join(lines[_TITLE_ROWS - 1 :]), width - 2)]
        for number, line in enumerate(lines, 1):
            page.put(number, 1, (Span(line, "strong"),))
        rows = 1 + len(lines)
    else:
        spans = (*word, Span(scene.title, f"{scene.tone}-name{scene.shade}"))
        page.put(0, 0, split(spans, (Span(named, band),) if named else (), width, band).spans)
        rows = 1
    badges = ", ".join(scene.badges)
    block = safe(scene.view.block)
    if not badges and (not block or page.height < ROOMY):
        return rows
    mark = fit(badges, width - 2)
    room = width - cell_len(mark) - (5 if mark else 2)
    text = fit(block, room) if block and room > 0 else ""
    page.put(rows, 0, split((Span(text, "dim"),), (Span(mark, "alert-text"),) if mark else (), width).spans)
    return rows + 1


# From the bottom.


def _below(page: StagePage, scene: Scene, board: list[Slot]) -> int:
    """Put phases, reps, bars, the key to press, what comes next and the time left; return how many rows they take."""
    width, height = page.width, page.height
    view = scene.view
    talk = scene.notice or scene.prompt
    ahead = safe(view.next_up) if view.kind in ("work", "wait") else ""
    left = f"{view.remaining} left"
    y = height - 1
    if height < ROOMY - 3:
        if talk:
            words: tuple[Span, ...] = (Span(fit(talk, width - len(left) - 5), "prompt"),)
        else:
            words = _next(ahead, width - len(left) - 5)
        page.put(y, 0, split(words, (Span(left, "strong"),), width).spans)
    else:
        _session_row(page, scene, left, y)
        y -= 1
        if talk:
            right = _next(ahead, width - cell_len(talk) - 6) if ahead else ()
            page.put(y, 0, split((Span(fit(talk, width - 2), "prompt"),), right, width).spans)
        else:
            page.put(y, 0, split(_next(ahead, width - 2), (), width).spans)
    has_board = _fits_storyboard(scene, width, height)
    has_marks = height < ROOMY
    if has_board:
        y -= _storyboard(page, scene, board, y)
    elif view.strip and view.phase is not None:
        has_names = height >= ROOMY and bool(phase_names(view.strip, width - 2 * MARGIN))
        y -= _named_strip(page, scene, y) if has_names else _numbered_strip(page, scene, view.phase, y)
        has_marks = has_marks or not has_names
    if not has_marks and (marks := _marks(scene, width - 2 * MARGIN)):
        y -= 1 if height < TALL else 2
        page.put(y, (width - sum(span.cells for span in marks)) // 2, marks)
    has_phases = has_board or (bool(view.strip) and view.phase is not None)
    if height >= TALL and not has_phases and (view.progress or not view.counts_up):
        y -= 2
        page.put(y, MARGIN, share_bar(width - 2 * MARGIN, view.progress, scene.tone, coarse=scene.coarse))
    return height - y


def _next(text: str, room: int) -> tuple[Span, ...]:
    shown = fit(text, room - 6) if text and room > _LEAST_NEXT else ""
    return (Span("Next  ", "dim"), Span(shown)) if shown else (Span(""),)


def _session_row(page: StagePage, scene: Scene, left: str, y: int) -> None:
    cells = page.width - cell_len(left) - 2 * MARGIN - 2
    if scene.track is not None and cells >= 8:
        page.put(y, MARGIN, track_pieces(scene.track, scene.view.index, scene.view.progress, cells))
    page.put(y, page.width - MARGIN - cell_len(left), (Span(left, "strong"),))


def _marks(scene: Scene, room: int) -> tuple[Span, ...]:
    """Return a mark for each rep; nothing where there is one rep, more than asked for, or too little room."""
    view = scene.view
    if view.rep is None or not view.reps or view.reps < 2 or not 1 <= view.rep <= view.reps:
        return ()
    return rep_marks(view.rep, view.reps, room, coarse=scene.coarse)


def _named_strip(page: StagePage, scene: Scene, y: int) -> int:
    """Put the names of the phases over their bars, above row `y`; return how many rows they take."""
    for label in phase_names(scene.view.strip, page.width - 2 * MARGIN):
        column = MARGIN + label.column
        page.put(y - 2, column, (Span(label.text, phase_role(label.number, scene.view.phase)),))
        page.put(y - 1, column, _phase_bar(scene, label.number, label.columns))
    return 3 if page.height >= TALL else 2


def _numbered_strip(page: StagePage, scene: Scene, phase: int, y: int) -> int:
    """Put a mark for each rep and the phases as numbers with bars in one row, above row `y`; return the rows taken.

    Their names do not all fit. The present one is in large letters above, and a strip of numbers does not move.
    """
    room = page.width - 2 * MARGIN
    marks = _marks(scene, room // 3) if page.height >= ROOMY else ()
    taken = sum(span.cells for span in marks) + 2 * NUMBER_GAP if marks else 0
    page.put(y - 1, MARGIN, marks)
    for label in phase_numbers(len(scene.view.strip), phase, room - taken):
        column, digits = MARGIN + taken + label.column, cell_len(label.text)
        page.put(y - 1, column, (Span(label.text, phase_role(label.number, phase)),))
        page.put(y - 1, column + digits + 1, _phase_bar(scene, label.number, max(0, label.columns - digits - 1)))
    return 2 if page.height >= TALL else 1


def _phase_bar(scene: Scene, number: int, cells: int) -> tuple[Span, ...]:
    phase = scene.view.phase or 0
    done = 1000 if number < phase else scene.view.phase_fill if number == phase else 0
    return share_bar(cells, done, scene.tone, coarse=scene.coarse)


def _phases(scene: Scene) -> tuple[str, ...]:
    return scene.view.strip or (scene.view.ahead.strip if scene.view.ahead else ())


def _fits_storyboard(scene: Scene, width: int, height: int) -> bool:
    if scene.coarse or not scene.has_figure or width < WITH_STORYBOARD[0] or height < WITH_STORYBOARD[1]:
        return False
    phases = _phases(scene)
    return len(scene.story) == len(phases) > 1 and (width - 2 * MARGIN) // len(phases) - 2 >= _SMALL[0]


def _storyboard(page: StagePage, scene: Scene, board: list[Slot], y: int) -> int:
    """Put a picture, a caption and a bar for each phase, above row `y`; return how many rows they take."""
    phases = _phases(scene)
    pitch = min((page.width - 2 * MARGIN) // len(phases), _SMALL[1] + 6)
    columns = min(pitch - 2, _SMALL[1])
    start = (page.width - pitch * len(phases)) // 2
    captions = [plain_lines(f"{number} {safe(cue)}".strip(), pitch - 2) for number, cue in enumerate(phases, 1)]
    lines = min(_CAPTION_ROWS, max(map(len, captions)))
    top = y - 1 - 1 - lines - _SMALL_ROWS
    for number, (pose, caption) in enumerate(zip(scene.story, captions, strict=True), 1):
        column = start + (number - 1) * pitch
        now = number == scene.view.phase
        board.append(Slot(column, top, columns, _SMALL_ROWS, pose, faded=not now))
        for line, text in enumerate(_within(caption, lines, pitch - 2)):
            page.put(top + _SMALL_ROWS + line, column, (Span(text, phase_role(number, scene.view.phase)),))
        if scene.view.phase is not None:
            page.put(top + _SMALL_ROWS + lines, column, _phase_bar(scene, number, pitch - 2))
    return y - top + 1


# Between them.


def _between(page: StagePage, scene: Scene, letters: list[PlacedLetters], first: int, last: int) -> Slot | None:
    """Put countdown and words between two rows, and return the place of the figure.

    The words stand beside the figure, or below it over the whole width where they would be too small beside it.
    """
    words, right = scene.words, page.width - MARGIN
    top = first + 1 if last - first >= _ROWS_WITH_EDGE else first
    slot = _slot_beside(scene, page, first, last)
    if slot is None:
        _put_all(page, scene, letters, words, (MARGIN, top, right, last))
        return None
    box = (slot.column + slot.columns + 2, top, right, last)
    beside = _headline(_shared_in(page, scene, words, box)[0])
    if beside < LEGIBLE and (low := _words_below(page, scene, last - first, beside)):
        under, taken = low
        _put_all(page, scene, letters, under, (_NARROW, last - taken, page.width - _NARROW, last))
        rows = last - first - taken - 1
        slot = Slot(MARGIN, first, min(page.width * _FIGURE_SHARE // 100, round(rows * _LOW_SHAPE)), rows)
        top = first + 1 if rows > LEAST_NUMBER_ROWS + 1 else first
        words, box = _with_figure(words), (slot.column + slot.columns + 2, top, right, first + rows)
    _put_all(page, scene, letters, words, box)
    return slot


def _slot_beside(scene: Scene, page: StagePage, first: int, last: int) -> Slot | None:
    """Return the place of a figure with the words to its right."""
    if not scene.has_figure or page.width < WITH_FIGURE[0] or page.height < WITH_FIGURE[1]:
        return None
    rows = last - first - (2 if last - first >= 14 else 1)
    columns = min(page.width * _FIGURE_SHARE // 100, round(rows * _FIGURE_SHAPE))
    return Slot(MARGIN, last - rows, columns, rows) if rows >= 6 else None


def _is_below(words: StageWords) -> bool:
    """Return whether words stand below a low figure: those to act on, and what is said of them."""
    return words.part.rank in (1, 2) and words.part.kind != "clock"


def _with_figure(words: tuple[StageWords, ...]) -> tuple[StageWords, ...]:
    """Return what stands beside a low figure: the countdown and labels."""
    return tuple(one for one in words if not _is_below(one))


def _headline(fitted: Iterable[SizedPart]) -> int:
    """Return how high the letters to act on are, in pixels."""
    return max((one.capital for one in fitted if one.part.rank == 1), default=LEGIBLE)


def _words_below(page: StagePage, scene: Scene, rows: int, least: int) -> tuple[tuple[StageWords, ...], int] | None:
    """Return the words below a low figure and how many of so many rows they take.

    The number of a phase is left out where its words are only legible without: the strip has it too.

    Returns:
        None where the letters to act on would not be higher than `least` pixels.
    """
    under = tuple(filter(_is_below, scene.words))
    bare = tuple(_without_number(one) if one.part.name == "phase" else one for one in under)
    for words, enough in ((under, LEGIBLE), (bare, LEGIBLE), (under, 1)):
        taken = _rows_taken(page, scene, words, rows - _LEAST_FIGURE_ROWS - 1, max(enough, least + 1))
        if taken:
            return words, taken
    return None


def _without_number(words: StageWords) -> StageWords:
    return replace(words, part=replace(words.part, numbers=()), number="")


def _rows_taken(page: StagePage, scene: Scene, words: tuple[StageWords, ...], most: int, enough: int) -> int:
    """Return the rows of words whose first are `enough` pixels high; 0 where they would take more than `most`."""
    width = page.width - 2 * _NARROW
    main = next((one.part for one in words if one.part.rank == 1), None)
    if main is None or most < 1:
        return 0
    others = [sizes_of(one.part, width, most, coarse=scene.coarse)[0].rows for one in words if one.part != main]
    sizes = [one.rows for one in sizes_of(main, width, most, coarse=scene.coarse) if one.capital >= enough]
    needed = min(sizes, default=most + 1) + sum(others)
    if needed > most:
        return 0
    given = min(most, max(needed + len(others), (most + _LEAST_FIGURE_ROWS) // 2))
    fitted, gap = share_out(tuple(one.part for one in words), width, given, given, coarse=scene.coarse)
    shown = [one.rows for one in fitted if one.rows]
    return sum(shown) + gap * (len(shown) - 1)


def _shared_in(
    page: StagePage, scene: Scene, words: tuple[StageWords, ...], box: tuple[int, int, int, int]
) -> tuple[tuple[SizedPart, ...], int]:
    """Return the sizes that words get in a box, and the rows between two of them."""
    left, first, right, last = box
    wanted = -(-(page.height + 1) // 3)
    return share_out(tuple(one.part for one in words), right - left, last - first, wanted, coarse=scene.coarse)


def _put_all(
    page: StagePage,
    scene: Scene,
    letters: list[PlacedLetters],
    words: tuple[StageWords, ...],
    box: tuple[int, int, int, int],
) -> None:
    """Put words into a box: its left column, first row, right column and last row."""
    left, first, right, last = box
    rows = last - first
    if not words or rows < 1:
        return
    fitted, gap = _shared_in(page, scene, words, box)
    shown = [(one, what) for one, what in zip(fitted, words, strict=True) if one.rows]
    if not shown:
        return
    spare = rows - sum(one.rows for one, _ in shown) - gap * (len(shown) - 1)
    between = min(spare // (len(shown) + 1), 2)
    y = first + (spare - between * (len(shown) - 1)) // 2
    for one, what in shown:
        _put_words(page, letters, one, what, (left, y, right - left))
        y += one.rows + gap + between


def _put_words(
    page: StagePage, letters: list[PlacedLetters], one: SizedPart, words: StageWords, at: tuple[int, int, int]
) -> None:
    left, y, width = at
    if one.number is not None:
        _put_numbered(page, letters, one, words, at)
    elif one.letters is None:
        text = f"{words.number} {words.text}".strip()
        _put_plain(page, one, _within(plain_lines(text, width), one.rows, width), at)
    elif one.part.kind == "clock":
        shape = "00" if len(words.text) == 1 else "".join("0" if char.isdigit() else char for char in words.text)
        wide = min(width, one.letters.width(shape))
        column = left + (width - wide) // 2
        # To the right of its box, so that nothing moves from 10 to 9.
        column += wide - one.letters.width(words.text)
        drawing = Drawing((words.text,), one.letters, one.letters.width(words.text), one.rows, (0, 0), left=True)
        letters.append(PlacedLetters(column, y, drawing, one.part.ink))
    else:
        columns = one.columns if one.part.listed else width
        _put_letters(page, letters, one, words.text, (left + (width - columns) // 2, y, columns), one.part.ink)


def _put_letters(
    page: StagePage,
    letters: list[PlacedLetters],
    one: SizedPart,
    text: str,
    at: tuple[int, int, int],
    ink: Literal["tone", "text"],
) -> None:
    """Put a text in large letters, or its first phrase with the rest of it below."""
    column, y, columns = at
    size = one.letters
    if size is None:
        return
    texts, tail = one.part.texts, ""
    if one.tail_rows:
        text, tail = lead_and_tail(text)
        texts = tuple(lead_and_tail(other)[0] for other in texts)
    to_the_left = one.part.listed or one.number is not None
    drawing = Drawing(
        set_lines(text, size, columns) or (), size, columns, one.rows - one.tail_rows, size.reach(texts), to_the_left
    )
    letters.append(PlacedLetters(column, y, drawing, ink, one.tail_rows))
    first = y + one.rows - one.tail_rows + one.parted
    for row, line in enumerate(plain_lines(tail, columns)[: one.tail_rows - one.parted], first):
        indent = 0 if to_the_left else (columns - cell_len(line)) // 2
        page.put(row, column + indent, (Span(line, "cue"),))


def _put_numbered(
    page: StagePage, letters: list[PlacedLetters], one: SizedPart, words: StageWords, at: tuple[int, int, int]
) -> None:
    """Put a number with its words or its unit to the right of it."""
    left, y, width = at
    number = one.number
    if number is None:
        return
    column = left + max(0, (width - one.number_columns - NUMBER_GAP - one.columns) // 2)
    drawing = Drawing((words.number,), number, one.number_columns, one.rows)
    letters.append(PlacedLetters(column, y, drawing, "tone"))
    column += one.number_columns + NUMBER_GAP
    room = left + width - column
    if one.letters is not None:
        _put_letters(page, letters, one, words.text, (column, y, min(room, max(1, one.columns))), "text")
        return
    texts = _within(plain_lines(words.text, room), one.rows, room)
    first = y + (one.rows - len(texts)) // 2
    for row, text in enumerate(texts, first):
        page.put(row, column, (Span(text, "cue"),))


def _within(lines: tuple[str, ...], rows: int, width: int) -> tuple[str, ...]:
    """Return lines in so many rows, with dots where words are left out."""
    if len(lines) <= rows:
        return lines
    return (*lines[: rows - 1], fit(" ".join(lines[rows - 1 :]), width))


def _put_plain(page: StagePage, one: SizedPart, lines: tuple[str, ...], at: tuple[int, int, int]) -> None:
    left, y, width = at
    widest = max(map(cell_len, lines), default=0)
    for row, line in enumerate(lines, y):
        indent = (width - (widest if one.part.listed else cell_len(line))) // 2
        page.put(row, left + indent, (Span(line, one.part.role),))


def _essentials(scene: Scene, width: int) -> list[Row]:
    """Return plain lines for a window too small for a picture, the most important first."""
    view = scene.view
    count = next((count for count in counters(view) if count and len(count) <= width), "")
    words = [
        (" ".join(f"{one.number} {one.text}".split()), "strong") for one in scene.words if one.part.kind != "clock"
    ]
    texts = [
        (scene.question, "alert"),
        (f"{scene.word} {view.digits}", scene.tone),
        *sorted(words[:3], key=lambda text: text[0] == scene.title),
        (scene.title, "text"),
        (count, "text"),
        (scene.notice or scene.prompt, "prompt"),
        (" | ".join(scene.badges), "alert-text"),
        (f"{view.remaining} left", "text"),
    ]
    lines = [Span(fit(line, width), role) for text, role in texts for line in wrapped(text, max(1, width))]
    return [Row((span, Span(" " * (width - span.cells)))) for span in lines]
