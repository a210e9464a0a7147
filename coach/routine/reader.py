"""From the text of a file to a `Routine` or an `Exercise`, with every problem of the file at once.

Rules are those of the routine format; what needs the exercise files or the sum of times is compile's business.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from coach.routine import fields as f
from coach.routine import nodes, steps
from coach.routine.labels import ID, id_of
from coach.routine.mapping import Values, expect_keys, read_keys
from coach.routine.model import NOWHERE, Block, Exercise, Place, Routine
from coach.routine.names import only_shown
from coach.routine.nodes import Keys, Node, Text
from coach.routine.report import Read, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from coach.routine.model import Step
    from coach.routine.report import Report


def read_routine(source: str | bytes, file: str, id: str) -> Read[Routine]:  # noqa: A002 - the model's word
    """Read a routine file. `file` names it in messages, `id` is its stem. Never raises for what it holds."""
    return _read(source, file, lambda node, report: _routine(node, report, id))


def read_exercise(source: str | bytes, file: str, id: str) -> Read[Exercise]:  # noqa: A002 - as above
    """Read an exercise file, as `read_routine` reads a routine."""
    return _read(source, file, lambda node, report: _exercise_file(node, report, id))


def _read(source: str | bytes, file: str, make: Callable[[Node, Report], Any]) -> Read[Any]:
    def once(source: str | bytes, report: Report) -> Any:  # noqa: ANN401 - a routine or an exercise
        node = nodes.parse(source, report)
        if node is not None:
            return make(node, report)
        if not report.problems:
            report.add(0, 0, 'the file is empty: begin it with "name:" and what it is called')
        return None

    value, report = nodes.read_as_meant(source, file, f.TABLES, once)
    problems = report.problems
    if problems or value is None:
        part = _whole_part(value, report) if isinstance(value, Routine) else None
        return Read(None, problems, report.warnings, part)
    text = source.encode() if isinstance(source, str) else source
    return Read(replace(value, text=text), problems, report.warnings)


_GIVES_DOSES = ("work", "exercises")
"""Keys that steps may take their dose from: where one is broken, nothing can be said of the steps."""


def _whole_part(routine: Routine, report: Report) -> Routine:
    """Return `routine` without the steps that have problems of their own."""
    return replace(routine, steps=tuple(_whole_steps(routine.steps, report)))


def _whole_steps(steps: Iterable[Step], report: Report) -> Iterator[Step]:
    for step in steps:
        if (step.place.line, step.place.column) in report.broken:
            continue
        yield replace(step, steps=tuple(_whole_steps(step.steps, report))) if isinstance(step, Block) else step


def _routine(node: Node, report: Report, id_: str) -> Routine | None:
    keys = expect_keys(node, report, 'a routine file begins with "name: …", and under "steps:" is what to do')
    if keys is None:
        return None
    values = read_keys(keys, f.ROUTINE_KEYS, report)
    definitions = values.get(f.EXERCISES)
    before = report.count
    exercises = _definitions(definitions, report) if definitions else {}
    doses_known = report.count == before and all(
        key.value in f.ROUTINE_KEYS.fields and (key.value not in _GIVES_DOSES or values.has(key.value))
        for key, _ in keys.value
    )
    found = steps.read_steps(values.get(f.STEPS), report)
    return Routine(
        id=id_,
        name=values.get(f.NAME) or "",
        steps=found if doses_known else (),
        summary=values.get(f.SUMMARY),
        description=values.get(f.DESCRIPTION),
        tags=values.get(f.TAGS) or (),
        level=values.get(f.LEVEL),
        equipment=values.get(f.EQUIPMENT) or (),
        source=values.get(f.SOURCE),
        notice=values.get(f.NOTICE),
        prepare_ms=_given(values.get(f.PREPARE), 10_000),
        rest=values.get(f.LIST_REST),
        work=values.get(f.ROUTINE_WORK),
        countdown=values.get(f.COUNTDOWN),
        sounds=values.get(f.SOUNDS),
        exercises=exercises,
        file=report.file,
    )


def _given(value: int | None, default: int) -> int:
    return default if value is None else value


def _exercise_file(node: Node, report: Report, id_: str) -> Exercise | None:
    keys = expect_keys(node, report, 'an exercise file begins with "name: …", and its other keys follow')
    if keys is None:
        return None
    return _exercise(read_keys(keys, f.EXERCISE_KEYS, report), report, id_, NOWHERE)


def _exercise(values: Values, report: Report, id_: str, place: Place) -> Exercise:
    name = values.get(f.EXERCISE_NAME) or ""
    steps.ask_about(values, name, report)
    if cure := only_shown(name):
        key = values.keys["name"]
        report.warn(key.line, key.column, f"{quoted(name)} has a dose in its name, which is only shown: {cure}")
    return Exercise(
        id=id_,
        name=name,
        aliases=values.get(f.ALIASES) or (),
        summary=values.get(f.SUMMARY),
        muscles=values.get(f.MUSCLES) or (),
        equipment=values.get(f.EQUIPMENT) or (),
        cue=values.get(f.EXERCISE_CUE),
        phases=steps.timing(values, report) or (),
        dose=steps.dose(values, report),
        key_points=values.get(f.KEY_POINTS) or (),
        mistakes=values.get(f.MISTAKES) or (),
        easier=values.get(f.EASIER),
        avoid_if=values.get(f.AVOID_IF),
        notice=values.get(f.NOTICE),
        source=values.get(f.SOURCE),
        figure=values.get(f.FIGURE),
        file=report.file,
        place=place,
    )


def _definitions(node: Keys, report: Report) -> dict[str, Exercise]:
    """Return a routine's private exercises; ids are ids, and no two answer to one name."""
    found: dict[str, Exercise] = {}
    taken: dict[str, str] = {}
    for key, value in node.value:
        if not ID.fullmatch(key.value):
            cure = id_of(key.value) or "wall-sit"
            report.at(
                key, f"{quoted(key.value)} is not an id, which has small letters, digits and hyphens: write {cure}"
            )
        if isinstance(value, Text) and not value.value.strip():
            report.at(key, f"no value for {quoted(key.value)}: write the exercise's keys under it, first its name")
            continue
        keys = expect_keys(value, report, 'an exercise has keys: write "name: …" under its id')
        if keys is None:
            continue
        exercise = _exercise(read_keys(keys, f.EXERCISE_KEYS, report), report, key.value, Place(key.line, key.column))
        for name in {key.value.casefold(), exercise.name.casefold(), *map(str.casefold, exercise.aliases)}:
            if taken.setdefault(name, key.value) != key.value:
                report.at(
                    key, f"{quoted(taken[name])} and {quoted(key.value)} both answer to {quoted(name)}: rename one"
                )
        found[key.value] = exercise
    return found
