"""The history as rows of text for people: the command prints them, the screen colours them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from coach.history.figures import (
    DAY,
    WEEK,
    WEEKS_A_YEAR,
    active_by_day,
    by_routine,
    calendar,
    monday_of,
    streak,
    week_streak,
    weeks,
)
from coach.text.clean import safe
from coach.text.rows import Row, Span, columns, cut, pad, prose, row_of
from coach.timeline.wording import clock, number_of
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from coach.history.achievement import Achievement
    from coach.history.figures import RoutineFigures, Streak, Week
    from coach.history.outcome import Outcome, Score
    from coach.history.past import Past
    from coach.history.tally import Tally

LEVEL_GLYPHS = ".-+*#"
"""The levels of a day without colour. ASCII, so that no terminal draws one two cells wide."""
LEGEND = "none", "to 10 min", "to 20", "to 40", "more"
WEEKDAYS = "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"
WEEKS_SHOWN = 8
LABEL = 4
"""Cells of the name of a weekday, with the space after it."""
_WIDE = 64
"""The least width, in cells, of a list of sessions with all columns."""
_WITH_TIME, _WITH_SCORE = 44, 36
"""The least widths, in cells, of a short row with the time of day, and with the score."""
_LONGEST_SCORE = 20
_LEAST_MS = 1000
"""Differences below a second are not shown."""


def overview(sessions: Sequence[Past], filtered: Sequence[Past], today: date, width: int) -> list[Row]:
    """Return streak, weeks, calendar and routines. The streak is that of all `sessions`, the rest shows `filtered`."""
    by_day = active_by_day(filtered)
    routines_done = routine_lines(by_routine(filtered), width)
    return [
        *streak_rows(sessions, today, width),
        *prose(weeks_and_totals(sessions, filtered, today), width),
        Row(),
        *week_lines(weeks(filtered, today, WEEKS_SHOWN), width),
        Row(),
        *calendar_lines(by_day, today, width),
        *([Row(), *routines_done] if routines_done else ()),
    ]


def streak_line(found: Streak) -> str:
    """Return the streak of days in a sentence or two; empty where there was none. It never asks for more."""
    if not found.current:
        return f"Longest streak: {days(found.longest)}." if found.longest > 1 else ""
    longest = f" Longest: {days(found.longest)}." if found.longest > max(1, found.current) else ""
    if found.current == 1:
        return f"Trained {'today' if found.today else 'yesterday'}.{longest}"
    return f"{found.current}-day streak, {'including today' if found.today else 'up to yesterday'}.{longest}"


def achievement_words(found: Achievement) -> tuple[str, ...]:
    """Return what the session of today adds, a line each: a best, the comparison with last time, the weeks."""
    weeks_done = [found.streak.words] if found.session.counts else []
    weeks_done += [f"{number_of(found.this_week, 'session')} this week"] if found.this_week else []
    return (*comparison_words(found), *([", ".join(filter(None, weeks_done))] if weeks_done else ()))


def comparison_words(found: Achievement) -> tuple[str, ...]:
    """Return how a session compares with those before it, a line each: a best, and last time."""
    return tuple(filter(None, ("New best!" if found.is_best else "", compared(found))))


def compared(found: Achievement) -> str:
    """Return how a session compares with the one before it: "16 s faster than last time"."""
    session, last = found.session, found.previous
    if last is None:
        return "Your first time" if session.finished else ""
    if not (session.finished and last.finished) or session.first_index or last.first_index:
        end = f"finished in {length(last.active_ms)}" if last.finished else f"stopped at {last.outcome.percent} %"
        return f"Last time: {end}, {ago_words(last, session)}"
    return f"{_difference(session, last)} last time, {ago_words(last, session)}"


def ago_words(then: Past, now: Past) -> str:
    """Return when a session was, seen from a later one: "Mon 9 Nov"; with the year where it is another."""
    year = f" {then.day.year}" if then.day.year != now.day.year else ""
    return f"{then.started:%a} {then.day.day} {then.started:%b}{year}"


def _difference(session: Past, last: Past) -> str:
    """Return how one session differs from another that was finished, too, to stand before "last time"."""
    mine, other = session.score, last.score
    if mine.timed_ms is not None and other.timed_ms is not None:
        return _faster(mine.timed_ms - other.timed_ms) or "Same time as"
    if mine.is_counted or other.is_counted:
        rounds, reps = (mine.rounds or 0) - (other.rounds or 0), mine.reps - other.reps
        if rounds:
            return f"{number_of(abs(rounds), 'round')} {'more' if rounds > 0 else 'fewer'} than"
        return _more_reps(reps) or "Same score as"
    if session.reps != last.reps:
        return _more_reps(session.reps - last.reps)
    if session.open_intervals:
        return _faster(session.work_ms - last.work_ms) or "Same as"
    more = session.work_ms - last.work_ms
    return f"{_seconds(abs(more))} {'more' if more > 0 else 'less'} work than" if abs(more) >= _LEAST_MS else "Same as"


def _more_reps(reps: int) -> str:
    return f"{number_of(abs(reps), 'rep')} {'more' if reps > 0 else 'fewer'} than" if reps else ""


def _faster(ms: int) -> str:
    return f"{_seconds(abs(ms))} {'slower' if ms > 0 else 'faster'} than" if abs(ms) >= _LEAST_MS else ""


def totals_line(sessions: Iterable[Past]) -> str:
    """Return how much was done, in a sentence."""
    done = [session for session in sessions if session.counts]
    return f"{number_of(len(done), 'session')}, {minutes(sum(session.active_ms for session in done))} in all."


def streak_rows(sessions: Sequence[Past], today: date, width: int) -> list[Row]:
    """Return the streak of days as rows; none where there was none."""
    line = streak_line(streak(active_by_day(sessions), today))
    return prose(line, width, "strong") if line else []


def weeks_and_totals(sessions: Sequence[Past], filtered: Sequence[Past], today: date) -> str:
    """Return the streak of weeks of all `sessions`, and how much was done in those that are `filtered`."""
    done = week_streak(active_by_day(sessions), today).words
    return f"{done}. {totals_line(filtered)}" if done else totals_line(filtered)


def days(number: int) -> str:
    """Return a number of days, in words."""
    return number_of(number, "day")


def minutes(ms: int) -> str:
    """Return a length of time as people say it, in whole minutes: "48 min", "3 h 05 min"."""
    hours, rest = divmod(ms // 60_000, 60)
    return f"{hours} h {rest:02} min" if hours else f"{rest} min"


def length(ms: int) -> str:
    """Return an elapsed time, rounded down: a second that is not whole was not done."""
    return clock(ms // 1000)


def on_day(day: date) -> str:
    """Return a day as "21 Nov 2026"."""
    return f"{day.day} {day:%b %Y}"


def week_lines(found: Sequence[Week], width: int) -> list[Row]:
    """Return a bar for each week, the present one last."""
    most = max((week.active_ms for week in found), default=0)
    lengths = [minutes(week.active_ms) if week.sessions else "-" for week in found]
    wide = max(map(len, lengths), default=0)
    room = max(4, min(40, width - 8 - wide - 2))
    rows = [row_of("Minutes a week", "strong")]
    for week, text in zip(found, lengths, strict=True):
        bar = "#" * (max(1, room * week.active_ms // most) if week.active_ms else 0)
        day = f"{week.monday.day:>2} {week.monday:%b}"
        rows.append(Row((Span(f"{day}  ", "dim"), Span(bar.ljust(room), "level4"), Span(f"  {text:>{wide}}"))))
    return rows


@frozen
class Band:
    """Some weeks of the calendar side by side.

    Attributes:
        start: The place of its first week in the year, from 0.
        weeks: How many weeks it has.
        step: How many cells wide a week is.
    """

    start: int
    weeks: int
    step: int


def calendar_bands(width: int) -> tuple[Band, ...]:
    """Return the weeks of the last year in as many bands as a width needs; they stand below each other."""
    step = 2 if width >= LABEL + 2 * WEEKS_A_YEAR else 1
    room = max(4, (width - LABEL) // step)
    bands = -(-WEEKS_A_YEAR // room)
    size = -(-WEEKS_A_YEAR // bands)
    return tuple(Band(start, min(size, WEEKS_A_YEAR - start), step) for start in range(0, WEEKS_A_YEAR, size))


def calendar_lines(by_day: dict[date, int], today: date, width: int) -> list[Row]:
    """Return the last year as a calendar with a column for each week, in as many bands as the width needs."""
    levels = calendar(by_day, today)
    rows = prose("The last year, a column a week", width, "strong")
    for band in calendar_bands(width):
        rows += [month_row(today, band), *day_rows(levels[band.start : band.start + band.weeks], band.step)]
    return [*rows, *legend_rows(width)]


def day_rows(part: Sequence[Sequence[int | None]], step: int) -> list[Row]:
    """Return a row for each weekday, with a sign for the level of each day."""
    return [
        Row((Span(f"{name} ", "dim"), *(_cell(week[weekday], step) for week in part)))
        for weekday, name in enumerate(WEEKDAYS)
    ]


def _cell(level: int | None, step: int) -> Span:
    return Span(" " * step) if level is None else Span(LEVEL_GLYPHS[level].ljust(step), f"level{level}")


def month_row(today: date, band: Band) -> Row:
    """Return the row of months: each name above the week with its first day, where the whole name fits."""
    monday = monday_of(today) - WEEK * (WEEKS_A_YEAR - 1 - band.start)
    sundays = [monday + WEEK * week + 6 * DAY for week in range(band.weeks)]
    names = [(week * band.step, sunday) for week, sunday in enumerate(sundays) if sunday.day <= 7]
    if not names or names[0][0] >= 4:
        names.insert(0, (0, sundays[0]))
    row = ""
    for at, sunday in names:
        if at >= len(row) + bool(row) and at + 3 <= band.weeks * band.step:
            row = f"{row.ljust(at)}{sunday:%b}"
    return row_of(f"{' ' * LABEL}{row}", "dim")


def legend_rows(width: int) -> list[Row]:
    """Return what the signs of the calendar mean."""
    spans = [
        (Span(glyph, f"level{number}"), Span(f" {LEGEND[number]}", "dim")) for number, glyph in enumerate(LEVEL_GLYPHS)
    ]
    rows: list[list[Span]] = [[]]
    for sign, words in spans:
        taken = sum(len(piece.text) for piece in rows[-1])
        if rows[-1] and taken + 3 + len(sign.text) + len(words.text) > width:
            rows.append([])
        rows[-1] += [Span("   "), sign, words] if rows[-1] else [sign, words]
    return [Row(tuple(spans)) for spans in rows]


def routine_lines(found: Iterable[RoutineFigures], width: int) -> list[Row]:
    """Return each routine with its number of sessions, its last day and its best, under a heading if there are any."""
    rows: list[Row] = []
    for routine in found:
        rows += [] if rows else [row_of("Routines", "strong")]
        rows += columns(cut(safe(routine.name), width), f"{routine.sessions}x", width)
        rows += prose(f"last {on_day(routine.last.day)}; {best(routine)}", width, "dim", indent=2)
    return rows


def best(routine: RoutineFigures) -> str:
    """Return the best session of a routine in words."""
    session = routine.best
    if session is None:
        return "not finished yet"
    if routine.measure == "time":
        result = f"{length(session.score.timed_ms or 0)} for time"
    elif routine.measure == "rounds":
        result = score_words(session.score)
    else:
        result = f"{length(session.work_ms)} of work"
        result += f", {number_of(session.reps, 'rep')}" if session.reps else ""
    return f"best {result} on {on_day(session.day)}"


def score_words(score: Score) -> str:
    """Return a score as on a whiteboard: "12:31", "3 rounds + 4"; empty without one."""
    words = [length(score.timed_ms)] if score.timed_ms is not None else []
    if score.rounds or score.reps:
        words.append(number_of(score.rounds or 0, "round") + (f" + {score.reps}" if score.reps else ""))
    return ", ".join(words)


def state_words(session: Past) -> str:
    """Return how a session ended: "finished", "stopped at 12 %"."""
    at = f" at {session.outcome.percent} %" if session.state in ("stopped", "cut off") else ""
    return f"{session.state}{at}"


def outcome_words(outcome: Outcome) -> str:
    """Return how a session ended, as the head of its summary."""
    return "Finished" if outcome.is_finished else f"Stopped at {outcome.percent} %"


def summary_text(
    name: str, judged: Outcome, active_ms: int, found: Achievement | None, tallies: Iterable[Tally]
) -> str:
    """Return a session as lines of plain text, to share."""
    lines = [named(name, judged.score), f"{outcome_words(judged)}, {length(active_ms)} active"]
    lines += achievement_words(found) if found else ()
    lines += ["", *(f"{safe(tally.title)}: {amount_done(tally)}" for tally in tallies)]
    return "\n".join(lines) + "\n"


def named(name: str, score: Score) -> str:
    """Return the name of a session with its score: "Cindy: 3 rounds + 4"."""
    result = score_words(score)
    return f"{safe(name)}: {result}" if result else safe(name)


def session_lines(sessions: Sequence[Past], width: int, first: int = 1) -> list[Row]:
    """Return a row for each session, numbered from `first`: when, its score or length, how it ended, and its name."""
    if width < _WIDE:
        return [
            Row((Span(f"{number:>4}  ", "dim"), Span(short_session(session, width - 6))))
            for number, session in enumerate(sessions, first)
        ]
    rows = []
    results = [cut(score_words(session.score), _LONGEST_SCORE) or length(session.active_ms) for session in sessions]
    wide, state = max(map(len, results), default=0), max((len(state_words(session)) for session in sessions), default=0)
    for number, (session, result) in enumerate(zip(sessions, results, strict=True), first):
        head = f"{number:>4}  {session.started:%Y-%m-%d %H:%M}  {result:>{wide}}  {state_words(session):<{state}}  "
        head += f"{session.feeling or '-':<5}  "
        rows.append(Row((Span(head, "dim"), Span(cut(safe(session.name), max(8, width - len(head)))))))
    return rows


def short_session(session: Past, width: int) -> str:
    """Return a session in exactly `width` cells: when, its name, its score or length, and its share."""
    result = score_words(session.score) if width >= _WITH_SCORE else ""
    right = f"{result or length(session.active_ms)} {_short_state(session)}"
    left = f"{session.started:%Y-%m-%d}  " if width < _WITH_TIME else f"{session.started:%Y-%m-%d %H:%M}  "
    return f"{left}{pad(safe(session.name), max(0, width - len(left) - len(right) - 1))} {right}"


def _short_state(session: Past) -> str:
    return "    " if session.state == "finished" else f"{session.outcome.percent:>2} %"


def detail(session: Past, tallies: Iterable[Tally], width: int) -> list[Row]:
    """Return a whole session: its head, how it felt, and each exercise."""
    return [*session_head(session, width), *feedback(session, width), *exercises(tallies, width)]


def session_head(session: Past, width: int) -> list[Row]:
    """Return the name and score of a session, when it was, and how long against its plan."""
    plan = length(session.planned_ms) + ("+" if session.open_intervals else "")
    times = f"{length(session.active_ms)} active of {plan} planned"
    if session.paused_ms >= _LEAST_MS:
        times += f", {length(session.paused_ms)} paused"
    return [
        *prose(named(session.name, session.score), width, "strong"),
        *prose(when(session.started), width, "dim"),
        *prose(f"{state_words(session).capitalize()}: {times}", width, "work" if session.finished else "paused"),
    ]


def feedback(session: Past, width: int) -> list[Row]:
    """Return how a session felt, and its note."""
    rows = prose(f"It felt {session.feeling}.", width) if session.feeling else []
    return rows + (prose(f'"{safe(session.note)}"', width) if session.note else [])


def exercises(tallies: Iterable[Tally], width: int) -> list[Row]:
    """Return each exercise as done, to stand below the head of a session."""
    return [Row(), *tally_lines(tallies, width)]


def when(moment: datetime) -> str:
    """Return a moment in local time, with its offset from UTC."""
    offset = (moment.utcoffset() or timedelta()) // timedelta(minutes=1)
    sign = "-" if offset < 0 else "+"
    return (
        f"{moment:%a} {on_day(moment.date())}, {moment:%H:%M} (UTC{sign}{abs(offset) // 60:02}:{abs(offset) % 60:02})"
    )


def tally_lines(tallies: Iterable[Tally], width: int) -> list[Row]:
    """Return each exercise as done against its plan, and where it took more or less time."""
    rows = []
    for tally in tallies:
        begun = tally.bouts_done or tally.ms_done
        roles = "text" if begun else "dim", "strong" if tally.complete else "dim"
        rows += columns(safe(tally.title), amount_done(tally), width, roles=roles)
        if difference := time_difference(tally):
            rows += prose(difference, width, "dim", indent=2)
    return rows


def amount_done(tally: Tally) -> str:
    """Return how much of one exercise was done: in reps or distance where they were asked, otherwise in time."""
    if tally.reps_done is not None:
        words = number_of(tally.reps_done, "rep", tally.reps)
    elif tally.distance is not None:
        done = tally.distance_done.words if tally.distance_done else "nothing"
        words = f"{done} of {tally.distance.words}, {length(tally.ms_done)}"
    elif tally.ms is not None:
        words = f"{length(tally.ms_done)} of {length(tally.ms)}"
    else:
        words = length(tally.ms_done)
    if tally.bouts > 1:
        sets = f"{tally.bouts_done} of {tally.bouts} sets"
        words = f"{sets}, {words}" if tally.bouts_done or tally.ms_done else f"{sets}; skipped"
    return words if tally.bouts_done or tally.ms_done or tally.bouts > 1 else "skipped"


def time_difference(tally: Tally) -> str:
    """Return how much more or less time than planned the finished bouts took; empty below a second."""
    if tally.over_ms is None or abs(tally.over_ms) < _LEAST_MS:
        return ""
    word = "longer" if tally.over_ms > 0 else "faster"
    return f"{_seconds(abs(tally.over_ms))} {word} than planned"


def _seconds(ms: int) -> str:
    return f"{ms // 1000} s" if ms < 60_000 else f"{length(ms)} min"
