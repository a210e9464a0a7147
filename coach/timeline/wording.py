"""Times, amounts and intervals as text: the one place where milliseconds become words for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.timeline.estimate import session_ms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coach.routine.model import Distance, Effort, Pace
    from coach.timeline.model import Interval, Item, Timeline


def countdown_seconds(ms: int) -> int:
    """Return the seconds that a countdown shows with `ms` remaining: rounded up, so 0 is shown only at the end."""
    return -(-ms // 1000)


def clock(seconds: int) -> str:
    """Return `seconds` as m:ss, or h:mm:ss from an hour on."""
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def short_clock(seconds: int) -> str:
    """Return `seconds` as a plain number below a minute, which leaves room for larger digits, else as `clock`."""
    return str(seconds) if seconds < 60 else clock(seconds)


def total(ms: int, *, has_open: bool = False) -> str:
    """Return a planned length; a plus stands for open work whose length nobody knows."""
    return clock(countdown_seconds(ms)) + ("+" if has_open else "")


def total_length(timeline: Timeline, rep_ms: Mapping[str, int] | None = None) -> str:
    """Return how long `timeline` takes: "12:30", or "about 12:30" when some of its work ends at a key.

    Args:
        timeline: The session.
        rep_ms: How long a rep takes this person; see `estimate_ms`.
    """
    return ("about " if timeline.last_open >= 0 else "") + total(session_ms(timeline, rep_ms))


def number_of(number: int, of: str, target: int | None = None) -> str:
    """Return a number of things: "1 rep", "10 reps", with a target "10 of 12 reps"."""
    if target is not None:
        return f"{number} of {target} {of}s"
    return f"{number} {of}{'' if number == 1 else 's'}"


def reps_to_do(number: int, *, a_side: bool) -> str:
    """Return the reps to do: "12 reps", or "6 a side" where the sides alternate."""
    return f"{number} a side" if a_side else number_of(number, "rep")


def item_line(item: Item) -> str:
    """Return a line of a checklist: "12 Squat, 40 kg", "0:30 Plank", "200 m Run"."""
    dose = ""
    if item.reps is not None:
        dose = str(item.reps)
    elif item.distance is not None:
        dose = item.distance.words
    elif item.time_ms:
        dose = clock(countdown_seconds(item.time_ms))
    return ", ".join(filter(None, (f"{dose} {item.title}".strip(), item.load)))


def items_line(items: Iterable[Item]) -> str:
    """Return a checklist in one line."""
    return ", ".join(map(item_line, items))


def way(interval: Interval) -> str:
    """Return the side and direction of an interval, such as "left, clockwise", or an empty text."""
    side = "sides in turn" if interval.side == "alternate" else interval.side
    return ", ".join(filter(None, (side, interval.direction)))


def effort_words(effort: Effort | None, title: str = "") -> str:
    """Return how hard work should feel, such as "all out"; empty where the title says it already."""
    words = (effort or "").replace("-", " ")
    said = " ".join(title.casefold().replace("-", " ").split())
    return "" if f" {words} " in f" {said} " else words


def label(interval: Interval) -> str:
    """Return the name of an interval in a list: its title, side and direction."""
    return ", ".join(filter(None, (interval.title, way(interval))))


def set_and_rounds(interval: Interval) -> list[str]:
    """Return the number of the set, and of the round of each block, where there are several: "set 1 of 2"."""
    sets = [f"set {interval.set} of {interval.sets}"] if interval.sets and interval.sets > 1 else []
    return sets + [f"round {block.round} of {block.rounds}" for block in interval.block if block.rounds > 1]


def pace_words(pace: Pace) -> str:
    """Return a pace as people write it: "5:00 /km", "1:45 /100 m"."""
    per = pace.per.unit if pace.per.thousandths == 1000 else pace.per.words
    return f"{clock(countdown_seconds(pace.ms))} /{per}"


_UNITS = {"m": "metre", "km": "kilometre", "yd": "yard", "mi": "mile"}


def spoken_distance(distance: Distance, pace: Pace | None = None) -> str:
    """Return a distance as it is said aloud: "400 metres", "1 kilometre at 5 minutes a kilometre"."""
    number, unit = distance.words.split()
    words = f"{number} {_UNITS[unit]}{'' if number == '1' else 's'}"
    if pace is None:
        return words
    minutes, seconds = divmod(countdown_seconds(pace.ms), 60)
    parts = [number_of(minutes, "minute")] if minutes else []
    parts += [str(seconds) if minutes else number_of(seconds, "second")] if seconds else []
    per = f"a {_UNITS[pace.per.unit]}" if pace.per.thousandths == 1000 else f"for {spoken_distance(pace.per)}"
    return f"{words} at {' '.join(parts)} {per}"


def until_words(until: str) -> str:
    """Return the words that say when open work is over: "until the band slips", "as many as you can"."""
    return "as many as you can" if until == "max" else f"until {until}"


def condition(interval: Interval) -> str:
    """Return when open work is over, in words; empty where its dose says that, or it is simply done."""
    if interval.until is None or (interval.frame == "for-time" and interval.until == "done"):
        return ""
    return until_words(interval.until)


def at_most(interval: Interval) -> str:
    """Return when the clock ends open work, such as "15:00 at most"; empty where it does not."""
    cap_ms = interval.cap_ms if interval.open else None
    return "" if cap_ms is None else f"{clock(countdown_seconds(cap_ms))} at most"


def window_item(interval: Interval) -> Item | None:
    """Return what is done in a window of an EMOM with one exercise that has a dose; None for any other interval."""
    if interval.frame != "window" or len(interval.items) != 1:
        return None
    item = interval.items[0]
    has_dose = item.reps is not None or item.time_ms is not None or item.distance is not None
    return item if has_dose and item.title == interval.title else None


def dose_words(interval: Interval) -> str:
    """Return how much is done in one bout where the clock does not show it: "12 reps", "6 a side", "400 m"."""
    if interval.reps is not None:
        return reps_to_do(interval.reps, a_side=interval.side == "alternate")
    if interval.distance is not None:
        return interval.distance.words
    item = window_item(interval)
    if item is None:
        return ""
    if item.reps is not None:
        return number_of(item.reps, "rep")
    return item.distance.words if item.distance else clock(countdown_seconds(item.time_ms or 0))


def amount(interval: Interval) -> str:
    """Return the amount of one bout: "12 reps", "0:30", "400 m", "1 km at 5:00 /km", "until the band slips"."""
    if interval.reps is not None:
        return reps_to_do(interval.reps, a_side=interval.side == "alternate")
    if interval.distance is not None:
        pace = f" at {pace_words(interval.pace)}" if interval.pace else ""
        return f"{interval.distance.words}{pace}"
    if interval.duration_ms is None:
        return condition(interval) or ("for time" if interval.frame == "for-time" else "open")
    return clock(countdown_seconds(interval.duration_ms))
