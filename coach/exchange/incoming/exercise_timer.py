"""Exercise Timer's list of timers, which it keeps in the settings of GNOME and not in a file.

Its keys are those of the app's source (github.com/mfep/exercise-timer, `TrainingSetup.vala`), older versions included.
There is no rest after the last set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.exchange.incoming.document import Fields, objects_in
from coach.exchange.incoming.steps import Format, in_rounds, rest_time, timed, title
from coach.routine.model import Block, Routine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.exchange.incoming.document import Document
    from coach.exchange.incoming.steps import LossReport
    from coach.routine.model import Step

_WORK = ("ExerciseSec", "exercise_s")
_REST = ("RestSec", "rest_s")


def _recognises(document: Document) -> bool:
    return any(_is_setup(setup) for setup in _setups(document))


def _setups(document: Document) -> tuple[Fields, ...]:
    root = document.json
    return (root,) if isinstance(root, Fields) else objects_in(root)


def _is_setup(setup: Fields) -> bool:
    return any(key in setup.values for key in _WORK) and any(key in setup.values for key in _REST)


def _routines(document: Document, losses: LossReport) -> Iterator[Routine]:
    for setup in _setups(document):
        if _is_setup(setup):
            losses.next_routine()
            yield _routine(setup, document.stem)


def _routine(setup: Fields, stem: str) -> Routine:
    work_ms, rest_ms = setup.ms(*_WORK), setup.ms(*_REST)
    sets = setup.count("Sets") or setup.count("sets", 1)
    steps: tuple[Step, ...] = ()
    if work_ms:
        steps = (timed("Work", work_ms),)
        if rest_ms and sets > 1:
            steps = (Block(steps, rounds=sets, rest=rest_time(rest_ms)),)
        else:
            steps = in_rounds(steps, sets)
    prepare_ms = setup.ms("PreparationSec", "warmup_s")
    return Routine(id="", name=title(setup.text("Title", "name"), stem), steps=steps, prepare_ms=prepare_ms)


EXERCISE_TIMER = Format("Exercise Timer", "an", _recognises, _routines)
