"""From when on: what a person writes for a day."""

from __future__ import annotations

import re
from datetime import date, timedelta

from coach.problems import CoachError

_AGO = re.compile(r"(\d{1,6})([dw])", re.ASCII | re.IGNORECASE)
_DAYS = {"d": 1, "w": 7}


def since(text: str, today: date) -> date:
    """Return the day that `text` stands for: `2026-10-01`, or `7d` and `4w` for so many days or weeks before `today`.

    Raises:
        CoachError: it is neither.
    """
    wanted = text.strip()
    try:
        if ago := _AGO.fullmatch(wanted):
            return today - timedelta(days=int(ago[1]) * _DAYS[ago[2].lower()])
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", wanted, re.ASCII):
            return date.fromisoformat(wanted)
    except OverflowError:
        raise CoachError(f"{wanted} ago is before any calendar: write a day, such as `--since 2026-10-01`") from None
    except ValueError:
        raise CoachError(f"there is no day {wanted}: write one such as `--since 2026-10-01`") from None
    raise CoachError(f'"{wanted}" is no day: write `--since 2026-10-01`, or `--since 7d` or `4w` for days or weeks ago')
