"""Short ways to read a foreign file in a test, and to show what became of it."""

from __future__ import annotations

import json

from coach.exchange.incoming.reading import read_foreign
from coach.routine.language.reader import read_routine
from coach.routine.library.library import Library
from coach.timeline.compile.compile import compile_routine
from tests.builders import rows


def read(source, stem="file"):
    """Return what a file holds; `source` is its bytes, its text, or values to write as JSON."""
    if not isinstance(source, bytes | str):
        source = json.dumps(source, indent=1)
    return read_foreign(source.encode() if isinstance(source, str) else source, "file", stem)


def only(source, stem="file"):
    """Return the one routine of a file."""
    (routine,) = read(source, stem).routines
    return routine


def steps_of(source, stem="file") -> list[str]:
    """Return the lines below "steps:" of the one routine of a file."""
    return only(source, stem).text.decode().split("steps:\n", 1)[1].splitlines()


def intervals_of(source) -> list[str]:
    """Return the intervals of the one routine of a file, as readable lines."""
    routine = only(source)
    return rows(compile_routine(routine, Library().catalogue(routine)))


def lost_of(source) -> list[str]:
    """Return what is lost, as lines "line: message"."""
    return [f"{problem.line}: {problem.message}" for problem in read(source).lost]


def reads_as_itself(routine) -> bool:
    """Return whether the text of an imported routine has no problems and no warnings of its own."""
    again = read_routine(routine.text, "again", "again")
    return not again.problems and again.value.steps == routine.steps
