"""How times and intervals are said: the one place where milliseconds become text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.timeline.model import Interval, Item


def countdown_seconds(ms: int) -> int:
    """Return the seconds a countdown shows for `ms` left: the ceiling, so that it shows 0 only at the end."""
    return -(-ms // 1000)


def clock(seconds: int) -> str:
    """Return `seconds` as m:ss, or h:mm:ss from an hour on."""
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def short_clock(seconds: int) -> str:
    """Return `seconds` alone below a minute, so that the digits can be larger, and as `clock` from there on."""
    return str(seconds) if seconds < 60 else clock(seconds)


def total(ms: int, *, has_open: bool = False) -> str:
    """Return a planned length; a plus says that there is open work whose length nobody knows."""
    return clock(countdown_seconds(ms)) + ("+" if has_open else "")


def item_line(item: Item) -> str:
    """Return a line of a checklist: "12 Squat, 40 kg", "0:30 Plank", "Run 200 m"."""
    dose = str(item.reps) if item.reps is not None else clock(countdown_seconds(item.time_ms)) if item.time_ms else ""
    return ", ".join(each for each in (f"{dose} {item.title}".strip(), item.load) if each)


def way(interval: Interval) -> str:
    """Return the side and direction of an interval, such as "left, clockwise", or an empty text."""
    side = "sides in turn" if interval.side == "alternate" else interval.side
    return ", ".join(each for each in (side, interval.direction) if each)


def label(interval: Interval) -> str:
    """Return what an interval is called in a list: its title, side and direction."""
    return ", ".join(each for each in (interval.title, way(interval)) if each)


def amount(interval: Interval) -> str:
    """Return how much one bout is: "12 reps", "0:30", "12 a side", or "open"."""
    if interval.reps is not None:
        return f"{interval.reps} a side" if interval.side == "alternate" else f"{interval.reps} reps"
    if interval.duration_ms is None:
        return "open"
    return clock(countdown_seconds(interval.duration_ms))
