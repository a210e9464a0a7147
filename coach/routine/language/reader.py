"""Read a file's text into a `Routine` or an `Exercise`, or report every problem of the file at once.

It checks what one file alone can show. The compiler checks what needs exercise files or sums of times.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from coach.problems import nearest
from coach.routine.ids import ID, id_of
from coach.routine.language import block_rules, distances, scalars, synonyms
from coach.routine.language import fields as f
from coach.routine.language.doses_in_names import only_shown
from coach.routine.language.hints import HINTS
from coach.routine.model import (
    NOWHERE,
    Block,
    Distance,
    Dose,
    Exercise,
    Include,
    Phase,
    Place,
    Reps,
    Rest,
    RestTime,
    Routine,
    Series,
    Step,
    Time,
    Until,
    Wait,
    Work,
    values_of,
)
from coach.syntax.keys import Values, expect_keys, read_keys
from coach.syntax.parse import parse, read_as_meant
from coach.syntax.report import Read, quoted
from coach.syntax.tree import Keys, Listing, Node, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from coach.routine.model import Amounts
    from coach.syntax.report import Report

_T = TypeVar("_T", bound=Routine | Exercise)

_FEW = 20
"""At most so many keys are read to guess what a step was meant to be; nobody writes more."""
_QUICK = re.compile(r"\s*(?:[0-9(]|max\b)", re.IGNORECASE)
_BEGINS_AS_KEY = re.compile(r"(?:exercise|routine)[ \t]+\S|(?:exercise|block|routine|rest|wait):\S")
_SWALLOWED_ITEM = re.compile(
    r"\s[^\w\s\"'(\[{,.:;@/!?#&%)\]]\s+(?:(?:[0-9]+\s*(?:[a-z]|:[0-9])|max\b|rest\b|exercise\b).*)", re.IGNORECASE
)
"""In a step of several lines: another step, after a bullet or a dash that is not YAML's."""
_DOSE = re.compile(r"\s*(?:[0-9]|max\b)[^,:]{0,20}", re.IGNORECASE)


def read_steps(listing: Listing | None, report: Report) -> tuple[Step, ...]:
    """Return the steps of a list, without those that cannot be read, which are reported."""
    if listing is None:
        return ()
    return tuple(step for node in listing.value for step in _step(node, report, flow=listing.flow))


def _step(node: Node, report: Report, *, flow: bool) -> tuple[Step, ...]:
    """Return the steps of a node: none when it cannot be read, several when a line of text has several."""
    if isinstance(node, Listing):
        report.at(node, f"a step cannot be a list: {_KINDS}")
    elif isinstance(node, Text):
        return _one_line(node, report, flow=flow)
    elif node.value and _QUICK.match(node.value[0][0].value):
        return _line_with_cue(node, report, flow=flow)
    elif (kind := _kind(node, report)) is not None:
        before = report.count
        values = read_keys(node, f.STEP_TABLES[kind], report, HINTS)
        if report.count > before:
            report.broken.add((node.line, node.column))
        before = report.count
        step = _MAKERS[kind](values, report, Place(node.line, node.column))
        if report.count > before and not isinstance(step, Block):
            report.broken.add((node.line, node.column))
        return (step,)
    return ()


def _one_line(node: Text, report: Report, *, flow: bool) -> tuple[Step, ...]:
    """Return the steps of one line of text."""
    if not node.value.strip():
        report.at(node, f"there is nothing after the dash: {_KINDS}")
    elif flow and node.value.count("(") != node.value.count(")"):
        report.at(node, "a comma inside [ ] separates steps: put each step on its own line, after a dash")
    elif node.plain and _BEGINS_AS_KEY.match(node.value) and (fix := HINTS.fix_text(node.value, is_item=True)):
        report.at(node, fix)
    elif node.plain and node.end[0] > node.line and (swallowed := _SWALLOWED_ITEM.search(node.value)):
        cure = 'start each step on its own line with "- ", with the dashes aligned'
        report.at(node, f"this step contains {quoted(swallowed[0].strip())}: {cure}")
    else:
        from coach.routine.language import quick  # 7 ms that a routine without such lines need not pay

        return quick.from_text(node, report)
    return ()


