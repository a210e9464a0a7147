"""Pictures of every screen, from the running app on a clock that stands still.

The tests hold the plain text of each against `grids/`, and walk through its colours. After a change that is meant, see
what `git diff` says of what this writes, the grids, the pictures of the documents and their page of keys:

    python -m tests.tui.pictures
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from coach.history.db import rows
from coach.history.db.database import open_database
from coach.history.db.journal import Journal
from coach.history.db.unfinished import Unfinished
from coach.routine.library.library import Library
from coach.session.notices import Confirmed
from coach.session.state import Quit
from coach.timeline.compile.compile import compile_routine
from coach.tui.actions import HEADINGS, actions_in, names_of
from coach.tui.unfinished import GROUP, unfinished_offer
from coach.tui.widgets.stage import Stage
from tests.session.simulator import Simulation
from tests.tui.drawing import cells, drawn
from tests.tui.rig import running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from coach.settings import Settings
    from coach.timeline.model import Timeline
    from tests.tui.drawing import Cell
    from tests.tui.rig import Rig

HERE = Path(__file__).parent
GRIDS = HERE / "grids"
SCREENS = HERE.parent.parent / "docs" / "screens"
KEYS = SCREENS.parent / "keys.md"
NOW = datetime(2026, 3, 14, 18, 30, tzinfo=UTC)
SIZES = ((80, 24), (120, 40))
HALF = "\u2580"
INK = 290
"""Red, green and blue together, above which a colour of the dark theme is ink."""

SHIPPED = Path(__file__).parent.parent.parent / "routines"
CHOSEN = (
    *("runner-legs", "hip-and-core", "core-three", "run-warm-up", "post-run-stretch", "foot-core", "foot-complex"),
    *("seven-minute", "tabata", "emom-12", "norwegian-4x4", "strides"),
)
"""The shipped routines in the pictures. With all of them the tests of the pictures would take half as long again."""
OWN = {
    "deck": "name: Deck of ten\nsteps: [{block: Deck, shuffle: true, rounds: 2, work: 30s, rest: 10s, steps: "
    "[Squat, Plank, Burpee, Lunge jump, Crunch]}]\n",
    "desk": "name: Desk break\nwork: 30s\nrest: 5s\nsteps: [Chin tuck, Wall angel, Reach]\n",
    "garage": "name: Garage\nlevel: easy\nstep: [12 swings]\nequipment: kettlebell\n",
}
"""The user's own routines, by their ids. One has every kind of mistake in its few lines."""
DONE = (
    ("runner-legs", 0, None),
    ("foot-core", 1, None),
    ("tabata", 2, None),
    ("runner-legs", 5, None),
    ("tabata", 12, 400),
    ("core-three", 13, None),
    ("hip-and-core", 20, None),
    ("runner-legs", 33, None),
    ("foot-core", 70, None),
)
"""What was done: how many days ago, and the seconds after which it was stopped, or None."""


def stock(folder: Path) -> Library:
    """Return a library of shipped routines and the user's own, the same at all times."""
    shipped, user = folder / "shipped", folder / "user"
    for kind in ("exercises", "figures"):
        shutil.copytree(SHIPPED / kind, shipped / kind)
    for id_ in CHOSEN:
        shutil.copy(SHIPPED / f"{id_}.yaml", shipped)
    user.mkdir(exist_ok=True)
    for id_, text in OWN.items():
        (user / f"{id_}.yaml").write_text(text, encoding="utf-8")
    return Library(shipped, user)


def trained(file: Path) -> None:
    """Write a history in which `DONE` was done."""
    library = Library(SHIPPED, SHIPPED / "none")
    with contextlib.closing(open_database(file)) as opened:
        for number, (id_, days, seconds) in enumerate(DONE):
            timeline = _timeline(library, id_)
            run = Simulation(timeline).start().advance(1000 * (seconds or 3600))
            if not run.over:
                run.do(Quit())
            began = NOW - timedelta(days=days, hours=1)
            opening = rows.Opening(f"{number:032x}", timeline, began, 0, {})
            rows.write_opening(opened, opening)
            rows.write_visits(opened, opening.id, timeline, tuple(run.visits), 0)
            rows.write_end(opened, opening.id, began + timedelta(milliseconds=run.over[0]), complete=run.over[1])
        opened.commit()


