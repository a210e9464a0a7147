"""Every routine that ships, as a workout; and how a FIT file is read in these tests."""

from __future__ import annotations

import io
from functools import cache

import fitdecode

from coach.exchange.outgoing.workout import workout_of
from coach.routine.library.library import Library
from coach.timeline.compile.compile import compile_routine
from tests.builders import Shelf, compiled, routine

MADE_S = 1_790_000_000
"""When the files of these tests are made: 2026-09-21."""


@cache
def shipped_workouts():
    """Return every routine that ships as a workout, by id."""
    library = Library()
    found = {}
    for entry in library.entries():
        made = library.routine(entry.id)
        found[made.id] = workout_of(made, compile_routine(made, library.catalogue(made)))
    return found


def workout(*steps, sport=None, tags=(), catalogue=None, **head):
    """Return a workout of `steps`, without a get-ready."""
    head.setdefault("prepare_ms", 0)
    made = routine(*steps, tags=tags, **head)
    return workout_of(made, compiled(*steps, catalogue=catalogue or Shelf(), tags=tags, **head), sport)


def messages(data, name):
    """Return the raw values of each message called `name`, by the number of the field; a wrong checksum is an error."""
    with fitdecode.FitReader(
        io.BytesIO(data),
        check_crc=fitdecode.CrcCheck.RAISE,
        error_handling=fitdecode.ErrorHandling.RAISE,
    ) as reader:
        found = [frame for frame in reader if isinstance(frame, fitdecode.FitDataMessage) and frame.name == name]
    return [{field.def_num: field.raw_value for field in message.fields} for message in found]


def lost(exported):
    """Return what an export says it does not carry, as text."""
    return [problem.message for problem in exported.lost]
