"""From when on: days as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from coach.history.report.recent import first_day
from coach.problems import CoachError

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-10-01", date(2026, 10, 1)),
        (" 2026-10-01 ", date(2026, 10, 1)),
        ("0d", TODAY),
        ("7d", date(2026, 11, 14)),
        ("4w", date(2026, 10, 24)),
        ("4W", date(2026, 10, 24)),
        ("2027-01-01", date(2027, 1, 1)),
    ],
)
def test_since(text, day):
    assert first_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is no day"),
        ("yesterday", "write `--since 2026-10-01`, or `--since 7d`"),
        ("7", "is no day"),
        ("-7d", "is no day"),
        ("\u0667d", "is no day"),
        ("2026-1-1", "is no day"),
        ("2026-02-30", "there is no day 2026-02-30"),
        ("999999w", "before any calendar"),
        ("0000-01-01", "there is no day"),
    ],
)
def test_what_is_no_day_is_an_error(text, words):
    with pytest.raises(CoachError) as caught:
        first_day(text, TODAY)
    assert words in str(caught.value)