def _line_with_cue(node: Keys, report: Report, *, flow: bool) -> tuple[Step, ...]:
    """Return the steps of a line with a colon, which YAML read as a key and a value."""
    from coach.routine.language import quick  # as above

    key, value = node.value[0]
    if len(node.value) > 1:
        other = node.value[1][0].value
        cure = f'to add {quoted(other)}, write "exercise:" and its keys, each on its own line'
        report.at(key, f"the one-line step {quoted(key.value)} cannot have keys: {cure}")
        return ()
    if flow and key.value.count("(") != key.value.count(")"):
        report.at(node, "a comma inside [ ] separates steps: put each step on its own line, after a dash")
        return ()
    return quick.from_pair(key, value, report)


def _kind(node: Keys, report: Report) -> str | None:
    """Return the kind of step that a mapping is; a typo in its key counts, so that its other keys are checked too."""
    written = [key.value for key, _ in node.value]
    for kind in f.STEP_TABLES:
        if kind in written:
            return kind
    known = [*f.STEP_TABLES, *f.WORK_KEYS.fields, *f.BLOCK_KEYS.fields]
    for word in written[:_FEW]:
        if synonyms.is_block_word(word):
            return "block"
        near = synonyms.key_meant(word) or (nearest(word, known) if len(word) <= 40 else None)
        if near in f.STEP_TABLES:
            return near
    _no_kind(node, written, report)
    return None


def _no_kind(node: Keys, written: list[str], report: Report) -> None:
    first = node.value[0][1] if len(written) == 1 else None
    if written and _BEGINS_AS_KEY.match(written[0]) and (fix := HINTS.fix_text(written[0], is_item=True)):
        report.at(node, fix)
    elif "name" in written:
        report.at(node, 'cannot tell what kind of step this is: write "exercise:" instead of "name:"')
    elif word := next(
        (word for line in written[:_FEW] for word in line.split()[:_FEW] if synonyms.is_block_word(word)), ""
    ):
        cure = synonyms.instead_of_key(word, (), {})
        report.at(node, f"cannot tell what kind of step this is: for {quoted(word)}, {cure}")
    elif isinstance(first, Text) and _DOSE.fullmatch(first.value) and written[0] not in f.WORK_KEYS.fields:
        line = f"{first.value.strip()} {written[0]}"
        report.at(node, f'cannot tell what kind of step this is: write {quoted(line)}, or start it with "exercise:"')
    elif written and all(word in f.BLOCK_KEYS.fields for word in written):
        report.at(node, 'cannot tell what kind of step this is: start it with "block:"')
    elif not report.has_at(node):  # otherwise its first key could not even be read
        report.at(node, f"cannot tell what kind of step this is: {_KINDS}")


def _block(values: Values, report: Report, place: Place) -> Block:
    before = report.count
    steps = read_steps(values.get(f.STEPS), report)
    inside = report.count
    block_rules.check_block(values, steps, report)
    # How long a round of an AMRAP takes depends on each of its steps.
    if report.count > inside or (inside > before and "time" in values.keys):
        report.broken.add((place.line, place.column))
    return Block(
        steps=steps,
        name=values.get(f.BLOCK) or "",
        rounds=values.get(f.ROUNDS),
        rest=values.get(f.LIST_REST),
        round_rest=values.get(f.ROUND_REST),
        work=values.get(f.WORK),
        every_ms=values.get(f.EVERY),
        time_ms=values.get(f.BLOCK_TIME),
        until=values.get(f.BLOCK_UNTIL),
        cap_ms=values.get(f.BLOCK_CAP),
        shuffle=values.get(f.SHUFFLE) or False,
        pick=values.get(f.PICK),
        cue=values.get(f.BLOCK_CUE),
        sides=values.get(f.BLOCK_SIDES),
        switch=values.get(f.BLOCK_SWITCH),
        effort=values.get(f.BLOCK_EFFORT),
        optional=values.get(f.OPTIONAL) or False,
        fixed=values.get(f.FIXED) or False,
        place=place,
    )


