"""Write a routine as the text of its file, the reverse of `reader`.

`routine_text` writes the short forms that people write by hand, `- 20s high knees` or `tempo: 3-1-1-0`, if reading them
gives the same value, and otherwise keys. Values are those that the reader returns. Their places and the comments of the
file are not kept.
"""

from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from coach.routine.language import scalars
from coach.routine.language.hints import HINTS
from coach.routine.language.reader import read_steps
from coach.routine.model import (
    NOWHERE,
    Block,
    Distance,
    Dose,
    Include,
    Phase,
    Place,
    Reps,
    Rest,
    RestTime,
    Series,
    Time,
    Until,
    Wait,
    Work,
)
from coach.syntax.emit import scalar
from coach.syntax.parse import parse
from coach.syntax.report import Report
from coach.syntax.tree import Listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coach.routine.model import Amount, Amounts, Cue, Exercise, Pace, Pauses, Progress, Routine, Step

_T = TypeVar("_T")

_LONGEST_LINE = 100
"""Characters of a list or a step on one line; a longer one gets a line for each part."""
_LONGEST_GROUP = 60
"""Characters of a block on one line, such as `8x(20s high knees, 10s rest)`."""
_NAME_ENDS = re.compile(r"[,()@:\"]")
_FENCE = re.compile(r"```|~~~")


def routine_text(routine: Routine) -> str:
    """Return the text of a file that, when read, gives `routine` again, apart from its places."""
    head = [
        *_pair("name", scalar(routine.name)),
        *_text("summary", routine.summary),
        *_markdown("description", routine.description),
        *_texts("tags", routine.tags),
        *_pair("level", routine.level),
        *_texts("equipment", routine.equipment),
        *_text("source", routine.source),
        *_text("notice", routine.notice),
        *(_pair("prepare", _duration(routine.prepare_ms)) if routine.prepare_ms != 10_000 else ()),
        *_pair("rest", _pause(routine.rest)),
        *_pair("work", _amount(routine.work)),
        *_pair("countdown", routine.countdown),
        *_text("sounds", routine.sounds),
    ]
    lines = [*head, "", "steps:", *_listed(_step(step) for step in routine.steps)]
    if routine.exercises:
        lines += ["", "exercises:", *_indented(_definitions(routine.exercises))]
    return "\n".join(lines) + "\n"


def without_places(value: _T) -> _T:
    """Return a value of the model with every place replaced by `NOWHERE`, to compare what two files mean."""
    found: Any = value
    if isinstance(found, Place):
        found = NOWHERE
    elif isinstance(found, tuple):
        found = tuple(map(without_places, found))
    elif isinstance(found, dict):
        found = {key: without_places(inner) for key, inner in found.items()}
    elif hasattr(found, "__dataclass_fields__"):
        found = replace(found, **{slot.name: without_places(getattr(found, slot.name)) for slot in fields(found)})
    same: _T = found
    return same


def _definitions(exercises: Mapping[str, Exercise]) -> Iterable[str]:
    for id_, exercise in exercises.items():
        yield f"{id_}:"
        yield from _indented(_exercise(exercise))


def _exercise(exercise: Exercise) -> list[str]:
    return [
        *_pair("name", scalar(exercise.name)),
        *_texts("aliases", exercise.aliases),
        *_text("summary", exercise.summary),
        *_texts("muscles", exercise.muscles),
        *_texts("equipment", exercise.equipment),
        *_text("cue", exercise.cue),
        *(_timing(exercise.phases) if exercise.phases else ()),
        *_dose(exercise.dose),
        *_pair("effort", exercise.effort),
        *_texts("key_points", exercise.key_points),
        *_texts("mistakes", exercise.mistakes),
        *_text("easier", exercise.easier),
        *_text("avoid_if", exercise.avoid_if),
        *_pair("figure", None if exercise.figure is None else exercise.figure or "none"),
        *_text("notice", exercise.notice),
        *_text("source", exercise.source),
    ]


# Lines of keys and lists.


def _pair(key: str, value: object) -> list[str]:
    """Return the line of a key; none for a value of None."""
    return [] if value is None else [f"{key}: {value}"]