@cache
def _timeline(library: Library, id_: str) -> Timeline:
    routine = library.routine(id_)
    return compile_routine(routine, library.catalogue(routine))


CUT = Unfinished(
    id="f" * 32,
    routine="runner-legs",
    name="Runner's legs",
    started=NOW - timedelta(minutes=17),
    seen=NOW - timedelta(minutes=12),
    first_index=0,
    seed=None,
    place={"where": "Heel circle, right, anticlockwise, rep 3 of 5"},
    active_ms=276_000,
)


@dataclass(frozen=True)
class Picture:
    """How to get to a screen: keys, and numbers, which are milliseconds to let pass.

    `is_new` shows the notices that a new user confirms; `is_cut` offers a session that was cut off; `is_kept` writes
    the session into the history.
    """

    steps: tuple[str | int, ...] = ()
    shown: str = "ChooseScreen"
    is_new: bool = False
    is_cut: bool = False
    is_kept: bool = False
    files: tuple[tuple[str, str], ...] = ()
    """Routines of the user's besides those of `ROUTINES`, by their ids."""


GROWS = """\
name: Goblet day
steps:
  - {exercise: Goblet squat, sets: 3, reps: 8 to 12, load: 16 kg, progress: 2 kg}
  - {exercise: Plank, time: 20s to 60s}
"""
BEGIN = ("slash", *"runner", "enter", 0)
QUICK = tuple("space" if each == " " else each for each in "3x(20s squat, 10s rest), 1m plank")
PICTURES = {
    "choose": Picture(("slash", *"runner", "escape")),
    "choose-search": Picture(("slash", *"squat")),
    "choose-shuffled": Picture(("slash", *"deck", "escape")),
    "choose-broken": Picture(("slash", *"garage", "escape")),
    "problems": Picture(("slash", *"garage", "escape", "enter"), "ProblemsScreen"),
    "naming": Picture(("n", *"Tabata", "enter"), "NamingScreen"),
    "settings": Picture(("comma", "down", "right"), "SettingsScreen"),
    "keys": Picture(("comma", *("down",) * 16, "enter", *("down",) * 4), "KeysScreen"),
    "press": Picture(("comma", *("down",) * 16, "enter", *("down",) * 4, "enter", "n"), "PressScreen"),
    "commands": Picture(("ctrl+p", *"start"), "CommandScreen"),
    "help": Picture(("question_mark",), "HelpScreen"),
    "notice": Picture((), "NoticeScreen", is_new=True),
    "targets": Picture(("slash", *"goblet", "enter"), "TargetsScreen", files=(("goblet-day", GROWS),)),
    "shorten": Picture(("slash", *"runner", "escape", "t"), "ShortenScreen"),
    "choose-unfinished": Picture((), is_cut=True),
    "choose-filter": Picture(("f", "down", "right"), "FilterScreen"),
    "quick": Picture(("o", *QUICK), "QuickScreen"),
    "timer": Picture(("w",), "TimerScreen"),
    "session-ready": Picture((*BEGIN, 3000), "SessionScreen"),
    "session-work": Picture((*BEGIN, 10_000, 13_500), "SessionScreen"),
    "session-rest": Picture((*BEGIN, "n", "n", "n", "n", 4200), "SessionScreen"),
    "session-paused": Picture((*BEGIN, 10_000, 13_500, "space"), "SessionScreen"),
    "session-question": Picture((*BEGIN, 10_000, 5_000, "q"), "SessionScreen"),
    "instructions": Picture((*BEGIN, 3000, "i"), "InstructionsScreen"),
    "session-jump": Picture((*BEGIN, 10_000, 5_000, "j"), "JumpScreen"),
    "history": Picture(("h",), "HistoryScreen"),
    "history-page": Picture(("h", "enter"), "PageScreen"),
    "history-remove": Picture(("h", "down", "x"), "RemovingScreen"),
    "history-correct": Picture(("h", "down", "e"), "CorrectScreen"),
    "settings-unsaved": Picture(("comma", "down", "right", "escape"), "UnsavedScreen"),
    "history-past": Picture(("h", "down", "enter"), "PastScreen"),
    "summary": Picture((*BEGIN, *(5_000,) * 74), "SummaryScreen", is_kept=True),
}