def question_minutes(values: Values, name: str, report: Report) -> None:
    """Warn of minutes of the exercise `name` that are probably metres."""
    if match := re.fullmatch(r"([0-9]{1,2})m", values.texts.get("time", ""), re.IGNORECASE):
        minutes, key = int(match[1]), values.keys["time"]
        if distances.likely_metres(minutes, name, values.get(f.SETS) or 1):
            cure = f'for metres write "distance: {minutes} m", for minutes "time: {minutes}min"'
            report.warn(key.line, key.column, f"that is {minutes} minutes: {cure}")


def _work(values: Values, report: Report, place: Place) -> Work:
    name = values.get(f.EXERCISE) or ""
    question_minutes(values, name, report)
    step = Work(
        exercise=name,
        dose=dose(values, report),
        phases=timing(values, report),
        cue=values.get(f.CUE),
        note=values.get(f.NOTE),
        load=values.get(f.LOAD),
        rest=values.get(f.SET_REST),
        switch=values.get(f.SWITCH),
        effort=values.get(f.EFFORT),
        progress=values.get(f.PROGRESS),
        progression=values.get(f.AS),
        optional=values.get(f.OPTIONAL) or False,
        fixed=values.get(f.FIXED) or False,
        place=place,
    )
    _check_progress(step, values, report)
    return step


def _check_progress(step: Work, values: Values, report: Report) -> None:
    """Report progress that has nothing to grow."""
    progress, amount = step.progress, step.dose.amount
    if "as" in values.keys and progress is None and not (isinstance(amount, Reps | Time) and amount.most):
        cure = 'write a range, as in "reps: 8 to 12", or "progress" too'
        report.at(values.keys["as"], f'"as" names a progress, and this step has none: {cure}')
    if progress is None or progress.kind == "none":
        return
    key, written = values.keys["progress"], values.texts.get("progress", "")
    if progress.kind == "load" and step.load is None:
        report.at(key, f'"progress: {written}" needs a load to start from: write one, as in "load: 16 {progress.unit}"')
    elif progress.kind == "load" and isinstance(step.load, Series):
        report.at(key, '"progress" cannot move a list of loads: write one load, or take "progress" out')
    elif progress.kind == "load" and not scalars.load_in(str(step.load), progress.unit):
        report.at(
            key, f"the load {quoted(str(step.load))} has no {progress.unit} to add to: write it in {progress.unit}, too"
        )
    elif amount is not None and progress.kind in ("reps", "time"):
        wanted, what = (Reps, "reps") if progress.kind == "reps" else (Time, "time")
        if not isinstance(amount, wanted):
            cure = "5s" if isinstance(amount, Time) else "1" if isinstance(amount, Reps) else "none"
            report.at(key, f'"progress: {written}" adds {what}, and this step has none: write "progress: {cure}"')


def _wait(values: Values, _report: Report, place: Place) -> Wait:
    return Wait(values.get(f.WAIT) or "", place)


def _rest(values: Values, _report: Report, place: Place) -> Rest:
    return Rest(values.get(f.REST_STEP) or RestTime(0), place)


def _include(values: Values, _report: Report, place: Place) -> Include:
    return Include(values.get(f.INCLUDE) or "", place, values.get(f.OPTIONAL) or False)


_MAKERS: dict[str, Callable[[Values, Report, Place], Step]] = {
    "exercise": _work,
    "rest": _rest,
    "wait": _wait,
    "block": _block,
    "routine": _include,
}
*_OTHERS, _LAST = (f'"{kind}:"' for kind in _MAKERS)
_KINDS = f"start it with {', '.join(_OTHERS)} or {_LAST}"