def _text(key: str, words: str | None) -> list[str]:
    return [f"{key}: {scalar(words)}"] if words else []


def _flag(key: str, *, is_set: bool) -> list[str]:
    return [f"{key}: yes"] if is_set else []


def _texts(key: str, texts: Sequence[str]) -> list[str]:
    """Return a list of texts, on one line where it is short; none without texts."""
    if not texts:
        return []
    line = f"{key}: [{', '.join(scalar(words, within_brackets=True) for words in texts)}]"
    if len(line) <= _LONGEST_LINE and all(words.count("(") == words.count(")") for words in texts):
        return [line]
    return [f"{key}:", *_listed([scalar(words)] for words in texts)]


def _markdown(key: str, text: str | None) -> list[str]:
    if not text:
        return []
    if "\n" not in text or _FENCE.search(text):
        return [f"{key}: {scalar(text) if chr(10) not in text else json.dumps(text, ensure_ascii=False)}"]
    return [f"{key}: |-", *(f"  {line}" if line else "" for line in text.split("\n"))]


def _indented(lines: Iterable[str]) -> Iterable[str]:
    return (f"  {line}" for line in lines)


def _listed(items: Iterable[Sequence[str]]) -> Iterable[str]:
    """Yield the lines of a list; each item is one or more lines."""
    for first, *more in items:
        yield f"  - {first}"
        yield from (f"    {line}" for line in more)


# Values.


def _duration(ms: int) -> str:
    """Return a duration: in seconds below two minutes, by the clock above, since `5m` may be read as metres."""
    seconds, part = divmod(ms, 1000)
    if part:
        return f"{seconds}.{part:03}".rstrip("0") + "s"
    if seconds < 120:
        return f"{seconds}s" if seconds else "0"
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _pause(pause: RestTime | None) -> str | None:
    if pause is None:
        return None
    if pause.name is None:
        return _duration(pause.ms)
    return scalar(f"{_duration(pause.ms) if pause.ms else '0s'} {pause.name}")


def _pauses(pauses: Pauses | None) -> str | None:
    if not isinstance(pauses, Series):
        return _pause(pauses)
    parts = [
        scalar(f"{_duration(pause.ms) if pause.ms else '0s'} {pause.name}", within_brackets=True)
        if pause.name
        else _duration(pause.ms)
        for pause in pauses.values
    ]
    return f"[{', '.join(parts)}]"


def _amount(amount: Amount | None) -> str | None:
    """Return one amount as the value of its key; 0, the sign for none, in place of None is up to the caller."""
    match amount:
        case None:
            return None
        case Time():
            return _duration(amount.ms) + (f" to {_duration(amount.most)}" if amount.most else "")
        case Reps():
            return str(amount.count) + (f" to {amount.most}" if amount.most else "")
        case Distance():
            return amount.words
        case Until():
            return amount.words if amount == scalars.AS_MANY_AS_YOU_CAN else scalar(amount.words)


def _amounts(amounts: Amounts | None) -> str | None:
    if isinstance(amounts, Series):
        return f"[{', '.join(_amount(amount) or '0' for amount in amounts.values)}]"
    return _amount(amounts)


def _amount_key(amounts: Amounts) -> str:
    values = amounts.values if isinstance(amounts, Series) else (amounts,)
    if any(isinstance(value, Time) for value in values):
        return "time"
    if any(isinstance(value, Distance) for value in values):
        return "distance"
    until = any(isinstance(value, Until) and value != scalars.AS_MANY_AS_YOU_CAN for value in values)
    return "until" if until else "reps"


def _dose(dose: Dose) -> list[str]:
    return [
        *(_pair(_amount_key(dose.amount), _amounts(dose.amount)) if dose.amount is not None else ()),
        *_pair("pace", _several(dose.pace, _pace)),
        *_pair("cap", None if dose.cap_ms is None else _duration(dose.cap_ms)),
        *_pair("sides", dose.sides),
        *_texts("directions", dose.directions or ()),
        *_pair("sets", dose.sets),
        *_pair("cadence", _several(dose.cadence, str)),
    ]


def _several(value: Any, written: Any) -> str | None:  # noqa: ANN401 - one value or a series, and how to write one
    if value is None:
        return None
    if isinstance(value, Series):
        return f"[{', '.join(written(one) for one in value.values)}]"
    return str(written(value))


