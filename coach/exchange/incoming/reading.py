"""Recognise the files of other programs, and read their routines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coach.exchange.incoming.document import Unimportable, open_document
from coach.exchange.incoming.exercise_timer import EXERCISE_TIMER
from coach.exchange.incoming.intervals_icu import INTERVALS_ICU
from coach.exchange.incoming.just_another import JUST_ANOTHER
from coach.exchange.incoming.openhiit import OPENHIIT
from coach.exchange.incoming.seconds_timer import SECONDS
from coach.exchange.incoming.steps import MOST_FOREIGN_STEPS, MOST_ROUTINES, LossReport
from coach.exchange.incoming.timer_machine import TIMER_MACHINE
from coach.exchange.incoming.zwift import ZWIFT
from coach.problems import BrokenFile, CoachError, Problem
from coach.routine.language.reader import read_routine
from coach.routine.language.writer import routine_text
from coach.routine.model import walk
from coach.values import frozen

if TYPE_CHECKING:
    from coach.exchange.incoming.document import Document
    from coach.exchange.incoming.steps import Format
    from coach.routine.model import Routine

FORMATS: tuple[Format, ...] = (TIMER_MACHINE, SECONDS, OPENHIIT, JUST_ANOTHER, EXERCISE_TIMER, ZWIFT, INTERVALS_ICU)
"""Every format; no file is of two of them, since each asks for keys of its own."""


@frozen
class Incoming:
    """What a file of another program holds."""

    format: Format
    routines: tuple[Routine, ...]
    """As they will be read from the files that are written: `text` has the bytes of each."""
    lost: tuple[Problem, ...]
    """What could not be carried, in order of place; a warning each, and a problem for a routine that is impossible."""


def recognised(data: bytes) -> Format | None:
    """Return the format of a file by its content; None when it is none of them."""
    try:
        return _format_of(open_document(data, ""))
    except Unimportable:
        return None


def _format_of(document: Document) -> Format | None:
    return next((found for found in FORMATS if found.recognises(document)), None)


def read_foreign(data: bytes, file: str, stem: str) -> Incoming:
    """Read the file of another program.

    Args:
        data: its content.
        file: its name in messages.
        stem: the name for a routine that has none of its own.

    Raises:
        BrokenFile: it is damaged.
        CoachError: it is of no known format, or has too many routines or steps.
    """
    try:
        document = open_document(data, stem)
    except Unimportable as error:
        raise BrokenFile((Problem(file, error.place.line, error.place.column, error.message),)) from None
    found = _format_of(document)
    if found is None:
        *names, last = (each.name for each in FORMATS)
        known = f"{', '.join(names)} or {last}" if names else last
        raise CoachError(f"{file} is not a file of {known}: nothing to import")
    losses = LossReport(file)
    routines: list[Routine] = []
    problems: list[Problem] = []
    count = 0
    for routine in found.routines(document, losses):
        if len(routines) + len(problems) >= MOST_ROUTINES:
            raise CoachError(f"{file} has more than {MOST_ROUTINES} timers: export fewer at once")
        count += sum(1 for _ in walk(routine.steps))
        if count > MOST_FOREIGN_STEPS:
            raise CoachError(f"{file} has more than {MOST_FOREIGN_STEPS} steps: export fewer timers at once")
        if not routine.steps:
            problems.append(Problem(file, 0, 0, f'"{routine.name}" has nothing to do in it and is left out', "warning"))
            continue
        written = _as_written(routine)
        if isinstance(written, str):
            problems.append(Problem(file, 0, 0, f'"{routine.name}" cannot become a routine: {written}'))
        else:
            routines.append(written)
    return Incoming(found, tuple(routines), tuple(sorted((*problems, *losses.warnings))))


def _as_written(routine: Routine) -> Routine | str:
    """Return a routine as it is read from its own text, or why it cannot be one."""
    read = read_routine(routine_text(routine), routine.name, "imported")
    if read.value is None:
        return next((problem.message for problem in read.problems), "it cannot be read")
    return replace(read.value, id="")