def dose(values: Values, report: Report) -> Dose:
    """Return the dose of a step or an exercise file: reps, time, distance or until, and the keys that go with it."""
    values.one_of(f.AMOUNTS, report)
    amounts: tuple[Amounts | None, ...] = tuple(values.get(field) for field in f.AMOUNTS)
    amount = next((found for found in amounts if found is not None), None)
    is_timed = any(isinstance(one, Time) for one in values_of(amount))
    if is_timed and "cap" in values.keys:
        report.at(values.keys["cap"], '"cap" has no effect with "time", which already ends the step: remove "cap"')
    _check_pace(values, amount, report)
    directions = values.get(f.DIRECTIONS)
    if directions == ():
        report.at(
            values.keys["directions"], 'this list is empty: write directions, as in "directions: [forward, back]"'
        )
    return Dose(
        amount=amount,
        sides=values.get(f.SIDES),
        directions=directions,
        sets=values.get(f.SETS),
        cadence=values.get(f.CADENCE),
        pace=values.get(f.PACE),
        cap_ms=values.get(f.CAP),
    )


def _check_pace(values: Values, amount: Amounts | None, report: Report) -> None:
    """Report a pace beside an amount that is not a distance."""
    key = values.keys.get("pace")
    if key is None or amount is None:
        return
    if not any(isinstance(one, Distance) for one in values_of(amount)):
        written = next((field.key for field in f.AMOUNTS if field.key in values.keys), "reps")
        report.at(key, f'"pace" needs "distance", but this step has "{written}": write a distance, or remove "pace"')


def _check_cap(values: Values, report: Report) -> None:
    """Report a cap on reps that the clock ends already."""
    reps = values.get(f.REPS)
    timing_ = next((key for key in ("phases", "tempo", "rep_time") if key in values.keys), None)
    is_timed = timing_ is not None and values.get(f.PHASES) != ()
    if (
        "cap" in values.keys
        and is_timed
        and reps is not None
        and not any(isinstance(one, Until) for one in values_of(reps))
    ):
        cure = f'"{timing_}" times these reps: remove "cap", or write "reps: max"'
        report.at(values.keys["cap"], f'"cap" only limits open work, and {cure}')


def timing(values: Values, report: Report) -> tuple[Phase, ...] | None:
    """Return one rep as phases, from `phases`, `tempo` or `rep_time`; None without any of them."""
    values.one_of(f.TIMINGS, report)
    _check_cap(values, report)
    if "first" in values.keys and "tempo" not in values.keys:
        report.at(values.keys["first"], '"first" needs a tempo: add "tempo: 3-1-1-0", or remove it')
    if (parts := values.get(f.TEMPO)) is not None:
        return scalars.tempo_phases(parts, lift_first=values.get(f.FIRST) == "lift")
    if (rep_ms := values.get(f.REP_TIME)) is not None:
        return (Phase(rep_ms),)
    return values.get(f.PHASES)


def read_routine(source: str | bytes, file: str, id_: str) -> Read[Routine]:
    """Read a routine file; no content makes it raise.

    Args:
        source: the content of the file.
        file: its name in messages.
        id_: the id of the routine, its file's stem.
    """
    return _read(source, file, lambda node, report: _routine(node, report, id_), _whole_part)


def read_exercise(source: str | bytes, file: str, id_: str) -> Read[Exercise]:
    """Read an exercise file, as `read_routine` reads a routine."""
    return _read(source, file, lambda node, report: _exercise_file(node, report, id_), lambda _, __: None)


def _read(
    source: str | bytes,
    file: str,
    make: Callable[[Node, Report], _T | None],
    part_of: Callable[[_T, Report], _T | None],
) -> Read[_T]:
    """Read a file with `make`; `part_of` returns what can still be checked of a value with problems."""

    def once(source: str | bytes, report: Report) -> _T | None:
        node = parse(source, report, HINTS)
        if node is not None:
            return make(node, report)
        if not report.problems:
            report.add(0, 0, 'the file is empty: start it with "name:" and a name')
        return None

    value, report = read_as_meant(source, file, HINTS, once)
    problems = report.problems
    if problems or value is None:
        part = None if value is None else part_of(value, report)
        return Read(None, problems, report.warnings, part)
    text = source.encode() if isinstance(source, str) else source
    return Read(replace(value, text=text), problems, report.warnings)


