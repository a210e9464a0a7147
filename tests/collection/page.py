"""The page of all routines, `docs/routines.md`, written from their files: `python -m tests.collection.page`."""

from __future__ import annotations

import re
from pathlib import Path

from coach.routine.library.library import Library
from coach.timeline.compile.compile import compile_routine

PAGE = Path(__file__).parent.parent.parent / "docs" / "routines.md"
HEAD = """\
# Routines

The routines that come with coach, by what they are for. `coach show NAME` says how each one is done, and
`coach run NAME` starts it. Minutes are without the ten seconds to get ready; a plus means that a part ends when you
press Enter. A routine with a notice tells you what to be careful with before you start. "Ours" in a source means that
the source leaves it open, and that we chose it. [exercises.md](exercises.md) shows each exercise in motion, and
`coach safety` says when to ask a doctor first.
"""
AIMS = {
    "strength": "Strength",
    "mobility": "Mobility and warm-up",
    "feet": "Feet and calves",
    "hips": "Hips",
    "intervals": "Intervals and circuits",
    "plan": "Step by step, over weeks",
}
"""The heading of each first tag, in the order of the page."""
COLUMNS = ["| routine | what it is | minutes | you need | level | source |", f"|{' --- |' * 6}"]


def routines():
    """Yield each shipped routine with its compiled timeline, `walk-run-10` after `walk-run-9`."""
    library = Library(user=None)
    for id_ in sorted(library.ids(), key=_natural):
        routine = library.routine(id_)
        yield routine, compile_routine(routine, library.catalogue(routine))


def page():
    """Return the text of the page."""
    rows = {aim: [] for aim in AIMS}
    for routine, timeline in routines():
        rows[routine.tags[0]].append(_row(routine, timeline))
    parts = [HEAD]
    for aim, title in AIMS.items():
        if rows[aim]:
            parts.append("\n".join([f"## {title}", "", *COLUMNS, *rows[aim], ""]))
    return "\n".join(parts)


def _row(routine, timeline):
    cells = (
        f"{routine.name}<br>`{routine.id}`",
        routine.summary,
        minutes(timeline),
        ", ".join(routine.equipment) or "nothing",
        f"{routine.level}{', with a notice' if timeline.notices else ''}",
        routine.source,
    )
    return f"| {' | '.join(cell.strip().replace('|', '/') for cell in cells)} |"


def minutes(timeline):
    """Return the minutes from the first work on, rounded, with a plus where a part has no end of its own."""
    prepare = timeline.intervals[0].duration_ms if timeline.intervals[0].kind == "prepare" else 0
    rounded = max(1, (timeline.duration_ms - prepare + 30_000) // 60_000)
    return f"{rounded}{'+' if timeline.last_open >= 0 else ''}"


def _natural(id_):
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", id_)]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
