"""Days in words, as seen from today: "yesterday", "on Tuesday", "on 3 March".

It stands alone because a routine's progress needs it without the history.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.plan.keys import weekday_name
from coach.plan.model import DAYS_OF_WEEK

if TYPE_CHECKING:
    from datetime import date


def day_words(day: date, today: date) -> str:
    """Return a past day in words: "today", "yesterday", "on Tuesday", "on 3 March"."""
    gap = (today - day).days
    if gap <= 0:
        return "today"
    if gap == 1:
        return "yesterday"
    if gap < 7:
        return f"on {weekday_name(DAYS_OF_WEEK[day.weekday()])}"
    year = f" {day.year}" if day.year != today.year else ""
    return f"on {day.day} {_MONTHS[day.month - 1]}{year}"


def coming_day(day: date, today: date) -> str:
    """Return a day to come in words."""
    gap = (day - today).days
    if gap == 1:
        return "tomorrow"
    if 0 <= gap < 7:
        return f"on {weekday_name(DAYS_OF_WEEK[day.weekday()])}"
    return f"on {day.day} {_MONTHS[day.month - 1]}"


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