def _pace(pace: Pace) -> str:
    per = pace.per.unit if pace.per.thousandths == 1000 else pace.per.words
    clock = f"{pace.ms // 60_000}:{pace.ms // 1000 % 60:02}"
    return f"{clock if pace.ms % 1000 == 0 and pace.ms < 3_600_000 else f'{_decimal(pace.ms)}s'} /{per}"


def _decimal(thousandths: int) -> str:
    whole, part = divmod(thousandths, 1000)
    return f"{whole}.{part:03}".rstrip("0") if part else str(whole)


def _progress(progress: Progress | None) -> str | None:
    if progress is None:
        return None
    match progress.kind:
        case "none":
            return "none"
        case "reps":
            return str(progress.size)
        case "time":
            return f"{_decimal(progress.size)}s"
        case "load":
            return f"{_decimal(progress.size)} {progress.unit}"


def _timing(phases: tuple[Phase, ...] | None) -> list[str]:
    """Return the keys of one rep: a tempo or `rep_time` where they say the same as phases."""
    if phases is None:
        return []
    if (found := _tempo(phases)) is not None:
        parts, lift_first = found
        return [f"tempo: {parts}", *(["first: lift"] if lift_first else [])]
    if len(phases) == 1 and not phases[0].cue:
        return [f"rep_time: {_duration(phases[0].ms)}"]
    if not phases:
        return ["phases: []"]
    return ["phases:", *_listed([scalar(f"{_duration(phase.ms)} {phase.cue}")] for phase in phases)]


