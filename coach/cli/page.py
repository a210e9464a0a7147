"""The pages of `coach show`: a routine with its outline and exercises, or an exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.text.clean import legible, wrapped
from coach.timeline.outline import outline_lines, title_lines
from coach.timeline.walk import contents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from coach.routine.model import Exercise, Phase, Routine
    from coach.timeline.model import Timeline
    from coach.timeline.walk import Lookup

_WIDTH = 80
_INDENT = "  "


def page(routine: Routine, timeline: Timeline, catalogue: Lookup, rep_ms: Mapping[str, int] | None = None) -> list[str]:
    """Return the page of a routine as lines of at most `_WIDTH` columns, safe for a terminal.

    Args:
        routine: The routine.
        timeline: What it unrolls into.
        catalogue: Where the names in it are looked up.
        rep_ms: How long a rep takes this person, for the total time; see `estimate_ms`.
    """
    parts = [
        [*title_lines(timeline, routine.summary or "", _WIDTH, rep_ms), *_facts(routine)],
        *(_wrapped(f"Before you start: {notice}") for notice in timeline.notices),
        outline_lines(timeline, _WIDTH, known=cues_of_files(routine, catalogue)),
        list(_description(routine.description or "")),
        *_exercises(routine, catalogue),
        _wrapped(f"From: {routine.source}") if routine.source else [],
    ]
    lines = [line for part in parts if part for line in ("", *part)]
    return [legible(line) for line in lines[1:]]


def exercise_page(exercise: Exercise, timeline: Timeline | None, routines: Sequence[str]) -> list[str]:
    """Return the page of an exercise as lines of at most `_WIDTH` columns, safe for a terminal.

    Args:
        exercise: The exercise.
        timeline: The exercise done once by itself; None if its file has no dose.
        routines: The ids of the routines with this exercise.
    """
    dose = outline_lines(timeline, _WIDTH) if timeline else [exercise.name]
    needs = f"needs {', '.join(exercise.equipment)}" if exercise.equipment else ""
    parts = [
        [*dose, *_wrapped(exercise.summary or ""), *_wrapped(needs)],
        _wrapped(f"Before you start: {exercise.notice}") if exercise.notice else [],
        [*_phases(exercise.phases), *_how(exercise)],
        _wrapped(f"From: {exercise.source}") if exercise.source else [],
        _wrapped(f"In: {', '.join(routines)}") if routines else [],
    ]
    lines = [line for part in parts if part for line in ("", *part)]
    return [legible(line) for line in lines[1:]]


def _facts(routine: Routine) -> list[str]:
    facts: list[str] = [routine.level] if routine.level else []
    facts += [f"needs {', '.join(routine.equipment)}"] if routine.equipment else []
    known = {routine.level, *(item.replace(" ", "-") for item in routine.equipment)}
    tags = [f"#{tag}" for tag in routine.tags if tag not in known]
    facts += [" ".join(tags)] if tags else []
    return _wrapped(", ".join(facts))


def _description(text: str) -> Iterator[str]:
    """Yield a description, wrapped by paragraph and list item; its Markdown stays."""
    piece: list[str] = []
    for line in text.strip().splitlines():
        if piece and (not line.strip() or _marker(line)):
            yield from _piece(piece)
            piece = []
        if line.strip():
            piece.append(line.strip())
        else:
            yield ""
    yield from _piece(piece)


def _piece(lines: list[str]) -> list[str]:
    return _wrapped(" ".join(lines), later=" " * _marker(lines[0])) if lines else []


def _marker(line: str) -> int:
    """Return the width of a list mark such as "1. " or "- "; 0 on other lines."""
    mark, space, _ = line.strip().partition(" ")
    is_mark = mark in ("-", "*") or (mark.endswith((".", ")")) and mark[:-1].isdecimal())
    return len(mark + space) if is_mark else 0


def cues_of_files(routine: Routine, catalogue: Lookup) -> set[str]:
    """Return the cues of the exercise files, which the page has below the outline."""
    return {found.exercise.cue for found in contents(routine, catalogue) if found.exercise and found.exercise.cue}


def _exercises(routine: Routine, catalogue: Lookup) -> Iterator[list[str]]:
    """Yield a part for each exercise, and a further one, of phases only, wherever its phases differ."""
    described: set[str] = set()
    seen: set[tuple[str, tuple[Phase, ...]]] = set()
    for found in contents(routine, catalogue):
        step, exercise = found.step, found.exercise
        if step is None:
            continue
        phases = step.phases if step.phases is not None else exercise.phases if exercise else ()
        title = exercise.name if exercise else step.exercise
        key = exercise.id if exercise else " ".join(title.casefold().split())
        if (key, phases) in seen:
            continue
        seen.add((key, phases))
        is_new = exercise is not None and key not in described
        summary = exercise.summary if exercise and is_new else None
        lines = [
            *_wrapped(summary or "", _INDENT, _INDENT),
            *_phases(phases),
            *(_how(exercise) if exercise and is_new else ()),
        ]
        described.add(key)
        if lines:
            yield [*_wrapped(title), *lines]


def _phases(phases: tuple[Phase, ...]) -> Iterator[str]:
    if not any(phase.cue for phase in phases):
        return
    times = [f"{phase.ms / 1000:g} s" for phase in phases]
    wide = max(map(len, times))
    for number, (phase, time) in enumerate(zip(phases, times, strict=True), 1):
        start = f"{_INDENT}{number:>{len(str(len(phases)))}}  {time:>{wide}}  "
        yield from _wrapped(phase.cue or "-", start, " " * len(start))


def _how(exercise: Exercise) -> Iterator[str]:
    """Yield how an exercise is done, from its file."""
    if exercise.muscles:
        yield from _entry("Works", ", ".join(exercise.muscles))
    if exercise.cue and not exercise.phases:
        yield from _entry("Cue", exercise.cue)
    yield from _list("Points", exercise.key_points)
    yield from _list("Mistakes", exercise.mistakes)
    if exercise.easier:
        yield from _entry("Easier", exercise.easier)
    if exercise.avoid_if:
        yield from _entry("Leave it out if", exercise.avoid_if)


def _entry(word: str, text: str) -> list[str]:
    return _wrapped(f"{word}: {text}", _INDENT, _INDENT * 2)


def _list(word: str, texts: Iterable[str]) -> Iterator[str]:
    for number, text in enumerate(texts):
        if not number:
            yield f"{_INDENT}{word}"
        yield from _wrapped(text, f"{_INDENT * 2}- ", _INDENT * 3)


def _wrapped(text: str, first: str = "", later: str = "") -> list[str]:
    return wrapped(text, _WIDTH, first, later)
