"""A session and the history as pages for screens: the large result, a bar for each exercise, what is new."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING

from coach.drawing.canvas import FULL, Canvas
from coach.drawing.letters import Face, can_write, text_width, write
from coach.history.figures import (
    WEEK,
    WEEKS_A_YEAR,
    active_by_day,
    by_routine,
    calendar,
    monday_of,
    weeks,
)
from coach.history.report.text import (
    LABEL,
    LEGEND,
    WEEKDAYS,
    achievement_words,
    amount_done,
    calendar_bands,
    comparison_words,
    day_rows,
    legend_rows,
    length,
    minutes,
    month_row,
    outcome_words,
    routine_lines,
    score_words,
    state_words,
    streak_rows,
    time_difference,
    weeks_and_totals,
)
from coach.text.clean import cell_len, safe
from coach.text.rows import EMPTY, Row, Span, columns, cut, pad, prose, row_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from coach.history.achievement import Achievement
    from coach.history.outcome import Outcome
    from coach.history.past import Past
    from coach.history.tally import Tally

_FACE = Face(10, weight=0.2)
"""Large figures: five rows high, with strokes of two pixels."""
_HALVES = {(False, False): " ", (True, False): "\u2580", (False, True): "\u2584", (True, True): "\u2588"}
DONE_MARK, STOPPED_MARK = "\u2713", "\u25c9"
_DONE_BAR, _LEFT_BAR = "\u2584", "\u2581"
_BESIDE = 56
"""The least width, in cells, for words beside the large result, and for bars beside the exercises."""
_LEAST_BAR, _WIDEST_BAR = 8, 44
_WIDEST_TITLE = 32
_SPARKS = "".join(chr(0x2581 + eighths) for eighths in range(8))
_WITH_SCORE, _WITH_TIME, _WITH_STATE = 34, 34, 62
"""The least widths, in cells, of a row of the list with the score, the time of day, and the state in words."""
_STATE_WIDE = len("stopped at 46 %")


@lru_cache(maxsize=16)
def large(text: str) -> tuple[str, ...]:
    """Return `text` five rows high, in half blocks."""
    canvas = Canvas(max(1, text_width(text, _FACE)), _FACE.capital)
    write(canvas, text, _FACE, 0, 0)

    def is_inked(column: int, row: int) -> bool:
        ink, _, level = canvas.parts(column, row)
        return bool(ink) and level * 2 >= FULL

    return tuple(
        "".join(_HALVES[is_inked(column, row), is_inked(column, row + 1)] for column in range(canvas.width))
        for row in range(0, canvas.height, 2)
    )


def result(outcome: Outcome, active_ms: int) -> tuple[str, str]:
    """Return what a session comes to, in few letters, and what that is: ("7 + 4", "rounds + reps")."""
    score = outcome.score
    if score.timed_ms is not None:
        return length(score.timed_ms), "for time"
    if score.is_counted:
        rounds = score.rounds or 0
        if score.reps:
            return f"{rounds} + {score.reps}", "rounds + reps"
        return str(rounds), "round" if rounds == 1 else "rounds"
    return length(active_ms), "active"


def head_rows(
    outcome: Outcome,
    active_ms: int,
    paused_ms: int,
    more: Sequence[Span],
    width: int,
    *,
    planned: str = "",
    is_large: bool = False,
) -> list[Row]:
    """Return the head of a session's page.

    Args:
        outcome: How it ended, and its score.
        active_ms: The time that ran.
        paused_ms: The time that stood still.
        more: What follows, a line each.
        width: The width of the rows, in cells.
        planned: The planned time, in words.
        is_large: Whether the result is drawn in large figures, where they fit.
    """
    role = "work" if outcome.is_finished else "paused"
    mark = DONE_MARK if outcome.is_finished else STOPPED_MARK
    figure, what = result(outcome, active_ms)
    times = f"{length(active_ms)} active"
    times += f" of {planned} planned" if planned else ""
    if paused_ms >= 1000:
        times += f", {length(paused_ms)} paused"
    scored = outcome.score.is_counted
    state = f"{mark} {outcome_words(outcome)}"
    if not is_large or not can_write(figure) or text_width(figure, _FACE) > width:
        first = Span(f"{state}: {score_words(outcome.score)}" if scored else state, role)
        return _lines((first, Span(times), *more), width)
    drawn = [row_of(line, role) for line in large(figure)]
    wide = cell_len(drawn[0].text)
    room = width - wide - 4
    spans = (Span(state, role), Span(f"{what}; {times}" if scored else times), *more)
    if width < _BESIDE:
        return [*drawn, EMPTY, *_lines(spans, width)]
    return _side_by_side(drawn, _lines(spans, room), wide)


def _side_by_side(left: list[Row], right: list[Row], wide: int) -> list[Row]:
    """Return rows that are `wide` cells with others beside them, four cells apart and centred if there are fewer."""
    right = [EMPTY] * ((len(left) - len(right)) // 2) + right
    pairs = zip_longest(left, right, fillvalue=None)
    return [
        Row((*(one.spans if one else (Span(" " * wide),)), Span("    "), *(other.spans if other else ())))
        for one, other in pairs
    ]


def _lines(spans: Sequence[Span], width: int) -> list[Row]:
    return [row for span in spans for row in prose(span.text, width, span.role)]


def achievement_spans(found: Achievement | None, *, is_now: bool) -> list[Span]:
    """Return what a session adds, a line each; a best stands out. The weeks are those of a session of today."""
    if found is None:
        return []
    words = achievement_words(found) if is_now else comparison_words(found)
    return [Span(line, "work" if found.is_best and not number else "text") for number, line in enumerate(words)]


def bar(share: float, cells: int, role: str = "") -> tuple[Span, ...]:
    """Return a bar of `cells` cells; a share that is neither nothing nor all shows some of both.

    Without a `role`, a full bar has the colour of work, and another one that of getting ready.
    """
    done = round(share * cells)
    if 0 < share < 1:
        done = min(max(1, done), cells - 1)
    role = role or ("work" if share >= 1 else "prepare")
    return Span(_DONE_BAR * done, role), Span(_LEFT_BAR * (cells - done), "dim")


def exercise_rows(tallies: Iterable[Tally], width: int) -> list[Row]:
    """Return each exercise with a bar of how much of it was done, the amount, and where it took another time."""
    tallies = tuple(tallies)
    titles = [safe(tally.title) for tally in tallies]
    amounts = [amount_done(tally) for tally in tallies]
    wide = max(map(cell_len, amounts), default=0)
    left = min(_WIDEST_TITLE, max(map(cell_len, titles), default=0), max(0, width - wide - _LEAST_BAR - 4))
    cells = min(_WIDEST_BAR, width - left - wide - 4)
    is_beside = width >= _BESIDE and cells >= _LEAST_BAR and left >= min(16, max(map(cell_len, titles), default=0))
    rows: list[Row] = []
    for tally, title, amount in zip(tallies, titles, amounts, strict=True):
        begun = bool(tally.bouts_done or tally.ms_done)
        roles = "text" if begun else "dim", "strong" if tally.complete else "dim"
        if is_beside:
            gap = Span(" " * (width - left - cells - cell_len(amount) - 2))
            name = Span(pad(title, left), roles[0])
            rows.append(Row((name, Span("  "), *bar(tally.share, cells), gap, Span(amount, roles[1]))))
        else:
            rows += columns(cut(title, width), amount, width, roles=roles)
            rows.append(Row(bar(tally.share, min(width, _WIDEST_BAR))))
        if difference := time_difference(tally):
            rows += prose(difference, width, "dim", indent=left + 2 if is_beside else 0)
    return rows


# The history.


def overview_rows(
    sessions: Sequence[Past], filtered: Sequence[Past], today: date, width: int, *, is_shaded: bool
) -> list[Row]:
    """Return streaks, the last year and the routines.

    Args:
        sessions: All sessions, for the streaks.
        filtered: The sessions that the rest shows.
        today: The current day.
        width: The width of the rows, in cells.
        is_shaded: Whether the terminal has shades enough for a heat map; without, each level of a day has a sign.
    """
    routines_done = routine_lines(by_routine(filtered), width)
    return [
        *streak_rows(sessions, today, width),
        *prose(weeks_and_totals(sessions, filtered, today), width, "dim"),
        EMPTY,
        *year_rows(filtered, today, width, is_shaded=is_shaded),
        *([EMPTY, *routines_done] if routines_done else ()),
    ]


def year_rows(sessions: Sequence[Past], today: date, width: int, *, is_shaded: bool) -> list[Row]:
    """Return the last year with a column for each week: its minutes as a sparkline, and its days below.

    With shades, each cell has two days, one above the other.
    """
    levels = calendar(active_by_day(sessions), today)
    minutes_done = [week.active_ms for week in weeks(sessions, today, WEEKS_A_YEAR)]
    most = max(minutes_done, default=0)
    bands = calendar_bands(width)
    this_week = f"{minutes(minutes_done[-1])} this week"
    longest = f", {minutes(most)} in the best" if most > minutes_done[-1] else ""
    rows = columns("Weeks", f"{this_week}{longest}", width, roles=("heading", "dim"))
    for band in bands:
        part = levels[band.start : band.start + band.weeks]
        spark = "".join(_spark(ms, most) * band.step for ms in minutes_done[band.start : band.start + band.weeks])
        rows += [Row((Span(" " * LABEL), Span(spark, "work"))), month_row(today, band)]
        rows += _heat_rows(part, band.step) if is_shaded else day_rows(part, band.step)
    return [*rows, EMPTY, *(_heat_legend(width) if is_shaded else legend_rows(width))]


def _spark(ms: int, most: int) -> str:
    return " " if not ms else _SPARKS[min(len(_SPARKS) - 1, len(_SPARKS) * ms // most)]


def _heat_rows(part: Sequence[Sequence[int | None]], step: int) -> list[Row]:
    rows = []
    for upper in range(0, len(WEEKDAYS), 2):
        spans = [Span(f"{WEEKDAYS[upper]} ", "dim")]
        for week in part:
            above, below = week[upper], week[upper + 1] if upper + 1 < len(week) else None
            spans.append(_heat_cell(above, below, step))
        rows.append(Row(tuple(spans)))
    return rows


def _heat_cell(above: int | None, below: int | None, step: int) -> Span:
    if above is None:
        return Span(" " * step)
    return Span("\u2580" * step, f"heat{above}" if below is None else f"heat{above}{below}")


def _heat_legend(width: int) -> list[Row]:
    spans: list[Span] = []
    for level, words in enumerate(LEGEND):
        spans += [Span("  " if spans else ""), Span("\u2580\u2580", f"heat{level}{level}"), Span(f" {words}", "dim")]
    row = Row(tuple(spans))
    if cell_len(row.text) <= width:
        return [row]
    swatches = (Span("\u2580\u2580", f"heat{level}{level}") for level in range(len(LEGEND)))
    return [Row((Span("less ", "dim"), *swatches, Span(" more", "dim")))]


def past_row(session: Past, width: int, *, is_recent: bool) -> Row:
    """Return one line of the list of sessions: when, its name, its score or length, and how it ended.

    `is_recent` leaves out the day of the month, in a group of one week.
    """
    day = f"{session.started:%a}" if is_recent else f"{session.started:%a} {session.started.day:>2}"
    when = day if width < _WITH_TIME else f"{day} {session.started:%H:%M}"
    score = score_words(session.score) if width >= _WITH_SCORE else ""
    state = _state(session, is_long=width >= _WITH_STATE)
    right = f"{score or length(session.active_ms)}  {state}"
    room = max(0, width - cell_len(when) - cell_len(right) - 5)
    return Row(
        (
            Span(f"{when}  ", "dim"),
            Span(pad(safe(session.name), room)),
            Span(f"  {score or length(session.active_ms)}  "),
            Span(f"{state} ", "work" if session.state == "finished" else "paused"),
        )
    )


def _state(session: Past, *, is_long: bool) -> str:
    if session.state == "finished":
        return DONE_MARK.ljust(_STATE_WIDE) if is_long else f"   {DONE_MARK}"
    return state_words(session).ljust(_STATE_WIDE) if is_long else f"{session.outcome.percent:>2} %"


def past_groups(sessions: Sequence[Past], today: date) -> Iterator[tuple[str, bool, list[Past]]]:
    """Yield `sessions`, the latest first, in groups: their heading, whether they are of one week, and the sessions."""
    monday = monday_of(today)

    def heading(session: Past) -> str:
        week = monday_of(session.day)
        if week >= monday:
            return "This week"
        if week == monday - WEEK:
            return "Last week"
        return f"{session.started:%B %Y}"

    for name, group in groupby(sessions, heading):
        yield name, name.endswith("week"), list(group)


def matches(session: Past, words: Sequence[str]) -> bool:
    """Return whether a session has every word: in its name, its plan, its day, how it ended, or how it felt."""
    found = f"{session.name} {session.routine} {session.started:%A %d %B %Y} {state_words(session)}"
    plan = session.plan[0] if session.plan else ""
    found = f"{found} {session.feeling or ''} {session.note or ''} {plan}".casefold()
    return all(word in found for word in words)