def _tempo(phases: tuple[Phase, ...]) -> tuple[str, bool] | None:
    """Return the tempo whose phases these are, and whether the lift comes first; None when they are no tempo."""
    for lift_first, cues in ((False, ("Lower", "Hold", "Lift", "Hold")), (True, ("Lift", "Hold", "Lower", "Hold"))):
        parts, rest = [0, 0, 0, 0], list(phases)
        for index, cue in enumerate(cues):
            if rest and rest[0].cue == cue:
                parts[index] = rest.pop(0).ms
        lower, hold, lift, top = parts[2:] + parts[:2] if lift_first else parts
        if phases and not rest and all(part % 1000 == 0 and part < 100_000 for part in parts):
            written = "-".join(str(part // 1000) for part in (lower, hold, lift, top))
            if scalars.tempo_phases(scalars.read_tempo(written), lift_first=lift_first) == phases:
                return written, lift_first
    return None


def _cue(cue: Cue | None) -> list[str]:
    if cue is None or isinstance(cue, str):
        return _text("cue", cue)
    if len(line := f"cue: {_moments(cue)}") <= _LONGEST_LINE:
        return [line]
    return ["cue:", *_indented(f"{_offset(moment.offset_ms)}: {scalar(moment.text)}" for moment in cue)]


def _moments(cue: Cue) -> str:
    pairs = (
        f"{_offset(moment.offset_ms)}: {scalar(moment.text, within_brackets=True)}"
        for moment in cue
        if not isinstance(moment, str)
    )
    return f"{{{', '.join(pairs)}}}"


def _offset(ms: int) -> str:
    return f"-{_duration(-ms)}" if ms < 0 else _duration(ms) if ms else "0s"


# Steps.


def _step(step: Step) -> list[str]:
    """Return the lines of a step, on one line where the reader takes that for the same step."""
    if (line := _one_line(step)) is not None:
        return [line]
    match step:
        case Work():
            return _work(step)
        case Rest():
            return [f"rest: {_pause(step.pause)}"]
        case Wait():
            return [f"wait: {scalar(step.text)}"]
        case Include():
            return [f"routine: {scalar(step.routine)}", *_flag("optional", is_set=step.optional)]
        case Block():
            return _block(step)


def _work(step: Work) -> list[str]:
    load = step.load
    loads = (
        f"[{', '.join(scalar(one, within_brackets=True) for one in load.values)}]"
        if isinstance(load, Series)
        else scalar(load)
        if load
        else None
    )
    return [
        f"exercise: {scalar(step.exercise)}",
        *_dose(step.dose),
        *_timing(step.phases),
        *_pair("rest", _pauses(step.rest)),
        *_pair("switch", _pause(step.switch)),
        *_cue(step.cue),
        *_text("note", step.note),
        *_pair("load", loads),
        *_pair("effort", step.effort),
        *_pair("progress", _progress(step.progress)),
        *_text("as", step.progression),
        *_flag("optional", is_set=step.optional),
        *_flag("fixed", is_set=step.fixed),
    ]


def _block(block: Block) -> list[str]:
    return [
        f"block: {scalar(block.name)}" if block.name else "block:",
        *_pair("rounds", block.rounds),
        *_pair("every", None if block.every_ms is None else _duration(block.every_ms)),
        *_pair("time", None if block.time_ms is None else _duration(block.time_ms)),
        *_pair("until", _amount(block.until)),
        *_pair("cap", None if block.cap_ms is None else _duration(block.cap_ms)),
        *_flag("shuffle", is_set=block.shuffle),
        *_pair("pick", block.pick),
        *_pair("rest", _pause(block.rest)),
        *_pair("round_rest", _pauses(block.round_rest)),
        *_pair("work", _amounts(block.work)),
        *_cue(block.cue),
        *_pair("sides", block.sides),
        *_pair("switch", _pause(block.switch)),
        *_pair("effort", block.effort),
        *_flag("optional", is_set=block.optional),
        *_flag("fixed", is_set=block.fixed),
        "steps:",
        *_listed(_step(step) for step in block.steps),
    ]


# Steps on one line, in the quick notation.


def _one_line(step: Step) -> str | None:
    """Return a step on one line of YAML; None for one that needs keys."""
    if isinstance(step, Work) and step.cue is not None:
        key = _quick(replace(step, cue=None))
        cue = step.cue if not isinstance(step.cue, str) else None
        # A comma in a plain cue may begin another step.
        words = "" if cue else scalar(str(step.cue), within_brackets=True)
        line = None if key is None else f"{scalar(key)}: {_moments(cue) if cue else words}"
    else:
        text = _quick(step)
        line = None if text is None else scalar(text)
    longest = _LONGEST_GROUP if isinstance(step, Block) else _LONGEST_LINE
    return line if line is not None and len(line) <= longest and _reads_as(line, step) else None


def _reads_as(line: str, step: Step) -> bool:
    """Return whether a line is read as `step` and nothing else, without a word of warning."""
    report = Report("")
    listing = parse(f"- {line}\n", report, HINTS)
    found = read_steps(listing, report) if isinstance(listing, Listing) else ()
    return not report.problems and not report.warnings and without_places(found) == without_places((step,))


def _quick(step: Step) -> str | None:
    """Return a step in the quick notation; None for what the notation cannot say."""
    match step:
        case Work():
            return _quick_work(step)
        case Block():
            return _quick_group(step)
        case Rest() | Wait() | Include():
            return None


def _quick_work(step: Work) -> str | None:
    dose = step.dose
    if isinstance(dose.amount, Series) or isinstance(dose.pace, Series) or step.cue is not None:
        return None
    if (dose.sets or dose.sides) and dose.amount is None:
        return None
    times = f"{dose.sets}x" if dose.sets else ""
    sides = "/side" if dose.sides == "each" else ""
    name = f'"{step.exercise}"' if _NAME_ENDS.search(step.exercise) else step.exercise
    tempo = _tempo(step.phases) if step.phases else None
    after = f" @{_pace(dose.pace)}" if dose.pace else f" @{tempo[0]}" if tempo else ""
    return f"{times}{_amount(dose.amount) or ''}{sides} {name}{after}".strip()


def _quick_group(block: Block) -> str | None:
    if block.name or not block.rounds:
        return None
    parts = []
    for step in block.steps:
        if isinstance(step, Rest):
            parts.append(f"{_duration(step.pause.ms)} rest {step.pause.name or ''}".strip())
        elif isinstance(step, Wait):
            parts.append(f"wait {step.text}")
        elif (part := _quick(step)) is not None:
            parts.append(part)
        else:
            return None
    return f"{block.rounds}x({', '.join(parts)})"
