"""How the exercises of a timeline are done, in words: what screens and lines of text show of their files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.routine.language.reader import read_exercise, read_routine
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coach.routine.model import Exercise
    from coach.timeline.model import Interval, Timeline


@frozen
class Section:
    """A part of the instructions. Without a heading it is the summary; `is_list` sets its texts apart by dashes."""

    heading: str
    texts: tuple[str, ...]
    is_list: bool = False
    is_warning: bool = False
    is_fact: bool = False
    """Whether it is one short text, which may stand beside its heading."""


def exercises_of(timeline: Timeline) -> dict[str, Exercise]:
    """Return the exercises that the files of a session define, by id. A routine's own replace files."""
    known: dict[str, Exercise] = {}
    own: dict[str, Exercise] = {}
    for source in timeline.sources:
        if source.role == "exercise":
            exercise = read_exercise(source.text, source.file, source.id).value
            if exercise is not None:
                known.setdefault(exercise.id, exercise)
        elif (routine := read_routine(source.text, source.file, source.id).value) is not None:
            own = {**routine.exercises, **own}
    return known | own


def work_at(timeline: Timeline, index: int) -> Interval | None:
    """Return the work that a person wants to know about at interval `index`: this interval's or the next one's."""
    return next((interval for interval in timeline.intervals[index:] if interval.kind == "work"), None)


def exercise_ids(intervals: Iterable[Interval]) -> tuple[str, ...]:
    """Return the ids of the exercises in `intervals`, each once, including those on checklists."""
    found: dict[str, None] = {}
    for interval in intervals:
        rungs = interval.ladder or (interval.items,)
        on_list = (item.exercise for items in rungs for item in items)
        found |= dict.fromkeys(id_ for id_ in (interval.exercise, *on_list) if id_)
    return tuple(found)


def instructions(exercise: Exercise) -> tuple[Section, ...]:
    """Return how an exercise is done, the most important first; empty if its file does not say."""
    said = (
        Section("", tuple(filter(None, (exercise.summary,)))),
        Section("Before you start", tuple(filter(None, (exercise.notice,))), is_warning=True),
        Section("Phases", tuple(_phases(exercise))),
        Section("Cue", (exercise.cue,) if exercise.cue and not exercise.phases else ()),
        Section("Key points", exercise.key_points, is_list=True),
        Section("Mistakes", exercise.mistakes, is_list=True),
        Section("Easier", tuple(filter(None, (exercise.easier,)))),
        Section("Leave it out if", tuple(filter(None, (exercise.avoid_if,))), is_warning=True),
    )
    if not any(section.texts for section in said):
        return ()
    facts = (
        Section("Works", (", ".join(exercise.muscles),) if exercise.muscles else (), is_fact=True),
        Section("Needs", (", ".join(exercise.equipment),) if exercise.equipment else (), is_fact=True),
        Section("From", tuple(filter(None, (exercise.source,))), is_fact=True),
    )
    return tuple(section for section in (*said, *facts) if section.texts)


def instruction_lines(exercise: Exercise) -> list[str]:
    """Return the instructions as lines of text, one for each sentence."""
    lines = [exercise.name]
    for section in instructions(exercise):
        if len(section.texts) == 1 and not section.is_list:
            lines.append(f"  {section.heading}: {section.texts[0]}" if section.heading else f"  {section.texts[0]}")
            continue
        lines.append(f"  {section.heading}")
        lines += [f"    {'- ' if section.is_list else ''}{text}" for text in section.texts]
    return lines


def _phases(exercise: Exercise) -> Iterator[str]:
    if any(phase.cue for phase in exercise.phases):
        for number, phase in enumerate(exercise.phases, 1):
            yield f"{number}. {phase.cue or '-'} ({phase.ms / 1000:g} s)"