@contextlib.contextmanager
def home() -> Iterator[Path]:
    """Give a home of the same name each time, in a folder of its own."""
    before, place = dict(os.environ), Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        try:
            os.chdir(folder)
            os.environ |= {"COACH_HOME": "home", "COLORTERM": "truecolor", "TERM": "xterm-256color"}
            os.environ.pop("NO_COLOR", None)
            trained(Path("home/history.db"))
            yield Path()
        finally:
            os.chdir(place)
            os.environ.clear()
            os.environ.update(before)


@contextlib.asynccontextmanager
async def pictured(
    name: str, size: tuple[int, int], settings: Settings | None = None, **terminal: str
) -> AsyncIterator[Rig]:
    """Run the app to where picture `name` is taken; `terminal` is more of its environment."""
    picture = PICTURES[name]
    # However slowly the journal writes, the summary waits for it.
    with home() as folder, patch("coach.tui.screens.summary.SETTLE_S", 600):
        os.environ |= terminal
        notices = Confirmed(folder / "confirmed.txt") if picture.is_new else None
        journal = Journal(folder / "home" / "history.db", now=lambda: NOW) if picture.is_kept else None
        for id_, text in picture.files:
            (folder / "user").mkdir(exist_ok=True)
            (folder / "user" / f"{id_}.yaml").write_text(text, encoding="utf-8")
        more = {"settings": settings, "now": lambda: NOW, "notices": notices, "journal": journal}
        async with running(size=size, library=stock(folder), **more) as rig:
            if not picture.is_new:
                await rig.settle()
            if picture.is_cut:
                rig.screen.offer(GROUP, (unfinished_offer(CUT, NOW, lambda: None, lambda: None),))
            for is_time, steps in groupby(picture.steps, lambda each: isinstance(each, int)):
                if not is_time:
                    await rig.press(*steps)
                    continue
                for ms in steps:
                    await (rig.advance(ms) if ms else rig.begin())
            await rig.pilot.wait_for_scheduled_animations()
            await rig.settle()
            assert rig.where == picture.shown, rig.where
            if journal:
                journal.close()
            yield rig


def grid_file(name: str, size: tuple[int, int]) -> Path:
    return GRIDS / f"{name}-{size[0]}x{size[1]}.txt"


def grid(rig: Rig) -> str:
    """Return the screen as lines of text, with what is drawn in colours as block characters."""
    draws = bool(rig.screen.query(Stage))
    lines = map(_line, cells(rig)) if draws else rig.text.splitlines()
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _line(row: list[Cell]) -> str:
    # A ground that carries text is that of a band.
    bands = {cell.ground for cell in row if cell.text not in ("", " ", HALF)}
    return "".join(cell.text if cell.ground in bands else _sign(cell) for cell in row)


def _sign(cell: Cell) -> str:
    """Return a cell of a drawing as a character."""
    if cell.text not in (" ", HALF):
        return cell.text
    upper = _is_ink(cell.ink if cell.text == HALF else cell.ground)
    return " \u2580\u2584\u2588"[upper + 2 * _is_ink(cell.ground)]


def _is_ink(colour: str) -> bool:
    return sum(bytes.fromhex(colour.lstrip("#"))) > INK


def keys_page() -> str:
    """Return what docs/keys.md says, made from the one table of keys."""
    lines = [
        "# Keys",
        "",
        "Made from the table in `coach/tui/actions.py`. The names are for [settings.md](settings.md).",
    ]
    for scope, heading in HEADINGS.items():
        lines += ["", f"## {heading}", "", "| key | | name |", "| --- | --- | --- |"]
        lines += [f"| {names_of(each, between=', ')} | {each.tooltip} | `{each.id}` |" for each in actions_in(scope)]
    return "\n".join(lines) + "\n"


async def _renew() -> None:
    made: dict[Path, str] = {}
    for name in PICTURES:
        for size in SIZES:
            async with pictured(name, size) as rig:
                made[grid_file(name, size)] = grid(rig)
                made[SCREENS / f"{grid_file(name, size).stem}.svg"] = drawn(rig)
    for file in (*GRIDS.glob("*.txt"), *SCREENS.glob("*.svg")):
        file.unlink()
    made[KEYS] = keys_page()
    for file, text in made.items():
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(_renew())