_GIVES_DOSES = ("work", "exercises")
"""Keys that steps may take their dose from: when one is broken, the steps cannot be checked."""


def _whole_part(routine: Routine, report: Report) -> Routine:
    """Return `routine` without the steps that have problems of their own."""
    return replace(routine, steps=tuple(_whole_steps(routine.steps, report)))


def _whole_steps(steps: Iterable[Step], report: Report) -> Iterator[Step]:
    for step in steps:
        if (step.place.line, step.place.column) in report.broken:
            continue
        yield replace(step, steps=tuple(_whole_steps(step.steps, report))) if isinstance(step, Block) else step


def _routine(node: Node, report: Report, id_: str) -> Routine | None:
    keys = expect_keys(
        node, report, 'a routine file needs keys: start it with "name: …", and list what to do under "steps:"'
    )
    if keys is None:
        return None
    values = read_keys(keys, f.ROUTINE_KEYS, report, HINTS)
    definitions = values.get(f.EXERCISES)
    before = report.count
    exercises = _definitions(definitions, report) if definitions else {}
    doses_known = report.count == before and all(
        key.value in f.ROUTINE_KEYS.fields and (key.value not in _GIVES_DOSES or values.has(key.value))
        for key, _ in keys.value
    )
    found = read_steps(values.get(f.STEPS), report)
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
    keys = expect_keys(node, report, 'an exercise file needs keys: start it with "name: …", followed by its other keys')
    if keys is None:
        return None
    return _exercise(read_keys(keys, f.EXERCISE_KEYS, report, HINTS), report, id_, NOWHERE)


def _exercise(values: Values, report: Report, id_: str, place: Place) -> Exercise:
    name = values.get(f.EXERCISE_NAME) or ""
    question_minutes(values, name, report)
    if cure := only_shown(name):
        key = values.keys["name"]
        report.warn(
            key.line, key.column, f"{quoted(name)} has a dose in its name, which is shown but not counted: {cure}"
        )
    return Exercise(
        id=id_,
        name=name,
        aliases=values.get(f.ALIASES) or (),
        summary=values.get(f.SUMMARY),
        muscles=values.get(f.MUSCLES) or (),
        equipment=values.get(f.EQUIPMENT) or (),
        cue=values.get(f.EXERCISE_CUE),
        phases=timing(values, report) or (),
        dose=dose(values, report),
        effort=values.get(f.EXERCISE_EFFORT),
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
    """Return a routine's private exercises by id; report ids that are not one, and names that two of them have."""
    found: dict[str, Exercise] = {}
    taken: dict[str, str] = {}
    for key, value in node.value:
        if not ID.fullmatch(key.value):
            cure = id_of(key.value) or "wall-sit"
            report.at(
                key, f"{quoted(key.value)} is not an id: use lowercase letters, digits and hyphens, such as {cure}"
            )
        if isinstance(value, Text) and not value.value.strip():
            report.at(
                key, f"no value for {quoted(key.value)}: write the exercise's keys under it, starting with its name"
            )
            continue
        keys = expect_keys(value, report, 'an exercise needs keys: write "name: …" under its id')
        if keys is None:
            continue
        exercise = _exercise(
            read_keys(keys, f.EXERCISE_KEYS, report, HINTS), report, key.value, Place(key.line, key.column)
        )
        for name in {key.value.casefold(), exercise.name.casefold(), *map(str.casefold, exercise.aliases)}:
            if taken.setdefault(name, key.value) != key.value:
                report.at(
                    key, f"{quoted(taken[name])} and {quoted(key.value)} both have the name {quoted(name)}: rename one"
                )
        found[key.value] = exercise
    return found
